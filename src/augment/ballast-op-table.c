/*
 * The catalogue: one line an op, in the order in which people see it.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-table.h"
#include "ops/ballast-ops.h"

#include <string.h>

static const BallastOp *const table[] = {
  &ballast_op_horizontal_flip,
  &ballast_op_vertical_flip,
  &ballast_op_random_rotate_90,
  &ballast_op_transpose,
  &ballast_op_square_symmetry,
  &ballast_op_rotate,
  &ballast_op_safe_rotate,
  &ballast_op_affine,
  &ballast_op_perspective,
  &ballast_op_elastic_transform,
  &ballast_op_grid_distortion,
  &ballast_op_optical_distortion,
  &ballast_op_piecewise_affine,
  &ballast_op_thin_plate_spline,
  &ballast_op_grid_elastic_deform,
  &ballast_op_random_grid_shuffle,
  &ballast_op_random_resized_crop,
  &ballast_op_resize,
  &ballast_op_longest_max_size,
  &ballast_op_smallest_max_size,
  &ballast_op_random_scale,
  &ballast_op_letterbox,
  &ballast_op_random_crop,
  &ballast_op_center_crop,
  &ballast_op_crop,
  &ballast_op_random_sized_crop,
  &ballast_op_crop_and_pad,
  &ballast_op_random_crop_from_borders,
  &ballast_op_pad_if_needed,
  &ballast_op_pad,
  &ballast_op_random_zoom_out,
  &ballast_op_bbox_safe_random_crop,
  &ballast_op_random_sized_bbox_safe_crop,
  &ballast_op_at_least_one_bbox_random_crop,
  &ballast_op_random_crop_near_bbox,
  &ballast_op_crop_non_empty_mask_if_exists,
  &ballast_op_random_brightness_contrast,
  &ballast_op_hue_saturation_value,
  &ballast_op_random_gamma,
  &ballast_op_to_gray,
  &ballast_op_rgb_shift,
  &ballast_op_channel_shuffle,
  &ballast_op_to_sepia,
  &ballast_op_planckian_jitter,
  &ballast_op_fancy_pca,
  &ballast_op_color_jitter,
  &ballast_op_equalize,
  &ballast_op_clahe,
  &ballast_op_auto_contrast,
  &ballast_op_random_tone_curve,
  &ballast_op_illumination,
  &ballast_op_plasma_brightness_contrast,
  &ballast_op_chromatic_aberration,
  &ballast_op_posterize,
  &ballast_op_solarize,
  &ballast_op_invert_img,
  &ballast_op_gauss_noise,
  &ballast_op_salt_and_pepper,
  &ballast_op_iso_noise,
  &ballast_op_shot_noise,
  &ballast_op_multiplicative_noise,
  &ballast_op_additive_noise,
  &ballast_op_image_compression,
  &ballast_op_downscale,
  &ballast_op_gaussian_blur,
  &ballast_op_blur,
  &ballast_op_median_blur,
  &ballast_op_motion_blur,
  &ballast_op_advanced_blur,
  &ballast_op_defocus,
  &ballast_op_zoom_blur,
  &ballast_op_glass_blur,
  &ballast_op_sharpen,
  &ballast_op_unsharp_mask,
  &ballast_op_emboss,
  &ballast_op_ringing_overshoot,
  &ballast_op_morphological,
  &ballast_op_random_fog,
  &ballast_op_plasma_shadow,
  &ballast_op_random_rain,
  &ballast_op_random_snow,
  &ballast_op_random_sun_flare,
  &ballast_op_random_shadow,
  &ballast_op_random_gravel,
  &ballast_op_spatter,
  &ballast_op_coarse_dropout,
  &ballast_op_channel_dropout,
  &ballast_op_erasing,
  &ballast_op_grid_dropout,
  &ballast_op_xy_masking,
  &ballast_op_pixel_dropout,
  &ballast_op_constrained_coarse_dropout,
  &ballast_op_mask_dropout,
  &ballast_op_mosaic,
  &ballast_op_mix_up,
  &ballast_op_cut_mix,
  &ballast_op_copy_paste,
};

guint
ballast_op_get_n (void)
{
  return G_N_ELEMENTS (table);
}

const BallastOp *
ballast_op_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (table), NULL);

  return table[index];
}

const BallastOp *
ballast_op_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i]->name, name) == 0)
      return table[i];
  return NULL;
}
