/*
 * The side bar.
 *
 * The document's class list goes through a search filter and a sorter into a list view; which row
 * is selected is the window's selection, bound both ways.  A click on the selected row, or Escape,
 * shows all classes again.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ballast-class-list.h"
#include "ballast-class-row.h"
#include "ballast-job-row.h"

struct _BallastSidebar
{
  GtkWidget parent_instance;

  BallastDocument    *document;
  BallastSelection   *selection;
  GSignalGroup       *document_signals;
  GSignalGroup       *selection_signals;
  BallastClassList   *class_list;
  GtkStringFilter    *filter;
  GtkFilterListModel *filtered;
  GtkSorter          *sorter;
  GtkSingleSelection *selected;
  char               *sort;
  GArray             *split_ids; /* of the drop-down's rows */

  GtkLabel      *title;
  GtkLabel      *subtitle;
  GtkEditable   *search;
  GtkDropDown   *split;
  GtkListView   *classes;
  GtkStack      *list_stack;
  BallastJobRow *job_row;

  gboolean updating;            /* rows are being set from the selection, not by the user */
};

G_DEFINE_FINAL_TYPE (BallastSidebar, ballast_sidebar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  PROP_SORT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static int
compare_classes (gconstpointer first,
                 gconstpointer second,
                 gpointer      user_data)
{
  BallastSidebar *self = user_data;
  BallastClassItem *a = (BallastClassItem *) first;
  BallastClassItem *b = (BallastClassItem *) second;
  guint64 images_a = ballast_class_item_get_images (a);
  guint64 images_b = ballast_class_item_get_images (b);
  guint index_a = ballast_class_item_get_index (a);
  guint index_b = ballast_class_item_get_index (b);

  if (g_str_equal (self->sort, "name"))
    return g_utf8_collate (ballast_class_item_get_name (a), ballast_class_item_get_name (b));
  if (g_str_equal (self->sort, "count") && images_a != images_b)
    return images_a > images_b ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;

  return (index_a > index_b) - (index_a < index_b);
}

static void
set_sort (BallastSidebar *self,
          const char     *sort)
{
  if (g_strcmp0 (self->sort, sort) == 0)
    return;

  g_free (self->sort);
  self->sort = g_strdup (sort);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}

static void
show_list_or_nothing (BallastSidebar *self)
{
  gboolean searching = *gtk_editable_get_text (self->search) != '\0';
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->selected)) == 0;

  gtk_stack_set_visible_child_name (self->list_stack, searching && empty ? "nothing" : "classes");
}

/* Selects the row of the window's class. */
static void
select_current (BallastSidebar *self)
{
  GListModel *model = G_LIST_MODEL (self->selected);
  gint64 class_id = self->selection != NULL ? ballast_selection_get_class_id (self->selection) : 0;
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; class_id > 0 && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(BallastClassItem) item = g_list_model_get_item (model, i);

      if (ballast_class_item_get_id (item) == class_id)
        {
          position = i;
          break;
        }
    }

  self->updating = TRUE;
  gtk_single_selection_set_selected (self->selected, position);
  self->updating = FALSE;
}

static void
on_selected_changed (BallastSidebar *self)
{
  BallastClassItem *item = gtk_single_selection_get_selected_item (self->selected);

  if (self->updating || self->selection == NULL || item == NULL)
    return;

  ballast_selection_set_problem_kind (self->selection, 0);
  ballast_selection_set_class_id (self->selection, ballast_class_item_get_id (item));
}

/* Enter or a double click: the images of the class. */
static void
on_activate (BallastSidebar *self,
             guint           position)
{
  g_autoptr(BallastClassItem) item = g_list_model_get_item (G_LIST_MODEL (self->selected), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-class", "x",
                              ballast_class_item_get_id (item));
}

static void
on_search_changed (BallastSidebar *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (self->search));
  show_list_or_nothing (self);
  select_current (self);
}

static void
on_stop_search (BallastSidebar *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->classes));
}

/* Enter in the search: the first class that matches. */
static void
on_search_activate (BallastSidebar *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selected)) > 0)
    gtk_single_selection_set_selected (self->selected, 0);
}

static void
on_split_selected (BallastSidebar *self)
{
  guint row = gtk_drop_down_get_selected (self->split);

  if (self->updating || self->selection == NULL || row >= self->split_ids->len)
    return;

  ballast_selection_set_split_id (self->selection, g_array_index (self->split_ids, gint64, row));
}

static void
on_show_all (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BallastSidebar *self = BALLAST_SIDEBAR (widget);

  if (self->selection != NULL)
    ballast_selection_set_class_id (self->selection, BALLAST_SELECTION_ALL);
}

