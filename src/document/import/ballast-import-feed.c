/*
 * The import's middle: reader → batches → many probing threads → the store thread, in order.
 *
 * A cold disk answers many readers at once faster than one after the other, so there are more
 * probing threads than cores.  Batches wait in a queue in the order of their making; its head goes
 * to the store as soon as it is probed.  The reader's thread does the handing over, and waits where
 * too many batches are under way.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-import-feed.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>
#include <unistd.h>

#include "ballast-import-batch.h"
#include "ballast-path.h"

#define MIN_THREADS 8
/* Batches under way for each thread: enough that none waits while the project is written to disk,
 * at some 150 KB each. */
#define BATCHES_A_THREAD 24
/* Labels under way, at some 250 bytes each with their outlines: what memory is spent on.  The store is
 * handed as many again. */
#define MAX_LABELS 16384
#define FUNC_INTERVAL_US 400000

/* What a call on the store thread needs. */
typedef struct
{
  BallastImportFeed        *feed;
  BallastImportBatch       *batch;
  GPtrArray                *batches; /* of BallastImportBatch */
  const BallastSource      *source;
  gboolean                  is_distinct;
  const char               *name;
  gint64                    id;
  const BallastImportClass *description;
} Call;

struct _BallastImportFeed
{
  BallastImportSink     sink;
  BallastStoreThread   *thread;
  BallastJob           *job;
  GCancellable         *cancellable;
  char                 *path;
  BallastImportFeedFunc func;
  gpointer              func_data;
  gint64                func_us;       /* when it was called last */

  BallastStoreImport     *session;     /* the store thread's */
  gboolean                is_update;
  int                     root_fd;
  GArray                 *class_ids;   /* gint64, by the reader's index */
  GArray                 *split_ids;
  GHashTable             *class_index; /* name → index */
  GHashTable             *split_index;
  BallastProgressState    progress;
  BallastImportFeedCounts counts;
  guint64                 n_findings[BALLAST_PROBLEM_KIND_LAST + 1]; /* the store thread's */

  BallastImportBatch *batch;           /* being filled */
  GQueue              under_way;       /* of BallastImportBatch, in order */
  BallastStoreCall   *handover;        /* (nullable): the store takes what handed has */
  Call                handed;
  GThreadPool        *pool;
  guint               max_batches;
  GMutex              lock;            /* of the batches' done */
  GCond               probed;
};

static void
probe_in_thread (gpointer data,
                 gpointer user_data)
{
  BallastImportBatch *batch = data;
  BallastImportFeed *self = user_data;

  if (batch->done)
    {
      ballast_import_batch_free (batch);
      return;
    }
  ballast_import_batch_probe (batch, self->root_fd, self->cancellable);

  g_mutex_lock (&self->lock);
  batch->done = TRUE;
  g_cond_signal (&self->probed);
  g_mutex_unlock (&self->lock);
}

static gboolean
begin_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  Call *call = user_data;
  BallastImportFeed *self = call->feed;

  self->session = ballast_store_import_begin (store, call->source, error);
  if (self->session == NULL)
    return FALSE;
  self->is_update = ballast_store_import_is_update (self->session);
  if (call->is_distinct)
    ballast_store_import_set_distinct (self->session);
  return TRUE;
}

static gboolean
class_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  Call *call = user_data;

  call->id = ballast_store_import_class (call->feed->session, call->name, error);
  return call->id >= 0;
}

static gboolean
split_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  Call *call = user_data;

  call->id = ballast_store_import_split (call->feed->session, call->name, error);
  return call->id >= 0;
}

static gboolean
known_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  Call *call = user_data;

  return ballast_store_import_get_known (call->feed->session, call->batch->images,
                                         call->batch->n_images, call->batch->known, error);
}

static gboolean
store_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  Call *call = user_data;
  BallastImportFeed *self = call->feed;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < call->batches->len; i++)
    if (!ballast_import_batch_store (g_ptr_array_index (call->batches, i), self->session, error))
      return FALSE;
  if (self->func != NULL && now - self->func_us >= FUNC_INTERVAL_US)
    {
      self->func (store, self->func_data);
      self->func_us = now;
    }
  return TRUE;
}

