#include "ballast-recipe.h"
#include "ballast-reduction.h"

typedef struct
{
  const char *steps;
  guint       reduction;
} Expectation;

/* Of a picture of 4000 × 3000. */
static const Expectation expectations[] = {
  { "", 1 },
  { "[\"HorizontalFlip\", 1]", 1 },
  { "[\"RandomResizedCrop\", 1, 0, 0, 4000, 3000, 2001, 1501, 1]", 1 },
  { "[\"RandomResizedCrop\", 1, 0, 0, 4000, 3000, 1000, 750, 1]", 2 },
  { "[\"RandomResizedCrop\", 1, 0, 0, 4000, 3000, 500, 375, 1]", 4 },
  { "[\"RandomResizedCrop\", 1, 0, 0, 4000, 3000, 224, 168, 1]", 8 },
  /* The side that shrinks least decides. */
  { "[\"RandomResizedCrop\", 1, 0, 0, 4000, 3000, 200, 1500, 1]", 1 },
  /* A cut-out is enlarged by what is cut away. */
  { "[\"RandomResizedCrop\", 1, 100, 100, 400, 300, 200, 150, 0.01]", 1 },
  { "[\"Affine\", 1, 0.2, 0.2, 0, 0, 30, 0, 0, 0, 0, 0, 0]", 2 },
  { "[\"HueSaturationValue\", 1, 20, 0, 0], [\"Rotate\", 2, 45, 4, 0, 0, 0, 0], "
    "[\"RandomResizedCrop\", 3, 0, 0, 4000, 3000, 400, 300, 1]", 4 },
  /* What is drawn or blurred at full size needs the full size. */
  { "[\"GaussianBlur\", 1, 2, 0], [\"RandomResizedCrop\", 2, 0, 0, 4000, 3000, 400, 300, 1]", 1 },
  { "[\"GaussNoise\", 1, 0.1, 0, 1, 1, 2], "
    "[\"RandomResizedCrop\", 2, 0, 0, 4000, 3000, 400, 300, 1]", 1 },
  { "[\"RandomResizedCrop\", 1, 0, 0, 4000, 3000, 400, 300, 1], [\"GaussianBlur\", 2, 2, 0]", 4 },
};

static void
test_reduction_expected (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"size\": [4000, 3000], \"steps\": [%s]}", expectations[i].steps);
      g_autoptr(GError) error = NULL;
      g_autoptr(BallastRecipe) recipe = ballast_recipe_from_json (text, -1, &error);

      g_assert_no_error (error);
      g_test_message ("%s", expectations[i].steps);
      g_assert_cmpuint (ballast_recipe_get_reduction (recipe), ==, expectations[i].reduction);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/reduction/expected", test_reduction_expected);
  return g_test_run ();
}
