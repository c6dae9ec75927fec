/* The budget of images without objects, as a value and as text. */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-background.h"

#include <math.h>

#include "ballast-balance-error.h"

#define MAX_NUMBER 1e12

static gboolean
refuse (const char *text,
        GError    **error)
{
  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
               "“%s” is no budget of images without objects: use all, a number like 500 or a "
               "share like 10%%", text != NULL ? text : "");
  return FALSE;
}

gboolean
ballast_background_parse (const char        *text,
                          BallastBackground *background,
                          GError           **error)
{
  char *end = NULL;
  double value;

  if (g_strcmp0 (text, "all") == 0)
    {
      *background = (BallastBackground){ BALLAST_BACKGROUND_ALL, 0 };
      return TRUE;
    }
  if (text == NULL || !g_ascii_isdigit (*text))
    return refuse (text, error);

  value = g_ascii_strtod (text, &end);
  if (g_str_equal (end, "%") && value <= 100)
    *background = (BallastBackground){ BALLAST_BACKGROUND_SHARE, value / 100 };
  else if (*end == '\0' && value == floor (value) && value <= MAX_NUMBER)
    *background = (BallastBackground){ BALLAST_BACKGROUND_NUMBER, value };
  else
    return refuse (text, error);
  return TRUE;
}

char *
ballast_background_to_text (const BallastBackground *background)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (background->kind == BALLAST_BACKGROUND_ALL)
    return g_strdup ("all");
  if (background->kind == BALLAST_BACKGROUND_NUMBER)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.0f", background->value));
  return g_strconcat (g_ascii_formatd (buffer, sizeof buffer, "%.12g", background->value * 100), "%",
                      NULL);
}

guint64
ballast_background_resolve (const BallastBackground *background,
                            guint64                  available,
                            guint64                  others)
{
  double share = background->value;

  if (background->kind == BALLAST_BACKGROUND_ALL)
    return available;
  if (background->kind == BALLAST_BACKGROUND_NUMBER)
    return MIN (available, (guint64) background->value);
  if (share >= 1)
    return available;
  return MIN (available, (guint64) floor ((double) others * share / (1 - share) + 1e-9));
}
