/*
 * The figures that say how uneven a dataset is.
 *
 * One pass over the counts for the sums, one sort for the Gini coefficient: O(K log K).  Sums run in
 * index order, so the last digit does not depend on anything but the counts.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-imbalance.h"

#include "ballast-json-members.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare_counts (const void *a,
                const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

static void
find_extremes (const guint64    *counts,
               BallastImbalance *imbalance)
{
  imbalance->majority = G_MAXUINT;
  for (guint i = 0; i < imbalance->classes; i++)
    {
      imbalance->total += counts[i];
      if (counts[i] == 0)
        imbalance->empty_classes++;
      else if (imbalance->smallest == 0 || counts[i] < imbalance->smallest)
        imbalance->smallest = counts[i];
      if (counts[i] > imbalance->largest)
        {
          imbalance->largest = counts[i];
          imbalance->majority = i;
        }
    }
}

static void
count_groups (const guint64    *counts,
              guint64           many,
              guint64           few,
              BallastImbalance *imbalance)
{
  for (guint i = 0; i < imbalance->classes; i++)
    {
      if (counts[i] > many)
        imbalance->many++;
      else if (counts[i] < few)
        imbalance->few++;
      else
        imbalance->medium++;
    }
}

/* Entropy, the sum of squares and the distances from the even spread. */
static void
sum_shares (const guint64    *counts,
            BallastImbalance *imbalance)
{
  double even = imbalance->balanced_share, squares = 0, distance = 0, ratios = 0;
  double entropy = 0;

  for (guint i = 0; i < imbalance->classes; i++)
    {
      double p = (double) counts[i] / (double) imbalance->total;

      squares += p * p;
      distance += fabs (p - even);
      if (counts[i] > 0)
        {
          entropy -= p * log (p);
          ratios += (double) imbalance->largest / (double) counts[i];
        }
    }

  imbalance->entropy = MAX (entropy, 0);
  imbalance->inverse_simpson = 1 / squares;
  imbalance->total_variation = distance / 2;
  imbalance->mean_ratio = ratios / (imbalance->classes - imbalance->empty_classes);
}

/* Half of Σ |x_i - Σ x / K|, by whole numbers as long as they can be: 54, not 54.00000000000001. */
static double
measure_move (const guint64          *counts,
              const BallastImbalance *imbalance)
{
  double n = imbalance->classes, distance = 0;

  for (guint i = 0; i < imbalance->classes; i++)
    distance += fabs (n * (double) counts[i] - (double) imbalance->total);
  return distance / (2 * n);
}

/* Gini = 2 Σ i x_i / (K Σ x) - (K + 1) / K over the counts in ascending order, i from 1. */
static void
measure_gini (const guint64    *counts,
              BallastImbalance *imbalance)
{
  guint n = imbalance->classes;
  g_autofree guint64 *sorted = g_memdup2 (counts, n * sizeof *counts);
  double weighted = 0;

  qsort (sorted, n, sizeof *sorted, compare_counts);
  for (guint i = 0; i < n; i++)
    weighted += (i + 1.0) * (double) sorted[i];

  imbalance->gini = MAX (2 * weighted / (n * (double) imbalance->total) - (n + 1.0) / n, 0);
  imbalance->gini_normalised = n > 1 ? imbalance->gini * n / (n - 1.0) : 0;
}

/* χ² = Σ (n - N/K)² / (N/K), and what is derived from it. */
static void
measure_spread (const guint64    *counts,
                BallastImbalance *imbalance)
{
  guint n = imbalance->classes;
  double total = (double) imbalance->total, mean = total / n, squares = 0;

  for (guint i = 0; i < n; i++)
    squares += ((double) counts[i] - mean) * ((double) counts[i] - mean);

  imbalance->chi_square = squares / mean;
  imbalance->effect_size = n > 1 ? sqrt (imbalance->chi_square / (total * (n - 1.0))) : 0;
  imbalance->variation = sqrt (squares / n) / mean;
}

