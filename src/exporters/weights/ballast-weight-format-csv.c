/*
 * Weights as a table: index, name, count, weight.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-csv.h"
#include "ballast-weight-text.h"

static GBytes *
make (const BallastWeights *weights)
{
  static const char *const columns[] = { "index", "name", "count", "weight", "category_id" };
  GString *text = g_string_new (NULL);
  guint n_columns = G_N_ELEMENTS (columns) - !ballast_weights_has_numbers (weights);

  ballast_csv_append_row (text, columns, n_columns);
  for (guint i = 0; i < weights->n; i++)
    {
      const BallastClassWeight *class = &weights->classes[i];
      char index[16], count[24], weight[G_ASCII_DTOSTR_BUF_SIZE], number[24];
      const char *const fields[] = { index, class->name, count, weight, number };

      g_snprintf (index, sizeof index, "%u", class->index);
      g_snprintf (count, sizeof count, "%" G_GUINT64_FORMAT, class->count);
      ballast_weight_text_format (class->weight, weight);
      g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, class->number);
      ballast_csv_append_row (text, fields, n_columns);
    }

  return ballast_weight_text_end (text);
}

const BallastWeightFormat ballast_weight_format_csv = {
  .name = "csv",
  .suffix = ".csv",
  .file = "class_weights.csv",
  .title = N_("CSV"),
  .summary = N_("A table of index, name, count and weight: for spreadsheets and pandas."),
  .make = make,
};
