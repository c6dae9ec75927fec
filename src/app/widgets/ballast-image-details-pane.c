#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-image-details-pane.h"

#include <glib/gi18n.h>

#include "ballast-box-list.h"
#include "ballast-document-export.h"
#include "ballast-image-list.h"
#include "ballast-number-text.h"
#include "ballast-path.h"
#include "ballast-problem-text.h"
#include "ballast-texture.h"

#define PICTURE_PX 512
#define PICTURE_HEIGHT_PX 190

struct _BallastImageDetailsPane
{
  GtkBox parent_instance;

  BallastThumbnailer *thumbnailer;
  BallastDocument    *document;
  GCancellable       *cancellable;
  gint64              image_id;
  guint64             request;

  GtkWidget *picture;
  GtkWidget *name;
  GtkWidget *facts;
  GtkWidget *boxes;
};

G_DEFINE_FINAL_TYPE (BallastImageDetailsPane, ballast_image_details_pane, GTK_TYPE_BOX)

static void
add_fact (BallastImageDetailsPane *self,
          const char              *key,
          const char              *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (key);
  GtkWidget *text = gtk_label_new (value);

  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 1);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_valign (title, GTK_ALIGN_START);
  gtk_widget_add_css_class (row, "fact-row");
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (self->facts), row);
}

static void
add_size (BallastImageDetailsPane *self,
          const BallastImageFacts *facts)
{
  g_autofree char *size = NULL, *bytes = ballast_text_of_bytes (facts->size_bytes), *file = NULL;

  if (facts->width > 0)
    {
      size = g_strdup_printf ("%u × %u, %s", ballast_image_facts_get_view_width (facts),
                              ballast_image_facts_get_view_height (facts),
                              _(ballast_colour_get_name (facts->colour)));
      add_fact (self, _("Size"), size);
    }
  file = g_strdup_printf ("%s, %s", ballast_format_get_name (facts->format), bytes);
  add_fact (self, _("File"), file);
  if (facts->orientation > 1)
    add_fact (self, _("Turned"), _("by its EXIF orientation"));
}

static const char *
describe_state (BallastImageFlags flags)
{
  if (flags & BALLAST_IMAGE_UNREADABLE)
    return _("cannot be read");
  if (flags & BALLAST_IMAGE_GONE)
    return _("no longer there");
  return flags & BALLAST_IMAGE_EXCLUDED ? _("excluded") : NULL;
}

/* Copies are made of the training split alone; without splits, of all. */
static gboolean
is_in_training (BallastImageDetailsPane   *self,
                const BallastPlan         *plan,
                const BallastImageDetails *details)
{
  const BallastTally *tally = ballast_document_get_tally (self->document);
  const char *training = plan->training_split < tally->n_splits
                         ? tally->splits[plan->training_split].name : NULL;

  return g_strcmp0 (training, details->split_name) == 0;
}

/* What a plan over whole images makes of this one. */
static void
add_exact_plan (BallastImageDetailsPane   *self,
                const BallastPlan         *plan,
                const BallastImageDetails *details)
{
  gboolean keep;
  guint copies = ballast_plan_get_image_copies (plan, details->record.id, &keep);
  g_autofree char *text = NULL;

  if (!keep)
    text = g_strdup (_("left out"));
  else if (copies == 0)
    text = g_strdup (_("itself"));
  else
    text = g_strdup_printf (ngettext ("itself and %u copy", "itself and %u copies", copies), copies);
  add_fact (self, _("In the plan"), text);
}

/* How often the plan would repeat it: on average over its class, which uses its images evenly. */
static void
add_plan (BallastImageDetailsPane   *self,
          const BallastImageDetails *details)
{
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (self->document, NULL);
  const BallastPlanClass *class;
  g_autofree char *text = NULL;

  if (plan == NULL || details->record.flags != 0 || !is_in_training (self, plan, details))
    return;
  if (plan->rows != NULL && !plan->coarse)
    add_exact_plan (self, plan, details);
  if (plan->rows != NULL || details->n_annotations != 1)
    return;

  class = ballast_plan_find_class (plan, details->annotations[0].class_id);
  if (class == NULL || class->images_now == 0)
    return;

  if (class->after >= class->now)
    {
      double copies = (double) (class->after - class->now) / (double) class->now;

      text = copies > 0 ? g_strdup_printf (_("itself and about %.1f copies"), copies)
                        : g_strdup (_("itself"));
    }
  else
    text = g_strdup_printf (_("kept with a chance of %.0f %%"),
                            100.0 * (double) class->after / (double) class->now);
  add_fact (self, _("In the plan"), text);
}

