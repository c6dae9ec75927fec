/*
 * Pipelines as files and on the clipboard: Albumentations' JSON and YAML, so that a pipeline tuned here runs
 * in a training loop there, and the other way round.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-augment-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-file-choosers.h"
#include "ballast-pipeline-file.h"

/* Larger than any pipeline; a file this long is something else. */
#define MAXIMUM_BYTES (1024 * 1024)

static void
toast (BallastAugmentPage *self,
       const char         *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
take_text (BallastAugmentPage *self,
           const char         *text,
           gssize              length)
{
  g_autoptr(BallastPipeline) pipeline = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) dropped = NULL;

  pipeline = ballast_pipeline_from_text (text, length, &dropped, &error);
  if (pipeline == NULL)
    {
      toast (self, error->message);
      return;
    }

  ballast_pipeline_editor_replace (self->editor, pipeline);
  if (dropped != NULL && dropped[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (" ", dropped);
      g_autofree char *message = g_strdup_printf (_("Left out: %s"), list);

      toast (self, message);
    }
}

static void
on_contents_loaded (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_load_contents_finish (G_FILE (object), result, &text, &length, NULL, &error))
    toast (self, error->message);
  else if (length > MAXIMUM_BYTES)
    toast (self, _("The file is too long to be a pipeline"));
  else
    take_text (self, text, length);
}

static void
on_load_response (GtkNativeDialog    *chooser,
                  int                 response,
                  BallastAugmentPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      g_file_load_contents_async (file, NULL, on_contents_loaded, g_object_ref (self));
    }
  g_object_unref (chooser);
}

static void
load (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_("Load Pipeline"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _("_Load"), _("_Cancel"));
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Pipelines (JSON, YAML)"));
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_filter_add_pattern (filter, "*.yaml");
  gtk_file_filter_add_pattern (filter, "*.yml");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_load_response), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* @done, and what a program that loads the text will do otherwise. */
static void
tell_unsaid (BallastAugmentPage *self,
             const char         *done)
{
  g_auto(GStrv) unsaid =
    ballast_pipeline_list_unsaid (ballast_pipeline_editor_get_pipeline (self->editor));
  g_autofree char *list = g_strjoinv (". ", unsaid);
  g_autofree char *text = g_strdup_printf ("%s. %s.", done, list);

  toast (self, unsaid[0] == NULL ? done : text);
}

static void
on_contents_saved (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    tell_unsaid (self, _("Pipeline saved"));
  else
    toast (self, error->message);
}

static void
save_to (GFile   *file,
         gpointer user_data)
{
  BallastAugmentPage *self = user_data;
  const BallastPipeline *pipeline = ballast_pipeline_editor_get_pipeline (self->editor);
  BallastPipelineFormat format = BALLAST_PIPELINE_FORMAT_JSON;
  g_autoptr(GBytes) bytes = NULL;
  char *text;

  ballast_pipeline_format_of_path (g_file_peek_path (file) != NULL ? g_file_peek_path (file) : "",
                                   &format);
  text = ballast_pipeline_to_text (pipeline, format);
  bytes = g_bytes_new_take (text, strlen (text));

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       on_contents_saved, g_object_ref (self));
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  const BallastSaveChoice choice = { _("Save Pipeline"), _("_Save"), "pipeline.json", "json" };

  ballast_choose_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), &choice, save_to, widget);
}

static void
copy_as (BallastAugmentPage   *self,
         BallastPipelineFormat format,
         const char           *done)
{
  g_autofree char *text =
    ballast_pipeline_to_text (ballast_pipeline_editor_get_pipeline (self->editor), format);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  toast (self, done);
}

static void
copy (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  copy_as (BALLAST_AUGMENT_PAGE (widget), BALLAST_PIPELINE_FORMAT_JSON, _("Pipeline copied"));
}

static void
copy_python (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  copy_as (BALLAST_AUGMENT_PAGE (widget), BALLAST_PIPELINE_FORMAT_PYTHON, _("Python copied"));
}

static void
on_text_pasted (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text == NULL)
    toast (self, _("There is no text to paste"));
  else
    take_text (self, text, -1);
}

static void
paste (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text_pasted,
                                 g_object_ref (widget));
}

void
_ballast_augment_page_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "pipeline.load", NULL, load);
  gtk_widget_class_install_action (widget_class, "pipeline.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "pipeline.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "pipeline.copy-python", NULL, copy_python);
  gtk_widget_class_install_action (widget_class, "pipeline.paste", NULL, paste);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "pipeline.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "pipeline.paste", NULL);
}
