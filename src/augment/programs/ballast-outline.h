#pragma once

#include "ballast-box.h"
#include "ballast-lowering.h"

G_BEGIN_DECLS

/*
 * An outline on its way through a recipe: a polygon that is moved whole, and the pieces of it that
 * holes, frames and shuffled grids leave.
 */
typedef struct
{
  GArray *points; /* of BallastPoint */
  guint   group;  /* pieces that are still one thing */
} BallastPiece;

typedef struct
{
  GArray   *whole;    /* of BallastPoint */
  GArray   *pieces;   /* of BallastPiece */
  guint     n_groups;
} BallastOutline;

/* Follows the part of @points inside the image through all actions of @lowering.  Nothing is cut at the last frame yet. */
void   ballast_outline_init         (BallastOutline        *outline,
                                     const BallastPoint    *points,
                                     guint                  n_points,
                                     const BallastLowering *lowering);
void   ballast_outline_clear        (BallastOutline        *outline);

/* Cuts every piece at the frame 0, 0, @width, @height. */
void   ballast_outline_cut          (BallastOutline        *outline,
                                     double                 width,
                                     double                 height);

/* Of a closed polygon, whichever way round. */
double ballast_outline_get_area     (const GArray          *points);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastOutline, ballast_outline_clear)

G_END_DECLS
