/*
 * CutMix: a rectangle of another picture (Yun et al., ICCV 2019).
 *
 * The rectangle's share of the area is that of MixUp's partner; its shape is the picture's.
 * Numbers: see ballast-partner.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-mixing.h"

#include <math.h>

enum
{
  ALPHA,
};

static const BallastParameter parameters[] = {
  [ALPHA] = BALLAST_PARAMETER_MIXING_ALPHA,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  const double size[2] = { sampler->width, sampler->height };
  BallastValue black = { { 0 } };
  double side = sqrt (ballast_mixing_draw_share (sampler, values[ALPHA].number[0]));
  double width = MAX (1, round (size[0] * side)), height = MAX (1, round (size[1] * side));
  double x = floor (ballast_sampler_unit (sampler) * (size[0] - width + 1));
  double y = floor (ballast_sampler_unit (sampler) * (size[1] - height + 1));
  const BallastPartner *partner = ballast_sampler_pick (sampler);
  BallastPlacement whole = { .right = size[0], .bottom = size[1] }, part;

  /* The partner's middle part covers the canvas; the rectangle shows a part of that. */
  ballast_partner_cover (&whole, partner->width, partner->height);
  part = (BallastPlacement) { whole.x + whole.width * x / size[0], whole.y + whole.height * y / size[1],
                              whole.width * width / size[0], whole.height * height / size[1],
                              x, y, x + width, y + height };
  ballast_partner_put_head (sampler, size, 1, &black, BALLAST_PLACEMENT_OVER);
  ballast_partner_put (sampler, &part);
}

const BallastOp ballast_op_cut_mix = {
  .name = "CutMix",
  .group = BALLAST_GROUP_MIXING,
  .title = N_("CutMix"),
  .help = N_("A rectangle of another picture. This one keeps the larger part; the shares of both "
              "are written beside the files where the layout can hold them. "
              "Layouts with one label a file take only pictures of the same class."),
  .keywords = "cutmix cut mix patch soft labels CutMix",
  .glyph = "◰",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .hides_boxes = TRUE,
  .n_partners = 1,
  .ours_alone = TRUE,
  .sample = sample,
  .check = ballast_partner_check,
  .lower = ballast_partner_lower,
  .lower_partner = ballast_partner_lower_partner,
  .get_shares = ballast_partner_get_shares,
};
