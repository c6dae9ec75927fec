/*
 * Text through Pango, measured and drawn by one context.
 *
 * Glyph positions are not rounded to pixels: a chart is laid out the same at every scale, and a PDF
 * breaks no name that the window shows whole.  One layout is kept and filled again and again.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-font.h"

#include <math.h>

/* A widget's font is that of a page of text; a chart's names are a little smaller. */
#define WIDGET_SIZE 0.88
#define FILE_FAMILIES "Cantarell, Adwaita Sans, Noto Sans, sans-serif"

struct _BallastChartFont
{
  PangoContext         *context;
  PangoLayout          *layout;
  PangoFontDescription *description; /* of the size of names, in device units */
  double                size_px;
  BallastTextMeasure    measure;
};

static void
set_text (BallastChartFont *font,
          const char       *text,
          double            size,
          gboolean          bold,
          double            max_width)
{
  pango_font_description_set_absolute_size (font->description, font->size_px * size * PANGO_SCALE);
  pango_font_description_set_weight (font->description, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (font->layout, font->description);
  pango_layout_set_width (font->layout, max_width > 0 ? (int) ceil (max_width * PANGO_SCALE) : -1);
  pango_layout_set_text (font->layout, text, -1);
}

static double
get_layout_width (BallastChartFont *font)
{
  PangoRectangle logical;

  pango_layout_get_extents (font->layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

static double
measure_text (const char *text,
              gpointer    user_data)
{
  BallastChartFont *font = user_data;

  set_text (font, text, 1, FALSE, 0);
  return get_layout_width (font);
}

/* Takes @context and @description over. */
static BallastChartFont *
make_font (PangoContext         *context,
           PangoFontDescription *description,
           double                size_px)
{
  BallastChartFont *font = g_new0 (BallastChartFont, 1);
  PangoRectangle logical;

  font->context = context;
  font->description = description;
  font->size_px = size_px;
  font->layout = pango_layout_new (context);
  pango_layout_set_single_paragraph_mode (font->layout, TRUE);
  pango_layout_set_ellipsize (font->layout, PANGO_ELLIPSIZE_END);

  set_text (font, "Ág", 1, FALSE, 0);
  pango_layout_get_extents (font->layout, NULL, &logical);
  font->measure.get_width = measure_text;
  font->measure.user_data = font;
  font->measure.line_height = (double) logical.height / PANGO_SCALE;
  return font;
}

BallastChartFont *
ballast_chart_font_new (double size_px)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  return make_font (context, pango_font_description_from_string (FILE_FAMILIES), size_px);
}

BallastChartFont *
ballast_chart_font_new_for_context (PangoContext *context)
{
  PangoFontDescription *description = pango_font_description_copy (pango_context_get_font_description (context));
  double size = (double) pango_font_description_get_size (description) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (description))
    {
      double resolution = pango_cairo_context_get_resolution (context);

      size *= (resolution > 0 ? resolution : 96) / 72;
    }

  return make_font (g_object_ref (context), description, MAX (size, 1) * WIDGET_SIZE);
}

void
ballast_chart_font_free (BallastChartFont *font)
{
  g_object_unref (font->layout);
  g_object_unref (font->context);
  pango_font_description_free (font->description);
  g_free (font);
}

const BallastTextMeasure *
ballast_chart_font_get_measure (BallastChartFont *font)
{
  return &font->measure;
}

double
ballast_chart_font_draw (BallastChartFont       *font,
                         cairo_t                *cr,
                         const char             *text,
                         const BallastTextPlace *place,
                         const BallastInk       *ink)
{
  double size = place->size > 0 ? place->size : 1;
  double width, shift;
  PangoRectangle logical;

  set_text (font, text, size, place->bold, place->max_width);
  pango_layout_get_extents (font->layout, NULL, &logical);
  width = (double) logical.width / PANGO_SCALE;
  shift = place->align == BALLAST_TEXT_START ? 0 : place->align == BALLAST_TEXT_CENTRE ? -width / 2 : -width;

  cairo_save (cr);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, ink->alpha);
  cairo_translate (cr, place->x, place->y);
  if (place->angle != 0)
    cairo_rotate (cr, place->angle);
  cairo_move_to (cr, shift - (double) logical.x / PANGO_SCALE, -(double) logical.height / PANGO_SCALE / 2);
  pango_cairo_show_layout (cr, font->layout);
  cairo_restore (cr);

  return width;
}
