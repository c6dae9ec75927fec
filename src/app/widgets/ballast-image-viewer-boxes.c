/*
 * The boxes of the image that is shown large: chosen by a click or with Tab, edited by keys and by a
 * menu.  What is done to a box is the page's: this asks for it.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-image-viewer-private.h"

#include <glib/gi18n.h>

#include "ballast-class-menu.h"
#include "ballast-document-edits.h"

/* So near to an edge, a click is still on the box: thin ones are hard to hit. */
#define REACH_PX 4

static const BallastItemBox *
get_boxes (BallastImageViewer *self,
           guint              *n_boxes)
{
  *n_boxes = 0;
  return self->item != NULL ? ballast_image_item_get_boxes (self->item, n_boxes) : NULL;
}

const BallastItemBox *
_ballast_image_viewer_get_selected (BallastImageViewer *self,
                                    guint              *index)
{
  guint n;
  const BallastItemBox *boxes = get_boxes (self, &n);

  for (guint i = 0; self->selected != 0 && i < n; i++)
    if (boxes[i].id == self->selected)
      {
        *index = i;
        return &boxes[i];
      }
  return NULL;
}

void
_ballast_image_viewer_show_box (BallastImageViewer *self)
{
  guint index;
  gboolean is_there = _ballast_image_viewer_get_selected (self, &index) != NULL;

  if (!is_there)
    self->selected = 0;
  if (self->boxed != NULL)
    ballast_boxed_paintable_select (self->boxed, self->selected);
  if (self->item != NULL && ballast_image_item_get_loaded (self->item))
    _ballast_image_viewer_show_caption (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.relabel-box", is_there);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.exclude-box", is_there);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.delete-box", is_there);
}

void
ballast_image_viewer_select_box (BallastImageViewer *self,
                                 gint64              id)
{
  g_return_if_fail (BALLAST_IS_IMAGE_VIEWER (self));

  self->selected = id;
  /* One that is still on its way is looked for when it is there. */
  if (self->item == NULL || ballast_image_item_get_loaded (self->item))
    _ballast_image_viewer_show_box (self);
}

gint64
ballast_image_viewer_get_box (BallastImageViewer *self)
{
  g_return_val_if_fail (BALLAST_IS_IMAGE_VIEWER (self), 0);

  return self->selected;
}

/* Where the picture is drawn: as GtkPicture puts one that is only made smaller. */
static gboolean
find_picture (BallastImageViewer *self,
              graphene_rect_t    *area)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (GTK_PICTURE (self->picture));
  double width = gtk_widget_get_width (self->picture);
  double height = gtk_widget_get_height (self->picture);
  double own_width = paintable != NULL ? gdk_paintable_get_intrinsic_width (paintable) : 0;
  double own_height = paintable != NULL ? gdk_paintable_get_intrinsic_height (paintable) : 0;
  double scale;

  if (own_width <= 0 || own_height <= 0)
    return FALSE;
  scale = MIN (1, MIN (width / own_width, height / own_height));
  graphene_rect_init (area, (float) ((width - own_width * scale) / 2),
                      (float) ((height - own_height * scale) / 2), (float) (own_width * scale),
                      (float) (own_height * scale));
  return TRUE;
}

/* The box on the screen, in the picture's widget. */
static gboolean
find_rect (BallastImageViewer   *self,
           const BallastItemBox *box,
           graphene_rect_t      *rect)
{
  const BallastImageRecord *record = ballast_image_item_get_record (self->item);
  graphene_rect_t area;
  double scale_x, scale_y;

  if (record == NULL || ballast_image_facts_get_view_width (&record->facts) == 0 ||
      !find_picture (self, &area))
    return FALSE;
  scale_x = area.size.width / ballast_image_facts_get_view_width (&record->facts);
  scale_y = area.size.height / ballast_image_facts_get_view_height (&record->facts);
  graphene_rect_init (rect, (float) (area.origin.x + box->box.x * scale_x),
                      (float) (area.origin.y + box->box.y * scale_y),
                      (float) (box->box.width * scale_x), (float) (box->box.height * scale_y));
  return TRUE;
}

