/*
 * Draws hierarchies with cairo: the same code for the window, PNG, SVG and PDF.
 *
 * Cost is one path and two runs of text a node that is seen: a thousand nodes out of sight cost a
 * comparison each.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-tree-draw.h"

#include <math.h>

#include "ballast-chart-draw-private.h"

#define BOX_RADIUS 8.0
#define CELL_RADIUS 5.0
#define BORDER 2.0
#define PADDING 14.0
#define MIN_TEXT_PX 5.0 /* text lower than this is left out */
#define HOVER_VEIL 0.05
#define SELECTED_VEIL 0.14
#define CELL_OPACITY 0.22
#define CELL_OPACITY_DARK 0.34
#define NAME_TEXT 1.0
#define DETAIL_TEXT 0.9

typedef struct
{
  cairo_t                   *cr;
  const BallastTreeModel    *model;
  const BallastTreeGeometry *geometry;
  const BallastTheme        *theme;
  BallastChartFont          *font;
  gboolean                   focused;
  double                     scale;
  double                     line;    /* height of a line of text */
  BallastChartRect           seen;
} Canvas;

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

static BallastChartRect
grow (const BallastChartRect *rect,
      double                  by)
{
  return (BallastChartRect){ rect->x - by, rect->y - by, rect->width + 2 * by, rect->height + 2 * by };
}

static gboolean
is_seen (const Canvas           *canvas,
         const BallastChartRect *rect)
{
  const BallastChartRect *seen = &canvas->seen;

  return rect->width > 0 && rect->x <= seen->x + seen->width && rect->x + rect->width >= seen->x &&
         rect->y <= seen->y + seen->height && rect->y + rect->height >= seen->y;
}

/* From the middle of the parent's right side to the middle of the child's left one. */
static void
draw_branch (const Canvas *canvas,
             guint         place)
{
  const BallastChartRect *child = &canvas->geometry->rects[place];
  const BallastChartRect *parent = &canvas->geometry->rects[canvas->model->items[place].parent];
  double x1 = parent->x + parent->width, y1 = parent->y + parent->height / 2;
  double x2 = child->x, y2 = child->y + child->height / 2, middle = (x1 + x2) / 2;
  BallastChartRect reach = { x1, MIN (y1, y2), x2 - x1, fabs (y2 - y1) };

  if (!is_seen (canvas, &reach))
    return;
  cairo_move_to (canvas->cr, x1, y1);
  cairo_curve_to (canvas->cr, middle, y1, middle, y2, x2, y2);
  cairo_stroke (canvas->cr);
}

/* Name and detail, one above the other where both have room. */
static void
draw_text (const Canvas           *canvas,
           const BallastTreeItem  *item,
           const BallastChartRect *rect,
           double                  padding)
{
  double room = rect->width - 2 * padding, middle = rect->y + rect->height / 2;
  gboolean both = item->detail != NULL && rect->height >= 2.3 * canvas->line;
  BallastTextPlace place = { rect->x + padding, middle, BALLAST_TEXT_START, NAME_TEXT, TRUE };

  if (canvas->line * canvas->scale < MIN_TEXT_PX || rect->height < 0.9 * canvas->line || room < 16)
    return;

  place.max_width = room;
  place.y = both ? middle - canvas->line * 0.55 : middle;
  ballast_chart_font_draw (canvas->font, canvas->cr, item->name, &place, &canvas->theme->foreground);
  if (!both)
    return;
  place.y = middle + canvas->line * 0.62;
  place.size = DETAIL_TEXT;
  place.bold = FALSE;
  ballast_chart_font_draw (canvas->font, canvas->cr, item->detail, &place, &canvas->theme->dim);
}

static void
draw_ring (const Canvas           *canvas,
           const BallastChartRect *rect,
           double                  radius)
{
  BallastChartRect ring = grow (rect, 3.5);

  path_rounded (canvas->cr, &ring, radius + 3.5);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->accent, 0.6);
  cairo_set_line_width (canvas->cr, 2);
  cairo_stroke (canvas->cr);
}

static double
get_veil (const Canvas *canvas,
          guint         place)
{
  if (canvas->model->items[place].is_selected)
    return SELECTED_VEIL;
  return (int) place == canvas->model->hovered ? HOVER_VEIL : 0;
}

