/*
 * Fingerprints of pictures: decoded small, by as many threads as there are processors, each once.
 *
 * Always from the file itself, never from the thumbnails that the desktop keeps: those come from
 * another decode, and the bits must be the same on every machine.  What is taken is stored every few
 * hundred images, so that a cancel loses little and the next run continues.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-fingerprints.h"

#include <fcntl.h>
#include <unistd.h>

#include "ballast-decode.h"
#include "ballast-fingerprint.h"
#include "ballast-open.h"
#include "ballast-store-query.h"
#include "ballast-store-split.h"

/* Images that are looked up, and stored, together. */
#define CHUNK 256
/* Chunks that wait: their records are in memory. */
#define MAX_WAITING 8

typedef struct
{
  BallastStoreThread  *thread;
  GPtrArray           *sources;
  int                 *root_fds;   /* by source */
  BallastJob          *job;
  GCancellable        *cancellable;
  GArray              *known;      /* BallastStoredFingerprint */
  GArray              *missing;    /* gint64 */
  BallastProgressState progress;
  GMutex               lock;       /* of what follows, and of progress and known */
  GCond                done;
  guint                n_waiting;
  GError              *error;
} Taking;

typedef struct
{
  Taking                  *taking;
  const gint64            *ids;
  guint                    n;
  GArray                  *images; /* of BallastStoreImage */
  BallastStoredFingerprint prints[CHUNK];
} Chunk;

static gboolean
read_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  Taking *taking = user_data;

  return ballast_store_get_fingerprints (store, taking->known, taking->missing, taking->cancellable,
                                         error);
}

static gboolean
images_in_thread (BallastStore *store,
                  gpointer      user_data,
                  GError      **error)
{
  Chunk *chunk = user_data;

  chunk->images = ballast_store_get_images (store, chunk->ids, chunk->n, error);
  return chunk->images != NULL;
}

static gboolean
write_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  Chunk *chunk = user_data;

  return ballast_store_set_fingerprints (store, chunk->prints, chunk->n, error);
}

static int
open_record (const Taking             *taking,
             const BallastImageRecord *record)
{
  g_autofree char *path = ballast_image_record_dup_path (record);

  for (guint i = 0; i < taking->sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (taking->sources, i);

      if (source->id == record->source_id && taking->root_fds[i] >= 0)
        return ballast_image_open_following (taking->root_fds[i], path, NULL, NULL);
    }

  return -1;
}

static BallastFingerprint
look_at (const Taking             *taking,
         const BallastImageRecord *record)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  BallastFingerprint none = { .spread = -1 };
  g_autoptr(BallastRaster) raster = NULL;
  int fd = open_record (taking, record);

  if (fd < 0)
    return none;

  options.wanted_width = options.wanted_height = BALLAST_FINGERPRINT_SIZE;
  options.only_8_bits = TRUE;
  raster = ballast_decode_fd (fd, &options, NULL, taking->cancellable, NULL);
  close (fd);

  return raster != NULL ? ballast_fingerprint_compute (raster) : none;
}

static void
chunk_free (Chunk *chunk)
{
  g_clear_pointer (&chunk->images, g_array_unref);
  g_free (chunk);
}

/* Every image of the chunk; FALSE where it was cancelled among them. */
static gboolean
look_at_all (Taking *taking,
             Chunk  *chunk)
{
  for (guint i = 0; i < chunk->n; i++)
    {
      const BallastImageRecord *record = &g_array_index (chunk->images, BallastStoreImage, i).record;
      BallastFingerprint print;

      if (g_cancellable_is_cancelled (taking->cancellable))
        return FALSE;
      print = look_at (taking, record);
      chunk->prints[i] = (BallastStoredFingerprint) { chunk->ids[i],
                                                      ballast_store_stamp (&record->facts),
                                                      print.gradients, print.waves, print.spread };
    }

  return !g_cancellable_is_cancelled (taking->cancellable);
}

