/*
 * A tree over the classes: the value, its lookups, and the rules that hold after every edit.
 *
 * Invariant outside of this layer: ids and names are each of one node only, and a group but the root
 * has two children at least.  Not shared between threads; copies are cheap (a thousand nodes take
 * some tens of microseconds).
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-private.h"

#include <string.h>

void
ballast_hierarchy_node_free (BallastHierarchyNode *node)
{
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node->name);
  g_free (node);
}

static BallastHierarchyNode *
node_new (guint       id,
          const char *name,
          gboolean    is_class)
{
  BallastHierarchyNode *node = g_new0 (BallastHierarchyNode, 1);

  node->id = id;
  node->name = g_strdup (name);
  node->is_class = is_class;
  node->accuracy = -1;
  if (!is_class)
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_hierarchy_node_free);
  return node;
}

/* Room for the number behind a name that is taken. */
#define MAX_MADE_NAME (BALLAST_HIERARCHY_MAX_NAME - 20)

/* (transfer full): what a group may be called that is as near to @name as can be. */
static char *
dup_group_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *text = g_string_new (NULL);

  for (const char *p = valid; *p != '\0' && text->len < MAX_MADE_NAME - 4; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      g_string_append_unichar (text, g_unichar_iscntrl (letter) ? ' ' : letter);
    }
  g_strstrip (text->str);
  if (*text->str == '\0')
    g_string_assign (text, "group");
  return g_string_free (text, FALSE);
}

static BallastHierarchyNode *
node_copy (const BallastHierarchyNode *node,
           BallastHierarchyNode       *parent)
{
  BallastHierarchyNode *copy = node_new (node->id, node->name, node->is_class);

  copy->one_vs_rest = node->one_vs_rest;
  copy->accuracy = node->accuracy;
  copy->parent = parent;
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    g_ptr_array_add (copy->children,
                     node_copy (ballast_hierarchy_node_get_child (node, i), copy));
  return copy;
}

BallastHierarchy *
ballast_hierarchy_new (const char *name)
{
  BallastHierarchy *self = g_new0 (BallastHierarchy, 1);
  g_autofree char *root_name = NULL;

  root_name = dup_group_name (name != NULL ? name : "all");
  self->root = node_new (1, root_name, FALSE);
  self->next_id = 2;
  self->accuracy = BALLAST_HIERARCHY_ACCURACY;
  return self;
}

BallastHierarchy *
ballast_hierarchy_copy (const BallastHierarchy *self)
{
  BallastHierarchy *copy = g_new0 (BallastHierarchy, 1);

  copy->root = node_copy (self->root, NULL);
  copy->next_id = self->next_id;
  copy->accuracy = self->accuracy;
  return copy;
}

void
ballast_hierarchy_free (BallastHierarchy *self)
{
  ballast_hierarchy_node_free (self->root);
  g_free (self);
}

static gboolean
node_equal (const BallastHierarchyNode *a,
            const BallastHierarchyNode *b)
{
  guint n = ballast_hierarchy_node_get_n_children (a);

  if (a->id != b->id || a->is_class != b->is_class || a->one_vs_rest != b->one_vs_rest ||
      MAX (a->accuracy, -1) != MAX (b->accuracy, -1) || strcmp (a->name, b->name) != 0 ||
      n != ballast_hierarchy_node_get_n_children (b))
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (!node_equal (ballast_hierarchy_node_get_child (a, i),
                     ballast_hierarchy_node_get_child (b, i)))
      return FALSE;
  return TRUE;
}

gboolean
ballast_hierarchy_equal (const BallastHierarchy *a,
                         const BallastHierarchy *b)
{
  return a->accuracy == b->accuracy && node_equal (a->root, b->root);
}

gboolean
ballast_hierarchy_is_empty (const BallastHierarchy *self)
{
  return self->root->children->len == 0;
}

static void
list_below (BallastHierarchyNode *node,
            gboolean              groups_only,
            GPtrArray            *nodes)
{
  if (!groups_only || (!node->is_class && node->children->len > 0))
    g_ptr_array_add (nodes, node);
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    list_below (ballast_hierarchy_node_get_child (node, i), groups_only, nodes);
}

GPtrArray *
ballast_hierarchy_list_nodes (const BallastHierarchy *self)
{
  GPtrArray *nodes = g_ptr_array_new ();

  list_below (self->root, FALSE, nodes);
  return nodes;
}

GPtrArray *
ballast_hierarchy_list_groups (const BallastHierarchy *self)
{
  GPtrArray *nodes = g_ptr_array_new ();

  list_below (self->root, TRUE, nodes);
  return nodes;
}

BallastHierarchyNode *
ballast_hierarchy_find (const BallastHierarchy *self,
                        guint                   id)
{
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (self);

  for (guint i = 0; i < nodes->len; i++)
    if (((BallastHierarchyNode *) g_ptr_array_index (nodes, i))->id == id)
      return g_ptr_array_index (nodes, i);
  return NULL;
}

