#include <math.h>

#include "augment-fixture.h"
#include "ballast-augment-error.h"
#include "ballast-json.h"
#include "ballast-op-table.h"
#include "ballast-pipeline-file.h"
#include "ballast-pipeline-legacy.h"
#include "ballast-pipeline-presets.h"
#include "ballast-yaml.h"

static BallastPipeline *
read_pipeline (const char *text,
               guint       n_dropped)
{
  g_auto(GStrv) dropped = NULL;
  g_autoptr(GError) error = NULL;
  BallastPipeline *pipeline = ballast_pipeline_from_json (text, -1, &dropped, &error);

  g_assert_no_error (error);
  for (guint i = 0; dropped[i] != NULL; i++)
    g_test_message ("%s", dropped[i]);
  g_assert_cmpuint (g_strv_length (dropped), ==, n_dropped);
  return pipeline;
}

/* A value of the step at @position. */
static double
value_of (const BallastPipeline *pipeline,
          guint                  position,
          const char            *parameter,
          guint                  number)
{
  const BallastStep *step = ballast_pipeline_get_step (pipeline, position);
  int index = ballast_op_find_parameter (step->op, parameter);

  g_assert_cmpint (index, >=, 0);
  return step->values[index].number[number];
}

static void
test_pipeline_edits (void)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autoptr(BallastPipeline) copy = NULL;
  BallastValue angle = { { 30, -400 } };

  g_assert_cmpuint (ballast_pipeline_add (pipeline, ballast_op_find ("Rotate"), -1), ==, 1);
  g_assert_cmpuint (ballast_pipeline_add (pipeline, ballast_op_find ("ToGray"), 0), ==, 2);
  g_assert_cmpint (ballast_pipeline_find_step (pipeline, 1), ==, 1);
  ballast_pipeline_set_value (pipeline, 1, 0, &angle);
  g_assert_cmpfloat (value_of (pipeline, 1, "limit", 0), ==, -180);
  g_assert_cmpfloat (value_of (pipeline, 1, "limit", 1), ==, 30);
  ballast_pipeline_set_p (pipeline, 0, 7);
  g_assert_cmpfloat (ballast_pipeline_get_step (pipeline, 0)->p, ==, 1);

  copy = ballast_pipeline_copy (pipeline);
  g_assert_true (ballast_pipeline_equal (pipeline, copy));
  ballast_pipeline_set_kept_from (pipeline, 0, "metal", TRUE);
  ballast_pipeline_set_kept_from (pipeline, 0, "metal", TRUE);
  g_assert_false (ballast_pipeline_equal (pipeline, copy));
  ballast_pipeline_rename_class (pipeline, "metal", "iron");
  g_assert_true (ballast_step_is_kept_from (ballast_pipeline_get_step (pipeline, 0), "iron"));
  g_assert_false (ballast_step_is_kept_from (ballast_pipeline_get_step (pipeline, 0), "metal"));
  ballast_pipeline_set_kept_from (pipeline, 0, "iron", FALSE);
  g_assert_true (ballast_pipeline_equal (pipeline, copy));

  ballast_pipeline_remove (pipeline, 1);
  ballast_pipeline_set_kept_from (pipeline, 0, "iron", TRUE);
  g_assert_false (ballast_step_is_kept_from (ballast_pipeline_get_step (pipeline, 0), "glass"));
  g_assert_true (ballast_step_is_kept_from (ballast_pipeline_get_step (pipeline, 0), "iron"));
  /* The id of a step that is gone does not come back. */
  g_assert_cmpuint (ballast_pipeline_add (pipeline, ballast_op_find ("Rotate"), -1), ==, 3);
}

