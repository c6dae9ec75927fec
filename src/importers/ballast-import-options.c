/*
 * Options as a value and as JSON, from one table of members.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-import-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-import-error.h"
#include "ballast-json.h"

typedef enum
{
  MEMBER_STRING,
  MEMBER_STRINGS,
  MEMBER_BOOLEAN,
  MEMBER_CHARACTER,
  MEMBER_WORD,
} MemberType;

typedef struct
{
  const char        *name;
  MemberType         type;
  gsize              offset;
  const char *const *words; /* of WORD, in the order of the enumeration */
} Member;

static const char *const split_levels[] = { "auto", "none", "above", "below", NULL };
static const char *const class_depths[] = { "auto", "first", "path", NULL };
static const char *const formats[] = { "auto", "delimited", "whitespace", "json-lines", NULL };
static const char *const label_styles[] = { "names", "indicators", "folder", NULL };

#define AT(member) G_STRUCT_OFFSET (BallastImportOptions, member)

static const Member members[] = {
  { "images", MEMBER_STRING, AT (images), NULL },
  { "follow-links", MEMBER_BOOLEAN, AT (follow_links), NULL },
  { "split-level", MEMBER_WORD, AT (split_level), split_levels },
  { "class-depth", MEMBER_WORD, AT (class_depth), class_depths },
  { "format", MEMBER_WORD, AT (format), formats },
  { "separator", MEMBER_CHARACTER, AT (separator), NULL },
  { "header", MEMBER_BOOLEAN, AT (has_header), NULL },
  { "files", MEMBER_STRINGS, AT (files), NULL },
  { "path-column", MEMBER_STRING, AT (path_column), NULL },
  { "label-columns", MEMBER_STRINGS, AT (label_columns), NULL },
  { "label-style", MEMBER_WORD, AT (label_style), label_styles },
  { "label-separator", MEMBER_CHARACTER, AT (label_separator), NULL },
  { "split-column", MEMBER_STRING, AT (split_column), NULL },
  { "group-column", MEMBER_STRING, AT (group_column), NULL },
  { "split-from-name", MEMBER_BOOLEAN, AT (split_from_name), NULL },
  { "base", MEMBER_STRING, AT (base), NULL },
  { "bases", MEMBER_STRINGS, AT (bases), NULL },
  { "search-names", MEMBER_BOOLEAN, AT (search_names), NULL },
  { "add-ending", MEMBER_BOOLEAN, AT (add_ending), NULL },
  { "class-names", MEMBER_STRING, AT (class_names), NULL },
  { "boxes", MEMBER_STRINGS, AT (box_columns), NULL },
};

static const BallastImportOptions initial = BALLAST_IMPORT_OPTIONS_INIT;

void
ballast_import_options_clear (BallastImportOptions *options)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (members[i].type == MEMBER_STRING)
        g_free (G_STRUCT_MEMBER (char *, options, members[i].offset));
      else if (members[i].type == MEMBER_STRINGS)
        g_strfreev (G_STRUCT_MEMBER (char **, options, members[i].offset));
    }
  *options = initial;
}

void
ballast_import_options_copy (const BallastImportOptions *options,
                             BallastImportOptions       *copy)
{
  *copy = *options;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gsize offset = members[i].offset;

      if (members[i].type == MEMBER_STRING)
        G_STRUCT_MEMBER (char *, copy, offset)
          = g_strdup (G_STRUCT_MEMBER (char *, options, offset));
      else if (members[i].type == MEMBER_STRINGS)
        G_STRUCT_MEMBER (char **, copy, offset)
          = g_strdupv (G_STRUCT_MEMBER (char **, options, offset));
    }
}

/* JSON holds text, paths are bytes: a byte that is no UTF-8 goes as %HH, and so does '%'. */
static JsonNode *
bytes_to_node (const char *bytes)
{
  g_autofree char *text = NULL;

  if (g_utf8_validate (bytes, -1, NULL) && strchr (bytes, '%') == NULL)
    return json_node_init_string (json_node_alloc (), bytes);
  text = g_uri_escape_string (bytes, G_URI_RESERVED_CHARS_GENERIC_DELIMITERS " ,;=+&'()*$!", FALSE);

  return json_node_init_string (json_node_alloc (), text);
}

static char *
node_to_bytes (JsonNode *node)
{
  char *bytes = g_uri_unescape_string (json_node_get_string (node), NULL);

  if (bytes == NULL)
    bytes = json_node_dup_string (node);

  return bytes;
}

