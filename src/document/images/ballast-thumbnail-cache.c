/*
 * Small pictures on the disk, as the desktop shares them.
 *
 * A picture is found under the MD5 of its file's URI and is good as long as the time in it is the
 * file's.  It is written under another name and renamed, so that a reader never sees half of one.
 * Any thread; a hit costs reading and inflating a small PNG.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-thumbnail-cache.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const struct
{
  guint       size;
  const char *folder;
} sizes[] = {
  { 128, "normal" },
  { 256, "large" },
  { 512, "x-large" },
  { 1024, "xx-large" },
};

/* A thumbnail has a megapixel at most. */
#define MAX_FILE_BYTES (16 * 1024 * 1024)

#define FAILED_FOLDER "fail" G_DIR_SEPARATOR_S "ballast-" BALLAST_VERSION

guint
ballast_thumbnail_cache_get_size (guint size_px)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (size_px <= sizes[i].size)
      return sizes[i].size;
  return 0;
}

static const char *
folder_of_size (guint cache_size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (cache_size == sizes[i].size)
      return sizes[i].folder;
  return sizes[0].folder;
}

static char *
cache_path (const char *folder,
            const char *uri)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (digest, ".png", NULL);

  return g_build_filename (g_get_user_cache_dir (), "thumbnails", folder, name, NULL);
}

/* Whether the stored picture is of this file in its present state. */
static gboolean
is_fresh (GdkPixbuf  *pixbuf,
          const char *uri,
          gint64      mtime_s)
{
  const char *stored_uri = gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::URI");
  const char *stored_mtime = gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::MTime");

  return g_strcmp0 (stored_uri, uri) == 0 && stored_mtime != NULL &&
         g_ascii_strtoll (stored_mtime, NULL, 10) == mtime_s;
}

/* (transfer full) (nullable): by a loader that is told the type: guessing it wants a MIME database. */
static GdkPixbuf *
load_png (const char *path)
{
  g_autoptr(GdkPixbufLoader) loader = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  gboolean success;

  if (!g_file_get_contents (path, &bytes, &length, NULL) || length > MAX_FILE_BYTES)
    return NULL;

  loader = gdk_pixbuf_loader_new_with_type ("png", NULL);
  success = gdk_pixbuf_loader_write (loader, (guint8 *) bytes, length, NULL);
  success = gdk_pixbuf_loader_close (loader, NULL) && success;
  return success ? g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader)) : NULL;
}

static GdkPixbuf *
load_fresh (const char *folder,
            const char *uri,
            gint64      mtime_s)
{
  g_autofree char *path = cache_path (folder, uri);
  g_autoptr(GdkPixbuf) pixbuf = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  pixbuf = load_png (path);
  if (pixbuf == NULL || !is_fresh (pixbuf, uri, mtime_s))
    return NULL;
  return g_steal_pointer (&pixbuf);
}

static BallastRaster *
raster_from_pixbuf (GdkPixbuf *pixbuf)
{
  guint channels = gdk_pixbuf_get_n_channels (pixbuf);
  BallastRaster *raster = ballast_raster_new (gdk_pixbuf_get_width (pixbuf),
                                              gdk_pixbuf_get_height (pixbuf), channels, 8);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);

  for (guint y = 0; y < raster->height; y++)
    memcpy (ballast_raster_get_row (raster, y), pixels + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf),
            ballast_raster_get_row_bytes (raster));
  return raster;
}

BallastRaster *
ballast_thumbnail_cache_load (const char *path,
                              gint64      mtime_s,
                              guint       cache_size,
                              gboolean   *failed)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GdkPixbuf) failure = NULL;

  *failed = FALSE;
  if (uri == NULL)
    return NULL;

  pixbuf = load_fresh (folder_of_size (cache_size), uri, mtime_s);
  if (pixbuf != NULL)
    return raster_from_pixbuf (pixbuf);

  failure = load_fresh (FAILED_FOLDER, uri, mtime_s);
  *failed = failure != NULL;
  return NULL;
}

static void
save_pixbuf (GdkPixbuf  *pixbuf,
             const char *folder,
             const char *file,
             gint64      mtime_s)
{
  g_autofree char *uri = g_filename_to_uri (file, NULL, NULL);
  g_autofree char *mtime = g_strdup_printf ("%" G_GINT64_FORMAT, mtime_s);
  g_autofree char *path = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *temporary = NULL;
  int fd;

  if (uri == NULL)
    return;
  path = cache_path (folder, uri);
  parent = g_path_get_dirname (path);
  if (g_mkdir_with_parents (parent, 0700) != 0)
    return;

  temporary = g_strconcat (path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return;
  close (fd);

  if (!gdk_pixbuf_save (pixbuf, temporary, "png", NULL, "compression", "1",
                        "tEXt::Thumb::URI", uri, "tEXt::Thumb::MTime", mtime,
                        "tEXt::Software", "Ballast", NULL) ||
      g_rename (temporary, path) != 0)
    g_unlink (temporary);
}

static GdkPixbuf *
pixbuf_from_raster (const BallastRaster *raster)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, raster->channels == 4, 8,
                                      raster->width, raster->height);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (guint y = 0; y < raster->height; y++)
    memcpy (pixels + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf),
            ballast_raster_get_row (raster, y), ballast_raster_get_row_bytes (raster));
  return pixbuf;
}

void
ballast_thumbnail_cache_save (const char          *path,
                              gint64               mtime_s,
                              guint                cache_size,
                              const BallastRaster *raster)
{
  g_autoptr(GdkPixbuf) pixbuf = NULL;

  g_return_if_fail (raster->channels >= 3 && raster->depth == 8);

  pixbuf = pixbuf_from_raster (raster);
  save_pixbuf (pixbuf, folder_of_size (cache_size), path, mtime_s);
}

void
ballast_thumbnail_cache_save_failed (const char *path,
                                     gint64      mtime_s)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 1, 1);

  gdk_pixbuf_fill (pixbuf, 0);
  save_pixbuf (pixbuf, FAILED_FOLDER, path, mtime_s);
}
