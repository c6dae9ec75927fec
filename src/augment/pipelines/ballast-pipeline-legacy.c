/*
 * Albumentations' older words.
 *
 * Tables first: what was only renamed is a line.  What changed its meaning (pixels to shares,
 * variances to deviations) has a function.  An argument of today is never overwritten.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-legacy.h"

#include <string.h>

#include "ballast-op-table.h"
#include "ballast-pipeline-private.h"

#define CLASS "__class_fullname__"

typedef struct
{
  const char *class_name; /* of today; NULL: of any */
  const char *old;
  const char *new;
} OldName;

static const OldName old_arguments[] = {
  { NULL, "value", "fill" },
  { NULL, "fill_value", "fill" },
  { NULL, "cval", "fill" },
  { NULL, "pad_val", "fill" },
  { NULL, "pad_cval", "fill" },
  { NULL, "mask_value", "fill_mask" },
  { NULL, "mask_fill_value", "fill_mask" },
  { NULL, "cval_mask", "fill_mask" },
  { NULL, "pad_cval_mask", "fill_mask" },
  { NULL, "mask_pad_val", "fill_mask" },
  { "Affine", "mode", "border_mode" },
  { "CropAndPad", "pad_mode", "border_mode" },
  { "PadIfNeeded", "pad_mode", "border_mode" },
  { "Perspective", "pad_mode", "border_mode" },
};

typedef struct
{
  const char *class_name;
  const char *lower, *upper; /* two arguments of old */
  const char *range;         /* one of today */
  double      least, most;   /* their defaults */
} OldPair;

static const OldPair old_pairs[] = {
  { "Downscale", "scale_min", "scale_max", "scale_range", 0.25, 0.25 },
  { "GridDropout", "holes_number_x", "holes_number_y", "holes_number_xy", 10, 10 },
  { "GridDropout", "shift_x", "shift_y", "shift_xy", 0, 0 },
  { "GridDropout", "unit_size_min", "unit_size_max", "unit_size_range", 2, 2 },
  { "ImageCompression", "quality_lower", "quality_upper", "quality_range", 99, 100 },
  { "RandomFog", "fog_coef_lower", "fog_coef_upper", "fog_coef_range", 0.3, 1 },
  { "RandomRain", "slant_lower", "slant_upper", "slant_range", -10, 10 },
  { "RandomResizedCrop", "height", "width", "size", 0, 0 },
  { "RandomShadow", "num_shadows_lower", "num_shadows_upper", "num_shadows_limit", 1, 2 },
  { "RandomSizedCrop", "height", "width", "size", 0, 0 },
  { "RandomSnow", "snow_point_lower", "snow_point_upper", "snow_point_range", 0.1, 0.3 },
  { "RandomSunFlare", "angle_lower", "angle_upper", "angle_range", 0, 1 },
  { "RandomSunFlare", "num_flare_circles_lower", "num_flare_circles_upper",
    "num_flare_circles_range", 6, 10 },
};

static gboolean
number_of (JsonObject *arguments,
           const char *name,
           double     *number)
{
  return ballast_json_node_number (json_object_get_member (arguments, name), number);
}

static void
set_numbers (JsonObject   *object,
             const char   *name,
             const double *numbers,
             guint         n)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_node_alloc ();

      /* Counts stay whole. */
      if (numbers[i] == (double) (gint64) numbers[i])
        json_node_init_int (node, (gint64) numbers[i]);
      else
        json_node_init_double (node, numbers[i]);
      json_array_add_element (array, node);
    }
  json_object_set_array_member (object, name, array);
}

static void
set_range (JsonObject *object,
           const char *name,
           double      low,
           double      high)
{
  set_numbers (object, name, (const double[]) { low, high }, 2);
}

/* A limit of old: one number for both directions, or two.  FALSE where there is none. */
static gboolean
limit_of (JsonObject *arguments,
          const char *name,
          double      limit[2])
{
  JsonNode *node = json_object_get_member (arguments, name);

  if (node != NULL && ballast_json_node_numbers (node, 2, limit))
    return TRUE;
  if (!ballast_json_node_number (node, &limit[1]))
    return FALSE;
  limit[0] = -limit[1];
  return TRUE;
}

static void
move_member (JsonObject *object,
             const char *from,
             const char *to)
{
  JsonNode *node = json_object_get_member (object, from);

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_NULL (node) && !json_object_has_member (object, to))
    json_object_set_member (object, to, json_node_copy (node));
  json_object_remove_member (object, from);
}

static void
be (JsonObject *transform,
    const char *class_name)
{
  json_object_set_string_member (transform, CLASS, class_name);
}

static void
be_jpeg (JsonObject *transform)
{
  be (transform, "ImageCompression");
  json_object_set_string_member (transform, "compression_type", "jpeg");
}

