/*
 * import: creates a project, or brings it up to date.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <glib/gstdio.h>

#include "ballast-document-import.h"
#include "ballast-source-guess.h"

static gboolean
check_sources (char **sources)
{
  for (char **source = sources; *source != NULL; source++)
    {
      g_autofree char *display = NULL;

      if (g_file_test (*source, G_FILE_TEST_EXISTS))
        continue;
      display = ballast_cli_display (*source);
      g_printerr ("ballast-cli: “%s” does not exist.\n", display);
      return FALSE;
    }
  return TRUE;
}

/* A project that was made for sources that nobody could read is not left behind. */
static void
remove_if_empty (BallastDocument *document)
{
  g_autofree char *path = g_strdup (ballast_document_get_path (document));
  const BallastTally *tally = ballast_document_get_tally (document);

  if (tally->images > 0 || tally->n_classes > 0)
    return;
  ballast_document_close (document);
  g_unlink (path);
}

typedef struct
{
  guint64 added;
  guint64 updated;
  guint64 gone;
  guint64 problems;
} Sums;

static int
import_sources (BallastDocument *document,
                char           **sources,
                const char      *layout,
                const char      *images,
                Sums            *sums)
{
  for (char **source = sources; *source != NULL; source++)
    {
      g_autoptr(BallastJob) job = ballast_document_import (document, *source, layout, images);
      const BallastImportResult *result;
      g_autoptr(GError) error = NULL;

      if (!ballast_cli_run_job (job, &error))
        return ballast_cli_fail (error);
      result = ballast_job_get_result (job);
      sums->added += result->added;
      sums->updated += result->updated;
      sums->gone = result->gone;
      sums->problems = result->problems;
    }
  return BALLAST_CLI_DONE;
}

static void
print_result (BallastDocument *document,
              const Sums      *sums,
              gboolean         json)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  g_autoptr(JsonBuilder) builder = NULL;

  if (!json)
    {
      g_print ("%s: %s\n%" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT " changed, %"
               G_GUINT64_FORMAT " gone, %" G_GUINT64_FORMAT " problems\n",
               ballast_document_get_title (document), ballast_document_get_subtitle (document),
               sums->added, sums->updated, sums->gone, sums->problems);
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "images");
  json_builder_add_int_value (builder, tally->images);
  json_builder_set_member_name (builder, "classes");
  json_builder_add_int_value (builder, tally->n_classes);
  json_builder_set_member_name (builder, "added");
  json_builder_add_int_value (builder, sums->added);
  json_builder_set_member_name (builder, "updated");
  json_builder_add_int_value (builder, sums->updated);
  json_builder_set_member_name (builder, "gone");
  json_builder_add_int_value (builder, sums->gone);
  json_builder_set_member_name (builder, "problems");
  json_builder_add_int_value (builder, sums->problems);
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}

int
ballast_cli_import (const char *usage,
                    int         argc,
                    char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_autofree char *layout = NULL;
  g_autofree char *images = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "layout", 0, 0, G_OPTION_ARG_STRING, &layout, "auto, folders or manifest", "NAME" },
    { "images", 0, 0, G_OPTION_ARG_FILENAME, &images, "Where the pictures of a manifest are", "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  Sums sums = { 0 };
  gboolean is_new;
  int status;

  if (!ballast_cli_parse (usage, entries, 2, -1, &argc, &argv, &status))
    return status;
  if (g_strcmp0 (layout, "auto") == 0)
    g_clear_pointer (&layout, g_free);
  if (layout != NULL && !ballast_source_guess_is_layout (layout))
    return ballast_cli_misuse ("the layout “%s” cannot be read; those that can are auto, folders "
                               "and manifest", layout);

  is_new = !g_file_test (argv[1], G_FILE_TEST_EXISTS);
  if (is_new && !check_sources (argv + 2))
    return BALLAST_CLI_FAILED;
  document = is_new ? ballast_cli_create (argv[1]) : ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  status = import_sources (document, argv + 2, layout, images, &sums);
  if (status != BALLAST_CLI_DONE && is_new)
    remove_if_empty (document);
  if (status != BALLAST_CLI_DONE)
    return status;
  print_result (document, &sums, json);
  return sums.problems > 0 ? BALLAST_CLI_PROBLEMS : BALLAST_CLI_DONE;
}
