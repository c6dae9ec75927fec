/*
 * Distortions by a grid of nodes.
 *
 * A node moves by less than half of what lies between it and the next, so that the picture never folds
 * over itself.  Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-nodes.h"

#include <math.h>

/* Of the distance between two nodes. */
#define MOST 0.4

void
ballast_nodes_put_shift (BallastSampler *sampler,
                         double          shift,
                         guint           n)
{
  double most = MOST / (n - 1);

  ballast_sampler_put (sampler, CLAMP (shift, -most, most));
}

gboolean
ballast_nodes_check (const BallastRecipeStep *step)
{
  guint columns, rows;

  if (step->n_numbers < 2 || !ballast_op_check_choice (step, 0, BALLAST_NODES_MAX + 1)
      || !ballast_op_check_choice (step, 1, BALLAST_NODES_MAX + 1) || step->numbers[0] < 2
      || step->numbers[1] < 2)
    return FALSE;
  columns = (guint) step->numbers[0];
  rows = (guint) step->numbers[1];
  if (!ballast_dense_check_tail (step, 2 + 2 * columns * rows))
    return FALSE;
  for (guint i = 0; i < 2 * columns * rows; i++)
    if (fabs (step->numbers[2 + i]) * ((i % 2 == 0 ? columns : rows) - 1) > 0.5)
      return FALSE;
  return TRUE;
}

/* (transfer full, nullable): the shifts in pixels, or NULL where nothing moves. */
static double *
scale_shifts (const BallastRecipeStep *step,
              const BallastLowering   *lowering,
              guint                    n)
{
  double *shifts = g_new (double, n);
  gboolean same = TRUE;

  for (guint i = 0; i < n; i++)
    {
      shifts[i] = step->numbers[2 + i] * (i % 2 == 0 ? lowering->width : lowering->height);
      same = same && shifts[i] == 0;
    }
  if (same)
    g_clear_pointer (&shifts, g_free);
  return shifts;
}

void
ballast_nodes_lower (const BallastRecipeStep *step,
                     BallastLowering         *lowering)
{
  guint columns = (guint) step->numbers[0], rows = (guint) step->numbers[1], n = 2 * columns * rows;
  g_autofree double *shifts = scale_shifts (step, lowering, n);

  if (shifts != NULL)
    ballast_dense_lower_tail (lowering, ballast_dense_new_nodes (lowering->width, lowering->height,
                                                                 columns, rows, shifts),
                              step->numbers + 2 + n);
}

void
ballast_nodes_lower_spline (const BallastRecipeStep *step,
                            BallastLowering         *lowering)
{
  guint columns = (guint) step->numbers[0], rows = (guint) step->numbers[1], n = 2 * columns * rows;
  g_autofree double *shifts = scale_shifts (step, lowering, n);

  if (shifts != NULL)
    ballast_dense_lower_tail (lowering, ballast_dense_new_spline (lowering->width, lowering->height,
                                                                  columns, rows, shifts),
                              step->numbers + 2 + n);
}

void
ballast_nodes_describe (const BallastRecipeStep *step,
                        GString                 *text)
{
  guint n = 2 * (guint) step->numbers[0] * (guint) step->numbers[1];
  double most = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, fabs (step->numbers[2 + i]));
  if (most < 0.0005)
    return;
  g_string_append_printf (text, "%s ±", step->op->glyph);
  ballast_op_append_plain (text, "", most * 100, 1);
  g_string_append (text, " %");
}
