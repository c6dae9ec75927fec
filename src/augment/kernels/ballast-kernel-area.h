#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * Loops that read neighbours: from @source to rows @first … @end - 1 of @target, all channels (alpha
 * is put back by the program).  Sizes are odd.
 */

/* At most 255 px. */
void ballast_kernel_median (const BallastRaster *source,
                            guint                size,
                            BallastRaster       *target,
                            guint                first,
                            guint                end);

/* Mean of size × size pixels, at most 99; the edge is mirrored (reflect101). */
void ballast_kernel_box    (const BallastRaster *source,
                            guint                size,
                            BallastRaster       *target,
                            guint                first,
                            guint                end);

/* Weights of the pixel, of its neighbours, … in single precision; rounded half to even; reflect101. */
typedef enum
{
  BALLAST_STENCIL_AROUND,  /* weight[0] · centre + weight[1] · Σ 8 neighbours */
  BALLAST_STENCIL_RELIEF,  /* … + weight[1] · (lower right − upper left)
                              + weight[2] · (right − left + lower − upper) */
} BallastStencil;

void ballast_kernel_stencil (const BallastRaster *source,
                             BallastStencil       stencil,
                             const float          weights[3],
                             BallastRaster       *target,
                             const guint          rows[2]);

/* Mean of the pixels at @n offsets (x and y in turn; none farther than @reach); reflect101. */
typedef struct
{
  guint   reach;
  guint   n;
  gint32 *offset; /* 2 × n */
} BallastPoints;

void ballast_kernel_mean_of_points (const BallastRaster *source,
                                    const BallastPoints *points,
                                    BallastRaster       *target,
                                    guint                first,
                                    guint                end);

/* A weighted sum of size × size pixels in single precision, in the order of the weights. */
void ballast_kernel_convolve (const BallastRaster *source,
                              const float         *weights,
                              guint                size,
                              BallastRaster       *target,
                              const guint          rows[2]);

/* The largest (or smallest) of width × height pixels; (width / 2, height / 2) of them lie to the
 * left and above.  Outside counts for nothing. */
typedef struct
{
  guint    width, height;
  gboolean smallest;
} BallastMorphology;

void ballast_kernel_morphology (const BallastRaster     *source,
                                const BallastMorphology *morphology,
                                BallastRaster           *target,
                                guint                    first,
                                guint                    end);

G_END_DECLS
