/*
 * The charts of a document, on paper and as SVG.
 *
 * Both are drawn by the code of the window.  A tree that would become too small to be read is drawn
 * as an icicle.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper-private.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "ballast-tree-draw.h"
#include "ballast-weight-chart.h"

#define CHART_SHARE 0.44   /* height of a chart, of its width */
#define WEIGHTS_SHARE 0.36
#define ICICLE_SHARE 0.8
#define LEAST_SCALE 0.5    /* below it a tree cannot be read */
#define SVG_WIDTH 880.0
#define SVG_MOST 900.0
#define SVG_TEXT 13.0

/* How much smaller than its own size the tree has to be. */
static double
find_tree_scale (const BallastPaperBlock *block,
                 double                   width,
                 double                   most,
                 BallastChartFont        *font,
                 double                  *height)
{
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (font);
  g_autoptr(BallastTreeGeometry) geometry = ballast_tree_geometry_new (block->tree, width, 0, measure);
  double scale = MIN (1, MIN (width / geometry->width, most / geometry->height));

  *height = geometry->height * scale;
  return scale;
}

static gboolean
is_icicle (const BallastPaperBlock *block,
           double                   width,
           double                   most,
           BallastChartFont        *font)
{
  double height;

  return block->tree->style == BALLAST_TREE_STYLE_ICICLE ||
         find_tree_scale (block, width, most, font, &height) < LEAST_SCALE;
}

double
_ballast_paper_picture_height (const BallastPaperBlock *block,
                               double                   width,
                               double                   most,
                               BallastChartFont        *font)
{
  double height;

  if (block->kind == BALLAST_PAPER_CHART)
    return MIN (most, width * CHART_SHARE);
  if (block->kind == BALLAST_PAPER_WEIGHTS)
    return MIN (most, width * WEIGHTS_SHARE);
  if (block->kind == BALLAST_PAPER_PICTURE)
    return MIN (most, ballast_picture_get_height (block->picture, width, font));
  if (is_icicle (block, width, most, font))
    return MIN (most, width * ICICLE_SHARE);
  find_tree_scale (block, width, most, font, &height);
  return height;
}

static void
draw_chart (const BallastPaperBlock *block,
            cairo_t                 *cr,
            const BallastChartRect  *area,
            const BallastTheme      *theme,
            BallastChartFont        *font)
{
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (font);
  double top = block->chart->n_splits > 0 ? measure->line_height + 6 : 0;
  BallastChartRect legend = { 0, 0, area->width, measure->line_height };
  g_autoptr(BallastChartGeometry) geometry = NULL;

  if (top > 0)
    ballast_chart_draw_legend (cr, block->chart, &legend, theme, font);
  geometry = ballast_chart_geometry_new (block->chart, area->width, area->height - top, measure);
  cairo_translate (cr, 0, top);
  ballast_chart_draw (cr, block->chart, geometry, theme, font, FALSE);
}

static void
draw_picture (const BallastPaperBlock *block,
              cairo_t                 *cr,
              const BallastChartRect  *area,
              const BallastTheme      *theme,
              BallastChartFont        *font)
{
  ballast_picture_layout (block->picture, area->width, area->height, font);
  ballast_picture_draw (block->picture, cr, theme, font);
}

static void
draw_tree (const BallastPaperBlock *block,
           cairo_t                 *cr,
           const BallastChartRect  *area,
           const BallastTheme      *theme,
           BallastChartFont        *font)
{
  BallastTreeModel model = *block->tree;
  g_autoptr(BallastTreeGeometry) geometry = NULL;
  double scale, height;

  if (is_icicle (block, area->width, area->height + 0.5, font))
    model.style = BALLAST_TREE_STYLE_ICICLE;
  scale = model.style == BALLAST_TREE_STYLE_ICICLE
            ? 1 : find_tree_scale (block, area->width, area->height + 0.5, font, &height);
  geometry = ballast_tree_geometry_new (&model, area->width, area->height,
                                        ballast_chart_font_get_measure (font));
  cairo_scale (cr, scale, scale);
  ballast_tree_draw (cr, &model, geometry, theme, font, FALSE, 2);
}

