#include <math.h>

#include "augment-fixture.h"
#include "ballast-augment-error.h"
#include "ballast-lowering.h"
#include "ballast-op-table.h"
#include "ballast-program-box.h"

/* Homographies, bent maps, frames and crops that look at boxes: laws, and oracles in plain C. */

#define WIDTH 200
#define HEIGHT 120

#define PERSPECTIVE "[\"Perspective\",1,0.1,0.04,0.02,0.12,0.07,0.03,0.05,0.09,200,120,0,1,0,0,0,0]"
#define ELASTIC "[\"ElasticTransform\",2,300,10,0,0,7,8,1,4,0,0,0]"
#define GRID "[\"GridDistortion\",3,3,1,1.3,0.8,1,0.7,1.2,1.1,1,4,0,0,0]"
#define LENS "[\"OpticalDistortion\",4,0.4,1,1,4,0,0,0]"
#define PLATE                                                                                      \
  "[\"ThinPlateSpline\",5,2,2,0.03,0.02,-0.04,0.01,0.02,-0.03,-0.01,0.04,1,4,0,0,0]"
#define LOOSE                                                                                      \
  "[\"PiecewiseAffine\",6,3,2,0.03,0.02,-0.04,0.01,0.02,-0.03,-0.01,0.04,0.03,0,0,-0.05,1,4,0,0,0]"

/* Slow waves: what is off by a hundredth of a pixel is off by less than a level. */
static BallastRaster *
waves (guint width,
       guint height)
{
  BallastRaster *raster = ballast_raster_new (width, height, 3, 8);

  for (guint i = 0; i < width * height * 3; i++)
    fixture_set (raster, i / 3 % width, i / 3 / width, i % 3,
                 (guint) (127 + 120 * sin (i / 3 % width / 19.0 + i % 3) * cos (i / 3 / width / 23.0)));
  return raster;
}

static void
assert_near (const char *steps,
             const char *as,
             guint       most)
{
  g_autoptr(BallastRaster) source = waves (WIDTH, HEIGHT);
  g_autoptr(BallastRaster) a = fixture_run (source, steps);
  g_autoptr(BallastRaster) b = fixture_run (source, as);

  g_test_message ("%s = %s", steps, as);
  g_assert_cmpuint (fixture_difference (a, b), <=, most);
}

/* What follows a mirror is the mirror of its mirror image. */
static void
test_geometry_mirror_laws (void)
{
  assert_near (PERSPECTIVE ",[\"HorizontalFlip\",9]",
               "[\"HorizontalFlip\",9],[\"Perspective\",1,0.02,0.12,0.1,0.04,0.05,0.09,0.07,0.03,200,"
               "120,0,1,0,0,0,0]", 1);
  assert_near (GRID ",[\"HorizontalFlip\",9]",
               "[\"HorizontalFlip\",9],[\"GridDistortion\",3,3,1,1,0.8,1.3,0.7,1.2,1.1,1,4,0,0,0]", 1);
  assert_near (LENS ",[\"VerticalFlip\",9]", "[\"VerticalFlip\",9]," LENS, 1);
  assert_near (LENS ",[\"RandomRotate90\",9,2]", "[\"RandomRotate90\",9,2]," LENS, 1);
  assert_near (PLATE ",[\"HorizontalFlip\",9]",
               "[\"HorizontalFlip\",9],[\"ThinPlateSpline\",5,2,2,0.04,0.01,-0.03,0.02,0.01,0.04,-0.02,"
               "-0.03,1,4,0,0,0]", 1);
}

