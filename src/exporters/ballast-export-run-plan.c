/*
 * What becomes of one source image: its original, its copies, their names, classes and recipes.
 *
 * Invariant: all of it follows from the source, the options and the names given before; nothing is
 * read from the disk.  A copy counts for the class that the plan drew it for: a recipe that would
 * turn it into the partner of its class is passed over for the next copy number, whose recipe is
 * its own.  So the manifest's copy number alone makes the copy again.  Thread: that of the run.
 * Cost: some microseconds a copy.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-encode.h"
#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-export-item.h"
#include "ballast-export-run-private.h"
#include "ballast-path.h"

/* So many recipes are tried for a copy that stays in its class.  A pipeline that mirrors 19 copies
 * of 20 fails once in half a million; one that mirrors all is found out at the first copy. */
#define MAX_DRAWS 256

static int
compare_indices (const void *a,
                 const void *b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

/* The classes of a file: those of its source, or their partners where a mirror swapped them. */
static void
set_classes (const BallastExportRun    *run,
             const BallastExportSource *source,
             BallastTaskFile           *file)
{
  file->n_classes = source->n_classes;
  file->classes = g_memdup2 (source->classes, source->n_classes * sizeof (guint));
  if (file->recipe == NULL || !ballast_recipe_mirrors (file->recipe))
    return;

  for (guint i = 0; i < file->n_classes; i++)
    {
      gint64 mirrored = ballast_class_pair_mirror (run->pairs, run->n_pairs, file->classes[i]);

      if (mirrored >= 0 && mirrored < run->n_classes)
        file->classes[i] = (guint) mirrored;
    }
  qsort (file->classes, file->n_classes, sizeof (guint), compare_indices);
}

static const char *
get_first_class (const BallastExportRun *run,
                 const BallastTaskFile  *file)
{
  return file->n_classes > 0 ? run->options.class_names[file->classes[0]] : NULL;
}

gboolean
ballast_export_run_make_folder_of (BallastExportRun *run,
                                   const char       *path,
                                   GError          **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_hash_table_contains (run->folders, folder))
    return TRUE;
  if (!ballast_export_file_make_folder (run->context.dir_fd, folder, error))
    return FALSE;

  g_hash_table_add (run->folders, g_steal_pointer (&folder));
  return TRUE;
}

/* The ending for a copy: the source's own where that fits the format. */
static const char *
choose_extension (const BallastExportSource *source,
                  BallastFormat              format)
{
  static const char *const jpeg[] = { "jpg", "jpeg", "jpe", "jfif" };
  const char *extension = ballast_path_get_extension (source->name);
  const char *usual = ballast_encode_get_extension (format);

  if (g_ascii_strcasecmp (extension, usual) == 0 ||
      (format == BALLAST_FORMAT_TIFF && g_ascii_strcasecmp (extension, "tiff") == 0))
    return extension;
  for (guint i = 0; format == BALLAST_FORMAT_JPEG && i < G_N_ELEMENTS (jpeg); i++)
    if (g_ascii_strcasecmp (extension, jpeg[i]) == 0)
      return extension;

  return usual;
}

static gboolean
name_file (BallastExportRun  *run,
           BallastExportTask *task,
           BallastTaskFile   *file,
           GError           **error)
{
  g_autofree char *folder = NULL;
  BallastNameRequest request = { .name = task->source.name,
                                 .identity = task->label,
                                 .copy = file->copy };

  if (file->kind == BALLAST_TASK_FILE_LISTED)
    {
      file->path = g_strdup (task->absolute);
      return TRUE;
    }

  folder = run->exporter->dup_shard != NULL
             ? run->exporter->dup_shard (&run->context, &task->source, file->copy)
             : run->exporter->dup_folder (&run->context, &task->source, get_first_class (run, file));
  request.folder = folder;
  request.is_key = (run->exporter->flags & BALLAST_EXPORTER_PACKED) != 0;
  if (request.is_key && *ballast_path_get_extension (task->source.name) == '\0')
    request.extension = ballast_encode_get_extension (task->source.facts.format);
  if (file->kind == BALLAST_TASK_FILE_DRAWN)
    request.extension = choose_extension (&task->source, file->format);
  file->path = ballast_export_name_choose (run->taken, &request);
  return task->is_foreign || ballast_export_run_make_folder_of (run, file->path, error);
}

static gboolean
add_file (BallastExportRun  *run,
          BallastExportTask *task,
          BallastTaskFile    file,
          GError           **error)
{
  if (file.classes == NULL)
    set_classes (run, &task->source, &file);
  g_array_append_val (task->files, file);
  return name_file (run, task,
                    &g_array_index (task->files, BallastTaskFile, task->files->len - 1), error);
}

