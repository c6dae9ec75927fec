/*
 * The Images page: a grid of any length, of which only what is seen exists.
 *
 * The list is a query's answer and never changes; an edit asks again and the model is swapped,
 * which costs the grid a few milliseconds at a million images.  The images that were selected are
 * found again by their ids.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-images-page-private.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-image-cell.h"
#include "ballast-image-ids.h"
#include "ballast-wrap-box.h"

/* A page narrower than this has no room for the details beside the grid. */
#define DETAILS_FROM_PX 640

/* More selected images than this are not looked for again after an edit. */
#define KEPT_SELECTION 10000

G_DEFINE_FINAL_TYPE (BallastImagesPage, ballast_images_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static BallastImageList *
get_list (BallastImagesPage *self)
{
  return self->picked != NULL ? BALLAST_IMAGE_LIST (ballast_bitset_selection_get_model (self->picked))
                              : NULL;
}

gint64 *
_ballast_images_page_dup_picked (BallastImagesPage *self,
                                 guint             *n_picked)
{
  g_autoptr(GtkBitset) positions = NULL;
  gint64 *images;
  GtkBitsetIter iter;
  guint position;

  *n_picked = 0;
  if (self->picked == NULL)
    return NULL;

  positions = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->picked));
  images = g_new (gint64, gtk_bitset_get_size (positions) + 1);
  if (gtk_bitset_iter_init_first (&iter, positions, &position))
    do
      images[(*n_picked)++] = ballast_image_list_get_id (get_list (self), position);
    while (gtk_bitset_iter_next (&iter, &position));

  return images;
}

static void
show_details (BallastImagesPage *self,
              guint              n_picked)
{
  g_autoptr(GtkBitset) positions = NULL;

  gtk_revealer_set_reveal_child (self->details_revealer,
                                 n_picked > 0 &&
                                 gtk_widget_get_width (GTK_WIDGET (self)) >= DETAILS_FROM_PX);
  if (n_picked == 0)
    return;

  positions = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->picked));
  ballast_image_details_pane_set_image (self->details, self->document,
                                        ballast_image_list_get_id (get_list (self),
                                                                   gtk_bitset_get_minimum (positions)));
}

static void
show_count (BallastImagesPage *self,
            guint              n_picked)
{
  guint n_items = self->picked != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->picked)) : 0;
  g_autofree char *items = ballast_chart_format_count (n_items);
  g_autofree char *images = g_strdup_printf (ngettext ("%s image", "%s images", n_items), items);
  g_autofree char *text = NULL;

  if (n_picked > 0)
    text = g_strdup_printf (ngettext ("%s, %u selected", "%s, %u selected", n_picked), images,
                            n_picked);
  gtk_label_set_label (self->count, text != NULL ? text : images);
}

/* One button, by what the first selected image is; the keys X and I do both to all of them. */
static void
show_state (BallastImagesPage *self,
            guint              n_picked)
{
  gboolean excluded = self->state == BALLAST_IMAGE_STATE_EXCLUDED;

  if (n_picked > 0)
    {
      g_autoptr(GtkBitset) positions =
        gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->picked));
      g_autoptr(BallastImageItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->picked), gtk_bitset_get_minimum (positions));

      if (ballast_image_item_get_loaded (item))
        excluded = ballast_image_item_get_excluded (item);
    }

  gtk_widget_set_visible (self->exclude, !excluded);
  gtk_widget_set_visible (self->include, excluded);
}

static void
on_picked_changed (BallastImagesPage *self)
{
  guint n_picked = self->picked != NULL ? ballast_bitset_selection_get_size (self->picked) : 0;
  gboolean writable = self->document != NULL && !ballast_document_get_read_only (self->document);

  show_count (self, n_picked);
  show_details (self, n_picked);
  show_state (self, n_picked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->move), n_picked > 0 && writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "images.exclude", n_picked > 0 && writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "images.include", n_picked > 0 && writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "images.preview", n_picked > 0);
}

/* Selects again what was selected, as far as it is still in the list. */
static void
restore_picked (BallastImagesPage *self,
                const gint64      *images,
                guint              n_images)
{
  g_autoptr(GtkBitset) positions = gtk_bitset_new_empty ();
  g_autoptr(GtkBitset) all = NULL;

  for (guint i = 0; i < n_images; i++)
    {
      guint position;

      if (ballast_image_list_find_position (get_list (self), images[i], &position))
        gtk_bitset_add (positions, position);
    }
  if (gtk_bitset_is_empty (positions))
    return;

  all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->picked)));
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->picked), positions, all);
}

static gboolean
is_viewing (BallastImagesPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "viewer") == 0;
}

