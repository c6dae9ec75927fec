/*
 * The count that every class is to reach, as a text and as numbers.
 *
 * Statistics are over the classes that are not empty: a class without an image says nothing about
 * how large the others are.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-target.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-balance-error.h"

/* The largest number that is taken: beyond it a count of images is a typing error. */
#define MAX_NUMBER 1e12

static const struct
{
  const char       *text;
  BallastTargetKind kind;
} words[] = {
  { "max", BALLAST_TARGET_MAX },
  { "mean", BALLAST_TARGET_MEAN },
  { "median", BALLAST_TARGET_MEDIAN },
  { "min", BALLAST_TARGET_MIN },
};

/* A plain decimal number that is all of @text and within the bounds. */
static gboolean
parse_number (const char *text,
              double      minimum,
              double      maximum,
              double     *value)
{
  char *end;

  if (!g_ascii_isdigit (*text) && *text != '.')
    return FALSE;

  *value = g_ascii_strtod (text, &end);
  return *end == '\0' && strpbrk (text, "xXpPnN") == NULL && *value >= minimum && *value <= maximum;
}

static gboolean
parse_value (const char    *text,
             BallastTarget *target)
{
  BallastTarget found = BALLAST_TARGET_INIT;
  gboolean done;

  if (*text == 'p')
    {
      found.kind = BALLAST_TARGET_PERCENTILE;
      done = parse_number (text + 1, 0, 100, &found.value);
    }
  else if (*text == '^')
    {
      found.kind = BALLAST_TARGET_POWER;
      done = parse_number (text + 1, 0, 1, &found.value);
    }
  else
    {
      found.kind = BALLAST_TARGET_NUMBER;
      done = parse_number (text, 1, MAX_NUMBER, &found.value) && found.value == floor (found.value);
    }

  if (done)
    *target = found;
  return done;
}

gboolean
ballast_target_parse (const char    *text,
                      BallastTarget *target,
                      GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i].text) == 0)
      {
        *target = (BallastTarget){ words[i].kind, 0 };
        return TRUE;
      }
  if (parse_value (text, target))
    return TRUE;

  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
               "“%s” is no target: use max, mean, median, min, p0 to p100, a whole number, or "
               "^0 to ^1", text);
  return FALSE;
}

char *
ballast_target_to_text (const BallastTarget *target)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (target->kind == words[i].kind)
      return g_strdup (words[i].text);

  if (target->kind == BALLAST_TARGET_NUMBER)
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.0f", target->value));

  /* As few digits as read back the same. */
  g_ascii_formatd (number, sizeof number, "%.15g", target->value);
  if (g_ascii_strtod (number, NULL) != target->value)
    g_ascii_dtostr (number, sizeof number, target->value);
  return g_strconcat (target->kind == BALLAST_TARGET_POWER ? "^" : "p", number, NULL);
}

static int
compare_counts (const void *a,
                const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

/* (transfer full): the counts that are not 0, ascending. */
static guint64 *
dup_sorted (const guint64 *counts,
            guint          n,
            guint         *n_sorted)
{
  guint64 *sorted = g_new (guint64, MAX (n, 1));

  *n_sorted = 0;
  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      sorted[(*n_sorted)++] = counts[i];
  qsort (sorted, *n_sorted, sizeof *sorted, compare_counts);

  return sorted;
}

/* Linear between neighbours, as numpy.percentile does by default. */
static double
percentile (const guint64 *sorted,
            guint          n,
            double         percent)
{
  double place = (n - 1) * percent / 100;
  guint below = (guint) place;
  guint above = MIN (below + 1, n - 1);

  return (double) sorted[below] +
         (place - below) * ((double) sorted[above] - (double) sorted[below]);
}

static double
mean_of (const guint64 *sorted,
         guint          n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) sorted[i];
  return sum / n;
}

static double
resolve_common (const BallastTarget *target,
                const guint64       *sorted,
                guint                n)
{
  switch (target->kind)
    {
    case BALLAST_TARGET_MEAN:
      return mean_of (sorted, n);
    case BALLAST_TARGET_MEDIAN:
      return percentile (sorted, n, 50);
    case BALLAST_TARGET_MIN:
      return (double) sorted[0];
    case BALLAST_TARGET_PERCENTILE:
      return percentile (sorted, n, target->value);
    case BALLAST_TARGET_NUMBER:
      return target->value;
    case BALLAST_TARGET_MAX:
    case BALLAST_TARGET_POWER:
    default:
      return (double) sorted[n - 1];
    }
}

static void
resolve_power (double         power,
               double         anchor,
               const guint64 *counts,
               guint          n,
               guint64       *targets)
{
  for (guint i = 0; i < n; i++)
    targets[i] = counts[i] == 0 ? 0
                                : (guint64) floor (anchor * pow ((double) counts[i] / anchor,
                                                                 power) + 0.5);
}

void
ballast_target_resolve (const BallastTarget *target,
                        BallastTargetAnchor  anchor,
                        const guint64       *counts,
                        guint                n,
                        guint64             *targets)
{
  guint n_sorted;
  g_autofree guint64 *sorted = dup_sorted (counts, n, &n_sorted);
  guint64 total = 0;

  for (guint i = 0; i < n; i++)
    {
      total += counts[i];
      targets[i] = 0;
    }
  if (n_sorted == 0)
    return;

  if (target->kind != BALLAST_TARGET_POWER)
    {
      guint64 common = (guint64) floor (resolve_common (target, sorted, n_sorted) + 0.5);

      for (guint i = 0; i < n; i++)
        targets[i] = common;
    }
  else if (anchor == BALLAST_TARGET_ANCHOR_TOTAL)
    ballast_target_share (counts, n, target->value, total, targets);
  else
    resolve_power (target->value,
                   (double) sorted[anchor == BALLAST_TARGET_ANCHOR_LARGEST ? n_sorted - 1 : 0],
                   counts, n, targets);
}

typedef struct
{
  double remainder;
  guint  index;
} Remainder;

static int
compare_remainders (const void *a,
                    const void *b)
{
  const Remainder *left = a, *right = b;

  if (left->remainder != right->remainder)
    return left->remainder > right->remainder ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

void
ballast_target_share (const guint64 *counts,
                      guint          n,
                      double         power,
                      guint64        total,
                      guint64       *shares)
{
  g_autofree Remainder *remainders = g_new (Remainder, MAX (n, 1));
  guint64 given = 0;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += counts[i] > 0 ? pow ((double) counts[i], power) : 0;
  for (guint i = 0; i < n; i++)
    {
      double exact = counts[i] > 0 ? (double) total * (pow ((double) counts[i], power) / sum) : 0;

      shares[i] = (guint64) floor (exact);
      remainders[i] = (Remainder){ counts[i] > 0 ? exact - floor (exact) : -1, i };
      given += shares[i];
    }

  qsort (remainders, n, sizeof *remainders, compare_remainders);
  for (guint i = 0; i < n && given < total && remainders[i].remainder >= 0; i++, given++)
    shares[remainders[i].index]++;
}
