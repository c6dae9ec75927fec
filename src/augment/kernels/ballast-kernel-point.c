/*
 * Per-pixel colour that is not HSV: tables, matrices, greys, and filled rectangles.  In place.
 *
 * Alpha is never touched.  A table that is a clipped straight line (brightness, contrast, inversion)
 * is computed rather than looked up, which is what vectors are good at; the line is accepted only if
 * it gives all 256 entries exactly.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-grey-vectors.h"
#include "ballast-kernel-planes.h"

#if !defined(BALLAST_PLAIN_KERNELS) && defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAVE_PERMUTED_TABLE 1
#endif

#define LINE_BITS 16

/* entry = clip ((v · gain + offset) >> 16) */
typedef struct
{
  gint32 gain;
  gint32 offset;
} StraightLine;

static gboolean
line_gives (const StraightLine *line,
            const guint8       *table)
{
  for (gint32 v = 0; v < 256; v++)
    if (CLAMP ((v * line->gain + line->offset) >> LINE_BITS, 0, 255) != table[v])
      return FALSE;
  return TRUE;
}

/*
 * The entries that are not clipped bound gain and offset from both sides; the slope through the
 * outermost of them is off by less than one level over its run, so a few steps of the offset and of
 * the slope within that bound find a line if there is one.
 */
static gboolean
find_line (const guint8 *table,
           StraightLine *line)
{
  gint32 low = 0, high = 255, slope, room;

  while (low < 255 && table[low] == table[0])
    low++;
  while (high > low && table[high] == table[255])
    high--;
  if (high <= low || table[high] <= table[low])
    return FALSE;

  slope = ((table[high] - table[low]) << LINE_BITS) / (high - low);
  room = (1 << LINE_BITS) / (high - low);
  for (gint32 step = -16; step <= 16; step++)
    {
      gint32 floor_offset = G_MININT32, ceiling_offset = G_MAXINT32;

      line->gain = slope + step * room / 16;
      for (gint32 v = low; v <= high; v++)
        {
          gint32 at_least = (table[v] << LINE_BITS) - v * line->gain;

          floor_offset = MAX (floor_offset, at_least);
          ceiling_offset = MIN (ceiling_offset, at_least + (1 << LINE_BITS) - 1);
        }
      if (floor_offset > ceiling_offset)
        continue;
      line->offset = floor_offset + (ceiling_offset - floor_offset) / 2;
      if (line_gives (line, table))
        return TRUE;
    }
  return FALSE;
}

BALLAST_CLONES static void
apply_line (guint8             *samples,
            gsize               n,
            const StraightLine *line)
{
  gint32 gain = line->gain, offset = line->offset;

  for (gsize i = 0; i < n; i++)
    {
      gint32 value = (samples[i] * gain + offset) >> LINE_BITS;

      value = value < 0 ? 0 : value;
      samples[i] = (guint8) (value > 255 ? 255 : value);
    }
}

static void
apply_table (guint8       *samples,
             gsize         n,
             const guint8 *table)
{
  for (gsize i = 0; i < n; i++)
    samples[i] = table[samples[i]];
}

static void
apply_table_16 (guint8        *samples,
                gsize          n,
                const guint16 *table)
{
  guint16 *values = (guint16 *) (gpointer) samples;

  for (gsize i = 0; i < n; i++)
    values[i] = table[values[i]];
}

/* Leaves every @channels-th sample, which is alpha, alone. */
static void
apply_table_beside_alpha (guint8       *samples,
                          gsize         n,
                          const guint8 *table,
                          guint         channels)
{
  for (gsize i = 0; i < n; i += channels)
    for (guint c = 0; c + 1 < channels; c++)
      samples[i + c] = table[samples[i + c]];
}

#ifdef HAVE_PERMUTED_TABLE
/* The whole table in four registers: 64 look-ups at a time. */
__attribute__ ((target ("avx512f,avx512bw,avx512vbmi"))) static void
apply_table_permuted (guint8       *samples,
                      gsize         n,
                      const guint8 *table)
{
  __m512i quarter[4];
  gsize i = 0;

  for (guint q = 0; q < 4; q++)
    quarter[q] = _mm512_loadu_si512 (table + 64 * q);
  for (; i + 64 <= n; i += 64)
    {
      __m512i index = _mm512_loadu_si512 (samples + i);
      __m512i low = _mm512_permutex2var_epi8 (quarter[0], index, quarter[1]);
      __m512i high = _mm512_permutex2var_epi8 (quarter[2], index, quarter[3]);

      _mm512_storeu_si512 (samples + i,
                           _mm512_mask_blend_epi8 (_mm512_movepi8_mask (index), low, high));
    }
  apply_table (samples + i, n - i, table);
}
#endif

static gboolean
can_permute (void)
{
#ifdef HAVE_PERMUTED_TABLE
  return ballast_kernel_get_level () >= 4 && __builtin_cpu_supports ("avx512vbmi");
#else
  return FALSE;
#endif
}