static void
test_pipeline_round_trip (void)
{
  for (guint i = 0; i < ballast_pipeline_preset_get_n (); i++)
    {
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (
        ballast_pipeline_preset_get (i));
      g_autoptr(BallastPipeline) again = NULL, pretty = NULL;
      g_autofree char *text = NULL, *pretty_text = NULL;
      guint n = ballast_pipeline_get_n_steps (pipeline);

      ballast_pipeline_set_enabled (pipeline, 0, FALSE);
      ballast_pipeline_set_enabled (pipeline, n - 1, FALSE);
      ballast_pipeline_set_kept_from (pipeline, 1, "métal \"x\"", TRUE);
      ballast_pipeline_move (pipeline, 0, 2);
      text = ballast_pipeline_to_json (pipeline, FALSE);
      pretty_text = ballast_pipeline_to_json (pipeline, TRUE);
      again = read_pipeline (text, 0);
      pretty = read_pipeline (pretty_text, 0);
      g_assert_true (ballast_pipeline_equal (pipeline, again));
      g_assert_true (ballast_pipeline_equal (pipeline, pretty));
      g_assert_cmpuint (ballast_pipeline_add (again, ballast_op_get (0), -1), ==,
                        ballast_pipeline_add (pipeline, ballast_op_get (0), -1));
    }
}

/* Every op with its defaults, through the file and back. */
static void
test_pipeline_every_op_round_trip (void)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autoptr(BallastPipeline) again = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < ballast_op_get_n (); i++)
    ballast_pipeline_add (pipeline, ballast_op_get (i), -1);
  text = ballast_pipeline_to_json (pipeline, FALSE);
  again = read_pipeline (text, 0);
  g_assert_true (ballast_pipeline_equal (pipeline, again));
}

/* What Albumentations insists on: its keys alone inside, ours beside. */
static void
test_pipeline_is_theirs (void)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_default ();
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonObject *compose, *crop;

  ballast_pipeline_set_enabled (pipeline, 0, FALSE);
  text = ballast_pipeline_to_json (pipeline, FALSE);
  root = ballast_json_parse (text, -1, NULL);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), "__version__"), ==,
                   "2.0.8");
  compose = json_object_get_object_member (json_node_get_object (root), "transform");
  g_assert_cmpstr (json_object_get_string_member (compose, "__class_fullname__"), ==, "Compose");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (compose, "transforms")),
                    ==, ballast_pipeline_get_n_steps (pipeline) - 1);
  g_assert_false (json_object_has_member (compose, "ballast"));
  crop = json_array_get_object_element (json_object_get_array_member (compose, "transforms"), 1);
  g_assert_cmpstr (json_object_get_string_member (crop, "__class_fullname__"), ==,
                   "RandomResizedCrop");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (crop, "size")), ==, 2);
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (crop, "size"), 0), >,
                   0);
}

#define FILE_OF(version, transforms)                                                               \
  "{\"__version__\": \"" version "\", \"transform\": {\"__class_fullname__\": \"Compose\", \"p\": " \
  "1.0, \"transforms\": [" transforms "], \"bbox_params\": null}}"