/* Plain repeats are files of their own where the layout has files, and lines where it has lines. */
static gboolean
add_original (BallastExportRun  *run,
              BallastExportTask *task,
              guint              repeats,
              GError           **error)
{
  gboolean pixels = (run->exporter->flags & BALLAST_EXPORTER_PIXELS) != 0;

  if (!pixels || run->options.originals == BALLAST_ORIGINALS_LIST)
    return add_file (run, task,
                     (BallastTaskFile){ .kind = BALLAST_TASK_FILE_LISTED, .repeats = repeats },
                     error);

  for (guint copy = 0; copy < repeats; copy++)
    if (!add_file (run, task,
                   (BallastTaskFile){ .kind = BALLAST_TASK_FILE_PLACED, .copy = copy,
                                      .repeats = 1 },
                   error))
      return FALSE;

  return TRUE;
}

/* TRUE where a mirror has moved @file out of the classes of its source.  Both lists ascend. */
static gboolean
crosses (const BallastExportSource *source,
         const BallastTaskFile     *file)
{
  if (source->keeps_sides && file->recipe != NULL && ballast_recipe_mirrors (file->recipe))
    return TRUE;
  return source->n_classes > 0 &&
         memcmp (file->classes, source->classes, source->n_classes * sizeof (guint)) != 0;
}

/* Boxes steer crops, and the pipeline's policy may have a copy drawn again for them. */
static BallastRecipe *
sample (const BallastExportRun    *run,
        const BallastExportTask   *task,
        const BallastExportSource *source,
        const BallastRandomKey    *key,
        const char                *class_name)
{
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));
  BallastPartnerList partners;
  BallastSubject subject = {
    .width = MAX (1, ballast_image_facts_get_view_width (&source->facts)),
    .height = MAX (1, ballast_image_facts_get_view_height (&source->facts)),
    .class_name = class_name,
  };

  for (guint i = 0; i < source->n_labels; i++)
    if (source->labels[i].has_box)
      g_array_append_val (boxes, source->labels[i].box);
  subject.boxes = (const BallastBox *) (gpointer) boxes->data;
  subject.n_boxes = boxes->len;
  if (run->partners != NULL
      && ballast_export_partners_find (run->partners, source, task->path, &partners))
    subject.partners = &partners;
  return ballast_pipeline_sample_subject (source->pipeline, key, &subject);
}

static guint
mirror_class (guint    class_index,
              gpointer user_data)
{
  const BallastExportRun *run = user_data;
  gint64 mirrored = ballast_class_pair_mirror (run->pairs, run->n_pairs, class_index);

  return mirrored >= 0 && mirrored < run->n_classes ? (guint) mirrored : class_index;
}

static void
set_soft_labels (BallastExportRun          *run,
                 const BallastExportSource *source,
                 BallastTaskFile           *file)
{
  if (run->partners != NULL && ballast_recipe_get_n_partners (file->recipe) > 0)
    file->soft_labels = ballast_export_partners_dup_soft_labels (run->partners, source, file->recipe,
                                                                 run->options.class_names,
                                                                 mirror_class, run);
}

/* The copy of this number, whatever becomes of its classes. */
static BallastTaskFile
draw_copy (BallastExportRun          *run,
           BallastExportTask         *task,
           const BallastExportSource *source,
           guint                      copy)
{
  BallastRandomKey key = ballast_redraws_key (run->options.redraws, run->options.seed, task->path,
                                              copy);
  const char *class_name =
    source->sampled_as != NULL ? source->sampled_as
    : source->n_classes > 0 ? run->options.class_names[source->classes[0]] : NULL;
  BallastTaskFile file = { .kind = BALLAST_TASK_FILE_DRAWN, .copy = copy, .repeats = 1 };

  file.format = ballast_export_item_choose_format (&source->facts, run->options.format);
  file.recipe = sample (run, task, source, &key, class_name);
  set_classes (run, source, &file);
  set_soft_labels (run, source, &file);
  return file;
}

/* The first copy from number @first on that stays in its class; the first where none of @max does. */
static BallastTaskFile
find_copy (BallastExportRun          *run,
           BallastExportTask         *task,
           const BallastExportSource *source,
           guint                      first,
           guint                      max)
{
  for (guint i = 0; i < max; i++)
    {
      BallastTaskFile file = draw_copy (run, task, source, first + i);

      if (!crosses (source, &file))
        return file;
      ballast_export_task_file_clear (&file);
    }

  return draw_copy (run, task, source, first);
}

/* The number behind those of the copies that there are. */
static guint
get_next_copy (const BallastExportTask *task)
{
  guint next = 1;

  for (guint i = 0; i < task->files->len; i++)
    next = MAX (next, g_array_index (task->files, BallastTaskFile, i).copy + 1);
  return next;
}

