/*
 * Mosaic: four pictures in one, round a point near the middle.
 *
 * The image takes one of the four cells, three partners the others; each fills its cell with its
 * middle part.  Numbers: see ballast-partner.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"
#include "ballast-partner.h"

#include <math.h>

#define PARTNERS 3

enum
{
  HEIGHT,
  WIDTH,
  CENTRE,
  FILL,
};

#define SIDE(argument, text)                                                                       \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px",                  \
    .help = N_("0 keeps the image's own size."), .minimum = 0, .maximum = 8192, .step = 32,        \
    .absent = { { 512 } }                                                                          \
  }

static const BallastParameter parameters[] = {
  [HEIGHT] = SIDE ("target_size.0", N_("Height")),
  [WIDTH] = SIDE ("target_size.1", N_("Width")),
  [CENTRE] = {
    .name = "center_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Centre"), .unit = "",
    .help = N_("Where the four meet, as a share of the sides."), .minimum = 0.1, .maximum = 0.9,
    .step = 0.05, .digits = 2, .initial = { { 0.3, 0.7 } }, .neutral = { { 0.5, 0.5 } },
    .absent = { { 0.3, 0.7 } },
  },
  [FILL] = BALLAST_PARAMETER_FILL (N_("Seen where a picture cannot be read.")),
};

static BallastPlacement
get_cell (guint        cell,
          const double size[2],
          const double centre[2])
{
  gboolean right = (cell & 1) != 0, lower_half = (cell & 2) != 0;

  return (BallastPlacement) { .left = right ? centre[0] : 0, .right = right ? size[0] : centre[0],
                              .top = lower_half ? centre[1] : 0,
                              .bottom = lower_half ? size[1] : centre[1] };
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double width = values[WIDTH].number[0], height = values[HEIGHT].number[0];
  const double size[2] = { MAX (2, width > 0 ? width : sampler->width),
                           MAX (2, height > 0 ? height : sampler->height) };
  double x = ballast_sampler_range (sampler, &values[CENTRE]);
  double y = ballast_sampler_range (sampler, &values[CENTRE]);
  const double centre[2] = { CLAMP (round (size[0] * x), 1, size[0] - 1),
                             CLAMP (round (size[1] * y), 1, size[1] - 1) };
  guint own = ballast_sampler_below (sampler, PARTNERS + 1);
  BallastPlacement placement = get_cell (own, size, centre);

  ballast_partner_put_head (sampler, size, 1, &values[FILL], BALLAST_PLACEMENT_MOVED);
  ballast_partner_cover (&placement, sampler->width, sampler->height);
  ballast_partner_put (sampler, &placement);
  for (guint cell = 0; cell <= PARTNERS; cell++)
    if (cell != own)
      {
        const BallastPartner *partner = ballast_sampler_pick (sampler);

        placement = get_cell (cell, size, centre);
        ballast_partner_cover (&placement, partner->width, partner->height);
        ballast_partner_put (sampler, &placement);
      }
}

/* A side of 0 is none that Albumentations knows: its own default takes its place. */
static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "interpolation", 1);
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
  if (values[WIDTH].number[0] < 1 || values[HEIGHT].number[0] < 1)
    json_object_remove_member (arguments, "target_size");
}

const BallastOp ballast_op_mosaic = {
  .name = "Mosaic",
  .group = BALLAST_GROUP_MIXING,
  .title = N_("Mosaic"),
  .help = N_("Four pictures in one: this and three others. Boxes of all four come along. Keeps the "
              "image's size, where Albumentations makes 512 × 512. "
              "Layouts with one label a file take only pictures of the same class."),
  .keywords = "mosaic collage four pictures tiles yolo Mosaic",
  .glyph = "⊞",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .moves_boxes = TRUE,
  .hides_boxes = TRUE,
  .n_partners = PARTNERS,
  .sample = sample,
  .check = ballast_partner_check,
  .lower = ballast_partner_lower,
  .lower_partner = ballast_partner_lower_partner,
  .get_shares = ballast_partner_get_shares,
  .write_extra = write_extra,
};
