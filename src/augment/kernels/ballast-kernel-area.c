/*
 * Small loops over neighbours: box, 3 × 3 stencils, lines, any kernel, dilation and erosion.
 *
 * Sums of bytes are whole numbers; the one multiplication that follows is a single IEEE operation,
 * with a margin that makes the rounding exact where the divisor is odd.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-area.h"
#include "ballast-kernel-rows.h"

#include <string.h>

#define BLOCK 512

/* Adding and taking away 1.5 · 2^23 rounds to a whole number, half to even, in any instruction set. */
BALLAST_INLINE float
to_whole (float value)
{
  float shifted = value + 12582912.0f;

  return shifted - 12582912.0f;
}

BALLAST_INLINE float
within (float value,
        float maximum)
{
  value = value < 0 ? 0 : value;
  return value > maximum ? maximum : value;
}

/* Column sums: a row comes in at the bottom, one has gone out at the top. */
BALLAST_CLONES static void
add_bytes (const guint8 *in,
           const guint8 *out,
           guint         n,
           guint32      *sums)
{
  for (guint i = 0; i < n; i++)
    sums[i] += in[i];
  for (guint i = 0; i < n && out != NULL; i++)
    sums[i] -= out[i];
}

static void
add_halfwords (const guint8 *in,
               const guint8 *out,
               guint         n,
               guint32      *sums)
{
  const guint16 *more = (const guint16 *) (gconstpointer) in;
  const guint16 *less = (const guint16 *) (gconstpointer) out;

  for (guint i = 0; i < n; i++)
    sums[i] += more[i] - (less != NULL ? less[i] : 0u);
}

/* Means of @size column sums that are @step apart. */
BALLAST_CLONES static void
means_of_bytes (const guint32 *restrict sums,
                gsize                   size,
                gsize                   step,
                gsize                   n,
                guint8 *restrict        target)
{
  float half = (float) (size * size / 2) + 0.5f, share = 1.0f / (float) (size * size);
  guint32 total[BLOCK];

  for (gsize start = 0; start < n; start += BLOCK)
    {
      gsize count = MIN (BLOCK, n - start);

      memcpy (total, sums + start, count * sizeof *total);
      for (gsize k = 1; k < size; k++)
        for (gsize i = 0; i < count; i++)
          total[i] += sums[start + i + k * step];
      for (gsize i = 0; i < count; i++)
        target[start + i] = (guint8) (gint32) (((float) (gint32) total[i] + half) * share);
    }
}

static void
means_of_halfwords (const guint32 *sums,
                    guint          size,
                    guint          n,
                    guint16       *target)
{
  double half = size * size / 2 + 0.5, share = 1.0 / (size * size);

  for (guint i = 0; i < n; i++)
    {
      double total = 0;

      for (guint k = 0; k < size; k++)
        total += sums[i + k];
      target[i] = (guint16) ((total + half) * share);
    }
}

void
ballast_kernel_box (const BallastRaster *source,
                    guint                size,
                    BallastRaster       *target,
                    guint                first,
                    guint                end)
{
  g_auto(BallastRows) rows = { 0 };
  guint channels = source->channels, n = source->width * channels, bytes = source->depth / 8;
  guint margin = size / 2 * channels, padded = n + 2 * margin;
  g_autofree guint32 *sums = g_new0 (guint32, padded + 64);
  g_autofree guint8 *gone = g_malloc (padded * bytes);

  ballast_rows_init (&rows, source, BALLAST_BORDER_REFLECT_101, size / 2, size / 2);
  for (guint y = first; y < end; y++)
    {
      const guint8 *const *window = ballast_rows_get (&rows, y);
      guint8 *row = ballast_raster_get_row (target, y);

      for (guint i = y == first ? 0 : size - 1; i < size; i++)
        (bytes == 1 ? add_bytes : add_halfwords)(window[i] - margin * bytes,
                                                 y == first ? NULL : gone, padded, sums);
      memcpy (gone, window[0] - margin * bytes, padded * bytes);
      if (bytes == 1)
        means_of_bytes (sums, size, channels, n, row);
      else
        means_of_halfwords (sums, size, n, (guint16 *) (gpointer) row);
    }
}

