/*
 * YOLO's label files, line by line.  No I/O.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-yolo-labels.h"

#include <math.h>
#include <string.h>

#include "ballast-json-reader.h"

/* Class ids above this are no ids. */
#define MAX_CLASS_ID 65535

/* Outlines end exactly at the picture's edge, or a rounding beyond it. */
#define MOST_SHARE 1.001

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f' || c == ',';
}

/* Appends the numbers of the line; returns what is wrong with it. */
static const char *
read_numbers (const char *text,
              const char *end,
              GArray     *numbers)
{
  g_array_set_size (numbers, 0);
  while (text < end)
    {
      const char *start;
      double number;

      while (text < end && is_space (*text))
        text++;
      start = text;
      while (text < end && !is_space (*text))
        text++;
      if (text == start)
        break;
      if (*start == '+' && text - start > 1)
        start++;
      if (!ballast_json_parse_double (start, text - start, &number))
        return "it holds something that is no number";
      g_array_append_val (numbers, number);
    }

  return NULL;
}

static const char *
take_class (double number,
            guint *class_id)
{
  if (!(number >= 0 && number <= MAX_CLASS_ID) || number != floor (number))
    return "its class is no whole number from 0 on";
  *class_id = (guint) number;

  return NULL;
}

static void
take_box (BallastYoloLine *line,
          const double    *numbers)
{
  line->box = (BallastBox) { numbers[0] - numbers[2] / 2, numbers[1] - numbers[3] / 2, numbers[2],
                             numbers[3] };
}

static const char *
take_line (BallastYoloLine *line,
           GArray          *numbers,
           guint           *size,
           gboolean         has_keypoints)
{
  const double *values = (const double *) (gpointer) numbers->data;
  const char *fault = take_class (values[0], &line->class_id);

  if (fault != NULL)
    return fault;
  if (numbers->len == 5 || numbers->len == 6 || (has_keypoints && numbers->len > 5))
    {
      take_box (line, values + 1);
      return NULL;
    }
  if (numbers->len < 7)
    return "it has too few numbers";
  if (numbers->len % 2 == 0)
    return "its outline has an odd number of coordinates";
  *size = (numbers->len - 1) / 2;
  line->shape.kind = BALLAST_SHAPE_POLYGONS;
  line->shape.n_parts = 1;
  line->shape.sizes = size;
  line->shape.points = (double *) values + 1;
  ballast_shape_get_box (&line->shape, &line->box);

  return NULL;
}

gboolean
ballast_yolo_labels_parse (const char         *text,
                           gsize               length,
                           gboolean            has_keypoints,
                           BallastYoloLineFunc func,
                           gpointer            user_data)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  const char *end = text + length;
  guint number = 0;

  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    text += 3;
  while (text < end)
    {
      const char *newline = memchr (text, '\n', end - text);
      const char *line_end = newline != NULL ? newline : end;
      BallastYoloLine line = { .shape = BALLAST_SHAPE_INIT };
      guint size = 0;
      const char *fault = read_numbers (text, line_end, numbers);

      number++;
      text = newline != NULL ? newline + 1 : end;
      if (fault == NULL && numbers->len == 0)
        continue;
      if (fault == NULL)
        fault = take_line (&line, numbers, &size, has_keypoints);
      if (!func (&line, fault, number, user_data))
        return FALSE;
    }

  return TRUE;
}

gboolean
ballast_yolo_labels_are (const char *text,
                         gsize       length)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  const char *newline = memchr (text, '\n', length);
  guint class_id;

  if (read_numbers (text, newline != NULL ? newline : text + length, numbers) != NULL
      || numbers->len < 5 || take_class (g_array_index (numbers, double, 0), &class_id) != NULL)
    return FALSE;
  for (guint i = 1; i < numbers->len; i++)
    if (!(g_array_index (numbers, double, i) >= 0
          && g_array_index (numbers, double, i) <= MOST_SHARE))
      return FALSE;

  return TRUE;
}
