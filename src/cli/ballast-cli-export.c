/*
 * export: writes the balanced dataset, or a shard of it; merge: joins shards; verify: checks one.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli-leaks.h"

#include "ballast-document-export.h"
#include "ballast-export-layouts.h"
#include "ballast-export-check.h"
#include "ballast-json-members.h"
#include "ballast-merge-job.h"
#include "ballast-verify-job.h"

/* The options as they were given. */
/* One thread a processor; no number that anybody would write. */
#define NOT_GIVEN G_MININT

/* Lines about single images that are printed, and how many of them are the last. */
#define MAX_NOTES 100
#define LAST_NOTES 5

typedef struct
{
  char              *layout;
  char              *originals;
  char              *format;
  int                quality;
  char              *weights;
  char              *seed;
  int                jobs;
  gboolean           hierarchy;
  char              *shard;
  BallastShardNumber number;
  gboolean           json;
} Given;

static void
given_clear (Given *given)
{
  g_free (given->layout);
  g_free (given->originals);
  g_free (given->format);
  g_free (given->weights);
  g_free (given->seed);
  g_free (given->shard);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, given_clear)

static void
replace (char      **field,
         const char *value)
{
  if (value == NULL)
    return;
  g_free (*field);
  *field = g_strdup (value);
}

/* Brings the options into @settings; FALSE after a line on standard error. */
static gboolean
take_given (BallastExportSettings *settings,
            const Given           *given)
{
  g_autoptr(GError) error = NULL;

  replace (&settings->layout, given->layout);
  replace (&settings->originals, given->originals);
  /* A picture is in a dataset of every level: it is not copied for each unless that is asked for. */
  if (given->hierarchy && given->originals == NULL && g_strcmp0 (settings->originals, "copy") == 0)
    replace (&settings->originals, "symlink");
  replace (&settings->weights, given->weights);
  if (given->quality >= 0)
    settings->quality = given->quality;
  if (given->format != NULL && !ballast_format_choice_parse (given->format, &settings->format))
    {
      ballast_cli_misuse ("“%s” is none of keep, jpeg, png", given->format);
      return FALSE;
    }
  if (given->seed != NULL &&
      !g_ascii_string_to_unsigned (given->seed, 10, 0, G_MAXUINT64, &settings->seed, NULL))
    {
      ballast_cli_misuse ("“%s” is no seed: a whole number from 0 on", given->seed);
      return FALSE;
    }
  if (!ballast_export_settings_check (settings, &error))
    {
      ballast_cli_misuse ("%s", error->message);
      return FALSE;
    }
  return TRUE;
}

/* What the layout has no place for, before anything is written. */
static void
tell_loss (BallastDocument             *document,
           const BallastExportSettings *settings)
{
  g_auto(BallastCliWait) wait = { NULL };
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (document, NULL);
  g_autofree BallastExportSubstance *substance = NULL;
  g_autofree char *loss = NULL;
  BallastExportQuestion question = { .tally = ballast_document_get_tally (document),
                                     .format = settings->format,
                                     .draws = plan != NULL && plan->images_added > 0 };

  ballast_export_substance_load_async (document, NULL, ballast_cli_on_done, &wait);
  substance = ballast_export_substance_load_finish (ballast_cli_wait (&wait), NULL);
  question.substance = substance;
  loss = ballast_export_layouts_dup_loss (ballast_export_layouts_find (settings->layout), &question);
  if (loss != NULL)
    g_printerr ("%s: %s\n", settings->layout, loss);
}

/* What is tested on and trained on: (transfer full), NULL after a line on standard error. */
static GPtrArray *
tell_leaks (BallastDocument *document)
{
  GPtrArray *leaks = ballast_cli_count_leaks (document);
  g_autofree char *text = leaks == NULL ? NULL : ballast_leaks_dup_text (leaks);
  g_auto(GStrv) lines = text == NULL ? NULL : g_strsplit (text, "\n", -1);
  g_autofree char *unplaced = ballast_leaks_dup_unplaced (ballast_document_get_tally (document));

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_printerr ("warning: %s\n", lines[i]);
  if (lines != NULL)
    g_printerr ("A model is not tested by what it was trained on. “mend --leaks exclude” takes these out "
                "of training, “mend --leaks move” takes them into training, “split” divides anew; "
                "“problems” names them.\n");
  if (unplaced != NULL)
    g_printerr ("warning: %s. “split --from \"\"” divides these alone.\n", unplaced);

  return leaks;
}

static void
print_json (const BallastExportResult *result,
            const GPtrArray           *leaks)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *dest = ballast_cli_display (result->dest);

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "dest", dest);
  ballast_json_add_int (builder, "written", result->written);
  ballast_json_add_int (builder, "copied", result->copied);
  ballast_json_add_int (builder, "augmented", result->augmented);
  ballast_json_add_int (builder, "skipped", result->skipped);
  ballast_json_add_int (builder, "problems", result->problems);
  ballast_json_add_int (builder, "bytes", result->bytes);
  ballast_json_add_number (builder, "seconds", result->seconds);
  if (leaks != NULL && leaks->len > 0)
    ballast_cli_add_leaks (builder, leaks);
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}

static void
print_text (const BallastExportResult *result)
{
  g_autofree char *dest = ballast_cli_display (result->dest);
  g_autofree char *bytes = g_format_size (result->bytes);

  g_print ("%s: %" G_GUINT64_FORMAT " originals, %" G_GUINT64_FORMAT " augmented, %s in %.1f s\n",
           dest, result->copied, result->augmented, bytes, result->seconds);
  if (result->skipped > 0)
    g_print ("%" G_GUINT64_FORMAT " files were there from an interrupted run\n", result->skipped);
}

