/*
 * The preferences window: three rows bound to the preferences, both ways.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-preferences-window.h"

struct _BallastPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow   *style;
  GtkSpinButton *threads;
  GtkSwitch     *notify_switch;
};

G_DEFINE_FINAL_TYPE (BallastPreferencesWindow, ballast_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

static void
ballast_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BALLAST_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (ballast_preferences_window_parent_class)->dispose (object);
}

static void
ballast_preferences_window_class_init (BallastPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_preferences_window_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, BALLAST_RESOURCE_BASE "/ballast-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastPreferencesWindow, style);
  gtk_widget_class_bind_template_child (widget_class, BallastPreferencesWindow, threads);
  gtk_widget_class_bind_template_child (widget_class, BallastPreferencesWindow, notify_switch);
}

static void
ballast_preferences_window_init (BallastPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ballast_preferences_window_new (BallastPreferences *preferences)
{
  BallastPreferencesWindow *self;
  const GBindingFlags flags = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  g_return_val_if_fail (BALLAST_IS_PREFERENCES (preferences), NULL);

  self = g_object_new (BALLAST_TYPE_PREFERENCES_WINDOW, NULL);
  g_object_bind_property (preferences, "style", self->style, "selected", flags);
  g_object_bind_property (preferences, "export-threads", self->threads, "value", flags);
  g_object_bind_property (preferences, "notify", self->notify_switch, "active", flags);

  return GTK_WIDGET (self);
}
