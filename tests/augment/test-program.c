#include <math.h>

#include "augment-fixture.h"
#include "ballast-lowering.h"

/* Whole programs: laws, fusion, sampling against exact arithmetic, sizes, boxes. */

static void
assert_same (const BallastRaster *source,
             const char          *steps,
             const char          *as)
{
  g_autoptr(BallastRaster) a = fixture_run (source, steps);
  g_autoptr(BallastRaster) b = fixture_run (source, as);

  g_test_message ("%s = %s", steps, as);
  g_assert_true (ballast_raster_equal (a, b));
}

static void
test_program_laws (void)
{
  static const char *const laws[][2] = {
    { "[\"HorizontalFlip\",1],[\"HorizontalFlip\",2]", "" },
    { "[\"VerticalFlip\",1],[\"VerticalFlip\",2]", "" },
    { "[\"Transpose\",1],[\"Transpose\",2]", "" },
    { "[\"RandomRotate90\",1,1],[\"RandomRotate90\",2,3]", "" },
    { "[\"HorizontalFlip\",1],[\"VerticalFlip\",2]", "[\"RandomRotate90\",1,2]" },
    { "[\"Transpose\",1],[\"VerticalFlip\",2]", "[\"RandomRotate90\",1,1]" },
    /* Nothing is cropped in between: to and fro is nothing at all. */
    { "[\"Rotate\",1,30,0,0,0,0,0],[\"Rotate\",2,-30,0,0,0,0,0]", "" },
    { "[\"Rotate\",1,90,0,0,0,0,0],[\"Rotate\",2,90,4,0,0,0,0]", "[\"RandomRotate90\",1,2]" },
    { "[\"Affine\",1,2,2,0,0,0,0,0,4,0,0,0],[\"Affine\",2,0.5,0.5,0,0,0,0,0,4,0,0,0]", "" },
    /* Colour and mirrors change places. */
    { "[\"RandomGamma\",1,70],[\"HorizontalFlip\",2]", "[\"HorizontalFlip\",2],[\"RandomGamma\",1,70]" },
    { "[\"ToGray\",1,0],[\"ToGray\",2,0]", "[\"ToGray\",1,0]" },
    { "[\"HueSaturationValue\",1,0,0,0]", "" },
    { "[\"GaussianBlur\",1,2,0],[\"HorizontalFlip\",2]", "[\"HorizontalFlip\",2],[\"GaussianBlur\",1,2,0]" },
    { "[\"GaussianBlur\",1,2,0],[\"Transpose\",2]", "[\"GaussianBlur\",1,2,0],[\"Transpose\",3]" },
    { "[\"CoarseDropout\",1,9,9,9,5,6,7,8],[\"HorizontalFlip\",2]",
      "[\"HorizontalFlip\",2],[\"CoarseDropout\",1,9,9,9,55,6,7,8]" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
    {
      g_autoptr(BallastRaster) source = fixture_noise (67, 45, raster_kinds[k][0],
                                                        raster_kinds[k][1], 1);

      for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
        assert_same (source, laws[i][0], laws[i][1]);
    }
}

static void
test_program_fuses (void)
{
  static const struct
  {
    const char *steps;
    guint       passes, resamplings;
  } cases[] = {
    { "", 0, 0 },
    { "[\"HorizontalFlip\",1],[\"RandomGamma\",2,80],[\"GaussNoise\",3,0.1,0,1,2,3]", 1, 0 },
    { "[\"HorizontalFlip\",1],[\"Rotate\",2,9,4,0,0,0,0],[\"RandomGamma\",3,80]", 1, 1 },
    { "[\"Rotate\",2,9,4,0,0,0,0],[\"RandomResizedCrop\",1,5,5,30,20,60,40,0.3]", 1, 1 },
    /* Colour in between goes first, and there is still one resampling. */
    { "[\"Rotate\",2,9,4,0,0,0,0],[\"ToGray\",3,0],[\"Rotate\",4,9,4,0,0,0,0]", 2, 1 },
    { "[\"Rotate\",2,9,4,0,0,0,0],[\"GaussianBlur\",3,1,0],[\"Rotate\",4,9,4,0,0,0,0]", 3, 2 },
    { "[\"GaussNoise\",3,0.1,0,1,2,3],[\"Rotate\",4,9,4,0,0,0,0]", 2, 1 },
    { "[\"Rotate\",1,30,0,0,0,0,0],[\"Rotate\",2,-30,0,0,0,0,0]", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BallastRecipe) recipe = fixture_recipe (60, 40, cases[i].steps);
      g_autoptr(BallastProgram) program = ballast_program_new (recipe, 60, 40, 3, 8);

      g_test_message ("%s", cases[i].steps);
      g_assert_cmpuint (ballast_program_get_n_passes (program), ==, cases[i].passes);
      g_assert_cmpuint (ballast_program_get_n_resamplings (program), ==, cases[i].resamplings);
      g_assert_cmpfloat (ballast_program_estimate_ns (program), >, 0);
    }
}

/* One after another by single programs gives what the fused one gives, where nothing is sampled. */
static void
test_program_fused_colour_is_the_sequence (void)
{
  static const char *const steps[] = {
    "[\"RandomBrightnessContrast\",1,0.1,0.3]", "[\"RandomGamma\",2,70]",
    "[\"HueSaturationValue\",3,9,-20,11]", "[\"HorizontalFlip\",4]",
    "[\"RandomBrightnessContrast\",5,-0.2,0.05]", "[\"GaussNoise\",6,0.05,0,1,2,3]",
    "[\"CoarseDropout\",7,1,2,3,10,10,20,20]", "[\"Transpose\",8]", "[\"GaussianBlur\",9,1,0]",
  };
  char *joined[G_N_ELEMENTS (steps) + 1] = { NULL };
  g_autofree char *line = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    joined[i] = (char *) steps[i];
  line = g_strjoinv (",", joined);
  for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
    {
      g_autoptr(BallastRaster) source = fixture_noise (71, 53, raster_kinds[k][0],
                                                        raster_kinds[k][1], 2);
      g_autoptr(BallastRaster) fused = fixture_run (source, line);
      g_autoptr(BallastRaster) one = ballast_raster_copy (source);

      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          BallastRaster *next = fixture_run (one, steps[i]);

          ballast_raster_free (one);
          one = next;
        }
      g_assert_true (ballast_raster_equal (fused, one));
    }
}

static double
mirror_101 (double position,
            double size)
{
  double period = 2 * (size - 1);

  position = fabs (fmod (position, period));
  return position > size - 1 ? period - position : position;
}

/* Exact interpolation at real positions. */
static double
sample_exactly (const BallastRaster *source,
                double               x,
                double               y,
                guint                channel)
{
  guint left = (guint) floor (x), top = (guint) floor (y);
  guint right = MIN (left + 1, source->width - 1), bottom = MIN (top + 1, source->height - 1);
  double fx = x - left, fy = y - top;

  return (fixture_get (source, left, top, channel) * (1 - fx)
          + fixture_get (source, right, top, channel) * fx) * (1 - fy)
         + (fixture_get (source, left, bottom, channel) * (1 - fx)
            + fixture_get (source, right, bottom, channel) * fx) * fy;
}

static void
test_program_warp_is_bilinear (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
    {
      g_autoptr(BallastRaster) source = fixture_noise (90, 70, raster_kinds[k][0],
                                                        raster_kinds[k][1], 3);
      g_autoptr(BallastRecipe) recipe = fixture_recipe (
        90, 70, "[\"Affine\",1,1.3,1.1,0.05,-0.04,25,6,0,4,0,0,0]");
      g_autoptr(BallastRaster) result = fixture_run_recipe (recipe, source);
      g_auto(BallastLowering) lowering = { 0 };
      BallastMap map;
      /* Each axis is rounded to 1/128 px: half of that on both, of a full edge, and one rounding. */
      double tolerance = (raster_kinds[k][1] == 16 ? 65535 : 255) / 128.0 + 0.51;

      ballast_lowering_init (&lowering, recipe);
      map = ballast_lowering_get_map (&lowering);
      map = ballast_map_invert (&map);
      for (guint y = 0; y < 70; y++)
        for (guint x = 0; x < 90; x++)
          {
            double from_x, from_y;

            ballast_map_apply (&map, x + 0.5, y + 0.5, &from_x, &from_y);
            from_x = mirror_101 (from_x - 0.5, 90);
            from_y = mirror_101 (from_y - 0.5, 70);
            for (guint c = 0; c < source->channels; c++)
              g_assert_cmpfloat_with_epsilon (fixture_get (result, x, y, c),
                                              sample_exactly (source, from_x, from_y, c), tolerance);
          }
    }
}

/* Where it shrinks, a checkerboard becomes grey instead of aliasing. */
static void
test_program_shrinks_without_aliasing (void)
{
  static const char *const steps[] = {
    "[\"RandomResizedCrop\",1,0,0,200,200,31,31,1]",
    "[\"Affine\",1,0.2,0.2,0,0,10,0,0,4,0,0,0]",
  };
  g_autoptr(BallastRaster) board = ballast_raster_new (200, 200, 3, 8);

  for (guint i = 0; i < 200 * 200 * 3; i++)
    fixture_set (board, i / 3 % 200, i / 600, i % 3, (i / 3 % 200 + i / 600) % 2 == 0 ? 255 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(BallastRaster) small = fixture_run (board, steps[i]);

      for (guint y = 5; y + 5 < small->height; y++)
        for (guint x = 5; x + 5 < small->width; x++)
          g_assert_cmpint (ABS ((int) fixture_get (small, x, y, 1) - 128), <=, 24);
    }
}

/* A flat picture stays flat through whatever samples or averages. */
static void
test_program_flat_stays_flat (void)
{
  static const char *const steps[] = {
    "[\"Rotate\",1,33,4,0,0,0,0]", "[\"Rotate\",1,33,3,0,0,0,0]",
    "[\"Rotate\",1,33,2,0,0,0,0]", "[\"Rotate\",1,33,1,0,0,0,0]",
    "[\"GaussianBlur\",1,3,0]", "[\"GaussianBlur\",1,12,0]",
    "[\"GaussianBlur\",1,0.7,0]", "[\"RandomResizedCrop\",1,3,2,50,33,131,97,0.5]",
    "[\"RandomResizedCrop\",1,0,0,77,51,9,5,1]", "[\"Affine\",1,0.1,0.3,0,0,40,0,0,2,0,0,0]",
  };

  for (guint v = 0; v < 256; v += 15)
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
      {
        g_autoptr(BallastRaster) flat = fixture_flat (77, 51, 3, v);
        g_autoptr(BallastRaster) result = fixture_run (flat, steps[i]);

        g_test_message ("%s of %u", steps[i], v);
        for (guint y = 0; y < result->height; y++)
          for (guint x = 0; x < result->width; x++)
            g_assert_cmpuint (fixture_get (result, x, y, 2), ==, v);
      }
}

static void
test_program_fill_goes_through_later_colour (void)
{
  g_autoptr(BallastRaster) flat = fixture_flat (40, 40, 3, 200);
  /* Corners are filled with 100; then everything is lightened by 51. */
  g_autoptr(BallastRaster) after = fixture_run (
    flat, "[\"Rotate\",1,45,0,100,100,100,0],[\"RandomBrightnessContrast\",2,0.2,0]");
  g_autoptr(BallastRaster) before = fixture_run (
    flat, "[\"RandomBrightnessContrast\",2,0.2,0],[\"Rotate\",1,45,0,100,100,100,0]");
  g_autoptr(BallastRaster) between = fixture_run (
    flat, "[\"Rotate\",1,45,0,100,100,100,0],[\"RandomBrightnessContrast\",2,0.2,0],"
    "[\"RandomResizedCrop\",3,0,0,40,40,80,80,1]");

  g_assert_cmpuint (fixture_get (after, 0, 0, 0), ==, 151);
  g_assert_cmpuint (fixture_get (after, 20, 20, 0), ==, 251);
  g_assert_cmpuint (fixture_get (before, 0, 0, 0), ==, 100);
  g_assert_cmpuint (fixture_get (before, 20, 20, 0), ==, 251);
  g_assert_cmpuint (fixture_get (between, 0, 0, 0), ==, 151);
}

/* Alpha outside is transparent, and the colour there is the fill. */
static void
test_program_fill_of_alpha (void)
{
  g_autoptr(BallastRaster) flat = fixture_flat (40, 40, 4, 255);
  g_autoptr(BallastRaster) result = fixture_run (flat, "[\"Rotate\",1,45,0,10,20,30,0]");
  const guint8 expected[4] = { 10, 20, 30, 0 };

  g_assert_cmpmem (ballast_raster_get_row (result, 0), 4, expected, 4);
}

static void
test_program_crop_border_uncovers_nothing (void)
{
  for (int angle = -85; angle <= 85; angle += 17)
    {
      g_autofree char *steps = g_strdup_printf ("[\"Rotate\",1,%d,0,0,0,0,1]", angle);
      g_autoptr(BallastRaster) white = fixture_flat (150, 80, 1, 255);
      g_autoptr(BallastRaster) result = fixture_run (white, steps);

      for (guint y = 1; y + 1 < result->height; y++)
        for (guint x = 1; x + 1 < result->width; x++)
          g_assert_cmpuint (fixture_get (result, x, y, 0), ==, 255);
    }
}

/* A preview is the export, reduced. */
static void
test_program_preview_looks_like_the_export (void)
{
  const char *steps = "[\"Rotate\",1,20,4,0,0,0,0],[\"GaussianBlur\",2,4,0],"
                      "[\"RandomBrightnessContrast\",3,0.1,-0.2],"
                      "[\"CoarseDropout\",4,255,0,0,40,80,120,40],[\"HorizontalFlip\",5]";
  g_autoptr(BallastRecipe) recipe = fixture_recipe (400, 300, steps);
  g_autoptr(BallastRaster) source = ballast_raster_new (400, 300, 3, 8);
  g_autoptr(BallastRaster) full = NULL, reduced = NULL, small = NULL;
  g_autoptr(BallastProgram) program = NULL;
  double difference = 0;

  for (guint i = 0; i < 400 * 300 * 3; i++)
    fixture_set (source, i / 3 % 400, i / 1200, i % 3,
                 (guint) (127 + 120 * sin (i / 3 % 400 / 19.0 + i % 3) * cos (i / 1200 / 23.0)));
  full = fixture_run_recipe (recipe, source);
  reduced = fixture_run (full, "[\"RandomResizedCrop\",1,0,0,400,300,100,75,1]");
  program = ballast_program_new_scaled (recipe, 400, 300, 3, 8, 0.25);
  small = ballast_program_run (program, source, NULL, NULL);
  g_assert_cmpuint (small->width, ==, 100);
  g_assert_cmpuint (small->height, ==, 75);
  for (guint i = 0; i < 100 * 75; i++)
    difference += ABS ((int) fixture_get (small, i % 100, i / 100, 1)
                       - (int) fixture_get (reduced, i % 100, i / 100, 1));
  g_assert_cmpfloat (difference / (100 * 75), <, 2.5);
}

/* From a source that is already reduced, odd sizes and turns included. */
static void
test_program_reduced_source (void)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (
    375, 501, "[\"RandomRotate90\",1,1],[\"Rotate\",2,9,4,0,0,0,0]");
  g_autoptr(BallastRecipe) turn = fixture_recipe (375, 501, "[\"RandomRotate90\",1,1]");
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, 94, 126, 3, 8);
  g_autoptr(BallastProgram) exact = ballast_program_new (turn, 94, 126, 3, 8);
  guint width, height;

  ballast_program_get_size (program, &width, &height);
  g_assert_cmpuint (width, ==, 126);
  g_assert_cmpuint (height, ==, 94);
  g_assert_cmpuint (ballast_program_get_n_resamplings (program), ==, 1);
  g_assert_cmpuint (ballast_program_get_n_resamplings (exact), ==, 0);
}

