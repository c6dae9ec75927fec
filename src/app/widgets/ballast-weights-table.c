/*
 * Weights of several schemes side by side.
 *
 * The rows are the classes; a column knows which of the weights it shows, so a change of the weights
 * renames columns and binds rows anew instead of building the table again.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-weights-table.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-class-dot.h"
#include "ballast-class-list.h"

#define NUMBER_WIDTH_PX 126

struct _BallastWeightsTable
{
  AdwBin parent_instance;

  BallastDocument     *document;
  GtkColumnView       *view;
  GtkColumnViewColumn *columns[BALLAST_WEIGHTS_TABLE_MAX];
  GtkSortListModel    *sorted;
  BallastWeights      *weights[BALLAST_WEIGHTS_TABLE_MAX];
  guint                n;
};

G_DEFINE_FINAL_TYPE (BallastWeightsTable, ballast_weights_table, ADW_TYPE_BIN)

/* What a column shows: a name, a count, or the weights of one scheme. */
enum
{
  COLUMN_NAME,
  COLUMN_COUNT,
  COLUMN_WEIGHTS,
};

typedef struct
{
  BallastWeightsTable *self;
  guint                column;
} ColumnData;

static const BallastClassWeight *
get_class (const ColumnData *data,
           BallastClassItem *item)
{
  guint which = data->column < COLUMN_WEIGHTS ? 0 : data->column - COLUMN_WEIGHTS;
  const BallastWeights *weights = data->self->weights[which];
  guint index = ballast_class_item_get_index (item);

  return weights != NULL && index < weights->n ? &weights->classes[index] : NULL;
}

static char *
dup_text (const ColumnData *data,
          BallastClassItem *item)
{
  const BallastClassWeight *class = get_class (data, item);

  if (data->column == COLUMN_NAME)
    return g_strdup (ballast_class_item_get_name (item));
  if (class == NULL)
    return g_strdup ("");
  if (data->column == COLUMN_COUNT)
    return ballast_chart_format_count (class->count);
  return class->empty ? g_strdup ("–") : g_strdup_printf ("%.4g", class->weight);
}

static void
on_setup (ColumnData  *data,
          GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *box;

  gtk_label_set_xalign (GTK_LABEL (label), data->column == COLUMN_NAME ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  if (data->column != COLUMN_NAME)
    {
      gtk_widget_add_css_class (label, "numeric");
      if (data->column > COLUMN_WEIGHTS)
        gtk_widget_add_css_class (label, "dim-label");
      gtk_list_item_set_child (list_item, label);
      return;
    }

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), ballast_class_dot_new (0));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (list_item, box);
}

static void
on_bind (ColumnData  *data,
         GtkListItem *list_item)
{
  BallastClassItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  g_autofree char *text = dup_text (data, item);

  if (data->column == COLUMN_NAME)
    {
      GtkWidget *dot = gtk_widget_get_first_child (child);

      ballast_class_dot_set_index (BALLAST_CLASS_DOT (dot), ballast_class_item_get_index (item));
      child = gtk_widget_get_next_sibling (dot);
    }
  gtk_label_set_label (GTK_LABEL (child), text);
}

static double
get_value (const ColumnData *data,
           BallastClassItem *item)
{
  const BallastClassWeight *class = get_class (data, item);

  if (class == NULL)
    return 0;
  return data->column == COLUMN_COUNT ? (double) class->count : class->weight;
}

static int
compare (gconstpointer first,
         gconstpointer second,
         gpointer      user_data)
{
  const ColumnData *data = user_data;
  BallastClassItem *a = (BallastClassItem *) first, *b = (BallastClassItem *) second;
  double value_a, value_b;

  if (data->column == COLUMN_NAME)
    return g_utf8_collate (ballast_class_item_get_name (a), ballast_class_item_get_name (b));
  value_a = get_value (data, a);
  value_b = get_value (data, b);
  return (value_a > value_b) - (value_a < value_b);
}

static void
free_data (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

static GtkColumnViewColumn *
add_column (BallastWeightsTable *self,
            const char          *title,
            guint                column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const ColumnData data = { self, column };
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);
  g_autoptr(GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare, g_memdup2 (&data, sizeof data), g_free));

  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), g_memdup2 (&data, sizeof data),
                         free_data, G_CONNECT_SWAPPED);
  g_signal_connect_data (factory, "bind", G_CALLBACK (on_bind), g_memdup2 (&data, sizeof data),
                         free_data, G_CONNECT_SWAPPED);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_expand (view_column, column == COLUMN_NAME);
  if (column != COLUMN_NAME)
    gtk_column_view_column_set_fixed_width (view_column, NUMBER_WIDTH_PX);
  gtk_column_view_append_column (self->view, view_column);
  return view_column;
}

static void
clear_weights (BallastWeightsTable *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->weights[i], ballast_weights_free);
  self->n = 0;
}

static void
ballast_weights_table_dispose (GObject *object)
{
  BallastWeightsTable *self = BALLAST_WEIGHTS_TABLE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  for (guint i = 0; i < BALLAST_WEIGHTS_TABLE_MAX; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->sorted);
  g_clear_object (&self->document);
  clear_weights (self);

  G_OBJECT_CLASS (ballast_weights_table_parent_class)->dispose (object);
}

static void
ballast_weights_table_class_init (BallastWeightsTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_weights_table_dispose;
}

static void
ballast_weights_table_init (BallastWeightsTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  g_autoptr(GtkColumnViewColumn) name = NULL, count = NULL;

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Weights of the classes"), -1);
  name = add_column (self, _("Class"), COLUMN_NAME);
  count = add_column (self, _("Count"), COLUMN_COUNT);
  for (guint i = 0; i < BALLAST_WEIGHTS_TABLE_MAX; i++)
    self->columns[i] = add_column (self, NULL, COLUMN_WEIGHTS + i);

  self->sorted = gtk_sort_list_model_new (NULL, g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_column_view_set_model (self->view,
                             GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                    g_object_ref (G_LIST_MODEL (self->sorted)))));
  gtk_column_view_sort_by_column (self->view, count, GTK_SORT_DESCENDING);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

void
ballast_weights_table_take (BallastWeightsTable *self,
                            BallastDocument     *document,
                            BallastWeights     **weights,
                            guint                n)
{
  g_autoptr(BallastClassList) classes = ballast_class_list_new (document);

  g_return_if_fail (n <= BALLAST_WEIGHTS_TABLE_MAX);

  gtk_sort_list_model_set_model (self->sorted, NULL);
  clear_weights (self);
  g_set_object (&self->document, document);
  for (guint i = 0; i < BALLAST_WEIGHTS_TABLE_MAX; i++)
    {
      gtk_column_view_column_set_visible (self->columns[i], i < n);
      if (i >= n)
        continue;
      self->weights[i] = weights[i];
      gtk_column_view_column_set_title (self->columns[i], _(weights[i]->options.scheme->title));
    }
  self->n = n;
  gtk_sort_list_model_set_model (self->sorted, G_LIST_MODEL (classes));
}
