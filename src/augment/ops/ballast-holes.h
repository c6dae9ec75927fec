#pragma once

#include "ballast-ops.h"

G_BEGIN_DECLS

/*
 * What all ops share that cover rectangles: the fill, and the numbers of a recipe's step.
 *
 * Numbers: red, green, blue, then left, top, width, height (px, whole) of every hole; then nothing
 * (the colour fills), one seed (a colour drawn for each hole) or two (a value drawn for each
 * sample).
 */
#define BALLAST_MAX_HOLES 64

typedef enum
{
  BALLAST_FILL_COLOUR,
  BALLAST_FILL_RANDOM,         /* every sample by itself */
  BALLAST_FILL_RANDOM_UNIFORM, /* one colour a hole */
} BallastFill;

extern const BallastChoice ballast_fill_choices[3];

/* "fill" in files holds a colour or one of these words. */
#define BALLAST_PARAMETER_FILL_STYLE                                                               \
  {                                                                                                \
    .name = "fill_style", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Fill"), .unit = "",       \
    .help = N_("What is seen in the holes."), .maximum = 2, .step = 1, .secondary = TRUE,          \
    .choices = ballast_fill_choices, .n_choices = 3                                                \
  }

/* First, in between as often as needed, and last. */
void     ballast_holes_put_colour (BallastSampler          *sampler,
                                   const BallastValue      *fill);
void     ballast_holes_put        (BallastSampler          *sampler,
                                   double                   x,
                                   double                   y,
                                   double                   width,
                                   double                   height);
void     ballast_holes_put_style  (BallastSampler          *sampler,
                                   const BallastValue      *style);
gboolean ballast_holes_check      (const BallastRecipeStep *step);
void     ballast_holes_lower      (const BallastRecipeStep *step,
                                   BallastLowering         *lowering);
guint    ballast_holes_count      (const BallastRecipeStep *step);

/* Appends "▪ 2". */
void     ballast_holes_describe   (const BallastRecipeStep *step,
                                   GString                 *text);

/* Adds @n holes of @items (transfer full) that are filled as the step's first three numbers and
 * its @n_seeds last ones say. */
void     ballast_holes_cover      (BallastLowering         *lowering,
                                   const BallastRecipeStep *step,
                                   guint                    n_seeds,
                                   BallastRectangle        *items,
                                   guint                    n);

/* Puts the word of @style in the place of "fill", and what Albumentations wants besides. */
void     ballast_holes_write      (JsonObject              *arguments,
                                   const BallastValue      *style);

G_END_DECLS
