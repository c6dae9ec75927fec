/*
 * MixUp: a second picture shines through (Zhang et al., ICLR 2018).
 *
 * The share of the image is drawn from Beta (α, α) and is at least one half: a copy stays one of its
 * own class.  Numbers: see ballast-partner.h.
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
  double share = ballast_mixing_draw_share (sampler, values[ALPHA].number[0]);
  const BallastPartner *partner = ballast_sampler_pick (sampler);
  BallastPlacement placement = { .right = size[0], .bottom = size[1] };

  ballast_partner_cover (&placement, partner->width, partner->height);
  ballast_partner_put_head (sampler, size, share, &black, BALLAST_PLACEMENT_OVER);
  ballast_partner_put (sampler, &placement);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_plain (text, "⊕ ", step->numbers[2] * 100, 0);
  g_string_append (text, " %");
}

const BallastOp ballast_op_mix_up = {
  .name = "MixUp",
  .group = BALLAST_GROUP_MIXING,
  .title = N_("MixUp"),
  .help = N_("Another picture shines through. This one keeps the larger part; the shares of both "
              "are written beside the files where the layout can hold them. "
              "Layouts with one label a file take only pictures of the same class."),
  .keywords = "mixup mix blend soft labels MixUp",
  .glyph = "⊕",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .n_partners = 1,
  .ours_alone = TRUE,
  .sample = sample,
  .check = ballast_partner_check,
  .lower = ballast_partner_lower,
  .lower_partner = ballast_partner_lower_partner,
  .get_shares = ballast_partner_get_shares,
  .describe = describe,
};
