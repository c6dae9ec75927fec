/*
 * A pull parser for JSON.
 *
 * A window of a megabyte moves over the file; only a string that is longer makes it grow.  A general
 * library (yajl) parses every number of every outline to tell of it; here what is not asked for is
 * passed over by its brackets, and annotations can be come back to by their place in the file.
 * Memory: the window.  Cost: some 2 ns a byte read, a third of that where it is passed over.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-json-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-import-error.h"
#include "ballast-json-private.h"
#include "ballast-record-spool.h"

#define MAX_STRING_BYTES (64 * 1024 * 1024)
#define MAX_NUMBER_BYTES 1024

/* A form of a file beside the charsets. */
#define GZIP "gzip"

BallastJsonReader *
ballast_json_reader_new (void)
{
  BallastJsonReader *reader = g_new0 (BallastJsonReader, 1);

  reader->fd = -1;
  reader->is_at_end = TRUE;
  reader->held = G_MAXSIZE;
  reader->window = "";
  reader->unescaped = g_string_new (NULL);

  return reader;
}

void
ballast_json_reader_free (BallastJsonReader *reader)
{
  if (reader->fd >= 0)
    close (reader->fd);
  g_free (reader->buffer);
  g_string_free (reader->unescaped, TRUE);
  g_free (reader);
}

void
ballast_json_reader_set_text (BallastJsonReader *reader,
                              const char        *text,
                              gsize              length)
{
  reader->window = text;
  reader->length = reader->size = length;
  reader->position = reader->begin = 0;
  reader->held = G_MAXSIZE;
  reader->depth = 0;
  reader->expected = EXPECT_VALUE;
  reader->reason = NULL;
}

BallastJsonToken
ballast_json_reader_fail (BallastJsonReader *reader,
                          const char        *reason)
{
  reader->expected = EXPECT_FAILED;
  if (reader->reason == NULL)
    reader->reason = reason;

  return BALLAST_JSON_BAD;
}

gboolean
ballast_json_reader_fill (BallastJsonReader *reader)
{
  gsize kept = MIN (reader->begin, reader->held);
  gssize count;

  if (reader->is_at_end)
    return FALSE;
  if (kept == 0 && reader->begin > 0 && reader->length == reader->capacity)
    {
      reader->held = G_MAXSIZE;
      kept = reader->begin;
    }
  if (kept > 0)
    {
      memmove (reader->buffer, reader->buffer + kept, reader->length - kept);
      reader->start += kept;
      reader->length -= kept;
      reader->position -= kept;
      reader->begin -= kept;
      reader->held -= reader->held != G_MAXSIZE ? kept : 0;
    }
  if (reader->length == reader->capacity)
    {
      if (reader->capacity >= MAX_STRING_BYTES)
        {
          ballast_json_reader_fail (reader, "a string is too long");
          return FALSE;
        }
      reader->capacity *= 2;
      reader->buffer = g_realloc (reader->buffer, reader->capacity);
      reader->window = reader->buffer;
    }
  do
    count = pread (reader->fd, reader->buffer + reader->length,
                   reader->capacity - reader->length, reader->start + reader->length);
  while (count < 0 && errno == EINTR);
  if (count <= 0)
    {
      reader->is_at_end = TRUE;
      if (count < 0)
        ballast_json_reader_fail (reader, "the file cannot be read on");
      return FALSE;
    }
  reader->length += count;

  return TRUE;
}

/* (nullable): what the mark at the beginning says, where that is not UTF-8. */
static const char *
get_form (const BallastJsonReader *reader)
{
  if (reader->length >= 2 && memcmp (reader->window, "\x1f\x8b", 2) == 0)
    return GZIP;
  if (reader->length >= 2 && memcmp (reader->window, "\xFF\xFE", 2) == 0)
    return "UTF-16LE";

  return reader->length >= 2 && memcmp (reader->window, "\xFE\xFF", 2) == 0 ? "UTF-16BE" : NULL;
}

