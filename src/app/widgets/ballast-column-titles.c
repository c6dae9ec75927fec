#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-column-titles.h"

void
ballast_column_titles_align (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = gtk_widget_get_first_child (header);

  if (title != NULL)
    title = gtk_widget_get_next_sibling (title);
  for (; title != NULL; title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (box != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}
