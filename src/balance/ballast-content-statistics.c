/*
 * The figures about what images hold, in one pass.
 *
 * Memory: pairs that meet, and 4 KB for each class with boxes.  An image costs its labels and the
 * pairs of its classes.  One thread at a time until it is closed.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-content-statistics.h"

#include <math.h>

BallastContentStatistics *
ballast_content_statistics_new (const guint64 *images,
                                guint          n_classes)
{
  BallastContentStatistics *self = g_new0 (BallastContentStatistics, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_classes = n_classes;
  self->together = ballast_co_occurrence_new (n_classes);
  self->mix = ballast_label_mix_new (images, n_classes);
  self->class_boxes = g_new0 (BallastBoxStatistics, n_classes);
  self->places = g_new0 (BallastLocationMap, 1);
  self->class_places = g_new0 (BallastLocationMap *, n_classes);
  self->last_image = g_new0 (guint64, n_classes);
  self->distinct = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

BallastContentStatistics *
ballast_content_statistics_ref (BallastContentStatistics *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ballast_content_statistics_unref (BallastContentStatistics *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ballast_co_occurrence_free (self->together);
  ballast_label_mix_free (self->mix);
  for (guint i = 0; i < self->n_classes; i++)
    g_free (self->class_places[i]);
  g_free (self->class_places);
  g_free (self->class_boxes);
  g_free (self->places);
  g_free (self->last_image);
  g_clear_pointer (&self->distinct, g_array_unref);
  g_free (self);
}

static void
add_box (BallastContentStatistics  *self,
         double                     width,
         double                     height,
         const BallastContentLabel *label)
{
  BallastLocationMap **places = &self->class_places[label->class_index];

  ballast_box_statistics_add (&self->boxes, &label->box, width, height);
  ballast_box_statistics_add (&self->class_boxes[label->class_index], &label->box, width, height);
  if (*places == NULL)
    *places = g_new0 (BallastLocationMap, 1);
  ballast_location_map_add (self->places, &label->box, width, height);
  ballast_location_map_add (*places, &label->box, width, height);
}

void
ballast_content_statistics_add (BallastContentStatistics  *self,
                                double                     width,
                                double                     height,
                                const BallastContentLabel *labels,
                                guint                      n_labels)
{
  g_return_if_fail (self->distinct != NULL);

  self->images++;
  self->labels += n_labels;
  self->background += n_labels == 0;
  self->most_labels = MAX (self->most_labels, n_labels);
  self->by_labels[MIN (n_labels, BALLAST_CONTENT_MAX_LABELS)]++;
  if (width > 0 && height > 0)
    {
      self->mean_aspect += log (width / height);
      self->sized++;
    }

  g_array_set_size (self->distinct, 0);
  for (guint i = 0; i < n_labels; i++)
    {
      guint index = labels[i].class_index;

      if (index >= self->n_classes)
        continue;
      if (self->last_image[index] != self->images)
        g_array_append_val (self->distinct, index);
      self->last_image[index] = self->images;
      if (labels[i].has_box)
        add_box (self, width, height, &labels[i]);
    }
  ballast_co_occurrence_add (self->together, (const guint *) (gpointer) self->distinct->data,
                             self->distinct->len);
  ballast_label_mix_add (self->mix, (const guint *) (gpointer) self->distinct->data,
                         self->distinct->len);
}

void
ballast_content_statistics_close (BallastContentStatistics *self)
{
  ballast_co_occurrence_close (self->together);
  self->mean_aspect = self->sized > 0 ? exp (self->mean_aspect / self->sized) : 1;
  g_clear_pointer (&self->last_image, g_free);
  g_clear_pointer (&self->distinct, g_array_unref);
}

double
ballast_content_statistics_get_mean_labels (const BallastContentStatistics *self)
{
  return self->images == 0 ? 0 : (double) self->labels / self->images;
}

const BallastBoxStatistics *
ballast_content_statistics_get_boxes (const BallastContentStatistics *self,
                                      int                             class_index)
{
  g_return_val_if_fail (class_index < (int) self->n_classes, NULL);

  return class_index < 0 ? &self->boxes : &self->class_boxes[class_index];
}

const BallastLocationMap *
ballast_content_statistics_get_places (const BallastContentStatistics *self,
                                       int                             class_index)
{
  g_return_val_if_fail (class_index < (int) self->n_classes, NULL);

  return class_index < 0 ? self->places : self->class_places[class_index];
}