static void
add_problems (BallastImageDetailsPane   *self,
              const BallastImageDetails *details)
{
  for (guint i = 0; i < details->n_problems; i++)
    {
      g_autofree char *text = ballast_problem_text_of_image (&details->problems[i]);

      add_fact (self, _("Problem"), text);
    }
}

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  BallastImageDetailsPane *self = user_data;
  g_autoptr(GdkTexture) texture = raster != NULL ? ballast_texture_new (raster) : NULL;

  self->request = 0;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
}

static void
clear (BallastImageDetailsPane *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->facts)) != NULL)
    gtk_box_remove (GTK_BOX (self->facts), child);
}

/* Each class once, and how often. */
static char *
dup_classes (const BallastImageDetails *details)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < details->n_annotations; i++)
    {
      char *name = details->class_names[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

      g_hash_table_insert (counts, name, GUINT_TO_POINTER (n + 1));
    }
  for (guint i = 0; i < details->n_annotations; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, details->class_names[i]));

      if (n == 0)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", details->class_names[i]);
      if (n > 1)
        g_string_append_printf (text, " × %u", n);
      g_hash_table_remove (counts, details->class_names[i]);
    }
  return g_string_free (text, FALSE);
}

static void
show (BallastImageDetailsPane   *self,
      const BallastImageDetails *details)
{
  g_autofree char *classes = dup_classes (details);
  g_autofree char *name = ballast_path_display (details->record.name);
  g_autofree char *folder = ballast_path_display (details->record.folder);
  const char *state = describe_state (details->record.flags);

  clear (self);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  add_fact (self, _("Class"), *classes != '\0' ? classes : "–");
  add_fact (self, _("Split"), details->split_name != NULL ? details->split_name : "–");
  add_size (self, &details->record.facts);
  if (*folder != '\0')
    add_fact (self, _("Folder"), folder);
  if (state != NULL)
    add_fact (self, _("State"), state);
  add_plan (self, details);
  add_problems (self, details);
  ballast_box_list_show (BALLAST_BOX_LIST (self->boxes), details);

  ballast_thumbnailer_cancel (self->thumbnailer, self->request);
  self->request = ballast_thumbnailer_request (self->thumbnailer, details->path, PICTURE_PX,
                                               on_thumbnail, self);
}

static void
on_details_loaded (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(BallastImageDetailsPane) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastImageDetails) details = ballast_image_details_load_finish (result, &error);

  if (details != NULL && details->record.id == self->image_id)
    show (self, details);
}

static void
ballast_image_details_pane_dispose (GObject *object)
{
  BallastImageDetailsPane *self = BALLAST_IMAGE_DETAILS_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->thumbnailer != NULL)
    ballast_thumbnailer_cancel (self->thumbnailer, self->request);
  self->request = 0;
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (ballast_image_details_pane_parent_class)->dispose (object);
}

static void
ballast_image_details_pane_class_init (BallastImageDetailsPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_image_details_pane_dispose;
}

static void
ballast_image_details_pane_init (BallastImageDetailsPane *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);

  self->picture = gtk_picture_new ();
  /* As the overlay's own child, a picture would ask for the size of its thumbnail. */
  gtk_widget_set_size_request (overlay, -1, PICTURE_HEIGHT_PX);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->picture);
  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_CONTAIN);
  gtk_widget_add_css_class (self->picture, "details-picture");
  self->name = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_wrap (GTK_LABEL (self->name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->name), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->name, "heading");
  gtk_widget_add_css_class (self->name, "details-name");
  self->facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->facts, "details-facts");
  gtk_box_append (GTK_BOX (self), overlay);
  gtk_box_append (GTK_BOX (self), self->name);
  gtk_box_append (GTK_BOX (self), self->facts);
  self->boxes = ballast_box_list_new ();
  gtk_widget_set_visible (self->boxes, FALSE);
  gtk_box_append (GTK_BOX (self), self->boxes);
}

void
ballast_image_details_pane_set_thumbnailer (BallastImageDetailsPane *self,
                                            BallastThumbnailer      *thumbnailer)
{
  g_return_if_fail (BALLAST_IS_IMAGE_DETAILS_PANE (self));

  g_set_object (&self->thumbnailer, thumbnailer);
}

void
ballast_image_details_pane_set_tally (BallastImageDetailsPane *self,
                                      BallastTally            *tally)
{
  g_return_if_fail (BALLAST_IS_IMAGE_DETAILS_PANE (self));

  ballast_box_list_set_tally (BALLAST_BOX_LIST (self->boxes), tally);
}

void
ballast_image_details_pane_set_image (BallastImageDetailsPane *self,
                                      BallastDocument         *document,
                                      gint64                   image_id)
{
  g_return_if_fail (BALLAST_IS_IMAGE_DETAILS_PANE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->document, document);
  self->image_id = image_id;
  if (document == NULL || image_id == 0)
    return;

  self->cancellable = g_cancellable_new ();
  ballast_image_details_load_async (document, image_id, self->cancellable, on_details_loaded,
                                    g_object_ref (self));
}
