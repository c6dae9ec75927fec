#include <math.h>

#include "ballast-export-outline.h"
#include "ballast-raster.h"
#include "ballast-shape.h"

/*
 * The box of an outline or mask that went through a recipe is that of what the drawn picture shows: the
 * object is white on black, the copy is made, and the white is measured.
 */
#define WIDTH 200
#define HEIGHT 120

typedef struct
{
  const char *name;
  const char *steps;
  gboolean    is_mask;
} Case;

static const Case cases[] = {
  { "rotate", "[\"Rotate\",1,30,0,0,0,0,0]", FALSE },
  { "rotate-mask", "[\"Rotate\",1,-20,0,0,0,0,0]", TRUE },
  { "affine", "[\"Affine\",1,0.7,0.9,0.1,0.03,25,0,0,0,0,0,0]", FALSE },
  { "crop", "[\"RandomResizedCrop\",1,60,30,130,100,70,70,1]", FALSE },
  { "crop-mask", "[\"RandomResizedCrop\",1,60,30,130,100,70,70,1]", TRUE },
  { "flip", "[\"HorizontalFlip\",1]", FALSE },
};

/* A blade from one corner of its box to the other: turned, its box is much smaller than the turned box. */
static double blade[] = { 40, 20, 50, 18.5, 150, 90, 140, 91.5 };
static const BallastBox blade_box = { 40, 18.5, 110, 73 };

static BallastRecipe *
recipe_new (const char *steps)
{
  g_autofree char *json = g_strdup_printf ("{\"size\":[%u,%u],\"steps\":[%s]}", WIDTH, HEIGHT,
                                           steps);
  GError *error = NULL;
  BallastRecipe *recipe = ballast_recipe_from_json (json, -1, &error);

  g_assert_no_error (error);

  return recipe;
}

static gboolean
is_inside (double x,
           double y)
{
  gboolean inside = FALSE;

  for (guint i = 0, k = 3; i < 4; k = i++)
    {
      const double *a = &blade[2 * i], *b = &blade[2 * k];

      if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
        inside = !inside;
    }

  return inside;
}

static BallastRaster *
draw (void)
{
  BallastRaster *raster = ballast_raster_new (WIDTH, HEIGHT, 1, 8);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      ballast_raster_get_row (raster, y)[x] = is_inside (x + 0.5, y + 0.5) ? 255 : 0;

  return raster;
}

static BallastBox
measure (BallastRaster *raster)
{
  guint left = G_MAXUINT, top = G_MAXUINT, right = 0, bottom = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      if (ballast_raster_get_row (raster, y)[x] > 127)
        {
          left = MIN (left, x);
          top = MIN (top, y);
          right = MAX (right, x + 1);
          bottom = MAX (bottom, y + 1);
        }

  return (BallastBox){ left, top, right - left, bottom - top };
}

/* (transfer full): the blade as a packed outline, or as the mask of @drawn. */
static GByteArray *
pack (BallastRaster *drawn,
      gboolean       is_mask)
{
  GByteArray *bytes = g_byte_array_new ();
  guint size = 4;
  BallastShape shape = { .kind = BALLAST_SHAPE_POLYGONS, .area = NAN, .n_parts = 1, .sizes = &size,
                         .points = blade };
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 run = 0;
  gboolean is_white = FALSE;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      gboolean here = ballast_raster_get_row (drawn, i % HEIGHT)[i / HEIGHT] > 127;

      if (here != is_white)
        {
          g_array_append_val (runs, run);
          run = 0;
        }
      is_white = here;
      run++;
    }
  g_array_append_val (runs, run);
  if (is_mask)
    shape = (BallastShape){ .kind = BALLAST_SHAPE_RUNS, .area = NAN, .width = WIDTH, .height = HEIGHT,
                            .n_runs = runs->len, .runs = (guint32 *) (gpointer) runs->data };
  ballast_shape_pack (&shape, bytes);

  return bytes;
}

static void
assert_near (const BallastBox *a,
             const BallastBox *b,
             double            most)
{
  g_assert_cmpfloat_with_epsilon (a->x, b->x, most);
  g_assert_cmpfloat_with_epsilon (a->y, b->y, most);
  g_assert_cmpfloat_with_epsilon (a->x + a->width, b->x + b->width, most);
  g_assert_cmpfloat_with_epsilon (a->y + a->height, b->y + b->height, most);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(BallastRecipe) recipe = recipe_new (c->steps);
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, WIDTH, HEIGHT, 1, 8);
  g_autoptr(BallastRaster) drawn = draw ();
  g_autoptr(BallastRaster) copy = ballast_program_run (program, drawn, NULL, NULL);
  g_autoptr(GByteArray) extra = pack (drawn, c->is_mask);
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, &blade_box, 1, NULL, NULL);
  BallastShapeWay way = { .recipe = recipe, .partner = BALLAST_SHAPE_WAY_OWN, .width = WIDTH,
                          .height = HEIGHT };
  BallastBox box = g_array_index (mapped, BallastMappedBox, 0).box;
  BallastBox seen = measure (copy);

  g_assert_true (ballast_shape_way_tighten (&way, extra->data, extra->len, &blade_box, &box));
  /* Sides within a pixel and a hundredth stay where the box had them. */
  assert_near (&box, &seen, 3.5);
  ballast_shape_way_clear (&way);
}

/* What says more than its outline, or has none, stays as it is. */
static void
test_left_alone (void)
{
  g_autoptr(BallastRecipe) recipe = recipe_new ("[\"Rotate\",1,30,0,0,0,0,0]");
  g_autoptr(BallastRaster) drawn = draw ();
  g_autoptr(GByteArray) extra = pack (drawn, FALSE);
  BallastShapeWay way = { .recipe = recipe, .partner = BALLAST_SHAPE_WAY_OWN, .width = WIDTH,
                          .height = HEIGHT };
  const BallastBox wide = { 20, 18.5, 130, 73 };
  BallastBox box = { 1, 2, 150, 100 };

  g_assert_true (ballast_shape_way_tighten (&way, extra->data, extra->len, &wide, &box));
  g_assert_cmpfloat (box.width, ==, 150);
  g_assert_true (ballast_shape_way_tighten (&way, NULL, 0, &blade_box, &box));
  g_assert_true (ballast_shape_way_tighten (&way, (const guint8 *) "junk", 4, &blade_box, &box));
  g_assert_cmpfloat (box.width, ==, 150);
  ballast_shape_way_clear (&way);
}

/* A corner of the box is left, the object is not. */
static void
test_gone (void)
{
  g_autoptr(BallastRecipe) recipe = recipe_new ("[\"RandomResizedCrop\",1,110,18,150,40,40,22,1]");
  g_autoptr(BallastRaster) drawn = draw ();
  g_autoptr(GByteArray) extra = pack (drawn, FALSE);
  BallastShapeWay way = { .recipe = recipe, .partner = BALLAST_SHAPE_WAY_OWN, .width = WIDTH,
                          .height = HEIGHT };
  BallastBox box = { 0, 0.5, 40, 21.5 };

  g_assert_false (ballast_shape_way_tighten (&way, extra->data, extra->len, &blade_box, &box));
  ballast_shape_way_clear (&way);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exporters/outline/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/exporters/outline/left-alone", test_left_alone);
  g_test_add_func ("/exporters/outline/gone", test_gone);

  return g_test_run ();
}
