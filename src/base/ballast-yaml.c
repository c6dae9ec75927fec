/*
 * YAML through libyaml, into the same values that JSON becomes.
 *
 * The file may mean harm: depth, size and the values that aliases repeat are counted, and tags are
 * refused, so nothing is built but mappings, lists and scalars.  Plain scalars are resolved as
 * PyYAML's safe loader does (YAML 1.1), and exponents without a point as YAML 1.2 does.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-yaml.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>
#include <yaml.h>

#include "ballast-json.h"

#define CORE_TAG "tag:yaml.org,2002:"

typedef struct
{
  yaml_parser_t parser;
  GHashTable   *anchors;  /* name → JsonNode */
  GHashTable   *weights;  /* name → number of values */
  guint         n_nodes;
  guint         depth;
  GError      **error;
} Loader;

static JsonNode *load_node (Loader             *loader,
                            const yaml_event_t *event);

static void
fail (Loader     *loader,
      gsize       line,
      const char *what)
{
  if (loader->error != NULL && *loader->error == NULL)
    g_set_error (loader->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Line %" G_GSIZE_FORMAT ": %s",
                 line + 1, what);
}

static gboolean
next_event (Loader       *loader,
            yaml_event_t *event)
{
  if (yaml_parser_parse (&loader->parser, event))
    return TRUE;
  fail (loader, loader->parser.problem_mark.line,
        loader->parser.problem != NULL ? loader->parser.problem : "this is no YAML");
  return FALSE;
}

static gboolean
is_one_of (const char        *text,
           const char *const *words)
{
  return g_strv_contains (words, text);
}

static gboolean
resolve_number (const char *text,
                JsonNode   *node)
{
  const char *digits = text + (*text == '-' || *text == '+');
  char *end;
  double number;

  if (!g_ascii_isdigit (*digits) && !(*digits == '.' && g_ascii_isdigit (digits[1])))
    return FALSE;
  if (strspn (digits, "0123456789") == strlen (digits) && strlen (digits) < 18)
    {
      gint64 whole = g_ascii_strtoll (text, NULL, digits[0] == '0' ? 8 : 10);

      json_node_init_int (node, whole);
      return TRUE;
    }
  number = g_ascii_strtod (text, &end);
  if (*end != '\0')
    return FALSE;
  json_node_init_double (node, number);
  return TRUE;
}

/* What a plain scalar means; FALSE where it is a text. */
static gboolean
resolve (const char *text,
         JsonNode   *node)
{
  static const char *const nothing[] = { "", "~", "null", "Null", "NULL", NULL };
  static const char *const yes[] = { "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON",
                                     NULL };
  static const char *const no[] = { "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF",
                                    NULL };
  static const char *const infinite[] = { ".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", NULL };

  if (is_one_of (text, nothing))
    json_node_init_null (node);
  else if (is_one_of (text, yes))
    json_node_init_boolean (node, TRUE);
  else if (is_one_of (text, no))
    json_node_init_boolean (node, FALSE);
  else if (is_one_of (text, infinite))
    json_node_init_double (node, *text == '-' ? -INFINITY : INFINITY);
  else
    return resolve_number (text, node);
  return TRUE;
}

/* FALSE for tags that ask for more than a value. */
static gboolean
check_tag (Loader            *loader,
           const yaml_char_t *tag,
           gsize              line)
{
  static const char *const known[] = { "str", "int", "float", "bool", "null", "seq", "map",
                                       "python/tuple", NULL };
  const char *name = (const char *) tag;

  if (name == NULL || strcmp (name, "!") == 0
      || (g_str_has_prefix (name, CORE_TAG) && is_one_of (name + strlen (CORE_TAG), known)))
    return TRUE;
  fail (loader, line, "it has a tag, and only plain values are read");
  return FALSE;
}

static JsonNode *
load_scalar (Loader             *loader,
             const yaml_event_t *event)
{
  const char *text = (const char *) event->data.scalar.value;
  const char *tag = (const char *) event->data.scalar.tag;
  JsonNode *node;

  if (!check_tag (loader, event->data.scalar.tag, event->start_mark.line))
    return NULL;
  if (!g_utf8_validate (text, (gssize) event->data.scalar.length, NULL))
    {
      fail (loader, event->start_mark.line, "a text is not UTF-8");
      return NULL;
    }
  node = json_node_alloc ();
  if (g_strcmp0 (tag, CORE_TAG "str") != 0
      && (event->data.scalar.plain_implicit || tag != NULL) && resolve (text, node))
    return node;
  return json_node_init_string (node, text);
}

static void
keep_anchor (Loader            *loader,
             const yaml_char_t *anchor,
             JsonNode          *node,
             guint              weight)
{
  if (anchor == NULL)
    return;
  g_hash_table_replace (loader->anchors, g_strdup ((const char *) anchor), json_node_copy (node));
  g_hash_table_replace (loader->weights, g_strdup ((const char *) anchor),
                        GUINT_TO_POINTER (weight));
}

