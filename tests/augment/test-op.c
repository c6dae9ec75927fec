#include <math.h>

#include "augment-fixture.h"
#include "ballast-op-table.h"

/* What every op of the catalogue must pass, now and later. */

static void
check_parameter (const BallastOp        *op,
                 const BallastParameter *parameter)
{
  const BallastValue *values[] = { &parameter->initial, &parameter->neutral, &parameter->absent };

  g_test_message ("%s.%s", op->name, parameter->name);
  g_assert_true (parameter->label != NULL && *parameter->label != '\0');
  g_assert_nonnull (parameter->unit);
  g_assert_true (g_str_has_suffix (parameter->help, "."));
  g_assert_cmpfloat (parameter->minimum, <, parameter->maximum);
  g_assert_cmpfloat (parameter->step, >, 0);
  g_assert_true ((parameter->type == BALLAST_PARAMETER_CHOICE) == (parameter->n_choices > 0));

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      BallastValue value = *values[i];
      g_autofree char *text = ballast_parameter_format (parameter, &value);

      g_assert_true (i == 1 && !op->has_neutral ? TRUE : ballast_parameter_clamp (parameter, &value));
      g_assert_true (g_utf8_validate (text, -1, NULL) && *text != '\0');
    }
}

static void
test_op_declared (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      const BallastOp *op = ballast_op_get (i);

      g_assert_true (ballast_op_find (op->name) == op);
      g_assert_true (*op->title != '\0' && *op->group != '\0' && *op->glyph != '\0');
      g_assert_true (g_str_has_suffix (op->help, "."));
      g_assert_cmpuint (op->n_parameters, <=, BALLAST_OP_MAX_PARAMETERS);
      g_assert_true (op->initial_p > 0 && op->initial_p <= 1);
      g_assert_nonnull (op->lower);
      g_assert_true ((op->sample == NULL) == (op->check == NULL));
      for (guint j = 0; j < op->n_parameters; j++)
        {
          check_parameter (op, &op->parameters[j]);
          g_assert_cmpint (ballast_op_find_parameter (op, op->parameters[j].name), ==, (int) j);
        }
    }
  g_assert_null (ballast_op_find ("NoSuchOp"));
}

/* People see the groups as headings: no group comes twice. */
static void
test_op_groups (void)
{
  g_autoptr(GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  const char *group = "";

  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      const char *next = ballast_op_get (i)->group;

      g_assert_true (g_str_equal (next, group) || g_hash_table_add (groups, (gpointer) next));
      group = next;
    }
}

static BallastPipeline *
pipeline_of (const BallastOp    *op,
             const BallastValue *values)
{
  BallastPipeline *pipeline = ballast_pipeline_new ();

  ballast_pipeline_add (pipeline, op, -1);
  ballast_pipeline_set_p (pipeline, 0, 1);
  for (guint i = 0; i < op->n_parameters && values != NULL; i++)
    ballast_pipeline_set_value (pipeline, 0, i, &values[i]);
  return pipeline;
}

/* Values anywhere within their limits. */
static void
draw_values (const BallastOp *op,
             guint            round,
             BallastValue    *values)
{
  BallastRandomKey key = ballast_random_key (99, op->name, round);

  for (guint i = 0; i < op->n_parameters; i++)
    {
      const BallastParameter *parameter = &op->parameters[i];
      double high = parameter->n_choices > 0 ? parameter->n_choices - 1 : parameter->maximum;

      for (guint j = 0; j < 3; j++)
        values[i].number[j] = ballast_random_range (&key, i, j, parameter->minimum, high);
      ballast_parameter_clamp (parameter, &values[i]);
      /* Whole gigapixels would be within the limits. */
      if (strcmp (parameter->unit, "px") == 0 && parameter->maximum >= 1024)
        for (guint j = 0; j < 2; j++)
          values[i].number[j] = MAX (parameter->minimum, round % 2 == 0 ? 0 : 20.0 + i + j);
    }
}

/* Whatever is drawn within the limits passes the op's own check, survives JSON, and runs on every
 * kind of raster; a tiny picture included. */
static void
test_op_any_values (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    for (guint round = 0; round < 12; round++)
      {
        const BallastOp *op = ballast_op_get (i);
        BallastValue values[BALLAST_OP_MAX_PARAMETERS];
        BallastRandomKey key = ballast_random_key (round, op->name, 1);
        guint width = round == 0 ? 1 : 5 + round, height = round < 2 ? 1 : 9;
        const guint *kind = raster_kinds[round % G_N_ELEMENTS (raster_kinds)];
        g_autoptr(BallastPipeline) pipeline = NULL;
        g_autoptr(BallastRecipe) recipe = NULL, again = NULL;
        g_autoptr(BallastRaster) source = fixture_noise (width, height, kind[0], kind[1], 1);
        g_autoptr(BallastRaster) result = NULL;
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL, *words = NULL;
        guint out_width, out_height;

        draw_values (op, round, values);
        pipeline = pipeline_of (op, values);
        recipe = fixture_sample (pipeline, &key, width, height);
        g_assert_cmpuint (recipe->n_steps, ==, 1);
        text = ballast_recipe_to_json (recipe);
        g_test_message ("%s", text);
        again = ballast_recipe_from_json (text, -1, &error);
        g_assert_no_error (error);
        g_assert_true (ballast_recipe_equal (recipe, again));
        words = ballast_recipe_describe_line (recipe);
        g_assert_true (g_utf8_validate (words, -1, NULL));

        result = fixture_run_recipe (recipe, source);
        ballast_recipe_get_output_size (recipe, &out_width, &out_height);
        g_assert_cmpuint (result->width, ==, out_width);
        g_assert_cmpuint (result->height, ==, out_height);
      }
}

