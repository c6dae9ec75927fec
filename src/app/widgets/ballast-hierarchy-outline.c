/*
 * The outline: a list view over a tree model, edited by dragging.
 *
 * It holds no fact of the project: it is given items, and says what was dropped where.  Rows are made
 * as they are seen, so a thousand classes cost a screenful.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-outline.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-class-dot.h"

struct _BallastHierarchyOutline
{
  AdwBin parent_instance;

  GtkListView       *list;
  GtkMultiSelection *selection;
  GtkTreeListModel  *tree;
  char              *shape;   /* what is shown, as a text: the same again changes nothing */
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (BallastHierarchyOutline, ballast_hierarchy_outline, ADW_TYPE_BIN)

enum
{
  SELECTION_CHANGED,
  ACTIVATED,
  MENU_REQUESTED,
  DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* (transfer full) (nullable) */
static BallastHierarchyItem *
get_item (BallastHierarchyOutline *self,
          guint                    position)
{
  g_autoptr(GtkTreeListRow) row = NULL;

  if (self->selection == NULL)
    return NULL;
  row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  return row == NULL ? NULL : gtk_tree_list_row_get_item (row);
}

static guint
count_rows (BallastHierarchyOutline *self)
{
  return self->selection == NULL ? 0 : g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static GListModel *
create_children (gpointer item,
                 gpointer user_data)
{
  BallastHierarchyItem *hierarchy_item = item;

  return hierarchy_item->children == NULL
           ? NULL : G_LIST_MODEL (g_object_ref (hierarchy_item->children));
}

/* The parts of a row. */
typedef struct
{
  GtkWidget *dot;
  GtkWidget *icon;
  GtkLabel  *name;
  GtkLabel  *detail;
} Row;

static Row *
get_row (GtkListItem *list_item)
{
  return g_object_get_data (G_OBJECT (list_item), "row");
}

static GtkListItem *
get_list_item (GtkEventController *controller)
{
  return g_object_get_data (G_OBJECT (gtk_event_controller_get_widget (controller)), "list-item");
}

/* (transfer full) (nullable) */
static BallastHierarchyItem *
get_list_item_item (GtkListItem *list_item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);

  return row == NULL ? NULL : gtk_tree_list_row_get_item (row);
}

/* What is dragged is selected, alone unless it was already. */
static GdkContentProvider *
on_drag_prepare (GtkDragSource           *source,
                 double                   x,
                 double                   y,
                 BallastHierarchyOutline *self)
{
  GtkListItem *list_item = get_list_item (GTK_EVENT_CONTROLLER (source));
  g_autoptr(BallastHierarchyItem) item = get_list_item_item (list_item);

  if (item == NULL || item->id == 1 || (item->id == 0 && !item->is_class))
    return NULL;
  if (!gtk_list_item_get_selected (list_item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                     gtk_list_item_get_position (list_item), TRUE);
  return gdk_content_provider_new_typed (BALLAST_TYPE_HIERARCHY_ITEM, item);
}

static void
on_drag_begin (GtkDragSource           *source,
               GdkDrag                 *drag,
               BallastHierarchyOutline *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gtk_drag_source_set_icon (source, paintable, 12, 12);
}

/* -1 before the row, 0 into it, 1 behind it.  A class takes what is dropped on its middle into a
 * group with it. */
static int
find_where (GtkWidget *widget,
            double     y)
{
  double height = gtk_widget_get_height (widget);

  if (y < height * 0.28)
    return -1;
  return y > height * 0.72 ? 1 : 0;
}

static void
mark_row (GtkWidget *widget,
          int        where)
{
  static const char *const classes[] = { "drop-before", "drop-into", "drop-behind" };

  for (int i = 0; i < 3; i++)
    if (where == i - 1)
      gtk_widget_add_css_class (widget, classes[i]);
    else
      gtk_widget_remove_css_class (widget, classes[i]);
}

/* The root has nothing beside it, and what is out no order. */
static int
correct_where (const BallastHierarchyItem *item,
               int                         where)
{
  return item->id <= 1 ? 0 : where;
}

static GdkDragAction
on_drop_motion (GtkDropTarget *target,
                double         x,
                double         y,
                gpointer       user_data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autoptr(BallastHierarchyItem) item =
    get_list_item_item (get_list_item (GTK_EVENT_CONTROLLER (target)));

  if (item == NULL)
    return 0;
  mark_row (widget, correct_where (item, find_where (widget, y)));
  return GDK_ACTION_MOVE;
}

static void
on_drop_leave (GtkDropTarget *target,
               gpointer       user_data)
{
  mark_row (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)), 2);
}