/* The file that Albumentations' own A.save wrote. */
static void
test_pipeline_reads_2_0_8 (void)
{
  g_autoptr(BallastPipeline) pipeline = read_pipeline (FILE_OF ("2.0.8",
                                                                 "{\"__class_fullname__\": \"RandomResizedCrop\", \"p\": 1.0, \"area_for_downscale\": null, "
                                                                 "\"interpolation\": 1, \"mask_interpolation\": 0, \"ratio\": [0.75, 1.3333333333333333], "
                                                                 "\"scale\": [0.5, 1.0], \"size\": [640, 480]},"
                                                                 "{\"__class_fullname__\": \"HorizontalFlip\", \"p\": 0.5},"
                                                                 "{\"__class_fullname__\": \"Affine\", \"p\": 0.7, \"balanced_scale\": false, \"border_mode\": 0,"
                                                                 " \"fill\": 0, \"fill_mask\": 0, \"fit_output\": false, \"interpolation\": 1, \"keep_ratio\": "
                                                                 "false, \"mask_interpolation\": 0, \"rotate\": [-15, 15], \"rotate_method\": \"largest_box\", "
                                                                 "\"scale\": {\"x\": [0.9, 1.1], \"y\": [0.8, 1.1]}, \"shear\": {\"x\": [-5, 5], \"y\": [-6, 5]}, "
                                                                 "\"translate_percent\": {\"x\": [-0.1, 0.1], \"y\": [-0.1, 0.2]}, \"translate_px\": null},"
                                                                 "{\"__class_fullname__\": \"SomeOf\", \"p\": 0.4, \"transforms\": [{\"__class_fullname__\": "
                                                                 "\"RandomGamma\", \"p\": 1.0, \"gamma_limit\": [80, 120]}], \"n\": 1, \"replace\": false},"
                                                                 "{\"__class_fullname__\": \"GaussNoise\", \"p\": 1.0, \"mean_range\": [0.0, 0.0], "
                                                                 "\"noise_scale_factor\": 1.0, \"per_channel\": true}"), 0);

  g_assert_cmpuint (ballast_pipeline_get_n_steps (pipeline), ==, 6);
  g_assert_cmpfloat (value_of (pipeline, 0, "size.0", 0), ==, 640);
  g_assert_cmpfloat (value_of (pipeline, 0, "size.1", 0), ==, 480);
  g_assert_cmpfloat (ballast_pipeline_get_step (pipeline, 2)->p, ==, 0.7);
  g_assert_cmpfloat (value_of (pipeline, 2, "scale.y", 0), ==, 0.8);
  g_assert_cmpfloat (value_of (pipeline, 2, "translate_percent.y", 1), ==, 0.2);
  g_assert_cmpfloat (value_of (pipeline, 2, "shear.y", 0), ==, -6);
  /* What is left out means Albumentations' default, not ours. */
  g_assert_cmpfloat (value_of (pipeline, 5, "std_range", 0), ==, 0.2);
  g_assert_cmpfloat (value_of (pipeline, 5, "std_range", 1), ==, 0.44);
}

static void
test_pipeline_reads_old (void)
{
  g_autoptr(BallastPipeline) pipeline = read_pipeline (FILE_OF ("0.5.2",
                                                                 "{\"__class_fullname__\": \"albumentations.augmentations.transforms.GaussNoise\", "
                                                                 "\"always_apply\": false, \"p\": 0.5, \"var_limit\": [25.0, 400.0], \"mean\": 0},"
                                                                 "{\"__class_fullname__\": \"RandomResizedCrop\", \"always_apply\": false, \"p\": 1, \"height\": "
                                                                 "32, \"width\": 64, \"scale\": [0.08, 1.0], \"ratio\": [0.75, 1.33], \"interpolation\": 1},"
                                                                 "{\"__class_fullname__\": \"CoarseDropout\", \"always_apply\": false, \"p\": 0.5, \"max_holes\": "
                                                                 "8, \"max_height\": 0.1, \"max_width\": 0.2, \"min_holes\": 3, \"min_height\": 0.05, "
                                                                 "\"min_width\": 0.2, \"fill_value\": 7, \"mask_fill_value\": null},"
                                                                 "{\"__class_fullname__\": \"Rotate\", \"limit\": 30, \"value\": 5, \"mask_value\": null, "
                                                                 "\"border_mode\": 4, \"p\": 0.5},"
                                                                 "{\"__class_fullname__\": \"GaussianBlur\", \"always_apply\": false, \"p\": 0.5, \"blur_limit\": "
                                                                 "[3, 7]}"), 0);

  g_assert_cmpfloat_with_epsilon (value_of (pipeline, 0, "std_range", 0), 5 / 255.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (value_of (pipeline, 0, "std_range", 1), 20 / 255.0, 1e-12);
  g_assert_cmpfloat (value_of (pipeline, 1, "size.0", 0), ==, 32);
  g_assert_cmpfloat (value_of (pipeline, 1, "size.1", 0), ==, 64);
  g_assert_cmpfloat (value_of (pipeline, 2, "num_holes_range", 0), ==, 3);
  g_assert_cmpfloat (value_of (pipeline, 2, "num_holes_range", 1), ==, 8);
  g_assert_cmpfloat (value_of (pipeline, 2, "hole_height_range", 0), ==, 0.05);
  g_assert_cmpfloat (value_of (pipeline, 2, "fill", 2), ==, 7);
  g_assert_cmpfloat (value_of (pipeline, 3, "limit", 0), ==, -30);
  g_assert_cmpfloat (value_of (pipeline, 3, "fill", 1), ==, 5);
  g_assert_cmpfloat (value_of (pipeline, 4, "blur_limit", 1), ==, 7);
  g_assert_cmpfloat (value_of (pipeline, 4, "sigma_limit", 1), ==, 0);
}

static void
test_pipeline_names_what_it_drops (void)
{
  static const struct
  {
    const char *text;
    guint       steps, dropped;
  } files[] = {
    { FILE_OF ("1.4.0", ""), 0, 0 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"HistogramMatching\", \"p\": 1}"), 0, 1 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"OneOf\", \"transforms\": []}"), 1, 0 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"SelectiveChannelTransform\", \"transforms\": "
               "[{\"__class_fullname__\": \"Transpose\"}]}"), 0, 1 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"Sequential\", \"p\": 1, \"transforms\": "
               "[{\"__class_fullname__\": \"Transpose\"}]}"), 1, 0 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"Rotate\", \"limit\": \"wide\"}"), 1, 1 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"Rotate\", \"limit\": [-720, 720]}"), 1, 1 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"Affine\", \"smoothness\": 3}"), 1, 1 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"CoarseDropout\", \"fill\": \"inpaint_ns\"}"), 1, 1 },
    { FILE_OF ("1.4.0", "{\"__class_fullname__\": \"ToGray\", \"method\": \"alchemy\"}"), 1, 1 },
    { FILE_OF ("1.4.0", "7, null, [], {\"p\": 1}"), 0, 1 },
    { "{\"transform\": {\"__class_fullname__\": \"HorizontalFlip\", \"p\": 0.25}}", 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(BallastPipeline) pipeline = NULL;

      g_test_message ("%s", files[i].text);
      pipeline = read_pipeline (files[i].text, files[i].dropped);
      g_assert_cmpuint (ballast_pipeline_get_n_steps (pipeline), ==, files[i].steps);
    }
}

