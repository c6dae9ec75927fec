/*
 * The files beside the images that lie in folders: the labels of layouts with boxes, one an image.
 *
 * ballast.json lists what lies on top; these may be as many as the images, so they have a list of
 * their own, in the form of the manifest.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-files.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "ballast-export-file.h"
#include "ballast-manifest.h"
#include "ballast-path.h"

#define MAX_DEPTH 16

typedef struct
{
  int                    dir_fd;
  BallastManifestWriter *writer; /* NULL until the first file */
} List;

static gboolean
is_annotation (const char *name)
{
  return g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".xml") ||
         g_str_has_suffix (name, ".json");
}

static gboolean
add_file (List       *list,
          const char *path,
          GError    **error)
{
  char sha256[65];
  guint64 size;
  const BallastManifestRow row = { path, "", "", "", 0, "", sha256, "" };

  if (list->writer == NULL)
    list->writer = ballast_manifest_writer_new (list->dir_fd, BALLAST_EXPORT_FILES_NAME, FALSE,
                                                error);
  return list->writer != NULL &&
         ballast_export_file_hash (list->dir_fd, path, sha256, &size, NULL, error) &&
         ballast_manifest_writer_add (list->writer, &row, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the names in the folder, sorted; dotted ones are the run's own. */
static GPtrArray *
list_names (int         dir_fd,
            const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  int fd = openat (dir_fd, *folder == '\0' ? "." : folder,
                   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *listing = fd < 0 ? NULL : fdopendir (fd);
  struct dirent *entry;

  while (listing != NULL && (entry = readdir (listing)) != NULL)
    if (entry->d_name[0] != '.')
      g_ptr_array_add (names, g_strdup (entry->d_name));
  if (listing != NULL)
    closedir (listing);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
add_folder (List       *list,
            const char *folder,
            guint       depth,
            GError    **error)
{
  g_autoptr(GPtrArray) names = list_names (list->dir_fd, folder);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = ballast_path_join (folder, name);
      struct stat info;

      if (fstatat (list->dir_fd, path, &info, AT_SYMLINK_NOFOLLOW) != 0)
        continue;
      if (S_ISDIR (info.st_mode) && depth < MAX_DEPTH)
        {
          if (!add_folder (list, path, depth + 1, error))
            return FALSE;
        }
      else if (depth > 0 && S_ISREG (info.st_mode) && is_annotation (name) &&
               !add_file (list, path, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ballast_export_files_write (int      dir_fd,
                            GError **error)
{
  List list = { dir_fd, NULL };
  gboolean success = add_folder (&list, "", 0, error);

  if (success && list.writer != NULL)
    success = ballast_manifest_writer_finish (list.writer, NULL, NULL, error);
  g_clear_pointer (&list.writer, ballast_manifest_writer_free);
  return success;
}
