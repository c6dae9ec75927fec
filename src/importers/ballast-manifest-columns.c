/*
 * Which column is what: by the words of the header, and by what stands below it.
 *
 * - The path is the column of names with an image's ending, or the one whose header says so.
 * - Splits are what only says "train", "test" and the like, or whose header says so.
 * - The label is the column whose header says so; else several columns of 0 and 1 are one class
 *   each; else the column of words with the fewest different values.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-import-error.h"
#include "ballast-json-line.h"
#include "ballast-manifest-sample.h"

/* Words of this rank are labels where nothing speaks against it. */
#define WEAK_RANK 5

/* In an error message. */
#define MAX_TOLD_COLUMNS 12

typedef struct
{
  const char *word;
  int         rank;
} Hint;

static const Hint path_hints[] = {
  { "file_name", 9 }, { "filename", 9 }, { "path", 8 }, { "image_path", 9 }, { "filepath", 9 },
  { "file_path", 9 }, { "image_name", 8 }, { "file", 8 }, { "image_file", 8 }, { "img_path", 9 },
  { "img", 6 }, { "image", 7 }, { "image_id", 5 }, { "imageid", 5 }, { "img_name", 8 },
  { "id_code", 4 }, { "picture", 6 }, { "photo", 6 }, { "name", 3 }, { "id", 2 },
  { "image_url", 1 }, { "images", 6 }, { "fname", 7 }, { "imagename", 8 }, { "relpath", 8 },
};

static const Hint label_hints[] = {
  { "class_name", 11 }, { "label_name", 11 }, { "classname", 11 }, { "category_name", 11 },
  { "label", 10 }, { "labels", 10 }, { "class", 10 }, { "classes", 10 },
  { "category", 9 }, { "categories", 9 }, { "target", 8 }, { "species", 8 },
  { "breed", 8 }, { "diagnosis", 8 }, { "dx", 8 }, { "tags", 7 },
  { "tag", 7 }, { "class_id", 6 }, { "label_id", 6 }, { "category_id", 6 },
  { "classid", 6 }, { "y", 5 }, { "level", 5 }, { "grade", 5 },
  { "finding_labels", 9 }, { "target_name", 11 }, { "objects.categories", 6 }, { "type", 4 },
  { "objects.category", 6 }, { "objects.label", 6 }, { "ground_truth", 7 }, { "gt", 5 },
};

static const Hint split_hints[] = {
  { "split", 9 }, { "set", 7 }, { "subset", 9 }, { "partition", 8 },
  { "phase", 6 }, { "usage", 5 }, { "data_split", 9 }, { "dataset_split", 9 },
};

/* Never a label, whatever stands in it. */
static const Hint other_hints[] = {
  { "x1", 1 }, { "y1", 1 }, { "x2", 1 }, { "y2", 1 }, { "xmin", 1 }, { "xmax", 1 },
  { "ymin", 1 }, { "ymax", 1 }, { "x", 1 }, { "w", 1 }, { "h", 1 }, { "width", 1 },
  { "height", 1 }, { "bbox", 1 }, { "area", 1 }, { "score", 1 }, { "copy", 1 }, { "source", 1 },
  { "seed", 1 }, { "md5", 1 }, { "confidence", 1 }, { "sha256", 1 }, { "recipe", 1 }, { "url", 1 },
  { "mask", 1 }, { "size", 1 }, { "license", 1 }, { "index", 1 },
};

typedef struct
{
  const BallastManifestSample *sample;
  const BallastImportWishes   *wishes;
  gboolean                     has_header;
  guint                        first_row; /* below the header */
  guint                        n_rows;    /* with it */
  guint                        n_columns;
  int                          path;      /* columns, or -1 */
  int                          split;
} Guess;

