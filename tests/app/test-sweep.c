/*
 * What must hold of every widget of every page: a name for screen readers, a tooltip where there is
 * no text, a template that can be made.
 */
#include "config.h"

#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 3 }, { "paper", 6 }, { NULL, 0 } };

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) ||
         GTK_IS_SPIN_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_ENTRY (widget) ||
         GTK_IS_DROP_DOWN (widget) || GTK_IS_SCALE (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_GRID_VIEW (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget);
}

/* Parts that GTK and libadwaita make for themselves belong to what they are in. */
static gboolean
is_internal (GtkWidget *widget)
{
  static const char *const owners[] = { "AdwHeaderBar", "GtkWindowControls", "AdwViewSwitcherButton",
                                        "GtkMenuButton", "GtkSpinButton", "GtkDropDown",
                                        "AdwComboRow", "GtkSearchEntry", "GtkPopoverMenu",
                                        "GtkShortcutsWindow", "GtkColumnView", "AdwSplitButton",
                                        "GtkScrollbar", "AdwEntryRow", "GtkExpander" };
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "AdwViewSwitcher"))
    return TRUE;
  /* The search of AdwPreferencesWindow, which we switch off. */
  if (GTK_IS_SEARCH_ENTRY (widget) && !gtk_widget_get_mapped (widget) &&
      gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR) != NULL)
    return TRUE;
  for (; parent != NULL; parent = gtk_widget_get_parent (parent))
    {
      const char *type = G_OBJECT_TYPE_NAME (parent);

      if (g_str_equal (type, "AdwHeaderBar"))
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
        if (g_str_equal (type, owners[i]))
          return TRUE;
      if (g_str_has_prefix (type, "Ballast"))
        return FALSE;
    }

  return FALSE;
}

static void
check_name (GtkWidget *widget,
            gpointer   user_data)
{
  guint *n_checked = user_data;

  if (!is_control (widget) || is_internal (widget))
    return;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                         GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    {
      g_autofree char *path = NULL;
      GString *text = g_string_new (NULL);

      for (GtkWidget *link = widget; link != NULL; link = gtk_widget_get_parent (link))
        g_string_prepend (text, link == widget ? G_OBJECT_TYPE_NAME (link)
                                               : g_intern_string (G_OBJECT_TYPE_NAME (link)));
      path = g_string_free (text, FALSE);
      g_test_message ("no accessible name: %s (tooltip “%s”)", path,
                      gtk_widget_get_tooltip_text (widget));
      g_test_fail ();
    }
  (*n_checked)++;
}

static void
check_tooltip (GtkWidget *widget,
               gpointer   user_data)
{
  if (!GTK_IS_BUTTON (widget) || is_internal (widget))
    return;
  if (gtk_button_get_icon_name (GTK_BUTTON (widget)) == NULL)
    return;

  if (gtk_widget_get_tooltip_text (widget) == NULL)
    {
      g_test_message ("no tooltip: button with “%s”",
                      gtk_button_get_icon_name (GTK_BUTTON (widget)));
      g_test_fail ();
    }
}

static void
sweep (GtkWidget *root)
{
  guint n_checked = 0;

  window_fixture_foreach (root, check_name, &n_checked);
  window_fixture_foreach (root, check_tooltip, NULL);
  g_assert_cmpuint (n_checked, >, 0);
}

static void
test_pages (void)
{
  static const char *const pages[] = { "overview", "images", "augment", "balance", "hierarchy" };
  WindowFixture fixture = { 0 };

  window_fixture_set_up_with (&fixture, waste);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-page", "s", pages[i]);
      window_fixture_settle (&fixture);
    }
  sweep (GTK_WIDGET (fixture.window));
  window_fixture_tear_down (&fixture);
}

/* How narrow each page goes.  A phone's width is 360; the two with something to compare side by side
 * need more. */
static const struct
{
  const char *page;
  int         width;
} widths[] = { { "overview", 360 }, { "images", 360 }, { "balance", 480 }, { "hierarchy", 520 }, { "augment", 360 } };

static void
test_narrow (void)
{
  WindowFixture fixture = { 0 };
  AdwViewStack *stack;

  window_fixture_set_up_with (&fixture, waste);
  stack = ADW_VIEW_STACK (window_fixture_find (GTK_WIDGET (fixture.window), ADW_TYPE_VIEW_STACK, 0));
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int minimum;

      gtk_widget_measure (adw_view_stack_get_child_by_name (stack, widths[i].page),
                          GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > widths[i].width)
        {
          g_test_message ("%s needs %d pixels", widths[i].page, minimum);
          g_test_fail ();
        }
    }
  window_fixture_tear_down (&fixture);
}

static void
test_dialogs (void)
{
  static const char *const actions[] = { "win.export", "win.export-weights", "app.preferences" };
  WindowFixture fixture = { 0 };

  window_fixture_set_up_with (&fixture, waste);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *dialog;

      gtk_widget_activate_action (GTK_WIDGET (fixture.window), actions[i], NULL);
      dialog = window_fixture_find_dialog (&fixture);
      g_assert_nonnull (dialog);
      window_fixture_settle (&fixture);
      sweep (dialog);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  window_fixture_tear_down (&fixture);
}

/* Every widget class of ours can be made alone and goes away again. */
static void
collect_types (GType   parent,
               GArray *types)
{
  guint n_children;
  g_autofree GType *children = g_type_children (parent, &n_children);

  for (guint i = 0; i < n_children; i++)
    {
      if (g_str_has_prefix (g_type_name (children[i]), "Ballast") &&
          !G_TYPE_IS_ABSTRACT (children[i]) && !g_type_is_a (children[i], GTK_TYPE_WINDOW))
        g_array_append_val (types, children[i]);
      collect_types (children[i], types);
    }
}

static void
test_templates (void)
{
  g_autoptr(GArray) types = g_array_new (FALSE, FALSE, sizeof (GType));
  WindowFixture fixture = { 0 };

  window_fixture_set_up_with (&fixture, waste);
  collect_types (GTK_TYPE_WIDGET, types);
  g_assert_cmpuint (types->len, >, 15);
  for (guint i = 0; i < types->len; i++)
    {
      GtkWidget *widget = g_object_new (g_array_index (types, GType, i), NULL);
      gpointer pointer = g_object_ref_sink (widget);

      g_object_add_weak_pointer (G_OBJECT (widget), &pointer);
      g_object_unref (widget);
      if (pointer != NULL)
        {
          g_test_message ("%s is not let go of", g_type_name (g_array_index (types, GType, i)));
          g_object_remove_weak_pointer (pointer, &pointer);
          g_test_fail ();
        }
    }
  window_fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/sweep/pages", test_pages);
  g_test_add_func ("/app/sweep/narrow", test_narrow);
  g_test_add_func ("/app/sweep/dialogs", test_dialogs);
  g_test_add_func ("/app/sweep/templates", test_templates);

  return g_test_run ();
}
