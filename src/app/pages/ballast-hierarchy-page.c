/*
 * The Hierarchy page: one lopsided problem as a tree of even ones.
 *
 * It shows a draft, which is the project's hierarchy or the next one on its way to the store, in
 * three places that share one selection: drawing, outline, figures of the node.  Every edit is a
 * step of undo.  Main thread; a thousand classes are measured in a millisecond.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-page-private.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-document-hierarchy.h"
#include "ballast-hierarchy-chart.h"
#include "ballast-wrap-box.h"

/* A tree of more classes than this is first shown as an icicle, which shows all of it. */
#define MAX_CLASSES_OF_TREE 40

/* In a window narrower than this the outline begins hidden. */
#define WIDTH_FOR_OUTLINE_PX 1100

G_DEFINE_FINAL_TYPE (BallastHierarchyPage, ballast_hierarchy_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  PROP_STYLE_NAME,
  PROP_OUTLINE_VISIBLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static BallastHierarchyItem *
new_item (BallastHierarchyPage     *self,
          const BallastNodeFigures *figures)
{
  g_autofree char *count = ballast_chart_format_count (figures->count);
  BallastHierarchyItem *item = ballast_hierarchy_item_new (figures->node->id, figures->node->name,
                                                           count, figures->node->is_class);
  const BallastClassTally *class =
    ballast_tally_find_class (ballast_document_get_tally (self->document), figures->node->name);

  if (class != NULL)
    item->class_index = class->index;
  return item;
}

/* The tree as items: children are put into the stores of their parents, which come before them. */
static BallastHierarchyItem *
build_items (BallastHierarchyPage *self)
{
  const BallastHierarchyFigures *figures = self->figures;
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < figures->n; i++)
    {
      BallastHierarchyItem *item = new_item (self, &figures->nodes[i]);

      g_ptr_array_add (items, item);
      if (figures->nodes[i].parent < 0)
        continue;
      g_list_store_append (
        ((BallastHierarchyItem *) g_ptr_array_index (items, figures->nodes[i].parent))->children, item);
      g_object_unref (item);
    }
  return items->len > 0 ? g_ptr_array_index (items, 0) : NULL;
}

static BallastHierarchyItem *
build_out (BallastHierarchyPage *self)
{
  const BallastTally *tally = ballast_document_get_tally (self->document);
  guint split = ballast_tally_get_training_split (tally);
  g_auto(GStrv) names = ballast_document_list_classes_out (self->document, self->draft);
  BallastHierarchyItem *out = ballast_hierarchy_item_new (0, _("Not in the hierarchy"), "", FALSE);

  for (char **name = names; *name != NULL; name++)
    {
      const BallastClassTally *class = ballast_tally_find_class (tally, *name);
      g_autofree char *count = ballast_chart_format_count (class->by_split[split].images);
      g_autoptr(BallastHierarchyItem) item = ballast_hierarchy_item_new (0, *name, count, TRUE);

      item->class_index = class->index;
      g_list_store_append (out->children, item);
    }
  return out;
}

static char *
count_datasets (const BallastHierarchyFigures *figures)
{
  if (figures->n_binary == figures->n_datasets)
    return g_strdup_printf (g_dngettext (NULL, "%u binary dataset", "%u binary datasets",
                                         figures->n_datasets), figures->n_datasets);
  return g_strdup_printf (g_dngettext (NULL, "%u dataset", "%u datasets", figures->n_datasets),
                          figures->n_datasets);
}

static void
show_cards (BallastHierarchyPage *self)
{
  const BallastHierarchyFigures *figures = self->figures;
  const BallastNodeFigures *worst = &figures->nodes[figures->worst];
  const BallastNodeFigures *deepest = &figures->nodes[figures->deepest];
  g_autofree char *ratio = ballast_hierarchy_format_ratio (worst->ratio);
  g_autofree char *flat = ballast_hierarchy_format_ratio (figures->flat_ratio);
  g_autofree char *datasets = count_datasets (figures);
  g_autofree char *worst_title = g_strdup_printf (_("Worst node %s"), ratio);
  g_autofree char *worst_caption = g_strdup_printf (_("“%s” · flat %s · %s"), worst->node->name, flat,
                                                    datasets);
  g_autofree char *depth_title = g_strdup_printf (_("Depth %.1f on average"), figures->mean_depth);
  g_autofree char *depth_caption =
    g_strdup_printf (_("at %.4g\u202f%% a node, a picture is right %.1f\u202f%%, a class on average "
                        "%.1f\u202f%% (estimate)"), 100 * figures->hierarchy->accuracy,
                     100 * figures->micro, 100 * figures->macro);
  g_autofree char *deepest_title =
    g_strdup_printf (g_dngettext (NULL, "Deepest path: %s, %u step", "Deepest path: %s, %u steps",
                                  deepest->depth), deepest->node->name, deepest->depth);
  g_autofree char *deepest_caption =
    g_strdup_printf (_("%.1f\u202f%%: errors add up along the way"), 100 * deepest->path_accuracy);

  gtk_label_set_label (self->worst_title, worst_title);
  gtk_label_set_label (self->worst_caption, worst_caption);
  gtk_label_set_label (self->depth_title, depth_title);
  gtk_label_set_label (self->depth_caption, depth_caption);
  gtk_label_set_label (self->deepest_title, deepest_title);
  gtk_label_set_label (self->deepest_caption, deepest_caption);
}

