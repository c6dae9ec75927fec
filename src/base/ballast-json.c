/*
 * JSON of bounded size and depth.  Files of any size (COCO) are streamed by their reader and do
 * not come here.
 *
 * Writing is our own because json-glib prints 0.1 as 0.10000000000000001: these texts are read by
 * people and compared as bytes, so a number has the fewest digits that read back as itself.
 */
#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
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
        {
          depth++;
          deepest = MAX (deepest, depth);
        }
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
                           _("the JSON text is too long or too deeply nested"));
      return NULL;
    }
  if (!g_utf8_validate (text, size, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("the JSON text is not valid UTF-8"));
      return NULL;
    }

  if (!json_parser_load_from_data (parser, text, size, &local))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", local->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("the JSON text is empty"));
      return NULL;
    }

  return json_parser_steal_root (parser);
}

static void append_node (GString  *text,
                         JsonNode *node,
                         int       indent);

static void
append_newline (GString *text,
                int      indent)
{
  if (indent < 0)
    return;

  g_string_append_c (text, '\n');
  for (int i = 0; i < indent; i++)
    g_string_append (text, "  ");
}

static void
append_string (GString    *text,
               const char *string)
{
  g_string_append_c (text, '"');
  for (const char *at = string; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_printf (text, "\\%c", *at);
      else if (*at == '\n')
        g_string_append (text, "\\n");
      else if ((guchar) *at < 0x20)
        g_string_append_printf (text, "\\u%04x", (guint) *at);
      else
        g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
}

void
ballast_json_append_number (GString *text,
                            double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (text, "null");
      return;
    }

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }

  g_string_append (text, buffer);
  if (strpbrk (buffer, ".en") == NULL)
    g_string_append (text, ".0");
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    ballast_json_append_number (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_array (GString   *text,
              JsonArray *array,
              int        indent)
{
  guint n = json_array_get_length (array);
  int inner = indent < 0 || n == 0 ? -1 : indent + 1;

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_newline (text, inner);
      append_node (text, json_array_get_element (array, i), inner);
    }
  if (inner >= 0)
    append_newline (text, indent);
  g_string_append_c (text, ']');
}

static void
append_object (GString    *text,
               JsonObject *object,
               int         indent)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean first = TRUE;
  int inner = indent < 0 ? -1 : indent + 1;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      append_newline (text, inner);
      append_string (text, name);
      g_string_append (text, inner < 0 ? ":" : ": ");
      append_node (text, member, inner);
    }
  if (!first)
    append_newline (text, indent);
  g_string_append_c (text, '}');
}

static void
append_node (GString  *text,
             JsonNode *node,
             int       indent)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (text, json_node_get_object (node), indent);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (text, json_node_get_array (node), indent);
  else if (JSON_NODE_HOLDS_VALUE (node))
    append_value (text, node);
  else
    g_string_append (text, "null");
}

char *
ballast_json_to_string (JsonNode *node,
                        gboolean  pretty)
{
  GString *text = g_string_new (NULL);

  append_node (text, node, pretty ? 0 : -1);
  return g_string_free (text, FALSE);
}