void
ballast_imbalance_measure (const guint64    *counts,
                           guint             n,
                           guint64           many,
                           guint64           few,
                           BallastImbalance *imbalance)
{
  g_return_if_fail (many >= few);

  *imbalance = (BallastImbalance){ .classes = n };
  find_extremes (counts, imbalance);
  count_groups (counts, many, few, imbalance);
  if (n == 0)
    return;
  imbalance->balanced_share = 1.0 / n;
  if (imbalance->total == 0)
    return;

  imbalance->ratio = (double) imbalance->largest / (double) imbalance->smallest;
  imbalance->majority_share = (double) imbalance->largest / (double) imbalance->total;
  sum_shares (counts, imbalance);
  imbalance->evenness = n > 1 ? imbalance->entropy / log (n) : 1;
  imbalance->effective_classes = exp (imbalance->entropy);
  imbalance->images_to_move = measure_move (counts, imbalance);
  imbalance->kl = MAX (log (n) - imbalance->entropy, 0);
  imbalance->lrid = 2 * (double) imbalance->total * imbalance->kl;
  measure_gini (counts, imbalance);
  measure_spread (counts, imbalance);
}

void
ballast_imbalance_measure_tally (const BallastTally *tally,
                                 int                 split,
                                 BallastUnit         unit,
                                 BallastImbalance   *imbalance)
{
  g_autofree guint64 *counts = ballast_unit_dup_counts (unit, tally, split);

  ballast_imbalance_measure (counts, tally->n_classes, BALLAST_IMBALANCE_MANY,
                             BALLAST_IMBALANCE_FEW, imbalance);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint64      value)
{
  ballast_json_add_int (builder, name, value);
}

static void
add_derived (JsonBuilder            *builder,
             const BallastImbalance *imbalance)
{
  ballast_json_add_number (builder, "mean_ratio", imbalance->mean_ratio);
  ballast_json_add_number (builder, "inverse_simpson", imbalance->inverse_simpson);
  ballast_json_add_number (builder, "gini_normalised", imbalance->gini_normalised);
  ballast_json_add_number (builder, "images_to_move", imbalance->images_to_move);
  ballast_json_add_number (builder, "kl_nats", imbalance->kl);
  ballast_json_add_number (builder, "lrid", imbalance->lrid);
  ballast_json_add_number (builder, "chi_square", imbalance->chi_square);
  ballast_json_add_number (builder, "effect_size", imbalance->effect_size);
  ballast_json_add_number (builder, "variation", imbalance->variation);
  add_count (builder, "many", imbalance->many);
  add_count (builder, "medium", imbalance->medium);
  add_count (builder, "few", imbalance->few);
}

JsonNode *
ballast_imbalance_to_json (const BallastImbalance *imbalance,
                           const BallastTally     *tally,
                           BallastUnit             unit)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "unit", ballast_unit_get_name (unit));
  add_count (builder, "classes", imbalance->classes);
  add_count (builder, "empty_classes", imbalance->empty_classes);
  ballast_json_add_number (builder, "ratio", imbalance->ratio);
  json_builder_set_member_name (builder, "majority_class");
  if (imbalance->majority < tally->n_classes)
    json_builder_add_string_value (builder, tally->classes[imbalance->majority].name);
  else
    json_builder_add_null_value (builder);
  ballast_json_add_number (builder, "majority_share", imbalance->majority_share);
  ballast_json_add_number (builder, "entropy_nats", imbalance->entropy);
  ballast_json_add_number (builder, "evenness", imbalance->evenness);
  ballast_json_add_number (builder, "effective_classes", imbalance->effective_classes);
  ballast_json_add_number (builder, "gini", imbalance->gini);
  ballast_json_add_number (builder, "total_variation", imbalance->total_variation);
  add_derived (builder, imbalance);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
