/*
 * How the window writes numbers.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-number-text.h"

#include <glib/gi18n.h>
#include <math.h>

char *
ballast_text_of_ratio_value (double ratio)
{
  if (!isfinite (ratio))
    return g_strdup ("∞");

  return g_strdup_printf (ratio < 9.95 ? "%.1f" : "%'.0f", ratio);
}

char *
ballast_text_of_ratio (double ratio)
{
  g_autofree char *value = ballast_text_of_ratio_value (ratio);

  /* Translators: how many times larger the largest class is than the smallest: "4.3 : 1". */
  return g_strdup_printf (_("%s : 1"), value);
}

char *
ballast_text_of_percent (double share)
{
  /* Translators: a percentage, with a narrow space before the sign where that is the custom. */
  return g_strdup_printf (_("%.0f\u202f%%"), share * 100);
}

char *
ballast_text_of_bytes (guint64 bytes)
{
  return g_format_size (bytes);
}

char *
ballast_text_of_duration (double seconds)
{
  guint rounded = seconds < 90 ? MAX (1, lround (seconds)) : lround (seconds / 60);

  if (seconds < 90)
    return g_strdup_printf (g_dngettext (NULL, "%u second", "%u seconds", rounded), rounded);
  if (rounded < 90)
    return g_strdup_printf (g_dngettext (NULL, "%u minute", "%u minutes", rounded), rounded);

  rounded = lround (seconds / 3600);
  return g_strdup_printf (g_dngettext (NULL, "%u hour", "%u hours", rounded), rounded);
}