/* A chain is one map: turned to and fro round a bent one, nothing is lost at the corners. */
static void
test_geometry_is_one_map (void)
{
  static const char *const chain = "[\"Rotate\",1,30,0,0,0,0,0],[\"Rotate\",2,-30,0,0,0,0,0]," PERSPECTIVE;
  g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, chain);
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, WIDTH, HEIGHT, 3, 8);
  g_autoptr(BallastRecipe) bent = fixture_recipe (
    WIDTH, HEIGHT, PERSPECTIVE "," ELASTIC "," GRID ",[\"Rotate\",7,9,4,0,0,0,0]," LENS);
  g_autoptr(BallastProgram) bent_program = ballast_program_new (bent, WIDTH, HEIGHT, 3, 8);

  assert_near (chain, PERSPECTIVE, 0);
  g_assert_cmpuint (ballast_program_get_n_passes (program), ==, 1);
  g_assert_cmpuint (ballast_program_get_n_passes (bent_program), ==, 1);
  g_assert_cmpuint (ballast_program_get_n_resamplings (bent_program), ==, 1);
  assert_near ("[\"Resize\",1,0,0,200,120,400,240,1,0,0,0,0],[\"Resize\",2,0,0,400,240,200,120,1,0,0,0,0]",
               "", 0);
}

/* Exact interpolation at exact positions. */
static void
test_geometry_bent_is_bilinear (void)
{
  static const char *const chains[] = { PERSPECTIVE, ELASTIC "," PERSPECTIVE, GRID, LENS, PLATE, LOOSE };
  g_autoptr(BallastRaster) source = waves (WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (chains); i++)
    {
      g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, chains[i]);
      g_autoptr(BallastRaster) result = fixture_run_recipe (recipe, source);
      g_auto(BallastLowering) lowering = { 0 };

      ballast_lowering_init (&lowering, recipe);
      for (guint at = 0; at < WIDTH * HEIGHT; at += 7)
        {
          double x = at % WIDTH + 0.5, y = at / WIDTH + 0.5, expected;
          gboolean seen;

          ballast_lowering_map_back (&lowering, &x, &y, &seen, 1);
          if (x < 1 || y < 1 || x > WIDTH - 1 || y > HEIGHT - 1)
            continue;
          expected = 127 + 120 * sin ((x - 0.5) / 19 + 1) * cos ((y - 0.5) / 23);
          g_assert_cmpfloat_with_epsilon (fixture_get (result, at % WIDTH, at / WIDTH, 1), expected, 2);
        }
    }
}

/* The tight box round a mask that went the same way is the oracle for boxes. */
static void
test_geometry_boxes_follow_masks (void)
{
  static const char *const chains[] = {
    PERSPECTIVE, ELASTIC, GRID, LENS, PLATE, LOOSE, PERSPECTIVE "," LENS "," GRID,
    "[\"Crop\",1,20,10,120,90,120,90,1,0,0,0,0],[\"Pad\",2,-30,-20,200,120,200,120,1,0,0,0,0]",
    "[\"Letterbox\",1,200,120,160,160,9,9,9]," PERSPECTIVE, "[\"SafeRotate\",1,33,0,0,0,0,1,0]",
  };
  const BallastBox boxes[] = { { 30, 20, 60, 50 }, { 120, 70, 70, 45 }, { 0, 0, 200, 120 } };

  for (guint i = 0; i < G_N_ELEMENTS (chains) * G_N_ELEMENTS (boxes); i++)
    {
      const BallastBox *box = &boxes[i % G_N_ELEMENTS (boxes)];
      g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, chains[i / G_N_ELEMENTS (boxes)]);
      g_autoptr(BallastProgram) program = ballast_program_new (recipe, WIDTH, HEIGHT, 3, 8);
      g_autofree guint8 *bytes = g_malloc0 (WIDTH * HEIGHT);
      g_autoptr(BallastMask) mask = NULL, mapped_mask = NULL;
      BallastBox mapped, tight;
      double visibility;

      for (guint at = 0; at < WIDTH * HEIGHT; at++)
        bytes[at] = at % WIDTH >= box->x && at % WIDTH < box->x + box->width
                    && at / WIDTH >= box->y && at / WIDTH < box->y + box->height;
      mask = ballast_mask_new_from_bytes (bytes, WIDTH, HEIGHT);
      mapped_mask = ballast_program_map_mask (program, mask);
      g_assert_true (ballast_program_map_box (program, box, &mapped, &visibility));
      g_assert_cmpuint (ballast_mask_measure (mapped_mask, &tight), >, 0);
      g_test_message ("%s", chains[i / G_N_ELEMENTS (boxes)]);
      g_assert_cmpfloat_with_epsilon (mapped.x, tight.x, 1.6);
      g_assert_cmpfloat_with_epsilon (mapped.y, tight.y, 1.6);
      g_assert_cmpfloat_with_epsilon (mapped.x + mapped.width, tight.x + tight.width, 1.6);
      g_assert_cmpfloat_with_epsilon (mapped.y + mapped.height, tight.y + tight.height, 1.6);
    }
}

