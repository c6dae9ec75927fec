/*
 * Which column is what: by the words of the header, and by what stands below it.
 *
 * - The path is the column of names with an image's ending, or the one whose header says so.
 * - Splits are what only says "train", "test" and the like, or whose header says so.
 * - What splits must not part (a patient, a video) is kept where a header says so.
 * - The label is the column whose header says so; else several columns of 0 and 1 are one class
 *   each; else the column of words with the fewest different values.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-column-guess.h"
#include "ballast-file-kind.h"
#include "ballast-import-error.h"

/* In an error message. */
#define MAX_TOLD_COLUMNS 12

static double
get_image_share (const BallastColumnGuess *guess,
                 guint                     column)
{
  guint n = 0, n_images = 0;

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    {
      const char *text = ballast_column_guess_get (guess, row, column);

      n += *text != '\0';
      n_images += ballast_file_is_image (text, strlen (text));
    }

  return n > 0 ? n_images / (double) n : 0;
}

/* The first row says what the columns are? */
static void
find_header (BallastColumnGuess *guess)
{
  guint n_images = 0, n_known = 0, n_below = 0;

  if (guess->sample->format == BALLAST_MANIFEST_JSON_LINES)
    {
      guess->has_header = TRUE;
      return;
    }
  if (guess->wishes->header != BALLAST_WISH_AUTO)
    {
      guess->has_header = guess->wishes->header == BALLAST_WISH_YES;
      guess->first_row = guess->has_header ? 1 : 0;
      return;
    }
  for (guint column = 0; column < guess->n_columns; column++)
    {
      const char *text = ballast_column_guess_get (guess, 0, column);

      n_images += ballast_file_is_image (text, strlen (text));
      n_known += ballast_column_rank (BALLAST_COLUMN_PATH, text) > 1
                 || ballast_column_rank (BALLAST_COLUMN_LABEL, text) > 0
                 || ballast_column_rank (BALLAST_COLUMN_SPLIT, text) > 0;
      guess->first_row = 1;
      n_below += get_image_share (guess, column) > 0.5;
      guess->first_row = 0;
    }
  guess->has_header = n_images == 0 && (n_known > 0 || n_below > 0);
  guess->first_row = guess->has_header ? 1 : 0;
}

static double
find_path (BallastColumnGuess *guess)
{
  double best = 0, best_share = 0;

  guess->path = -1;
  if (guess->wishes->path_column != NULL)
    {
      guess->path = ballast_column_guess_find (guess, guess->wishes->path_column);
      return guess->path >= 0 ? 0.8 : 0;
    }
  for (guint column = 0; column < guess->n_columns; column++)
    {
      double share = get_image_share (guess, column);
      int rank = guess->has_header ? ballast_column_guess_rank (guess, BALLAST_COLUMN_PATH, column) : 0;
      double rated = share * 20 + rank;

      if (rated > best)
        {
          best = rated;
          best_share = share;
          guess->path = column;
        }
    }
  if (best_share >= 0.5)
    return 0.8;
  if (guess->path >= 0)
    return best >= 4 ? 0.4 : 0.2;

  /* No endings and no header: names without endings, perhaps. */
  if (guess->n_columns >= 2
      && ballast_column_guess_count_distinct (guess, 0) == guess->n_rows - guess->first_row)
    {
      guess->path = 0;
      return 0.1;
    }

  return 0;
}

static void
find_split (BallastColumnGuess *guess)
{
  guess->split = -1;
  if (guess->wishes->split_column != NULL)
    {
      guess->split = ballast_column_guess_find (guess, guess->wishes->split_column);
      return;
    }
  for (guint column = 0; column < guess->n_columns; column++)
    {
      guint n_distinct;

      if ((int) column == guess->path)
        continue;
      n_distinct = ballast_column_guess_count_distinct (guess, column);
      if ((guess->has_header && ballast_column_guess_rank (guess, BALLAST_COLUMN_SPLIT, column) > 0
           && n_distinct > 0
           && n_distinct <= 10)
          || (n_distinct <= 6 && ballast_column_guess_all (guess, column, ballast_name_is_split)))
        {
          guess->split = column;
          return;
        }
    }
}

static gboolean
is_label_column (const BallastColumnGuess   *guess,
                 const BallastImportOptions *options,
                 guint                       column)
{
  const char *name = ballast_column_guess_get_name (guess, column);

  return options->label_columns != NULL &&
         g_strv_contains ((const char *const *) options->label_columns, name);
}

/* Only by what its header says: what else is left. */
static void
find_group (BallastColumnGuess         *guess,
            const BallastImportOptions *options)
{
  int best_rank = 0;

  guess->group = -1;
  if (guess->wishes->group_column != NULL)
    {
      guess->group = ballast_column_guess_find (guess, guess->wishes->group_column);
      return;
    }
  for (guint column = 0; column < guess->n_columns && guess->has_header; column++)
    {
      int rank = ballast_column_guess_rank (guess, BALLAST_COLUMN_GROUP, column);

      if (rank <= best_rank || (int) column == guess->path || (int) column == guess->split ||
          is_label_column (guess, options, column))
        continue;
      guess->group = column;
      best_rank = rank;
    }
}

