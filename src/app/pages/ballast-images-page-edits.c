/*
 * What is done to the selected images.  Each is one step of undo, said in a toast with its button.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-images-page-private.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"

/* What an edit says when it is done. */
typedef struct
{
  BallastImagesPage *page;
  char              *message;
} Edit;

static Edit *
edit_new (BallastImagesPage *page,
          char              *message)
{
  Edit *edit = g_new (Edit, 1);

  edit->page = g_object_ref (page);
  edit->message = message;
  return edit;
}

static void
on_edit_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Edit *edit = user_data;
  g_autoptr(GError) error = NULL;

  if (ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (edit->page), "win.toast-undo", "s", edit->message);
  else
    gtk_widget_activate_action (GTK_WIDGET (edit->page), "win.toast", "s", error->message);

  g_object_unref (edit->page);
  g_free (edit->message);
  g_free (edit);
}

void
_ballast_images_page_relabel (BallastImagesPage *self,
                              gint64             class_id)
{
  const BallastClassTally *class;
  g_autofree gint64 *images = NULL;
  guint n;

  if (self->document == NULL)
    return;

  class = ballast_tally_find_class_by_id (ballast_document_get_tally (self->document), class_id);
  images = _ballast_images_page_dup_picked (self, &n);
  if (class == NULL || n == 0)
    return;

  ballast_document_relabel_async (self->document, images, n, class_id, on_edit_done,
                                  edit_new (self, g_strdup_printf (ngettext ("%u image moved to “%s”",
                                                                             "%u images moved to “%s”",
                                                                             n), n, class->name)));
}

static void
relabel_by_number (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;
  guint index = g_variant_get_uint32 (parameter);

  if (tally != NULL && index < tally->n_classes)
    _ballast_images_page_relabel (self, tally->classes[index].id);
}

static void
choose_class (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_menu_button_popup (BALLAST_IMAGES_PAGE (widget)->move);
}

static void
exclude (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);
  guint n;
  g_autofree gint64 *images = _ballast_images_page_dup_picked (self, &n);

  if (n > 0)
    ballast_document_exclude_async (self->document, images, n, on_edit_done,
                                    edit_new (self, g_strdup_printf (ngettext ("%u image excluded",
                                                                               "%u images excluded",
                                                                               n), n)));
}

static void
include (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);
  guint n;
  g_autofree gint64 *images = _ballast_images_page_dup_picked (self, &n);

  if (n > 0)
    ballast_document_include_async (self->document, images, n, on_edit_done,
                                    edit_new (self, g_strdup_printf (ngettext ("%u image included",
                                                                               "%u images included",
                                                                               n), n)));
}

static char *
describe_box_edit (const BallastBoxEdit    *edit,
                   const BallastClassTally *class)
{
  guint n = edit->n_ids;

  switch (edit->act)
    {
    case BALLAST_BOX_RELABEL:
      return g_strdup_printf (ngettext ("%u box moved to “%s”", "%u boxes moved to “%s”", n), n,
                              class->name);
    case BALLAST_BOX_DELETE:
      return g_strdup_printf (ngettext ("%u box deleted", "%u boxes deleted", n), n);
    case BALLAST_BOX_EXCLUDE:
      return g_strdup_printf (ngettext ("%u box excluded", "%u boxes excluded", n), n);
    case BALLAST_BOX_INCLUDE:
    default:
      return g_strdup_printf (ngettext ("%u box included", "%u boxes included", n), n);
    }
}

/* (act, annotation, class): what the large view and the details ask for. */
static void
edit_box (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);
  const BallastClassTally *class = NULL;
  BallastBoxEdit edit = { .n_ids = 1 };
  gint64 id;
  guint act;

  if (self->document == NULL || ballast_document_get_read_only (self->document))
    return;
  g_variant_get (parameter, "(uxx)", &act, &id, &edit.class_id);
  edit.act = (BallastBoxAct) act;
  edit.ids = &id;
  if (edit.act == BALLAST_BOX_RELABEL)
    class = ballast_tally_find_class_by_id (ballast_document_get_tally (self->document),
                                            edit.class_id);
  if (edit.act == BALLAST_BOX_RELABEL && class == NULL)
    return;
  ballast_document_edit_boxes_async (self->document, &edit, on_edit_done,
                                     edit_new (self, describe_box_edit (&edit, class)));
}

static void
select_box (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);

  if (!_ballast_images_page_view (self))
    return;
  ballast_image_viewer_select_box (self->viewer, g_variant_get_int64 (parameter));
}

static void
preview (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);
  guint n;
  g_autofree gint64 *images = _ballast_images_page_dup_picked (self, &n);

  ballast_selection_set_images (self->selection, images, n);
  gtk_widget_activate_action (widget, "win.show-page", "s", "augment");
}

static void
select_all (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);

  if (self->picked != NULL)
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->picked));
}

static void
select_none (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);

  if (self->picked != NULL)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->picked));
}

void
_ballast_images_page_install_edits (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "images.exclude", NULL, exclude);
  gtk_widget_class_install_action (widget_class, "images.include", NULL, include);
  gtk_widget_class_install_action (widget_class, "images.preview", NULL, preview);
  gtk_widget_class_install_action (widget_class, "images.choose-class", NULL, choose_class);
  gtk_widget_class_install_action (widget_class, "images.relabel", "u", relabel_by_number);
  gtk_widget_class_install_action (widget_class, "images.select-all", NULL, select_all);
  gtk_widget_class_install_action (widget_class, "images.select-none", NULL, select_none);
  gtk_widget_class_install_action (widget_class, "images.edit-box", "(uxx)", edit_box);
  gtk_widget_class_install_action (widget_class, "images.select-box", "x", select_box);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "images.exclude", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, 0, "images.exclude", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, 0, "images.include", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "images.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, 0, "images.choose-class", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "images.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "images.select-none", NULL);
  for (guint i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, 0, "images.relabel", "u", i);
}
