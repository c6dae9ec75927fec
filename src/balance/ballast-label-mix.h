#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How strongly rare classes stand in the same images as common ones: SCUMBLE (Charte, Rivera, del
 * Jesus, Herrera 2014; "Score of ConcUrrence among iMBalanced LabEls").
 *
 * Of an image with the classes Y: 1 - geometric mean / arithmetic mean of IRLbl over Y, where
 * IRLbl_c = images of the most frequent class / images of c.  0 where all classes of the image are
 * equally frequent (or it holds one, or none), towards 1 the further they are apart.  Where the mean over all
 * images is high, copying images cannot balance: each copy of a rare class brings a common one.
 */
typedef struct
{
  guint    n_classes;
  guint64  images;      /* added so far */
  double  *irlbl;       /* by class; 0 for a class without images */
  double   mean_irlbl;  /* MeanIR: over the classes that have images; 0 without any */
  double   sum;
  guint64  labels;      /* Σ |Y| */
  double  *sums;        /* by class: Σ of the images that hold it */
  guint64 *counts;      /* by class: images that hold it */
} BallastLabelMix;

/* (transfer full): @images: how many images hold each class, of the same images as are added. */
BallastLabelMix *ballast_label_mix_new (const guint64 *images,
                                        guint          n_classes);
void             ballast_label_mix_free (BallastLabelMix *self);

/* Adds an image of the distinct @classes and returns its SCUMBLE. */
double           ballast_label_mix_add (BallastLabelMix *self,
                                        const guint     *classes,
                                        guint            n);

/* Mean over all images added; over those that hold @class_index.  0 without images. */
double           ballast_label_mix_get_scumble (const BallastLabelMix *self);
double           ballast_label_mix_get_class_scumble (const BallastLabelMix *self,
                                                      guint                  class_index);

/* Classes an image holds in the mean, and the same as a share of all classes (Tsoumakas 2007). */
double           ballast_label_mix_get_cardinality (const BallastLabelMix *self);
double           ballast_label_mix_get_density (const BallastLabelMix *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastLabelMix, ballast_label_mix_free)

G_END_DECLS