static void
chunk_in_thread (gpointer data,
                 gpointer user_data)
{
  Chunk *chunk = data;
  Taking *taking = user_data;
  GError *error = NULL;
  gboolean stored = look_at_all (taking, chunk) &&
                    ballast_store_thread_call (taking->thread, write_in_thread, chunk, &error);

  g_mutex_lock (&taking->lock);
  if (stored)
    {
      g_array_append_vals (taking->known, chunk->prints, chunk->n);
      taking->progress.items_done += chunk->n;
      ballast_job_report (taking->job, &taking->progress);
    }
  if (error != NULL && taking->error == NULL)
    taking->error = g_steal_pointer (&error);
  taking->n_waiting--;
  g_cond_signal (&taking->done);
  g_mutex_unlock (&taking->lock);
  g_clear_error (&error);
  chunk_free (chunk);
}

/* Waits for a place among those that wait; FALSE where the work is over. */
static gboolean
wait_for_place (Taking *taking)
{
  gboolean goes_on;

  g_mutex_lock (&taking->lock);
  while (taking->n_waiting >= MAX_WAITING)
    g_cond_wait (&taking->done, &taking->lock);
  goes_on = taking->error == NULL;
  taking->n_waiting += goes_on;
  g_mutex_unlock (&taking->lock);

  return goes_on && !g_cancellable_is_cancelled (taking->cancellable);
}

static gboolean
take_missing (Taking  *taking,
              GError **error)
{
  GThreadPool *pool = g_thread_pool_new (chunk_in_thread, taking, (int) g_get_num_processors (), FALSE,
                                         NULL);
  const gint64 *ids = (const gint64 *) (gpointer) taking->missing->data;
  gboolean success = TRUE;

  for (guint i = 0; success && i < taking->missing->len && wait_for_place (taking); i += CHUNK)
    {
      Chunk *chunk = g_new0 (Chunk, 1);

      chunk->taking = taking;
      chunk->ids = ids + i;
      chunk->n = MIN (CHUNK, taking->missing->len - i);
      success = ballast_store_thread_call (taking->thread, images_in_thread, chunk, error);
      if (success)
        g_thread_pool_push (pool, chunk, NULL);
      else
        chunk_free (chunk);
    }
  g_thread_pool_free (pool, FALSE, TRUE);

  if (success && taking->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&taking->error));
      return FALSE;
    }
  g_clear_error (&taking->error);

  return success && !g_cancellable_set_error_if_cancelled (taking->cancellable, error);
}

static int
compare_prints (gconstpointer a,
                gconstpointer b)
{
  const BallastStoredFingerprint *left = a, *right = b;

  return (left->image_id > right->image_id) - (left->image_id < right->image_id);
}

static gboolean
take_all (Taking  *taking,
          GError **error)
{
  if (!ballast_store_thread_call (taking->thread, read_in_thread, taking, error))
    return FALSE;

  taking->progress.items_total = taking->known->len + taking->missing->len;
  taking->progress.items_done = taking->known->len;
  ballast_job_report (taking->job, &taking->progress);
  if (!take_missing (taking, error))
    return FALSE;
  g_array_sort (taking->known, compare_prints);

  return TRUE;
}

GArray *
ballast_fingerprints_take (BallastStoreThread *thread,
                           GPtrArray          *sources,
                           BallastJob         *job,
                           GError            **error)
{
  g_autofree int *root_fds = g_new (int, sources->len + 1);
  g_autoptr(GArray) known = g_array_new (FALSE, FALSE, sizeof (BallastStoredFingerprint));
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  Taking taking = { .thread = thread, .sources = sources, .root_fds = root_fds, .job = job,
                    .cancellable = ballast_job_get_cancellable (job), .known = known,
                    .missing = missing };
  gboolean success;

  for (guint i = 0; i < sources->len; i++)
    root_fds[i] = open (((BallastSource *) g_ptr_array_index (sources, i))->root,
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_mutex_init (&taking.lock);
  g_cond_init (&taking.done);
  success = take_all (&taking, error);
  g_mutex_clear (&taking.lock);
  g_cond_clear (&taking.done);
  for (guint i = 0; i < sources->len; i++)
    if (root_fds[i] >= 0)
      close (root_fds[i]);

  return success ? g_steal_pointer (&known) : NULL;
}
