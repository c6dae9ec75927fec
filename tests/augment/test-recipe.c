#include <math.h>

#include "augment-fixture.h"
#include "ballast-augment-error.h"
#include "ballast-op-table.h"
#include "ballast-pipeline-presets.h"

static BallastPipeline *
pipeline_of (const char *first,
             ...)
{
  BallastPipeline *pipeline = ballast_pipeline_new ();
  va_list names;

  va_start (names, first);
  for (const char *name = first; name != NULL; name = va_arg (names, const char *))
    {
      ballast_pipeline_add (pipeline, ballast_op_find (name), -1);
      ballast_pipeline_set_p (pipeline, ballast_pipeline_get_n_steps (pipeline) - 1, 1);
    }
  va_end (names);
  return pipeline;
}

static const BallastRecipeStep *
find_step (const BallastRecipe *recipe,
           guint32              id)
{
  for (guint i = 0; i < recipe->n_steps; i++)
    if (recipe->steps[i].id == id)
      return &recipe->steps[i];
  return NULL;
}

static void
assert_same_numbers (const BallastRecipe *a,
                     const BallastRecipe *b,
                     guint32              id)
{
  const BallastRecipeStep *left = find_step (a, id), *right = find_step (b, id);

  g_assert_true (left != NULL && right != NULL);
  if (left == NULL || right == NULL)
    return;
  g_assert_cmpmem (left->numbers, left->n_numbers * sizeof (double), right->numbers,
                   right->n_numbers * sizeof (double));
}

/* Adding, moving, switching and removing steps leaves the others' draws alone. */
static void
test_recipe_draws_are_independent (void)
{
  g_autoptr(BallastPipeline) pipeline = pipeline_of ("Rotate", "RandomBrightnessContrast",
                                                      "GaussNoise", NULL);
  BallastRandomKey key = ballast_random_key (7, "cat/1.jpg", 2);
  g_autoptr(BallastRecipe) before = ballast_pipeline_sample (pipeline, &key, 500, 375, NULL);
  g_autoptr(BallastRecipe) added = NULL, moved = NULL, removed = NULL;
  guint32 id;

  id = ballast_pipeline_add (pipeline, ballast_op_find ("CoarseDropout"), 0);
  g_assert_cmpuint (id, ==, 4);
  added = ballast_pipeline_sample (pipeline, &key, 500, 375, NULL);
  ballast_pipeline_move (pipeline, 3, 0);
  g_assert_cmpuint (ballast_pipeline_get_step (pipeline, 0)->id, ==, 3);
  moved = ballast_pipeline_sample (pipeline, &key, 500, 375, NULL);
  ballast_pipeline_remove (pipeline, 1);
  ballast_pipeline_set_enabled (pipeline, 1, FALSE);
  removed = ballast_pipeline_sample (pipeline, &key, 500, 375, NULL);

  for (guint32 step = 1; step <= 3; step++)
    {
      assert_same_numbers (before, added, step);
      assert_same_numbers (before, moved, step);
    }
  g_assert_null (find_step (removed, 1));
  assert_same_numbers (before, removed, 2);
  assert_same_numbers (before, removed, 3);
  g_assert_cmpuint (ballast_pipeline_add (pipeline, ballast_op_find ("ToGray"), -1), ==, 5);
}

static void
test_recipe_key_matters (void)
{
  g_autoptr(BallastPipeline) pipeline = pipeline_of ("Rotate", NULL);
  BallastRandomKey keys[] = { ballast_random_key (7, "a", 0), ballast_random_key (7, "a", 1),
                              ballast_random_key (7, "b", 0), ballast_random_key (8, "a", 0) };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint j = 0; j < G_N_ELEMENTS (keys); j++)
      {
        g_autoptr(BallastRecipe) a = ballast_pipeline_sample (pipeline, &keys[i], 50, 40, NULL);
        g_autoptr(BallastRecipe) b = ballast_pipeline_sample (pipeline, &keys[j], 50, 40, NULL);

        g_assert_true (ballast_recipe_equal (a, b) == (i == j));
      }
}

