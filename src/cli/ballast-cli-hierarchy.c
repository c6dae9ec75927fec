/*
 * hierarchy: a tree over the classes: suggested, read, edited, printed, written.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-document-hierarchy.h"
#include "ballast-hierarchy-chart.h"
#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-file.h"

/* The options as they were given. */
typedef struct
{
  char    *suggest;
  char    *load;
  char   **saves;
  char   **groups;
  char   **ungroups;
  char   **renames;
  char   **moves;
  char   **removes;
  char   **accuracies;
  char   **one_vs_rest;
  char    *style;
  gboolean clear;
  gboolean json;
} Given;

static void
given_clear (Given *given)
{
  g_free (given->suggest);
  g_free (given->load);
  g_strfreev (given->saves);
  g_strfreev (given->groups);
  g_strfreev (given->ungroups);
  g_strfreev (given->renames);
  g_strfreev (given->moves);
  g_strfreev (given->removes);
  g_strfreev (given->accuracies);
  g_strfreev (given->one_vs_rest);
  g_free (given->style);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

/* What an edit works on. */
typedef struct
{
  BallastDocument  *document;
  BallastHierarchy *tree;
} Editing;

static const BallastHierarchyNode *
find_node (Editing    *editing,
           const char *name,
           GError    **error)
{
  const BallastHierarchyNode *node = ballast_hierarchy_find_name (editing->tree, name);

  if (node == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 "there is no “%s” in the hierarchy", name);
  return node;
}

/* Of "a,b": the ids.  A class that is out of the tree comes into it first, at the end. */
static GArray *
find_nodes (Editing    *editing,
            const char *text,
            GError    **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto(GStrv) names = g_strsplit (text, ",", -1);

  for (char **name = names; *name != NULL; name++)
    {
      const char *const added[] = { *name, NULL };
      const BallastHierarchyNode *node = ballast_hierarchy_find_name (editing->tree, *name);

      if (node == NULL &&
          ballast_tally_find_class (ballast_document_get_tally (editing->document), *name) != NULL &&
          !ballast_hierarchy_insert_classes (editing->tree, added, editing->tree->root->id, -1, error))
        return NULL;
      node = find_node (editing, *name, error);
      if (node == NULL)
        return NULL;
      g_array_append_val (ids, node->id);
    }
  return g_steal_pointer (&ids);
}

/* Parts "LEFT=RIGHT" at the first sign of equality; NULL with @error. */
static char **
split_pair (const char *text,
            GError    **error)
{
  const char *equals = strchr (text, '=');
  char **pair;

  if (equals == NULL || equals == text || equals[1] == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is no NAME=VALUE", text);
      return NULL;
    }
  pair = g_new0 (char *, 3);
  pair[0] = g_strndup (text, equals - text);
  pair[1] = g_strdup (equals + 1);
  return pair;
}

/* Grouping begins with all classes side by side. */
static gboolean
put_all_into_empty (Editing *editing,
                    GError **error)
{
  g_auto(GStrv) names = NULL;

  if (!ballast_hierarchy_is_empty (editing->tree))
    return TRUE;
  names = ballast_document_list_classes_out (editing->document, editing->tree);
  return ballast_hierarchy_insert_classes (editing->tree, (const char *const *) names,
                                           editing->tree->root->id, -1, error);
}

static gboolean
apply_group (Editing    *editing,
             const char *text,
             GError    **error)
{
  g_auto(GStrv) pair = split_pair (text, error);
  g_autoptr(GArray) ids = NULL;

  if (pair == NULL || !put_all_into_empty (editing, error))
    return FALSE;
  ids = find_nodes (editing, pair[1], error);
  return ids != NULL && ballast_hierarchy_group (editing->tree, (guint *) (gpointer) ids->data,
                                                 ids->len, pair[0], NULL, error);
}

static gboolean
apply_ungroup (Editing    *editing,
               const char *text,
               GError    **error)
{
  const BallastHierarchyNode *node = find_node (editing, text, error);

  return node != NULL && ballast_hierarchy_ungroup (editing->tree, node->id, error);
}

static gboolean
apply_rename (Editing    *editing,
              const char *text,
              GError    **error)
{
  g_auto(GStrv) pair = split_pair (text, error);
  const BallastHierarchyNode *node = pair == NULL ? NULL : find_node (editing, pair[0], error);

  return node != NULL && ballast_hierarchy_rename (editing->tree, node->id, pair[1], error);
}

static gboolean
apply_move (Editing    *editing,
            const char *text,
            GError    **error)
{
  g_auto(GStrv) pair = split_pair (text, error);
  g_autoptr(GArray) ids = pair == NULL ? NULL : find_nodes (editing, pair[0], error);
  const BallastHierarchyNode *parent = ids == NULL ? NULL : find_node (editing, pair[1], error);

  return parent != NULL && ballast_hierarchy_move (editing->tree, (guint *) (gpointer) ids->data,
                                                   ids->len, parent->id, -1, error);
}

static gboolean
apply_remove (Editing    *editing,
              const char *text,
              GError    **error)
{
  const BallastHierarchyNode *node = find_node (editing, text, error);

  return node != NULL && ballast_hierarchy_remove (editing->tree, &node->id, 1, error);
}

/* "0.9", "GROUP=0.9" or a file of them. */
static gboolean
apply_accuracy (Editing    *editing,
                const char *text,
                GError    **error)
{
  const char *equals = strrchr (text, '=');
  const char *digits = equals == NULL ? text : equals + 1;
  const BallastHierarchyNode *node = NULL;
  g_autofree char *name = equals == NULL ? NULL : g_strndup (text, equals - text);
  char *end = NULL;
  double value = g_ascii_strtod (digits, &end);
  guint n_unknown;

  if (end == digits || *end != '\0')
    {
      if (!ballast_hierarchy_file_read_accuracies (editing->tree, text, &n_unknown, error))
        return FALSE;
      if (n_unknown > 0)
        g_printerr ("ballast-cli: %u names in “%s” are no group of the hierarchy\n", n_unknown, text);
      return TRUE;
    }
  if (name != NULL)
    node = find_node (editing, name, error);
  return (name == NULL || node != NULL) &&
         ballast_hierarchy_set_accuracy (editing->tree, node == NULL ? 0 : node->id, value, error);
}

static gboolean
apply_one_vs_rest (Editing    *editing,
                   const char *text,
                   GError    **error)
{
  const BallastHierarchyNode *node = find_node (editing, text, error);

  return node != NULL && ballast_hierarchy_set_one_vs_rest (editing->tree, node->id,
                                                            !node->one_vs_rest, error);
}

static gboolean
apply_all (Editing *editing,
           char **texts,
           gboolean (*apply)(Editing *, const char *, GError **),
           GError **error)
{
  for (char **text = texts; text != NULL && *text != NULL; text++)
    if (!apply (editing, *text, error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_edits (Editing     *editing,
             const Given *given,
             GError     **error)
{
  return apply_all (editing, given->removes, apply_remove, error) &&
         apply_all (editing, given->ungroups, apply_ungroup, error) &&
         apply_all (editing, given->groups, apply_group, error) &&
         apply_all (editing, given->moves, apply_move, error) &&
         apply_all (editing, given->renames, apply_rename, error) &&
         apply_all (editing, given->one_vs_rest, apply_one_vs_rest, error) &&
         apply_all (editing, given->accuracies, apply_accuracy, error);
}

static BallastHierarchy *
load (BallastDocument *document,
      const char      *path,
      GError         **error)
{
  g_autoptr(BallastHierarchy) read = ballast_hierarchy_file_read (path, error);
  BallastHierarchy *fitted;
  guint n_unknown = 0;

  fitted = read == NULL ? NULL : ballast_document_fit_hierarchy (document, read, &n_unknown, error);
  if (fitted != NULL && n_unknown > 0)
    g_printerr ("ballast-cli: %u names in “%s” are no class of the project\n", n_unknown, path);
  return fitted;
}

/* (transfer full): the tree that edits begin with; NULL with @error. */
static BallastHierarchy *
begin (BallastDocument *document,
       const Given     *given,
       GError         **error)
{
  const BallastHierarchySuggestion *suggestion;

  if (given->load != NULL)
    return load (document, given->load, error);
  if (given->clear)
    return ballast_hierarchy_new (NULL);
  if (given->suggest == NULL)
    return ballast_hierarchy_copy (
      ballast_settings_get_hierarchy (ballast_document_get_settings (document)));

  suggestion = ballast_hierarchy_suggestion_find (given->suggest);
  return ballast_document_suggest_hierarchy (document, suggestion, error);
}

static char *
dup_label (const Given *given)
{
  g_autofree char *base = given->load == NULL ? NULL : g_path_get_basename (given->load);
  g_autofree char *display = base == NULL ? NULL : ballast_cli_display (base);

  if (display != NULL)
    return g_strdup_printf ("Load the hierarchy “%s”", display);
  return g_strdup (given->clear ? "Clear the hierarchy" : given->suggest != NULL
                     ? "Suggest a hierarchy" : "Change the hierarchy");
}

static int
store (BallastDocument        *document,
       const BallastHierarchy *tree,
       const Given            *given)
{
  g_auto(BallastCliWait) wait = { NULL };
  g_autofree char *label = dup_label (given);

  if (ballast_hierarchy_equal (
        tree, ballast_settings_get_hierarchy (ballast_document_get_settings (document))))
    return BALLAST_CLI_DONE;
  ballast_document_set_hierarchy_async (document, tree, label, ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

static void
print_node (const BallastHierarchyFigures *figures,
            guint                          place,
            int                            width)
{
  const BallastNodeFigures *node = &figures->nodes[place];
  int indent = 2 * (int) node->depth;
  int padding = MAX (1, width - indent - (int) g_utf8_strlen (node->node->name, -1));

  g_print ("%*s%s%*s %10" G_GUINT64_FORMAT, indent, "", node->node->name, padding, "", node->count);
  if (node->node->is_class)
    g_print ("  %22s path right %5.1f %%\n", "", 100 * node->path_accuracy);
  else
    g_print ("  %8.2f:1  majority %5.1f %%%s\n", node->ratio, 100 * node->majority_share,
             node->node->one_vs_rest ? "  one against the rest" : "");
}

static void
print_text (BallastDocument               *document,
            const BallastHierarchyFigures *figures)
{
  g_auto(GStrv) out = ballast_document_list_classes_out (document, figures->hierarchy);
  int width = 10;

  if (figures->n == 0)
    {
      g_print ("no hierarchy: try --suggest huffman\n");
      return;
    }
  for (guint i = 0; i < figures->n; i++)
    width = MAX (width, 2 * (int) figures->nodes[i].depth +
                 (int) g_utf8_strlen (figures->nodes[i].node->name, -1) + 1);
  for (guint i = 0; i < figures->n; i++)
    print_node (figures, i, MIN (width, 70));
  g_print ("%u datasets, %u of them binary; worst ratio %.2f:1, flat %.2f:1\n", figures->n_datasets,
           figures->n_binary, figures->nodes[figures->worst].ratio, figures->flat_ratio);
  g_print ("depth %.2f on average, %u at most; estimated accuracy %.1f %% of pictures, %.1f %% over "
           "classes\n", figures->mean_depth, figures->nodes[figures->deepest].depth,
           100 * figures->micro, 100 * figures->macro);
  for (char **name = out; *name != NULL; name++)
    g_print ("out: %s\n", *name);
}

static gboolean
is_drawing (const char *path)
{
  return ballast_chart_file_is_supported (path);
}

static int
save (BallastDocument        *document,
      const BallastHierarchy *tree,
      const Given            *given)
{
  BallastTreeStyle style = g_strcmp0 (given->style, "icicle") == 0 ? BALLAST_TREE_STYLE_ICICLE
                                                                   : BALLAST_TREE_STYLE_TREE;

  for (char **path = given->saves; path != NULL && *path != NULL; path++)
    {
      g_auto(BallastCliWait) wait = { NULL };
      g_autoptr(GError) error = NULL;

      if (!is_drawing (*path))
        {
          if (!ballast_hierarchy_file_write (tree, *path, &error))
            return ballast_cli_fail (error);
          continue;
        }
      ballast_document_save_tree_async (document, style, *path, ballast_cli_on_done, &wait);
      if (!ballast_document_save_tree_finish (document, ballast_cli_wait (&wait), &error))
        return ballast_cli_fail (error);
    }
  return BALLAST_CLI_DONE;
}

/* FALSE with a line on standard error: options that say nothing, or contradict each other. */
static gboolean
check_given (const Given *given)
{
  if ((given->load != NULL) + (given->suggest != NULL) + given->clear > 1)
    {
      ballast_cli_misuse ("--suggest, --load and --clear exclude each other");
      return FALSE;
    }
  if (given->suggest != NULL && ballast_hierarchy_suggestion_find (given->suggest) == NULL)
    {
      g_autoptr(GString) names = g_string_new (NULL);

      for (guint i = 0; i < ballast_hierarchy_suggestion_get_n (); i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                                ballast_hierarchy_suggestion_get (i)->name);
      ballast_cli_misuse ("“%s” is none of %s", given->suggest, names->str);
      return FALSE;
    }
  if (given->style != NULL && strcmp (given->style, "tree") != 0 &&
      strcmp (given->style, "icicle") != 0)
    {
      ballast_cli_misuse ("“%s” is none of tree, icicle", given->style);
      return FALSE;
    }
  return TRUE;
}

static int
run (BallastDocument *document,
     const Given     *given)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastHierarchy) tree = begin (document, given, &error);
  Editing editing = { document, tree };
  g_autoptr(BallastHierarchyFigures) figures = NULL;
  int status;

  if (tree == NULL || !apply_edits (&editing, given, &error))
    return ballast_cli_fail (error);
  status = store (document, tree, given);
  if (status != BALLAST_CLI_DONE)
    return status;

  figures = ballast_document_dup_hierarchy_figures (document, NULL);
  if (given->json)
    ballast_cli_print_json (ballast_hierarchy_figures_to_json (figures));
  else
    print_text (document, figures);
  return save (document, tree, given);
}

int
ballast_cli_hierarchy (const char *usage,
                       int         argc,
                       char      **argv)
{
  g_auto(Given) given = { NULL };
  const GOptionEntry entries[] = {
    { "suggest", 0, 0, G_OPTION_ARG_STRING, &given.suggest,
      "balanced, data-balanced, huffman, names, folders, categories or one-vs-rest", "NAME" },
    { "load", 0, 0, G_OPTION_ARG_FILENAME, &given.load, "Read the tree from a .json or .csv", "FILE" },
    { "save", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.saves,
      "Write the tree (.json, .csv) or its drawing (.png, .svg, .pdf)", "FILE" },
    { "clear", 0, 0, G_OPTION_ARG_NONE, &given.clear, "Begin with an empty tree", NULL },
    { "group", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.groups,
      "Put nodes, or classes that are out, into a new group", "GROUP=NAME,NAME…" },
    { "ungroup", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.ungroups, "Put a group’s members in its place",
      "GROUP" },
    { "rename", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.renames, "Call a group otherwise",
      "GROUP=NAME" },
    { "move", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.moves, "Put nodes into a group",
      "NAME,NAME…=GROUP" },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.removes, "Take a node out of the tree", "NAME" },
    { "one-vs-rest", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.one_vs_rest,
      "One classifier a child against the others, or one for all again", "GROUP" },
    { "accuracy", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.accuracies,
      "What a group’s classifier gets right: A, GROUP=A or a file", "A" },
    { "style", 0, 0, G_OPTION_ARG_STRING, &given.style, "Of the drawing: tree or icicle", "STYLE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given.json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (!check_given (&given))
    return BALLAST_CLI_USAGE;
  document = ballast_cli_open (argv[1]);
  return document == NULL ? BALLAST_CLI_FAILED : run (document, &given);
}
