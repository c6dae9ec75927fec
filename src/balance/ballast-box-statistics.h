#pragma once

#include "ballast-box.h"

G_BEGIN_DECLS

/* COCO's bands by the area of the box, half-open: small < 32² <= medium < 96² <= large (Lin et al.
 * 2014; pycocotools counts 1024 and 9216 px² in two bands, this counts each box once). */
typedef enum
{
  BALLAST_BOX_SMALL,
  BALLAST_BOX_MEDIUM,
  BALLAST_BOX_LARGE,
} BallastBoxBand;

#define BALLAST_N_BOX_BANDS 3
#define BALLAST_BOX_MEDIUM_AREA (32.0 * 32.0) /* px²: the least that is medium */
#define BALLAST_BOX_LARGE_AREA (96.0 * 96.0)

/* Relative size is log2 (√(w·h) / √(W·H)): bins of half an octave up to 0, the first takes in all
 * that is smaller.  Bin i begins at (i - 16) / 2. */
#define BALLAST_BOX_RELATIVE_BINS 16

/* Aspect is log2 (w / h): bins of half an octave with the square in the middle of the middle one;
 * the outer ones take in what is beyond.  Bin i is centred at (i - 8) / 2. */
#define BALLAST_BOX_ASPECT_BINS 17

typedef struct
{
  guint64 boxes;
  guint64 without_area;  /* a side is 0 or less: in no band and no bin */
  guint64 bands[BALLAST_N_BOX_BANDS];
  guint64 relative[BALLAST_BOX_RELATIVE_BINS]; /* of boxes in pictures whose size is known */
  guint64 aspect[BALLAST_BOX_ASPECT_BINS];
} BallastBoxStatistics;

/* @width, @height: of the picture, px; 0: unknown. */
void           ballast_box_statistics_add (BallastBoxStatistics *self,
                                           const BallastBox     *box,
                                           double                width,
                                           double                height);

BallastBoxBand ballast_box_get_band (double area);
/* (transfer none): "small", "medium", "large". */
const char    *ballast_box_band_get_name (BallastBoxBand band);

/* The cells of a location map, in both directions. */
#define BALLAST_LOCATION_CELLS 32

/*
 * Where boxes lie in their pictures: the picture as 32 × 32 cells, row by row from the top left,
 * each with how many boxes cover it, parts of cells as parts.  Divided by boxes it says what share
 * of the boxes covers a place.
 */
typedef struct
{
  guint64 boxes;  /* of pictures whose size is known, with an area in the picture */
  float   cells[BALLAST_LOCATION_CELLS * BALLAST_LOCATION_CELLS];
} BallastLocationMap;

/* Adds what of @box lies in the picture. */
void           ballast_location_map_add (BallastLocationMap *self,
                                         const BallastBox   *box,
                                         double              width,
                                         double              height);

/* The share of the boxes that cover the cell: 0 … 1, and 0 without boxes. */
double         ballast_location_map_get_share (const BallastLocationMap *self,
                                               guint                     column,
                                               guint                     row);

G_END_DECLS
