/*
 * balance: stores how classes are to be balanced, and prints the plan.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <stdlib.h>
#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-document-export.h"

/* The options as they were given. */
typedef struct
{
  char    *strategy;
  char    *target;
  char   **classes;
  int      max_repeats;
  double   threshold;
  char    *unit;
  char    *form;
  char    *background;
  gboolean crops;
  gboolean no_crops;
  int      crop_min;
  int      crop_size;
  double   crop_visibility;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->strategy);
  g_free (options->target);
  g_strfreev (options->classes);
  g_free (options->unit);
  g_free (options->form);
  g_free (options->background);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* "bus=500": the last sign of equality parts name and count; "bus=" takes a target back. */
static gboolean
take_override (BallastBalanceSettings *settings,
               const BallastTally     *tally,
               const char             *text)
{
  const char *equals = strrchr (text, '=');
  g_autofree char *name = equals == NULL ? NULL : g_strndup (text, equals - text);
  guint64 count;

  if (name == NULL || (equals[1] != '\0' &&
                       !g_ascii_string_to_unsigned (equals + 1, 10, 0, G_MAXINT64, &count, NULL)))
    {
      ballast_cli_misuse ("“%s” is no NAME=N", text);
      return FALSE;
    }
  if (ballast_tally_find_class (tally, name) == NULL)
    {
      ballast_cli_misuse ("there is no class “%s”", name);
      return FALSE;
    }
  if (equals[1] == '\0')
    ballast_balance_settings_unset_override (settings, name);
  else
    ballast_balance_settings_set_override (settings, name, count);
  return TRUE;
}

static gboolean
take_numbers (BallastBalanceSettings *settings,
              const Options          *options)
{
  if (options->max_repeats >= 0)
    settings->max_repeats = options->max_repeats;
  if (options->threshold > 1)
    {
      ballast_cli_misuse ("a threshold is a share from 0 to 1, not %g", options->threshold);
      return FALSE;
    }
  if (options->threshold >= 0)
    settings->threshold = options->threshold;
  if (options->unit != NULL && !ballast_unit_parse (options->unit, &settings->unit))
    {
      ballast_cli_misuse ("“%s” is none of images, instances", options->unit);
      return FALSE;
    }
  if (options->form != NULL && g_strcmp0 (options->form, "images") != 0 &&
      g_strcmp0 (options->form, "instances") != 0)
    {
      ballast_cli_misuse ("“%s” is none of images, instances", options->form);
      return FALSE;
    }
  if (options->form != NULL)
    settings->instance_aware = g_str_equal (options->form, "instances");
  return TRUE;
}

static gboolean
take_crops (BallastCropSettings *crops,
            const Options       *options)
{
  if (options->crop_min == 0 || options->crop_min > BALLAST_CROP_SIZE_LIMIT ||
      options->crop_size > BALLAST_CROP_SIZE_LIMIT)
    {
      ballast_cli_misuse ("the size of crops is a number of pixels up to %d", BALLAST_CROP_SIZE_LIMIT);
      return FALSE;
    }
  if (options->crop_visibility > 1 || options->crop_visibility == 0)
    {
      ballast_cli_misuse ("a visibility is a share above 0 and up to 1, not %g",
                          options->crop_visibility);
      return FALSE;
    }
  if (options->crops || options->no_crops)
    crops->enabled = options->crops && !options->no_crops;
  if (options->crop_min > 0)
    crops->min_size = options->crop_min;
  if (options->crop_size >= 0)
    crops->size = options->crop_size;
  if (options->crop_visibility > 0)
    crops->visibility = options->crop_visibility;
  return TRUE;
}

/* Brings the options into @settings; FALSE after a line on standard error. */
static gboolean
take_options (BallastBalanceSettings *settings,
              const BallastTally     *tally,
              const Options          *options)
{
  g_autoptr(GError) error = NULL;

  if ((options->strategy != NULL &&
       !ballast_strategy_parse (options->strategy, &settings->strategy, &error)) ||
      (options->target != NULL &&
       !ballast_target_parse (options->target, &settings->target, &error)))
    {
      ballast_cli_misuse ("%s", error->message);
      return FALSE;
    }
  if (options->background != NULL &&
      !ballast_background_parse (options->background, &settings->background, &error))
    {
      ballast_cli_misuse ("%s", error->message);
      return FALSE;
    }
  for (char **text = options->classes; text != NULL && *text != NULL; text++)
    if (!take_override (settings, tally, *text))
      return FALSE;
  return take_numbers (settings, options) && take_crops (&settings->crops, options);
}

