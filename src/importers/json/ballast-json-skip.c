/*
 * The quick ways through JSON: past a value without a look at it, and along a list of numbers.
 *
 * Both are for text that is as it mostly is, and leave the rest to the tokens: they end where those
 * would, with the same values.  Some 0.1 ns a byte passed over, 4 ns a number.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-json-reader.h"

#include "ballast-decimal.h"
#include "ballast-json-private.h"

/* More digits than this are not exact, or have an exponent: numbers that are read in their own way. */
#define MAX_DIGITS 15

/* Goes to the next bracket or quote within the window, or to its end. */
static void
pass_plain_text (BallastJsonReader *reader)
{
  gsize position = reader->position;

  for (; position + sizeof (BallastBytes) <= reader->length; position += sizeof (BallastBytes))
    {
      BallastBytes bytes = ballast_bytes_load (reader->window + position);
      BallastBytes lower = bytes | 0x20; /* "[" and "{" differ in one bit, so do "]" and "}" */
      guint first = ballast_bytes_first ((BallastBytes) ((bytes == '"') | (lower == '{') | (lower == '}')));

      if (first == sizeof (BallastBytes))
        continue;
      reader->position = position + first;
      return;
    }
  for (; position < reader->length; position++)
    if (reader->window[position] == '"' || (reader->window[position] | 0x20) == '{'
        || (reader->window[position] | 0x20) == '}')
      break;
  reader->position = position;
}

/* From behind an opening bracket to behind the one that closes it. */
static gboolean
skip_brackets (BallastJsonReader *reader)
{
  guint depth = 1;

  while (depth > 0)
    {
      pass_plain_text (reader);
      reader->begin = reader->position;
      if (reader->position >= reader->length)
        {
          if (!ballast_json_reader_fill (reader))
            return ballast_json_reader_fail (reader, "it ends too early"), FALSE;
          continue;
        }
      if (reader->window[reader->position] == '"')
        {
          if (!ballast_json_reader_read_string (reader))
            return FALSE;
          continue;
        }
      depth += (reader->window[reader->position] | 0x20) == '{' ? 1 : -1;
      if (depth + reader->depth > BALLAST_JSON_MAX_DEPTH)
        return ballast_json_reader_fail (reader, "brackets are nested too deep"), FALSE;
      reader->position++;
    }

  return TRUE;
}

