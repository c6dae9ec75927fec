/*
 * manifest.csv.weight: one number a row of manifest.csv, in its order.
 *
 * XGBoost and LightGBM look beside a data file for its name with “.weight” behind it.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-weight-text.h"

static void
append_row (GString                *text,
            const BallastWeightRow *row)
{
  char weight[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "%s\n", ballast_weight_text_format (row->weight, weight));
}

const BallastWeightFormat ballast_weight_format_rows = {
  .name = "rows",
  .file = "manifest.csv.weight",
  .title = N_("XGBoost and LightGBM"),
  .summary = N_("One number a row of manifest.csv, in its order."),
  .append_row = append_row,
};
