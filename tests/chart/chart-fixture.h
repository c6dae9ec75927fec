#pragma once

#include "ballast-chart-geometry.h"

/* Seven units a character, fourteen a line: a font that is the same everywhere. */
static inline double
measure_seven (const char *text,
               gpointer    user_data)
{
  return 7.0 * (double) g_utf8_strlen (text, -1);
}

static const BallastTextMeasure seven = { measure_seven, NULL, 14 };

/* A model of @n classes called "c0", "c1" … with the given counts, or a long tail for NULL. */
static inline BallastChartModel *
make_model (guint          n,
            const guint64 *counts)
{
  BallastChartModel *model = ballast_chart_model_new (n, 0);

  for (guint i = 0; i < n; i++)
    {
      g_free (model->names[i]);
      model->names[i] = g_strdup_printf ("c%u", i);
      model->now[i] = counts != NULL ? counts[i] : 1 + 100000 / (i + 1);
    }

  return model;
}

/* The six classes of the drawings, in the order of their names. */
static const guint64 trashnet[6] = { 68, 86, 69, 99, 83, 23 };

static inline void
assert_near (double actual,
             double expected,
             double within)
{
  if (ABS (actual - expected) > within)
    g_error ("%.12g is not within %g of %.12g", actual, within, expected);
}
