/*
 * split and group: which image goes where, and which of them stay together.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli-split.h"

#include "ballast-document-edits.h"
#include "ballast-near-duplicates.h"

typedef struct
{
  char    *ratios;
  char    *group_by;
  char    *method;
  char    *from;
  gint64   seed;
  int      distance;
  gboolean dry_run;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->ratios);
  g_free (options->group_by);
  g_free (options->method);
  g_free (options->from);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Fills @request in; FALSE after a line on standard error. */
static gboolean
take_options (BallastSplitRequest *request,
              const Options       *options,
              BallastDocument     *document)
{
  g_autoptr(GError) error = NULL;

  request->options.seed = (guint64) options->seed;
  request->from = g_strdup (options->from);
  if ((options->ratios == NULL ||
       ballast_split_options_parse_parts (&request->options, options->ratios, &error)) &&
      (options->method == NULL ||
       ballast_split_method_parse (options->method, &request->options.method, &error)) &&
      (options->group_by == NULL ||
       ballast_grouping_parse (&request->grouping, options->group_by, document, &error)))
    {
      request->grouping.distance = (guint) options->distance;
      return TRUE;
    }

  ballast_cli_misuse ("%s", error->message);
  return FALSE;
}

/* Looks for near duplicates where the grouping needs them; @near: (transfer full) (nullable). */
static gboolean
find_near (BallastDocument           *document,
           const BallastSplitRequest *request,
           BallastNearSet           **near)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastJob) job = NULL;

  *near = NULL;
  if (request->grouping.kind != BALLAST_GROUPING_NEAR_DUPLICATES)
    return TRUE;

  job = ballast_document_find_near_duplicates (document, request->grouping.distance,
                                               request->grouping.distance);
  if (!ballast_cli_run_job (job, &error))
    {
      ballast_cli_fail (error);
      return FALSE;
    }
  *near = ballast_near_set_ref (ballast_job_get_result (job));
  return TRUE;
}

/* (transfer full): NULL after a line on standard error. */
static BallastSplitPlan *
make_plan (BallastDocument           *document,
           const BallastSplitRequest *request,
           BallastNearSet            *near)
{
  g_autoptr(BallastSplitter) splitter = ballast_splitter_new (document);
  g_auto(BallastCliWait) wait = { NULL };
  g_autoptr(GError) error = NULL;
  BallastSplitPlan *plan;

  ballast_splitter_set_near (splitter, near);
  ballast_splitter_plan_async (splitter, request, NULL, ballast_cli_on_done, &wait);
  plan = ballast_splitter_plan_finish (ballast_cli_wait (&wait), &error);
  if (plan == NULL)
    ballast_cli_fail (error);

  return plan;
}

static int
apply_plan (BallastDocument  *document,
            BallastSplitPlan *plan)
{
  g_auto(BallastCliWait) wait = { NULL };

  ballast_document_apply_split_async (document, plan, ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

static int
run (const char          *path,
     const Options       *options,
     BallastSplitRequest *request)
{
  g_autoptr(BallastDocument) document = ballast_cli_open (path);
  g_autoptr(BallastSplitPlan) plan = NULL;
  g_autoptr(BallastNearSet) near = NULL;
  gboolean applies = !options->dry_run && (!request->only_groups || options->group_by != NULL);
  int status = BALLAST_CLI_DONE;

  if (document == NULL)
    return BALLAST_CLI_FAILED;
  if (!take_options (request, options, document))
    return BALLAST_CLI_USAGE;
  if (!find_near (document, request, &near))
    return BALLAST_CLI_FAILED;
  plan = make_plan (document, request, near);
  if (plan == NULL)
    return BALLAST_CLI_FAILED;

  if (applies)
    status = apply_plan (document, plan);
  if (status == BALLAST_CLI_DONE)
    ballast_cli_print_split (plan, near, options->json);

  return status;
}

#define GROUP_BY_HELP \
  "folder, duplicates, near-duplicates, none, a column kept at import, or a regular expression"

static gboolean
is_misused (const Options *options)
{
  if (options->distance < 0 || options->distance > BALLAST_NEAR_MAX_DISTANCE)
    ballast_cli_misuse ("--distance is from 0 to %d", BALLAST_NEAR_MAX_DISTANCE);

  return options->distance < 0 || options->distance > BALLAST_NEAR_MAX_DISTANCE;
}

int
ballast_cli_split (const char *usage,
                   int         argc,
                   char      **argv)
{
  g_auto(Options) options = { .distance = BALLAST_NEAR_DISTANCE };
  g_auto(BallastSplitRequest) request = { 0 };
  const GOptionEntry entries[] = {
    { "ratios", 0, 0, G_OPTION_ARG_STRING, &options.ratios,
      "The splits and their shares, like train=0.8,val=0.1,test=0.1", "NAME=SHARE,…" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from,
      "Divide the images of this split alone; \"\": those that are in none", "SPLIT" },
    { "group-by", 0, 0, G_OPTION_ARG_STRING, &options.group_by, GROUP_BY_HELP, "HOW" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &options.method, "stratified (default) or random", "NAME" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed, "Another seed, another split", "N" },
    { "distance", 0, 0, G_OPTION_ARG_INT, &options.distance,
      "Of near duplicates: bits of 64 that may differ, 0 to 10", "N" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, "Print it, and change nothing", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    { NULL }
  };
  int status;

  ballast_split_request_init (&request);
  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (options.ratios == NULL)
    return ballast_cli_misuse ("split needs --ratios, like train=0.8,val=0.1,test=0.1");
  if (is_misused (&options))
    return BALLAST_CLI_USAGE;

  return run (argv[1], &options, &request);
}

int
ballast_cli_group (const char *usage,
                   int         argc,
                   char      **argv)
{
  g_auto(Options) options = { .distance = BALLAST_NEAR_DISTANCE };
  g_auto(BallastSplitRequest) request = { 0 };
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.group_by, GROUP_BY_HELP, "HOW" },
    { "distance", 0, 0, G_OPTION_ARG_INT, &options.distance,
      "Of near duplicates: bits of 64 that may differ, 0 to 10", "N" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, "Print them, and change nothing", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print JSON", NULL },
    { NULL }
  };
  int status;

  ballast_split_request_init (&request);
  request.only_groups = TRUE;
  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (is_misused (&options))
    return BALLAST_CLI_USAGE;

  return run (argv[1], &options, &request);
}
