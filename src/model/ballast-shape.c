/*
 * Outlines and masks, and their packed form.
 *
 * Packed bytes come out of a project file that may be damaged or forged: every length is checked
 * against what is left before memory is taken.  Any thread; cost is linear in the points.
 */
#define G_LOG_DOMAIN "ballast-model"

#include "config.h"

#include "ballast-shape.h"

#include <string.h>

/* The first byte: marks, kind, and what follows it. */
#define MARKS_MASK 0x0f
#define KIND_SHIFT 4
#define KIND_MASK 0x3
#define HAS_NUMBER 0x40
#define HAS_AREA 0x80

/* More places are kept as the double itself. */
#define MAX_PLACES BALLAST_DECIMAL_PLACES
#define IN_FULL 255

/* A decimal beyond this may not be exact. */
#define MAX_WHOLE 1e15

static const double powers[MAX_PLACES + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

void
ballast_shape_clear (BallastShape *shape)
{
  const BallastShape initial = BALLAST_SHAPE_INIT;

  g_free (shape->sizes);
  g_free (shape->points);
  g_free (shape->runs);
  *shape = initial;
}

gboolean
ballast_shape_is_plain (const BallastShape *shape)
{
  return shape->marks == 0 && shape->kind == BALLAST_SHAPE_NONE && !shape->has_number
         && isnan (shape->area);
}

guint
ballast_shape_get_n_points (const BallastShape *shape)
{
  guint n = 0;

  for (guint i = 0; i < shape->n_parts; i++)
    n += shape->sizes[i];

  return n;
}

static guint8 *
write_number (guint8 *to,
              guint64 rest)
{
  while (rest > 0x7f)
    {
      *to++ = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
  *to++ = rest;

  return to;
}

static void
put_number (GByteArray *bytes,
            guint64     rest)
{
  guint8 text[10];

  g_byte_array_append (bytes, text, write_number (text, rest) - text);
}

static guint64
fold_sign (gint64 value)
{
  return (guint64) value << 1 ^ (value < 0 ? G_MAXUINT64 : 0);
}

static gint64
unfold_sign (guint64 value)
{
  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

static void
put_double (GByteArray *bytes,
            double      value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (bytes, (const guint8 *) &bits, sizeof bits);
}

/* Added to a number below 2^51 and taken away again, it rounds it to the nearest whole one, halves to
 * even: nearbyint() without a call. */
#define ROUNDING 6755399441055744.0 /* 1.5 × 2^52 */

static inline double
round_half_even (double number)
{
  return number + ROUNDING - ROUNDING;
}

/* The fewest decimal places that give every number back; IN_FULL where they are too many. */
static guint
count_places (const double *numbers,
              guint         n)
{
  guint places = 0;

  for (guint i = 0; i < n; i++)
    {
      double number = numbers[i];

      if (!(fabs (number) * powers[MAX_PLACES] < MAX_WHOLE) || (number == 0 && signbit (number)))
        return IN_FULL;
      while (round_half_even (number * powers[places]) / powers[places] != number)
        if (++places > MAX_PLACES)
          return IN_FULL;
    }

  return places;
}

/* Differences to the point before, as whole numbers.  Room is taken for the longest and given back. */
static void
put_whole_points (GByteArray   *bytes,
                  const double *numbers,
                  guint         n,
                  double        power)
{
  gsize before = bytes->len;
  gint64 last[2] = { 0, 0 };
  guint8 *to;

  g_byte_array_set_size (bytes, before + 10 * (gsize) n);
  to = bytes->data + before;
  for (guint i = 0; i < n; i++)
    {
      gint64 whole = (gint64) round_half_even (numbers[i] * power);

      to = write_number (to, fold_sign (whole - last[i % 2]));
      last[i % 2] = whole;
    }
  g_byte_array_set_size (bytes, to - bytes->data);
}

static void
put_points (const BallastShape *shape,
            GByteArray         *bytes)
{
  const double *number = shape->points;
  guint places = count_places (number, 2 * ballast_shape_get_n_points (shape));
  guint8 byte = places;

  g_byte_array_append (bytes, &byte, 1);
  for (guint part = 0; part < shape->n_parts; part++)
    {
      guint n = 2 * shape->sizes[part];

      put_number (bytes, shape->sizes[part]);
      if (places == IN_FULL)
        for (guint i = 0; i < n; i++)
          put_double (bytes, number[i]);
      else
        put_whole_points (bytes, number, n, powers[places]);
      number += n;
    }
}

/* Marks, kind, and what else stands before the outline. */
static void
put_head (const BallastShape *shape,
          GByteArray         *bytes)
{
  guint8 head = (shape->marks & MARKS_MASK) | (guint8) (shape->kind << KIND_SHIFT)
                | (shape->has_number ? HAS_NUMBER : 0) | (isnan (shape->area) ? 0 : HAS_AREA);

  g_byte_array_append (bytes, &head, 1);
  if (shape->has_number)
    put_number (bytes, fold_sign (shape->number));
  if (!isnan (shape->area))
    put_double (bytes, shape->area);
}

void
ballast_shape_pack (const BallastShape *shape,
                    GByteArray         *bytes)
{
  put_head (shape, bytes);
  if (shape->kind == BALLAST_SHAPE_NONE)
    return;
  if (shape->kind == BALLAST_SHAPE_POLYGONS)
    {
      put_number (bytes, shape->n_parts);
      put_points (shape, bytes);
      return;
    }
  put_number (bytes, shape->width);
  put_number (bytes, shape->height);
  put_number (bytes, shape->n_runs);
  for (guint i = 0; i < shape->n_runs; i++)
    put_number (bytes, shape->runs[i]);
}

/* As count_places() of the doubles: zeros at the end are no places. */
static guint
count_decimal_places (const BallastDecimal *decimals,
                      guint                 n)
{
  guint most = 0;

  for (guint i = 0; i < n; i++)
    {
      guint places = ballast_decimal_get_places (decimals[i]);
      gint64 whole = ballast_decimal_get_whole (decimals[i]);

      for (; places > most && whole % 10 == 0; places--)
        whole /= 10;
      most = MAX (most, places);
    }

  return most;
}

static inline gint64
scale_decimal (BallastDecimal decimal,
               guint          places)
{
  static const gint64 whole_powers[MAX_PLACES + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
  gint64 whole = ballast_decimal_get_whole (decimal);
  guint own = ballast_decimal_get_places (decimal);

  return own <= places ? whole * whole_powers[places - own] : whole / whole_powers[own - places];
}

void
ballast_shape_pack_decimals (const BallastShape   *shape,
                             const BallastDecimal *decimals,
                             GByteArray           *bytes)
{
  guint places = count_decimal_places (decimals, 2 * ballast_shape_get_n_points (shape));
  guint8 byte = places;

  put_head (shape, bytes);
  put_number (bytes, shape->n_parts);
  g_byte_array_append (bytes, &byte, 1);
  for (guint part = 0; part < shape->n_parts; part++)
    {
      guint n = 2 * shape->sizes[part];
      gint64 last[2] = { 0, 0 };
      gsize before;
      guint8 *to;

      put_number (bytes, shape->sizes[part]);
      before = bytes->len;
      g_byte_array_set_size (bytes, before + 10 * (gsize) n);
      to = bytes->data + before;
      for (guint i = 0; i < n; i++)
        {
          gint64 whole = scale_decimal (decimals[i], places);

          to = write_number (to, fold_sign (whole - last[i % 2]));
          last[i % 2] = whole;
        }
      g_byte_array_set_size (bytes, to - bytes->data);
      decimals += n;
    }
}

typedef struct
{
  const guint8 *position;
  const guint8 *end;
  gboolean      is_bad;
} Input;

static guint64
get_number (Input *input)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64 && input->position < input->end; shift += 7)
    {
      guint8 byte = *input->position++;

      value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }
  input->is_bad = TRUE;

  return 0;
}

/* A number of things that take a byte each at least. */
static guint
get_count (Input *input)
{
  guint64 count = get_number (input);

  if (count > (guint64) (input->end - input->position))
    {
      input->is_bad = TRUE;
      return 0;
    }

  return count;
}

static guint32
get_small (Input *input)
{
  guint64 value = get_number (input);

  return MIN (value, G_MAXUINT32);
}

static double
get_double (Input *input)
{
  guint64 bits = 0;
  double value;

  if (input->end - input->position < (gssize) sizeof bits)
    {
      input->is_bad = TRUE;
      return 0;
    }
  memcpy (&bits, input->position, sizeof bits);
  input->position += sizeof bits;
  bits = GUINT64_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);

  return value;
}

static void
get_part (Input  *input,
          guint   places,
          guint   n_numbers,
          double *numbers)
{
  gint64 last[2] = { 0, 0 };

  for (guint i = 0; i < n_numbers && !input->is_bad; i++)
    {
      if (places == IN_FULL)
        {
          numbers[i] = get_double (input);
          continue;
        }
      last[i % 2] = (gint64) ((guint64) last[i % 2] + (guint64) unfold_sign (get_number (input)));
      numbers[i] = (double) last[i % 2] / powers[places];
    }
}

static void
get_polygons (Input        *input,
              BallastShape *shape)
{
  guint places = IN_FULL;
  gsize n_numbers = 0;

  shape->n_parts = get_count (input);
  if (input->position < input->end)
    places = *input->position++;
  if (input->is_bad || (places > MAX_PLACES && places != IN_FULL))
    {
      shape->n_parts = 0;
      input->is_bad = TRUE;
      return;
    }
  shape->sizes = g_new0 (guint, shape->n_parts);
  /* A coordinate takes a byte at least. */
  shape->points = g_new (double, input->end - input->position + 1);
  for (guint part = 0; part < shape->n_parts && !input->is_bad; part++)
    {
      guint n = get_count (input);

      if (2 * (gsize) n > (gsize) (input->end - input->position))
        input->is_bad = TRUE;
      if (input->is_bad)
        break;
      shape->sizes[part] = n;
      get_part (input, places, 2 * n, shape->points + n_numbers);
      n_numbers += 2 * (gsize) n;
    }
  shape->points = g_renew (double, shape->points, n_numbers + 1);
}

static void
get_runs (Input        *input,
          BallastShape *shape)
{
  shape->width = get_small (input);
  shape->height = get_small (input);
  shape->n_runs = get_count (input);
  shape->runs = g_new0 (guint32, shape->n_runs + 1);
  for (guint i = 0; i < shape->n_runs && !input->is_bad; i++)
    shape->runs[i] = get_small (input);
}

BallastShapeKind
ballast_shape_peek (guint8        head,
                    BallastMarks *marks)
{
  *marks = head & MARKS_MASK;

  return head >> KIND_SHIFT & KIND_MASK;
}

gboolean
ballast_shape_unpack (BallastShape *shape,
                      const void   *bytes,
                      gsize         n_bytes)
{
  Input input = { bytes, (const guint8 *) bytes + n_bytes };
  guint8 head;

  ballast_shape_clear (shape);
  if (n_bytes == 0)
    return TRUE;

  head = *input.position++;
  shape->marks = head & MARKS_MASK;
  shape->kind = head >> KIND_SHIFT & KIND_MASK;
  shape->has_number = (head & HAS_NUMBER) != 0;
  if (shape->has_number)
    shape->number = unfold_sign (get_number (&input));
  if (head & HAS_AREA)
    shape->area = get_double (&input);
  if (shape->kind == BALLAST_SHAPE_POLYGONS)
    get_polygons (&input, shape);
  else if (shape->kind != BALLAST_SHAPE_NONE)
    get_runs (&input, shape);
  if (input.is_bad || input.position != input.end)
    {
      ballast_shape_clear (shape);
      return FALSE;
    }

  return TRUE;
}

void
ballast_shape_scale (BallastShape *shape,
                     double        factor_x,
                     double        factor_y)
{
  guint n = ballast_shape_get_n_points (shape);

  for (guint i = 0; i < n; i++)
    {
      shape->points[2 * i] *= factor_x;
      shape->points[2 * i + 1] *= factor_y;
    }
}

static gboolean
get_box_of_points (const BallastShape *shape,
                   BallastBox         *box)
{
  guint n = ballast_shape_get_n_points (shape);
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  for (guint i = 0; i < n; i++)
    {
      left = MIN (left, shape->points[2 * i]);
      right = MAX (right, shape->points[2 * i]);
      top = MIN (top, shape->points[2 * i + 1]);
      bottom = MAX (bottom, shape->points[2 * i + 1]);
    }
  if (n > 0)
    *box = (BallastBox) { left, top, right - left, bottom - top };

  return n > 0;
}

static gboolean
get_box_of_runs (const BallastShape *shape,
                 BallastBox         *box)
{
  guint64 left = G_MAXUINT64, top = G_MAXUINT64, right = 0, bottom = 0;
  guint64 position = 0;

  for (guint i = 0; i < shape->n_runs && shape->height > 0; i++)
    {
      guint64 last = position + shape->runs[i];

      if (i % 2 == 1 && shape->runs[i] > 0)
        {
          gboolean wraps = position / shape->height != (last - 1) / shape->height;

          left = MIN (left, position / shape->height);
          right = MAX (right, (last - 1) / shape->height + 1);
          top = MIN (top, wraps ? 0 : position % shape->height);
          bottom = MAX (bottom, wraps ? shape->height : (last - 1) % shape->height + 1);
        }
      position = last;
    }
  if (right == 0)
    return FALSE;
  *box = (BallastBox) { left, top, right - left, bottom - top };

  return TRUE;
}

gboolean
ballast_shape_get_box (const BallastShape *shape,
                       BallastBox         *box)
{
  if (shape->kind == BALLAST_SHAPE_POLYGONS)
    return get_box_of_points (shape, box);

  return shape->kind != BALLAST_SHAPE_NONE && get_box_of_runs (shape, box);
}

static double
measure_part (const double *points,
              guint         n)
{
  double twice = 0;

  for (guint i = 0; i < n; i++)
    {
      guint next = i + 1 < n ? i + 1 : 0;

      twice += points[2 * i] * points[2 * next + 1] - points[2 * next] * points[2 * i + 1];
    }

  return fabs (twice) / 2;
}

double
ballast_shape_measure (const BallastShape *shape)
{
  const double *points = shape->points;
  double area = 0;

  if (shape->kind == BALLAST_SHAPE_POLYGONS)
    for (guint part = 0; part < shape->n_parts; part++)
      {
        area += measure_part (points, shape->sizes[part]);
        points += 2 * shape->sizes[part];
      }
  else if (shape->kind != BALLAST_SHAPE_NONE)
    for (guint i = 1; i < shape->n_runs; i += 2)
      area += shape->runs[i];

  return area;
}

/* Six bits a character from '0' on: five of the number, one that says that more follow; from the
 * third run on the difference to the run before the last. */
gboolean
ballast_runs_from_text (BallastShape *shape,
                        const char   *text,
                        gsize         length)
{
  g_autofree guint32 *runs = g_new (guint32, length + 1);
  guint n = 0;

  for (gsize i = 0; i < length; n++)
    {
      gint64 value = 0;
      guint shift = 0;
      int bits;

      do
        {
          if (i >= length || text[i] < '0' || text[i] > '0' + 63 || shift > 35)
            return FALSE;
          bits = text[i++] - '0';
          value |= (gint64) (bits & 0x1f) << shift;
          shift += 5;
        }
      while (bits & 0x20);
      if (bits & 0x10)
        value |= -(G_GINT64_CONSTANT (1) << shift);
      if (n > 2)
        value += runs[n - 2];
      if (value < 0 || value > G_MAXUINT32)
        return FALSE;
      runs[n] = value;
    }
  g_free (shape->runs);
  shape->runs = g_steal_pointer (&runs);
  shape->n_runs = n;

  return TRUE;
}

void
ballast_runs_to_text (const BallastShape *shape,
                      GString            *text)
{
  for (guint i = 0; i < shape->n_runs; i++)
    {
      gint64 value = shape->runs[i];
      gboolean has_more;

      if (i > 2)
        value -= shape->runs[i - 2];
      do
        {
          char bits = value & 0x1f;

          value >>= 5;
          has_more = bits & 0x10 ? value != -1 : value != 0;
          g_string_append_c (text, (char) ((has_more ? bits | 0x20 : bits) + '0'));
        }
      while (has_more);
    }
}
