/*
 * The annotation files of a dataset, and the splits that they are called after.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-annotation-files.h"

#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-path.h"

#define MAX_DEPTH 2
#define MAX_NAMES 4096

typedef struct
{
  const char               *root;
  const char               *ending;
  guint                     most;
  BallastAnnotationFileFunc func;
  gpointer                  user_data;
  GPtrArray                *files;
} Look;

void
ballast_annotation_file_free (gpointer data)
{
  BallastAnnotationFile *file = data;

  g_free (file->path);
  g_free (file->name);
  g_free (file->split);
  g_free (file->word);
  g_free (file);
}

/* "train2017" of "instances_train2017.json"; NULL where no word is a split. */
static char *
find_word (const char *stem)
{
  g_auto(GStrv) words = g_strsplit_set (stem, "_-. ", -1);
  char *found = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (ballast_name_is_split (words[i]))
      {
        g_free (found);
        found = g_strdup (words[i]);
      }

  return found;
}

/* "train" of "train2017". */
static char *
cut_year (const char *word)
{
  gsize length = strlen (word);

  while (length > 0 && g_ascii_isdigit (word[length - 1]))
    length--;

  return g_strndup (word, length > 0 ? length : strlen (word));
}

BallastAnnotationFile *
ballast_annotation_file_new (const char *folder,
                             const char *name)
{
  BallastAnnotationFile *file = g_new0 (BallastAnnotationFile, 1);
  g_autofree char *base = g_path_get_basename (name);
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);
  char *dot = strrchr (base, '.');

  file->path = g_build_filename (folder, name, NULL);
  file->name = g_strdup (name);
  if (dot != NULL)
    *dot = '\0';
  file->word = find_word (base);
  for (guint i = 0; file->word == NULL && parts[i] != NULL && parts[i + 1] != NULL; i++)
    if (ballast_name_is_split (parts[i]))
      file->word = g_strdup (parts[i]);
  if (file->word != NULL)
    file->split = cut_year (file->word);

  return file;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && names->len < MAX_NAMES && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

/* Asks for the files of @folder that have the ending; @names are sorted. */
static void
ask_for (Look       *look,
         const char *folder,
         GPtrArray  *names)
{
  guint n_asked = 0;

  for (guint i = 0; i < names->len && n_asked < look->most; i++)
    {
      g_autofree char *name = ballast_path_join (folder, names->pdata[i]);
      g_autofree char *path = g_build_filename (look->root, name, NULL);

      if (!ballast_file_has_ending (name, look->ending)
          || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      n_asked++;
      if (look->func (path, look->user_data))
        g_ptr_array_add (look->files, ballast_annotation_file_new (look->root, name));
    }
}

static void
look_in (Look       *look,
         const char *folder,
         guint       depth)
{
  g_autofree char *full = g_build_filename (look->root, folder, NULL);
  g_autoptr(GPtrArray) names = list_names (full);

  ask_for (look, folder, names);
  for (guint i = 0; i < names->len && depth < MAX_DEPTH; i++)
    {
      g_autofree char *name = ballast_path_join (folder, names->pdata[i]);
      g_autofree char *path = g_build_filename (look->root, name, NULL);

      if (!ballast_file_is_image (name, strlen (name))
          && !ballast_file_has_ending (name, look->ending)
          && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)
          && g_file_test (path, G_FILE_TEST_IS_DIR))
        look_in (look, name, depth + 1);
    }
}

/* (transfer full): the names in @folder that have the ending, sorted. */
static GPtrArray *
pick_names (const Look          *look,
            const BallastFolder *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  gsize size;
  const char *packed = g_bytes_get_data (folder->listed, &size);
  gsize length;

  for (gsize at = 0; at < size; at += length + 2)
    {
      const char *name = packed + at + 1;

      length = strlen (name);
      if (packed[at] == BALLAST_LISTED_OTHER &&
          ballast_file_has_ending (name, look->ending))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

/* The same from what was listed before; a folder whose names were not kept is listed. */
static void
look_in_tree (Look                *look,
              const BallastFolder *folder)
{
  g_autofree char *path = ballast_folder_dup_path (folder);
  g_autofree char *full = g_build_filename (look->root, path, NULL);
  g_autoptr(GPtrArray) names = folder->listed != NULL ? pick_names (look, folder)
                                                      : list_names (full);

  ask_for (look, path, names);
  for (guint i = 0; i < folder->children->len && folder->depth < MAX_DEPTH; i++)
    look_in_tree (look, folder->children->pdata[i]);
}

GPtrArray *
ballast_annotation_files_find (const char               *path,
                               const BallastFolder      *tree,
                               const char               *ending,
                               guint                     most,
                               BallastAnnotationFileFunc func,
                               gpointer                  user_data)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (ballast_annotation_file_free);
  Look look = { path, ending, most, func, user_data, files };

  if (tree != NULL && !ballast_folder_is_partial (tree))
    look_in_tree (&look, tree);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    look_in (&look, "", 0);
  else if (ballast_file_has_ending (path, ending)
           && func (path, user_data))
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *name = g_path_get_basename (path);

      g_ptr_array_add (files, ballast_annotation_file_new (folder, name));
    }

  return files;
}

gboolean
ballast_annotation_files_have_splits (const GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    if (((BallastAnnotationFile *) files->pdata[i])->split == NULL)
      return FALSE;

  return files->len > 0;
}

char *
ballast_annotation_dup_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path);
}