static void
test_op_neutral_is_identity (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
      {
        const BallastOp *op = ballast_op_get (i);
        BallastValue values[BALLAST_OP_MAX_PARAMETERS];
        BallastRandomKey key = ballast_random_key (1, "x", 1);
        g_autoptr(BallastPipeline) pipeline = NULL;
        g_autoptr(BallastRecipe) recipe = NULL;
        g_autoptr(BallastRaster) source = fixture_noise (37, 23, raster_kinds[k][0],
                                                          raster_kinds[k][1], 2);
        g_autoptr(BallastRaster) result = NULL;

        if (!op->has_neutral)
          continue;
        ballast_op_get_neutral_values (op, values);
        pipeline = pipeline_of (op, values);
        recipe = fixture_sample (pipeline, &key, 37, 23);
        result = fixture_run_recipe (recipe, source);
        g_test_message ("%s %u×%u", op->name, raster_kinds[k][0], raster_kinds[k][1]);
        g_assert_true (ballast_raster_equal (source, result));
      }
}

/* Alpha goes where the pixels go and is changed by nothing else. */
static void
test_op_alpha (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      const BallastOp *op = ballast_op_get (i);
      BallastRandomKey key = ballast_random_key (5, "x", 1);
      g_autoptr(BallastPipeline) pipeline = pipeline_of (op, NULL);
      g_autoptr(BallastRecipe) recipe = fixture_sample (pipeline, &key, 40, 30);
      g_autoptr(BallastRaster) source = fixture_noise (40, 30, 4, 8, 3);
      g_autoptr(BallastRaster) result = fixture_run_recipe (recipe, source);

      for (guint y = 0; y < 30 && !op->moves_boxes; y++)
        for (guint x = 0; x < 40; x++)
          g_assert_cmpuint (fixture_get (result, x, y, 3), ==, fixture_get (source, x, y, 3));
    }
}

/* RGBA is treated as RGB is. */
static void
test_op_rgba_as_rgb (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      BallastRandomKey key = ballast_random_key (6, "x", 1);
      g_autoptr(BallastPipeline) pipeline = pipeline_of (ballast_op_get (i), NULL);
      g_autoptr(BallastRecipe) recipe = fixture_sample (pipeline, &key, 150, 61);
      g_autoptr(BallastRaster) source = fixture_noise (150, 61, 4, 8, 3);
      g_autoptr(BallastRaster) plain = ballast_raster_new (150, 61, 3, 8);
      g_autoptr(BallastRaster) result = NULL, plain_result = NULL;

      for (guint j = 0; j < 150 * 61 * 3; j++)
        fixture_set (plain, j / 3 % 150, j / 450, j % 3, fixture_get (source, j / 3 % 150, j / 450, j % 3));
      result = fixture_run_recipe (recipe, source);
      plain_result = fixture_run_recipe (recipe, plain);
      g_test_message ("%s", ballast_op_get (i)->name);
      for (guint y = 0; y < plain_result->height; y++)
        for (guint x = 0; x < plain_result->width * 3; x++)
          g_assert_cmpuint (fixture_get (result, x / 3, y, x % 3), ==,
                            fixture_get (plain_result, x / 3, y, x % 3));
    }
}

static void
test_op_search (void)
{
  static const char *const words[][2] = {
    { "cutout", "CoarseDropout" }, { "exposure", "RandomGamma" }, { "fliplr", "HorizontalFlip" },
    { "randomerasing", "CoarseDropout" }, { "GRAYSCALE", "ToGray" }, { "shift scale", "Affine" },
    { "grain", "GaussNoise" }, { "", "Transpose" }, { "yolo", "Letterbox" },
    { "d4", "SquareSymmetry" }, { "RandomPerspective", "Perspective" },
    { "fisheye", "OpticalDistortion" }, { "jigsaw", "RandomGridShuffle" },
    { "ShiftScaleRotate", "Affine" }, { "ElasticTransformation", "ElasticTransform" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_true (ballast_op_matches (ballast_op_find (words[i][1]), words[i][0]));
  g_assert_false (ballast_op_matches (ballast_op_find ("ToGray"), "cutout"));
}

static void
test_op_clamp (void)
{
  const BallastOp *op = ballast_op_find ("Rotate");
  const BallastParameter *limit = &op->parameters[ballast_op_find_parameter (op, "limit")];
  BallastValue value = { { 400, -10 } };
  g_autofree char *text = NULL;

  g_assert_false (ballast_parameter_clamp (limit, &value));
  g_assert_cmpfloat (value.number[0], ==, -10);
  g_assert_cmpfloat (value.number[1], ==, 180);
  text = ballast_parameter_format (limit, &value);
  g_assert_cmpstr (text, ==, "−10° … 180°");
  value = (BallastValue) { { NAN, 20 } };
  g_assert_false (ballast_parameter_clamp (limit, &value));
  g_assert_cmpfloat (value.number[0], ==, limit->initial.number[0]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/op/declared", test_op_declared);
  g_test_add_func ("/augment/op/groups", test_op_groups);
  g_test_add_func ("/augment/op/any-values", test_op_any_values);
  g_test_add_func ("/augment/op/neutral-is-identity", test_op_neutral_is_identity);
  g_test_add_func ("/augment/op/alpha", test_op_alpha);
  g_test_add_func ("/augment/op/rgba-as-rgb", test_op_rgba_as_rgb);
  g_test_add_func ("/augment/op/search", test_op_search);
  g_test_add_func ("/augment/op/clamp", test_op_clamp);
  return g_test_run ();
}
