/*
 * What the window can be asked for.
 *
 * Every button, key and menu item names one of these; a row asks with gtk_widget_activate_action()
 * and so knows no window.  Edits are asynchronous: they end in a toast only where they failed, or
 * where undoing them is the likely next step.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-window-private.h"

#include <glib/gi18n.h>

#include "ballast-class-dialogs.h"
#include "ballast-document-edits.h"
#include "ballast-document-import.h"
#include "ballast-export-dialog.h"
#include "ballast-file-choosers.h"
#include "ballast-sidebar.h"
#include "ballast-weights-dialog.h"

static void
edit_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    ballast_window_show_error (self, error);
}

void
_ballast_window_edit_told (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  BallastDocument *document = BALLAST_DOCUMENT (source);
  g_autoptr(GError) error = NULL;
  const char *label;

  if (!ballast_document_edit_finish (document, result, &error))
    {
      ballast_window_show_error (self, error);
      return;
    }

  label = ballast_document_get_undo_label (document);
  ballast_window_show_toast (self, label != NULL ? label : _("Done"), TRUE);
}

static void
on_undo (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_document_undo_async (self->document, NULL, edit_done, g_object_ref (self));
}

static void
on_redo (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_document_redo_async (self->document, NULL, edit_done, g_object_ref (self));
}

static void
on_show_page (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->pages, g_variant_get_string (parameter, NULL));
}

static void
on_show_class (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_selection_set_problem_kind (self->selection, 0);
  ballast_selection_set_class_id (self->selection, g_variant_get_int64 (parameter));
  ballast_selection_set_also_class_id (self->selection, BALLAST_SELECTION_ALL);
  adw_view_stack_set_visible_child_name (self->pages, "images");
}

/* The images that hold both. */
static void
on_show_pair (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);
  gint64 class_id, also_class_id;

  g_variant_get (parameter, "(xx)", &class_id, &also_class_id);
  ballast_selection_set_problem_kind (self->selection, 0);
  ballast_selection_set_class_id (self->selection, class_id);
  ballast_selection_set_also_class_id (self->selection, also_class_id);
  adw_view_stack_set_visible_child_name (self->pages, "images");
}

static void
on_show_problem (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_selection_set_class_id (self->selection, BALLAST_SELECTION_ALL);
  ballast_selection_set_also_class_id (self->selection, BALLAST_SELECTION_ALL);
  ballast_selection_set_split_id (self->selection, BALLAST_SELECTION_ALL);
  ballast_selection_set_problem_kind (self->selection, g_variant_get_uint32 (parameter));
  adw_view_stack_set_visible_child_name (self->pages, "images");
}

static void
on_search (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  ballast_sidebar_focus_search (BALLAST_SIDEBAR (self->sidebar));
}

static void
on_export (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_export_dialog_present (GTK_WINDOW (self), self->document);
}

static void
on_export_weights (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_weights_dialog_present (GTK_WINDOW (self), self->document);
}

static void
on_import_again (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);
  g_autoptr(BallastJob) job = ballast_document_reimport (self->document);
}

static void
on_source_chosen (GFile   *file,
                  gpointer user_data)
{
  BallastWindow *self = BALLAST_WINDOW (user_data);

  _ballast_window_import (self, g_file_peek_path (file), NULL, NULL, NULL);
}

static void
on_import_more (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  ballast_choose_folder (GTK_WINDOW (widget), _("Add a Folder of Images"), on_source_chosen, widget);
}

static void
on_cancel_open (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  g_cancellable_cancel (self->cancellable);
}

static void
on_cancel_job (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);
  BallastJob *job = ballast_document_get_job (self->document);

  if (job != NULL)
    ballast_job_cancel (job);
}

static void
on_rename_class (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_rename_class_dialog_present (self, g_variant_get_int64 (parameter));
}

static void
on_merge_class (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_merge_class_dialog_present (self, g_variant_get_int64 (parameter));
}

/* Puts the class at another place in the dataset's order; behind the ends: nothing. */
static void
on_place_class (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);
  BallastTally *tally = ballast_document_get_tally (self->document);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const BallastClassTally *class;
  gint64 class_id;
  int place;

  g_variant_get (parameter, "(xi)", &class_id, &place);
  class = ballast_tally_find_class_by_id (tally, class_id);
  if (class == NULL || place < 0 || place >= (int) tally->n_classes || place == (int) class->index)
    return;

  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->classes[i].id != class_id)
      g_array_append_val (ids, tally->classes[i].id);
  g_array_insert_val (ids, place, class_id);
  ballast_document_reorder_classes_async (self->document, (const gint64 *) (gpointer) ids->data,
                                          ids->len, edit_done, g_object_ref (self));
}

static void
drop_class_done (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    {
      ballast_window_show_error (self, error);
      return;
    }

  ballast_selection_set_class_id (self->selection, BALLAST_SELECTION_ALL);
  ballast_window_show_toast (self, _("Class removed"), TRUE);
}

static void
on_drop_class (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);

  ballast_document_drop_class_async (self->document, g_variant_get_int64 (parameter),
                                     drop_class_done, g_object_ref (self));
}