/* (transfer full) (nullable) */
static GConverter *
make_converter (const char *form,
                GError    **error)
{
  GCharsetConverter *converter;

  if (strcmp (form, GZIP) == 0)
    return G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  converter = g_charset_converter_new ("UTF-8", form, error);
  if (converter != NULL)
    g_charset_converter_set_use_fallback (converter, TRUE);

  return (GConverter *) converter;
}

static gboolean
copy_converted (const char *path,
                const char *form,
                int         fd,
                GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr(GConverter) converter = make_converter (form, error);
  g_autoptr(GInputStream) converted = NULL;
  g_autofree char *piece = g_malloc (BALLAST_JSON_WINDOW_BYTES);
  gssize count;

  if (stream == NULL || converter == NULL)
    return FALSE;
  converted = g_converter_input_stream_new (G_INPUT_STREAM (stream), converter);
  while ((count = g_input_stream_read (converted, piece, BALLAST_JSON_WINDOW_BYTES, NULL, error)) > 0)
    for (gssize done = 0, n; done < count; done += n)
      {
        n = write (fd, piece + done, count - done);
        if (n <= 0)
          return g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno),
                                      g_strerror (errno)), FALSE;
      }

  return count == 0;
}

/* Files in UTF-16, as some shells write them, and packed ones are read as a copy that has no name: records
 * are come back to by their places. */
static gboolean
convert (BallastJsonReader *reader,
         const char        *path,
         const char        *form,
         GError           **error)
{
  int fd = ballast_record_spool_make_file ();
  struct stat status;

  if (fd < 0 || !copy_converted (path, form, fd, error) || fstat (fd, &status) != 0)
    {
      if (fd >= 0)
        close (fd);
      if (error != NULL && *error == NULL)
        g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                     _("“%s” cannot be read as text: %s"), path, g_strerror (errno));
      return FALSE;
    }
  close (reader->fd);
  reader->fd = fd;
  reader->size = status.st_size;
  reader->length = reader->position = reader->begin = 0;
  ballast_json_reader_fill (reader);

  return TRUE;
}

BallastJsonReader *
ballast_json_reader_open (const char *path,
                          GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr(BallastJsonReader) reader = ballast_json_reader_new ();
  struct stat status;

  reader->fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (reader->fd < 0 || fstat (reader->fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      g_set_error (error, G_IO_ERROR,
                   reader->fd < 0 ? g_io_error_from_errno (errno) : G_IO_ERROR_NOT_REGULAR_FILE,
                   _("Cannot open “%s”: %s"), shown,
                   reader->fd < 0 ? g_strerror (errno) : _("it is no file"));
      return NULL;
    }
  reader->size = status.st_size;
  reader->capacity = BALLAST_JSON_WINDOW_BYTES;
  reader->buffer = g_malloc (reader->capacity);
  reader->window = reader->buffer;
  reader->is_at_end = FALSE;
  ballast_json_reader_fill (reader);
  if (get_form (reader) != NULL && !convert (reader, path, get_form (reader), error))
    return NULL;
  if (g_strstr_len (reader->window, MIN (reader->length, 200), "git-lfs.github.com") != NULL)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_POINTER,
                   _("“%s” is a pointer of Git LFS: fetch the file itself with “git lfs pull”"),
                   shown);
      return NULL;
    }
  if (reader->length >= 3 && memcmp (reader->window, "\xEF\xBB\xBF", 3) == 0)
    reader->position = reader->begin = 3;

  return g_steal_pointer (&reader);
}

/* The next byte that is no space, without consuming it; -1 at the end. */
static int
peek_far (BallastJsonReader *reader)
{
  for (;;)
    {
      while (reader->position < reader->length)
        {
          char c = reader->window[reader->position];

          if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return (guchar) c;
          reader->position++;
        }
      reader->begin = reader->position;
      if (!ballast_json_reader_fill (reader))
        return -1;
    }
}

