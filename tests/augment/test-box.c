#include <math.h>

#include "augment-fixture.h"
#include "ballast-op-table.h"
#include "ballast-program-box.h"

/* Boxes, polygons and masks through recipes of a picture of 200 × 100, and what a policy keeps. */

#define WIDTH 200
#define HEIGHT 100

typedef struct
{
  const char      *steps;
  BallastBox       box;
  BallastBoxPolicy policy;
  BallastBox       expected; /* 0, 0, 0, 0: lost */
  double           visibility;
} BoxCase;

static GArray *
map_boxes (const char             *steps,
           const BallastBox       *boxes,
           guint                   n,
           const BallastBoxPolicy *policy,
           BallastBoxTally        *tally)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, steps);

  return ballast_recipe_map_boxes (recipe, boxes, n, policy, tally);
}

static void
assert_box (const BallastBox *box,
            const BallastBox *expected)
{
  g_assert_cmpfloat_with_epsilon (box->x, expected->x, 1e-6);
  g_assert_cmpfloat_with_epsilon (box->y, expected->y, 1e-6);
  g_assert_cmpfloat_with_epsilon (box->width, expected->width, 1e-6);
  g_assert_cmpfloat_with_epsilon (box->height, expected->height, 1e-6);
}

static void
test_box_policy_keeps (void)
{
  /* Two crops that leave a half and two fifths of it, a fifth in all. */
  const char *crops = "[\"RandomResizedCrop\",1,40,0,160,100,160,100,1],"
                      "[\"RandomResizedCrop\",2,12,0,148,100,148,100,1]";
  const BallastBox box = { 20, 10, 40, 30 }, left = { 0, 10, 8, 30 }, none = { 0 };
  const BoxCase cases[] = {
    /* The share counts against the original, not against the step before. */
    { crops, box, { .min_visibility = 0.3 }, none, 0 },
    { crops, box, { .min_visibility = 0.2 }, left, 0.2 },
    { crops, box, { .min_area = 240 }, left, 0.2 },
    { crops, box, { .min_area = 241 }, none, 0 },
    { crops, box, { .min_width = 8 }, left, 0.2 },
    { crops, box, { .min_width = 8.1 }, none, 0 },
    { crops, box, { .min_height = 31 }, none, 0 },
    { crops, box, { .max_ratio = 3.75 }, left, 0.2 },
    { crops, box, { .max_ratio = 3.7 }, none, 0 },
    { crops, box, { .loss = BALLAST_BOX_LOSS_DROP }, none, 0 },
    { crops, { 60, 10, 40, 30 }, { .loss = BALLAST_BOX_LOSS_DROP }, { 8, 10, 40, 30 }, 1 },
    /* 1 keeps what is whole, whatever it went through. */
    { "[\"Rotate\",1,30,0,0,0,0,0],[\"Rotate\",2,-30,0,0,0,0,0]", box, { .min_visibility = 1 }, box,
      1 },
    { "[\"Affine\",1,0.7,0.7,0.1,0.03,0,0,0,0,0,0,0]", { 90, 40, 20, 20 }, { .min_visibility = 1 },
      { 113, 46, 14, 14 }, 1 },
    /* Coordinates stay what they are, to the last digit. */
    { "[\"CoarseDropout\",1,0,0,0,0,0,5,5]", { 100.5, 10.25, 50.125, 0.5617 }, { 0 },
      { 100.5, 10.25, 50.125, 0.5617 }, 1 },
    /* The ellipse inside a turned square is as wide as the square. */
    { "[\"Rotate\",1,45,0,0,0,0,0]", { 75, 25, 50, 50 }, { .ellipse = TRUE }, { 75, 25, 50, 50 }, 1 },
    { "[\"HorizontalFlip\",1]", box, { .ellipse = TRUE }, { 140, 10, 40, 30 }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) mapped = map_boxes (cases[i].steps, &cases[i].box, 1, &cases[i].policy, NULL);

      g_test_message ("case %u", i);
      g_assert_cmpuint (mapped->len, ==, cases[i].visibility > 0);
      if (mapped->len == 0)
        continue;
      assert_box (&g_array_index (mapped, BallastMappedBox, 0).box, &cases[i].expected);
      g_assert_cmpfloat_with_epsilon (g_array_index (mapped, BallastMappedBox, 0).visibility,
                                      cases[i].visibility, 1e-6);
    }
}

