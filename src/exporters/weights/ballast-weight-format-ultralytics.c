/*
 * Weights as training settings of Ultralytics YOLO, which takes no list of weights but one power:
 * w = n^-power over its mean, of instances (cls_pw, in newer versions).
 *
 * The power of a scheme that is none is fitted: least squares of ln w over -ln n.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-weight-text.h"

/* The slope of ln w over -ln n, within what cls_pw allows; 0 where all counts are alike. */
static double
fit_power (const BallastWeights *weights)
{
  double n = 0, x = 0, y = 0, xx = 0, xy = 0, spread;

  for (guint i = 0; i < weights->n; i++)
    if (!weights->classes[i].empty && weights->classes[i].weight > 0)
      {
        double count = -log ((double) weights->classes[i].count);
        double weight = log (weights->classes[i].weight);

        n += 1, x += count, y += weight, xx += count * count, xy += count * weight;
      }
  spread = n * xx - x * x;
  return spread > 1e-9 ? CLAMP ((n * xy - x * y) / spread, 0, 1) : 0;
}

static void
append_table (GString              *text,
              const BallastWeights *weights)
{
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, "# index  weight  name, in the order of names: in data.yaml\n");
  for (guint i = 0; i < weights->n; i++)
    {
      g_autofree char *name = g_strescape (weights->classes[i].name, NULL);

      ballast_weight_text_format (weights->classes[i].weight, weight);
      g_string_append_printf (text, "#   %u  %s  %s\n", i, weight, name);
    }
}

static GBytes *
make (const BallastWeights *weights)
{
  GString *text = g_string_new (NULL);
  char power[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (power, sizeof power, "%.4g", fit_power (weights));
  g_string_append_printf (
    text,
    "# Training settings for Ultralytics YOLO: yolo train cfg=class_weights.ultralytics.yaml ...\n"
    "# It takes one power, weights n^-power over their mean, not a list.  This is the power closest\n"
    "# to the scheme \"%s\".  Versions without cls_pw refuse the line: use a train.txt with\n"
    "# repeated lines instead (the layout \"lists\").\n", weights->options.scheme->name);
  append_table (text, weights);
  g_string_append_printf (text, "cls_pw: %s\n", power);
  return ballast_weight_text_end (text);
}

const BallastWeightFormat ballast_weight_format_ultralytics = {
  .name = "ultralytics",
  .suffix = ".ultralytics.yaml",
  .file = "class_weights.ultralytics.yaml",
  .title = N_("Ultralytics settings"),
  .summary = N_("The cls_pw closest to the scheme; the order is that of names in data.yaml."),
  .make = make,
};
