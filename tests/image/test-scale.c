#include "config.h"

#include "ballast-scale.h"
#include "image-fixture.h"

#include <math.h>

static double
get_sample (const BallastRaster *raster,
            guint                x,
            guint                y,
            guint                channel)
{
  const guint8 *row = ballast_raster_get_row (raster, y);

  if (raster->depth == 16)
    return ((const guint16 *) (gconstpointer) row)[x];

  return row[x * raster->channels + channel];
}

static double
get_overlap (guint  i,
             double from,
             double to)
{
  return MAX (MIN (i + 1.0, to) - MAX ((double) i, from), 0);
}

/* The mean over the area, straight from its definition. */
static double
get_mean (const BallastRaster *in,
          const BallastRaster *out,
          guint                x,
          guint                y,
          guint                channel)
{
  double step_x = (double) in->width / out->width;
  double step_y = (double) in->height / out->height;
  gboolean is_weighted = ballast_raster_has_alpha (in) && channel != in->channels - 1;
  double sum = 0;
  double area = 0;

  for (guint j = (guint) (y * step_y); j < in->height && j < (y + 1) * step_y; j++)
    for (guint i = (guint) (x * step_x); i < in->width && i < (x + 1) * step_x; i++)
      {
        double weight = get_overlap (i, x * step_x, (x + 1) * step_x)
                        * get_overlap (j, y * step_y, (y + 1) * step_y);

        if (is_weighted)
          weight *= get_sample (in, i, j, in->channels - 1);
        sum += weight * get_sample (in, i, j, channel);
        area += weight;
      }

  return area > 0 ? sum / area : 0;
}

static void
test_oracle (void)
{
  static const guint sizes[][2] = { { 1, 1 }, { 3, 2 }, { 10, 7 }, { 20, 15 }, { 40, 30 }, { 59, 44 } };

  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr(BallastRaster) in = make_picture (60, 45, all_kinds[k]);
        g_autoptr(BallastRaster) out = ballast_scale_area (in, sizes[s][0], sizes[s][1]);
        double tolerance = all_kinds[k].depth == 16 ? 0.51 + 0.1 : 0.51;

        for (guint y = 0; y < out->height; y++)
          for (guint x = 0; x < out->width; x++)
            for (guint c = 0; c < out->channels; c++)
              g_assert_cmpfloat_with_epsilon (get_sample (out, x, y, c),
                                              get_mean (in, out, x, y, c), tolerance);
      }
}

/* A picture of one colour keeps it, up to white. */
static void
test_constant (void)
{
  for (guint value = 0; value < 256; value += 51)
    {
      g_autoptr(BallastRaster) in = ballast_raster_new (97, 61, 4, 8);
      g_autoptr(BallastRaster) out = NULL;

      memset (in->data, (int) value, in->stride * 61);
      out = ballast_scale_area (in, 13, 7);
      for (guint y = 0; y < 7; y++)
        for (guint i = 0; i < 13 * 4; i++)
          g_assert_cmpuint (ballast_raster_get_row (out, y)[i], ==, value);
    }
}

/* What is transparent lends no colour. */
static void
test_alpha (void)
{
  g_autoptr(BallastRaster) in = ballast_raster_new (2, 1, 4, 8);
  g_autoptr(BallastRaster) out = NULL;

  memcpy (in->data, "\xff\x00\x00\xff\x00\xff\x00\x00", 8);
  out = ballast_scale_area (in, 1, 1);
  g_assert_cmpmem (out->data, 4, "\xff\x00\x00\x80", 4);
}

static void
test_fit (void)
{
  static const guint cases[][6] = {
    { 100, 50, 10, 10, 10, 5 }, { 50, 100, 10, 10, 5, 10 }, { 8, 6, 10, 10, 8, 6 },
    { 10000, 1, 100, 100, 100, 1 }, { 1, 10000, 100, 100, 1, 100 }, { 4000, 3000, 256, 256, 256, 192 },
    { 32768, 32768, 256, 128, 128, 128 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint width;
      guint height;

      ballast_scale_get_fit (cases[i][0], cases[i][1], cases[i][2], cases[i][3], &width, &height);
      g_assert_cmpuint (width, ==, cases[i][4]);
      g_assert_cmpuint (height, ==, cases[i][5]);
    }
}

static void
test_to_fit (void)
{
  g_autoptr(BallastRaster) in = make_picture (40, 20, (Kind) { 3, 8 });
  g_autoptr(BallastRaster) same = ballast_scale_to_fit (in, 64, 64);
  g_autoptr(BallastRaster) small = ballast_scale_to_fit (in, 10, 10);

  g_assert_true (ballast_raster_equal (in, same));
  g_assert_cmpuint (small->width, ==, 10);
  g_assert_cmpuint (small->height, ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/scale/oracle", test_oracle);
  g_test_add_func ("/image/scale/constant", test_constant);
  g_test_add_func ("/image/scale/alpha", test_alpha);
  g_test_add_func ("/image/scale/fit", test_fit);
  g_test_add_func ("/image/scale/to-fit", test_to_fit);

  return g_test_run ();
}
