/*
 * The import job: look at the source, read it, look for duplicates.
 *
 * It has a thread of its own, which reads; what it shows meanwhile are snapshots that the store
 * thread takes a few times a second.  A cancel or an error keeps what was read so far.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-import.h"

#include <glib/gi18n-lib.h>

#include "ballast-document-private.h"
#include "ballast-duplicates.h"
#include "ballast-group-growth.h"
#include "ballast-import-feed.h"
#include "ballast-importer.h"
#include "ballast-path.h"
#include "ballast-thread-crew.h"

/* A look that tells readers apart; what a large folder holds is found out while it is read. */
#define LOOKING_TIME_US (G_USEC_PER_SEC / 10)
/* The same for a folder of few files: a reader that a busy machine cut short must not lose to one
 * that knows less. */
#define LOOKING_TIME_FEW_US (3 * G_USEC_PER_SEC)
#define FEW_FILES 5000

#define CHANGED_BY_IMPORT \
  (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_PROBLEMS)

/* One source to read. */
typedef struct
{
  char               *path;
  char               *layout;  /* NULL: recognise */
  char               *images;
  char               *options; /* JSON of an earlier import; NULL: recognise */
  BallastImportWishes wishes;
} Request;

/* What the job's thread owns. */
typedef struct
{
  BallastStoreThread *thread;
  GWeakRef           *door;
  BallastJob         *job;
  GPtrArray          *requests;  /* of Request */
  BallastImportResult result;
  gboolean            is_watched; /* somebody looks at figures at once */
} Run;

static void
request_free (Request *request)
{
  g_free (request->path);
  g_free (request->layout);
  g_free (request->images);
  g_free (request->options);
  ballast_import_wishes_clear (&request->wishes);
  g_free (request);
}

static void
run_free (Run *run)
{
  ballast_store_thread_unref (run->thread);
  ballast_door_unref (run->door);
  g_ptr_array_unref (run->requests);
  g_object_unref (run->job);
  g_free (run);
}

/* On the store thread, now and then: the window sees the counts grow. */
static void
show_progress (BallastStore *store,
               gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr(BallastFigures) figures = ballast_figures_new ();
  BallastSnapshot *snapshot = ballast_snapshot_read (store, figures, NULL);

  if (snapshot != NULL)
    ballast_document_post_snapshot (run->door, snapshot,
                                    BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_PROBLEMS);
}

/* A reader of folders sees the whole tree before it begins, and knows better than a glance. */
static gboolean
take_guess (const BallastLayoutGuess *guess,
            BallastImportOptions     *options,
            guint64                  *n_images)
{
  ballast_import_options_copy (&guess->options, options);
  if (!guess->is_partial)
    {
      *n_images = guess->images;
      return TRUE;
    }
  options->split_level = BALLAST_SPLIT_LEVEL_AUTO;
  options->class_depth = BALLAST_CLASS_DEPTH_AUTO;
  return guess->importer != ballast_importer_find ("manifest");
}

/* As the earlier import did; links are the one thing that may be said besides. */
static const BallastImporter *
read_as_before (const Request        *request,
                BallastImportOptions *options,
                GError              **error)
{
  if (!ballast_import_options_from_json (options, request->options, error))
    return NULL;
  options->follow_links = options->follow_links || request->wishes.follow_links;

  return ballast_importer_find (request->layout);
}

/* What a source is read with. */
typedef struct
{
  BallastImportOptions options;
  BallastFolder       *tree;     /* (nullable): what is in it */
  guint64              n_images; /* 0: unknown */
} Choice;

