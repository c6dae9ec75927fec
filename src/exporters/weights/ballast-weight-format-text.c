/*
 * Weights as plain text, one a line: no room for names, so the order is all.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-weight-text.h"

static GBytes *
make (const BallastWeights *weights)
{
  GString *text = g_string_new (NULL);
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < weights->n; i++)
    g_string_append_printf (text, "%s\n",
                            ballast_weight_text_format (weights->classes[i].weight, weight));

  return ballast_weight_text_end (text);
}

const BallastWeightFormat ballast_weight_format_text = {
  .name = "txt",
  .suffix = ".txt",
  .file = "class_weights.txt",
  .title = N_("Text"),
  .summary = N_("One number a line in the order of the class indices, and nothing else."),
  .is_bare = TRUE,
  .make = make,
};
