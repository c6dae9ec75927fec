#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-decode-private.h"
#include "ballast-format.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/*
 * The formats without a reader of our own, through GdkPixbuf.
 *
 * The probe has checked size and structure before; the size that the loader finds is checked
 * again, since it may read another header.  The loader is chosen by name: what else is installed
 * never sees the file.
 */

#define PIECE_BYTES (256 * 1024)

typedef struct
{
  const BallastImageLimits *limits;
  gboolean                  too_large;
} Gate;

static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  Gate *gate = user_data;

  if ((guint) width <= gate->limits->max_side && (guint) height <= gate->limits->max_side
      && (guint64) width * (guint64) height <= gate->limits->max_pixels)
    return;

  gate->too_large = TRUE;
  gdk_pixbuf_loader_set_size (loader, 0, 0); /* the way to make it give up */
}

/* FALSE with the error set; the loader is closed either way. */
static gboolean
feed (BallastDecodeJob *job,
      GdkPixbufLoader  *loader,
      GError          **error)
{
  gboolean fed = TRUE;

  for (gsize at = 0; fed && at < job->length; at += PIECE_BYTES)
    fed = !g_cancellable_set_error_if_cancelled (job->cancellable, error)
          && gdk_pixbuf_loader_write (loader, job->data + at, MIN (PIECE_BYTES, job->length - at),
                                      error);

  return gdk_pixbuf_loader_close (loader, fed ? error : NULL) && fed;
}

static gboolean
is_opaque (const GdkPixbuf *pixbuf)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return TRUE;
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < width; x++)
      if (pixels[(gsize) y * stride + (gsize) x * 4 + 3] != 255)
        return FALSE;

  return TRUE;
}

/* Grey comes out of a loader as RGB with equal channels. */
static gboolean
is_grey (const BallastDecodeJob *job)
{
  BallastColour colour = job->info->facts.colour;

  return colour == BALLAST_COLOUR_GREY || colour == BALLAST_COLOUR_GREY_ALPHA;
}

/* libtiff multiplies colours by alpha, though not grey, and GdkPixbuf hands that on as if it had
 * not. */
static void
undo_multiplication (BallastRaster *raster)
{
  for (guint y = 0; y < raster->height; y++)
    {
      guint8 *pixel = ballast_raster_get_row (raster, y);

      for (guint x = 0; x < raster->width; x++, pixel += 4)
        {
          guint alpha = pixel[3];

          for (guint c = 0; alpha > 0 && c < 3; c++)
            pixel[c] = (guint8) MIN ((pixel[c] * 255u + alpha / 2) / alpha, 255);
        }
    }
}

static BallastRaster *
copy_pixels (BallastDecodeJob *job,
             GdkPixbuf        *pixbuf,
             GError          **error)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  guint n_in = (guint) gdk_pixbuf_get_n_channels (pixbuf);
  gboolean keeps_alpha = !is_opaque (pixbuf) || job->info->facts.colour == BALLAST_COLOUR_RGBA;
  guint n_colours = is_grey (job) ? 1 : 3;
  gboolean has_alpha = n_in == 4 && keeps_alpha;
  BallastRaster *raster
    = ballast_decode_make_raster (job, (guint) gdk_pixbuf_get_width (pixbuf),
                                  (guint) gdk_pixbuf_get_height (pixbuf), n_colours + has_alpha, 8,
                                  error);

  if (raster == NULL)
    return NULL;

  for (guint y = 0; y < raster->height; y++)
    {
      const guint8 *in = pixels + y * stride;
      guint8 *out = ballast_raster_get_row (raster, y);

      for (guint x = 0; x < raster->width; x++, in += n_in, out += raster->channels)
        {
          for (guint i = 0; i < n_colours; i++)
            out[i] = in[i];
          if (has_alpha)
            out[n_colours] = in[3];
        }
    }

  return raster;
}

/* What GdkPixbuf's readers keep as text: profile and dots per inch. */
static void
read_extras (BallastDecodeJob *job,
             GdkPixbuf        *pixbuf)
{
  const char *profile = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  const char *x = gdk_pixbuf_get_option (pixbuf, "x-dpi");
  const char *y = gdk_pixbuf_get_option (pixbuf, "y-dpi");

  if (profile != NULL)
    {
      gsize length;
      guint8 *bytes = g_base64_decode (profile, &length);

      job->info->icc_profile = g_bytes_new_take (bytes, length);
    }
  if (x != NULL && y != NULL)
    job->info->density = (BallastDensity) { BALLAST_DENSITY_INCH,
                                            (guint32) g_ascii_strtoull (x, NULL, 10),
                                            (guint32) g_ascii_strtoull (y, NULL, 10) };
}

static void
note_losses (BallastDecodeJob *job)
{
  BallastDecodeInfo *info = job->info;

  if (info->facts.depth > 8)
    info->losses |= BALLAST_DECODE_LOST_DEPTH;
  if (info->facts.colour == BALLAST_COLOUR_PALETTE)
    info->losses |= BALLAST_DECODE_LOST_PALETTE;
  if (info->facts.colour == BALLAST_COLOUR_CMYK)
    info->losses |= BALLAST_DECODE_LOST_CMYK;
  /* libtiff carries out 1 … 4, and the mirror half of 5 … 8. */
  if (info->facts.format == BALLAST_FORMAT_TIFF)
    job->orientation_done = (info->facts.orientation - 1u) % 4 + 1;
}

BallastRaster *
ballast_decode_pixbuf (BallastDecodeJob *job,
                       GError          **error)
{
  Gate gate = { .limits = &job->options->limits };
  g_autoptr(GError) load_error = NULL;
  g_autoptr(GdkPixbufLoader) loader = NULL;
  BallastRaster *raster;
  GdkPixbuf *pixbuf;

  loader = gdk_pixbuf_loader_new_with_type (ballast_format_get_loader (job->info->facts.format),
                                            error);
  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &gate);
  if (!feed (job, loader, &load_error) || gate.too_large)
    {
      if (g_error_matches (load_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        ballast_decode_set_damaged (job,
                                    gate.too_large ? "its headers contradict each other"
                                                   : load_error->message,
                                    error);
      return NULL;
    }

  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    {
      ballast_decode_set_damaged (job, "it has no picture", error);
      return NULL;
    }

  note_losses (job);
  if (job->wants_extras)
    read_extras (job, pixbuf);
  raster = copy_pixels (job, pixbuf, error);
  if (raster != NULL && job->info->facts.format == BALLAST_FORMAT_TIFF && raster->channels == 4)
    undo_multiplication (raster);

  return raster;
}
