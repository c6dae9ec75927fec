/*
 * Dividing images between training, validation and test.
 *
 * Images become units (a group, or an image alone), units go to sides, and the sides of the images
 * are read off: that no group is on two sides holds by construction.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-split-private.h"

#include <stdlib.h>
#include <string.h>

/* What the draw is for; part of what makes a seed's result. */
#define PURPOSE_SPLIT 0x53504C54u

/* Sizes count so much more than all classes together: where classes cannot be divided (each lies in
 * one folder, and folders are groups), no side shall stay empty for their sake. */
#define SIZE_WEIGHT 20

typedef struct
{
  const BallastSplitImages *images;
  guint32                  *unit_of;  /* by image */
  guint32                  *members;  /* images by unit */
  guint32                  *ends;     /* of a unit's images in members */
} Gathering;

static guint64
draw (const BallastRandomKey *key,
      guint64                 seed)
{
  return ballast_random_bits (key, PURPOSE_SPLIT ^ (guint32) (seed >> 32), (guint32) seed);
}

/* Numbers the units in the order of their first images; returns how many. */
static guint
number_units (const BallastSplitImages *images,
              guint32                  *unit_of)
{
  g_autofree guint32 *unit_of_group = g_new (guint32, MAX (images->n_groups, 1));
  guint n_units = 0;

  memset (unit_of_group, 0xff, MAX (images->n_groups, 1) * sizeof *unit_of_group);
  for (guint i = 0; i < images->n_images; i++)
    {
      guint32 group = images->groups != NULL ? images->groups[i] : BALLAST_SPLIT_ALONE;

      if (group >= images->n_groups)
        unit_of[i] = n_units++;
      else if (unit_of_group[group] == G_MAXUINT32)
        unit_of[i] = unit_of_group[group] = n_units++;
      else
        unit_of[i] = unit_of_group[group];
    }

  return n_units;
}

static void
gather (Gathering *gathering,
        guint      n_units)
{
  guint n = gathering->images->n_images;
  g_autofree guint32 *next = g_new0 (guint32, n_units + 1);

  for (guint i = 0; i < n; i++)
    next[gathering->unit_of[i] + 1]++;
  for (guint i = 0; i < n_units; i++)
    {
      next[i + 1] += next[i];
      gathering->ends[i] = next[i + 1];
    }
  for (guint i = 0; i < n; i++)
    gathering->members[next[gathering->unit_of[i]]++] = i;
}

/* Adds the labels of one unit behind those that are there; @seen: by class, the place of its label
 * in this unit, valid where it names the class. */
static guint32
add_labels (BallastSplitState *state,
            const Gathering   *gathering,
            guint              unit,
            guint32           *seen)
{
  const BallastSplitImages *images = gathering->images;
  guint32 begin = unit > 0 ? state->label_ends[unit - 1] : 0;
  guint32 end = begin;

  for (guint32 m = unit > 0 ? gathering->ends[unit - 1] : 0; m < gathering->ends[unit]; m++)
    {
      guint32 image = gathering->members[m];

      for (guint32 l = image > 0 ? images->label_ends[image - 1] : 0; l < images->label_ends[image]; l++)
        {
          guint32 class_index = images->labels[l];
          guint32 place = seen[class_index];

          if (place < begin || place >= end || state->labels[place].class_index != class_index)
            {
              place = seen[class_index] = end++;
              state->labels[place] = (BallastSplitLabel) { class_index, 0 };
            }
          state->labels[place].count++;
          state->totals[class_index]++;
        }
    }
  state->has_several = state->has_several || end - begin > 1;

  return end;
}

