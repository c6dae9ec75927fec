/*
 * The brushes of the weather.
 *
 * Fields are made once a run, in some 10⁴ cells; rows read them.  Sums are of integers or of single
 * IEEE operations, in a fixed order: the same bytes everywhere.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include "ballast-kernel-random.h"

#include <math.h>

/* Cells of a field along its longer side: what is finer is left to the pixels. */
#define FIELD_SIDE 192
#define FIELD_SIDE_MOST 640

BallastDraws
ballast_draws_new (const BallastFilterCall *call,
                   guint                    first_seed)
{
  return (BallastDraws) { ballast_hash ((guint32) call->numbers[first_seed]),
                          (guint32) call->numbers[first_seed + 1], 0 };
}

float
ballast_draws_unit (BallastDraws *dice)
{
  return ballast_hash_unit (ballast_hash_at (dice->row, dice->salt, dice->count++));
}

float
ballast_draws_range (BallastDraws *dice,
                     float         low,
                     float         high)
{
  return low + (high - low) * ballast_draws_unit (dice);
}

double
ballast_weather_side (const BallastFilterCall *call)
{
  return MAX (call->width, call->height);
}

void
ballast_weather_put_range (BallastSampler     *sampler,
                           const BallastValue *range)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, range));
}

static BallastField *
field_new (const BallastFilterCall *call,
           guint                    side)
{
  double longer = ballast_weather_side (call);
  BallastField *field = g_new (BallastField, 1);

  field->width = (guint) MAX (2, lrint (side * call->width / longer));
  field->height = (guint) MAX (2, lrint (side * call->height / longer));
  field->value = g_new0 (guint16, (gsize) field->width * field->height);
  return field;
}

void
ballast_field_free (BallastField *field)
{
  if (field == NULL)
    return;
  g_free (field->value);
  g_free (field);
}

/* A place between two knots: their index, and the share of the second (smoothstep, in 1/1024). */
static void
find_knots (guint  n,
            double frequency,
            guint *knots,
            guint *shares)
{
  for (guint i = 0; i < n; i++)
    {
      double place = i * frequency, t = place - floor (place);

      knots[i] = (guint) place;
      shares[i] = (guint) lrint (1024 * t * t * (3 - 2 * t));
    }
}

/* Adds one octave of value noise, 0 … 2^16 · @weight / 256. */
static void
add_octave (BallastField *field,
            const guint32 seed[2],
            double        frequency,
            guint         weight,
            guint32      *sums)
{
  guint columns = (guint) (field->width * frequency) + 2;
  g_autofree guint *knots = g_new (guint, 2 * (field->width + field->height));
  guint *shares = knots + field->width + field->height;
  g_autofree guint32 *upper = g_new (guint32, columns), *lower = g_new (guint32, columns);

  find_knots (field->width, frequency, knots, shares);
  find_knots (field->height, frequency, knots + field->width, shares + field->width);
  for (guint y = 0; y < field->height; y++)
    {
      guint row = knots[field->width + y], down = shares[field->width + y];

      ballast_kernel_hash_places (seed, row, 0, columns, upper);
      ballast_kernel_hash_places (seed, row + 1, 0, columns, lower);
      for (guint x = 0; x < columns; x++)
        upper[x] = ((upper[x] >> 16) * (1024 - down) + (lower[x] >> 16) * down) >> 10;
      for (guint x = 0; x < field->width; x++)
        {
          guint32 value = (upper[knots[x]] * (1024 - shares[x]) + upper[knots[x] + 1] * shares[x]) >> 10;

          sums[(gsize) y * field->width + x] += value * weight >> 8;
        }
    }
}

