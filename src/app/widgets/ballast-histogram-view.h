#pragma once

#include <gtk/gtk.h>

#include "ballast-histogram.h"

G_BEGIN_DECLS

/* A small histogram with a caption below each end and in the middle. */
#define BALLAST_TYPE_HISTOGRAM_VIEW (ballast_histogram_view_get_type ())
G_DECLARE_FINAL_TYPE (BallastHistogramView, ballast_histogram_view, BALLAST, HISTOGRAM_VIEW, GtkWidget)

/* Copies all; @captions: low end, what it is, high end.  The description for screen readers is
 * made of them. */
void ballast_histogram_view_set (BallastHistogramView   *self,
                                 const BallastHistogram *histogram,
                                 const char *const       captions[3]);

G_END_DECLS