static gboolean
add_copies (BallastExportRun          *run,
            BallastExportTask         *task,
            const BallastExportSource *source,
            const BallastBoxPolicy    *policy,
            GError                   **error)
{
  guint max = run->n_pairs > 0 || source->keeps_sides ? MAX_DRAWS : 0;

  for (guint i = 0; i < source->n_copies; i++)
    {
      BallastTaskFile file = find_copy (run, task, source, get_next_copy (task), max);

      file.policy = policy != NULL ? g_memdup2 (policy, sizeof *policy) : NULL;
      if (crosses (source, &file))
        max = 0; /* this pipeline always mirrors: its copies go to the partner */
      if (!add_file (run, task, file, error))
        return FALSE;
    }

  return TRUE;
}

/* Parts of the image: copies as all are, by a pipeline that cuts them out first. */
static gboolean
add_crops (BallastExportRun          *run,
           BallastExportTask         *task,
           const BallastExportSource *source,
           GError                   **error)
{
  for (guint i = 0; i < source->n_crops; i++)
    {
      const BallastExportCrop *crop = &source->crops[i];
      BallastExportSource part = *source;

      part.pipeline = crop->pipeline;
      part.n_copies = crop->n_copies;
      part.classes = crop->classes;
      part.n_classes = crop->n_classes;
      if (!add_copies (run, task, &part, ballast_pipeline_get_box_policy (crop->pipeline), error))
        return FALSE;
    }
  return TRUE;
}

/* (nullable): why the layout cannot hold the image. */
static const char *
find_obstacle (const BallastExportRun  *run,
               const BallastExportTask *task)
{
  gboolean multi = (run->exporter->flags & BALLAST_EXPORTER_MULTI_LABEL) != 0;

  if (!ballast_path_is_safe (task->path))
    return _("its path leads out of its source");
  if (!multi && task->source.n_classes == 0)
    return _("it has no class, and this layout has no place for it");
  if (!multi && task->source.n_classes > 1)
    return _("it has several classes, and this layout holds one an image");
  if ((run->exporter->flags & BALLAST_EXPORTER_REPEATS) != 0 &&
      (!g_utf8_validate (task->absolute, -1, NULL) || strpbrk (task->absolute, "\r\n\v\f") != NULL ||
       strstr (task->absolute, "\xC2\x85") != NULL || strstr (task->absolute, "\xE2\x80\xA8") != NULL ||
       strstr (task->absolute, "\xE2\x80\xA9") != NULL))
    return _("its name cannot stand in a list of lines; rename the file");

  return NULL;
}

static gboolean
add_files (BallastExportRun          *run,
           BallastExportTask         *task,
           const BallastExportSource *source,
           GError                   **error)
{
  gboolean repeats_only = (run->exporter->flags & BALLAST_EXPORTER_PIXELS) == 0;
  gboolean draws = !repeats_only && source->pipeline != NULL && source->n_copies > 0;
  guint originals = (source->keep_original ? 1 : 0) + (draws ? 0 : source->n_copies);

  if (!source->keep_original)
    run->counts.left_out++;
  if ((originals > 0 || repeats_only) && !add_original (run, task, originals, error))
    return FALSE;

  return (!draws || add_copies (run, task, source, NULL, error)) &&
         (repeats_only || add_crops (run, task, source, error));
}

/* Tells the task which of its files an interrupted run had finished. */
static void
expect_files (BallastExportRun  *run,
              BallastExportTask *task)
{
  const GArray *rows = ballast_journal_get (run->journal, task->index);

  for (guint i = 0; i < rows->len; i++)
    {
      const BallastJournalRow *row = &g_array_index (rows, BallastJournalRow, i);

      for (guint j = 0; j < task->files->len; j++)
        {
          BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, j);

          if (strcmp (file->path, row->path) == 0)
            g_strlcpy (file->expected, row->sha256, sizeof file->expected);
        }
    }
}

/* Another shard's: its names are taken, and that is all. */
static void
give_up_files (BallastExportTask *task)
{
  task->n_foreign = task->files->len;
  g_array_set_size (task->files, 0);
  g_clear_error (&task->problem);
}

BallastExportTask *
ballast_export_run_plan (BallastExportRun          *run,
                         const BallastExportSource *source,
                         GError                   **error)
{
  g_autoptr(BallastExportTask) task = ballast_export_task_new (run, source);
  const char *obstacle = find_obstacle (run, task);
  guint64 left_out = run->counts.left_out;

  if (obstacle != NULL)
    ballast_export_task_take_problem (task, g_error_new (BALLAST_EXPORT_ERROR,
                                                         BALLAST_EXPORT_ERROR_LAYOUT,
                                                         _("“%s” is left out: %s"), task->display,
                                                         obstacle));
  else if (!add_files (run, task, source, error))
    return NULL;

  if (task->is_foreign)
    {
      give_up_files (task);
      run->counts.left_out = left_out;
    }
  expect_files (run, task);
  return g_steal_pointer (&task);
}
