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

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "ballast-document-private.h"
#include "ballast-export-crops.h"
#include "ballast-export-lending.h"
#include "ballast-export-parts.h"
#include "ballast-export-setup.h"
#include "ballast-path.h"
#include "ballast-recipe.h"
#include "ballast-shard.h"
#include "ballast-store-query.h"

/* Images whose records are read together, and pieces of work under way for each thread: names and
 * numbers only, until they are drawn. */
#define TASKS_A_THREAD 16
/* Notes that are kept word by word; the rest is counted. */
#define MAX_NOTES 1000
/* A class that keeps less of its plan is told of. */
#define SHORT_OF_PLAN 0.95

/* One source image under way. */
typedef struct
{
  BallastExportTask *task;
  char              *name;  /* for people */
  GError            *error;
  gboolean           done;
} Piece;

/* What the job's thread owns. */
typedef struct
{
  BallastStoreThread    *thread;
  BallastJob            *job;
  GCancellable          *cancellable;
  char                  *dest;
  BallastExportSettings *asked;     /* NULL: as set in the project */
  guint                  n_threads;

  gboolean           by_hierarchy;
  BallastShardNumber shard;   /* of 0: all of it */

  BallastExportSetup       setup;
  BallastExportParts       parts;   /* of a hierarchy */
  const BallastExportPart *part;    /* the one that is being written; NULL: a usual export */
  BallastExportRun        *run;
  BallastExportCounts      counts;  /* of the runs before */
  GThreadPool             *pool;
  GQueue                   under_way; /* of Piece, in order */
  BallastProgressState     progress;
  GPtrArray               *notes;
  GMutex                   lock;    /* of the pieces' done, and of awaited */
  GCond                    drawn;
  const Piece             *awaited; /* the only one whose end wakes the job */
} Export;

static void
export_free (Export *self)
{
  ballast_store_thread_unref (self->thread);
  g_object_unref (self->job);
  g_free (self->dest);
  if (self->asked != NULL)
    ballast_export_settings_clear (self->asked);
  g_free (self->asked);
  ballast_export_parts_clear (&self->parts);
  ballast_export_setup_clear (&self->setup);
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
  if (piece == self->awaited)
    g_cond_signal (&self->drawn);
  g_mutex_unlock (&self->lock);
}

static void
await_piece (Export      *self,
             const Piece *piece)
{
  g_mutex_lock (&self->lock);
  self->awaited = piece;
  while (!piece->done)
    g_cond_wait (&self->drawn, &self->lock);
  self->awaited = NULL;
  g_mutex_unlock (&self->lock);
}

