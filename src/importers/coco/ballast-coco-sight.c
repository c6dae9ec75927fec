/*
 * What a COCO dataset seems to be: its files, where their pictures are, and what they count.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-coco-private.h"
#include "ballast-importer.h"
#include "ballast-layout-private.h"
#include "ballast-path.h"

/* Files looked into in one folder. */
#define MAX_FILES 64

/* Names by which a folder of pictures is chosen. */
#define MAX_SAMPLE 48

/* Of several kinds of annotations of the same pictures, the first. */
static const char *const kinds[] = { "instances", "lvis", "person_keypoints", "stuff", "labels" };

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

GPtrArray *
ballast_coco_find_files (const char                 *path,
                         const BallastFolder        *tree,
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
      files = ballast_annotation_files_find (path, tree, "json", MAX_FILES, is_instances, NULL);
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

double
ballast_coco_place (BallastPictureFinder        *pictures,
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

void
ballast_coco_collect_classes (const BallastCocoIndex *index,
                              GPtrArray              *names,
                              GHashTable             *positions)
{
  for (guint i = 0; i < index->classes->len; i++)
    {
      const BallastCocoClass *class = &g_array_index (index->classes, BallastCocoClass, i);

      if (g_hash_table_contains (positions, class->name))
        continue;
      g_ptr_array_add (names, g_strdup (class->name));
      g_hash_table_insert (positions, g_strdup (class->name), GUINT_TO_POINTER (names->len));
    }
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
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint64 *counts = NULL;
  gboolean has_splits = sight->files->len > 1
                        || ballast_annotation_files_have_splits (sight->files);

  for (guint i = 0; i < sight->indices->len; i++)
    ballast_coco_collect_classes (sight->indices->pdata[i], names, positions);
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
      share += ballast_coco_place (sight->pictures, ballast_walk_get_root (sight->walk), sight->files->pdata[i],
                                   sight->indices->pdata[i], sight->has_strangers);
      add_first_images (sight->guess, sight->pictures, sight->indices->pdata[i]);
    }
  sight->share = share / MAX (sight->indices->len, 1);
}

/* Tries @root as the folder of all pictures. */
static void
look_from (Sight                       *sight,
           const char                  *root,
           const char                  *path,
           const BallastLayoutQuestion *question)
{
  g_clear_pointer (&sight->pictures, ballast_picture_finder_free);
  g_clear_pointer (&sight->walk, ballast_walk_free);
  g_ptr_array_set_size (sight->guess->first_images, 0);
  sight->walk = ballast_walk_new (root, question->wishes->follow_links, NULL);
  if (sight->walk == NULL)
    return;
  sight->has_strangers = ballast_picture_root_has_strangers (ballast_walk_get_root (sight->walk),
                                                             path);
  sight->pictures = ballast_picture_finder_new (sight->walk, !sight->has_strangers);
  ballast_picture_finder_set_deadline (sight->pictures, question->deadline_us);
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
    g_dngettext (GETTEXT_PACKAGE, "%u class in a COCO file, %" PRIu64 " annotations, %s",
                 "%u classes in a COCO file, %" PRIu64 " annotations, %s", n),
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
             question);
  if (question->images != NULL)
    sight->guess->options.images = g_strdup (question->images);
  else if (is_file && sight->share < 0.5)
    {
      double own = sight->share;

      look_from (sight, above, folder, question);
      if (sight->share > own)
        sight->guess->options.images = g_strdup (above);
      else
        look_from (sight, folder, folder, question);
    }
}

BallastLayoutGuess *
ballast_coco_recognise (const char                  *path,
                        const BallastLayoutQuestion *question,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (path);
  gboolean is_file = !g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autoptr(GPtrArray) files = ballast_coco_find_files (path, question->tree, NULL);
  g_autoptr(GPtrArray) indices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_coco_index_free);
  const BallastCocoReading how = { .deadline_us = question->deadline_us,
                                   .cancellable = cancellable };
  Sight sight = { .files = files, .indices = indices };

  if (files->len == 0)
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      BallastCocoIndex *index
        = ballast_coco_index_new (((BallastAnnotationFile *) files->pdata[i])->path, &how, error);

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