static void
draw_box (const Canvas *canvas,
          guint         place)
{
  const BallastTreeItem *item = &canvas->model->items[place];
  const BallastChartRect *rect = &canvas->geometry->rects[place];
  BallastChartRect edge = grow (rect, -BORDER / 2);

  path_rounded (canvas->cr, &edge, BOX_RADIUS - BORDER / 2);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->card, 1);
  cairo_fill_preserve (canvas->cr);
  ballast_chart_set_ink (canvas->cr, &item->colour, get_veil (canvas, place));
  cairo_fill_preserve (canvas->cr);
  ballast_chart_set_ink (canvas->cr, &item->colour, 1);
  cairo_set_line_width (canvas->cr, BORDER);
  cairo_stroke (canvas->cr);
  draw_text (canvas, item, rect, PADDING);
  if (canvas->focused && (int) place == canvas->model->selected)
    draw_ring (canvas, rect, BOX_RADIUS);
}

/* A cell that stands for what lies above the zoomed one: its name runs up the strip. */
static void
draw_strip (const Canvas           *canvas,
            const BallastTreeItem  *item,
            const BallastChartRect *rect)
{
  BallastTextPlace place = { rect->x + rect->width / 2, rect->y + rect->height / 2,
                             BALLAST_TEXT_CENTRE, DETAIL_TEXT, TRUE, -G_PI / 2, rect->height - 12 };

  ballast_chart_font_draw (canvas->font, canvas->cr, item->name, &place, &canvas->theme->foreground);
}

static void
draw_cell (const Canvas *canvas,
           guint         place)
{
  const BallastTreeItem *item = &canvas->model->items[place];
  const BallastChartRect *rect = &canvas->geometry->rects[place];
  double opacity = canvas->theme->dark ? CELL_OPACITY_DARK : CELL_OPACITY;
  gboolean above = canvas->model->zoom > 0 && (int) place < canvas->model->zoom;

  path_rounded (canvas->cr, rect, CELL_RADIUS);
  ballast_chart_set_ink (canvas->cr, &item->colour, opacity + 2 * get_veil (canvas, place));
  cairo_fill (canvas->cr);
  if (item->is_class && rect->width > 10 && rect->height >= 3)
    {
      cairo_rectangle (canvas->cr, rect->x, rect->y + MIN (3, rect->height / 4), 4,
                       rect->height - 2 * MIN (3, rect->height / 4));
      ballast_chart_set_ink (canvas->cr, &item->colour, 1);
      cairo_fill (canvas->cr);
    }
  if (above)
    draw_strip (canvas, item, rect);
  else
    draw_text (canvas, item, rect, 12);
  if (canvas->focused && (int) place == canvas->model->selected)
    {
      BallastChartRect inside = grow (rect, -4.5);

      draw_ring (canvas, &inside, CELL_RADIUS);
    }
}

static void
draw_branches (const Canvas *canvas)
{
  cairo_set_line_width (canvas->cr, 2);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->axis, 1);
  for (guint i = 1; i < canvas->model->n; i++)
    draw_branch (canvas, i);
}

void
ballast_tree_draw (cairo_t                   *cr,
                   const BallastTreeModel    *model,
                   const BallastTreeGeometry *geometry,
                   const BallastTheme        *theme,
                   BallastChartFont          *font,
                   gboolean                   focused,
                   double                     scale)
{
  Canvas canvas = { cr, model, geometry, theme, font, focused, scale,
                    ballast_chart_font_get_measure (font)->line_height };
  double right, bottom;

  cairo_clip_extents (cr, &canvas.seen.x, &canvas.seen.y, &right, &bottom);
  canvas.seen.width = right - canvas.seen.x;
  canvas.seen.height = bottom - canvas.seen.y;
  if (model->style == BALLAST_TREE_STYLE_TREE)
    draw_branches (&canvas);
  for (guint i = 0; i < model->n; i++)
    if (is_seen (&canvas, &geometry->rects[i]))
      {
        if (model->style == BALLAST_TREE_STYLE_TREE)
          draw_box (&canvas, i);
        else
          draw_cell (&canvas, i);
      }
}
