/*
 * Numbers of JSON, and of the text files that write them alike.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-json-reader.h"

#include <math.h>
#include <string.h>

static gboolean
parse_slowly (const char *text,
              gsize       length,
              double     *value)
{
  g_autofree char *copy = g_strndup (text, length);
  char *end;

  *value = g_ascii_strtod (copy, &end);

  return length > 0 && *end == '\0' && isfinite (*value)
         && (g_ascii_isdigit (copy[0]) || copy[0] == '-' || copy[0] == '.') && strpbrk (copy, "xXnN") == NULL;
}

gboolean
ballast_json_parse_double (const char *text,
                           gsize       length,
                           double     *value)
{
  static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
                                   1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  gboolean is_negative = length > 0 && text[0] == '-';
  gint64 whole = 0;
  gsize i = is_negative;
  gsize point = 0;

  if (length == i || length - i > 16)
    return parse_slowly (text, length, value);
  for (; i < length; i++)
    {
      if (text[i] == '.' && point == 0 && i > (gsize) is_negative)
        point = i;
      else if (g_ascii_isdigit (text[i]))
        whole = whole * 10 + (text[i] - '0');
      else
        return parse_slowly (text, length, value);
    }
  if (whole > G_GINT64_CONSTANT (999999999999999))
    return parse_slowly (text, length, value);
  *value = point > 0 ? (double) whole / powers[length - point - 1] : (double) whole;
  if (is_negative)
    *value = -*value;

  return TRUE;
}
