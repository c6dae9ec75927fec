/*
 * What the user should know of a plan: codes and numbers for programs, sentences for people.
 *
 * The order is fixed: what went wrong, then what may go wrong, classes in index order; last what
 * the plan's maker adds.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-plan-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* An image that appears less often than this, on average, is nothing to warn of. */
#define MANY_REPEATS 3.5
/* Classes with the same warning that are named. */
#define MAX_ALIKE 8

static void
warning_free (gpointer data)
{
  BallastPlanWarning *warning = data;

  g_free (warning->class_name);
  g_free (warning->text);
  g_free (warning->hint);
  g_free (warning);
}

/* Takes @text and @hint. */
static void
add (GPtrArray         *warnings,
     BallastPlanWarning numbers,
     char              *text,
     char              *hint)
{
  BallastPlanWarning *warning = g_new (BallastPlanWarning, 1);

  *warning = numbers;
  warning->class_name = g_strdup (numbers.class_name);
  warning->text = text;
  warning->hint = hint;
  g_ptr_array_add (warnings, warning);
}

static void
add_more (GPtrArray             *warnings,
          BallastPlanWarningCode code,
          guint                  n)
{
  char *text = NULL;

  if (code == BALLAST_PLAN_WARNING_EMPTY)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more class has no image to copy",
                                         "%u more classes have no image to copy", n), n);
  else if (code == BALLAST_PLAN_WARNING_COMPANION)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u more class is held back by what is in its images",
                                         "%u more classes are held back by what is in their images",
                                         n), n);
  else if (code == BALLAST_PLAN_WARNING_RIDES)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more class rides along with rarer ones",
                                         "%u more classes ride along with rarer ones", n), n);
  else if (code == BALLAST_PLAN_WARNING_REPEATS)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more class would repeat its images often",
                                         "%u more classes would repeat their images often", n), n);
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more class like that",
                                         "%u more classes like that", n), n);
  add (warnings, (BallastPlanWarning){ code, NULL, n }, text, NULL);
}

static gboolean
has_class (const BallastPlan *plan,
           const char        *name)
{
  for (guint i = 0; i < plan->n_classes; i++)
    if (g_str_equal (plan->classes[i].name, name))
      return TRUE;

  return FALSE;
}

static void
find_unknown (const BallastPlan *plan,
              GPtrArray         *warnings)
{
  const GArray *overrides = plan->settings.overrides;

  for (guint i = 0; overrides != NULL && i < overrides->len; i++)
    {
      BallastTargetOverride *entry = &g_array_index (overrides, BallastTargetOverride, i);

      if (!has_class (plan, entry->name))
        add (warnings,
             (BallastPlanWarning){ BALLAST_PLAN_WARNING_UNKNOWN, entry->name, entry->count },
             g_strdup_printf (_("a target is set for “%s”, and there is no such class"),
                              entry->name),
             NULL);
    }
}

/* A class that others keep from its target: which, how often and how many. */
static void
add_companion (const BallastPlan      *plan,
               const BallastPlanClass *class,
               GPtrArray              *warnings)
{
  const BallastPlanClass *other = &plan->classes[class->companion];
  guint percent = (guint) (class->companion_share * 100 + 0.5);

  add (warnings,
       (BallastPlanWarning){ BALLAST_PLAN_WARNING_COMPANION, class->name, class->after,
                             other->index },
       /* Translators: a class, the count that it reaches, its target, and another class. */
       g_strdup_printf (_("%s can reach %'" PRIu64 " of %'" PRIu64 ": %u %% of its images hold %s"),
                        class->name, class->after, class->target, percent, other->name),
       /* Translators: a number like 3.1 and a class. */
       plan->has_boxes && !plan->settings.crops.enabled
         ? g_strdup_printf (_("each copy brings %.1f of %s; crops of rare objects leave them out"),
                            class->companion_count, other->name)
       /* Translators: a number like 3.1 and a class. */
         : g_strdup_printf (_("each copy brings %.1f of %s"), class->companion_count, other->name));
}

/* TRUE where every image of the class appears as often as it may. */
static gboolean
is_capped (const BallastPlan      *plan,
           const BallastPlanClass *class)
{
  guint64 cap = plan->settings.max_repeats;

  return cap > 0 && class->images_now > 0 && class->after < class->target &&
         class->images_after == cap * class->images_now && class->images_after > class->images_now;
}

static void
find_short (const BallastPlan      *plan,
            const BallastPlanClass *class,
            GPtrArray              *warnings)
{
  guint64 cap = plan->settings.max_repeats;

  if (class->images_now == 0 && class->target > 0)
    add (warnings,
         (BallastPlanWarning){ BALLAST_PLAN_WARNING_EMPTY, class->name, 0, class->target },
         g_strdup_printf (_("%s has no image to copy"), class->name),
         g_strdup (_("add images to the class, or drop it")));
  else if (is_capped (plan, class))
    add (warnings,
         (BallastPlanWarning){ BALLAST_PLAN_WARNING_CAPPED, class->name, class->after,
                               class->target },
         /* Translators: a class, the count that it reaches, its target, and the repeats allowed. */
         g_strdup_printf (_("%s reaches %'" PRIu64 " of %'" PRIu64 ": each image appears at most "
                             "%'" PRIu64 " times"),
                          class->name, class->after, class->target, cap),
         g_strdup_printf (_("the target needs each image %'" PRIu64 " times"),
                          (class->target + MAX (class->now, 1) - 1) / MAX (class->now, 1)));
  else if (class->companion >= 0)
    add_companion (plan, class, warnings);
}

