/*
 * The export job: plan → images in order → bounded workers → commits in the same order.
 *
 * One thread plans and commits, as many as there are cores draw.  What is under way is bounded, so
 * memory stays flat whatever the number of images; a source that is at fault becomes a note and the
 * others go on.  What was written stays for the next run.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-export.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "ballast-document-private.h"
#include "ballast-export-estimate.h"
#include "ballast-export-plan.h"
#include "ballast-export-run.h"
#include "ballast-path.h"
#include "ballast-settings-private.h"
#include "ballast-store-query.h"

/* Images whose records are read together, and pieces of work under way for each thread. */
#define CHUNK 256
#define TASKS_A_THREAD 6
/* Notes that are kept word by word; the rest is counted. */
#define MAX_NOTES 1000

/* What the job's thread owns. */
typedef struct
{
  BallastStoreThread   *thread;
  GWeakRef             *door;
  BallastJob           *job;
  GCancellable         *cancellable;
  char                 *dest;
  BallastExportSettings settings;
  gboolean              has_settings;    /* else those of the project */
  guint                 n_threads;

  BallastSnapshot     *snapshot;
  BallastPlan         *plan;
  BallastWeights      *weights;
  BallastExportOptions options;
  char                *pipeline_json;
  const char         **class_names;
  BallastExportChoices choices;
  BallastExportRun    *run;
  int                 *root_fds;         /* by source */
  GThreadPool         *pool;
  GQueue               under_way;        /* of Piece, in order */
  BallastProgressState progress;
  GPtrArray           *notes;
  GMutex               lock;             /* of the pieces' done */
  GCond                drawn;
} Export;

/* One source image under way. */
typedef struct
{
  BallastExportTask *task;
  char              *name;  /* for people */
  GError            *error;
  gboolean           done;
} Piece;

static void
export_free (Export *self)
{
  ballast_store_thread_unref (self->thread);
  ballast_door_unref (self->door);
  g_object_unref (self->job);
  g_free (self->dest);
  ballast_export_settings_clear (&self->settings);
  g_clear_pointer (&self->snapshot, ballast_snapshot_free);
  g_clear_pointer (&self->plan, ballast_plan_unref);
  g_clear_pointer (&self->weights, ballast_weights_free);
  g_free (self->pipeline_json);
  g_free (self->class_names);
  ballast_export_choices_clear (&self->choices);
  g_free (self->root_fds);
  g_ptr_array_unref (self->notes);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->drawn);
  g_free (self);
}

static void
piece_free (Piece *piece)
{
  g_clear_pointer (&piece->task, ballast_export_task_free);
  g_clear_error (&piece->error);
  g_free (piece->name);
  g_free (piece);
}

static void
draw_in_thread (gpointer data,
                gpointer user_data)
{
  Piece *piece = data;
  Export *self = user_data;

  ballast_export_task_run (piece->task, self->cancellable, &piece->error);

  g_mutex_lock (&self->lock);
  piece->done = TRUE;
  g_cond_signal (&self->drawn);
  g_mutex_unlock (&self->lock);
}

static gboolean
snapshot_in_thread (BallastStore *store,
                    gpointer      user_data,
                    GError      **error)
{
  Export *self = user_data;

  self->snapshot = ballast_snapshot_read (store, NULL, error);
  return self->snapshot != NULL;
}

static gboolean
choices_in_thread (BallastStore *store,
                   gpointer      user_data,
                   GError      **error)
{
  Export *self = user_data;

  return ballast_export_choices_read (&self->choices, store, self->snapshot->tally, self->plan,
                                      self->cancellable, error);
}

typedef struct
{
  Export *export;
  gint64  ids[CHUNK];
  guint   n_ids;
  GArray *images;
} Chunk;

static gboolean
images_in_thread (BallastStore *store,
                  gpointer      user_data,
                  GError      **error)
{
  Chunk *chunk = user_data;

  chunk->images = ballast_store_get_images (store, chunk->ids, chunk->n_ids, error);
  return chunk->images != NULL;
}

