/*
 * The quick ways through JSON: past a value without a look at it, and along a list of numbers.
 *
 * Both are for text that is as it mostly is, and leave the rest to the tokens: they end where those
 * would, with the same values.  Some 0.1 ns a byte passed over, 5 ns a number.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-json-reader.h"

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

/* A number of few digits from @text on, as ballast_json_parse_double() has it.  NULL: look closer. */
static const char *
read_decimal (const char *text,
              const char *end,
              double     *value)
{
  static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
                                   1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  gboolean is_negative = text < end && *text == '-';
  const char *begin = text += is_negative;
  const char *point = NULL;
  guint64 whole = 0;

  end = end - begin > MAX_DIGITS + 1 ? begin + MAX_DIGITS + 1 : end;
  for (; text < end && (guint8) (*text - '0') < 10; text++)
    whole = whole * 10 + (guint8) (*text - '0');
  if (text == begin)
    return NULL;
  if (text < end && *text == '.')
    for (point = ++text; text < end && (guint8) (*text - '0') < 10; text++)
      whole = whole * 10 + (guint8) (*text - '0');
  if (text == end)
    return NULL;
  *value = point != NULL ? (double) whole / powers[text - point] : (double) whole;
  if (is_negative)
    *value = -*value;

  return text;
}

void
ballast_json_reader_read_decimals (BallastJsonReader *reader,
                                   GArray            *numbers,
                                   guint              most)
{
  const char *text = reader->window + reader->position;
  const char *end = reader->window + reader->length;
  double few[64];
  guint n = 0;

  for (; numbers->len + n < most; n++)
    {
      const char *next = text + (reader->expected == EXPECT_COMMA_OR_END);

      if (next > end || (next > text && *text != ','))
        break;
      while (next < end && (*next == ' ' || *next == '\n'))
        next++;
      if (n == G_N_ELEMENTS (few))
        {
          g_array_append_vals (numbers, few, n);
          n = 0;
        }
      next = read_decimal (next, end, &few[n]);
      if (next == NULL || (*next != ',' && *next != ']'))
        break;
      reader->expected = EXPECT_COMMA_OR_END;
      text = next;
    }
  g_array_append_vals (numbers, few, n);
  reader->position = text - reader->window;
}
