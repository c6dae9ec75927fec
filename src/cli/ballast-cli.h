#pragma once

#include <json-glib/json-glib.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* Exit statuses: a contract with scripts. */
enum
{
  BALLAST_CLI_DONE = 0,
  BALLAST_CLI_FAILED = 1,
  BALLAST_CLI_USAGE = 2,
  BALLAST_CLI_PROBLEMS = 3, /* done, but with problems */
};

/*
 * One command: one file and one line in the table of main.c.  @run gets the arguments from the
 * command's own name on and returns an exit status.
 */
typedef struct
{
  const char *name;
  const char *arguments; /* what follows the name in the usage line */
  const char *summary;   /* one line */
  int       (*run) (const char  *usage,
                    int          argc,
                    char       **argv);
} BallastCommand;

#define BALLAST_CLI_DECLARE(name) \
  int ballast_cli_##name (const char *usage, int argc, char **argv)

BALLAST_CLI_DECLARE (apply);
BALLAST_CLI_DECLARE (balance);
BALLAST_CLI_DECLARE (box);
BALLAST_CLI_DECLARE (class);
BALLAST_CLI_DECLARE (doctor);
BALLAST_CLI_DECLARE (estimate);
BALLAST_CLI_DECLARE (export);
BALLAST_CLI_DECLARE (group);
BALLAST_CLI_DECLARE (hierarchy);
BALLAST_CLI_DECLARE (import);
BALLAST_CLI_DECLARE (long_tail);
BALLAST_CLI_DECLARE (mend);
BALLAST_CLI_DECLARE (ops);
BALLAST_CLI_DECLARE (pipeline);
BALLAST_CLI_DECLARE (preview);
BALLAST_CLI_DECLARE (problems);
BALLAST_CLI_DECLARE (redo);
BALLAST_CLI_DECLARE (report);
BALLAST_CLI_DECLARE (sample);
BALLAST_CLI_DECLARE (split);
BALLAST_CLI_DECLARE (stats);
BALLAST_CLI_DECLARE (undo);
BALLAST_CLI_DECLARE (merge);
BALLAST_CLI_DECLARE (verify);
BALLAST_CLI_DECLARE (weights);

/*
 * Parses options out of @argc and @argv, and checks that @min to @max arguments are left (@max -1:
 * any number).  @entries end with an empty one.  FALSE: return *@status.
 */
gboolean         ballast_cli_parse       (const char          *usage,
                                          const GOptionEntry  *entries,
                                          int                  min,
                                          int                  max,
                                          int                 *argc,
                                          char              ***argv,
                                          int                 *status);

/* One line on standard error.  Return what they return. */
int              ballast_cli_fail        (const GError        *error);
int              ballast_cli_misuse      (const char          *format,
                                          ...) G_GNUC_PRINTF (1, 2);

/* (transfer full): opened, spinning the main context; NULL after a line on standard error. */
BallastDocument *ballast_cli_open        (const char          *path);
BallastDocument *ballast_cli_create      (const char          *path);

/* An asynchronous call that is waited for: give ballast_cli_on_done() and the struct to the call,
 * then wait, then finish with @result, then clear. */
typedef struct
{
  GAsyncResult *result;
} BallastCliWait;

void             ballast_cli_on_done     (GObject             *source,
                                          GAsyncResult        *result,
                                          gpointer             wait);
GAsyncResult    *ballast_cli_wait        (BallastCliWait      *wait);
void             ballast_cli_wait_clear  (BallastCliWait      *wait);

/* Waits for an edit and says what is wrong: an exit status. */
int              ballast_cli_finish_edit (BallastDocument     *document,
                                          BallastCliWait      *wait);

/* Waits for @job with a progress line where standard error is a terminal; Ctrl+C cancels it. */
gboolean         ballast_cli_run_job     (BallastJob          *job,
                                          GError             **error);

/* Prints @node, which is taken, as indented JSON. */
void             ballast_cli_print_json  (JsonNode            *node);

/* (transfer full): @bytes of a file name for people. */
char            *ballast_cli_display     (const char          *bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastCliWait, ballast_cli_wait_clear)

G_END_DECLS
