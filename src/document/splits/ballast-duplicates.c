/*
 * Copies by content: size and beginning, then a digest of a piece, then byte for byte.
 *
 * The import has hashed what files begin with, so that only files are opened that agree in that too;
 * of a large one a piece from the middle is read first.  Pieces are read by many threads; the few that
 * agree are compared by one.  Costs 56 bytes a file that is opened, 24 an image before.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-duplicates.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ballast-digest.h"
#include "ballast-path.h"
#include "ballast-store-problems.h"
#include "ballast-store-query.h"

/* Images that are looked up together. */
#define CHUNK 1024
/* Read of a file to begin with; smaller files are read whole. */
#define PIECE_BYTES 8192
#define COMPARE_BYTES (256 * 1024)
#define N_THREADS 8

typedef struct
{
  guint64       size_bytes;
  gint64        image_id;
  BallastDigest digest;
  guint64       classes;   /* a hash of its classes */
  gboolean      readable;
} Candidate;

typedef struct
{
  BallastStoreThread  *thread;
  GPtrArray           *sources;
  int                 *root_fds;    /* by source */
  BallastJob          *job;
  GCancellable        *cancellable;
  GArray              *candidates;  /* of Candidate */
  GArray              *found;       /* of BallastDuplicate */
  BallastProgressState progress;
  GMutex               lock;
} Search;

/* A piece of the candidates, with the records that belong to it. */
typedef struct
{
  Search    *search;
  gint64    *ids;
  guint      n_ids;
  GArray    *images;      /* of BallastStoreImage */
  Candidate *candidates;
} Chunk;

static gboolean
same_heads_in_thread (BallastStore *store,
                      gpointer      user_data,
                      GError      **error)
{
  Search *search = user_data;
  g_autoptr(GArray) heads = ballast_store_get_same_heads (store, search->cancellable, error);

  if (heads == NULL)
    return FALSE;

  g_array_set_size (search->candidates, heads->len);
  for (guint i = 0; i < heads->len; i++)
    {
      const BallastSameHead *same = &g_array_index (heads, BallastSameHead, i);
      Candidate *candidate = &g_array_index (search->candidates, Candidate, i);

      memset (candidate, 0, sizeof *candidate);
      candidate->size_bytes = same->size_bytes;
      candidate->image_id = same->image_id;
    }
  return TRUE;
}

static gboolean
images_in_thread (BallastStore *store,
                  gpointer      user_data,
                  GError      **error)
{
  Chunk *chunk = user_data;

  chunk->images = ballast_store_get_images (store, chunk->ids, chunk->n_ids, error);
  return chunk->images != NULL;
}

static gboolean
note_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  Search *search = user_data;

  return ballast_store_set_duplicates (store, (BallastDuplicate *) (gpointer) search->found->data,
                                       search->found->len, error);
}