static int
rank_of (const Hint *hints,
         gsize       n_hints,
         const char *text)
{
  g_autofree char *word = g_ascii_strdown (text, -1);

  g_strstrip (word);
  g_strdelimit (word, " -", '_');
  for (gsize i = 0; i < n_hints; i++)
    if (strcmp (word, hints[i].word) == 0)
      return hints[i].rank;

  return 0;
}

#define RANK(hints, text) rank_of (hints, G_N_ELEMENTS (hints), text)

static const char *
get (const Guess *guess,
     guint        row,
     guint        column)
{
  return ballast_manifest_sample_get (guess->sample, row, column);
}

static const char *
get_header (const Guess *guess,
            guint        column)
{
  return ballast_manifest_sample_get_column (guess->sample, guess->first_row == 1, column);
}

/* The column that the user calls @name, by its header or its number; or -1. */
static int
find_wished (const Guess *guess,
             const char  *name)
{
  guint64 number;

  for (guint column = 0; column < guess->n_columns; column++)
    if (strcmp (get_header (guess, column), name) == 0)
      return column;
  if (g_ascii_string_to_unsigned (name, 10, 1, MAX (guess->n_columns, 1), &number, NULL) &&
      number <= guess->n_columns)
    return number - 1;

  return -1;
}

static double
get_image_share (const Guess *guess,
                 guint        column)
{
  guint n = 0, n_images = 0;

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    {
      const char *text = get (guess, row, column);

      n += *text != '\0';
      n_images += ballast_file_is_image (text, strlen (text));
    }

  return n > 0 ? n_images / (double) n : 0;
}

typedef gboolean (*ValueTest) (const char *text);

/* Every value that is not empty passes, and there is one. */
static gboolean
all_values (const Guess *guess,
            guint        column,
            ValueTest    test)
{
  guint n = 0;

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    {
      const char *text = get (guess, row, column);

      if (*text == '\0')
        continue;
      if (!test (text))
        return FALSE;
      n++;
    }

  return n > 0;
}

static gboolean
is_number (const char *text)
{
  char *end;

  g_ascii_strtod (text, &end);

  return end != text && *end == '\0';
}

static gboolean
is_fraction (const char *text)
{
  return is_number (text) && strpbrk (text, ".eE") != NULL;
}

static gboolean
is_indicator (const char *text)
{
  static const char *const words[] = { "0", "1", "0.0", "1.0", "true", "false", "True",
                                       "False", "yes", "no", "TRUE", "FALSE" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}

static guint
count_distinct (const Guess *guess,
                guint        column)
{
  g_autoptr(GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    if (*get (guess, row, column) != '\0')
      g_hash_table_add (values, (gpointer) get (guess, row, column));

  return g_hash_table_size (values);
}

/* The first row says what the columns are? */
static void
find_header (Guess *guess)
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
      const char *text = get (guess, 0, column);

      n_images += ballast_file_is_image (text, strlen (text));
      n_known += RANK (path_hints, text) > 1 || RANK (label_hints, text) > 0
                 || RANK (split_hints, text) > 0;
      guess->first_row = 1;
      n_below += get_image_share (guess, column) > 0.5;
      guess->first_row = 0;
    }
  guess->has_header = n_images == 0 && (n_known > 0 || n_below > 0);
  guess->first_row = guess->has_header ? 1 : 0;
}

