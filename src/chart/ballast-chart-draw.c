/*
 * Draws what the geometry says, with cairo: the same code for the window, PNG, SVG and PDF.
 *
 * Horizontal lines are put on pixel centres and bars on pixel edges, which keeps them sharp at
 * scale 1 and moves nothing by more than half a unit.  Cost is one path a bar or column, and one
 * run of text a label.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-draw.h"

#include <math.h>

#include "ballast-chart-draw-private.h"

#define BAR_RADIUS 5.0
#define HOVER_VEIL 0.045
#define SELECTED_VEIL 0.085

void
ballast_chart_set_ink (cairo_t          *cr,
                       const BallastInk *ink,
                       double            opacity)
{
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, ink->alpha * opacity);
}

void
ballast_chart_path_bar (cairo_t                *cr,
                        const BallastChartRect *rect,
                        double                  radius)
{
  double r = MIN (radius, MIN (rect->width / 2, rect->height));
  double right = rect->x + rect->width;
  double bottom = rect->y + rect->height;

  cairo_new_sub_path (cr);
  cairo_move_to (cr, rect->x, bottom);
  cairo_line_to (cr, rect->x, rect->y + r);
  if (r > 0)
    cairo_arc (cr, rect->x + r, rect->y + r, r, G_PI, 1.5 * G_PI);
  cairo_line_to (cr, right - r, rect->y);
  if (r > 0)
    cairo_arc (cr, right - r, rect->y + r, r, 1.5 * G_PI, 2 * G_PI);
  cairo_line_to (cr, right, bottom);
  cairo_close_path (cr);
}

static void
path_rounded (cairo_t                *cr,
              const BallastChartRect *rect,
              double                  radius)
{
  double r = MIN (radius, MIN (rect->width, rect->height) / 2);
  double right = rect->x + rect->width, bottom = rect->y + rect->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - r, rect->y + r, r, -0.5 * G_PI, 0);
  cairo_arc (cr, right - r, bottom - r, r, 0, 0.5 * G_PI);
  cairo_arc (cr, rect->x + r, bottom - r, r, 0.5 * G_PI, G_PI);
  cairo_arc (cr, rect->x + r, rect->y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* The rectangle with its sides on pixel edges and its bottom where it was. */
static BallastChartRect
snap (const BallastChartRect *rect)
{
  double left = round (rect->x), right = round (rect->x + rect->width);
  BallastChartRect snapped = { left, rect->y, MAX (right - left, 1), rect->height };

  return snapped;
}

static BallastChartRect
inset (const BallastChartRect *rect,
       double                  by)
{
  BallastChartRect inner = { rect->x + by, rect->y + by, MAX (rect->width - 2 * by, 0),
                             MAX (rect->height - by, 0) };

  return inner;
}

static void
draw_line (const BallastChartCanvas *canvas,
           double                    y,
           const BallastInk         *ink,
           double                    width)
{
  const BallastChartRect *plot = &canvas->geometry->plot;
  double middle = floor (y) + 0.5;

  cairo_set_line_width (canvas->cr, width);
  ballast_chart_set_ink (canvas->cr, ink, 1);
  cairo_move_to (canvas->cr, plot->x, middle);
  cairo_line_to (canvas->cr, plot->x + plot->width, middle);
  cairo_stroke (canvas->cr);
}

static void
draw_grid (const BallastChartCanvas *canvas)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  double last = G_MAXDOUBLE;

  for (guint i = 0; i < geometry->n_ticks; i++)
    {
      const BallastChartTick *tick = &geometry->ticks[i];
      BallastTextPlace place = { geometry->plot.x - 8, tick->y + 0.5, BALLAST_TEXT_END, SMALL_TEXT };

      if (i > 0)
        draw_line (canvas, tick->y, &canvas->theme->grid, 1);
      /* Labels of a logarithmic axis come close to each other towards the top. */
      if (last - tick->y < 12)
        continue;
      ballast_chart_font_draw (canvas->font, canvas->cr, tick->label, &place, &canvas->theme->dim);
      last = tick->y;
    }
}

static void
draw_veil (const BallastChartCanvas *canvas,
           int                       class_index,
           double                    opacity)
{
  BallastChartRect rect;

  if (class_index < 0 || (guint) class_index >= canvas->geometry->n_classes)
    return;
  if (canvas->geometry->mode == BALLAST_CHART_CURVE)
    return;

  rect = ballast_chart_geometry_get_class_rect (canvas->geometry, (guint) class_index);
  rect.x += MIN (4, rect.width * 0.1);
  rect.width -= 2 * MIN (4, rect.width * 0.1);
  rect.y -= canvas->font != NULL ? ballast_chart_font_get_measure (canvas->font)->line_height + 6 : 0;
  rect.height = canvas->geometry->plot.y + canvas->geometry->plot.height - rect.y;
  ballast_chart_path_bar (canvas->cr, &rect, 8);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->foreground, opacity);
  cairo_fill (canvas->cr);
}