static JsonNode *
load_alias (Loader             *loader,
            const yaml_event_t *event)
{
  const char *name = (const char *) event->data.alias.anchor;
  JsonNode *node = g_hash_table_lookup (loader->anchors, name);

  if (node == NULL)
    {
      fail (loader, event->start_mark.line, "it repeats what does not exist");
      return NULL;
    }
  loader->n_nodes += GPOINTER_TO_UINT (g_hash_table_lookup (loader->weights, name));
  if (loader->n_nodes > BALLAST_YAML_MAX_NODES)
    {
      fail (loader, event->start_mark.line, "it repeats itself too often");
      return NULL;
    }
  return json_node_copy (node);
}

static JsonNode *
load_sequence (Loader *loader)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node;

  while (TRUE)
    {
      yaml_event_t event;
      JsonNode *element;

      if (!next_event (loader, &event))
        return NULL;
      if (event.type == YAML_SEQUENCE_END_EVENT)
        {
          yaml_event_delete (&event);
          break;
        }
      element = load_node (loader, &event);
      yaml_event_delete (&event);
      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  return node;
}

/* (transfer full): the key that @event is, or NULL. */
static char *
key_of (Loader             *loader,
        const yaml_event_t *event)
{
  if (event->type == YAML_SCALAR_EVENT
      && g_utf8_validate ((const char *) event->data.scalar.value, -1, NULL))
    return g_strdup ((const char *) event->data.scalar.value);
  fail (loader, event->start_mark.line, "a key is no text");
  return NULL;
}

static JsonNode *
load_mapping (Loader *loader)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *node;

  while (TRUE)
    {
      g_autofree char *key = NULL;
      yaml_event_t event;
      JsonNode *value;

      if (!next_event (loader, &event))
        return NULL;
      if (event.type == YAML_MAPPING_END_EVENT)
        {
          yaml_event_delete (&event);
          break;
        }
      key = key_of (loader, &event);
      yaml_event_delete (&event);
      if (key == NULL || !next_event (loader, &event))
        return NULL;
      value = load_node (loader, &event);
      yaml_event_delete (&event);
      if (value == NULL)
        return NULL;
      json_object_set_member (object, key, value);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return node;
}

static JsonNode *
load_collection (Loader             *loader,
                 const yaml_event_t *event)
{
  gboolean is_list = event->type == YAML_SEQUENCE_START_EVENT;
  const yaml_char_t *tag = is_list ? event->data.sequence_start.tag : event->data.mapping_start.tag;
  JsonNode *node;

  if (!check_tag (loader, tag, event->start_mark.line))
    return NULL;
  if (loader->depth >= BALLAST_JSON_MAX_DEPTH)
    {
      fail (loader, event->start_mark.line, "it is nested too deep");
      return NULL;
    }
  loader->depth++;
  node = is_list ? load_sequence (loader) : load_mapping (loader);
  loader->depth--;
  return node;
}

/* (transfer full): the value that begins with @event, or NULL with the error set. */
static JsonNode *
load_node (Loader             *loader,
           const yaml_event_t *event)
{
  guint before = loader->n_nodes;
  JsonNode *node = NULL;

  if (++loader->n_nodes > BALLAST_YAML_MAX_NODES)
    {
      fail (loader, event->start_mark.line, "it has too many values");
      return NULL;
    }
  if (event->type == YAML_ALIAS_EVENT)
    return load_alias (loader, event);
  if (event->type == YAML_SCALAR_EVENT)
    node = load_scalar (loader, event);
  else if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT)
    node = load_collection (loader, event);
  else
    fail (loader, event->start_mark.line, "a value is missing");
  if (node == NULL)
    return NULL;
  keep_anchor (loader,
               event->type == YAML_SCALAR_EVENT ? event->data.scalar.anchor
               : event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
                                                          : event->data.mapping_start.anchor,
               node, loader->n_nodes - before);
  return node;
}

/* (transfer full): the first document. */
static JsonNode *
load_document (Loader *loader)
{
  while (TRUE)
    {
      yaml_event_t event;
      JsonNode *node;

      if (!next_event (loader, &event))
        return NULL;
      if (event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT)
        {
          yaml_event_delete (&event);
          continue;
        }
      if (event.type == YAML_STREAM_END_EVENT)
        {
          yaml_event_delete (&event);
          return json_node_new (JSON_NODE_NULL);
        }
      node = load_node (loader, &event);
      yaml_event_delete (&event);
      return node;
    }
}

JsonNode *
ballast_yaml_parse (const char *text,
                    gssize      length,
                    GError    **error)
{
  g_autoptr(GError) problem = NULL;
  Loader loader = { .error = &problem };
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *node;

  if (n > BALLAST_JSON_MAX_BYTES || !yaml_parser_initialize (&loader.parser))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The text is too long");
      return NULL;
    }
  loader.anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) json_node_unref);
  loader.weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  yaml_parser_set_input_string (&loader.parser, (const unsigned char *) text, n);
  node = load_document (&loader);
  yaml_parser_delete (&loader.parser);
  g_hash_table_unref (loader.anchors);
  g_hash_table_unref (loader.weights);
  if (node == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return node;
}

static int
append_to_string (void          *data,
                  unsigned char *buffer,
                  size_t         size)
{
  g_string_append_len (data, (const char *) buffer, (gssize) size);
  return 1;
}