BallastField *
ballast_field_new_noise (const BallastFilterCall *call,
                         guint                    first_seed,
                         double                   cell,
                         guint                    octaves)
{
  guint side = (guint) CLAMP (6 / cell, FIELD_SIDE, MIN (FIELD_SIDE_MOST, MAX (FIELD_SIDE, ballast_weather_side (call))));
  BallastField *field = field_new (call, side);
  gsize n = (gsize) field->width * field->height;
  g_autofree guint32 *sums = g_new0 (guint32, n);
  guint weight = 128;

  for (guint i = 0; i < octaves; i++)
    {
      const guint32 seed[2] = { (guint32) call->numbers[first_seed] + i,
                                (guint32) call->numbers[first_seed + 1] };

      add_octave (field, seed, (1 << i) / (cell * side), weight, sums);
      weight = i + 2 == octaves ? weight : weight / 2;
    }
  /* Sums of octaves keep to the middle: spread them. */
  for (gsize i = 0; i < n; i++)
    field->value[i] = (guint16) CLAMP (((gint64) sums[i] - 32768) * 7 / 4 + 32768, 0, 65535);
  return field;
}

static gboolean
is_inside (const float (*corners)[2],
           guint n,
           float x,
           float y)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = n - 1; i < n; j = i++)
    if ((corners[i][1] > y) != (corners[j][1] > y)
        && x < (corners[j][0] - corners[i][0]) * (y - corners[i][1])
        / (corners[j][1] - corners[i][1]) + corners[i][0])
      inside = !inside;
  return inside;
}

/* A mean of 2 · @radius + 1 values along one axis, the edges repeated. */
static void
blur_line (guint16 *line,
           guint    n,
           guint    step,
           guint    radius,
           guint16 *copy)
{
  guint32 sum = 0;

  for (guint i = 0; i < n; i++)
    copy[i] = line[(gsize) i * step];
  for (gint i = -(gint) radius; i <= (gint) radius; i++)
    sum += copy[CLAMP (i, 0, (gint) n - 1)];
  for (guint i = 0; i < n; i++)
    {
      line[(gsize) i * step] = (guint16) (sum / (2 * radius + 1));
      sum += copy[MIN (i + radius + 1, n - 1)];
      sum -= copy[i >= radius ? i - radius : 0];
    }
}

static void
blur_field (BallastField *field,
            guint         radius)
{
  g_autofree guint16 *copy = g_new (guint16, MAX (field->width, field->height));

  for (guint y = 0; radius > 0 && y < field->height; y++)
    blur_line (field->value + (gsize) y * field->width, field->width, 1, radius, copy);
  for (guint x = 0; radius > 0 && x < field->width; x++)
    blur_line (field->value + x, field->height, field->width, radius, copy);
}

BallastField *
ballast_field_new_polygon (const BallastFilterCall *call,
                           const float            (*corners)[2],
                           guint                    n,
                           double                   softness)
{
  BallastField *field = field_new (call, 2 * FIELD_SIDE);
  guint radius = (guint) MAX (1, lrint (softness * FIELD_SIDE));

  for (guint y = 0; y < field->height; y++)
    for (guint x = 0; x < field->width; x++)
      if (is_inside (corners, n, (x + 0.5f) / field->width, (y + 0.5f) / field->height))
        field->value[(gsize) y * field->width + x] = 65535;
  blur_field (field, radius);
  blur_field (field, radius);
  return field;
}

void
ballast_field_read (const BallastField  *field,
                    const BallastRaster *raster,
                    guint                x,
                    guint                y,
                    guint                n,
                    guint16             *values)
{
  /* Places in 1/2^16 of a cell; the first and last pixels lie on the first and last cells. */
  guint64 step = ((guint64) (field->width - 1) << 16) / MAX (1, raster->width - 1);
  guint64 down = (((guint64) (field->height - 1) << 16) / MAX (1, raster->height - 1)) * y;
  guint row = (guint) MIN (down >> 16, field->height - 2);
  guint64 share = MIN (65536, down - ((guint64) row << 16));
  const guint16 *upper = field->value + (gsize) row * field->width, *lower = upper + field->width;

  for (guint i = 0; i < n; i++)
    {
      guint64 place = step * (x + i);
      guint column = (guint) MIN (place >> 16, field->width - 2);
      guint64 right = MIN (65536, place - ((guint64) column << 16));
      guint64 a = upper[column] * (65536 - right) + upper[column + 1] * right;
      guint64 b = lower[column] * (65536 - right) + lower[column + 1] * right;

      values[i] = (guint16) (((a >> 16) * (65536 - share) + (b >> 16) * share) >> 16);
    }
}