static void
test_pipeline_bad (void)
{
  static const char *const texts[] = {
    "", "x", "[]", "{}", "{\"transform\": 7}", "{\"transform\": []}", "\"transform\"",
    "{\"transform\": {\"__class_fullname__\": \"Compose\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      char **dropped = NULL;

      g_assert_null (ballast_pipeline_from_json (texts[i], -1, &dropped, &error));
      g_assert_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX);
      g_assert_null (dropped);
    }
}

/* Our part of a file can be anything, too. */
static void
test_pipeline_hostile_ballast_part (void)
{
  static const char *const parts[] = {
    "7", "[]", "{\"steps\": 7}", "{\"steps\": [7, null]}", "{\"steps\": [{\"off\": 7}]}",
    "{\"steps\": [{\"op\": 7, \"id\": \"x\"}]}", "{\"next_id\": 1e300, \"steps\": []}",
    "{\"steps\": [{\"op\": \"Rotate\", \"id\": 1e30, \"values\": [], \"kept_from\": {}}]}",
    "{\"steps\": [{\"op\": \"Rotate\", \"id\": -4, \"values\": {\"limit\": [1]}, \"kept_from\": [7]}]}",
    "{\"steps\": [{\"op\": \"Rotate\", \"id\": 2, \"values\": {\"limit\": [1e300, -1e300]}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"transform\": {\"__class_fullname__\": \"Rotate\", "
                                               "\"limit\": [-5, 5]}, \"ballast\": %s}", parts[i]);
      g_autoptr(BallastPipeline) pipeline = read_pipeline (text, 0);

      g_test_message ("%s", parts[i]);
      g_assert_cmpuint (ballast_pipeline_get_n_steps (pipeline), ==, 1);
      g_assert_cmpfloat (fabs (value_of (pipeline, 0, "limit", 0)), <=, 180);
    }
}