gboolean
ballast_export_options_fill (BallastExportOptions        *options,
                             const BallastExportSettings *settings,
                             GError                     **error)
{
  *options = (BallastExportOptions) BALLAST_EXPORT_OPTIONS_INIT;
  options->layout = settings->layout;
  options->quality = settings->quality;
  options->seed = settings->seed;
  options->skip_changed = TRUE;
  return ballast_originals_parse (settings->originals, &options->originals, error) &&
         ballast_export_format_parse (ballast_format_choice_get_name (settings->format),
                                      &options->format, error) &&
         ballast_weight_file_kinds_parse (settings->weights, &options->weight_files, error);
}

static gboolean
make_plan (Export  *self,
           GError **error)
{
  const BallastSettings *settings = self->snapshot->settings;
  g_auto(BallastBalanceSettings) balance = { 0 };

  if (!self->has_settings)
    ballast_export_settings_copy (ballast_settings_get_export (settings), &self->settings);

  /* One seed decides everything that is drawn: which images repeat, and how each copy looks. */
  ballast_balance_settings_copy (ballast_settings_get_balance (settings), &balance);
  balance.seed = self->settings.seed;
  self->plan = ballast_snapshot_dup_plan (self->snapshot, &balance, error);
  if (self->plan == NULL)
    return FALSE;
  self->weights = ballast_snapshot_dup_weights (self->snapshot, self->plan,
                                                ballast_settings_get_weights (settings));
  return TRUE;
}

static gboolean
fill_options (Export  *self,
              GError **error)
{
  const BallastTally *tally = self->snapshot->tally;

  if (!ballast_export_options_fill (&self->options, &self->settings, error))
    return FALSE;

  self->class_names = g_new0 (const char *, tally->n_classes + 1);
  for (guint i = 0; i < tally->n_classes; i++)
    self->class_names[i] = tally->classes[i].name;
  self->pipeline_json =
    ballast_pipeline_to_json (ballast_settings_get_pipeline (self->snapshot->settings, 0), TRUE);
  self->options.weights = self->weights;
  self->options.plan = self->plan;
  self->options.pipeline_json = self->pipeline_json;
  self->options.class_names = self->class_names;
  return TRUE;
}

