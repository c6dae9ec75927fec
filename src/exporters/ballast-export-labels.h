#pragma once

#include "ballast-class-pair.h"
#include "ballast-exporter.h"
#include "ballast-program-box.h"

G_BEGIN_DECLS

/* How the labels of a source become those of one file. */
typedef struct
{
  const BallastExportSource *source;
  const BallastRecipe       *recipe;  /* (nullable): an original's */
  const BallastBoxPolicy    *policy;  /* of the recipe's pipeline */
  const BallastClassPair    *pairs;   /* that a mirror swaps, by index */
  gsize                      n_pairs;
  guint                      n_classes;
} BallastLabelMapping;

/*
 * (transfer full) (element-type BallastExportLabel): the labels of the file, with owned extras.  Of a
 * copy, boxes go as the policy says, outlines and masks go through the recipe with them, and what is
 * known of the original's area is left out.  @width and @height (out) are the file's, as looked at.
 */
GArray  *ballast_export_labels_map     (const BallastLabelMapping *mapping,
                                        guint                     *width,
                                        guint                     *height);

/* (transfer full): an array for labels whose extras are its own; and a copy of @labels in it. */
GArray  *ballast_export_labels_copy    (const BallastExportLabel  *labels,
                                        guint                      n_labels);

/* (transfer full) (nullable): what is left of the outline or mask @extra (packed) of a picture that lends
 * parts, number @partner of the recipe. */
guint8  *ballast_export_labels_map_lent (const BallastRecipe      *recipe,
                                        guint                      partner,
                                        const guint8              *extra,
                                        gsize                      n_extra,
                                        gsize                     *size);

/* The label's box in pixels; of one without a box the whole picture. */
BallastBox ballast_export_label_get_box (const BallastExportLabel *label,
                                        guint                      width,
                                        guint                      height);

G_END_DECLS
