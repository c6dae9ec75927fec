/*
 * The guide to the augmentation steps, opened in the browser.
 *
 * It is made anew each time: it takes less than a second, and a newer program has other steps.  The
 * page lies in the user's cache.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-guide.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ballast-op-guide.h"

typedef struct
{
  GtkWindow *parent; /* weak */
  char      *path;
} Guide;

static void
guide_free (Guide *guide)
{
  g_clear_weak_pointer (&guide->parent);
  g_free (guide->path);
  g_free (guide);
}

static void
tell (Guide        *guide,
      const GError *error)
{
  GtkWidget *dialog =
    adw_message_dialog_new (guide->parent, _("The Guide Cannot Be Shown"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Guide *guide = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  if (!ballast_op_guide_write_finish (result, &error))
    tell (guide, error);
  else if ((uri = g_filename_to_uri (guide->path, NULL, NULL)) != NULL)
    gtk_show_uri (guide->parent, uri, GDK_CURRENT_TIME);
  guide_free (guide);
}

void
ballast_guide_show (GtkWindow *parent)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "ballast", NULL);
  Guide *guide = g_new0 (Guide, 1);

  g_set_weak_pointer (&guide->parent, parent);
  guide->path = g_build_filename (folder, "augmentation-steps.html", NULL);
  g_mkdir_with_parents (folder, 0700);
  ballast_op_guide_write_async (guide->path, NULL, on_written, guide);
}
