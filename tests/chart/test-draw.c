#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include <math.h>

#include "ballast-chart-draw.h"
#include "ballast-histogram.h"
#include "chart-fixture.h"

#define WIDTH 900
#define HEIGHT 400

typedef struct
{
  cairo_surface_t      *surface;
  BallastChartModel    *model;
  BallastChartGeometry *geometry;
  BallastChartFont     *font;
  const BallastTheme   *theme;
} Picture;

static void
paint (Picture           *picture,
       BallastChartModel *model,
       gboolean           dark)
{
  cairo_t *cr;

  picture->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  picture->model = model;
  picture->theme = ballast_theme_get (dark, FALSE);
  picture->font = ballast_chart_font_new (13);
  picture->geometry = ballast_chart_geometry_new (model, WIDTH, HEIGHT, ballast_chart_font_get_measure (picture->font));
  cr = cairo_create (picture->surface);
  ballast_chart_set_ink (cr, &picture->theme->card, 1);
  cairo_paint (cr);
  ballast_chart_draw (cr, model, picture->geometry, picture->theme, picture->font, TRUE);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (picture->surface);
}

static void
clear (Picture *picture)
{
  cairo_surface_destroy (picture->surface);
  ballast_chart_geometry_free (picture->geometry);
  ballast_chart_font_free (picture->font);
}

static guint32
get_pixel (const Picture *picture,
           double         x,
           double         y)
{
  const guint8 *data = cairo_image_surface_get_data (picture->surface);
  gsize at = (gsize) y * (gsize) cairo_image_surface_get_stride (picture->surface) + 4 * (gsize) x;

  return *(const guint32 *) (const void *) (data + at) & 0xffffff;
}

static void
assert_ink (const Picture *picture,
            double         x,
            double         y,
            BallastInk     ink)
{
  guint32 pixel = get_pixel (picture, x, y);

  assert_near (pixel >> 16, ink.red * 255, 1.5);
  assert_near (pixel >> 8 & 255, ink.green * 255, 1.5);
  assert_near (pixel & 255, ink.blue * 255, 1.5);
}

static void
test_bars_have_their_colours (gconstpointer user_data)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  Picture picture;

  paint (&picture, model, GPOINTER_TO_INT (user_data));
  for (guint i = 0; i < 6; i++)
    {
      const BallastChartBar *bar = &picture.geometry->bars[i];
      double x = bar->now.x + bar->now.width / 2;

      assert_ink (&picture, x, bar->now.y + bar->now.height / 2, model->colours[bar->class_index]);
      assert_ink (&picture, bar->now.x - 8, bar->now.y + 8.5, picture.theme->card);
    }
  clear (&picture);
}

static void
test_splits_have_their_shades (void)
{
  g_autoptr(BallastChartModel) model = ballast_chart_model_new (2, 2);
  Picture picture;

  for (guint i = 0; i < 2; i++)
    {
      model->by_split[2 * i] = 60;
      model->by_split[2 * i + 1] = 40;
      model->now[i] = 100;
    }
  paint (&picture, model, FALSE);
  for (guint rank = 0; rank < 2; rank++)
    for (guint split = 0; split < 2; split++)
      {
        const BallastChartRect *part = &picture.geometry->segments[2 * rank + split];

        assert_ink (&picture, part->x + part->width / 2, part->y + part->height / 2,
                    ballast_palette_get_split (model->colours[rank], split, 2, picture.theme));
      }
  clear (&picture);
}

static void
test_ghost_is_pale (void)
{
  static const guint64 after[6] = { 99, 99, 99, 99, 99, 99 };
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  const BallastChartBar *bar;
  guint32 pixel;
  Picture picture;

  ballast_chart_model_set_after (model, after);
  paint (&picture, model, FALSE);
  bar = &picture.geometry->bars[5];
  assert_ink (&picture, bar->now.x + bar->now.width / 2, bar->now.y + bar->now.height / 2, model->colours[5]);
  pixel = get_pixel (&picture, bar->after.x + bar->after.width / 2, (bar->after.y + bar->now.y) / 2);
  g_assert_cmpuint (pixel, !=, 0xffffff);
  g_assert_cmpuint (pixel & 255, >, (guint) (model->colours[5].blue * 255) + 60);
  clear (&picture);
}