/* Most often there is none, or one. */
static inline int
peek (BallastJsonReader *reader)
{
  gsize position = reader->position;

  if (position + 1 < reader->length)
    {
      position += reader->window[position] == ' ';
      if ((guchar) reader->window[position] > ' ')
        {
          reader->position = position;
          return (guchar) reader->window[position];
        }
    }

  return peek_far (reader);
}

static int
parse_hex (const char *text)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }

  return value;
}

/* "\uD83D\uDE00": one character out of two halves.  Returns how many bytes of @text were used. */
static gsize
unescape_unicode (GString    *to,
                  const char *text,
                  const char *end)
{
  int high = end - text >= 4 ? parse_hex (text) : -1;
  int low;

  if (high < 0)
    return 0;
  if (high < 0xd800 || high > 0xdfff)
    {
      g_string_append_unichar (to, high);
      return 4;
    }
  low = high < 0xdc00 && end - text >= 10 && text[4] == '\\' && text[5] == 'u'
            ? parse_hex (text + 6) : -1;
  if (low < 0xdc00 || low > 0xdfff)
    {
      g_string_append_unichar (to, 0xfffd);
      return 4;
    }
  g_string_append_unichar (to, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));

  return 10;
}

static gboolean
unescape (BallastJsonReader *reader,
          const char        *text,
          const char        *end)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  GString *to = reader->unescaped;

  g_string_truncate (to, 0);
  while (text < end)
    {
      const char *letter;
      gsize used;

      if (*text != '\\')
        {
          g_string_append_c (to, *text++);
          continue;
        }
      text++;
      if (text < end && *text == 'u')
        {
          used = unescape_unicode (to, text + 1, end);
          if (used == 0)
            return FALSE;
          text += used + 1;
          continue;
        }
      letter = text < end && *text != '\0' ? strchr (letters, *text) : NULL;
      if (letter == NULL)
        return FALSE;
      g_string_append_c (to, meanings[letter - letters]);
      text++;
    }
  reader->text = to->str;
  reader->text_length = to->len;

  return TRUE;
}

/* Goes to the next quote or backslash; FALSE at the end. */
static gboolean
find_end_of_string (BallastJsonReader *reader)
{
  for (;;)
    {
      gsize position = reader->position;

      for (; position + sizeof (BallastBytes) <= reader->length; position += sizeof (BallastBytes))
        {
          BallastBytes bytes = ballast_bytes_load (reader->window + position);
          guint first = ballast_bytes_first ((BallastBytes) ((bytes == '"') | (bytes == '\\')));

          if (first == sizeof (BallastBytes))
            continue;
          reader->position = position + first;
          return TRUE;
        }
      for (; position < reader->length; position++)
        if (reader->window[position] == '"' || reader->window[position] == '\\')
          {
            reader->position = position;
            return TRUE;
          }
      reader->position = position;
      if (!ballast_json_reader_fill (reader))
        return FALSE;
    }
}

gboolean
ballast_json_reader_read_string (BallastJsonReader *reader)
{
  gboolean has_escapes = FALSE;
  const char *text;

  for (reader->position++;; reader->position++)
    {
      if (!find_end_of_string (reader))
        return ballast_json_reader_fail (reader, "it ends within a string"), FALSE;
      if (reader->window[reader->position] == '"')
        break;
      has_escapes = TRUE;
      reader->position++;
      if (reader->position >= reader->length && !ballast_json_reader_fill (reader))
        return ballast_json_reader_fail (reader, "it ends within a string"), FALSE;
    }
  text = reader->window + reader->begin + 1;
  reader->text = text;
  reader->text_length = reader->window + reader->position - text;
  reader->position++;
  if (has_escapes && !unescape (reader, text, text + reader->text_length))
    return ballast_json_reader_fail (reader, "a string has an escape that is none"), FALSE;

  return TRUE;
}

/* Letters, digits, and signs of numbers. */
static const guint8 of_word[256] = {
  ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1,
  ['9'] = 1, ['+'] = 1, ['-'] = 1, ['.'] = 1, ['a' ... 'z'] = 1, ['A' ... 'Z'] = 1,
};