static int
open_record (const Search             *search,
             const BallastImageRecord *record)
{
  g_autofree char *path = NULL;

  if (record->id == 0)
    return -1;
  path = ballast_image_record_dup_path (record);
  for (guint i = 0; i < search->sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (search->sources, i);

      if (source->id == record->source_id)
        return openat (search->root_fds[i], path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    }
  return -1;
}

/* Order does not matter: the sum of the hashes of the classes. */
static guint64
hash_classes (const BallastStoreImage *image)
{
  guint64 hash = 0;

  for (guint i = 0; i < image->n_annotations; i++)
    {
      gboolean again = FALSE;

      for (guint j = 0; j < i && !again; j++)
        again = image->annotations[j].class_id == image->annotations[i].class_id;
      if (!again)
        hash += (guint64) image->annotations[i].class_id * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
    }
  return hash;
}

static void
digest_piece (const Search            *search,
              const BallastStoreImage *image,
              Candidate               *candidate)
{
  guint8 piece[PIECE_BYTES];
  int fd = open_record (search, &image->record);
  gsize n = MIN (candidate->size_bytes, sizeof piece);

  candidate->classes = hash_classes (image);
  if (fd < 0)
    return;
  if (pread (fd, piece, n, (candidate->size_bytes - n) / 2) == (gssize) n)
    {
      candidate->digest = ballast_digest_bytes (piece, n);
      candidate->readable = TRUE;
    }
  close (fd);
}

static void
chunk_free (Chunk *chunk)
{
  g_clear_pointer (&chunk->images, g_array_unref);
  g_free (chunk->ids);
  g_free (chunk);
}

/* (transfer full): with the records of @n candidates from @candidates on. */
static Chunk *
chunk_load (Search    *search,
            Candidate *candidates,
            guint      n,
            GError   **error)
{
  Chunk *chunk = g_new0 (Chunk, 1);

  chunk->search = search;
  chunk->candidates = candidates;
  chunk->n_ids = n;
  chunk->ids = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    chunk->ids[i] = candidates[i].image_id;
  if (ballast_store_thread_call (search->thread, images_in_thread, chunk, error))
    return chunk;

  chunk_free (chunk);
  return NULL;
}

static void
digest_in_thread (gpointer data,
                  gpointer user_data)
{
  Chunk *chunk = data;
  Search *search = user_data;

  for (guint i = 0; i < chunk->n_ids && !g_cancellable_is_cancelled (search->cancellable); i++)
    digest_piece (search, &g_array_index (chunk->images, BallastStoreImage, i),
                  &chunk->candidates[i]);

  g_mutex_lock (&search->lock);
  search->progress.items_done += chunk->n_ids;
  ballast_job_report (search->job, &search->progress);
  g_mutex_unlock (&search->lock);
  chunk_free (chunk);
}

/* Fills in the digests of all candidates' pieces. */
static gboolean
digest_all (Search  *search,
            GError **error)
{
  GThreadPool *pool = g_thread_pool_new (digest_in_thread, search, N_THREADS, FALSE, NULL);
  gboolean success = TRUE;

  for (guint i = 0; success && i < search->candidates->len; i += CHUNK)
    {
      Candidate *first = &g_array_index (search->candidates, Candidate, i);
      Chunk *chunk = chunk_load (search, first, MIN (CHUNK, search->candidates->len - i), error);

      success = chunk != NULL &&
                !g_cancellable_set_error_if_cancelled (search->cancellable, error);
      if (success)
        g_thread_pool_push (pool, chunk, NULL);
      else if (chunk != NULL)
        chunk_free (chunk);
    }

  g_thread_pool_free (pool, !success, TRUE);
  return success && !g_cancellable_set_error_if_cancelled (search->cancellable, error);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;
  int order;

  if (first->readable != second->readable)
    return first->readable ? -1 : 1;
  if (first->size_bytes != second->size_bytes)
    return first->size_bytes < second->size_bytes ? -1 : 1;
  order = memcmp (&first->digest, &second->digest, sizeof first->digest);
  if (order != 0)
    return order;
  return (first->image_id > second->image_id) - (first->image_id < second->image_id);
}

static gboolean
same_bytes (int fd,
            int other_fd)
{
  g_autofree guint8 *piece = g_malloc (2 * COMPARE_BYTES);
  goffset offset = 0;
  gssize n, m;

  do
    {
      n = pread (fd, piece, COMPARE_BYTES, offset);
      m = pread (other_fd, piece + COMPARE_BYTES, COMPARE_BYTES, offset);
      if (n < 0 || n != m || memcmp (piece, piece + COMPARE_BYTES, n) != 0)
        return FALSE;
      offset += n;
    }
  while (n > 0);
  return TRUE;
}

/* Whether they are in two splits is left to the store, for splits change. */
static void
note_pair (Search          *search,
           const Candidate *first,
           const Candidate *second)
{
  BallastDuplicate duplicate = {
    .kind = first->classes != second->classes ? BALLAST_PROBLEM_CLASS_CONFLICT
                                              : BALLAST_PROBLEM_DUPLICATE,
    .image_id = first->image_id,
    .other_image_id = second->image_id,
  };

  g_array_append_val (search->found, duplicate);
}

/* @fds of candidates whose pieces agree: the first of each set of equals is paired with the
 * others.  A file that is no copy of the first may be one of another. */
static void
pair_up (Search    *search,
         Candidate *candidates,
         int       *fds,
         guint      n)
{
  g_autofree gboolean *paired = g_new0 (gboolean, n);

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; fds[i] >= 0 && !paired[i] && j < n; j++)
      if (!paired[j] && fds[j] >= 0 && same_bytes (fds[i], fds[j]))
        {
          paired[j] = TRUE;
          note_pair (search, &candidates[i], &candidates[j]);
        }
}