/* What else than the options decides the bytes: the choices, and the pipelines of single classes. */
static char *
dup_fingerprint (Export *self)
{
  const BallastSnapshot *snapshot = self->snapshot;
  g_autofree char *pipelines =
    ballast_settings_class_pipelines_text (snapshot->settings, 0, NULL, snapshot->tally);
  g_autoptr(GString) text = g_string_new (self->choices.digest);
  gsize n_pairs;
  const BallastClassPair *pairs = ballast_settings_get_pairs (snapshot->settings, &n_pairs);
  g_autofree char *pairs_text = ballast_settings_pairs_text (pairs, n_pairs);

  g_string_append_printf (text, "\n%s\n%s", pipelines == NULL ? "" : pipelines, pairs_text);
  for (guint i = 0; i < snapshot->sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (snapshot->sources, i);

      g_string_append_printf (text, "\n%s %" G_GINT64_FORMAT, source->root, source->imported_us);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

/* Pairs of the project by id become pairs by index, as the exporter names classes. */
static void
set_pairs (Export *self)
{
  g_autoptr(GArray) by_index = g_array_new (FALSE, FALSE, sizeof (BallastClassPair));
  const BallastTally *tally = self->snapshot->tally;
  gsize n_pairs;
  const BallastClassPair *pairs = ballast_settings_get_pairs (self->snapshot->settings, &n_pairs);

  for (gsize i = 0; i < n_pairs; i++)
    {
      const BallastClassTally *class = ballast_tally_find_class_by_id (tally, pairs[i].class_id);
      const BallastClassTally *mirrored = ballast_tally_find_class_by_id (tally,
                                                                          pairs[i].mirrored_id);
      BallastClassPair pair;

      if (class == NULL || mirrored == NULL)
        continue;
      pair = (BallastClassPair) { class->index, mirrored->index };
      g_array_append_val (by_index, pair);
    }
  ballast_export_run_set_pairs (self->run, (BallastClassPair *) (gpointer) by_index->data,
                                by_index->len);
}

static gboolean
open_roots (Export  *self,
            GError **error)
{
  GPtrArray *sources = self->snapshot->sources;

  self->root_fds = g_new (int, sources->len + 1);
  for (guint i = 0; i < sources->len; i++)
    self->root_fds[i] = open (((BallastSource *) g_ptr_array_index (sources, i))->root,
                              O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (guint i = 0; i < sources->len; i++)
    if (self->root_fds[i] < 0)
      {
        const BallastSource *source = g_ptr_array_index (sources, i);
        g_autofree char *display = ballast_path_display (source->root);

        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _("The folder “%s” that the images are in cannot be opened."), display);
        return FALSE;
      }
  return TRUE;
}

/* TRUE once the head is drawn; with @wait FALSE only if it already is. */
static gboolean
head_is_ready (Export  *self,
               gboolean wait)
{
  Piece *piece = g_queue_peek_head (&self->under_way);
  gboolean done;

  if (piece == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  while (wait && !piece->done)
    g_cond_wait (&self->drawn, &self->lock);
  done = piece->done;
  g_mutex_unlock (&self->lock);
  return done;
}

static void
note_problem (Export      *self,
              const Piece *piece)
{
  const GError *problem = ballast_export_task_get_problem (piece->task);

  if (problem != NULL && self->notes->len < MAX_NOTES)
    g_ptr_array_add (self->notes, g_strdup_printf ("%s: %s", piece->name, problem->message));
}

static gboolean
commit_head (Export  *self,
             GError **error)
{
  Piece *piece = g_queue_pop_head (&self->under_way);
  gboolean success = piece->error == NULL;

  if (!success)
    g_propagate_error (error, g_steal_pointer (&piece->error));
  else
    {
      note_problem (self, piece);
      self->progress.items_done += ballast_export_task_get_files (piece->task);
      self->progress.bytes_done += ballast_export_task_get_bytes (piece->task);
      success = ballast_export_run_commit (self->run, g_steal_pointer (&piece->task), error);
      ballast_job_report (self->job, &self->progress);
    }
  piece_free (piece);
  return success;
}

/* Commits until at most @max_left pieces are under way. */
static gboolean
drain (Export  *self,
       guint    max_left,
       GError **error)
{
  while (head_is_ready (self, self->under_way.length > max_left))
    if (!commit_head (self, error))
      return FALSE;
  return TRUE;
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return (first > second) - (first < second);
}

/* (transfer full): the indices of the image's classes, ascending, each once. */
static GArray *
dup_class_indices (const BallastTally      *tally,
                   const BallastStoreImage *image)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < image->n_annotations; i++)
    {
      const BallastClassTally *class;

      class = ballast_tally_find_class_by_id (tally, image->annotations[i].class_id);
      if (class != NULL)
        g_array_append_val (indices, class->index);
    }
  g_array_sort (indices, compare_indices);
  for (guint i = indices->len; i > 1; i--)
    if (g_array_index (indices, guint, i - 1) == g_array_index (indices, guint, i - 2))
      g_array_remove_index (indices, i - 1);
  return indices;
}

static const char *
split_name (const BallastTally *tally,
            gint64              split_id)
{
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      return tally->splits[i].name;
  return "";
}

static gboolean
start_piece (Export                    *self,
             const BallastStoreImage   *image,
             const BallastExportChoice *choice,
             GError                   **error)
{
  const BallastSnapshot *snapshot = self->snapshot;
  g_autoptr(GArray) classes = dup_class_indices (snapshot->tally, image);
  g_autofree char *path = ballast_image_record_dup_path (&image->record);
  BallastExportSource source = {
    .folder = image->record.folder, .name = image->record.name,
    .split = split_name (snapshot->tally, image->record.split_id),
    .in_training_split = choice->training, .n_classes = classes->len,
    .classes = (const guint *) (gpointer) classes->data, .facts = image->record.facts,
    .keep_original = choice->keep_original, .n_copies = choice->n_copies,
  };
  Piece *piece;

  for (guint i = 0; i < snapshot->sources->len; i++)
    if (((BallastSource *) g_ptr_array_index (snapshot->sources, i))->id == image->record.source_id)
      {
        source.source_ordinal = i;
        source.root = ((BallastSource *) g_ptr_array_index (snapshot->sources, i))->root;
        source.root_fd = self->root_fds[i];
      }
  if (choice->n_copies > 0)
    source.pipeline = ballast_settings_get_pipeline (snapshot->settings,
                                                     image->annotations[0].class_id);

  piece = g_new0 (Piece, 1);
  piece->name = ballast_path_display (path);
  piece->task = ballast_export_run_plan (self->run, &source, error);
  if (piece->task == NULL)
    {
      piece_free (piece);
      return FALSE;
    }
  g_queue_push_tail (&self->under_way, piece);
  g_thread_pool_push (self->pool, piece, NULL);
  return drain (self, self->n_threads * TASKS_A_THREAD, error);
}

static gboolean
start_chunk (Export  *self,
             guint    first,
             GError **error)
{
  GArray *choices = self->choices.choices;
  Chunk chunk = { .export = self, .n_ids = MIN (CHUNK, choices->len - first) };
  g_autoptr(GArray) images = NULL;

  for (guint i = 0; i < chunk.n_ids; i++)
    chunk.ids[i] = g_array_index (choices, BallastExportChoice, first + i).id;
  if (!ballast_store_thread_call (self->thread, images_in_thread, &chunk, error))
    return FALSE;

  images = chunk.images;
  for (guint i = 0; i < chunk.n_ids; i++)
    {
      const BallastStoreImage *image = &g_array_index (images, BallastStoreImage, i);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (image->record.id != 0 &&
          !start_piece (self, image, &g_array_index (choices, BallastExportChoice, first + i),
                        error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (Export  *self,
           GError **error)
{
  gboolean success = TRUE;

  self->pool = g_thread_pool_new (draw_in_thread, self, self->n_threads, FALSE, NULL);
  for (guint i = 0; success && i < self->choices.choices->len; i += CHUNK)
    success = start_chunk (self, i, error);
  success = success && drain (self, 0, error);

  g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, TRUE);
  g_queue_clear_full (&self->under_way, (GDestroyNotify) piece_free);
  return success;
}

static gboolean
has_room (Export  *self,
          GError **error)
{
  BallastExportNeeds needs = { 0 };
  guint64 n_originals = 0, n_copies = 0;

  for (guint i = 0; i < self->choices.choices->len; i++)
    {
      const BallastExportChoice *choice = &g_array_index (self->choices.choices,
                                                          BallastExportChoice, i);

      n_originals += choice->keep_original;
      n_copies += choice->n_copies;
    }
  ballast_export_needs_add (&needs, &self->options, n_originals, n_copies,
                            self->snapshot->figures->mean_bytes, self->snapshot->figures->mean_megapixels, 0);
  return ballast_export_needs_check (&needs, self->dest, error);
}

static gboolean
export_all (Export  *self,
            GError **error)
{
  const BallastTally *tally;
  g_autofree char *fingerprint = NULL;

  ballast_job_report_message (self->job, _("Planning"));
  if (!ballast_store_thread_call (self->thread, snapshot_in_thread, self, error) ||
      !make_plan (self, error) || !fill_options (self, error) ||
      !ballast_store_thread_call (self->thread, choices_in_thread, self, error) ||
      !open_roots (self, error) || !has_room (self, error))
    return FALSE;

  tally = self->snapshot->tally;
  fingerprint = dup_fingerprint (self);
  self->run = ballast_export_run_open (self->dest, &self->options,
                                       tally->images > tally->images_without_split, fingerprint,
                                       error);
  if (self->run == NULL)
    return FALSE;
  set_pairs (self);

  self->progress.items_total = self->choices.files;
  ballast_job_report (self->job, &self->progress);
  ballast_job_report_message (self->job, _("Writing images"));
  if (!write_all (self, error))
    return FALSE;
  ballast_job_report_message (self->job, _("Finishing"));
  return ballast_export_run_finish (self->run, self->cancellable, error);
}

static void
result_free (BallastExportResult *result)
{
  g_free (result->dest);
  g_strfreev (result->notes);
  g_free (result);
}

static BallastExportResult *
result_new (Export *self,
            double  seconds)
{
  BallastExportResult *result = g_new0 (BallastExportResult, 1);
  BallastExportCounts counts = { 0 };

  if (self->run != NULL)
    ballast_export_run_get_counts (self->run, &counts);
  result->dest = g_strdup (self->dest);
  result->written = counts.written;
  result->copied = counts.copied;
  result->augmented = counts.augmented;
  result->skipped = counts.skipped;
  result->problems = counts.problems;
  result->bytes = counts.bytes;
  result->seconds = seconds;
  g_ptr_array_add (self->notes, NULL);
  result->notes = g_strdupv ((char **) self->notes->pdata);
  return result;
}

/* Says which export it was, where the message names a file of it alone. */
static void
name_dest (const Export *self,
           GError       *error)
{
  g_autofree char *display = ballast_path_display (self->dest);
  char *message;

  if (strstr (error->message, display) != NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  message = g_strdup_printf ("“%s”: %s", display, error->message);
  g_free (error->message);
  error->message = message;
}

static gpointer
export_in_thread (gpointer data)
{
  Export *self = data;
  gint64 begin = g_get_monotonic_time ();
  BallastExportResult *result;
  GError *error = NULL;

  if (!export_all (self, &error))
    name_dest (self, error);
  result = result_new (self, (g_get_monotonic_time () - begin) / 1e6);
  g_clear_pointer (&self->run, ballast_export_run_free);
  for (guint i = 0; self->root_fds != NULL && i < self->snapshot->sources->len; i++)
    if (self->root_fds[i] >= 0)
      close (self->root_fds[i]);
  ballast_job_finish (self->job, result, (GDestroyNotify) result_free, error);
  return NULL;
}

BallastJob *
ballast_document_export (BallastDocument             *document,
                         const char                  *dest,
                         const BallastExportSettings *settings,
                         guint                        n_threads)
{
  Export *self = g_new0 (Export, 1);
  g_autofree char *base = g_path_get_basename (dest);
  g_autofree char *display = ballast_path_display (base);
  g_autofree char *title = g_strdup_printf (_("Exporting to “%s”"), display);
  BallastJob *job = ballast_job_new (title);

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  self->thread = ballast_store_thread_ref (ballast_document_get_thread (document));
  self->door = ballast_document_ref_door (document);
  self->job = g_object_ref (job);
  self->cancellable = ballast_job_get_cancellable (job);
  self->dest = g_canonicalize_filename (dest, NULL);
  self->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->has_settings = settings != NULL;
  if (settings != NULL)
    ballast_export_settings_copy (settings, &self->settings);
  g_mutex_init (&self->lock);
  g_cond_init (&self->drawn);
  g_queue_init (&self->under_way);
  ballast_document_start_job (document, job, export_in_thread, self, (GDestroyNotify) export_free);
  return job;
}
