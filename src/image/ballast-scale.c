#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-scale.h"

#include <string.h>

/*
 * Shrinking by the mean over the area.
 *
 * The rows under a row of the result are added up first, weighted by how much of each it covers, which
 * goes along the memory and vectorises; the sums are then added up along x.  With alpha the
 * sums are of colour times alpha.  Floats, in a fixed order: the same on every machine.
 */

/* The source pixels that a pixel of the result covers: their weights add up to 1. */
typedef struct
{
  guint  first;
  guint  n;
  float *weights;
} Span;

void
ballast_scale_get_fit (guint  width,
                       guint  height,
                       guint  max_width,
                       guint  max_height,
                       guint *fit_width,
                       guint *fit_height)
{
  *fit_width = width;
  *fit_height = height;
  if (width <= max_width && height <= max_height)
    return;

  if ((guint64) width * max_height >= (guint64) height * max_width)
    {
      *fit_width = MAX (max_width, 1);
      *fit_height = (guint) MAX (((guint64) height * max_width + width / 2) / width, 1);
    }
  else
    {
      *fit_height = MAX (max_height, 1);
      *fit_width = (guint) MAX (((guint64) width * max_height + height / 2) / height, 1);
    }
}

/* In units of 1 / n_out of a source pixel, so that the borders are exact integers. */
static Span *
make_spans (guint   n_in,
            guint   n_out,
            float **weights)
{
  Span *spans = g_new (Span, n_out);
  gsize room = (gsize) n_in + 2 * (gsize) n_out;
  float *next = g_new (float, room);

  *weights = next;
  for (guint i = 0; i < n_out; i++)
    {
      guint64 start = (guint64) i * n_in;
      guint64 end = start + n_in;
      guint first = (guint) (start / n_out);
      guint last = (guint) ((end - 1) / n_out);

      spans[i] = (Span) { first, last - first + 1, next };
      for (guint k = first; k <= last; k++)
        {
          guint64 from = MAX (start, (guint64) k * n_out);
          guint64 to = MIN (end, ((guint64) k + 1) * n_out);

          *next++ = (float) ((double) (to - from) / n_in);
        }
    }

  return spans;
}

/* The compiler's usual level does not vectorise a loop whose length it does not know. */
#define VECTORISED __attribute__ ((optimize ("O3")))

VECTORISED static void
add_bytes (float *restrict        sums,
           const guint8 *restrict row,
           gsize                  n,
           float                  weight)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += weight * (float) row[i];
}

VECTORISED static void
add_words (float *restrict         sums,
           const guint16 *restrict row,
           gsize                   n,
           float                   weight)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += weight * (float) row[i];
}

static void
add_premultiplied (float        *sums,
                   const guint8 *row,
                   guint         width,
                   guint         channels,
                   float         weight)
{
  for (guint x = 0; x < width; x++, sums += channels, row += channels)
    {
      float alpha = weight * (float) row[channels - 1];

      for (guint c = 0; c + 1 < channels; c++)
        sums[c] += alpha * (float) row[c];
      sums[channels - 1] += alpha;
    }
}

static void
sum_rows (const BallastRaster *raster,
          const Span          *span,
          float               *sums)
{
  gsize n = (gsize) raster->width * raster->channels;

  memset (sums, 0, n * sizeof *sums);
  for (guint k = 0; k < span->n; k++)
    {
      const guint8 *row = ballast_raster_get_row (raster, span->first + k);

      if (raster->depth == 16)
        add_words (sums, (const guint16 *) (gconstpointer) row, n, span->weights[k]);
      else if (ballast_raster_has_alpha (raster))
        add_premultiplied (sums, row, raster->width, raster->channels, span->weights[k]);
      else
        add_bytes (sums, row, n, span->weights[k]);
    }
}

/* Undoes the multiplication: where all is transparent the colour is black. */
static void
divide_by_alpha (float *pixel,
                 guint  channels)
{
  float alpha = pixel[channels - 1];

  for (guint c = 0; c + 1 < channels; c++)
    pixel[c] = alpha > 0 ? pixel[c] / alpha : 0;
}

/* The sum over a span; @channels is a constant wherever this is inlined. */
static inline __attribute__ ((always_inline)) void
sum_span (const Span  *span,
          const float *sums,
          guint        channels,
          float       *pixel)
{
  const float *at = sums + (gsize) span->first * channels;

  for (guint c = 0; c < channels; c++)
    pixel[c] = 0;
  for (guint k = 0; k < span->n; k++, at += channels)
    for (guint c = 0; c < channels; c++)
      pixel[c] += span->weights[k] * at[c];
}

static inline __attribute__ ((always_inline)) void
write_bytes (guint8      *row,
             guint        width,
             const Span  *spans,
             const float *sums,
             guint        channels)
{
  for (guint x = 0; x < width; x++, row += channels)
    {
      float pixel[4];

      sum_span (&spans[x], sums, channels, pixel);
      if (channels % 2 == 0)
        divide_by_alpha (pixel, channels);
      for (guint c = 0; c < channels; c++)
        row[c] = (guint8) MIN (pixel[c] + 0.5f, 255.0f);
    }
}

static void
write_words (guint16     *row,
             guint        width,
             const Span  *spans,
             const float *sums)
{
  for (guint x = 0; x < width; x++)
    {
      float pixel;

      sum_span (&spans[x], sums, 1, &pixel);
      row[x] = (guint16) MIN (pixel + 0.5f, 65535.0f);
    }
}

static void
write_row (const BallastRaster *out,
           guint                y,
           const Span          *spans,
           const float         *sums)
{
  guint8 *row = ballast_raster_get_row (out, y);

  if (out->depth == 16)
    write_words ((guint16 *) (gpointer) row, out->width, spans, sums);
  else if (out->channels == 1)
    write_bytes (row, out->width, spans, sums, 1);
  else if (out->channels == 2)
    write_bytes (row, out->width, spans, sums, 2);
  else if (out->channels == 3)
    write_bytes (row, out->width, spans, sums, 3);
  else
    write_bytes (row, out->width, spans, sums, 4);
}

BallastRaster *
ballast_scale_area (const BallastRaster *raster,
                    guint                width,
                    guint                height)
{
  g_autofree Span *columns = NULL;
  g_autofree Span *rows = NULL;
  g_autofree float *column_weights = NULL;
  g_autofree float *row_weights = NULL;
  g_autofree float *sums = NULL;
  BallastRaster *out;

  g_return_val_if_fail (raster != NULL, NULL);
  g_return_val_if_fail (width > 0 && width <= raster->width, NULL);
  g_return_val_if_fail (height > 0 && height <= raster->height, NULL);

  if (width == raster->width && height == raster->height)
    return ballast_raster_copy (raster);

  columns = make_spans (raster->width, width, &column_weights);
  rows = make_spans (raster->height, height, &row_weights);
  sums = g_new (float, (gsize) raster->width * raster->channels);
  out = ballast_raster_new (width, height, raster->channels, raster->depth);
  for (guint y = 0; y < height; y++)
    {
      sum_rows (raster, &rows[y], sums);
      write_row (out, y, columns, sums);
    }

  return out;
}

BallastRaster *
ballast_scale_to_fit (const BallastRaster *raster,
                      guint                max_width,
                      guint                max_height)
{
  guint width;
  guint height;

  g_return_val_if_fail (raster != NULL, NULL);

  ballast_scale_get_fit (raster->width, raster->height, max_width, max_height, &width, &height);

  return ballast_scale_area (raster, width, height);
}
