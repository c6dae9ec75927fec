#pragma once

#include "ballast-chart-file.h"
#include "ballast-chart-font.h"
#include "ballast-tree-geometry.h"

G_BEGIN_DECLS

/*
 * Draws @model as @geometry lays it out, on a ground that the caller has painted.  What lies outside
 * of cairo's clip is left out, and text that @scale (device units per unit) makes too small to read.
 * @focused adds a ring round the selected node.
 */
void     ballast_tree_draw      (cairo_t                       *cr,
                                 const BallastTreeModel        *model,
                                 const BallastTreeGeometry     *geometry,
                                 const BallastTheme            *theme,
                                 BallastChartFont              *font,
                                 gboolean                       focused,
                                 double                         scale);

/* As ballast_chart_file_save(); a tree without a size in @options has a page of its own size. */
gboolean ballast_tree_file_save (const BallastTreeModel        *model,
                                 const char                    *path,
                                 const BallastChartFileOptions *options,
                                 GError                       **error);

G_END_DECLS