/* What Albumentations gets wrong: a distortion that does nothing leaves boxes alone, to the last digit. */
static void
test_geometry_idle_distortions (void)
{
  static const char *const idle[] = {
    "[\"GridDistortion\",3,3,1,1,1,1,1,1,1,1,0,0,0,0]", "[\"OpticalDistortion\",4,0,0,1,0,0,0,0]",
    "[\"ElasticTransform\",2,0,10,0,0,7,8,1,0,0,0,0]", "[\"RandomGridShuffle\",1,2,2,0,1,2,3]",
    "[\"Perspective\",1,0,0,0,0,0,0,0,0,200,120,0,1,0,0,0,0]",
  };
  const BallastBox boxes[] = { { 50, 20, 50, 40 }, { 0, 0, WIDTH, HEIGHT } };

  for (guint i = 0; i < G_N_ELEMENTS (idle); i++)
    {
      g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, idle[i]);
      g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, boxes, 2, NULL, NULL);

      assert_near (idle[i], "", 0);
      for (guint j = 0; j < 2; j++)
        {
          const BallastBox *box = &g_array_index (mapped, BallastMappedBox, j).box;

          g_assert_cmpfloat_with_epsilon (box->x, boxes[j].x, 1e-9);
          g_assert_cmpfloat_with_epsilon (box->width, boxes[j].width, 1e-9);
        }
    }
}

/* A box over the crossing of four tiles becomes four; one that stays together stays one. */
static void
test_geometry_shuffled_boxes (void)
{
  const BallastBox boxes[] = { { 80, 40, 40, 40 }, { 10, 10, 30, 30 } };
  g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, "[\"RandomGridShuffle\",1,2,2,3,2,1,0]");
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, boxes, 2, NULL, NULL);
  const BallastMappedBox *last;

  g_assert_cmpuint (mapped->len, ==, 5);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (mapped, BallastMappedBox, i).visibility, 0.25, 1e-9);
  last = &g_array_index (mapped, BallastMappedBox, 4);
  g_assert_cmpuint (last->source, ==, 1);
  g_assert_cmpfloat (last->visibility, ==, 1);
  g_assert_cmpfloat_with_epsilon (last->box.x, 110, 1e-9);
}

/* What a crop cut off, a pad does not bring back: neither pixels nor boxes. */
static void
test_geometry_pad_hides (void)
{
  const BallastBox box = { 0, 40, 40, 20 }, left = { 50, 80, 20, 20 };
  g_autoptr(BallastRecipe) recipe = fixture_recipe (
    WIDTH, HEIGHT, "[\"Crop\",1,20,10,100,100,100,100,1,0,0,0,0],"
    "[\"Pad\",2,-50,-50,200,200,200,200,1,0,7,7,7]");
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, &box, 1, NULL, NULL);
  g_autoptr(BallastRaster) source = fixture_flat (WIDTH, HEIGHT, 3, 200);
  g_autoptr(BallastRaster) result = fixture_run_recipe (recipe, source);

  g_assert_cmpuint (fixture_get (result, 49, 100, 0), ==, 7);
  g_assert_cmpuint (fixture_get (result, 50, 100, 0), ==, 200);
  g_assert_cmpfloat_with_epsilon (g_array_index (mapped, BallastMappedBox, 0).visibility, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (mapped, BallastMappedBox, 0).box.x, left.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (mapped, BallastMappedBox, 0).box.width, left.width, 1e-9);
}

