/*
 * What the user should know of a split before it is made.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-split.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* A side that is off by less than this share of all images is nothing to warn of. */
#define FAR_OFF 0.02
/* Classes that are called by their names. */
#define MAX_NAMES 5

static const char *const kind_names[] = {
  [BALLAST_SPLIT_WARNING_EMPTY] = "empty-split",
  [BALLAST_SPLIT_WARNING_SIZE] = "split-size",
  [BALLAST_SPLIT_WARNING_GROUP] = "large-group",
  [BALLAST_SPLIT_WARNING_FEW] = "too-few-images",
  [BALLAST_SPLIT_WARNING_GROUPED] = "too-few-groups",
  [BALLAST_SPLIT_WARNING_ABSENT] = "absent-class",
};

static void
warning_free (gpointer data)
{
  g_free (((BallastSplitWarning *) data)->text);
  g_free (data);
}

/* Takes @text. */
static void
add (GPtrArray              *warnings,
     BallastSplitWarningKind kind,
     guint                   part,
     guint                   n_classes,
     char                   *text)
{
  BallastSplitWarning *warning = g_new (BallastSplitWarning, 1);

  *warning = (BallastSplitWarning) { kind, text, part, n_classes };
  g_ptr_array_add (warnings, warning);
}

static void
find_sizes (const BallastSplit        *split,
            const BallastSplitOptions *options,
            GPtrArray                 *warnings)
{
  for (guint p = 0; p < split->n_parts && split->n_images > 0; p++)
    {
      const BallastSplitPart *part = ballast_split_options_get_part (options, p);
      double off = (double) split->sizes[p] - split->n_images * part->share;

      if (split->sizes[p] == 0)
        add (warnings, BALLAST_SPLIT_WARNING_EMPTY, p, 0,
             g_strdup_printf (_("“%s” gets no image"), part->name));
      else if (fabs (off) >= 1 && fabs (off) > split->n_images * FAR_OFF)
        add (warnings, BALLAST_SPLIT_WARNING_SIZE, p, 0,
             /* Translators: the name of a split, its share as it is, and as it was asked for. */
             g_strdup_printf (_("“%s” gets %.1f %% of the images instead of %.1f %%"), part->name,
                              100.0 * split->sizes[p] / split->n_images, 100 * part->share));
    }
}

static void
find_large_group (const BallastSplit        *split,
                  const BallastSplitOptions *options,
                  GPtrArray                 *warnings)
{
  guint smallest = 0;

  for (guint p = 1; p < split->n_parts; p++)
    if (ballast_split_options_get_part (options, p)->share <
        ballast_split_options_get_part (options, smallest)->share)
      smallest = p;
  if (split->largest_group <=
      split->n_images * ballast_split_options_get_part (options, smallest)->share)
    return;

  add (warnings, BALLAST_SPLIT_WARNING_GROUP, smallest, 0,
       /* Translators: a number of images, and the name of a split. */
       g_strdup_printf (_("The largest group holds %'u images, more than “%s” should have"),
                        split->largest_group,
                        ballast_split_options_get_part (options, smallest)->name));
}

/* Why a class is missing in a side; -1: it is in all of them, or nowhere. */
static int
judge_class (const BallastSplit *split,
             guint               class_index)
{
  gboolean is_missing = FALSE;

  for (guint p = 0; p < split->n_parts; p++)
    is_missing = is_missing || ballast_split_get_count (split, class_index, p) == 0;
  if (!is_missing || split->totals[class_index] == 0)
    return -1;
  if (split->totals[class_index] < split->n_parts)
    return BALLAST_SPLIT_WARNING_FEW;
  if (split->units[class_index] < split->n_parts)
    return BALLAST_SPLIT_WARNING_GROUPED;

  return BALLAST_SPLIT_WARNING_ABSENT;
}

static char *
dup_absence (BallastSplitWarningKind kind,
             guint                   n_classes,
             guint                   n_parts,
             const char             *names)
{
  switch ((guint) kind)
    {
    case BALLAST_SPLIT_WARNING_FEW:
      return g_strdup_printf (
        /* Translators: a number of classes, their names, and a number of splits. */
        g_dngettext (GETTEXT_PACKAGE, "%'u class is not in every split (%s): it has fewer than %u images",
                     "%'u classes are not in every split (%s): they have fewer than %u images",
                     n_classes), n_classes, names, n_parts);
    case BALLAST_SPLIT_WARNING_GROUPED:
      return g_strdup_printf (
        /* Translators: a number of classes, their names, and a number of splits. */
        g_dngettext (GETTEXT_PACKAGE,
                     "%'u class is not in every split (%s): its images lie in fewer than %u groups",
                     "%'u classes are not in every split (%s): their images lie in fewer than %u groups",
                     n_classes), n_classes, names, n_parts);
    default:
      return g_strdup_printf (
        /* Translators: a number of classes, and their names. */
        g_dngettext (GETTEXT_PACKAGE, "%'u class is not in every split (%s)",
                     "%'u classes are not in every split (%s)", n_classes), n_classes, names);
    }
}

static void
find_absent (const BallastSplit     *split,
             const char *const      *names,
             BallastSplitWarningKind kind,
             GPtrArray              *warnings)
{
  g_autoptr(GString) list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < split->n_classes; i++)
    {
      if (judge_class (split, i) != (int) kind)
        continue;
      if (n < MAX_NAMES)
        g_string_append_printf (list, "%s%s", n > 0 ? ", " : "", names[i]);
      n++;
    }
  if (n > MAX_NAMES)
    g_string_append (list, ", …");
  if (n > 0)
    add (warnings, kind, 0, n, dup_absence (kind, n, split->n_parts, list->str));
}

GPtrArray *
ballast_split_list_warnings (const BallastSplit        *split,
                             const BallastSplitOptions *options,
                             const char *const         *names)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (warning_free);

  find_sizes (split, options, warnings);
  find_large_group (split, options, warnings);
  for (guint kind = BALLAST_SPLIT_WARNING_FEW; kind <= BALLAST_SPLIT_WARNING_ABSENT; kind++)
    find_absent (split, names, kind, warnings);

  return warnings;
}

const char *
ballast_split_warning_kind_get_name (BallastSplitWarningKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

double
ballast_split_get_deviation (const BallastSplit        *split,
                             const BallastSplitOptions *options,
                             int                        class_index)
{
  double total = class_index < 0 ? split->n_images : (double) split->totals[class_index];
  double sum = 0;

  for (guint p = 0; p < split->n_parts; p++)
    {
      double count = class_index < 0 ? (double) split->sizes[p]
                                     : (double) ballast_split_get_count (split, class_index, p);

      sum += fabs (count - total * ballast_split_options_get_part (options, p)->share);
    }

  return total > 0 ? sum / 2 / total : 0;
}
