/*
 * The drawing of a hierarchy as a widget.
 *
 * A tree is laid out at its own size and shown through a scale and an offset, so that a thousand
 * classes cost what is seen of them; until the user zooms or moves, it fits itself to the widget.
 * An icicle is laid out at the widget's size.  Drawing and pointing use the same geometry.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-tree-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ballast-tree-draw.h"

#define MIN_SIZE_PX 160
#define NATURAL_HEIGHT_PX 360
#define MIN_SCALE 0.02
#define MAX_SCALE 3.0
#define MIN_FIT_SCALE 0.62 /* a tree that is larger than that is moved, not shrunk */
#define ICICLE_EDGE 12.0

G_DEFINE_FINAL_TYPE (BallastTreeView, ballast_tree_view, GTK_TYPE_WIDGET)

gboolean
_ballast_tree_view_is_icicle (BallastTreeView *self)
{
  return self->model != NULL && self->model->style == BALLAST_TREE_STYLE_ICICLE;
}

void
_ballast_tree_view_invalidate (BallastTreeView *self)
{
  g_clear_pointer (&self->geometry, ballast_tree_geometry_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* All of the tree where it can be read so, else its root in the middle of the left side. */
static void
fit (BallastTreeView *self,
     double           width,
     double           height)
{
  double scale = MIN (width / self->geometry->width, height / self->geometry->height);
  const BallastChartRect *root = &self->geometry->rects[0];

  self->scale = CLAMP (scale, MIN_FIT_SCALE, 1);
  self->x = MAX (0, (width - self->geometry->width * self->scale) / 2);
  self->y = (height - self->geometry->height * self->scale) / 2;
  if (self->y < 0)
    self->y = height / 2 - (root->y + root->height / 2) * self->scale;
}

/* (transfer none) (nullable): made where it is asked for, at the widget's size. */
const BallastTreeGeometry *
_ballast_tree_view_ensure_geometry (BallastTreeView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double edge = _ballast_tree_view_is_icicle (self) ? ICICLE_EDGE : 0;

  if (self->model == NULL || self->model->n == 0 || width <= 2 * edge || height <= 2 * edge)
    return NULL;
  if (self->geometry != NULL && self->laid_out_width == width && self->laid_out_height == height)
    return self->geometry;

  g_clear_pointer (&self->geometry, ballast_tree_geometry_free);
  if (self->font == NULL)
    self->font = ballast_chart_font_new_for_context (gtk_widget_get_pango_context (widget));
  self->geometry = ballast_tree_geometry_new (self->model, width - 2 * edge, height - 2 * edge,
                                              ballast_chart_font_get_measure (self->font));
  self->laid_out_width = width;
  self->laid_out_height = height;
  if (_ballast_tree_view_is_icicle (self))
    {
      self->scale = 1;
      self->x = self->y = edge;
    }
  else if (self->fits)
    fit (self, width, height);
  return self->geometry;
}

int
_ballast_tree_view_hit (BallastTreeView *self,
                        double           x,
                        double           y)
{
  const BallastTreeGeometry *geometry = _ballast_tree_view_ensure_geometry (self);

  if (geometry == NULL)
    return -1;
  return ballast_tree_geometry_hit (geometry, (x - self->x) / self->scale,
                                    (y - self->y) / self->scale);
}

static void
update_description (BallastTreeView *self)
{
  g_autofree char *text = self->model == NULL
                            ? g_strdup ("")
                            : ballast_tree_model_describe (self->model, self->model->selected);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

gboolean
ballast_tree_view_get_area (BallastTreeView *self,
                            guint            id,
                            GdkRectangle    *area)
{
  const BallastTreeGeometry *geometry = _ballast_tree_view_ensure_geometry (self);
  int place = geometry == NULL ? -1 : ballast_tree_model_find (self->model, id);
  const BallastChartRect *rect;

  if (place < 0 || geometry->rects[place].width <= 0)
    return FALSE;

  rect = &geometry->rects[place];
  *area = (GdkRectangle){ (int) (self->x + rect->x * self->scale),
                          (int) (self->y + rect->y * self->scale),
                          MAX (1, (int) (rect->width * self->scale)),
                          MAX (1, (int) (rect->height * self->scale)) };
  return TRUE;
}

/* Moves a tree so that the place is seen. */
void
_ballast_tree_view_reveal (BallastTreeView *self,
                           int              place)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  GdkRectangle area;
  double dx = 0, dy = 0;

  if (place < 0 || _ballast_tree_view_is_icicle (self) ||
      !ballast_tree_view_get_area (self, self->model->items[place].id, &area))
    return;

  if (area.x < 8)
    dx = 8 - area.x;
  else if (area.x + area.width > width - 8)
    dx = width - 8 - area.x - area.width;
  if (area.y < 8)
    dy = 8 - area.y;
  else if (area.y + area.height > height - 8)
    dy = height - 8 - area.y - area.height;
  if (dx == 0 && dy == 0)
    return;

  self->fits = FALSE;
  self->x += dx;
  self->y += dy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The drawing never leaves the widget whole: a part of it stays to be taken hold of. */
static void
keep_in_sight (BallastTreeView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->geometry == NULL)
    return;
  self->x = CLAMP (self->x, 48 - self->geometry->width * self->scale, width - 48);
  self->y = CLAMP (self->y, 48 - self->geometry->height * self->scale, height - 48);
}

void
_ballast_tree_view_move_to (BallastTreeView *self,
                            double           x,
                            double           y)
{
  if (_ballast_tree_view_is_icicle (self) || _ballast_tree_view_ensure_geometry (self) == NULL)
    return;

  self->fits = FALSE;
  self->x = x;
  self->y = y;
  keep_in_sight (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_ballast_tree_view_zoom_at (BallastTreeView *self,
                            double           factor,
                            double           x,
                            double           y)
{
  double scale = CLAMP (self->scale * factor, MIN_SCALE, MAX_SCALE);

  if (_ballast_tree_view_is_icicle (self) || _ballast_tree_view_ensure_geometry (self) == NULL)
    return;

  factor = scale / self->scale;
  self->scale = scale;
  _ballast_tree_view_move_to (self, x - (x - self->x) * factor, y - (y - self->y) * factor);
}

static gboolean
ballast_tree_view_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard,
                                 GtkTooltip *tooltip)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);
  int place = self->model == NULL ? -1 : keyboard ? self->model->selected : _ballast_tree_view_hit (self, x, y);
  g_autofree char *text = NULL;
  GdkRectangle area;

  if (place < 0 || !ballast_tree_view_get_area (self, self->model->items[place].id, &area))
    return FALSE;

  text = ballast_tree_model_describe (self->model, place);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &area);
  return TRUE;
}

