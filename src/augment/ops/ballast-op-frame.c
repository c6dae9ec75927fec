/*
 * Crops, resizes and pads: one rectangle, one size, one border.
 *
 * A rectangle that stays inside the picture is but a map.  One that does not shows the border, and
 * what earlier steps left outside their frame stays unseen.  Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

#define N_NUMBERS 11

const BallastChoice ballast_interpolation_choices[5] = {
  { "nearest", N_("Nearest Pixel"), BALLAST_INTERPOLATION_NEAREST },
  { "linear", N_("Linear"), BALLAST_INTERPOLATION_LINEAR },
  { "cubic", N_("Cubic"), BALLAST_INTERPOLATION_CUBIC },
  { "area", N_("Mean of the Area"), BALLAST_INTERPOLATION_AREA },
  { "lanczos4", N_("Lanczos"), BALLAST_INTERPOLATION_LANCZOS },
};

const BallastChoice ballast_position_choices[6] = {
  { "center", N_("Centre"), -1 },
  { "top_left", N_("Top Left"), -1 },
  { "top_right", N_("Top Right"), -1 },
  { "bottom_left", N_("Bottom Left"), -1 },
  { "bottom_right", N_("Bottom Right"), -1 },
  { "random", N_("Anywhere"), -1 },
};

const BallastChoice ballast_rotate_method_choices[2] = {
  { "largest_box", N_("Round the Corners"), -1 },
  { "ellipse", N_("Round the Ellipse"), -1 },
};

BallastFrame
ballast_frame_whole (const BallastSampler *sampler)
{
  return (BallastFrame) { .width = sampler->width, .height = sampler->height,
                          .interpolation = BALLAST_INTERPOLATION_LINEAR };
}

BallastFrame
ballast_frame_cut (const BallastSampler *sampler,
                   double                width,
                   double                height,
                   double                x,
                   double                y)
{
  BallastFrame frame = ballast_frame_whole (sampler);

  frame.width = CLAMP (width, 1, (double) sampler->width);
  frame.height = CLAMP (height, 1, (double) sampler->height);
  /* Every place is as likely, the last one too. */
  frame.left = MIN (floor (x * (sampler->width - frame.width + 1)), sampler->width - frame.width);
  frame.top = MIN (floor (y * (sampler->height - frame.height + 1)),
                   sampler->height - frame.height);
  return frame;
}

/* How much of @room goes before the picture. */
static double
share_room (double   room,
            gboolean start,
            gboolean end)
{
  return start ? 0 : end ? room : floor (room / 2);
}

void
ballast_frame_grow (BallastFrame   *frame,
                    BallastSampler *sampler,
                    double          width,
                    double          height,
                    double          position)
{
  double x = ballast_sampler_unit (sampler), y = ballast_sampler_unit (sampler);
  double room_x = MAX (0, width - frame->width), room_y = MAX (0, height - frame->height);
  guint place = (guint) position;
  gboolean left = place == BALLAST_POSITION_TOP_LEFT || place == BALLAST_POSITION_BOTTOM_LEFT;
  gboolean right = place == BALLAST_POSITION_TOP_RIGHT || place == BALLAST_POSITION_BOTTOM_RIGHT;
  gboolean top = place == BALLAST_POSITION_TOP_LEFT || place == BALLAST_POSITION_TOP_RIGHT;
  gboolean bottom = place == BALLAST_POSITION_BOTTOM_LEFT || place == BALLAST_POSITION_BOTTOM_RIGHT;

  if (place == BALLAST_POSITION_RANDOM)
    {
      frame->left -= floor (x * (room_x + 1));
      frame->top -= floor (y * (room_y + 1));
    }
  else
    {
      frame->left -= share_room (room_x, left, right);
      frame->top -= share_room (room_y, top, bottom);
    }
  frame->width += room_x;
  frame->height += room_y;
}

void
ballast_frame_set_border (BallastFrame       *frame,
                          const BallastValue *border,
                          const BallastValue *fill)
{
  frame->border = border->number[0];
  for (guint i = 0; i < 3; i++)
    frame->fill[i] = fill->number[i];
}