void
_ballast_paper_picture_draw (const BallastPaperBlock *block,
                             cairo_t                 *cr,
                             const BallastChartRect  *area,
                             const BallastTheme      *theme,
                             BallastChartFont        *font)
{
  const BallastChartRect own = { 0, 0, area->width, area->height };

  cairo_save (cr);
  cairo_translate (cr, area->x, area->y);
  if (block->kind == BALLAST_PAPER_CHART)
    draw_chart (block, cr, area, theme, font);
  else if (block->kind == BALLAST_PAPER_TREE)
    draw_tree (block, cr, area, theme, font);
  else if (block->kind == BALLAST_PAPER_PICTURE)
    draw_picture (block, cr, area, theme, font);
  else
    ballast_weight_chart_draw ((const BallastWeightBar *) (gpointer) block->weights->bars->data,
                               block->weights->bars->len, cr, &own,
                               (const char *const *) block->weights->captions, theme, font);
  cairo_restore (cr);
}

char *
_ballast_paper_picture_describe (const BallastPaperBlock *block)
{
  if (block->kind == BALLAST_PAPER_CHART)
    return ballast_chart_model_describe (block->chart);
  return g_strdup (block->text != NULL ? block->text : "");
}

/* SVG. */

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Names in one picture: cairo counts its surfaces through the life of the process. */
typedef struct
{
  const char *prefix;
  GHashTable *surfaces; /* digits → place + 1 */
} Naming;

static gboolean
write_id (const GMatchInfo *match,
          GString          *result,
          gpointer          user_data)
{
  Naming *naming = user_data;
  g_autofree char *before = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);
  g_autofree char *digits = g_match_info_fetch (match, 3);
  guint place;

  if (!g_str_equal (name, "surface"))
    {
      g_string_append_printf (result, "%s%s%s%s", before, naming->prefix, name, digits);
      return FALSE;
    }
  place = GPOINTER_TO_UINT (g_hash_table_lookup (naming->surfaces, digits));
  if (place == 0)
    {
      place = g_hash_table_size (naming->surfaces) + 1;
      g_hash_table_insert (naming->surfaces, g_steal_pointer (&digits), GUINT_TO_POINTER (place));
    }
  g_string_append_printf (result, "%s%ssurface%u", before, naming->prefix, place);
  return FALSE;
}

/* An element for the middle of a page: without the XML declaration, with ids of its own. */
static char *
make_element (const GByteArray *bytes,
              const char       *prefix)
{
  g_autoptr(GRegex) regex = g_regex_new ("(id=\"|\"#|url\\(#)([A-Za-z]+)([0-9]*)", 0, 0, NULL);
  g_autofree char *text = g_strndup ((const char *) bytes->data, bytes->len);
  const char *begin = strstr (text, "<svg");
  g_autoptr(GHashTable) surfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Naming naming = { prefix, surfaces };

  return g_regex_replace_eval (regex, begin != NULL ? begin : "", -1, 0, 0, write_id, &naming, NULL);
}

char *
_ballast_paper_picture_to_svg (const BallastPaperBlock *block,
                               gboolean                 dark,
                               const char              *prefix)
{
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (SVG_TEXT);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  BallastChartRect area = { 0, 0, SVG_WIDTH, 0 };
  cairo_surface_t *surface;
  cairo_t *cr;

  area.height = ceil (_ballast_paper_picture_height (block, SVG_WIDTH, SVG_MOST, font));
  surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, area.width, area.height);
  cr = cairo_create (surface);
  _ballast_paper_picture_draw (block, cr, &area, ballast_theme_get (dark, FALSE), font);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return make_element (bytes, prefix);
}
