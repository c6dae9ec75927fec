/*
 * A column view over the classes of a plan.
 *
 * The rows are objects that live as long as the number of classes stays: while a target is dragged
 * their figures change in place, and no cell is built anew.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-plan-table.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-class-dot.h"
#include "ballast-column-titles.h"
#include "ballast-plan-item.h"

typedef enum
{
  COLUMN_CLASS,
  COLUMN_NOW,
  COLUMN_TARGET,
  COLUMN_AFTER,
  COLUMN_DIFFERENCE,
  COLUMN_COPIES,
  COLUMN_WEIGHT,
  N_COLUMNS,
} Column;

static const char *const titles[N_COLUMNS] = {
  [COLUMN_CLASS] = N_("Class"),
  [COLUMN_NOW] = N_("Now"),
  [COLUMN_TARGET] = N_("Target"),
  [COLUMN_AFTER] = N_("After"),
  [COLUMN_DIFFERENCE] = N_("Change"),
  [COLUMN_COPIES] = N_("Copies"),
  [COLUMN_WEIGHT] = N_("Weight"),
};

/* Fixed, so that a drag that changes figures moves no column. */
static const int widths[N_COLUMNS] = {
  [COLUMN_CLASS] = 92,
  [COLUMN_NOW] = 66,
  [COLUMN_TARGET] = 62,
  [COLUMN_AFTER] = 66,
  [COLUMN_DIFFERENCE] = 72,
  [COLUMN_COPIES] = 52,
  [COLUMN_WEIGHT] = 58,
};

struct _BallastPlanTable
{
  GtkWidget parent_instance;

  GtkWidget     *scroller;
  GtkColumnView *view;
  GListStore    *items;
};

G_DEFINE_FINAL_TYPE (BallastPlanTable, ballast_plan_table, GTK_TYPE_WIDGET)

enum
{
  OVERRIDE_SET,
  CLASS_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
format_figure (const BallastPlanFigures *figures,
               Column                    column)
{
  g_autofree char *count = NULL;

  switch (column)
    {
    case COLUMN_CLASS:
      return g_strdup (figures->name);
    case COLUMN_NOW:
      return ballast_chart_format_count (figures->now);
    case COLUMN_TARGET:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, figures->target);
    case COLUMN_AFTER:
      return ballast_chart_format_count (figures->after);
    case COLUMN_DIFFERENCE:
      if (figures->difference == 0)
        return g_strdup ("–");
      count = ballast_chart_format_count ((guint64) ABS (figures->difference));
      return g_strdup_printf ("%s%s", figures->difference > 0 ? "+" : "−", count);
    case COLUMN_COPIES:
      return figures->copies > 0 ? g_strdup_printf ("%.1f", figures->copies) : g_strdup ("–");
    case COLUMN_WEIGHT:
      return figures->weight >= 0 ? g_strdup_printf ("%.3f", figures->weight) : g_strdup ("–");
    case N_COLUMNS:
    default:
      return NULL;
    }
}

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    present)
{
  if (present)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static Column
get_column (gpointer object)
{
  return GPOINTER_TO_INT (g_object_get_data (object, "column"));
}

/* (transfer full) (nullable): what was added, where it is not all of one kind. */
static char *
dup_parts (const BallastPlanFigures *figures)
{
  g_autofree char *crops = ballast_chart_format_count (figures->crops);
  g_autofree char *whole = ballast_chart_format_count (figures->whole);

  if (figures->crops == 0)
    return NULL;

  /* Translators: two numbers of images that hold a class. */
  return g_strdup_printf (_("%s Crops and %s Copies of Whole Images Hold It"), crops, whole);
}

/* A cell's child shows what its item says. */
static void
show_cell (BallastPlanItem *item,
           GtkWidget       *child)
{
  const BallastPlanFigures *figures = ballast_plan_item_get_figures (item);
  Column column = get_column (child);
  g_autofree char *text = format_figure (figures, column);

  if (column == COLUMN_CLASS)
    {
      ballast_class_dot_set_index (BALLAST_CLASS_DOT (gtk_widget_get_first_child (child)),
                                   figures->index);
      gtk_widget_set_opacity (gtk_widget_get_first_child (child), figures->no_class ? 0 : 1);
      gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (child)), text);
      return;
    }
  if (column == COLUMN_TARGET)
    {
      g_autofree char *name = g_strdup_printf (_("Target of %s"), figures->name);

      gtk_editable_set_editable (GTK_EDITABLE (child), !figures->no_class);
      if (!gtk_editable_label_get_editing (GTK_EDITABLE_LABEL (child)))
        gtk_editable_set_text (GTK_EDITABLE (child), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      set_class (child, "overridden", figures->overridden);
      return;
    }

  gtk_label_set_label (GTK_LABEL (child), text);
  if (column == COLUMN_DIFFERENCE || column == COLUMN_COPIES)
    {
      g_autofree char *parts = dup_parts (figures);

      gtk_widget_set_tooltip_text (child, parts);
    }
  if (column == COLUMN_AFTER)
    set_class (child, "warning", figures->short_of);
}

