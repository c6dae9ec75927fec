/*
 * One source image of an export: its original placed, its copies drawn.
 *
 * A task holds all that it needs and shares nothing that changes, so tasks run in any thread.  Every
 * file is made under a temporary name and renamed; a file that the journal tells of is only
 * checked.  A task that fails leaves no half file.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-export-item.h"
#include "ballast-export-run-private.h"
#include "ballast-image-error.h"
#include "ballast-open.h"
#include "ballast-path.h"
#include "ballast-place-original.h"

/* So many copies are drawn from one decoding; more would need too many open files. */
#define MAX_OUTPUTS 64

/* The same for the pictures that they take parts from; a recipe has far fewer. */
#define MAX_INPUTS 64
#define MAX_INPUTS_A_COPY 32

void
ballast_export_task_file_clear (BallastTaskFile *file)
{
  g_free (file->policy);
  g_free (file->path);
  g_free (file->classes);
  g_free (file->soft_labels);
  g_free (file->recipe_json);
  g_clear_pointer (&file->recipe, ballast_recipe_free);
  g_clear_pointer (&file->labels, g_array_unref);
}

static char *
make_label (const BallastExportSource *source,
            const char                *path)
{
  if (source->source_ordinal == 0)
    return g_strdup (path);

  return g_strdup_printf ("@%u/%s", source->source_ordinal, path);
}

BallastExportTask *
ballast_export_task_new (BallastExportRun          *run,
                         const BallastExportSource *source)
{
  BallastExportTask *task = g_new0 (BallastExportTask, 1);

  task->index = run->next_plan++;
  task->options = &run->options;
  task->dir_fd = run->context.dir_fd;
  task->partners = run->partners;
  task->source = *source;
  task->source.root = g_strdup (source->root);
  task->source.folder = g_strdup (source->folder);
  task->source.name = g_strdup (source->name);
  task->source.split = g_strdup (source->split);
  task->source.classes = g_memdup2 (source->classes, source->n_classes * sizeof (guint));
  task->labels = ballast_export_labels_copy (source->labels, source->n_labels);
  task->source.labels = (const BallastExportLabel *) (gpointer) task->labels->data;
  task->has_boxes = (run->exporter->flags & BALLAST_EXPORTER_BOXES) != 0;
  task->policy = (BallastBoxPolicy) BALLAST_BOX_POLICY_INITIAL;
  if (source->pipeline != NULL)
    task->policy = *ballast_pipeline_get_box_policy (source->pipeline);
  task->mapping = (BallastLabelMapping){ &task->source, NULL, &task->policy, run->pairs,
                                         run->n_pairs, run->n_classes };
  task->source.pipeline = NULL;
  task->source.crops = NULL;
  task->source.n_crops = 0;
  task->source.sampled_as = NULL;
  task->is_foreign = run->options.n_shards > 0 &&
                     task->index % run->options.n_shards != run->options.shard - 1;
  task->path = ballast_path_join (source->folder, source->name);
  task->absolute = g_build_filename (source->root, task->path, NULL);
  task->label = make_label (source, task->path);
  task->display = ballast_path_display (task->path);
  task->files = g_array_new (FALSE, TRUE, sizeof (BallastTaskFile));
  g_array_set_clear_func (task->files, (GDestroyNotify) ballast_export_task_file_clear);

  return task;
}

void
ballast_export_task_free (BallastExportTask *task)
{
  g_free ((char *) task->source.root);
  g_free ((char *) task->source.folder);
  g_free ((char *) task->source.name);
  g_free ((char *) task->source.split);
  g_free ((guint *) task->source.classes);
  g_array_unref (task->labels);
  g_free (task->path);
  g_free (task->absolute);
  g_free (task->label);
  g_free (task->display);
  g_array_unref (task->files);
  g_clear_error (&task->problem);
  g_free (task);
}

void
ballast_export_task_take_problem (BallastExportTask *task,
                                  GError            *problem)
{
  g_clear_error (&task->problem);
  task->problem = problem;
}

const GError *
ballast_export_task_get_problem (BallastExportTask *task)
{
  return task->problem;
}