static void
ballast_tree_view_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = MIN_SIZE_PX;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? NATURAL_HEIGHT_PX : MIN_SIZE_PX;
}

/* Popovers over nodes are the only children. */
static void
ballast_tree_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
ballast_tree_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const BallastTheme *theme = ballast_theme_get (adw_style_manager_get_dark (style),
                                                 adw_style_manager_get_high_contrast (style));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                               gtk_widget_get_height (widget));
  cairo_t *cr;

  if (_ballast_tree_view_ensure_geometry (self) == NULL)
    return;

  gtk_snapshot_push_clip (snapshot, &bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, self->x, self->y);
  cairo_scale (cr, self->scale, self->scale);
  ballast_tree_draw (cr, self->model, self->geometry, theme, self->font,
                     gtk_widget_has_visible_focus (widget), self->scale);
  cairo_identity_matrix (cr);
  _ballast_tree_view_draw_drag (self, cr, theme);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static gboolean
ballast_tree_view_focus (GtkWidget       *widget,
                         GtkDirectionType direction)
{
  return !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);
}

static void
ballast_tree_view_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);

  GTK_WIDGET_CLASS (ballast_tree_view_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->font, ballast_chart_font_free);
  _ballast_tree_view_invalidate (self);
}

/* A popover over a node may still be there. */
static void
ballast_tree_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ballast_tree_view_parent_class)->dispose (object);
}

static void
ballast_tree_view_finalize (GObject *object)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (object);

  g_clear_pointer (&self->geometry, ballast_tree_geometry_free);
  g_clear_pointer (&self->font, ballast_chart_font_free);
  g_clear_pointer (&self->model, ballast_tree_model_free);

  G_OBJECT_CLASS (ballast_tree_view_parent_class)->finalize (object);
}