/* The coin falls as often as it is said, and flips of one pipeline are independent. */
static void
test_recipe_probability (void)
{
  g_autoptr(BallastPipeline) pipeline = pipeline_of ("HorizontalFlip", "VerticalFlip", NULL);
  guint first = 0, second = 0, both = 0;
  enum { N = 10000 };

  ballast_pipeline_set_p (pipeline, 0, 0.3);
  ballast_pipeline_set_p (pipeline, 1, 0.5);
  for (guint i = 0; i < N; i++)
    {
      BallastRandomKey key = ballast_random_key (1, "x", i);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 8, 8, NULL);

      first += find_step (recipe, 1) != NULL;
      second += find_step (recipe, 2) != NULL;
      both += recipe->n_steps == 2;
    }
  g_assert_cmpfloat_with_epsilon (first / (double) N, 0.3, 5 * sqrt (0.21 / N));
  g_assert_cmpfloat_with_epsilon (second / (double) N, 0.5, 5 * sqrt (0.25 / N));
  g_assert_cmpfloat_with_epsilon (both / (double) N, 0.15, 5 * sqrt (0.1275 / N));
}

static void
test_recipe_ranges (void)
{
  g_autoptr(BallastPipeline) pipeline = pipeline_of ("Rotate", "HueSaturationValue",
                                                      "RandomResizedCrop", "CoarseDropout", NULL);
  double least = 0, most = 0;

  for (guint i = 0; i < 2000; i++)
    {
      BallastRandomKey key = ballast_random_key (2, "x", i);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 100, 80, NULL);
      const double *crop = recipe->steps[2].numbers, *holes = recipe->steps[3].numbers;

      least = MIN (least, recipe->steps[0].numbers[0]);
      most = MAX (most, recipe->steps[0].numbers[0]);
      g_assert_cmpfloat (recipe->steps[1].numbers[0], ==, floor (recipe->steps[1].numbers[0]));
      g_assert_cmpfloat (fabs (recipe->steps[1].numbers[0]), <=, 20);
      g_assert_true (crop[0] >= 0 && crop[0] + crop[2] <= 100 && crop[1] + crop[3] <= 80);
      g_assert_true (crop[4] == 100 && crop[5] == 80 && crop[6] > 0.68 && crop[6] <= 1);
      for (guint j = 3; j < recipe->steps[3].n_numbers; j += 4)
        g_assert_true (holes[j] >= 0 && holes[j] + holes[j + 2] <= 100 && holes[j + 1] >= 0
                       && holes[j + 1] + holes[j + 3] <= 80);
    }
  g_assert_true (least < -14.9 && least >= -15 && most > 14.9 && most <= 15);
}

static void
test_recipe_classes (void)
{
  g_autoptr(BallastPipeline) pipeline = pipeline_of ("HorizontalFlip", "Rotate", NULL);
  BallastRandomKey key = ballast_random_key (1, "x", 0);
  g_autoptr(BallastRecipe) left = NULL, other = NULL, any = NULL;

  ballast_pipeline_set_kept_from (pipeline, 0, "turn-left", TRUE);
  left = ballast_pipeline_sample (pipeline, &key, 9, 9, "turn-left");
  other = ballast_pipeline_sample (pipeline, &key, 9, 9, "yield");
  any = ballast_pipeline_sample (pipeline, &key, 9, 9, NULL);
  g_assert_cmpuint (left->n_steps, ==, 1);
  g_assert_cmpuint (other->n_steps, ==, 2);
  g_assert_cmpuint (any->n_steps, ==, 2);
  assert_same_numbers (left, other, 2);
  g_assert_false (ballast_recipe_mirrors (left));
  g_assert_true (ballast_recipe_mirrors (other));
}

