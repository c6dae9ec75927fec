#pragma once

#include "ballast-split.h"

G_BEGIN_DECLS

/* So many images of a unit hold the class. */
typedef struct
{
  guint32 class_index;
  guint32 count;
} BallastSplitLabel;

/*
 * What cannot be divided further: a group, or an image in none.  Units move between sides; the sums
 * follow (ballast_split_state_put).
 */
typedef struct
{
  guint              n_units;
  guint              n_parts;
  guint              n_classes;
  const double      *shares;
  guint64           *draws;      /* by unit: uniform bits */
  guint32           *sizes;      /* by unit: images */
  guint32           *label_ends; /* by unit */
  BallastSplitLabel *labels;
  gint8             *sides;      /* by unit; -1: nowhere yet */
  guint64            n_images;
  guint64           *part_sizes;
  guint64           *counts;     /* [class × n_parts + part] */
  guint64           *totals;     /* by class */
  gboolean           has_groups;
  gboolean           has_several; /* some image or group has more than one class */
} BallastSplitState;

/* The labels of a unit: from *@first, as many as it returns. */
static inline guint
ballast_split_state_get_labels (const BallastSplitState  *state,
                                guint                     unit,
                                const BallastSplitLabel **first)
{
  guint32 begin = unit > 0 ? state->label_ends[unit - 1] : 0;

  *first = state->labels + begin;
  return state->label_ends[unit] - begin;
}

/* Takes the unit from where it is to @side. */
void   ballast_split_state_put        (BallastSplitState *state,
                                       guint              unit,
                                       int                side);

/* (transfer full): the units in the order of their draws. */
guint *ballast_split_state_dup_order  (const BallastSplitState *state);

/* What is lost by moving the unit to @side: below 0 where the sides come closer to their shares,
 * of images and (@with_classes) of every class. */
double ballast_split_state_price_move (const BallastSplitState *state,
                                       guint                    unit,
                                       guint                    side,
                                       gboolean                 with_classes);

/* Each puts every unit somewhere. */
void   ballast_split_by_rank          (BallastSplitState *state); /* single images, regardless of classes */
void   ballast_split_by_strata        (BallastSplitState *state); /* single images, one class at most */
void   ballast_split_iteratively      (BallastSplitState *state); /* single images */
void   ballast_split_greedily         (BallastSplitState *state,
                                       gboolean           with_classes);

/* Moves and exchanges units while that helps. */
void   ballast_split_repair           (BallastSplitState *state,
                                       gboolean           with_classes);

/* Brings every class that has units enough into every side. */
void   ballast_split_spread           (BallastSplitState *state);

G_END_DECLS