/* (transfer none) (nullable): the row that has the focus. */
static GtkWidget *
find_focused_row (BallastSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->classes)))
    return NULL;

  focus = gtk_widget_get_first_child (focus);
  return BALLAST_IS_CLASS_ROW (focus) ? focus : NULL;
}

/* The list gives the focus to its own item, around our row: hand the key on. */
static void
on_class_menu (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkWidget *row = find_focused_row (BALLAST_SIDEBAR (widget));

  if (row != NULL)
    gtk_widget_activate_action (row, "menu.popup", NULL);
}

static void
on_rename_focused (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BallastSidebar *self = BALLAST_SIDEBAR (widget);
  BallastClassItem *item = gtk_single_selection_get_selected_item (self->selected);

  if (item != NULL)
    gtk_widget_activate_action (widget, "win.rename-class", "x", ballast_class_item_get_id (item));
}

static void
on_move_focused (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastSidebar *self = BALLAST_SIDEBAR (widget);
  BallastClassItem *item = gtk_single_selection_get_selected_item (self->selected);

  if (item != NULL && ballast_sidebar_is_in_order (self))
    gtk_widget_activate_action (widget, "win.place-class", "(xi)", ballast_class_item_get_id (item),
                                (int) ballast_class_item_get_index (item) +
                                g_variant_get_int32 (parameter));
}

static void
update_split (BallastSidebar *self)
{
  gint64 split_id = self->selection != NULL ? ballast_selection_get_split_id (self->selection) : 0;

  if (self->class_list != NULL)
    ballast_class_list_set_split (self->class_list, split_id);

  self->updating = TRUE;
  for (guint i = 0; i < self->split_ids->len; i++)
    if (g_array_index (self->split_ids, gint64, i) == split_id)
      gtk_drop_down_set_selected (self->split, i);
  self->updating = FALSE;
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
append_split (BallastSidebar *self,
              GtkStringList  *names,
              const char     *name,
              gint64          split_id)
{
  gtk_string_list_append (names, name);
  g_array_append_val (self->split_ids, split_id);
}

static void
fill_splits (BallastSidebar *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  BallastTally *tally = self->document != NULL ? ballast_document_get_tally (self->document) : NULL;

  self->updating = TRUE;
  g_array_set_size (self->split_ids, 0);
  append_split (self, names, _("All splits"), BALLAST_SELECTION_ALL);
  for (guint i = 0; tally != NULL && i < tally->n_splits; i++)
    append_split (self, names, tally->splits[i].name, tally->splits[i].id);
  if (tally != NULL && tally->n_splits > 0 && tally->images_without_split > 0)
    append_split (self, names, _("In no split"), BALLAST_SELECTION_NONE);
  gtk_drop_down_set_model (self->split, G_LIST_MODEL (names));
  gtk_widget_set_sensitive (GTK_WIDGET (self->split), self->split_ids->len > 1);
  self->updating = FALSE;

  update_split (self);
}

static gboolean
has_same_splits (BallastSidebar *self)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  guint n_rows = 1 + tally->n_splits +
                 (tally->n_splits > 0 && tally->images_without_split > 0 ? 1 : 0);

  if (n_rows != self->split_ids->len)
    return FALSE;
  for (guint i = 0; i < tally->n_splits; i++)
    if (g_array_index (self->split_ids, gint64, i + 1) != tally->splits[i].id)
      return FALSE;

  return TRUE;
}

static void
on_document_changed (BallastSidebar *self)
{
  const char *title = NULL;
  const char *subtitle = NULL;

  if (self->document != NULL)
    {
      title = ballast_document_get_title (self->document);
      subtitle = ballast_document_get_subtitle (self->document);
      if (ballast_document_get_tally (self->document) != NULL && !has_same_splits (self))
        fill_splits (self);
      gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
    }

  gtk_label_set_label (self->title, title != NULL ? title : "");
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), subtitle);
  show_list_or_nothing (self);
  select_current (self);
}

/* A click on the class that is selected already shows all classes again. */
static void
on_row_pressed (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                GtkListItem     *list_item)
{
  if (n_press != 1 || !gtk_list_item_get_selected (list_item))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (gtk_list_item_get_child (list_item), "sidebar.show-all", NULL);
}