#define COLUMNS 1024 /* samples whose sums stay in the first cache */

#define EACH_STENCIL(sample_type, integer, maximum)                                                \
  for (gssize i = 0; i < n; i++)                                                                   \
    {                                                                                              \
      integer centre = m[i], first, second = 0;                                                    \
      float value;                                                                                 \
                                                                                                   \
      if (around)                                                                                  \
      first = (integer) (u[i - step] + u[i] + u[i + step] + m[i - step] + m[i + step]            \
                         + d[i - step] + d[i] + d[i + step]);                                    \
      else                                                                                         \
        {                                                                                          \
          first = (integer) (d[i + step] - u[i - step]);                                           \
          second = (integer) (m[i + step] - m[i - step] + d[i] - u[i]);                            \
        }                                                                                          \
      value = (float) centre * w0 + (float) first * w1;                                            \
      if (!around)                                                                                 \
      value = value + (float) second * w2;                                                       \
      target[i] = (sample_type) (gint32) to_whole (within (value, maximum));                       \
    }

BALLAST_INLINE void
stencil_of_bytes (const guint8 *const *rows,
                  gboolean             around,
                  const float         *weights,
                  gssize               step,
                  gssize               n,
                  guint8 *restrict     target)
{
  const guint8 *u = rows[0], *m = rows[1], *d = rows[2];
  float w0 = weights[0], w1 = weights[1], w2 = weights[2];

  EACH_STENCIL (guint8, gint16, 255.0f)
}

/* The eight neighbours are the nine less the centre, and the nine three sums of columns: a third of the
 * loads. */
BALLAST_INLINE void
around_of_bytes (const guint8 *const *rows,
                 const float         *weights,
                 gssize               step,
                 gssize               n,
                 guint8 *restrict     target)
{
  gint16 columns[COLUMNS + 2 * 4];
  float w0 = weights[0], w1 = weights[1];

  for (gssize start = 0; start < n; start += COLUMNS)
    {
      const guint8 *u = rows[0] + start, *m = rows[1] + start, *d = rows[2] + start;
      gssize count = MIN (COLUMNS, n - start);

      for (gssize i = 0; i < count + 2 * step; i++)
        columns[i] = (gint16) (u[i - step] + m[i - step] + d[i - step]);
      for (gssize i = 0; i < count; i++)
        {
          gint16 centre = m[i];
          gint16 others = (gint16) (columns[i] + columns[i + step] + columns[i + 2 * step] - centre);
          float value = (float) centre * w0 + (float) others * w1;

          target[start + i] = (guint8) (gint32) to_whole (within (value, 255.0f));
        }
    }
}

BALLAST_CLONES static void
stencil_row (const guint8 *const *rows,
             gboolean             around,
             const float         *weights,
             gssize               step,
             gssize               n,
             guint8              *target)
{
  if (around && step == 3)
    around_of_bytes (rows, weights, 3, n, target);
  else if (around)
    around_of_bytes (rows, weights, step, n, target);
  else
    stencil_of_bytes (rows, FALSE, weights, step, n, target);
}

static void
stencil_row_16 (const guint8 *const *rows,
                gboolean             around,
                const float         *weights,
                gssize               n,
                guint16             *target)
{
  const guint16 *u = (const guint16 *) (gconstpointer) rows[0];
  const guint16 *m = (const guint16 *) (gconstpointer) rows[1];
  const guint16 *d = (const guint16 *) (gconstpointer) rows[2];
  float w0 = weights[0], w1 = weights[1], w2 = weights[2];
  gssize step = 1;

  EACH_STENCIL (guint16, gint32, 65535.0f)
}

void
ballast_kernel_stencil (const BallastRaster *source,
                        BallastStencil       stencil,
                        const float          weights[3],
                        BallastRaster       *target,
                        const guint          band[2])
{
  g_auto(BallastRows) rows = { 0 };
  guint n = source->width * source->channels;
  gboolean around = stencil == BALLAST_STENCIL_AROUND;

  ballast_rows_init (&rows, source, BALLAST_BORDER_REFLECT_101, 1, 1);
  for (guint y = band[0]; y < band[1]; y++)
    {
      const guint8 *const *window = ballast_rows_get (&rows, y);
      guint8 *row = ballast_raster_get_row (target, y);

      if (source->depth == 16)
        stencil_row_16 (window, around, weights, n, (guint16 *) (gpointer) row);
      else
        stencil_row (window, around, weights, source->channels, n, row);
    }
}

