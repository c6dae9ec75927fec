/*
 * The preview of an import.
 *
 * The guesses are made off the main thread, likeliest first; the user may take another.  At most
 * MAX_CLASSES are listed (the rest is a number), and N_IMAGES pictures are shown, so the page costs
 * the same whatever the dataset.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-import-page.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-class-dot.h"
#include "ballast-document.h"
#include "ballast-file-choosers.h"
#include "ballast-import-columns.h"
#include "ballast-source-guess.h"
#include "ballast-texture.h"
#include "ballast-thumbnailer.h"

#define MAX_CLASSES 100
#define N_IMAGES 6
#define IMAGE_PX 96

struct _BallastImportPage
{
  AdwBin parent_instance;

  GCancellable       *cancellable;
  char               *path;
  char               *project_path;
  GListModel         *guesses;
  BallastImportWishes wishes;     /* for the look under way or shown */
  gboolean            is_again;   /* that look is of what is shown already */
  gboolean            is_showing; /* rows change by themselves */
  BallastThumbnailer *thumbnailer;
  guint64             requests[N_IMAGES];

  GtkStack             *stack;
  AdwWindowTitle       *title;
  AdwStatusPage        *nothing;
  GtkBox               *first_images;
  AdwComboRow          *layout;
  AdwActionRow         *links_row;
  GtkSwitch            *follow_links;
  BallastImportColumns *columns;
  GtkWidget            *follow_button;
  GtkWidget            *another_button;
  AdwActionRow         *source;
  AdwActionRow         *project;
  AdwPreferencesGroup  *classes_group;
  GtkListBox           *classes;
};

G_DEFINE_FINAL_TYPE (BallastImportPage, ballast_import_page, ADW_TYPE_BIN)

enum
{
  IMPORT,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cancel_thumbnails (BallastImportPage *self)
{
  for (guint i = 0; i < N_IMAGES; i++)
    {
      if (self->thumbnailer != NULL)
        ballast_thumbnailer_cancel (self->thumbnailer, self->requests[i]);
      self->requests[i] = 0;
    }
}

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  GtkPicture *picture = GTK_PICTURE (user_data);
  g_autoptr(GdkTexture) texture = raster != NULL ? ballast_texture_new (raster) : NULL;

  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
}

static void
show_first_images (BallastImportPage  *self,
                   BallastSourceGuess *guess)
{
  const char *const *paths = ballast_source_guess_get_first_images (guess);
  GtkWidget *child;
  guint i;

  cancel_thumbnails (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->first_images))) != NULL)
    gtk_box_remove (self->first_images, child);
  if (self->thumbnailer == NULL)
    self->thumbnailer = ballast_thumbnailer_new ();

  for (i = 0; paths != NULL && paths[i] != NULL && i < N_IMAGES; i++)
    {
      GtkWidget *picture = gtk_picture_new ();
      g_autofree char *name = g_filename_display_basename (paths[i]);

      gtk_widget_set_size_request (picture, IMAGE_PX, IMAGE_PX * 3 / 4);
      gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
      gtk_widget_add_css_class (picture, "thumbnail");
      gtk_widget_set_tooltip_text (picture, name);
      gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
      gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
      gtk_box_append (self->first_images, picture);
      self->requests[i] = ballast_thumbnailer_request (self->thumbnailer, paths[i], IMAGE_PX * 2,
                                                       on_thumbnail, picture);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->first_images), i > 0);
}

static void
add_class_row (BallastImportPage  *self,
               BallastSourceGuess *guess,
               guint               class)
{
  g_autofree char *count
    = ballast_chart_format_count (ballast_source_guess_get_class_images (guess, class));
  g_autofree char *title
    = g_markup_escape_text (ballast_source_guess_get_class_name (guess, class), -1);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (count);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), ballast_class_dot_new (class));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->classes, row);
}

static void
show_classes (BallastImportPage  *self,
              BallastSourceGuess *guess)
{
  guint n_classes = ballast_source_guess_get_n_classes (guess);
  g_autofree char *more = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->classes, 0)) != NULL)
    gtk_list_box_remove (self->classes, GTK_WIDGET (row));
  for (guint i = 0; i < MIN (n_classes, MAX_CLASSES); i++)
    add_class_row (self, guess, i);

  if (n_classes > MAX_CLASSES)
    more = g_strdup_printf (_("The first %u of %u"), MAX_CLASSES, n_classes);
  adw_preferences_group_set_description (self->classes_group, more);
  gtk_widget_set_visible (GTK_WIDGET (self->classes_group), n_classes > 0);
}

/* (transfer full) (nullable) */
static BallastSourceGuess *
get_guess (BallastImportPage *self)
{
  guint position = adw_combo_row_get_selected (self->layout);

  return self->guesses != NULL ? g_list_model_get_item (self->guesses, position) : NULL;
}

