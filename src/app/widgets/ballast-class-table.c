/*
 * The counts of the classes as a table.
 *
 * A column is a line in `columns`: a title, what it shows of a class, and how two classes compare.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-table.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-class-dot.h"
#include "ballast-class-list.h"

struct _BallastClassTable
{
  AdwBin parent_instance;

  BallastClassList    *classes;
  GtkSortListModel    *sorted;
  GtkColumnViewColumn *after_column; /* the last of them */
  guint64             *after;
  guint                n_after;

  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (BallastClassTable, ballast_class_table, ADW_TYPE_BIN)

typedef struct
{
  const char *title;
  gboolean    is_name;
  char     *(*dup_text)(BallastClassTable *self,
                        BallastClassItem  *item);
  double (*get_value)(BallastClassTable *self,
                      BallastClassItem  *item);
} Column;

static guint64
get_after (BallastClassTable *self,
           BallastClassItem  *item)
{
  guint index = ballast_class_item_get_index (item);

  return index < self->n_after ? self->after[index] : 0;
}

static char *
dup_name (BallastClassTable *self,
          BallastClassItem  *item)
{
  return g_strdup (ballast_class_item_get_name (item));
}

static char *
dup_images (BallastClassTable *self,
            BallastClassItem  *item)
{
  return ballast_chart_format_count (ballast_class_item_get_images (item));
}

static char *
dup_labels (BallastClassTable *self,
            BallastClassItem  *item)
{
  return ballast_chart_format_count (ballast_class_item_get_instances (item));
}

static char *
dup_share (BallastClassTable *self,
           BallastClassItem  *item)
{
  return g_strdup_printf (_("%.1f\u202f%%"), ballast_class_item_get_share (item) * 100);
}

static char *
dup_after (BallastClassTable *self,
           BallastClassItem  *item)
{
  return ballast_chart_format_count (get_after (self, item));
}

static double
value_of_images (BallastClassTable *self,
                 BallastClassItem  *item)
{
  return ballast_class_item_get_images (item);
}

static double
value_of_labels (BallastClassTable *self,
                 BallastClassItem  *item)
{
  return ballast_class_item_get_instances (item);
}

static double
value_of_after (BallastClassTable *self,
                BallastClassItem  *item)
{
  return get_after (self, item);
}

static const Column columns[] = {
  { N_("Class"), TRUE, dup_name, NULL },
  { N_("Images"), FALSE, dup_images, value_of_images },
  { N_("Labels"), FALSE, dup_labels, value_of_labels },
  { N_("Share"), FALSE, dup_share, value_of_images },
  { N_("After"), FALSE, dup_after, value_of_after },
};

/* What a column's callbacks need. */
typedef struct
{
  BallastClassTable *self;
  const Column      *column;
} ColumnData;

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          const Column             *column)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *box;

  gtk_label_set_xalign (GTK_LABEL (label), column->is_name ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  if (!column->is_name)
    {
      gtk_widget_add_css_class (label, "numeric");
      gtk_list_item_set_child (list_item, label);
      return;
    }

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), ballast_class_dot_new (0));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (list_item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         ColumnData               *data)
{
  BallastClassItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  g_autofree char *text = data->column->dup_text (data->self, item);

  if (data->column->is_name)
    {
      GtkWidget *dot = gtk_widget_get_first_child (child);

      ballast_class_dot_set_index (BALLAST_CLASS_DOT (dot), ballast_class_item_get_index (item));
      child = gtk_widget_get_next_sibling (dot);
    }
  gtk_label_set_label (GTK_LABEL (child), text);
}

static int
compare (gconstpointer first,
         gconstpointer second,
         gpointer      user_data)
{
  ColumnData *data = user_data;
  BallastClassItem *a = (BallastClassItem *) first;
  BallastClassItem *b = (BallastClassItem *) second;
  double value_a;
  double value_b;

  if (data->column->is_name)
    return g_utf8_collate (ballast_class_item_get_name (a), ballast_class_item_get_name (b));

  value_a = data->column->get_value (data->self, a);
  value_b = data->column->get_value (data->self, b);

  return (value_a > value_b) - (value_a < value_b);
}

static void
free_column_data (gpointer  data,
                  GClosure *closure)
{
  g_free (data);
}

static void
add_column (BallastClassTable *self,
            const Column      *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  ColumnData *data = g_new0 (ColumnData, 1);
  g_autoptr(GtkColumnViewColumn) view_column = NULL;
  g_autoptr(GtkSorter) sorter = NULL;

  data->self = self;
  data->column = column;
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer) column);
  g_signal_connect_data (factory, "bind", G_CALLBACK (on_bind), data, free_column_data, 0);
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare, g_memdup2 (data, sizeof *data), g_free));

  view_column = gtk_column_view_column_new (_(column->title), factory);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_expand (view_column, column->is_name);
  if (!column->is_name)
    gtk_column_view_column_set_fixed_width (view_column, 100);
  gtk_column_view_append_column (self->view, view_column);
  g_set_object (&self->after_column, view_column);
}

static void
on_activate (BallastClassTable *self,
             guint              position)
{
  g_autoptr(BallastClassItem) item = g_list_model_get_item (G_LIST_MODEL (self->sorted), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-class", "x",
                              ballast_class_item_get_id (item));
}

static void
ballast_class_table_dispose (GObject *object)
{
  BallastClassTable *self = BALLAST_CLASS_TABLE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_CLASS_TABLE);
  g_clear_object (&self->after_column);
  g_clear_object (&self->sorted);
  g_clear_object (&self->classes);
  g_clear_pointer (&self->after, g_free);
  self->n_after = 0;

  G_OBJECT_CLASS (ballast_class_table_parent_class)->dispose (object);
}

static void
ballast_class_table_class_init (BallastClassTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_class_table_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-class-table.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastClassTable, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
ballast_class_table_init (BallastClassTable *self)
{
  GtkSorter *sorter;
  g_autoptr(GtkNoSelection) model = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, &columns[i]);
  gtk_column_view_column_set_visible (self->after_column, FALSE);

  sorter = gtk_column_view_get_sorter (self->view);
  self->sorted = gtk_sort_list_model_new (NULL, g_object_ref (sorter));
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->sorted)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}

void
ballast_class_table_set_document (BallastClassTable *self,
                                  BallastDocument   *document)
{
  g_return_if_fail (BALLAST_IS_CLASS_TABLE (self));

  g_clear_object (&self->classes);
  if (document != NULL)
    self->classes = ballast_class_list_new (document);
  gtk_sort_list_model_set_model (self->sorted, G_LIST_MODEL (self->classes));
}

void
ballast_class_table_set_split (BallastClassTable *self,
                               gint64             split_id)
{
  g_return_if_fail (BALLAST_IS_CLASS_TABLE (self));

  if (self->classes != NULL)
    ballast_class_list_set_split (self->classes, split_id);
}

void
ballast_class_table_set_after (BallastClassTable *self,
                               const guint64     *after,
                               guint              n_classes)
{
  g_return_if_fail (BALLAST_IS_CLASS_TABLE (self));

  g_free (self->after);
  self->after = after != NULL ? g_memdup2 (after, n_classes * sizeof (guint64)) : NULL;
  self->n_after = after != NULL ? n_classes : 0;
  gtk_column_view_column_set_visible (self->after_column, after != NULL);
}
