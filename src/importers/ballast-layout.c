/*
 * Asks every reader what it makes of a path, and ranks the answers.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-foreign-layout.h"
#include "ballast-import-error.h"
#include "ballast-importer.h"
#include "ballast-layout-private.h"

/* The preview has to be there at once. */
#define LOOKING_TIME_US G_USEC_PER_SEC

/* Readers of annotations are, of what they know. */
#define SURE 0.9

static void
clear_named_count (gpointer data)
{
  g_free (((BallastNamedCount *) data)->name);
}

BallastLayoutGuess *
ballast_layout_guess_new (const BallastImporter *importer,
                          const char            *root)
{
  BallastLayoutGuess *guess = g_new0 (BallastLayoutGuess, 1);
  const BallastImportOptions initial = BALLAST_IMPORT_OPTIONS_INIT;

  guess->importer = importer;
  guess->options = initial;
  guess->root = g_strdup (root);
  guess->classes = g_array_new (FALSE, FALSE, sizeof (BallastNamedCount));
  guess->splits = g_array_new (FALSE, FALSE, sizeof (BallastNamedCount));
  g_array_set_clear_func (guess->classes, clear_named_count);
  g_array_set_clear_func (guess->splits, clear_named_count);
  guess->first_images = g_ptr_array_new_with_free_func (g_free);
  guess->warnings = g_ptr_array_new_with_free_func (g_free);
  guess->columns = g_ptr_array_new_with_free_func (g_free);
  guess->examples = g_ptr_array_new_with_free_func (g_free);

  return guess;
}

void
ballast_layout_guess_free (BallastLayoutGuess *guess)
{
  if (guess == NULL)
    return;
  ballast_import_options_clear (&guess->options);
  g_free (guess->root);
  g_free (guess->description);
  g_array_unref (guess->classes);
  g_array_unref (guess->splits);
  g_ptr_array_unref (guess->first_images);
  g_ptr_array_unref (guess->warnings);
  g_ptr_array_unref (guess->columns);
  g_ptr_array_unref (guess->examples);
  g_free (guess);
}

void
ballast_layout_guess_add_count (GArray     *counts,
                                const char *name,
                                guint64     count)
{
  BallastNamedCount named = { g_strdup (name), count };

  g_array_append_val (counts, named);
}

