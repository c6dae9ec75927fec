/*
 * JSON of bounded size and depth.  Files of any size (COCO) are streamed by their reader and do
 * not come here.
 */
#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-json.h"

#include <gio/gio.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* The deepest nesting of brackets, strings left out.  One pass, no memory. */
static guint
measure_depth (const char *text,
               gsize       length)
{
  guint depth = 0, deepest = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '[' || text[i] == '{')
        deepest = MAX (deepest, ++depth);
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }

  return deepest;
}

JsonNode *
ballast_json_parse (const char *text,
                    gssize      length,
                    GError    **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) local = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (size >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0)
    {
      text += 3;
      size -= 3;
    }

  if (size > BALLAST_JSON_MAX_BYTES || measure_depth (text, size) > BALLAST_JSON_MAX_DEPTH)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the JSON text is too long or too deeply nested");
      return NULL;
    }
  if (!g_utf8_validate (text, size, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the JSON text is not valid UTF-8");
      return NULL;
    }

  if (!json_parser_load_from_data (parser, text, size, &local))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", local->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the JSON text is empty");
      return NULL;
    }

  return json_parser_steal_root (parser);
}

char *
ballast_json_to_string (JsonNode *node,
                        gboolean  pretty)
{
  return json_to_string (node, pretty);
}