static void
on_setup_row (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              BallastSidebar           *self)
{
  GtkWidget *row = ballast_class_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "pressed", G_CALLBACK (on_row_pressed), list_item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind_row (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             BallastSidebar           *self)
{
  ballast_class_row_set_item (BALLAST_CLASS_ROW (gtk_list_item_get_child (list_item)),
                              gtk_list_item_get_item (list_item));
}

static void
on_unbind_row (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               BallastSidebar           *self)
{
  ballast_class_row_set_item (BALLAST_CLASS_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
setup_list (BallastSidebar *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkExpression *name = gtk_property_expression_new (BALLAST_TYPE_CLASS_ITEM, NULL, "name");
  GtkSortListModel *sorted;

  self->filter = gtk_string_filter_new (name);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_classes, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                    g_object_ref (self->sorter));
  self->selected = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selected, FALSE);
  gtk_single_selection_set_can_unselect (self->selected, TRUE);

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_row), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_row), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_row), self);
  gtk_list_view_set_factory (self->classes, factory);
  gtk_list_view_set_model (self->classes, GTK_SELECTION_MODEL (self->selected));
  g_signal_connect_object (self->selected, "notify::selected", G_CALLBACK (on_selected_changed),
                           self, G_CONNECT_SWAPPED);
}

static void
ballast_sidebar_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BallastSidebar *self = BALLAST_SIDEBAR (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_SORT:
      g_value_set_string (value, self->sort);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_sidebar_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BallastSidebar *self = BALLAST_SIDEBAR (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_sidebar_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_sidebar_set_selection (self, g_value_get_object (value));
      break;
    case PROP_SORT:
      set_sort (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_sidebar_dispose (GObject *object)
{
  BallastSidebar *self = BALLAST_SIDEBAR (object);
  GtkWidget *child;

  g_clear_object (&self->document_signals);
  g_clear_object (&self->selection_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_SIDEBAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selected);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->class_list);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (ballast_sidebar_parent_class)->dispose (object);
}

static void
ballast_sidebar_finalize (GObject *object)
{
  BallastSidebar *self = BALLAST_SIDEBAR (object);

  g_free (self->sort);
  g_array_unref (self->split_ids);

  G_OBJECT_CLASS (ballast_sidebar_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (BALLAST_TYPE_JOB_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, split);
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, classes);
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, list_stack);
  gtk_widget_class_bind_template_child (widget_class, BallastSidebar, job_row);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_split_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
ballast_sidebar_class_init (BallastSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_sidebar_get_property;
  object_class->set_property = ballast_sidebar_set_property;
  object_class->dispose = ballast_sidebar_dispose;
  object_class->finalize = ballast_sidebar_finalize;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL,
                                                    BALLAST_TYPE_SELECTION, flags);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "count", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "classsidebar");

  gtk_widget_class_install_property_action (widget_class, "sidebar.sort", "sort");
  gtk_widget_class_install_action (widget_class, "sidebar.show-all", NULL, on_show_all);
  gtk_widget_class_install_action (widget_class, "sidebar.class-menu", NULL, on_class_menu);
  gtk_widget_class_install_action (widget_class, "sidebar.rename", NULL, on_rename_focused);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sidebar.show-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "sidebar.class-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK,
                                       "sidebar.class-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "sidebar.rename", NULL);
  gtk_widget_class_install_action (widget_class, "sidebar.move", "i", on_move_focused);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "sidebar.move", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "sidebar.move", "i",
                                       1);
}

static void
ballast_sidebar_init (BallastSidebar *self)
{
  self->sort = g_strdup ("count");
  self->split_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed",
                                  G_CALLBACK (on_document_changed), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::subtitle",
                                  G_CALLBACK (on_document_changed), self);
  self->selection_signals = g_signal_group_new (BALLAST_TYPE_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "notify::class-id",
                                  G_CALLBACK (select_current), self);
  g_signal_group_connect_swapped (self->selection_signals, "notify::split-id",
                                  G_CALLBACK (update_split), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  setup_list (self);
  fill_splits (self);
}

void
ballast_sidebar_set_document (BallastSidebar  *self,
                              BallastDocument *document)
{
  g_return_if_fail (BALLAST_IS_SIDEBAR (self));

  if (!g_set_object (&self->document, document))
    return;

  g_clear_object (&self->class_list);
  if (document != NULL)
    self->class_list = ballast_class_list_new (document);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->class_list));
  g_signal_group_set_target (self->document_signals, document);
  ballast_job_row_set_document (self->job_row, document);
  fill_splits (self);
  on_document_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_sidebar_set_selection (BallastSidebar   *self,
                               BallastSelection *selection)
{
  g_return_if_fail (BALLAST_IS_SIDEBAR (self));

  if (!g_set_object (&self->selection, selection))
    return;

  g_signal_group_set_target (self->selection_signals, selection);
  select_current (self);
  update_split (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}

void
ballast_sidebar_focus_search (BallastSidebar *self)
{
  g_return_if_fail (BALLAST_IS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

gboolean
ballast_sidebar_is_in_order (BallastSidebar *self)
{
  g_return_val_if_fail (BALLAST_IS_SIDEBAR (self), FALSE);

  return g_str_equal (self->sort, "index");
}
