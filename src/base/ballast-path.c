#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-path.h"

#include <string.h>

#define COMPONENT_MAX_BYTES 100

gboolean
ballast_path_is_safe (const char *path)
{
  if (path == NULL || *path == '\0' || *path == '/')
    return FALSE;

  for (const char *start = path; start != NULL;)
    {
      const char *end = strchrnul (start, '/');
      gsize length = end - start;

      if (length == 0 || (length == 1 && start[0] == '.') ||
          (length == 2 && start[0] == '.' && start[1] == '.'))
        return FALSE;
      start = *end == '/' ? end + 1 : NULL;
    }

  return TRUE;
}

char *
ballast_path_join (const char *folder,
                   const char *name)
{
  return *folder == '\0' ? g_strdup (name) : g_strconcat (folder, "/", name, NULL);
}

/* U+202A…U+202E and U+2066…U+2069 can make a name read as another one. */
static gboolean
changes_direction (gunichar character)
{
  return (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0x200E || character == 0x200F;
}

char *
ballast_path_display (const char *bytes)
{
  GString *text = g_string_new (NULL);

  for (const char *at = bytes; *at != '\0';)
    {
      gunichar character = g_utf8_get_char_validated (at, -1);

      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          g_string_append_printf (text, "\\x%02X", (guchar) *at);
          at++;
          continue;
        }
      if (g_unichar_iscntrl (character) || changes_direction (character))
        g_string_append_printf (text, character < 0x80 ? "\\x%02X" : "\\u{%04X}", character);
      else
        g_string_append_unichar (text, character);
      at = g_utf8_next_char (at);
    }

  return g_string_free (text, FALSE);
}

static gboolean
is_device_name (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul" };
  gsize length = strcspn (name, ".");

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (length == 3 && g_ascii_strncasecmp (name, devices[i], 3) == 0)
      return TRUE;

  return length == 4 && g_ascii_isdigit (name[3]) &&
         (g_ascii_strncasecmp (name, "com", 3) == 0 || g_ascii_strncasecmp (name, "lpt", 3) == 0);
}

static void
append_safe_characters (GString    *text,
                        const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      gsize length = g_utf8_next_char (at) - at;

      if (text->len + length > COMPONENT_MAX_BYTES)
        return;
      if (g_unichar_iscntrl (character) || changes_direction (character) ||
          (character < 0x80 && strchr ("/\\:*?\"<>|", (int) character) != NULL))
        g_string_append_c (text, '_');
      else
        g_string_append_len (text, at, length);
    }
}

char *
ballast_path_sanitise_component (const char *name)
{
  GString *text = g_string_new (NULL);

  append_safe_characters (text, name);
  while (text->len > 0 && strchr (". ", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
  if (text->len == 0 || text->str[0] == '.' || text->str[0] == '-' || is_device_name (text->str))
    g_string_prepend_c (text, '_');

  return g_string_free (text, FALSE);
}

const char *
ballast_path_get_extension (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *base = slash != NULL ? slash + 1 : name;
  const char *dot = strrchr (base, '.');

  return dot != NULL && dot != base ? dot + 1 : "";
}
