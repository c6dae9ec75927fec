/*
 * Pipelines to start from.
 *
 * A preset is data: ops with a probability and the values that differ from the op's defaults.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-presets.h"

#include <glib/gi18n-lib.h>

#include "ballast-combinators.h"
#include "ballast-pipeline-tree.h"

#define MAX_STEPS 14
#define MAX_SETTINGS 5

typedef struct
{
  const char *parameter;
  double      number[2];
} Setting;

typedef struct
{
  const char *op;
  double      p;
  Setting     settings[MAX_SETTINGS];
  gboolean    is_inside; /* the group before it */
} PresetStep;

typedef struct
{
  BallastPipelinePreset about;
  PresetStep            steps[MAX_STEPS];
} Preset;

#define LIGHT(brightness, contrast)                                                                \
  {                                                                                                \
    "RandomBrightnessContrast", 0.5,                                                               \
    {                                                                                              \
      { "brightness_limit", { -(brightness), brightness } },                                       \
      { "contrast_limit", { -(contrast), contrast } },                                             \
    }                                                                                              \
  }
#define TURN(p, angle) { "Rotate", p, { { "limit", { -(angle), angle } } } }
#define WHITE_TURN(p, angle)                                                                       \
  {                                                                                                \
    "Rotate", p, { { "limit", { -(angle), angle } }, { "border_mode", { 1, 0 } } }                 \
  }
#define COLOURS(p, hue, saturation, value)                                                         \
  {                                                                                                \
    "HueSaturationValue", p,                                                                       \
    {                                                                                              \
      { "hue_shift_limit", { -(hue), hue } },                                                      \
      { "sat_shift_limit", { -(saturation), saturation } },                                        \
      { "val_shift_limit", { -(value), value } },                                                  \
    }                                                                                              \
  }
#define CROP(p, least) { "RandomResizedCrop", p, { { "scale", { least, 1 } } } }
#define NOISE(p, most) { "GaussNoise", p, { { "std_range", { 0.01, most } } } }
#define BLUR(p, most) { "GaussianBlur", p, { { "sigma_limit", { 0.4, most } } } }
#define MOVE(p, factor, shift)                                                                     \
  {                                                                                                \
    "Affine", p,                                                                                   \
    {                                                                                              \
      { "scale.x", { 1 - (factor), 1 + (factor) } },                                               \
      { "translate_percent.x", { -(shift), shift } },                                              \
      { "translate_percent.y", { -(shift), shift } },                                              \
      { "border_mode", { 1, 0 } },                                                                 \
    }                                                                                              \
  }
#define COMPRESSION(p, least)                                                                      \
  {                                                                                                \
    "ImageCompression", p, { { "quality_range", { least, 95 } } }                                  \
  }
#define ONE_OF(p) { "OneOf", p }
#define INSIDE(op, weight) { op, weight, { { NULL } }, TRUE }

