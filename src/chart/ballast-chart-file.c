/*
 * A chart as a file: PNG, SVG or PDF by the name's ending.
 *
 * The picture is made in memory and written at once, so a file is either whole or not there.  The
 * same model gives the same bytes on one machine: no date goes into a PDF.  Fonts may differ
 * between machines.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-file-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ballast-chart-draw.h"

#define TITLE_SIZE 1.45

typedef enum
{
  FILE_KIND_NONE,
  FILE_KIND_PNG,
  FILE_KIND_SVG,
  FILE_KIND_PDF,
} FileKind;

static FileKind
find_kind (const char *path)
{
  const char *dot = strrchr (path, '.');

  if (dot == NULL)
    return FILE_KIND_NONE;
  if (g_ascii_strcasecmp (dot, ".png") == 0)
    return FILE_KIND_PNG;
  if (g_ascii_strcasecmp (dot, ".svg") == 0)
    return FILE_KIND_SVG;
  if (g_ascii_strcasecmp (dot, ".pdf") == 0)
    return FILE_KIND_PDF;

  return FILE_KIND_NONE;
}

gboolean
ballast_chart_file_is_supported (const char *path)
{
  return find_kind (path) != FILE_KIND_NONE;
}

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (FileKind                       kind,
              const BallastChartFileOptions *options,
              GByteArray                    *bytes)
{
  cairo_surface_t *surface;

  switch (kind)
    {
    case FILE_KIND_SVG:
      return cairo_svg_surface_create_for_stream (append_bytes, bytes, options->width, options->height);

    case FILE_KIND_PDF:
      surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, options->width, options->height);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Ballast");
      if (options->title != NULL)
        cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, options->title);
      return surface;

    case FILE_KIND_PNG:
    case FILE_KIND_NONE:
    default:
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (options->width * options->scale),
                                            (int) ceil (options->height * options->scale));
      cairo_surface_set_device_scale (surface, options->scale, options->scale);
      return surface;
    }
}

double
ballast_chart_file_draw_head (cairo_t                       *cr,
                              const BallastChartFileOptions *options,
                              const BallastTheme            *theme,
                              BallastChartFont              *font)
{
  double line = ballast_chart_font_get_measure (font)->line_height;
  double y = BALLAST_CHART_FILE_MARGIN;
  BallastTextPlace place = { BALLAST_CHART_FILE_MARGIN, 0, BALLAST_TEXT_START, TITLE_SIZE, TRUE };

  place.max_width = options->width - 2 * BALLAST_CHART_FILE_MARGIN;
  if (options->title != NULL)
    {
      place.y = y + line * TITLE_SIZE / 2;
      ballast_chart_font_draw (font, cr, options->title, &place, &theme->foreground);
      y += line * TITLE_SIZE + 2;
    }
  if (options->subtitle != NULL)
    {
      place.y = y + line / 2;
      place.size = 1;
      place.bold = FALSE;
      ballast_chart_font_draw (font, cr, options->subtitle, &place, &theme->dim);
      y += line + 2;
    }

  return y - BALLAST_CHART_FILE_MARGIN + (y > BALLAST_CHART_FILE_MARGIN ? 8 : 0);
}

static void
paint_chart (cairo_t                       *cr,
             const BallastChartFileOptions *options,
             gconstpointer                  data)
{
  const BallastChartModel *model = data;
  const BallastTheme *theme = ballast_theme_get (options->dark, FALSE);
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (BALLAST_CHART_FILE_TEXT);
  g_autoptr(BallastChartGeometry) geometry = NULL;
  double line = ballast_chart_font_get_measure (font)->line_height;
  BallastChartRect legend = { BALLAST_CHART_FILE_MARGIN, BALLAST_CHART_FILE_MARGIN, options->width - 2 * BALLAST_CHART_FILE_MARGIN, line };
  double top;

  ballast_chart_set_ink (cr, &theme->card, 1);
  cairo_paint (cr);
  top = ballast_chart_file_draw_head (cr, options, theme, font);
  if (model->n_splits > 0)
    ballast_chart_draw_legend (cr, model, &legend, theme, font);
  if (model->n_splits > 0 && top < line)
    top = line + 8;

  geometry = ballast_chart_geometry_new (model, options->width - 2 * BALLAST_CHART_FILE_MARGIN, options->height - 2 * BALLAST_CHART_FILE_MARGIN - top,
                                         ballast_chart_font_get_measure (font));
  cairo_translate (cr, BALLAST_CHART_FILE_MARGIN, BALLAST_CHART_FILE_MARGIN + top);
  ballast_chart_draw (cr, model, geometry, theme, font, FALSE);
}

static gboolean
write_number (const GMatchInfo *match,
              GString          *result,
              gpointer          user_data)
{
  guint64 *first = user_data;
  g_autofree char *mark = g_match_info_fetch (match, 1);
  g_autofree char *digits = g_match_info_fetch (match, 2);
  guint64 number = g_ascii_strtoull (digits, NULL, 10);

  *first = MIN (*first, number);
  g_string_append_printf (result, "%ssurface%" G_GUINT64_FORMAT, mark, number - *first);
  return FALSE;
}

/* Cairo numbers its surfaces through the life of the process and writes that into the SVG: start
 * from 0, so that the same chart gives the same bytes. */
static void
renumber_surfaces (GByteArray *bytes)
{
  g_autoptr(GRegex) regex = g_regex_new ("([\"#])surface([0-9]+)", 0, 0, NULL);
  guint64 first = G_MAXUINT64;
  g_autofree char *text = g_regex_replace_eval (regex, (const char *) bytes->data, bytes->len, 0, 0,
                                                write_number, &first, NULL);

  if (text == NULL)
    return;

  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static cairo_status_t
render (FileKind                       kind,
        const BallastChartPainter     *painter,
        const BallastChartFileOptions *options,
        GByteArray                    *bytes)
{
  cairo_surface_t *surface = make_surface (kind, options, bytes);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  painter->paint (cr, options, painter->data);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && kind == FILE_KIND_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS && kind == FILE_KIND_SVG)
    renumber_surfaces (bytes);

  return status;
}

gboolean
ballast_chart_file_save_painted (const BallastChartPainter     *painter,
                                 const char                    *path,
                                 const BallastChartFileOptions *options,
                                 GError                       **error)
{
  BallastChartFileOptions filled = options != NULL ? *options : (BallastChartFileOptions) { 0 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = g_filename_display_name (path);
  FileKind kind = find_kind (path);
  cairo_status_t status;

  if (kind == FILE_KIND_NONE)
    {
      g_set_error (error, BALLAST_CHART_ERROR, BALLAST_CHART_ERROR_FORMAT,
                   _("Cannot tell the format of “%s”: a chart's name ends in .png, .svg or .pdf"),
                   name);
      return FALSE;
    }

  filled.width = filled.width > 0 ? filled.width : 960;
  filled.height = filled.height > 0 ? filled.height : 540;
  filled.scale = filled.scale > 0 ? filled.scale : 2;
  status = render (kind, painter, &filled, bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, BALLAST_CHART_ERROR, BALLAST_CHART_ERROR_WRITE, _("Cannot draw “%s”: %s"),
                   name,
                   cairo_status_to_string (status));
      return FALSE;
    }

  return g_file_set_contents_full (path, (const char *) bytes->data, bytes->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

gboolean
ballast_chart_file_save (const BallastChartModel       *model,
                         const char                    *path,
                         const BallastChartFileOptions *options,
                         GError                       **error)
{
  const BallastChartPainter painter = { paint_chart, model };

  return ballast_chart_file_save_painted (&painter, path, options, error);
}