static void
test_program_cancelled (void)
{
  g_autoptr(BallastRaster) source = fixture_noise (50, 50, 3, 8, 1);
  g_autoptr(BallastRecipe) recipe = fixture_recipe (50, 50, "[\"HorizontalFlip\",1]");
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, 50, 50, 3, 8);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_program_run (program, source, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_box (const char *steps,
            BallastBox  box,
            BallastBox  expected,
            double      visibility)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (200, 100, steps);
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, 200, 100, 3, 8);
  BallastBox mapped;
  double seen;

  g_test_message ("%s", steps);
  g_assert_true (ballast_program_map_box (program, &box, &mapped, &seen) == (visibility > 0));
  g_assert_cmpfloat_with_epsilon (mapped.x, expected.x, 1e-6);
  g_assert_cmpfloat_with_epsilon (mapped.y, expected.y, 1e-6);
  g_assert_cmpfloat_with_epsilon (mapped.width, expected.width, 1e-6);
  g_assert_cmpfloat_with_epsilon (mapped.height, expected.height, 1e-6);
  g_assert_cmpfloat_with_epsilon (seen, visibility, 1e-6);
}

static void
test_program_boxes (void)
{
  const BallastBox box = { 20, 10, 40, 30 };
  const double side = 50 / sqrt (2);

  assert_box ("", box, box, 1);
  assert_box ("[\"HorizontalFlip\",1]", box, (BallastBox) { 140, 10, 40, 30 }, 1);
  assert_box ("[\"VerticalFlip\",1]", box, (BallastBox) { 20, 60, 40, 30 }, 1);
  assert_box ("[\"Transpose\",1]", box, (BallastBox) { 10, 20, 30, 40 }, 1);
  assert_box ("[\"RandomRotate90\",1,1]", box, (BallastBox) { 10, 140, 30, 40 }, 1);
  /* To and fro leaves the box as it was: it is never boxed in between. */
  assert_box ("[\"Rotate\",1,30,0,0,0,0,0],[\"Rotate\",2,-30,0,0,0,0,0]", box, box, 1);
  assert_box ("[\"Rotate\",1,45,0,0,0,0,0]", (BallastBox) { 75, 25, 50, 50 },
              (BallastBox) { 100 - side, 50 - side, 2 * side, 2 * side }, 1);
  /* Two cuts of a half and two fifths leave a fifth, whatever the order. */
  assert_box ("[\"RandomResizedCrop\",1,40,0,160,100,160,100,1],"
              "[\"RandomResizedCrop\",2,12,0,148,100,148,100,1]",
              box, (BallastBox) { 0, 10, 8, 30 }, 0.2);
  assert_box ("[\"RandomResizedCrop\",1,100,0,100,100,50,50,1]", box, (BallastBox) { 0 }, 0);
}

