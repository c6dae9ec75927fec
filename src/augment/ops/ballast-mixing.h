#pragma once

#include "ballast-ops.h"
#include "ballast-partner.h"

G_BEGIN_DECLS

/* What MixUp and CutMix share: α, and the partner's share that it leads to. */
#define BALLAST_PARAMETER_MIXING_ALPHA                                                             \
  {                                                                                                \
    .name = "alpha", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Alpha"), .unit = "",            \
    .help = N_("Small values mix little; large ones come near half and half."),  \
    .minimum = 0.1, .maximum = 8, .step = 0.1, .digits = 1, .initial = { { 0.4 } },                \
    .neutral = { { 0.4 } }, .absent = { { 0.4 } }                                                  \
  }

/* The smaller share of two, the larger of which is max (λ, 1 - λ) with λ of Beta (@alpha, @alpha). */
double ballast_mixing_draw_share (BallastSampler *sampler,
                                  double          alpha);

G_END_DECLS
