/*
 * The value axis: which numbers stand at it, and how they are written.
 *
 * Linear axes have round steps (1, 2, 2.5 or 5 times a power of ten, whole numbers only, since one
 * counts images); logarithmic ones have 0, the powers of ten, and 2 and 5 between them while there
 * are few decades.  O(1).
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-chart-geometry-private.h"

#define TICKS_MOST 64
#define TALL_CHART 420.0
#define FLAT_CHART 130.0

double
ballast_chart_nice_step (double value_max,
                         guint  n_most)
{
  static const double mantissas[] = { 1, 2, 2.5, 5 };

  g_return_val_if_fail (n_most > 0, 1);

  for (double power = 1; power < 1e300; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (mantissas); i++)
      {
        double step = mantissas[i] * power;

        if (step == floor (step) && floor (value_max / step) <= n_most)
          return step;
      }

  return value_max;
}

/* Millions are written short: a label of nine digits would push the plot aside. */
static void
write_label (BallastChartTick *tick)
{
  static const struct
  {
    double      factor;
    const char *suffix;
  } units[] = { { 1e12, "T" }, { 1e9, "G" }, { 1e6, "M" } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (tick->value >= units[i].factor)
      {
        g_snprintf (tick->label, sizeof tick->label, "%.4g\u202f%s",
                    tick->value / units[i].factor, units[i].suffix);
        return;
      }

  {
    g_autofree char *text = ballast_chart_format_count ((guint64) tick->value);

    g_strlcpy (tick->label, text, sizeof tick->label);
  }
}

static void
add_tick (BallastChartGeometry *geometry,
          double                value)
{
  if (geometry->n_ticks == TICKS_MOST || value > geometry->value_max)
    return;

  geometry->ticks[geometry->n_ticks].value = value;
  write_label (&geometry->ticks[geometry->n_ticks]);
  geometry->n_ticks++;
}

static void
add_log_ticks (BallastChartGeometry *geometry,
               double                height)
{
  double decades = floor (log10 (geometry->value_max));
  gboolean halves = decades <= 2 && height > FLAT_CHART;
  /* 10^19 is the greatest power of ten that a count can reach. */
  int every = height <= FLAT_CHART ? MAX ((int) ceil (decades / 3), 1) : MAX ((int) ceil (decades / 8), 1);

  add_tick (geometry, 0);
  for (int exponent = 0; exponent <= (int) decades; exponent += every)
    {
      double power = pow (10, exponent);

      add_tick (geometry, power);
      if (halves)
        {
          add_tick (geometry, 2 * power);
          add_tick (geometry, 5 * power);
        }
    }
}

void
ballast_chart_geometry_make_ticks (BallastChartGeometry *geometry,
                                   double                height)
{
  guint n_most = height > TALL_CHART ? 6 : height > FLAT_CHART ? 4 : 2;
  double step;

  geometry->ticks = g_new0 (BallastChartTick, TICKS_MOST);
  geometry->n_ticks = 0;
  if (geometry->scale == BALLAST_CHART_SCALE_LOG)
    {
      add_log_ticks (geometry, height);
      return;
    }

  step = ballast_chart_nice_step (geometry->value_max, n_most);
  for (double value = 0; value <= geometry->value_max; value += step)
    add_tick (geometry, value);
}

void
ballast_chart_geometry_write_pill (BallastChartGeometry *geometry,
                                   double                target)
{
  g_autofree char *count = ballast_chart_format_count ((guint64) llround (target));

  /* Translators: on the line that is dragged up and down; the arrow says so */
  g_snprintf (geometry->pill_text, sizeof geometry->pill_text, _("⇕ target %s"), count);
}