static void
fill_units (BallastSplitState *state,
            const Gathering   *gathering,
            guint64            seed)
{
  g_autofree guint32 *seen = g_new0 (guint32, MAX (state->n_classes, 1));

  for (guint unit = 0; unit < state->n_units; unit++)
    {
      guint32 begin = unit > 0 ? gathering->ends[unit - 1] : 0;

      state->sizes[unit] = gathering->ends[unit] - begin;
      state->has_groups = state->has_groups || state->sizes[unit] > 1;
      state->draws[unit] = G_MAXUINT64;
      for (guint32 m = begin; m < gathering->ends[unit]; m++)
        {
          guint64 bits = draw (&gathering->images->keys[gathering->members[m]], seed);

          state->draws[unit] = MIN (state->draws[unit], bits);
        }
      state->label_ends[unit] = add_labels (state, gathering, unit, seen);
      state->sides[unit] = -1;
    }
}

static void
state_init (BallastSplitState         *state,
            Gathering                 *gathering,
            const BallastSplitOptions *options,
            const double              *shares)
{
  const BallastSplitImages *images = gathering->images;
  guint n_labels = images->n_images > 0 ? images->label_ends[images->n_images - 1] : 0;

  *state = (BallastSplitState) { .n_parts = options->parts->len, .n_classes = images->n_classes,
                                 .shares = shares, .n_images = images->n_images };
  gathering->unit_of = g_new (guint32, images->n_images + 1);
  gathering->members = g_new (guint32, images->n_images + 1);
  state->n_units = number_units (images, gathering->unit_of);
  gathering->ends = g_new (guint32, state->n_units + 1);
  gather (gathering, state->n_units);

  state->draws = g_new (guint64, state->n_units + 1);
  state->sizes = g_new (guint32, state->n_units + 1);
  state->label_ends = g_new (guint32, state->n_units + 1);
  state->labels = g_new (BallastSplitLabel, n_labels + 1);
  state->sides = g_new (gint8, state->n_units + 1);
  state->part_sizes = g_new0 (guint64, state->n_parts);
  state->counts = g_new0 (guint64, (gsize) state->n_parts * state->n_classes + 1);
  state->totals = g_new0 (guint64, state->n_classes + 1);
  fill_units (state, gathering, options->seed);
}

static void
state_clear (BallastSplitState *state,
             Gathering         *gathering)
{
  g_free (gathering->unit_of);
  g_free (gathering->members);
  g_free (gathering->ends);
  g_free (state->draws);
  g_free (state->sizes);
  g_free (state->label_ends);
  g_free (state->labels);
  g_free (state->sides);
  g_free (state->part_sizes);
  g_free (state->counts);
  g_free (state->totals);
}

void
ballast_split_state_put (BallastSplitState *state,
                         guint              unit,
                         int                side)
{
  const BallastSplitLabel *labels;
  guint n_labels = ballast_split_state_get_labels (state, unit, &labels);
  int from = state->sides[unit];

  if (from >= 0)
    state->part_sizes[from] -= state->sizes[unit];
  state->part_sizes[side] += state->sizes[unit];
  for (guint i = 0; i < n_labels; i++)
    {
      guint64 *counts = &state->counts[(gsize) labels[i].class_index * state->n_parts];

      if (from >= 0)
        counts[from] -= labels[i].count;
      counts[side] += labels[i].count;
    }
  state->sides[unit] = side;
}

typedef struct
{
  guint64 draw;
  guint   unit;
} Rank;

static int
compare_ranks (const void *a,
               const void *b)
{
  const Rank *left = a, *right = b;

  if (left->draw != right->draw)
    return left->draw < right->draw ? -1 : 1;
  return (left->unit > right->unit) - (left->unit < right->unit);
}

guint *
ballast_split_state_dup_order (const BallastSplitState *state)
{
  g_autofree Rank *ranks = g_new (Rank, state->n_units + 1);
  guint *order = g_new (guint, state->n_units + 1);

  for (guint i = 0; i < state->n_units; i++)
    ranks[i] = (Rank) { state->draws[i], i };
  qsort (ranks, state->n_units, sizeof *ranks, compare_ranks);
  for (guint i = 0; i < state->n_units; i++)
    order[i] = ranks[i].unit;

  return order;
}

