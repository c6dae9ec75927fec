/*
 * What the distortions share.
 *
 * Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-dense.h"

void
ballast_dense_put_tail (BallastSampler     *sampler,
                        const BallastValue *interpolation,
                        const BallastValue *border,
                        const BallastValue *fill)
{
  ballast_sampler_put (sampler, interpolation->number[0]);
  ballast_sampler_put (sampler, border->number[0]);
  ballast_sampler_put_colour (sampler, fill);
}

gboolean
ballast_dense_check_tail (const BallastRecipeStep *step,
                          guint                    first)
{
  return ballast_op_check_numbers (step, first + BALLAST_DENSE_N_TAIL)
         && ballast_op_check_choice (step, first, 5) && ballast_op_check_border (step, first + 1);
}

void
ballast_dense_lower_tail (BallastLowering *lowering,
                          BallastDense    *dense,
                          const double    *tail)
{
  const BallastMap identity = BALLAST_MAP_IDENTITY;
  BallastAction *action = ballast_lowering_uncover (lowering, &identity, tail[1], tail + 2);

  action->geometry.dense = dense;
  action->geometry.interpolation = (BallastInterpolation) tail[0];
}

void
ballast_dense_write_extra (JsonObject         *arguments,
                           const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
  json_object_set_string_member (arguments, "keypoint_remapping_method", "mask");
}
