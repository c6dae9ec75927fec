/*
 * What the window does about splits: make them, and mend what leaks between them.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-window-private.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"
#include "ballast-leaks.h"
#include "ballast-split-dialog.h"

/* The window, or a dialog that stands over it. */
static GtkWindow *
get_front (BallastWindow *self)
{
  GtkWindow *front = GTK_WINDOW (self);
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (gtk_window_get_transient_for (link->data) == GTK_WINDOW (self) &&
        gtk_widget_get_mapped (link->data))
      front = link->data;

  return front;
}

static void
on_split (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  ballast_split_dialog_present (get_front (BALLAST_WINDOW (widget)), BALLAST_WINDOW (widget)->document);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             BallastWindow    *self)
{
  if (self->document == NULL)
    return;
  if (g_str_equal (response, "split"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.split-dataset", NULL);
  else if (g_str_equal (response, "exclude") || g_str_equal (response, "move"))
    ballast_document_mend_leaks_async (self->document,
                                       g_str_equal (response, "move") ? BALLAST_MEND_MOVE
                                                                      : BALLAST_MEND_EXCLUDE,
                                       _ballast_window_edit_told, g_object_ref (self));
}

static void
count_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) leaks = ballast_document_count_leaks_finish (result, &error);
  g_autofree char *text = NULL, *body = NULL;
  AdwMessageDialog *dialog;

  if (leaks == NULL || self->document == NULL)
    {
      if (error != NULL)
        ballast_window_show_error (self, error);
      return;
    }

  text = ballast_leaks_dup_text (leaks);
  body = g_strdup_printf ("%s\n\n%s", text != NULL ? text : _("Nothing leaks any more."),
                          _("A model that has seen an image in training is not tested by "
                             "it. Nothing is deleted, and each of these can be undone."));
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_front (self), _("Mend the Leaks"),
                                                       body));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "split", _("_Split Anew…"),
                                    "move", _("_Move Them into Training"),
                                    "exclude", _("_Exclude Them from Training"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "exclude", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "exclude");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_mend (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_document_count_leaks_async (self->document, NULL, count_done, g_object_ref (self));
}

void
_ballast_window_install_split_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.split-dataset", NULL, on_split);
  gtk_widget_class_install_action (widget_class, "win.mend-leaks", "u", on_mend);
}