static BallastTreeStyle
get_style (BallastHierarchyPage *self)
{
  return g_strcmp0 (self->style, "icicle") == 0 ? BALLAST_TREE_STYLE_ICICLE
                                               : BALLAST_TREE_STYLE_TREE;
}

static void
show_selection (BallastHierarchyPage *self)
{
  g_autoptr(GArray) ids = ballast_hierarchy_outline_dup_selected (self->outline);
  int place = ids->len != 1 ? -1
                            : ballast_hierarchy_figures_find (self->figures,
                                                              g_array_index (ids, guint, 0));

  ballast_tree_view_set_selected (self->view, (guint *) (gpointer) ids->data, ids->len);
  ballast_hierarchy_node_pane_show (self->pane, self->document, self->figures, place);
  _ballast_hierarchy_page_update_actions (self);
}

static void
set_style_name (BallastHierarchyPage *self,
                const char           *style)
{
  if (g_strcmp0 (self->style, style) == 0)
    return;

  g_free (self->style);
  self->style = g_strdup (style);
  ballast_tree_view_set_style (self->view, get_style (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STYLE_NAME]);
}

void
_ballast_hierarchy_page_show_draft (BallastHierarchyPage *self)
{
  g_autoptr(BallastHierarchyItem) root = NULL, out = NULL;

  g_clear_pointer (&self->figures, ballast_hierarchy_figures_unref);
  self->figures = ballast_document_dup_hierarchy_figures (self->document, self->draft);
  gtk_stack_set_visible_child_name (
    self->stack, ballast_document_get_tally (self->document)->n_classes < 2 ? "none"
                 : self->figures->n == 0 ? "empty" : "tree");
  if (self->figures->n == 0)
    {
      ballast_tree_view_take_model (self->view, NULL);
      _ballast_hierarchy_page_update_actions (self);
      return;
    }

  root = build_items (self);
  out = build_out (self);
  self->filling = TRUE;
  ballast_tree_view_take_model (self->view,
                                ballast_document_dup_tree_model (self->document, self->figures,
                                                                 get_style (self)));
  ballast_hierarchy_outline_set_items (self->outline, root, out);
  self->filling = FALSE;
  if (!self->style_chosen)
    set_style_name (self, self->figures->n_classes > MAX_CLASSES_OF_TREE ? "icicle" : "tree");
  show_cards (self);
  show_selection (self);
}

/* While edits are under way the draft is newer than the project. */
void
_ballast_hierarchy_page_reload (BallastHierarchyPage *self)
{
  if (self->document == NULL || self->n_pending > 0)
    return;

  g_clear_pointer (&self->draft, ballast_hierarchy_free);
  self->draft = ballast_hierarchy_copy (
    ballast_settings_get_hierarchy (ballast_document_get_settings (self->document)));
  _ballast_hierarchy_page_show_draft (self);
}

static void
on_outline_selection (BallastHierarchyPage *self)
{
  if (!self->filling && self->figures != NULL)
    show_selection (self);
}

static void
on_view_selected (BallastTreeView      *view,
                  guint                 id,
                  gboolean              beside,
                  BallastHierarchyPage *self)
{
  ballast_hierarchy_outline_select (self->outline, id, beside);
}