BallastHierarchyNode *
ballast_hierarchy_find_name (const BallastHierarchy *self,
                             const char             *name)
{
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (self);

  for (guint i = 0; i < nodes->len; i++)
    if (strcmp (((BallastHierarchyNode *) g_ptr_array_index (nodes, i))->name, name) == 0)
      return g_ptr_array_index (nodes, i);
  return NULL;
}

gboolean
ballast_hierarchy_is_below (const BallastHierarchyNode *node,
                            const BallastHierarchyNode *ancestor)
{
  while (node != NULL && node != ancestor)
    node = node->parent;
  return node != NULL;
}

double
ballast_hierarchy_get_accuracy (const BallastHierarchy     *self,
                                const BallastHierarchyNode *group)
{
  return group->accuracy >= 0 ? group->accuracy : self->accuracy;
}

static BallastHierarchyNode *
append (BallastHierarchy     *self,
        BallastHierarchyNode *parent,
        BallastHierarchyNode *node)
{
  node->parent = parent;
  g_ptr_array_add (parent->children, node);
  self->next_id = MAX (self->next_id, node->id + 1);
  return node;
}

BallastHierarchyNode *
ballast_hierarchy_add_group (BallastHierarchy     *self,
                             BallastHierarchyNode *parent,
                             const char           *name)
{
  g_autofree char *own_name = dup_group_name (name);

  return append (self, parent, node_new (self->next_id, own_name, FALSE));
}

BallastHierarchyNode *
ballast_hierarchy_add_class (BallastHierarchy     *self,
                             BallastHierarchyNode *parent,
                             const char           *name)
{
  return append (self, parent, node_new (self->next_id, name, TRUE));
}

BallastHierarchyNode *
ballast_hierarchy_node_add (BallastHierarchy           *self,
                            BallastHierarchyNode       *parent,
                            const BallastHierarchyNode *like)
{
  BallastHierarchyNode *node = node_new (like->id, like->name, like->is_class);

  node->one_vs_rest = like->one_vs_rest;
  node->accuracy = like->accuracy;
  return append (self, parent, node);
}

/* Puts the only child of the group at @position of @parent in its place, or takes the empty group
 * out. */
static void
dissolve (BallastHierarchyNode *parent,
          guint                 position)
{
  g_autoptr(GPtrArray) heirs = NULL;
  BallastHierarchyNode *group = ballast_hierarchy_node_get_child (parent, position);

  heirs = g_steal_pointer (&group->children);
  g_ptr_array_remove_index (parent->children, position);
  g_ptr_array_set_free_func (heirs, NULL);
  for (guint i = 0; i < heirs->len; i++)
    {
      BallastHierarchyNode *heir = g_ptr_array_index (heirs, i);

      heir->parent = parent;
      g_ptr_array_insert (parent->children, (int) (position + i), heir);
    }
}

static void
tidy_below (BallastHierarchyNode *node)
{
  for (guint i = ballast_hierarchy_node_get_n_children (node); i > 0; i--)
    {
      BallastHierarchyNode *child = ballast_hierarchy_node_get_child (node, i - 1);

      tidy_below (child);
      if (!child->is_class && child->children->len < 2)
        dissolve (node, i - 1);
    }
}

/* Takes @node's name, or the first with a number behind it that is free. */
static void
take_name (GHashTable           *taken,
           BallastHierarchyNode *node)
{
  g_autofree char *wanted = NULL;

  if (!g_hash_table_contains (taken, node->name))
    {
      g_hash_table_add (taken, node->name);
      return;
    }

  wanted = g_steal_pointer (&node->name);
  for (guint number = 2; node->name == NULL || g_hash_table_contains (taken, node->name); number++)
    {
      g_free (node->name);
      node->name = g_strdup_printf ("%s %u", wanted, number);
    }
  g_hash_table_add (taken, node->name);
}

/* Names of groups give way to those of classes. */
static void
part_names (BallastHierarchy *self)
{
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (self);
  g_autoptr(GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < nodes->len; i++)
    {
      BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      if (node->is_class)
        g_hash_table_add (taken, node->name);
    }
  for (guint i = 0; i < nodes->len; i++)
    {
      BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      if (!node->is_class)
        take_name (taken, node);
    }
}

void
ballast_hierarchy_dissolve (BallastHierarchyNode *group)
{
  guint position;

  if (g_ptr_array_find (group->parent->children, group, &position))
    dissolve (group->parent, position);
}

void
ballast_hierarchy_tidy (BallastHierarchy *self)
{
  GPtrArray *children = self->root->children;

  tidy_below (self->root);
  if (children->len == 1 && !ballast_hierarchy_node_get_child (self->root, 0)->is_class)
    dissolve (self->root, 0);
  part_names (self);
}