/* Descriptors are few: a run of more copies than this is compared in parts of this size, each with
 * the run's first file in front. */
#define MAX_RUN 256

static gboolean
compare_run (Search    *search,
             Candidate *candidates,
             guint      n,
             GError   **error)
{
  g_autofree int *fds = g_new (int, n);
  Chunk *chunk = chunk_load (search, candidates, n, error);

  if (chunk == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    fds[i] = open_record (search, &g_array_index (chunk->images, BallastStoreImage, i).record);
  pair_up (search, candidates, fds, n);
  for (guint i = 0; i < n; i++)
    if (fds[i] >= 0)
      close (fds[i]);
  chunk_free (chunk);
  return TRUE;
}

static gboolean
compare_long_run (Search    *search,
                  Candidate *candidates,
                  guint      n,
                  GError   **error)
{
  if (n <= MAX_RUN)
    return compare_run (search, candidates, n, error);

  for (guint done = 1; done < n; done += MAX_RUN - 1)
    {
      guint n_part = MIN (MAX_RUN - 1, n - done);
      g_autofree Candidate *part = g_new (Candidate, n_part + 1);

      part[0] = candidates[0];
      memcpy (&part[1], &candidates[done], n_part * sizeof *part);
      if (!compare_run (search, part, n_part + 1, error) ||
          g_cancellable_set_error_if_cancelled (search->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
pieces_agree (const Candidate *first,
              const Candidate *second)
{
  return first->size_bytes == second->size_bytes &&
         ballast_digest_equal (&first->digest, &second->digest);
}

/* Goes through the runs of candidates whose pieces agree. */
static gboolean
compare_all (Search  *search,
             GError **error)
{
  Candidate *candidates = (Candidate *) (gpointer) search->candidates->data;
  guint n = search->candidates->len;
  guint end;

  for (guint begin = 0; begin < n && candidates[begin].readable; begin = end)
    {
      for (end = begin + 1; end < n && candidates[end].readable &&
           pieces_agree (&candidates[begin], &candidates[end]); end++);
      if (end - begin > 1 && !compare_long_run (search, &candidates[begin], end - begin, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
search_and_note (Search  *search,
                 GError **error)
{
  if (!ballast_store_thread_call (search->thread, same_heads_in_thread, search, error))
    return FALSE;

  search->progress.items_total = search->candidates->len;
  ballast_job_report (search->job, &search->progress);
  if (!digest_all (search, error))
    return FALSE;

  g_array_sort (search->candidates, compare_candidates);
  return compare_all (search, error) &&
         ballast_store_thread_call (search->thread, note_in_thread, search, error);
}

gboolean
ballast_duplicates_find (BallastStoreThread *thread,
                         GPtrArray          *sources,
                         BallastJob         *job,
                         GError            **error)
{
  g_autofree int *root_fds = g_new (int, sources->len + 1);
  Search search = { thread, sources, root_fds, job, ballast_job_get_cancellable (job) };
  gboolean success;

  for (guint i = 0; i < sources->len; i++)
    root_fds[i] = open (((BallastSource *) g_ptr_array_index (sources, i))->root,
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  search.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  search.found = g_array_new (FALSE, FALSE, sizeof (BallastDuplicate));
  g_mutex_init (&search.lock);

  success = search_and_note (&search, error);

  for (guint i = 0; i < sources->len; i++)
    if (root_fds[i] >= 0)
      close (root_fds[i]);
  g_array_unref (search.candidates);
  g_array_unref (search.found);
  g_mutex_clear (&search.lock);
  return success;
}
