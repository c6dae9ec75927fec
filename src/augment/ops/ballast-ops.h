#pragma once

#include "ballast-lowering.h"
#include "ballast-op.h"

#include <glib/gi18n-lib.h>
#include "ballast-recipe.h"
#include "ballast-sampler.h"

G_BEGIN_DECLS

/*
 * What the files of this folder share.  An op is one file here, one line below, and one line in
 * ballast-op-table.c.
 */
extern const BallastOp ballast_op_horizontal_flip;
extern const BallastOp ballast_op_vertical_flip;
extern const BallastOp ballast_op_random_rotate_90;
extern const BallastOp ballast_op_transpose;
extern const BallastOp ballast_op_square_symmetry;
extern const BallastOp ballast_op_rotate;
extern const BallastOp ballast_op_safe_rotate;
extern const BallastOp ballast_op_affine;
extern const BallastOp ballast_op_perspective;
extern const BallastOp ballast_op_elastic_transform;
extern const BallastOp ballast_op_grid_distortion;
extern const BallastOp ballast_op_optical_distortion;
extern const BallastOp ballast_op_piecewise_affine;
extern const BallastOp ballast_op_thin_plate_spline;
extern const BallastOp ballast_op_grid_elastic_deform;
extern const BallastOp ballast_op_random_grid_shuffle;
extern const BallastOp ballast_op_random_resized_crop;
extern const BallastOp ballast_op_resize;
extern const BallastOp ballast_op_longest_max_size;
extern const BallastOp ballast_op_smallest_max_size;
extern const BallastOp ballast_op_random_scale;
extern const BallastOp ballast_op_letterbox;
extern const BallastOp ballast_op_random_crop;
extern const BallastOp ballast_op_center_crop;
extern const BallastOp ballast_op_crop;
extern const BallastOp ballast_op_random_sized_crop;
extern const BallastOp ballast_op_crop_and_pad;
extern const BallastOp ballast_op_random_crop_from_borders;
extern const BallastOp ballast_op_pad_if_needed;
extern const BallastOp ballast_op_pad;
extern const BallastOp ballast_op_random_zoom_out;
extern const BallastOp ballast_op_bbox_safe_random_crop;
extern const BallastOp ballast_op_random_sized_bbox_safe_crop;
extern const BallastOp ballast_op_at_least_one_bbox_random_crop;
extern const BallastOp ballast_op_random_crop_near_bbox;
extern const BallastOp ballast_op_crop_non_empty_mask_if_exists;
extern const BallastOp ballast_op_random_brightness_contrast;
extern const BallastOp ballast_op_hue_saturation_value;
extern const BallastOp ballast_op_random_gamma;
extern const BallastOp ballast_op_to_gray;
extern const BallastOp ballast_op_rgb_shift;
extern const BallastOp ballast_op_channel_shuffle;
extern const BallastOp ballast_op_to_sepia;
extern const BallastOp ballast_op_planckian_jitter;
extern const BallastOp ballast_op_fancy_pca;
extern const BallastOp ballast_op_color_jitter;
extern const BallastOp ballast_op_equalize;
extern const BallastOp ballast_op_clahe;
extern const BallastOp ballast_op_auto_contrast;
extern const BallastOp ballast_op_random_tone_curve;
extern const BallastOp ballast_op_illumination;
extern const BallastOp ballast_op_plasma_brightness_contrast;
extern const BallastOp ballast_op_plasma_shadow;
extern const BallastOp ballast_op_chromatic_aberration;
extern const BallastOp ballast_op_posterize;
extern const BallastOp ballast_op_solarize;
extern const BallastOp ballast_op_invert_img;
extern const BallastOp ballast_op_gauss_noise;
extern const BallastOp ballast_op_salt_and_pepper;
extern const BallastOp ballast_op_iso_noise;
extern const BallastOp ballast_op_shot_noise;
extern const BallastOp ballast_op_multiplicative_noise;
extern const BallastOp ballast_op_additive_noise;
extern const BallastOp ballast_op_image_compression;
extern const BallastOp ballast_op_downscale;
extern const BallastOp ballast_op_random_fog;
extern const BallastOp ballast_op_random_rain;
extern const BallastOp ballast_op_random_snow;
extern const BallastOp ballast_op_random_sun_flare;
extern const BallastOp ballast_op_random_shadow;
extern const BallastOp ballast_op_random_gravel;
extern const BallastOp ballast_op_spatter;
extern const BallastOp ballast_op_gaussian_blur;
extern const BallastOp ballast_op_blur;
extern const BallastOp ballast_op_median_blur;
extern const BallastOp ballast_op_motion_blur;
extern const BallastOp ballast_op_advanced_blur;
extern const BallastOp ballast_op_defocus;
extern const BallastOp ballast_op_zoom_blur;
extern const BallastOp ballast_op_glass_blur;
extern const BallastOp ballast_op_sharpen;
extern const BallastOp ballast_op_unsharp_mask;
extern const BallastOp ballast_op_emboss;
extern const BallastOp ballast_op_ringing_overshoot;
extern const BallastOp ballast_op_morphological;
extern const BallastOp ballast_op_coarse_dropout;
extern const BallastOp ballast_op_channel_dropout;
extern const BallastOp ballast_op_erasing;
extern const BallastOp ballast_op_grid_dropout;
extern const BallastOp ballast_op_xy_masking;
extern const BallastOp ballast_op_pixel_dropout;
extern const BallastOp ballast_op_constrained_coarse_dropout;
extern const BallastOp ballast_op_mask_dropout;
extern const BallastOp ballast_op_mosaic;
extern const BallastOp ballast_op_mix_up;
extern const BallastOp ballast_op_cut_mix;
extern const BallastOp ballast_op_copy_paste;