/* Classes that grow beyond their target because they are in the images of rarer ones. */
static void
find_riding (const BallastPlan      *plan,
             const BallastPlanClass *class,
             GPtrArray              *warnings)
{
  guint64 goal = ballast_plan_get_goal (plan, class);

  if (plan->rows == NULL || plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR ||
      class->after * 20 <= goal * 21)
    return;

  add (warnings,
       (BallastPlanWarning){ BALLAST_PLAN_WARNING_RIDES, class->name, class->after, goal },
       /* Translators: a class and two counts. */
       g_strdup_printf (_("%s comes to %'" PRIu64 " instead of %'" PRIu64 ": it rides along with "
                           "rarer classes"), class->name, class->after, goal),
       g_strdup (_("a lower target or a lower cap adds fewer of it")));
}

static void
find_repeats (const BallastPlanClass *class,
              GPtrArray              *warnings)
{
  double times = class->images_now > 0
                   ? (double) class->images_after / (double) class->images_now : 0;

  if (times < MANY_REPEATS)
    return;

  add (warnings,
       (BallastPlanWarning){ BALLAST_PLAN_WARNING_REPEATS, class->name, (guint64) (times + 0.5) },
       /* Translators: a class and a number, 4 at least. */
       g_strdup_printf (_("%s would repeat each image %'" PRIu64 " times"), class->name,
                        (guint64) (times + 0.5)),
       g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                     "%'" PRIu64 " image cannot teach as much as %'" PRIu64
                                     "; a target of %'" PRIu64 " repeats it 3 times",
                                     "%'" PRIu64 " different images cannot teach as much as %'" PRIu64
                                     "; a target of %'" PRIu64 " repeats each 3 times",
                                     MIN (class->distinct, G_MAXULONG)), class->distinct, class->images_after, 3 * class->now));
}

static void
find_kept (const BallastPlan      *plan,
           const BallastPlanClass *class,
           GPtrArray              *warnings)
{
  guint64 count;

  if (plan->settings.strategy != BALLAST_STRATEGY_OVERSAMPLE &&
      plan->settings.strategy != BALLAST_STRATEGY_REPEAT_FACTOR)
    return;
  if (!ballast_balance_settings_get_override (&plan->settings, class->name, &count) ||
      count >= class->now)
    return;

  add (warnings,
       (BallastPlanWarning){ BALLAST_PLAN_WARNING_KEPT, class->name, count, class->now },
       g_strdup_printf (_("%s keeps all its %'" PRIu64 ": oversampling leaves none out"),
                        class->name, class->now),
       g_strdup (_("choose “both” to lower it too")));
}

/* Crops that are asked for and cannot be. */
static void
find_no_crops (const BallastPlan *plan,
               GPtrArray         *warnings)
{
  gboolean by_factors = plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR;

  if (!plan->settings.crops.enabled || !ballast_plan_may_raise (plan->settings.strategy))
    return;
  if (!plan->has_boxes)
    add (warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_NO_CROPS },
         g_strdup (_("there are no crops: the labels here have no boxes")), NULL);
  else if (by_factors)
    add (warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_NO_CROPS },
         g_strdup (_("there are no crops: repeat factors repeat whole images")),
         g_strdup (_("choose “oversample” to add crops")));
}

/* Nothing can be balanced where the training split has no class, whatever the others have. */
static gboolean
find_unlabelled (const BallastPlan *plan,
                 GPtrArray         *warnings)
{
  for (guint i = 0; i < plan->n_classes; i++)
    if (plan->classes[i].images_now > 0)
      return FALSE;
  if (plan->images_untouched == 0)
    return FALSE;

  add (warnings,
       (BallastPlanWarning){ BALLAST_PLAN_WARNING_UNLABELLED, NULL, plan->images_untouched },
       g_strdup_printf (_("the training split has no labelled image, and only training is balanced: "
                           "%'" PRIu64 " images of other splits stay as they are"),
                        plan->images_untouched),
       g_strdup (_("divide the images anew to train on them")));
  return TRUE;
}

static void
find_overall (const BallastPlan *plan,
              GPtrArray         *warnings)
{
  if (plan->images_dropped * 2 > plan->images_before)
    add (warnings,
         (BallastPlanWarning){ BALLAST_PLAN_WARNING_DROPPED, NULL, plan->images_dropped,
                               plan->images_before },
         g_strdup_printf (_("%'" PRIu64 " of %'" PRIu64 " training images would be left out"),
                          plan->images_dropped, plan->images_before),
         g_strdup (_("a higher target, or class weights, use more of what there is")));
  if (plan->settings.strategy != BALLAST_STRATEGY_NONE && plan->images_before > 0 &&
      plan->images_added == 0 && plan->images_dropped == 0)
    add (warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_UNCHANGED },
         g_strdup (_("with these settings nothing changes")), NULL);
}

