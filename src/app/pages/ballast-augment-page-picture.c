/*
 * The images that the Augment page offers, and the one that it shows: its boxes, the class that a mirror makes of its own, and the
 * copies of it that were rejected.
 *
 * Rejecting is an edit of the project, so it can be undone; the preview shows what the project says.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-augment-page-private.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"

#define STRIP_IMAGES 24

/* The picked images; without any, the first of the class that the window looks at. */
static GListStore *
pick_items (BallastAugmentPage *self,
            BallastImageList   *list)
{
  GListStore *items = g_list_store_new (BALLAST_TYPE_IMAGE_ITEM);
  guint n_images, n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  const gint64 *images = ballast_selection_get_images (self->selection, &n_images);

  for (guint i = 0; i < MIN (n_images, STRIP_IMAGES); i++)
    {
      g_autoptr(BallastImageItem) item = NULL;
      guint position;

      if (!ballast_image_list_find_position (list, images[i], &position))
        continue;
      item = g_list_model_get_item (G_LIST_MODEL (list), position);
      g_list_store_append (items, item);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (items)) > 0)
    return items;

  for (guint i = 0; i < MIN (n_items, STRIP_IMAGES); i++)
    {
      g_autoptr(BallastImageItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_list_store_append (items, item);
    }
  return items;
}

static void
on_images_found (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastImageList) list = ballast_image_list_query_finish (result, &error);
  g_autoptr(GListStore) items = NULL;

  if (list == NULL || self->document == NULL || self->selection == NULL)
    return;

  g_set_object (&self->list, list);
  items = pick_items (self, list);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (items)) > 0 ? "variants"
                                                                                        : "empty");
  ballast_image_strip_set_items (self->strip, G_LIST_MODEL (items));
}

void
_ballast_augment_page_find_images (BallastAugmentPage *self)
{
  BallastImageQuery query = { .state = BALLAST_IMAGE_STATE_COUNTING };
  guint n_images;

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  if (self->document == NULL || self->selection == NULL)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }

  self->stale = FALSE;
  self->query = g_cancellable_new ();
  ballast_selection_get_images (self->selection, &n_images);
  if (n_images == 0)
    query.class_id = ballast_selection_get_class_id (self->selection);
  ballast_image_list_query_async (self->document, &query, self->query, on_images_found,
                                  g_object_ref (self));
}

/* (nullable): the class that a mirror turns the image's class into, where it is another. */
static const char *
find_mirrored_class (BallastAugmentPage *self,
                     BallastImageItem   *item)
{
  gsize n_pairs;
  const BallastClassPair *pairs =
    ballast_settings_get_pairs (ballast_document_get_settings (self->document), &n_pairs);
  gint64 id = ballast_image_item_get_class_id (item);
  gint64 mirrored = n_pairs > 0 ? ballast_class_pair_mirror (pairs, n_pairs, id) : id;
  const BallastClassTally *class =
    ballast_tally_find_class_by_id (ballast_document_get_tally (self->document), mirrored);

  return class != NULL && mirrored != id ? class->name : NULL;
}

static void
bytes_unref (gpointer bytes)
{
  g_clear_pointer (&bytes, g_bytes_unref);
}

/* (transfer full) (nullable) */
static GBytes *
dup_outline (const BallastAnnotation *annotation)
{
  return annotation->n_extra > 0 ? g_bytes_new (annotation->extra, annotation->n_extra) : NULL;
}

static void
show_boxes (BallastAugmentPage        *self,
            const BallastImageDetails *details)
{
  const BallastTally *tally = ballast_document_get_tally (self->document);
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));
  g_autoptr(GArray) classes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GPtrArray) outlines = g_ptr_array_new_with_free_func ((GDestroyNotify) bytes_unref);

  for (guint i = 0; i < details->n_annotations; i++)
    if (details->annotations[i].has_box)
      {
        const BallastClassTally *class
          = ballast_tally_find_class_by_id (tally, details->annotations[i].class_id);
        guint index = class != NULL ? class->index : 0;

        g_array_append_val (boxes, details->annotations[i].box);
        g_array_append_val (classes, index);
        g_ptr_array_add (outlines, dup_outline (&details->annotations[i]));
      }
  if (boxes->len == 0)
    return;
  ballast_variant_grid_set_outlines (self->grid, outlines);
  ballast_variant_grid_set_boxes (self->grid, boxes, classes,
                                  ballast_image_facts_get_view_width (&details->record.facts),
                                  ballast_image_facts_get_view_height (&details->record.facts));
}

static void
on_details_loaded (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(BallastImageDetails) details = ballast_image_details_load_finish (result, NULL);
  BallastImageItem *item;

  /* Without them the page shows what it showed before: no boxes. */
  if (details == NULL || self->document == NULL)
    return;
  item = ballast_image_strip_get_chosen (self->strip);
  if (item == NULL || ballast_image_item_get_id (item) != details->record.id)
    return;
  ballast_variant_grid_set_class_name (self->grid, ballast_image_details_get_sampled_class (
                                         details, ballast_document_get_tally (self->document)));
  show_boxes (self, details);
  _ballast_augment_page_take_details (self, g_steal_pointer (&details));
}

static void
load_details (BallastAugmentPage *self,
              BallastImageItem   *item)
{
  g_cancellable_cancel (self->details);
  g_clear_object (&self->details);
  _ballast_augment_page_take_details (self, NULL);
  if (item == NULL || self->document == NULL)
    return;
  self->details = g_cancellable_new ();
  ballast_image_details_load_async (self->document, ballast_image_item_get_id (item), self->details,
                                    on_details_loaded, g_object_ref (self));
}

void
_ballast_augment_page_show_rejected (BallastAugmentPage *self)
{
  BallastImageItem *item = ballast_image_strip_get_chosen (self->strip);

  ballast_variant_grid_set_redraws (self->grid,
                                    ballast_settings_get_redraws (
                                      ballast_document_get_settings (self->document)));
  ballast_variant_grid_set_mirrored (self->grid,
                                     item != NULL ? find_mirrored_class (self, item) : NULL);
}

void
_ballast_augment_page_on_image_chosen (BallastAugmentPage *self)
{
  BallastImageItem *item = ballast_image_strip_get_chosen (self->strip);

  if (self->document != NULL)
    _ballast_augment_page_show_rejected (self);
  ballast_variant_grid_set_item (self->grid, item);
  load_details (self, item);
  _ballast_augment_page_set_costs_item (self, item);
}

static void
on_copy_rejected (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(BallastAugmentPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
}

void
_ballast_augment_page_on_rejected (BallastAugmentPage *self,
                                   guint               copy)
{
  BallastImageItem *item = ballast_image_strip_get_chosen (self->strip);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (item == NULL || self->document == NULL)
    return;
  path = ballast_image_record_dup_path (ballast_image_item_get_record (item));
  text = g_strdup_printf (_("Copy %u of this image is drawn with other numbers, in the export too"),
                          copy);
  ballast_document_reject_copy_async (self->document, path, copy, on_copy_rejected,
                                      g_object_ref (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}