static void
choice_clear (Choice *choice)
{
  ballast_import_options_clear (&choice->options);
  g_clear_pointer (&choice->tree, ballast_folder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

/* Every reader has to know what is in the folder, so it is listed once for all of them.  What cannot
 * be listed, the readers say better. */
static BallastFolder *
survey (const Request *request,
        GCancellable  *cancellable)
{
  g_autoptr(BallastWalk) walk = NULL;

  if (g_file_test (request->path, G_FILE_TEST_IS_DIR))
    walk = ballast_walk_new (request->path, request->wishes.follow_links, NULL);

  return walk != NULL ? ballast_folder_tree_new (walk, TRUE, 0, cancellable, NULL) : NULL;
}

static gint64
choose_deadline (const Choice *choice)
{
  gboolean is_small = choice->tree != NULL &&
                      choice->tree->total_images + choice->tree->total_others <= FEW_FILES;

  return g_get_monotonic_time () + (is_small ? LOOKING_TIME_FEW_US : LOOKING_TIME_US);
}

/* How the source is to be read: from the earlier import, or by looking at it. */
static const BallastImporter *
choose_reader (const Request *request,
               Choice        *choice,
               GCancellable  *cancellable,
               GError       **error)
{
  BallastLayoutQuestion question = { .images = request->images, .importer = request->layout,
                                     .wishes = &request->wishes };
  gboolean is_sure = FALSE;
  const BallastImporter *importer = NULL;

  if (request->options != NULL && ballast_importer_find (request->layout) != NULL)
    return read_as_before (request, &choice->options, error);

  choice->tree = survey (request, cancellable);
  question.tree = choice->tree;
  question.deadline_us = choose_deadline (choice);
  for (guint i = 0; i < 2 && !is_sure; i++)
    {
      g_autoptr(GPtrArray) guesses = ballast_layout_detect (request->path, &question, cancellable,
                                                             error);

      if (guesses == NULL)
        return NULL;
      importer = ((BallastLayoutGuess *) g_ptr_array_index (guesses, 0))->importer;
      ballast_import_options_clear (&choice->options);
      is_sure = take_guess (g_ptr_array_index (guesses, 0), &choice->options, &choice->n_images);
      question.deadline_us = 0;
    }
  return importer;
}

static void
on_read_progress (const BallastProgressState *state,
                  gpointer                    user_data)
{
  if (state->items_total > 0)
    ballast_import_feed_set_total (user_data, state->items_total);
}

static gboolean
read_source (Run           *run,
             const Request *request,
             GError       **error)
{
  GCancellable *cancellable = ballast_job_get_cancellable (run->job);
  g_auto(Choice) choice = { .options = BALLAST_IMPORT_OPTIONS_INIT };
  g_autoptr(BallastImportFeed) feed = NULL;
  BallastImportFeedCounts counts = { 0 };
  BallastProgress progress = { on_read_progress, NULL };
  BallastImportRequest reading = { .path = request->path, .options = &choice.options,
                                   .progress = &progress,
                                   .crew = ballast_thread_crew_get () };
  const BallastImporter *importer;

  ballast_job_report_message (run->job, _("Looking at the folder"));
  importer = choose_reader (request, &choice, cancellable, error);
  if (importer == NULL)
    return FALSE;
  reading.tree = choice.tree;

  feed = ballast_import_feed_new (run->thread, run->job, request->path);
  ballast_import_feed_set_func (feed, show_progress, run);
  ballast_import_feed_set_total (feed, choice.n_images);
  progress.user_data = feed;
  ballast_job_report_message (run->job, _("Reading images"));
  reading.sink = ballast_import_feed_get_sink (feed);
  if (!ballast_importer_read (importer, &reading, NULL, cancellable, error) ||
      !ballast_import_feed_finish (feed, &counts, error))
    return FALSE;

  run->result.added += counts.added;
  run->result.updated += counts.updated;
  return TRUE;
}

typedef struct
{
  gboolean         with_figures;
  BallastSnapshot *snapshot;
} Look;

static gboolean
look_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  Look *look = user_data;
  g_autoptr(BallastFigures) figures = NULL;

  if (!look->with_figures)
    {
      figures = ballast_figures_new_pending (store, error);
      if (figures == NULL)
        return FALSE;
    }
  look->snapshot = ballast_snapshot_read (store, figures, error);
  return look->snapshot != NULL;
}

/* Of the sources alone: figures cost a look at every label. */
static gboolean
sources_in_thread (BallastStore *store,
                   gpointer      user_data,
                   GError      **error)
{
  GPtrArray **sources = user_data;

  *sources = ballast_store_get_sources (store, error);
  return *sources != NULL;
}

static gboolean
find_duplicates (Run       *run,
                 GPtrArray *sources,
                 GError   **error)
{
  ballast_job_report_message (run->job, _("Looking for duplicates"));
  return ballast_duplicates_find (run->thread, sources, run->job, error);
}

/* What is new belongs to the groups that there are, before anybody trusts a split. */
static gboolean
grow_groups (Run       *run,
             GPtrArray *sources,
             GError   **error)
{
  BallastGroupGrowth growth = { 0 };

  if (run->result.added + run->result.updated == 0)
    return TRUE;
  if (!ballast_groups_grow (run->thread, sources, run->job, &growth, error))
    return FALSE;
  run->result.grouped = growth.grouped;
  run->result.placed = growth.placed;

  return TRUE;
}

static gboolean
read_all (Run     *run,
          GError **error)
{
  g_autoptr(GPtrArray) sources = NULL;

  for (guint i = 0; i < run->requests->len; i++)
    if (!read_source (run, g_ptr_array_index (run->requests, i), error))
      return FALSE;
  return ballast_store_thread_call (run->thread, sources_in_thread, &sources, error) &&
         find_duplicates (run, sources, error) && grow_groups (run, sources, error);
}

static gpointer
import_in_thread (gpointer data)
{
  Run *run = data;
  Look look = { .with_figures = run->is_watched };
  GError *error = NULL;

  read_all (run, &error);

  if (ballast_store_thread_call (run->thread, look_in_thread, &look, error == NULL ? &error : NULL))
    {
      BallastSnapshot *snapshot = look.snapshot;

      run->result.images = snapshot->tally->images;
      run->result.gone = snapshot->tally->gone;
      run->result.problems = snapshot->figures->problems;
      run->result.unplaced = snapshot->tally->n_splits > 0 ? snapshot->tally->images_without_split : 0;
      ballast_document_post_snapshot (run->door, snapshot, CHANGED_BY_IMPORT);
    }
  ballast_job_finish (run->job, g_memdup2 (&run->result, sizeof run->result), g_free, error);
  return NULL;
}

/* What tells an import's job, and its result, from others. */
#define IS_IMPORT "ballast-import"

const BallastImportResult *
ballast_import_result_of (BallastJob *job)
{
  return g_object_get_data (G_OBJECT (job), IS_IMPORT) != NULL ? ballast_job_get_result (job) : NULL;
}

static BallastJob *
start_import (BallastDocument *document,
              const char      *title,
              GPtrArray       *requests)
{
  BallastJob *job = ballast_job_new (title);
  Run *run = g_new0 (Run, 1);

  run->thread = ballast_store_thread_ref (ballast_document_get_thread (document));
  run->door = ballast_document_ref_door (document);
  run->job = g_object_ref (job);
  run->requests = requests;
  g_object_set_data (G_OBJECT (job), IS_IMPORT, GINT_TO_POINTER (TRUE));
  ballast_document_start_job (document, job, import_in_thread, run, (GDestroyNotify) run_free);
  return job;
}

/* The path that @source was chosen by. */
static char *
dup_source_path (const BallastSource *source)
{
  if (g_path_is_absolute (source->file))
    return g_strdup (source->file);
  if (*source->file == '\0')
    return g_strdup (source->root);
  return g_build_filename (source->root, source->file, NULL);
}

/* What an earlier import of @path used. */
static void
take_earlier_options (Request   *request,
                      GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (sources, i);
      g_autofree char *path = dup_source_path (source);

      if (g_strcmp0 (path, request->path) == 0)
        {
          request->layout = g_strdup (source->layout);
          request->options = g_strdup (source->options);
          return;
        }
    }
}

