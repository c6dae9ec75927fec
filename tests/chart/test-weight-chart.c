/* Counts beside weights: where they lie, and that every size and number is drawn. */
#include <cairo.h>
#include <math.h>

#include "ballast-palette.h"
#include "ballast-weight-chart.h"

#define WIDTH 600
#define HEIGHT 240

static cairo_surface_t *
draw (const BallastWeightBar *bars,
      guint                   n,
      double                  width,
      double                  height)
{
  static const char *const captions[] = { "Count", "Weight" };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (12);
  const BallastChartRect area = { 0, 0, width, height };

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  ballast_weight_chart_draw (bars, n, cr, &area, captions, ballast_theme_get (FALSE, FALSE), font);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Rows of the column at @x that are not white above the baseline. */
static guint
measure_column (cairo_surface_t *surface,
                double           x)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint rows = 0;

  for (int y = 40; y < HEIGHT; y++)
    {
      const guchar *pixel = data + y * stride + (int) x * 4;

      rows += pixel[0] != 255 || pixel[1] != 255 || pixel[2] != 255;
    }
  return rows;
}

/* The rarest class has the shortest pale bar and the tallest full one. */
static void
test_rare_weighs_much (void)
{
  const BallastWeightBar bars[] = { { "a", 0, 100, 0.5 }, { "b", 1, 10, 5 } };
  const BallastChartRect area = { 0, 0, WIDTH, HEIGHT };
  cairo_surface_t *surface = draw (bars, 2, WIDTH, HEIGHT);
  guint heights[2][2];

  for (guint i = 0; i < 2; i++)
    {
      BallastChartRect slot = ballast_weight_chart_get_slot (&area, 2, i);

      heights[i][0] = measure_column (surface, slot.x + slot.width / 2 - 15);
      heights[i][1] = measure_column (surface, slot.x + slot.width / 2 + 20);
    }
  g_assert_cmpuint (heights[0][0], >, 4 * heights[1][0]);
  g_assert_cmpuint (heights[1][1], >, 4 * heights[0][1]);
  cairo_surface_destroy (surface);
}

static void
test_hit (void)
{
  const BallastChartRect area = { 10, 0, 300, 100 };

  for (guint i = 0; i < 30; i++)
    {
      BallastChartRect slot = ballast_weight_chart_get_slot (&area, 30, i);

      g_assert_cmpint (ballast_weight_chart_hit (&area, 30, slot.x + slot.width / 2), ==, (int) i);
    }
  g_assert_cmpint (ballast_weight_chart_hit (&area, 30, 9), ==, -1);
  g_assert_cmpint (ballast_weight_chart_hit (&area, 30, 310), ==, -1);
  g_assert_cmpint (ballast_weight_chart_hit (&area, 0, 20), ==, -1);
}

/* Nothing, one, as many as have names, and more; no room; weights of 0 and below. */
static void
test_every_size (void)
{
  static const guint sizes[] = { 0, 1, BALLAST_WEIGHT_CHART_MAX_BARS,
                                 BALLAST_WEIGHT_CHART_MAX_BARS + 1, 1000 };
  BallastWeightBar bars[1000];

  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    bars[i] = (BallastWeightBar){ "class", i, i % 7, i % 3 == 0 ? -2.5 : i % 3 == 1 ? 0 : i };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      cairo_surface_destroy (draw (bars, sizes[i], WIDTH, HEIGHT));
      cairo_surface_destroy (draw (bars, sizes[i], 1, HEIGHT));
      cairo_surface_destroy (draw (bars, sizes[i], WIDTH, 5));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/weight-chart/rare-weighs-much", test_rare_weighs_much);
  g_test_add_func ("/chart/weight-chart/hit", test_hit);
  g_test_add_func ("/chart/weight-chart/every-size", test_every_size);
  return g_test_run ();
}
