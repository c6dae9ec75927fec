/* Strategies and the export to come in words. */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-balance-texts.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-number-text.h"

static const struct
{
  const char *label;
  const char *tooltip;
} strategies[] = {
  [BALLAST_STRATEGY_NONE] = { N_("Leave"), N_("Change No Count") },
  [BALLAST_STRATEGY_OVERSAMPLE] = { N_("Oversample"), N_("Add Augmented Copies to the Rare Classes") },
  [BALLAST_STRATEGY_UNDERSAMPLE] = { N_("Undersample"), N_("Leave Images of the Common Classes Out") },
  [BALLAST_STRATEGY_BOTH] = { N_("Both"), N_("Raise the Rare Classes, Lower the Common Ones") },
  [BALLAST_STRATEGY_REPEAT_FACTOR] = { N_("Repeat Factors"), N_("Repeat Rare Classes as LVIS Does") },
};

const char *
ballast_balance_strategy_label (BallastStrategy strategy)
{
  return _(strategies[strategy].label);
}

const char *
ballast_balance_strategy_tooltip (BallastStrategy strategy)
{
  return _(strategies[strategy].tooltip);
}

char *
ballast_balance_total_text (const BallastExportEstimate *estimate)
{
  g_autofree char *images = ballast_chart_format_count (estimate->originals + estimate->augmented);

  return g_strdup_printf (_("%s images"), images);
}

/* How much of it is different, where images repeat unevenly. */
static void
add_sample (GString           *text,
            const BallastPlan *plan)
{
  g_autofree char *distinct = ballast_chart_format_count (plan->distinct_images);
  g_autofree char *effective =
    ballast_chart_format_count ((guint64) (plan->effective_images + 0.5));

  g_string_append_c (text, '\n');
  /* Translators: two numbers of images of the training split.  The second is the effective sample
   * size: so many images that all appear once would be worth as much. */
  g_string_append_printf (text, _("%s different to learn from, worth %s"), distinct, effective);
}

static void
add_background (GString           *text,
                const BallastPlan *plan)
{
  g_autofree char *after = ballast_chart_format_count (plan->background_after);
  g_autofree char *before = ballast_chart_format_count (plan->background_before);

  g_string_append_c (text, '\n');
  /* Translators: two numbers of images. */
  g_string_append_printf (text, plan->has_boxes ? _("%s of %s without objects") : _("%s of %s without a label"),
                          after, before);
}

char *
ballast_balance_parts_text (const BallastPlan           *plan,
                            const BallastExportEstimate *estimate)
{
  GString *text = g_string_new (NULL);
  g_autofree char *originals = ballast_chart_format_count (estimate->originals);
  g_autofree char *augmented = ballast_chart_format_count (estimate->augmented);
  g_autofree char *copies =
    ballast_chart_format_count (plan->images_added - MIN (plan->crops_added, plan->images_added));
  g_autofree char *crops = ballast_chart_format_count (plan->crops_added);

  if (plan->crops_added > 0)
    /* Translators: three numbers of images. */
    g_string_append_printf (text, _("%s originals, %s copies, %s crops"), originals, copies, crops);
  else
    g_string_append_printf (text, _("%s originals, %s augmented"), originals, augmented);
  if (plan->rows != NULL && (plan->images_added > 0 || plan->images_dropped > 0))
    add_sample (text, plan);
  if (plan->background_after < plan->background_before)
    add_background (text, plan);
  if (plan->coarse)
    g_string_append_printf (text, "\n%s", plan->settings.crops.enabled
                                            ? _("A first look, without crops: the exact plan follows")
                                            : _("A first look: the exact plan follows"));
  return g_string_free (text, FALSE);
}

char *
ballast_balance_costs_text (const BallastPlan           *plan,
                            const BallastExportEstimate *estimate)
{
  g_autofree char *before = ballast_text_of_ratio_value (plan->ratio_before);
  g_autofree char *after = ballast_text_of_ratio_value (plan->ratio_after);
  g_autofree char *bytes = ballast_text_of_bytes (estimate->bytes);
  g_autofree char *duration = ballast_text_of_duration (estimate->seconds);

  if (plan->ratio_before <= 0)
    /* Translators: "about 12 MB · about 1 second". */
    return g_strdup_printf (_("about %s · %s"), bytes, duration);

  /* Translators: "ratio 4.3 → 1.0 · about 12 MB · about 1 second". */
  return g_strdup_printf (_("ratio %s → %s · about %s · %s"), before, after, bytes, duration);
}
