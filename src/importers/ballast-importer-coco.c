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

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-annotation-files.h"
#include "ballast-box-reading.h"
#include "ballast-coco-index.h"
#include "ballast-import-error.h"
#include "ballast-importer-table.h"
#include "ballast-layout-private.h"
#include "ballast-path.h"

/* Files looked into in one folder. */
#define MAX_FILES 64

/* Names by which a folder of pictures is chosen. */
#define MAX_SAMPLE 48

/* Of several kinds of annotations of the same pictures, the first. */
static const char *const kinds[] = { "instances", "lvis", "person_keypoints", "stuff", "labels" };

typedef struct
{
  BallastBoxReading     box;
  BallastCocoIndex     *index;
  const char           *file;       /* its name, for problems */
  gboolean              is_only;    /* no other file: problems need not name it */
  int                   split;
  gboolean              is_missing; /* no picture of this file is there */
  GArray               *labels;
  GByteArray           *extras;
  BallastCocoAnnotation annotation;
} Reading;

static gboolean
is_instances (const char *path,
              gpointer    user_data)
{
  gboolean is_of_instances;

  return ballast_coco_is_file (path, &is_of_instances) && is_of_instances;
}

static gboolean
is_of_kind (const BallastAnnotationFile *file,
            const char                  *kind)
{
  g_autofree char *base = g_path_get_basename (file->name);

  return g_str_has_prefix (base, kind);
}

/* Leaves one kind of annotations where there are several; all that are of none where there is none. */
static void
choose_kind (GPtrArray *files)
{
  const char *kind = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (kinds) && kind == NULL; k++)
    for (guint i = 0; i < files->len; i++)
      if (is_of_kind (files->pdata[i], kinds[k]))
        kind = kinds[k];
  for (guint i = files->len; kind != NULL && i > 0; i--)
    if (!is_of_kind (files->pdata[i - 1], kind))
      g_ptr_array_remove_index (files, i - 1);
}

static GPtrArray *
find_files (const char                 *path,
            const BallastImportOptions *options)
{
  g_autoptr(GPtrArray) files = NULL;

  if (options != NULL && options->files != NULL)
    {
      files = g_ptr_array_new_with_free_func (ballast_annotation_file_free);
      for (guint i = 0; options->files[i] != NULL; i++)
        g_ptr_array_add (files, ballast_annotation_file_new (path, options->files[i]));
    }
  else
    {
      files = ballast_annotation_files_find (path, "json", MAX_FILES, is_instances, NULL);
      choose_kind (files);
    }

  return g_steal_pointer (&files);
}

static GPtrArray *
sample_names (const BallastCocoIndex *index)
{
  GPtrArray *names = g_ptr_array_new ();
  guint step = MAX (index->images->len / MAX_SAMPLE, 1);

  for (guint i = 0; i < index->images->len; i += step)
    g_ptr_array_add (names, (char *) ballast_coco_index_get_name (
                       index, &g_array_index (index->images, BallastCocoImage, i)));

  return names;
}

/* The folder of @file below @root; "" where it lies elsewhere. */
static char *
dup_folder_below (const BallastAnnotationFile *file,
                  const char                  *root)
{
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autofree char *real = realpath (folder, NULL);
  gsize length = strlen (root);

  if (real == NULL || strncmp (real, root, length) != 0 || real[length] != '/')
    return g_strdup ("");

  return g_strdup (real + length + 1);
}

/* Sets where the pictures of @index are looked for.  Returns the share of them that is there. */
static double
place (BallastPictureFinder        *pictures,
       const char                  *root,
       const BallastAnnotationFile *file,
       const BallastCocoIndex      *index,
       gboolean                     has_strangers)
{
  g_autofree char *folder = dup_folder_below (file, root);
  g_autoptr(GPtrArray) bases = ballast_picture_bases_list (root, folder, file->word, file->split,
                                                            has_strangers);
  g_autoptr(GPtrArray) names = sample_names (index);

  return ballast_picture_bases_choose (pictures, bases, names);
}

static gboolean
tell (Reading            *reading,
      BallastProblemKind  kind,
      const char         *path,
      const char         *detail,
      GError            **error)
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

