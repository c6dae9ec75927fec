/*
 * The layout of hierarchies: a tree from left to right, and an icicle.
 *
 * In the tree every class has a row of its own, in order, and a group stands in the middle between
 * its first and its last child, so branches never cross.  In the icicle a node's cell is as high as
 * its count, and a class reaches to the right edge.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-tree-geometry.h"

#include <math.h>

#define BOX_HEIGHT_LINES 3.05 /* in lines of text */
#define BOX_PADDING 14.0
#define BOX_MIN_WIDTH 116.0
#define BOX_MAX_WIDTH 196.0
#define BOX_GAP 10.0          /* between two boxes below each other */
#define FAMILY_GAP 18.0       /* more where the parents are not the same */
#define COLUMN_GAP 72.0
#define MIN_COLUMN_GAP 36.0   /* where the width asks for it */
#define EDGE 12.0             /* round the whole */
#define STRIP_WIDTH 26.0      /* of what is above the cell that an icicle is zoomed to */
#define CELL_GAP 2.0
#define MIN_COLUMN 92.0         /* of an icicle: what lies deeper is zoomed to */
#define MIN_CELL 0.4

static double
find_box_width (const BallastTreeModel   *model,
                const BallastTextMeasure *measure)
{
  double width = BOX_MIN_WIDTH;

  for (guint i = 0; i < model->n && width < BOX_MAX_WIDTH; i++)
    {
      const BallastTreeItem *item = &model->items[i];

      width = MAX (width, 1.1 * measure->get_width (item->name, measure->user_data) + 2 * BOX_PADDING);
      if (item->detail != NULL)
        width = MAX (width, 0.97 * measure->get_width (item->detail, measure->user_data) +
                     2 * BOX_PADDING);
    }
  return MIN (ceil (width), BOX_MAX_WIDTH);
}

/* Classes get rows from the top down; a family keeps its distance from the next. */
static void
place_rows (BallastTreeGeometry    *geometry,
            const BallastTreeModel *model,
            double                  box_height)
{
  double y = EDGE;
  int last = -1;

  for (guint i = 0; i < model->n; i++)
    {
      if (model->items[i].n_below > 0)
        continue;
      if (last >= 0)
        y += box_height + BOX_GAP +
             (model->items[i].parent != model->items[last].parent ? FAMILY_GAP : 0);
      geometry->rects[i].y = y;
      last = (int) i;
    }
  geometry->height = y + box_height + EDGE;
}

/* The middles of groups, from the last to the first: children come after their parents. */
static void
place_groups (BallastTreeGeometry    *geometry,
              const BallastTreeModel *model)
{
  g_autofree int *first = g_new (int, model->n);
  g_autofree int *last = g_new (int, model->n);

  for (guint i = 0; i < model->n; i++)
    first[i] = last[i] = -1;
  for (guint i = model->n; i > 0; i--)
    {
      guint place = i - 1;
      int parent = model->items[place].parent;

      if (model->items[place].n_below > 0)
        geometry->rects[place].y = (geometry->rects[first[place]].y + geometry->rects[last[place]].y) / 2;
      if (parent < 0)
        continue;
      first[parent] = (int) place;
      if (last[parent] < 0)
        last[parent] = (int) place;
    }
}

static void
lay_out_tree (BallastTreeGeometry      *geometry,
              const BallastTreeModel   *model,
              const BallastTextMeasure *measure)
{
  double width = find_box_width (model, measure);
  double height = ceil (measure->line_height * BOX_HEIGHT_LINES);
  double gap = COLUMN_GAP;
  guint depth = 0;

  place_rows (geometry, model, height);
  place_groups (geometry, model);
  for (guint i = 0; i < model->n; i++)
    depth = MAX (depth, model->items[i].depth);
  if (depth > 0 && geometry->width > 1)
    gap = CLAMP ((geometry->width - 2 * EDGE - width) / depth - width, MIN_COLUMN_GAP, COLUMN_GAP);
  for (guint i = 0; i < model->n; i++)
    {
      geometry->rects[i].x = EDGE + model->items[i].depth * (width + gap);
      geometry->rects[i].width = width;
      geometry->rects[i].height = height;
    }
  geometry->width = 2 * EDGE + width + depth * (width + gap);
}

/* What a cell's height is in proportion to: where nothing is counted, classes are alike. */
static double
get_weight (const BallastTreeModel *model,
            guint                   place)
{
  const BallastTreeItem *item = &model->items[place];

  return model->items[0].count > 0 ? (double) item->count : 1.0 + item->n_below;
}

