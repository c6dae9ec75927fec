/*
 * GridDistortion: columns and rows of a grid become wider and narrower.
 *
 * The map is straight from knot to knot, so that no stretch at all is the identity to the last digit.
 * Numbers: cells each way, normalised (0 or 1), then the stretch of each column and of each row, tail.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-dense.h"

#include <math.h>

#define MAX_STEPS 32

enum
{
  NUM_STEPS,
  DISTORT_LIMIT,
  NORMALIZED,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastParameter parameters[] = {
  [NUM_STEPS] = {
    .name = "num_steps", .type = BALLAST_PARAMETER_INT, .label = N_("Cells"), .unit = "",
    .help = N_("So many columns and rows."), .minimum = 1, .maximum = MAX_STEPS, .step = 1,
    .initial = { { 5 } }, .neutral = { { 5 } }, .absent = { { 5 } },
  },
  [DISTORT_LIMIT] = {
    .name = "distort_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Stretch"), .unit = "",
    .help = N_("How much wider a column shows, as a share of it: drawn between these."),
    .minimum = -0.9, .maximum = 0.9, .step = 0.01, .digits = 2, .initial = { { -0.3, 0.3 } },
    .absent = { { -0.3, 0.3 } },
  },
  [NORMALIZED] = {
    .name = "normalized", .type = BALLAST_PARAMETER_BOOL, .label = N_("Keep All Inside"),
    .unit = "", .help = N_("Brings the sum of all columns back to the width."), .maximum = 1,
    .step = 1, .secondary = TRUE, .initial = { { 1 } }, .neutral = { { 1 } }, .absent = { { 1 } },
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint n = (guint) values[NUM_STEPS].number[0];

  ballast_sampler_put (sampler, n);
  ballast_sampler_put (sampler, values[NORMALIZED].number[0]);
  for (guint i = 0; i < 2 * n; i++)
    ballast_sampler_put (sampler, 1 + ballast_sampler_range (sampler, &values[DISTORT_LIMIT]));
  ballast_dense_put_tail (sampler, &values[INTERPOLATION], &values[BORDER_MODE], &values[FILL]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  guint n;

  if (step->n_numbers < 9 || !(step->numbers[0] >= 1 && step->numbers[0] <= MAX_STEPS))
    return FALSE;
  n = (guint) step->numbers[0];
  if (n != step->numbers[0] || !ballast_dense_check_tail (step, 2 + 2 * n)
      || !ballast_op_check_choice (step, 1, 2))
    return FALSE;
  for (guint i = 2; i < 2 + 2 * n; i++)
    if (step->numbers[i] < 0.05 || step->numbers[i] > 20)
      return FALSE;
  return TRUE;
}

/* The sums of @stretches, in pixels of an axis of @size. */
static void
set_knots (const double *stretches,
           guint         n,
           gboolean      normalised,
           double        size,
           double       *knots)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += stretches[i];
  knots[0] = 0;
  for (guint i = 0; i < n; i++)
    knots[i + 1] = knots[i] + stretches[i] * size / (normalised ? sum : n);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  guint n = (guint) step->numbers[0];
  const double *stretches = step->numbers + 2;
  gboolean normalised = step->numbers[1] != 0, same = TRUE;
  double x[MAX_STEPS + 1], y[MAX_STEPS + 1];

  for (guint i = 0; i < 2 * n; i++)
    same = same && stretches[i] == 1;
  if (same)
    return;
  set_knots (stretches, n, normalised, lowering->width, x);
  set_knots (stretches + n, n, normalised, lowering->height, y);
  ballast_dense_lower_tail (lowering, ballast_dense_new_axes (lowering->width, lowering->height, x, n,
                                                              y, n), stretches + 2 * n);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  double most = 0;

  for (guint i = 0; i < 2 * (guint) step->numbers[0]; i++)
    most = MAX (most, fabs (step->numbers[2 + i] - 1));
  if (most >= 0.005)
    ballast_op_append_plain (text, "▦ ±", most, 2);
}

const BallastOp ballast_op_grid_distortion = {
  .name = "GridDistortion",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Grid Distortion"),
  .help = N_("Widens some columns and rows of a grid and narrows others."),
  .keywords = "warp stretch deform grid",
  .glyph = "▦",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = ballast_dense_write_extra,
};
