/*
 * Means over discs.
 *
 * Each row of the source is summed up once from its left end; a row of the disc is then one
 * difference, whatever its length.  Sums are whole numbers; what follows is in single precision.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-disc.h"
#include "ballast-kernel-rows.h"

#include <math.h>
#include <string.h>

#define MAX_RADIUS 40
#define MAX_TAPS 5

typedef struct
{
  const BallastRaster *source;
  guint                radius;
  guint                n;                      /* samples of a row */
  guint                channels;
  gint32               half[2 * MAX_RADIUS + 1]; /* of each row of the disc */
  float                share;
  BallastRows          rows;
  guint32             *sums;                   /* of the last 2 · radius + 1 rows, from the left */
  gint64              *held;
  float               *means;                  /* MAX_TAPS rows of means */
  gint64               mean_held[MAX_TAPS];
} Disc;

/* Sums of the samples left of each, in the row that lies at @y of the continued picture. */
static void
sum_up (const BallastRaster *source,
        const guint8        *padded,
        guint                n,
        guint32             *sums)
{
  const guint16 *halfwords = (const guint16 *) (gconstpointer) padded;
  guint channels = source->channels;

  for (guint c = 0; c < channels; c++)
    sums[c] = 0;
  for (guint i = 0; i < n; i++)
    sums[i + channels] = sums[i] + (source->depth == 16 ? halfwords[i] : padded[i]);
}

/* sums += b - a */
BALLAST_CLONES static void
add_differences (const guint32 *restrict a,
                 const guint32 *restrict b,
                 gsize                   n,
                 guint32       *restrict sums)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += b[i] - a[i];
}

BALLAST_CLONES static void
scale_sums (const guint32 *restrict sums,
            gsize                   n,
            float                   share,
            float         *restrict means)
{
  for (gsize i = 0; i < n; i++)
    means[i] = (float) (gint32) sums[i] * share;
}

static gsize
row_length (const Disc *disc)
{
  return disc->n + (2 * (gsize) disc->radius + 2) * disc->channels;
}

/* A row of means, made once. */
static const float *
get_means (Disc  *disc,
           gint64 y)
{
  gint64 mapped = ballast_border_map (BALLAST_BORDER_REFLECT_101, y, disc->source->height);
  float *means = disc->means + (gsize) (mapped % MAX_TAPS) * disc->n;
  guint n_rows = 2 * disc->radius + 1;
  const guint8 *const *window;
  g_autofree guint32 *total = NULL;

  if (disc->mean_held[mapped % MAX_TAPS] == mapped)
    return means;
  disc->mean_held[mapped % MAX_TAPS] = mapped;
  window = ballast_rows_get (&disc->rows, (guint) mapped);
  total = g_new0 (guint32, disc->n);
  for (guint i = 0; i < n_rows; i++)
    {
      gint64 row = ballast_border_map (BALLAST_BORDER_REFLECT_101, mapped + i - disc->radius,
                                       disc->source->height);
      guint32 *sums = disc->sums + (gsize) (row % n_rows) * row_length (disc);
      guint bytes = disc->source->depth / 8;

      if (disc->held[row % n_rows] != row)
        sum_up (disc->source, window[i] - disc->radius * disc->channels * bytes,
                disc->n + 2 * disc->radius * disc->channels, sums);
      disc->held[row % n_rows] = row;
      add_differences (sums + (disc->radius - disc->half[i]) * disc->channels,
                       sums + (disc->radius + disc->half[i] + 1) * disc->channels, disc->n, total);
    }
  scale_sums (total, disc->n, disc->share, means);
  return means;
}

/* The Gaussian's weights are computed to a millionth, which no mathematical library misses. */
static void
get_weights (const BallastDisc *shape,
             float             *weights)
{
  gint32 half = (gint32) shape->taps / 2;
  double sum = 0;

  for (gint32 i = -half; i <= half; i++)
    sum += exp (-0.5 * i * i / (shape->sigma * shape->sigma));
  for (gint32 i = -half; i <= half; i++)
    weights[i + half] = (float) (rint (exp (-0.5 * i * i / (shape->sigma * shape->sigma)) / sum
                                       * 0x1p20) * 0x1p-20);
}

static void
disc_init (Disc                *disc,
           const BallastRaster *source,
           const BallastDisc   *shape)
{
  guint pixels = 0, n_rows;

  disc->source = source;
  disc->channels = source->channels;
  disc->n = source->width * source->channels;
  disc->radius = (guint) MIN (floor (shape->radius), MAX_RADIUS);
  n_rows = 2 * disc->radius + 1;
  for (guint i = 0; i < n_rows; i++)
    {
      double y = (double) i - disc->radius;

      disc->half[i] = (gint32) sqrt (MAX (0, shape->radius * shape->radius - y * y));
      disc->half[i] = MIN (disc->half[i], (gint32) disc->radius);
      pixels += 2 * (guint) disc->half[i] + 1;
    }
  disc->share = 1.0f / (float) pixels;
  ballast_rows_init (&disc->rows, source, BALLAST_BORDER_REFLECT_101, disc->radius, disc->radius);
  disc->sums = g_new (guint32, row_length (disc) * n_rows);
  disc->held = g_new (gint64, n_rows);
  disc->means = g_new (float, (gsize) disc->n * MAX_TAPS);
  for (guint i = 0; i < n_rows; i++)
    disc->held[i] = -1;
  for (guint i = 0; i < MAX_TAPS; i++)
    disc->mean_held[i] = -1;
}

static void
disc_clear (Disc *disc)
{
  ballast_rows_clear (&disc->rows);
  g_free (disc->sums);
  g_free (disc->held);
  g_free (disc->means);
}

/* @down: a row of means mixed downwards, with room for the margins on both sides. */
static void
mix_across (const Disc  *disc,
            const float *down,
            const float *weights,
            guint        taps,
            guint8      *target)
{
  gint64 half = taps / 2, width = disc->source->width;

  for (guint i = 0; i < disc->n; i++)
    {
      float sum = 0.5f, most = disc->source->depth == 16 ? 65535 : 255;
      gint64 x = i / disc->channels;

      for (gint64 k = -half; k <= half; k++)
        {
          gint64 from = x + k;

          if (from < 0 || from >= width)
            from = ballast_border_map (BALLAST_BORDER_REFLECT_101, from, width);
          sum += weights[k + half] * down[from * disc->channels + i % disc->channels];
        }
      sum = sum > most ? most : sum;
      if (disc->source->depth == 16)
        ((guint16 *) (gpointer) target)[i] = (guint16) (gint32) sum;
      else
        target[i] = (guint8) (gint32) sum;
    }
}

void
ballast_kernel_disc (const BallastRaster *source,
                     const BallastDisc   *shape,
                     BallastRaster       *target,
                     guint                first,
                     guint                end)
{
  Disc disc = { 0 };
  float weights[MAX_TAPS];
  gint64 half = shape->taps / 2;
  g_autofree float *down = NULL;

  disc_init (&disc, source, shape);
  get_weights (shape, weights);
  down = g_new (float, disc.n);
  for (guint y = first; y < end; y++)
    {
      memset (down, 0, sizeof *down * disc.n);
      for (gint64 k = -half; k <= half; k++)
        {
          const float *means = get_means (&disc, (gint64) y + k);

          for (guint i = 0; i < disc.n; i++)
            down[i] += weights[k + half] * means[i];
        }
      mix_across (&disc, down, weights, shape->taps, ballast_raster_get_row (target, y));
    }
  disc_clear (&disc);
}