/* Shares the cell of @place out among its children. */
static void
share_cell (BallastTreeGeometry    *geometry,
            const BallastTreeModel *model,
            guint                   place,
            double                  column)
{
  const BallastChartRect *cell = &geometry->rects[place];
  guint end = place + model->items[place].n_below;
  double total = 0, y = cell->y;

  for (guint i = place + 1; i <= end; i += model->items[i].n_below + 1)
    total += get_weight (model, i);
  for (guint i = place + 1; total > 0 && i <= end; i += model->items[i].n_below + 1)
    {
      BallastChartRect *rect = &geometry->rects[i];

      rect->x = cell->x + cell->width;
      rect->y = y;
      rect->width = model->items[i].n_below > 0 ? column : geometry->width - rect->x;
      rect->height = cell->height * get_weight (model, i) / total;
      y += rect->height;
      if (rect->height < MIN_CELL)
        rect->width = 0;
    }
}

static guint
find_levels (const BallastTreeModel *model,
             guint                   zoom)
{
  guint deepest = model->items[zoom].depth;

  for (guint i = zoom; i <= zoom + model->items[zoom].n_below; i++)
    deepest = MAX (deepest, model->items[i].depth);
  return deepest - model->items[zoom].depth + 1;
}

static void
lay_out_icicle (BallastTreeGeometry    *geometry,
                const BallastTreeModel *model)
{
  guint zoom = model->zoom > 0 && model->zoom < (int) model->n ? (guint) model->zoom : 0;
  double strips = model->items[zoom].depth * STRIP_WIDTH;
  double most = MAX (2, floor ((geometry->width - strips) / MIN_COLUMN));
  guint levels = (guint) MIN ((double) find_levels (model, zoom), most);
  double column = (geometry->width - strips) / levels;
  double x = strips;

  for (int place = model->items[zoom].parent; place >= 0; place = model->items[place].parent)
    {
      x -= STRIP_WIDTH;
      geometry->rects[place] = (BallastChartRect){ x, 0, STRIP_WIDTH, geometry->height };
    }
  geometry->rects[zoom] = (BallastChartRect){ strips, 0, column, geometry->height };
  if (model->items[zoom].n_below == 0)
    geometry->rects[zoom].width = geometry->width - strips;
  for (guint i = zoom; i <= zoom + model->items[zoom].n_below; i++)
    if (geometry->rects[i].width > 0 && model->items[i].n_below > 0 &&
        model->items[i].depth + 1 < model->items[zoom].depth + levels)
      share_cell (geometry, model, i, column);
}

/* Cells touch while they are shared out; a gap parts them when they are drawn. */
static void
part_cells (BallastTreeGeometry *geometry)
{
  for (guint i = 0; i < geometry->n; i++)
    {
      BallastChartRect *rect = &geometry->rects[i];
      double gap = MIN (CELL_GAP, rect->height / 4);

      if (rect->width <= 0)
        continue;
      rect->width = MAX (rect->width - CELL_GAP, 0.5);
      rect->height -= gap;
    }
}

BallastTreeGeometry *
ballast_tree_geometry_new (const BallastTreeModel   *model,
                           double                    width,
                           double                    height,
                           const BallastTextMeasure *measure)
{
  BallastTreeGeometry *geometry = g_new0 (BallastTreeGeometry, 1);

  geometry->style = model->style;
  geometry->width = MAX (width, 1);
  geometry->height = MAX (height, 1);
  geometry->n = model->n;
  geometry->rects = g_new0 (BallastChartRect, model->n);
  if (model->n == 0)
    return geometry;

  if (model->style == BALLAST_TREE_STYLE_TREE)
    lay_out_tree (geometry, model, measure);
  else
    {
      lay_out_icicle (geometry, model);
      part_cells (geometry);
    }
  return geometry;
}

void
ballast_tree_geometry_free (BallastTreeGeometry *geometry)
{
  g_free (geometry->rects);
  g_free (geometry);
}

int
ballast_tree_geometry_hit (const BallastTreeGeometry *geometry,
                           double                     x,
                           double                     y)
{
  for (guint i = 0; i < geometry->n; i++)
    {
      const BallastChartRect *rect = &geometry->rects[i];

      if (rect->width > 0 && x >= rect->x && x < rect->x + rect->width && y >= rect->y &&
          y < rect->y + rect->height)
        return (int) i;
    }
  return -1;
}