static void
print_text (const BallastPlan *plan)
{
  g_autofree char *target = ballast_target_to_text (&plan->settings.target);
  gboolean crops = plan->settings.crops.enabled;
  glong width = 5;

  for (guint i = 0; i < plan->n_classes; i++)
    width = MAX (width, g_utf8_strlen (plan->classes[i].name, -1));
  width = MIN (width, 60);

  g_print ("strategy %s, target %s, at most %u repeats\n",
           ballast_strategy_get_name (plan->settings.strategy), target, plan->settings.max_repeats);
  g_print ("%*s %10s %10s %10s %10s %10s %8s%s\n", (int) -width, "class", "now", "target", "after",
           "added", "dropped", "repeats", crops ? "    crops" : "");
  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      glong padding = MAX (0, width - g_utf8_strlen (class->name, -1));

      g_print ("%s%*s %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT
               " %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT " %8u",
               class->name, (int) padding, "", class->now, class->target, class->after,
               class->added, class->dropped, class->max_repeats);
      if (crops)
        g_print (" %8" G_GUINT64_FORMAT, class->crops);
      g_print ("\n");
    }
  g_print ("images %" G_GUINT64_FORMAT " → %" G_GUINT64_FORMAT, plan->images_before,
           plan->images_after);
  if (plan->ratio_before > 0)
    g_print (", ratio %.2f → %.2f", plan->ratio_before, plan->ratio_after);
  g_print ("\n");
  if (plan->rows != NULL)
    g_print ("different images %" G_GUINT64_FORMAT ", effective sample size %.0f\n",
             plan->distinct_images, plan->effective_images);
  if (plan->settings.crops.enabled)
    g_print ("copies %" G_GUINT64_FORMAT ", crops %" G_GUINT64_FORMAT "\n",
             plan->images_added - plan->crops_added, plan->crops_added);
  if (plan->background_before > 0)
    g_print ("images without %s %" G_GUINT64_FORMAT " → %" G_GUINT64_FORMAT "\n",
             plan->has_boxes ? "objects" : "a label", plan->background_before, plan->background_after);
  for (guint i = 0; i < plan->warnings->len; i++)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (plan->warnings, i);

      g_print ("warning: %s%s%s\n", warning->text, warning->hint != NULL ? "; " : "",
               warning->hint != NULL ? warning->hint : "");
    }
}

static int
print_plan (BallastDocument *document,
            gboolean         json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (document, &error);

  if (plan == NULL)
    return ballast_cli_fail (error);
  if (json)
    ballast_cli_print_json (ballast_plan_to_json (plan));
  else
    print_text (plan);
  return BALLAST_CLI_DONE;
}

int
ballast_cli_balance (const char *usage,
                     int         argc,
                     char      **argv)
{
  g_auto(Options) options = { .max_repeats = -1, .threshold = -1, .crop_min = -1,
                               .crop_size = -1, .crop_visibility = -1 };
  const GOptionEntry entries[] = {
    { "strategy", 0, 0, G_OPTION_ARG_STRING, &options.strategy,
      "none, oversample, undersample, both or repeat-factor", "NAME" },
    { "target", 0, 0, G_OPTION_ARG_STRING, &options.target,
      "max, mean, median, min, pNN, N or ^ALPHA", "TARGET" },
    { "class", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.classes,
      "The target of one class; NAME= takes it back", "NAME=N" },
    { "max-repeats", 0, 0, G_OPTION_ARG_INT, &options.max_repeats,
      "How often one image appears at most; 0: no limit", "R" },
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &options.threshold, "Of repeat factors", "T" },
    { "factors-by", 0, 0, G_OPTION_ARG_STRING, &options.form,
      "Repeat factors by the share of images (LVIS), or of instances too (instance-aware)",
      "images|instances" },
    { "background", 0, 0, G_OPTION_ARG_STRING, &options.background,
      "How many images without objects stay: all, N or P%", "N" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "images or instances", "UNIT" },
    { "crops", 0, 0, G_OPTION_ARG_NONE, &options.crops,
      "Add crops that hold rare objects and leave common ones out", NULL },
    { "no-crops", 0, 0, G_OPTION_ARG_NONE, &options.no_crops, "Add whole images alone", NULL },
    { "crop-min", 0, 0, G_OPTION_ARG_INT, &options.crop_min, "The least side of a crop", "PX" },
    { "crop-size", 0, 0, G_OPTION_ARG_INT, &options.crop_size,
      "Bring the longer side of a crop down to this; 0: leave it", "PX" },
    { "crop-visibility", 0, 0, G_OPTION_ARG_DOUBLE, &options.crop_visibility,
      "How much of an object has to show to count", "SHARE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  g_auto(BallastBalanceSettings) settings = { 0 };
  const BallastBalanceSettings *stored;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  stored = ballast_settings_get_balance (ballast_document_get_settings (document));
  ballast_balance_settings_copy (stored, &settings);
  if (!take_options (&settings, ballast_document_get_tally (document), &options))
    return BALLAST_CLI_USAGE;
  if (!ballast_balance_settings_equal (stored, &settings))
    {
      g_auto(BallastCliWait) wait = { NULL };

      ballast_document_set_balance_async (document, &settings, ballast_cli_on_done, &wait);
      status = ballast_cli_finish_edit (document, &wait);
      if (status != BALLAST_CLI_DONE)
        return status;
    }
  return print_plan (document, options.json);
}