/* Who edits "transform" by hand is obeyed. */
static void
test_pipeline_edited_by_hand (void)
{
  g_autoptr(BallastPipeline) pipeline = read_pipeline (
    "{\"transform\": {\"__class_fullname__\": \"Compose\", \"transforms\": ["
    "{\"__class_fullname__\": \"ToGray\"}, {\"__class_fullname__\": \"Rotate\", \"limit\": 5}]},"
    "\"ballast\": {\"steps\": [{\"id\": 9, \"op\": \"Rotate\", \"kept_from\": [\"six\"]}]}}", 0);

  g_assert_cmpuint (ballast_pipeline_get_n_steps (pipeline), ==, 2);
  g_assert_cmpuint (ballast_pipeline_get_step (pipeline, 1)->id, ==, 9);
  g_assert_true (ballast_step_is_kept_from (ballast_pipeline_get_step (pipeline, 1), "six"));
  g_assert_cmpfloat (value_of (pipeline, 1, "limit", 1), ==, 5);
}

static void
test_pipeline_presets (void)
{
  static const char *const without_mirrors[] = { "documents", "signs", "medical" };

  for (guint i = 0; i < ballast_pipeline_preset_get_n (); i++)
    {
      const BallastPipelinePreset *preset = ballast_pipeline_preset_get (i);
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (preset);

      g_assert_true (ballast_pipeline_preset_find (preset->title) == preset);
      g_assert_true (ballast_pipeline_preset_find (preset->name) == preset);
      g_assert_true (g_str_has_suffix (preset->explanation, "."));
      g_assert_cmpuint (ballast_pipeline_get_n_steps (pipeline), >=, 4);
    }
  /* Fine differences are of colour and texture. */
  {
    g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (
      ballast_pipeline_preset_find ("fine-grained"));

    for (guint j = 0; j < ballast_pipeline_get_n_steps (pipeline); j++)
      g_assert_cmpstr (ballast_pipeline_get_step (pipeline, j)->op->name, !=, "HueSaturationValue");
  }
  for (guint i = 0; i < G_N_ELEMENTS (without_mirrors); i++)
    {
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (
        ballast_pipeline_preset_find (without_mirrors[i]));

      for (guint j = 0; j < ballast_pipeline_get_n_steps (pipeline); j++)
        g_assert_false (ballast_pipeline_get_step (pipeline, j)->op->mirrors);
    }
  g_assert_null (ballast_pipeline_preset_find ("no such preset"));
}

/* What older files say, in the words of today. */
static const struct
{
  const char *old;
  const char *new;
} words[] = {
  { "Rotate, limit: 5, value: 7, mask_value: null", "Rotate, limit: 5, fill: 7" },
  { "Rotate, value: [1, 2, 3], fill: 0", "Rotate, fill: 0" },
  { "Rotate, always_apply: true, p: 0.5", "Rotate, always_apply: true, p: 1.0" },
  { "IAAFliplr, p: 0.5", "HorizontalFlip, p: 0.5" },
  { "imgaug.transforms.IAAFlipud", "VerticalFlip" },
  { "JpegCompression, quality_lower: 40, quality_upper: 90",
    "ImageCompression, compression_type: jpeg, quality_range: [40, 90]" },
  { "ImageCompression, quality_lower: 40, compression_type: 1",
    "ImageCompression, compression_type: webp, quality_range: [40, 100]" },
  { "RandomBrightness, limit: 0.3",
    "RandomBrightnessContrast, brightness_limit: 0.3, contrast_limit: [0, 0]" },
  { "RandomContrast, limit: [-0.3, 0.1]",
    "RandomBrightnessContrast, contrast_limit: [-0.3, 0.1], brightness_limit: [0, 0]" },
  { "Cutout, num_holes: 5, max_h_size: 16, fill_value: 9",
    "CoarseDropout, num_holes_range: [5, 5], hole_height_range: [16, 16], hole_width_range: [8, 8], "
    "fill: 9" },
  { "IAAAdditiveGaussianNoise, loc: 0, scale: [51, 102]",
    "GaussNoise, std_range: [0.2, 0.4], mean_range: [0, 0]" },
  { "GaussNoise, mean: 51", "GaussNoise, mean_range: [0.2, 0.2]" },
  { "Solarize, threshold: 51", "Solarize, threshold_range: [0.2, 0.2]" },
  { "Downscale, scale_min: 0.5, scale_max: 0.75", "Downscale, scale_range: [0.5, 0.75]" },
  { "GridDropout, holes_number_x: 3, holes_number_y: 4, unit_size_min: null",
    "GridDropout, holes_number_xy: [3, 4]" },
  { "RandomSnow, snow_point_lower: 0.2", "RandomSnow, snow_point_range: [0.2, 0.3]" },
  { "RandomSizedCrop, height: 30, width: 40", "RandomSizedCrop, size: [30, 40]" },
  { "IAAAffine, mode: reflect, cval: 3", "Affine, fill: 3, border_mode: 4" },
  { "Flip, p: 0.4",
    "OneOf, p: 0.4, transforms: [{__class_fullname__: HorizontalFlip, p: 1.0}, {__class_fullname__: "
    "VerticalFlip, p: 1.0}, {__class_fullname__: Sequential, p: 1.0, transforms: [{"
    "__class_fullname__: HorizontalFlip, p: 1.0}, {__class_fullname__: VerticalFlip, p: 1.0}]}]" },
};