/* Fails with the columns that there are. */
static double
fail_for_column (const BallastColumnGuess *guess,
                 const char               *name,
                 GError                  **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *shown = NULL;

  for (guint column = 0; column < guess->n_columns && column < MAX_TOLD_COLUMNS; column++)
    g_string_append_printf (names, "%s“%s”", column > 0 ? ", " : "",
                            ballast_column_guess_get_name (guess, column));
  if (guess->n_columns > MAX_TOLD_COLUMNS)
    g_string_append (names, " …");
  shown = g_utf8_make_valid (names->str, -1);
  g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
               _("The manifest has no column “%s”; it has %s"), name, shown);

  return 0;
}

/* NULL, or a column that the user named and that is not there. */
static const char *
find_missing_wish (const BallastColumnGuess *guess)
{
  const BallastImportWishes *wishes = guess->wishes;

  if (wishes->path_column != NULL && ballast_column_guess_find (guess, wishes->path_column) < 0)
    return wishes->path_column;
  if (wishes->split_column != NULL && *wishes->split_column != '\0' &&
      ballast_column_guess_find (guess, wishes->split_column) < 0)
    return wishes->split_column;
  if (wishes->group_column != NULL && *wishes->group_column != '\0' &&
      ballast_column_guess_find (guess, wishes->group_column) < 0)
    return wishes->group_column;
  for (guint i = 0; wishes->label_columns != NULL && wishes->label_columns[i] != NULL; i++)
    if (ballast_column_guess_find (guess, wishes->label_columns[i]) < 0)
      return wishes->label_columns[i];

  return NULL;
}

static gboolean
may_be_side (const BallastColumnGuess   *guess,
             const BallastImportOptions *options,
             guint                       column)
{
  const char *name = ballast_column_guess_get_name (guess, column);

  return (int) column != guess->path && (int) column != guess->split
         && !g_strv_contains ((const char *const *) options->label_columns, name)
         && ballast_column_guess_all (guess, column, ballast_column_is_number);
}

/* The columns are the corners of boxes: the second right of and below the first, in every row. */
static gboolean
are_corners (const BallastColumnGuess *guess,
             guint                     first)
{
  for (guint row = guess->first_row; row < guess->n_rows; row++)
    for (guint i = 0; i < 2; i++)
      {
        const char *low = ballast_column_guess_get (guess, row, first + i);
        const char *high = ballast_column_guess_get (guess, row, first + i + 2);

        if (*low != '\0' && g_ascii_strtod (high, NULL) <= g_ascii_strtod (low, NULL))
          return FALSE;
      }

  return TRUE;
}

/* A list without a header that has four columns of numbers side by side, and no other. */
static void
find_boxes (const BallastColumnGuess *guess,
            BallastImportOptions     *options)
{
  guint first = 0, n = 0;

  if (guess->has_header || options->label_columns == NULL
      || guess->sample->format != BALLAST_MANIFEST_DELIMITED)
    return;
  for (guint column = 0; column < guess->n_columns; column++)
    if (may_be_side (guess, options, column))
      {
        first = n == 0 ? column : first;
        n++;
      }
  if (n != 4 || first + 4 > guess->n_columns || !may_be_side (guess, options, first + 3)
      || !are_corners (guess, first))
    return;
  options->box_columns = g_new0 (char *, 5);
  for (guint i = 0; i < 4; i++)
    options->box_columns[i] = g_strdup (ballast_column_guess_get_name (guess, first + i));
}

double
ballast_manifest_sample_guess (const BallastManifestSample *sample,
                               const BallastImportWishes   *wishes,
                               BallastImportOptions        *options,
                               GError                     **error)
{
  BallastColumnGuess guess = { .sample = sample, .wishes = wishes };
  const char *missing;
  double sure;

  guess.n_rows = sample->rows->len;
  guess.n_columns = sample->columns->len;
  if (guess.n_rows == 0 || guess.n_columns == 0)
    return 0;
  find_header (&guess);
  missing = find_missing_wish (&guess);
  if (missing != NULL)
    return fail_for_column (&guess, missing, error);
  sure = find_path (&guess);
  if (guess.path < 0 || guess.first_row == guess.n_rows)
    return 0;
  find_split (&guess);

  options->format = sample->format;
  if (sample->separator != '\0')
    options->separator = sample->separator;
  options->has_header = guess.has_header && sample->format != BALLAST_MANIFEST_JSON_LINES;
  options->path_column = g_strdup (ballast_column_guess_get_name (&guess, guess.path));
  if (guess.split >= 0)
    options->split_column = g_strdup (ballast_column_guess_get_name (&guess, guess.split));
  ballast_column_guess_find_labels (&guess, options);
  find_boxes (&guess, options);
  find_group (&guess, options);
  if (guess.group >= 0)
    options->group_column = g_strdup (ballast_column_guess_get_name (&guess, guess.group));

  return sure + (options->label_columns != NULL && sure >= 0.4 ? 0.1 : 0);
}