/* How the boxes of @n draws of an op fare. */
static void
assert_boxes_seen (const char *name,
                   double      least)
{
  const BallastBox boxes[] = { { 20.5, 10.25, 30, 20 }, { 90, 60, 25.3, 18.7 } };
  const BallastSubject subject = { WIDTH, HEIGHT, NULL, boxes, 2 };
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  const BallastValue side = { { 40 } };
  int height;

  /* After a mirror, so that it is the mirrored boxes that count. */
  ballast_pipeline_add (pipeline, ballast_op_find ("HorizontalFlip"), -1);
  ballast_pipeline_add (pipeline, ballast_op_find (name), -1);
  ballast_pipeline_set_p (pipeline, 0, 0.5);
  ballast_pipeline_set_p (pipeline, 1, 1);
  height = ballast_op_find_parameter (ballast_op_find (name), "height");
  for (guint i = 0; height >= 0 && i < 2; i++)
    ballast_pipeline_set_value (pipeline, 1, (guint) height + i, &side);
  for (guint copy = 0; copy < 200; copy++)
    {
      BallastRandomKey key = ballast_random_key (1, name, copy);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample_subject (pipeline, &key, &subject);
      g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, boxes, 2, NULL, NULL);
      double sum = 0;

      for (guint i = 0; i < mapped->len; i++)
        sum += g_array_index (mapped, BallastMappedBox, i).visibility;
      g_test_message ("%s %u: %g", name, copy, sum);
      g_assert_cmpfloat (sum, >=, least);
    }
}

static void
test_geometry_crops_that_see_boxes (void)
{
  assert_boxes_seen ("BBoxSafeRandomCrop", 2);
  assert_boxes_seen ("RandomSizedBBoxSafeCrop", 2);
  assert_boxes_seen ("AtLeastOneBBoxRandomCrop", 0.06);
  assert_boxes_seen ("RandomCropNearBBox", 0.15);
  assert_boxes_seen ("CropNonEmptyMaskIfExists", 1e-4);
}

/* The field is as strong as it is said to be, and the same each time. */
static void
test_geometry_elastic_strength (void)
{
  const BallastDenseNoise noise = { .sigma = 8, .amplitude = 3, .seed = { 1, 2 } };
  g_autoptr(BallastDense) dense = ballast_dense_new_noise (600, 400, &noise);
  double squares = 0, cross = 0;
  guint n = 0;

  ballast_dense_prepare (dense);
  for (guint y = 0; y < 400; y += 5)
    for (guint x = 0; x < 600; x += 5, n++)
      {
        double at_x = x, at_y = y;

        ballast_dense_map_back (dense, &at_x, &at_y, 1);
        squares += (at_x - x) * (at_x - x);
        cross += (at_x - x) * (at_y - y);
      }
  g_assert_cmpfloat_with_epsilon (sqrt (squares / n), 3, 0.45);
  g_assert_cmpfloat_with_epsilon (cross / n, 0, 1.2);
}

/* There and back. */
static void
test_geometry_forward_inverts_back (void)
{
  const BallastDenseNoise noise = { .sigma = 12, .amplitude = 2.5, .seed = { 5, 6 } };
  const double units[2] = { 120, 120 }, x[4] = { 0, 60, 110, 200 }, y[3] = { 0, 80, 120 };
  BallastDense *maps[] = { ballast_dense_new_noise (200, 120, &noise),
                           ballast_dense_new_radial (200, 120, units, 0.3, 0),
                           ballast_dense_new_axes (200, 120, x, 3, y, 2) };

  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    {
      g_autoptr(BallastDense) dense = maps[i];

      ballast_dense_prepare (dense);
      for (guint at = 0; at < 200; at += 9)
        {
          double forward_x, forward_y;

          ballast_dense_map (dense, at, at / 2.0 + 5, &forward_x, &forward_y);
          ballast_dense_map_back (dense, &forward_x, &forward_y, 1);
          g_assert_cmpfloat_with_epsilon (forward_x, at, 1e-3);
          g_assert_cmpfloat_with_epsilon (forward_y, at / 2.0 + 5, 1e-3);
        }
    }
}

/* A checkerboard becomes grey where it shrinks, whatever shrinks it, and stays black and white where the
 * nearest pixel is asked for. */