static void
draw_ghost (const BallastChartCanvas *canvas,
            const BallastChartRect   *rect,
            const BallastInk         *ink)
{
  static const double dashes[] = { 4, 3 };
  BallastChartRect outline = inset (rect, 0.75);

  ballast_chart_path_bar (canvas->cr, rect, BAR_RADIUS);
  ballast_chart_set_ink (canvas->cr, ink, canvas->theme->ghost_opacity);
  cairo_fill (canvas->cr);

  ballast_chart_path_bar (canvas->cr, &outline, BAR_RADIUS - 0.75);
  ballast_chart_set_ink (canvas->cr, ink, 1);
  cairo_set_line_width (canvas->cr, 1.5);
  cairo_set_dash (canvas->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (canvas->cr);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
}

static void
draw_segments (const BallastChartCanvas *canvas,
               const BallastChartBar    *bar)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  BallastChartRect whole = snap (&bar->now);

  cairo_save (canvas->cr);
  ballast_chart_path_bar (canvas->cr, &whole, BAR_RADIUS);
  cairo_clip (canvas->cr);
  for (guint split = 0; split < geometry->n_splits; split++)
    {
      BallastChartRect segment = snap (&geometry->segments[(gsize) bar->rank * geometry->n_splits + split]);
      BallastInk ink = ballast_palette_get_split (canvas->model->colours[bar->class_index], split,
                                                  geometry->n_splits, canvas->theme);

      cairo_rectangle (canvas->cr, segment.x, segment.y, segment.width, segment.height);
      ballast_chart_set_ink (canvas->cr, &ink, 1);
      cairo_fill (canvas->cr);
    }
  cairo_restore (canvas->cr);
}

static void
draw_bar (const BallastChartCanvas *canvas,
          const BallastChartBar    *bar)
{
  const BallastInk *ink = &canvas->model->colours[bar->class_index];
  gboolean lit = (int) bar->class_index == canvas->model->hovered;
  BallastChartRect solid = snap (&bar->now);

  if (bar->after.width > 0)
    {
      BallastChartRect after = snap (&bar->after);
      BallastChartRect ghost = after.height > solid.height ? after : solid;

      solid = after.height > solid.height ? solid : after;
      if (ghost.height - solid.height > 0.5)
        draw_ghost (canvas, &ghost, ink);
    }

  if (canvas->geometry->segments != NULL && bar->after.width <= 0)
    {
      draw_segments (canvas, bar);
      return;
    }

  if (solid.height <= 0)
    return;
  ballast_chart_path_bar (canvas->cr, &solid, BAR_RADIUS);
  ballast_chart_set_ink (canvas->cr, ink, 1);
  cairo_fill_preserve (canvas->cr);
  cairo_set_source_rgba (canvas->cr, 1, 1, 1, lit ? 0.16 : 0);
  cairo_fill (canvas->cr);
}

static void
draw_name (const BallastChartCanvas *canvas,
           const BallastChartBar    *bar)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  double line = ballast_chart_font_get_measure (canvas->font)->line_height;
  BallastTextPlace place = { 0 };

  place.x = bar->slot.x + bar->slot.width / 2;
  place.y = geometry->plot.y + geometry->plot.height + 6 + line / 2;
  place.align = BALLAST_TEXT_CENTRE;
  place.bold = (int) bar->class_index == canvas->model->selected;
  /* Bold is wider than what was measured. */
  place.max_width = place.bold ? geometry->name_width * 1.15 + 1 : geometry->name_width + 1;
  if (geometry->names_rotated)
    {
      place.align = BALLAST_TEXT_END;
      place.angle = -G_PI / 4;
      place.x += 3;
      place.y -= 2;
    }
  ballast_chart_font_draw (canvas->font, canvas->cr, canvas->model->names[bar->class_index], &place,
                           &canvas->theme->foreground);
}

static void
draw_value (const BallastChartCanvas *canvas,
            const BallastChartBar    *bar)
{
  const BallastChartModel *model = canvas->model;
  guint64 count = model->after != NULL ? model->after[bar->class_index] : model->now[bar->class_index];
  g_autofree char *text = ballast_chart_format_count (count);
  BallastTextPlace place = { bar->slot.x + bar->slot.width / 2, bar->label_y, BALLAST_TEXT_CENTRE, 0.96, TRUE };

  ballast_chart_font_draw (canvas->font, canvas->cr, text, &place, &canvas->theme->foreground);
}

