#pragma once

#include "ballast-lowering.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * The hot loops.  A kernel works on a band of rows, so that the next one finds them in the cache;
 * it knows nothing of recipes.
 *
 * Arithmetic is on integers, or on single IEEE operations, so that every clone of a loop (see
 * BALLAST_CLONES) and every band gives the same bytes.
 */

/* Compiles a function once per generation of processors; the loader picks one.  The tests build
 * the kernels once more with BALLAST_PLAIN_KERNELS, and for each generation with BALLAST_ONE_VARIANT, and
 * compare. */
#if !defined(BALLAST_ONE_VARIANT) && !defined(BALLAST_PLAIN_KERNELS) && defined(__x86_64__) \
    && defined(__GNUC__) && !defined(__clang__)
#define BALLAST_CLONES                                                                             \
  __attribute__ ((target_clones ("default", "arch=x86-64-v2", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define BALLAST_CLONES
#endif
#define BALLAST_INLINE static inline __attribute__ ((always_inline))

/* The generation (x86-64-v…) that loops written by hand may use: this processor's, or the one that
 * BALLAST_ONE_VARIANT was built for. */
static inline guint
ballast_kernel_get_level (void)
{
#if defined(BALLAST_PLAIN_KERNELS) || !defined(__x86_64__)
  return 1;
#elif defined(BALLAST_ONE_VARIANT) && defined(__AVX512BW__)
  return 4;
#elif defined(BALLAST_ONE_VARIANT) && defined(__AVX2__)
  return 3;
#elif defined(BALLAST_ONE_VARIANT)
  return 1;
#else
  if (!__builtin_cpu_supports ("avx2") || !__builtin_cpu_supports ("fma")
      || !__builtin_cpu_supports ("bmi2"))
    return 1;
  return __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl")
         && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512cd") ? 4 : 3;
#endif
}

/* Colour channels, without alpha. */
static inline guint
ballast_kernel_get_n_colours (const BallastRaster *raster)
{
  return raster->channels >= 3 ? 3 : 1;
}

/* Bytes of a pixel. */
static inline guint
ballast_kernel_get_pixel_bytes (const BallastRaster *raster)
{
  return raster->channels * raster->depth / 8;
}

/* Rows @first … @end - 1 of @target: the symmetric picture of the part of @source at @left, @top
 * (all of it inside @source). */
void ballast_kernel_symmetry (const BallastRaster *source,
                              BallastSymmetry      symmetry,
                              guint                left,
                              guint                top,
                              BallastRaster       *target,
                              guint                first,
                              guint                end);

/*
 * Bilinear sampling through an affine map.  Positions are rounded to 1/128 px; the result is within
 * 2 levels of exact interpolation.
 */
typedef struct
{
  const BallastRaster *source; /* at least 2 × 2; a ring round it is part of it */
  double               inverse[6]; /* from target to source, in indices (pixel centres are whole) */
  BallastBorder        border; /* REPLICATE, REFLECT, WRAP or REFLECT_101 */
  guint                ring_x; /* 1 where the source has a column of ring left and right */
  guint                ring_y;
  gboolean             nearest; /* no interpolation */
  /* Where the map is not affine: @n positions (index, 1/65536 px, ring not counted) of row @y from
   * column @x on. */
  void               (*locate) (gconstpointer data,
                                const guint   at[2],
                                guint         n,
                                gint64       *x,
                                gint64       *y);
  gconstpointer        data;
} BallastWarp;

/* At most so many positions are asked for at once. */
#define BALLAST_WARP_PIECE 64

void ballast_kernel_warp     (const BallastWarp   *warp,
                              BallastRaster       *target,
                              guint                first,
                              guint                end);

/* One axis of a separable resampling: for every output position a first source position and as
 * many weights, whose sum is 2^14. */
typedef struct
{
  guint   n;
  guint   n_taps;  /* even; weights past the kernel are 0 */
  gboolean rings;  /* some weights are negative */
  gint32 *start;
  gint16 *weights; /* n × n_taps */
} BallastAxis;

/* Output i covers the source from @offset + i · @step to @offset + (i + 1) · @step (px, edges;
 * @step may be negative): bilinear where |@step| <= 1, a triangle as wide as needed beyond. */
typedef struct
{
  guint                source_size;
  double               offset;
  double               step;
  BallastInterpolation interpolation;
  BallastBorder        border; /* of whole output pixels outside; taps beyond the edge count for it */
} BallastAxisSpec;

BallastAxis *ballast_axis_new_filtered (guint        n,
                                const BallastAxisSpec *spec);
BallastAxis *ballast_axis_new  (guint                n,
                                guint                source_size,
                                double               offset,
                                double               step);
void         ballast_axis_free (BallastAxis         *axis);
void ballast_kernel_scale    (const BallastRaster *source,
                              const BallastAxis   *horizontal,
                              const BallastAxis   *vertical,
                              BallastRaster       *target,
                              guint                first,
                              guint                end);

/* In place on rows of @raster.  @table has 256 bytes or 65536 halfwords. */
void ballast_kernel_table    (BallastRaster       *raster,
                              const void          *table,
                              guint                first,
                              guint                end);

/* Weights are in 1/32768, row by row; colour only. */
void ballast_kernel_matrix   (BallastRaster       *raster,
                              const gint32         weights[9],
                              guint                first,
                              guint                end);
void ballast_kernel_grey     (BallastRaster       *raster,
                              BallastGrey          grey,
                              guint                first,
                              guint                end);
void ballast_kernel_hsv      (BallastRaster       *raster,
                              const gint32         shifts[3],
                              guint                first,
                              guint                end);

typedef struct
{
  gint32   sigma; /* levels, in 1/256 */
  gint32   mean;  /* levels, in 1/256 */
  guint32  seed[2];
  gboolean per_channel;
} BallastNoise;

void ballast_kernel_noise    (BallastRaster       *raster,
                              const BallastNoise  *noise,
                              guint                first,
                              guint                end);
void ballast_kernel_fill     (BallastRaster       *raster,
                              const BallastRectangle *rectangle,
                              const guint8         pixel[4],
                              guint                first,
                              guint                end);

/* As ballast_kernel_fill(), with values of their own for every sample but alpha. */
void ballast_kernel_speckle  (BallastRaster       *raster,
                              const BallastRectangle *rectangle,
                              const guint32        seed[2],
                              guint                first,
                              guint                end);

/* 4096 numbers, evenly likely, that are normally distributed with a standard deviation of 2^11. */
const gint16 *ballast_kernel_get_quantiles (void);

/* Hashes of the places @first … of row @y: see ballast-kernel-random.h. */
void ballast_kernel_hash_places (const guint32     seed[2],
                              guint32              y,
                              guint32              first,
                              guint                n,
                              guint32             *hashes);

/* Everything outside @window becomes @pixel, alpha included. */
void ballast_kernel_frame    (BallastRaster       *raster,
                              const BallastRectangle *window,
                              const guint8         pixel[4],
                              guint                first,
                              guint                end);
/* (transfer full): getGaussianKernel's weights for ballast_kernel_blur(). */
guint16 *ballast_gaussian_weights (double         sigma,
                                   guint          size);

/* Weights of a Gaussian of @size taps, in 1/65536, from the centre outwards; their sum (the centre
 * once, the others twice) is 65536. */
void ballast_kernel_blur     (const BallastRaster *source,
                              const guint16       *weights,
                              guint                size,
                              BallastRaster       *target,
                              guint                first,
                              guint                end);

G_END_DECLS
