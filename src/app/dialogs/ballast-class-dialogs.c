/*
 * The two questions about classes that need an answer typed or picked: a new name, and the class
 * to merge into.  Both end in one undoable edit.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-dialogs.h"

#include <glib/gi18n.h>

#include "ballast-class-list.h"
#include "ballast-document-edits.h"

typedef struct
{
  BallastWindow *window;
  gint64         class_id;
  GtkWidget     *input; /* a GtkEntry or a GtkDropDown */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  g_free (data);
}

static void
edit_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastWindow) window = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    ballast_window_show_error (window, error);
}

static void
merge_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastWindow) window = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    ballast_window_show_error (window, error);
  else
    ballast_window_show_toast (window, _("Classes merged"), TRUE);
}

static const BallastClassTally *
find_class (BallastWindow *window,
            gint64         class_id)
{
  BallastDocument *document = ballast_window_get_document (window);

  if (document == NULL)
    return NULL;

  return ballast_tally_find_class_by_id (ballast_document_get_tally (document), class_id);
}

static GtkWidget *
create_dialog (BallastWindow *window,
               const char    *heading,
               const char    *verb,
               GtkWidget     *input)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), NULL, NULL);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), input);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "apply",
                                    verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "apply",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "apply");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}

static void
ask (GtkWidget     *dialog,
     BallastWindow *window,
     gint64         class_id,
     GtkWidget     *input,
     GCallback      on_response)
{
  Question *question = g_new0 (Question, 1);

  question->window = window;
  question->class_id = class_id;
  question->input = input;
  g_signal_connect_data (dialog, "response", on_response, question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_rename_response (AdwMessageDialog *dialog,
                    const char       *response,
                    Question         *question)
{
  BallastDocument *document = ballast_window_get_document (question->window);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (question->input));

  if (!g_str_equal (response, "apply") || document == NULL)
    return;

  ballast_document_rename_class_async (document, question->class_id, name, edit_done,
                                       g_object_ref (question->window));
}

static void
on_name_changed (GtkEditable      *entry,
                 AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "apply", *gtk_editable_get_text (entry) != '\0');
}

void
ballast_rename_class_dialog_present (BallastWindow *window,
                                     gint64         class_id)
{
  const BallastClassTally *class = find_class (window, class_id);
  g_autofree char *heading = NULL;
  GtkWidget *entry;
  GtkWidget *dialog;

  if (class == NULL)
    return;

  entry = gtk_entry_new ();
  heading = g_strdup_printf (_("Rename “%s”"), class->name);
  gtk_editable_set_text (GTK_EDITABLE (entry), class->name);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_widget_set_tooltip_text (entry, _("New Name of the Class"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"),
                                  -1);
  dialog = create_dialog (window, heading, _("_Rename"), entry);
  g_signal_connect (entry, "changed", G_CALLBACK (on_name_changed), dialog);
  ask (dialog, window, class_id, entry, G_CALLBACK (on_rename_response));
}

static void
on_merge_response (AdwMessageDialog *dialog,
                   const char       *response,
                   Question         *question)
{
  BallastDocument *document = ballast_window_get_document (question->window);
  BallastClassItem *into = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (question->input));
  gint64 class_ids[2];

  if (!g_str_equal (response, "apply") || document == NULL || into == NULL)
    return;

  class_ids[0] = question->class_id;
  class_ids[1] = ballast_class_item_get_id (into);
  ballast_document_merge_classes_async (document, class_ids, 2, class_ids[1], merge_done,
                                        g_object_ref (question->window));
}

static gboolean
is_other_class (gpointer item,
                gpointer user_data)
{
  return ballast_class_item_get_id (item) != *(gint64 *) user_data;
}

static GtkWidget *
create_class_drop_down (BallastDocument *document,
                        gint64           without)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (is_other_class, g_memdup2 (&without, 8), g_free);
  GListModel *classes = G_LIST_MODEL (ballast_class_list_new (document));
  GtkFilterListModel *others = gtk_filter_list_model_new (classes, GTK_FILTER (filter));
  GtkExpression *name = gtk_property_expression_new (BALLAST_TYPE_CLASS_ITEM, NULL, "name");
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (others), name);

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
  gtk_widget_set_tooltip_text (drop_down, _("Class to Merge Into"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Class to merge into"), -1);

  return drop_down;
}

void
ballast_merge_class_dialog_present (BallastWindow *window,
                                    gint64         class_id)
{
  const BallastClassTally *class = find_class (window, class_id);
  g_autofree char *heading = NULL;
  GtkWidget *drop_down;
  GtkWidget *dialog;

  if (class == NULL)
    return;

  heading = g_strdup_printf (_("Merge “%s” Into"), class->name);
  drop_down = create_class_drop_down (ballast_window_get_document (window), class_id);
  dialog = create_dialog (window, heading, _("_Merge"), drop_down);
  ask (dialog, window, class_id, drop_down, G_CALLBACK (on_merge_response));
}
