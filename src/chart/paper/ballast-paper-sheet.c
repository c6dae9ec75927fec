/*
 * Sheets of paper: text that is measured and put down, and pages with their heads and feet.
 *
 * Digits have one width, so that columns of numbers stand straight.  Names of any script keep their
 * own direction within their place.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper-sheet.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#define FAMILIES "Cantarell, Adwaita Sans, Noto Sans, sans-serif"
#define MONO "Source Code Pro, Noto Sans Mono, DejaVu Sans Mono, monospace"
#define CHART_TEXT 8.5
#define SMALL 7.5

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

void
_ballast_sheet_begin (Sheet              *sheet,
                      const BallastPaper *paper,
                      cairo_surface_t    *surface,
                      guint               n_pages)
{
  *sheet = (Sheet){ .paper = paper, .surface = surface, .n_pages = n_pages, .page = 1 };
  sheet->cr = cairo_create (surface);
  sheet->context = make_context ();
  sheet->layout = pango_layout_new (sheet->context);
  sheet->font = ballast_chart_font_new (CHART_TEXT);
  sheet->theme = ballast_theme_get (FALSE, FALSE);
  sheet->y = SHEET_TOP;
}

static void
set_attributes (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static void
set_text (Sheet            *sheet,
          const char       *text,
          const SheetStyle *style,
          double            width)
{
  PangoFontDescription *description = pango_font_description_from_string (style->mono ? MONO : FAMILIES);

  pango_font_description_set_absolute_size (description, style->size * PANGO_SCALE);
  if (style->bold)
    pango_font_description_set_weight (description, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (sheet->layout, description);
  pango_font_description_free (description);
  set_attributes (sheet->layout);
  pango_layout_set_auto_dir (sheet->layout, TRUE);
  pango_layout_set_wrap (sheet->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (sheet->layout, (int) (style->size * 0.12 * PANGO_SCALE));
  pango_layout_set_width (sheet->layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_height (sheet->layout, style->lines > 0 ? -(int) style->lines : G_MININT);
  pango_layout_set_ellipsize (sheet->layout, style->lines > 0 ? PANGO_ELLIPSIZE_END
                                                              : PANGO_ELLIPSIZE_NONE);
  pango_layout_set_single_paragraph_mode (sheet->layout, style->lines > 0);
  pango_layout_set_text (sheet->layout, text, -1);
}

static void
get_size (Sheet  *sheet,
          double *width,
          double *height)
{
  PangoRectangle logical;

  pango_layout_get_extents (sheet->layout, NULL, &logical);
  *width = (double) logical.width / PANGO_SCALE;
  *height = (double) logical.height / PANGO_SCALE;
}

double
_ballast_sheet_measure (Sheet            *sheet,
                        const char       *text,
                        const SheetStyle *style,
                        double            width)
{
  double taken, height;

  set_text (sheet, text, style, width);
  get_size (sheet, &taken, &height);
  return height;
}

double
_ballast_sheet_get_width (Sheet            *sheet,
                          const char       *text,
                          const SheetStyle *style)
{
  double width, height;

  set_text (sheet, text, style, 0);
  get_size (sheet, &width, &height);
  return width;
}

/* The layout aligns by itself only what is broken into lines; here each line is put where it goes,
 * so that a name that runs from right to left begins where the others do. */
static double
shift_line (PangoLayoutLine  *line,
            const SheetStyle *style,
            double            width)
{
  PangoRectangle logical;
  double taken;

  pango_layout_line_get_extents (line, NULL, &logical);
  taken = (double) logical.width / PANGO_SCALE;
  if (style->align == BALLAST_TEXT_END)
    return width - taken;
  return style->align == BALLAST_TEXT_CENTRE ? (width - taken) / 2 : 0;
}

