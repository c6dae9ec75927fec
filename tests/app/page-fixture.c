#include "config.h"

#include "page-fixture.h"

#include <string.h>

#include "ballast-document-edits.h"

void
page_fixture_show (WindowFixture *fixture,
                   const char    *page)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", page);
  window_fixture_settle (fixture);
}

void
page_fixture_set_up (WindowFixture            *fixture,
                     const WindowFixtureClass *classes,
                     const char               *page)
{
  window_fixture_set_up_with (fixture, classes);
  page_fixture_show (fixture, page);
}

GtkWidget *
page_fixture_get (WindowFixture *fixture,
                  const char    *type_name,
                  guint          n)
{
  GType type = g_type_from_name (type_name);
  GtkWidget *widget = NULL;

  if (type != 0)
    widget = window_fixture_find (GTK_WIDGET (fixture->window), type, n);
  if (widget == NULL)
    g_error ("there is no %s number %u", type_name, n);

  return widget;
}

typedef struct
{
  const char *text; /* a type's name, or part of a label */
  guint       n;
} Tally;

static void
count_type (GtkWidget *widget,
            gpointer   user_data)
{
  Tally *tally = user_data;

  if (gtk_widget_get_mapped (widget) && g_str_equal (G_OBJECT_TYPE_NAME (widget), tally->text))
    tally->n++;
}

guint
page_fixture_count (WindowFixture *fixture,
                    const char    *type_name)
{
  Tally tally = { type_name, 0 };

  window_fixture_foreach (GTK_WIDGET (fixture->window), count_type, &tally);
  return tally.n;
}

static void
count_text (GtkWidget *widget,
            gpointer   user_data)
{
  Tally *tally = user_data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_label (GTK_LABEL (widget)), tally->text) != NULL)
    tally->n++;
}

gboolean
page_fixture_shows (WindowFixture *fixture,
                    const char    *text)
{
  Tally tally = { text, 0 };

  window_fixture_foreach (GTK_WIDGET (fixture->window), count_text, &tally);
  return tally.n > 0;
}

typedef struct
{
  WindowFixture *fixture;
  const char    *text;
} Wanted;

static gboolean
shows_wanted (gpointer user_data)
{
  Wanted *wanted = user_data;

  return page_fixture_shows (wanted->fixture, wanted->text);
}

void
page_fixture_wait_text (WindowFixture *fixture,
                        const char    *text)
{
  Wanted wanted = { fixture, text };

  if (!window_fixture_wait (shows_wanted, &wanted))
    g_error ("“%s” is not shown", text);
}

static gboolean
has_label (gpointer user_data)
{
  Wanted *wanted = user_data;
  BallastDocument *document = window_fixture_get_document (wanted->fixture);

  return g_strcmp0 (ballast_document_get_undo_label (document), wanted->text) == 0;
}

void
page_fixture_wait_edit (WindowFixture *fixture,
                        const char    *undo_label)
{
  Wanted wanted = { fixture, undo_label };

  if (!window_fixture_wait (has_label, &wanted))
    g_error ("the last edit is “%s”, not “%s”",
             ballast_document_get_undo_label (window_fixture_get_document (fixture)), undo_label);
  window_fixture_settle (fixture);
}

void
page_fixture_click (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
page_fixture_undo (WindowFixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  window_fixture_settle (fixture);
}

GtkEventController *
page_fixture_get_controller (GtkWidget *widget,
                             GType      type)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_type_is_a (G_OBJECT_TYPE (controller), type))
        return controller;
    }

  g_error ("%s has no %s", G_OBJECT_TYPE_NAME (widget), g_type_name (type));
}

gboolean
page_fixture_press (GtkWidget *widget,
                    guint      keyval)
{
  GtkEventController *keys = page_fixture_get_controller (widget, GTK_TYPE_EVENT_CONTROLLER_KEY);
  gboolean handled = FALSE;

  g_signal_emit_by_name (keys, "key-pressed", keyval, 0, 0, &handled);
  return handled;
}
