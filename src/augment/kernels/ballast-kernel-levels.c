/*
 * Histograms, greys, and a table for each channel.
 *
 * Counting keeps two sets of counters, so that runs of one value do not wait for themselves.  Three
 * tables fit in twelve vector registers where there are enough of them; elsewhere they are looked
 * up one sample at a time, with the same result.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-kernel-planes.h"

#if !defined(BALLAST_PLAIN_KERNELS) && defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAVE_PERMUTED_TABLES 1
#endif

static void
count_colour (const guint8 *pixels,
              guint         n,
              guint         channels,
              guint32       (*count)[2][256])
{
  for (guint x = 0; x < n; x++, pixels += channels)
    {
      count[0][x & 1][pixels[0]]++;
      count[1][x & 1][pixels[1]]++;
      count[2][x & 1][pixels[2]]++;
    }
}

static void
count_grey (const guint8 *pixels,
            guint         n,
            guint         channels,
            guint32       (*count)[2][256])
{
  for (guint x = 0; x < n; x++, pixels += channels)
    count[x & 1][x >> 1 & 1][*pixels]++;
}

static void
count_bytes (const BallastRaster *raster,
             BallastHistogram    *histogram)
{
  guint32 count[3][2][256] = { 0 };

  for (guint y = 0; y < raster->height; y++)
    {
      const guint8 *row = ballast_raster_get_row (raster, y);

      if (histogram->n_channels == 3)
        count_colour (row, raster->width, raster->channels, count);
      else
        count_grey (row, raster->width, raster->channels, count);
    }
  for (guint c = 0; c < 3; c++)
    for (guint v = 0; v < 256; v++)
      histogram->count[histogram->n_channels == 3 ? c : 0][v] += count[c][0][v] + count[c][1][v];
}

BallastHistogram *
ballast_histogram_new (const BallastRaster *raster)
{
  BallastHistogram *histogram = g_new0 (BallastHistogram, 1);

  histogram->n_channels = ballast_kernel_get_n_colours (raster);
  histogram->n_levels = raster->depth == 16 ? 65536 : 256;
  histogram->n_pixels = (guint64) raster->width * raster->height;
  for (guint c = 0; c < histogram->n_channels; c++)
    histogram->count[c] = g_new0 (guint32, histogram->n_levels);
  if (raster->depth == 8)
    {
      count_bytes (raster, histogram);
      return histogram;
    }
  for (guint y = 0; y < raster->height; y++)
    {
      const guint16 *row = (const guint16 *) (gpointer) ballast_raster_get_row (raster, y);

      for (guint x = 0; x < raster->width; x++)
        histogram->count[0][row[x]]++;
    }
  return histogram;
}

void
ballast_histogram_free (BallastHistogram *histogram)
{
  for (guint c = 0; c < histogram->n_channels; c++)
    g_free (histogram->count[c]);
  g_free (histogram);
}

BallastTables *
ballast_tables_new (guint n_channels,
                    guint n_levels)
{
  BallastTables *tables = g_new0 (BallastTables, 1);

  tables->n_channels = n_channels;
  tables->n_levels = n_levels;
  for (guint c = 0; c < n_channels; c++)
    tables->table[c] = g_malloc0 (n_levels == 65536 ? 2 * 65536 : 256);
  return tables;
}

void
ballast_tables_free (BallastTables *tables)
{
  for (guint c = 0; c < tables->n_channels; c++)
    g_free (tables->table[c]);
  g_free (tables);
}

void
ballast_tables_set (BallastTables *tables,
                    guint          channel,
                    guint          level,
                    double         value)
{
  double clipped = value > 0 ? MIN (value, tables->n_levels - 1) : 0;

  if (tables->n_levels == 65536)
    ((guint16 *) tables->table[channel])[level] = (guint16) clipped;
  else
    ((guint8 *) tables->table[channel])[level] = (guint8) clipped;
}

static void
apply_tables (guint8      *pixels,
              guint        n,
              guint        channels,
              void *const *tables)
{
  const guint8 *red = tables[0], *green = tables[1], *blue = tables[2];

  for (guint x = 0; x < n; x++, pixels += channels)
    {
      pixels[0] = red[pixels[0]];
      pixels[1] = green[pixels[1]];
      pixels[2] = blue[pixels[2]];
    }
}

#ifdef HAVE_PERMUTED_TABLES
#define PERMUTED __attribute__ ((target ("avx512f,avx512bw,avx512vbmi")))

PERMUTED static inline __m512i
look_up (__m512i        index,
         const __m512i *quarter)
{
  __m512i low = _mm512_permutex2var_epi8 (quarter[0], index, quarter[1]);
  __m512i high = _mm512_permutex2var_epi8 (quarter[2], index, quarter[3]);

  return _mm512_mask_blend_epi8 (_mm512_movepi8_mask (index), low, high);
}

/* 64 samples at a time; every third of them, from one that shifts with each step, is a channel's. */
PERMUTED static guint
apply_tables_permuted (guint8      *samples,
                       guint        n,
                       void *const *tables)
{
  static const guint64 third[3] = { 0x9249249249249249u, 0x2492492492492492u, 0x4924924924924924u };
  __m512i quarter[3][4];
  guint i = 0, phase = 0;

  for (guint c = 0; c < 3; c++)
    for (guint q = 0; q < 4; q++)
      quarter[c][q] = _mm512_loadu_si512 ((const guint8 *) tables[c] + 64 * q);
  for (; i + 64 <= n; i += 64, phase = (phase + 1) % 3)
    {
      /* The first sample of this step is channel (phase · 64) mod 3 = phase. */
      __m512i index = _mm512_loadu_si512 (samples + i), result = look_up (index, quarter[0]);

      result = _mm512_mask_blend_epi8 (third[(4 - phase) % 3], result, look_up (index, quarter[1]));
      result = _mm512_mask_blend_epi8 (third[(5 - phase) % 3], result, look_up (index, quarter[2]));
      _mm512_storeu_si512 (samples + i, result);
    }
  return i;
}
#endif