static void
test_geometry_shrinks_without_aliasing (void)
{
  static const char *const steps[] = {
    "[\"LongestMaxSize\",1,0,0,200,200,31,31,1,0,0,0,0]", "[\"Resize\",1,0,0,200,200,31,31,3,0,0,0,0]",
    "[\"Letterbox\",1,200,200,40,31,128,128,128]", "[\"Resize\",1,0,0,200,200,31,31,2,0,0,0,0]",
    "[\"Perspective\",1,0,0,0,0,0.05,0.05,0,0,31,31,0,1,0,0,0,0]",
  };
  g_autoptr(BallastRaster) board = ballast_raster_new (200, 200, 3, 8);
  g_autoptr(BallastRaster) nearest = NULL;

  for (guint i = 0; i < 200 * 200 * 3; i++)
    fixture_set (board, i / 3 % 200, i / 600, i % 3, (i / 3 % 200 + i / 600) % 2 == 0 ? 255 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(BallastRaster) small = fixture_run (board, steps[i]);

      g_test_message ("%s", steps[i]);
      for (guint y = 2; y + 2 < small->height; y++)
        for (guint x = 2; x + 2 < small->width; x++)
          g_assert_cmpint (ABS ((int) fixture_get (small, x, y, 1) - 128), <=, 24);
    }
  nearest = fixture_run (board, "[\"Resize\",1,0,0,200,200,31,31,0,0,0,0,0]");
  for (guint i = 0; i < 31 * 31; i++)
    g_assert_cmpuint (fixture_get (nearest, i % 31, i / 31, 0) % 255, ==, 0);
}

/* A preview is the export, reduced; and boxes do not care which of the two was compiled. */
static void
test_geometry_preview (void)
{
  static const char *const chains[] = {
    PERSPECTIVE, ELASTIC, GRID "," LENS, PLATE "," PERSPECTIVE, LOOSE,
    "[\"RandomGridShuffle\",1,2,2,3,2,1,0]", "[\"Letterbox\",1,200,120,160,160,9,9,9]",
    "[\"Crop\",1,20,10,120,90,120,90,1,0,0,0,0],[\"Pad\",2,-30,-20,200,120,200,120,1,4,0,0,0]",
  };
  g_autoptr(BallastRaster) source = waves (WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (chains); i++)
    {
      g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, chains[i]);
      g_autoptr(BallastProgram) half = ballast_program_new_scaled (recipe, WIDTH, HEIGHT, 3, 8, 0.5);
      g_autoptr(BallastRaster) small = ballast_program_run (half, source, NULL, NULL);
      g_autoptr(BallastRaster) full = fixture_run_recipe (recipe, source);
      g_autofree char *steps = g_strdup_printf ("[\"Resize\",1,0,0,%u,%u,%u,%u,3,0,0,0,0]", full->width,
                                                full->height, small->width, small->height);
      g_autoptr(BallastRaster) reduced = fixture_run (full, steps);
      double difference = 0;

      g_assert_cmpuint (small->width, ==, full->width / 2);
      for (guint at = 0; at < small->width * small->height; at++)
        difference += ABS ((int) fixture_get (small, at % small->width, at / small->width, 1)
                           - (int) fixture_get (reduced, at % small->width, at / small->width, 1));
      g_test_message ("%s: %g", chains[i], difference / (small->width * small->height));
      g_assert_cmpfloat (difference / (small->width * small->height), <, 3);
    }
}

