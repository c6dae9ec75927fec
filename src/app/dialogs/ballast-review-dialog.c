/*
 * Pictures that stand twice.
 *
 * The two files are the same bytes, so one picture is shown with two answers.  Details and picture
 * come from the store thread and the thumbnailer; an answer that comes after the user went on to
 * another pair is thrown away.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-review-dialog.h"

#include <glib/gi18n.h>

#include "ballast-card-grid.h"
#include "ballast-document-edits.h"
#include "ballast-image-list.h"
#include "ballast-texture.h"
#include "ballast-thumbnailer.h"

#define PICTURE_PX 512
#define KEEP_NEITHER 2

struct _BallastReviewDialog
{
  AdwWindow parent_instance;

  BallastDocument     *document;
  BallastProblemGroup *group;
  BallastThumbnailer  *thumbnailer;
  GCancellable        *cancellable; /* of the pair that is shown */
  guint64              request;
  guint                position;

  GtkStack       *stack;
  AdwWindowTitle *title;
  GtkPicture     *picture;
  GtkLabel       *question;
  GtkWidget      *first_button;
  GtkWidget      *second_button;
};

G_DEFINE_FINAL_TYPE (BallastReviewDialog, ballast_review_dialog, ADW_TYPE_WINDOW)

static guint
count_pairs (BallastReviewDialog *self)
{
  guint n_pairs;

  ballast_problem_group_get_problems (self->group, &n_pairs);
  return n_pairs;
}

static const BallastProblem *
get_pair (BallastReviewDialog *self)
{
  return ballast_problem_group_get_problems (self->group, NULL) + self->position;
}

static void
cancel_pair (BallastReviewDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->thumbnailer != NULL)
    ballast_thumbnailer_cancel (self->thumbnailer, self->request);
  self->request = 0;
}

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  BallastReviewDialog *self = BALLAST_REVIEW_DIALOG (user_data);
  g_autoptr(GdkTexture) texture = raster != NULL ? ballast_texture_new (raster) : NULL;

  self->request = 0;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

/* (transfer full): what tells the two apart: "glass", or "train / glass". */
static char *
describe (const BallastImageDetails *details)
{
  g_autofree char *classes = g_strjoinv (", ", details->class_names);

  if (details->split_name == NULL)
    return g_steal_pointer (&classes);

  return g_strdup_printf ("%s / %s", details->split_name, classes);
}

static void
set_answer (GtkWidget                 *button,
            const BallastImageDetails *details)
{
  g_autofree char *answer = describe (details);
  g_autofree char *name = g_filename_display_name (details->record.name);
  g_autofree char *markup
    = g_markup_printf_escaped ("<b>%s</b>\n<small>%s</small>", answer, name);
  g_autofree char *accessible = g_strdup_printf (_("Keep %s, %s"), answer, name);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  accessible, -1);
  gtk_widget_set_sensitive (button, TRUE);
}

static void
details_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(BallastReviewDialog) self = BALLAST_REVIEW_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastImageDetails) details = ballast_image_details_load_finish (result, &error);
  const BallastProblem *pair;

  if (details == NULL || self->document == NULL || self->position >= count_pairs (self))
    return;

  pair = get_pair (self);
  if (details->record.id == pair->other_image_id)
    {
      set_answer (self->second_button, details);
      return;
    }
  if (details->record.id != pair->image_id)
    return;

  set_answer (self->first_button, details);
  self->request = ballast_thumbnailer_request (self->thumbnailer, details->path, PICTURE_PX,
                                               on_thumbnail, self);
}