static gboolean
on_drop (GtkDropTarget           *target,
         const GValue            *value,
         double                   x,
         double                   y,
         BallastHierarchyOutline *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autoptr(BallastHierarchyItem) item =
    get_list_item_item (get_list_item (GTK_EVENT_CONTROLLER (target)));

  mark_row (widget, 2);
  if (item == NULL)
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, item->id, correct_where (item, find_where (widget, y)));
  return TRUE;
}

static void
on_secondary (GtkGestureClick         *gesture,
              int                      n_press,
              double                   x,
              double                   y,
              BallastHierarchyOutline *self)
{
  GtkListItem *list_item = get_list_item (GTK_EVENT_CONTROLLER (gesture));

  if (!gtk_list_item_get_selected (list_item))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection),
                                     gtk_list_item_get_position (list_item), TRUE);
  g_signal_emit (self, signals[MENU_REQUESTED], 0,
                 gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), x, y);
}

static void
add_controllers (BallastHierarchyOutline *self,
                 GtkWidget               *widget)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (BALLAST_TYPE_HIERARCHY_ITEM, GDK_ACTION_MOVE);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_drop_motion), NULL);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave), NULL);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          BallastHierarchyOutline  *self)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  Row *row = g_new0 (Row, 1);

  row->dot = ballast_class_dot_new (0);
  row->icon = gtk_image_new_from_icon_name ("folder-symbolic");
  row->name = GTK_LABEL (gtk_label_new (NULL));
  row->detail = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (row->dot, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row->icon, "dim-label");
  gtk_label_set_ellipsize (row->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (row->name, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (row->name), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (row->detail), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->detail), "numeric");
  gtk_box_append (GTK_BOX (box), row->dot);
  gtk_box_append (GTK_BOX (box), row->icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->name));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->detail));
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_widget_add_css_class (expander, "outline-row");
  gtk_list_item_set_child (list_item, expander);
  g_object_set_data_full (G_OBJECT (list_item), "row", row, g_free);
  g_object_set_data (G_OBJECT (expander), "list-item", list_item);
  add_controllers (self, expander);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         BallastHierarchyOutline  *self)
{
  Row *row = get_row (list_item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  g_autoptr(BallastHierarchyItem) item = get_list_item_item (list_item);

  g_return_if_fail (item != NULL);

  gtk_tree_expander_set_list_row (expander, gtk_list_item_get_item (list_item));
  gtk_widget_set_visible (row->dot, item->is_class);
  gtk_widget_set_visible (row->icon, !item->is_class);
  if (item->is_class)
    ballast_class_dot_set_index (BALLAST_CLASS_DOT (row->dot), item->class_index);
  gtk_label_set_label (row->name, item->name);
  gtk_label_set_label (row->detail, item->detail);
  if (item->id == 0)
    gtk_widget_add_css_class (GTK_WIDGET (row->name), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row->name), "dim-label");
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           BallastHierarchyOutline  *self)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item)), NULL);
}

static void
on_activate (GtkListView             *list,
             guint                    position,
             BallastHierarchyOutline *self)
{
  g_autoptr(BallastHierarchyItem) item = get_item (self, position);

  if (item != NULL && item->id > 0)
    g_signal_emit (self, signals[ACTIVATED], 0, item->id);
}

static void
on_selection_changed (BallastHierarchyOutline *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
ballast_hierarchy_outline_dispose (GObject *object)
{
  BallastHierarchyOutline *self = BALLAST_HIERARCHY_OUTLINE (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->shape, g_free);

  G_OBJECT_CLASS (ballast_hierarchy_outline_parent_class)->dispose (object);
}

static void
ballast_hierarchy_outline_class_init (BallastHierarchyOutlineClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_hierarchy_outline_dispose;

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MENU_REQUESTED] = g_signal_new ("menu-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 3, GTK_TYPE_WIDGET, G_TYPE_DOUBLE,
                                          G_TYPE_DOUBLE);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "hierarchyoutline");
}

static void
ballast_hierarchy_outline_init (BallastHierarchyOutline *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Outline of the hierarchy"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
ballast_hierarchy_outline_new (void)
{
  return g_object_new (BALLAST_TYPE_HIERARCHY_OUTLINE, NULL);
}

static void
describe_item (const BallastHierarchyItem *item,
               GString                    *text)
{
  guint n = item->children == NULL ? 0 : g_list_model_get_n_items (G_LIST_MODEL (item->children));

  g_string_append_printf (text, "%u %s %s %u(", item->id, item->name, item->detail,
                          item->class_index);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(BallastHierarchyItem) child = g_list_model_get_item (G_LIST_MODEL (item->children), i);

      describe_item (child, text);
    }
  g_string_append_c (text, ')');
}

