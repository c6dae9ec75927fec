/*
 * problems: every problem of a project, one a line.  mend: what can be put right at once.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli-leaks.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-json-members.h"
#include "ballast-problem-list.h"
#include "ballast-problem-text.h"

#define PAGE 1000

static const char *const severities[] = { "note", "warning", "error" };

static void
add_name (JsonBuilder *builder,
          const char  *member,
          const char  *bytes)
{
  g_autofree char *display = bytes == NULL ? NULL : ballast_cli_display (bytes);

  json_builder_set_member_name (builder, member);
  if (display == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, display);
}

static void
add_problem (JsonBuilder          *builder,
             const BallastProblem *problem)
{
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "kind", ballast_problem_kind_get_name (problem->kind));
  ballast_json_add_string (builder, "severity",
                           severities[ballast_problem_kind_get_severity (problem->kind)]);
  add_name (builder, "path", problem->path);
  add_name (builder, "other_path", problem->other_path);
  add_name (builder, "detail", problem->detail);
  json_builder_end_object (builder);
}

int
ballast_cli_mend (const char *usage,
                  int         argc,
                  char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_auto(BallastCliWait) wait = { NULL };
  g_autofree char *leaks = NULL;
  const GOptionEntry entries[] = {
    { "leaks", 0, 0, G_OPTION_ARG_STRING, &leaks,
      "exclude: out of training what is tested on; move: into training what belongs to it", "HOW" },
    { NULL }
  };
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (leaks == NULL || (strcmp (leaks, "exclude") != 0 && strcmp (leaks, "move") != 0))
    return ballast_cli_misuse ("mend needs --leaks exclude or --leaks move");
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  ballast_document_mend_leaks_async (document, strcmp (leaks, "move") == 0 ? BALLAST_MEND_MOVE
                                                                           : BALLAST_MEND_EXCLUDE,
                                     ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

static void
tell (const BallastProblem *problem,
      JsonBuilder          *builder)
{
  g_autofree char *line = builder != NULL ? NULL : ballast_problem_text_line (problem);

  if (builder != NULL)
    add_problem (builder, problem);
  else
    g_print ("%s\n", line);
}

/* Into @builder's array, or line by line where it is NULL; a page at a time, however many there are. */
static gboolean
tell_problems (BallastDocument *document,
               JsonBuilder     *builder,
               guint64         *count)
{
  gint64 after_id = 0;

  while (after_id >= 0)
    {
      g_auto(BallastCliWait) wait = { NULL };
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) page = NULL;

      ballast_problem_page_async (document, after_id, PAGE, NULL, ballast_cli_on_done, &wait);
      page = ballast_problem_page_finish (ballast_cli_wait (&wait), &after_id, &error);
      if (page == NULL)
        {
          ballast_cli_fail (error);
          return FALSE;
        }
      for (guint i = 0; i < page->len; i++)
        tell (&g_array_index (page, BallastProblem, i), builder);
      *count += page->len;
    }
  return TRUE;
}

int
ballast_cli_problems (const char *usage,
                      int         argc,
                      char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(GPtrArray) leaks = NULL;
  g_autofree char *text = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  guint64 count = 0;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  if (!tell_problems (document, json ? builder : NULL, &count))
    return BALLAST_CLI_FAILED;
  json_builder_end_array (builder);
  ballast_json_add_int (builder, "count", count);
  leaks = ballast_cli_count_leaks (document);
  if (leaks == NULL)
    return BALLAST_CLI_FAILED;
  text = ballast_leaks_dup_text (leaks);
  if (!json && text != NULL)
    g_print ("%s\n", text);
  ballast_cli_add_leaks (builder, leaks);
  json_builder_end_object (builder);
  if (json)
    ballast_cli_print_json (json_builder_get_root (builder));
  return BALLAST_CLI_DONE;
}