#define BALLAST_GROUP_GEOMETRY N_("Geometry")
#define BALLAST_GROUP_SIZE N_("Size and Crop")
#define BALLAST_GROUP_DISTORTION N_("Distortion")
#define BALLAST_GROUP_COLOUR N_("Colour")
#define BALLAST_GROUP_NOISE N_("Noise and Blur")
#define BALLAST_GROUP_WEATHER N_("Weather")
#define BALLAST_GROUP_DROPOUT N_("Dropout")
#define BALLAST_GROUP_MIXING N_("Several Pictures")

/* The two parameters of every op that uncovers what lies outside the picture. */
extern const BallastChoice ballast_border_choices[5];

#define BALLAST_PARAMETER_BORDER_MODE                                                              \
  {                                                                                                \
    .name = "border_mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Outside"), .unit = "",   \
    .help = N_("What is seen where the picture ends."), .maximum = 4, .step = 1,                 \
    .secondary = TRUE,                                                                             \
    .initial = { { BALLAST_BORDER_REFLECT_101 } }, .neutral = { { BALLAST_BORDER_CONSTANT } },     \
    .absent = { { BALLAST_BORDER_CONSTANT } }, .choices = ballast_border_choices,                  \
    .n_choices = 5                                                                                 \
  }

#define BALLAST_PARAMETER_FILL(text)                                                               \
  {                                                                                                \
    .name = "fill", .type = BALLAST_PARAMETER_COLOUR, .label = N_("Fill Colour"), .unit = "",      \
    .help = text, .maximum = 255, .step = 1, .secondary = TRUE                                     \
  }

/* The width of a window in pixels, an odd number. */
#define BALLAST_PARAMETER_WINDOW(low, high)                                                        \
  {                                                                                                \
    .name = "blur_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Window"), .unit = "px",    \
    .help = N_("Width of the window in pixels of the full picture; even numbers are raised by 1."), \
    .minimum = 1, .maximum = 31, .step = 1, .whole = TRUE,                                         \
    .initial = { { low, high } }, .neutral = { { 1, 1 } }, .absent = { { 3, 7 } }                  \
  }

/* A normally distributed number of mean 0 and deviation 1, one of 4096. */
double   ballast_op_draw_normal   (BallastSampler          *sampler);

/* (transfer full): single-precision weights whose sum is 1; takes @weights.  To a millionth, so that
 * the last digits of mathematical libraries do not count. */
float   *ballast_op_finish_kernel (double                  *weights,
                                   guint                    n);

/* An odd number of the range, and whether step->numbers[index] is one, up to 31. */
double   ballast_op_draw_odd      (BallastSampler          *sampler,
                                   const BallastValue      *range);
gboolean ballast_op_check_odd     (const BallastRecipeStep *step,
                                   guint                    index);

/* An odd window of @size px of the recipe, brought to @scale: 2 · round ((size − 1) / 2 · scale) + 1. */
guint    ballast_op_scale_window  (double                   size,
                                   double                   scale);

/* FALSE unless step->numbers[first …] are a border mode and a colour. */
gboolean ballast_op_check_border  (const BallastRecipeStep *step,
                                   guint                    first);

/* TRUE if step->numbers[first], [first + 1] are two words of a seed. */
gboolean ballast_op_check_seed    (const BallastRecipeStep *step,
                                   guint                    first);

/* TRUE if the step has @n numbers, all of them finite. */
gboolean ballast_op_check_numbers (const BallastRecipeStep *step,
                                   guint                    n);

/* TRUE if number @index is a whole one, 0 … @n - 1. */
gboolean ballast_op_check_choice  (const BallastRecipeStep *step,
                                   guint                    index,
                                   guint                    n);

/* Takes "value" for "fill", as files before 2.0 call it. */
void     ballast_op_read_old_fill (JsonObject              *arguments,
                                   BallastValue            *fill);

/* Two numbers of the array @name, or FALSE. */
gboolean ballast_op_read_pair     (JsonObject              *arguments,
                                   const char              *name,
                                   double                   pair[2]);
double   ballast_op_read_number   (JsonObject              *arguments,
                                   const char              *name,
                                   double                   otherwise);

/* Adds the members that all geometric ops of Albumentations have. */
void     ballast_op_write_sampling (JsonObject             *arguments,
                                    const BallastValue     *values);

/* Appends "+0.12" or "−0.12": with a sign, @digits after the point, and @after. */
void     ballast_op_append_signed (GString                 *text,
                                   double                   number,
                                   guint                    digits,
                                   const char              *after);
void     ballast_op_append_plain  (GString                 *text,
                                   const char              *before,
                                   double                   number,
                                   guint                    digits);
/* Appends "blur 1.5". */
void     ballast_op_append_named  (GString                 *text,
                                   const char              *name,
                                   double                   number,
                                   guint                    digits);

G_END_DECLS
