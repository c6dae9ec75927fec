/*
 * COCO instances: one JSON file, or one a split, and pictures somewhere near.
 *
 * A file is read twice (ballast-coco-index.h): what is where, then annotations image by image.
 * Classes come in the order of the files, whatever their ids; ids, supercategories, outlines, masks
 * and crowds are kept.  Where no picture at all is there, the images count as the file tells of
 * them, so that a balance can be seen without the pictures.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-annotation-files.h"
#include "ballast-box-reading.h"
#include "ballast-coco-private.h"
#include "ballast-import-error.h"
#include "ballast-importer-table.h"
#include "ballast-path.h"

typedef struct
{
  BallastBoxReading    box;
  BallastCocoIndex    *index;
  const char          *file;        /* its name, for problems */
  gboolean             is_only;     /* no other file: problems need not name it */
  int                  split;
  gboolean             is_missing;  /* no picture of this file is there */
  BallastLabelRecords *records;     /* of this file */
  BallastLabelReader  *reader;      /* (nullable): the sink wants labels whole */
  GArray              *positions;   /* int: class_ids of the index → class_names, -1: not declared */
  GArray              *labels;
  GByteArray          *extras;
} Reading;

static gboolean
tell (Reading           *reading,
      BallastProblemKind kind,
      const char        *path,
      const char        *detail,
      GError           **error)
{
  if (reading->is_only)
    return ballast_box_reading_report (&reading->box, error, kind, path, "%s", detail);

  return ballast_box_reading_report (&reading->box, error, kind, path, "%s: %s", reading->file,
                                     detail);
}

