#pragma once

#include <gtk/gtk.h>

#include "ballast-image-list.h"
#include "ballast-pipeline.h"
#include "ballast-preview-partners.h"
#include "ballast-redraws.h"

G_BEGIN_DECLS

/*
 * The original of an image beside variants of it, drawn off the main thread and live while a slider
 * moves.  Variant n is copy n of an export with the same seed.
 *
 * Signals: "measured": all are drawn, and the figures below are those of the pipeline; "rejected"
 * (uint: the copy): it is not to be exported as it is.
 */
#define BALLAST_TYPE_VARIANT_GRID (ballast_variant_grid_get_type ())
G_DECLARE_FINAL_TYPE (BallastVariantGrid, ballast_variant_grid, BALLAST, VARIANT_GRID, GtkWidget)

/* Which image; NULL for none.  It has to be loaded. */
void   ballast_variant_grid_set_item       (BallastVariantGrid    *self,
                                            BallastImageItem      *item);

/* Copied; draws at once. */
void   ballast_variant_grid_set_pipeline   (BallastVariantGrid    *self,
                                            const BallastPipeline *pipeline);
void   ballast_variant_grid_set_seed       (BallastVariantGrid    *self,
                                            guint64                seed);

/* The copies that were rejected; NULL: none. */
void   ballast_variant_grid_set_redraws    (BallastVariantGrid    *self,
                                            const BallastRedraws  *redraws);

/* The class that a mirror makes of the item's: mirrored copies are marked with it.  NULL: the same. */
void   ballast_variant_grid_set_mirrored   (BallastVariantGrid    *self,
                                            const char            *mirrored);

/* Of the boxes that are set next: by box a GBytes with its outline or mask, or NULL. */
void   ballast_variant_grid_set_outlines   (BallastVariantGrid    *self,
                                            GPtrArray             *outlines);

/* Boxes (of BallastBox, copied) in pixels of the item's file, which has @width × @height, and the
 * indices of their classes (of guint, copied); until there is another item. */
void   ballast_variant_grid_set_boxes      (BallastVariantGrid    *self,
                                            const GArray          *boxes,
                                            const GArray          *classes,
                                            guint                  width,
                                            guint                  height);

/* The class that steps are asked for, where it is not the item's first; until there is another item. */
void   ballast_variant_grid_set_class_name (BallastVariantGrid    *self,
                                            const char            *class_name);

/* What copies of the item take parts from; NULL: nothing. */
void   ballast_variant_grid_set_lender     (BallastVariantGrid    *self,
                                            BallastPreviewLender  *lender);

/* How many pictures, the original among them: 2 … 25. */
void   ballast_variant_grid_set_n_pictures (BallastVariantGrid    *self,
                                            guint                  n_pictures);

/* The next copies of the same image. */
void   ballast_variant_grid_draw_again     (BallastVariantGrid    *self);

/* What a copy of this image costs at its full size, in nanoseconds; -1 until measured. */
gint64 ballast_variant_grid_get_cost_ns    (BallastVariantGrid    *self);

/* Passes that interpolate, of the variant that needs most. */
guint  ballast_variant_grid_get_n_resamplings (BallastVariantGrid *self);

G_END_DECLS
