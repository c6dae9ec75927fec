#pragma once

#include "ballast-raster.h"

G_BEGIN_DECLS

/* What a copy is worth to a model that has seen its original. */
typedef enum
{
  BALLAST_VARIANT_FINE,
  BALLAST_VARIANT_ALIKE,     /* hardly another picture than the original */
  BALLAST_VARIANT_DESTROYED, /* hardly anything is left to be seen */
} BallastVariantQuality;

/*
 * Judges @variant by its @original, of 8 bits a channel, in any sizes; what has 16 is
 * fine.  A cheap measure for a
 * mark, not for a decision: some thousand samples of each are compared.
 *
 * Alike: the same proportions, and a mean difference below two and a half levels.  Destroyed: a
 * contrast below an eighth of the original's, one colour over four fifths of a picture that was not
 * so before, or neighbours that differ as in noise.
 */
BallastVariantQuality ballast_variant_quality_judge (const BallastRaster *original,
                                                     const BallastRaster *variant);

G_END_DECLS