static const struct
{
  const char *steps;
  const char *words;
  gboolean    mirrors;
  int         symmetry;     /* or -1 */
  guint       width, height;
} facts[] = {
  { "", "", FALSE, BALLAST_SYMMETRY_NONE, 500, 375 },
  { "[\"HorizontalFlip\",1]", "↔", TRUE, BALLAST_SYMMETRY_FLIP_HORIZONTALLY, 500, 375 },
  { "[\"VerticalFlip\",1]", "↕", TRUE, BALLAST_SYMMETRY_FLIP_VERTICALLY, 500, 375 },
  { "[\"Transpose\",1]", "⤡", TRUE, BALLAST_SYMMETRY_TRANSPOSE, 375, 500 },
  { "[\"RandomRotate90\",1,0]", "", FALSE, BALLAST_SYMMETRY_NONE, 500, 375 },
  { "[\"RandomRotate90\",1,1]", "↺ 90°", FALSE, BALLAST_SYMMETRY_TURN_270, 375, 500 },
  { "[\"RandomRotate90\",1,3]", "↻ 90°", FALSE, BALLAST_SYMMETRY_TURN_90, 375, 500 },
  { "[\"HorizontalFlip\",1],[\"VerticalFlip\",2]", "↔ ↕", FALSE, BALLAST_SYMMETRY_TURN_180, 500, 375 },
  { "[\"HorizontalFlip\",1],[\"RandomRotate90\",2,1]", "↔ ↺ 90°", TRUE,
    BALLAST_SYMMETRY_TRANSPOSE, 375, 500 },
  { "[\"HorizontalFlip\",1],[\"RandomRotate90\",2,3]", "↔ ↻ 90°", TRUE,
    BALLAST_SYMMETRY_TRANSVERSE, 375, 500 },
  { "[\"Rotate\",1,-9.13,4,0,0,0,0]", "−9°", FALSE, -1, 500, 375 },
  { "[\"Rotate\",1,0.01,4,0,0,0,0]", "", FALSE, -1, 500, 375 },
  { "[\"Rotate\",1,6,4,0,0,0,0],[\"RandomBrightnessContrast\",2,0.12,0]", "+6° ☀ +0.12", FALSE, -1,
    500, 375 },
  { "[\"RandomBrightnessContrast\",2,-0.15,0.2]", "☀ −0.15 ◐ +0.20", FALSE, -1, 500, 375 },
  { "[\"HueSaturationValue\",2,8,0,0]", "hue +8", FALSE, -1, 500, 375 },
  { "[\"RandomResizedCrop\",2,10,10,400,300,500,375,0.71]", "crop 0.71", FALSE, -1, 500, 375 },
  { "[\"RandomResizedCrop\",2,0,0,500,375,224,200,1]", "224 × 200", FALSE, -1, 224, 200 },
  { "[\"RandomGamma\",2,80]", "γ 0.80", FALSE, -1, 500, 375 },
  { "[\"GaussNoise\",2,0.05,0,1,1,1],[\"GaussianBlur\",3,1.25,0]", "noise 0.05 blur 1.2", FALSE, -1,
    500, 375 },
  { "[\"CoarseDropout\",2,0,0,0,1,1,5,5,9,9,4,4]", "▪ 2", FALSE, -1, 500, 375 },
  { "[\"Affine\",2,1.1,1.1,0,0,5,0,0,4,0,0,0]", "+5° ×1.10", FALSE, -1, 500, 375 },
};

static void
test_recipe_facts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr(BallastRecipe) recipe = fixture_recipe (500, 375, facts[i].steps);
      g_autofree char *words = ballast_recipe_describe_line (recipe);
      BallastSymmetry symmetry;
      guint width, height;
      gboolean symmetric = ballast_recipe_get_symmetry (recipe, &symmetry);

      ballast_recipe_get_output_size (recipe, &width, &height);
      g_assert_cmpstr (words, ==, facts[i].words);
      g_assert_true (ballast_recipe_mirrors (recipe) == facts[i].mirrors);
      g_assert_cmpint (symmetric ? (int) symmetry : -1, ==, facts[i].symmetry);
      g_assert_cmpuint (width, ==, facts[i].width);
      g_assert_cmpuint (height, ==, facts[i].height);
    }
}

