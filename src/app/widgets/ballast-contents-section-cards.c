/*
 * What the cards about the contents of images show, and their words.
 *
 * Pure views of the section's statistics and choices; no card keeps a number of its own.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-contents-section-private.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-content-pictures.h"

#define COMPANIONS 8
#define MAPS 7
#define WIDE_FROM 12 /* classes from which a matrix needs the whole width */

/* The selected class's place in the tally, or -1. */
static int
get_selected (BallastContentsSection *self)
{
  gint64 class_id = self->selection != NULL ? ballast_selection_get_class_id (self->selection) : 0;
  const BallastClassTally *class
    = self->tally != NULL ? ballast_tally_find_class_by_id (self->tally, class_id) : NULL;

  return class != NULL ? (int) class->index : -1;
}

int
_ballast_contents_section_get_subject (BallastContentsSection *self)
{
  int best = get_selected (self);
  guint64 least = G_MAXUINT64;

  if (best >= 0 || self->contents == NULL)
    return best;
  for (guint i = 0; i < self->contents->n_classes; i++)
    {
      guint64 images = ballast_co_occurrence_get_images (self->contents->together, i);
      guint n;

      ballast_co_occurrence_get_companions (self->contents->together, i, &n);
      if (n > 0 && images < least)
        {
          best = i;
          least = images;
        }
    }
  return best;
}

static BallastMatrixMode
get_mode (BallastContentsSection *self)
{
  if (g_str_equal (self->mode, "counts"))
    return BALLAST_MATRIX_COUNTS;
  return g_str_equal (self->mode, "jaccard") ? BALLAST_MATRIX_JACCARD : BALLAST_MATRIX_SHARE;
}

static BallastContentBins
get_measure (BallastContentsSection *self)
{
  if (g_str_equal (self->measure, "relative"))
    return BALLAST_CONTENT_BINS_RELATIVE;
  if (g_str_equal (self->measure, "aspect"))
    return BALLAST_CONTENT_BINS_ASPECT;
  return g_str_equal (self->measure, "bands") ? BALLAST_CONTENT_BINS_BANDS
                                              : BALLAST_CONTENT_BINS_PER_IMAGE;
}

static gboolean
has_boxes (BallastContentsSection *self)
{
  return self->contents != NULL && self->contents->boxes.boxes > 0;
}

static BallastPicture *
make_matrix (BallastContentsSection *self,
             guint                  *n_hidden)
{
  const BallastMatrixWish wish = { get_mode (self), g_str_equal (self->order, "likeness"),
                                   (guint) g_ascii_strtoull (self->classes, NULL, 10) };

  return ballast_content_matrix_new (self->contents, self->tally, &wish, n_hidden);
}

BallastPicture *
_ballast_contents_section_make_together (gpointer user_data)
{
  BallastContentsSection *self = user_data;

  if (self->contents == NULL || ballast_co_occurrence_get_n_mixed (self->contents->together) == 0)
    return NULL;
  return make_matrix (self, NULL);
}

BallastPicture *
_ballast_contents_section_make_companions (gpointer user_data)
{
  BallastContentsSection *self = user_data;
  int subject = _ballast_contents_section_get_subject (self);
  guint n;

  if (self->contents == NULL || subject < 0)
    return NULL;
  ballast_co_occurrence_get_companions (self->contents->together, subject, &n);
  return n == 0 ? NULL
                : ballast_content_shares_new (self->contents, self->tally, subject, COMPANIONS);
}

BallastPicture *
_ballast_contents_section_make_objects (gpointer user_data)
{
  BallastContentsSection *self = user_data;
  BallastContentBins which = get_measure (self);

  if (self->contents == NULL || self->contents->images == 0)
    return NULL;
  if (!has_boxes (self))
    which = BALLAST_CONTENT_BINS_PER_IMAGE;
  return ballast_content_bins_new (self->contents, which, get_selected (self));
}

BallastPicture *
_ballast_contents_section_make_places (gpointer user_data)
{
  BallastContentsSection *self = user_data;
  const BallastLocationMap *places
    = self->contents != NULL
        ? ballast_content_statistics_get_places (self->contents, get_selected (self)) : NULL;

  if (places == NULL || places->boxes == 0)
    return NULL;
  return ballast_content_places_new (self->contents, self->tally, get_selected (self), MAPS);
}

