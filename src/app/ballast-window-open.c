/*
 * How something comes into the window: a project is opened; a folder or a manifest is looked at,
 * shown to the user, and imported into a new project.
 *
 * Each step is asynchronous and cancellable; a step that fails goes back to where the user was,
 * with a sentence.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-chart-model.h"
#include "ballast-document-import.h"
#include "ballast-document-sample.h"
#include "ballast-imbalance.h"
#include "ballast-import-page.h"

/* Everybody's sample is the same. */
#define SAMPLE_SEED 1

/* A job that took less has not sent anybody to another window. */
#define NOTIFY_AFTER_S 5

/* What waits for a new project to be made. */
typedef struct
{
  BallastWindow      *window;
  char               *source;
  char               *layout;
  BallastImportWishes wishes;
} ImportRequest;

static void
import_request_free (ImportRequest *request)
{
  g_object_unref (request->window);
  g_free (request->source);
  g_free (request->layout);
  ballast_import_wishes_clear (&request->wishes);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportRequest, import_request_free)

static void
start_loading (BallastWindow *self,
               const char    *message)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->loading_label, message);
  gtk_stack_set_visible_child_name (self->main_stack, "loading");
}

static void
stop_loading (BallastWindow *self,
              const GError  *error)
{
  gtk_stack_set_visible_child_name (self->main_stack,
                                    self->document != NULL ? "workspace" : "first-run");
  if (error != NULL)
    ballast_window_show_error (self, error);
}

void
_ballast_window_remember (BallastWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  BallastTally *tally;
  BallastImbalance imbalance;

  if (self->document == NULL || application == NULL)
    return;

  tally = ballast_document_get_tally (self->document);
  if (tally == NULL)
    return;

  ballast_imbalance_measure_tally (tally, -1, BALLAST_UNIT_IMAGES, &imbalance);
  ballast_recent_projects_add (
    ballast_application_get_recent_projects (BALLAST_APPLICATION (application)),
    ballast_document_get_path (self->document), tally->images, imbalance.ratio);
}

static void
open_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastDocument) document = ballast_document_open_finish (result, &error);

  if (document == NULL)
    {
      stop_loading (self, error);
      return;
    }

  ballast_window_set_document (self, document);
  _ballast_window_remember (self);
  if (ballast_document_get_read_only (document))
    ballast_window_show_toast (self, _("This project can be looked at, but not changed"), FALSE);
}

static void
open_project (BallastWindow *self,
              GFile         *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name);
  g_autofree char *message = g_strdup_printf (_("Opening “%s”…"), display);

  start_loading (self, message);
  ballast_document_open_async (g_file_peek_path (file), self->cancellable, open_done,
                               g_object_ref (self));
}

static void
query_info_done (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  GFile *file = G_FILE (source);
  g_autoptr(GFileInfo) info = g_file_query_info_finish (file, result, &error);

  if (info == NULL)
    {
      stop_loading (self, error);
      return;
    }

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY &&
      g_str_has_suffix (g_file_peek_path (file), ".ballast"))
    {
      open_project (self, file);
      return;
    }

  ballast_import_page_set_path (BALLAST_IMPORT_PAGE (self->import_page), g_file_peek_path (file));
  gtk_stack_set_visible_child_name (self->main_stack, "import");
}

void
ballast_window_open (BallastWindow *self,
                     GFile         *file)
{
  g_return_if_fail (BALLAST_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (g_file_peek_path (file) == NULL)
    {
      ballast_window_show_toast (self, _("Only files on this computer can be opened"), FALSE);
      return;
    }

  start_loading (self, _("Looking…"));
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, query_info_done,
                           g_object_ref (self));
}

static void
start_import (BallastWindow             *self,
              const char                *source,
              const char                *layout,
              const BallastImportWishes *wishes)
{
  g_autoptr(BallastJob) job
    = ballast_document_import_as (self->document, source, layout, NULL, wishes);

  gtk_stack_set_visible_child_name (self->main_stack, "workspace");
}

static void
create_done (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(ImportRequest) request = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastDocument) document = ballast_document_create_finish (result, &error);

  if (document == NULL)
    {
      stop_loading (request->window, error);
      return;
    }

  ballast_window_set_document (request->window, document);
  start_import (request->window, request->source, request->layout, &request->wishes);
}

void
_ballast_window_import (BallastWindow             *self,
                        const char                *source,
                        const char                *layout,
                        const BallastImportWishes *wishes,
                        const char                *project_path)
{
  ImportRequest *request;

  if (self->document != NULL)
    {
      start_import (self, source, layout, wishes);
      return;
    }

  start_loading (self, _("Making the project…"));
  request = g_new0 (ImportRequest, 1);
  request->window = g_object_ref (self);
  request->source = g_strdup (source);
  request->layout = g_strdup (layout);
  if (wishes != NULL)
    ballast_import_wishes_copy (wishes, &request->wishes);
  ballast_document_create_async (project_path, self->cancellable, create_done, request);
}

