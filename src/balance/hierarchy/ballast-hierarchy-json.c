/*
 * A hierarchy as the JSON that a project keeps: a flat list of nodes, so that no depth of groups
 * meets the limit of brackets.
 *
 * What is read is checked like anything from outside: a parent comes before its children, ids and
 * classes come once, groups are not deeper than allowed.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-private.h"

#define MAX_NODES 1000000

static void
add_node (JsonArray                  *array,
          const BallastHierarchyNode *node)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", node->id);
  if (node->parent != NULL)
    json_object_set_int_member (object, "parent", node->parent->id);
  json_object_set_string_member (object, node->is_class ? "class" : "group", node->name);
  if (node->accuracy >= 0)
    json_object_set_double_member (object, "accuracy", node->accuracy);
  if (node->one_vs_rest)
    json_object_set_boolean_member (object, "one_vs_rest", TRUE);
  json_array_add_object_element (array, object);
}

JsonNode *
ballast_hierarchy_to_json (const BallastHierarchy *self)
{
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (self);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    add_node (array, g_ptr_array_index (nodes, i));
  json_object_set_int_member (object, "schema", 1);
  json_object_set_double_member (object, "accuracy", self->accuracy);
  json_object_set_int_member (object, "next_id", self->next_id);
  json_object_set_array_member (object, "nodes", array);
  json_node_take_object (node, object);
  return node;
}

static gboolean
refuse (const char *what,
        GError    **error)
{
  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
               "this is no hierarchy: %s", what);
  return FALSE;
}

static const char *
text_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

/* 0 where there is none that is a whole number from 1 on. */
static guint
id_of (JsonObject *object,
       const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 id = 0;

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    id = json_node_get_int (node);
  return id > 0 && id < G_MAXINT ? (guint) id : 0;
}

static double
accuracy_of (JsonObject *object,
             double      otherwise)
{
  JsonNode *node = json_object_get_member (object, "accuracy");
  double value = otherwise;

  if (node != NULL && (json_node_get_value_type (node) == G_TYPE_DOUBLE ||
                       json_node_get_value_type (node) == G_TYPE_INT64))
    value = json_node_get_double (node);
  return value >= 0 && value <= 1 ? value : otherwise;
}

static gboolean
flag_of (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

/* What is known while nodes are read. */
typedef struct
{
  BallastHierarchy *tree;
  GHashTable       *by_id;
  GHashTable       *classes;
} Reading;

static gboolean
is_too_deep (const BallastHierarchyNode *parent)
{
  guint depth = 1;

  while (parent->parent != NULL)
    {
      parent = parent->parent;
      depth++;
    }
  return depth > BALLAST_HIERARCHY_MAX_DEPTH;
}

static gboolean
read_root (Reading                    *reading,
           const BallastHierarchyNode *like,
           GError                    **error)
{
  BallastHierarchyNode *root = reading->tree->root;

  if (like->is_class)
    return refuse ("it begins with a class", error);

  root->id = like->id;
  root->accuracy = like->accuracy;
  root->one_vs_rest = like->one_vs_rest;
  g_free (root->name);
  root->name = g_strdup (like->name);
  reading->tree->next_id = MAX (reading->tree->next_id, root->id + 1);
  g_hash_table_insert (reading->by_id, GUINT_TO_POINTER (root->id), root);
  return TRUE;
}

static gboolean
read_node (Reading    *reading,
           JsonObject *object,
           gboolean    first,
           GError    **error)
{
  const char *class_name = text_of (object, "class"), *group = text_of (object, "group");
  const char *name = class_name != NULL ? class_name : group;
  BallastHierarchyNode like = { id_of (object, "id"), (char *) name, class_name != NULL,
                                flag_of (object, "one_vs_rest"), accuracy_of (object, -1) };
  BallastHierarchyNode *parent;

  if (name == NULL || (class_name == NULL && !ballast_hierarchy_check_name (name, NULL)))
    return refuse ("a node has no name", error);
  if (like.id == 0 || g_hash_table_contains (reading->by_id, GUINT_TO_POINTER (like.id)))
    return refuse ("a node's id is missing or comes twice", error);
  if (first)
    return read_root (reading, &like, error);

  parent = g_hash_table_lookup (reading->by_id, GUINT_TO_POINTER (id_of (object, "parent")));
  if (parent == NULL || parent->is_class)
    return refuse ("a node's parent is no group before it", error);
  if (is_too_deep (parent))
    return refuse ("its groups lie too deep in each other", error);
  if (class_name != NULL && !g_hash_table_add (reading->classes, (gpointer) class_name))
    return refuse ("a class comes twice", error);

  parent = ballast_hierarchy_node_add (reading->tree, parent, &like);
  g_hash_table_insert (reading->by_id, GUINT_TO_POINTER (parent->id), parent);
  return TRUE;
}

static gboolean
read_nodes (Reading   *reading,
            JsonArray *array,
            GError   **error)
{
  guint n = json_array_get_length (array);

  if (n == 0 || n > MAX_NODES)
    return refuse ("it has no nodes, or too many", error);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse ("a node is no object", error);
      if (!read_node (reading, json_node_get_object (element), i == 0, error))
        return FALSE;
    }
  return TRUE;
}

BallastHierarchy *
ballast_hierarchy_from_json (JsonNode *node,
                             GError  **error)
{
  g_autoptr(BallastHierarchy) self = ballast_hierarchy_new (NULL);
  g_autoptr(GHashTable) by_id = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) classes = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { self, by_id, classes };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *nodes = object == NULL ? NULL : json_object_get_member (object, "nodes");

  if (nodes == NULL || !JSON_NODE_HOLDS_ARRAY (nodes))
    {
      refuse ("it has no list of nodes", error);
      return NULL;
    }
  if (!read_nodes (&reading, json_node_get_array (nodes), error))
    return NULL;

  self->accuracy = accuracy_of (object, BALLAST_HIERARCHY_ACCURACY);
  self->next_id = MAX (self->next_id, id_of (object, "next_id"));
  ballast_hierarchy_tidy (self);
  return g_steal_pointer (&self);
}
