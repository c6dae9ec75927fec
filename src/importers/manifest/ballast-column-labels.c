/*
 * Which columns of a manifest hold labels.
 *
 * The one whose header says so, and those that are called alike; else several columns of 0 and 1 are
 * one class each; else the column of words with the fewest different values.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <string.h>

#include "ballast-column-guess.h"
#include "ballast-json-line.h"

/* Words of this rank are labels where nothing speaks against it. */
#define WEAK_RANK 5

static gboolean
is_fraction (const char *text)
{
  return ballast_column_is_number (text) && strpbrk (text, ".eE") != NULL;
}

static gboolean
may_be_label (const BallastColumnGuess *guess,
              guint                     column)
{
  return (int) column != guess->path && (int) column != guess->split
         && !(guess->has_header && ballast_column_guess_rank (guess, BALLAST_COLUMN_OTHER, column) > 0)
         && ballast_column_guess_count_distinct (guess, column) > 0;
}

/* "label_2" and "label1" have the stem "label". */
static gsize
measure_stem (const char *name)
{
  gsize length = strlen (name);

  while (length > 0 && (g_ascii_isdigit (name[length - 1]) || name[length - 1] == '_'))
    length--;

  return length;
}

static void
take_column (const BallastColumnGuess *guess,
             GPtrArray                *columns,
             guint                     column)
{
  g_ptr_array_add (columns, g_strdup (ballast_column_guess_get_name (guess, column)));
}

static int
find_named_label (const BallastColumnGuess *guess)
{
  int best = -1, best_rank = 0;

  for (guint column = 0; guess->has_header && column < guess->n_columns; column++)
    {
      const char *name = ballast_column_guess_get_name (guess, column);
      g_autofree char *stem = g_strndup (name, measure_stem (name));
      int rank = MAX (ballast_column_rank (BALLAST_COLUMN_LABEL, name),
                      ballast_column_rank (BALLAST_COLUMN_LABEL, stem) - 1);

      /* Of a number and a word for the same thing, the word is the name. */
      if (rank > 0 && ballast_column_guess_all (guess, column, ballast_column_is_number))
        rank = MAX (rank - 2, 1);
      if (rank > best_rank && may_be_label (guess, column))
        {
          best = column;
          best_rank = rank;
        }
    }

  return best;
}

/* The columns that are called as @column is, but for a number at the end. */
static void
take_alike (const BallastColumnGuess *guess,
            guint                     column,
            GPtrArray                *columns)
{
  const char *name = ballast_column_guess_get_name (guess, column);
  gsize stem = measure_stem (name);

  for (guint other = 0; other < guess->n_columns; other++)
    {
      const char *other_name = ballast_column_guess_get_name (guess, other);

      if (other == column
          || (stem < strlen (name) && may_be_label (guess, other)
              && measure_stem (other_name) == stem && strncmp (other_name, name, stem) == 0))
        take_column (guess, columns, other);
    }
}

static void
take_indicators (const BallastColumnGuess *guess,
                 GPtrArray                *columns)
{
  for (guint column = 0; guess->has_header && column < guess->n_columns; column++)
    if (may_be_label (guess, column)
        && ballast_column_guess_all (guess, column, ballast_column_is_indicator)
        && !ballast_column_is_number (ballast_column_guess_get_name (guess, column)))
      take_column (guess, columns, column);
}

/* Everything beside the path and the split is 0 or 1, and there are several: a column "y" among them
 * is a class like the others, and so is an "x". */
static gboolean
take_only_indicators (const BallastColumnGuess *guess,
                      guint                     named,
                      GPtrArray                *columns)
{
  if (ballast_column_guess_rank (guess, BALLAST_COLUMN_LABEL, named) > WEAK_RANK)
    return FALSE;

  for (guint column = 0; column < guess->n_columns; column++)
    {
      if ((int) column == guess->path || (int) column == guess->split ||
          ballast_column_guess_count_distinct (guess, column) == 0)
        continue;
      if (!ballast_column_guess_all (guess, column, ballast_column_is_indicator))
        {
          g_ptr_array_set_size (columns, 0);
          return FALSE;
        }
      take_column (guess, columns, column);
    }
  if (columns->len >= 2)
    return TRUE;
  g_ptr_array_set_size (columns, 0);

  return FALSE;
}

static int
find_plain_label (const BallastColumnGuess *guess)
{
  int best = -1;
  double best_rate = 0;
  guint n = guess->n_rows - guess->first_row;

  for (guint column = 0; column < guess->n_columns; column++)
    {
      guint n_distinct = may_be_label (guess, column)
                           ? ballast_column_guess_count_distinct (guess, column) : 0;
      double rated;

      if (n_distinct == 0 || (n_distinct * 10 > n * 9 && n > 20 && guess->n_columns > 2))
        continue;
      rated = 1 + 1.0 / n_distinct;
      if (ballast_column_guess_all (guess, column, ballast_column_is_number))
        rated -= 1;
      if (ballast_column_guess_all (guess, column, is_fraction))
        rated /= 100;
      if (rated > best_rate + 1e-9)
        {
          best = column;
          best_rate = rated;
        }
    }

  return best;
}

