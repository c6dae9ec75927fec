/*
 * A sheet of variants for people without a screen: drawn with cairo, captions with Pango.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-contact-sheet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "ballast-path.h"

#define GAP_PX 12
#define CAPTION_PX 22

struct _BallastContactSheet
{
  cairo_surface_t *surface;
  guint            columns;
  guint            cell_px;
};

/* About as many columns as rows, a few more where that leaves fewer places empty. */
static guint
choose_columns (guint n_cells)
{
  guint square = MAX (1, (guint) ceil (sqrt (n_cells)));
  guint best = square;

  for (guint columns = square; columns <= square + 2; columns++)
    if ((columns - n_cells % columns) % columns < (best - n_cells % best) % best)
      best = columns;

  return best;
}

BallastContactSheet *
ballast_contact_sheet_new (guint n_cells,
                           guint cell_px)
{
  BallastContactSheet *self = g_new0 (BallastContactSheet, 1);
  guint rows;
  cairo_t *cr;

  self->columns = choose_columns (n_cells);
  self->cell_px = cell_px;
  rows = (n_cells + self->columns - 1) / self->columns;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                              self->columns * (cell_px + GAP_PX) + GAP_PX,
                                              rows * (cell_px + CAPTION_PX + GAP_PX) + GAP_PX);
  cr = cairo_create (self->surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return self;
}

void
ballast_contact_sheet_free (BallastContactSheet *self)
{
  cairo_surface_destroy (self->surface);
  g_free (self);
}

/* (transfer full): @raster with its alpha multiplied in, as cairo wants it. */
static cairo_surface_t *
surface_of (const BallastRaster *raster)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, raster->width,
                                                         raster->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  for (guint y = 0; y < raster->height; y++)
    {
      const guint8 *in = ballast_raster_get_row (raster, y);
      guint32 *out = (guint32 *) (gpointer) (data + (gsize) y * stride);

      for (guint x = 0; x < raster->width; x++, in += raster->channels)
        {
          guint32 alpha = raster->channels == 4 ? in[3] : 255;

          out[x] = alpha << 24 | (in[0] * alpha / 255) << 16 | (in[1] * alpha / 255) << 8 |
                   in[2] * alpha / 255;
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_raster (BallastContactSheet *self,
             cairo_t             *cr,
             const BallastRaster *raster)
{
  double longer = MAX (raster->width, raster->height);
  double scale = MIN (1.0, self->cell_px / longer);
  cairo_surface_t *surface = surface_of (raster);

  cairo_save (cr);
  cairo_translate (cr, (self->cell_px - raster->width * scale) / 2,
                   (self->cell_px - raster->height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_caption (BallastContactSheet *self,
              cairo_t             *cr,
              const char          *caption)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 9");

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, caption, -1);
  pango_layout_set_width (layout, self->cell_px * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  cairo_set_source_rgb (cr, 0.2, 0.2, 0.2);
  cairo_move_to (cr, 0, self->cell_px + 3);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
}

void
ballast_contact_sheet_set (BallastContactSheet *self,
                           guint                index,
                           const BallastRaster *raster,
                           const char          *caption)
{
  cairo_t *cr = cairo_create (self->surface);

  cairo_translate (cr, GAP_PX + index % self->columns * (self->cell_px + GAP_PX),
                   GAP_PX + index / self->columns * (self->cell_px + CAPTION_PX + GAP_PX));
  if (raster != NULL)
    draw_raster (self, cr, raster);
  draw_caption (self, cr, caption);
  cairo_destroy (cr);
}

gboolean
ballast_contact_sheet_save (BallastContactSheet *self,
                            const char          *path,
                            GError             **error)
{
  g_autofree char *temporary = g_strconcat (path, ".part", NULL);
  cairo_status_t status = cairo_surface_write_to_png (self->surface, temporary);

  if (status == CAIRO_STATUS_SUCCESS && g_rename (temporary, path) == 0)
    return TRUE;

  g_unlink (temporary);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("Cannot write “%s”: %s"), path,
               status == CAIRO_STATUS_SUCCESS ? "it cannot be renamed"
                                              : cairo_status_to_string (status));
  return FALSE;
}
