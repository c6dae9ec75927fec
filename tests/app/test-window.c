/*
 * The window as a whole: what it opens, its actions, its side bar, and that it goes away.
 */
#include "config.h"

#include "ballast-class-list.h"
#include "ballast-class-row.h"
#include "ballast-document-edits.h"
#include "ballast-sidebar.h"
#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 7 }, { "metal", 4 }, { "paper", 9 },
                                            { "trash", 2 }, { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  window_fixture_set_up_with (fixture, waste);
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static void
activate (WindowFixture *fixture,
          const char    *action,
          const char    *format,
          ...)
{
  GVariant *parameter = NULL;
  va_list arguments;

  va_start (arguments, format);
  if (format != NULL)
    parameter = g_variant_new_va (format, NULL, &arguments);
  va_end (arguments);

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->window), action,
                                                     parameter));
}

static AdwViewStack *
get_pages (WindowFixture *fixture)
{
  return ADW_VIEW_STACK (window_fixture_find (GTK_WIDGET (fixture->window), ADW_TYPE_VIEW_STACK, 0));
}

static GtkListView *
get_classes (WindowFixture *fixture)
{
  GtkWidget *sidebar = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_SIDEBAR, 0);
  GtkWidget *list = NULL;

  /* The drop-down of the splits holds list views of its own. */
  for (guint i = 0; list == NULL || !gtk_widget_has_css_class (list, "class-list"); i++)
    {
      list = window_fixture_find (sidebar, GTK_TYPE_LIST_VIEW, i);
      g_assert_nonnull (list);
    }

  return GTK_LIST_VIEW (list);
}

/* The names of the side bar's rows, from the top: "paper glass metal trash". */
static char *
dup_class_names (WindowFixture *fixture)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (get_classes (fixture)));
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(BallastClassItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ballast_class_item_get_name (item));
    }

  return g_string_free (names, FALSE);
}

static void
assert_class_names (WindowFixture *fixture,
                    const char    *expected)
{
  g_autofree char *names = dup_class_names (fixture);

  g_assert_cmpstr (names, ==, expected);
}

static gint64
get_class_id (WindowFixture *fixture,
              const char    *name)
{
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  const BallastClassTally *class = ballast_tally_find_class (tally, name);

  g_assert_nonnull (class);
  return class->id;
}

static void
test_counts (WindowFixture *fixture,
             gconstpointer  data)
{
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));

  g_assert_cmpuint (tally->images, ==, 22);
  assert_class_names (fixture, "paper glass metal trash");
  g_assert_nonnull (window_fixture_find_labelled (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                                  "22 images · 4 classes"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "waste");
}

static void
test_sort (WindowFixture *fixture,
           gconstpointer  data)
{
  GtkWidget *sidebar = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_SIDEBAR, 0);

  gtk_widget_activate_action (sidebar, "sidebar.sort", "s", "name");
  assert_class_names (fixture, "glass metal paper trash");
  gtk_widget_activate_action (sidebar, "sidebar.sort", "s", "count");
  assert_class_names (fixture, "paper glass metal trash");
}

static gboolean
is_filtered (gpointer user_data)
{
  g_autofree char *names = dup_class_names (user_data);

  return g_str_equal (names, "glass trash");
}

static void
test_search (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *sidebar = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_SIDEBAR, 0);
  GtkWidget *search = gtk_widget_get_first_child (sidebar);

  while (!GTK_IS_SEARCH_ENTRY (search))
    search = gtk_widget_get_next_sibling (search);

  gtk_editable_set_text (GTK_EDITABLE (search), "AS");
  g_assert_true (window_fixture_wait (is_filtered, fixture));
}

static void
test_pages (WindowFixture *fixture,
            gconstpointer  data)
{
  static const char *const pages[] = { "images", "augment", "balance", "overview" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      activate (fixture, "win.show-page", "s", pages[i]);
      g_assert_cmpstr (adw_view_stack_get_visible_child_name (get_pages (fixture)), ==, pages[i]);
      window_fixture_settle (fixture);
    }
}

static void
test_show_class (WindowFixture *fixture,
                 gconstpointer  data)
{
  gint64 trash = get_class_id (fixture, "trash");
  GtkSelectionModel *rows = gtk_list_view_get_model (get_classes (fixture));

  activate (fixture, "win.show-class", "x", trash);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (get_pages (fixture)), ==, "images");
  g_assert_cmpint (ballast_selection_get_class_id (ballast_window_get_selection (fixture->window)),
                   ==, trash);
  g_assert_true (gtk_selection_model_is_selected (rows, 3));

  activate (fixture, "win.show-class", "x", (gint64) 0);
  g_assert_false (gtk_selection_model_is_selected (rows, 3));
}

