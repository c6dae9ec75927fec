/*
 * The window: one project, its side bar and its pages; or the first-run page.
 *
 * It holds no fact of the project: pages and side bar read the document, and ask for work through
 * the window's actions (ballast-window-actions.c).  What concerns opening and importing is in
 * ballast-window-open.c.  Main thread only; nothing here waits.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-window-private.h"

#include <glib/gi18n.h>

#include "ballast-augment-page.h"
#include "ballast-balance-page.h"
#include "ballast-first-run-page.h"
#include "ballast-hierarchy-page.h"
#include "ballast-images-page.h"
#include "ballast-import-page.h"
#include "ballast-overview-page.h"
#include "ballast-sidebar.h"

G_DEFINE_FINAL_TYPE (BallastWindow, ballast_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  PROP_SIDEBAR_VISIBLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_import_page_import (BallastImportPage *page,
                       const char        *layout,
                       BallastWindow     *self)
{
  _ballast_window_import (self, ballast_import_page_get_path (page), layout,
                          ballast_import_page_get_wishes (page),
                          ballast_import_page_get_project_path (page));
}

static void
on_import_page_cancelled (BallastImportPage *page,
                          BallastWindow     *self)
{
  gtk_stack_set_visible_child_name (self->main_stack,
                                    self->document != NULL ? "workspace" : "first-run");
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         BallastWindow *self)
{
  GSList *files = g_value_get_boxed (value);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  gtk_widget_set_visible (self->drop_hint, FALSE);
  if (files == NULL || application == NULL)
    return FALSE;

  for (GSList *link = files; link != NULL; link = link->next)
    ballast_application_open (BALLAST_APPLICATION (application), link->data);

  return TRUE;
}

static GdkDragAction
on_drop_enter (GtkDropTarget *target,
               double         x,
               double         y,
               BallastWindow *self)
{
  gtk_widget_set_visible (self->drop_hint, TRUE);

  return GDK_ACTION_COPY;
}

static void
on_drop_leave (GtkDropTarget *target,
               BallastWindow *self)
{
  gtk_widget_set_visible (self->drop_hint, FALSE);
}

static void
add_drop_target (BallastWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_drop_enter), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
on_document_notify (BallastWindow *self)
{
  _ballast_window_update_actions (self);
}

static void
on_flap_notify (BallastWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDEBAR_VISIBLE]);
}

static void
remember_size (BallastWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  int width, height;

  if (application == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  ballast_preferences_set_window (
    ballast_application_get_preferences (BALLAST_APPLICATION (application)), width, height,
    gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
ballast_window_close_request (GtkWindow *window)
{
  BallastWindow *self = BALLAST_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  _ballast_window_remember (self);
  ballast_window_set_document (self, NULL);

  remember_size (self);
  return GTK_WINDOW_CLASS (ballast_window_parent_class)->close_request (window);
}

static void
ballast_window_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BallastWindow *self = BALLAST_WINDOW (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_SIDEBAR_VISIBLE:
      g_value_set_boolean (value, self->flap != NULL && adw_flap_get_reveal_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_window_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BallastWindow *self = BALLAST_WINDOW (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_window_set_document (self, g_value_get_object (value));
      break;
    case PROP_SIDEBAR_VISIBLE:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_window_dispose (GObject *object)
{
  BallastWindow *self = BALLAST_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_WINDOW);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (ballast_window_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   G_PARAM_READWRITE | flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, BALLAST_TYPE_SELECTION,
                                                    G_PARAM_READABLE | flags);
  properties[PROP_SIDEBAR_VISIBLE] = g_param_spec_boolean ("sidebar-visible", NULL, NULL, TRUE,
                                                           G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_window_class_init (BallastWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_window_get_property;
  object_class->set_property = ballast_window_set_property;
  object_class->dispose = ballast_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ballast_window_close_request;

  install_properties (object_class);

  g_type_ensure (BALLAST_TYPE_AUGMENT_PAGE);
  g_type_ensure (BALLAST_TYPE_BALANCE_PAGE);
  g_type_ensure (BALLAST_TYPE_FIRST_RUN_PAGE);
  g_type_ensure (BALLAST_TYPE_HIERARCHY_PAGE);
  g_type_ensure (BALLAST_TYPE_IMAGES_PAGE);
  g_type_ensure (BALLAST_TYPE_IMPORT_PAGE);
  g_type_ensure (BALLAST_TYPE_OVERVIEW_PAGE);
  g_type_ensure (BALLAST_TYPE_SIDEBAR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, main_stack);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, first_run_page);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, import_page);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, loading_label);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BallastWindow, redo_button);
  gtk_widget_class_bind_template_callback (widget_class, on_import_page_import);
  gtk_widget_class_bind_template_callback (widget_class, on_import_page_cancelled);

  gtk_widget_class_install_property_action (widget_class, "win.show-sidebar", "sidebar-visible");
  _ballast_window_install_actions (widget_class);
  _ballast_window_install_report_actions (widget_class);
  _ballast_window_install_split_actions (widget_class);
  _ballast_window_install_problem_actions (widget_class);
}

static void
ballast_window_init (BallastWindow *self)
{
  static const char *const notifies[] = { "notify::can-undo", "notify::can-redo", "notify::title",
                                          "notify::read-only", "notify::busy", "changed" };

  self->selection = ballast_selection_new ();
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  for (guint i = 0; i < G_N_ELEMENTS (notifies); i++)
    g_signal_group_connect_swapped (self->document_signals, notifies[i],
                                    G_CALLBACK (on_document_notify), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::job",
                                  G_CALLBACK (_ballast_window_watch_job), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (on_flap_notify), self);
  add_drop_target (self);
  on_flap_notify (self);
  _ballast_window_update_actions (self);
}

static void
restore_size (BallastWindow      *self,
              BallastPreferences *preferences)
{
  int width, height;
  gboolean maximized;

  if (!ballast_preferences_get_window (preferences, &width, &height, &maximized))
    return;

  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

BallastWindow *
ballast_window_new (BallastApplication *application)
{
  BallastWindow *self = g_object_new (BALLAST_TYPE_WINDOW, "application", application, NULL);

  ballast_first_run_page_set_recent_projects (BALLAST_FIRST_RUN_PAGE (self->first_run_page),
                                              ballast_application_get_recent_projects (application));
  restore_size (self, ballast_application_get_preferences (application));
  return self;
}

gboolean
ballast_window_is_empty (BallastWindow *self)
{
  g_return_val_if_fail (BALLAST_IS_WINDOW (self), FALSE);

  return self->document == NULL &&
         g_str_equal (gtk_stack_get_visible_child_name (self->main_stack), "first-run");
}

BallastDocument *
ballast_window_get_document (BallastWindow *self)
{
  g_return_val_if_fail (BALLAST_IS_WINDOW (self), NULL);

  return self->document;
}

void
ballast_window_set_document (BallastWindow   *self,
                             BallastDocument *document)
{
  g_return_if_fail (BALLAST_IS_WINDOW (self));

  if (!g_set_object (&self->document, document))
    return;

  if (document != NULL)
    ballast_document_plan_aside (document);
  ballast_selection_reset (self->selection);
  g_signal_group_set_target (self->document_signals, document);
  gtk_stack_set_visible_child_name (self->main_stack, document != NULL ? "workspace" : "first-run");
  _ballast_window_update_actions (self);
  _ballast_window_watch_job (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

BallastSelection *
ballast_window_get_selection (BallastWindow *self)
{
  g_return_val_if_fail (BALLAST_IS_WINDOW (self), NULL);

  return self->selection;
}

void
ballast_window_show_toast (BallastWindow *self,
                           const char    *text,
                           gboolean       with_undo)
{
  g_autofree char *markup = NULL;
  AdwToast *toast;

  g_return_if_fail (BALLAST_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  if (with_undo)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
ballast_window_show_error (BallastWindow *self,
                           const GError  *error)
{
  g_return_if_fail (BALLAST_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ballast_window_show_toast (self, error->message, FALSE);
}
