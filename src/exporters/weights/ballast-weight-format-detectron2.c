/*
 * Weights as settings of Detectron2: its sampler repeats images by LVIS's repeat factors; the weights
 * themselves go into a loss of one's own, background last.
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
  g_autofree guint *order = ballast_weight_text_dup_category_order (weights);
  char share[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (share, sizeof share, "%.6g", ballast_weight_median_share (weights));
  g_string_append_printf (
    text,
    "# Settings for Detectron2.  Class i is thing_classes[i]: contiguous, not COCO's category_id; of a\n"
    "# COCO file the categories by ascending id, gaps left out, which is the order here.\n"
    "# Classes with a smaller share than the one in the middle have their images repeated.\n"
    "cfg.DATALOADER.SAMPLER_TRAIN = \"RepeatFactorTrainingSampler\"\n"
    "cfg.DATALOADER.REPEAT_THRESHOLD = %s\n\n"
    "# Or, not both: weights of a loss, torch.tensor(CLASS_WEIGHTS + [1.0]) with the background "
    "last.\n"
    "THING_CLASSES = [", share);
  for (guint i = 0; i < weights->n; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      ballast_weight_text_append_string (text, weights->classes[order[i]].name);
    }
  g_string_append (text, "]\n");
  ballast_weight_text_append_categories (text, weights, order);
  g_string_append (text, "CLASS_WEIGHTS = ");
  ballast_weight_text_append_list (text, weights, order, NULL);
  return ballast_weight_text_end (g_string_append_c (text, '\n'));
}

const BallastWeightFormat ballast_weight_format_detectron2 = {
  .name = "detectron2",
  .suffix = ".detectron2.py",
  .file = "class_weights.detectron2.py",
  .title = N_("Detectron2 settings"),
  .summary = N_("Repeat factors and a list of weights, in the order of thing_classes."),
  .make = make,
};
