/*
 * What the weight files share: one way to write a number, one to write a name.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-text.h"

#include <string.h>

const char *
ballast_weight_text_format (double weight,
                            char  *buffer)
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.9g", weight);
}

double
ballast_weight_text_round (double weight)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (ballast_weight_text_format (weight, buffer), NULL);
}

double *
ballast_weight_text_dup_values (const BallastWeights *weights)
{
  double *values = g_new (double, MAX (weights->n, 1));

  for (guint i = 0; i < weights->n; i++)
    values[i] = ballast_weight_text_round (weights->classes[i].weight);
  return values;
}

/* @name as a Python string literal; JSON's escapes are Python's but for surrogate pairs, and
 * characters beyond ASCII stand for themselves in UTF-8. */
void
ballast_weight_text_append_string (GString    *text,
                                   const char *name)
{
  g_string_append_c (text, '"');
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_printf (text, "\\%c", *at);
      else if ((guchar) *at < 0x20 || *at == 0x7F)
        g_string_append_printf (text, "\\x%02x", (guchar) *at);
      else
        g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
}

void
ballast_weight_text_append_list (GString              *text,
                                 const BallastWeights *weights,
                                 const guint          *order,
                                 const char           *rest)
{
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, '[');
  for (guint i = 0; i < weights->n; i++)
    {
      ballast_weight_text_format (weights->classes[order != NULL ? order[i] : i].weight, weight);
      g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", weight,
                              strpbrk (weight, ".e") != NULL ? "" : ".0");
    }
  g_string_append_printf (text, "%s]", rest != NULL ? rest : "");
}

GBytes *
ballast_weight_text_end (GString *text)
{
  return g_string_free_to_bytes (text);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const BallastWeights *weights = user_data;
  gint64 left = weights->classes[*(const guint *) a].number;
  gint64 right = weights->classes[*(const guint *) b].number;

  return left < right ? -1 : left > right;
}

guint *
ballast_weight_text_dup_category_order (const BallastWeights *weights)
{
  guint *order = g_new (guint, MAX (weights->n, 1));

  for (guint i = 0; i < weights->n; i++)
    order[i] = i;
  if (ballast_weights_has_numbers (weights))
    g_qsort_with_data (order, (int) weights->n, sizeof *order, compare_numbers, (gpointer) weights);
  return order;
}

void
ballast_weight_text_append_categories (GString              *text,
                                       const BallastWeights *weights,
                                       const guint          *order)
{
  if (!ballast_weights_has_numbers (weights))
    return;
  g_string_append (text, "CATEGORY_IDS = [");
  for (guint i = 0; i < weights->n; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            weights->classes[order != NULL ? order[i] : i].number);
  g_string_append (text, "]  # in the COCO file, in the same order\n");
}
