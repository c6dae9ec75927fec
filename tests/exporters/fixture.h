#pragma once

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-encode.h"
#include "ballast-export-file.h"
#include "ballast-export-run.h"
#include "ballast-op-table.h"
#include "ballast-path.h"
#include "ballast-recipe.h"

/* A folder for one case, gone at its end. */
typedef struct
{
  char *path;
  int   fd;
} Folder;

static inline Folder
folder_new (void)
{
  char *path = g_dir_make_tmp ("ballast-test-XXXXXX", NULL);

  return (Folder){ path, open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
}

static inline void
folder_clear (Folder *folder)
{
  g_assert_true (ballast_export_file_empty_folder (folder->fd, NULL));
  close (folder->fd);
  g_rmdir (folder->path);
  g_free (folder->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

static inline void
folder_write (const Folder *folder,
              const char   *name,
              const void   *data,
              gsize         length)
{
  g_autofree char *parent = g_path_get_dirname (name);

  if (strcmp (parent, ".") != 0)
    g_assert_true (ballast_export_file_make_folder (folder->fd, parent, NULL));
  g_assert_true (ballast_export_file_put (folder->fd, name, data, length, NULL));
}

/* (transfer full): the text of a file. */
static inline char *
folder_read (const Folder *folder,
             const char   *name,
             gsize        *length)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  return text;
}

static inline gboolean
folder_has (const Folder *folder,
            const char   *name)
{
  return faccessat (folder->fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static inline BallastImageFacts
folder_facts (const Folder *folder,
              const char   *name)
{
  BallastImageFacts facts = { 0 };
  struct stat info;

  g_assert_cmpint (fstatat (folder->fd, name, &info, 0), ==, 0);
  facts.size_bytes = (guint64) info.st_size;
  facts.mtime_ns = (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
  return facts;
}

/* (transfer full): a picture that no mirror or turn leaves alone. */
static inline BallastRaster *
fixture_raster (guint width,
                guint height,
                guint channels,
                guint seed)
{
  BallastRaster *raster = ballast_raster_new (width, height, channels, 8);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width * channels; x++)
      ballast_raster_get_row (raster, y)[x] =
        (guint8) (x * 3 + y * 7 + seed * 31 + (x / channels > width / 2 ? 60 : 0));

  return raster;
}

static inline BallastFormat
fixture_format (const char *name)
{
  if (g_str_has_suffix (name, ".png"))
    return BALLAST_FORMAT_PNG;
  return g_str_has_suffix (name, ".bmp") ? BALLAST_FORMAT_BMP : BALLAST_FORMAT_JPEG;
}

/* Writes a picture of @width × 48 pixels called @name, and tells its facts. */
static inline BallastImageFacts
folder_draw (const Folder *folder,
             const char   *name,
             guint         width,
             guint         seed)
{
  g_autoptr(BallastRaster) raster = fixture_raster (width, 48, 3, seed);
  BallastEncodeOptions options = { .format = fixture_format (name), .quality = 80 };
  g_autoptr(GBytes) bytes = ballast_encode_bytes (raster, &options, NULL);
  BallastImageFacts facts;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  folder_write (folder, name, data, size);
  facts = folder_facts (folder, name);
  facts.width = width;
  facts.height = 48;
  facts.format = options.format;
  facts.colour = BALLAST_COLOUR_RGB;
  facts.depth = 8;
  facts.orientation = 1;
  return facts;
}

/* Appends "path digest" of everything below the folder, sorted: two trees with one text are equal. */
static inline void
folder_list (int         fd,
             const char *folder,
             GPtrArray  *lines)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d/%s", fd, folder);
  g_autoptr(GDir) listing = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *child = ballast_path_join (folder, name);
      struct stat info;
      char sha256[65] = "";
      guint64 size;

      g_assert_cmpint (fstatat (fd, child, &info, AT_SYMLINK_NOFOLLOW), ==, 0);
      if (S_ISDIR (info.st_mode))
        folder_list (fd, child, lines);
      else
        {
          ballast_export_file_hash (fd, child, sha256, &size, NULL, NULL);
          g_ptr_array_add (lines, g_strdup_printf ("%s %s", child, sha256));
        }
    }
}

static inline int
fixture_compare (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the tree at @path as one text. */
static inline char *
tree_text (const char *path)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  folder_list (fd, "", lines);
  close (fd);
  g_ptr_array_sort (lines, fixture_compare);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
