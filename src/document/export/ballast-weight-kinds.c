/*
 * The table of weight files as front ends see it: they know no exporter.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-weight-kinds.h"

#include "ballast-weight-format.h"

guint
ballast_weight_kind_get_n (void)
{
  return ballast_weight_format_get_n ();
}

const char *
ballast_weight_kind_get_name (guint i)
{
  return ballast_weight_format_get (i)->name;
}

const char *
ballast_weight_kind_get_title (guint i)
{
  return ballast_weight_format_get (i)->title;
}

const char *
ballast_weight_kind_get_summary (guint i)
{
  return ballast_weight_format_get (i)->summary;
}

const char *
ballast_weight_kind_get_suffix (guint i)
{
  return ballast_weight_format_get (i)->suffix;
}

char *
ballast_weight_kind_dup_text (const char           *name,
                              const BallastWeights *weights)
{
  int kind = ballast_weight_format_find (name);
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (kind >= 0, NULL);
  bytes = ballast_weight_format_get ((guint) kind)->make (weights);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

int
ballast_weight_kind_find_for_path (const char *path)
{
  return ballast_weight_format_find_for_path (path);
}