static gboolean
head_is_drawn (Export *self)
{
  const Piece *piece = g_queue_peek_head (&self->under_way);
  gboolean drawn;

  g_mutex_lock (&self->lock);
  drawn = piece != NULL && piece->done;
  g_mutex_unlock (&self->lock);
  return drawn;
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

/* Commits until at most @max_left pieces are under way.  Waits for the last of those that must go
 * before it looks at the others: each waking takes a drawing thread's processor away. */
static gboolean
drain (Export  *self,
       guint    max_left,
       GError **error)
{
  if (self->under_way.length > max_left)
    await_piece (self, g_queue_peek_nth (&self->under_way, self->under_way.length - max_left - 1));

  while (self->under_way.length > max_left || head_is_drawn (self))
    {
      await_piece (self, g_queue_peek_head (&self->under_way));
      if (!commit_head (self, error))
        return FALSE;
    }
  return TRUE;
}

/* Says @source in the words of the dataset of a group: @classes become its label, and copies stay
 * what that label means. */
static void
relabel_source (const Export        *self,
                GArray              *classes,
                BallastExportSource *source)
{
  const BallastTally *tally = self->setup.snapshot->tally;
  guint class_index = classes->len > 0 ? g_array_index (classes, guint, 0) : 0;
  int label = ballast_export_part_find_label (self->part, tally, classes);

  source->sampled_as = tally->classes[class_index].name;
  source->keeps_sides = ballast_export_parts_must_keep_sides (&self->parts, self->part, class_index);
  if (source->keeps_sides && source->pipeline != NULL &&
      ballast_pipeline_always_mirrors (source->pipeline, source->sampled_as))
    source->pipeline = NULL;

  g_array_set_size (classes, 0);
  if (label >= 0)
    g_array_append_val (classes, label);
  source->n_classes = classes->len;
  source->classes = (const guint *) (gpointer) classes->data;
  source->n_labels = 0;
}

static void
relabel_lender (gpointer             user_data,
                GArray              *classes,
                BallastExportSource *source)
{
  relabel_source (user_data, classes, source);
}

static gboolean
start_piece (Export                    *self,
             const BallastStoreImage   *image,
             const BallastExportChoice *choice,
             GError                   **error)
{
  const BallastSnapshot *snapshot = self->setup.snapshot;
  g_autoptr(GArray) classes = ballast_export_dup_classes (snapshot->tally, image);
  g_autoptr(GArray) labels = ballast_export_dup_labels (snapshot->tally, image);
  g_autofree char *path = ballast_image_record_dup_path (&image->record);
  BallastExportSource source = ballast_export_describe (&self->setup, image, choice, classes, labels);
  g_autoptr(GArray) crops = NULL;
  Piece *piece;

  if (choice->n_copies > 0)
    source.pipeline = ballast_settings_get_pipeline (snapshot->settings,
                                                     image->annotations[0].class_id);
  if (choice->n_crops > 0)
    crops = ballast_export_crops_new (snapshot, self->setup.plan, image->record.id);
  if (crops != NULL)
    {
      source.crops = (const BallastExportCrop *) (gpointer) crops->data;
      source.n_crops = crops->len;
    }
  if (self->part != NULL)
    relabel_source (self, classes, &source);

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
  return self->under_way.length < self->n_threads * TASKS_A_THREAD ||
         drain (self, self->n_threads * TASKS_A_THREAD / 2, error);
}

static gboolean
start_chunk (Export       *self,
             const GArray *choices,
             guint         first,
             GError      **error)
{
  g_autoptr(GArray) images = ballast_export_read_images (self->thread, choices, first, error);

  for (guint i = 0; images != NULL && i < images->len; i++)
    {
      const BallastStoreImage *image = &g_array_index (images, BallastStoreImage, i);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (image->record.id != 0 &&
          !start_piece (self, image, &g_array_index (choices, BallastExportChoice, first + i),
                        error))
        return FALSE;
    }
  return images != NULL;
}

/* Where a pipeline takes parts of other pictures, the run is told of all that may lend some. */
static gboolean
lend_pictures (Export       *self,
               const GArray *choices,
               GError      **error)
{
  BallastLending lending = { .setup = &self->setup, .thread = self->thread,
                             .flags = ballast_exporter_find (self->setup.options.layout)->flags,
                             .relabel = self->part != NULL ? relabel_lender : NULL,
                             .user_data = self, .cancellable = self->cancellable };
  const char *note = ballast_export_get_mixing_note (self->setup.options.layout);
  BallastExportPartners *partners;

  if (!self->setup.options.mixes)
    return TRUE;
  if (note != NULL && self->notes->len < MAX_NOTES)
    g_ptr_array_add (self->notes, g_strdup (note));
  partners = ballast_export_lend (&lending, choices, error);
  if (partners != NULL)
    ballast_export_run_take_partners (self->run, partners);
  return partners != NULL;
}

static gboolean
write_all (Export       *self,
           const GArray *choices,
           GError      **error)
{
  gboolean success = TRUE;

  if (!lend_pictures (self, choices, error))
    return FALSE;
  self->pool = g_thread_pool_new (draw_in_thread, self, self->n_threads, FALSE, NULL);
  for (guint i = 0; success && i < choices->len; i += BALLAST_EXPORT_CHUNK)
    success = start_chunk (self, choices, i, error);
  success = success && drain (self, 0, error);

  g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, TRUE);
  g_queue_clear_full (&self->under_way, (GDestroyNotify) piece_free);
  return success;
}

