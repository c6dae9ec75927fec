/*
 * One line of a JSON Lines file, read without building a tree: a manifest has millions of them.
 *
 * Recursion is limited to BALLAST_JSON_MAX_DEPTH.  Bytes that are no UTF-8 stay as they are, since
 * names of files may hold them.  Memory: one value at a time.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-json-line.h"

#include <string.h>

#include "ballast-json.h"

typedef struct
{
  const char           *at;
  const char           *end;
  const char           *wrong; /* NULL while all is well */
  GString              *name;
  GString              *value;
  BallastJsonMemberFunc func;
  gpointer              user_data;
} Scanner;

static gboolean
fail (Scanner    *scanner,
      const char *wrong)
{
  if (scanner->wrong == NULL)
    scanner->wrong = wrong;

  return FALSE;
}

static char
peek (Scanner *scanner)
{
  while (scanner->at < scanner->end && *scanner->at != '\0'
         && strchr (" \t\r\n", *scanner->at) != NULL)
    scanner->at++;

  return scanner->at < scanner->end ? *scanner->at : '\0';
}

static gboolean
expect (Scanner *scanner,
        char     character)
{
  if (peek (scanner) != character)
    return fail (scanner, "it is no JSON object");
  scanner->at++;

  return TRUE;
}

static int
read_hex (Scanner *scanner)
{
  int code = 0;

  if (scanner->end - scanner->at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*scanner->at++);

      if (digit < 0)
        return -1;
      code = code * 16 + digit;
    }

  return code;
}

/* Behind "\u": one character, or a pair of surrogates. */
static gboolean
read_unicode (Scanner *scanner,
              GString *text)
{
  int code = read_hex (scanner), low;

  if (code <= 0)
    return fail (scanner, "a \\u escape is broken");
  if (code >= 0xD800 && code < 0xDC00 && scanner->end - scanner->at >= 6
      && scanner->at[0] == '\\' && scanner->at[1] == 'u')
    {
      scanner->at += 2;
      low = read_hex (scanner);
      if (low < 0xDC00 || low > 0xDFFF)
        return fail (scanner, "a \\u escape is broken");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
  g_string_append_unichar (text, code >= 0xD800 && code <= 0xDFFF ? 0xFFFD : (gunichar) code);

  return TRUE;
}

static gboolean
read_escape (Scanner *scanner,
             GString *text)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *found;
  char character;

  if (scanner->at == scanner->end)
    return fail (scanner, "a text is not closed");
  character = *scanner->at++;
  if (character == 'u')
    return read_unicode (scanner, text);
  found = character != '\0' ? strchr (from, character) : NULL;
  if (found == NULL)
    return fail (scanner, "an escape is unknown");
  g_string_append_c (text, to[found - from]);

  return TRUE;
}

/* Appends to @text. */
static gboolean
read_text (Scanner *scanner,
           GString *text)
{
  if (!expect (scanner, '"'))
    return FALSE;
  for (;;)
    {
      const char *start = scanner->at;

      while (scanner->at < scanner->end && *scanner->at != '"' && *scanner->at != '\\')
        scanner->at++;
      g_string_append_len (text, start, scanner->at - start);
      if (scanner->at == scanner->end)
        return fail (scanner, "a text is not closed");
      if (*scanner->at++ == '"')
        return TRUE;
      if (!read_escape (scanner, text))
        return FALSE;
    }
}

/* A number, true, false or null. */
static gboolean
read_word (Scanner *scanner,
           GString *text)
{
  const char *start = scanner->at;
  gsize length;

  while (scanner->at < scanner->end
         && (g_ascii_isalnum (*scanner->at) || strchr ("+-.", *scanner->at) != NULL)
         && *scanner->at != '\0')
    scanner->at++;
  length = scanner->at - start;
  if (length == 4 && memcmp (start, "null", 4) == 0)
    return TRUE;
  if (!(length == 4 && memcmp (start, "true", 4) == 0)
      && !(length == 5 && memcmp (start, "false", 5) == 0)
      && !(length > 0 && (g_ascii_isdigit (*start) || (*start == '-' && length > 1))))
    return fail (scanner, "a value is missing or unknown");
  g_string_append_len (text, start, length);

  return TRUE;
}

