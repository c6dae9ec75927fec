/*
 * Trees as tables: one column a level, as HiClass and spreadsheets have them.
 *
 * Rows may be those of samples, so the same path comes again and again: groups are found by a hash
 * of parent and name, and memory is that of the tree.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-hierarchy-private.h"
#include "ballast-hierarchy-read.h"

typedef struct
{
  BallastHierarchy *tree;
  GHashTable       *groups;  /* "parent id/name" → group */
  GHashTable       *classes; /* name → class */
} Building;

static BallastHierarchyNode *
get_group (Building             *building,
           BallastHierarchyNode *parent,
           const char           *name)
{
  g_autofree char *key = g_strdup_printf ("%u/%s", parent->id, name);
  BallastHierarchyNode *group = g_hash_table_lookup (building->groups, key);

  if (group == NULL)
    {
      group = ballast_hierarchy_add_group (building->tree, parent, name);
      g_hash_table_insert (building->groups, g_steal_pointer (&key), group);
    }
  return group;
}

/* The number of names up to the last that is not empty. */
static guint
get_length (const char *const *row)
{
  guint length = 0;

  for (guint i = 0; row[i] != NULL; i++)
    if (*row[i] != '\0')
      length = i + 1;
  return length;
}

static gboolean
is_level_title (const char *cell)
{
  static const char *const titles[] = { "class", "label", "category", "level", "group", "parent",
                                        "child", "species", "root" };
  g_autofree char *folded = g_utf8_strdown (cell, -1);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_has_prefix (folded, titles[i]) &&
        strspn (folded + strlen (titles[i]), " _-0123456789") == strlen (folded + strlen (titles[i])))
      return TRUE;
  return *cell == '\0';
}

static gboolean
is_title_row (const char *const *row)
{
  for (guint i = 0; row[i] != NULL; i++)
    if (!is_level_title (row[i]))
      return FALSE;
  return row[0] != NULL && *row[0] != '\0';
}

static gboolean
add_row (Building          *building,
         const char *const *row,
         GError           **error)
{
  guint length = get_length (row);
  BallastHierarchyNode *parent = building->tree->root, *known;
  const char *name = length == 0 ? NULL : row[length - 1];

  if (length == 0)
    return TRUE;
  if (length > BALLAST_HIERARCHY_MAX_DEPTH)
    return ballast_refuse_setting (error, _("“%s” lies too deep"), name);

  for (guint i = 0; i + 1 < length; i++)
    if (*row[i] != '\0')
      parent = get_group (building, parent, row[i]);
  known = g_hash_table_lookup (building->classes, name);
  if (known != NULL)
    return known->parent == parent ||
           ballast_refuse_setting (error, _("“%s” is in two places of the tree"), name);

  known = ballast_hierarchy_add_class (building->tree, parent, name);
  g_hash_table_insert (building->classes, known->name, known);
  return TRUE;
}

/* The levels of a row whose first cell is the class again. */
static const char *const *
skip_class (const char *const *row)
{
  guint length = get_length (row);

  return length > 1 && strcmp (row[0], row[length - 1]) == 0 ? row + 1 : row;
}

BallastHierarchy *
ballast_hierarchy_new_from_rows (const char *const *const *rows,
                                 guint                     n_rows,
                                 GError                  **error)
{
  g_autoptr(BallastHierarchy) tree = ballast_hierarchy_new (NULL);
  g_autoptr(GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) classes = g_hash_table_new (g_str_hash, g_str_equal);
  Building building = { tree, groups, classes };
  gboolean titled = n_rows > 1 && is_title_row (rows[0]);
  gboolean repeats = titled && g_ascii_strcasecmp (rows[0][0], "class") == 0;

  for (guint i = titled; i < n_rows; i++)
    if (!add_row (&building, repeats ? skip_class (rows[i]) : rows[i], error))
      return NULL;
  if (g_hash_table_size (classes) == 0)
    {
      ballast_refuse_setting (error, "%s", _("The table has no classes in it"));
      return NULL;
    }

  ballast_hierarchy_tidy (tree);
  return g_steal_pointer (&tree);
}

static guint
get_depth (const BallastHierarchyNode *node)
{
  guint depth = 0;

  while (node->parent != NULL)
    {
      node = node->parent;
      depth++;
    }
  return depth;
}

static char **
make_titles (guint depth)
{
  char **row = g_new0 (char *, depth + 2);

  row[0] = g_strdup ("class");
  for (guint i = 1; i <= depth; i++)
    row[i] = g_strdup_printf ("level_%u", i);
  return row;
}

static char **
make_row (const BallastHierarchyNode *node,
          guint                       depth)
{
  char **row = g_new0 (char *, depth + 2);
  guint own = get_depth (node);

  row[0] = g_strdup (node->name);
  for (guint i = depth; i > own; i--)
    row[i] = g_strdup ("");
  for (; own > 0; own--)
    {
      row[own] = g_strdup (node->name);
      node = node->parent;
    }
  return row;
}

GPtrArray *
ballast_hierarchy_dup_rows (const BallastHierarchy *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (self);
  guint depth = 0;

  for (guint i = 0; i < nodes->len; i++)
    depth = MAX (depth, get_depth (g_ptr_array_index (nodes, i)));
  g_ptr_array_add (rows, make_titles (depth));
  for (guint i = 0; i < nodes->len; i++)
    if (((BallastHierarchyNode *) g_ptr_array_index (nodes, i))->is_class)
      g_ptr_array_add (rows, make_row (g_ptr_array_index (nodes, i), depth));
  return rows;
}
