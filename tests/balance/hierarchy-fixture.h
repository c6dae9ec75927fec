#pragma once

#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-figures.h"
#include "ballast-hierarchy-suggest.h"
#include "fixture.h"

/* Hierarchies from text and to text: "all(a g(b c))". */

static inline void
write_node (const BallastHierarchyNode *node,
            GString                    *text,
            gboolean                    with_names)
{
  if (node->is_class)
    {
      g_string_append (text, node->name);
      return;
    }

  if (with_names)
    g_string_append (text, node->name);
  g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      write_node (g_ptr_array_index (node->children, i), text, with_names);
    }
  g_string_append_c (text, ')');
}

/* "(a (b c))", or with the names of groups "all(a g(b c))". */
#define assert_tree(tree, names, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                              \
    g_autoptr(GString) text_ = g_string_new (NULL);                                              \
    write_node ((tree)->root, text_, names);                                                     \
    g_assert_cmpstr (text_->str, ==, expected);                                                  \
  }                                                                                              \
  G_STMT_END

/* A tree from its text: "all(a g(b c))". */
static inline BallastHierarchy *
parse (const char *text)
{
  g_autoptr(GString) word = g_string_new (NULL);
  BallastHierarchy *tree = NULL;
  BallastHierarchyNode *at = NULL;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p != '(' && *p != ' ' && *p != ')')
        {
          g_string_append_c (word, *p);
          continue;
        }
      if (*p == '(' && tree == NULL)
        {
          tree = ballast_hierarchy_new (word->str);
          at = tree->root;
        }
      else if (*p == '(')
        at = ballast_hierarchy_add_group (tree, at, word->str);
      else if (word->len > 0)
        ballast_hierarchy_add_class (tree, at, word->str);
      if (*p == ')')
        at = at->parent;
      g_string_truncate (word, 0);
    }
  return tree;
}

static inline BallastHierarchy *
suggest (const char *name,
         const char *classes)
{
  g_autoptr(BallastTally) tally = fixture_tally (classes);
  g_autofree guint64 *counts = ballast_unit_dup_counts (BALLAST_UNIT_IMAGES, tally, 0);
  g_autofree const char **names = g_new0 (const char *, tally->n_classes + 1);
  BallastHierarchyInput input = { .names = names, .counts = counts, .n = tally->n_classes };
  g_autoptr(GError) error = NULL;
  BallastHierarchy *tree;

  for (guint i = 0; i < tally->n_classes; i++)
    names[i] = tally->classes[i].name;
  tree = ballast_hierarchy_suggest (ballast_hierarchy_suggestion_find (name), &input, &error);
  g_assert_no_error (error);
  return tree;
}

static inline BallastHierarchyFigures *
measure (const BallastHierarchy *tree)
{
  return ballast_hierarchy_figures_new (tree, fixture_names, fixture_base, 4);
}

static inline guint
id_of (const BallastHierarchy *tree,
       const char             *name)
{
  return ballast_hierarchy_find_name (tree, name)->id;
}
