/*
 * estimate: what the plan and the weights would do to a small classifier.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-effect-job.h"
#include "ballast-json-members.h"

static void
print_text (const BallastEffectReport *report)
{
  g_autofree char *verdict = ballast_effect_report_dup_verdict (report);
  g_autofree char *caveat = ballast_effect_report_dup_caveat (report);

  g_print ("%8s %8s %8s  %7s\n", "as is", "plan", "weights", "images");
  for (guint i = 0; i < report->n_classes; i++)
    {
      const BallastEffectClass *class = &report->classes[i];

      for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
        if (report->tried[arm])
          g_print ("%7.1f%% ", 100 * class->recalls[arm]);
        else
          g_print ("%8s ", "-");
      g_print (" %7u  %s\n", class->images, class->name);
    }
  for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
    if (report->tried[arm])
      g_print ("balanced accuracy, %s: %.1f%% ± %.1f\n",
               ballast_effect_arm_get_name ((BallastEffectArm) arm),
               100 * report->arms[arm].balanced, 196 * report->arms[arm].balanced_error);
  g_print ("%s\n%s\n", verdict, caveat);
}

static void
add_arm (JsonBuilder               *builder,
         const BallastEffectReport *report,
         BallastEffectArm           arm)
{
  const BallastEffectResult *result = &report->arms[arm];

  json_builder_set_member_name (builder, ballast_effect_arm_get_name (arm));
  json_builder_begin_object (builder);
  ballast_json_add_number (builder, "accuracy", result->accuracy);
  ballast_json_add_number (builder, "balanced_accuracy", result->balanced);
  ballast_json_add_number (builder, "standard_error", result->balanced_error);
  ballast_json_add_number (builder, "gain", result->gain);
  ballast_json_add_number (builder, "gain_standard_error", result->gain_error);
  json_builder_set_member_name (builder, "recalls");
  json_builder_begin_object (builder);
  for (guint i = 0; i < report->n_classes; i++)
    ballast_json_add_number (builder, report->classes[i].name, report->classes[i].recalls[arm]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
print_json (const BallastEffectReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *verdict = ballast_effect_report_dup_verdict (report);
  g_autofree char *caveat = ballast_effect_report_dup_caveat (report);

  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "images", report->images);
  ballast_json_add_int (builder, "of_images", report->of_images);
  for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
    if (report->tried[arm] && report->verdict != BALLAST_EFFECT_TOO_FEW)
      add_arm (builder, report, (BallastEffectArm) arm);
  ballast_json_add_string (builder, "verdict", verdict);
  ballast_json_add_string (builder, "caveat", caveat);
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}

int
ballast_cli_estimate (const char *usage,
                      int         argc,
                      char      **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  job = ballast_document_estimate_effect (document);
  if (!ballast_cli_run_job (job, &error))
    return ballast_cli_fail (error);
  if (json)
    print_json (ballast_job_get_result (job));
  else
    print_text (ballast_job_get_result (job));
  return BALLAST_CLI_DONE;
}
