/*
 * Trees from JSON in the shapes that people have them in.
 *
 * All but our own shape are turned into rows of names, top down, and read as such.  The parser has
 * bounded how deep brackets are nested.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-balance-error.h"

/* The rows so far, and the groups above what is read now. */
typedef struct
{
  GPtrArray *rows; /* of char ** */
  GPtrArray *path; /* of const char * */
} Rows;

static BallastHierarchy *
refuse (const char *text,
        GError    **error)
{
  g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING, text);
  return NULL;
}

static const char *
text_of (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static const char *
member_text (JsonObject *object,
             const char *name)
{
  return text_of (json_object_get_member (object, name));
}

static JsonArray *
member_array (JsonObject *object,
              const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
add_leaf (Rows       *rows,
          const char *name)
{
  char **row = g_new0 (char *, rows->path->len + 2);

  for (guint i = 0; i < rows->path->len; i++)
    row[i] = g_strdup (g_ptr_array_index (rows->path, i));
  row[rows->path->len] = g_strdup (name);
  g_ptr_array_add (rows->rows, row);
}

static gboolean add_any (Rows       *rows,
                         const char *name,
                         JsonNode   *node);

static gboolean
add_array (Rows      *rows,
           JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!add_any (rows, NULL, json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

/* {"name", "children"} or {"class"}. */
static gboolean
add_named (Rows       *rows,
           JsonObject *object)
{
  JsonArray *children = member_array (object, "children");
  const char *name = member_text (object, "name");
  gboolean added;

  if (name == NULL)
    name = member_text (object, "class");
  if (name == NULL)
    return FALSE;
  if (children == NULL || json_array_get_length (children) == 0)
    {
      add_leaf (rows, name);
      return TRUE;
    }

  g_ptr_array_add (rows->path, (gpointer) name);
  added = add_array (rows, children);
  g_ptr_array_remove_index (rows->path, rows->path->len - 1);
  return added;
}

/* {"animal": …, "tools": …} */
static gboolean
add_members (Rows       *rows,
             JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!add_any (rows, name, value))
      return FALSE;
  return TRUE;
}

static gboolean
is_empty (JsonNode *node)
{
  return JSON_NODE_HOLDS_NULL (node) ||
         (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0) ||
         (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0);
}

static gboolean
add_inner (Rows     *rows,
           JsonNode *node)
{
  JsonObject *object;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return add_array (rows, json_node_get_array (node));
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  object = json_node_get_object (node);
  if (member_array (object, "children") != NULL || member_text (object, "class") != NULL ||
      member_text (object, "name") != NULL)
    return add_named (rows, object);
  return add_members (rows, object);
}

/* @name: the member that @node is the value of. */
static gboolean
add_any (Rows       *rows,
         const char *name,
         JsonNode   *node)
{
  gboolean added;

  if (name == NULL && text_of (node) != NULL)
    {
      add_leaf (rows, text_of (node));
      return TRUE;
    }
  if (name == NULL)
    return add_inner (rows, node);
  if (is_empty (node))
    {
      add_leaf (rows, name);
      return TRUE;
    }

  g_ptr_array_add (rows->path, (gpointer) name);
  added = text_of (node) != NULL ? add_any (rows, NULL, node) : add_inner (rows, node);
  g_ptr_array_remove_index (rows->path, rows->path->len - 1);
  return added;
}

/* [{"name", "parent"}]: a leaf is what is nobody's parent. */
static gboolean
add_linked (Rows      *rows,
            JsonArray *array)
{
  g_autoptr(GHashTable) parents = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) inner = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = json_array_get_length (array);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      const char *name = object == NULL ? NULL : member_text (object, "name");
      const char *parent = name == NULL ? NULL : member_text (object, "parent");

      if (name == NULL || g_hash_table_contains (parents, name))
        return FALSE;
      g_hash_table_insert (parents, (gpointer) name, (gpointer) parent);
      if (parent != NULL)
        g_hash_table_add (inner, (gpointer) parent);
    }

  for (guint i = 0; i < n; i++)
    {
      const char *leaf = member_text (json_node_get_object (json_array_get_element (array, i)), "name");
      const char *name = g_hash_table_lookup (parents, leaf);

      if (g_hash_table_contains (inner, leaf))
        continue;
      for (; name != NULL && rows->path->len <= BALLAST_HIERARCHY_MAX_DEPTH;
           name = g_hash_table_lookup (parents, name))
        g_ptr_array_insert (rows->path, 0, (gpointer) name);
      if (rows->path->len > BALLAST_HIERARCHY_MAX_DEPTH)
        return FALSE;
      add_leaf (rows, leaf);
      g_ptr_array_set_size (rows->path, 0);
    }
  return TRUE;
}

static gboolean
is_own (JsonArray *nodes)
{
  JsonNode *first = json_array_get_length (nodes) > 0 ? json_array_get_element (nodes, 0) : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) &&
         json_object_has_member (json_node_get_object (first), "group");
}

/* A top that holds all becomes the root, with its name. */
static BallastHierarchy *
build (GPtrArray *rows,
       GError   **error)
{
  BallastHierarchy *tree;
  const char *top = NULL;
  gboolean shared = rows->len > 0;

  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      shared = shared && row[0] != NULL && row[1] != NULL && (top == NULL || strcmp (top, row[0]) == 0);
      top = row[0];
    }
  tree = ballast_hierarchy_new_from_rows ((const char *const *const *) rows->pdata, rows->len, error);
  if (tree != NULL && shared)
    {
      g_free (tree->root->name);
      tree->root->name = g_strndup (top, BALLAST_HIERARCHY_MAX_NAME / 4);
      ballast_hierarchy_tidy (tree);
    }
  return tree;
}

BallastHierarchy *
ballast_hierarchy_new_from_any_json (JsonNode *node,
                                     GError  **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr(GPtrArray) path = g_ptr_array_new ();
  Rows reading = { rows, path };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *nodes = object == NULL ? NULL : member_array (object, "nodes");
  gboolean read;

  if (object != NULL && json_object_has_member (object, "tree"))
    return ballast_hierarchy_new_from_any_json (json_object_get_member (object, "tree"), error);
  if (nodes != NULL && is_own (nodes))
    return ballast_hierarchy_from_json (node, error);

  read = nodes != NULL ? add_linked (&reading, nodes) : add_any (&reading, NULL, node);
  if (!read || rows->len == 0)
    return refuse (_("The file is JSON, but no tree of classes: see the manual for the shapes that "
                      "are read"), error);
  return build (rows, error);
}