BALLAST_CLONES static void
add_shifted (const guint8 *restrict from,
             guint                  n,
             guint16 *restrict      sums)
{
  for (guint i = 0; i < n; i++)
    sums[i] = (guint16) (sums[i] + from[i]);
}

/* The same of two rows at once: the sums go through memory half as often. */
BALLAST_CLONES static void
add_two_shifted (const guint8 *restrict first,
                 const guint8 *restrict second,
                 guint                  n,
                 guint16 *restrict      sums)
{
  for (guint i = 0; i < n; i++)
    sums[i] = (guint16) (sums[i] + first[i] + second[i]);
}

BALLAST_CLONES static void
share_out (const guint16 *restrict sums,
           float                   share,
           guint                   n,
           guint8 *restrict        target)
{
  for (guint i = 0; i < n; i++)
    target[i] = (guint8) (gint32) to_whole ((float) sums[i] * share);
}

static const guint8 *
get_shifted (const guint8 *const *window,
             const BallastPoints *points,
             guint                point,
             guint                channels)
{
  return window[points->offset[2 * point + 1] + (gint32) points->reach]
         + (gssize) points->offset[2 * point] * (gssize) channels;
}

static void
points_of_bytes (const guint8 *const *window,
                 const BallastPoints *points,
                 guint                channels,
                 guint                n,
                 guint8              *target)
{
  guint16 sums[BLOCK];

  for (guint start = 0; start < n; start += BLOCK)
    {
      guint count = MIN (BLOCK, n - start);

      memset (sums, 0, sizeof sums);
      for (guint p = 0; p + 1 < points->n; p += 2)
        add_two_shifted (get_shifted (window, points, p, channels) + start,
                         get_shifted (window, points, p + 1, channels) + start, count, sums);
      if (points->n % 2 == 1)
        add_shifted (get_shifted (window, points, points->n - 1, channels) + start, count, sums);
      share_out (sums, 1.0f / (float) points->n, count, target + start);
    }
}

static void
points_of_halfwords (const guint8 *const *window,
                     const BallastPoints *points,
                     guint                n,
                     guint16             *target)
{
  for (gssize i = 0; i < n; i++)
    {
      guint32 sum = points->n / 2;

      for (guint p = 0; p < points->n; p++)
        {
          const guint8 *row = window[points->offset[2 * p + 1] + (gint32) points->reach];

          sum += ((const guint16 *) (gconstpointer) row)[i + points->offset[2 * p]];
        }
      target[i] = (guint16) (sum / points->n);
    }
}

void
ballast_kernel_mean_of_points (const BallastRaster *source,
                               const BallastPoints *points,
                               BallastRaster       *target,
                               guint                first,
                               guint                end)
{
  g_auto(BallastRows) rows = { 0 };
  guint n = source->width * source->channels;

  ballast_rows_init (&rows, source, BALLAST_BORDER_REFLECT_101, points->reach, points->reach);
  for (guint y = first; y < end; y++)
    {
      const guint8 *const *window = ballast_rows_get (&rows, y);
      guint8 *row = ballast_raster_get_row (target, y);

      if (source->depth == 16)
        points_of_halfwords (window, points, n, (guint16 *) (gpointer) row);
      else
        points_of_bytes (window, points, source->channels, n, row);
    }
}

BALLAST_CLONES static void
add_weighted (const guint8 *restrict from,
              float                  weight,
              guint                  n,
              float *restrict        sums)
{
  for (guint i = 0; i < n; i++)
    sums[i] += weight * (float) from[i];
}

BALLAST_CLONES static void
add_weighted_16 (const guint16 *restrict from,
                 float                   weight,
                 guint                   n,
                 float *restrict         sums)
{
  for (guint i = 0; i < n; i++)
    sums[i] += weight * (float) from[i];
}

