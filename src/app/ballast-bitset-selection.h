#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A multiple selection that keeps positions and no items: a million selected rows cost a few
 * bytes, where GtkMultiSelection would hold a million objects.
 *
 * The model must not change its length while it is wrapped: lists of images never do.
 */
#define BALLAST_TYPE_BITSET_SELECTION (ballast_bitset_selection_get_type ())
G_DECLARE_FINAL_TYPE (BallastBitsetSelection, ballast_bitset_selection, BALLAST, BITSET_SELECTION,
                      GObject)

/* Takes @model. */
BallastBitsetSelection *ballast_bitset_selection_new       (GListModel             *model);

/* (transfer none) */
GListModel             *ballast_bitset_selection_get_model (BallastBitsetSelection *self);

/* How many positions are selected. */
guint                   ballast_bitset_selection_get_size  (BallastBitsetSelection *self);

G_END_DECLS
