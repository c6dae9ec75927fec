/*
 * Weights as settings of MMDetection: weights of the classification loss, background last, or the
 * dataset wrapper that repeats images.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-weight-frequency.h"
#include "ballast-weight-text.h"

static GBytes *
make (const BallastWeights *weights)
{
  GString *text = g_string_new (NULL);
  char share[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (share, sizeof share, "%.6g", ballast_weight_median_share (weights));
  g_string_append (text, "# Settings for MMDetection 3, to be merged into a configuration.\n"
                   "# Class i is metainfo['classes'][i]; the background comes last.\n"
                   "metainfo = dict(classes=(");
  for (guint i = 0; i < weights->n; i++)
    {
      ballast_weight_text_append_string (text, weights->classes[i].name);
      g_string_append (text, i + 1 < weights->n ? ", " : ",");
    }
  g_string_append (text, "))\n");
  if (ballast_weights_has_numbers (weights))
    g_string_append (text, "# MMDetection numbers categories in the order of the COCO file, gaps left out: the file's\n"
                     "# order has to be that of metainfo, as it is in an export of this project.\n");
  ballast_weight_text_append_categories (text, weights, NULL);
  g_string_append (text, "loss_cls = dict(type='CrossEntropyLoss', use_sigmoid=False, "
                   "class_weight=");
  ballast_weight_text_append_list (text, weights, NULL, ", 1.0");
  g_string_append_printf (text,
                          ")\n# Or, not both: images of classes rarer than the one in the middle "
                          "are repeated.\n"
                          "train_dataset = dict(type='ClassBalancedDataset', oversample_thr=%s)\n",
                          share);
  return ballast_weight_text_end (text);
}

const BallastWeightFormat ballast_weight_format_mmdetection = {
  .name = "mmdetection",
  .suffix = ".mmdetection.py",
  .file = "class_weights.mmdetection.py",
  .title = N_("MMDetection settings"),
  .summary = N_("class_weight of the loss with the background last, or a ClassBalancedDataset."),
  .make = make,
};
