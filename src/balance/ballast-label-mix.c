/*
 * SCUMBLE and the plain figures of multi-label data.
 *
 * The geometric mean is taken through logarithms, so that a thousand classes in an image do not
 * overflow.  One pass; the order of the images changes nothing but the last digits of sums.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-label-mix.h"

#include <math.h>

BallastLabelMix *
ballast_label_mix_new (const guint64 *images,
                       guint          n_classes)
{
  BallastLabelMix *self = g_new0 (BallastLabelMix, 1);
  guint64 most = 0;
  guint n_present = 0;

  self->n_classes = n_classes;
  self->irlbl = g_new0 (double, n_classes);
  self->sums = g_new0 (double, n_classes);
  self->counts = g_new0 (guint64, n_classes);
  for (guint i = 0; i < n_classes; i++)
    most = MAX (most, images[i]);
  for (guint i = 0; i < n_classes; i++)
    if (images[i] > 0)
      {
        self->irlbl[i] = (double) most / images[i];
        self->mean_irlbl += self->irlbl[i];
        n_present++;
      }
  if (n_present > 0)
    self->mean_irlbl /= n_present;
  return self;
}

void
ballast_label_mix_free (BallastLabelMix *self)
{
  g_free (self->irlbl);
  g_free (self->sums);
  g_free (self->counts);
  g_free (self);
}

static double
measure (const BallastLabelMix *self,
         const guint           *classes,
         guint                  n)
{
  double logs = 0, sum = 0;

  for (guint i = 0; i < n; i++)
    {
      if (self->irlbl[classes[i]] <= 0)
        return 0;
      logs += log (self->irlbl[classes[i]]);
      sum += self->irlbl[classes[i]];
    }
  return n < 2 ? 0 : MAX (1 - exp (logs / n) / (sum / n), 0);
}

double
ballast_label_mix_add (BallastLabelMix *self,
                       const guint     *classes,
                       guint            n)
{
  double scumble = measure (self, classes, n);

  self->images++;
  self->labels += n;
  self->sum += scumble;
  for (guint i = 0; i < n; i++)
    {
      self->sums[classes[i]] += scumble;
      self->counts[classes[i]]++;
    }
  return scumble;
}

double
ballast_label_mix_get_scumble (const BallastLabelMix *self)
{
  return self->images == 0 ? 0 : self->sum / self->images;
}

double
ballast_label_mix_get_class_scumble (const BallastLabelMix *self,
                                     guint                  class_index)
{
  g_return_val_if_fail (class_index < self->n_classes, 0);

  return self->counts[class_index] == 0 ? 0 : self->sums[class_index] / self->counts[class_index];
}

double
ballast_label_mix_get_cardinality (const BallastLabelMix *self)
{
  return self->images == 0 ? 0 : (double) self->labels / self->images;
}

double
ballast_label_mix_get_density (const BallastLabelMix *self)
{
  return self->n_classes == 0 ? 0 : ballast_label_mix_get_cardinality (self) / self->n_classes;
}
