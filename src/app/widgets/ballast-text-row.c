#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-text-row.h"

#define TEXT_MAX_CHARACTERS 40

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_MAX_CHARACTERS);
  return label;
}

GtkWidget *
ballast_text_row_new (const char *glyph,
                      const char *title,
                      const char *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption = new_label (subtitle);

  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (texts), new_label (title));
  gtk_box_append (GTK_BOX (texts), caption);
  if (glyph != NULL)
    {
      GtkWidget *sign = gtk_label_new (glyph);

      gtk_label_set_width_chars (GTK_LABEL (sign), 2);
      gtk_widget_add_css_class (sign, "dim-label");
      gtk_box_append (GTK_BOX (box), sign);
    }
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "text-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  return row;
}