/* A class leads to its images; a group is zoomed into, or renamed. */
static void
activate_node (BallastHierarchyPage *self,
               guint                 id)
{
  const BallastHierarchyNode *node = ballast_hierarchy_find (self->draft, id);
  const BallastClassTally *class;

  if (node == NULL)
    return;
  if (get_style (self) == BALLAST_TREE_STYLE_ICICLE && gtk_widget_has_focus (GTK_WIDGET (self->view)))
    {
      ballast_tree_view_zoom_to (self->view, id);
      return;
    }
  if (!node->is_class)
    {
      _ballast_hierarchy_page_ask_name (self, id);
      return;
    }
  class = ballast_tally_find_class (ballast_document_get_tally (self->document), node->name);
  if (class != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-class", "x", class->id);
}

static void
on_view_menu (BallastTreeView      *view,
              guint                 id,
              BallastHierarchyPage *self)
{
  GdkRectangle area;

  if (ballast_tree_view_get_area (view, id, &area))
    _ballast_hierarchy_page_pop_up (self, GTK_WIDGET (view), &area);
}

static void
on_outline_menu (BallastHierarchyOutline *outline,
                 GtkWidget               *row,
                 double                   x,
                 double                   y,
                 BallastHierarchyPage    *self)
{
  GdkRectangle area = { 0, 0, 1, 1 };
  double at_x, at_y;

  if (!gtk_widget_translate_coordinates (row, GTK_WIDGET (self), x, y, &at_x, &at_y))
    return;
  area.x = (int) at_x;
  area.y = (int) at_y;
  _ballast_hierarchy_page_pop_up (self, GTK_WIDGET (self), &area);
}

void
_ballast_hierarchy_page_update_actions (BallastHierarchyPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean writable = self->document != NULL && !ballast_document_get_read_only (self->document);
  gboolean full = self->figures != NULL && self->figures->n > 0;
  g_autoptr(GArray) ids = ballast_hierarchy_outline_dup_selected (self->outline);
  g_auto(GStrv) out = ballast_hierarchy_outline_dup_selected_out (self->outline);
  guint n = full ? ids->len : 0, n_out = full ? g_strv_length (out) : 0;
  const BallastHierarchyNode *node =
    n == 1 ? ballast_hierarchy_find (self->draft, g_array_index (ids, guint, 0)) : NULL;
  gboolean with_root = n > 0 && g_array_index (ids, guint, 0) == self->draft->root->id;
  gboolean on_group = writable && node != NULL && !node->is_class && n_out == 0;

  ballast_tree_view_set_editable (self->view, writable && full);
  gtk_widget_action_set_enabled (widget, "hierarchy.group", writable && !with_root && n + n_out >= 2);
  gtk_widget_action_set_enabled (widget, "hierarchy.ungroup", on_group);
  gtk_widget_action_set_enabled (widget, "hierarchy.rename", on_group);
  gtk_widget_action_set_enabled (widget, "hierarchy.remove", writable && n > 0 && !with_root);
  gtk_widget_action_set_enabled (widget, "hierarchy.move-into",
                                 writable && !with_root && n + n_out > 0);
  gtk_widget_action_set_enabled (widget, "hierarchy.insert", writable && n_out > 0);
  gtk_widget_action_set_enabled (widget, "hierarchy.shift", writable && n > 0 && !with_root);
  gtk_widget_action_set_enabled (widget, "hierarchy.toggle-one-vs-rest", on_group);
  gtk_widget_action_set_enabled (widget, "hierarchy.suggest", writable);
  gtk_widget_action_set_enabled (widget, "hierarchy.start", writable);
  gtk_widget_action_set_enabled (widget, "hierarchy.load", writable);
  gtk_widget_action_set_enabled (widget, "hierarchy.load-accuracies", writable && full);
  gtk_widget_action_set_enabled (widget, "hierarchy.clear", writable && full);
  gtk_widget_action_set_enabled (widget, "hierarchy.save", full);
  gtk_widget_action_set_enabled (widget, "hierarchy.export", full);
}

static void
fill_suggestions (BallastHierarchyPage *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < ballast_hierarchy_suggestion_get_n (); i++)
    {
      const BallastHierarchySuggestion *suggestion = ballast_hierarchy_suggestion_get (i);
      g_autoptr(GMenuItem) item = g_menu_item_new (_(suggestion->title), NULL);

      g_menu_item_set_action_and_target (item, "hierarchy.suggest", "s", suggestion->name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->suggest_first, G_MENU_MODEL (menu));
  gtk_menu_button_set_menu_model (self->suggest, G_MENU_MODEL (menu));
}

/* In a narrow window the drawing comes first. */
static void
ballast_hierarchy_page_map (GtkWidget *widget)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (widget)));

  GTK_WIDGET_CLASS (ballast_hierarchy_page_parent_class)->map (widget);
  if (self->placed || width <= 0)
    return;
  self->placed = TRUE;
  if (width < WIDTH_FOR_OUTLINE_PX)
    g_object_set (self, "outline-visible", FALSE, NULL);
}

