/*
 * The choice of weight files, one check a kind of the table.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-weight-kinds-button.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-weight-kinds.h"

struct _BallastWeightKindsButton
{
  AdwBin parent_instance;

  GtkWidget *button;
  GPtrArray *checks;  /* in the order of the table */
  gboolean   filling; /* checks are being set, not chosen */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastWeightKindsButton, ballast_weight_kinds_button, ADW_TYPE_BIN)

static gboolean
is_checked (BallastWeightKindsButton *self,
            guint                     i)
{
  return gtk_check_button_get_active (g_ptr_array_index (self->checks, i));
}

char *
ballast_weight_kinds_button_dup_kinds (BallastWeightKindsButton *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    if (is_checked (self, i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              ballast_weight_kind_get_name (i));
  return g_string_free (text, FALSE);
}

/* Two are named, more are counted: the button stands in a row. */
static char *
describe (BallastWeightKindsButton *self)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    if (is_checked (self, i))
      g_string_append_printf (text, "%s%s", n++ > 0 ? ", " : "",
                              _(ballast_weight_kind_get_title (i)));
  if (n == 0)
    g_string_assign (text, _("None"));
  else if (n > 2)
    g_string_printf (text, ngettext ("%u file", "%u files", n), n);
  return g_string_free (text, FALSE);
}

static void
update_label (BallastWeightKindsButton *self)
{
  g_autofree char *files = describe (self);
  g_autofree char *name = g_strdup_printf (_("Weight files: %s"), files);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), files);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
on_toggled (BallastWeightKindsButton *self)
{
  if (self->filling)
    return;
  update_label (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
ballast_weight_kinds_button_set_kinds (BallastWeightKindsButton *self,
                                       const char               *kinds)
{
  g_auto(GStrv) names = g_strsplit (kinds, ",", -1);

  self->filling = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i),
                                 g_strv_contains ((const char *const *) names,
                                                  ballast_weight_kind_get_name (i)));
  self->filling = FALSE;
  update_label (self);
}

static GtkWidget *
make_check (BallastWeightKindsButton *self,
            guint                     i)
{
  const char *title = _(ballast_weight_kind_get_title (i));
  GtkWidget *check = gtk_check_button_new_with_label (title);

  gtk_widget_set_tooltip_text (check, _(ballast_weight_kind_get_summary (i)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_toggled), self);
  g_ptr_array_add (self->checks, check);
  return check;
}

static void
ballast_weight_kinds_button_dispose (GObject *object)
{
  BallastWeightKindsButton *self = BALLAST_WEIGHT_KINDS_BUTTON (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (ballast_weight_kinds_button_parent_class)->dispose (object);
}

static void
ballast_weight_kinds_button_class_init (BallastWeightKindsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_weight_kinds_button_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_weight_kinds_button_init (BallastWeightKindsButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *popover = gtk_popover_new ();

  self->checks = g_ptr_array_new ();
  for (guint i = 0; i < ballast_weight_kind_get_n (); i++)
    gtk_box_append (GTK_BOX (box), make_check (self, i));
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _("Kinds of Weight Files"));
  gtk_widget_add_css_class (self->button, "flat");
  adw_bin_set_child (ADW_BIN (self), self->button);
  update_label (self);
}
