/*
 * report: the charts, tables and plan of a project as a document for people.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-report.h"

int
ballast_cli_report (const char *usage,
                    int         argc,
                    char      **argv)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Write a .pdf or an .html", "FILE" },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (output == NULL)
    return ballast_cli_misuse ("--output says where the report goes: FILE.pdf or FILE.html");
  if (!ballast_paper_is_supported (output))
    return ballast_cli_misuse ("a report is written as .pdf or .html");
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  job = ballast_document_save_report (document, output);
  return ballast_cli_run_job (job, &error) ? BALLAST_CLI_DONE : ballast_cli_fail (error);
}