gboolean
ballast_json_reader_skip (BallastJsonReader *reader)
{
  switch ((guint) ballast_json_reader_next (reader))
    {
    case BALLAST_JSON_OBJECT:
    case BALLAST_JSON_ARRAY:
      reader->depth--;
      if (!skip_brackets (reader))
        return FALSE;
      ballast_json_reader_after_value (reader);
      return TRUE;
    case BALLAST_JSON_STRING:
    case BALLAST_JSON_NUMBER:
    case BALLAST_JSON_WORD:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Digits of a number that has up to seven of them, and perhaps a point, out of the eight bytes at @text.
* NULL: look closer.  Byte by byte it would take twice as long, and a file of outlines is little else. */
static inline const char *
read_short (const char *text,
            guint64    *whole,
            guint      *places)
{
  guint64 bytes, digits, others, before;
  guint first, end;

  memcpy (&bytes, text, sizeof bytes);
  bytes = GUINT64_FROM_LE (bytes);
  digits = bytes ^ G_GUINT64_CONSTANT (0x3030303030303030);
  others = (((digits & G_GUINT64_CONSTANT (0x7f7f7f7f7f7f7f7f)) + G_GUINT64_CONSTANT (0x7676767676767676))
            | digits) & G_GUINT64_CONSTANT (0x8080808080808080);
  if (others == 0 || (others & 0x80) != 0)
    return NULL;
  first = end = (guint) __builtin_ctzll (others) / 8;
  if (text[first] == '.')
    {
      others &= others - 1;
      if (others == 0)
        return NULL;
      end = (guint) __builtin_ctzll (others) / 8 - 1;
      before = (G_GUINT64_CONSTANT (1) << 8 * first) - 1;
      digits = (digits & before) | (digits >> 8 & ~before);
    }
  *places = end - first;
  digits = (digits & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f)) << 8 * (8 - end);
  digits = digits * (10 << 8 | 1) >> 8 & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  digits = digits * (100 << 16 | 1) >> 16 & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  *whole = digits * (G_GUINT64_CONSTANT (10000) << 32 | 1) >> 32;

  return text + end + (text[first] == '.');
}

/* The same of up to fifteen digits. */
static const char *
read_digits (const char *text,
             const char *end,
             guint64    *whole,
             guint      *places)
{
  const char *begin = text;
  const char *point = NULL;

  *whole = 0;
  end = end - begin > MAX_DIGITS + 1 ? begin + MAX_DIGITS + 1 : end;
  for (; text < end && (guint8) (*text - '0') < 10; text++)
    *whole = *whole * 10 + (guint8) (*text - '0');
  if (text == begin)
    return NULL;
  if (text < end && *text == '.')
    for (point = ++text; text < end && (guint8) (*text - '0') < 10; text++)
      *whole = *whole * 10 + (guint8) (*text - '0');
  if (text == end)
    return NULL;
  *places = point != NULL ? text - point : 0;

  return text;
}

/* A number of a list that is mostly read quickly. */
typedef struct
{
  guint64  whole;
  guint    places;
  gboolean is_negative;
} Decimal;

/* Where the number ends that stands behind the comma, if there is one, and the list goes on or ends.
 * NULL: look closer. */
static inline const char *
read_next (const BallastJsonReader *reader,
           const char              *text,
           Decimal                 *decimal)
{
  const char *end = reader->window + reader->length;
  const char *begin = text + (reader->expected == EXPECT_COMMA_OR_END);

  if (begin > end || (begin > text && *text != ','))
    return NULL;
  while (begin < end && (*begin == ' ' || *begin == '\n'))
    begin++;
  decimal->is_negative = begin < end && *begin == '-';
  begin += decimal->is_negative;
  text = end - begin > 8 ? read_short (begin, &decimal->whole, &decimal->places) : NULL;
  if (text == NULL)
    text = read_digits (begin, end, &decimal->whole, &decimal->places);

  return text != NULL && (*text == ',' || *text == ']') ? text : NULL;
}

void
ballast_json_reader_read_decimals (BallastJsonReader *reader,
                                   GArray            *numbers,
                                   guint              most)
{
  static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
                                   1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  const char *text = reader->window + reader->position;
  const char *next;
  Decimal decimal;

  while (numbers->len < most && (next = read_next (reader, text, &decimal)) != NULL)
    {
      double number = (double) decimal.whole / powers[decimal.places];

      if (decimal.is_negative)
        number = -number;
      g_array_append_val (numbers, number);
      reader->expected = EXPECT_COMMA_OR_END;
      text = next;
    }
  reader->position = text - reader->window;
}

void
ballast_json_reader_read_short_decimals (BallastJsonReader *reader,
                                         GArray            *decimals,
                                         guint              most)
{
  const char *text = reader->window + reader->position;
  const char *next;
  BallastDecimal few[64];
  Decimal decimal;
  guint n = 0;

  while (decimals->len + n < most && (next = read_next (reader, text, &decimal)) != NULL
         && ballast_decimal_is_short (decimal.whole, decimal.places, decimal.is_negative))
    {
      gint64 whole = decimal.is_negative ? -(gint64) decimal.whole : (gint64) decimal.whole;

      if (n == G_N_ELEMENTS (few))
        {
          g_array_append_vals (decimals, few, n);
          n = 0;
        }
      few[n++] = ballast_decimal_new (whole, decimal.places);
      reader->expected = EXPECT_COMMA_OR_END;
      text = next;
    }
  g_array_append_vals (decimals, few, n);
  reader->position = text - reader->window;
}
