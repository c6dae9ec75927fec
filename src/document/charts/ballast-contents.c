/*
 * What stands in the images, asked for once and kept.
 *
 * A cache hangs on the document: an entry for each split that was asked for, with the answer or
 * with those who wait for it.  A change of the records throws it away; passes under way are then
 * told to stop, and those who wait for them begin anew.  Main thread but for the pass itself.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-contents.h"

#include "ballast-contents-private.h"
#include "ballast-document-private.h"
#include "ballast-store-query.h"

#define CACHE_KEY "ballast-contents"
#define IMAGES_A_TURN 1024

typedef struct
{
  BallastStoreThread       *thread;
  BallastTally             *tally;
  BallastContentStatistics *statistics;
  GHashTable               *indices;  /* gint64 id of the tally → index + 1 */
  GArray                   *labels;   /* BallastContentLabel, of an image */
  BallastStoreContentWalk   walk;
} Pass;

/* What is known of a split, or being found out. */
typedef struct
{
  gint64                    split_id;
  BallastFigures           *figures;     /* of the records and … */
  BallastTally             *tally;       /* … classes that it is of */
  BallastContentStatistics *statistics;  /* NULL: under way */
  GCancellable             *cancellable; /* of the pass */
  GPtrArray                *waiting;     /* GTask */
} Entry;

typedef struct
{
  BallastDocument *document; /* (unowned): it owns this */
  GPtrArray       *entries;  /* Entry */
} Cache;

static void
pass_free (Pass *pass)
{
  g_clear_pointer (&pass->thread, ballast_store_thread_unref);
  ballast_tally_unref (pass->tally);
  ballast_content_statistics_unref (pass->statistics);
  g_hash_table_unref (pass->indices);
  g_array_unref (pass->labels);
  g_free (pass);
}

static void
entry_free (Entry *entry)
{
  g_cancellable_cancel (entry->cancellable);
  g_clear_object (&entry->cancellable);
  g_clear_pointer (&entry->figures, ballast_figures_unref);
  g_clear_pointer (&entry->tally, ballast_tally_unref);
  g_clear_pointer (&entry->statistics, ballast_content_statistics_unref);
  g_clear_pointer (&entry->waiting, g_ptr_array_unref);
  g_free (entry);
}

static void
cache_free (gpointer data)
{
  Cache *cache = data;

  g_ptr_array_unref (cache->entries);
  g_free (cache);
}

static void
look_at (const BallastStoreContent *content,
         gpointer                   user_data)
{
  Pass *pass = user_data;

  g_array_set_size (pass->labels, content->n_annotations);
  for (guint i = 0; i < content->n_annotations; i++)
    {
      const BallastAnnotation *annotation = &content->annotations[i];
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (pass->indices, &annotation->class_id));

      g_array_index (pass->labels, BallastContentLabel, i)
        = (BallastContentLabel){ index - 1, annotation->has_box, annotation->box };
    }
  ballast_content_statistics_add (pass->statistics, content->width, content->height,
                                  (const BallastContentLabel *) (gpointer) pass->labels->data,
                                  pass->labels->len);
}

/* One turn; the rest queues behind what others want of the store meanwhile. */
static void
pass_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Pass *pass = task_data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!ballast_store_walk_contents (store, &pass->walk, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!pass->walk.end)
    {
      ballast_store_thread_run (pass->thread, g_object_ref (task), pass_in_thread);
      return;
    }
  ballast_content_statistics_close (pass->statistics);
  g_task_return_pointer (task, ballast_content_statistics_ref (pass->statistics),
                         (GDestroyNotify) ballast_content_statistics_unref);
}

static int
find_split (const BallastTally *tally,
            gint64              split_id)
{
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      return i;
  return split_id == BALLAST_QUERY_NONE ? (int) tally->n_splits : -1;
}

/* Without a thread: for whoever is on it. */
static Pass *
pass_new (BallastTally *tally,
          gint64        split_id)
{
  int split = find_split (tally, split_id);
  g_autofree guint64 *images = g_new0 (guint64, tally->n_classes);
  Pass *pass = g_new0 (Pass, 1);

  pass->tally = ballast_tally_ref (tally);
  pass->indices = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];

      images[i] = split < 0 ? class->total.images : class->by_split[split].images;
      g_hash_table_insert (pass->indices, (gpointer) &class->id, GUINT_TO_POINTER (i + 1));
    }
  pass->statistics = ballast_content_statistics_new (images, tally->n_classes);
  pass->labels = g_array_new (FALSE, TRUE, sizeof (BallastContentLabel));
  pass->walk.split_id = split_id;
  pass->walk.limit = IMAGES_A_TURN;
  pass->walk.func = look_at;
  pass->walk.user_data = pass;
  return pass;
}