static void
test_program_boxes_beside_holes (void)
{
  const BallastBox box = { 20, 10, 40, 30 };

  /* A hole over the left half: what stays visible is the right half. */
  assert_box ("[\"CoarseDropout\",1,0,0,0,0,0,40,100]", box, (BallastBox) { 40, 10, 20, 30 }, 0.5);
  /* A hole inside takes area but no edge. */
  assert_box ("[\"CoarseDropout\",1,0,0,0,30,20,20,15]", box, box, 0.75);
  /* Twice the same hole takes it once; the flip comes after. */
  assert_box ("[\"CoarseDropout\",1,0,0,0,30,20,20,15,30,20,20,15],[\"HorizontalFlip\",2]", box,
              (BallastBox) { 140, 10, 40, 30 }, 0.75);
  assert_box ("[\"CoarseDropout\",1,0,0,0,0,0,200,100]", box, (BallastBox) { 0 }, 0);
  assert_box ("[\"CoarseDropout\",1,0,0,0,100,50,50,50]", box, box, 1);
}

/* The same bytes each time, and from a program that others use at the same time. */
static gpointer
run_in_thread (gpointer data)
{
  gpointer *pair = data;

  return ballast_program_run (pair[0], pair[1], NULL, NULL);
}

static void
test_program_threads (void)
{
  g_autoptr(BallastRaster) source = fixture_noise (301, 207, 3, 8, 8);
  g_autoptr(BallastRecipe) recipe = fixture_recipe (
    301, 207, "[\"Rotate\",1,20,0,9,9,9,0],[\"GaussNoise\",2,0.05,0,1,5,6],[\"GaussianBlur\",3,1,0]");
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, 301, 207, 3, 8);
  g_autoptr(BallastRaster) expected = ballast_program_run (program, source, NULL, NULL);
  gpointer pair[2] = { program, source };
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("run", run_in_thread, pair);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr(BallastRaster) result = g_thread_join (threads[i]);

      g_assert_true (ballast_raster_equal (expected, result));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/program/laws", test_program_laws);
  g_test_add_func ("/augment/program/fuses", test_program_fuses);
  g_test_add_func ("/augment/program/fused-colour-is-the-sequence",
                   test_program_fused_colour_is_the_sequence);
  g_test_add_func ("/augment/program/warp-is-bilinear", test_program_warp_is_bilinear);
  g_test_add_func ("/augment/program/shrinks-without-aliasing", test_program_shrinks_without_aliasing);
  g_test_add_func ("/augment/program/flat-stays-flat", test_program_flat_stays_flat);
  g_test_add_func ("/augment/program/fill-goes-through-later-colour",
                   test_program_fill_goes_through_later_colour);
  g_test_add_func ("/augment/program/fill-of-alpha", test_program_fill_of_alpha);
  g_test_add_func ("/augment/program/crop-border", test_program_crop_border_uncovers_nothing);
  g_test_add_func ("/augment/program/preview", test_program_preview_looks_like_the_export);
  g_test_add_func ("/augment/program/reduced-source", test_program_reduced_source);
  g_test_add_func ("/augment/program/cancelled", test_program_cancelled);
  g_test_add_func ("/augment/program/boxes", test_program_boxes);
  g_test_add_func ("/augment/program/boxes-beside-holes", test_program_boxes_beside_holes);
  g_test_add_func ("/augment/program/threads", test_program_threads);
  return g_test_run ();
}