/* Of many classes with the same trouble a few are named and the others counted. */
static void
sum_up_many (GPtrArray *warnings)
{
  guint counts[BALLAST_PLAN_WARNING_OWN_CLASS + 1] = { 0 };

  for (guint i = 0; i < warnings->len;)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (warnings, i);

      if (++counts[warning->code] > MAX_ALIKE)
        g_ptr_array_remove_index (warnings, i);
      else
        i++;
    }
  for (guint code = 0; code < G_N_ELEMENTS (counts); code++)
    if (counts[code] > MAX_ALIKE)
      add_more (warnings, code, counts[code] - MAX_ALIKE);
}

GPtrArray *
ballast_plan_find_warnings (const BallastPlan *plan)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (warning_free);

  find_unknown (plan, warnings);
  if (plan->settings.strategy == BALLAST_STRATEGY_NONE || find_unlabelled (plan, warnings))
    return warnings;

  for (guint i = 0; i < plan->n_classes; i++)
    find_short (plan, &plan->classes[i], warnings);
  for (guint i = 0; i < plan->n_classes; i++)
    find_riding (plan, &plan->classes[i], warnings);
  for (guint i = 0; i < plan->n_classes; i++)
    find_repeats (&plan->classes[i], warnings);
  for (guint i = 0; i < plan->n_classes; i++)
    find_kept (plan, &plan->classes[i], warnings);
  find_no_crops (plan, warnings);
  find_overall (plan, warnings);
  sum_up_many (warnings);

  return warnings;
}

void
ballast_plan_warn_mirrored (BallastPlan            *plan,
                            const BallastPlanClass *class,
                            const BallastPlanClass *partner)
{
  guint64 copies = class->images_after > class->images_now ? class->images_after - class->images_now
                                                           : 0;

  if (copies == 0)
    return;

  add (plan->warnings,
       (BallastPlanWarning){ BALLAST_PLAN_WARNING_MIRRORED, class->name, copies, partner->index },
       /* Translators: a class, a number, and the class that a mirror makes of it. */
       g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                     "%s: its %'" PRIu64 " copy becomes %s, as its pipeline "
                                     "always mirrors",
                                     "%s: its %'" PRIu64 " copies become %s, as its pipeline "
                                     "always mirrors",
                                     MIN (copies, G_MAXULONG)),
                        class->name, copies, partner->name),
       g_strdup (_("mirror with a chance below 100 %: then copies stay in their class")));
}

void
ballast_plan_warn_grey (BallastPlan *plan,
                        const char  *op,
                        double       share)
{
  guint percent = (guint) CLAMP (share * 100 + 0.5, 1, 100);

  if (share <= 0 || plan->images_added == 0)
    return;

  add (plan->warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_GREY, NULL, percent },
       percent == 100
       /* Translators: the name of a step of a pipeline. */
         ? g_strdup_printf (_("“%s” does nothing here: the images are grey"), op)
       /* Translators: the name of a step of a pipeline, and a number. */
         : g_strdup_printf (_("“%s” does nothing to grey images, which about %u %% are"), op,
                            percent),
       g_strdup (_("copies of grey images differ by the other steps alone")));
}

void
ballast_plan_warn_deep (BallastPlan *plan,
                        const char  *op,
                        double       share)
{
  guint percent = (guint) CLAMP (share * 100 + 0.5, 1, 100);

  if (share <= 0 || plan->images_added == 0)
    return;

  add (plan->warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_GREY, NULL, percent },
       /* Translators: the name of a step of a pipeline, and a number. */
       g_strdup_printf (_("“%s” does nothing to images of 16 bits, which about %u %% are"), op,
                        percent),
       g_strdup (_("copies of such images differ by the other steps alone")));
}

void
ballast_plan_warn_own_class (BallastPlan *plan,
                             const char  *text)
{
  if (plan->images_added > 0)
    add (plan->warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_OWN_CLASS, NULL, 0 },
         g_strdup (text),
         g_strdup (_("to mix classes, export a manifest with shares of classes, or a layout with "
                      "boxes")));
}

void
ballast_plan_warn_lost (BallastPlan *plan,
                        double       share)
{
  guint percent = (guint) CLAMP (share * 100 + 0.5, 0, 100);

  if (percent < 5 || plan->images_added == 0)
    return;

  add (plan->warnings, (BallastPlanWarning){ BALLAST_PLAN_WARNING_LOST, NULL, percent },
       g_strdup_printf (_("The augmentation cuts away about %u %% of the boxes of a copy, which these "
                           "counts still hold"), percent),
       g_strdup (_("let copies be drawn again that lose a box, or turn, move and cut them less; the "
                    "export tells what was reached")));
}