static gboolean skip_value (Scanner *scanner,
                            guint    depth);

static gboolean
read_list (Scanner *scanner)
{
  scanner->at++;
  if (peek (scanner) == ']')
    {
      scanner->at++;
      return TRUE;
    }
  for (;;)
    {
      char next = peek (scanner);

      if (next == '"' ? !read_text (scanner, scanner->value)
          : next == '[' || next == '{' ? !skip_value (scanner, 2)
                                       : !read_word (scanner, scanner->value))
        return FALSE;
      next = peek (scanner);
      scanner->at++;
      if (next == ']')
        return TRUE;
      if (next != ',')
        return fail (scanner, "a list is not closed");
      g_string_append_c (scanner->value, BALLAST_LIST_SEPARATOR);
    }
}

static gboolean
skip_members (Scanner *scanner,
              guint    depth,
              char     closing)
{
  g_autoptr(GString) ignored = g_string_new (NULL);

  scanner->at++;
  if (peek (scanner) == closing)
    {
      scanner->at++;
      return TRUE;
    }
  for (;;)
    {
      char next;

      if (closing == '}' && (!read_text (scanner, ignored) || !expect (scanner, ':')))
        return FALSE;
      if (!skip_value (scanner, depth + 1))
        return FALSE;
      next = peek (scanner);
      if (next != closing && next != ',')
        return fail (scanner, "a bracket is not closed");
      scanner->at++;
      if (next == closing)
        return TRUE;
    }
}

static gboolean
skip_value (Scanner *scanner,
            guint    depth)
{
  g_autoptr(GString) ignored = NULL;
  char next = peek (scanner);

  if (depth > BALLAST_JSON_MAX_DEPTH)
    return fail (scanner, "it is nested too deeply");
  if (next == '{' || next == '[')
    return skip_members (scanner, depth, next == '{' ? '}' : ']');
  ignored = g_string_new (NULL);

  return next == '"' ? read_text (scanner, ignored) : read_word (scanner, ignored);
}

static gboolean read_object (Scanner *scanner,
                             guint    depth);

static gboolean
read_member (Scanner *scanner,
             guint    depth)
{
  gsize prefix = scanner->name->len;
  char next;

  if (!read_text (scanner, scanner->name) || !expect (scanner, ':'))
    return FALSE;
  next = peek (scanner);
  if (next == '{')
    {
      g_string_append_c (scanner->name, '.');
      if (depth == 1 ? !read_object (scanner, 2) : !skip_value (scanner, 2))
        return FALSE;
    }
  else
    {
      g_string_truncate (scanner->value, 0);
      if (next == '"' ? !read_text (scanner, scanner->value)
          : next == '[' ? !read_list (scanner) : !read_word (scanner, scanner->value))
        return FALSE;
      if (strlen (scanner->value->str) != scanner->value->len)
        return fail (scanner, "it holds a NUL byte");
      scanner->func (scanner->name->str, scanner->value->str, scanner->user_data);
    }
  g_string_truncate (scanner->name, prefix);

  return TRUE;
}

static gboolean
read_object (Scanner *scanner,
             guint    depth)
{
  if (!expect (scanner, '{'))
    return FALSE;
  if (peek (scanner) == '}')
    {
      scanner->at++;
      return TRUE;
    }
  for (;;)
    {
      char next;

      if (!read_member (scanner, depth))
        return FALSE;
      next = peek (scanner);
      if (next != '}' && next != ',')
        return fail (scanner, "the object is not closed");
      scanner->at++;
      if (next == '}')
        return TRUE;
    }
}

const char *
ballast_json_line_read (const char           *text,
                        gsize                 length,
                        BallastJsonMemberFunc func,
                        gpointer              user_data)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autoptr(GString) value = g_string_new (NULL);
  Scanner scanner = { text, text + length, NULL, name, value, func, user_data };

  if (read_object (&scanner, 1) && peek (&scanner) != '\0')
    fail (&scanner, "something stands behind the object");
  if (scanner.wrong == NULL && scanner.at < scanner.end)
    fail (&scanner, "something stands behind the object");

  return scanner.wrong;
}