static BallastJob *
start_export (BallastDocument             *document,
              const char                  *dest,
              const BallastExportSettings *settings,
              const Given                 *given)
{
  guint n_threads = (guint) MAX (given->jobs, 0);

  if (given->shard != NULL)
    return ballast_document_export_shard (document, dest, settings, n_threads, &given->number);
  if (given->hierarchy)
    return ballast_document_export_hierarchy (document, dest, settings, n_threads);
  return ballast_document_export (document, dest, settings, n_threads);
}

static int
print_result (const BallastExportResult *result,
              const GPtrArray           *leaks,
              gboolean                   json)
{
  if (json)
    print_json (result, leaks);
  else
    print_text (result);
  return result->problems > 0 ? BALLAST_CLI_PROBLEMS : BALLAST_CLI_DONE;
}

/* What happened to single images, but for the middle of a long list; what is said of the whole comes
 * last. */
static void
print_notes (char **notes)
{
  guint n = notes != NULL ? g_strv_length (notes) : 0;
  guint left_out = n > MAX_NOTES ? n - MAX_NOTES : 0;

  for (guint i = 0; i < n; i++)
    if (left_out == 0 || i < MAX_NOTES - LAST_NOTES || i >= n - LAST_NOTES)
      g_printerr ("ballast-cli: %s\n", notes[i]);
    else if (i == MAX_NOTES - LAST_NOTES)
      g_printerr ("… and %u lines more\n", left_out);
}

static int
run_export (BallastDocument             *document,
            const char                  *dest,
            const BallastExportSettings *settings,
            const Given                 *given)
{
  g_autoptr(GPtrArray) leaks = tell_leaks (document);
  g_autoptr(BallastJob) job = start_export (document, dest, settings, given);
  const BallastExportResult *result;
  g_autoptr(GError) error = NULL;
  gboolean success = ballast_cli_run_job (job, &error);

  result = ballast_job_get_result (job);
  if (result != NULL)
    print_notes (result->notes);
  if (!success)
    return ballast_cli_fail (error);

  return print_result (result, leaks, given->json);
}

/* What cannot be seen from one option alone; 0 or the status to end with. */
static int
check_given (Given *given)
{
  g_autoptr(GError) error = NULL;

  if (given->jobs != NOT_GIVEN && (given->jobs < 1 || given->jobs > 1024))
    return ballast_cli_misuse ("--jobs is a number from 1 to 1024");
  if (given->shard == NULL)
    return BALLAST_CLI_DONE;
  if (given->hierarchy)
    return ballast_cli_misuse ("--shard and --hierarchy do not go together");
  if (!ballast_shard_number_parse (given->shard, &given->number, &error))
    return ballast_cli_misuse ("%s", error->message);
  return BALLAST_CLI_DONE;
}

int
ballast_cli_export (const char *usage,
                    int         argc,
                    char      **argv)
{
  g_auto(Given) given = { .quality = -1, .jobs = NOT_GIVEN };
  const GOptionEntry entries[] = {
    { "layout", 0, 0, G_OPTION_ARG_STRING, &given.layout, "folders, coco, yolo, voc, createml, manifest, webdataset or lists", "NAME" },
    { "originals", 0, 0, G_OPTION_ARG_STRING, &given.originals,
      "copy, hardlink, reflink, symlink or list", "HOW" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &given.format,
      "Of augmented files: keep, jpeg or png", "FORMAT" },
    { "quality", 0, 0, G_OPTION_ARG_INT, &given.quality, "Of JPEG files, 1 to 100", "Q" },
    { "weights", 0, 0, G_OPTION_ARG_STRING, &given.weights,
      "Weight files: json,csv,npy … or none", "KINDS" },
    { "hierarchy", 0, 0, G_OPTION_ARG_NONE, &given.hierarchy,
      "One dataset a classifier of the hierarchy; originals are linked", NULL },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &given.seed, "The same seed writes the same bytes", "N" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &given.jobs, "Threads; one a processor unless given", "N" },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &given.shard, "One of N parts, for merge", "I/N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given.json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  g_auto(BallastExportSettings) settings = { 0 };
  int status;

  if (!ballast_cli_parse (usage, entries, 2, 2, &argc, &argv, &status))
    return status;
  status = check_given (&given);
  if (status != BALLAST_CLI_DONE)
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  ballast_export_settings_copy (ballast_settings_get_export (ballast_document_get_settings (document)),
                                &settings);
  if (!take_given (&settings, &given))
    return BALLAST_CLI_USAGE;
  tell_loss (document, &settings);
  return run_export (document, argv[2], &settings, &given);
}

int
ballast_cli_merge (const char *usage,
                   int         argc,
                   char      **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  job = ballast_merge_start (argv[1]);
  if (!ballast_cli_run_job (job, &error))
    return ballast_cli_fail (error);
  return print_result (ballast_job_get_result (job), NULL, json);
}

int
ballast_cli_verify (const char *usage,
                    int         argc,
                    char      **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  const BallastVerifyReport *report;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  job = ballast_verify_start (argv[1]);
  if (!ballast_cli_run_job (job, &error))
    return ballast_cli_fail (error);

  report = ballast_job_get_result (job);
  if (json)
    g_print ("%s\n", report->json);
  else
    {
      for (char **finding = report->findings; *finding != NULL; finding++)
        g_print ("%s\n", *finding);
      g_print ("%" G_GUINT64_FORMAT " files checked, %u differences\n", report->files,
               report->n_findings);
    }
  return report->n_findings > 0 ? BALLAST_CLI_PROBLEMS : BALLAST_CLI_DONE;
}
