#include <math.h>

#include "augment-fixture.h"
#include "ballast-kernel.h"

/* Each kernel against its plain definition, and band by band against the whole. */

typedef void (*BandFunc) (const BallastRaster *source,
                          BallastRaster       *target,
                          guint                first,
                          guint                end);

/* The same bytes, whether done at once or in bands of any height. */
static void
assert_banded (BandFunc             func,
               const BallastRaster *source,
               guint                width,
               guint                height)
{
  g_autoptr(BallastRaster) whole = ballast_raster_new (width, height, source->channels,
                                                        source->depth);
  g_autoptr(BallastRaster) banded = ballast_raster_new (width, height, source->channels,
                                                         source->depth);

  func (source, whole, 0, height);
  for (guint first = height; first > 0;)
    {
      guint begin = first > 7 ? first - 7 : 0;

      func (source, banded, begin, first);
      first = begin;
    }
  g_assert_true (ballast_raster_equal (whole, banded));
}

static const BallastNoise grain = { 20 * 256, 3 * 256, { 7, 9 }, TRUE };

static void
copy_rows (const BallastRaster *source,
           BallastRaster       *target,
           guint                first,
           guint                end)
{
  ballast_kernel_symmetry (source, BALLAST_SYMMETRY_NONE, 0, 0, target, first, end);
}

static void
band_noise (const BallastRaster *source,
            BallastRaster       *target,
            guint                first,
            guint                end)
{
  copy_rows (source, target, first, end);
  ballast_kernel_noise (target, &grain, first, end);
}

static void
band_blur (const BallastRaster *source,
           BallastRaster       *target,
           guint                first,
           guint                end)
{
  static const guint16 weights[] = { 26214, 15729, 3932 };

  ballast_kernel_blur (source, weights, 5, target, first, end);
}

static void
band_turn (const BallastRaster *source,
           BallastRaster       *target,
           guint                first,
           guint                end)
{
  ballast_kernel_symmetry (source, BALLAST_SYMMETRY_TURN_90, 2, 1, target, first, end);
}

static void
band_scale (const BallastRaster *source,
            BallastRaster       *target,
            guint                first,
            guint                end)
{
  BallastAxis *horizontal = ballast_axis_new (target->width, source->width, 1.5, 0.8);
  BallastAxis *vertical = ballast_axis_new (target->height, source->height, 0, 2.2);

  ballast_kernel_scale (source, horizontal, vertical, target, first, end);
  ballast_axis_free (horizontal);
  ballast_axis_free (vertical);
}

static void
band_warp (const BallastRaster *source,
           BallastRaster       *target,
           guint                first,
           guint                end)
{
  BallastWarp warp = { source, { 0.9, 0.3, -4, -0.3, 0.9, 6 }, BALLAST_BORDER_REFLECT_101, 0, 0 };

  ballast_kernel_warp (&warp, target, first, end);
}

static void
test_kernel_bands (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (raster_kinds); i++)
    {
      g_autoptr(BallastRaster) source = fixture_noise (83, 61, raster_kinds[i][0],
                                                        raster_kinds[i][1], i);

      assert_banded (band_noise, source, 83, 61);
      assert_banded (band_blur, source, 83, 61);
      assert_banded (band_turn, source, 55, 79);
      assert_banded (band_scale, source, 70, 25);
      assert_banded (band_warp, source, 90, 64);
    }
}

static void
assert_symmetry (const BallastRaster *source,
                 BallastSymmetry      symmetry)
{
  BallastMap map = ballast_map_symmetry (symmetry, source->width, source->height);
  gboolean turned = map.m[0] == 0;
  guint width = turned ? source->height : source->width;
  g_autoptr(BallastRaster) target = ballast_raster_new (
    width, turned ? source->width : source->height, source->channels, source->depth);

  ballast_kernel_symmetry (source, symmetry, 0, 0, target, 0, target->height);
  for (guint y = 0; y < source->height; y++)
    for (guint x = 0; x < source->width; x++)
      {
        double to_x, to_y;

        ballast_map_apply (&map, x + 0.5, y + 0.5, &to_x, &to_y);
        for (guint c = 0; c < source->channels; c++)
          g_assert_cmpuint (fixture_get (target, (guint) to_x, (guint) to_y, c), ==,
                            fixture_get (source, x, y, c));
      }
}