/* A transform from "Name, argument: value", which is YAML. */
static JsonNode *
transform_of (const char *words_of_it)
{
  g_autofree char *text = g_strdup_printf ("{__class_fullname__: %s}", words_of_it);
  g_autoptr(GError) error = NULL;
  JsonNode *node = ballast_yaml_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_pipeline_old_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(JsonNode) old = transform_of (words[i].old);
      g_autoptr(JsonNode) new = transform_of (words[i].new);
      g_autofree char *text = NULL;

      ballast_pipeline_modernise (json_node_get_object (old));
      text = ballast_json_to_string (old, FALSE);
      g_test_message ("%s", text);
      g_assert_true (json_node_equal (old, new));
      ballast_pipeline_modernise (json_node_get_object (old));
      g_assert_true (json_node_equal (old, new));
    }
}

static void
test_pipeline_shift_scale_rotate (void)
{
  g_autoptr(BallastPipeline) pipeline = read_pipeline (FILE_OF ("1.3.0",
                                                                 "{\"__class_fullname__\": \"ShiftScaleRotate\", \"always_apply\": false, \"p\": 0.5, "
                                                                 "\"shift_limit_x\": [-0.1, 0.1], \"shift_limit_y\": 0.2, \"scale_limit\": [-0.25, 0.5], "
                                                                 "\"rotate_limit\": 30, \"interpolation\": 1, \"border_mode\": 4, \"value\": null}"), 0);

  g_assert_cmpstr (ballast_pipeline_get_step (pipeline, 0)->op->name, ==, "Affine");
  g_assert_cmpfloat (value_of (pipeline, 0, "translate_percent.x", 0), ==, -0.1);
  g_assert_cmpfloat (value_of (pipeline, 0, "translate_percent.y", 1), ==, 0.2);
  g_assert_cmpfloat (value_of (pipeline, 0, "scale.x", 0), ==, 0.75);
  g_assert_cmpfloat (value_of (pipeline, 0, "scale.y", 1), ==, 1.5);
  g_assert_cmpfloat (value_of (pipeline, 0, "rotate", 0), ==, -30);
}

/* All presets in all spellings that can be read, and the endings that name them. */
static void
test_pipeline_spellings (void)
{
  static const char *const paths[] = { "a.json", "a.yaml", "a.b.YML" };
  BallastPipelineFormat format;

  for (guint i = 0; i < ballast_pipeline_preset_get_n () * G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new_preset (
        ballast_pipeline_preset_get (i / G_N_ELEMENTS (paths)));
      g_autoptr(BallastPipeline) again = NULL;
      g_autofree char *text = NULL;

      g_assert_true (ballast_pipeline_format_of_path (paths[i % G_N_ELEMENTS (paths)], &format));
      text = ballast_pipeline_to_text (pipeline, format);
      again = ballast_pipeline_from_text (text, -1, NULL, NULL);
      g_assert_true (again != NULL && ballast_pipeline_equal (pipeline, again));
    }
  g_assert_false (ballast_pipeline_format_of_path ("a.txt", &format));
  g_assert_false (ballast_pipeline_format_of_path ("json", &format));
}