/* The classes of all files by name, in the order of the first file that has them. */
static void
collect_classes (Reading                *reading,
                 const BallastCocoIndex *index,
                 GHashTable             *positions)
{
  for (guint i = 0; i < index->classes->len; i++)
    {
      const BallastCocoClass *class = &g_array_index (index->classes, BallastCocoClass, i);

      if (g_hash_table_contains (positions, class->name))
        continue;
      g_ptr_array_add (reading->box.class_names, g_strdup (class->name));
      g_hash_table_insert (positions, g_strdup (class->name),
                           GUINT_TO_POINTER (reading->box.class_names->len));
    }
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

/* What makes no label is told here; what is wrong with its box is found when its picture is known. */
static gboolean
read_label (Reading                *reading,
            const BallastCocoEntry *entry,
            GHashTable             *positions,
            const char             *path,
            GError                **error)
{
  BallastCocoAnnotation *annotation = &reading->annotation;
  int class = g_array_index (reading->index->class_of, int, entry->class);
  const char *fault = ballast_coco_index_read (reading->index, entry, annotation);
  g_autofree char *detail = NULL;
  BallastImportLabel label = { .has_box = annotation->has_box, .box = annotation->box };

  if (class < 0)
    {
      detail = g_strdup_printf ("annotation %" G_GINT64_FORMAT ": category %" G_GINT64_FORMAT
                                " is not declared", annotation->number,
                                g_array_index (reading->index->class_ids, gint64, entry->class));
      return tell (reading, BALLAST_PROBLEM_UNKNOWN_CLASS, path, detail, error);
    }
  if (fault != NULL)
    {
      detail = g_strdup_printf ("annotation %" G_GINT64_FORMAT ": %s", annotation->number, fault);
      if (!tell (reading, BALLAST_PROBLEM_BAD_LINE, path, detail, error))
        return FALSE;
    }
  label.class_index = (int) GPOINTER_TO_UINT (g_hash_table_lookup (
                        positions,
                        g_array_index (reading->index->classes, BallastCocoClass, class).name)) - 1;
  label.place = annotation->number;
  if (!ballast_shape_is_plain (&annotation->shape))
    {
      guint before = reading->extras->len;

      ballast_shape_pack (&annotation->shape, reading->extras);
      label.n_extra = reading->extras->len - before;
    }
  g_array_append_val (reading->labels, label);

  return TRUE;
}

static gboolean
read_labels (Reading                *reading,
             const BallastCocoImage *image,
             GHashTable             *positions,
             const char             *path,
             GError                **error)
{
  const guint8 *extra;

  g_array_set_size (reading->labels, 0);
  g_byte_array_set_size (reading->extras, 0);
  for (guint i = 0; i < image->n; i++)
    {
      guint32 at = g_array_index (reading->index->order, guint32, image->first + i);

      if (!read_label (reading, &g_array_index (reading->index->entries, BallastCocoEntry, at),
                       positions, path, error))
        return FALSE;
    }
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

static gboolean
read_image (Reading                *reading,
            const BallastCocoImage *told,
            GHashTable             *positions,
            GError                **error)
{
  const char *path = ballast_coco_index_get_name (reading->index, told);
  g_autofree char *detail = g_strdup_printf ("image %" G_GINT64_FORMAT, told->id);
  g_autofree char *folder = NULL;
  BallastFound found;
  BallastImportImage image = { .split = reading->split, .width = told->width,
                               .height = told->height, .has_number = told->has_number,
                               .number = told->id };

  ballast_picture_finder_find (reading->box.pictures, path, &found);
  if (found.kind != BALLAST_FOUND_FILE)
    {
      if (!tell (reading, ballast_found_kind_get_problem (found.kind), path,
                 found.detail != NULL ? found.detail : detail, error))
        return FALSE;
      if (!reading->is_missing || found.kind != BALLAST_FOUND_MISSING
          || !place_missing (path, &folder, &found))
        return TRUE;
      image.is_missing = TRUE;
    }
  if (!read_labels (reading, told, positions, path, error))
    return FALSE;
  image.n_labels = reading->labels->len;

  return ballast_box_reading_add (&reading->box, &found, &image,
                                  (BallastImportLabel *) (gpointer) reading->labels->data, error);
}

static gboolean
read_file (Reading                     *reading,
           const BallastAnnotationFile *file,
           GHashTable                  *positions,
           GError                     **error)
{
  BallastCocoIndex *index = reading->index;

  reading->is_missing = place (reading->box.pictures, reading->box.root, file, index,
                               reading->box.has_strangers) == 0;
  if (!tell_faults (reading, error))
    return FALSE;
  for (guint i = 0; i < index->images->len; i++)
    if (!read_image (reading, &g_array_index (index->images, BallastCocoImage, i), positions,
                     error))
      return FALSE;

  return TRUE;
}

/* (transfer full) (nullable): the indices of @files. */
static GPtrArray *
read_indices (GPtrArray    *files,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr(GPtrArray) indices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_coco_index_free);
  guint n_images = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const BallastAnnotationFile *file = files->pdata[i];
      BallastCocoIndex *index = ballast_coco_index_new (file->path, 0, cancellable, error);

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

      collect_classes (reading, indices->pdata[i], positions);
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
  g_autoptr(GPtrArray) files = find_files (g_file_test (request->path, G_FILE_TEST_IS_DIR)
                                             ? folder : request->path,
                                           request->options->files != NULL ? request->options
                                                                           : NULL);
  g_autoptr(GPtrArray) indices = read_indices (files, cancellable, error);
  Reading reading = { .annotation = { .shape = BALLAST_SHAPE_INIT } };
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
  is_done = read_all (&reading, files, indices, error);
  g_array_unref (reading.labels);
  g_byte_array_unref (reading.extras);
  ballast_coco_annotation_clear (&reading.annotation);
  ballast_box_reading_clear (&reading.box);

  return is_done;
}

/* Images that hold each class, for the preview. */
static void
count_images (const BallastCocoIndex *index,
              GHashTable             *positions,
              guint64                *counts)
{
  g_autofree guint32 *last = g_new0 (guint32, g_hash_table_size (positions) + 1);

  for (guint i = 0; i < index->images->len; i++)
    {
      const BallastCocoImage *image = &g_array_index (index->images, BallastCocoImage, i);

      for (guint k = 0; k < image->n; k++)
        {
          guint32 at = g_array_index (index->order, guint32, image->first + k);
          const BallastCocoEntry *entry = &g_array_index (index->entries, BallastCocoEntry, at);
          int class = g_array_index (index->class_of, int, entry->class);
          guint position;

          if (class < 0)
            continue;
          position = GPOINTER_TO_UINT (g_hash_table_lookup (
                       positions, g_array_index (index->classes, BallastCocoClass, class).name));
          if (last[position] == i + 1)
            continue;
          last[position] = i + 1;
          counts[position - 1]++;
        }
    }
}

static void
add_first_images (BallastLayoutGuess     *guess,
                  BallastPictureFinder   *pictures,
                  const BallastCocoIndex *index)
{
  for (guint i = 0; i < index->images->len && i < 256
       && guess->first_images->len < BALLAST_LAYOUT_FIRST_IMAGES; i++)
    {
      BallastFound found;

      ballast_picture_finder_find (
        pictures, ballast_coco_index_get_name (index, &g_array_index (index->images,
                                                                       BallastCocoImage, i)),
        &found);
      if (found.kind == BALLAST_FOUND_FILE)
        g_ptr_array_add (guess->first_images, ballast_path_join (found.folder, found.name));
    }
}

/* What all files say together. */
typedef struct
{
  BallastLayoutGuess   *guess;
  GPtrArray            *files;
  GPtrArray            *indices;
  BallastWalk          *walk;
  BallastPictureFinder *pictures;
  guint64               n_annotations;
  double                share; /* of the pictures that is there */
  gboolean              has_strangers;
} Sight;

static void
count_all (Sight *sight)
{
  g_autoptr(GHashTable) positions
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { 0 };
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint64 *counts = NULL;
  gboolean has_splits = sight->files->len > 1
                        || ballast_annotation_files_have_splits (sight->files);

  reading.box.class_names = names;
  for (guint i = 0; i < sight->indices->len; i++)
    collect_classes (&reading, sight->indices->pdata[i], positions);
  counts = g_new0 (guint64, names->len + 1);
  for (guint i = 0; i < sight->indices->len; i++)
    {
      const BallastCocoIndex *index = sight->indices->pdata[i];
      const BallastAnnotationFile *file = sight->files->pdata[i];

      count_images (index, positions, counts);
      sight->guess->images += index->images->len;
      sight->n_annotations += index->order->len;
      sight->guess->is_partial |= index->is_partial;
      if (has_splits && file->split != NULL)
        ballast_layout_guess_add_count (sight->guess->splits, file->split, index->images->len);
    }
  for (guint i = 0; i < names->len; i++)
    ballast_layout_guess_add_count (sight->guess->classes, names->pdata[i], counts[i]);
}

static void
place_all (Sight *sight)
{
  double share = 0;

  for (guint i = 0; i < sight->indices->len; i++)
    {
      share += place (sight->pictures, ballast_walk_get_root (sight->walk), sight->files->pdata[i],
                      sight->indices->pdata[i], sight->has_strangers);
      add_first_images (sight->guess, sight->pictures, sight->indices->pdata[i]);
    }
  sight->share = share / MAX (sight->indices->len, 1);
}

/* Tries @root as the folder of all pictures. */
static void
look_from (Sight      *sight,
           const char *root,
           const char *path,
           gint64      deadline_us)
{
  g_clear_pointer (&sight->pictures, ballast_picture_finder_free);
  g_clear_pointer (&sight->walk, ballast_walk_free);
  g_ptr_array_set_size (sight->guess->first_images, 0);
  sight->walk = ballast_walk_new (root, FALSE, NULL);
  if (sight->walk == NULL)
    return;
  sight->has_strangers = ballast_picture_root_has_strangers (ballast_walk_get_root (sight->walk),
                                                             path);
  sight->pictures = ballast_picture_finder_new (sight->walk, !sight->has_strangers);
  ballast_picture_finder_set_deadline (sight->pictures, deadline_us);
  place_all (sight);
  g_free (sight->guess->root);
  sight->guess->root = g_strdup (ballast_walk_get_root (sight->walk));
}

static void
describe (Sight *sight)
{
  BallastLayoutGuess *guess = sight->guess;
  g_autofree char *splits = ballast_layout_describe_splits (guess->splits);
  guint n = guess->classes->len;

  /* Translators: classes, boxes, and "no splits" or "splits train and test". */
  guess->description = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u class in a COCO file, %" G_GUINT64_FORMAT " annotations, %s",
                 "%u classes in a COCO file, %" G_GUINT64_FORMAT " annotations, %s", n),
    n, sight->n_annotations, splits);
  if (sight->share == 0 && guess->images > 0)
    ballast_layout_guess_warn (guess, _("None of its pictures is there: the counts are of the file "
                                        "alone. Choose the folder of the pictures to see them."));
  ballast_layout_guess_warn_of_clashes (guess);
}

