/*
 * What the columns of a manifest hold: the words of their headers, and the values below.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-column-guess.h"

#include <string.h>

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

/* What splits must not part. */
static const Hint group_hints[] = {
  { "group", 9 }, { "group_id", 9 }, { "patient", 9 }, { "patient_id", 9 }, { "patientid", 9 },
  { "subject", 8 }, { "subject_id", 8 }, { "lesion_id", 8 }, { "case_id", 7 }, { "study_id", 6 },
  { "series_id", 6 }, { "sequence", 6 }, { "sequence_id", 7 }, { "seq_id", 7 }, { "video", 7 },
  { "video_id", 8 }, { "clip_id", 8 }, { "scene_id", 8 }, { "session_id", 6 }, { "burst_id", 8 },
  { "individual_id", 7 },
};

/* Never a label, whatever stands in it. */
static const Hint other_hints[] = {
  { "x1", 1 }, { "y1", 1 }, { "x2", 1 }, { "y2", 1 }, { "xmin", 1 }, { "xmax", 1 },
  { "ymin", 1 }, { "ymax", 1 }, { "x", 1 }, { "w", 1 }, { "h", 1 }, { "width", 1 },
  { "height", 1 }, { "bbox", 1 }, { "area", 1 }, { "score", 1 }, { "copy", 1 }, { "source", 1 },
  { "seed", 1 }, { "md5", 1 }, { "confidence", 1 }, { "sha256", 1 }, { "recipe", 1 }, { "url", 1 },
  { "mask", 1 }, { "size", 1 }, { "license", 1 }, { "index", 1 }, { "bboxes", 1 }, { "box", 1 },
  { "boxes", 1 }, { "x_min", 1 }, { "y_min", 1 }, { "x_max", 1 }, { "y_max", 1 }, { "left", 1 },
  { "top", 1 }, { "right", 1 }, { "bottom", 1 }, { "iscrowd", 1 }, { "segmentation", 1 },
  { "bbox_xyxy", 1 }, { "bbox_xywh", 1 }, { "boxes_xyxy", 1 }, { "boxes_xywh", 1 },
};

static const struct
{
  const Hint *hints;
  gsize       n_hints;
} tables[] = {
  [BALLAST_COLUMN_PATH] = { path_hints, G_N_ELEMENTS (path_hints) },
  [BALLAST_COLUMN_LABEL] = { label_hints, G_N_ELEMENTS (label_hints) },
  [BALLAST_COLUMN_SPLIT] = { split_hints, G_N_ELEMENTS (split_hints) },
  [BALLAST_COLUMN_GROUP] = { group_hints, G_N_ELEMENTS (group_hints) },
  [BALLAST_COLUMN_OTHER] = { other_hints, G_N_ELEMENTS (other_hints) },
};

static int
find_rank (BallastColumnUse use,
           const char      *word)
{
  for (gsize i = 0; i < tables[use].n_hints; i++)
    if (strcmp (word, tables[use].hints[i].word) == 0)
      return tables[use].hints[i].rank;

  return 0;
}

/* What the objects of an image say, "boxes.label", is called as it would be alone. */
int
ballast_column_rank (BallastColumnUse use,
                     const char      *text)
{
  g_autofree char *word = g_ascii_strdown (text, -1);
  const char *member = strrchr (word, '.');
  int rank;

  g_strstrip (word);
  g_strdelimit (word, " -", '_');
  rank = find_rank (use, word);
  if (rank > 0 || member == NULL)
    return rank;
  if (use == BALLAST_COLUMN_OTHER)
    return find_rank (use, member + 1);

  return use == BALLAST_COLUMN_LABEL ? MAX (find_rank (use, member + 1) - 3, 0) : 0;
}

const char *
ballast_column_guess_get (const BallastColumnGuess *guess,
                          guint                     row,
                          guint                     column)
{
  return ballast_manifest_sample_get (guess->sample, row, column);
}

const char *
ballast_column_guess_get_name (const BallastColumnGuess *guess,
                               guint                     column)
{
  return ballast_manifest_sample_get_column (guess->sample, guess->first_row == 1, column);
}

int
ballast_column_guess_rank (const BallastColumnGuess *guess,
                           BallastColumnUse          use,
                           guint                     column)
{
  return ballast_column_rank (use, ballast_column_guess_get_name (guess, column));
}

int
ballast_column_guess_find (const BallastColumnGuess *guess,
                           const char               *name)
{
  guint64 number;

  for (guint column = 0; column < guess->n_columns; column++)
    if (strcmp (ballast_column_guess_get_name (guess, column), name) == 0)
      return column;
  if (g_ascii_string_to_unsigned (name, 10, 1, MAX (guess->n_columns, 1), &number, NULL) &&
      number <= guess->n_columns)
    return number - 1;

  return -1;
}

gboolean
ballast_column_guess_all (const BallastColumnGuess *guess,
                          guint                     column,
                          BallastColumnTest         test)
{
  guint n = 0;

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    {
      const char *text = ballast_column_guess_get (guess, row, column);

      if (*text == '\0')
        continue;
      if (!test (text))
        return FALSE;
      n++;
    }

  return n > 0;
}

gboolean
ballast_column_is_number (const char *text)
{
  char *end;

  g_ascii_strtod (text, &end);

  return end != text && *end == '\0';
}

gboolean
ballast_column_is_indicator (const char *text)
{
  static const char *const words[] = { "0", "1", "0.0", "1.0", "true", "false", "True",
                                       "False", "yes", "no", "TRUE", "FALSE" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}

guint
ballast_column_guess_count_distinct (const BallastColumnGuess *guess,
                                     guint                     column)
{
  g_autoptr(GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint row = guess->first_row; row < guess->n_rows; row++)
    if (*ballast_column_guess_get (guess, row, column) != '\0')
      g_hash_table_add (values, (gpointer) ballast_column_guess_get (guess, row, column));

  return g_hash_table_size (values);
}
