/*
 * doctor: what a report of a fault should say of this machine.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-diagnosis.h"

int
ballast_cli_doctor (const char *usage,
                    int         argc,
                    char      **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr(GPtrArray) lines = NULL;
  const char *group = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 0, 0, &argc, &argv, &status))
    return status;

  lines = ballast_diagnosis_read ();
  for (guint i = 0; i < lines->len; i++)
    {
      const BallastDiagnosisLine *line = g_ptr_array_index (lines, i);

      if (g_strcmp0 (group, line->group) != 0)
        g_print ("%s%s\n", group == NULL ? "" : "\n", line->group);
      group = line->group;
      g_print ("  %-22s %s\n", line->name, line->value);
    }
  return BALLAST_CLI_DONE;
}
