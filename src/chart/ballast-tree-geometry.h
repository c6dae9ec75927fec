#pragma once

#include "ballast-chart-geometry.h"
#include "ballast-tree-model.h"

G_BEGIN_DECLS

/*
 * Where the nodes of a hierarchy lie: a pure function of a model, a size and a measure of text.
 *
 * A tree has its own size; where @width asks for it, its columns come nearer to each other.  An
 * icicle fills what it is given, with as many levels as can be read.  Cells too low to be
 * seen have no height.  O(n).
 */
typedef struct
{
  BallastTreeStyle  style;
  double            width;
  double            height;
  guint             n;
  BallastChartRect *rects;    /* by place; width 0: not drawn */
} BallastTreeGeometry;

/* (transfer full) */
BallastTreeGeometry *ballast_tree_geometry_new    (const BallastTreeModel    *model,
                                                   double                     width,
                                                   double                     height,
                                                   const BallastTextMeasure  *measure);
void                 ballast_tree_geometry_free   (BallastTreeGeometry       *geometry);

/* The place at a point, or -1. */
int                  ballast_tree_geometry_hit    (const BallastTreeGeometry *geometry,
                                                   double                     x,
                                                   double                     y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTreeGeometry, ballast_tree_geometry_free)

G_END_DECLS
