/*
 * What the commands share: options, waiting, progress, errors, JSON.
 *
 * A command is a straight line of steps; whatever the document does asynchronously is waited for by
 * spinning the main context here.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ballast-json.h"
#include "ballast-path.h"

/* GLib leaves the "--" that ends the options where an argument came before it. */
static void
drop_separator (int    *argc,
                char ***argv)
{
  for (int i = 1; i < *argc; i++)
    if (strcmp ((*argv)[i], "--") == 0)
      {
        memmove (*argv + i, *argv + i + 1, (*argc - i) * sizeof **argv);
        (*argc)--;
        return;
      }
}

gboolean
ballast_cli_parse (const char         *usage,
                   const GOptionEntry *entries,
                   int                 min,
                   int                 max,
                   int                *argc,
                   char             ***argv,
                   int                *status)
{
  const char *arguments = strchr (usage, ' ');
  g_autoptr(GOptionContext) context = g_option_context_new (arguments == NULL ? NULL : arguments + 1);
  g_autofree char *program = g_strdup_printf ("ballast-cli %s", (*argv)[0]);
  g_autoptr(GError) error = NULL;

  g_set_prgname (program);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *status = g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE)
                  ? ballast_cli_misuse ("an option’s value is no UTF-8")
                  : ballast_cli_misuse ("%s", error->message);
      return FALSE;
    }
  drop_separator (argc, argv);
  if (*argc - 1 >= min && (max < 0 || *argc - 1 <= max))
    return TRUE;
  *status = ballast_cli_misuse ("usage: ballast-cli %s", usage);
  return FALSE;
}

int
ballast_cli_fail (const GError *error)
{
  g_printerr ("ballast-cli: %s\n", error->message);
  return BALLAST_CLI_FAILED;
}

int
ballast_cli_misuse (const char *format,
                    ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("ballast-cli: %s\n", message);
  return BALLAST_CLI_USAGE;
}

void
ballast_cli_on_done (GObject      *source,
                     GAsyncResult *result,
                     gpointer      wait)
{
  ((BallastCliWait *) wait)->result = g_object_ref (result);
}

GAsyncResult *
ballast_cli_wait (BallastCliWait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

void
ballast_cli_wait_clear (BallastCliWait *wait)
{
  g_clear_object (&wait->result);
}

BallastDocument *
ballast_cli_open (const char *path)
{
  g_auto(BallastCliWait) wait = { NULL };
  g_autoptr(GError) error = NULL;
  BallastDocument *document;

  ballast_document_open_async (path, NULL, ballast_cli_on_done, &wait);
  document = ballast_document_open_finish (ballast_cli_wait (&wait), &error);
  if (document == NULL)
    ballast_cli_fail (error);
  return document;
}

BallastDocument *
ballast_cli_create (const char *path)
{
  g_auto(BallastCliWait) wait = { NULL };
  g_autoptr(GError) error = NULL;
  BallastDocument *document;

  ballast_document_create_async (path, NULL, ballast_cli_on_done, &wait);
  document = ballast_document_create_finish (ballast_cli_wait (&wait), &error);
  if (document == NULL)
    ballast_cli_fail (error);
  return document;
}

/* The progress line. */

static char *
describe_seconds (double seconds)
{
  guint whole = (guint) MAX (0.0, seconds);

  if (whole >= 3600)
    return g_strdup_printf ("%u:%02u:%02u", whole / 3600, whole / 60 % 60, whole % 60);
  return g_strdup_printf ("%u:%02u", whole / 60, whole % 60);
}

static void
show_progress (BallastJob *job,
               GParamSpec *pspec,
               gpointer    user_data)
{
  gint64 *shown_us = user_data;
  gint64 now = g_get_monotonic_time ();
  BallastProgressState progress;
  g_autoptr(GString) line = NULL;

  if (now - *shown_us < 100000)
    return;

  *shown_us = now;
  ballast_job_get_progress (job, &progress);
  line = g_string_new (ballast_job_get_message (job));
  if (progress.items_total > 0)
    g_string_append_printf (line, "  %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                            progress.items_done, progress.items_total);
  else if (progress.items_done > 0)
    g_string_append_printf (line, "  %" G_GUINT64_FORMAT, progress.items_done);
  if (progress.bytes_done > 0)
    {
      g_autofree char *bytes = g_format_size (progress.bytes_done);

      g_string_append_printf (line, "  %s", bytes);
    }
  if (ballast_job_get_rate (job) > 0)
    g_string_append_printf (line, "  %.0f/s", ballast_job_get_rate (job));
  if (ballast_job_get_seconds_left (job) >= 0)
    {
      g_autofree char *left = describe_seconds (ballast_job_get_seconds_left (job));

      g_string_append_printf (line, "  %s left", left);
    }
  fprintf (stderr, "\r\033[K%s", line->str);
  fflush (stderr);
}

static gboolean
on_interrupt (gpointer user_data)
{
  ballast_job_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

gboolean
ballast_cli_run_job (BallastJob *job,
                     GError    **error)
{
  guint interrupt_id = g_unix_signal_add (SIGINT, on_interrupt, job);
  guint terminate_id = g_unix_signal_add (SIGTERM, on_interrupt, job);
  gboolean on_terminal = isatty (STDERR_FILENO);
  gulong handler_id = 0;
  gint64 shown_us = 0;
  gboolean success;

  if (on_terminal)
    handler_id = g_signal_connect (job, "notify", G_CALLBACK (show_progress), &shown_us);
  success = ballast_job_wait (job, error);
  if (on_terminal)
    {
      g_signal_handler_disconnect (job, handler_id);
      fprintf (stderr, "\r\033[K");
    }
  g_source_remove (interrupt_id);
  g_source_remove (terminate_id);

  if (!success && error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "Interrupted. Run the same command again to go on.");
    }
  return success;
}

void
ballast_cli_print_json (JsonNode *node)
{
  g_autoptr(JsonNode) owned = node;
  g_autofree char *text = ballast_json_to_string (owned, TRUE);

  g_print ("%s\n", text);
}

char *
ballast_cli_display (const char *bytes)
{
  return ballast_path_display (bytes);
}
