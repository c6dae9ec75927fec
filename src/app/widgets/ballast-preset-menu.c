#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-preset-menu.h"

#include <glib/gi18n.h>

#include "ballast-text-row.h"

struct _BallastPresetMenu
{
  GtkPopover parent_instance;
};

G_DEFINE_FINAL_TYPE (BallastPresetMenu, ballast_preset_menu, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_row_activated (GtkListBox        *list,
                  GtkListBoxRow     *row,
                  BallastPresetMenu *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0,
                 ballast_pipeline_preset_get (gtk_list_box_row_get_index (row)));
}

static void
on_button_clicked (GtkButton         *button,
                   BallastPresetMenu *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
append_button (BallastPresetMenu *self,
               GtkWidget         *box,
               const char        *label,
               const char        *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *name = g_strdup (label);

  /* The mnemonic's underline would be read out. */
  for (char *at = name, *to = name;; at++)
    if (*at != '_' && (*to++ = *at) == '\0')
      break;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "preset-button");
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_after (button, "clicked", G_CALLBACK (on_button_clicked), self);
  gtk_box_append (GTK_BOX (box), button);
}

static void
ballast_preset_menu_class_init (BallastPresetMenuClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
ballast_preset_menu_init (BallastPresetMenu *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Presets"),
                                  -1);
  for (guint i = 0; i < ballast_pipeline_preset_get_n (); i++)
    {
      const BallastPipelinePreset *preset = ballast_pipeline_preset_get (i);

      gtk_list_box_append (GTK_LIST_BOX (list),
                           ballast_text_row_new (NULL, _(preset->title), _(preset->explanation)));
    }
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), self);

  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  append_button (self, box, _("_Load Pipeline…"), "pipeline.load");
  append_button (self, box, _("_Save Pipeline…"), "pipeline.save");
  append_button (self, box, _("_Copy as JSON"), "pipeline.copy");
  append_button (self, box, _("Copy as P_ython"), "pipeline.copy-python");
  append_button (self, box, _("_Paste JSON or YAML"), "pipeline.paste");
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
ballast_preset_menu_new (void)
{
  return g_object_new (BALLAST_TYPE_PRESET_MENU, NULL);
}
