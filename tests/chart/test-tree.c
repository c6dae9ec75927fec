#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ballast-tree-draw.h"
#include "chart-fixture.h"

/* The tree of the drawings: waste (dry (paper, mixed (cardboard, trash)), hard (glass,
 * formed (plastic, metal))). */
static const struct
{
  const char *name;
  int         parent;
  guint64     count;
} waste[] = {
  { "waste", -1, 428 }, { "dry", 0, 190 }, { "paper", 1, 99 }, { "mixed", 1, 91 },
  { "cardboard", 3, 68 }, { "trash", 3, 23 }, { "hard", 0, 238 }, { "glass", 6, 86 },
  { "formed", 6, 152 }, { "plastic", 8, 83 }, { "metal", 8, 69 },
};

static BallastTreeModel *
make_tree (BallastTreeStyle style)
{
  BallastTreeModel *model = ballast_tree_model_new (G_N_ELEMENTS (waste));

  model->style = style;
  for (guint i = 0; i < model->n; i++)
    {
      BallastTreeItem *item = &model->items[i];

      item->id = 100 + i;
      item->name = g_strdup (waste[i].name);
      item->detail = g_strdup_printf ("%" G_GUINT64_FORMAT " images", waste[i].count);
      item->parent = waste[i].parent;
      item->count = waste[i].count;
      item->colour = ballast_palette_get_class (i);
    }
  ballast_tree_model_link (model);
  for (guint i = 0; i < model->n; i++)
    model->items[i].is_class = model->items[i].n_below == 0;
  return model;
}

/* A chain or a brush of many classes. */
static BallastTreeModel *
make_large (guint n,
            guint fan)
{
  BallastTreeModel *model = ballast_tree_model_new (n);

  for (guint i = 0; i < n; i++)
    {
      model->items[i].name = g_strdup_printf ("node %u", i);
      model->items[i].parent = i == 0 ? -1 : (int) ((i - 1) / fan * fan);
      model->items[i].count = i % 7;
    }
  model->items[0].count = 1;
  return model;
}

static gboolean
overlap (const BallastChartRect *a,
         const BallastChartRect *b)
{
  return a->width > 0 && b->width > 0 && a->x + a->width > b->x + 1e-6 && b->x + b->width > a->x + 1e-6 &&
         a->y + a->height > b->y + 1e-6 && b->y + b->height > a->y + 1e-6;
}

static void
assert_apart (const BallastTreeGeometry *geometry)
{
  for (guint i = 0; i < geometry->n; i++)
    {
      const BallastChartRect *rect = &geometry->rects[i];

      g_assert_cmpfloat (rect->x, >=, -1e-6);
      g_assert_cmpfloat (rect->y, >=, -1e-6);
      g_assert_cmpfloat (rect->x + rect->width, <=, geometry->width + 1e-6);
      g_assert_cmpfloat (rect->y + rect->height, <=, geometry->height + 1e-6);
      for (guint j = 0; j < i; j++)
        g_assert_false (overlap (rect, &geometry->rects[j]));
    }
}

static void
test_link (void)
{
  g_autoptr(BallastTreeModel) model = make_tree (BALLAST_TREE_STYLE_TREE);

  g_assert_cmpuint (model->items[0].n_below, ==, 10);
  g_assert_cmpuint (model->items[3].n_below, ==, 2);
  g_assert_cmpuint (model->items[5].depth, ==, 3);
  g_assert_cmpint (ballast_tree_model_find (model, 107), ==, 7);
  g_assert_cmpint (ballast_tree_model_find (model, 7), ==, -1);
}

static void
test_step (void)
{
  g_autoptr(BallastTreeModel) model = make_tree (BALLAST_TREE_STYLE_TREE);

  g_assert_cmpint (ballast_tree_model_step (model, -1, BALLAST_TREE_STEP_NEXT), ==, 0);
  g_assert_cmpint (ballast_tree_model_step (model, 0, BALLAST_TREE_STEP_PARENT), ==, 0);
  g_assert_cmpint (ballast_tree_model_step (model, 0, BALLAST_TREE_STEP_CHILD), ==, 1);
  g_assert_cmpint (ballast_tree_model_step (model, 1, BALLAST_TREE_STEP_NEXT), ==, 6);
  g_assert_cmpint (ballast_tree_model_step (model, 6, BALLAST_TREE_STEP_PREVIOUS), ==, 1);
  g_assert_cmpint (ballast_tree_model_step (model, 6, BALLAST_TREE_STEP_NEXT), ==, 6);
  g_assert_cmpint (ballast_tree_model_step (model, 5, BALLAST_TREE_STEP_NEXT), ==, 9);
  g_assert_cmpint (ballast_tree_model_step (model, 2, BALLAST_TREE_STEP_CHILD), ==, 2);
}

static void
test_tree (void)
{
  g_autoptr(BallastTreeModel) model = make_tree (BALLAST_TREE_STYLE_TREE);
  g_autoptr(BallastTreeGeometry) geometry = ballast_tree_geometry_new (model, 0, 0, &seven);
  const BallastChartRect *rects = geometry->rects;

  assert_apart (geometry);
  assert_near (rects[3].y, (rects[4].y + rects[5].y) / 2, 1e-9);
  assert_near (rects[0].y, (rects[1].y + rects[6].y) / 2, 1e-9);
  g_assert_cmpfloat (rects[5].x, >, rects[3].x + rects[3].width);
  for (guint i = 0; i < model->n; i++)
    g_assert_cmpint (ballast_tree_geometry_hit (geometry, rects[i].x + 3, rects[i].y + 3), ==, (int) i);
  g_assert_cmpint (ballast_tree_geometry_hit (geometry, 0, 0), ==, -1);
}