static void
convolve_block (const guint8 *const *window,
                const float         *weights,
                guint                size,
                const BallastRaster *source,
                gssize               start,
                guint                n,
                float               *sums)
{
  gssize half = size / 2;

  memset (sums, 0, sizeof *sums * n);
  for (gssize k = 0; k < size * size; k++)
    {
      gssize from = start + (k % size - half) * (gssize) source->channels;

      if (weights[k] == 0)
        continue;
      if (source->depth == 16)
        add_weighted_16 ((const guint16 *) (gconstpointer) window[k / size] + from, weights[k], n,
                         sums);
      else
        add_weighted (window[k / size] + from, weights[k], n, sums);
    }
}

void
ballast_kernel_convolve (const BallastRaster *source,
                         const float         *weights,
                         guint                size,
                         BallastRaster       *target,
                         const guint          band[2])
{
  g_auto(BallastRows) rows = { 0 };
  guint n = source->width * source->channels;
  float sums[BLOCK];

  ballast_rows_init (&rows, source, BALLAST_BORDER_REFLECT_101, size / 2, size / 2);
  for (guint y = band[0]; y < band[1]; y++)
    for (guint start = 0; start < n; start += BLOCK)
      {
        guint count = MIN (BLOCK, n - start);
        guint8 *row = ballast_raster_get_row (target, y);

        convolve_block (ballast_rows_get (&rows, y), weights, size, source, start, count, sums);
        for (guint i = 0; i < count && source->depth == 8; i++)
          row[start + i] = (guint8) (gint32) to_whole (within (sums[i], 255));
        for (guint i = 0; i < count && source->depth == 16; i++)
          ((guint16 *) (gpointer) row)[start + i] = (guint16) (gint32) to_whole (within (sums[i],
                                                                                         65535));
      }
}

/* Outside is repeated from the edge: those pixels are in the window anyhow. */
BALLAST_CLONES static void
keep_extreme (const guint8 *restrict from,
              guint                  n,
              gboolean               smallest,
              guint8 *restrict       kept)
{
  if (smallest)
    for (guint i = 0; i < n; i++)
      kept[i] = from[i] < kept[i] ? from[i] : kept[i];
  else
    for (guint i = 0; i < n; i++)
      kept[i] = from[i] > kept[i] ? from[i] : kept[i];
}

static void
keep_extreme_16 (const guint8 *from,
                 guint         n,
                 gboolean      smallest,
                 guint8       *kept)
{
  const guint16 *values = (const guint16 *) (gconstpointer) from;
  guint16 *best = (guint16 *) (gpointer) kept;

  for (guint i = 0; i < n; i++)
    if (smallest ? values[i] < best[i] : values[i] > best[i])
      best[i] = values[i];
}

void
ballast_kernel_morphology (const BallastRaster     *source,
                           const BallastMorphology *morphology,
                           BallastRaster           *target,
                           guint                    first,
                           guint                    end)
{
  g_auto(BallastRows) rows = { 0 };
  guint bytes = source->depth / 8, step = source->channels * bytes;
  guint n = source->width * source->channels, half_x = morphology->width / 2;
  guint half_y = morphology->height / 2, padded = n + (morphology->width - 1) * source->channels;
  g_autofree guint8 *kept = g_malloc ((gsize) padded * bytes);

  ballast_rows_init (&rows, source, BALLAST_BORDER_REPLICATE, half_x + 1, half_y);
  for (guint y = first; y < end; y++)
    {
      const guint8 *const *window = ballast_rows_get (&rows, y);
      guint8 *row = ballast_raster_get_row (target, y);

      memcpy (kept, window[0] - half_x * step, (gsize) padded * bytes);
      for (guint i = 1; i < morphology->height; i++)
        (bytes == 1 ? keep_extreme : keep_extreme_16)(window[i] - half_x * step, padded,
                                                      morphology->smallest, kept);
      memcpy (row, kept, (gsize) n * bytes);
      for (guint i = 1; i < morphology->width; i++)
        (bytes == 1 ? keep_extreme : keep_extreme_16)(kept + i * step, n, morphology->smallest,
                                                      row);
    }
}
