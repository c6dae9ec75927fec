/*
 * sample_weights.csv: a weight for every file of an export, for a WeightedRandomSampler.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-csv.h"
#include "ballast-weight-text.h"

static const char *const columns[] = { "path", "class", "weight", "group", "split" };

static void
append_head (GString *text)
{
  ballast_csv_append_row (text, columns, G_N_ELEMENTS (columns));
}

static void
append_row (GString                *text,
            const BallastWeightRow *row)
{
  char weight[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const fields[] = { row->path, row->class_name,
                                 ballast_weight_text_format (row->weight, weight), row->group,
                                 row->split };

  ballast_csv_append_row (text, fields, G_N_ELEMENTS (fields));
}

const BallastWeightFormat ballast_weight_format_samples = {
  .name = "samples",
  .file = "sample_weights.csv",
  .title = N_("Weight of every file"),
  .summary = N_("Path, class, weight, group and split: for a WeightedRandomSampler."),
  .append_head = append_head,
  .append_row = append_row,
};