static void
read_word (BallastJsonReader *reader)
{
  for (;;)
    {
      while (reader->position < reader->length && of_word[(guchar) reader->window[reader->position]])
        reader->position++;
      if (reader->position < reader->length || reader->position - reader->begin > MAX_NUMBER_BYTES
          || !ballast_json_reader_fill (reader))
        break;
    }
  reader->text = reader->window + reader->begin;
  reader->text_length = reader->position - reader->begin;
}

static BallastJsonToken
read_plain (BallastJsonReader *reader)
{
  read_word (reader);
  if (reader->text_length > MAX_NUMBER_BYTES)
    return ballast_json_reader_fail (reader, "a number is too long");
  if (reader->text_length > 0 && (g_ascii_isdigit (reader->text[0]) || reader->text[0] == '-'))
    return BALLAST_JSON_NUMBER;
  if (ballast_json_reader_text_is (reader, "NaN") || ballast_json_reader_text_is (reader, "Infinity"))
    return BALLAST_JSON_NUMBER;
  if (ballast_json_reader_text_is (reader, "null") || ballast_json_reader_text_is (reader, "true")
      || ballast_json_reader_text_is (reader, "false"))
    return BALLAST_JSON_WORD;

  return ballast_json_reader_fail (reader, "it is no JSON");
}