/* Only where there are links that would not be read, or are read. */
static void
show_links (BallastImportPage  *self,
            BallastSourceGuess *guess)
{
  guint64 n = ballast_source_guess_get_links_out (guess);
  g_autofree char *count = ballast_chart_format_count (n);
  g_autofree char *text
    = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%s link leads out of the folder, and is not read",
                                            "%s links lead out of the folder, and are not read",
                                            MIN (n, G_MAXULONG)), count)
            : g_strdup (_("Files outside of the folder are read, too"));

  adw_action_row_set_subtitle (self->links_row, text);
  gtk_switch_set_active (self->follow_links, self->wishes.follow_links);
  gtk_widget_set_visible (GTK_WIDGET (self->links_row), n > 0 || self->wishes.follow_links);
}

static void
show_guess (BallastImportPage *self)
{
  g_autoptr(BallastSourceGuess) guess = get_guess (self);
  g_autofree char *description = NULL;

  if (guess == NULL)
    return;

  description = g_markup_escape_text (ballast_source_guess_get_description (guess), -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->layout), description);
  self->is_showing = TRUE;
  show_links (self, guess);
  self->is_showing = FALSE;
  ballast_import_columns_show (self->columns, guess);
  show_first_images (self, guess);
  show_classes (self, guess);
}

static void
on_layout_selected (BallastImportPage *self)
{
  if (!self->is_showing)
    show_guess (self);
}

static void
show_nothing (BallastImportPage *self,
              const char        *why,
              gboolean           has_links)
{
  g_autofree char *markup = g_markup_escape_text (why, -1);

  adw_status_page_set_description (self->nothing, markup);
  gtk_widget_set_visible (self->follow_button, has_links);
  if (has_links)
    gtk_widget_remove_css_class (self->another_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->another_button, "suggested-action");
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
show_error (BallastImportPage *self,
            const GError      *error)
{
  gboolean is_links = ballast_source_guess_is_links_error (error);
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  /* What was chosen does not fit: the rows stay, to choose something else. */
  if (self->is_again)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->layout), markup);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", FALSE);
    }
  else if (is_links)
    show_nothing (self, _("All images here are links that lead out of the folder. Following them "
                           "reads files in other places."), TRUE);
  else
    show_nothing (self, error->message, FALSE);
}

static guint
find_layout (GListModel *guesses,
             const char *layout)
{
  for (guint i = 0; i < g_list_model_get_n_items (guesses); i++)
    {
      g_autoptr(BallastSourceGuess) guess = g_list_model_get_item (guesses, i);

      if (g_strcmp0 (ballast_source_guess_get_layout (guess), layout) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
show_guesses (BallastImportPage *self,
              GListModel        *guesses)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  g_set_object (&self->guesses, guesses);
  for (guint i = 0; i < g_list_model_get_n_items (guesses); i++)
    {
      g_autoptr(BallastSourceGuess) guess = g_list_model_get_item (guesses, i);

      gtk_string_list_append (titles, _(ballast_source_guess_get_title (guess)));
    }
  self->is_showing = TRUE;
  adw_combo_row_set_model (self->layout, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->layout, 0);
  self->is_showing = FALSE;
  show_guess (self);
  gtk_stack_set_visible_child_name (self->stack, "found");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", TRUE);
}

/* The look of one layout again: it takes the place of what it was before. */
static void
show_again (BallastImportPage *self,
            GListModel        *guesses)
{
  g_autoptr(BallastSourceGuess) guess = g_list_model_get_item (guesses, 0);
  guint position = find_layout (self->guesses, ballast_source_guess_get_layout (guess));

  if (position == GTK_INVALID_LIST_POSITION)
    {
      show_guesses (self, guesses);
      return;
    }
  g_list_store_splice (G_LIST_STORE (self->guesses), position, 1, (gpointer *) &guess, 1);
  show_guess (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", TRUE);
}

static void
guess_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastImportPage) self = BALLAST_IMPORT_PAGE (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) guesses = ballast_source_guess_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->path == NULL)
    return;

  if (guesses == NULL)
    show_error (self, error);
  else if (g_list_model_get_n_items (guesses) == 0)
    show_nothing (self, _("A dataset is a folder with one folder of images for each class, or a "
                           "manifest: a table that names images and their classes."), FALSE);
  else if (self->is_again && self->guesses != NULL)
    show_again (self, guesses);
  else
    show_guesses (self, guesses);
}

/* @layout: the one to look for again, or NULL for all. */
static void
look (BallastImportPage *self,
      const char        *layout)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_again = layout != NULL;
  ballast_import_columns_tell (self->columns, &self->wishes);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", FALSE);
  ballast_source_guess_async (self->path, layout, &self->wishes, self->cancellable, guess_done,
                              g_object_ref (self));
}

static void
on_columns_changed (BallastImportPage *self)
{
  look (self, "manifest");
}