static gboolean
tell_faults (Reading *reading,
             GError **error)
{
  for (guint i = 0; i < reading->index->faults->len; i++)
    {
      BallastCocoFault *fault = &g_array_index (reading->index->faults, BallastCocoFault, i);

      if (!tell (reading, fault->kind, reading->file, fault->detail, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
describe_classes (Reading                *reading,
                  const BallastCocoIndex *index,
                  GHashTable             *positions,
                  GError                **error)
{
  const BallastImportSink *sink = reading->box.request->sink;

  for (guint i = 0; i < index->classes->len && sink->describe_class != NULL; i++)
    {
      const BallastCocoClass *class = &g_array_index (index->classes, BallastCocoClass, i);
      guint position = GPOINTER_TO_UINT (g_hash_table_lookup (positions, class->name)) - 1;
      BallastImportClass description = { class->id, class->parent };

      if (!sink->describe_class (sink->user_data,
                                 g_array_index (reading->box.class_indices, int, position),
                                 &description, error))
        return FALSE;
    }

  return TRUE;
}

/* Where the sink cannot read it. */
static gboolean
read_whole (Reading            *reading,
            BallastImportLabel *label,
            const char         *path,
            GError            **error)
{
  const char *fault = ballast_label_reader_read (reading->reader, reading->records, label);
  g_autofree char *detail = NULL;

  label->length = 0;
  if (label->n_extra > 0)
    g_byte_array_append (reading->extras, label->extra, label->n_extra);
  if (fault == NULL)
    return TRUE;
  detail = g_strdup_printf ("annotation %" G_GINT64_FORMAT ": %s", label->place, fault);

  return tell (reading, BALLAST_PROBLEM_BAD_LINE, path, detail, error);
}

/* What makes no label is told here; what is wrong with its box is found when its picture is known. */
static gboolean
read_label (Reading    *reading,
            guint       at,
            const char *path,
            GError    **error)
{
  const BallastCocoEntry *entry = &g_array_index (reading->index->entries, BallastCocoEntry, at);
  BallastImportLabel label = { .class_index = g_array_index (reading->positions, int, entry->class),
                               .place = g_array_index (reading->index->places, gint64, at),
                               .offset = entry->offset, .length = entry->length };
  g_autofree char *detail = NULL;

  if (label.class_index < 0)
    {
      detail = g_strdup_printf ("annotation %" G_GINT64_FORMAT ": category %" G_GINT64_FORMAT
                                " is not declared", label.place,
                                g_array_index (reading->index->class_ids, gint64, entry->class));
      return tell (reading, BALLAST_PROBLEM_UNKNOWN_CLASS, path, detail, error);
    }
  if (reading->reader != NULL && !read_whole (reading, &label, path, error))
    return FALSE;
  g_array_append_val (reading->labels, label);

  return TRUE;
}

static gboolean
read_labels (Reading                *reading,
             const BallastCocoImage *image,
             const char             *path,
             GError                **error)
{
  const guint8 *extra;

  g_array_set_size (reading->labels, 0);
  g_byte_array_set_size (reading->extras, 0);
  for (guint i = 0; i < image->n; i++)
    if (!read_label (reading, g_array_index (reading->index->order, guint32, image->first + i), path,
                     error))
      return FALSE;
  extra = reading->extras->data;
  for (guint i = 0; i < reading->labels->len; i++)
    {
      BallastImportLabel *label = &g_array_index (reading->labels, BallastImportLabel, i);

      label->extra = label->n_extra > 0 ? extra : NULL;
      extra += label->n_extra;
    }

  return TRUE;
}

/* The folder and name of a picture that is not there, as safe as those of one that is. */
static gboolean
place_missing (const char   *path,
               char        **folder,
               BallastFound *found)
{
  gboolean is_absolute;
  g_autofree char *plain = ballast_path_from_elsewhere (path, &is_absolute);
  char *slash;

  if (!ballast_path_is_safe (plain))
    return FALSE;
  slash = strrchr (plain, '/');
  if (slash != NULL)
    *slash = '\0';
  *folder = g_strdup (slash != NULL ? plain : "");
  found->kind = BALLAST_FOUND_FILE;
  found->folder = *folder;
  found->name = strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path;

  return ballast_path_is_safe (found->name);
}

/* Its labels are put together. */
static gboolean
tell_repeated (Reading                *reading,
               const BallastCocoImage *told,
               const char             *path,
               GError                **error)
{
  g_autofree char *detail = g_strdup_printf ("image %" G_GINT64_FORMAT ": the picture is listed more than "
                                             "once", told->id);

  return tell (reading, BALLAST_PROBLEM_REPEATED_ID, path, detail, error);
}

static gboolean
read_image (Reading                *reading,
            const BallastCocoImage *told,
            GError                **error)
{
  const char *path = ballast_coco_index_get_name (reading->index, told);
  g_autofree char *folder = NULL;
  BallastFound found;
  BallastImportImage image = { .split = reading->split, .width = told->width,
                               .height = told->height, .has_number = told->has_number,
                               .number = told->id, .records = reading->records };

  ballast_picture_finder_find (reading->box.pictures, path, &found);
  if (found.kind != BALLAST_FOUND_FILE)
    {
      g_autofree char *detail = g_strdup_printf ("image %" G_GINT64_FORMAT, told->id);

      if (!tell (reading, ballast_found_kind_get_problem (found.kind), path,
                 found.detail != NULL ? found.detail : detail, error))
        return FALSE;
      if (!reading->is_missing || found.kind != BALLAST_FOUND_MISSING
          || !place_missing (path, &folder, &found))
        return TRUE;
      image.is_missing = TRUE;
    }
  if (!read_labels (reading, told, path, error))
    return FALSE;
  image.n_labels = reading->labels->len;
  if (!ballast_box_reading_add (&reading->box, &found, &image,
                                (BallastImportLabel *) (gpointer) reading->labels->data, error))
    return FALSE;

  return image.is_missing || !reading->box.is_repeated
         || tell_repeated (reading, told, path, error);
}

/* What the annotations of the index name, as positions in class_names. */
static void
resolve_positions (Reading    *reading,
                   GHashTable *positions)
{
  BallastCocoIndex *index = reading->index;

  g_array_set_size (reading->positions, 0);
  for (guint i = 0; i < index->class_of->len; i++)
    {
      int class = g_array_index (index->class_of, int, i);
      int position = class < 0 ? -1
                     : (int) GPOINTER_TO_UINT (g_hash_table_lookup (
                                                 positions, g_array_index (index->classes, BallastCocoClass, class).name)) - 1;

      g_array_append_val (reading->positions, position);
    }
}

static gboolean
open_records (Reading *reading,
              GError **error)
{
  g_autofree char *prefix = reading->is_only ? g_strdup ("") : g_strconcat (reading->file, ": ", NULL);
  BallastCocoIndex *index = reading->index;
  int fd = ballast_json_reader_dup_fd (index->reader);

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Cannot open “%s”: %s"),
                   reading->file, g_strerror (errno));
      return FALSE;
    }
  g_clear_pointer (&reading->records, ballast_label_records_unref);
  reading->records = ballast_label_records_new (fd, index->spool_fd, prefix,
                                                &ballast_coco_annotation_syntax);
  index->spool_fd = -1;

  return TRUE;
}

static gboolean
read_file (Reading                     *reading,
           const BallastAnnotationFile *file,
           GHashTable                  *positions,
           GError                     **error)
{
  BallastCocoIndex *index = reading->index;

  reading->is_missing = ballast_coco_place (reading->box.pictures, reading->box.root, file, index,
                                            reading->box.has_strangers) == 0;
  resolve_positions (reading, positions);
  if (!open_records (reading, error) || !tell_faults (reading, error))
    return FALSE;
  for (guint i = 0; i < index->images->len; i++)
    if (!read_image (reading, &g_array_index (index->images, BallastCocoImage, i), error))
      return FALSE;

  return TRUE;
}

/* (transfer full) (nullable): the indices of @files. */
static GPtrArray *
read_indices (GPtrArray         *files,
              const BallastCrew *crew,
              GCancellable      *cancellable,
              GError           **error)
{
  g_autoptr(GPtrArray) indices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_coco_index_free);
  const BallastCocoReading how = { .for_labels = TRUE, .crew = crew, .cancellable = cancellable };
  guint n_images = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const BallastAnnotationFile *file = files->pdata[i];
      BallastCocoIndex *index = ballast_coco_index_new (file->path, &how, error);

      if (index == NULL)
        return NULL;
      g_ptr_array_add (indices, index);
      n_images += index->images->len;
    }
  if (n_images > 0)
    return g_steal_pointer (&indices);

  if (files->len > 0)
    {
      g_autofree char *shown
        = g_filename_display_name (((BallastAnnotationFile *) files->pdata[0])->path);
      BallastCocoIndex *first = indices->pdata[0];

      g_set_error (error, BALLAST_IMPORT_ERROR,
                   first->is_bad ? BALLAST_IMPORT_ERROR_SYNTAX : BALLAST_IMPORT_ERROR_EMPTY,
                   _("“%s” tells of no image"), shown);
    }
  else
    g_set_error_literal (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                         _("There is no COCO file"));

  return NULL;
}

