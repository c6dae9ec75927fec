/*
 * sample: draws a small lopsided dataset.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-document-sample.h"

int
ballast_cli_sample (const char *usage,
                    int         argc,
                    char      **argv)
{
  g_autofree char *kind = NULL;
  int images = 0;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "signs (class folders) or street (COCO)", "KIND" },
    { "images", 0, 0, G_OPTION_ARG_INT, &images, "How many images", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "The same seed draws the same images", "N" },
    { NULL }
  };
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (images < 0)
    return ballast_cli_misuse ("--images cannot be below zero");

  job = ballast_document_draw_sample (kind == NULL ? "signs" : kind, argv[1], images, seed);
  if (!ballast_cli_run_job (job, &error))
    return ballast_cli_fail (error);
  return BALLAST_CLI_DONE;
}
