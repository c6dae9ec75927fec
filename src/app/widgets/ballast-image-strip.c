#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-image-strip.h"

#include <glib/gi18n.h>

#include "ballast-texture.h"
#include "ballast-thumbnailer.h"

#define THUMBNAIL_PX 128
#define BUTTON_WIDTH_PX 60
#define BUTTON_HEIGHT_PX 48

struct _BallastImageStrip
{
  GtkWidget parent_instance;

  BallastThumbnailer *thumbnailer;
  GtkWidget          *scroller;
  GtkWidget          *box;
  GPtrArray          *slots;
  GtkWidget          *chosen; /* a button, or NULL */
};

G_DEFINE_FINAL_TYPE (BallastImageStrip, ballast_image_strip, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* An image's place in the row. */
typedef struct
{
  BallastImageStrip *strip;
  BallastImageItem  *item;
  GtkWidget         *button;
  GtkWidget         *picture;
  gulong             loaded;  /* the signal, until it is loaded */
  guint64            request; /* the thumbnail's, until it is there */
} Slot;

static void
slot_free (Slot *slot)
{
  if (slot->loaded != 0)
    g_signal_handler_disconnect (slot->item, slot->loaded);
  ballast_thumbnailer_cancel (slot->strip->thumbnailer, slot->request);
  g_object_unref (slot->item);
  g_free (slot);
}

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  Slot *slot = user_data;

  slot->request = 0;
  if (raster != NULL)
    {
      g_autoptr(GdkTexture) texture = ballast_texture_new (raster);

      gtk_picture_set_paintable (GTK_PICTURE (slot->picture), GDK_PAINTABLE (texture));
    }
}

static void
show_slot (Slot *slot)
{
  const char *name = ballast_image_item_get_name (slot->item);

  gtk_widget_set_tooltip_text (slot->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (slot->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  slot->request = ballast_thumbnailer_request (slot->strip->thumbnailer,
                                               ballast_image_item_get_path (slot->item), THUMBNAIL_PX,
                                               on_thumbnail, slot);
  if (slot->strip->chosen == slot->button)
    g_signal_emit (slot->strip, signals[CHOSEN], 0);
}

static void
on_loaded (BallastImageItem *item,
           GParamSpec       *pspec,
           Slot             *slot)
{
  if (!ballast_image_item_get_loaded (item))
    return;

  g_signal_handler_disconnect (item, slot->loaded);
  slot->loaded = 0;
  show_slot (slot);
}

static void
on_toggled (GtkToggleButton *button,
            Slot            *slot)
{
  if (!gtk_toggle_button_get_active (button) || slot->strip->chosen == slot->button)
    return;

  slot->strip->chosen = slot->button;
  if (ballast_image_item_get_loaded (slot->item))
    g_signal_emit (slot->strip, signals[CHOSEN], 0);
}

static void
append (BallastImageStrip *self,
        BallastImageItem  *item)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->strip = self;
  slot->item = g_object_ref (item);
  slot->picture = gtk_picture_new ();
  gtk_picture_set_content_fit (GTK_PICTURE (slot->picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (slot->picture, BUTTON_WIDTH_PX, BUTTON_HEIGHT_PX);
  slot->button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (slot->button), slot->picture);
  gtk_widget_add_css_class (slot->button, "strip-button");
  gtk_widget_set_overflow (slot->button, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (slot->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Image"), -1);
  if (self->slots->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (slot->button),
                                 GTK_TOGGLE_BUTTON (((Slot *) self->slots->pdata[0])->button));
  g_signal_connect (slot->button, "toggled", G_CALLBACK (on_toggled), slot);
  g_ptr_array_add (self->slots, slot);
  gtk_box_append (GTK_BOX (self->box), slot->button);

  if (self->slots->len == 1)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (slot->button), TRUE);
  if (ballast_image_item_get_loaded (item))
    show_slot (slot);
  else
    slot->loaded = g_signal_connect (item, "notify::loaded", G_CALLBACK (on_loaded), slot);
}

static void
clear (BallastImageStrip *self)
{
  GtkWidget *child;

  self->chosen = NULL;
  g_ptr_array_set_size (self->slots, 0);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
ballast_image_strip_dispose (GObject *object)
{
  BallastImageStrip *self = BALLAST_IMAGE_STRIP (object);

  if (self->scroller != NULL)
    clear (self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (ballast_image_strip_parent_class)->dispose (object);
}

static void
ballast_image_strip_class_init (BallastImageStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_image_strip_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "imagestrip");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ballast_image_strip_init (BallastImageStrip *self)
{
  self->thumbnailer = ballast_thumbnailer_new ();
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) slot_free);
  self->scroller = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
ballast_image_strip_set_items (BallastImageStrip *self,
                               GListModel        *items)
{
  guint n_items = items != NULL ? g_list_model_get_n_items (items) : 0;

  g_return_if_fail (BALLAST_IS_IMAGE_STRIP (self));

  clear (self);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(BallastImageItem) item = g_list_model_get_item (items, i);

      append (self, item);
    }
  if (n_items == 0)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static int
find_chosen (BallastImageStrip *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (((Slot *) self->slots->pdata[i])->button == self->chosen)
      return (int) i;

  return -1;
}

BallastImageItem *
ballast_image_strip_get_chosen (BallastImageStrip *self)
{
  int index;

  g_return_val_if_fail (BALLAST_IS_IMAGE_STRIP (self), NULL);

  index = find_chosen (self);
  return index >= 0 ? ((Slot *) self->slots->pdata[index])->item : NULL;
}

void
ballast_image_strip_step (BallastImageStrip *self,
                          int                by)
{
  int index;

  g_return_if_fail (BALLAST_IS_IMAGE_STRIP (self));

  index = find_chosen (self) + by;
  if (index >= 0 && index < (int) self->slots->len)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (((Slot *) self->slots->pdata[index])->button),
                                  TRUE);
}