static double
get_area (const BallastItemBox *box)
{
  return box->box.width * box->box.height;
}

/* The smallest box at the place; where that is selected, the next larger one, and then again the
 * smallest. */
static gint64
find_box_at (BallastImageViewer *self,
             double              x,
             double              y)
{
  guint n, index;
  const BallastItemBox *boxes = get_boxes (self, &n);
  const BallastItemBox *selected = _ballast_image_viewer_get_selected (self, &index);
  const BallastItemBox *smallest = NULL;
  const BallastItemBox *next = NULL;
  graphene_point_t place = GRAPHENE_POINT_INIT ((float) x, (float) y);
  gboolean is_selected_here = FALSE;

  for (guint i = 0; i < n; i++)
    {
      graphene_rect_t rect;

      if (!find_rect (self, &boxes[i], &rect))
        continue;
      graphene_rect_inset (&rect, -REACH_PX, -REACH_PX);
      if (!graphene_rect_contains_point (&rect, &place))
        continue;
      is_selected_here |= &boxes[i] == selected;
      if (smallest == NULL || get_area (&boxes[i]) < get_area (smallest))
        smallest = &boxes[i];
      if (selected != NULL && (get_area (&boxes[i]) > get_area (selected) ||
                               (get_area (&boxes[i]) == get_area (selected) && &boxes[i] > selected)) &&
          (next == NULL || get_area (&boxes[i]) < get_area (next)))
        next = &boxes[i];
    }
  if (is_selected_here && next != NULL)
    return next->id;
  return smallest != NULL ? smallest->id : 0;
}

static void
point_to_box (BallastImageViewer *self,
              GtkWidget          *popover)
{
  guint index;
  const BallastItemBox *box = _ballast_image_viewer_get_selected (self, &index);
  graphene_rect_t rect;
  GdkRectangle area;

  if (box == NULL || !find_rect (self, box, &rect))
    return;
  area = (GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) MAX (rect.size.width, 1),
                          (int) MAX (rect.size.height, 1) };
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &area);
}

