/*
 * Numbers of a picture as a table.
 *
 * The rows of the model are empty strings: a column looks its text up in the table by its position.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-picture-table-view.h"

#include <glib/gi18n.h>

#define NUMBER_PX 88

struct _BallastPictureTableView
{
  AdwBin parent_instance;

  BallastPictureTable *table;
  GtkColumnView       *view;
};

G_DEFINE_FINAL_TYPE (BallastPictureTableView, ballast_picture_table_view, ADW_TYPE_BIN)

static guint
get_column (GtkSignalListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          BallastPictureTableView  *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_text = self->table != NULL && get_column (factory) < self->table->n_texts;

  gtk_label_set_xalign (GTK_LABEL (label), is_text ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (!is_text)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         BallastPictureTableView  *self)
{
  gsize row = gtk_list_item_get_position (list_item), column = get_column (factory);
  const char *text = "";

  if (self->table != NULL && row < self->table->n_rows && column < self->table->n_columns)
    text = self->table->cells[row * self->table->n_columns + column];
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

static void
add_column (BallastPictureTableView *self,
            guint                    column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) view_column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  view_column = gtk_column_view_column_new (self->table->titles[column], factory);
  gtk_column_view_column_set_expand (view_column, column < self->table->n_texts);
  if (column >= self->table->n_texts)
    gtk_column_view_column_set_fixed_width (view_column, NUMBER_PX);
  gtk_column_view_append_column (self->view, view_column);
}

static void
remove_columns (BallastPictureTableView *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
ballast_picture_table_view_dispose (GObject *object)
{
  BallastPictureTableView *self = BALLAST_PICTURE_TABLE_VIEW (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->table, ballast_picture_table_free);

  G_OBJECT_CLASS (ballast_picture_table_view_parent_class)->dispose (object);
}

static void
ballast_picture_table_view_class_init (BallastPictureTableViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_picture_table_view_dispose;
}

static void
ballast_picture_table_view_init (BallastPictureTableView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "class-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The chart as a table"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 180);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
ballast_picture_table_view_new (void)
{
  return g_object_new (BALLAST_TYPE_PICTURE_TABLE_VIEW, NULL);
}

void
ballast_picture_table_view_take (BallastPictureTableView *self,
                                 BallastPictureTable     *table)
{
  g_autoptr(GtkStringList) rows = gtk_string_list_new (NULL);
  g_autoptr(GtkNoSelection) model = NULL;

  g_return_if_fail (BALLAST_IS_PICTURE_TABLE_VIEW (self));

  gtk_column_view_set_model (self->view, NULL);
  remove_columns (self);
  g_clear_pointer (&self->table, ballast_picture_table_free);
  self->table = table;
  if (table == NULL)
    return;

  for (guint i = 0; i < table->n_columns; i++)
    add_column (self, i);
  for (guint i = 0; i < table->n_rows; i++)
    gtk_string_list_append (rows, "");
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (rows)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}