static const Preset presets[] = {
  {
    { "photographs", N_("Photographs"),
      N_("Mirrors, small turns and crops, and a little light and colour: right for most "
          "photographs.") },
    { { "HorizontalFlip", 0.5 }, TURN (0.7, 15), CROP (0.5, 0.7), LIGHT (0.2, 0.12),
      COLOURS (0.3, 8, 20, 10) },
  },
  {
    { "documents", N_("Documents and Digits"),
      N_("Small turns, shifts, softness, grain and compression, but no mirrors: a mirrored letter is "
          "no letter.") },
    { WHITE_TURN (0.7, 6), MOVE (0.6, 0.08, 0.04), LIGHT (0.15, 0.2), BLUR (0.2, 1),
      NOISE (0.3, 0.05), COMPRESSION (0.2, 50) },
  },
  {
    { "signs", N_("Traffic Signs"),
      N_("Weather, light, distance, a moving camera and small turns without mirrors, which would turn "
          "left into right.") },
    { TURN (0.6, 10), MOVE (0.5, 0.12, 0.05), LIGHT (0.3, 0.25), COLOURS (0.3, 4, 20, 20),
      ONE_OF (0.3), INSIDE ("MotionBlur", 0.5), INSIDE ("GaussianBlur", 0.5),
      ONE_OF (0.1), INSIDE ("RandomRain", 0.5), INSIDE ("RandomFog", 0.5), NOISE (0.2, 0.06) },
  },
  {
    { "aerial", N_("Aerial and Microscopy"),
      N_("All eight symmetries, for pictures that have no up: from the air or through a "
          "microscope.") },
    { { "SquareSymmetry", 1 }, CROP (0.3, 0.7), LIGHT (0.15, 0.15), COLOURS (0.3, 5, 15, 10) },
  },
  {
    { "medical", N_("Medical Grey"),
      N_("Gentle turns, shifts, contrast and grain for X-ray, CT and ultrasound; sides are kept "
          "apart.") },
    { TURN (0.6, 8), MOVE (0.5, 0.06, 0.04), LIGHT (0.1, 0.15),
      ONE_OF (0.4), { "RandomGamma", 0.7, { { "gamma_limit", { 80, 125 } } }, TRUE },
      { "CLAHE", 0.3, { { "clip_limit", { 1, 2 } } }, TRUE }, NOISE (0.3, 0.03) },
  },
  {
    { "fine-grained", N_("Fine-Grained"),
      N_("For species, models and makes: mirrors, framing and light, and nothing that touches the "
          "colour or the texture that tells them apart.") },
    { { "HorizontalFlip", 0.5 }, TURN (0.5, 8), CROP (0.6, 0.8), LIGHT (0.12, 0.1),
      COMPRESSION (0.2, 75) },
  },
  {
    { "strong", N_("Strong"),
      N_("Everything at once, for very few images of a class and a model that learns them by "
          "heart.") },
    { { "HorizontalFlip", 0.5 }, TURN (0.8, 30), CROP (0.7, 0.4), LIGHT (0.3, 0.3),
      COLOURS (0.5, 15, 40, 20), { "RandomGamma", 0.3, { { "gamma_limit", { 70, 140 } } } },
      { "ToGray", 0.1 }, ONE_OF (0.3), INSIDE ("GaussianBlur", 0.4), INSIDE ("MotionBlur", 0.3),
      INSIDE ("ImageCompression", 0.3), NOISE (0.3, 0.08), { "CoarseDropout", 0.4 } },
  },
};

guint
ballast_pipeline_preset_get_n (void)
{
  return G_N_ELEMENTS (presets);
}

const BallastPipelinePreset *
ballast_pipeline_preset_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (presets), NULL);

  return &presets[index].about;
}

const BallastPipelinePreset *
ballast_pipeline_preset_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_ascii_strcasecmp (name, presets[i].about.name) == 0
        || g_ascii_strcasecmp (name, presets[i].about.title) == 0)
      return &presets[i].about;
  return NULL;
}

static int
find_last_group (const BallastPipeline *pipeline)
{
  for (int i = (int) ballast_pipeline_get_n_steps (pipeline) - 1; i >= 0; i--)
    if (ballast_step_is_group (ballast_pipeline_get_step (pipeline, (guint) i)))
      return i;
  return -1;
}

static void
add_step (BallastPipeline  *pipeline,
          const PresetStep *preset)
{
  const BallastOp *op = ballast_combinator_find_any (preset->op);
  guint position = ballast_pipeline_get_n_steps (pipeline);

  g_return_if_fail (op != NULL);

  ballast_pipeline_add_into (pipeline, op, preset->is_inside ? find_last_group (pipeline) : -1);
  ballast_pipeline_set_p (pipeline, position, preset->p);
  for (guint i = 0; i < MAX_SETTINGS && preset->settings[i].parameter != NULL; i++)
    {
      const Setting *setting = &preset->settings[i];
      BallastValue value = { { setting->number[0], setting->number[1] } };
      int parameter = ballast_op_find_parameter (op, setting->parameter);

      g_return_if_fail (parameter >= 0);
      ballast_pipeline_set_value (pipeline, position, (guint) parameter, &value);
    }
}

BallastPipeline *
ballast_pipeline_new_preset (const BallastPipelinePreset *preset)
{
  BallastPipeline *pipeline = ballast_pipeline_new ();

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (&presets[i].about == preset)
      for (guint j = 0; j < MAX_STEPS && presets[i].steps[j].op != NULL; j++)
        add_step (pipeline, &presets[i].steps[j]);
  return pipeline;
}

BallastPipeline *
ballast_pipeline_new_default (void)
{
  return ballast_pipeline_new_preset (&presets[0].about);
}