static gboolean
read_all (Reading   *reading,
          GPtrArray *files,
          GPtrArray *indices,
          GError   **error)
{
  g_autoptr(GHashTable) positions
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_splits = files->len > 1 || ballast_annotation_files_have_splits (files);
  gboolean tell_unlisted = TRUE;

  for (guint i = 0; i < files->len; i++)
    {
      const BallastAnnotationFile *file = files->pdata[i];

      ballast_coco_collect_classes (indices->pdata[i], reading->box.class_names, positions);
      reading->box.total += ((BallastCocoIndex *) indices->pdata[i])->images->len;
      if (has_splits)
        ballast_box_reading_intern_split (&reading->box, file->split);
    }
  if (!ballast_box_reading_begin (&reading->box, "coco", error))
    return FALSE;
  for (guint i = files->len; i > 0; i--)
    if (!describe_classes (reading, indices->pdata[i - 1], positions, error))
      return FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      const BallastAnnotationFile *file = files->pdata[i];

      reading->index = indices->pdata[i];
      reading->file = file->name;
      reading->is_only = files->len == 1;
      reading->split = has_splits ? ballast_box_reading_intern_split (&reading->box, file->split)
                                  : -1;
      tell_unlisted &= !reading->index->is_bad;
      if (!read_file (reading, file, positions, error))
        return FALSE;
    }

  return ballast_box_reading_finish (&reading->box, tell_unlisted, error);
}

static gboolean
coco_read (const BallastImportRequest *request,
           BallastImportSummary       *summary,
           GCancellable               *cancellable,
           GError                    **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (request->path);
  g_autoptr(GPtrArray) files = ballast_coco_find_files (request->path, request->tree,
                                                         request->options);
  g_autoptr(GPtrArray) indices = read_indices (files, request->crew, cancellable, error);
  Reading reading = { 0 };
  gboolean is_done;

  if (indices == NULL)
    return FALSE;
  reading.box.summary = summary;
  reading.box.cancellable = cancellable;
  if (!ballast_box_reading_init (&reading.box, request,
                                 request->options->images != NULL ? request->options->images
                                                                  : folder,
                                 error))
    return FALSE;
  reading.labels = g_array_new (FALSE, FALSE, sizeof (BallastImportLabel));
  reading.extras = g_byte_array_new ();
  reading.positions = g_array_new (FALSE, FALSE, sizeof (int));
  reading.reader = request->sink->reads_records ? NULL : ballast_label_reader_new ();
  is_done = read_all (&reading, files, indices, error);
  g_array_unref (reading.labels);
  g_byte_array_unref (reading.extras);
  g_array_unref (reading.positions);
  g_clear_pointer (&reading.reader, ballast_label_reader_free);
  g_clear_pointer (&reading.records, ballast_label_records_unref);
  ballast_box_reading_clear (&reading.box);

  return is_done;
}

const BallastImporter ballast_importer_coco = {
  .name = "coco",
  .title = N_("COCO"),
  .recognise = ballast_coco_recognise,
  .read = coco_read,
};
