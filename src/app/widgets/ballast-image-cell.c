#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-image-cell.h"

#include <glib/gi18n.h>

#include "ballast-boxed-paintable.h"
#include "ballast-texture.h"

#define CELL_WIDTH_PX 150
#define CELL_HEIGHT_PX 112
/* What the freedesktop cache calls "large": sharp at two device pixels for each of the cell's. */
#define THUMBNAIL_PX 256

struct _BallastImageCell
{
  GtkWidget parent_instance;

  BallastThumbnailer *thumbnailer;
  BallastImageItem   *item;
  gulong              loaded;  /* the item's signal, until it is loaded */
  guint64             request; /* the thumbnail's, until it is there */

  GtkWidget *box;
  GtkWidget *picture;
  GtkWidget *broken;
  GtkWidget *excluded;
  GtkWidget *name;
};

G_DEFINE_FINAL_TYPE (BallastImageCell, ballast_image_cell, GTK_TYPE_WIDGET)

static void
show_picture (BallastImageCell    *self,
              const BallastRaster *raster)
{
  g_autoptr(GdkTexture) texture = raster != NULL ? ballast_texture_new (raster) : NULL;

  g_autoptr(GdkPaintable) boxed = NULL;

  if (texture != NULL && self->item != NULL)
    boxed = ballast_boxed_paintable_new (GDK_PAINTABLE (texture), self->item);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), boxed);
}

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  BallastImageCell *self = user_data;

  self->request = 0;
  show_picture (self, raster);
  gtk_widget_set_visible (self->broken, raster == NULL);
  if (error != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), error->message);
}

static void
update_accessible (BallastImageCell *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *name = ballast_image_item_get_name (self->item);

  /* The list's own widget is what assistive technology lands on. */
  if (parent != NULL && name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    ballast_image_item_get_class_name (self->item), -1);
}

static void
show_facts (BallastImageCell *self)
{
  const char *path = ballast_image_item_get_path (self->item);
  const BallastRaster *raster;

  gtk_label_set_label (GTK_LABEL (self->name), ballast_image_item_get_name (self->item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), ballast_image_item_get_class_name (self->item));
  gtk_widget_set_visible (self->excluded, ballast_image_item_get_excluded (self->item));
  gtk_widget_set_opacity (self->picture, ballast_image_item_get_excluded (self->item) ? 0.35 : 1);
  update_accessible (self);

  raster = ballast_thumbnailer_peek (self->thumbnailer, path, THUMBNAIL_PX);
  if (raster != NULL)
    show_picture (self, raster);
  else
    self->request = ballast_thumbnailer_request (self->thumbnailer, path, THUMBNAIL_PX, on_thumbnail,
                                                 self);
}

static void
on_loaded (BallastImageItem *item,
           GParamSpec       *pspec,
           BallastImageCell *self)
{
  if (!ballast_image_item_get_loaded (item))
    return;

  g_clear_signal_handler (&self->loaded, item);
  show_facts (self);
}

static GtkWidget *
new_badge (const char *icon_name,
           const char *tooltip)
{
  GtkWidget *badge = gtk_image_new_from_icon_name (icon_name);

  gtk_widget_set_halign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (badge, tooltip);
  gtk_widget_set_visible (badge, FALSE);
  gtk_widget_add_css_class (badge, "image-badge");
  return badge;
}

static void
ballast_image_cell_dispose (GObject *object)
{
  BallastImageCell *self = BALLAST_IMAGE_CELL (object);

  if (self->box != NULL)
    ballast_image_cell_set_item (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (ballast_image_cell_parent_class)->dispose (object);
}

static void
ballast_image_cell_class_init (BallastImageCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_image_cell_dispose;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "imagecell");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ballast_image_cell_init (BallastImageCell *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_COVER);
  /* As the overlay's own child, a picture would ask for the size of its thumbnail. */
  gtk_widget_set_size_request (overlay, CELL_WIDTH_PX, CELL_HEIGHT_PX);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->picture);
  gtk_widget_add_css_class (overlay, "thumbnail");
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  self->broken = new_badge ("image-missing-symbolic", _("This file cannot be read"));
  self->excluded = new_badge ("action-unavailable-symbolic", _("Excluded"));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->broken);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->excluded);

  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_single_line_mode (GTK_LABEL (self->name), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), 1);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_widget_add_css_class (self->name, "caption");
  gtk_widget_add_css_class (self->name, "dim-label");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (self->box), overlay);
  gtk_box_append (GTK_BOX (self->box), self->name);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
ballast_image_cell_new (BallastThumbnailer *thumbnailer)
{
  BallastImageCell *self = g_object_new (BALLAST_TYPE_IMAGE_CELL, NULL);

  self->thumbnailer = g_object_ref (thumbnailer);
  return GTK_WIDGET (self);
}

static void
forget_item (BallastImageCell *self)
{
  if (self->item == NULL)
    return;

  g_clear_signal_handler (&self->loaded, self->item);
  ballast_thumbnailer_cancel (self->thumbnailer, self->request);
  self->request = 0;
  g_clear_object (&self->item);
}

void
ballast_image_cell_set_item (BallastImageCell *self,
                             BallastImageItem *item)
{
  g_return_if_fail (BALLAST_IS_IMAGE_CELL (self));

  forget_item (self);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  gtk_label_set_label (GTK_LABEL (self->name), "");
  gtk_widget_set_visible (self->broken, FALSE);
  gtk_widget_set_visible (self->excluded, FALSE);
  if (item == NULL)
    return;

  self->item = g_object_ref (item);
  if (ballast_image_item_get_loaded (item))
    show_facts (self);
  else
    self->loaded = g_signal_connect (item, "notify::loaded", G_CALLBACK (on_loaded), self);
}

BallastImageItem *
ballast_image_cell_get_item (BallastImageCell *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_CELL (self), NULL);

  return self->item;
}