static void
on_target_edited (GtkEditableLabel *label,
                  GParamSpec       *pspec,
                  BallastPlanTable *self)
{
  BallastPlanItem *item = g_object_get_data (G_OBJECT (label), "item");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (label));
  const BallastPlanFigures *figures;
  guint64 count;

  if (gtk_editable_label_get_editing (label) || item == NULL)
    return;

  figures = ballast_plan_item_get_figures (item);
  if (*text == '\0' && figures->overridden)
    g_signal_emit (self, signals[OVERRIDE_SET], 0, figures->index, (gint64) -1);
  else if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &count, NULL) &&
           count != figures->target)
    g_signal_emit (self, signals[OVERRIDE_SET], 0, figures->index, (gint64) count);
  else
    show_cell (item, GTK_WIDGET (label));
}

static GtkWidget *
new_class_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), ballast_class_dot_new (0));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/*
 * GTK 4.8 looks at an editable label 100 ms after the focus has left it, whether or not it is still
 * there: closing the window right after typing would be read from freed memory.
 */
static gboolean
let_go (gpointer label)
{
  return G_SOURCE_REMOVE;
}

static void
hold_for_a_moment (GtkWidget *label)
{
  g_timeout_add_full (G_PRIORITY_LOW, 200, let_go, g_object_ref (label), g_object_unref);
}

static GtkWidget *
new_target_cell (BallastPlanTable *self)
{
  GtkWidget *label = gtk_editable_label_new ("");
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (hold_for_a_moment), label, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (label, focus);
  gtk_editable_set_alignment (GTK_EDITABLE (label), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (label), 6);
  gtk_widget_set_tooltip_text (label, _("Type a target for this class alone; empty it to follow the others"));
  g_signal_connect (label, "notify::editing", G_CALLBACK (on_target_edited), self);
  return label;
}

static GtkWidget *
new_number_cell (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          BallastPlanTable         *self)
{
  Column column = get_column (factory);
  GtkWidget *child = column == COLUMN_CLASS    ? new_class_cell ()
                     : column == COLUMN_TARGET ? new_target_cell (self)
                                               : new_number_cell ();

  g_object_set_data (G_OBJECT (child), "column", GINT_TO_POINTER (column));
  gtk_list_item_set_child (list_item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         BallastPlanTable         *self)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  BallastPlanItem *item = gtk_list_item_get_item (list_item);

  g_object_set_data (G_OBJECT (child), "item", item);
  g_signal_connect (item, "changed", G_CALLBACK (show_cell), child);
  show_cell (item, child);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           BallastPlanTable         *self)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  g_object_set_data (G_OBJECT (child), "item", NULL);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_cell, child);
}

static double
get_sort_key (const BallastPlanFigures *figures,
              Column                    column)
{
  switch (column)
    {
    case COLUMN_NOW:
      return (double) figures->now;
    case COLUMN_TARGET:
      return (double) figures->target;
    case COLUMN_AFTER:
      return (double) figures->after;
    case COLUMN_DIFFERENCE:
      return (double) figures->difference;
    case COLUMN_COPIES:
      return figures->copies;
    case COLUMN_WEIGHT:
      return figures->weight;
    case COLUMN_CLASS:
    case N_COLUMNS:
    default:
      return 0;
    }
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const BallastPlanFigures *first = ballast_plan_item_get_figures ((gpointer) a);
  const BallastPlanFigures *second = ballast_plan_item_get_figures ((gpointer) b);
  Column column = GPOINTER_TO_INT (user_data);
  double x = get_sort_key (first, column), y = get_sort_key (second, column);

  return column == COLUMN_CLASS ? g_utf8_collate (first->name, second->name) : (x > y) - (x < y);
}