static void
apply_to_row (guint8             *samples,
              gsize               n,
              const guint8       *table,
              const StraightLine *line)
{
#ifdef HAVE_PERMUTED_TABLE
  if (can_permute ())
    {
      apply_table_permuted (samples, n, table);
      return;
    }
#endif
  if (line != NULL)
    apply_line (samples, n, line);
  else
    apply_table (samples, n, table);
}

void
ballast_kernel_table (BallastRaster *raster,
                      const void    *table,
                      guint          first,
                      guint          end)
{
  gsize n = (gsize) raster->width * raster->channels;
  StraightLine line = { 0 };
  gboolean straight = raster->depth == 8 && !can_permute () && find_line (table, &line);

  for (guint y = first; y < end; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, y);

      if (raster->depth == 16)
        apply_table_16 (row, n, table);
      else if (ballast_raster_has_alpha (raster))
        apply_table_beside_alpha (row, n, table, raster->channels);
      else
        apply_to_row (row, n, table, straight ? &line : NULL);
    }
}

BALLAST_INLINE guint8
weigh (gint32        r,
       gint32        g,
       gint32        b,
       const gint32 *w)
{
  gint32 sum = (w[0] * r + w[1] * g + w[2] * b + (1 << 14)) >> 15;

  sum = sum < 0 ? 0 : sum;
  return (guint8) (sum > 255 ? 255 : sum);
}

/* In planes; three equal rows of the matrix are one sum, into the first. */
BALLAST_INLINE void
weigh_planes (BallastPlanes *planes,
              guint          n,
              const gint32  *weights,
              gboolean       equal)
{
  guint8 *restrict red = planes->channel[0];
  guint8 *restrict green = planes->channel[1];
  guint8 *restrict blue = planes->channel[2];
  gint32 w[9];

  memcpy (w, weights, sizeof w);
  if (n > 16)
    n = BALLAST_PLANES_ROUND_UP (n);
  for (guint x = 0; x < n && equal; x++)
    red[x] = weigh (red[x], green[x], blue[x], w);
  for (guint x = 0; x < n && !equal; x++)
    {
      gint32 r = red[x], g = green[x], b = blue[x];

      red[x] = weigh (r, g, b, w);
      green[x] = weigh (r, g, b, w + 3);
      blue[x] = weigh (r, g, b, w + 6);
    }
}

#if defined(__SSE2__) && !defined(BALLAST_PLAIN_KERNELS)
/* Four pixels' sums: pairs (red, green) and (blue, 1), the 1 for the rounding. */
BALLAST_INLINE __m128i
grey_of_four (const guint8 *pixels,
              __m128i       red_green,
              __m128i       blue_half)
{
  const BallastBytes16 zero = { 0 };
  BallastBytes16 bytes, first, second;

  memcpy (&bytes, pixels, 16);
  first = __builtin_shufflevector (bytes, zero, 0, 16, 1, 16, 3, 16, 4, 16, 6, 16, 7, 16, 9, 16, 10,
                                   16);
  second = __builtin_shufflevector (bytes, zero, 2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16,
                                    16, 16);
  return _mm_srli_epi32 (
    _mm_add_epi32 (_mm_madd_epi16 ((__m128i) first, red_green),
                   _mm_madd_epi16 (_mm_or_si128 ((__m128i) second, _mm_set1_epi32 (1 << 16)),
                                   blue_half)), 15);
}

/* Weights that fit in 15 bits and whose sum is at most 1.  Returns how many pixels it did. */
BALLAST_CLONES static guint
grey_by_sixteen (guint8       *pixels,
                 guint         n,
                 const gint32 *weights)
{
  __m128i red_green = _mm_set1_epi32 (weights[0] | weights[1] * 65536);
  __m128i blue_half = _mm_set1_epi32 (weights[2] | 1 << 30);
  BallastPlanes planes;
  guint x = 0;

  for (; x + 16 <= n; x += 16)
    {
      __m128i four[4], grey;

      for (guint i = 0; i < 4; i++)
        four[i] = grey_of_four (pixels + x * 3 + 12 * i, red_green, blue_half);
      grey = _mm_packus_epi16 (_mm_packs_epi32 (four[0], four[1]), _mm_packs_epi32 (four[2], four[3]));
      memcpy (planes.channel[0], &grey, 16);
      ballast_planes_join_grey_16 (pixels + x * 3, &planes, 0);
    }
  return x;
}
#else
static guint
grey_by_sixteen (guint8       *pixels,
                 guint         n,
                 const gint32 *weights)
{
  return 0;
}
#endif

/* TRUE if the matrix makes the same of every channel.  Not by memcmp(): with the sanitizers on, GCC 12
 * takes that for a read past the end. */
static gboolean
has_equal_rows (const gint32 *w)
{
  gboolean equal = TRUE;

  for (guint i = 0; i < 3; i++)
    equal = equal && w[i] == w[i + 3] && w[i] == w[i + 6];
  return equal;
}

/* TRUE if the matrix makes a grey that can do without clipping. */
static gboolean
is_plain_grey (const gint32 *w)
{
  return has_equal_rows (w) && w[0] >= 0 && w[1] >= 0 && w[2] >= 0
         && w[0] + w[1] + w[2] <= 32768 && MAX (w[0], MAX (w[1], w[2])) < 32768;
}