/* A box that sticks out, by whatever, is clipped and counted; it is no error. */
static void
test_box_out_of_range (void)
{
  const BallastBox boxes[] = {
    { -5e-7 * WIDTH, 10, 20, 20 }, { 190, 90, 20, 20 }, { 10, 10, 20, 20 },
    { 300, 10, 5, 5 }, { 10, 10, 0, 5 }, { 10, 10, -5, 5 }, { NAN, 0, 5, 5 }, { 0, 0, INFINITY, 5 },
  };
  const BallastBoxPolicy policy = { 0 };
  BallastBoxTally tally;
  g_autoptr(GArray) mapped = map_boxes ("", boxes, G_N_ELEMENTS (boxes), &policy, &tally);
  const BallastBox corner = { 190, 90, 10, 10 };

  g_assert_cmpuint (mapped->len, ==, 3);
  g_assert_cmpuint (tally.n_clipped, ==, 2);
  g_assert_cmpuint (tally.n_invalid, ==, 5);
  g_assert_cmpuint (tally.n_lost, ==, 0);
  g_assert_cmpuint (tally.n_cut, ==, 0);
  assert_box (&g_array_index (mapped, BallastMappedBox, 1).box, &corner);
  g_assert_cmpuint (g_array_index (mapped, BallastMappedBox, 2).source, ==, 2);
}

/* A box that vanishes is gone, and does not stay where it was. */
static void
test_box_vanishes (void)
{
  const BallastBox boxes[] = { { 0, 0, 10, 10 }, { 150, 50, 20, 20 } };
  const BallastBoxPolicy policy = { 0 };
  BallastBoxTally tally;
  g_autoptr(GArray) mapped = map_boxes ("[\"RandomResizedCrop\",1,100,0,100,100,50,50,1]", boxes, 2,
                                         &policy, &tally);

  g_assert_cmpuint (mapped->len, ==, 1);
  g_assert_cmpuint (g_array_index (mapped, BallastMappedBox, 0).source, ==, 1);
  g_assert_cmpuint (tally.n_lost, ==, 1);
}

static BallastPipeline *
pipeline_with (const char             *op,
               const BallastBoxPolicy *policy)
{
  BallastPipeline *pipeline = ballast_pipeline_new ();

  ballast_pipeline_add (pipeline, ballast_op_find (op), -1);
  ballast_pipeline_set_p (pipeline, 0, 1);
  ballast_pipeline_set_box_policy (pipeline, policy);
  return pipeline;
}

/* Every copy keeps its box, the same arguments give the same copy, and without boxes nothing is
 * drawn again. */
static void
test_box_drawn_again (void)
{
  const BallastBoxPolicy redraw = { .loss = BALLAST_BOX_LOSS_REDRAW, .min_visibility = 0.9 };
  const BallastBoxPolicy trim = { .min_visibility = 0.9 };
  g_autoptr(BallastPipeline) pipeline = pipeline_with ("RandomResizedCrop", &redraw);
  g_autoptr(BallastPipeline) plain = pipeline_with ("RandomResizedCrop", &trim);
  const BallastBox box = { 150, 60, 40, 30 };
  guint again = 0;

  for (guint copy = 0; copy < 50; copy++)
    {
      BallastRandomKey key = ballast_random_key (3, "a.jpg", copy);
      const BallastSubject subject = { WIDTH, HEIGHT, NULL, &box, 1 };
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample_subject (pipeline, &key, &subject);
      g_autoptr(BallastRecipe) same = ballast_pipeline_sample_subject (pipeline, &key, &subject);
      g_autoptr(BallastRecipe) first = ballast_pipeline_sample (pipeline, &key, WIDTH, HEIGHT, NULL);
      g_autoptr(BallastRecipe) trimmed = ballast_pipeline_sample_subject (plain, &key, &subject);
      g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, &box, 1, &redraw, NULL);

      g_assert_cmpuint (mapped->len, ==, 1);
      g_assert_true (ballast_recipe_equal (recipe, same));
      g_assert_true (ballast_recipe_equal (first, trimmed));
      again += !ballast_recipe_equal (recipe, first);
    }
  g_assert_cmpuint (again, >, 5);
  g_assert_cmpuint (again, <, 45);
}