static void
draw_handle (const BallastChartCanvas *canvas,
             const BallastChartBar    *bar)
{
  const BallastChartRect *top = bar->after.width > 0 ? &bar->after : &bar->now;
  BallastChartRect grip = { top->x + top->width / 2 - 11, top->y - 4, 22, 8 };

  if ((int) bar->class_index != canvas->model->hovered && (int) bar->class_index != canvas->model->selected)
    return;

  path_rounded (canvas->cr, &grip, 4);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->card, 1);
  cairo_fill_preserve (canvas->cr);
  ballast_chart_set_ink (canvas->cr, &canvas->model->colours[bar->class_index], 1);
  cairo_set_line_width (canvas->cr, 2);
  cairo_stroke (canvas->cr);
}

static void
draw_bars (const BallastChartCanvas *canvas)
{
  const BallastChartGeometry *geometry = canvas->geometry;

  for (guint i = 0; i < geometry->n_bars; i++)
    draw_bar (canvas, &geometry->bars[i]);
  for (guint i = 0; i < geometry->n_bars; i++)
    {
      draw_name (canvas, &geometry->bars[i]);
      if (geometry->values_shown)
        draw_value (canvas, &geometry->bars[i]);
    }
}

static void
draw_target (const BallastChartCanvas *canvas)
{
  static const double dashes[] = { 7, 4 };
  const BallastChartGeometry *geometry = canvas->geometry;
  const BallastChartRect *pill = &geometry->pill;
  BallastTextPlace place = { pill->x + pill->width / 2, pill->y + pill->height / 2, BALLAST_TEXT_CENTRE, 0.96, TRUE };

  cairo_set_line_width (canvas->cr, 2);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->target, 1);
  cairo_set_dash (canvas->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (canvas->cr, geometry->plot.x, geometry->target_y);
  cairo_line_to (canvas->cr, pill->x, geometry->target_y);
  cairo_stroke (canvas->cr);
  cairo_set_dash (canvas->cr, NULL, 0, 0);

  path_rounded (canvas->cr, pill, pill->height / 2);
  cairo_fill (canvas->cr);
  ballast_chart_font_draw (canvas->font, canvas->cr, geometry->pill_text, &place, &canvas->theme->on_target);
}

static void
draw_focus (const BallastChartCanvas *canvas)
{
  BallastChartRect ring;

  if (canvas->model->selected < 0 || (guint) canvas->model->selected >= canvas->geometry->n_classes)
    return;
  if (canvas->geometry->mode == BALLAST_CHART_CURVE)
    return;

  ring = ballast_chart_geometry_get_class_rect (canvas->geometry, (guint) canvas->model->selected);
  ring.x += 2;
  ring.width = MAX (ring.width - 4, 2);
  ring.y = 2;
  ring.height = canvas->geometry->height - 4;
  path_rounded (canvas->cr, &ring, 9);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->accent, 0.8);
  cairo_set_line_width (canvas->cr, 2);
  cairo_stroke (canvas->cr);
}

void
ballast_chart_draw (cairo_t                    *cr,
                    const BallastChartModel    *model,
                    const BallastChartGeometry *geometry,
                    const BallastTheme         *theme,
                    BallastChartFont           *font,
                    gboolean                    focused)
{
  const BallastChartCanvas canvas = { cr, model, geometry, theme, font };

  cairo_save (cr);
  draw_veil (&canvas, model->selected, SELECTED_VEIL);
  if (model->hovered != model->selected)
    draw_veil (&canvas, model->hovered, HOVER_VEIL);
  draw_grid (&canvas);
  if (geometry->mode == BALLAST_CHART_BARS)
    draw_bars (&canvas);
  else
    ballast_chart_draw_curve (&canvas);
  draw_line (&canvas, geometry->plot.y + geometry->plot.height, &theme->axis, 1.5);
  if (geometry->has_target)
    draw_target (&canvas);
  for (guint i = 0; geometry->handles && i < geometry->n_bars; i++)
    draw_handle (&canvas, &geometry->bars[i]);
  if (focused)
    draw_focus (&canvas);
  cairo_restore (cr);
}

void
ballast_chart_draw_legend (cairo_t                 *cr,
                           const BallastChartModel *model,
                           const BallastChartRect  *area,
                           const BallastTheme      *theme,
                           BallastChartFont        *font)
{
  double x = area->x + area->width;

  for (guint i = model->n_splits; i-- > 0;)
    {
      BallastInk ink = ballast_palette_get_split (theme->accent, i, model->n_splits, theme);
      BallastTextPlace place = { x, area->y + area->height / 2, BALLAST_TEXT_END, SMALL_TEXT };
      BallastChartRect swatch = { 0, place.y - 5, 10, 10 };

      x -= ballast_chart_font_draw (font, cr, model->split_names[i], &place, &theme->dim) + 16;
      swatch.x = x;
      path_rounded (cr, &swatch, 3);
      ballast_chart_set_ink (cr, &ink, 1);
      cairo_fill (cr);
      x -= 14;
    }
}
