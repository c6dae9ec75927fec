/*
 * Edits of a hierarchy: checked whole, then done whole.
 *
 * What an edit names by id is looked up first, so that nothing was touched where it fails.  Cost is
 * linear in the nodes.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-hierarchy-private.h"

gboolean
ballast_hierarchy_check_name (const char *name,
                              GError    **error)
{
  if (name == NULL || *name == '\0')
    return ballast_refuse_setting (error, _("A group needs a name"));
  if (strlen (name) > BALLAST_HIERARCHY_MAX_NAME)
    return ballast_refuse_setting (error, _("A group’s name has %d bytes at most"),
                                   BALLAST_HIERARCHY_MAX_NAME);
  if (!g_utf8_validate (name, -1, NULL))
    return ballast_refuse_setting (error, _("A group’s name is UTF-8"));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return ballast_refuse_setting (error, _("A group’s name has no control characters"));
  return TRUE;
}

static BallastHierarchyNode *
find_group (const BallastHierarchy *self,
            guint                   id,
            GError                **error)
{
  BallastHierarchyNode *node = ballast_hierarchy_find (self, id);

  if (node == NULL)
    ballast_refuse_setting (error, _("The hierarchy has no node %u"), id);
  else if (node->is_class)
    ballast_refuse_setting (error, _("“%s” is a class, not a group"), node->name);
  return node != NULL && !node->is_class ? node : NULL;
}

static gboolean
has_id (const guint *ids,
        guint        n_ids,
        guint        id)
{
  for (guint i = 0; i < n_ids; i++)
    if (ids[i] == id)
      return TRUE;
  return FALSE;
}

static void
pick_below (BallastHierarchyNode *node,
            const guint          *ids,
            guint                 n_ids,
            GPtrArray            *picked)
{
  if (has_id (ids, n_ids, node->id))
    {
      g_ptr_array_add (picked, node);
      return;
    }
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    pick_below (ballast_hierarchy_node_get_child (node, i), ids, n_ids, picked);
}

/* (transfer container): the nodes called @ids in tree order, those below others left out; NULL with
 * @error for an unknown one, none, or the root. */
static GPtrArray *
pick (const BallastHierarchy *self,
      const guint            *ids,
      guint                   n_ids,
      GError                **error)
{
  GPtrArray *picked;

  for (guint i = 0; i < n_ids; i++)
    if (ballast_hierarchy_find (self, ids[i]) == NULL)
      {
        ballast_refuse_setting (error, _("The hierarchy has no node %u"), ids[i]);
        return NULL;
      }
  if (n_ids == 0 || has_id (ids, n_ids, self->root->id))
    {
      if (n_ids == 0)
        ballast_refuse_setting (error, _("Nothing is selected"));
      else
        ballast_refuse_setting (error, _("“%s” is the whole tree: it stays where it is"),
                                self->root->name);
      return NULL;
    }

  picked = g_ptr_array_new ();
  pick_below (self->root, ids, n_ids, picked);
  return picked;
}

static guint
find_position (const BallastHierarchyNode *node)
{
  guint position = 0;

  g_ptr_array_find (node->parent->children, node, &position);
  return position;
}

static guint
find_depth (const BallastHierarchyNode *node)
{
  guint depth = 0;

  while (node->parent != NULL)
    {
      node = node->parent;
      depth++;
    }
  return depth;
}

static guint
find_height (const BallastHierarchyNode *node)
{
  guint height = 0;

  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    height = MAX (height, 1 + find_height (ballast_hierarchy_node_get_child (node, i)));
  return height;
}

static gboolean
check_depth (GPtrArray *nodes,
             guint      parent_depth,
             GError   **error)
{
  for (guint i = 0; i < nodes->len; i++)
    if (parent_depth + 1 + find_height (g_ptr_array_index (nodes, i)) > BALLAST_HIERARCHY_MAX_DEPTH)
      return ballast_refuse_setting (error, _("Groups lie in each other %d deep at most"),
                                     BALLAST_HIERARCHY_MAX_DEPTH);
  return TRUE;
}

