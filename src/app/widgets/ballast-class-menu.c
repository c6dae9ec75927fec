#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-class-dot.h"

/* A dataset with more classes is searched, not scrolled. */
#define SHOWN_CLASSES 200

struct _BallastClassMenu
{
  GtkPopover parent_instance;

  BallastTally *tally;
  GtkWidget    *search;
  GtkWidget    *list;
};

G_DEFINE_FINAL_TYPE (BallastClassMenu, ballast_class_menu, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
new_row (const BallastClassTally *class)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (class->name);
  g_autofree char *key = class->index < 9 ? g_strdup_printf ("%u", class->index + 1) : g_strdup ("");
  GtkWidget *hint = gtk_label_new (key);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_box_append (GTK_BOX (box), ballast_class_dot_new (class->index));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, class->name, -1);
  g_object_set_data (G_OBJECT (row), "class-index", GUINT_TO_POINTER (class->index));
  return row;
}

static void
show (BallastClassMenu *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  GtkWidget *child;
  guint n_shown = 0;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);

  for (guint i = 0; self->tally != NULL && i < self->tally->n_classes && n_shown < SHOWN_CLASSES; i++)
    {
      g_autofree char *name = g_utf8_casefold (self->tally->classes[i].name, -1);

      if (strstr (name, wanted) == NULL)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (&self->tally->classes[i]));
      n_shown++;
    }
}

static void
choose (BallastClassMenu *self,
        GtkListBoxRow    *row)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "class-index"));

  gtk_popover_popdown (GTK_POPOVER (self));
  if (self->tally != NULL && index < self->tally->n_classes)
    g_signal_emit (self, signals[CHOSEN], 0, self->tally->classes[index].id);
}

static void
on_row_activated (GtkListBox       *list,
                  GtkListBoxRow    *row,
                  BallastClassMenu *self)
{
  choose (self, row);
}

static void
on_search_activated (BallastClassMenu *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  if (first != NULL)
    choose (self, first);
}

static void
on_mapped (BallastClassMenu *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show (self);
  gtk_widget_grab_focus (self->search);
}

static void
ballast_class_menu_finalize (GObject *object)
{
  g_clear_pointer (&BALLAST_CLASS_MENU (object)->tally, ballast_tally_unref);

  G_OBJECT_CLASS (ballast_class_menu_parent_class)->finalize (object);
}

static void
ballast_class_menu_class_init (BallastClassMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_class_menu_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ballast_class_menu_init (BallastClassMenu *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search classes"), -1);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Classes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_size_request (box, 220, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activated), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_popover_popdown), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  g_signal_connect_swapped (self, "map", G_CALLBACK (on_mapped), self);
}

GtkWidget *
ballast_class_menu_new (void)
{
  return g_object_new (BALLAST_TYPE_CLASS_MENU, NULL);
}

void
ballast_class_menu_set_tally (BallastClassMenu *self,
                              BallastTally     *tally)
{
  g_return_if_fail (BALLAST_IS_CLASS_MENU (self));

  g_clear_pointer (&self->tally, ballast_tally_unref);
  if (tally != NULL)
    self->tally = ballast_tally_ref (tally);
}
