#pragma once

#include "ballast-filter.h"
#include "ballast-kernel-block.h"
#include "ballast-ops.h"

G_BEGIN_DECLS

/*
 * What weather is painted with: clouds of noise, soft spots, and rows that are blended with a
 * colour.  Lengths are shares of the picture's longer side unless they are said to be pixels, so
 * that a preview shows what the full picture gets.
 */
/* Draws one after the other, from two words of a step's numbers. */
typedef struct
{
  guint32 row;
  guint32 salt;
  guint32 count;
} BallastDraws;

BallastDraws ballast_draws_new   (const BallastFilterCall *call,
                                guint                    first_seed);
float       ballast_draws_unit  (BallastDraws             *dice);
float       ballast_draws_range (BallastDraws             *dice,
                                float                    low,
                                float                    high);

/* A grid of 0 … 65535 that is stretched over the picture, bilinear in between. */
typedef struct
{
  guint    width;
  guint    height;
  guint16 *value;
} BallastField;

/* Noise of several octaves (Perlin's “fractal sum” of value noise), from cells of @cell down. */
BallastField *ballast_field_new_noise   (const BallastFilterCall *call,
                                         guint                    first_seed,
                                         double                   cell,
                                         guint                    octaves);

/* 65535 inside the polygon of @n corners (shares of width and height), blurred by @softness. */
BallastField *ballast_field_new_polygon (const BallastFilterCall *call,
                                         const float            (*corners)[2],
                                         guint                    n,
                                         double                   softness);
void          ballast_field_free        (BallastField            *field);
void          ballast_field_read        (const BallastField      *field,
                                         const BallastRaster     *raster,
                                         guint                    x,
                                         guint                    y,
                                         guint                    n,
                                         guint16                 *values);

/* A soft ellipse in pixels of the raster, lit from the upper left. */
typedef struct
{
  float x, y;           /* its centre */
  float radius_x, radius_y;
  float opacity;        /* 0 … 1 at the centre */
  float hardness;       /* 0: fades from the centre on; 1: has an edge */
  float relief;         /* how much lighter its upper left is, 0 … 1 */
  guint8 colour[3];
} BallastSpot;

typedef struct
{
  guint        n;
  BallastSpot *items;
} BallastSpots;

BallastSpots *ballast_spots_new   (guint                    n);
void          ballast_spots_free  (BallastSpots            *spots);
void          ballast_spots_draw  (const BallastSpots      *spots,
                                   BallastRaster           *raster,
                                   guint                    first,
                                   guint                    end);

/* The longer side of the picture in pixels. */
double        ballast_weather_side (const BallastFilterCall *call);

/* Moves pixel i of @block by alpha[i] / 256 of the way to @colour. */
void          ballast_block_blend  (BallastBlock            *block,
                                    const guint16           *alpha,
                                    const guint8             colour[3]);

/* Brightness and a little less colour: what clouds leave of the light; in 1/256. */
void          ballast_block_dim    (BallastBlock            *block,
                                    gint32                   factor);

/* Puts the range's draw and nothing else. */
void          ballast_weather_put_range (BallastSampler     *sampler,
                                         const BallastValue *range);

G_END_DECLS
