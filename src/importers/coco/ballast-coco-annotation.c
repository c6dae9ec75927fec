/*
 * One annotation of a COCO file: its box, its outline or mask, and what else is kept of it; and a
 * first look at a file that may be one of COCO's.
 *
 * A record that is broken in itself is a problem of its own: the others are read.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-coco-private.h"

#include <math.h>
#include <string.h>

#include "ballast-shape.h"

/* Points of one outline, and runs of one mask. */
#define MAX_NUMBERS (16 * 1024 * 1024)

/* How far into a file its first records are looked for. */
#define MAX_HEAD_BYTES (4 * 1024 * 1024)

/* A thread's: what one annotation after the other is read into. */
typedef struct
{
  BallastJsonReader *reader;
  gboolean           has_box;
  BallastBox         box;
  BallastShape       shape;   /* its sizes and points are borrowed from … */
  GArray            *sizes;   /* guint */
  GArray            *points;  /* double */
  GArray            *decimals; /* BallastDecimal: what would be in points, as long as all are short */
  gboolean           is_short;
  GArray            *numbers; /* double: of other lists */
  GByteArray        *packed;
  const char        *fault;
} Reading;

static gpointer
reading_new (void)
{
  Reading *reading = g_new0 (Reading, 1);
  const BallastShape initial = BALLAST_SHAPE_INIT;

  reading->reader = ballast_json_reader_new ();
  reading->shape = initial;
  reading->sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  reading->points = g_array_new (FALSE, FALSE, sizeof (double));
  reading->decimals = g_array_new (FALSE, FALSE, sizeof (BallastDecimal));
  reading->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  reading->packed = g_byte_array_new ();

  return reading;
}

static void
reading_reset (Reading *reading)
{
  reading->shape.sizes = NULL;
  reading->shape.points = NULL;
  ballast_shape_clear (&reading->shape);
  g_array_set_size (reading->sizes, 0);
  g_array_set_size (reading->points, 0);
  g_array_set_size (reading->decimals, 0);
  reading->is_short = TRUE;
  reading->has_box = FALSE;
  reading->box = (BallastBox) { 0 };
  reading->fault = NULL;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  reading_reset (reading);
  ballast_json_reader_free (reading->reader);
  g_array_unref (reading->sizes);
  g_array_unref (reading->points);
  g_array_unref (reading->decimals);
  g_array_unref (reading->numbers);
  g_byte_array_unref (reading->packed);
  g_free (reading);
}

/* Goes to the end of the bracket that was opened. */
static gboolean
leave (BallastJsonReader *reader)
{
  for (guint depth = 1; depth > 0;)
    switch ((guint) ballast_json_reader_next (reader))
      {
      case BALLAST_JSON_OBJECT:
      case BALLAST_JSON_ARRAY:
        depth++;
        break;
      case BALLAST_JSON_OBJECT_END:
      case BALLAST_JSON_ARRAY_END:
        depth--;
        break;
      case BALLAST_JSON_BAD:
      case BALLAST_JSON_END:
        return FALSE;
      default:
        break;
      }

  return TRUE;
}

/* Appends the numbers up to the end of the list.  FALSE where the text breaks off. */
static gboolean
read_numbers (Reading *reading,
              GArray  *numbers)
{
  BallastJsonToken token;

  for (;;)
    {
      double number;

      ballast_json_reader_read_decimals (reading->reader, numbers, MAX_NUMBERS);
      token = ballast_json_reader_next (reading->reader);
      if (token == BALLAST_JSON_ARRAY_END)
        return TRUE;
      if (token == BALLAST_JSON_NUMBER && numbers->len < MAX_NUMBERS
          && ballast_json_reader_get_double (reading->reader, &number))
        {
          g_array_append_val (numbers, number);
          continue;
        }
      if (token == BALLAST_JSON_BAD || token == BALLAST_JSON_END)
        return FALSE;
      reading->fault = "a coordinate is no number";
      if ((token == BALLAST_JSON_ARRAY || token == BALLAST_JSON_OBJECT)
          && !leave (reading->reader))
        return FALSE;
    }
}

