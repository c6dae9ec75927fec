#pragma once

#include "ballast-box.h"
#include "ballast-op.h"
#include "ballast-random.h"
#include "ballast-recipe.h"

G_BEGIN_DECLS

/*
 * What an op draws from and writes its numbers to.  Draws are numbered from 1 (0 is the coin that
 * decides whether the step applies) under the step's id.
 */
struct _BallastSampler
{
  const BallastRandomKey *key;
  guint32                 step_id;
  guint32                 draw;
  guint                   width;   /* of the picture that reaches the step */
  guint                   height;
  const BallastBox       *boxes;   /* in it, those that are left; only for ops that need them */
  guint                   n_boxes;
  GArray                 *numbers; /* of double */
  const BallastPartnerList *partners; /* at least one that can be picked, where the op wants some */
  GArray                 *picks;   /* of guint: indices of the list */
};

double ballast_sampler_unit  (BallastSampler     *sampler);
double ballast_sampler_range (BallastSampler     *sampler,
                              const BallastValue *range);

/* A whole number of the range, ends included. */
double ballast_sampler_whole (BallastSampler     *sampler,
                              const BallastValue *range);
guint  ballast_sampler_below (BallastSampler     *sampler,
                              guint               n);

/* Appends to the recipe step's numbers. */
void   ballast_sampler_put   (BallastSampler     *sampler,
                              double              number);

/* (transfer none): picks a partner for the step; never the image itself. */
const BallastPartner *ballast_sampler_pick (BallastSampler *sampler);

/* Appends two words of 32 random bits; one draw. */
void   ballast_sampler_put_seed (BallastSampler     *sampler);
void   ballast_sampler_put_colour (BallastSampler     *sampler,
                                   const BallastValue *colour);

G_END_DECLS
