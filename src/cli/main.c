/*
 * ballast-cli: whatever the window does, without a screen.
 *
 * A command is a function in a file of its own and a line in this table.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include <locale.h>
#include <signal.h>
#include <string.h>

#include "ballast-cli.h"

static const BallastCommand commands[] = {
  { "sample", "DEST", "Write a small lopsided dataset", ballast_cli_sample },
  { "import", "PROJECT SOURCE...", "Create a project from a dataset, or update it",
    ballast_cli_import },
  { "stats", "PROJECT", "Counts and measures of imbalance", ballast_cli_stats },
  { "problems", "PROJECT", "List what is wrong with the data", ballast_cli_problems },
  { "mend", "PROJECT --leaks exclude|move", "Bring what leaks between splits into one",
    ballast_cli_mend },
  { "class", "PROJECT rename|merge|drop|order NAME...", "Edit classes", ballast_cli_class },
  { "box", "PROJECT list|relabel|delete|exclude|restore IMAGE [N...]", "List or edit boxes of an image",
    ballast_cli_box },
  { "undo", "PROJECT", "Take the last edit back", ballast_cli_undo },
  { "redo", "PROJECT", "Do an undone edit again", ballast_cli_redo },
  { "split", "PROJECT --ratios NAME=SHARE,…", "Divide the images into splits", ballast_cli_split },
  { "group", "PROJECT", "Group images that must stay in one split", ballast_cli_group },
  { "long-tail", "PROJECT", "Make the training split long-tailed, to study imbalance",
    ballast_cli_long_tail },
  { "balance", "PROJECT", "Set the strategy and target; print the plan", ballast_cli_balance },
  { "pipeline", "PROJECT", "Load, save or print an augmentation pipeline", ballast_cli_pipeline },
  { "ops", "", "The catalogue of augmentation ops", ballast_cli_ops },
  { "preview", "PROJECT IMAGE", "Draw variants of one image on a sheet", ballast_cli_preview },
  { "apply", "PIPELINE.json IN OUT", "Send one image through one pipeline", ballast_cli_apply },
  { "weights", "PROJECT", "Compute class weights and write them to files", ballast_cli_weights },
  { "hierarchy", "PROJECT", "Group classes into a tree, by hand or suggested", ballast_cli_hierarchy },
  { "estimate", "PROJECT", "Estimate what plan and weights do to a small classifier",
    ballast_cli_estimate },
  { "export", "PROJECT DEST", "Write the balanced dataset", ballast_cli_export },
  { "merge", "DEST", "Join the shards of an export", ballast_cli_merge },
  { "verify", "DEST", "Check an exported dataset against its manifest", ballast_cli_verify },
  { "report", "PROJECT --output FILE", "Write charts, tables and plan as PDF or HTML",
    ballast_cli_report },
  { "doctor", "", "Versions, image loaders, limits, sandbox layers", ballast_cli_doctor },
};

static void
print_help (void)
{
  g_print ("Usage: ballast-cli COMMAND [OPTION…] ARGUMENT…\n\n"
           "Shows how unevenly an image dataset is spread over its classes, and fixes it.\n\n"
           "Commands:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, commands[i].summary);
  g_print ("\n“ballast-cli COMMAND --help” tells the options of a command.\n"
           "Exit status: 0 done, 1 failed, 2 wrong usage, 3 done, but with problems.\n");
}

static int
run_command (const BallastCommand *command,
             int                   argc,
             char                **argv)
{
  g_autofree char *usage = g_strdup_printf ("%s %s", command->name, command->arguments);

  return command->run (g_strchomp (usage), argc, argv);
}

/* Names in datasets are UTF-8, also on a server that sets no language: there, and there alone, the
 * C locale's ASCII gives way. */
static void
set_locale (void)
{
  const char *name;

  setlocale (LC_ALL, "");
  name = setlocale (LC_CTYPE, NULL);
  if (g_strcmp0 (name, "C") == 0 || g_strcmp0 (name, "POSIX") == 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  /* What is printed is for programs too: the same numbers and the same words everywhere. */
  setlocale (LC_NUMERIC, "C");
  setlocale (LC_MESSAGES, "C");
}

int
main (int    argc,
      char **argv)
{
  /* A file that may not grow is an error with a sentence, not the end. */
  signal (SIGXFSZ, SIG_IGN);
  set_locale ();

  if (argc < 2)
    return ballast_cli_misuse ("no command given; try --help");
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("ballast-cli %s\n", BALLAST_VERSION);
      return BALLAST_CLI_DONE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 ||
      strcmp (argv[1], "help") == 0)
    {
      print_help ();
      return BALLAST_CLI_DONE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return run_command (&commands[i], argc - 1, argv + 1);
  return ballast_cli_misuse ("there is no command “%s”; try --help", argv[1]);
}