static gboolean
read_box (Reading *reading)
{
  const char *before = reading->fault;
  const double *values;
  BallastJsonToken token = ballast_json_reader_next (reading->reader);

  if (token == BALLAST_JSON_WORD)
    return TRUE;
  reading->fault = NULL;
  if (token != BALLAST_JSON_ARRAY)
    return reading->fault = "its bbox is no list of four numbers",
           token == BALLAST_JSON_OBJECT ? leave (reading->reader) : token != BALLAST_JSON_BAD;
  g_array_set_size (reading->numbers, 0);
  if (!read_numbers (reading, reading->numbers))
    return FALSE;
  values = (const double *) (gpointer) reading->numbers->data;
  if (reading->numbers->len == 4 && reading->fault == NULL)
    {
      reading->has_box = TRUE;
      reading->box = (BallastBox) { values[0], values[1], values[2], values[3] };
    }
  else if (reading->numbers->len != 0 || reading->fault != NULL)
    reading->fault = "its bbox is no list of four numbers";
  if (reading->fault == NULL)
    reading->fault = before;

  return TRUE;
}

/* From here on coordinates are doubles. */
static void
lengthen (Reading *reading)
{
  for (guint i = 0; reading->is_short && i < reading->decimals->len; i++)
    {
      double value = ballast_decimal_get_value (g_array_index (reading->decimals, BallastDecimal, i));

      g_array_append_val (reading->points, value);
    }
  reading->is_short = FALSE;
  reading->shape.points = (gpointer) reading->points->data;
}

static GArray *
get_coordinates (Reading *reading)
{
  return reading->is_short ? reading->decimals : reading->points;
}

/* One outline. */
static gboolean
read_coordinates (Reading *reading)
{
  if (reading->is_short)
    {
      ballast_json_reader_read_short_decimals (reading->reader, reading->decimals, MAX_NUMBERS);
      if (ballast_json_reader_ends_list (reading->reader))
        return TRUE;
      lengthen (reading);
    }

  return read_numbers (reading, reading->points);
}

/* Polygons: lists of numbers in a list, or one list of numbers. */
static gboolean
read_polygons (Reading *reading)
{
  BallastShape *shape = &reading->shape;
  BallastJsonToken token;
  guint before, n;

  while ((token = ballast_json_reader_next (reading->reader)) == BALLAST_JSON_ARRAY)
    {
      before = get_coordinates (reading)->len;
      if (!read_coordinates (reading))
        return FALSE;
      n = get_coordinates (reading)->len;
      if (n % 2 != 0)
        {
          reading->fault = "an outline has an odd number of coordinates";
          g_array_set_size (get_coordinates (reading), n - 1);
        }
      n = (n - before) / 2;
      if (n > 0)
        g_array_append_val (reading->sizes, n);
    }
  if (token != BALLAST_JSON_ARRAY_END)
    {
      reading->fault = "its segmentation cannot be understood";
      g_array_set_size (reading->points, 0);
      g_array_set_size (reading->decimals, 0);
      g_array_set_size (reading->sizes, 0);
      return token != BALLAST_JSON_BAD && leave (reading->reader);
    }
  if (reading->sizes->len == 0)
    return TRUE;
  shape->kind = BALLAST_SHAPE_POLYGONS;
  shape->n_parts = reading->sizes->len;
  shape->sizes = (gpointer) reading->sizes->data;
  shape->points = reading->is_short ? NULL : (gpointer) reading->points->data;

  return TRUE;
}

static gboolean
read_counts (Reading *reading)
{
  BallastShape *shape = &reading->shape;
  BallastJsonToken token = ballast_json_reader_next (reading->reader);
  GArray *numbers = reading->numbers;
  const char *text;
  gsize length;

  if (token == BALLAST_JSON_STRING)
    {
      text = ballast_json_reader_get_text (reading->reader, &length);
      shape->kind = BALLAST_SHAPE_PACKED_RUNS;
      if (!ballast_runs_from_text (shape, text, length))
        reading->fault = "its run lengths cannot be understood";
      return TRUE;
    }
  if (token != BALLAST_JSON_ARRAY)
    return token != BALLAST_JSON_BAD && token != BALLAST_JSON_OBJECT;
  g_array_set_size (numbers, 0);
  if (!read_numbers (reading, numbers))
    return FALSE;
  shape->kind = BALLAST_SHAPE_RUNS;
  shape->n_runs = numbers->len;
  g_free (shape->runs);
  shape->runs = g_new (guint32, numbers->len + 1);
  for (guint i = 0; i < numbers->len; i++)
    {
      double run = g_array_index (numbers, double, i);

      if (!(run >= 0 && run <= G_MAXUINT32))
        reading->fault = "its run lengths cannot be understood";
      shape->runs[i] = run >= 0 && run <= G_MAXUINT32 ? (guint32) run : 0;
    }

  return TRUE;
}

