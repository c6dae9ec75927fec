/*
 * The first thing that anybody sees: one sentence, two buttons, and what was open lately.
 *
 * Dropping is the window's business.  Rows ask the application by action.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-first-run-page.h"

#include <glib/gi18n.h>

#include "ballast-card-grid.h"
#include "ballast-chart-model.h"
#include "ballast-number-text.h"

struct _BallastFirstRunPage
{
  AdwBin parent_instance;

  BallastRecentProjects *projects;

  GtkWidget  *open_button;
  GtkWidget  *recent_clamp;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (BallastFirstRunPage, ballast_first_run_page, ADW_TYPE_BIN)

static void
on_row_activated (GtkListBox          *list,
                  GtkListBoxRow       *row,
                  BallastFirstRunPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-recent", "s",
                              gtk_widget_get_name (GTK_WIDGET (row)));
}

static GtkWidget *
create_ratio_label (BallastRecentProject *project)
{
  double ratio = ballast_recent_project_get_ratio (project);
  g_autofree char *text = ratio > 0 ? ballast_text_of_ratio (ratio) : NULL;
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_tooltip_text (label, _("Largest class against the smallest"));

  return label;
}

static GtkWidget *
create_forget_button (BallastRecentProject *project)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *label = g_strdup_printf (_("Forget %s"),
                                            ballast_recent_project_get_name (project));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _("Take off This List"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.forget-recent");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    ballast_recent_project_get_uri (project));

  return button;
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  BallastRecentProject *project = BALLAST_RECENT_PROJECT (item);
  guint64 images = ballast_recent_project_get_images (project);
  g_autofree char *count = ballast_chart_format_count (images);
  g_autofree char *folder = ballast_recent_project_dup_folder (project);
  g_autofree char *subtitle = g_strdup_printf (g_dngettext (NULL, "%s · %s image", "%s · %s images",
                                                            images), folder, count);
  g_autofree char *title_markup
    = g_markup_escape_text (ballast_recent_project_get_name (project), -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_ratio_label (project));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_forget_button (project));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_name (row, ballast_recent_project_get_uri (project));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ballast_recent_project_get_name (project), -1);

  return row;
}

static void
on_projects_changed (BallastFirstRunPage *self)
{
  gtk_widget_set_visible (self->recent_clamp,
                          g_list_model_get_n_items (G_LIST_MODEL (self->projects)) > 0);
}

static void
ballast_first_run_page_dispose (GObject *object)
{
  BallastFirstRunPage *self = BALLAST_FIRST_RUN_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_FIRST_RUN_PAGE);
  g_clear_object (&self->projects);

  G_OBJECT_CLASS (ballast_first_run_page_parent_class)->dispose (object);
}

static void
ballast_first_run_page_class_init (BallastFirstRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_first_run_page_dispose;

  g_type_ensure (BALLAST_TYPE_CARD_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-first-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastFirstRunPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, BallastFirstRunPage, recent_clamp);
  gtk_widget_class_bind_template_child (widget_class, BallastFirstRunPage, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
ballast_first_run_page_init (BallastFirstRunPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ballast_first_run_page_set_recent_projects (BallastFirstRunPage   *self,
                                            BallastRecentProjects *projects)
{
  g_return_if_fail (BALLAST_IS_FIRST_RUN_PAGE (self));
  g_return_if_fail (BALLAST_IS_RECENT_PROJECTS (projects));
  g_return_if_fail (self->projects == NULL);

  self->projects = g_object_ref (projects);
  gtk_list_box_bind_model (self->recent_list, G_LIST_MODEL (projects), create_row, NULL, NULL);
  g_signal_connect_object (projects, "items-changed", G_CALLBACK (on_projects_changed), self,
                           G_CONNECT_SWAPPED);
  on_projects_changed (self);
}
