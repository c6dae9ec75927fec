/*
 * The order of the classes, for weight files that are numbers alone.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-order.h"

#include <inttypes.h>

#include "ballast-path.h"
#include "ballast-weight-text.h"

GBytes *
ballast_weight_order_make (const BallastWeights *weights,
                           const char           *name)
{
  g_autofree char *display = ballast_path_display (name);
  gboolean numbered = ballast_weights_has_numbers (weights);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "# The order of the weights in %s: class index, name%s.\n"
                          "# A loader that sorts the names of folders must bring them into this "
                          "order first.\n", display, numbered ? ", category id" : "");
  for (guint i = 0; i < weights->n; i++)
    {
      g_autofree char *class_name = ballast_path_display (weights->classes[i].name);

      g_string_append_printf (text, "%u\t%s", i, class_name);
      if (numbered)
        g_string_append_printf (text, "\t%" PRId64, weights->classes[i].number);
      g_string_append_c (text, '\n');
    }
  return ballast_weight_text_end (text);
}