/* The squared distance from a share, in the unit of the share, after @change. */
static double
price (double count,
       double total,
       double share,
       gint64 change)
{
  double wanted = total * share;
  double after = count + change - wanted, before = count - wanted;

  return wanted > 0 ? (after * after - before * before) / (wanted * total) : 0;
}

double
ballast_split_state_price_move (const BallastSplitState *state,
                                guint                    unit,
                                guint                    side,
                                gboolean                 with_classes)
{
  const BallastSplitLabel *labels;
  guint n_labels = with_classes ? ballast_split_state_get_labels (state, unit, &labels) : 0;
  guint from = state->sides[unit];
  gint64 size = state->sizes[unit];
  double sum = price (state->part_sizes[from], state->n_images, state->shares[from], -size) +
               price (state->part_sizes[side], state->n_images, state->shares[side], size);

  if (with_classes)
    sum *= SIZE_WEIGHT * MAX (state->n_classes, 1);
  for (guint i = 0; i < n_labels; i++)
    {
      const guint64 *counts = &state->counts[(gsize) labels[i].class_index * state->n_parts];
      double total = state->totals[labels[i].class_index];
      gint64 count = labels[i].count;

      sum += price (counts[from], total, state->shares[from], -count) +
             price (counts[side], total, state->shares[side], count);
    }

  return sum;
}

static void
divide (BallastSplitState *state,
        BallastSplitMethod method)
{
  gboolean with_classes = method == BALLAST_SPLIT_STRATIFIED;

  if (state->has_groups)
    {
      ballast_split_greedily (state, with_classes);
      ballast_split_repair (state, with_classes);
    }
  else if (!with_classes)
    ballast_split_by_rank (state);
  else if (state->has_several)
    {
      ballast_split_iteratively (state);
      ballast_split_repair (state, TRUE);
    }
  else
    ballast_split_by_strata (state);

  if (with_classes)
    ballast_split_spread (state);
}

static BallastSplit *
read_off (BallastSplitState *state,
          const Gathering   *gathering)
{
  BallastSplit *split = g_new0 (BallastSplit, 1);
  guint n = gathering->images->n_images;

  split->n_images = n;
  split->n_parts = state->n_parts;
  split->n_classes = state->n_classes;
  split->sides = g_new (guint8, n + 1);
  split->units = g_new0 (guint64, state->n_classes + 1);
  for (guint i = 0; i < n; i++)
    split->sides[i] = state->sides[gathering->unit_of[i]];
  for (guint unit = 0; unit < state->n_units; unit++)
    if (state->sizes[unit] > 1)
      split->largest_group = MAX (split->largest_group, state->sizes[unit]);
  for (guint i = 0; state->n_units > 0 && i < state->label_ends[state->n_units - 1]; i++)
    split->units[state->labels[i].class_index]++;
  split->sizes = g_steal_pointer (&state->part_sizes);
  split->counts = g_steal_pointer (&state->counts);
  split->totals = g_steal_pointer (&state->totals);

  return split;
}

BallastSplit *
ballast_split_new (const BallastSplitImages  *images,
                   const BallastSplitOptions *options)
{
  Gathering gathering = { .images = images };
  BallastSplitState state;
  double shares[BALLAST_SPLIT_MAX_PARTS];
  BallastSplit *split;

  g_return_val_if_fail (options->parts->len > 0, NULL);
  g_return_val_if_fail (options->parts->len <= BALLAST_SPLIT_MAX_PARTS, NULL);

  for (guint i = 0; i < options->parts->len; i++)
    shares[i] = ballast_split_options_get_part (options, i)->share;
  state_init (&state, &gathering, options, shares);
  divide (&state, options->method);
  split = read_off (&state, &gathering);
  state_clear (&state, &gathering);

  return split;
}

void
ballast_split_free (BallastSplit *split)
{
  if (split == NULL)
    return;

  g_free (split->sides);
  g_free (split->sizes);
  g_free (split->counts);
  g_free (split->totals);
  g_free (split->units);
  g_free (split);
}