static void
be_brightness (JsonObject *transform)
{
  be (transform, "RandomBrightnessContrast");
  move_member (transform, "limit", "brightness_limit");
  set_range (transform, "contrast_limit", 0, 0);
}

static void
be_contrast (JsonObject *transform)
{
  be (transform, "RandomBrightnessContrast");
  move_member (transform, "limit", "contrast_limit");
  set_range (transform, "brightness_limit", 0, 0);
}

/* Cutout's holes are of one size, in pixels. */
static void
be_cutout (JsonObject *transform)
{
  static const char *const names[][2] = { { "num_holes", "num_holes_range" },
                                          { "max_h_size", "hole_height_range" },
                                          { "max_w_size", "hole_width_range" } };

  be (transform, "CoarseDropout");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      double number = 8;

      number_of (transform, names[i][0], &number);
      set_range (transform, names[i][1], number, number);
      json_object_remove_member (transform, names[i][0]);
    }
}

static JsonObject *
certain (const char *class_name)
{
  JsonObject *transform = json_object_new ();

  be (transform, class_name);
  json_object_set_double_member (transform, "p", 1);
  return transform;
}

/* Flip mirrored about the one axis, the other or both, evenly. */
static void
be_flip (JsonObject *transform)
{
  JsonArray *choices = json_array_new (), *both = json_array_new ();
  JsonObject *sequence = certain ("Sequential");

  json_array_add_object_element (both, certain ("HorizontalFlip"));
  json_array_add_object_element (both, certain ("VerticalFlip"));
  json_object_set_array_member (sequence, "transforms", both);
  json_array_add_object_element (choices, certain ("HorizontalFlip"));
  json_array_add_object_element (choices, certain ("VerticalFlip"));
  json_array_add_object_element (choices, sequence);
  be (transform, "OneOf");
  json_object_set_array_member (transform, "transforms", choices);
}

/* imgaug's deviations were in levels. */
static void
be_noise (JsonObject *transform)
{
  double scale[2], mean;

  be (transform, "GaussNoise");
  if (limit_of (transform, "scale", scale))
    set_range (transform, "std_range", MAX (scale[0], 0) / 255, scale[1] / 255);
  if (number_of (transform, "loc", &mean))
    set_range (transform, "mean_range", mean / 255, mean / 255);
  json_object_remove_member (transform, "scale");
  json_object_remove_member (transform, "loc");
}

static void
set_both_axes (JsonObject  *transform,
               const char  *name,
               const double x[2],
               const double y[2])
{
  JsonObject *axes = json_object_new ();

  set_range (axes, "x", x[0], x[1]);
  set_range (axes, "y", y[0], y[1]);
  json_object_set_object_member (transform, name, axes);
}

/* Shares for the shift, a factor less one for the scale. */
static void
be_affine (JsonObject *transform)
{
  double shift[2] = { -0.0625, 0.0625 }, scale[2] = { -0.1, 0.1 }, turn[2] = { -45, 45 };
  double x[2], y[2];

  be (transform, "Affine");
  limit_of (transform, "shift_limit", shift);
  limit_of (transform, "scale_limit", scale);
  limit_of (transform, "rotate_limit", turn);
  memcpy (x, shift, sizeof x);
  memcpy (y, shift, sizeof y);
  limit_of (transform, "shift_limit_x", x);
  limit_of (transform, "shift_limit_y", y);
  set_both_axes (transform, "translate_percent", x, y);
  set_both_axes (transform, "scale", (const double[]) { 1 + scale[0], 1 + scale[1] },
                 (const double[]) { 1 + scale[0], 1 + scale[1] });
  set_range (transform, "rotate", turn[0], turn[1]);
  json_object_set_boolean_member (transform, "keep_ratio", TRUE);
  for (const char *const *name = (const char *const[]) { "shift_limit", "shift_limit_x",
                                                         "shift_limit_y", "scale_limit",
                                                         "rotate_limit", NULL };
       *name != NULL; name++)
    json_object_remove_member (transform, *name);
}

typedef struct
{
  const char *old;
  const char *new;                       /* NULL: @change names it */
  void (*change)(JsonObject *transform);
} OldClass;

static const OldClass old_classes[] = {
  { "Cutout", NULL, be_cutout },
  { "D4", "SquareSymmetry", NULL },
  { "Flip", NULL, be_flip },
  { "IAAAdditiveGaussianNoise", NULL, be_noise },
  { "IAAAffine", "Affine", NULL },
  { "IAACropAndPad", "CropAndPad", NULL },
  { "IAAEmboss", "Emboss", NULL },
  { "IAAFliplr", "HorizontalFlip", NULL },
  { "IAAFlipud", "VerticalFlip", NULL },
  { "IAAPerspective", "Perspective", NULL },
  { "IAAPiecewiseAffine", "PiecewiseAffine", NULL },
  { "IAASharpen", "Sharpen", NULL },
  { "IAASuperpixels", "Superpixels", NULL },
  { "JpegCompression", NULL, be_jpeg },
  { "RandomBrightness", NULL, be_brightness },
  { "RandomContrast", NULL, be_contrast },
  { "ShiftScaleRotate", NULL, be_affine },
};

