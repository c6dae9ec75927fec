#pragma once

#include "ballast-filter.h"
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
  BALLAST_PASS_FILTER,   /* what the op brings along */
} BallastPassKind;

/* A filter with its numbers, which belong to the lowering. */
typedef struct
{
  const BallastFilter *filter;
  const double        *numbers;
  guint                n_numbers;
  guint                first_partner;
  guint                n_partners;
  guint                width;
  guint                height;
  double               scale_x;
  double               scale_y;
} BallastFilterUse;

/* What is then done to those rows while they are in the cache. */
typedef struct
{
  BallastActionKind kind;    /* POINT, MATRIX, HSV, GREY, NOISE, RECTANGLES or FILTER */
  void             *table;   /* POINT: 256 bytes or 65536 halfwords */
  double            exact[9];
  gint32            matrix[9];
  gint32            shifts[3];
  BallastGrey       grey;
  BallastNoise      noise;
  BallastRectangle *rectangles;
  guint             n_rectangles;
  gboolean          speckled;
  guint32           seed[2];
  guint8            pixel[4];
  BallastFilterUse  filter;
} BallastTouch;

/* A map without a matrix in the middle of a pass: first @dense, then @inverse, on the way back. */
typedef struct
{
  BallastDense *dense;
  BallastMap    inverse; /* from the frame of @dense to the link before, or to the source */
} BallastLink;

typedef struct
{
  BallastPassKind kind;
  guint           in_width, in_height;
  guint           width, height;
  BallastMap      inverse;       /* from what comes out to what goes in, in edge coordinates */
  BallastMap      forward;       /* both from the last link on, if there are any */
  GArray         *links;         /* of BallastLink, from the source on, or NULL */
  gboolean        bent;          /* WARP: not affine */
  gboolean        cubic;         /* WARP: sixteen pixels for one */
  gboolean        coarse;        /* WARP: positions rounded as OpenCV does it, for comparison */
  BallastBorder   border;
  BallastInterpolation interpolation;
  double          fill[3];
  BallastSymmetry symmetry;
  guint           left, top;
  gboolean        windowed;      /* SYMMETRY, SCALE: the picture is in here, the fill round it */
  BallastRectangle window;
  BallastAxis    *horizontal;    /* SCALE */
  BallastAxis    *vertical;
  guint           shrunk_width;  /* WARP: the source is brought to this size first, or 0 */
  guint           shrunk_height;
  guint16        *weights;       /* BLUR */
  guint           size;
  BallastFilterUse filter;       /* FILTER */
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

/* While compiling: the pass that is being added to, and a new one, which leaves all as it is. */
BallastPass *ballast_program_last_pass (BallastProgram *program);
BallastPass *ballast_program_add_pass (BallastProgram  *program,
                                       BallastPassKind  kind,
                                       guint            width,
                                       guint            height);
GArray  *ballast_touches_new          (void);

/* Adds an action of geometry, and at the end chooses the loop: ballast-program-geometry.c. */
void     ballast_program_add_geometry (BallastProgram      *program,
                                       const BallastRecipe *recipe,
                                       const BallastAction *action);
void     ballast_pass_finish_geometry (BallastPass         *pass);

/* Where @n positions of what comes out come from, in edge coordinates, in place. */
void     ballast_pass_map_back     (const BallastPass *pass,
                                    double            *x,
                                    double            *y,
                                    guint              n);

/* The same for a warp's kernel: @data is a BallastLocator. */
typedef struct
{
  const BallastPass *pass;
  double             scale_x; /* of the warp's source, relative to the pass's */
  double             scale_y;
} BallastLocator;

void     ballast_pass_locate       (gconstpointer data,
                                    const guint   at[2],
                                    guint         n,
                                    gint64       *x,
                                    gint64       *y);

/* Positions of warps are rounded to 1/32 px as OpenCV does it: to compare, not to use. */
void     ballast_program_set_coarse (BallastProgram *program);

/* Passes to rows: ballast-program-run.c.  Whether @pass leaves the pixels where they are. */
gboolean ballast_pass_is_in_place (const BallastPass  *pass);

/* Colour of a channel as it is stored: @colour is red, green, blue, 0 … 255. */
void     ballast_program_get_pixel (guint               channels,
                                    guint               depth,
                                    const double       *colour,
                                    guint8              pixel[4]);

/* The call of a filter, without rasters and not yet prepared. */
BallastFilterCall ballast_filter_use_get_call (const BallastFilterUse *use);

/* (transfer full, nullable): what the filter makes once a run; @source where it may look at it. */
gpointer ballast_filter_use_prepare (const BallastFilterUse *use,
                                     const BallastRaster    *source,
                                     const BallastRaster *const *partners,
                                     GCancellable           *cancellable);
void     ballast_filter_use_release (const BallastFilterUse *use,
                                     gpointer                prepared);

/* Rows of call->target, from call->source (NULL: in place). */
void     ballast_filter_use_run     (const BallastFilterUse *use,
                                     BallastFilterCall      *call,
                                     guint                   first,
                                     guint                   end);

/* Does @touch to rows of @raster.  @prepared is the filter's, where it is one. */
void     ballast_touch_apply       (const BallastTouch *touch,
                                    gpointer            prepared,
                                    BallastRaster      *raster,
                                    guint               first,
                                    guint               end);

G_END_DECLS