static void
relabel_done (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BallastWindow) self = BALLAST_WINDOW (user_data);
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error))
    ballast_window_show_error (self, error);
  else
    ballast_window_show_toast (self, ballast_document_get_undo_label (self->document), TRUE);
}

static void
on_relabel (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BallastWindow *self = BALLAST_WINDOW (widget);
  g_autoptr(GVariant) images = g_variant_get_child_value (parameter, 1);
  gint64 class_id;
  gsize n_images;
  const gint64 *ids = g_variant_get_fixed_array (images, &n_images, sizeof (gint64));

  g_variant_get_child (parameter, 0, "x", &class_id);
  ballast_document_relabel_async (self->document, ids, n_images, class_id, relabel_done,
                                  g_object_ref (self));
}

static void
on_toast (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  ballast_window_show_toast (BALLAST_WINDOW (widget), g_variant_get_string (parameter, NULL),
                             g_str_equal (action_name, "win.toast-undo"));
}

static void
on_close (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

void
_ballast_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    const char                 *parameter_type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.undo", NULL, on_undo },
    { "win.redo", NULL, on_redo },
    { "win.show-page", "s", on_show_page },
    { "win.show-class", "x", on_show_class },
    { "win.show-pair", "(xx)", on_show_pair },
    { "win.show-problem", "u", on_show_problem },
    { "win.search", NULL, on_search },
    { "win.export", NULL, on_export },
    { "win.export-weights", NULL, on_export_weights },
    { "win.import-again", NULL, on_import_again },
    { "win.import-more", NULL, on_import_more },
    { "win.cancel-open", NULL, on_cancel_open },
    { "win.cancel-job", NULL, on_cancel_job },
    { "win.rename-class", "x", on_rename_class },
    { "win.merge-class", "x", on_merge_class },
    { "win.drop-class", "x", on_drop_class },
    { "win.place-class", "(xi)", on_place_class },
    { "win.relabel", "(xax)", on_relabel },
    { "win.toast", "s", on_toast },
    { "win.toast-undo", "s", on_toast },
    { "win.close", NULL, on_close },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type,
                                     actions[i].activate);
}

/* "Undo: Rename “car” (Ctrl+Z)": what will happen is said before it does. */
static void
set_history_tooltip (GtkWidget  *button,
                     const char *verb,
                     const char *label,
                     const char *key)
{
  g_autofree char *text = label != NULL ? g_strdup_printf (_("%s: %s (%s)"), verb, label, key)
                                        : g_strdup_printf ("%s (%s)", verb, key);

  gtk_widget_set_tooltip_text (button, text);
}

static void
update_history (BallastWindow *self)
{
  BallastDocument *document = self->document;
  gboolean can_undo = document != NULL && ballast_document_get_can_undo (document);
  gboolean can_redo = document != NULL && ballast_document_get_can_redo (document);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", can_undo);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", can_redo);
  set_history_tooltip (self->undo_button, _("Undo"),
                       can_undo ? ballast_document_get_undo_label (document) : NULL, _("Ctrl+Z"));
  set_history_tooltip (self->redo_button, _("Redo"),
                       can_redo ? ballast_document_get_redo_label (document) : NULL,
                       _("Shift+Ctrl+Z"));
}

void
_ballast_window_update_actions (BallastWindow *self)
{
  static const char *const of_document[] = { "win.show-page", "win.show-class", "win.show-pair", "win.show-problem",
                                             "win.search", "win.open-uri" };
  static const char *const of_images[] = { "win.export", "win.export-weights" };
  static const char *const of_idle[] = { "win.import-again", "win.import-more" };
  static const char *const of_edits[] = { "win.rename-class", "win.merge-class", "win.drop-class",
                                          "win.place-class",
                                          "win.relabel", "win.review-problem", "win.exclude-problem",
                                          "win.merge-problem", "win.mend-leaks" };
  GtkWidget *widget = GTK_WIDGET (self);
  BallastDocument *document = self->document;
  BallastTally *tally = document != NULL ? ballast_document_get_tally (document) : NULL;
  gboolean has_images = tally != NULL && tally->images > 0;
  gboolean writable = document != NULL && !ballast_document_get_read_only (document);
  gboolean idle = document != NULL && ballast_document_get_job (document) == NULL;
  const char *title = document != NULL ? ballast_document_get_title (document) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_document); i++)
    gtk_widget_action_set_enabled (widget, of_document[i], document != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (of_images); i++)
    gtk_widget_action_set_enabled (widget, of_images[i], has_images);
  for (guint i = 0; i < G_N_ELEMENTS (of_idle); i++)
    gtk_widget_action_set_enabled (widget, of_idle[i], writable && idle);
  for (guint i = 0; i < G_N_ELEMENTS (of_edits); i++)
    gtk_widget_action_set_enabled (widget, of_edits[i], writable);

  gtk_widget_action_set_enabled (widget, "win.save-report", idle);
  gtk_widget_action_set_enabled (widget, "win.make-long-tailed", writable && has_images);
  gtk_widget_action_set_enabled (widget, "win.split-dataset", writable && has_images && idle);
  gtk_widget_action_set_enabled (widget, "win.cancel-job", document != NULL && !idle);
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _("Ballast"));
  update_history (self);
}