BALLAST_CLONES static void
apply_matrix (guint8       *pixels,
              guint         n,
              const gint32 *weights,
              guint         channels)
{
  gboolean equal = has_equal_rows (weights);
  BallastPlanes planes;

  if (channels == 3)
    ballast_planes_split (pixels, n, 3, &planes);
  else
    ballast_planes_split (pixels, n, 4, &planes);
  if (equal)
    {
      weigh_planes (&planes, n, weights, TRUE);
      if (channels == 3)
        ballast_planes_join_grey (pixels, n, 3, &planes);
      else
        ballast_planes_join_grey (pixels, n, 4, &planes);
      return;
    }
  weigh_planes (&planes, n, weights, FALSE);
  if (channels == 3)
    ballast_planes_join (pixels, n, 3, &planes);
  else
    ballast_planes_join (pixels, n, 4, &planes);
}

void
ballast_kernel_matrix (BallastRaster *raster,
                       const gint32   weights[9],
                       guint          first,
                       guint          end)
{
  gboolean plain = raster->channels == 3 && is_plain_grey (weights);
  guint whole = plain ? ballast_kernel_grey_vectors (raster, weights, first, end) : 0;

  for (guint y = first; y < end && raster->channels >= 3; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, y);
      guint done = whole;

      if (plain)
        done += grey_by_sixteen (row + (gsize) done * 3, raster->width - done, weights);

      for (guint x = done; x < raster->width; x += BALLAST_PLANES_LENGTH)
        apply_matrix (row + (gsize) x * raster->channels,
                      MIN (BALLAST_PLANES_LENGTH, raster->width - x), weights, raster->channels);
    }
}

static guint8
grey_of (const guint8 *pixel,
         BallastGrey   grey)
{
  guint most = MAX (pixel[0], MAX (pixel[1], pixel[2]));
  guint least = MIN (pixel[0], MIN (pixel[1], pixel[2]));

  if (grey == BALLAST_GREY_AVERAGE)
    return (guint8) ((pixel[0] + pixel[1] + pixel[2]) / 3);
  return (guint8) (grey == BALLAST_GREY_MAXIMUM ? most : (most + least) / 2);
}

void
ballast_kernel_grey (BallastRaster *raster,
                     BallastGrey    grey,
                     guint          first,
                     guint          end)
{
  for (guint y = first; y < end && raster->channels >= 3; y++)
    for (guint x = 0; x < raster->width; x++)
      {
        guint8 *pixel = ballast_raster_get_row (raster, y) + (gsize) x * raster->channels;

        memset (pixel, grey_of (pixel, grey), 3);
      }
}

void
ballast_kernel_fill (BallastRaster          *raster,
                     const BallastRectangle *rectangle,
                     const guint8            pixel[4],
                     guint                   first,
                     guint                   end)
{
  guint bytes = raster->depth == 16 ? 2 : ballast_kernel_get_n_colours (raster);
  guint whole = ballast_kernel_get_pixel_bytes (raster);
  gint64 left = CLAMP (rectangle->x, 0, (gint64) raster->width);
  gint64 right = CLAMP ((gint64) rectangle->x + rectangle->width, left, (gint64) raster->width);
  gint64 top = MAX (rectangle->y, (gint64) first);
  gint64 bottom = MIN ((gint64) rectangle->y + rectangle->height, (gint64) end);

  for (gint64 y = top; y < bottom; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, (guint) y) + left * whole;

      if (bytes == whole && y > top)
        memcpy (row, ballast_raster_get_row (raster, (guint) top) + left * whole,
                (gsize) (right - left) * whole);
      else
        for (gint64 x = 0; x < right - left; x++)
          memcpy (row + x * whole, pixel, bytes);
    }
}

/* (transfer full): @n pixels, each copy twice as long as the one before. */
static guint8 *
repeat_pixel (const guint8 *pixel,
              gsize         n,
              guint         bytes)
{
  guint8 *pattern = g_malloc (n * bytes);

  memcpy (pattern, pixel, bytes);
  for (gsize done = 1; done < n; done *= 2)
    memcpy (pattern + done * bytes, pattern, MIN (done, n - done) * bytes);
  return pattern;
}

void
ballast_kernel_frame (BallastRaster          *raster,
                      const BallastRectangle *window,
                      const guint8            pixel[4],
                      guint                   first,
                      guint                   end)
{
  guint bytes = ballast_kernel_get_pixel_bytes (raster);
  gint64 right = (gint64) window->x + window->width, width = raster->width;
  g_autofree guint8 *pattern = repeat_pixel (pixel, raster->width, bytes);

  for (gint64 y = first; y < end; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, (guint) y);

      if (y >= window->y && y < (gint64) window->y + window->height && window->width > 0)
        {
          memcpy (row, pattern, (gsize) MAX (window->x, 0) * bytes);
          if (right < width)
            memcpy (row + right * bytes, pattern, (gsize) (width - right) * bytes);
        }
      else
        {
          memcpy (row, pattern, (gsize) width * bytes);
        }
    }
}