static JsonNode *
strings_to_node (char **strings)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_element (array, bytes_to_node (strings[i]));

  return json_node_init_array (json_node_alloc (), array);
}

/* (transfer full) (nullable): NULL where the member is as in INIT. */
static JsonNode *
member_to_node (const Member               *member,
                const BallastImportOptions *options)
{
  gsize offset = member->offset;
  JsonNode *node = json_node_alloc ();
  char text[2] = { 0 };

  switch (member->type)
    {
    case MEMBER_STRING:
      json_node_unref (node);
      return G_STRUCT_MEMBER (char *, options, offset) == NULL
                 ? NULL
                 : bytes_to_node (G_STRUCT_MEMBER (char *, options, offset));
    case MEMBER_STRINGS:
      json_node_unref (node);
      return G_STRUCT_MEMBER (char **, options, offset) == NULL
                 ? NULL
                 : strings_to_node (G_STRUCT_MEMBER (char **, options, offset));
    case MEMBER_BOOLEAN:
      if (G_STRUCT_MEMBER (gboolean, options, offset))
        return json_node_init_boolean (node, TRUE);
      break;
    case MEMBER_CHARACTER:
      text[0] = G_STRUCT_MEMBER (char, options, offset);
      if (text[0] != G_STRUCT_MEMBER (char, &initial, offset))
        return json_node_init_string (node, text);
      break;
    case MEMBER_WORD:
      if (G_STRUCT_MEMBER (guint, options, offset) != 0)
        return json_node_init_string (node,
                                      member->words[G_STRUCT_MEMBER (guint, options, offset)]);
      break;
    default:
      break;
    }
  json_node_unref (node);

  return NULL;
}

char *
ballast_import_options_to_json (const BallastImportOptions *options)
{
  g_autoptr(JsonNode) root = json_node_init_object (json_node_alloc (), NULL);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = member_to_node (&members[i], options);

      if (node != NULL)
        json_object_set_member (object, members[i].name, node);
    }
  json_node_take_object (root, object);

  return ballast_json_to_string (root, FALSE);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
read_strings (JsonNode *node,
              char   ***strings)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!is_string (json_array_get_element (array, i)))
        return FALSE;
      g_ptr_array_add (list, node_to_bytes (json_array_get_element (array, i)));
    }
  g_ptr_array_add (list, NULL);
  g_strfreev (*strings);
  *strings = (char **) g_ptr_array_steal (list, NULL);

  return TRUE;
}

static gboolean
read_word (const Member *member,
           const char   *text,
           guint        *word)
{
  for (guint i = 0; member->words[i] != NULL; i++)
    if (strcmp (member->words[i], text) == 0)
      {
        *word = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_member (const Member         *member,
             JsonNode             *node,
             BallastImportOptions *options)
{
  gsize offset = member->offset;

  if (member->type == MEMBER_STRINGS)
    return read_strings (node, G_STRUCT_MEMBER_P (options, offset));
  if (member->type == MEMBER_BOOLEAN)
    {
      G_STRUCT_MEMBER (gboolean, options, offset) = json_node_get_boolean (node);
      return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
    }
  if (!is_string (node))
    return FALSE;
  if (member->type == MEMBER_WORD)
    return read_word (member, json_node_get_string (node), G_STRUCT_MEMBER_P (options, offset));
  if (member->type == MEMBER_CHARACTER)
    {
      G_STRUCT_MEMBER (char, options, offset) = json_node_get_string (node)[0];
      return strlen (json_node_get_string (node)) <= 1;
    }
  g_free (G_STRUCT_MEMBER (char *, options, offset));
  G_STRUCT_MEMBER (char *, options, offset) = node_to_bytes (node);

  return TRUE;
}

static const Member *
find_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].name, name) == 0)
      return &members[i];

  return NULL;
}

gboolean
ballast_import_options_from_json (BallastImportOptions *options,
                                  const char           *json,
                                  GError              **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(JsonNode) root = ballast_json_parse (json, -1, &local);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  ballast_import_options_clear (options);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                   _("The options of an import are no JSON object%s%s"), local != NULL ? ": " : "",
                   local != NULL ? local->message : "");
      return FALSE;
    }

  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    {
      const Member *member = find_member (name);

      /* An unknown member is of a newer version: it is left alone. */
      if (member == NULL || read_member (member, node, options))
        continue;
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
                   _("The import option “%s” cannot be understood"), name);
      ballast_import_options_clear (options);
      return FALSE;
    }

  return TRUE;
}