double
_ballast_sheet_put (Sheet                  *sheet,
                    const char             *text,
                    const SheetStyle       *style,
                    const BallastChartRect *place)
{
  PangoLayoutIter *iter;
  double width, height;

  set_text (sheet, text, style, place->width);
  get_size (sheet, &width, &height);
  ballast_chart_set_ink (sheet->cr, style->ink, 1);
  iter = pango_layout_get_iter (sheet->layout);
  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);

      cairo_move_to (sheet->cr, place->x + shift_line (line, style, place->width),
                     place->y + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
      pango_cairo_show_layout_line (sheet->cr, line);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return height;
}

void
_ballast_sheet_flow (Sheet            *sheet,
                     const char       *text,
                     const SheetStyle *style,
                     double            indent)
{
  g_autoptr(PangoLayout) kept = NULL;
  PangoLayoutIter *iter;

  set_text (sheet, text, style, SHEET_INNER - indent);
  kept = pango_layout_copy (sheet->layout);
  iter = pango_layout_get_iter (kept);
  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle logical;
      double ascent;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      ascent = (double) (pango_layout_iter_get_baseline (iter) - logical.y) / PANGO_SCALE;
      _ballast_sheet_need (sheet, (double) logical.height / PANGO_SCALE);
      ballast_chart_set_ink (sheet->cr, style->ink, 1);
      cairo_move_to (sheet->cr, SHEET_MARGIN + indent, sheet->y + ascent);
      pango_cairo_show_layout_line (sheet->cr, line);
      sheet->y += (double) logical.height / PANGO_SCALE + style->size * 0.12;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

void
_ballast_sheet_rule (Sheet            *sheet,
                     double            y,
                     double            width,
                     const BallastInk *ink)
{
  ballast_chart_set_ink (sheet->cr, ink, 1);
  cairo_set_line_width (sheet->cr, width);
  cairo_move_to (sheet->cr, SHEET_MARGIN, y);
  cairo_line_to (sheet->cr, SHEET_WIDTH - SHEET_MARGIN, y);
  cairo_stroke (sheet->cr);
}

/* What every page but the first has above, and every one below. */
static void
draw_margins (Sheet *sheet)
{
  SheetStyle style = { .size = SMALL, .ink = &sheet->theme->dim, .lines = 1 };
  BallastChartRect place = { SHEET_MARGIN, 40, SHEET_INNER * 0.7, 0 };
  g_autofree char *number = NULL;

  if (sheet->page > 1)
    {
      _ballast_sheet_put (sheet, sheet->paper->title, &style, &place);
      style.align = BALLAST_TEXT_END;
      place.x += place.width;
      place.width = SHEET_INNER - place.width;
      _ballast_sheet_put (sheet, sheet->paper->date, &style, &place);
      _ballast_sheet_rule (sheet, 54.5, 0.5, &sheet->theme->grid);
    }

  /* Translators: the number of a page, and how many there are. */
  number = g_strdup_printf (_("Page %u of %u"), sheet->page, MAX (sheet->n_pages, sheet->page));
  place = (BallastChartRect){ SHEET_MARGIN, SHEET_HEIGHT - 44, SHEET_INNER / 2, 0 };
  style.align = BALLAST_TEXT_START;
  _ballast_sheet_put (sheet, sheet->paper->producer, &style, &place);
  style.align = BALLAST_TEXT_END;
  place.x += place.width;
  _ballast_sheet_put (sheet, number, &style, &place);
}

void
_ballast_sheet_break (Sheet *sheet)
{
  draw_margins (sheet);
  cairo_show_page (sheet->cr);
  sheet->page++;
  sheet->y = SHEET_TOP;
}

void
_ballast_sheet_need (Sheet *sheet,
                     double height)
{
  if (sheet->y > SHEET_TOP && sheet->y + height > SHEET_BOTTOM)
    _ballast_sheet_break (sheet);
}

void
_ballast_sheet_end (Sheet *sheet)
{
  draw_margins (sheet);
  cairo_show_page (sheet->cr);
  cairo_destroy (sheet->cr);
  ballast_chart_font_free (sheet->font);
  g_object_unref (sheet->layout);
  g_object_unref (sheet->context);
}