static gboolean
read_mask_size (Reading *reading)
{
  GArray *numbers = reading->numbers;
  BallastShape *shape = &reading->shape;

  g_array_set_size (numbers, 0);
  if (ballast_json_reader_next (reading->reader) != BALLAST_JSON_ARRAY
      || !read_numbers (reading, numbers))
    return FALSE;
  if (numbers->len == 2 && g_array_index (numbers, double, 0) >= 0
      && g_array_index (numbers, double, 0) < G_MAXINT32 && g_array_index (numbers, double, 1) >= 0
      && g_array_index (numbers, double, 1) < G_MAXINT32)
    {
      shape->height = (guint32) g_array_index (numbers, double, 0);
      shape->width = (guint32) g_array_index (numbers, double, 1);
    }

  return TRUE;
}

static gboolean
read_runs (Reading *reading)
{
  BallastShape *shape = &reading->shape;
  guint64 total = 0;
  BallastJsonToken token;

  while ((token = ballast_json_reader_next (reading->reader)) == BALLAST_JSON_KEY)
    {
      gboolean is_read;

      if (ballast_json_reader_text_is (reading->reader, "counts"))
        is_read = read_counts (reading);
      else if (ballast_json_reader_text_is (reading->reader, "size"))
        is_read = read_mask_size (reading);
      else
        is_read = ballast_json_reader_skip (reading->reader);
      if (!is_read)
        return FALSE;
    }
  for (guint i = 0; i < shape->n_runs; i++)
    total += shape->runs[i];
  if (shape->kind != BALLAST_SHAPE_NONE && total > (guint64) shape->width * shape->height)
    reading->fault = "its run lengths are longer than the picture";

  return token == BALLAST_JSON_OBJECT_END;
}

static gboolean
read_segmentation (Reading *reading)
{
  BallastJsonToken token = ballast_json_reader_next (reading->reader);

  if (token == BALLAST_JSON_ARRAY)
    return read_polygons (reading);
  if (token == BALLAST_JSON_OBJECT)
    return read_runs (reading);

  return token != BALLAST_JSON_BAD && token != BALLAST_JSON_END;
}

static gboolean
read_flag (Reading     *reading,
           BallastMarks mark)
{
  BallastJsonToken token = ballast_json_reader_next (reading->reader);
  double value = 0;

  if (token == BALLAST_JSON_NUMBER)
    ballast_json_reader_get_double (reading->reader, &value);
  if (value != 0 || (token == BALLAST_JSON_WORD
                     && ballast_json_reader_text_is (reading->reader, "true")))
    reading->shape.marks |= mark;

  return token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING;
}

static gboolean
read_area (Reading *reading)
{
  BallastJsonToken token = ballast_json_reader_next (reading->reader);
  double value;

  if (token == BALLAST_JSON_NUMBER && ballast_json_reader_get_double (reading->reader, &value))
    reading->shape.area = value;

  return token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING;
}

static gboolean
read_number (Reading *reading)
{
  BallastCocoId id;

  if (!ballast_coco_read_id (reading->reader, &id))
    return FALSE;
  reading->shape.has_number = id.is_number;
  reading->shape.number = id.value;

  return TRUE;
}

static gboolean
read_member (Reading *reading)
{
  BallastJsonReader *reader = reading->reader;
  gsize length;
  const char *key = ballast_json_reader_get_text (reader, &length);

  if (ballast_json_is (key, length, "bbox"))
    return read_box (reading);
  if (ballast_json_is (key, length, "segmentation"))
    return read_segmentation (reading);
  if (ballast_json_is (key, length, "id"))
    return read_number (reading);
  if (ballast_json_is (key, length, "area"))
    return read_area (reading);
  if (ballast_json_is (key, length, "iscrowd"))
    return read_flag (reading, BALLAST_MARK_CROWD);

  return ballast_json_reader_skip (reader);
}

static void
read_members (Reading *reading)
{
  BallastJsonToken token = ballast_json_reader_next (reading->reader);

  if (token != BALLAST_JSON_OBJECT)
    {
      reading->fault = "the file was changed while it was read";
      return;
    }
  while ((token = ballast_json_reader_next (reading->reader)) == BALLAST_JSON_KEY)
    if (!read_member (reading))
      {
        token = BALLAST_JSON_BAD;
        break;
      }
  if (token != BALLAST_JSON_OBJECT_END)
    reading->fault = "it cannot be understood";
  if (reading->fault == NULL)
    return;
  g_clear_pointer (&reading->shape.runs, g_free);
  reading->shape.n_runs = 0;
  if (reading->shape.kind != BALLAST_SHAPE_POLYGONS)
    reading->shape.kind = BALLAST_SHAPE_NONE;
}

