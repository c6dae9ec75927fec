/*
 * What an export will take, told before it is begun.
 *
 * Sizes are those of the sources; a drawn copy is taken to be as large as its source, or by its
 * pixels where it becomes a PNG.  The figures of time are round,
 * and for a line of text, not for a promise.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-estimate.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sys/statvfs.h>

#include "ballast-export-error.h"
#include "ballast-path.h"

/* A margin for what the file system itself needs. */
#define MARGIN 1.05

/* The rounding to blocks, and the manifest's row. */
#define OVERHEAD_BYTES 2304

/* PNG at level 1 of a photograph, bytes a pixel. */
#define PNG_BYTES_PER_PIXEL 2.0

/* Nanoseconds a pixel on one core.  JPEG: tests/image/bench-image has 2.4 for either way on
 * photographs of 0.1 byte a pixel; pictures with more detail cost more.  The others are assumed. */
#define DECODE_NS 3.0
#define ENCODE_NS 3.0
#define PNG_ENCODE_NS 18.0
#define DRAW_NS 8.0

#define COPY_BYTES_PER_SECOND 200e6
#define FILE_SECONDS 40e-6

static gboolean
places_bytes (const BallastExportOptions *options)
{
  return options->originals == BALLAST_ORIGINALS_COPY;
}

void
ballast_export_needs_add (BallastExportNeeds         *needs,
                          const BallastExportOptions *options,
                          const BallastExportBatch   *batch)
{
  gboolean png = options->format == BALLAST_EXPORT_FORMAT_PNG;
  double pixels = batch->mean_megapixels * 1e6;
  double bytes = batch->mean_bytes;
  double copy_bytes = png ? MAX (bytes, pixels * PNG_BYTES_PER_PIXEL) : bytes;
  double originals = (double) batch->n_originals, copies = (double) batch->n_copies;

  needs->bytes += (guint64) ((originals + copies) * 256);
  if (g_strcmp0 (options->layout, "lists") == 0)
    return;

  needs->files += batch->n_copies;
  if (options->originals != BALLAST_ORIGINALS_LIST)
    needs->files += batch->n_originals;
  needs->bytes += (guint64) (copies * (copy_bytes + OVERHEAD_BYTES));
  if (places_bytes (options))
    needs->bytes += (guint64) (originals * (bytes + OVERHEAD_BYTES));
  needs->disk_seconds += originals * (bytes / COPY_BYTES_PER_SECOND + FILE_SECONDS) +
                         copies * FILE_SECONDS;
  needs->cpu_seconds += 1e-9 * (MIN (originals, copies) * pixels * DECODE_NS +
                                copies * (pixels * (png ? PNG_ENCODE_NS : ENCODE_NS) +
                                          (batch->draw_ns > 0 ? batch->draw_ns
                                                              : pixels * DRAW_NS)));
}

double
ballast_export_needs_get_seconds (const BallastExportNeeds *needs,
                                  guint                     n_threads)
{
  return needs->disk_seconds + needs->cpu_seconds / MAX (n_threads, 1);
}

gboolean
ballast_export_get_free (const char *dest,
                         guint64    *bytes,
                         guint64    *inodes)
{
  g_autofree char *path = g_canonicalize_filename (dest, NULL);
  struct statvfs info;

  while (statvfs (path, &info) != 0)
    {
      char *parent = g_path_get_dirname (path);
      gboolean top = g_str_equal (parent, path);

      g_free (path);
      path = parent;
      if (top)
        return FALSE;
    }

  if (bytes != NULL)
    *bytes = (guint64) info.f_bavail * info.f_frsize;
  if (inodes != NULL)
    *inodes = info.f_files > 0 ? info.f_favail : G_MAXUINT64; /* btrfs counts none */
  return TRUE;
}

gboolean
ballast_export_needs_check (const BallastExportNeeds *needs,
                            const char               *dest,
                            GError                  **error)
{
  guint64 bytes, inodes, needed = (guint64) ((double) needs->bytes * MARGIN);
  g_autofree char *missing = NULL;
  g_autofree char *shown = NULL;

  if (!ballast_export_get_free (dest, &bytes, &inodes))
    return TRUE;

  shown = ballast_path_display (dest);
  if (needed > bytes)
    {
      missing = g_format_size (needed - bytes);
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FULL,
                   _("The disk of “%s” is too small for the export: %s are missing.  Make room, or "
                      "choose hard links or another disk"), shown, missing);
      return FALSE;
    }
  if ((double) needs->files * MARGIN > (double) inodes)
    {
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FULL,
                   _("The disk of “%s” has room for %" PRIu64 " more files, and the export has %"
                      PRIu64), shown, inodes, needs->files);
      return FALSE;
    }

  return TRUE;
}