static void
test_kernel_symmetries (void)
{
  static const guint sizes[][2] = { { 1, 1 }, { 5, 3 }, { 16, 16 }, { 53, 37 }, { 64, 21 } };

  for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr(BallastRaster) source = fixture_noise (sizes[s][0], sizes[s][1],
                                                          raster_kinds[k][0], raster_kinds[k][1], 4);

        for (guint i = 0; i < 8; i++)
          assert_symmetry (source, (BallastSymmetry) i);
      }
}

/* Lines with every slope and offset, clipped on either side, and curves: a table is a table. */
static void
test_kernel_tables (void)
{
  g_autoptr(BallastRaster) source = fixture_noise (300, 7, 3, 8, 5);

  for (guint round = 0; round < 300; round++)
    {
      BallastRandomKey key = ballast_random_key (round, "table", 0);
      double gain = ballast_random_range (&key, 0, 0, 0, 3), power = round % 3 == 0 ? 0.7 : 1;
      double offset = ballast_random_range (&key, 0, 1, -200, 200);
      g_autoptr(BallastRaster) result = ballast_raster_copy (source);
      guint8 table[256];

      for (guint v = 0; v < 256; v++)
        table[v] = (guint8) CLAMP (pow (v, power) * gain + offset, 0, 255);
      ballast_kernel_table (result, table, 0, 7);
      for (guint i = 0; i < 300 * 7 * 3; i++)
        g_assert_cmpuint (fixture_get (result, i / 3 % 300, i / 900, i % 3), ==,
                          table[fixture_get (source, i / 3 % 300, i / 900, i % 3)]);
    }
}

/* OpenCV's forward conversion from its tables, as its source has it. */
static void
forward_hsv (const guint8 *rgb,
             gint          hsv[3])
{
  gint r = rgb[0], g = rgb[1], b = rgb[2], v = MAX (r, MAX (g, b));
  gint difference = v - MIN (r, MIN (g, b)), h;
  gint by_value = v == 0 ? 0 : (gint) nearbyint ((255 << 12) / (double) v);
  gint by_difference = difference == 0 ? 0 : (gint) nearbyint ((180 << 12) / (6.0 * difference));

  h = v == r ? g - b : v == g ? b - r + 2 * difference : r - g + 4 * difference;
  h = (h * by_difference + (1 << 11)) >> 12;
  hsv[0] = h < 0 ? h + 180 : h;
  hsv[1] = (difference * by_value + (1 << 11)) >> 12;
  hsv[2] = v;
}

static gint
backward (const gint hsv[3],
          gint       sector)
{
  gint k = (hsv[0] + 30 * sector) % 180, t = CLAMP (MIN (k, 120 - k), 0, 30);

  gint weight = t * 1096 + ((t * 17 + 16) >> 5), chroma = hsv[2] * hsv[1];

  /* The rounded weight costs less than 1/64 level. */
  g_assert_cmpfloat (fabs (chroma * (double) t / 7650 - chroma * (double) weight / (1 << 23)), <,
                     1.0 / 64);
  return hsv[2] - (((chroma * weight >> 16) + 64) >> 7);
}

/* All colours of dark, middle and bright levels: every quotient and every half that there is. */
static void
set_colour_grid (BallastRaster *raster)
{
  guint at = 0;

  for (guint r = 0; r < 256; r += r < 20 || r > 250 ? 1 : 7)
    for (guint g = 0; g < 256; g += g < 20 || g > 250 ? 1 : 7)
      for (guint b = 0; b < 256; b += b < 20 || b > 250 ? 1 : 7, at++)
        {
          guint8 *pixel = ballast_raster_get_row (raster, 3 + at / 1000) + at % 1000 * 3;

          pixel[0] = (guint8) r;
          pixel[1] = (guint8) g;
          pixel[2] = (guint8) b;
        }
  g_assert_cmpuint (at, <, 250000);
}