BallastContentStatistics *
ballast_contents_read (BallastStore *store,
                       BallastTally *tally,
                       GError      **error)
{
  Pass *pass = pass_new (tally, BALLAST_QUERY_ANY);
  BallastContentStatistics *statistics = NULL;
  gboolean succeeded = TRUE;

  while (succeeded && !pass->walk.end)
    succeeded = ballast_store_walk_contents (store, &pass->walk, error);
  if (succeeded)
    {
      ballast_content_statistics_close (pass->statistics);
      statistics = ballast_content_statistics_ref (pass->statistics);
    }
  pass_free (pass);
  return statistics;
}

/* Whether the records and the order of the classes are still those of the entry: others may hear of
 * a change before the cache does.  Figures are kept as long as the records are. */
static gboolean
is_current (Cache       *cache,
            const Entry *entry)
{
  const BallastSnapshot *snapshot = ballast_document_get_snapshot (cache->document);

  if (snapshot->figures != entry->figures || snapshot->tally->n_classes != entry->tally->n_classes)
    return FALSE;
  for (guint i = 0; i < entry->tally->n_classes; i++)
    if (snapshot->tally->classes[i].id != entry->tally->classes[i].id)
      return FALSE;
  return TRUE;
}

static void
on_changed (BallastDocument *document,
            BallastChanged   changed,
            Cache           *cache)
{
  for (guint i = cache->entries->len; i > 0; i--)
    if (!is_current (cache, g_ptr_array_index (cache->entries, i - 1)))
      g_ptr_array_remove_index (cache->entries, i - 1);
}

static Cache *
get_cache (BallastDocument *document)
{
  Cache *cache = g_object_get_data (G_OBJECT (document), CACHE_KEY);

  if (cache != NULL)
    return cache;

  cache = g_new0 (Cache, 1);
  cache->document = document;
  cache->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_object_set_data_full (G_OBJECT (document), CACHE_KEY, cache, cache_free);
  g_signal_connect (document, "changed", G_CALLBACK (on_changed), cache);
  return cache;
}

/* (transfer none) (nullable): one that has become wrong is thrown away. */
static Entry *
find_entry (Cache *cache,
            gint64 split_id)
{
  for (guint i = 0; i < cache->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (cache->entries, i);

      if (entry->split_id != split_id)
        continue;
      if (is_current (cache, entry))
        return entry;
      g_ptr_array_remove_index (cache->entries, i);
      return NULL;
    }
  return NULL;
}

static void
answer (GTask                    *task,
        BallastContentStatistics *statistics)
{
  g_task_return_pointer (task, ballast_content_statistics_ref (statistics),
                         (GDestroyNotify) ballast_content_statistics_unref);
}

/* The entry of the pass that @waiting waits for; gone where the records changed meanwhile. */
static Entry *
find_waiting (Cache     *cache,
              GPtrArray *waiting)
{
  for (guint i = 0; i < cache->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (cache->entries, i);

      if (entry->waiting == waiting)
        return entry;
    }
  return NULL;
}

static void
pass_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GPtrArray) waiting = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastContentStatistics) statistics
    = g_task_propagate_pointer (G_TASK (result), &error);
  Cache *cache = get_cache (BALLAST_DOCUMENT (source));
  Entry *entry = find_waiting (cache, waiting);

  if (entry != NULL && statistics != NULL)
    entry->statistics = ballast_content_statistics_ref (statistics);
  else if (entry != NULL)
    g_ptr_array_remove (cache->entries, entry);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (statistics != NULL)
        answer (task, statistics);
      else
        g_task_return_error (task, g_error_copy (error));
    }
  g_ptr_array_set_size (waiting, 0);
}

static Entry *
start_pass (Cache *cache,
            gint64 split_id)
{
  Pass *pass = pass_new (ballast_document_get_tally (cache->document), split_id);
  Entry *entry = g_new0 (Entry, 1);
  GTask *task;

  pass->thread = ballast_store_thread_ref (ballast_document_get_thread (cache->document));
  entry->split_id = split_id;
  entry->figures = ballast_figures_ref (ballast_document_get_snapshot (cache->document)->figures);
  entry->tally = ballast_tally_ref (pass->tally);
  entry->cancellable = g_cancellable_new ();
  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (cache->entries, entry);

  task = g_task_new (cache->document, entry->cancellable, pass_done,
                     g_ptr_array_ref (entry->waiting));
  g_task_set_source_tag (task, start_pass);
  g_task_set_task_data (task, pass, (GDestroyNotify) pass_free);
  ballast_store_thread_run (pass->thread, task, pass_in_thread);
  return entry;
}

void
ballast_contents_load_async (BallastDocument    *document,
                             gint64              split_id,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (document, cancellable, callback, user_data);
  Cache *cache;
  Entry *entry;

  g_return_if_fail (BALLAST_IS_DOCUMENT (document));

  g_task_set_source_tag (task, ballast_contents_load_async);
  cache = get_cache (document);
  entry = find_entry (cache, split_id);
  if (entry != NULL && entry->statistics != NULL)
    {
      answer (task, entry->statistics);
      return;
    }
  if (entry == NULL)
    entry = start_pass (cache, split_id);
  g_ptr_array_add (entry->waiting, g_object_ref (task));
}

BallastContentStatistics *
ballast_contents_load_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
