/*
 * import: creates a project, or brings it up to date.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <glib/gstdio.h>

#include "ballast-document-import.h"
#include "ballast-json-members.h"
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
  guint64 grouped;
  guint64 placed;
  guint64 unplaced;
} Sums;

/* What the options say of the sources, but for the wishes with one word each. */
typedef struct
{
  char               *layout; /* NULL: to be recognised */
  char               *images;
  char               *separator;
  char               *header;
  BallastImportWishes wishes;
} Choices;

static void
choices_clear (Choices *choices)
{
  g_free (choices->layout);
  g_free (choices->images);
  g_free (choices->separator);
  g_free (choices->header);
  ballast_import_wishes_clear (&choices->wishes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choices, choices_clear)

static gboolean
take_separator (Choices *choices)
{
  static const struct { const char *word; char separator; } words[] = {
    { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }, { "\\t", '\t' }, { "bar", '|' },
    { "space", ' ' }
  };

  if (choices->separator == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (choices->separator, words[i].word))
      choices->wishes.separator = words[i].separator;
  if (choices->separator[0] != '\0' && choices->separator[1] == '\0')
    choices->wishes.separator = choices->separator[0];

  return choices->wishes.separator != '\0';
}

static gboolean
take_header (Choices *choices)
{
  if (g_strcmp0 (choices->header, "yes") == 0)
    choices->wishes.header = BALLAST_WISH_YES;
  else if (g_strcmp0 (choices->header, "no") == 0)
    choices->wishes.header = BALLAST_WISH_NO;

  return choices->header == NULL || choices->wishes.header != BALLAST_WISH_AUTO;
}

/* A usage error, or BALLAST_CLI_DONE. */
static int
check_choices (Choices *choices)
{
  if (g_strcmp0 (choices->layout, "auto") == 0)
    g_clear_pointer (&choices->layout, g_free);
  if (choices->layout != NULL && !ballast_source_guess_is_layout (choices->layout))
    return ballast_cli_misuse ("the layout “%s” cannot be read; those that can are auto, folders, "
                               "manifest, coco, voc, yolo and createml", choices->layout);
  if (!take_separator (choices))
    return ballast_cli_misuse ("--separator is one character, or comma, semicolon, tab, bar or space");
  if (!take_header (choices))
    return ballast_cli_misuse ("--header is yes or no");
  /* "" says that there are no labels. */
  if (choices->wishes.label_columns != NULL && *choices->wishes.label_columns[0] == '\0')
    {
      g_strfreev (choices->wishes.label_columns);
      choices->wishes.label_columns = g_new0 (char *, 1);
    }

  return BALLAST_CLI_DONE;
}

static int
import_sources (BallastDocument *document,
                char           **sources,
                const Choices   *choices,
                Sums            *sums)
{
  for (char **source = sources; *source != NULL; source++)
    {
      g_autoptr(BallastJob) job
        = ballast_document_import_as (document, *source, choices->layout, choices->images,
                                      &choices->wishes);
      const BallastImportResult *result;
      g_autoptr(GError) error = NULL;

      if (!ballast_cli_run_job (job, &error))
        return ballast_cli_fail (error);
      result = ballast_job_get_result (job);
      sums->added += result->added;
      sums->updated += result->updated;
      sums->gone = result->gone;
      sums->problems = result->problems;
      sums->grouped += result->grouped;
      sums->placed += result->placed;
      sums->unplaced = result->unplaced;
    }
  return BALLAST_CLI_DONE;
}

static void
print_text (BallastDocument *document,
            const Sums      *sums)
{
  g_print ("%s: %s\n%" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT " changed, %" G_GUINT64_FORMAT
           " gone, %" G_GUINT64_FORMAT " problems\n",
           ballast_document_get_title (document), ballast_document_get_subtitle (document),
           sums->added, sums->updated, sums->gone, sums->problems);
  if (sums->grouped > 0)
    g_print ("%" G_GUINT64_FORMAT " put into groups, as the others are grouped; %" G_GUINT64_FORMAT
             " of them into their group’s split\n", sums->grouped, sums->placed);
  if (sums->unplaced > 0)
    g_print ("%" G_GUINT64_FORMAT " in no split: “split --from \"\"” divides these alone\n",
             sums->unplaced);
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
      print_text (document, sums);
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "images", tally->images);
  ballast_json_add_int (builder, "classes", tally->n_classes);
  ballast_json_add_int (builder, "added", sums->added);
  ballast_json_add_int (builder, "updated", sums->updated);
  ballast_json_add_int (builder, "gone", sums->gone);
  ballast_json_add_int (builder, "problems", sums->problems);
  ballast_json_add_int (builder, "grouped", sums->grouped);
  ballast_json_add_int (builder, "placed", sums->placed);
  ballast_json_add_int (builder, "without_split", sums->unplaced);
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}

/* An empty file, as mktemp makes it, is a place for a project. */
static gboolean
is_new_project (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) != 0 || (S_ISREG (info.st_mode) && info.st_size == 0);
}

int
ballast_cli_import (const char *usage,
                    int         argc,
                    char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_auto(Choices) choices = { 0 };
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "layout", 0, 0, G_OPTION_ARG_STRING, &choices.layout,
      "auto, folders, manifest, coco, voc, yolo or createml", "NAME" },
    { "images", 0, 0, G_OPTION_ARG_FILENAME, &choices.images,
      "Where the pictures of a manifest are", "DIR" },
    { "follow-links", 0, 0, G_OPTION_ARG_NONE, &choices.wishes.follow_links,
      "Follow links that lead out of the folder", NULL },
    { "path-column", 0, 0, G_OPTION_ARG_STRING, &choices.wishes.path_column,
      "The column of a manifest that names the images, by its header or its number", "COLUMN" },
    { "label-column", 0, 0, G_OPTION_ARG_STRING_ARRAY, &choices.wishes.label_columns,
      "A column with labels; may be given several times, \"\" for none", "COLUMN" },
    { "split-column", 0, 0, G_OPTION_ARG_STRING, &choices.wishes.split_column,
      "The column with the split; \"\" for none", "COLUMN" },
    { "group-column", 0, 0, G_OPTION_ARG_STRING, &choices.wishes.group_column,
      "The column with what splits must not part, like a patient; \"\" for none", "COLUMN" },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &choices.separator,
      "What stands between fields: comma, semicolon, tab, bar or space", "CHAR" },
    { "header", 0, 0, G_OPTION_ARG_STRING, &choices.header,
      "Whether the first row names the columns", "yes|no" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { NULL }
  };
  Sums sums = { 0 };
  gboolean is_new;
  int status;

  if (!ballast_cli_parse (usage, entries, 2, -1, &argc, &argv, &status))
    return status;
  status = check_choices (&choices);
  if (status != BALLAST_CLI_DONE)
    return status;

  is_new = is_new_project (argv[1]);
  if (is_new && !check_sources (argv + 2))
    return BALLAST_CLI_FAILED;
  document = is_new ? ballast_cli_create (argv[1]) : ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  status = import_sources (document, argv + 2, &choices, &sums);
  if (status != BALLAST_CLI_DONE && is_new)
    remove_if_empty (document);
  if (status != BALLAST_CLI_DONE)
    return status;
  print_result (document, &sums, json);
  return sums.problems > 0 ? BALLAST_CLI_PROBLEMS : BALLAST_CLI_DONE;
}