void
ballast_frame_put (const BallastFrame *frame,
                   BallastSampler     *sampler)
{
  double most = 65535, out_width = frame->out_width, out_height = frame->out_height;

  ballast_sampler_put (sampler, CLAMP (round (frame->left), -most, most));
  ballast_sampler_put (sampler, CLAMP (round (frame->top), -most, most));
  ballast_sampler_put (sampler, CLAMP (round (frame->width), 1, most));
  ballast_sampler_put (sampler, CLAMP (round (frame->height), 1, most));
  out_width = out_width > 0 ? out_width : frame->width;
  out_height = out_height > 0 ? out_height : frame->height;
  ballast_sampler_put (sampler, CLAMP (round (out_width), 1, most));
  ballast_sampler_put (sampler, CLAMP (round (out_height), 1, most));
  ballast_sampler_put (sampler, frame->interpolation);
  ballast_sampler_put (sampler, frame->border);
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, frame->fill[i]);
}

gboolean
ballast_frame_check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, N_NUMBERS) || !ballast_op_check_border (step, 7)
      || !ballast_op_check_choice (step, 6, 5))
    return FALSE;
  for (guint i = 0; i < 6; i++)
    if (n[i] != floor (n[i]) || n[i] < (i < 2 ? -65535 : 1) || n[i] > 65535)
      return FALSE;
  return TRUE;
}

static gboolean
is_inside (const BallastRecipeStep *step,
           const BallastLowering   *lowering)
{
  const double *n = step->numbers;

  return n[0] >= 0 && n[1] >= 0 && n[0] + n[2] <= lowering->width
         && n[1] + n[3] <= lowering->height;
}

void
ballast_frame_lower (const BallastRecipeStep *step,
                     BallastLowering         *lowering)
{
  const double *n = step->numbers;
  BallastMap shift = ballast_map_translate (-n[0], -n[1]);
  BallastMap scale = ballast_map_scale (n[4] / n[2], n[5] / n[3]);
  BallastMap map = ballast_map_compose (&scale, &shift);
  gboolean inside = is_inside (step, lowering);
  BallastAction *action = ballast_lowering_geometry (lowering, &map, (guint) n[4], (guint) n[5]);

  action->geometry.interpolation = (BallastInterpolation) n[6];
  if (inside)
    return;
  ballast_action_set_border (action, n[7], n + 8);
  action->geometry.clips = TRUE;
}

void
ballast_frame_describe (const BallastRecipeStep *step,
                        GString                 *text)
{
  const double *n = step->numbers;

  if (n[2] != n[4] || n[3] != n[5] || n[0] != 0 || n[1] != 0)
    g_string_append_printf (text, "%s %u × %u", step->op->glyph, (guint) n[4], (guint) n[5]);
}

void
ballast_frame_write_side (JsonObject *arguments,
                          const char *name,
                          gint64      otherwise)
{
  if (json_object_get_int_member_with_default (arguments, name, 0) < 1)
    json_object_set_int_member (arguments, name, otherwise);
}

static void
add_side (JsonArray *sides,
          double     length)
{
  if (length > 0)
    json_array_add_int_element (sides, (gint64) length);
  else
    json_array_add_null_element (sides);
}

void
ballast_frame_write_max_size (JsonObject *arguments,
                              double      height,
                              double      width)
{
  JsonArray *sides;

  if (json_object_get_int_member_with_default (arguments, "max_size", 0) > 0
      || (height <= 0 && width <= 0))
    {
      ballast_frame_write_side (arguments, "max_size", BALLAST_FRAME_STAND_IN);
      json_object_set_null_member (arguments, "max_size_hw");
      return;
    }
  sides = json_array_new ();
  add_side (sides, height);
  add_side (sides, width);
  json_object_set_null_member (arguments, "max_size");
  json_object_set_array_member (arguments, "max_size_hw", sides);
}

void
ballast_frame_write_resizing (JsonObject         *arguments,
                              const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_null_member (arguments, "area_for_downscale");
}
