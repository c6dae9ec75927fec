#pragma once

#include "ballast-kernel.h"
#include "ballast-program.h"

G_BEGIN_DECLS

/* What makes the rows of a pass. */
typedef enum
{
  BALLAST_PASS_COPY,     /* the source as it is */
  BALLAST_PASS_SYMMETRY, /* a part of it, mirrored or turned: an exact copy */
  BALLAST_PASS_SCALE,    /* resampled along the axes */
  BALLAST_PASS_WARP,     /* resampled through any affine map */
  BALLAST_PASS_BLUR,
} BallastPassKind;

/* What is then done to those rows while they are in the cache. */
typedef struct
{
  BallastActionKind kind;    /* POINT, MATRIX, HSV, GREY, NOISE or RECTANGLES */
  void             *table;   /* POINT: 256 bytes or 65536 halfwords */
  double            exact[9];
  gint32            matrix[9];
  gint32            shifts[3];
  BallastGrey       grey;
  BallastNoise      noise;
  BallastRectangle *rectangles;
  guint             n_rectangles;
  guint8            pixel[4];
} BallastTouch;

typedef struct
{
  BallastPassKind kind;
  guint           in_width, in_height;
  guint           width, height;
  BallastMap      inverse;       /* from what comes out to what goes in, in edge coordinates */
  BallastMap      forward;
  BallastBorder   border;
  double          fill[3];
  BallastSymmetry symmetry;
  guint           left, top;
  BallastAxis    *horizontal;    /* SCALE */
  BallastAxis    *vertical;
  guint           shrunk_width;  /* WARP: the source is brought to this size first, or 0 */
  guint           shrunk_height;
  guint16        *weights;       /* BLUR */
  guint           size;
  GArray         *touches;       /* of BallastTouch */
} BallastPass;

struct _BallastProgram
{
  guint           width, height; /* of what goes in */
  guint           channels, depth;
  guint           out_width, out_height;
  double          scale_x;       /* what goes in, relative to the recipe's picture */
  double          scale_y;
  GArray         *passes;        /* of BallastPass */
  BallastLowering lowering;      /* for boxes */
};

/* Passes to rows: ballast-program-run.c.  Whether @pass leaves the pixels where they are. */
gboolean ballast_pass_is_in_place (const BallastPass  *pass);

/* Colour of a channel as it is stored: @colour is red, green, blue, 0 … 255. */
void     ballast_program_get_pixel (guint               channels,
                                    guint               depth,
                                    const double       *colour,
                                    guint8              pixel[4]);

/* Does @touch to rows of @raster. */
void     ballast_touch_apply       (const BallastTouch *touch,
                                    BallastRaster      *raster,
                                    guint               first,
                                    guint               end);

G_END_DECLS