static void
test_icicle (void)
{
  g_autoptr(BallastTreeModel) model = make_tree (BALLAST_TREE_STYLE_ICICLE);
  g_autoptr(BallastTreeGeometry) geometry = ballast_tree_geometry_new (model, 800, 428, &seven);
  const BallastChartRect *rects = geometry->rects;

  assert_apart (geometry);
  assert_near (rects[0].height, 428, 2.1);
  assert_near (rects[5].height, 23, 2.1);
  assert_near (rects[6].y, 190, 1e-6);
  assert_near (rects[2].x + rects[2].width, 800, 2.1);
}

static void
test_zoom (void)
{
  g_autoptr(BallastTreeModel) model = make_tree (BALLAST_TREE_STYLE_ICICLE);
  g_autoptr(BallastTreeGeometry) geometry = NULL;

  model->zoom = 3;
  geometry = ballast_tree_geometry_new (model, 800, 400, &seven);
  assert_apart (geometry);
  assert_near (geometry->rects[3].height, 400, 2.1);
  assert_near (geometry->rects[4].height, 400.0 * 68 / 91, 2.1);
  g_assert_cmpfloat (geometry->rects[6].width, ==, 0);
  g_assert_cmpint (ballast_tree_geometry_hit (geometry, 3, 100), ==, 0);
}

static void
test_large (void)
{
  for (guint fan = 1; fan < 2000; fan = fan * 7 + 2)
    {
      g_autoptr(BallastTreeModel) model = make_large (2000, fan < 20 ? 20 : fan);
      g_autoptr(BallastTreeGeometry) tree = NULL;
      g_autoptr(BallastTreeGeometry) icicle = NULL;

      ballast_tree_model_link (model);
      tree = ballast_tree_geometry_new (model, 0, 0, &seven);
      assert_apart (tree);
      model->style = BALLAST_TREE_STYLE_ICICLE;
      icicle = ballast_tree_geometry_new (model, 900, 600, &seven);
      assert_apart (icicle);
    }
}

static void
test_empty (void)
{
  g_autoptr(BallastTreeModel) model = ballast_tree_model_new (0);
  g_autoptr(BallastTreeGeometry) geometry = ballast_tree_geometry_new (model, 10, 10, &seven);

  g_assert_cmpint (ballast_tree_geometry_hit (geometry, 5, 5), ==, -1);
  g_assert_cmpint (ballast_tree_model_step (model, -1, BALLAST_TREE_STEP_NEXT), ==, -1);
}

/* How many pixels of the picture are not the ground. */
static guint
count_ink (const BallastTreeModel *model,
           gboolean                dark)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 600);
  cairo_t *cr = cairo_create (surface);
  const BallastTheme *theme = ballast_theme_get (dark, FALSE);
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (13);
  g_autoptr(BallastTreeGeometry) geometry = NULL;
  const guint32 *pixels;
  guint n = 0;

  geometry = ballast_tree_geometry_new (model, 900, 600, ballast_chart_font_get_measure (font));
  cairo_set_source_rgb (cr, theme->card.red, theme->card.green, theme->card.blue);
  cairo_paint (cr);
  ballast_tree_draw (cr, model, geometry, theme, font, TRUE, 1);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  for (guint i = 1; i < 900 * 600; i++)
    n += pixels[i] != pixels[0];
  cairo_surface_destroy (surface);
  return n;
}

static void
test_draw (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autoptr(BallastTreeModel) tree = make_tree (BALLAST_TREE_STYLE_TREE);
      g_autoptr(BallastTreeModel) icicle = make_tree (BALLAST_TREE_STYLE_ICICLE);
      guint before = count_ink (tree, dark);

      g_assert_cmpuint (before, >, 4000);
      tree->selected = 3;
      tree->items[3].is_selected = TRUE;
      g_assert_cmpuint (count_ink (tree, dark), >, before + 1000);
      g_assert_cmpuint (count_ink (icicle, dark), >, 400000);
    }
}

static void
test_files (void)
{
  static const char *const names[] = { "tree.png", "tree.svg", "tree.pdf" };
  static const char *const magic[] = { "\x89PNG", "<?xml", "%PDF" };
  g_autofree char *folder = g_dir_make_tmp ("ballast-tree-XXXXXX", NULL);
  const BallastChartFileOptions options = { .title = "Hierarchy", .subtitle = "11 nodes", .scale = 1 };

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr(BallastTreeModel) model = i < 3 ? make_tree (i == 1 ? BALLAST_TREE_STYLE_ICICLE
                                                                    : BALLAST_TREE_STYLE_TREE)
                                                : make_large (3000, 30);
      g_autofree char *path = g_build_filename (folder, names[i % 3], NULL);
      g_autofree char *data = NULL;
      g_autoptr(GError) error = NULL;

      ballast_tree_model_link (model);
      g_assert_true (ballast_tree_file_save (model, path, &options, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
      g_assert_true (g_str_has_prefix (data, magic[i % 3]));
      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/tree/link", test_link);
  g_test_add_func ("/chart/tree/step", test_step);
  g_test_add_func ("/chart/tree/tree", test_tree);
  g_test_add_func ("/chart/tree/icicle", test_icicle);
  g_test_add_func ("/chart/tree/zoom", test_zoom);
  g_test_add_func ("/chart/tree/large", test_large);
  g_test_add_func ("/chart/tree/empty", test_empty);
  g_test_add_func ("/chart/tree/draw", test_draw);
  g_test_add_func ("/chart/tree/files", test_files);

  return g_test_run ();
}
