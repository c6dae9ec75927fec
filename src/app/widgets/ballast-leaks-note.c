/*
 * A card about leaks between splits, for dialogs that are about to use them.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-leaks-note.h"

#include <glib/gi18n.h>

#include "ballast-leaks.h"

struct _BallastLeaksNote
{
  GtkBox parent_instance;

  BallastDocument *document;    /* (nullable) */
  GCancellable    *cancellable; /* of the count that is asked for */
  GtkLabel        *label;
  GtkButton       *button;
  gboolean         leaks;       /* something to mend, not only to split */
};

G_DEFINE_FINAL_TYPE (BallastLeaksNote, ballast_leaks_note, GTK_TYPE_BOX)

static void
show_button (BallastLeaksNote *self)
{
  const char *name = self->leaks ? _("Mend the leaks") : _("Split the dataset");

  gtk_button_set_label (self->button, self->leaks ? _("_Mend…") : _("_Split…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               self->leaks ? _("Choose What to Do about Images in Two Splits")
                                           : _("Choose Where the Images Go That Are in No Split"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
count_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastLeaksNote) self = BALLAST_LEAKS_NOTE (user_data);
  g_autoptr(GPtrArray) leaks = ballast_document_count_leaks_finish (result, NULL);
  g_autofree char *text = leaks != NULL ? ballast_leaks_dup_text (leaks) : NULL;
  g_autofree char *unplaced = NULL;
  g_autoptr(GPtrArray) sentences = g_ptr_array_new ();
  g_autofree char *whole = NULL;

  if (self->document == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  self->leaks = text != NULL;
  unplaced = ballast_leaks_dup_unplaced (ballast_document_get_tally (self->document));
  if (text != NULL)
    {
      g_ptr_array_add (sentences, text);
      g_ptr_array_add (sentences, (char *) _("A model is not tested by what it was trained on."));
    }
  if (unplaced != NULL)
    g_ptr_array_add (sentences, unplaced);
  gtk_widget_set_visible (GTK_WIDGET (self), sentences->len > 0);
  g_ptr_array_add (sentences, NULL);
  whole = g_strjoinv ("\n", (char **) sentences->pdata);
  gtk_label_set_label (self->label, whole);
  show_button (self);
}

static void
count (BallastLeaksNote *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ballast_document_count_leaks_async (self->document, self->cancellable, count_done,
                                      g_object_ref (self));
}

static void
on_changed (BallastLeaksNote *self,
            BallastChanged    changed)
{
  if ((changed & (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_PROBLEMS)) != 0)
    count (self);
}

/* The action is of the window that the dialog stands over. */
static void
on_mend (BallastLeaksNote *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *parent = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;

  if (parent != NULL && self->leaks)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.mend-leaks", "u", 0);
  else if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.split-dataset", NULL);
}

static void
ballast_leaks_note_dispose (GObject *object)
{
  BallastLeaksNote *self = BALLAST_LEAKS_NOTE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (ballast_leaks_note_parent_class)->dispose (object);
}

static void
ballast_leaks_note_class_init (BallastLeaksNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_leaks_note_dispose;
}

static void
ballast_leaks_note_init (BallastLeaksNote *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic ("");

  self->label = GTK_LABEL (label);
  self->button = GTK_BUTTON (button);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "warning-card");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  show_button (self);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_mend), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), label);
  gtk_box_append (GTK_BOX (self), button);
}

void
ballast_leaks_note_set_document (BallastLeaksNote *self,
                                 BallastDocument  *document)
{
  g_return_if_fail (BALLAST_IS_LEAKS_NOTE (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  count (self);
}