BallastJob *
ballast_document_import (BallastDocument *document,
                         const char      *path,
                         const char      *layout,
                         const char      *images_path)
{
  return ballast_document_import_as (document, path, layout, images_path, NULL);
}

BallastJob *
ballast_document_import_as (BallastDocument           *document,
                            const char                *path,
                            const char                *layout,
                            const char                *images_path,
                            const BallastImportWishes *wishes)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  Request *request = g_new0 (Request, 1);
  g_autofree char *base = NULL;
  g_autofree char *display = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  request->path = g_canonicalize_filename (path, NULL);
  request->images = images_path == NULL ? NULL : g_canonicalize_filename (images_path, NULL);
  request->layout = g_strdup (layout);
  if (wishes != NULL)
    ballast_import_wishes_copy (wishes, &request->wishes);
  if (layout == NULL && images_path == NULL && !ballast_import_wishes_name_columns (&request->wishes))
    take_earlier_options (request, ballast_document_get_snapshot (document)->sources);
  g_ptr_array_add (requests, request);

  base = g_path_get_basename (request->path);
  display = ballast_path_display (base);
  title = g_strdup_printf (_("Importing “%s”"), display);
  return start_import (document, title, requests);
}

BallastJob *
ballast_document_reimport (BallastDocument *document)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  GPtrArray *sources;

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  sources = ballast_document_get_snapshot (document)->sources;
  for (guint i = 0; i < sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (sources, i);
      Request *request = g_new0 (Request, 1);

      request->path = dup_source_path (source);
      request->layout = g_strdup (source->layout);
      request->options = g_strdup (source->options);
      g_ptr_array_add (requests, request);
    }
  return start_import (document, _("Importing again"), requests);
}