static void
append_column (BallastPlanTable *self,
               Column            column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) view_column = NULL;
  g_autoptr(GtkCustomSorter) sorter = gtk_custom_sorter_new (compare, GINT_TO_POINTER (column), NULL);

  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  view_column = gtk_column_view_column_new (_(titles[column]), factory);
  gtk_column_view_column_set_sorter (view_column, GTK_SORTER (sorter));
  gtk_column_view_column_set_expand (view_column, column == COLUMN_CLASS);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_fixed_width (view_column, widths[column]);
  gtk_column_view_append_column (self->view, view_column);
}

static GtkColumnViewColumn *
get_view_column (BallastPlanTable *self,
                 Column            column)
{
  GListModel *view_columns = gtk_column_view_get_columns (self->view);
  g_autoptr(GtkColumnViewColumn) view_column = g_list_model_get_item (view_columns, column);

  return view_column;
}

static void
on_activate (GtkColumnView    *view,
             guint             position,
             BallastPlanTable *self)
{
  g_autoptr(BallastPlanItem) item =
    g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);

  g_signal_emit (self, signals[CLASS_ACTIVATED], 0, ballast_plan_item_get_figures (item)->index);
}

static void
ballast_plan_table_dispose (GObject *object)
{
  BallastPlanTable *self = BALLAST_PLAN_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (ballast_plan_table_parent_class)->dispose (object);
}

static void
ballast_plan_table_class_init (BallastPlanTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_plan_table_dispose;

  signals[OVERRIDE_SET] = g_signal_new ("override-set", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                        G_TYPE_INT64);
  signals[CLASS_ACTIVATED] = g_signal_new ("class-activated", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "plantable");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
ballast_plan_table_init (BallastPlanTable *self)
{
  GtkSortListModel *sorted;

  self->items = g_list_store_new (BALLAST_TYPE_PLAN_ITEM);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  for (Column column = 0; column < N_COLUMNS; column++)
    append_column (self, column);
  ballast_column_titles_align (self->view);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->items)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_column_view_set_model (self->view,
                             GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sorted))));
  gtk_column_view_sort_by_column (self->view, get_view_column (self, COLUMN_NOW), GTK_SORT_DESCENDING);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Classes before and after"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/* The items that there are, or as many new ones as there are classes. */
static GPtrArray *
dup_items (BallastPlanTable *self,
           guint             n_wanted)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean fits = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == n_wanted;

  for (guint i = 0; i < n_wanted; i++)
    g_ptr_array_add (items, fits ? g_list_model_get_item (G_LIST_MODEL (self->items), i)
                                 : ballast_plan_item_new ());

  return items;
}

void
ballast_plan_table_set_plan (BallastPlanTable  *self,
                             const BallastPlan *plan)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items)), n_wanted;
  g_autoptr(GPtrArray) items = NULL;

  g_return_if_fail (BALLAST_IS_PLAN_TABLE (self));

  n_wanted = plan == NULL ? 0 : plan->n_classes + (plan->background_before > 0 ? 1 : 0);
  items = dup_items (self, n_wanted);
  if (plan != NULL && plan->background_before > 0)
    ballast_plan_item_set_background (items->pdata[plan->n_classes], plan,
                                      plan->has_boxes ? _("Without objects") : _("Without labels"));
  for (guint i = 0; plan != NULL && i < plan->n_classes; i++)
    {
      BallastPlanItem *item = items->pdata[i];
      guint64 count;
      gboolean overridden = ballast_balance_settings_get_override (&plan->settings,
                                                                   plan->classes[i].name, &count);

      ballast_plan_item_set (item, &plan->classes[i], overridden);
    }

  /* With their figures, for they are sorted on arrival. */
  if (items->len != n_items)
    g_list_store_splice (self->items, 0, n_items, items->pdata, items->len);
}

void
ballast_plan_table_set_weights (BallastPlanTable     *self,
                                const BallastWeights *weights)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  g_return_if_fail (BALLAST_IS_PLAN_TABLE (self));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(BallastPlanItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      ballast_plan_item_set_weight (item, weights != NULL && i < weights->n
                                    ? weights->classes[i].weight : -1);
    }
}
