#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-image-viewer-private.h"

#include <glib/gi18n.h>

#include "ballast-texture.h"

/* Decoded at about the size of a large screen, not at that of the photograph. */
#define VIEW_PX 1600

G_DEFINE_FINAL_TYPE (BallastImageViewer, ballast_image_viewer, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_picture (const BallastRaster *raster,
            const GError        *error,
            gpointer             user_data)
{
  BallastImageViewer *self = user_data;
  g_autoptr(GdkTexture) texture = raster != NULL ? ballast_texture_new (raster) : NULL;
  g_autoptr(GdkPaintable) boxed = NULL;

  self->request = 0;
  if (texture != NULL)
    boxed = ballast_boxed_paintable_new (GDK_PAINTABLE (texture), self->item);
  g_clear_object (&self->boxed);
  if (BALLAST_IS_BOXED_PAINTABLE (boxed))
    self->boxed = BALLAST_BOXED_PAINTABLE (g_object_ref (boxed));
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), boxed);
  _ballast_image_viewer_show_box (self);
  if (error != NULL)
    gtk_label_set_label (GTK_LABEL (self->caption), error->message);
}

static char *
describe_box (const BallastItemBox *box,
              guint                 index,
              guint                 n_boxes)
{
  return g_strdup_printf (_("%s · %.0f × %.0f at %.0f, %.0f · box %u of %u"), box->class_name,
                          box->box.width, box->box.height, box->box.x, box->box.y, index + 1, n_boxes);
}

void
_ballast_image_viewer_show_caption (BallastImageViewer *self)
{
  const char *name = ballast_image_item_get_name (self->item);
  guint index, n_boxes;
  const BallastItemBox *box = _ballast_image_viewer_get_selected (self, &index);
  g_autofree char *text = NULL;

  ballast_image_item_get_boxes (self->item, &n_boxes);
  if (box != NULL)
    text = describe_box (box, index, n_boxes);
  else
    text = g_strdup_printf (_("%s · %s · %u of %u"), name,
                            ballast_image_item_get_class_name (self->item), self->position + 1,
                            g_list_model_get_n_items (self->list));
  gtk_label_set_label (GTK_LABEL (self->caption), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_item (BallastImageViewer *self)
{
  _ballast_image_viewer_show_caption (self);
  self->request = ballast_thumbnailer_request (self->thumbnailer,
                                               ballast_image_item_get_path (self->item), VIEW_PX,
                                               on_picture, self);
}

static void
on_loaded (BallastImageItem   *item,
           GParamSpec         *pspec,
           BallastImageViewer *self)
{
  if (!ballast_image_item_get_loaded (item))
    return;

  g_clear_signal_handler (&self->loaded, item);
  show_item (self);
}

static void
forget_item (BallastImageViewer *self)
{
  if (self->item == NULL)
    return;

  g_clear_signal_handler (&self->loaded, self->item);
  ballast_thumbnailer_cancel (self->thumbnailer, self->request);
  self->request = 0;
  g_clear_object (&self->item);
}

static void
show_position (BallastImageViewer *self,
               guint               position)
{
  forget_item (self);
  self->position = position;
  self->item = g_list_model_get_item (self->list, position);
  if (self->item == NULL)
    return;

  if (ballast_image_item_get_loaded (self->item))
    show_item (self);
  else
    self->loaded = g_signal_connect (self->item, "notify::loaded", G_CALLBACK (on_loaded), self);
}

static void
step (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  BallastImageViewer *self = BALLAST_IMAGE_VIEWER (widget);
  gint64 position = (gint64) self->position + g_variant_get_int32 (parameter);

  if (self->list == NULL || position < 0 || position >= g_list_model_get_n_items (self->list))
    return;

  self->selected = 0;
  show_position (self, (guint) position);
  g_signal_emit (self, signals[MOVED], 0, self->position);
}

/* Escape first lets go of a box. */
static gboolean
on_escape (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BallastImageViewer *self = BALLAST_IMAGE_VIEWER (widget);

  if (self->selected != 0)
    ballast_image_viewer_select_box (self, 0);
  else
    g_signal_emit (self, signals[CLOSED], 0);
  return TRUE;
}

static void
close_viewer (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static GtkWidget *
new_button (const char *icon_name,
            const char *label,
            GtkAlign    halign,
            GtkAlign    valign)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_halign (button, halign);
  gtk_widget_set_valign (button, valign);
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "viewer-button");
  return button;
}

static void
add_buttons (BallastImageViewer *self)
{
  GtkWidget *back = new_button ("go-previous-symbolic", _("Previous Image (Left)"), GTK_ALIGN_START,
                                GTK_ALIGN_CENTER);
  GtkWidget *forth = new_button ("go-next-symbolic", _("Next Image (Right)"), GTK_ALIGN_END,
                                 GTK_ALIGN_CENTER);
  GtkWidget *close = new_button ("window-close-symbolic", _("Close (Escape)"), GTK_ALIGN_END,
                                 GTK_ALIGN_START);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (back), "viewer.step(-1)");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (forth), "viewer.step(1)");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "viewer.close");
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), back);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), forth);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), close);
}

static void
ballast_image_viewer_dispose (GObject *object)
{
  BallastImageViewer *self = BALLAST_IMAGE_VIEWER (object);

  forget_item (self);
  g_clear_object (&self->list);
  _ballast_image_viewer_dispose_boxes (self);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (ballast_image_viewer_parent_class)->dispose (object);
}

static void
ballast_image_viewer_class_init (BallastImageViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_image_viewer_dispose;

  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "imageviewer");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "viewer.step", "i", step);
  gtk_widget_class_install_action (widget_class, "viewer.close", NULL, close_viewer);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "viewer.step", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "viewer.step", "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  _ballast_image_viewer_install_boxes (widget_class);
}

static void
ballast_image_viewer_init (BallastImageViewer *self)
{
  self->overlay = gtk_overlay_new ();
  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_vexpand (self->picture, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->picture);

  self->caption = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->caption), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_halign (self->caption, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->caption, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->caption, "osd");
  gtk_widget_add_css_class (self->caption, "viewer-caption");
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->caption);
  add_buttons (self);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  _ballast_image_viewer_init_boxes (self);
}

void
ballast_image_viewer_set_thumbnailer (BallastImageViewer *self,
                                      BallastThumbnailer *thumbnailer)
{
  g_return_if_fail (BALLAST_IS_IMAGE_VIEWER (self));

  g_set_object (&self->thumbnailer, thumbnailer);
}

/* After an edit the picture stays, and so does the box that is selected. */
static gboolean
shows_same (BallastImageViewer *self,
            GListModel         *list,
            guint               position)
{
  g_autoptr(BallastImageItem) item = list != NULL ? g_list_model_get_item (list, position) : NULL;

  return item != NULL &&
         ballast_image_item_get_id (item) == ballast_image_item_get_id (self->item);
}

void
ballast_image_viewer_show (BallastImageViewer *self,
                           GListModel         *list,
                           guint               position)
{
  g_return_if_fail (BALLAST_IS_IMAGE_VIEWER (self));

  if (self->item == NULL || !shows_same (self, list, position))
    {
      self->selected = 0;
      g_clear_object (&self->boxed);
      gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
    }
  forget_item (self);
  g_set_object (&self->list, list);
  if (list == NULL)
    return;

  show_position (self, position);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

guint
ballast_image_viewer_get_position (BallastImageViewer *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_VIEWER (self), 0);

  return self->position;
}