static void
test_pipeline_python (void)
{
  g_autoptr(BallastPipeline) pipeline = read_pipeline (FILE_OF ("2.0.8",
                                                                 "{\"__class_fullname__\": \"OneOf\", \"p\": 0.5, \"transforms\": ["
                                                                 "{\"__class_fullname__\": \"Rotate\", \"p\": 0.25, \"limit\": [-5, 5]},"
                                                                 "{\"__class_fullname__\": \"ToGray\", \"p\": 1}]}"), 0);
  g_autofree char *text = NULL;

  ballast_pipeline_set_kept_from (pipeline, 1, "six", TRUE);
  text = ballast_pipeline_to_python (pipeline);
  g_assert_cmpstr (text, ==,
                   "import albumentations as A\n\n"
                   "# Rotate: Albumentations knows no classes, and applies it to all.\n"
                   "transform = A.Compose([\n"
                   "    A.OneOf([\n"
                   "        A.Rotate(p=0.25, limit=(-5.0, 5.0)),\n"
                   "        A.ToGray(p=1.0),\n"
                   "    ], p=0.5),\n"
                   "])\n");
}

static void
test_pipeline_unsaid (void)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_auto(GStrv) none = NULL, some = NULL, off = NULL;

  ballast_pipeline_add (pipeline, ballast_op_find ("HorizontalFlip"), -1);
  none = ballast_pipeline_list_unsaid (pipeline);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  ballast_pipeline_set_kept_from (pipeline, 0, "six", TRUE);
  ballast_pipeline_add (pipeline, ballast_op_find ("RandomResizedCrop"), -1);
  some = ballast_pipeline_list_unsaid (pipeline);
  g_assert_cmpuint (g_strv_length (some), ==, 3); /* the class, and the picture's own height, width */
  ballast_pipeline_set_enabled (pipeline, 0, FALSE);
  off = ballast_pipeline_list_unsaid (pipeline);
  g_assert_cmpuint (g_strv_length (off), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/pipeline/edits", test_pipeline_edits);
  g_test_add_func ("/augment/pipeline/round-trip", test_pipeline_round_trip);
  g_test_add_func ("/augment/pipeline/every-op-round-trip", test_pipeline_every_op_round_trip);
  g_test_add_func ("/augment/pipeline/is-theirs", test_pipeline_is_theirs);
  g_test_add_func ("/augment/pipeline/reads-2.0.8", test_pipeline_reads_2_0_8);
  g_test_add_func ("/augment/pipeline/reads-old", test_pipeline_reads_old);
  g_test_add_func ("/augment/pipeline/names-what-it-drops", test_pipeline_names_what_it_drops);
  g_test_add_func ("/augment/pipeline/bad", test_pipeline_bad);
  g_test_add_func ("/augment/pipeline/hostile-ballast-part", test_pipeline_hostile_ballast_part);
  g_test_add_func ("/augment/pipeline/edited-by-hand", test_pipeline_edited_by_hand);
  g_test_add_func ("/augment/pipeline/presets", test_pipeline_presets);
  g_test_add_func ("/augment/pipeline/old-words", test_pipeline_old_words);
  g_test_add_func ("/augment/pipeline/shift-scale-rotate", test_pipeline_shift_scale_rotate);
  g_test_add_func ("/augment/pipeline/spellings", test_pipeline_spellings);
  g_test_add_func ("/augment/pipeline/python", test_pipeline_python);
  g_test_add_func ("/augment/pipeline/unsaid", test_pipeline_unsaid);
  return g_test_run ();
}