void
ballast_layout_guess_warn (BallastLayoutGuess *guess,
                           const char         *format,
                           ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (guess->warnings, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
ballast_layout_guess_warn_of_clashes (BallastLayoutGuess *guess)
{
  g_autoptr(GHashTable) folded_names = ballast_import_clashes_new ();

  for (guint i = 0; i < guess->classes->len; i++)
    {
      const char *name = g_array_index (guess->classes, BallastNamedCount, i).name;
      g_autofree char *clash = ballast_import_find_clash (folded_names, name);

      if (clash != NULL)
        ballast_layout_guess_warn (guess, _("The classes “%s” and “%s” differ only in case."),
                                   clash, name);
    }
}

char *
ballast_layout_describe_splits (const GArray *splits)
{
  g_autoptr(GString) names = g_string_new (NULL);

  if (splits->len == 0)
    return g_strdup (_("no splits"));
  for (guint i = 0; i < splits->len; i++)
    {
      if (i > 0)
        /* Translators: between the names of a list, and before the last of them. */
        g_string_append (names, i + 1 == splits->len ? _(" and ") : _(", "));
      g_string_append (names, g_array_index (splits, BallastNamedCount, i).name);
    }

  /* Translators: the names of one or several splits, "splits train, val and test". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "split %s", "splits %s", splits->len),
                          names->str);
}

static int
compare_guesses (gconstpointer a,
                 gconstpointer b)
{
  const BallastLayoutGuess *left = *(BallastLayoutGuess *const *) a;
  const BallastLayoutGuess *right = *(BallastLayoutGuess *const *) b;

  return (left->confidence < right->confidence) - (left->confidence > right->confidence);
}

/* Readers that are this unsure may have taken another layout's folders for classes. */
#define UNSURE 0.3

/* Class folders with names that only datasets of another layout have. */
static gboolean
has_odd_classes (const BallastLayoutGuess *guess)
{
  static const char *const names[] = { "images", "masks", "labels", "annotations", "JPEGImages",
                                       "img", "imgs", "labelTxt" };

  if (strcmp (guess->importer->name, "folders") != 0)
    return FALSE;
  for (guint i = 0; i < guess->classes->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      if (strcmp (g_array_index (guess->classes, BallastNamedCount, i).name, names[k]) == 0)
        return TRUE;

  return FALSE;
}

/* (transfer full) (nullable): what to look at: of manifests in a folder, whether they are any. */
static char *
dup_suspect (const char               *path,
             const BallastLayoutGuess *best)
{
  if (best == NULL || best->confidence <= UNSURE)
    return g_strdup (path);
  if (has_odd_classes (best) && g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup (path);
  if (strcmp (best->importer->name, "manifest") != 0)
    return best->confidence > SURE || g_file_test (path, G_FILE_TEST_IS_DIR) ? NULL
                                                                             : g_strdup (path);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup (path);
  if (best->options.files == NULL || best->options.files[0] == NULL)
    return NULL;

  return g_build_filename (path, best->options.files[0], NULL);
}

/* FALSE with an error where @path is of a layout that no reader knows, and none is sure of it. */
static gboolean
check_foreign (const char                  *path,
               const GPtrArray             *guesses,
               const BallastLayoutQuestion *question,
               GCancellable                *cancellable,
               GError                     **error)
{
  g_autofree char *suspect = dup_suspect (path, guesses->len > 0 ? guesses->pdata[0] : NULL);
  GError *foreign;

  if (question->importer != NULL || suspect == NULL)
    return TRUE;
  /* Time of its own: what the readers used up must not decide. */
  foreign = ballast_foreign_layout_find (suspect, g_get_monotonic_time () + LOOKING_TIME_US,
                                         cancellable);
  if (foreign != NULL)
    g_propagate_error (error, foreign);

  return foreign == NULL;
}

/* No reader spoke: what is wrong with the path itself. */
static void
set_no_layout_error (const char *path,
                     GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY,
                 _("There is no image in “%s”, and no manifest"), shown);
  else
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT,
                 _("“%s” is no manifest: choose a folder of class folders, or a CSV, TSV or JSON "
                    "Lines file that names images and their classes"),
                 shown);
}

static gboolean
check_path (const char *path,
            GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("“%s” does not exist"), shown);

  return FALSE;
}

/* Each reader gets its part of the time, so that a large tree does not leave the others without. */
static gint64
get_deadline (const BallastLayoutQuestion *question,
              gint64                       start_us,
              guint                        index)
{
  guint n = question->importer != NULL ? 1 : ballast_importer_get_n ();
  guint turn = question->importer != NULL ? 1 : index + 1;

  return start_us + MAX (question->deadline_us - start_us, 0) * turn / n;
}

/* Readers that may make something of another layout's files. */
static gboolean
is_general (const BallastImporter *importer)
{
  return strcmp (importer->name, "folders") == 0 || strcmp (importer->name, "manifest") == 0;
}

/* (transfer full) (nullable): every reader wants to know what is in the folder. */
static BallastFolder *
survey (const char                  *path,
        const BallastLayoutQuestion *question,
        GCancellable                *cancellable)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 deadline_us = now_us + MAX (question->deadline_us - now_us, 0) / 2;
  g_autoptr(BallastWalk) walk = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    walk = ballast_walk_new (path, question->wishes->follow_links, NULL);

  return walk != NULL ? ballast_folder_tree_new (walk, TRUE, deadline_us, cancellable, NULL) : NULL;
}

/* What is asked, with what it leaves open. */
static void
complete_question (BallastLayoutQuestion *asked,
                   gint64                 start_us)
{
  static const BallastImportWishes no_wishes = { 0 };

  if (asked->wishes == NULL)
    asked->wishes = &no_wishes;
  /* Nothing else has columns. */
  if (asked->importer == NULL && ballast_import_wishes_name_columns (asked->wishes))
    asked->importer = "manifest";
  if (asked->deadline_us == 0)
    asked->deadline_us = start_us + LOOKING_TIME_US;
}

/* Asks the readers in their order; @first_error (out): of the first that failed. */
static void
ask_importers (const char                  *path,
               const BallastLayoutQuestion *asked,
               GPtrArray                   *guesses,
               GCancellable                *cancellable,
               GError                     **first_error)
{
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < ballast_importer_get_n (); i++)
    {
      const BallastImporter *importer = ballast_importer_get (i);
      BallastLayoutQuestion turn = *asked;
      g_autoptr(GError) local = NULL;
      BallastLayoutGuess *guess;

      if (asked->importer != NULL && strcmp (asked->importer, importer->name) != 0)
        continue;
      turn.deadline_us = get_deadline (asked, start_us, i);
      guess = importer->recognise (path, &turn, cancellable, &local);
      if (guess != NULL)
        {
          guess->options.follow_links = asked->wishes->follow_links;
          g_ptr_array_add (guesses, guess);
        }
      else if (local != NULL && *first_error == NULL)
        *first_error = g_steal_pointer (&local);
      /* No other reader can be as sure, and some would read a large file to find that out. */
      if (guess != NULL && guess->confidence > SURE && !is_general (importer))
        break;
    }
}

GPtrArray *
ballast_layout_detect (const char                  *path,
                       const BallastLayoutQuestion *question,
                       GCancellable                *cancellable,
                       GError                     **error)
{
  g_autoptr(GPtrArray) guesses
    = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_layout_guess_free);
  BallastLayoutQuestion asked = { 0 };
  g_autoptr(GError) first_error = NULL;
  g_autoptr(BallastFolder) own_tree = NULL;

  if (question != NULL)
    asked = *question;
  complete_question (&asked, g_get_monotonic_time ());
  if (!check_path (path, error))
    return NULL;
  if (asked.tree == NULL)
    asked.tree = own_tree = survey (path, &asked, cancellable);
  ask_importers (path, &asked, guesses, cancellable, &first_error);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_ptr_array_sort (guesses, compare_guesses);
  if (!check_foreign (path, guesses, &asked, cancellable, error))
    return NULL;
  if (guesses->len > 0)
    return g_steal_pointer (&guesses);

  if (first_error != NULL)
    g_propagate_error (error, g_steal_pointer (&first_error));
  else
    set_no_layout_error (path, error);
  return NULL;
}
