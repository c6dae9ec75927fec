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

/* Members of the objects of a list; what comes beyond is left out. */
#define MAX_MEMBERS 256

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

/* What Python writes for a number without a value. */
static gboolean
is_no_number (const char *word,
              gsize       length)
{
  return (length == 3 && memcmp (word, "NaN", 3) == 0) || (length == 8 && memcmp (word, "Infinity", 8) == 0);
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
      && !is_no_number (start, length)
      && !(length > 0 && (g_ascii_isdigit (*start) || (*start == '-' && length > 1))))
    return fail (scanner, "a value is missing or unknown");
  g_string_append_len (text, start, length);

  return TRUE;
}

static gboolean skip_value (Scanner *scanner,
                            guint    depth);

/* Goes over the comma behind an element; *is_done: there was the end instead. */
static gboolean
pass_comma (Scanner  *scanner,
            char      closing,
            gboolean *is_done)
{
  char next = peek (scanner);

  *is_done = next == closing;
  if (next != closing && next != ',')
    return fail (scanner, "a list is not closed");
  scanner->at++;

  return TRUE;
}

/* TRUE where the bracket that is opened here holds nothing; it is passed over. */
static gboolean
is_empty (Scanner *scanner,
          char     closing)
{
  const char *start = scanner->at++;

  if (peek (scanner) == closing)
    {
      scanner->at++;
      return TRUE;
    }
  scanner->at = start + 1;

  return FALSE;
}

/* Numbers or texts within a list, or within an object of a list. */
static gboolean
read_inner_list (Scanner *scanner,
                 GString *text)
{
  gboolean is_done = is_empty (scanner, ']');

  while (!is_done)
    {
      char next = peek (scanner);

      if (next == '"' ? !read_text (scanner, text)
          : next == '[' || next == '{' ? !skip_value (scanner, 3) : !read_word (scanner, text))
        return FALSE;
      if (!pass_comma (scanner, ']', &is_done))
        return FALSE;
      if (!is_done)
        g_string_append_c (text, BALLAST_INNER_SEPARATOR);
    }

  return TRUE;
}

/* A member that the objects of a list have. */
typedef struct
{
  char    *name;
  GString *values;
  guint    n;      /* those that are begun */
} Member;

static void
member_free (gpointer data)
{
  Member *member = data;

  g_free (member->name);
  g_string_free (member->values, TRUE);
  g_free (member);
}

/* Begins the value of the object @index: those before it that had none are empty. */
static void
member_begin (Member *member,
              guint   index)
{
  for (; member->n <= index; member->n++)
    if (member->n > 0)
      g_string_append_c (member->values, BALLAST_LIST_SEPARATOR);
}

static Member *
find_member (GPtrArray  *members,
             const char *name)
{
  Member *member;

  for (guint i = 0; i < members->len; i++)
    {
      member = members->pdata[i];
      if (strcmp (member->name, name) == 0)
        return member;
    }
  if (members->len >= MAX_MEMBERS)
    return NULL;
  member = g_new0 (Member, 1);
  member->name = g_strdup (name);
  member->values = g_string_new (NULL);
  g_ptr_array_add (members, member);

  return member;
}

static gboolean
read_listed_object (Scanner   *scanner,
                    GPtrArray *members,
                    guint      index)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gboolean is_done = is_empty (scanner, '}');

  while (!is_done)
    {
      Member *member;
      char next;

      g_string_truncate (name, 0);
      if (!read_text (scanner, name) || !expect (scanner, ':'))
        return FALSE;
      next = peek (scanner);
      member = next != '{' ? find_member (members, name->str) : NULL;
      if (member != NULL)
        member_begin (member, index);
      if (member == NULL ? !skip_value (scanner, 3)
          : next == '"' ? !read_text (scanner, member->values)
          : next == '[' ? !read_inner_list (scanner, member->values)
                        : !read_word (scanner, member->values))
        return FALSE;
      if (!pass_comma (scanner, '}', &is_done))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tell (Scanner    *scanner,
      const char *name,
      GString    *value)
{
  if (strlen (value->str) != value->len)
    return fail (scanner, "it holds a NUL byte");
  scanner->func (name, value->str, scanner->user_data);

  return TRUE;
}

static gboolean
tell_members (Scanner   *scanner,
              GPtrArray *members,
              guint      n)
{
  for (guint i = 0; i < members->len; i++)
    {
      Member *member = members->pdata[i];
      g_autofree char *name = g_strconcat (scanner->name->str, ".", member->name, NULL);

      member_begin (member, n - 1);
      if (!tell (scanner, name, member->values))
        return FALSE;
    }

  return TRUE;
}

/* Into the value; what objects in it say is told at its end. */
static gboolean
read_list (Scanner *scanner)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (member_free);
  gboolean is_done = is_empty (scanner, ']');
  guint n = 0;

  while (!is_done)
    {
      char next = peek (scanner);

      if (next == '"' ? !read_text (scanner, scanner->value)
          : next == '[' ? !read_inner_list (scanner, scanner->value)
          : next == '{' ? !read_listed_object (scanner, members, n)
                        : !read_word (scanner, scanner->value))
        return FALSE;
      n++;
      if (!pass_comma (scanner, ']', &is_done))
        return FALSE;
      if (!is_done)
        g_string_append_c (scanner->value, BALLAST_LIST_SEPARATOR);
    }
  if (members->len > 0)
    g_string_truncate (scanner->value, 0);

  return tell_members (scanner, members, n);
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
      if (!tell (scanner, scanner->name->str, scanner->value))
        return FALSE;
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
