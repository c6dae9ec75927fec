/*
 * The job that finds pictures that look alike.
 *
 * Fingerprints first, then an index over all of them that as many threads search as there are
 * processors.  What they find is thinned out as it grows, so that memory stays at some bytes an image
 * however alike the pictures are.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-near-duplicates-private.h"

#include <glib/gi18n-lib.h>

#include "ballast-document-private.h"
#include "ballast-fingerprints.h"
#include "ballast-grouping.h"
#include "ballast-near-index.h"
#include "ballast-store-split.h"

/* Pairs that are kept before they are thinned out. */
#define MAX_PAIRS (4 * 1024 * 1024)

typedef struct
{
  BallastStoreThread  *thread;
  GWeakRef            *door;    /* (nullable): nobody to be shown it */
  BallastJob          *job;
  GPtrArray           *sources;
  guint                distance;
  guint                max_distance;
  GArray              *prints;  /* BallastStoredFingerprint */
  BallastNearIndex    *index;
  GArray              *pairs;   /* BallastNearPlaces */
  int                  next;    /* step */
  BallastProgressState progress;
  GMutex               lock;
} Run;

static void
run_free (Run *run)
{
  ballast_store_thread_unref (run->thread);
  g_clear_pointer (&run->door, ballast_door_unref);
  g_ptr_array_unref (run->sources);
  g_object_unref (run->job);
  g_clear_pointer (&run->prints, g_array_unref);
  g_clear_pointer (&run->pairs, g_array_unref);
  g_mutex_clear (&run->lock);
  g_free (run);
}

static void
add_pairs (Run          *run,
           const GArray *pairs)
{
  g_mutex_lock (&run->lock);
  g_array_append_vals (run->pairs, pairs->data, pairs->len);
  if (run->pairs->len > MAX_PAIRS)
    ballast_near_index_thin (run->pairs, run->prints->len);
  run->progress.items_done++;
  ballast_job_report (run->job, &run->progress);
  g_mutex_unlock (&run->lock);
}

static gpointer
search_in_thread (gpointer data)
{
  Run *run = data;
  GCancellable *cancellable = ballast_job_get_cancellable (run->job);
  guint n_steps = ballast_near_index_get_n_steps (run->index);

  while (!g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (BallastNearPlaces));
      guint step = (guint) g_atomic_int_add (&run->next, 1);

      if (step >= n_steps)
        break;
      ballast_near_index_search (run->index, step, run->max_distance, pairs);
      add_pairs (run, pairs);
    }

  return NULL;
}

static gboolean
search (Run     *run,
        GError **error)
{
  guint n = run->prints->len, n_threads = g_get_num_processors ();
  g_autofree BallastFingerprint *prints = g_new (BallastFingerprint, n + 1);
  g_autofree GThread **threads = g_new (GThread *, n_threads);

  for (guint i = 0; i < n; i++)
    {
      const BallastStoredFingerprint *print = &g_array_index (run->prints, BallastStoredFingerprint, i);

      prints[i] = (BallastFingerprint) { print->gradients, print->waves, print->spread };
    }
  run->index = ballast_near_index_new (prints, n);
  run->progress = (BallastProgressState) { .items_total = ballast_near_index_get_n_steps (run->index) };
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("near", search_in_thread, run);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_clear_pointer (&run->index, ballast_near_index_free);
  ballast_near_index_thin (run->pairs, n);

  return !g_cancellable_set_error_if_cancelled (ballast_job_get_cancellable (run->job), error);
}

/* (transfer full): the places as ids. */
static BallastNearSet *
make_set (const Run *run)
{
  const BallastStoredFingerprint *prints = (gconstpointer) run->prints->data;
  GArray *links = g_array_sized_new (FALSE, FALSE, sizeof (BallastNearLink), run->pairs->len);
  BallastNearSet *set = ballast_near_set_new (links);

  for (guint i = 0; i < run->pairs->len; i++)
    {
      const BallastNearPlaces *pair = &g_array_index (run->pairs, BallastNearPlaces, i);
      BallastNearLink link = { prints[pair->place].image_id, prints[pair->other].image_id,
                               pair->distance };

      g_array_append_val (links, link);
    }
  set->n_images = run->prints->len;
  for (guint i = 0; i < run->prints->len; i++)
    {
      set->n_unread += prints[i].spread < 0;
      set->n_flat += prints[i].spread >= 0 && prints[i].spread < BALLAST_FINGERPRINT_MIN_SPREAD;
    }

  return set;
}