void
ballast_json_reader_after_value (BallastJsonReader *reader)
{
  reader->expected = reader->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static BallastJsonToken
open_bracket (BallastJsonReader *reader,
              gboolean           is_object)
{
  if (reader->depth == BALLAST_JSON_MAX_DEPTH)
    return ballast_json_reader_fail (reader, "brackets are nested too deep");
  reader->is_object[reader->depth++] = is_object;
  reader->position++;
  reader->expected = is_object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;

  return is_object ? BALLAST_JSON_OBJECT : BALLAST_JSON_ARRAY;
}

static BallastJsonToken
close_bracket (BallastJsonReader *reader)
{
  gboolean is_object = reader->is_object[--reader->depth];

  reader->position++;
  ballast_json_reader_after_value (reader);

  return is_object ? BALLAST_JSON_OBJECT_END : BALLAST_JSON_ARRAY_END;
}

static BallastJsonToken
read_value (BallastJsonReader *reader,
            int                c)
{
  BallastJsonToken token;

  if (c == '{' || c == '[')
    return open_bracket (reader, c == '{');
  if (c == ']' && reader->expected == EXPECT_VALUE_OR_END)
    return close_bracket (reader);
  if (c == '"')
    token = ballast_json_reader_read_string (reader) ? BALLAST_JSON_STRING : BALLAST_JSON_BAD;
  else
    token = read_plain (reader);
  if (token != BALLAST_JSON_BAD)
    ballast_json_reader_after_value (reader);

  return token;
}

static BallastJsonToken
read_key (BallastJsonReader *reader,
          int                c)
{
  if (c == '}' && reader->expected == EXPECT_KEY_OR_END)
    return close_bracket (reader);
  if (c != '"')
    return ballast_json_reader_fail (reader, "a member of an object has no name");
  if (!ballast_json_reader_read_string (reader))
    return BALLAST_JSON_BAD;
  reader->expected = EXPECT_COLON;

  return BALLAST_JSON_KEY;
}

/* Passes over what stands between two values.  FALSE where the bracket ends or fails instead. */
static gboolean
pass_separator (BallastJsonReader *reader,
                int               *c,
                BallastJsonToken  *token)
{
  gboolean is_object;

  if (reader->expected == EXPECT_COLON)
    {
      if (*c != ':')
        return *token = ballast_json_reader_fail (reader, "a colon is missing"), FALSE;
      reader->expected = EXPECT_VALUE;
    }
  else
    {
      is_object = reader->is_object[reader->depth - 1];
      if (*c == (is_object ? '}' : ']'))
        return *token = close_bracket (reader), FALSE;
      if (*c != ',')
        return *token = ballast_json_reader_fail (reader, "a comma is missing"), FALSE;
      reader->expected = is_object ? EXPECT_KEY : EXPECT_VALUE;
    }
  reader->position++;
  *c = peek (reader);
  reader->begin = reader->position;

  return TRUE;
}

BallastJsonToken
ballast_json_reader_next (BallastJsonReader *reader)
{
  BallastJsonToken token;
  int c;

  if (reader->expected == EXPECT_FAILED)
    return BALLAST_JSON_BAD;
  c = peek (reader);
  reader->begin = reader->position;
  if (reader->expected == EXPECT_NOTHING)
    return c < 0 ? BALLAST_JSON_END : ballast_json_reader_fail (reader, "something stands behind its end");
  if ((reader->expected == EXPECT_COLON || reader->expected == EXPECT_COMMA_OR_END) && c >= 0
      && !pass_separator (reader, &c, &token))
    return token;
  if (c < 0)
    return ballast_json_reader_fail (reader, "it ends too early");

  return reader->expected == EXPECT_KEY || reader->expected == EXPECT_KEY_OR_END
             ? read_key (reader, c) : read_value (reader, c);
}

gboolean
ballast_json_reader_ends_list (BallastJsonReader *reader)
{
  return (reader->expected == EXPECT_COMMA_OR_END || reader->expected == EXPECT_VALUE_OR_END)
         && peek (reader) == ']' && ballast_json_reader_next (reader) == BALLAST_JSON_ARRAY_END;
}

const char *
ballast_json_reader_get_text (BallastJsonReader *reader,
                              gsize             *length)
{
  *length = reader->text_length;

  return reader->text;
}

gboolean
ballast_json_reader_text_is (BallastJsonReader *reader,
                             const char        *word)
{
  gsize length = strlen (word);

  return reader->text_length == length && memcmp (reader->text, word, length) == 0;
}

char *
ballast_json_reader_dup_text (BallastJsonReader *reader)
{
  return g_strndup (reader->text, reader->text_length);
}

gboolean
ballast_json_reader_get_double (BallastJsonReader *reader,
                                double            *value)
{
  return ballast_json_parse_double (reader->text, reader->text_length, value);
}

gboolean
ballast_json_reader_get_int (BallastJsonReader *reader,
                             gint64            *value)
{
  gboolean is_negative = reader->text_length > 0 && reader->text[0] == '-';
  gint64 whole = 0;
  double number;

  if (reader->text_length - is_negative > 18 || reader->text_length == is_negative)
    return FALSE;
  for (gsize i = is_negative; i < reader->text_length; i++)
    {
      if (!g_ascii_isdigit (reader->text[i]))
        {
          /* "17.0" */
          if (!ballast_json_reader_get_double (reader, &number) || number != floor (number)
              || fabs (number) > 1e15)
            return FALSE;
          *value = (gint64) number;
          return TRUE;
        }
      whole = whole * 10 + (reader->text[i] - '0');
    }
  *value = is_negative ? -whole : whole;

  return TRUE;
}

guint64
ballast_json_reader_get_begin (BallastJsonReader *reader)
{
  return reader->start + reader->begin;
}

guint64
ballast_json_reader_get_end (BallastJsonReader *reader)
{
  return reader->start + reader->position;
}

void
ballast_json_reader_hold (BallastJsonReader *reader)
{
  reader->held = reader->begin;
}

const char *
ballast_json_reader_release (BallastJsonReader *reader,
                             gsize             *length)
{
  const char *text = reader->held != G_MAXSIZE ? reader->window + reader->held : NULL;

  *length = reader->position - reader->held;
  reader->held = G_MAXSIZE;

  return text;
}

guint64
ballast_json_reader_get_size (BallastJsonReader *reader)
{
  return reader->size;
}

const char *
ballast_json_reader_get_reason (BallastJsonReader *reader)
{
  return reader->reason;
}