static void
update_together (BallastContentsSection *self)
{
  guint n_hidden = 0, shown = 0;
  g_autofree char *mixed = NULL, *images = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->contents != NULL)
    {
      g_autoptr(BallastPicture) picture = make_matrix (self, &n_hidden);

      shown = ((BallastMatrixPicture *) picture)->n;
      mixed = ballast_chart_format_count (ballast_co_occurrence_get_n_mixed (self->contents->together));
      images = ballast_chart_format_count (self->contents->images);
      g_string_printf (text, _("%s of %s images hold several classes; SCUMBLE %.3f"), mixed, images,
                       ballast_label_mix_get_scumble (self->contents->mix));
      if (n_hidden > 0)
        g_string_append_printf (text, _(". The %u classes with the most images, of %u"), shown,
                                shown + n_hidden);
    }
  ballast_picture_card_update (self->together, text->str,
                               _("No image holds two classes: each can be balanced by itself."));
  g_object_set (self->pair_grid, "max-columns", shown > WIDE_FROM ? 1 : 2, "visible",
                self->contents != NULL &&
                ballast_co_occurrence_get_n_mixed (self->contents->together) > 0, NULL);
}

static void
update_companions (BallastContentsSection *self)
{
  int subject = _ballast_contents_section_get_subject (self);
  g_autofree char *images = NULL, *note = NULL;
  const char *name = subject >= 0 ? self->tally->classes[subject].name : _("Class");

  if (subject >= 0 && self->contents != NULL)
    {
      guint64 n_images = ballast_co_occurrence_get_images (self->contents->together, subject);

      images = ballast_chart_format_count (n_images);
      note = g_strdup_printf (g_dngettext (NULL, "What the %s image of “%s” holds besides; SCUMBLE %.3f",
                                           "What the %s images of “%s” hold besides; SCUMBLE %.3f",
                                           n_images), images, name,
                              ballast_label_mix_get_class_scumble (self->contents->mix, subject));
    }
  gtk_menu_button_set_label (self->class_button, name);
  ballast_picture_card_update (self->companions, note,
                               _("Nothing stands beside this class in its images."));
}

static void
update_objects (BallastContentsSection *self)
{
  g_autofree char *labels = NULL, *share = NULL, *note = NULL;
  int selected = get_measure (self) == BALLAST_CONTENT_BINS_PER_IMAGE ? -1 : get_selected (self);

  if (self->contents != NULL)
    {
      const BallastContentStatistics *contents = self->contents;
      guint64 count = selected >= 0 && has_boxes (self) ? contents->class_boxes[selected].boxes
                                                        : contents->labels;

      labels = ballast_chart_format_count (count);
      share = g_strdup_printf ("%.1f\u202f%%", contents->images > 0
                               ? 100.0 * contents->background / contents->images : 0);
      note = g_strdup_printf (has_boxes (self)
                              ? _("%s objects, %.1f an image; %s background")
                              : _("%s labels, %.1f an image; %s without"),
                              labels, ballast_content_statistics_get_mean_labels (contents), share);
      if (selected >= 0 && has_boxes (self))
        {
          g_free (note);
          note = g_strdup_printf (_("%s objects of “%s”"), labels, self->tally->classes[selected].name);
        }
    }
  ballast_picture_card_update (self->objects, note, _("No images yet"));
}

static void
update_places (BallastContentsSection *self)
{
  ballast_picture_card_update (self->places,
                               _("Share of the boxes that cover a place; each map to its own scale"),
                               get_selected (self) >= 0 ? _("This class has no boxes.")
                                                        : _("The sizes of the pictures are unknown."));
  gtk_widget_set_visible (GTK_WIDGET (self->places), has_boxes (self));
}

/* Menu buttons show what is chosen. */
static void
update_buttons (BallastContentsSection *self)
{
  static const struct
  {
    const char *value;
    const char *label;
  } labels[] = {
    { "share", N_("Share") }, { "counts", N_("Images") }, { "jaccard", N_("Jaccard") },
    { "bands", N_("Sizes") }, { "relative", N_("Relative size") }, { "aspect", N_("Shape") },
    { "per-image", N_("Per image") },
  };
  const char *measure = has_boxes (self) ? self->measure : "per-image";

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].value, self->mode))
        gtk_menu_button_set_label (self->mode_button, _(labels[i].label));
      if (g_str_equal (labels[i].value, measure))
        gtk_menu_button_set_label (self->measure_button, _(labels[i].label));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->measure_button), has_boxes (self));
}

void
_ballast_contents_section_update_cards (BallastContentsSection *self)
{
  BallastPictureCard *const cards[] = { self->together, self->companions, self->objects,
                                        self->places };
  g_autofree char *subtitle = NULL;

  if (self->document != NULL)
    subtitle = g_strdup_printf (_("%s · %s"), ballast_document_get_title (self->document),
                                ballast_document_get_subtitle (self->document));
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    ballast_picture_card_set_subtitle (cards[i], subtitle);
  ballast_class_menu_set_tally (self->class_menu, self->tally);
  update_buttons (self);
  update_together (self);
  update_companions (self);
  update_objects (self);
  update_places (self);
}