static void
test_kernel_hsv (void)
{
  static const gint32 shifts[][3] = { { 0, 0, 1 }, { 17, -40, 12 }, { -90, 60, -30 }, { 89, 0, 0 } };
  g_autoptr(BallastRaster) source = fixture_noise (1000, 300, 3, 8, 6);

  /* Saturated, dark and grey corners, which noise rarely meets. */
  for (guint i = 0; i < 1000 * 3; i++)
    {
      fixture_set (source, i / 3, 0, i % 3, i % 256 < 128 ? 0 : 255);
      fixture_set (source, i / 3, 1, i % 3, i / 3 % 256);
      fixture_set (source, i / 3, 2, i % 3, fixture_get (source, i / 3, 2, i % 3) % 4);
    }
  set_colour_grid (source);

  for (guint round = 0; round < G_N_ELEMENTS (shifts); round++)
    {
      g_autoptr(BallastRaster) result = ballast_raster_copy (source);

      ballast_kernel_hsv (result, shifts[round], 0, 300);
      for (guint i = 0; i < 1000 * 300; i++)
        {
          const guint8 *from = ballast_raster_get_row (source, i / 1000) + i % 1000 * 3;
          const guint8 *to = ballast_raster_get_row (result, i / 1000) + i % 1000 * 3;
          gint hsv[3];

          forward_hsv (from, hsv);
          hsv[0] = (hsv[0] + shifts[round][0] + 180) % 180;
          hsv[1] = hsv[1] == 0 ? 0 : CLAMP (hsv[1] + shifts[round][1], 0, 255);
          hsv[2] = CLAMP (hsv[2] + shifts[round][2], 0, 255);
          g_assert_cmpint (to[0], ==, backward (hsv, 5));
          g_assert_cmpint (to[1], ==, backward (hsv, 3));
          g_assert_cmpint (to[2], ==, backward (hsv, 1));
        }
    }
}

/* The quotients that replace OpenCV's two tables round to the same integers, all 255 of each. */
static void
test_kernel_hsv_quotients (void)
{
  for (gint v = 1; v < 256; v++)
    {
      g_assert_cmpint ((gint) ((float) (255 << 12) / (float) v + 0.5f), ==,
                       (gint) nearbyint ((255 << 12) / (double) v));
      g_assert_cmpint ((gint) ((float) (30 << 12) / (float) v + 0.5f), ==,
                       (gint) nearbyint ((180 << 12) / (6.0 * v)));
    }
}

static void
test_kernel_grey (void)
{
  static const gint32 weights[9] = { 9798, 19235, 3735, 9798, 19235, 3735, 9798, 19235, 3735 };
  static const gint32 mixed[9] = { 20000, 10000, 2768, -5000, 40000, -2232, 0, 0, 32768 };
  g_autoptr(BallastRaster) source = fixture_noise (523, 31, 3, 8, 7);
  g_autoptr(BallastRaster) grey = ballast_raster_copy (source);
  g_autoptr(BallastRaster) other = ballast_raster_copy (source);

  ballast_kernel_matrix (grey, weights, 0, 31);
  ballast_kernel_matrix (other, mixed, 0, 31);
  for (guint i = 0; i < 523 * 31; i++)
    {
      const guint8 *p = ballast_raster_get_row (source, i / 523) + i % 523 * 3;
      gint expected = (9798 * p[0] + 19235 * p[1] + 3735 * p[2] + (1 << 14)) >> 15;
      gint green = (-5000 * p[0] + 40000 * p[1] - 2232 * p[2] + (1 << 14)) >> 15;

      for (guint c = 0; c < 3; c++)
        g_assert_cmpint ((gint) fixture_get (grey, i % 523, i / 523, c), ==, expected);
      g_assert_cmpint ((gint) fixture_get (other, i % 523, i / 523, 1), ==, CLAMP (green, 0, 255));
      g_assert_cmpuint (fixture_get (other, i % 523, i / 523, 2), ==, p[2]);
    }
}