/* Every ratio of whole numbers is the mean of its pixels, rounded up from a half at ½; whatever the kind. */
static void
test_geometry_whole_ratios (void)
{
  static const guint ratios[][2] = { { 2, 2 }, { 3, 3 }, { 4, 2 }, { 1, 2 }, { 5, 4 } };

  for (guint kind = 0; kind < 4; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (ratios) * 20; i++)
      {
        guint across = ratios[i / 20][0], down = ratios[i / 20][1], width = 1 + i % 20 * 7;
        g_autoptr(BallastRaster) source = fixture_noise (width * across, 5 * down, raster_kinds[kind][0],
                                                          8, i);
        g_autofree char *step = g_strdup_printf ("[\"Resize\",1,0,0,%u,%u,%u,5,3,0,0,0,0]",
                                                 width * across, 5 * down, width);
        g_autoptr(BallastRaster) result = fixture_run (source, step);

        for (guint at = 0; at < width * 5 * source->channels; at++)
          {
            guint c = at % source->channels, x = at / source->channels % width, sum = 0;
            guint y = at / source->channels / width, value = fixture_get (result, x, y, c);

            for (guint j = 0; j < across * down; j++)
              sum += fixture_get (source, x * across + j % across, y * down + j / across, c);
            if (across == 2 && down == 2)
              g_assert_cmpuint (value, ==, (sum + 2) / 4);
            g_assert_cmpfloat_with_epsilon (value, (double) sum / (across * down), 0.52);
          }
      }
}

/* Numbers of recipes that make no sense. */
static void
test_geometry_bad_recipes (void)
{
  static const char *const bad[] = {
    "[\"Resize\",1,0,0,0,120,10,10,1,0,0,0,0]", "[\"Resize\",1,0,0,200,120,10.5,10,1,0,0,0,0]",
    "[\"Resize\",1,0,0,200,120,10,10,5,0,0,0,0]", "[\"Pad\",1,-1,0,200,120,10,10,1,7,0,0,0]",
    "[\"Perspective\",1,0.5,0,0,0,0,0,0,0,200,120,0,1,0,0,0,0]",
    "[\"ElasticTransform\",2,300,0.1,0,0,7,8,1,4,0,0,0]", "[\"GridDistortion\",3,0,1,1,4,0,0,0]",
    "[\"GridDistortion\",3,2,1,1,1,1,0,1,4,0,0,0]", "[\"RandomGridShuffle\",1,2,2,0,1,2,2]",
    "[\"RandomGridShuffle\",1,2,2,0,1,2]", "[\"OpticalDistortion\",4,9,0,1,4,0,0,0]",
    "[\"PiecewiseAffine\",6,1,2,0,0,0,0,1,4,0,0,0]", "[\"SquareSymmetry\",1,8]",
    "[\"ThinPlateSpline\",5,2,2,0.9,0.02,-0.04,0.01,0.02,-0.03,-0.01,0.04,1,4,0,0,0]",
    "[\"Letterbox\",1,200,120,0,160,9,9,9]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"size\":[200,120],\"steps\":[%s]}", bad[i]);
      g_autoptr(GError) error = NULL;
      g_autoptr(BallastRecipe) recipe = ballast_recipe_from_json (text, -1, &error);

      g_test_message ("%s", bad[i]);
      g_assert_null (recipe);
      g_assert_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_RANGE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/geometry/mirror-laws", test_geometry_mirror_laws);
  g_test_add_func ("/augment/geometry/is-one-map", test_geometry_is_one_map);
  g_test_add_func ("/augment/geometry/bent-is-bilinear", test_geometry_bent_is_bilinear);
  g_test_add_func ("/augment/geometry/boxes-follow-masks", test_geometry_boxes_follow_masks);
  g_test_add_func ("/augment/geometry/idle-distortions", test_geometry_idle_distortions);
  g_test_add_func ("/augment/geometry/shuffled-boxes", test_geometry_shuffled_boxes);
  g_test_add_func ("/augment/geometry/pad-hides", test_geometry_pad_hides);
  g_test_add_func ("/augment/geometry/crops-that-see-boxes", test_geometry_crops_that_see_boxes);
  g_test_add_func ("/augment/geometry/elastic-strength", test_geometry_elastic_strength);
  g_test_add_func ("/augment/geometry/forward-inverts-back", test_geometry_forward_inverts_back);
  g_test_add_func ("/augment/geometry/shrinks-without-aliasing", test_geometry_shrinks_without_aliasing);
  g_test_add_func ("/augment/geometry/preview", test_geometry_preview);
  g_test_add_func ("/augment/geometry/whole-ratios", test_geometry_whole_ratios);
  g_test_add_func ("/augment/geometry/bad-recipes", test_geometry_bad_recipes);
  return g_test_run ();
}
