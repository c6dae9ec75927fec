/*
 * The figures of the selected node.
 *
 * Weights and counts are those of the dataset that the group becomes, under the project's settings:
 * computed when a node is shown, in microseconds a child.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-node-pane.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ballast-chart-model.h"
#include "ballast-hierarchy-chart.h"
#include "ballast-number-text.h"

/* So many children are listed; the file has them all. */
#define MAX_ROWS 60

struct _BallastHierarchyNodePane
{
  AdwBin parent_instance;

  guint          id;
  gboolean       showing;
  GtkLabel      *title;
  GtkLabel      *facts;
  GtkWidget     *group_box;
  GtkSpinButton *accuracy;
  GtkWidget     *reset;
  GtkWidget     *one_vs_rest_row;
  GtkSwitch     *one_vs_rest;
  GtkGrid       *table;
};

G_DEFINE_FINAL_TYPE (BallastHierarchyNodePane, ballast_hierarchy_node_pane, ADW_TYPE_BIN)

enum
{
  ACCURACY_CHANGED,
  ONE_VS_REST_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_accuracy_changed (BallastHierarchyNodePane *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[ACCURACY_CHANGED], 0, self->id,
                   gtk_spin_button_get_value (self->accuracy) / 100);
}

static void
on_reset (BallastHierarchyNodePane *self)
{
  g_signal_emit (self, signals[ACCURACY_CHANGED], 0, self->id, -1.0);
}

static void
on_one_vs_rest (BallastHierarchyNodePane *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[ONE_VS_REST_CHANGED], 0, self->id,
                   gtk_switch_get_active (self->one_vs_rest));
}

static GtkLabel *
add_label (GtkGrid    *grid,
           const char *text,
           int         column,
           int         row)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, column == 0 ? 0 : 1);
  if (column == 0)
    {
      gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
  gtk_grid_attach (grid, GTK_WIDGET (label), column, row, 1, 1);
  return label;
}

static void
clear_table (BallastHierarchyNodePane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
}

static void
fill_titles (BallastHierarchyNodePane *self)
{
  const char *const titles[] = { _("Label"), _("Now"), _("After"), _("Weight") };

  for (int i = 0; i < 4; i++)
    {
      GtkLabel *label = add_label (self->table, titles[i], i, 0);

      gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (label), "caption");
    }
}

static void
fill_table (BallastHierarchyNodePane   *self,
            BallastDocument            *document,
            const BallastHierarchyNode *group)
{
  g_autoptr(BallastPlan) plan = ballast_document_dup_node_plan (document, group);
  g_autoptr(BallastWeights) weights = ballast_document_dup_node_weights (document, group);

  fill_titles (self);
  for (guint i = 0; i < MIN (plan->n_classes, MAX_ROWS); i++)
    {
      g_autofree char *now = ballast_chart_format_count (plan->classes[i].now);
      g_autofree char *after = ballast_chart_format_count (plan->classes[i].after);
      g_autofree char *weight = g_strdup_printf ("%.3g", weights->classes[i].weight);

      add_label (self->table, plan->classes[i].name, 0, (int) i + 1);
      add_label (self->table, now, 1, (int) i + 1);
      add_label (self->table, after, 2, (int) i + 1);
      add_label (self->table, weight, 3, (int) i + 1);
    }
}

/* "91 images · 3.0 : 1 · “cardboard” is 75 %" */
static char *
describe_group (BallastDocument          *document,
                const BallastNodeFigures *figures)
{
  g_autofree char *detail = ballast_document_describe_node (document, figures);
  g_autofree char *share = ballast_text_of_percent (figures->majority_share);
  const BallastHierarchyNode *majority =
    g_ptr_array_index (figures->node->children, figures->majority);

  if (figures->count == 0)
    return g_steal_pointer (&detail);
  /* Translators: figures of a group, then the child that has the most, and its share. */
  return g_strdup_printf (_("%s · “%s” is %s"), detail, majority->name, share);
}

/* "23 images · 3 decisions · right 85.7 % of the time, if errors are independent" */
static char *
describe_class (BallastDocument          *document,
                const BallastNodeFigures *figures)
{
  g_autofree char *detail = ballast_document_describe_node (document, figures);
  g_autofree char *steps = g_strdup_printf (g_dngettext (NULL, "%u decision", "%u decisions",
                                                         figures->depth), figures->depth);

  return g_strdup_printf (_("%s · %s on its path · right %.1f\u202f%% (estimate: the product of the "
                             "accuracies)"), detail, steps, 100 * figures->path_accuracy);
}

void
ballast_hierarchy_node_pane_show (BallastHierarchyNodePane      *self,
                                  BallastDocument               *document,
                                  const BallastHierarchyFigures *figures,
                                  int                            place)
{
  const BallastNodeFigures *node = place < 0 ? NULL : &figures->nodes[place];
  g_autofree char *facts = NULL;

  g_return_if_fail (BALLAST_IS_HIERARCHY_NODE_PANE (self));

  self->showing = TRUE;
  clear_table (self);
  gtk_widget_set_visible (self->group_box, node == NULL || !node->node->is_class);
  gtk_widget_set_visible (self->one_vs_rest_row, node != NULL);
  if (node == NULL)
    {
      self->id = 0;
      gtk_label_set_label (self->title, _("All Groups"));
      gtk_label_set_label (self->facts, _("Select a group to see its weights, and to say how often its "
                                           "own classifier is right."));
      gtk_spin_button_set_value (self->accuracy, 100 * figures->hierarchy->accuracy);
      gtk_widget_set_visible (self->reset, FALSE);
    }
  else
    {
      self->id = node->node->id;
      gtk_label_set_label (self->title, node->node->name);
      facts = node->node->is_class ? describe_class (document, node) : describe_group (document, node);
      gtk_label_set_label (self->facts, facts);
    }
  if (node != NULL && !node->node->is_class)
    {
      gtk_spin_button_set_value (self->accuracy, 100 * node->accuracy);
      gtk_widget_set_visible (self->reset, node->node->accuracy >= 0);
      gtk_switch_set_active (self->one_vs_rest, node->node->one_vs_rest);
      fill_table (self, document, node->node);
    }
  self->showing = FALSE;
}

static void
ballast_hierarchy_node_pane_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), BALLAST_TYPE_HIERARCHY_NODE_PANE);

  G_OBJECT_CLASS (ballast_hierarchy_node_pane_parent_class)->dispose (object);
}

static void
ballast_hierarchy_node_pane_class_init (BallastHierarchyNodePaneClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_hierarchy_node_pane_dispose;

  signals[ACCURACY_CHANGED] = g_signal_new ("accuracy-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_DOUBLE);
  signals[ONE_VS_REST_CHANGED] = g_signal_new ("one-vs-rest-changed", type, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                               G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), BALLAST_RESOURCE_BASE
                                               "/ballast-hierarchy-node-pane.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane, title);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane, facts);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane, group_box);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane, accuracy);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane, reset);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane,
                                        one_vs_rest);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane,
                                        one_vs_rest_row);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), BallastHierarchyNodePane, table);
  gtk_widget_class_bind_template_callback (GTK_WIDGET_CLASS (klass), on_accuracy_changed);
  gtk_widget_class_bind_template_callback (GTK_WIDGET_CLASS (klass), on_reset);
  gtk_widget_class_bind_template_callback (GTK_WIDGET_CLASS (klass), on_one_vs_rest);
}

static void
ballast_hierarchy_node_pane_init (BallastHierarchyNodePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ballast_hierarchy_node_pane_new (void)
{
  return g_object_new (BALLAST_TYPE_HIERARCHY_NODE_PANE, NULL);
}