/* Mean, deviation, tails and independence of a million samples. */
static void
test_kernel_noise_statistics (void)
{
  enum { W = 1000, H = 350, N = W * H * 3 };
  g_autoptr(BallastRaster) raster = fixture_flat (W, H, 3, 128);
  BallastNoise noise = { 10 * 256, 0, { 1, 2 }, TRUE };
  double sum = 0, squares = 0, fourth = 0, beside = 0, below = 0, colours = 0;
  guint beyond = 0;

  ballast_kernel_noise (raster, &noise, 0, H);
  for (guint y = 0; y + 1 < H; y++)
    for (guint x = 0; x + 1 < W; x++)
      for (guint c = 0; c < 3; c++)
        {
          double v = fixture_get (raster, x, y, c) - 128.0;

          sum += v;
          squares += v * v;
          fourth += v * v * v * v;
          beyond += fabs (v) > 25;
          beside += v * (fixture_get (raster, x + 1, y, c) - 128.0);
          below += v * (fixture_get (raster, x, y + 1, c) - 128.0);
          colours += v * (fixture_get (raster, x, y, (c + 1) % 3) - 128.0);
        }

  /* Five standard errors each; rounding adds 1/12 to the variance. */
  g_assert_cmpfloat_with_epsilon (sum / N, 0, 5 * 10 / sqrt (N) + 0.02);
  g_assert_cmpfloat_with_epsilon (squares / N, 100.08, 1.2);
  g_assert_cmpfloat_with_epsilon (fourth / squares / squares * N, 3, 0.08);
  g_assert_cmpfloat_with_epsilon ((double) beyond / N, 0.0108, 0.001); /* P(|z| > 2.55) */
  g_assert_cmpfloat_with_epsilon (beside / squares, 0, 5 / sqrt (N));
  g_assert_cmpfloat_with_epsilon (below / squares, 0, 5 / sqrt (N));
  g_assert_cmpfloat_with_epsilon (colours / squares, 0, 5 / sqrt (N));
}

/* The share at or below every level against the normal distribution. */
static void
test_kernel_noise_distribution (void)
{
  enum { W = 1000, H = 350, N = W * H * 3, SIGMA = 35 };
  g_autoptr(BallastRaster) raster = fixture_flat (W, H, 3, 128);
  BallastNoise noise = { SIGMA * 256, 0, { 5, 6 }, TRUE };
  guint counts[256] = { 0 };
  double below = 0;

  ballast_kernel_noise (raster, &noise, 0, H);
  for (guint y = 0; y < H; y++)
    for (guint i = 0; i < W * 3; i++)
      counts[ballast_raster_get_row (raster, y)[i]]++;
  for (gint level = 0; level < 255; level++)
    {
      below += (double) counts[level] / N;
      g_assert_cmpfloat_with_epsilon (below, 0.5 * erfc ((127.5 - level) / SIGMA * M_SQRT1_2), 0.004);
    }
}

static void
test_kernel_noise_grey (void)
{
  g_autoptr(BallastRaster) raster = fixture_flat (333, 9, 4, 100);
  BallastNoise noise = { 10 * 256, 0, { 3, 4 }, FALSE };
  guint changed = 0;

  ballast_kernel_noise (raster, &noise, 0, 9);
  for (guint i = 0; i < 333 * 9; i++)
    {
      const guint8 *pixel = ballast_raster_get_row (raster, i / 333) + i % 333 * 4;

      g_assert_cmpuint (pixel[0], ==, pixel[1]);
      g_assert_cmpuint (pixel[1], ==, pixel[2]);
      g_assert_cmpuint (pixel[3], ==, 100);
      changed += pixel[0] != 100;
    }
  g_assert_cmpuint (changed, >, 2700);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/kernel/bands", test_kernel_bands);
  g_test_add_func ("/augment/kernel/symmetries", test_kernel_symmetries);
  g_test_add_func ("/augment/kernel/tables", test_kernel_tables);
  g_test_add_func ("/augment/kernel/hsv", test_kernel_hsv);
  g_test_add_func ("/augment/kernel/hsv-quotients", test_kernel_hsv_quotients);
  g_test_add_func ("/augment/kernel/grey", test_kernel_grey);
  g_test_add_func ("/augment/kernel/noise-statistics", test_kernel_noise_statistics);
  g_test_add_func ("/augment/kernel/noise-distribution", test_kernel_noise_distribution);
  g_test_add_func ("/augment/kernel/noise-grey", test_kernel_noise_grey);
  return g_test_run ();
}