static void
test_recipe_json_round_trip (void)
{
  BallastPipelinePreset const *strong = ballast_pipeline_preset_find ("strong");
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (strong);

  for (guint i = 0; i < 200; i++)
    {
      BallastRandomKey key = ballast_random_key (3, "x", i);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 640, 480, NULL);
      g_autofree char *text = ballast_recipe_to_json (recipe);
      g_autoptr(BallastRecipe) again = ballast_recipe_from_json (text, -1, NULL);
      g_autoptr(BallastRecipe) copy = ballast_recipe_copy (recipe);

      g_assert_true (ballast_recipe_equal (recipe, again));
      g_assert_true (ballast_recipe_equal (recipe, copy));
      g_assert_null (strchr (text, '\n'));
    }
}

static const struct
{
  const char         *text;
  BallastAugmentError code;
} bad[] = {
  { "", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "[]", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"steps\":[]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[0,5],\"steps\":[]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5.5],\"steps\":[]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,\"5\"],\"steps\":[]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":{}}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[7]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[[\"Rotate\"]]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[[7,1]]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[[null,1]]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[[[],1]]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[[\"HorizontalFlip\",-1]]}", BALLAST_AUGMENT_ERROR_SYNTAX },
  { "{\"size\":[5,5],\"steps\":[[\"NoSuchOp\",1]]}", BALLAST_AUGMENT_ERROR_UNKNOWN },
  { "{\"size\":[5,5],\"steps\":[[\"HorizontalFlip\",1,5]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"Rotate\",1,5]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"Rotate\",1,5,9,0,0,0,0]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"Rotate\",1,5,0,0,0,900,0]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"Rotate\",1,null,0,0,0,0,0]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"Affine\",1,0,1,0,0,0,0,0,0,0,0,0]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"Affine\",1,1,1,0,0,0,45,45,0,0,0,0]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"RandomRotate90\",1,4]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"GaussianBlur\",1,1,4]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"CoarseDropout\",1,0,0,0,1,1,1]]}", BALLAST_AUGMENT_ERROR_RANGE },
  { "{\"size\":[5,5],\"steps\":[[\"RandomResizedCrop\",1,0,0,5,5,60000,60000,1]]}",
    BALLAST_AUGMENT_ERROR_RANGE },
};

static void
test_recipe_json_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_null (ballast_recipe_from_json (bad[i].text, -1, &error));
      g_assert_error (error, BALLAST_AUGMENT_ERROR, (int) bad[i].code);
    }
}

/* What version 0.1 draws, for ever: a change here changes every project's export. */
static void
test_recipe_frozen (void)
{
  g_autoptr(BallastPipeline) pipeline = pipeline_of ("Rotate", "RandomResizedCrop",
                                                      "HueSaturationValue", NULL);
  BallastRandomKey key = ballast_random_key (42, "trash/trash7.jpg", 3);
  g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 512, 384, NULL);
  g_autofree char *text = ballast_recipe_to_json (recipe);

  g_assert_cmpstr (text, ==,
                   "{\"size\":[512,384],\"steps\":[[\"Rotate\",1,-2.616089637282938,4,0,0,0,0],"
                   "[\"RandomResizedCrop\",2,26,2,433,325,512,384,0.7157643636067709],"
                   "[\"HueSaturationValue\",3,19,-5,-14]]}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/recipe/draws-are-independent", test_recipe_draws_are_independent);
  g_test_add_func ("/augment/recipe/key-matters", test_recipe_key_matters);
  g_test_add_func ("/augment/recipe/probability", test_recipe_probability);
  g_test_add_func ("/augment/recipe/ranges", test_recipe_ranges);
  g_test_add_func ("/augment/recipe/classes", test_recipe_classes);
  g_test_add_func ("/augment/recipe/facts", test_recipe_facts);
  g_test_add_func ("/augment/recipe/json-round-trip", test_recipe_json_round_trip);
  g_test_add_func ("/augment/recipe/json-bad", test_recipe_json_bad);
  g_test_add_func ("/augment/recipe/frozen", test_recipe_frozen);
  return g_test_run ();
}