static void
test_select_row (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkSelectionModel *rows = gtk_list_view_get_model (get_classes (fixture));

  gtk_selection_model_select_item (rows, 1, TRUE);
  g_assert_cmpint (ballast_selection_get_class_id (ballast_window_get_selection (fixture->window)),
                   ==, get_class_id (fixture, "glass"));
}

static gboolean
has_three_classes (gpointer user_data)
{
  return ballast_document_get_tally (window_fixture_get_document (user_data))->n_classes == 3;
}

static gboolean
has_four_classes (gpointer user_data)
{
  return ballast_document_get_tally (window_fixture_get_document (user_data))->n_classes == 4;
}

/* One edit, its undo and its redo, and the buttons that say so. */
static void
test_undo (WindowFixture *fixture,
           gconstpointer  data)
{
  BallastDocument *document = window_fixture_get_document (fixture);

  activate (fixture, "win.drop-class", "x", get_class_id (fixture, "trash"));
  g_assert_true (window_fixture_wait (has_three_classes, fixture));
  assert_class_names (fixture, "paper glass metal");
  g_assert_true (ballast_document_get_can_undo (document));

  activate (fixture, "win.undo", NULL);
  g_assert_true (window_fixture_wait (has_four_classes, fixture));
  assert_class_names (fixture, "paper glass metal trash");

  activate (fixture, "win.redo", NULL);
  g_assert_true (window_fixture_wait (has_three_classes, fixture));
}

static void
test_sidebar_toggle (WindowFixture *fixture,
                     gconstpointer  data)
{
  GtkWidget *flap = window_fixture_find (GTK_WIDGET (fixture->window), ADW_TYPE_FLAP, 0);
  GtkWidget *toggle = window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_TOGGLE_BUTTON, 0);
  gboolean visible;

  for (guint i = 0; !g_str_equal ("win.show-sidebar",
                                  gtk_actionable_get_action_name (GTK_ACTIONABLE (toggle)) != NULL
                                    ? gtk_actionable_get_action_name (GTK_ACTIONABLE (toggle))
                                    : "");
       i++)
    toggle = window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_TOGGLE_BUTTON, i);

  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
  activate (fixture, "win.show-sidebar", NULL);
  g_object_get (fixture->window, "sidebar-visible", &visible, NULL);
  g_assert_false (visible);
  g_assert_false (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
}

static gboolean
is_relabelled (gpointer user_data)
{
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (user_data));

  return ballast_tally_find_class (tally, "trash")->total.images == 3;
}

/* What a drop on a class in the side bar asks for. */
static void
test_relabel (WindowFixture *fixture,
              gconstpointer  data)
{
  gint64 image = 1;
  GVariant *images = g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, &image, 1, sizeof image);
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));

  g_assert_cmpuint (ballast_tally_find_class (tally, "trash")->total.images, ==, 2);
  activate (fixture, "win.relabel", "(x@ax)", get_class_id (fixture, "trash"), images);
  g_assert_true (window_fixture_wait (is_relabelled, fixture));
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

/* Closing the window lets go of window, pages and document. */
static void
test_no_leak (void)
{
  WindowFixture fixture = { 0 };
  gpointer document;

  window_fixture_set_up_with (&fixture, waste);
  document = window_fixture_get_document (&fixture);
  g_object_add_weak_pointer (document, &document);
  window_fixture_tear_down (&fixture);
  g_assert_true (window_fixture_wait (is_gone, &document));
}

#define WINDOW_CASE(name, function)                                                               \
  g_test_add ("/app/window/" name, WindowFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  WINDOW_CASE ("counts", test_counts);
  WINDOW_CASE ("sort", test_sort);
  WINDOW_CASE ("search", test_search);
  WINDOW_CASE ("pages", test_pages);
  WINDOW_CASE ("show-class", test_show_class);
  WINDOW_CASE ("select-row", test_select_row);
  WINDOW_CASE ("undo", test_undo);
  WINDOW_CASE ("sidebar-toggle", test_sidebar_toggle);
  WINDOW_CASE ("relabel", test_relabel);
  g_test_add_func ("/app/window/no-leak", test_no_leak);

  return g_test_run ();
}
