/*
 * A class in the side bar.
 *
 * The row is recycled by its list: setting an item binds everything anew and nothing is kept of
 * the last one.  It holds no number of its own.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-row.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-class-bar.h"
#include "ballast-class-dot.h"
#include "ballast-image-ids.h"
#include "ballast-sidebar.h"

struct _BallastClassRow
{
  GtkWidget parent_instance;

  BallastClassItem *item;
  GSignalGroup     *item_signals;

  BallastClassDot *dot;
  GtkLabel        *name;
  GtkLabel        *count;
  BallastClassBar *bar;
  GtkWidget       *menu;
};

G_DEFINE_FINAL_TYPE (BallastClassRow, ballast_class_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* (transfer full): the row in words; where images hold several of a class, both counts. */
static char *
describe (BallastClassItem *item)
{
  guint64 images = ballast_class_item_get_images (item);
  guint64 instances = ballast_class_item_get_instances (item);
  g_autofree char *count = ballast_chart_format_count (images);
  g_autofree char *objects = ballast_chart_format_count (instances);
  g_autofree char *label = g_strdup_printf (g_dngettext (NULL, "%s: %s image", "%s: %s images", images),
                                            ballast_class_item_get_name (item), count);

  if (!ballast_class_item_get_counts_differ (item))
    return g_steal_pointer (&label);
  /* Translators: "car: 30 images, 249 objects". */
  return g_strdup_printf (g_dngettext (NULL, "%s, %s object", "%s, %s objects", instances), label,
                          objects);
}

/* (transfer full): "30", or "30 · 249": images and objects. */
static char *
dup_count (BallastClassItem *item)
{
  g_autofree char *images = ballast_chart_format_count (ballast_class_item_get_images (item));
  g_autofree char *objects = ballast_chart_format_count (ballast_class_item_get_instances (item));

  return ballast_class_item_get_counts_differ (item) ? g_strdup_printf ("%s · %s", images, objects)
                                                     : g_steal_pointer (&images);
}

static void
update (BallastClassRow *self)
{
  g_autofree char *count = NULL;
  g_autofree char *label = NULL;

  if (self->item == NULL)
    return;

  count = dup_count (self->item);
  gtk_label_set_label (self->name, ballast_class_item_get_name (self->item));
  gtk_label_set_label (self->count, count);
  ballast_class_dot_set_index (self->dot, ballast_class_item_get_index (self->item));
  ballast_class_bar_set_index (self->bar, ballast_class_item_get_index (self->item));
  ballast_class_bar_set_relative (self->bar, ballast_class_item_get_relative (self->item));

  label = describe (self->item);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Rows stand in the order of the dataset, so that one can be moved in it. */
static gboolean
is_in_order (BallastClassRow *self)
{
  GtkWidget *sidebar = gtk_widget_get_ancestor (GTK_WIDGET (self), BALLAST_TYPE_SIDEBAR);

  return sidebar != NULL && ballast_sidebar_is_in_order (BALLAST_SIDEBAR (sidebar));
}

static void
add_moves (BallastClassRow *self,
           GMenu           *menu)
{
  static const struct
  {
    const char *label;
    int         way;
  } moves[] = { { N_("Move _Up"), -1 }, { N_("Move _Down"), 1 } };
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(moves[i].label), NULL);
      int place = (int) ballast_class_item_get_index (self->item) + moves[i].way;

      g_menu_item_set_action_and_target (item, "win.place-class", "(xi)",
                                         ballast_class_item_get_id (self->item), place);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
create_menu (BallastClassRow *self)
{
  GMenu *menu = g_menu_new ();
  static const struct
  {
    const char *label;
    const char *action;
  } items[] = {
    { N_("_Show Images"), "win.show-class" },
    { N_("_Rename…"), "win.rename-class" },
    { N_("_Merge Into…"), "win.merge-class" },
    { N_("Remove _Class"), "win.drop-class" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(items[i].label), NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "x",
                                         ballast_class_item_get_id (self->item));
      g_menu_append_item (menu, item);
    }
  if (is_in_order (self))
    add_moves (self, menu);

  return G_MENU_MODEL (menu);
}

static void
show_menu (BallastClassRow *self,
           double           x,
           double           y)
{
  g_autoptr(GMenuModel) model = NULL;

  if (self->item == NULL)
    return;

  model = create_menu (self);
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary_pressed (GtkGestureClick *gesture,
                      int              n_press,
                      double           x,
                      double           y,
                      BallastClassRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, x, y);
}

static void
on_long_pressed (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 BallastClassRow     *self)
{
  show_menu (self, x, y);
}

static void
on_menu_key (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  show_menu (BALLAST_CLASS_ROW (widget), 12, gtk_widget_get_height (widget) / 2);
}

/* A class that is dragged takes the place of the one that it is dropped on. */
static GdkContentProvider *
on_prepare_drag (GtkDragSource   *source,
                 double           x,
                 double           y,
                 BallastClassRow *self)
{
  g_autoptr(GdkPaintable) picture = NULL;

  if (self->item == NULL || !is_in_order (self))
    return NULL;
  picture = gtk_widget_paintable_new (GTK_WIDGET (self));
  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (G_TYPE_INT64, ballast_class_item_get_id (self->item));
}

static gboolean
on_drop (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         BallastClassRow *self)
{
  BallastImageIds *ids;
  g_autoptr(GVariant) images = NULL;

  if (self->item != NULL && G_VALUE_HOLDS_INT64 (value))
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.place-class", "(xi)",
                                       g_value_get_int64 (value),
                                       (int) ballast_class_item_get_index (self->item));
  if (!G_VALUE_HOLDS (value, BALLAST_TYPE_IMAGE_IDS))
    return FALSE;
  ids = g_value_get_boxed (value);
  if (ids == NULL || ids->n_images == 0 || self->item == NULL)
    return FALSE;

  images = g_variant_ref_sink (g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->images,
                                                          ids->n_images, sizeof (gint64)));
  return gtk_widget_activate_action (GTK_WIDGET (self), "win.relabel", "(x@ax)",
                                     ballast_class_item_get_id (self->item), images);
}