static void
emit (yaml_emitter_t *emitter,
      yaml_event_t   *event)
{
  /* Only memory can fail, and GLib ends the program then. */
  if (!yaml_emitter_emit (emitter, event))
    g_error ("YAML could not be written: %s", emitter->problem);
}

static void
emit_text (yaml_emitter_t     *emitter,
           const char         *text,
           yaml_scalar_style_t style)
{
  yaml_event_t event;

  yaml_scalar_event_initialize (&event, NULL, NULL, (const yaml_char_t *) text, -1, 1, 1, style);
  emit (emitter, &event);
}

/* PyYAML takes an exponent for a number only with a point before it and a sign behind it. */
static void
emit_double (yaml_emitter_t *emitter,
             double          number)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *exponent;

  ballast_json_append_number (text, number);
  exponent = strpbrk (text->str, "eE");
  if (exponent != NULL && strchr (text->str, '.') == NULL)
    g_string_insert (text, exponent - text->str, ".0");
  exponent = strpbrk (text->str, "eE");
  if (exponent != NULL && exponent[1] != '-' && exponent[1] != '+')
    g_string_insert_c (text, exponent + 1 - text->str, '+');
  emit_text (emitter, text->str, YAML_PLAIN_SCALAR_STYLE);
}

static void
emit_scalar (yaml_emitter_t *emitter,
             JsonNode       *node)
{
  GType type = JSON_NODE_HOLDS_NULL (node) ? G_TYPE_NONE : json_node_get_value_type (node);
  g_autofree char *whole = NULL;

  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (node);
      g_autoptr(JsonNode) other = json_node_alloc ();

      emit_text (emitter, text, resolve (text, other) ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                                                      : YAML_ANY_SCALAR_STYLE);
    }
  else if (type == G_TYPE_DOUBLE)
    emit_double (emitter, json_node_get_double (node));
  else if (type == G_TYPE_INT64)
    {
      whole = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      emit_text (emitter, whole, YAML_PLAIN_SCALAR_STYLE);
    }
  else if (type == G_TYPE_BOOLEAN)
    emit_text (emitter, json_node_get_boolean (node) ? "true" : "false", YAML_PLAIN_SCALAR_STYLE);
  else
    emit_text (emitter, "null", YAML_PLAIN_SCALAR_STYLE);
}

static void emit_node (yaml_emitter_t *emitter,
                       JsonNode       *node);

static void
emit_list (yaml_emitter_t *emitter,
           JsonArray      *array)
{
  guint n = json_array_get_length (array);
  gboolean is_flat = TRUE;
  yaml_event_t event;

  for (guint i = 0; i < n; i++)
    is_flat = is_flat && (JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i))
                          || JSON_NODE_HOLDS_NULL (json_array_get_element (array, i)));
  yaml_sequence_start_event_initialize (&event, NULL, NULL, 1,
                                        is_flat ? YAML_FLOW_SEQUENCE_STYLE
                                                : YAML_BLOCK_SEQUENCE_STYLE);
  emit (emitter, &event);
  for (guint i = 0; i < n; i++)
    emit_node (emitter, json_array_get_element (array, i));
  yaml_sequence_end_event_initialize (&event);
  emit (emitter, &event);
}

static void
emit_mapping (yaml_emitter_t *emitter,
              JsonObject     *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  yaml_event_t event;

  yaml_mapping_start_event_initialize (&event, NULL, NULL, 1,
                                       json_object_get_size (object) == 0 ? YAML_FLOW_MAPPING_STYLE
                                                                          : YAML_BLOCK_MAPPING_STYLE);
  emit (emitter, &event);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autoptr(JsonNode) other = json_node_alloc ();

      emit_text (emitter, name, resolve (name, other) ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                                                      : YAML_ANY_SCALAR_STYLE);
      emit_node (emitter, value);
    }
  yaml_mapping_end_event_initialize (&event);
  emit (emitter, &event);
}

static void
emit_node (yaml_emitter_t *emitter,
           JsonNode       *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    emit_mapping (emitter, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    emit_list (emitter, json_node_get_array (node));
  else
    emit_scalar (emitter, node);
}

char *
ballast_yaml_to_string (JsonNode *node)
{
  GString *text = g_string_new (NULL);
  yaml_emitter_t emitter;
  yaml_event_t event;

  if (!yaml_emitter_initialize (&emitter))
    g_error ("There is no memory to write YAML");
  yaml_emitter_set_output (&emitter, append_to_string, text);
  yaml_emitter_set_unicode (&emitter, 1);
  yaml_emitter_set_width (&emitter, 100);
  yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING);
  emit (&emitter, &event);
  yaml_document_start_event_initialize (&event, NULL, NULL, NULL, 1);
  emit (&emitter, &event);
  emit_node (&emitter, node);
  yaml_document_end_event_initialize (&event, 1);
  emit (&emitter, &event);
  yaml_stream_end_event_initialize (&event);
  emit (&emitter, &event);
  yaml_emitter_delete (&emitter);
  return g_string_free (text, FALSE);
}