static void
set_labels (BallastImportOptions *options,
            GPtrArray            *columns)
{
  if (columns->len == 0)
    return;
  g_ptr_array_add (columns, NULL);
  options->label_columns = (char **) g_ptr_array_steal (columns, NULL);
}

/* Several columns of 0 and 1 are one class each also where the user chose them. */
static void
take_wished_labels (const BallastColumnGuess *guess,
                    BallastImportOptions     *options)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  guint n_indicators = 0;

  for (char **name = guess->wishes->label_columns; *name != NULL; name++)
    {
      int column = ballast_column_guess_find (guess, *name);

      if (column < 0)
        continue;
      take_column (guess, columns, column);
      n_indicators += ballast_column_guess_all (guess, column, ballast_column_is_indicator);
    }
  if (columns->len >= 2 && n_indicators == columns->len)
    options->label_style = BALLAST_LABELS_INDICATORS;
  set_labels (options, columns);
}

static void
find_labels (const BallastColumnGuess *guess,
             BallastImportOptions     *options)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  int column = find_named_label (guess);

  if (column >= 0 && take_only_indicators (guess, column, columns))
    column = -1;
  else if (column >= 0)
    take_alike (guess, column, columns);
  else
    take_indicators (guess, columns);
  if (column < 0 && columns->len >= 2)
    options->label_style = BALLAST_LABELS_INDICATORS;
  else if (column < 0)
    {
      g_ptr_array_set_size (columns, 0);
      column = find_plain_label (guess);
      for (guint i = 0; guess->sample->varies && i < guess->n_columns; i++)
        if (guess->sample->format == BALLAST_MANIFEST_WHITESPACE && may_be_label (guess, i))
          take_column (guess, columns, i);
      if (columns->len == 0 && column >= 0)
        take_column (guess, columns, column);
    }

  set_labels (options, columns);
}

/* A separator that cuts the values into fewer different pieces than there are values. */
static gboolean
cuts_labels (const BallastColumnGuess *guess,
             guint                     column,
             char                      separator)
{
  const char text[2] = { separator, '\0' };
  g_autoptr(GHashTable) pieces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_cut = 0;

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    {
      g_auto(GStrv) parts = g_strsplit (ballast_column_guess_get (guess, row, column), text, -1);

      n_cut += g_strv_length (parts) > 1;
      for (guint i = 0; parts[i] != NULL; i++)
        g_hash_table_add (pieces, g_strdup (g_strstrip (parts[i])));
    }

  return n_cut > 0
         && g_hash_table_size (pieces) <= ballast_column_guess_count_distinct (guess, column) + 1;
}

static gboolean
is_list_literal (const char *text)
{
  return text[0] == '[' && text[strlen (text) - 1] == ']';
}

/* Lists of JSON, and what the objects of an image say, are parted already: a space in a name is one. */
static gboolean
holds_lists (const BallastColumnGuess *guess,
             guint                     column)
{
  gboolean holds = strchr (ballast_column_guess_get_name (guess, column), '.') != NULL;

  for (guint row = guess->first_row; row < guess->n_rows && !holds; row++)
    holds = strchr (ballast_column_guess_get (guess, row, column), BALLAST_LIST_SEPARATOR) != NULL;

  return holds && guess->sample->format == BALLAST_MANIFEST_JSON_LINES;
}

static void
find_label_separator (const BallastColumnGuess *guess,
                      BallastImportOptions     *options)
{
  static const char separators[] = "|;,";

  for (guint column = 0; column < guess->n_columns; column++)
    {
      const char *name = ballast_column_guess_get_name (guess, column);

      if (options->label_style != BALLAST_LABELS_NAMES || options->label_columns == NULL
          || !g_strv_contains ((const char *const *) options->label_columns, name)
          || holds_lists (guess, column))
        continue;
      if (ballast_column_guess_all (guess, column, is_list_literal))
        options->label_separator = ',';
      for (guint i = 0; separators[i] != '\0' && options->label_separator == 0; i++)
        if (cuts_labels (guess, column, separators[i]))
          options->label_separator = separators[i];
      if (options->label_separator == 0 && guess->has_header && g_str_has_suffix (name, "s")
          && cuts_labels (guess, column, ' '))
        options->label_separator = ' ';
    }
}

void
ballast_column_guess_find_labels (const BallastColumnGuess *guess,
                                  BallastImportOptions     *options)
{
  if (guess->wishes->label_columns != NULL)
    take_wished_labels (guess, options);
  else
    find_labels (guess, options);
  find_label_separator (guess, options);
}
