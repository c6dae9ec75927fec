#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-variant-cell.h"

#include <glib/gi18n.h>

#include "ballast-box-overlay.h"

struct _BallastVariantCell
{
  GtkBox parent_instance;

  guint         number;
  GdkPaintable *paintable;
  GdkPaintable *original;

  GtkPicture        *picture;
  GtkWidget         *buttons;
  GtkLabel          *mark;
  BallastBoxOverlay *boxes;
  GtkLabel          *caption;
};

G_DEFINE_FINAL_TYPE (BallastVariantCell, ballast_variant_cell, GTK_TYPE_BOX)

enum
{
  REDRAW,
  REJECT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
hold (BallastVariantCell *self)
{
  if (self->original != NULL)
    {
      gtk_picture_set_paintable (self->picture, self->original);
      gtk_widget_set_visible (GTK_WIDGET (self->boxes), self->number == 0);
    }
}

static void
release (BallastVariantCell *self)
{
  gtk_picture_set_paintable (self->picture, self->paintable);
  gtk_widget_set_visible (GTK_WIDGET (self->boxes), TRUE);
}

static gboolean
on_key_pressed (BallastVariantCell *self,
                guint               keyval)
{
  if (keyval != GDK_KEY_space)
    return GDK_EVENT_PROPAGATE;

  hold (self);
  return GDK_EVENT_STOP;
}

static void
on_key_released (BallastVariantCell *self,
                 guint               keyval)
{
  if (keyval == GDK_KEY_space)
    release (self);
}

static void
redraw (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  g_signal_emit (widget, signals[REDRAW], 0);
}

static void
reject (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  g_signal_emit (widget, signals[REJECT], 0);
}

static void
ballast_variant_cell_dispose (GObject *object)
{
  BallastVariantCell *self = BALLAST_VARIANT_CELL (object);

  g_clear_object (&self->paintable);
  g_clear_object (&self->original);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_VARIANT_CELL);

  G_OBJECT_CLASS (ballast_variant_cell_parent_class)->dispose (object);
}

static void
ballast_variant_cell_class_init (BallastVariantCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_variant_cell_dispose;

  signals[REDRAW] = g_signal_new ("redraw", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  signals[REJECT] = g_signal_new ("reject", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BALLAST_TYPE_BOX_OVERLAY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-variant-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastVariantCell, picture);
  gtk_widget_class_bind_template_child (widget_class, BallastVariantCell, buttons);
  gtk_widget_class_bind_template_child (widget_class, BallastVariantCell, mark);
  gtk_widget_class_bind_template_child (widget_class, BallastVariantCell, boxes);
  gtk_widget_class_bind_template_child (widget_class, BallastVariantCell, caption);
  gtk_widget_class_install_action (widget_class, "variant.redraw", NULL, redraw);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, 0, "variant.redraw", NULL);
  gtk_widget_class_install_action (widget_class, "variant.reject", NULL, reject);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "variant.reject", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ballast_variant_cell_init (BallastVariantCell *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (hold), self);
  g_signal_connect_swapped (press, "released", G_CALLBACK (release), self);
  g_signal_connect_swapped (press, "cancel", G_CALLBACK (release), self);
  gtk_widget_add_controller (GTK_WIDGET (self->picture), GTK_EVENT_CONTROLLER (press));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
update_accessible (BallastVariantCell *self)
{
  g_autofree char *name = self->number == 0 ? g_strdup (_("Original"))
                                            : g_strdup_printf (_("Variant %u"), self->number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (self->caption), -1);
}

GtkWidget *
ballast_variant_cell_new (guint number)
{
  BallastVariantCell *self = g_object_new (BALLAST_TYPE_VARIANT_CELL, NULL);

  self->number = number;
  if (number == 0)
    {
      gtk_widget_set_visible (self->buttons, FALSE);
      gtk_widget_add_css_class (GTK_WIDGET (self), "original");
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "variant.redraw", FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "variant.reject", FALSE);
    }
  update_accessible (self);
  return GTK_WIDGET (self);
}

void
ballast_variant_cell_set_picture (BallastVariantCell *self,
                                  GdkPaintable       *paintable,
                                  const char         *caption)
{
  g_return_if_fail (BALLAST_IS_VARIANT_CELL (self));

  g_set_object (&self->paintable, paintable);
  gtk_picture_set_paintable (self->picture, paintable);
  gtk_label_set_label (self->caption, caption);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *caption != '\0' ? caption : NULL);
  update_accessible (self);
}

void
ballast_variant_cell_set_original (BallastVariantCell *self,
                                   GdkPaintable       *original)
{
  g_return_if_fail (BALLAST_IS_VARIANT_CELL (self));

  g_set_object (&self->original, original);
}

void
ballast_variant_cell_set_facts (BallastVariantCell *self,
                                const char         *facts,
                                const char         *mark)
{
  g_return_if_fail (BALLAST_IS_VARIANT_CELL (self));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *facts != '\0' ? facts : NULL);
  gtk_label_set_label (self->mark, mark != NULL ? mark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mark), mark != NULL);
}

void
ballast_variant_cell_set_boxes (BallastVariantCell      *self,
                                const BallastOverlayBox *boxes,
                                guint                    n_boxes)
{
  g_return_if_fail (BALLAST_IS_VARIANT_CELL (self));

  ballast_box_overlay_set_boxes (self->boxes, boxes, n_boxes);
  ballast_box_overlay_set_picture (self->boxes, self->paintable);
}
