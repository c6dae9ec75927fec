#pragma once

#include "ballast-picture.h"

G_BEGIN_DECLS

/*
 * A histogram: a column a bin, with what the bins are below and how many above.  Parts are the bins.
 * A plain value that its maker fills in.
 */
typedef struct
{
  BallastPicture    base;
  guint             n;
  guint64          *counts;
  char            **labels; /* n; below a bin, or NULL for none; owned */
  char            **whole;  /* n; what the bin is, in full, for tables and pointing; owned */
  char             *title;  /* (nullable): of the axis */
  char             *unit;   /* what is counted: a column's title; "Objects" */

  BallastChartRect  plot;   /* private: the layout's */
  gboolean          values;
} BallastBinsPicture;

/* (transfer full): counts 0, no labels. */
BallastBinsPicture *ballast_bins_picture_new (guint        n,
                                              const char  *title,
                                              const char  *unit);

/* Takes @label (nullable) and @whole. */
void                ballast_bins_picture_set (BallastBinsPicture *self,
                                              guint        bin,
                                              guint64      count,
                                              char        *label,
                                              char        *whole);

G_END_DECLS
