/*
 * MaskDropout: takes whole objects out of the picture, and their boxes with them.
 *
 * An object is covered by its box.  (The reference takes the connected pieces of a mask.)
 * Numbers: see ballast-holes.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"

#include <math.h>

#define MAX_OBJECTS 32

enum
{
  MAX_OBJECTS_RANGE,
  FILL,
  FILL_STYLE,
};

static const BallastParameter parameters[] = {
  [MAX_OBJECTS_RANGE] = {
    .name = "max_objects", .type = BALLAST_PARAMETER_RANGE, .label = N_("Objects"), .unit = "",
    .help = N_("How many are taken out."), .minimum = 0, .maximum = MAX_OBJECTS, .step = 1,
    .whole = TRUE, .initial = { { 1, 1 } }, .absent = { { 1, 1 } },
  },
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour that covers them.")),
  [FILL_STYLE] = BALLAST_PARAMETER_FILL_STYLE,
};

/* All of its pixels, those at its edges too. */
static void
put_object (BallastSampler   *sampler,
            const BallastBox *box)
{
  double x = CLAMP (floor (box->x), 0, sampler->width);
  double y = CLAMP (floor (box->y), 0, sampler->height);
  double right = CLAMP (ceil (box->x + box->width), x, sampler->width);
  double bottom = CLAMP (ceil (box->y + box->height), y, sampler->height);

  if (right > x && bottom > y)
    ballast_holes_put (sampler, x, y, right - x, bottom - y);
}

/* Box i is taken with the chance of those still wanted among those still to come (Fan, Muller and
 * Rezucha 1962): a draw a box, and every choice as likely. */
static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint wanted = (guint) ballast_sampler_whole (sampler, &values[MAX_OBJECTS_RANGE]);

  ballast_holes_put_colour (sampler, &values[FILL]);
  for (guint i = 0; i < sampler->n_boxes; i++)
    if (ballast_sampler_unit (sampler) * (sampler->n_boxes - i) < wanted)
      {
        put_object (sampler, &sampler->boxes[i]);
        wanted--;
      }
  ballast_holes_put_style (sampler, &values[FILL_STYLE]);
}

/* One number means up to so many, as 1.x has it. */
static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_holes_write (arguments, &values[FILL_STYLE]);
  json_object_set_int_member (arguments, "fill_mask", 0);
  if (values[FILL_STYLE].number[0] != BALLAST_FILL_COLOUR)
    json_object_set_int_member (arguments, "fill", 0);
}

const BallastOp ballast_op_mask_dropout = {
  .name = "MaskDropout",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Remove Objects"),
  .help = N_("Covers whole objects; their boxes are gone. Pictures without boxes are left as they "
              "are."),
  .keywords = "mask dropout remove object box erase hide MaskDropout",
  .glyph = "☒",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .hides_boxes = TRUE,
  .needs_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_holes_check,
  .lower = ballast_holes_lower,
  .describe = ballast_holes_describe,
  .write_extra = write_extra,
};