/* (transfer full): the ids of groups that are closed; -1 for the classes that are out. */
static GHashTable *
list_closed (BallastHierarchyOutline *self)
{
  GHashTable *closed = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autoptr(BallastHierarchyItem) item = gtk_tree_list_row_get_item (row);

      if (gtk_tree_list_row_is_expandable (row) && !gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (closed, GUINT_TO_POINTER (item->id + 1));
    }
  return closed;
}

static void
close_rows (BallastHierarchyOutline *self,
            GHashTable              *closed)
{
  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autoptr(BallastHierarchyItem) item = gtk_tree_list_row_get_item (row);

      if (g_hash_table_contains (closed, GUINT_TO_POINTER (item->id + 1)))
        gtk_tree_list_row_set_expanded (row, FALSE);
    }
}

static void
replace_model (BallastHierarchyOutline *self,
               GListStore              *roots)
{
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  self->tree = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (roots)), FALSE, TRUE,
                                        create_children, NULL, NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->tree)));
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (on_selection_changed),
                            self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

static void
restore_selection (BallastHierarchyOutline *self,
                   const GArray            *selected)
{
  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(BallastHierarchyItem) item = get_item (self, i);

      for (guint j = 0; j < selected->len; j++)
        if (item->id > 0 && item->id == g_array_index (selected, guint, j))
          gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, FALSE);
    }
}

void
ballast_hierarchy_outline_set_items (BallastHierarchyOutline *self,
                                     BallastHierarchyItem    *root,
                                     BallastHierarchyItem    *out)
{
  g_autoptr(GListStore) roots = g_list_store_new (BALLAST_TYPE_HIERARCHY_ITEM);
  g_autoptr(GArray) selected = NULL;
  g_autoptr(GHashTable) closed = NULL;
  g_autoptr(GString) shape = g_string_new (NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double value = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;

  g_return_if_fail (BALLAST_IS_HIERARCHY_OUTLINE (self));

  describe_item (root, shape);
  describe_item (out, shape);
  if (g_strcmp0 (shape->str, self->shape) == 0)
    return;

  g_free (self->shape);
  self->shape = g_strdup (shape->str);
  selected = ballast_hierarchy_outline_dup_selected (self);
  closed = list_closed (self);
  g_list_store_append (roots, root);
  if (g_list_model_get_n_items (G_LIST_MODEL (out->children)) > 0)
    g_list_store_append (roots, out);
  self->filling = TRUE;
  replace_model (self, roots);
  close_rows (self, closed);
  restore_selection (self, selected);
  self->filling = FALSE;
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, value);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

GArray *
ballast_hierarchy_outline_dup_selected (BallastHierarchyOutline *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(BallastHierarchyItem) item = NULL;

      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        continue;
      item = get_item (self, i);
      if (item->id > 0)
        g_array_append_val (ids, item->id);
    }
  return ids;
}

char **
ballast_hierarchy_outline_dup_selected_out (BallastHierarchyOutline *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(BallastHierarchyItem) item = NULL;

      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        continue;
      item = get_item (self, i);
      if (item->id == 0 && item->is_class)
        g_strv_builder_add (names, item->name);
    }
  return g_strv_builder_end (names);
}

/* The row of the node, or -1 where a group above it is closed. */
static int
find_row (BallastHierarchyOutline *self,
          guint                    id)
{
  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(BallastHierarchyItem) item = get_item (self, i);

      if (item->id == id)
        return (int) i;
    }
  return -1;
}

static void
open_all (BallastHierarchyOutline *self)
{
  for (guint i = 0; i < count_rows (self); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (gtk_tree_list_row_is_expandable (row))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

void
ballast_hierarchy_outline_select (BallastHierarchyOutline *self,
                                  guint                    id,
                                  gboolean                 beside)
{
  GtkSelectionModel *selection;
  int row;

  g_return_if_fail (BALLAST_IS_HIERARCHY_OUTLINE (self));

  selection = GTK_SELECTION_MODEL (self->selection);
  row = find_row (self, id);
  if (row < 0)
    {
      open_all (self);
      row = find_row (self, id);
    }
  if (row < 0)
    return;

  if (beside && gtk_selection_model_is_selected (selection, row))
    gtk_selection_model_unselect_item (selection, row);
  else
    gtk_selection_model_select_item (selection, row, !beside);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", row);
}
