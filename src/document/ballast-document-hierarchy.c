/*
 * The hierarchy of a project: its figures, suggestions for it, and trees from elsewhere fitted to it.
 *
 * Main thread; nothing here asks the project file.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-hierarchy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-document-error.h"
#include "ballast-document-private.h"
#include "ballast-hierarchy-dataset.h"
#include "ballast-hierarchy-edit.h"

/* (transfer container): the names of all classes, in index order. */
static const char **
list_names (const BallastTally *tally)
{
  const char **names = g_new0 (const char *, tally->n_classes + 1);

  for (guint i = 0; i < tally->n_classes; i++)
    names[i] = tally->classes[i].name;
  return names;
}

static guint64 *
dup_counts (BallastDocument *document)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  const BallastBalanceSettings *balance;

  balance = ballast_settings_get_balance (ballast_document_get_settings (document));
  return ballast_unit_dup_counts (balance->unit, tally, ballast_tally_get_training_split (tally));
}

BallastHierarchyFigures *
ballast_document_dup_hierarchy_figures (BallastDocument        *document,
                                        const BallastHierarchy *hierarchy)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  g_autofree const char **names = list_names (tally);
  g_autofree guint64 *counts = dup_counts (document);

  if (hierarchy == NULL)
    hierarchy = ballast_settings_get_hierarchy (ballast_document_get_settings (document));
  return ballast_hierarchy_figures_new (hierarchy, names, counts, tally->n_classes);
}

BallastHierarchy *
ballast_document_suggest_hierarchy (BallastDocument                  *document,
                                    const BallastHierarchySuggestion *suggestion,
                                    GError                          **error)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  const BallastHierarchy *now;
  g_autofree const char **names = list_names (tally);
  g_autofree guint64 *counts = dup_counts (document);
  BallastHierarchyInput input = {
    .names = names,
    .counts = counts,
    .categories = (const char *const *) ballast_document_get_snapshot (document)->parents,
    .n = tally->n_classes,
  };
  BallastHierarchy *hierarchy;

  now = ballast_settings_get_hierarchy (ballast_document_get_settings (document));
  input.root = ballast_hierarchy_is_empty (now) ? ballast_document_get_title (document)
                                                : now->root->name;
  hierarchy = ballast_hierarchy_suggest (suggestion, &input, error);
  if (hierarchy != NULL)
    hierarchy->accuracy = now->accuracy;
  return hierarchy;
}

char **
ballast_document_list_classes_out (BallastDocument        *document,
                                   const BallastHierarchy *hierarchy)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (hierarchy);
  g_autoptr(GHashTable) inside = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < nodes->len; i++)
    {
      BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      if (node->is_class)
        g_hash_table_add (inside, node->name);
    }
  for (guint i = 0; i < tally->n_classes; i++)
    if (!g_hash_table_contains (inside, tally->classes[i].name))
      g_strv_builder_add (builder, tally->classes[i].name);
  return g_strv_builder_end (builder);
}

BallastPlan *
ballast_document_dup_node_plan (BallastDocument            *document,
                                const BallastHierarchyNode *group)
{
  return ballast_hierarchy_dup_label_plan (
    group, ballast_document_get_tally (document),
    ballast_settings_get_balance (ballast_document_get_settings (document)));
}

BallastWeights *
ballast_document_dup_node_weights (BallastDocument            *document,
                                   const BallastHierarchyNode *group)
{
  g_autoptr(BallastTally) tally =
    ballast_hierarchy_dup_tally (group, ballast_document_get_tally (document));
  g_autoptr(BallastPlan) plan = ballast_document_dup_node_plan (document, group);

  return ballast_hierarchy_dup_weights (
    plan, tally, ballast_settings_get_weights (ballast_document_get_settings (document)));
}

/* (transfer full): "animal/dog" for the class "dog" in the group "animal". */
static char *
dup_path (const BallastHierarchyNode *node)
{
  g_autoptr(GString) path = g_string_new (node->name);

  for (node = node->parent; node->parent != NULL; node = node->parent)
    {
      g_string_prepend_c (path, '/');
      g_string_prepend (path, node->name);
    }
  return g_strdup (path->str);
}

/* Gives the node the name of the class that its path is, where its own is none. */
static void
fit_name (BallastHierarchy           *tree,
          const BallastHierarchyNode *node,
          const BallastTally         *tally)
{
  g_autofree char *path = NULL;

  if (!node->is_class || ballast_tally_find_class (tally, node->name) != NULL)
    return;
  path = dup_path (node);
  if (ballast_tally_find_class (tally, path) != NULL)
    ballast_hierarchy_rename_class (tree, node->name, path);
}

static guint
count_unknown (const BallastHierarchy *tree,
               const BallastTally     *tally)
{
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (tree);
  guint n = 0;

  for (guint i = 0; i < nodes->len; i++)
    {
      const BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      n += node->is_class && ballast_tally_find_class (tally, node->name) == NULL;
    }
  return n;
}

BallastHierarchy *
ballast_document_fit_hierarchy (BallastDocument        *document,
                                const BallastHierarchy *tree,
                                guint                  *n_unknown,
                                GError                **error)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  g_autoptr(BallastHierarchy) fitted = ballast_hierarchy_copy (tree);
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (fitted);
  g_autofree const char **names = list_names (tally);

  for (guint i = 0; i < nodes->len; i++)
    fit_name (fitted, g_ptr_array_index (nodes, i), tally);
  if (n_unknown != NULL)
    *n_unknown = count_unknown (fitted, tally);
  ballast_hierarchy_keep_classes (fitted, names, tally->n_classes);
  if (ballast_hierarchy_is_empty (fitted))
    {
      g_set_error_literal (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
                           _("None of the names in the tree is a class of this project."));
      return NULL;
    }
  return g_steal_pointer (&fitted);
}