guint64
ballast_export_task_get_bytes (BallastExportTask *task)
{
  guint64 bytes = 0;

  for (guint i = 0; i < task->files->len; i++)
    bytes += g_array_index (task->files, BallastTaskFile, i).size;
  return bytes;
}

guint
ballast_export_task_get_files (BallastExportTask *task)
{
  return task->files->len + task->n_foreign;
}

static char *
make_temporary_name (const BallastExportTask *task,
                     guint                    position)
{
  return g_strdup_printf (BALLAST_EXPORT_TEMPORARY "/%" G_GUINT64_FORMAT "-%u", task->index,
                          position);
}

/* rename() does nothing where both names are links to one file, as an interrupted run may have left
 * them: hence the unlinkat(). */
static gboolean
give_name (const BallastExportTask *task,
           const char              *temporary,
           BallastTaskFile         *file,
           GError                 **error)
{
  if (renameat (task->dir_fd, temporary, task->dir_fd, file->path) != 0)
    return ballast_export_file_fail (error, _("Cannot rename to"), file->path, errno);
  if (file->kind == BALLAST_TASK_FILE_PLACED &&
      task->options->originals == BALLAST_ORIGINALS_HARDLINK)
    unlinkat (task->dir_fd, temporary, 0);

  file->done = TRUE;
  return TRUE;
}

/* TRUE where the file of an interrupted run is there and whole. */
static gboolean
is_there (const BallastExportTask *task,
          BallastTaskFile         *file,
          GCancellable            *cancellable)
{
  if (file->expected[0] == '\0' ||
      !ballast_export_file_hash (task->dir_fd, file->path, file->sha256, &file->size, cancellable,
                                 NULL) ||
      strcmp (file->sha256, file->expected) != 0)
    return FALSE;

  file->skipped = file->done = TRUE;
  return TRUE;
}

static gboolean
place_file (BallastExportTask *task,
            int                source_fd,
            guint              position,
            GCancellable      *cancellable,
            GError           **error)
{
  BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, position);
  const BallastOriginalSource source = { source_fd, task->absolute, &task->source.facts };
  g_autofree char *temporary = make_temporary_name (task, position);
  BallastPlacedOriginal placed;

  if (is_there (task, file, cancellable))
    return TRUE;
  if (!ballast_place_original (&source, task->dir_fd, temporary, task->options->originals, &placed,
                               cancellable, error))
    return FALSE;

  g_strlcpy (file->sha256, placed.sha256, sizeof file->sha256);
  file->size = placed.size;
  return give_name (task, temporary, file, error);
}