/* Findings beyond their limit were counted alone. */
static gboolean
tell_of_the_rest (BallastImportFeed *self,
                  GError           **error)
{
  for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
    {
      g_autofree char *detail = NULL;
      BallastProblem problem = { .kind = kind };

      if (self->n_findings[kind] <= BALLAST_IMPORT_MAX_PROBLEMS)
        continue;
      problem.n_more = self->n_findings[kind] - BALLAST_IMPORT_MAX_PROBLEMS;
      detail = g_strdup_printf ("and %" G_GUINT64_FORMAT " more", problem.n_more);
      problem.detail = detail;
      if (!ballast_store_import_problem (self->session, &problem, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish_in_thread (BallastStore *store,
                  gpointer      user_data,
                  GError      **error)
{
  BallastImportFeed *self = user_data;
  guint64 n_repeats = ballast_store_import_get_n_repeats (self->session);

  /* A picture that is listed twice is one. */
  self->counts.added -= MIN (n_repeats, self->counts.added);
  self->counts.images -= MIN (n_repeats, self->counts.images);
  if (!tell_of_the_rest (self, error))
    return FALSE;
  return ballast_store_import_finish (self->session, self->cancellable, error);
}

static gboolean
free_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  BallastImportFeed *self = user_data;

  g_clear_pointer (&self->session, ballast_store_import_free);
  return TRUE;
}

static void
count_batch (BallastImportFeed        *self,
             const BallastImportBatch *batch)
{
  for (guint i = 0; i < batch->n_images; i++)
    {
      const BallastImageFacts *known = &batch->known[i];
      const BallastImageFacts *facts = &batch->images[i].record.facts;

      if (known->mtime_ns == 0 && known->size_bytes == 0)
        self->counts.added++;
      else if (known->mtime_ns != facts->mtime_ns || known->size_bytes != facts->size_bytes)
        self->counts.updated++;
      self->progress.bytes_done += facts->size_bytes;
    }
  self->counts.images += batch->n_images;
  self->progress.items_done += batch->n_images;
  ballast_job_report (self->job, &self->progress);
}

/* Waits for the head, unless at most @max_left batches are under way, and takes what is probed from
 * there on: all that is ready goes to the store thread at once, so that handing over costs little
 * also where all threads are busy. */
static void
take_ready (BallastImportFeed *self,
            guint              max_left,
            GPtrArray         *ready)
{
  BallastImportBatch *batch;

  g_mutex_lock (&self->lock);
  while ((batch = g_queue_peek_head (&self->under_way)) != NULL)
    {
      if (!batch->done && (ready->len > 0 || self->under_way.length <= max_left))
        break;
      while (!batch->done)
        g_cond_wait (&self->probed, &self->lock);
      g_ptr_array_add (ready, g_queue_pop_head (&self->under_way));
    }
  g_mutex_unlock (&self->lock);
}

/* FALSE where one of the batches could not be probed. */
static gboolean
check_probes (GPtrArray *batches,
              GError   **error)
{
  for (guint i = 0; i < batches->len; i++)
    {
      BallastImportBatch *batch = g_ptr_array_index (batches, i);

      if (batch->error == NULL)
        continue;
      g_propagate_error (error, g_steal_pointer (&batch->error));
      return FALSE;
    }
  return TRUE;
}

/* What batches hold is given back by the pool: the last of them closes files that take a while to
 * close, and the project is brought to its end meanwhile. */
static void
give_back (BallastImportFeed *self,
           GPtrArray         *batches)
{
  while (batches->len > 0)
    {
      BallastImportBatch *batch = g_ptr_array_steal_index_fast (batches, batches->len - 1);

      g_thread_pool_push (self->pool, batch, NULL);
      g_thread_pool_move_to_front (self->pool, batch);
    }
}

/* Waits until the store has what it was handed. */
static gboolean
end_handover (BallastImportFeed *self,
              GError           **error)
{
  g_autoptr(GPtrArray) batches = NULL;
  gboolean is_stored;

  if (self->handover == NULL)
    return TRUE;
  is_stored = ballast_store_thread_end_call (self->thread, g_steal_pointer (&self->handover), error);
  batches = g_steal_pointer (&self->handed.batches);
  if (!is_stored)
    return FALSE;
  for (guint i = 0; i < batches->len; i++)
    count_batch (self, g_ptr_array_index (batches, i));
  give_back (self, batches);
  return TRUE;
}

/* Hands on what is probed, one piece at a time, and goes on reading while the store takes it, unless more
 * than @max_left batches are under way. */
static gboolean
drain (BallastImportFeed *self,
       guint              max_left,
       GError           **error)
{
  for (;;)
    {
      g_autoptr(GPtrArray) ready
        = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_import_batch_free);

      if (self->handover != NULL && self->under_way.length <= max_left &&
          !ballast_store_thread_has_ended (self->thread, self->handover))
        return TRUE;
      if (!end_handover (self, error))
        return FALSE;
      take_ready (self, max_left, ready);
      if (ready->len == 0)
        return TRUE;
      if (!check_probes (ready, error))
        return FALSE;
      self->handed = (Call){ .feed = self, .batches = g_steal_pointer (&ready) };
      self->handover = ballast_store_thread_begin_call (self->thread, store_in_thread, &self->handed);
    }
}

static BallastImportBatch *
new_batch (BallastImportFeed *self)
{
  BallastImportBatch *batch = ballast_import_batch_new ();

  batch->n_findings = self->n_findings;
  return batch;
}

/* Batches like this one that may be under way. */
static guint
get_max_batches (BallastImportFeed        *self,
                 const BallastImportBatch *batch)
{
  return CLAMP (MAX_LABELS / MAX (batch->annotations->len, 1), MIN_THREADS, self->max_batches);
}

/* Sends the batch that is being filled on its way. */
static gboolean
send_batch (BallastImportFeed *self,
            GError           **error)
{
  BallastImportBatch *batch = self->batch;
  Call call = { .feed = self, .batch = batch };
  guint max_batches = get_max_batches (self, batch);

  if (batch->n_images == 0 && batch->problems->len == 0)
    return TRUE;

  ballast_import_batch_seal (batch);
  if (self->is_update && batch->n_images > 0 &&
      !ballast_store_thread_call (self->thread, known_in_thread, &call, error))
    return FALSE;

  self->batch = new_batch (self);
  g_queue_push_tail (&self->under_way, batch);
  g_thread_pool_push (self->pool, batch, NULL);
  return drain (self, max_batches, error);
}

/* Where the annotation file is, as the project notes it: "" where the root itself was chosen. */
static const char *
file_below_root (const char *path,
                 const char *root)
{
  gsize length = strlen (root);

  if (strcmp (path, root) == 0)
    return "";
  if (g_str_has_prefix (path, root) && path[length] == '/')
    return path + length + 1;
  return path;
}

/* Many threads took it piece by piece; what is free lies between pieces that are not. */
static void
give_memory_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static gboolean
on_begin_source (gpointer                   user_data,
                 const BallastImportSource *source,
                 GError                   **error)
{
  BallastImportFeed *self = user_data;
  g_autofree char *display = ballast_path_display (source->root);
  BallastSource noted = { .root = (char *) source->root,
                          .file = (char *) file_below_root (self->path, source->root),
                          .layout = (char *) source->importer,
                          .options = (char *) source->options_json };
  Call call = { .feed = self, .source = &noted, .is_distinct = source->is_distinct };

  /* The reader has seen all of its files by now. */
  give_memory_back ();
  self->root_fd = open (source->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->root_fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Cannot open “%s”: %s"),
                   display, g_strerror (errno));
      return FALSE;
    }
  return ballast_store_thread_call (self->thread, begin_in_thread, &call, error);
}

/* The index of @name, asked of the store when it is new. */
static int
declare (BallastImportFeed   *self,
         GHashTable          *index,
         GArray              *ids,
         BallastStoreCallFunc func,
         Call                *call,
         GError             **error)
{
  gpointer known;

  if (g_hash_table_lookup_extended (index, call->name, NULL, &known))
    return GPOINTER_TO_INT (known);
  if (!ballast_store_thread_call (self->thread, func, call, error))
    return -1;

  g_array_append_val (ids, call->id);
  g_hash_table_insert (index, g_strdup (call->name), GINT_TO_POINTER (ids->len - 1));
  return ids->len - 1;
}

static int
on_declare_class (gpointer    user_data,
                  const char *name,
                  GError    **error)
{
  BallastImportFeed *self = user_data;
  Call call = { .feed = self, .name = name };

  return declare (self, self->class_index, self->class_ids, class_in_thread, &call, error);
}

static gboolean
describe_in_thread (BallastStore *store,
                    gpointer      user_data,
                    GError      **error)
{
  Call *call = user_data;

  return ballast_store_import_describe_class (call->feed->session, call->id,
                                              call->description->number, call->description->parent,
                                              error);
}

static gboolean
on_describe_class (gpointer                  user_data,
                   int                       class_index,
                   const BallastImportClass *description,
                   GError                  **error)
{
  BallastImportFeed *self = user_data;
  Call call = { .feed = self, .description = description };

  call.id = g_array_index (self->class_ids, gint64, class_index);
  return call.id == 0 ||
         ballast_store_thread_call (self->thread, describe_in_thread, &call, error);
}

static int
on_declare_split (gpointer    user_data,
                  const char *name,
                  GError    **error)
{
  BallastImportFeed *self = user_data;
  Call call = { .feed = self, .name = name };

  return declare (self, self->split_index, self->split_ids, split_in_thread, &call, error);
}

static gboolean
on_add_image (gpointer                  user_data,
              const BallastImportImage *image,
              GError                  **error)
{
  BallastImportFeed *self = user_data;
  gint64 split_id = image->split < 0 ? 0 : g_array_index (self->split_ids, gint64, image->split);

  ballast_import_batch_add (self->batch, image, self->class_ids, split_id);
  if (self->batch->n_images < BALLAST_IMPORT_BATCH &&
      self->batch->annotations->len < BALLAST_IMPORT_BATCH_ANNOTATIONS)
    return TRUE;
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         send_batch (self, error);
}

static gboolean
on_add_problem (gpointer              user_data,
                const BallastProblem *problem,
                GError              **error)
{
  BallastImportFeed *self = user_data;

  ballast_import_batch_add_problem (self->batch, problem);
  return TRUE;
}

BallastImportFeed *
ballast_import_feed_new (BallastStoreThread *thread,
                         BallastJob         *job,
                         const char         *path)
{
  BallastImportFeed *self = g_new0 (BallastImportFeed, 1);
  guint n_threads = MAX (MIN_THREADS, 2 * g_get_num_processors ());

  self->sink = (BallastImportSink) { on_begin_source, on_declare_class, on_declare_split,
                                     on_add_image, on_add_problem, self, on_describe_class,
                                     .reads_records = TRUE };
  self->thread = ballast_store_thread_ref (thread);
  self->job = g_object_ref (job);
  self->cancellable = ballast_job_get_cancellable (job);
  self->path = g_canonicalize_filename (path, NULL);
  self->root_fd = -1;
  self->class_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->split_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->class_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->split_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->batch = new_batch (self);
  g_queue_init (&self->under_way);
  g_mutex_init (&self->lock);
  g_cond_init (&self->probed);
  self->pool = g_thread_pool_new (probe_in_thread, self, n_threads, FALSE, NULL);
  self->max_batches = n_threads * BATCHES_A_THREAD;
  return self;
}

void
ballast_import_feed_set_func (BallastImportFeed    *self,
                              BallastImportFeedFunc func,
                              gpointer              user_data)
{
  self->func = func;
  self->func_data = user_data;
}

void
ballast_import_feed_set_total (BallastImportFeed *self,
                               guint64            total)
{
  self->progress.items_total = total;
  ballast_job_report (self->job, &self->progress);
}

const BallastImportSink *
ballast_import_feed_get_sink (BallastImportFeed *self)
{
  return &self->sink;
}

gboolean
ballast_import_feed_finish (BallastImportFeed       *self,
                            BallastImportFeedCounts *counts,
                            GError                 **error)
{
  if (!send_batch (self, error) || !drain (self, 0, error) || !end_handover (self, error))
    return FALSE;
  if (self->session != NULL &&
      !ballast_store_thread_call (self->thread, finish_in_thread, self, error))
    return FALSE;
  *counts = self->counts;
  return TRUE;
}

void
ballast_import_feed_free (BallastImportFeed *self)
{
  end_handover (self, NULL);
  /* Waits for the probes under way, which a cancel has made short. */
  g_thread_pool_free (self->pool, TRUE, TRUE);
  g_queue_clear_full (&self->under_way, (GDestroyNotify) ballast_import_batch_free);
  ballast_import_batch_free (self->batch);
  if (self->session != NULL)
    ballast_store_thread_call (self->thread, free_in_thread, self, NULL);
  if (self->root_fd >= 0)
    close (self->root_fd);
  ballast_store_thread_unref (self->thread);
  g_object_unref (self->job);
  g_free (self->path);
  g_array_unref (self->class_ids);
  g_array_unref (self->split_ids);
  g_hash_table_unref (self->class_index);
  g_hash_table_unref (self->split_index);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->probed);
  g_free (self);
  give_memory_back ();
}
