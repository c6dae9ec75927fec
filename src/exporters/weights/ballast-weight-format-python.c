/*
 * Weights as a Python module, with the views that PyTorch, Keras and scikit-learn take.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-export-names.h"
#include "ballast-weight-text.h"

static const char module_head[] =
  "# -*- coding: utf-8 -*-\n"
  "\"\"\"Class weights, in the order of the class indices.\n"
  "\n"
  "torchvision's ImageFolder numbers its classes by sorted name: use weights_for (dataset.classes).\n"
  "\n"
  "PyTorch:       torch.nn.CrossEntropyLoss (weight=torch.tensor (WEIGHTS, dtype=torch.float32))\n"
  "Keras:         model.fit (..., class_weight=BY_INDEX)\n"
  "scikit-learn:  LogisticRegression (class_weight=BY_NAME)  # or BY_INDEX, as the labels are\n"
  "\"\"\"\n"
  "\n";

static const char module_tail[] =
  "BY_INDEX = dict(enumerate(WEIGHTS))\n"
  "BY_NAME = dict(zip(NAMES, WEIGHTS))\n"
  "\n"
  "\n"
  "def weights_for(names):\n"
  "    \"\"\"The weights in the order of names, for example those of an ImageFolder.\"\"\"\n"
  "    return [BY_NAME[FOLDERS.get(name, name)] for name in names]\n";

/* A class whose name no folder can have stands in one of another name. */
static void
append_folders (GString              *text,
                const BallastWeights *weights)
{
  g_string_append (text, "# Folders that have another name than their class.\nFOLDERS = {\n");
  for (guint i = 0; i < weights->n; i++)
    {
      const char *name = weights->classes[i].name;
      g_autofree char *folder = ballast_export_name_component (name);

      if (g_str_equal (folder, name))
        continue;
      g_string_append (text, "    ");
      ballast_weight_text_append_string (text, folder);
      g_string_append (text, ": ");
      ballast_weight_text_append_string (text, name);
      g_string_append (text, ",\n");
    }
  g_string_append (text, "}\n\n");
}

static GBytes *
make (const BallastWeights *weights)
{
  GString *text = g_string_new (module_head);
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "SCHEME = \"%s\"\nNORMALISATION = \"%s\"\n\nNAMES = [\n",
                          weights->options.scheme->name,
                          ballast_normalise_get_name (weights->options.normalise));
  for (guint i = 0; i < weights->n; i++)
    {
      g_string_append (text, "    ");
      ballast_weight_text_append_string (text, weights->classes[i].name);
      g_string_append (text, ",\n");
    }
  g_string_append (text, "]\n\nWEIGHTS = [\n");
  for (guint i = 0; i < weights->n; i++)
    {
      ballast_weight_text_format (weights->classes[i].weight, weight);
      g_string_append_printf (text, "    %s%s,\n", weight,
                              strpbrk (weight, ".e") != NULL ? "" : ".0");
    }
  g_string_append (text, "]\n\n");
  ballast_weight_text_append_categories (text, weights, NULL);
  if (ballast_weights_has_numbers (weights))
    g_string_append (text, "BY_CATEGORY_ID = dict(zip(CATEGORY_IDS, WEIGHTS))\n\n");
  append_folders (text, weights);
  g_string_append (text, module_tail);

  return ballast_weight_text_end (text);
}

const BallastWeightFormat ballast_weight_format_python = {
  .name = "py",
  .suffix = ".py",
  .file = "class_weights.py",
  .title = N_("Python module"),
  .summary = N_("Names, weights by index and by name, and weights_for() for another order of classes."),
  .make = make,
};