static gboolean
place_files (BallastExportTask *task,
             int                source_fd,
             GCancellable      *cancellable,
             GError           **error)
{
  for (guint i = 0; i < task->files->len; i++)
    {
      BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, i);

      if (file->kind == BALLAST_TASK_FILE_LISTED)
        {
          file->size = 0;
          file->done = TRUE;
        }
      else if (file->kind == BALLAST_TASK_FILE_PLACED &&
               !place_file (task, source_fd, i, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* The copies that are drawn together. */
typedef struct
{
  BallastExportOutput outputs[MAX_OUTPUTS];
  guint               positions[MAX_OUTPUTS];
  guint               n;
  BallastExportInput  inputs[MAX_INPUTS];
  guint               n_inputs;
} Batch;

/* Opens what the recipe of @file takes parts from. */
static gboolean
open_partners (BallastExportTask     *task,
               const BallastTaskFile *file,
               Batch                 *batch,
               BallastExportOutput   *output,
               GError               **error)
{
  guint n = task->partners != NULL ? ballast_recipe_get_n_partners (file->recipe) : 0;

  if (batch->n_inputs + n > MAX_INPUTS)
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                   _("A copy takes parts of %u other pictures; at most %u are allowed"), n,
                   MAX_INPUTS_A_COPY);
      return FALSE;
    }
  if (n > 0)
    output->partners = &batch->inputs[batch->n_inputs];
  for (guint i = 0; i < n; i++)
    {
      const BallastExportPartner *partner = ballast_export_partners_get (
        task->partners, &task->source, ballast_recipe_get_partner (file->recipe, i)->index);
      BallastProblemKind kind = 0;
      g_autoptr(GError) local = NULL;
      int fd = partner->follows_links
                 ? ballast_image_open_following (partner->root_fd, partner->path, &kind, &local)
                 : ballast_image_open (partner->root_fd, partner->path, &kind, &local);

      /* Like the source itself: a picture that is gone is no fault of the dataset. */
      if (fd < 0 && kind != 0)
        g_set_error_literal (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED,
                             local->message);
      else if (fd < 0)
        g_propagate_error (error, g_steal_pointer (&local));
      if (fd < 0)
        return FALSE;
      batch->inputs[batch->n_inputs++] = (BallastExportInput) { fd, ballast_path_display (partner->path) };
    }
  return TRUE;
}

static void
close_inputs (Batch *batch)
{
  for (guint i = 0; i < batch->n_inputs; i++)
    {
      close (batch->inputs[i].fd);
      g_free ((char *) batch->inputs[i].display_name);
    }
}

static gboolean
open_outputs (BallastExportTask *task,
              Batch             *batch,
              guint             *next,
              GCancellable      *cancellable,
              GError           **error)
{
  for (; *next < task->files->len && batch->n < MAX_OUTPUTS
       && batch->n_inputs + MAX_INPUTS_A_COPY <= MAX_INPUTS; (*next)++)
    {
      BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, *next);
      g_autofree char *temporary = make_temporary_name (task, *next);
      int fd;

      if (file->kind != BALLAST_TASK_FILE_DRAWN || is_there (task, file, cancellable))
        continue;
      fd = ballast_export_file_create (task->dir_fd, temporary, error);
      if (fd < 0)
        return FALSE;
      batch->positions[batch->n] = *next;
      batch->outputs[batch->n++] =
        (BallastExportOutput){ .recipe = file->recipe, .fd = fd, .format = file->format };
      if (!open_partners (task, file, batch, &batch->outputs[batch->n - 1], error))
        return FALSE;
    }

  return TRUE;
}

/* Closes all; renames where @done, removes otherwise. */
static gboolean
close_outputs (BallastExportTask *task,
               Batch             *batch,
               gboolean           done,
               GError           **error)
{
  for (guint i = 0; i < batch->n; i++)
    {
      g_autofree char *temporary = make_temporary_name (task, batch->positions[i]);
      BallastTaskFile *file =
        &g_array_index (task->files, BallastTaskFile, batch->positions[i]);

      if (close (batch->outputs[i].fd) != 0 && done)
        done = ballast_export_file_fail (error, _("Cannot write"), file->path, errno);
      g_strlcpy (file->sha256, batch->outputs[i].sha256, sizeof file->sha256);
      file->size = batch->outputs[i].size;
      done = done && give_name (task, temporary, file, error);
      if (!done)
        unlinkat (task->dir_fd, temporary, 0);
    }

  return done;
}

static gboolean
draw_batch (BallastExportTask *task,
            int                source_fd,
            guint             *next,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autofree Batch *batch = g_new0 (Batch, 1);
  BallastExportItem item = { .source_fd = source_fd,
                             .facts = task->source.facts,
                             .display_name = task->display,
                             .quality = task->options->quality,
                             .limits = BALLAST_IMAGE_LIMITS_INIT,
                             .outputs = batch->outputs };
  gboolean done = open_outputs (task, batch, next, cancellable, error);

  item.n_outputs = batch->n;
  if (done && batch->n > 0)
    done = ballast_export_item_run (&item, cancellable, error);

  close_inputs (batch);
  return close_outputs (task, batch, done, error);
}

static gboolean
run_files (BallastExportTask *task,
           int                source_fd,
           GCancellable      *cancellable,
           GError           **error)
{
  guint next = 0;

  if (!ballast_place_original_check (source_fd, &task->source.facts, task->display, error) ||
      !place_files (task, source_fd, cancellable, error))
    return FALSE;

  while (next < task->files->len)
    if (!draw_batch (task, source_fd, &next, cancellable, error))
      return FALSE;

  return ballast_place_original_check (source_fd, &task->source.facts, task->display, error);
}

