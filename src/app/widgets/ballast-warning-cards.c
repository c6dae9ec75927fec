/*
 * The warnings of a plan as cards: what happens, and what to do about it.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-warning-cards.h"

#include <glib/gi18n.h>

#define MAXIMUM_WARNINGS 6

/* (transfer full): sentences of the whole plan begin with a small letter, for what stands before them
 * elsewhere; the name of a class stays as it is. */
static char *
dup_title (const BallastPlanWarning *warning)
{
  char first[8] = { 0 };

  if (warning->class_name != NULL)
    return g_strdup (warning->text);
  g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (warning->text)), first);
  return g_strconcat (first, g_utf8_next_char (warning->text), NULL);
}

static GtkWidget *
new_warning_card (const BallastPlanWarning *warning)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *text = dup_title (warning);
  GtkWidget *title = gtk_label_new (text);

  gtk_widget_add_css_class (card, "warning-card");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 30);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (card), title);
  if (warning->hint != NULL)
    {
      GtkWidget *hint = gtk_label_new (warning->hint);

      gtk_label_set_xalign (GTK_LABEL (hint), 0);
      gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (hint), 30);
      gtk_widget_add_css_class (hint, "caption");
      gtk_box_append (GTK_BOX (card), hint);
    }
  return card;
}

void
ballast_warning_cards_fill (GtkBox            *box,
                            const BallastPlan *plan)
{
  guint n = plan->warnings->len;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);

  for (guint i = 0; i < MIN (n, MAXIMUM_WARNINGS); i++)
    gtk_box_append (box, new_warning_card (plan->warnings->pdata[i]));
  if (n > MAXIMUM_WARNINGS)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more warning",
                                                         "and %u more warnings",
                                                         n - MAXIMUM_WARNINGS),
                                               n - MAXIMUM_WARNINGS);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (box, label);
    }
}
