/*
 * What there is to do with the selected nodes, as a menu where they are; and the little field for the
 * name of a group.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-page-private.h"

#include <glib/gi18n.h>

#include "ballast-hierarchy-edit.h"

/* More groups than this are found in the outline, by dragging. */
#define MAX_TARGETS 24

static void
append (GMenu      *menu,
        const char *label,
        const char *action)
{
  g_menu_append (menu, label, action);
}

static void
append_targets (BallastHierarchyPage *self,
                GMenu                *menu)
{
  g_autoptr(GMenu) targets = g_menu_new ();
  g_autoptr(GPtrArray) groups = ballast_hierarchy_list_groups (self->draft);

  for (guint i = 0; i < MIN (groups->len, MAX_TARGETS); i++)
    {
      const BallastHierarchyNode *group = g_ptr_array_index (groups, i);
      g_autoptr(GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto(GStrv) parts = g_strsplit (group->name, "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "hierarchy.move-into", "u", group->id);
      g_menu_append_item (targets, item);
    }
  g_menu_append_submenu (menu, _("_Move Into"), G_MENU_MODEL (targets));
}

static GMenuModel *
build_menu (BallastHierarchyPage *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) groups = g_menu_new (), places = g_menu_new (), others = g_menu_new ();

  append (groups, _("_Group"), "hierarchy.group");
  append (groups, _("_Ungroup"), "hierarchy.ungroup");
  append (groups, _("_Rename…"), "hierarchy.rename");
  append_targets (self, places);
  append (places, _("_Put Into the Tree"), "hierarchy.insert");
  append (places, _("_Take Out of the Tree"), "hierarchy.remove");
  append (others, _("_One Against the Rest"), "hierarchy.toggle-one-vs-rest");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (groups));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  return G_MENU_MODEL (menu);
}

static gboolean
unparent (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* A popover goes once its action has run. */
static void
on_closed (GtkPopover *popover,
           gpointer    user_data)
{
  g_idle_add_full (G_PRIORITY_LOW, unparent, g_object_ref (popover), g_object_unref);
}

void
_ballast_hierarchy_page_pop_up (BallastHierarchyPage *self,
                                GtkWidget            *parent,
                                const GdkRectangle   *area)
{
  g_autoptr(GMenuModel) menu = build_menu (self);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);
  GdkRectangle shown = *area;

  gtk_widget_set_parent (popover, parent);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &shown);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* The page is the popover's data "page", the node its data "id". */
static void
on_name_activate (GtkEntry             *entry,
                  BallastHierarchyPage *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER);
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "id"));
  const BallastHierarchyNode *node = ballast_hierarchy_find (self->draft, id);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr(BallastHierarchy) next = ballast_hierarchy_copy (self->draft);
  g_autofree char *label = NULL;
  g_autoptr(GError) error = NULL;

  if (node == NULL)
    return;
  if (!ballast_hierarchy_rename (next, id, name, &error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_widget_set_tooltip_text (GTK_WIDGET (entry), error->message);
      return;
    }
  label = g_strdup_printf ("Rename “%s” to “%s”", node->name, name);
  gtk_popover_popdown (GTK_POPOVER (popover));
  _ballast_hierarchy_page_store (self, g_steal_pointer (&next), label, NULL);
}

static void
on_name_changed (GtkWidget *entry)
{
  gtk_widget_remove_css_class (entry, "error");
  gtk_widget_set_tooltip_text (entry, NULL);
}

void
_ballast_hierarchy_page_ask_name (BallastHierarchyPage *self,
                                  guint                 id)
{
  const BallastHierarchyNode *node = ballast_hierarchy_find (self->draft, id);
  GtkWidget *popover, *entry;
  GdkRectangle area;

  if (node == NULL || !ballast_tree_view_get_area (self->view, id, &area))
    return;

  popover = gtk_popover_new ();
  entry = gtk_entry_new ();
  g_object_set_data (G_OBJECT (popover), "id", GUINT_TO_POINTER (id));
  gtk_editable_set_text (GTK_EDITABLE (entry), node->name);
  gtk_entry_set_max_length (GTK_ENTRY (entry), BALLAST_HIERARCHY_MAX_NAME / 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the group"), -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_name_activate), self, 0);
  g_signal_connect (entry, "changed", G_CALLBACK (on_name_changed), NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->view));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &area);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (entry);
}
