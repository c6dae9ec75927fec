/*
 * Edits of a project: class, undo, redo.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include <string.h>

#include "ballast-document-edits.h"

static const GOptionEntry no_entries[] = { { NULL } };

int
ballast_cli_finish_edit (BallastDocument *document,
                         BallastCliWait  *wait)
{
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (document, ballast_cli_wait (wait), &error))
    return ballast_cli_fail (error);
  return BALLAST_CLI_DONE;
}

int
ballast_cli_undo (const char *usage,
                  int         argc,
                  char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_auto(BallastCliWait) wait = { NULL };
  g_autofree char *label = NULL;
  int status;

  if (!ballast_cli_parse (usage, no_entries, 1, 1, &argc, &argv, &status))
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  label = g_strdup (ballast_document_get_undo_label (document));
  ballast_document_undo_async (document, NULL, ballast_cli_on_done, &wait);
  status = ballast_cli_finish_edit (document, &wait);
  if (status == BALLAST_CLI_DONE)
    g_print ("Undone: %s\n", label);
  return status;
}

int
ballast_cli_redo (const char *usage,
                  int         argc,
                  char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_auto(BallastCliWait) wait = { NULL };
  g_autofree char *label = NULL;
  int status;

  if (!ballast_cli_parse (usage, no_entries, 1, 1, &argc, &argv, &status))
    return status;
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  label = g_strdup (ballast_document_get_redo_label (document));
  ballast_document_redo_async (document, NULL, ballast_cli_on_done, &wait);
  status = ballast_cli_finish_edit (document, &wait);
  if (status == BALLAST_CLI_DONE)
    g_print ("Redone: %s\n", label);
  return status;
}

/* The ids of the classes called @names; NULL after a line on standard error. */
static gint64 *
find_classes (BallastDocument *document,
              char           **names,
              guint            n_names)
{
  BallastTally *tally = ballast_document_get_tally (document);
  g_autofree gint64 *ids = g_new (gint64, n_names + 1);

  for (guint i = 0; i < n_names; i++)
    {
      const BallastClassTally *class = ballast_tally_find_class (tally, names[i]);

      if (class == NULL)
        {
          g_printerr ("ballast-cli: There is no class “%s” in “%s”.\n", names[i],
                      ballast_document_get_title (document));
          return NULL;
        }
      ids[i] = class->id;
    }
  return g_steal_pointer (&ids);
}

static int
rename_class (BallastDocument *document,
              char           **names,
              const char      *into)
{
  g_autofree gint64 *ids = find_classes (document, names, 1);
  g_auto(BallastCliWait) wait = { NULL };

  if (ids == NULL)
    return BALLAST_CLI_FAILED;
  ballast_document_rename_class_async (document, ids[0], into, ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

static int
merge_classes (BallastDocument *document,
               char           **names,
               guint            n_names,
               const char      *into)
{
  const BallastClassTally *target =
    ballast_tally_find_class (ballast_document_get_tally (document), into);
  g_autofree gint64 *ids = find_classes (document, names, n_names);
  g_auto(BallastCliWait) wait = { NULL };

  if (ids == NULL)
    return BALLAST_CLI_FAILED;
  if (target != NULL)
    ballast_document_merge_classes_async (document, ids, n_names, target->id, ballast_cli_on_done,
                                          &wait);
  else
    ballast_document_merge_classes_as_async (document, ids, n_names, into, ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

static int
drop_classes (BallastDocument *document,
              char           **names,
              guint            n_names)
{
  g_autofree gint64 *ids = find_classes (document, names, n_names);
  int status = ids == NULL ? BALLAST_CLI_FAILED : BALLAST_CLI_DONE;

  for (guint i = 0; status == BALLAST_CLI_DONE && i < n_names; i++)
    {
      g_auto(BallastCliWait) wait = { NULL };

      ballast_document_drop_class_async (document, ids[i], ballast_cli_on_done, &wait);
      status = ballast_cli_finish_edit (document, &wait);
    }
  return status;
}

/* The classes named first, in that order; the others behind them as they were. */
static int
order_classes (BallastDocument *document,
               char           **names,
               guint            n_names)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  g_autofree gint64 *first = find_classes (document, names, n_names);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto(BallastCliWait) wait = { NULL };

  if (first == NULL)
    return BALLAST_CLI_FAILED;
  g_array_append_vals (ids, first, n_names);
  for (guint i = 0; i < tally->n_classes; i++)
    {
      gboolean named = FALSE;

      for (guint j = 0; j < n_names; j++)
        named |= first[j] == tally->classes[i].id;
      if (!named)
        g_array_append_val (ids, tally->classes[i].id);
    }
  ballast_document_reorder_classes_async (document, (const gint64 *) (gpointer) ids->data, ids->len,
                                          ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

static gboolean
is_verb (const char *verb)
{
  static const char *const verbs[] = { "rename", "merge", "drop", "order", NULL };

  return g_strv_contains (verbs, verb);
}

int
ballast_cli_class (const char *usage,
                   int         argc,
                   char      **argv)
{
  g_autoptr(BallastDocument) document = NULL;
  g_autofree char *into = NULL;
  const GOptionEntry entries[] = {
    { "into", 0, 0, G_OPTION_ARG_STRING, &into, "The new name, or the class to merge into", "NAME" },
    { NULL }
  };
  const char *verb;
  int status;

  if (!ballast_cli_parse (usage, entries, 3, -1, &argc, &argv, &status))
    return status;

  verb = argv[2];
  if (!is_verb (verb))
    return ballast_cli_misuse ("“%s” is none of rename, merge, drop, order", verb);
  if ((strcmp (verb, "rename") == 0 || strcmp (verb, "merge") == 0) && into == NULL)
    return ballast_cli_misuse ("class %s needs --into NAME", verb);
  if (strcmp (verb, "rename") == 0 && argc != 4)
    return ballast_cli_misuse ("class rename takes one class");

  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;
  if (strcmp (verb, "rename") == 0)
    return rename_class (document, argv + 3, into);
  if (strcmp (verb, "merge") == 0)
    return merge_classes (document, argv + 3, argc - 3, into);
  if (strcmp (verb, "order") == 0)
    return order_classes (document, argv + 3, argc - 3);
  return drop_classes (document, argv + 3, argc - 3);
}