typedef struct
{
  const Run            *run;
  const BallastNearSet *set;
} Note;

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const BallastLeakMember *left = a, *right = b;

  return (left->image_id > right->image_id) - (left->image_id < right->image_id);
}

/* The set of copies that an image is in, or 0. */
static guint
find_set (const GArray *copies,
          gint64        image_id)
{
  BallastLeakMember key = { .image_id = image_id };
  guint place;

  if (!g_array_binary_search ((GArray *) copies, &key, compare_members, &place))
    return 0;

  return g_array_index (copies, BallastLeakMember, place).set + 1;
}

/* Pairs within the distance asked for, but for those that are the same bytes: they are told of
 * already. */
static gboolean
note_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  const Note *note = user_data;
  g_autoptr(GArray) copies = ballast_store_get_copies (store, error);
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (BallastNearPair));

  if (copies == NULL)
    return FALSE;
  g_array_sort (copies, compare_members);
  for (guint i = 0; i < note->set->links->len; i++)
    {
      const BallastNearLink *link = &g_array_index (note->set->links, BallastNearLink, i);
      BallastNearPair pair = { link->image_id, link->other_image_id, link->distance };
      guint one = find_set (copies, link->image_id);

      if (link->distance <= note->run->distance &&
          (one == 0 || one != find_set (copies, link->other_image_id)))
        g_array_append_val (pairs, pair);
    }

  return ballast_store_set_near_duplicates (store, (const BallastNearPair *) (gpointer) pairs->data,
                                            pairs->len, error);
}

static gboolean
snapshot_in_thread (BallastStore *store,
                    gpointer      user_data,
                    GError      **error)
{
  BallastSnapshot **snapshot = user_data;

  *snapshot = ballast_snapshot_read (store, NULL, error);
  return *snapshot != NULL;
}

static BallastNearSet *
search_all (Run     *run,
            GError **error)
{
  g_autoptr(BallastNearSet) set = NULL;
  Note note = { run };

  ballast_job_report_message (run->job, _("Looking at pictures"));
  run->prints = ballast_fingerprints_take (run->thread, run->sources, run->job, error);
  if (run->prints == NULL)
    return NULL;
  ballast_job_report_message (run->job, _("Comparing pictures"));
  if (!search (run, error))
    return NULL;

  note.set = set = make_set (run);
  if (!ballast_store_thread_call (run->thread, note_in_thread, &note, error))
    return NULL;

  return g_steal_pointer (&set);
}

static Run *
run_new (BallastStoreThread *thread,
         GPtrArray          *sources,
         BallastJob         *job,
         guint               distance,
         guint               max_distance)
{
  Run *run = g_new0 (Run, 1);

  run->thread = ballast_store_thread_ref (thread);
  run->job = g_object_ref (job);
  run->sources = g_ptr_array_ref (sources);
  run->distance = distance;
  run->max_distance = CLAMP (max_distance, distance, BALLAST_NEAR_MAX_DISTANCE);
  run->pairs = g_array_new (FALSE, FALSE, sizeof (BallastNearPlaces));
  g_mutex_init (&run->lock);

  return run;
}

BallastNearSet *
ballast_near_duplicates_find (BallastStoreThread *thread,
                              GPtrArray          *sources,
                              BallastJob         *job,
                              guint               distance,
                              GError            **error)
{
  Run *run = run_new (thread, sources, job, distance, distance);
  BallastNearSet *set = search_all (run, error);

  run_free (run);
  return set;
}

static gpointer
find_in_thread (gpointer data)
{
  Run *run = data;
  GError *error = NULL;
  BallastSnapshot *snapshot = NULL;
  BallastNearSet *set = search_all (run, &error);

  if (set != NULL && ballast_store_thread_call (run->thread, snapshot_in_thread, &snapshot, NULL))
    ballast_document_post_snapshot (run->door, snapshot, BALLAST_CHANGED_PROBLEMS);
  ballast_job_finish (run->job, set, (GDestroyNotify) ballast_near_set_unref, error);
  return NULL;
}

BallastJob *
ballast_document_find_near_duplicates (BallastDocument *document,
                                       guint            distance,
                                       guint            max_distance)
{
  BallastJob *job = ballast_job_new (_("Looking for near duplicates"));
  Run *run = run_new (ballast_document_get_thread (document),
                      ballast_document_get_snapshot (document)->sources, job, distance, max_distance);

  run->door = ballast_document_ref_door (document);
  ballast_document_start_job (document, job, find_in_thread, run, (GDestroyNotify) run_free);

  return job;
}