static void
modernise_class (JsonObject *transform,
                 const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (old_classes); i++)
    {
      const OldClass *old = &old_classes[i];

      if (strcmp (old->old, name) != 0 || ballast_op_find (name) != NULL)
        continue;
      if (old->new != NULL)
        be (transform, old->new);
      else
        old->change (transform);
      return;
    }
}

static void
modernise_pairs (JsonObject *transform,
                 const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (old_pairs); i++)
    {
      const OldPair *old = &old_pairs[i];
      double low = old->least, high = old->most;
      gboolean has_low, has_high;

      if (strcmp (old->class_name, name) != 0)
        continue;
      has_low = number_of (transform, old->lower, &low);
      has_high = number_of (transform, old->upper, &high);
      if ((has_low || has_high) && !json_object_has_member (transform, old->range))
        set_range (transform, old->range, low, high);
      json_object_remove_member (transform, old->lower);
      json_object_remove_member (transform, old->upper);
    }
}

/* Names of borders, as imgaug has them, in OpenCV's numbers. */
static void
modernise_border (JsonObject *transform)
{
  static const char *const names[] = { "constant", "edge", "symmetric", "wrap", "reflect" };
  JsonNode *mode = json_object_get_member (transform, "border_mode");

  if (mode == NULL || !JSON_NODE_HOLDS_VALUE (mode)
      || json_node_get_value_type (mode) != G_TYPE_STRING)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (json_node_get_string (mode), names[i]) == 0)
      {
        json_object_set_int_member (transform, "border_mode", i);
        return;
      }
}

/* Arguments that kept their name and changed their unit. */
static void
modernise_units (JsonObject *transform,
                 const char *name)
{
  double limit[2];

  if (strcmp (name, "Solarize") == 0 && !json_object_has_member (transform, "threshold_range"))
    {
      JsonNode *threshold = json_object_get_member (transform, "threshold");

      if (ballast_json_node_number (threshold, &limit[0]))
        set_range (transform, "threshold_range", limit[0] / 255, limit[0] / 255);
      else if (threshold != NULL && ballast_json_node_numbers (threshold, 2, limit))
        set_range (transform, "threshold_range", limit[0] / 255, limit[1] / 255);
      json_object_remove_member (transform, "threshold");
    }
  if (strcmp (name, "GaussNoise") == 0 && number_of (transform, "mean", &limit[0]))
    {
      if (!json_object_has_member (transform, "mean_range"))
        set_range (transform, "mean_range", limit[0] / 255, limit[0] / 255);
      json_object_remove_member (transform, "mean");
    }
  if (strcmp (name, "ImageCompression") == 0 && number_of (transform, "compression_type", &limit[0]))
    json_object_set_string_member (transform, "compression_type", limit[0] == 1 ? "webp" : "jpeg");
}

/* SafeRotate writes what it has of Affine, and makes it anew from its limit. */
static const char *const inherited[] = { "fit_output", "keep_ratio", "rotate", "scale", "shear",
                                         "translate_percent", "translate_px" };

static const char *
peek_class (JsonObject *transform)
{
  JsonNode *node = json_object_get_member (transform, CLASS);
  const char *full, *dot;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  full = json_node_get_string (node);
  dot = strrchr (full, '.');
  return dot != NULL ? dot + 1 : full;
}

void
ballast_pipeline_modernise (JsonObject *transform)
{
  g_autofree char *old_name = g_strdup (peek_class (transform));
  g_autofree char *name = NULL;
  double always = 0;

  modernise_class (transform, old_name);
  name = g_strdup (peek_class (transform));
  for (guint i = 0; i < G_N_ELEMENTS (old_arguments); i++)
    if (old_arguments[i].class_name == NULL || strcmp (old_arguments[i].class_name, name) == 0)
      move_member (transform, old_arguments[i].old, old_arguments[i].new);
  if (strcmp (name, "SafeRotate") == 0 && json_object_has_member (transform, "limit"))
    for (guint i = 0; i < G_N_ELEMENTS (inherited); i++)
      json_object_remove_member (transform, inherited[i]);
  modernise_pairs (transform, name);
  modernise_units (transform, name);
  modernise_border (transform);

  /* It overruled the probability. */
  if (number_of (transform, "always_apply", &always) && always != 0)
    json_object_set_double_member (transform, "p", 1);
}