/* TRUE where @error is the source's fault and the others can go on. */
static gboolean
is_sources_fault (const BallastExportTask *task,
                  const GError            *error)
{
  if (g_error_matches (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_CHANGED))
    return task->options->skip_changed;

  return error->domain == BALLAST_IMAGE_ERROR;
}

/* What an earlier run may have left under names that now stay unused. */
static void
remove_undone (BallastExportTask *task)
{
  for (guint i = 0; i < task->files->len; i++)
    {
      BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, i);

      if (!file->done && file->kind != BALLAST_TASK_FILE_LISTED)
        unlinkat (task->dir_fd, file->path, 0);
    }
}

/* The source cannot be opened: a problem, unless the trouble is our own. */
static gboolean
tell_missing (BallastExportTask *task,
              BallastProblemKind kind,
              GError            *local,
              GError           **error)
{
  if (kind == 0)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  ballast_export_task_take_problem (task, local);
  remove_undone (task);
  return TRUE;
}

static guint
mirror_class (guint    class_index,
              gpointer user_data)
{
  const BallastLabelMapping *mapping = user_data;
  gint64 mirrored = ballast_class_pair_mirror (mapping->pairs, mapping->n_pairs, class_index);

  return mirrored >= 0 && mirrored < mapping->n_classes ? (guint) mirrored : class_index;
}

/* Classes that came with boxes of other pictures; the list ascends. */
static void
add_classes (BallastTaskFile *file)
{
  for (guint i = 0; i < file->labels->len; i++)
    {
      guint class_index = g_array_index (file->labels, BallastExportLabel, i).class_index, at = 0;

      while (at < file->n_classes && file->classes[at] < class_index)
        at++;
      if (at < file->n_classes && file->classes[at] == class_index)
        continue;
      file->classes = g_renew (guint, file->classes, file->n_classes + 1);
      memmove (file->classes + at + 1, file->classes + at, (file->n_classes - at) * sizeof (guint));
      file->classes[at] = class_index;
      file->n_classes++;
    }
}

static void
add_partners_labels (BallastExportTask   *task,
                     BallastLabelMapping *mapping,
                     BallastTaskFile     *file)
{
  if (task->partners == NULL || file->recipe == NULL
      || ballast_recipe_get_n_partners (file->recipe) == 0)
    return;
  ballast_export_partners_add_labels (task->partners, &task->source, file->recipe, mapping->policy,
                                      mirror_class, mapping, file->labels);
  add_classes (file);
}

/* What the files' labels are, also of those that an interrupted run had finished. */
static void
map_labels (BallastExportTask *task)
{
  for (guint i = 0; task->has_boxes && i < task->files->len; i++)
    {
      BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, i);
      BallastLabelMapping mapping = task->mapping;

      mapping.recipe = file->recipe;
      if (file->policy != NULL)
        mapping.policy = file->policy;
      file->labels = ballast_export_labels_map (&mapping, &file->width, &file->height);
      add_partners_labels (task, &mapping, file);
    }
}

gboolean
ballast_export_task_run (BallastExportTask *task,
                         GCancellable      *cancellable,
                         GError           **error)
{
  GError *local = NULL;
  BallastProblemKind kind = 0;
  gboolean done;
  int fd;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (task->problem != NULL || task->files->len == 0)
    return TRUE;

  map_labels (task);
  fd = task->source.follows_links
         ? ballast_image_open_following (task->source.root_fd, task->path, &kind, &local)
         : ballast_image_open (task->source.root_fd, task->path, &kind, &local);
  if (fd < 0)
    return tell_missing (task, kind, local, error);

  done = run_files (task, fd, cancellable, &local);
  close (fd);
  if (done)
    return TRUE;
  if (!is_sources_fault (task, local))
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  ballast_export_task_take_problem (task, local);
  remove_undone (task);
  return TRUE;
}
