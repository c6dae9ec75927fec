#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * Contrast-limited adaptive equalisation of one plane: a table for each tile, and between the tiles'
 * centres a bilinear mixture.  OpenCV's createCLAHE(), bit by bit, in 8 and in 16 bits.
 */
typedef struct
{
  guint   width, height;     /* of the plane */
  guint   n_levels;
  guint   across, down;      /* tiles */
  guint   tile_width, tile_height;
  guint8 *tables;            /* across × down × n_levels, bytes or halfwords */
  guint32 *mixed;            /* 8 bits: four tables in one, for each cell between the centres */
  guint16 *left;             /* for each column, the tile whose centre lies to its left, plus one */
  float   *share;            /* and the share of the one to its right */
} BallastTiles;

/* @plane: one channel, 8 or 16 bits. */
BallastTiles *ballast_tiles_new    (const BallastRaster *plane,
                                    guint                across,
                                    guint                down,
                                    double               clip_limit);
void          ballast_tiles_free   (BallastTiles        *tiles);

/* One row of values, 8 or 16 bits each; @to may be @from. */
void          ballast_tiles_map_row (const BallastTiles *tiles,
                                     guint               y,
                                     const guint8       *from,
                                     guint8             *to);

G_END_DECLS
