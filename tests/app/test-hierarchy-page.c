/* The Hierarchy page: suggestions, edits by action, key and drop, drawing, figures, accuracies. */
#include "config.h"

#include "page-fixture.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-outline.h"
#include "ballast-settings.h"
#include "ballast-tree-view-private.h"

static const WindowFixtureClass waste[] = { { "glass", 6 }, { "metal", 2 }, { "paper", 9 },
                                            { "trash", 3 }, { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  page_fixture_set_up (fixture, waste, "hierarchy");
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static const BallastHierarchy *
get_hierarchy (WindowFixture *fixture)
{
  return ballast_settings_get_hierarchy (
    ballast_document_get_settings (window_fixture_get_document (fixture)));
}

static void
write_node (const BallastHierarchyNode *node,
            GString                    *text)
{
  g_string_append (text, node->name);
  if (node->is_class)
    return;

  g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      write_node (g_ptr_array_index (node->children, i), text);
    }
  g_string_append_c (text, ')');
}

/* The root's name is the project's and left aside. */
static void
assert_tree (WindowFixture *fixture,
             const char    *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  window_fixture_settle (fixture);
  write_node (get_hierarchy (fixture)->root, text);
  g_assert_cmpstr (strchr (text->str, '('), ==, expected);
}

static GtkWidget *
get_page (WindowFixture *fixture)
{
  return page_fixture_get (fixture, "BallastHierarchyPage", 0);
}

static BallastHierarchyOutline *
get_outline (WindowFixture *fixture)
{
  return BALLAST_HIERARCHY_OUTLINE (page_fixture_get (fixture, "BallastHierarchyOutline", 0));
}

static BallastTreeView *
get_view (WindowFixture *fixture)
{
  return BALLAST_TREE_VIEW (page_fixture_get (fixture, "BallastTreeView", 0));
}

static void
act (WindowFixture *fixture,
     const char    *action)
{
  g_assert_true (gtk_widget_activate_action (get_page (fixture), action, NULL));
  window_fixture_settle (fixture);
}

/* "a,b": the nodes that are selected. */
static void
pick (WindowFixture *fixture,
      const char    *names)
{
  g_auto(GStrv) parts = g_strsplit (names, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    ballast_hierarchy_outline_select (
      get_outline (fixture), ballast_hierarchy_find_name (get_hierarchy (fixture), parts[i])->id, i > 0);
  window_fixture_settle (fixture);
}

/* Types the name that is asked for. */
static void
type_name (WindowFixture *fixture,
           const char    *name)
{
  GtkWidget *entry = window_fixture_find (GTK_WIDGET (get_view (fixture)), GTK_TYPE_ENTRY, 0);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "activate");
  window_fixture_settle (fixture);
}

static void
start (WindowFixture *fixture)
{
  act (fixture, "hierarchy.start");
  assert_tree (fixture, "(glass metal paper trash)");
}

static void
test_empty (WindowFixture *fixture,
            gconstpointer  data)
{
  g_assert_true (page_fixture_shows (fixture, "No Hierarchy Yet"));
  start (fixture);
  g_assert_false (page_fixture_shows (fixture, "No Hierarchy Yet"));
  page_fixture_undo (fixture);
  assert_tree (fixture, "()");
  g_assert_true (page_fixture_shows (fixture, "No Hierarchy Yet"));
}

static void
test_suggest (WindowFixture *fixture,
              gconstpointer  data)
{
  gtk_widget_activate_action (get_page (fixture), "hierarchy.suggest", "s", "huffman");
  assert_tree (fixture, "(glass +2(glass trash, metal(trash metal)) paper)");
  g_assert_true (page_fixture_shows (fixture, "Worst node 1.5"));
  gtk_widget_activate_action (get_page (fixture), "hierarchy.suggest", "s", "names");
  page_fixture_wait_text (fixture, "The names of the classes have no parts in common");
  page_fixture_undo (fixture);
  assert_tree (fixture, "()");
}

static void
test_group_and_rename (WindowFixture *fixture,
                       gconstpointer  data)
{
  start (fixture);
  pick (fixture, "glass,metal");
  act (fixture, "hierarchy.group");
  assert_tree (fixture, "(glass, metal(glass metal) paper trash)");
  type_name (fixture, "hard");
  assert_tree (fixture, "(hard(glass metal) paper trash)");
  pick (fixture, "hard");
  act (fixture, "hierarchy.rename");
  type_name (fixture, "paper");
  assert_tree (fixture, "(hard(glass metal) paper trash)");
  type_name (fixture, "solid");
  assert_tree (fixture, "(solid(glass metal) paper trash)");
  page_fixture_undo (fixture);
  page_fixture_undo (fixture);
  page_fixture_undo (fixture);
  assert_tree (fixture, "(glass metal paper trash)");
}

static void
make_hard (WindowFixture *fixture)
{
  start (fixture);
  pick (fixture, "glass,metal");
  act (fixture, "hierarchy.group");
  type_name (fixture, "hard");
}

static void
test_ungroup_and_remove (WindowFixture *fixture,
                         gconstpointer  data)
{
  make_hard (fixture);
  pick (fixture, "trash");
  act (fixture, "hierarchy.remove");
  assert_tree (fixture, "(hard(glass metal) paper)");
  g_assert_true (page_fixture_shows (fixture, "Not in the hierarchy"));
  pick (fixture, "hard");
  act (fixture, "hierarchy.ungroup");
  assert_tree (fixture, "(glass metal paper)");
}

static void
test_drop (WindowFixture *fixture,
           gconstpointer  data)
{
  BallastHierarchyOutline *outline;
  const BallastHierarchy *tree;

  make_hard (fixture);
  outline = get_outline (fixture);
  tree = get_hierarchy (fixture);
  pick (fixture, "trash");
  g_signal_emit_by_name (outline, "dropped", ballast_hierarchy_find_name (tree, "hard")->id, 0);
  assert_tree (fixture, "(hard(glass metal trash) paper)");
  g_signal_emit_by_name (outline, "dropped",
                         ballast_hierarchy_find_name (get_hierarchy (fixture), "glass")->id, -1);
  assert_tree (fixture, "(hard(trash glass metal) paper)");
  g_signal_emit_by_name (outline, "dropped",
                         ballast_hierarchy_find_name (get_hierarchy (fixture), "paper")->id, 0);
  assert_tree (fixture, "(hard(glass metal) paper, trash(paper trash))");
  pick (fixture, "trash");
  g_signal_emit_by_name (outline, "dropped", 0, 0);
  assert_tree (fixture, "(hard(glass metal) paper)");
}

/* Presses on the node called @name and lets go at @share of the height of @onto. */
static void
drag_in_drawing (WindowFixture *fixture,
                 const char    *name,
                 const char    *onto,
                 double         share)
{
  const BallastHierarchy *tree = get_hierarchy (fixture);
  BallastTreeView *view = get_view (fixture);
  GdkRectangle from, to;

  pick (fixture, name);
  g_assert_true (ballast_tree_view_get_area (view, ballast_hierarchy_find_name (tree, name)->id, &from));
  g_assert_true (ballast_tree_view_get_area (view, ballast_hierarchy_find_name (tree, onto)->id, &to));
  _ballast_tree_view_drag_begin (view, from.x + from.width / 2.0, from.y + from.height / 2.0);
  _ballast_tree_view_drag_move (view, to.x + to.width / 2.0, to.y + to.height * share);
  window_fixture_settle (fixture);
  _ballast_tree_view_drag_end (view, TRUE);
}

static void
test_drag_in_drawing (WindowFixture *fixture,
                      gconstpointer  data)
{
  BallastTreeView *view = get_view (fixture);

  make_hard (fixture);
  drag_in_drawing (fixture, "trash", "hard", 0.5);
  assert_tree (fixture, "(hard(glass metal trash) paper)");
  drag_in_drawing (fixture, "trash", "glass", 0.1);
  assert_tree (fixture, "(hard(trash glass metal) paper)");
  drag_in_drawing (fixture, "trash", "paper", 0.9);
  assert_tree (fixture, "(hard(glass metal) paper trash)");
  drag_in_drawing (fixture, "hard", "glass", 0.5);
  assert_tree (fixture, "(hard(glass metal) paper trash)");
  /* A click that trembles moves nothing, and so does a drag that is given up. */
  _ballast_tree_view_drag_begin (view, 5, 5);
  _ballast_tree_view_drag_move (view, 6, 6);
  _ballast_tree_view_drag_end (view, TRUE);
  assert_tree (fixture, "(hard(glass metal) paper trash)");
}

/* All that is there, grouped, is the root itself: nothing to do, and no group in a group of one. */
static void
test_group_all (WindowFixture *fixture,
                gconstpointer  data)
{
  start (fixture);
  pick (fixture, "glass,metal,paper,trash");
  act (fixture, "hierarchy.group");
  assert_tree (fixture, "(glass metal paper trash)");
  type_name (fixture, "all of it");
  assert_tree (fixture, "(glass metal paper trash)");
  pick (fixture, "glass,metal");
  act (fixture, "hierarchy.group");
  type_name (fixture, "hard");
  assert_tree (fixture, "(hard(glass metal) paper trash)");
}

static void
test_shift (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *page = get_page (fixture);

  make_hard (fixture);
  pick (fixture, "paper");
  gtk_widget_activate_action (page, "hierarchy.shift", "i", 2);
  assert_tree (fixture, "(hard(glass metal paper) trash)");
  gtk_widget_activate_action (page, "hierarchy.shift", "i", -1);
  assert_tree (fixture, "(hard(glass paper metal) trash)");
  gtk_widget_activate_action (page, "hierarchy.shift", "i", 1);
  assert_tree (fixture, "(hard(glass metal paper) trash)");
  gtk_widget_activate_action (page, "hierarchy.shift", "i", -2);
  assert_tree (fixture, "(hard(glass metal) paper trash)");
}

static void
test_figures (WindowFixture *fixture,
              gconstpointer  data)
{
  GtkWidget *pane, *spin;

  make_hard (fixture);
  pick (fixture, "hard");
  g_assert_true (page_fixture_shows (fixture, "“glass” is 75"));
  pane = page_fixture_get (fixture, "BallastHierarchyNodePane", 0);
  spin = window_fixture_find (pane, GTK_TYPE_SPIN_BUTTON, 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 80);
  window_fixture_settle (fixture);
  g_assert_cmpfloat_with_epsilon (ballast_hierarchy_find_name (get_hierarchy (fixture), "hard")->accuracy,
                                  0.8, 1e-9);
  g_assert_true (page_fixture_shows (fixture, "76.0\u202f%: errors add up"));
  gtk_switch_set_active (GTK_SWITCH (window_fixture_find (pane, GTK_TYPE_SWITCH, 0)), TRUE);
  window_fixture_settle (fixture);
  g_assert_true (ballast_hierarchy_find_name (get_hierarchy (fixture), "hard")->one_vs_rest);
  page_fixture_undo (fixture);
  page_fixture_undo (fixture);
  g_assert_cmpfloat (ballast_hierarchy_find_name (get_hierarchy (fixture), "hard")->accuracy, <, 0);
}

static void
test_drawing (WindowFixture *fixture,
              gconstpointer  data)
{
  BallastTreeView *view;
  GdkRectangle area, zoomed;
  guint id;

  make_hard (fixture);
  view = get_view (fixture);
  id = ballast_hierarchy_find_name (get_hierarchy (fixture), "hard")->id;
  g_assert_true (ballast_tree_view_get_area (view, id, &area));
  g_signal_emit_by_name (view, "node-selected", id, FALSE);
  window_fixture_settle (fixture);
  g_assert_true (ballast_tree_view_get_model (view)->items[1].is_selected);
  ballast_tree_view_zoom (view, 1.5);
  g_assert_true (ballast_tree_view_get_area (view, id, &zoomed));
  g_assert_cmpint (zoomed.width, >, area.width);
  ballast_tree_view_zoom (view, 0);

  gtk_widget_activate_action (get_page (fixture), "hierarchy.style", "s", "icicle");
  window_fixture_settle (fixture);
  ballast_tree_view_zoom_to (view, id);
  g_assert_true (ballast_tree_view_get_area (view, id, &zoomed));
  g_assert_cmpint (zoomed.height, >, gtk_widget_get_height (GTK_WIDGET (view)) - 40);
  gtk_widget_activate_action (GTK_WIDGET (view), "tree.leave-zoom", NULL);
  g_assert_true (ballast_tree_view_get_area (view, id, &area));
  g_assert_cmpint (area.height, <, zoomed.height);
}

static void
test_walk (WindowFixture *fixture,
           gconstpointer  data)
{
  BallastTreeView *view;

  make_hard (fixture);
  view = get_view (fixture);
  pick (fixture, "hard");
  gtk_widget_activate_action (GTK_WIDGET (view), "tree.step", "i", BALLAST_TREE_STEP_CHILD);
  window_fixture_settle (fixture);
  g_assert_true (page_fixture_shows (fixture, "2 decisions"));
  gtk_widget_activate_action (GTK_WIDGET (view), "tree.activate", NULL);
  window_fixture_settle (fixture);
  g_assert_cmpint (ballast_selection_get_class_id (ballast_window_get_selection (fixture->window)), !=,
                   BALLAST_SELECTION_ALL);
}

static void
test_follows_renames (WindowFixture *fixture,
                      gconstpointer  data)
{
  BallastDocument *document = window_fixture_get_document (fixture);
  const BallastClassTally *class;

  make_hard (fixture);
  class = ballast_tally_find_class (ballast_document_get_tally (document), "glass");
  ballast_document_rename_class_async (document, class->id, "bottle", NULL, NULL);
  page_fixture_wait_text (fixture, "bottle");
  assert_tree (fixture, "(hard(bottle metal) paper trash)");
}

/* Anything anybody may do in any order leaves a tree, and no criticals. */
static void
test_monkey (WindowFixture *fixture,
             gconstpointer  data)
{
  static const char *const actions[] = { "hierarchy.group", "hierarchy.ungroup", "hierarchy.remove",
                                         "hierarchy.insert", "win.undo", "win.redo",
                                         "hierarchy.toggle-one-vs-rest" };

  start (fixture);
  for (guint i = 0; i < 60; i++)
    {
      const BallastHierarchy *tree = get_hierarchy (fixture);
      g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (tree);

      for (guint j = 0; j < 2; j++)
        ballast_hierarchy_outline_select (
          get_outline (fixture),
          ((BallastHierarchyNode *) g_ptr_array_index (nodes, (guint) g_test_rand_int_range (
                                                         0, (int) nodes->len)))->id, j > 0);
      gtk_widget_activate_action (get_page (fixture),
                                  actions[g_test_rand_int_range (0, G_N_ELEMENTS (actions))], NULL);
      window_fixture_settle (fixture);
    }
}

#define CASE(name, func) \
  g_test_add ("/app/hierarchy-page/" name, WindowFixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  CASE ("empty", test_empty);
  CASE ("suggest", test_suggest);
  CASE ("group-and-rename", test_group_and_rename);
  CASE ("ungroup-and-remove", test_ungroup_and_remove);
  CASE ("drop", test_drop);
  CASE ("drag-in-drawing", test_drag_in_drawing);
  CASE ("group-all", test_group_all);
  CASE ("shift", test_shift);
  CASE ("figures", test_figures);
  CASE ("drawing", test_drawing);
  CASE ("walk", test_walk);
  CASE ("follows-renames", test_follows_renames);
  CASE ("monkey", test_monkey);

  return g_test_run ();
}
