/*
 * Reports: a name is asked for, a job writes, and a toast opens what was written.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-window-private.h"

#include <glib/gi18n.h>

#include "ballast-file-choosers.h"
#include "ballast-long-tail-dialog.h"
#include "ballast-report.h"

#define PATH_KEY "ballast-report"

static void
offer_to_open (BallastWindow *self,
               const char    *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *text = g_strdup_printf (_("“%s” is written"), escaped);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  AdwToast *toast = adw_toast_new (text);

  if (uri != NULL)
    {
      adw_toast_set_button_label (toast, _("Open"));
      adw_toast_set_action_name (toast, "win.open-uri");
      adw_toast_set_action_target_value (toast, g_variant_new_string (uri));
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What fails or is stopped is told by the window, as of every job. */
static void
on_finished (BallastJob    *job,
             BallastWindow *self)
{
  if (ballast_job_get_state (job) == BALLAST_JOB_DONE)
    offer_to_open (self, g_object_get_data (G_OBJECT (job), PATH_KEY));
}

void
ballast_window_save_report (BallastWindow *self,
                            GFile         *file)
{
  g_autoptr(BallastJob) job = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BALLAST_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->document == NULL)
    return;
  path = g_file_get_path (file);
  if (path == NULL)
    {
      ballast_window_show_toast (self, _("Only files on this computer can be written"), FALSE);
      return;
    }
  if (!ballast_paper_is_supported (path))
    {
      g_autofree char *bare = g_steal_pointer (&path);

      path = g_strconcat (bare, ".pdf", NULL);
    }

  job = ballast_document_save_report (self->document, path);
  g_object_set_data_full (G_OBJECT (job), PATH_KEY, g_steal_pointer (&path), g_free);
  if (ballast_job_is_running (job))
    g_signal_connect_object (job, "finished", G_CALLBACK (on_finished), self, 0);
  else if (ballast_job_get_error (job) != NULL)
    ballast_window_show_error (self, ballast_job_get_error (job));
}

static void
on_file_chosen (GFile   *file,
                gpointer owner)
{
  ballast_window_save_report (BALLAST_WINDOW (owner), file);
}

static void
on_save_report (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);
  /* Translators: the name of a file; %s is the project's. */
  g_autofree char *name = g_strdup_printf (_("%s report.pdf"), ballast_document_get_title (self->document));

  ballast_choose_report_file (GTK_WINDOW (self), g_strdelimit (name, G_DIR_SEPARATOR_S, '-'),
                              on_file_chosen, self);
}

static void
on_open_uri (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_show_uri (GTK_WINDOW (widget), g_variant_get_string (parameter, NULL), GDK_CURRENT_TIME);
}

static void
on_make_long_tailed (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_long_tail_dialog_present (GTK_WINDOW (self), self->document);
}

void
_ballast_window_install_report_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-report", NULL, on_save_report);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", on_open_uri);
  gtk_widget_class_install_action (widget_class, "win.make-long-tailed", NULL, on_make_long_tailed);
}
