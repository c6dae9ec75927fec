/*
 * What an estimate says in words.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-effect-job.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

const char *
ballast_effect_arm_get_name (BallastEffectArm arm)
{
  static const char *const names[] = {
    [BALLAST_EFFECT_AS_IS] = "as-is",
    [BALLAST_EFFECT_PLAN] = "plan",
    [BALLAST_EFFECT_WEIGHTS] = "weights",
  };

  g_return_val_if_fail ((guint) arm < G_N_ELEMENTS (names), NULL);
  return names[arm];
}

static BallastEffectArm
get_best_arm (const BallastEffectReport *report)
{
  if (!report->tried[BALLAST_EFFECT_PLAN])
    return BALLAST_EFFECT_WEIGHTS;
  if (!report->tried[BALLAST_EFFECT_WEIGHTS])
    return BALLAST_EFFECT_PLAN;
  return report->arms[BALLAST_EFFECT_WEIGHTS].gain > report->arms[BALLAST_EFFECT_PLAN].gain
           ? BALLAST_EFFECT_WEIGHTS : BALLAST_EFFECT_PLAN;
}

static char *
describe_gain (const BallastEffectReport *report)
{
  BallastEffectArm best = get_best_arm (report);
  const BallastEffectResult *arm = &report->arms[best];

  return g_strdup_printf (
    best == BALLAST_EFFECT_PLAN
      ? _("Imbalance is part of the trouble: the plan changes the balanced accuracy by %+.1f ± %.1f points.")
      : _("Imbalance is part of the trouble: class weights change the balanced accuracy by %+.1f ± %.1f points."),
    100 * arm->gain, 196 * arm->gain_error);
}

char *
ballast_effect_report_dup_verdict (const BallastEffectReport *report)
{
  switch (report->verdict)
    {
    case BALLAST_EFFECT_NO_TROUBLE:
      return g_strdup_printf (_("Imbalance does not look like the trouble: the rare classes are told apart as "
                                 "well as the common ones (%.0f %% against %.0f %%)."),
                              100 * report->tail_recall, 100 * report->head_recall);
    case BALLAST_EFFECT_HELPS:
      return describe_gain (report);
    case BALLAST_EFFECT_HURTS:
      return g_strdup (_("Neither the plan nor the weights help this classifier: both make it worse."));
    case BALLAST_EFFECT_UNCLEAR:
      return g_strdup (_("No difference that these images could show: what is gained is within chance."));
    case BALLAST_EFFECT_TOO_FEW:
    default:
      return g_strdup (_("Too few images of one class each to estimate anything."));
    }
}

char *
ballast_effect_report_dup_caveat (const BallastEffectReport *report)
{
  return g_strdup_printf (
    _("A linear classifier on coarse features of %u of %" PRIu64 " images, each judged by a model that "
       "has not seen it. It is not your network: a gain here says that rare classes suffer from being "
       "rare, not how much yours will gain."), report->images, report->of_images);
}
