/*
 * The table of a split before it is made.
 *
 * Rows are numbers into the plan, so that a thousand classes cost no more than those in sight; the
 * first is all images together.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-split-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ballast-chart-model.h"
#include "ballast-class-dot.h"
#include "ballast-column-titles.h"

/* Points of percent by which a share may be off before it is told in colour. */
#define FAR_OFF 5

struct _BallastSplitTable
{
  AdwBin parent_instance;

  GtkColumnView    *view;
  GtkStringList    *rows; /* numbers of classes; "" for all images */
  BallastSplitPlan *plan;
};

G_DEFINE_FINAL_TYPE (BallastSplitTable, ballast_split_table, ADW_TYPE_BIN)

/* The class of a row; -1: all images. */
static int
get_class (GtkListItem *item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  return *text != '\0' ? (int) g_ascii_strtoull (text, NULL, 10) : -1;
}

static void
setup_name (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            BallastSplitTable        *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
bind_name (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           BallastSplitTable        *self)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *label = gtk_widget_get_last_child (box);
  GtkWidget *first = gtk_widget_get_first_child (box);
  const BallastTally *tally = ballast_split_plan_get_tally (self->plan);
  int class_index = get_class (item);

  if (first != label)
    gtk_box_remove (GTK_BOX (box), first);
  if (class_index >= 0)
    gtk_box_prepend (GTK_BOX (box), ballast_class_dot_new ((guint) class_index));
  gtk_label_set_label (GTK_LABEL (label), class_index >= 0 ? tally->classes[class_index].name
                                                           : _("All images"));
  gtk_widget_set_tooltip_text (label, class_index >= 0 ? tally->classes[class_index].name : NULL);
  if (class_index < 0)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
}

static void
setup_count (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             BallastSplitTable        *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_total (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            BallastSplitTable        *self)
{
  const BallastSplit *split = ballast_split_plan_get_split (self->plan);
  int class_index = get_class (item);
  g_autofree char *text = ballast_chart_format_count (class_index < 0 ? split->n_images
                                                                      : split->totals[class_index]);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
bind_part (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           BallastSplitTable        *self)
{
  guint part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "part"));
  const BallastSplit *split = ballast_split_plan_get_split (self->plan);
  GtkWidget *label = gtk_list_item_get_child (item);
  int class_index = get_class (item);
  guint64 total = class_index < 0 ? split->n_images : split->totals[class_index];
  guint64 count = class_index < 0 ? split->sizes[part]
                                  : ballast_split_get_count (split, class_index, part);
  double wanted = 100 * ballast_split_options_get_part (
    &ballast_split_plan_get_request (self->plan)->options, part)->share;
  double percent = total > 0 ? 100.0 * count / total : 0;
  g_autofree char *number = ballast_chart_format_count (count);
  /* Translators: a number of images, and their share of the class: "79 · 80 %". */
  g_autofree char *text = g_strdup_printf (_("%s · %.0f %%"), number, percent);

  gtk_label_set_label (GTK_LABEL (label), total > 0 ? text : "–");
  if (total > 0 && (count == 0 || fabs (percent - wanted) > FAR_OFF))
    gtk_widget_add_css_class (label, "warning");
  else
    gtk_widget_remove_css_class (label, "warning");
}

static void
add_column (BallastSplitTable *self,
            const char        *title,
            GCallback          setup,
            GCallback          bind,
            guint              part)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "part", GUINT_TO_POINTER (part));
  g_signal_connect (factory, "setup", setup, self);
  g_signal_connect (factory, "bind", bind, self);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, setup == G_CALLBACK (setup_name));
  gtk_column_view_append_column (self->view, column);
}

static void
build_columns (BallastSplitTable *self)
{
  const BallastSplitOptions *options = &ballast_split_plan_get_request (self->plan)->options;
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  add_column (self, _("Class"), G_CALLBACK (setup_name), G_CALLBACK (bind_name), 0);
  add_column (self, _("Images"), G_CALLBACK (setup_count), G_CALLBACK (bind_total), 0);
  for (guint i = 0; i < options->parts->len; i++)
    add_column (self, ballast_split_options_get_part (options, i)->name, G_CALLBACK (setup_count),
                G_CALLBACK (bind_part), i);
  ballast_column_titles_align (self->view);
}

static void
ballast_split_table_dispose (GObject *object)
{
  BallastSplitTable *self = BALLAST_SPLIT_TABLE (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->rows);
  g_clear_pointer (&self->plan, ballast_split_plan_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (ballast_split_table_parent_class)->dispose (object);
}

static void
ballast_split_table_class_init (BallastSplitTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_split_table_dispose;
}

static void
ballast_split_table_init (BallastSplitTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);

  self->view = GTK_COLUMN_VIEW (view);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Classes and splits"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
ballast_split_table_set_plan (BallastSplitTable *self,
                              BallastSplitPlan  *plan)
{
  const BallastTally *tally;

  g_return_if_fail (BALLAST_IS_SPLIT_TABLE (self));

  gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->plan, ballast_split_plan_unref);
  g_clear_object (&self->rows);
  if (plan == NULL || ballast_split_plan_get_split (plan) == NULL)
    return;

  self->plan = ballast_split_plan_ref (plan);
  tally = ballast_split_plan_get_tally (plan);
  self->rows = gtk_string_list_new (NULL);
  gtk_string_list_append (self->rows, "");
  for (guint i = 0; i < tally->n_classes; i++)
    {
      char number[16];

      g_snprintf (number, sizeof number, "%u", i);
      gtk_string_list_append (self->rows, number);
    }
  build_columns (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (
                               gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)))));
}