/* An edit keeps the large view open: on the same image, or on the one that has taken its place. */
static void
show_list (BallastImagesPage *self)
{
  guint n = self->picked != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->picked)) : 0;
  g_autoptr(GtkBitset) positions = NULL;
  guint position;

  if (n == 0 || !is_viewing (self))
    {
      ballast_image_viewer_show (self->viewer, NULL, 0);
      gtk_stack_set_visible_child_name (self->stack, n > 0 ? "grid" : "empty");
      return;
    }

  positions = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->picked));
  position = MIN (ballast_image_viewer_get_position (self->viewer), n - 1);
  if (!gtk_bitset_is_empty (positions))
    position = gtk_bitset_get_minimum (positions);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->picked), position, TRUE);
  ballast_image_viewer_show (self->viewer, G_LIST_MODEL (self->picked), position);
}

static void
take_list (BallastImagesPage *self,
           BallastImageList  *list)
{
  guint n_images;
  g_autofree gint64 *images = _ballast_images_page_dup_picked (self, &n_images);

  g_clear_object (&self->picked);
  if (list != NULL)
    self->picked = ballast_bitset_selection_new (G_LIST_MODEL (g_object_ref (list)));
  if (self->picked != NULL && n_images <= KEPT_SELECTION)
    restore_picked (self, images, n_images);
  if (self->picked != NULL)
    g_signal_connect_object (self->picked, "selection-changed", G_CALLBACK (on_picked_changed), self,
                             G_CONNECT_SWAPPED);

  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->picked));
  show_list (self);
  on_picked_changed (self);
}

static void
on_images_found (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BallastImagesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastImageList) list = ballast_image_list_query_finish (result, &error);

  if (list != NULL && self->document != NULL)
    take_list (self, list);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
}

void
_ballast_images_page_refresh (BallastImagesPage *self)
{
  BallastImageQuery query = { .state = self->state, .text = self->text };

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  if (self->document == NULL || self->selection == NULL)
    return;

  _ballast_images_page_show_chips (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }

  self->stale = FALSE;
  self->query = g_cancellable_new ();
  query.class_id = ballast_selection_get_class_id (self->selection);
  query.also_class_id = ballast_selection_get_also_class_id (self->selection);
  query.split_id = ballast_selection_get_split_id (self->selection);
  query.problem = ballast_selection_get_problem_kind (self->selection);
  if (query.problem != 0)
    query.state = BALLAST_IMAGE_STATE_ALL;
  ballast_image_list_query_async (self->document, &query, self->query, on_images_found,
                                  g_object_ref (self));
}

static void
on_mapped (BallastImagesPage *self)
{
  if (self->stale)
    _ballast_images_page_refresh (self);
}

static void
show_classes (BallastImagesPage *self)
{
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;

  ballast_class_menu_set_tally (BALLAST_CLASS_MENU (self->class_menu), tally);
  ballast_image_viewer_set_tally (self->viewer, tally);
  ballast_image_details_pane_set_tally (self->details, tally);
}

static void
on_document_changed (BallastImagesPage *self,
                     BallastChanged     changed)
{
  if (changed & BALLAST_CHANGED_CLASSES)
    show_classes (self);
  if (changed & (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES))
    _ballast_images_page_refresh (self);
}

static void
on_class_chosen (BallastImagesPage *self,
                 gint64             class_id)
{
  _ballast_images_page_relabel (self, class_id);
}

static void
on_activate (BallastImagesPage *self,
             guint              position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->picked), position, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "viewer");
  ballast_image_viewer_show (self->viewer, G_LIST_MODEL (self->picked), position);
}

gboolean
_ballast_images_page_view (BallastImagesPage *self)
{
  g_autoptr(GtkBitset) positions = NULL;

  if (is_viewing (self) || self->picked == NULL)
    return self->picked != NULL;
  positions = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->picked));
  if (gtk_bitset_is_empty (positions))
    return FALSE;
  on_activate (self, gtk_bitset_get_minimum (positions));
  return TRUE;
}

static void
on_viewer_closed (BallastImagesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "grid");
  ballast_image_viewer_show (self->viewer, NULL, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
on_viewer_moved (BallastImagesPage *self,
                 guint              position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->picked), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", position);
}

static void
show_all (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (widget);

  self->state = BALLAST_IMAGE_STATE_PRESENT;
  g_clear_pointer (&self->text, g_free);
  _ballast_images_page_build_filter (self);
  ballast_selection_reset (self->selection);
  _ballast_images_page_refresh (self);
}