/* Takes what the run did into the sum; the run is gone afterwards. */
static void
end_run (Export *self)
{
  BallastExportCounts counts = { 0 };

  if (self->run != NULL)
    ballast_export_run_get_counts (self->run, &counts);
  self->counts.written += counts.written;
  self->counts.copied += counts.copied;
  self->counts.augmented += counts.augmented;
  self->counts.skipped += counts.skipped;
  self->counts.left_out += counts.left_out;
  self->counts.problems += counts.problems;
  self->counts.bytes += counts.bytes;
  g_clear_pointer (&self->run, ballast_export_run_free);
}

static void
note_left_out (Export                  *self,
               const BallastExportPart *part)
{
  if (part->left_out > 0 && self->notes->len < MAX_NOTES)
    g_ptr_array_add (self->notes, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                                "%s: %" PRIu64 " image holds classes of several labels and is left out",
                                                                "%s: %" PRIu64 " images hold classes of several labels and are left out",
                                                                (gulong) MIN (part->left_out, 1000000)), part->dataset->name, part->left_out));
}

static gboolean
export_part (Export                  *self,
             const BallastExportPart *part,
             BallastAtomicDir        *dir,
             GError                 **error)
{
  g_autoptr(GArray) choices = NULL;
  g_autoptr(GError) failed = NULL;

  self->part = part;
  note_left_out (self, part);
  self->run = ballast_export_parts_open_run (&self->parts, part, dir, &failed);
  if (self->run == NULL && failed == NULL) /* written by an interrupted run */
    {
      self->counts.skipped += part->files;
      self->progress.items_done += part->files;
      return TRUE;
    }
  if (self->run == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  choices = ballast_export_parts_dup_choices (&self->parts, part);
  if (!write_all (self, choices, error) ||
      !ballast_export_run_finish (self->run, self->cancellable, error))
    return FALSE;
  end_run (self);
  return TRUE;
}

/* One dataset a classifier of the hierarchy. */
static gboolean
export_parts (Export  *self,
              GError **error)
{
  g_autoptr(BallastAtomicDir) dir = NULL;
  GArray *parts;

  if (!ballast_export_parts_read (&self->parts, &self->setup, self->thread, self->cancellable,
                                  error) ||
      !ballast_export_parts_have_room (&self->parts, self->dest, error))
    return FALSE;
  dir = ballast_export_parts_open_folder (&self->parts, self->dest, error);
  if (dir == NULL)
    return FALSE;

  parts = self->parts.parts;
  for (guint i = 0; i < parts->len; i++)
    self->progress.items_total += g_array_index (parts, BallastExportPart, i).files;
  ballast_job_report (self->job, &self->progress);
  ballast_job_report_message (self->job, _("Writing images"));
  for (guint i = 0; i < parts->len; i++)
    if (!export_part (self, &g_array_index (parts, BallastExportPart, i), dir, error))
      return FALSE;
  ballast_job_report_message (self->job, _("Finishing"));
  return ballast_export_parts_finish (&self->parts, dir, error);
}

/* A class that comes to less than its plan: what augmentation cut away was not known before. */
static void
note_shortfall (Export *self)
{
  const BallastPlan *plan = self->setup.options.plan;
  const BallastTally *tally = self->setup.snapshot->tally;
  const char *split = plan == NULL || plan->training_split >= tally->n_splits
                        ? "" : tally->splits[plan->training_split].name;
  const BallastPlanClass *worst = NULL;
  guint64 least = 0;
  guint n_short = 0;

  for (guint i = 0; plan != NULL && plan->has_boxes && i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      guint64 reached;

      if (!ballast_export_run_get_reached (self->run, split, i,
                                           plan->settings.unit == BALLAST_UNIT_INSTANCES, &reached))
        return;
      if ((double) reached >= SHORT_OF_PLAN * (double) class->after)
        continue;
      n_short++;
      if (worst == NULL || reached * worst->after < least * class->after)
        {
          worst = class;
          least = reached;
        }
    }
  if (worst != NULL)
    g_ptr_array_insert (self->notes, 0, g_strdup_printf (
                          /* Translators: numbers of classes; the name of a class and two counts. */
                          g_dngettext (GETTEXT_PACKAGE,
                                       "%u class came to less than planned, for boxes were cut away or "
                                       "images left out: %s to %" PRIu64 " instead of %" PRIu64,
                                       "%u classes came to less than planned, for boxes were cut away or "
                                       "images left out: above all %s to %" PRIu64 " instead of %" PRIu64,
                                       n_short), n_short, worst->name, least, worst->after));
}

static gboolean
export_all (Export  *self,
            GError **error)
{
  ballast_job_report_message (self->job, _("Planning"));
  if (!ballast_export_setup_read (&self->setup, self->thread, self->asked, self->cancellable, error))
    return FALSE;
  self->setup.options.shard = self->shard.shard;
  self->setup.options.n_shards = self->shard.n_shards;
  if (self->by_hierarchy)
    return export_parts (self, error);
  if (!ballast_export_setup_has_room (&self->setup, self->dest, error))
    return FALSE;
  self->run = ballast_export_setup_open_run (&self->setup, self->dest, error);
  if (self->run == NULL)
    return FALSE;

  self->progress.items_total = self->setup.choices.files;
  ballast_job_report (self->job, &self->progress);
  ballast_job_report_message (self->job, _("Writing images"));
  if (!write_all (self, self->setup.choices.choices, error))
    return FALSE;
  ballast_job_report_message (self->job, _("Finishing"));
  if (self->shard.n_shards == 0)
    note_shortfall (self);
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
  BallastExportCounts counts;

  end_run (self);
  counts = self->counts;
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
  ballast_job_finish (self->job, result, (GDestroyNotify) result_free, error);
  return NULL;
}

static Export *
export_new (BallastDocument             *document,
            const char                  *dest,
            const BallastExportSettings *settings,
            guint                        n_threads)
{
  Export *self = g_new0 (Export, 1);

  self->thread = ballast_store_thread_ref (ballast_document_get_thread (document));
  self->dest = g_canonicalize_filename (dest, NULL);
  self->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
  self->notes = g_ptr_array_new_with_free_func (g_free);
  if (settings != NULL)
    {
      self->asked = g_new0 (BallastExportSettings, 1);
      ballast_export_settings_copy (settings, self->asked);
    }
  g_mutex_init (&self->lock);
  g_cond_init (&self->drawn);
  g_queue_init (&self->under_way);
  return self;
}

/* (transfer full): the job; takes @self. */
static BallastJob *
export_start (Export          *self,
              BallastDocument *document)
{
  g_autofree char *base = g_path_get_basename (self->dest);
  g_autofree char *display = ballast_path_display (base);
  g_autofree char *title = g_strdup_printf (_("Exporting to “%s”"), display);
  BallastJob *job = ballast_job_new (title);

  self->job = g_object_ref (job);
  self->cancellable = ballast_job_get_cancellable (job);
  ballast_document_start_job (document, job, export_in_thread, self, (GDestroyNotify) export_free);
  return job;
}

BallastJob *
ballast_document_export (BallastDocument             *document,
                         const char                  *dest,
                         const BallastExportSettings *settings,
                         guint                        n_threads)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  return export_start (export_new (document, dest, settings, n_threads), document);
}

BallastJob *
ballast_document_export_hierarchy (BallastDocument             *document,
                                   const char                  *dest,
                                   const BallastExportSettings *settings,
                                   guint                        n_threads)
{
  Export *self;

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  self = export_new (document, dest, settings, n_threads);
  self->by_hierarchy = TRUE;
  return export_start (self, document);
}

BallastJob *
ballast_document_export_shard (BallastDocument             *document,
                               const char                  *dest,
                               const BallastExportSettings *settings,
                               guint                        n_threads,
                               const BallastShardNumber    *number)
{
  g_autofree char *shard_dest = NULL;
  Export *self;

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (number->shard >= 1 && number->shard <= number->n_shards, NULL);

  shard_dest = ballast_shard_dup_dest (dest, number->shard, number->n_shards);
  self = export_new (document, shard_dest, settings, n_threads);
  self->shard = *number;
  return export_start (self, document);
}