static void
test_target_line_is_drawn (void)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  Picture picture;

  model->target = 50;
  paint (&picture, model, FALSE);
  assert_ink (&picture, picture.geometry->pill.x + 8, picture.geometry->target_y, picture.theme->target);
  clear (&picture);
}

static void
test_hover_changes_its_class_alone (void)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  const BallastChartBar *bars;
  Picture picture;

  model->hovered = 5;
  paint (&picture, model, FALSE);
  bars = picture.geometry->bars;
  assert_ink (&picture, bars[0].now.x + 10, bars[0].now.y + 20, model->colours[bars[0].class_index]);
  g_assert_cmpuint (get_pixel (&picture, bars[5].now.x + 10, bars[5].now.y + 20), !=, 0xe62d42);
  clear (&picture);
}

/* Nothing to look at here but that it neither fails nor takes long. */
static void
test_every_size_is_drawn (void)
{
  static const guint sizes[] = { 0, 1, 2, 6, 30, 60, 200, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int mode = 0; mode < 12; mode += sizes[i] > 1000 ? 5 : 1)
      {
        g_autoptr(BallastChartModel) model = make_model (sizes[i], NULL);
        Picture picture;

        model->scale = (BallastChartScale) (mode & 1);
        model->sort = (BallastChartSort) (mode / 4);
        model->target = mode & 2 ? 1000 : -1;
        model->selected = sizes[i] > 0 ? (int) sizes[i] / 2 : -1;
        model->hovered = sizes[i] > 0 ? (int) sizes[i] - 1 : -1;
        paint (&picture, model, mode & 1);
        clear (&picture);
      }
}

static void
test_histogram (void)
{
  static const double values[] = { 0, 1, 2, 3, 3.5, 10 };
  const BallastChartRect area = { 10, 20, 200, 50 };
  BallastHistogram histogram;
  guint64 sum = 0;

  ballast_histogram_init (&histogram, values, G_N_ELEMENTS (values), 5);
  g_assert_cmpuint (histogram.n_bins, ==, 5);
  g_assert_cmpuint (histogram.counts[0], ==, 2);
  g_assert_cmpuint (histogram.counts[1], ==, 3);
  g_assert_cmpuint (histogram.counts[4], ==, 1);
  for (guint i = 0; i < 5; i++)
    {
      BallastChartRect bar = ballast_histogram_get_bar (&histogram, &area, i);

      sum += histogram.counts[i];
      assert_near (bar.y + bar.height, 70, 1e-9);
      g_assert_cmpint (ballast_histogram_hit (&histogram, &area, bar.x + bar.width / 2), ==, (int) i);
    }
  g_assert_cmpuint (sum, ==, G_N_ELEMENTS (values));
  g_assert_cmpint (ballast_histogram_hit (&histogram, &area, 9), ==, -1);

  ballast_histogram_init (&histogram, values, 1, 5);
  g_assert_cmpuint (histogram.n_bins, ==, 1);
  ballast_histogram_init (&histogram, NULL, 0, 5);
  g_assert_cmpuint (histogram.n_bins, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/chart/draw/bars-have-their-colours/light", GINT_TO_POINTER (0), test_bars_have_their_colours);
  g_test_add_data_func ("/chart/draw/bars-have-their-colours/dark", GINT_TO_POINTER (1), test_bars_have_their_colours);
  g_test_add_func ("/chart/draw/splits-have-their-shades", test_splits_have_their_shades);
  g_test_add_func ("/chart/draw/ghost-is-pale", test_ghost_is_pale);
  g_test_add_func ("/chart/draw/target-line", test_target_line_is_drawn);
  g_test_add_func ("/chart/draw/hover", test_hover_changes_its_class_alone);
  g_test_add_func ("/chart/draw/every-size", test_every_size_is_drawn);
  g_test_add_func ("/chart/draw/histogram", test_histogram);

  return g_test_run ();
}