static double
find_path (Guess *guess)
{
  double best = 0, best_share = 0;

  guess->path = -1;
  if (guess->wishes->path_column != NULL)
    {
      guess->path = find_wished (guess, guess->wishes->path_column);
      return guess->path >= 0 ? 0.8 : 0;
    }
  for (guint column = 0; column < guess->n_columns; column++)
    {
      double share = get_image_share (guess, column);
      int rank = guess->has_header ? RANK (path_hints, get_header (guess, column)) : 0;
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
  if (guess->n_columns >= 2 && count_distinct (guess, 0) == guess->n_rows - guess->first_row)
    {
      guess->path = 0;
      return 0.1;
    }

  return 0;
}

static void
find_split (Guess *guess)
{
  guess->split = -1;
  if (guess->wishes->split_column != NULL)
    {
      guess->split = find_wished (guess, guess->wishes->split_column);
      return;
    }
  for (guint column = 0; column < guess->n_columns; column++)
    {
      guint n_distinct;

      if ((int) column == guess->path)
        continue;
      n_distinct = count_distinct (guess, column);
      if ((guess->has_header && RANK (split_hints, get_header (guess, column)) > 0 && n_distinct > 0
           && n_distinct <= 10)
          || (n_distinct <= 6 && all_values (guess, column, ballast_name_is_split)))
        {
          guess->split = column;
          return;
        }
    }
}

static gboolean
may_be_label (const Guess *guess,
              guint        column)
{
  return (int) column != guess->path && (int) column != guess->split
         && !(guess->has_header && RANK (other_hints, get_header (guess, column)) > 0)
         && count_distinct (guess, column) > 0;
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
take_column (const Guess *guess,
             GPtrArray   *columns,
             guint        column)
{
  g_ptr_array_add (columns, g_strdup (get_header (guess, column)));
}

static int
find_named_label (const Guess *guess)
{
  int best = -1, best_rank = 0;

  for (guint column = 0; guess->has_header && column < guess->n_columns; column++)
    {
      const char *name = get_header (guess, column);
      g_autofree char *stem = g_strndup (name, measure_stem (name));
      int rank = MAX (RANK (label_hints, name), RANK (label_hints, stem) - 1);

      /* Of a number and a word for the same thing, the word is the name. */
      if (rank > 0 && all_values (guess, column, is_number))
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
take_alike (const Guess *guess,
            guint        column,
            GPtrArray   *columns)
{
  const char *name = get_header (guess, column);
  gsize stem = measure_stem (name);

  for (guint other = 0; other < guess->n_columns; other++)
    {
      const char *other_name = get_header (guess, other);

      if (other == column
          || (stem < strlen (name) && may_be_label (guess, other)
              && measure_stem (other_name) == stem && strncmp (other_name, name, stem) == 0))
        take_column (guess, columns, other);
    }
}

static void
take_indicators (const Guess *guess,
                 GPtrArray   *columns)
{
  for (guint column = 0; guess->has_header && column < guess->n_columns; column++)
    if (may_be_label (guess, column) && all_values (guess, column, is_indicator)
        && !is_number (get_header (guess, column)))
      take_column (guess, columns, column);
}

/* Everything beside the path and the split is 0 or 1, and there are several: a column "y" among them
 * is a class like the others, and so is an "x". */
static gboolean
take_only_indicators (const Guess *guess,
                      guint        named,
                      GPtrArray   *columns)
{
  if (RANK (label_hints, get_header (guess, named)) > WEAK_RANK)
    return FALSE;

  for (guint column = 0; column < guess->n_columns; column++)
    {
      if ((int) column == guess->path || (int) column == guess->split ||
          count_distinct (guess, column) == 0)
        continue;
      if (!all_values (guess, column, is_indicator))
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
find_plain_label (const Guess *guess)
{
  int best = -1;
  double best_rate = 0;
  guint n = guess->n_rows - guess->first_row;

  for (guint column = 0; column < guess->n_columns; column++)
    {
      guint n_distinct = may_be_label (guess, column) ? count_distinct (guess, column) : 0;
      double rated;

      if (n_distinct == 0 || (n_distinct * 10 > n * 9 && n > 20 && guess->n_columns > 2))
        continue;
      rated = 1 + 1.0 / n_distinct;
      if (all_values (guess, column, is_number))
        rated -= 1;
      if (all_values (guess, column, is_fraction))
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
take_wished_labels (const Guess          *guess,
                    BallastImportOptions *options)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  guint n_indicators = 0;

  for (char **name = guess->wishes->label_columns; *name != NULL; name++)
    {
      int column = find_wished (guess, *name);

      if (column < 0)
        continue;
      take_column (guess, columns, column);
      n_indicators += all_values (guess, column, is_indicator);
    }
  if (columns->len >= 2 && n_indicators == columns->len)
    options->label_style = BALLAST_LABELS_INDICATORS;
  set_labels (options, columns);
}

static void
find_labels (const Guess          *guess,
             BallastImportOptions *options)
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
cuts_labels (const Guess *guess,
             guint        column,
             char         separator)
{
  const char text[2] = { separator, '\0' };
  g_autoptr(GHashTable) pieces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_cut = 0;

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    {
      g_auto(GStrv) parts = g_strsplit (get (guess, row, column), text, -1);

      n_cut += g_strv_length (parts) > 1;
      for (guint i = 0; parts[i] != NULL; i++)
        g_hash_table_add (pieces, g_strdup (g_strstrip (parts[i])));
    }

  return n_cut > 0 && g_hash_table_size (pieces) <= count_distinct (guess, column) + 1;
}

static gboolean
is_list_literal (const char *text)
{
  return text[0] == '[' && text[strlen (text) - 1] == ']';
}

static void
find_label_separator (const Guess          *guess,
                      BallastImportOptions *options)
{
  static const char separators[] = "|;,";

  for (guint column = 0; column < guess->n_columns; column++)
    {
      const char *name = get_header (guess, column);

      if (options->label_style != BALLAST_LABELS_NAMES || options->label_columns == NULL
          || !g_strv_contains ((const char *const *) options->label_columns, name))
        continue;
      if (all_values (guess, column, is_list_literal))
        options->label_separator = ',';
      for (guint i = 0; separators[i] != '\0' && options->label_separator == 0; i++)
        if (cuts_labels (guess, column, separators[i]))
          options->label_separator = separators[i];
      if (options->label_separator == 0 && guess->has_header && g_str_has_suffix (name, "s")
          && cuts_labels (guess, column, ' '))
        options->label_separator = ' ';
    }
}

/* Fails with the columns that there are. */
static double
fail_for_column (const Guess *guess,
                 const char  *name,
                 GError     **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *shown = NULL;

  for (guint column = 0; column < guess->n_columns && column < MAX_TOLD_COLUMNS; column++)
    g_string_append_printf (names, "%s“%s”", column > 0 ? ", " : "", get_header (guess, column));
  if (guess->n_columns > MAX_TOLD_COLUMNS)
    g_string_append (names, " …");
  shown = g_utf8_make_valid (names->str, -1);
  g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS,
               _("The manifest has no column “%s”; it has %s"), name, shown);

  return 0;
}

/* NULL, or a column that the user named and that is not there. */
static const char *
find_missing_wish (const Guess *guess)
{
  const BallastImportWishes *wishes = guess->wishes;

  if (wishes->path_column != NULL && find_wished (guess, wishes->path_column) < 0)
    return wishes->path_column;
  if (wishes->split_column != NULL && *wishes->split_column != '\0' &&
      find_wished (guess, wishes->split_column) < 0)
    return wishes->split_column;
  for (guint i = 0; wishes->label_columns != NULL && wishes->label_columns[i] != NULL; i++)
    if (find_wished (guess, wishes->label_columns[i]) < 0)
      return wishes->label_columns[i];

  return NULL;
}

double
ballast_manifest_sample_guess (const BallastManifestSample *sample,
                               const BallastImportWishes   *wishes,
                               BallastImportOptions        *options,
                               GError                     **error)
{
  Guess guess = { .sample = sample, .wishes = wishes };
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
  options->path_column = g_strdup (get_header (&guess, guess.path));
  if (guess.split >= 0)
    options->split_column = g_strdup (get_header (&guess, guess.split));
  if (wishes->label_columns != NULL)
    take_wished_labels (&guess, options);
  else
    find_labels (&guess, options);
  find_label_separator (&guess, options);

  return sure + (options->label_columns != NULL && sure >= 0.4 ? 0.1 : 0);
}