static void
test_box_policy_json (void)
{
  const BallastBoxPolicy policies[] = {
    BALLAST_BOX_POLICY_INITIAL,
    { BALLAST_BOX_LOSS_REDRAW, TRUE, 0.5, 16, 2, 3, 8 },
    { BALLAST_BOX_LOSS_DROP, FALSE, 0.25, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autoptr(BallastPipeline) pipeline = pipeline_with ("Rotate", &policies[i]);
      g_autofree char *text = ballast_pipeline_to_json (pipeline, FALSE);
      g_autoptr(GError) error = NULL;
      g_autoptr(BallastPipeline) again = ballast_pipeline_from_json (text, -1, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (ballast_pipeline_equal (pipeline, again));
      g_assert_true ((strstr (text, "\"bbox_params\":null") != NULL) == (i == 0));
    }
}

/* What an Albumentations file says, and nonsense in it. */
static void
test_box_policy_read (void)
{
  static const struct
  {
    const char      *params;
    BallastBoxPolicy expected;
  } cases[] = {
    { "null", BALLAST_BOX_POLICY_INITIAL },
    { "{\"format\":\"yolo\",\"min_area\":16,\"min_visibility\":0.25,\"max_accept_ratio\":null}",
      { .min_area = 16, .min_visibility = 0.25 } },
    { "{}", { 0 } },
    { "{\"min_visibility\":7,\"min_width\":\"x\",\"max_accept_ratio\":0.5}",
      { .min_visibility = 1, .max_ratio = 1 } },
    { "[3]", BALLAST_BOX_POLICY_INITIAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"transform\":{\"__class_fullname__\":\"Compose\",\"transforms\":[],\"bbox_params\":%s}}",
        cases[i].params);
      g_autoptr(GError) error = NULL;
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_from_json (text, -1, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (ballast_box_policy_equal (ballast_pipeline_get_box_policy (pipeline),
                                               &cases[i].expected));
    }
}

static BallastProgram *
program_of (const char *steps)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (WIDTH, HEIGHT, steps);

  return ballast_program_new (recipe, WIDTH, HEIGHT, 3, 8);
}

static void
test_box_polygons (void)
{
  /* An L of 30 × 30 with a dent of 20 × 20. */
  const BallastPoint corner[] = { { 10, 10 }, { 40, 10 }, { 40, 20 }, { 20, 20 }, { 20, 40 },
                                  { 10, 40 } };
  g_autoptr(BallastProgram) flip = program_of ("[\"HorizontalFlip\",1]");
  g_autoptr(BallastProgram) holes = program_of ("[\"CoarseDropout\",1,0,0,0,10,25,30,5]");
  g_autoptr(BallastProgram) gone = program_of ("[\"RandomResizedCrop\",1,100,0,100,100,50,50,1]");
  g_autoptr(GPtrArray) flipped = NULL, cut = NULL, none = NULL;
  double visibility;
  const GArray *points;

  flipped = ballast_program_map_polygon (flip, corner, G_N_ELEMENTS (corner), &visibility);
  g_assert_cmpuint (flipped->len, ==, 1);
  g_assert_cmpfloat (visibility, ==, 1);
  points = g_ptr_array_index (flipped, 0);
  g_assert_cmpuint (points->len, ==, G_N_ELEMENTS (corner));
  for (guint i = 0; i < points->len; i++)
    {
      g_assert_cmpfloat (g_array_index (points, BallastPoint, i).x, ==, WIDTH - corner[i].x);
      g_assert_cmpfloat (g_array_index (points, BallastPoint, i).y, ==, corner[i].y);
    }
  cut = ballast_program_map_polygon (holes, corner, G_N_ELEMENTS (corner), &visibility);
  g_assert_cmpuint (cut->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (visibility, 450 / 500.0, 1e-9);
  none = ballast_program_map_polygon (gone, corner, G_N_ELEMENTS (corner), &visibility);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpfloat (visibility, ==, 0);
}

static void
test_box_mask_runs (void)
{
  static const guint8 bytes[] = { 0, 0, 1,
                                  0, 1, 1 };
  const guint32 counts[] = { 3, 3 };
  const BallastBox expected = { 1, 0, 2, 2 };
  g_autoptr(BallastMask) mask = ballast_mask_new_from_bytes (bytes, 3, 2);
  g_autoptr(BallastMask) broken = ballast_mask_new (3, 2);
  g_autofree guint8 *back = ballast_mask_to_bytes (mask);
  BallastBox box;

  g_assert_cmpmem (mask->counts->data, mask->counts->len * 4, counts, sizeof counts);
  g_assert_cmpmem (back, 6, bytes, sizeof bytes);
  g_assert_cmpuint (ballast_mask_measure (mask, &box), ==, 3);
  assert_box (&box, &expected);
  g_assert_true (ballast_mask_is_valid (mask));
  g_array_index (broken->counts, guint32, 0) = 7;
  g_assert_false (ballast_mask_is_valid (broken));
}

/* A mask goes where the pixels go: as a picture of 0 and 255 sampled at the nearest pixel. */
static void
test_box_masks (void)
{
  static const char *const steps[] = {
    "", "[\"HorizontalFlip\",1]", "[\"RandomRotate90\",1,1]", "[\"Transpose\",1]",
    "[\"RandomResizedCrop\",1,30,10,100,50,100,50,1]", "[\"CoarseDropout\",1,0,0,0,20,10,60,50]",
    "[\"CoarseDropout\",1,0,0,0,20,10,60,50],[\"VerticalFlip\",2]",
  };
  g_autoptr(BallastRaster) picture = ballast_raster_new (WIDTH, HEIGHT, 1, 8);
  g_autofree guint8 *bytes = g_malloc (WIDTH * HEIGHT);
  g_autoptr(BallastMask) mask = NULL;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      bytes[i] = hypot (i % WIDTH - 70.0, i / WIDTH - 45.0) < 40;
      fixture_set (picture, i % WIDTH, i / WIDTH, 0, bytes[i] * 255);
    }
  mask = ballast_mask_new_from_bytes (bytes, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(BallastProgram) program = program_of (steps[i]);
      g_autoptr(BallastRaster) result = fixture_run (picture, steps[i]);
      g_autoptr(BallastMask) mapped = ballast_program_map_mask (program, mask);
      g_autofree guint8 *pixels = ballast_mask_to_bytes (mapped);

      g_assert_cmpuint (mapped->width, ==, result->width);
      g_assert_cmpuint (mapped->height, ==, result->height);
      for (guint j = 0; j < result->width * result->height; j++)
        g_assert_cmpuint (pixels[j] * 255, ==,
                          fixture_get (result, j % result->width, j / result->width, 0));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/box/policy-keeps", test_box_policy_keeps);
  g_test_add_func ("/augment/box/out-of-range", test_box_out_of_range);
  g_test_add_func ("/augment/box/vanishes", test_box_vanishes);
  g_test_add_func ("/augment/box/drawn-again", test_box_drawn_again);
  g_test_add_func ("/augment/box/policy-json", test_box_policy_json);
  g_test_add_func ("/augment/box/policy-read", test_box_policy_read);
  g_test_add_func ("/augment/box/polygons", test_box_polygons);
  g_test_add_func ("/augment/box/mask-runs", test_box_mask_runs);
  g_test_add_func ("/augment/box/masks", test_box_masks);
  return g_test_run ();
}
