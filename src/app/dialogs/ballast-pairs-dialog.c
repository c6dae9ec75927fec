/*
 * The dialog of the classes that a mirror swaps: a line for each pair, of two lists of classes.
 *
 * A class belongs to one pair at most; while two lines name the same class, or one line names one
 * class twice, the dialog cannot be ended.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-pairs-dialog.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"
#include "ballast-mirror-names.h"

typedef struct
{
  AdwMessageDialog *dialog;
  GtkWindow        *parent;
  BallastDocument  *document;
  BallastTally     *tally; /* as it was when the dialog opened: lists hold its positions */
  GtkBox           *lines;
} Pairs;

static void
pairs_free (Pairs *self)
{
  g_object_unref (self->document);
  ballast_tally_unref (self->tally);
  g_free (self);
}

static gint64
get_class_id (Pairs     *self,
              GtkWidget *list)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (list));

  return index < self->tally->n_classes ? self->tally->classes[index].id : 0;
}

/* (transfer full): what the lines say. */
static GArray *
dup_pairs (Pairs *self)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (BallastClassPair));
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (self->lines));

  for (; line != NULL; line = gtk_widget_get_next_sibling (line))
    {
      const BallastClassPair pair = {
        get_class_id (self, g_object_get_data (G_OBJECT (line), "first")),
        get_class_id (self, g_object_get_data (G_OBJECT (line), "second")),
      };

      g_array_append_val (pairs, pair);
    }

  return pairs;
}

static gboolean
is_consistent (GArray *pairs)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < pairs->len; i++)
    {
      BallastClassPair *pair = &g_array_index (pairs, BallastClassPair, i);

      if (!g_hash_table_add (seen, &pair->class_id) || !g_hash_table_add (seen, &pair->mirrored_id))
        return FALSE;
    }

  return TRUE;
}

static void
check (Pairs *self)
{
  g_autoptr(GArray) pairs = dup_pairs (self);

  adw_message_dialog_set_response_enabled (self->dialog, "apply", is_consistent (pairs));
}

static GtkWidget *
new_class_list (Pairs      *self,
                gint64      class_id,
                const char *label)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *list;
  guint selected = 0;

  for (guint i = 0; i < self->tally->n_classes; i++)
    {
      gtk_string_list_append (names, self->tally->classes[i].name);
      if (self->tally->classes[i].id == class_id)
        selected = i;
    }

  list = gtk_drop_down_new (G_LIST_MODEL (names),
                            gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (list), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  gtk_widget_set_hexpand (list, TRUE);
  gtk_widget_set_tooltip_text (list, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (check), self);
  return list;
}

static void
on_remove_clicked (GtkButton *button,
                   Pairs     *self)
{
  gtk_box_remove (self->lines, gtk_widget_get_parent (GTK_WIDGET (button)));
  check (self);
}

static void
add_line (Pairs                  *self,
          const BallastClassPair *pair)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *first = new_class_list (self, pair->class_id, _("Class"));
  GtkWidget *second = new_class_list (self, pair->mirrored_id, _("Its Mirror Image"));
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove This Pair"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove this pair"), -1);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_clicked), self);
  gtk_box_append (GTK_BOX (line), first);
  gtk_box_append (GTK_BOX (line), gtk_label_new ("↔"));
  gtk_box_append (GTK_BOX (line), second);
  gtk_box_append (GTK_BOX (line), remove);
  g_object_set_data (G_OBJECT (line), "first", first);
  g_object_set_data (G_OBJECT (line), "second", second);
  gtk_box_append (self->lines, line);
}

static gboolean
is_used (GArray *pairs,
         gint64  class_id)
{
  return ballast_class_pair_mirror ((gpointer) pairs->data, pairs->len, class_id) != class_id;
}

/* The next two classes that are in no pair yet. */
static void
on_add_clicked (Pairs *self)
{
  g_autoptr(GArray) pairs = dup_pairs (self);
  BallastClassPair pair = { 0, 0 };

  for (guint i = 0; i < self->tally->n_classes && pair.mirrored_id == 0; i++)
    {
      gint64 id = self->tally->classes[i].id;

      if (is_used (pairs, id))
        continue;
      if (pair.class_id == 0)
        pair.class_id = id;
      else
        pair.mirrored_id = id;
    }

  if (pair.mirrored_id != 0)
    add_line (self, &pair);
  check (self);
}

static void
on_edit_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GtkWindow) parent = user_data;
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", error->message);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Pairs            *self)
{
  g_autoptr(GArray) pairs = NULL;

  if (!g_str_equal (response, "apply"))
    return;

  pairs = dup_pairs (self);
  ballast_document_set_pairs_async (self->document, (gpointer) pairs->data, pairs->len,
                                    on_edit_done, g_object_ref (self->parent));
}

static void
add_first_lines (Pairs *self)
{
  gsize n_pairs;
  const BallastClassPair *pairs =
    ballast_settings_get_pairs (ballast_document_get_settings (self->document), &n_pairs);
  g_autoptr(GArray) suggested = NULL;

  if (n_pairs == 0)
    {
      suggested = ballast_mirror_names_dup_pairs (self->tally);
      pairs = (gpointer) suggested->data;
      n_pairs = suggested->len;
    }
  for (gsize i = 0; i < n_pairs; i++)
    add_line (self, &pairs[i]);
}

static GtkWidget *
new_content (Pairs *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *add = gtk_button_new_with_label (_("Add Pair"));

  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->lines));
  gtk_widget_set_halign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (add, self->tally->n_classes > 1);
  gtk_widget_set_tooltip_text (add, _("Two More Classes That a Mirror Swaps"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add pair"),
                                  -1);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add_clicked), self);
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_box_append (GTK_BOX (content), add);
  return content;
}

GtkWidget *
ballast_pairs_dialog_present (GtkWindow       *parent,
                              BallastDocument *document)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Mirrored Classes"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  Pairs *self = g_new0 (Pairs, 1);

  self->dialog = message;
  self->parent = parent;
  self->document = g_object_ref (document);
  self->tally = ballast_tally_ref (ballast_document_get_tally (document));
  adw_message_dialog_set_body (message, _("A mirror makes one class of such a pair out of the other, "
                                           "so a mirrored copy gets the other’s label."));
  adw_message_dialog_set_extra_child (message, new_content (self));
  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "apply", _("_Apply"), NULL);
  adw_message_dialog_set_response_appearance (message, "apply", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "apply");
  adw_message_dialog_set_close_response (message, "cancel");
  add_first_lines (self);
  check (self);
  g_object_set_data_full (G_OBJECT (dialog), "pairs", self, (GDestroyNotify) pairs_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), self);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