/* Dragging a selected image drags all of them; another one becomes the selection first. */
static GdkContentProvider *
on_drag_prepare (GtkDragSource     *source,
                 double             x,
                 double             y,
                 BallastImagesPage *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  BallastImageItem *item = ballast_image_cell_get_item (BALLAST_IMAGE_CELL (cell));
  g_autofree gint64 *images = NULL;
  g_autoptr(GdkPaintable) icon = NULL;
  GdkContentProvider *provider;
  GValue value = G_VALUE_INIT;
  guint n_images;

  if (item == NULL || self->picked == NULL)
    return NULL;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->picked),
                                        ballast_image_item_get_position (item)))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->picked),
                                     ballast_image_item_get_position (item), TRUE);

  images = _ballast_images_page_dup_picked (self, &n_images);
  g_value_init (&value, BALLAST_TYPE_IMAGE_IDS);
  g_value_take_boxed (&value, ballast_image_ids_new (images, n_images));
  provider = gdk_content_provider_new_for_value (&value);
  g_value_unset (&value);

  icon = gtk_widget_paintable_new (cell);
  gtk_drag_source_set_icon (source, icon, (int) x, (int) y);
  return provider;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          BallastImagesPage        *self)
{
  GtkWidget *cell = ballast_image_cell_new (self->thumbnailer);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (source));
  gtk_list_item_set_child (list_item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         BallastImagesPage        *self)
{
  ballast_image_cell_set_item (BALLAST_IMAGE_CELL (gtk_list_item_get_child (list_item)),
                               gtk_list_item_get_item (list_item));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           BallastImagesPage        *self)
{
  ballast_image_cell_set_item (BALLAST_IMAGE_CELL (gtk_list_item_get_child (list_item)), NULL);
}

static void
ballast_images_page_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_images_page_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_images_page_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_images_page_set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_images_page_dispose (GObject *object)
{
  BallastImagesPage *self = BALLAST_IMAGES_PAGE (object);

  g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  if (self->document_signals != NULL)
    g_signal_group_set_target (self->document_signals, NULL);
  if (self->selection_signals != NULL)
    g_signal_group_set_target (self->selection_signals, NULL);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection_signals);
  if (self->grid != NULL)
    gtk_grid_view_set_model (self->grid, NULL);
  g_clear_object (&self->picked);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->text, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_IMAGES_PAGE);

  G_OBJECT_CLASS (ballast_images_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (BALLAST_TYPE_IMAGE_DETAILS_PANE);
  g_type_ensure (BALLAST_TYPE_IMAGE_VIEWER);
  g_type_ensure (BALLAST_TYPE_WRAP_BOX);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-images-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, count);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, move);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, exclude);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, include);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, preview);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, grid);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, details_revealer);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, details);
  gtk_widget_class_bind_template_child (widget_class, BallastImagesPage, viewer);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_viewer_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_viewer_moved);
}

static void
ballast_images_page_class_init (BallastImagesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_images_page_get_property;
  object_class->set_property = ballast_images_page_set_property;
  object_class->dispose = ballast_images_page_dispose;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, BALLAST_TYPE_SELECTION,
                                                    flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  _ballast_images_page_install_edits (widget_class);
  gtk_widget_class_install_action (widget_class, "images.show-all", NULL, show_all);
}

static void
build_grid (BallastImagesPage *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_grid_view_set_factory (self->grid, factory);
}

static void
ballast_images_page_init (BallastImagesPage *self)
{
  self->thumbnailer = ballast_thumbnailer_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  ballast_image_details_pane_set_thumbnailer (self->details, self->thumbnailer);
  ballast_image_viewer_set_thumbnailer (self->viewer, self->thumbnailer);
  self->class_menu = ballast_class_menu_new ();
  g_signal_connect_swapped (self->class_menu, "chosen", G_CALLBACK (on_class_chosen), self);
  gtk_menu_button_set_popover (self->move, self->class_menu);
  build_grid (self);
  _ballast_images_page_build_filter (self);
  g_signal_connect_swapped (self, "map", G_CALLBACK (on_mapped), self);

  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (on_document_changed),
                                  self);
  self->selection_signals = g_signal_group_new (BALLAST_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify",
                                  G_CALLBACK (_ballast_images_page_refresh), self);
  on_picked_changed (self);
}

void
ballast_images_page_set_document (BallastImagesPage *self,
                                  BallastDocument   *document)
{
  g_return_if_fail (BALLAST_IS_IMAGES_PAGE (self));

  if (!g_set_object (&self->document, document))
    return;

  take_list (self, NULL);
  g_signal_group_set_target (self->document_signals, document);
  show_classes (self);
  _ballast_images_page_refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_images_page_set_selection (BallastImagesPage *self,
                                   BallastSelection  *selection)
{
  g_return_if_fail (BALLAST_IS_IMAGES_PAGE (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  _ballast_images_page_refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