static void
ballast_hierarchy_page_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_STYLE_NAME:
      g_value_set_string (value, self->style);
      break;
    case PROP_OUTLINE_VISIBLE:
      g_value_set_boolean (value, self->side != NULL && gtk_widget_get_visible (self->side));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_hierarchy_page_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_hierarchy_page_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_hierarchy_page_set_selection (self, g_value_get_object (value));
      break;
    case PROP_STYLE_NAME:
      self->style_chosen = TRUE;
      set_style_name (self, g_value_get_string (value));
      break;
    case PROP_OUTLINE_VISIBLE:
      gtk_widget_set_visible (self->side, g_value_get_boolean (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_hierarchy_page_dispose (GObject *object)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (object);
  GtkWidget *child;

  if (self->document_signals != NULL)
    g_signal_group_set_target (self->document_signals, NULL);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  adw_bin_set_child (ADW_BIN (self), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child); /* a menu that is still open */
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_HIERARCHY_PAGE);
  g_clear_pointer (&self->figures, ballast_hierarchy_figures_unref);
  g_clear_pointer (&self->draft, ballast_hierarchy_free);
  g_clear_pointer (&self->style, g_free);

  G_OBJECT_CLASS (ballast_hierarchy_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, BALLAST_TYPE_SELECTION,
                                                    flags);
  properties[PROP_STYLE_NAME] = g_param_spec_string ("style-name", NULL, NULL, "tree", flags);
  properties[PROP_OUTLINE_VISIBLE] = g_param_spec_boolean ("outline-visible", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-hierarchy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, suggest_first);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, suggest);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, side);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, view);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, outline);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, pane);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, worst_title);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, worst_caption);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, depth_title);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, depth_caption);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, deepest_title);
  gtk_widget_class_bind_template_child (widget_class, BallastHierarchyPage, deepest_caption);
  gtk_widget_class_bind_template_callback (widget_class, on_view_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_view_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_outline_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_outline_menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_node);
  gtk_widget_class_bind_template_callback (widget_class, _ballast_hierarchy_page_drop);
  gtk_widget_class_bind_template_callback (widget_class, _ballast_hierarchy_page_set_accuracy);
  gtk_widget_class_bind_template_callback (widget_class, _ballast_hierarchy_page_set_one_vs_rest);
}

static void
ballast_hierarchy_page_class_init (BallastHierarchyPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_hierarchy_page_get_property;
  object_class->set_property = ballast_hierarchy_page_set_property;
  object_class->dispose = ballast_hierarchy_page_dispose;
  widget_class->map = ballast_hierarchy_page_map;

  g_type_ensure (BALLAST_TYPE_TREE_VIEW);
  g_type_ensure (BALLAST_TYPE_HIERARCHY_OUTLINE);
  g_type_ensure (BALLAST_TYPE_HIERARCHY_NODE_PANE);
  g_type_ensure (BALLAST_TYPE_WRAP_BOX);
  install_properties (object_class);
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "hierarchy.style", "style-name");
  gtk_widget_class_install_property_action (widget_class, "hierarchy.show-outline",
                                            "outline-visible");
  _ballast_hierarchy_page_install_edits (widget_class);
  _ballast_hierarchy_page_install_files (widget_class);
}

static void
ballast_hierarchy_page_init (BallastHierarchyPage *self)
{
  self->style = g_strdup ("tree");
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed",
                                  G_CALLBACK (_ballast_hierarchy_page_reload), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::read-only",
                                  G_CALLBACK (_ballast_hierarchy_page_update_actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_suggestions (self);
}

void
ballast_hierarchy_page_set_document (BallastHierarchyPage *self,
                                     BallastDocument      *document)
{
  g_return_if_fail (BALLAST_IS_HIERARCHY_PAGE (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  self->n_pending = 0;
  _ballast_hierarchy_page_reload (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_hierarchy_page_set_selection (BallastHierarchyPage *self,
                                      BallastSelection     *selection)
{
  g_return_if_fail (BALLAST_IS_HIERARCHY_PAGE (self));

  if (g_set_object (&self->selection, selection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
