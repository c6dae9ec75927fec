/*
 * What makes images belong together, as a value and as text.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-grouping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-document-error.h"
#include "ballast-document-private.h"
#include "ballast-json-members.h"
#include "ballast-json.h"

static const char *const kind_names[] = {
  [BALLAST_GROUPING_KEEP] = "stored",
  [BALLAST_GROUPING_NONE] = "none",
  [BALLAST_GROUPING_FOLDER] = "folder",
  [BALLAST_GROUPING_PATTERN] = "pattern",
  [BALLAST_GROUPING_FIELD] = "field",
  [BALLAST_GROUPING_DUPLICATES] = "duplicates",
  [BALLAST_GROUPING_NEAR_DUPLICATES] = "near-duplicates",
};

void
ballast_grouping_copy (const BallastGrouping *grouping,
                       BallastGrouping       *copy)
{
  *copy = *grouping;
  copy->pattern = g_strdup (grouping->pattern);
}

void
ballast_grouping_clear (BallastGrouping *grouping)
{
  g_clear_pointer (&grouping->pattern, g_free);
}

const char *
ballast_grouping_kind_get_name (BallastGroupingKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
ballast_grouping_check (const BallastGrouping *grouping,
                        GError               **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(GRegex) regex = NULL;

  if (grouping->kind != BALLAST_GROUPING_PATTERN)
    return TRUE;
  if (grouping->pattern != NULL && *grouping->pattern != '\0')
    regex = g_regex_new (grouping->pattern, G_REGEX_OPTIMIZE, 0, &reason);
  if (regex != NULL)
    return TRUE;

  g_set_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
               _("“%s” is no regular expression: %s"),
               grouping->pattern != NULL ? grouping->pattern : "",
               reason != NULL ? reason->message : _("it is empty"));
  return FALSE;
}

static gboolean
is_column (BallastDocument *document,
           const char      *name)
{
  g_auto(GStrv) columns = ballast_document_dup_group_columns (document);

  return g_strv_contains ((const char *const *) columns, name);
}

gboolean
ballast_grouping_parse (BallastGrouping *grouping,
                        const char      *text,
                        BallastDocument *document,
                        GError         **error)
{
  g_auto(BallastGrouping) parsed = { .kind = BALLAST_GROUPING_PATTERN,
                                      .distance = BALLAST_NEAR_DISTANCE };

  for (guint kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    if (kind != BALLAST_GROUPING_PATTERN && kind != BALLAST_GROUPING_FIELD &&
        g_str_equal (text, kind_names[kind]))
      parsed.kind = kind;
  if (parsed.kind == BALLAST_GROUPING_PATTERN && is_column (document, text))
    parsed.kind = BALLAST_GROUPING_FIELD;
  if (parsed.kind == BALLAST_GROUPING_PATTERN)
    parsed.pattern = g_strdup (text);
  if (!ballast_grouping_check (&parsed, error))
    return FALSE;

  ballast_grouping_clear (grouping);
  ballast_grouping_copy (&parsed, grouping);
  return TRUE;
}

char *
ballast_grouping_to_json (const BallastGrouping *grouping)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "by", ballast_grouping_kind_get_name (grouping->kind));
  if (grouping->kind == BALLAST_GROUPING_PATTERN)
    ballast_json_add_string (builder, "pattern", grouping->pattern);
  if (grouping->kind == BALLAST_GROUPING_NEAR_DUPLICATES)
    {
      ballast_json_add_int (builder, "distance", grouping->distance);
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);

  return ballast_json_to_string (node, FALSE);
}

gboolean
ballast_grouping_from_json (BallastGrouping *grouping,
                            const char      *json)
{
  g_autoptr(JsonNode) node = ballast_json_parse (json, -1, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;
  const char *by = object != NULL ? json_object_get_string_member_with_default (object, "by", "") : "";
  BallastGrouping read = { .kind = BALLAST_GROUPING_KEEP };

  for (guint kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    if (g_str_equal (by, kind_names[kind]))
      read.kind = kind;
  if (read.kind == BALLAST_GROUPING_KEEP || read.kind == BALLAST_GROUPING_NONE)
    return FALSE;
  read.pattern = (char *) json_object_get_string_member_with_default (object, "pattern", NULL);
  read.distance = (guint) CLAMP (json_object_get_int_member_with_default (object, "distance",
                                                                          BALLAST_NEAR_DISTANCE),
                                 0, BALLAST_NEAR_MAX_DISTANCE);
  if (!ballast_grouping_check (&read, NULL))
    return FALSE;
  ballast_grouping_copy (&read, grouping);

  return TRUE;
}

/* What the source's reader took for the column of groups; NULL: none. */
static char *
dup_group_column (const BallastSource *source)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;
  JsonNode *member;

  if (source->options == NULL)
    return NULL;
  node = ballast_json_parse (source->options, -1, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  member = json_object_get_member (object, "group-column");
  if (member == NULL || json_node_get_value_type (member) != G_TYPE_STRING)
    return NULL;

  return json_node_dup_string (member);
}

char **
ballast_document_dup_group_columns (BallastDocument *document)
{
  const GPtrArray *sources = ballast_document_get_snapshot (document)->sources;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sources->len; i++)
    {
      char *column = dup_group_column (g_ptr_array_index (sources, i));

      if (column == NULL)
        continue;
      if (*column != '\0' && !g_hash_table_contains (seen, column))
        g_strv_builder_add (builder, column);
      g_hash_table_add (seen, column);
    }

  return g_strv_builder_end (builder);
}