static void
show_pair (BallastReviewDialog *self)
{
  guint n_pairs = count_pairs (self);
  g_autofree char *subtitle = NULL;
  const BallastProblem *pair;

  cancel_pair (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.previous", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.next", self->position < n_pairs);
  gtk_stack_set_visible_child_name (self->stack, self->position < n_pairs ? "pair" : "done");
  if (self->position >= n_pairs)
    {
      adw_window_title_set_subtitle (self->title, "");
      return;
    }

  /* Translators: the first of three: "1 of 3". */
  subtitle = g_strdup_printf (_("%u of %u"), self->position + 1, n_pairs);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_sensitive (self->first_button, FALSE);
  gtk_widget_set_sensitive (self->second_button, FALSE);

  pair = get_pair (self);
  self->cancellable = g_cancellable_new ();
  ballast_image_details_load_async (self->document, pair->image_id, self->cancellable,
                                    details_loaded, g_object_ref (self));
  ballast_image_details_load_async (self->document, pair->other_image_id, self->cancellable,
                                    details_loaded, g_object_ref (self));
}

static void
exclude_done (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BallastReviewDialog) self = BALLAST_REVIEW_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, &error) && window != NULL)
    ballast_window_show_error (BALLAST_WINDOW (window), error);
}

static void
on_keep (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastReviewDialog *self = BALLAST_REVIEW_DIALOG (widget);
  int keep = g_variant_get_int32 (parameter);
  const BallastProblem *pair;
  gint64 images[2];
  guint n_images = 0;

  if (self->position >= count_pairs (self))
    return;

  pair = get_pair (self);
  if (keep != 0)
    images[n_images++] = pair->image_id;
  if (keep != 1)
    images[n_images++] = pair->other_image_id;
  ballast_document_exclude_async (self->document, images, n_images, exclude_done,
                                  g_object_ref (self));
  self->position++;
  show_pair (self);
}

static void
on_next (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastReviewDialog *self = BALLAST_REVIEW_DIALOG (widget);

  self->position++;
  show_pair (self);
}

static void
on_previous (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BallastReviewDialog *self = BALLAST_REVIEW_DIALOG (widget);

  self->position--;
  show_pair (self);
}

static void
on_close (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
ballast_review_dialog_dispose (GObject *object)
{
  BallastReviewDialog *self = BALLAST_REVIEW_DIALOG (object);

  cancel_pair (self);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_REVIEW_DIALOG);

  G_OBJECT_CLASS (ballast_review_dialog_parent_class)->dispose (object);
}

static void
ballast_review_dialog_finalize (GObject *object)
{
  g_clear_object (&BALLAST_REVIEW_DIALOG (object)->group);

  G_OBJECT_CLASS (ballast_review_dialog_parent_class)->finalize (object);
}

static void
ballast_review_dialog_class_init (BallastReviewDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_review_dialog_dispose;
  object_class->finalize = ballast_review_dialog_finalize;

  g_type_ensure (BALLAST_TYPE_CARD_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-review-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastReviewDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastReviewDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BallastReviewDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, BallastReviewDialog, question);
  gtk_widget_class_bind_template_child (widget_class, BallastReviewDialog, first_button);
  gtk_widget_class_bind_template_child (widget_class, BallastReviewDialog, second_button);

  gtk_widget_class_install_action (widget_class, "review.keep", "i", on_keep);
  gtk_widget_class_install_action (widget_class, "review.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, on_previous);
  gtk_widget_class_install_action (widget_class, "review.close", NULL, on_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, 0, "review.keep", "i", 0);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, 0, "review.keep", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, 0, "review.keep", "i",
                                       KEEP_NEITHER);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "review.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "review.previous",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "review.close", NULL);
}

static void
ballast_review_dialog_init (BallastReviewDialog *self)
{
  self->thumbnailer = ballast_thumbnailer_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ballast_review_dialog_present (BallastWindow       *window,
                               BallastProblemGroup *group)
{
  BallastReviewDialog *self;
  const char *advice = ballast_problem_group_get_advice (group);

  g_return_val_if_fail (BALLAST_IS_WINDOW (window), NULL);
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (group), NULL);

  self = g_object_new (BALLAST_TYPE_REVIEW_DIALOG, "transient-for", window, NULL);
  self->document = g_object_ref (ballast_window_get_document (window));
  self->group = g_object_ref (group);
  gtk_label_set_label (self->question, advice != NULL ? advice : "");
  gtk_picture_set_alternative_text (self->picture, ballast_problem_group_get_title (group));
  show_pair (self);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