/* Pixels of a row that are done in vectors: whole ones. */
static guint
apply_tables_fast (guint8      *row,
                   guint        n,
                   guint        channels,
                   void *const *tables)
{
#ifdef HAVE_PERMUTED_TABLES
  if (channels == 3 && __builtin_cpu_supports ("avx512vbmi") && __builtin_cpu_supports ("avx512bw"))
    return apply_tables_permuted (row, n / 64 * 192, tables) / 3;
#endif
  return 0;
}

void
ballast_kernel_tables (BallastRaster       *raster,
                       const BallastTables *tables,
                       guint                first,
                       guint                end)
{
  guint channels = raster->channels;

  if (tables->n_channels == 1 || ballast_kernel_get_n_colours (raster) == 1)
    {
      ballast_kernel_table (raster, tables->table[0], first, end);
      return;
    }
  for (guint y = first; y < end; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, y);
      guint done = apply_tables_fast (row, raster->width, channels, tables->table);

      apply_tables (row + (gsize) done * channels, raster->width - done, channels, tables->table);
    }
}

void
ballast_filter_run_tables (const BallastFilterCall *call,
                           guint                    first,
                           guint                    end)
{
  ballast_kernel_tables (call->target, call->prepared, first, end);
}

BALLAST_CLONES static void
luma_of_three (const guint8 *pixels,
               guint         n,
               guint8       *grey)
{
  BallastPlanes planes;

  ballast_planes_split (pixels, n, 3, &planes);
  for (guint x = 0; x < n; x++)
    grey[x] = (guint8) ((9798u * planes.channel[0][x] + 19235u * planes.channel[1][x]
                         + 3735u * planes.channel[2][x] + (1u << 14)) >> 15);
}

void
ballast_kernel_luma (const guint8 *pixels,
                     guint         channels,
                     guint         n,
                     guint8       *grey)
{
  for (guint start = 0; start < n && channels == 3; start += BALLAST_PLANES_LENGTH)
    luma_of_three (pixels + (gsize) start * 3, MIN (BALLAST_PLANES_LENGTH, n - start), grey + start);
  for (guint x = 0; x < n && channels != 3; x++, pixels += channels)
    grey[x] = channels < 3 ? *pixels
                           : (guint8) ((9798u * pixels[0] + 19235u * pixels[1] + 3735u * pixels[2]
                                        + (1u << 14)) >> 15);
}

BALLAST_CLONES static guint64
sum_bytes (const guint8 *values,
           guint         n)
{
  guint32 sum = 0;

  for (guint x = 0; x < n; x++)
    sum += values[x];
  return sum;
}

double
ballast_kernel_mean_grey (const BallastRaster *raster)
{
  g_autofree guint8 *grey = g_malloc (raster->width);
  guint64 sum = 0;

  for (guint y = 0; y < raster->height; y++)
    {
      const guint8 *row = ballast_raster_get_row (raster, y);

      for (guint x = 0; x < raster->width && raster->depth == 16; x++)
        sum += ((const guint16 *) (gconstpointer) row)[x];
      if (raster->depth == 16)
        continue;
      ballast_kernel_luma (row, raster->channels, raster->width, grey);
      sum += sum_bytes (grey, raster->width);
    }
  return (double) sum / ((double) raster->width * raster->height);
}