static void
ballast_tree_view_class_init (BallastTreeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_tree_view_dispose;
  object_class->finalize = ballast_tree_view_finalize;
  widget_class->measure = ballast_tree_view_measure;
  widget_class->size_allocate = ballast_tree_view_size_allocate;
  widget_class->snapshot = ballast_tree_view_snapshot;
  widget_class->focus = ballast_tree_view_focus;
  widget_class->css_changed = ballast_tree_view_css_changed;
  widget_class->query_tooltip = ballast_tree_view_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "treedrawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  _ballast_tree_view_install_input (widget_class);
}

static void
ballast_tree_view_init (BallastTreeView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->scale = 1;
  self->fits = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Drawing of the hierarchy"), -1);
  _ballast_tree_view_add_controllers (self);

  /* The drawing's colours are not CSS: nothing else would draw it anew. */
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ballast_tree_view_new (void)
{
  return g_object_new (BALLAST_TYPE_TREE_VIEW, NULL);
}

/* The place in @model of what is at @place of the old one. */
static int
carry_over (BallastTreeView        *self,
            const BallastTreeModel *model,
            int                     place)
{
  if (self->model == NULL || place < 0 || place >= (int) self->model->n)
    return -1;
  return ballast_tree_model_find (model, self->model->items[place].id);
}

void
ballast_tree_view_take_model (BallastTreeView  *self,
                              BallastTreeModel *model)
{
  g_return_if_fail (BALLAST_IS_TREE_VIEW (self));

  if (model != NULL && self->model != NULL)
    {
      model->style = self->model->style;
      model->selected = carry_over (self, model, self->model->selected);
      model->zoom = MAX (0, carry_over (self, model, self->model->zoom));
    }
  else
    self->fits = TRUE;

  g_clear_pointer (&self->model, ballast_tree_model_free);
  self->model = model;
  _ballast_tree_view_invalidate (self);
  update_description (self);
}

const BallastTreeModel *
ballast_tree_view_get_model (BallastTreeView *self)
{
  g_return_val_if_fail (BALLAST_IS_TREE_VIEW (self), NULL);

  return self->model;
}

void
ballast_tree_view_set_style (BallastTreeView *self,
                             BallastTreeStyle style)
{
  g_return_if_fail (BALLAST_IS_TREE_VIEW (self));

  if (self->model == NULL || self->model->style == style)
    return;

  self->model->style = style;
  self->model->zoom = 0;
  self->fits = TRUE;
  _ballast_tree_view_invalidate (self);
}

void
ballast_tree_view_set_selected (BallastTreeView *self,
                                const guint     *ids,
                                guint            n_ids)
{
  g_return_if_fail (BALLAST_IS_TREE_VIEW (self));

  if (self->model == NULL)
    return;

  for (guint i = 0; i < self->model->n; i++)
    self->model->items[i].is_selected = FALSE;
  for (guint i = 0; i < n_ids; i++)
    {
      int place = ballast_tree_model_find (self->model, ids[i]);

      if (place >= 0)
        self->model->items[place].is_selected = TRUE;
    }
  if (n_ids > 0 &&
      (self->model->selected < 0 || !self->model->items[self->model->selected].is_selected))
    {
      self->model->selected = ballast_tree_model_find (self->model, ids[0]);
      _ballast_tree_view_reveal (self, self->model->selected);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_description (self);
}

void
ballast_tree_view_zoom (BallastTreeView *self,
                        double           factor)
{
  g_return_if_fail (BALLAST_IS_TREE_VIEW (self));

  if (factor > 0)
    {
      _ballast_tree_view_zoom_at (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                                  gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
      return;
    }

  self->fits = TRUE;
  if (self->model != NULL)
    self->model->zoom = 0;
  _ballast_tree_view_invalidate (self);
}

void
ballast_tree_view_zoom_to (BallastTreeView *self,
                           guint            id)
{
  int place;

  g_return_if_fail (BALLAST_IS_TREE_VIEW (self));

  place = self->model == NULL ? -1 : ballast_tree_model_find (self->model, id);
  if (place < 0 || !_ballast_tree_view_is_icicle (self))
    return;

  self->model->zoom = place == self->model->zoom ? MAX (0, self->model->items[place].parent) : place;
  _ballast_tree_view_invalidate (self);
}

void
ballast_tree_view_set_editable (BallastTreeView *self,
                                gboolean         editable)
{
  g_return_if_fail (BALLAST_IS_TREE_VIEW (self));

  self->editable = editable;
}
