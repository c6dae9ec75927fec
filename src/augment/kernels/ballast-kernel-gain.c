/*
 * Gains that vary from pixel to pixel, and a field for them to vary with.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-gain.h"
#include "ballast-kernel-random.h"

#include <string.h>

#define OCTAVES 7
#define COARSEST 3 /* cells of the first octave */

/* With a known number of channels the loops become vectors. */
BALLAST_INLINE void
gain_bytes (guint8      *samples,
            gsize        n,
            guint        channels,
            guint        colours,
            const float *gains,
            const float *offsets)
{
  for (gsize x = 0; x < n; x++)
    for (guint c = 0; c < colours; c++)
      {
        float value = (float) samples[x * channels + c] * gains[x];

        value = value + offsets[x];
        value = value + 0.5f;
        value = value < 0 ? 0 : value;
        samples[x * channels + c] = (guint8) (gint32) (value > 255 ? 255 : value);
      }
}

BALLAST_CLONES static void
gain_row (guint8      *samples,
          gsize        n,
          guint        channels,
          const float *gains,
          const float *offsets)
{
  switch (channels)
    {
    case 1:
      gain_bytes (samples, n, 1, 1, gains, offsets);
      break;
    case 2:
      gain_bytes (samples, n, 2, 1, gains, offsets);
      break;
    case 3:
      gain_bytes (samples, n, 3, 3, gains, offsets);
      break;
    default:
      gain_bytes (samples, n, 4, 3, gains, offsets);
      break;
    }
}

void
ballast_kernel_gain_row (BallastRaster *raster,
                         guint          y,
                         const float   *gains,
                         const float   *offsets)
{
  guint8 *row = ballast_raster_get_row (raster, y);
  guint16 *halfwords = (guint16 *) (gpointer) row;
  g_autofree float *none = offsets == NULL ? g_new0 (float, raster->width) : NULL;

  offsets = offsets == NULL ? none : offsets;
  if (raster->depth == 8)
    {
      gain_row (row, raster->width, raster->channels, gains, offsets);
      return;
    }
  for (guint x = 0; x < raster->width; x++)
    {
      double value = (double) halfwords[x] * gains[x] + (double) offsets[x] * 257 + 0.5;

      halfwords[x] = (guint16) CLAMP (value, 0, 65535);
    }
}

static float
lattice (const BallastPlasma *plasma,
         guint32              octave,
         guint32              row,
         guint32              column)
{
  guint32 row_seed = ballast_hash_row (plasma->seed[0] + octave, row);

  return ballast_hash_unit (ballast_hash_at (row_seed, plasma->seed[1], column));
}

/* One octave's row, mixed of two rows of its lattice. */
static void
mix_lattice (const BallastPlasma *plasma,
             guint32              octave,
             double               y,
             guint                n,
             float               *mixed)
{
  guint32 row = (guint32) y;
  float share = (float) (y - row);

  for (guint i = 0; i < n; i++)
    {
      float upper = lattice (plasma, octave, row, i), lower = lattice (plasma, octave, row + 1, i);

      mixed[i] = upper + (lower - upper) * share;
    }
}

static void
add_octave (const float *mixed,
            double       step,
            float        amplitude,
            guint        n,
            float       *values)
{
  for (guint x = 0; x < n; x++)
    {
      float place = (float) ((x + 0.5) * step), share;
      guint cell = (guint) place;

      share = place - (float) cell;
      values[x] += amplitude * (mixed[cell] + (mixed[cell + 1] - mixed[cell]) * share);
    }
}

void
ballast_kernel_plasma_row (const BallastPlasma *plasma,
                           guint                y,
                           float               *values)
{
  float mixed[(COARSEST << OCTAVES) + 4];
  double amplitude = 1, sum = 0, square = 0;

  memset (values, 0, sizeof *values * plasma->width);
  for (guint octave = 0; octave < OCTAVES; octave++, amplitude *= plasma->roughness)
    {
      double cells = COARSEST << octave, step = plasma->pixel_x * cells;

      mix_lattice (plasma, octave, (y + 0.5) * plasma->pixel_y * cells,
                   (guint) MIN (plasma->width * step, cells) + 3, mixed);
      add_octave (mixed, step, (float) amplitude, plasma->width, values);
      sum += amplitude;
      square += amplitude * amplitude;
    }
  /* Spread about its mean: 0.2 is an octave's deviation, and two of the sum's reach the ends. */
  for (guint x = 0; x < plasma->width; x++)
    {
      float value = (values[x] - (float) (sum / 2)) * (float) (sum * 1.25 / (square + 1e-9) / sum);

      values[x] = CLAMP (value + 0.5f, 0.0f, 1.0f);
    }
}
