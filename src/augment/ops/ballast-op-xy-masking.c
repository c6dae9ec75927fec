/*
 * XYMasking: covers stripes across the picture, as SpecAugment does with spectrograms.
 *
 * Numbers: see ballast-holes.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"

#include <math.h>

#define MAX_STRIPES 16

enum
{
  NUM_X,
  NUM_Y,
  LENGTH_X,
  LENGTH_Y,
  FILL,
  FILL_STYLE,
};

#define STRIPES(argument, text)                                                                    \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = N_("How many."), .minimum = 0, .maximum = MAX_STRIPES, .step = 1, .whole = TRUE,       \
    .initial = { { 1, 2 } }                                                                        \
  }
#define LENGTH(argument, text)                                                                     \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "px",                \
    .help = N_("How many pixels of the full picture a stripe is wide."), .minimum = 0,             \
    .maximum = 2000, .step = 1, .whole = TRUE, .initial = { { 10, 40 } }                           \
  }

static const BallastParameter parameters[] = {
  [NUM_X] = STRIPES ("num_masks_x", N_("Columns")),
  [NUM_Y] = STRIPES ("num_masks_y", N_("Rows")),
  [LENGTH_X] = LENGTH ("mask_x_length", N_("Width")),
  [LENGTH_Y] = LENGTH ("mask_y_length", N_("Height")),
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the stripes.")),
  [FILL_STYLE] = BALLAST_PARAMETER_FILL_STYLE,
};

/* As many draws whatever the number of stripes, so that columns leave rows alone. */
static void
put_stripes (BallastSampler     *sampler,
             const BallastValue *values,
             gboolean            rows)
{
  guint n = (guint) ballast_sampler_whole (sampler, &values[rows ? NUM_Y : NUM_X]);
  guint size = rows ? sampler->height : sampler->width;

  for (guint i = 0; i < MAX_STRIPES; i++)
    {
      double length = ballast_sampler_whole (sampler, &values[rows ? LENGTH_Y : LENGTH_X]);
      double place = ballast_sampler_unit (sampler);

      length = MIN (length, size);
      place = floor (place * (size - length + 1));
      if (i >= n || length < 1)
        continue;
      if (rows)
        ballast_holes_put (sampler, 0, place, sampler->width, length);
      else
        ballast_holes_put (sampler, place, 0, length, sampler->height);
    }
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_holes_put_colour (sampler, &values[FILL]);
  put_stripes (sampler, values, FALSE);
  put_stripes (sampler, values, TRUE);
  ballast_holes_put_style (sampler, &values[FILL_STYLE]);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_holes_write (arguments, &values[FILL_STYLE]);
}

const BallastOp ballast_op_xy_masking = {
  .name = "XYMasking",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Stripes"),
  .help = N_("Covers whole columns and rows, as SpecAugment does with spectrograms. Albumentations' "
              "default covers nothing."),
  .keywords = "SpecAugment time frequency mask stripe band columns rows dropout cutout",
  .glyph = "☰",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .hides_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_holes_check,
  .lower = ballast_holes_lower,
  .describe = ballast_holes_describe,
  .write_extra = write_extra,
};