/* Takes the nodes from their parents and gives them to @parent, before what is at @position. */
static void
adopt (GPtrArray            *nodes,
       BallastHierarchyNode *parent,
       guint                 position)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      BallastHierarchyNode *node = g_ptr_array_index (nodes, i);
      guint old = find_position (node);

      g_ptr_array_steal_index (node->parent->children, old);
      if (node->parent == parent && old < position)
        position--;
      node->parent = parent;
      g_ptr_array_insert (parent->children, (int) position, node);
      position++;
    }
}

static const BallastHierarchyNode *
find_first_class (const BallastHierarchyNode *node)
{
  while (!node->is_class)
    node = ballast_hierarchy_node_get_child (node, 0);
  return node;
}

static guint
count_classes (const BallastHierarchyNode *node)
{
  guint n = node->is_class;

  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    n += count_classes (ballast_hierarchy_node_get_child (node, i));
  return n;
}

/* "paper, glass" or "paper +3" */
static char *
dup_name_of (GPtrArray *nodes)
{
  const BallastHierarchyNode *first = find_first_class (g_ptr_array_index (nodes, 0));
  guint n = 0;

  for (guint i = 0; i < nodes->len; i++)
    n += count_classes (g_ptr_array_index (nodes, i));
  if (n == 2 && nodes->len == 2)
    return g_strdup_printf ("%s, %s", first->name,
                            ((BallastHierarchyNode *) g_ptr_array_index (nodes, 1))->name);
  return g_strdup_printf ("%s +%u", first->name, n - 1);
}

gboolean
ballast_hierarchy_group (BallastHierarchy *self,
                         const guint      *ids,
                         guint             n_ids,
                         const char       *name,
                         guint            *id,
                         GError          **error)
{
  g_autoptr(GPtrArray) nodes = pick (self, ids, n_ids, error);
  BallastHierarchyNode *first, *group, *parent;
  g_autofree char *own_name = NULL;
  guint position, made;

  if (nodes == NULL || (name != NULL && !ballast_hierarchy_check_name (name, error)))
    return FALSE;
  if (name != NULL && ballast_hierarchy_find_name (self, name) != NULL)
    return ballast_refuse_setting (error, _("There is a “%s” in the hierarchy already"), name);
  if (nodes->len < 2)
    return ballast_refuse_setting (error, _("A group needs two members at least"));
  first = g_ptr_array_index (nodes, 0);
  parent = first->parent;
  if (!check_depth (nodes, find_depth (parent) + 1, error))
    return FALSE;

  position = find_position (first);
  own_name = name != NULL ? g_strdup (name) : dup_name_of (nodes);
  group = ballast_hierarchy_add_group (self, parent, own_name);
  made = group->id;
  g_ptr_array_steal_index (parent->children, parent->children->len - 1);
  g_ptr_array_insert (parent->children, (int) position, group);
  adopt (nodes, group, 0);
  ballast_hierarchy_tidy (self);
  /* A group of all there is is the root. */
  if (id != NULL)
    *id = ballast_hierarchy_find (self, made) != NULL ? made : self->root->id;
  return TRUE;
}

gboolean
ballast_hierarchy_ungroup (BallastHierarchy *self,
                           guint             id,
                           GError          **error)
{
  BallastHierarchyNode *group = find_group (self, id, error);

  if (group == NULL)
    return FALSE;
  if (group != self->root)
    {
      ballast_hierarchy_dissolve (group);
      return TRUE;
    }

  for (guint i = group->children->len; i > 0;)
    {
      BallastHierarchyNode *child = ballast_hierarchy_node_get_child (group, i - 1);

      if (child->is_class)
        {
          i--;
          continue;
        }
      i += child->children->len - 1;
      ballast_hierarchy_dissolve (child);
    }
  return TRUE;
}

gboolean
ballast_hierarchy_rename (BallastHierarchy *self,
                          guint             id,
                          const char       *name,
                          GError          **error)
{
  BallastHierarchyNode *group = find_group (self, id, error);
  const BallastHierarchyNode *other;

  if (group == NULL || !ballast_hierarchy_check_name (name, error))
    return FALSE;
  other = ballast_hierarchy_find_name (self, name);
  if (other != NULL && other != group)
    return ballast_refuse_setting (error, _("There is a “%s” in the hierarchy already"), name);

  if (other == NULL)
    {
      g_free (group->name);
      group->name = g_strdup (name);
    }
  return TRUE;
}

