/*
 * Weights as the dictionary that Keras takes: {"0": 0.3125, …}.  JSON has no whole numbers for keys, so
 * a loader turns them back, which the summary says.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-weight-text.h"

static GBytes *
make (const BallastWeights *weights)
{
  GString *text = g_string_new ("{");
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < weights->n; i++)
    g_string_append_printf (text, "%s\n  \"%u\": %s", i > 0 ? "," : "", i,
                            ballast_weight_text_format (weights->classes[i].weight, weight));

  return ballast_weight_text_end (g_string_append (text, "\n}\n"));
}

const BallastWeightFormat ballast_weight_format_keras = {
  .name = "keras",
  .suffix = ".keras.json",
  .file = "class_weights.keras.json",
  .title = N_("Keras dictionary"),
  .summary = N_("class_weight={int(k): v for k, v in json.load(file).items()}, by class index."),
  .is_bare = TRUE,
  .make = make,
};
