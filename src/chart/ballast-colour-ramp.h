#pragma once

#include "ballast-palette.h"

G_BEGIN_DECLS

/*
 * The colours of heat maps: from what is nearly the ground (@value 0) to what stands out most (1);
 * values beyond are cut off.
 *
 * Equal steps of @value are equal distances in Oklab (Björn Ottosson, "A perceptual color space for
 * image processing", 2020), along a path whose lightness only falls on light ground and only rises
 * on dark, so that the order is read without seeing the hue.
 */
BallastInk ballast_colour_ramp_get       (double            value,
                                          gboolean          dark);

/* (transfer none): black or white, whichever is read better on that colour. */
BallastInk ballast_colour_ramp_get_text  (double            value,
                                          gboolean          dark);

/* The lightness of Oklab, 0 … 1, of an opaque colour. */
double     ballast_ink_get_lightness     (BallastInk        ink);

G_END_DECLS