/* Files with outlines alone: the box is that of the outline. */
static const char *
read_record (gpointer            workspace,
             const char         *text,
             gsize               length,
             BallastImportLabel *label)
{
  Reading *reading = workspace;

  reading_reset (reading);
  ballast_json_reader_set_text (reading->reader, text, length);
  read_members (reading);
  if (!reading->has_box)
    {
      lengthen (reading);
      reading->has_box = ballast_shape_get_box (&reading->shape, &reading->box);
    }
  label->has_box = reading->has_box;
  label->box = reading->box;
  g_byte_array_set_size (reading->packed, 0);
  if (reading->shape.kind == BALLAST_SHAPE_POLYGONS && reading->is_short)
    ballast_shape_pack_decimals (&reading->shape, (const BallastDecimal *) (gpointer) reading->decimals->data,
                                 reading->packed);
  else if (!ballast_shape_is_plain (&reading->shape))
    ballast_shape_pack (&reading->shape, reading->packed);
  label->extra = reading->packed->data;
  label->n_extra = reading->packed->len;

  return reading->fault;
}

const BallastLabelSyntax ballast_coco_annotation_syntax = {
  .new_workspace = reading_new,
  .free_workspace = reading_free,
  .read = read_record,
};

/* Looks at the members of the first record of a list. */
static gboolean
look_at_record (BallastJsonReader *reader,
                const char        *list,
                gboolean          *is_other)
{
  gboolean has_id = FALSE, has_name = FALSE, has_image = FALSE, has_class = FALSE;

  while (ballast_json_reader_next (reader) == BALLAST_JSON_KEY)
    {
      has_id |= ballast_json_reader_text_is (reader, "id");
      has_name |= ballast_json_reader_text_is (reader, "file_name")
                  || ballast_json_reader_text_is (reader, "coco_url")
                  || ballast_json_reader_text_is (reader, "name");
      has_image |= ballast_json_reader_text_is (reader, "image_id");
      has_class |= ballast_json_reader_text_is (reader, "category_id");
      *is_other |= ballast_json_reader_text_is (reader, "caption")
                   || ballast_json_reader_text_is (reader, "segments_info");
      if (!ballast_json_reader_skip (reader))
        break;
    }

  return strcmp (list, "annotations") == 0 ? has_image && (has_class || *is_other)
                                           : has_id && has_name;
}

static gboolean
pass_list (BallastJsonReader *reader,
           guint64            most)
{
  BallastJsonToken token;

  while ((token = ballast_json_reader_next (reader)) == BALLAST_JSON_OBJECT)
    if (!leave (reader) || ballast_json_reader_get_end (reader) > most)
      return FALSE;

  return token == BALLAST_JSON_ARRAY_END;
}

gboolean
ballast_coco_is_file (const char *path,
                      gboolean   *is_instances)
{
  static const char *const lists[] = { "images", "annotations", "categories" };
  g_autoptr(BallastJsonReader) reader = ballast_json_reader_open (path, NULL);
  gboolean is_other = FALSE;
  guint n_signs = 0;

  if (is_instances != NULL)
    *is_instances = FALSE;
  if (reader == NULL || ballast_json_reader_next (reader) != BALLAST_JSON_OBJECT)
    return FALSE;
  while (n_signs < 5 && ballast_json_reader_next (reader) == BALLAST_JSON_KEY
         && ballast_json_reader_get_end (reader) < MAX_HEAD_BYTES)
    {
      const char *list = NULL;
      BallastJsonToken token;

      for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        if (ballast_json_reader_text_is (reader, lists[i]))
          list = lists[i];
      if (list == NULL)
        {
          if (!ballast_json_reader_skip (reader))
            break;
          continue;
        }
      if (ballast_json_reader_next (reader) != BALLAST_JSON_ARRAY)
        break;
      token = ballast_json_reader_next (reader);
      if (token == BALLAST_JSON_ARRAY_END)
        continue;
      if (token != BALLAST_JSON_OBJECT)
        break;
      if (look_at_record (reader, list, &is_other))
        n_signs += strcmp (list, "categories") == 0 ? 1 : 2;
      if (!pass_list (reader, MAX_HEAD_BYTES))
        break;
    }
  if (is_instances != NULL)
    *is_instances = n_signs > 1 && !is_other;

  return n_signs > 1;
}