static void
tell_import_result (BallastWindow             *self,
                    const BallastImportResult *result)
{
  g_autofree char *added = ballast_chart_format_count (result->added);
  g_autofree char *updated = ballast_chart_format_count (result->updated);
  g_autofree char *gone = ballast_chart_format_count (result->gone);
  g_autofree char *unplaced = ballast_chart_format_count (result->unplaced);
  g_autofree char *text = NULL;

  if (result->added > 0 && result->unplaced > 0)
    /* Translators: numbers of images. */
    text = g_strdup_printf (_("%s added; %s are in no split"), added, unplaced);
  else if (result->added > 0)
    text = g_strdup_printf (g_dngettext (NULL, "%s image added", "%s images added",
                                         MIN (result->added, G_MAXULONG)), added);
  else if (result->updated + result->gone > 0)
    /* Translators: numbers of images. */
    text = g_strdup_printf (_("%s changed, %s gone"), updated, gone);
  else
    text = g_strdup (_("Nothing has changed"));

  ballast_window_show_toast (self, text, FALSE);
}

/* A job that ends while the user looks elsewhere says so; the toast says it in any case. */
static void
notify_if_away (BallastWindow *self,
                BallastJob    *job)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr(GNotification) notification = NULL;

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self)) ||
      ballast_job_get_seconds (job) < NOTIFY_AFTER_S)
    return;
  if (!ballast_preferences_get_notify (
        ballast_application_get_preferences (BALLAST_APPLICATION (application))))
    return;

  notification = g_notification_new (ballast_job_get_title (job));
  g_notification_set_body (notification, ballast_document_get_title (self->document));
  g_application_send_notification (G_APPLICATION (application), "job", notification);
}

static void
on_job_finished (BallastJob    *job,
                 BallastWindow *self)
{
  const GError *error = ballast_job_get_error (job);

  if (self->document == NULL)
    return;

  if (ballast_job_get_state (job) == BALLAST_JOB_FAILED && error != NULL)
    ballast_window_show_error (self, error);
  else if (ballast_job_get_state (job) == BALLAST_JOB_CANCELLED)
    ballast_window_show_toast (self, g_object_get_data (G_OBJECT (job), "ballast-report") != NULL
                                       ? _("Stopped") : _("Stopped; the next run continues here"), FALSE);
  else if (ballast_import_result_of (job) != NULL)
    tell_import_result (self, ballast_import_result_of (job));

  notify_if_away (self, job);
  _ballast_window_remember (self);
}

void
_ballast_window_watch_job (BallastWindow *self)
{
  BallastJob *job = self->document != NULL ? ballast_document_get_job (self->document) : NULL;

  _ballast_window_update_actions (self);
  if (job == NULL || g_object_get_data (G_OBJECT (job), "ballast-watched") != NULL)
    return;

  g_object_set_data (G_OBJECT (job), "ballast-watched", self);
  g_signal_connect_object (job, "finished", G_CALLBACK (on_job_finished), self, 0);
}

/* The sample has one project of its own, which is opened again the next time. */
static char *
dup_sample_project_path (const char *sample)
{
  return g_strconcat (sample, ".ballast", NULL);
}

static void
open_sample (BallastWindow *self,
             const char    *sample)
{
  g_autofree char *path = dup_sample_project_path (sample);
  g_autoptr(GFile) project = g_file_new_for_path (path);

  if (g_file_query_exists (project, NULL))
    open_project (self, project);
  else
    _ballast_window_import (self, sample, NULL, NULL, path);
}

static void
on_sample_finished (BallastJob    *job,
                    BallastWindow *self)
{
  if (ballast_job_get_state (job) == BALLAST_JOB_DONE)
    open_sample (self, g_object_get_data (G_OBJECT (job), "ballast-dest"));
  else
    stop_loading (self, ballast_job_get_error (job));
}

static void
draw_sample (BallastWindow *self,
             const char    *kind,
             const char    *dest)
{
  g_autoptr(BallastJob) job = NULL;
  g_autofree char *folder = g_path_get_dirname (dest);

  g_mkdir_with_parents (folder, 0700);
  start_loading (self, _("Drawing a small dataset of traffic signs…"));
  job = ballast_document_draw_sample (kind, dest, 0, SAMPLE_SEED);
  g_object_set_data_full (G_OBJECT (job), "ballast-dest", g_strdup (dest), g_free);
  g_signal_connect_object (job, "finished", G_CALLBACK (on_sample_finished), self, 0);
  g_signal_connect_object (self->cancellable, "cancelled", G_CALLBACK (ballast_job_cancel), job,
                           G_CONNECT_SWAPPED);
}

void
ballast_window_open_sample (BallastWindow *self,
                            const char    *kind)
{
  g_autofree char *dest = NULL;

  g_return_if_fail (BALLAST_IS_WINDOW (self));
  g_return_if_fail (kind != NULL);

  dest = ballast_document_dup_sample_path (kind);
  if (g_file_test (dest, G_FILE_TEST_IS_DIR))
    open_sample (self, dest);
  else
    draw_sample (self, kind, dest);
}