BallastSpots *
ballast_spots_new (guint n)
{
  BallastSpots *spots = g_new (BallastSpots, 1);

  spots->n = n;
  spots->items = g_new0 (BallastSpot, n + 1);
  return spots;
}

void
ballast_spots_free (BallastSpots *spots)
{
  if (spots == NULL)
    return;
  g_free (spots->items);
  g_free (spots);
}

/* What a spot covers at (@dx, @dy) of its radii: 0 … 256. */
static guint
get_cover (const BallastSpot *spot,
           float              dx,
           float              dy)
{
  float rest = 1 - (dx * dx + dy * dy);
  float slope = 1 / (1 - 0.9f * spot->hardness);

  if (rest <= 0)
    return 0;
  return (guint) (256 * spot->opacity * MIN (1, rest * slope));
}

static void
blend_pixel (BallastRaster     *raster,
             guint8            *pixel,
             const BallastSpot *spot,
             guint              cover,
             float              light)
{
  guint16 wide;

  for (guint c = 0; c < ballast_kernel_get_n_colours (raster); c++)
    {
      gint32 colour = (gint32) CLAMP (spot->colour[c] * (1 + light), 0.0f, 255.0f);

      if (raster->depth == 8)
        {
          pixel[c] = (guint8) (pixel[c] + (((colour - pixel[c]) * (gint32) cover) >> 8));
          continue;
        }
      memcpy (&wide, pixel, 2);
      wide = (guint16) (wide + (((colour * 257 - wide) * (gint32) cover) >> 8));
      memcpy (pixel, &wide, 2);
    }
}

static void
draw_spot (const BallastSpot *spot,
           BallastRaster     *raster,
           guint              y)
{
  guint bytes = ballast_kernel_get_pixel_bytes (raster);
  guint8 *row = ballast_raster_get_row (raster, y);
  float dy = (y + 0.5f - spot->y) / spot->radius_y;
  gint left = (gint) MAX (0, floorf (spot->x - spot->radius_x));
  gint right = (gint) MIN ((float) raster->width, ceilf (spot->x + spot->radius_x));

  for (gint x = left; x < right; x++)
    {
      float dx = (x + 0.5f - spot->x) / spot->radius_x;
      guint cover = get_cover (spot, dx, dy);

      if (cover > 0)
        blend_pixel (raster, row + (gsize) x * bytes, spot, cover, -spot->relief * (dx + dy));
    }
}

/* Spots are drawn in their order within each row. */
void
ballast_spots_draw (const BallastSpots *spots,
                    BallastRaster      *raster,
                    guint               first,
                    guint               end)
{
  for (guint i = 0; i < spots->n; i++)
    {
      const BallastSpot *spot = &spots->items[i];
      gint top = (gint) MAX ((float) first, floorf (spot->y - spot->radius_y));
      gint bottom = (gint) MIN ((float) end, ceilf (spot->y + spot->radius_y));

      for (gint y = top; y < bottom; y++)
        draw_spot (spot, raster, (guint) y);
    }
}

void
ballast_block_blend (BallastBlock  *block,
                     const guint16 *alpha,
                     const guint8   colour[3])
{
  gint32 unit = block->maximum / 255;

  if (block->n_colours == 1)
    {
      gint32 grey = (colour[0] * 77 + colour[1] * 150 + colour[2] * 29) / 256 * unit;

      for (guint i = 0; i < block->n; i++)
        block->value[i] += ((grey - block->value[i]) * alpha[i] + 128) >> 8;
      return;
    }
  for (guint i = 0; i < block->n_pixels; i++)
    for (guint c = 0; c < 3; c++)
      block->value[3 * i + c] += ((colour[c] - block->value[3 * i + c]) * alpha[i] + 128) >> 8;
}

void
ballast_block_dim (BallastBlock *block,
                   gint32        factor)
{
  for (guint i = 0; i < block->n; i++)
    block->value[i] = (gint32) (((gint64) block->value[i] * factor + 128) >> 8);
}