static void
on_pressed (GtkGestureClick    *gesture,
            int                 n_press,
            double              x,
            double              y,
            BallastImageViewer *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  gint64 id;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (button == GDK_BUTTON_SECONDARY && self->selected != 0)
    {
      graphene_rect_t rect;
      guint index;
      const BallastItemBox *box = _ballast_image_viewer_get_selected (self, &index);

      if (box != NULL && find_rect (self, box, &rect) &&
          graphene_rect_contains_point (&rect, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        id = box->id;
      else
        id = find_box_at (self, x, y);
    }
  else
    id = find_box_at (self, x, y);
  ballast_image_viewer_select_box (self, id);
  if (button == GDK_BUTTON_SECONDARY && id != 0)
    {
      gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                                   &(GdkRectangle) { (int) x, (int) y, 1, 1 });
      gtk_popover_popup (GTK_POPOVER (self->menu));
    }
}

/* What is left is looked at next. */
static void
select_neighbour (BallastImageViewer *self)
{
  guint n, index;
  const BallastItemBox *boxes = get_boxes (self, &n);

  if (_ballast_image_viewer_get_selected (self, &index) == NULL)
    return;
  if (n < 2)
    ballast_image_viewer_select_box (self, 0);
  else
    ballast_image_viewer_select_box (self, boxes[index + 1 < n ? index + 1 : index - 1].id);
}

static void
ask_for (BallastImageViewer *self,
         BallastBoxAct       act,
         gint64              class_id)
{
  gint64 id = self->selected;

  if (id == 0)
    return;
  if (act != BALLAST_BOX_RELABEL)
    select_neighbour (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "images.edit-box", "(uxx)", (guint) act, id,
                              class_id);
}

static void
relabel_box (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  BallastImageViewer *self = BALLAST_IMAGE_VIEWER (widget);

  point_to_box (self, self->class_menu);
  gtk_popover_popup (GTK_POPOVER (self->class_menu));
}

static void
exclude_box (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  ask_for (BALLAST_IMAGE_VIEWER (widget), BALLAST_BOX_EXCLUDE, 0);
}

static void
delete_box (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  ask_for (BALLAST_IMAGE_VIEWER (widget), BALLAST_BOX_DELETE, 0);
}

static void
on_class_chosen (BallastImageViewer *self,
                 gint64              class_id)
{
  ask_for (self, BALLAST_BOX_RELABEL, class_id);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Keys are the box's while one is selected, and the image's else. */
static gboolean
on_key (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  if (BALLAST_IMAGE_VIEWER (widget)->selected == 0)
    return FALSE;
  gtk_widget_activate_action (widget, g_variant_get_string (arguments, NULL), NULL);
  return TRUE;
}

static gboolean
on_number (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BallastImageViewer *self = BALLAST_IMAGE_VIEWER (widget);
  guint index = g_variant_get_uint32 (arguments);

  if (self->selected == 0)
    return FALSE;
  if (self->tally != NULL && index < self->tally->n_classes)
    ask_for (self, BALLAST_BOX_RELABEL, self->tally->classes[index].id);
  return TRUE;
}

/* Tab goes from box to box, and on to what comes after the picture. */
static gboolean
on_tab (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  BallastImageViewer *self = BALLAST_IMAGE_VIEWER (widget);
  guint n, index = 0;
  const BallastItemBox *boxes = get_boxes (self, &n);
  gboolean is_selected = _ballast_image_viewer_get_selected (self, &index) != NULL;
  int step = g_variant_get_int32 (arguments);
  gint64 next;

  next = is_selected ? (gint64) index + step : step > 0 ? 0 : (gint64) n - 1;
  if (next < 0 || next >= n)
    {
      ballast_image_viewer_select_box (self, 0);
      return FALSE;
    }
  ballast_image_viewer_select_box (self, boxes[next].id);
  return TRUE;
}

void
_ballast_image_viewer_install_boxes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "viewer.relabel-box", NULL, relabel_box);
  gtk_widget_class_install_action (widget_class, "viewer.exclude-box", NULL, exclude_box);
  gtk_widget_class_install_action (widget_class, "viewer.delete-box", NULL, delete_box);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_m, 0, on_key, "s", "viewer.relabel-box");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_x, 0, on_key, "s", "viewer.exclude-box");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_key, "s", "viewer.delete-box");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Tab, 0, on_tab, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, on_tab, "i", -1);
  for (guint i = 0; i < 9; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_1 + i, 0, on_number, "u", i);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("_Change Class…"), "viewer.relabel-box");
  g_menu_append (menu, _("_Exclude Box"), "viewer.exclude-box");
  g_menu_append (menu, _("_Delete Box"), "viewer.delete-box");
  return G_MENU_MODEL (menu);
}

void
_ballast_image_viewer_init_boxes (BallastImageViewer *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  g_autoptr(GMenuModel) menu = new_menu ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (self->picture, GTK_EVENT_CONTROLLER (click));

  self->class_menu = ballast_class_menu_new ();
  g_signal_connect_swapped (self->class_menu, "chosen", G_CALLBACK (on_class_chosen), self);
  gtk_widget_set_parent (self->class_menu, self->picture);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, self->picture);
  _ballast_image_viewer_show_box (self);
}

void
_ballast_image_viewer_dispose_boxes (BallastImageViewer *self)
{
  g_clear_pointer (&self->class_menu, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->tally, ballast_tally_unref);
  g_clear_object (&self->boxed);
}

void
ballast_image_viewer_set_tally (BallastImageViewer *self,
                                BallastTally       *tally)
{
  g_return_if_fail (BALLAST_IS_IMAGE_VIEWER (self));

  g_clear_pointer (&self->tally, ballast_tally_unref);
  if (tally != NULL)
    self->tally = ballast_tally_ref (tally);
  ballast_class_menu_set_tally (BALLAST_CLASS_MENU (self->class_menu), tally);
}