static void
ballast_class_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_object (value, BALLAST_CLASS_ROW (object)->item);
}

static void
ballast_class_row_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  ballast_class_row_set_item (BALLAST_CLASS_ROW (object), g_value_get_object (value));
}

static void
ballast_class_row_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  BallastClassRow *self = BALLAST_CLASS_ROW (widget);

  GTK_WIDGET_CLASS (ballast_class_row_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
ballast_class_row_dispose (GObject *object)
{
  BallastClassRow *self = BALLAST_CLASS_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_CLASS_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ballast_class_row_parent_class)->dispose (object);
}

static void
ballast_class_row_class_init (BallastClassRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_class_row_get_property;
  object_class->set_property = ballast_class_row_set_property;
  object_class->dispose = ballast_class_row_dispose;
  widget_class->size_allocate = ballast_class_row_size_allocate;

  properties[PROP_ITEM]
    = g_param_spec_object ("item", NULL, NULL, BALLAST_TYPE_CLASS_ITEM,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BALLAST_TYPE_CLASS_BAR);
  g_type_ensure (BALLAST_TYPE_CLASS_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-class-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastClassRow, dot);
  gtk_widget_class_bind_template_child (widget_class, BallastClassRow, name);
  gtk_widget_class_bind_template_child (widget_class, BallastClassRow, count);
  gtk_widget_class_bind_template_child (widget_class, BallastClassRow, bar);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed);
  gtk_widget_class_set_css_name (widget_class, "classrow");

  gtk_widget_class_install_action (widget_class, "menu.popup", NULL, on_menu_key);
}

static void
ballast_class_row_init (BallastClassRow *self)
{
  GType types[] = { BALLAST_TYPE_IMAGE_IDS, G_TYPE_INT64 };
  GtkDragSource *source;
  GtkDropTarget *target;

  self->item_signals = g_signal_group_new (BALLAST_TYPE_CLASS_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));

  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare_drag), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));

  target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
ballast_class_row_new (void)
{
  return g_object_new (BALLAST_TYPE_CLASS_ROW, NULL);
}

void
ballast_class_row_set_item (BallastClassRow  *self,
                            BallastClassItem *item)
{
  g_return_if_fail (BALLAST_IS_CLASS_ROW (self));

  if (!g_set_object (&self->item, item))
    return;

  g_signal_group_set_target (self->item_signals, item);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}