gboolean
ballast_hierarchy_move (BallastHierarchy *self,
                        const guint      *ids,
                        guint             n_ids,
                        guint             parent_id,
                        int               position,
                        GError          **error)
{
  g_autoptr(GPtrArray) nodes = pick (self, ids, n_ids, error);
  BallastHierarchyNode *parent = nodes == NULL ? NULL : find_group (self, parent_id, error);

  if (parent == NULL)
    return FALSE;
  for (guint i = 0; i < nodes->len; i++)
    {
      const BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      if (ballast_hierarchy_is_below (parent, node))
        return ballast_refuse_setting (error, _("“%s” cannot be moved into itself"), node->name);
    }
  if (!check_depth (nodes, find_depth (parent), error))
    return FALSE;

  adopt (nodes, parent,
         position < 0 ? parent->children->len : MIN ((guint) position, parent->children->len));
  ballast_hierarchy_tidy (self);
  return TRUE;
}

gboolean
ballast_hierarchy_remove (BallastHierarchy *self,
                          const guint      *ids,
                          guint             n_ids,
                          GError          **error)
{
  g_autoptr(GPtrArray) nodes = pick (self, ids, n_ids, error);

  if (nodes == NULL)
    return FALSE;
  for (guint i = 0; i < nodes->len; i++)
    {
      BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      g_ptr_array_remove_index (node->parent->children, find_position (node));
    }
  ballast_hierarchy_tidy (self);
  return TRUE;
}

gboolean
ballast_hierarchy_insert_classes (BallastHierarchy  *self,
                                  const char *const *names,
                                  guint              parent_id,
                                  int                position,
                                  GError           **error)
{
  BallastHierarchyNode *parent = find_group (self, parent_id, error);
  g_autoptr(GPtrArray) added = g_ptr_array_new ();

  if (parent == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      const BallastHierarchyNode *other = ballast_hierarchy_find_name (self, names[i]);

      if ((other != NULL && other->is_class) || g_strv_contains (names + i + 1, names[i]))
        return ballast_refuse_setting (error, _("“%s” is in the hierarchy already"), names[i]);
    }

  if (position < 0 || (guint) position > parent->children->len)
    position = (int) parent->children->len;
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (added, ballast_hierarchy_add_class (self, parent, names[i]));
  adopt (added, parent, (guint) position);
  ballast_hierarchy_tidy (self);
  return TRUE;
}

gboolean
ballast_hierarchy_set_accuracy (BallastHierarchy *self,
                                guint             id,
                                double            accuracy,
                                GError          **error)
{
  BallastHierarchyNode *group = id == 0 ? NULL : find_group (self, id, error);

  if (id != 0 && group == NULL)
    return FALSE;
  if (!(accuracy <= 1) || (id == 0 && accuracy < 0))
    return ballast_refuse_setting (error, _("An accuracy is a number from 0 to 1"));

  if (group != NULL)
    group->accuracy = accuracy < 0 ? -1 : accuracy;
  else
    self->accuracy = accuracy;
  return TRUE;
}

gboolean
ballast_hierarchy_set_one_vs_rest (BallastHierarchy *self,
                                   guint             id,
                                   gboolean          one_vs_rest,
                                   GError          **error)
{
  BallastHierarchyNode *group = find_group (self, id, error);

  if (group == NULL)
    return FALSE;

  group->one_vs_rest = one_vs_rest;
  return TRUE;
}

void
ballast_hierarchy_rename_class (BallastHierarchy *self,
                                const char       *from,
                                const char       *to)
{
  BallastHierarchyNode *node = ballast_hierarchy_find_name (self, from);

  if (node == NULL || !node->is_class)
    return;

  g_free (node->name);
  node->name = g_strdup (to);
  ballast_hierarchy_tidy (self);
}

void
ballast_hierarchy_keep_classes (BallastHierarchy  *self,
                                const char *const *names,
                                guint              n_names)
{
  g_autoptr(GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (self);

  for (guint i = 0; i < n_names; i++)
    g_hash_table_add (kept, (gpointer) names[i]);
  for (guint i = 0; i < nodes->len; i++)
    {
      BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      if (node->is_class && !g_hash_table_contains (kept, node->name))
        g_ptr_array_remove_index (node->parent->children, find_position (node));
    }
  ballast_hierarchy_tidy (self);
}