static char **
dup_names (GPtrArray *files)
{
  char **names = g_new0 (char *, files->len + 1);

  for (guint i = 0; i < files->len; i++)
    names[i] = g_strdup (((BallastAnnotationFile *) files->pdata[i])->name);

  return names;
}

static void
look (Sight                       *sight,
      const char                  *folder,
      gboolean                     is_file,
      const BallastLayoutQuestion *question)
{
  g_autofree char *above = g_path_get_dirname (folder);

  look_from (sight, question->images != NULL ? question->images : folder, folder,
             question->deadline_us);
  if (question->images != NULL)
    sight->guess->options.images = g_strdup (question->images);
  else if (is_file && sight->share < 0.5)
    {
      double own = sight->share;

      look_from (sight, above, folder, question->deadline_us);
      if (sight->share > own)
        sight->guess->options.images = g_strdup (above);
      else
        look_from (sight, folder, folder, question->deadline_us);
    }
}

static BallastLayoutGuess *
coco_recognise (const char                  *path,
                const BallastLayoutQuestion *question,
                GCancellable                *cancellable,
                GError                     **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (path);
  gboolean is_file = !g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autoptr(GPtrArray) files = find_files (path, NULL);
  g_autoptr(GPtrArray) indices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_coco_index_free);
  Sight sight = { .files = files, .indices = indices };

  if (files->len == 0)
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      BallastCocoIndex *index
        = ballast_coco_index_new (((BallastAnnotationFile *) files->pdata[i])->path,
                                  question->deadline_us, cancellable, error);

      if (index == NULL)
        return NULL;
      g_ptr_array_add (indices, index);
    }
  sight.guess = ballast_layout_guess_new (ballast_importer_find ("coco"), folder);
  if (!is_file)
    sight.guess->options.files = dup_names (files);
  count_all (&sight);
  look (&sight, folder, is_file, question);
  describe (&sight);
  sight.guess->confidence = sight.guess->images > 0 ? 0.97 : 0.5;
  g_clear_pointer (&sight.pictures, ballast_picture_finder_free);
  g_clear_pointer (&sight.walk, ballast_walk_free);

  return sight.guess;
}

const BallastImporter ballast_importer_coco = {
  .name = "coco",
  .title = N_("COCO"),
  .recognise = coco_recognise,
  .read = coco_read,
};