static void
on_links_switched (BallastImportPage *self)
{
  g_autoptr(BallastSourceGuess) guess = NULL;

  if (self->is_showing)
    return;
  guess = get_guess (self);
  self->wishes.follow_links = gtk_switch_get_active (self->follow_links);
  look (self, guess != NULL ? ballast_source_guess_get_layout (guess) : NULL);
}

static void
on_follow_links (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastImportPage *self = BALLAST_IMPORT_PAGE (widget);

  self->wishes.follow_links = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "looking");
  look (self, NULL);
}

static void
set_project_path (BallastImportPage *self,
                  const char        *path)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *markup = g_markup_escape_text (display, -1);

  g_free (self->project_path);
  self->project_path = g_strdup (path);
  adw_action_row_set_subtitle (self->project, markup);
}

static void
on_project_chosen (GFile   *file,
                   gpointer owner)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *with_ending = NULL;

  if (path == NULL)
    return;

  if (!g_str_has_suffix (path, ".ballast"))
    with_ending = g_strconcat (path, ".ballast", NULL);
  set_project_path (BALLAST_IMPORT_PAGE (owner), with_ending != NULL ? with_ending : path);
}

static void
on_choose_project (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BallastImportPage *self = BALLAST_IMPORT_PAGE (widget);
  g_autofree char *name = g_path_get_basename (self->project_path);
  BallastSaveChoice choice = { _("Save the Project"), _("_Save"), name, NULL };

  ballast_choose_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), &choice, on_project_chosen,
                            widget);
}

static void
on_import (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BallastImportPage *self = BALLAST_IMPORT_PAGE (widget);
  g_autoptr(BallastSourceGuess) guess = get_guess (self);

  if (guess != NULL)
    g_signal_emit (self, signals[IMPORT], 0, ballast_source_guess_get_layout (guess));
}

static void
on_cancel (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  BallastImportPage *self = BALLAST_IMPORT_PAGE (widget);

  g_cancellable_cancel (self->cancellable);
  cancel_thumbnails (self);
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
ballast_import_page_dispose (GObject *object)
{
  BallastImportPage *self = BALLAST_IMPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  cancel_thumbnails (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->guesses);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_IMPORT_PAGE);

  G_OBJECT_CLASS (ballast_import_page_parent_class)->dispose (object);
}

static void
ballast_import_page_finalize (GObject *object)
{
  BallastImportPage *self = BALLAST_IMPORT_PAGE (object);

  g_free (self->path);
  g_free (self->project_path);
  ballast_import_wishes_clear (&self->wishes);

  G_OBJECT_CLASS (ballast_import_page_parent_class)->finalize (object);
}

static void
ballast_import_page_class_init (BallastImportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_import_page_dispose;
  object_class->finalize = ballast_import_page_finalize;

  signals[IMPORT] = g_signal_new ("import", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BALLAST_TYPE_IMPORT_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, title);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, first_images);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, layout);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, links_row);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, follow_links);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, columns);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, follow_button);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, another_button);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, source);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, project);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, classes_group);
  gtk_widget_class_bind_template_child (widget_class, BallastImportPage, classes);
  gtk_widget_class_bind_template_callback (widget_class, on_layout_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_links_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_columns_changed);

  gtk_widget_class_install_action (widget_class, "import.import", NULL, on_import);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "import.follow-links", NULL, on_follow_links);
  gtk_widget_class_install_action (widget_class, "import.choose-project", NULL, on_choose_project);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);
}

static void
ballast_import_page_init (BallastImportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ballast_import_page_set_path (BallastImportPage *self,
                              const char        *path)
{
  g_autofree char *name = NULL;
  g_autofree char *display = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *project_path = NULL;

  g_return_if_fail (BALLAST_IS_IMPORT_PAGE (self));
  g_return_if_fail (path != NULL);

  g_clear_object (&self->guesses);
  ballast_import_wishes_clear (&self->wishes);
  ballast_import_columns_reset (self->columns);
  g_free (self->path);
  self->path = g_strdup (path);

  name = g_filename_display_basename (path);
  display = g_filename_display_name (path);
  markup = g_markup_escape_text (display, -1);
  adw_window_title_set_subtitle (self->title, name);
  adw_action_row_set_subtitle (self->source, markup);
  project_path = ballast_document_dup_default_path (path);
  set_project_path (self, project_path);
  gtk_stack_set_visible_child_name (self->stack, "looking");
  look (self, NULL);
}

const char *
ballast_import_page_get_path (BallastImportPage *self)
{
  g_return_val_if_fail (BALLAST_IS_IMPORT_PAGE (self), NULL);

  return self->path;
}

const BallastImportWishes *
ballast_import_page_get_wishes (BallastImportPage *self)
{
  g_return_val_if_fail (BALLAST_IS_IMPORT_PAGE (self), NULL);

  return &self->wishes;
}

const char *
ballast_import_page_get_project_path (BallastImportPage *self)
{
  g_return_val_if_fail (BALLAST_IS_IMPORT_PAGE (self), NULL);

  return self->project_path;
}
