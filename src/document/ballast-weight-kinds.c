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

int
ballast_weight_kind_find_for_path (const char *path)
{
  return ballast_weight_format_find_for_path (path);
}
