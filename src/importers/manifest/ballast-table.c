/*
 * Rows of a manifest.
 *
 * A row is looked for in the window of the source and only then taken out of it.  So a quote that
 * is never closed costs the line that it stands in, not the rest of the file: reading goes on
 * behind that line.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-table.h"

#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-json-line.h"
#include "ballast-text-source.h"

typedef struct
{
  guint    offset; /* in values */
  gboolean is_set;
} Field;

struct _BallastTable
{
  BallastTextSource    *source;
  BallastManifestFormat format;
  char                  separator;
  gboolean              has_header;
  GPtrArray            *columns; /* names */
  GHashTable           *by_name; /* name → number + 1 */
  GArray               *fields;  /* Field */
  GByteArray           *values;  /* texts, each ended by a NUL */
  guint64               line;    /* of the row */
  guint64               next_line;
  char                 *reason;
  gboolean              is_started;
  gboolean              is_skipping; /* the rest of a line that is too long */
};

/* Where the row that begins at the start of a text ends. */
typedef struct
{
  gsize    length;   /* of the row, without the end of its line */
  gsize    total;    /* with it */
  guint    n_lines;
  gboolean is_open;  /* in quotes where the text ends */
  gboolean is_whole; /* its end was seen */
} Extent;

static gboolean
is_line_end (char character)
{
  return character == '\n' || character == '\r';
}

/* Finds the end of a line, or of a row where @separator is not 0 and quotes count. */
static Extent
measure (const char *text,
         gsize       length,
         char        separator)
{
  Extent extent = { 0, 0, 1, FALSE, FALSE };
  gboolean is_field_start = TRUE;
  gsize at = 0;

  for (; at < length; at++)
    {
      char character = text[at];

      if (extent.is_open)
        {
          if (is_line_end (character) && !(character == '\n' && text[at - 1] == '\r'))
            extent.n_lines++;
          if (character != '"')
            continue;
          if (at + 1 < length && text[at + 1] == '"')
            at++;
          else
            extent.is_open = FALSE;
          continue;
        }
      if (is_line_end (character))
        break;
      if (character == '"' && is_field_start && separator != '\0')
        extent.is_open = TRUE;
      is_field_start = character == separator || (is_field_start && character == ' ');
    }

  extent.length = at;
  extent.total = at;
  /* A CR at the end of the window may be half of a CRLF. */
  if (at + 1 < length || (at < length && text[at] == '\n'))
    {
      extent.is_whole = TRUE;
      extent.total += text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
    }

  return extent;
}

void
ballast_table_free (BallastTable *table)
{
  g_clear_pointer (&table->source, ballast_text_source_free);
  g_ptr_array_unref (table->columns);
  g_hash_table_unref (table->by_name);
  g_array_unref (table->fields);
  g_byte_array_unref (table->values);
  g_free (table->reason);
  g_free (table);
}

BallastTable *
ballast_table_open (const char           *path,
                    BallastManifestFormat format,
                    char                  separator,
                    gboolean              has_header,
                    GError              **error)
{
  g_autoptr(BallastTable) table = g_new0 (BallastTable, 1);

  g_return_val_if_fail (format != BALLAST_MANIFEST_AUTO, NULL);

  table->columns = g_ptr_array_new_with_free_func (g_free);
  table->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  table->fields = g_array_new (FALSE, TRUE, sizeof (Field));
  table->values = g_byte_array_new ();
  table->format = format;
  table->separator = separator;
  table->has_header = has_header && format != BALLAST_MANIFEST_JSON_LINES;
  table->next_line = 1;
  table->source = ballast_text_source_open (path, error);

  return table->source != NULL ? g_steal_pointer (&table) : NULL;
}

static guint
add_column (BallastTable *table,
            const char   *name)
{
  char *own = g_strdup (name);

  g_ptr_array_add (table->columns, own);
  if (!g_hash_table_contains (table->by_name, own))
    g_hash_table_insert (table->by_name, own, GUINT_TO_POINTER (table->columns->len));

  return table->columns->len - 1;
}

/* Makes @text the field of @column. */
static void
set_field (BallastTable *table,
           guint         column,
           const char   *text,
           gsize         length)
{
  Field *field;

  if (column >= table->fields->len)
    g_array_set_size (table->fields, column + 1);
  field = &g_array_index (table->fields, Field, column);
  field->offset = table->values->len;
  field->is_set = TRUE;
  g_byte_array_append (table->values, (const guint8 *) text, length);
  g_byte_array_append (table->values, (const guint8 *) "", 1);
}

static void
append_trimmed (BallastTable *table,
                const char   *text,
                gsize         length)
{
  while (length > 0 && (*text == ' ' || *text == '\t'))
    {
      text++;
      length--;
    }
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  set_field (table, table->fields->len, text, length);
}

/* A field that begins with a quote at @text; returns what lies behind it. */
static const char *
append_quoted (BallastTable *table,
               const char   *text,
               const char   *end)
{
  GString *value = g_string_new (NULL);
  const char *at = text + 1;

  for (; at < end; at++)
    {
      if (*at == '"' && at + 1 < end && at[1] == '"')
        at++;
      else if (*at == '"')
        break;
      g_string_append_c (value, *at);
    }
  at = at < end ? at + 1 : end;
  /* What follows a closed quote belongs to the field: lenient as Python's reader. */
  for (; at < end && *at != table->separator; at++)
    if (*at != ' ')
      g_string_append_c (value, *at);
  set_field (table, table->fields->len, value->str, value->len);
  g_string_free (value, TRUE);

  return at;
}

static void
split_delimited (BallastTable *table,
                 const char   *text,
                 gsize         length)
{
  const char *at = text, *end = text + length;

  for (;;)
    {
      const char *start = at, *stop;

      while (start < end && *start == ' ' && table->separator != ' ')
        start++;
      if (start < end && *start == '"')
        stop = append_quoted (table, start, end);
      else
        {
          stop = memchr (at, table->separator, end - at);
          stop = stop != NULL ? stop : end;
          append_trimmed (table, at, stop - at);
        }
      if (stop == end || table->fields->len > BALLAST_TABLE_MAX_COLUMNS)
        return;
      at = stop + 1;
    }
}

static gboolean
is_blank (char character)
{
  return character == ' ' || character == '\t';
}

/* The length of the first field: up to an image's ending, or else to the first space. */
static gsize
measure_first_word (const char *text,
                    gsize       length)
{
  gsize first = 0;

  for (gsize at = 1; at <= length; at++)
    {
      if (at < length && !is_blank (text[at]))
        continue;
      if (first == 0)
        first = at;
      if (ballast_file_is_image (text, at))
        return at;
    }

  return first;
}

static void
split_whitespace (BallastTable *table,
                  const char   *text,
                  gsize         length)
{
  gsize at = 0;

  while (at < length && table->fields->len < BALLAST_TABLE_MAX_COLUMNS)
    {
      gsize word;

      while (at < length && is_blank (text[at]))
        at++;
      if (at == length)
        return;
      if (table->fields->len == 0)
        word = measure_first_word (text + at, length - at);
      else
        for (word = 0; at + word < length && !is_blank (text[at + word]);)
          word++;
      set_field (table, table->fields->len, text + at, word);
      at += word;
    }
}

static void
set_member (const char *name,
            const char *value,
            gpointer    user_data)
{
  BallastTable *table = user_data;
  int column = ballast_table_find_column (table, name);

  if (column < 0 && table->columns->len >= BALLAST_TABLE_MAX_COLUMNS)
    return;
  if (column < 0)
    column = add_column (table, name);
  set_field (table, column, value, strlen (value));
}

static BallastTableStep
set_bad (BallastTable *table,
         char         *reason)
{
  g_free (table->reason);
  table->reason = reason;

  return BALLAST_TABLE_BAD;
}

/* More fields than columns, and something in them: the columns have moved. */
static gboolean
has_too_many (BallastTable *table)
{
  for (guint i = table->columns->len; i < table->fields->len; i++)
    {
      const char *text = ballast_table_get_field (table, i);

      if (text != NULL && *text != '\0')
        return TRUE;
    }

  return FALSE;
}

static BallastTableStep
split_row (BallastTable *table,
           const char   *text,
           gsize         length)
{
  const char *wrong;

  if (memchr (text, '\0', length) != NULL)
    return set_bad (table, g_strdup ("it holds a NUL byte"));
  if (table->format == BALLAST_MANIFEST_JSON_LINES)
    {
      wrong = ballast_json_line_read (text, length, set_member, table);
      return wrong != NULL ? set_bad (table, g_strdup (wrong)) : BALLAST_TABLE_ROW;
    }
  if (table->format == BALLAST_MANIFEST_WHITESPACE)
    split_whitespace (table, text, length);
  else
    split_delimited (table, text, length);

  if (!table->is_started || table->format == BALLAST_MANIFEST_WHITESPACE)
    return BALLAST_TABLE_ROW;
  if (has_too_many (table))
    return set_bad (table, g_strdup_printf ("%u %s where %u were expected", table->fields->len,
                                            table->fields->len == 1 ? "field" : "fields",
                                            table->columns->len));

  return BALLAST_TABLE_ROW;
}

/* Throws away what is left of a line.  FALSE: there is more of it to be read. */
static gboolean
skip_line (BallastTable *table,
           const char   *text,
           gsize         length)
{
  Extent extent = measure (text, length, '\0');
  gboolean is_end = ballast_text_source_is_at_end (table->source);

  /* A CR at the end of the window stays: the LF behind it belongs to the same line end. */
  ballast_text_source_consume (table->source, extent.is_whole ? extent.total
                                              : is_end        ? length
                                                              : extent.length);
  table->is_skipping = !extent.is_whole && !is_end;

  return !table->is_skipping;
}

/* A row that is too long, or has a quote that is never closed: its first line is bad. */
static BallastTableStep
give_up_line (BallastTable *table,
              const char   *text,
              gsize         length,
              gboolean      is_open)
{
  table->next_line++;
  skip_line (table, text, length);

  return set_bad (table, g_strdup (is_open ? "a quote is never closed"
                                           : "it is longer than a megabyte"));
}

static BallastTableStep
take_row (BallastTable *table,
          const char   *text,
          gsize         length,
          Extent        extent)
{
  BallastTableStep step = BALLAST_TABLE_END;

  if (extent.length > 0)
    step = split_row (table, text, extent.length);
  table->next_line += extent.n_lines;
  ballast_text_source_consume (table->source, extent.is_whole ? extent.total : length);

  return step;
}

/* TRUE where the window holds a whole row, a piece of one that is too long, or all that is left. */
static gboolean
has_row (BallastTable *table,
         Extent       *extent)
{
  char separator = table->format == BALLAST_MANIFEST_DELIMITED ? table->separator : '\0';
  gsize length;
  const char *text = ballast_text_source_peek (table->source, &length);

  if (table->is_skipping)
    {
      if (!skip_line (table, text, length))
        return FALSE;
      text = ballast_text_source_peek (table->source, &length);
    }
  *extent = measure (text, length, separator);

  return extent->is_whole || extent->length > BALLAST_TABLE_MAX_ROW_BYTES
         || ballast_text_source_is_at_end (table->source);
}

/* Puts the next row that is not empty into the fields. */
static BallastTableStep
read_row (BallastTable *table,
          GCancellable *cancellable,
          GError      **error)
{
  for (;;)
    {
      BallastTableStep step;
      Extent extent;
      const char *text;
      gsize length;

      if (!has_row (table, &extent))
        {
          if (!ballast_text_source_fill (table->source, cancellable, error))
            return BALLAST_TABLE_ERROR;
          continue;
        }
      text = ballast_text_source_peek (table->source, &length);
      if (length == 0)
        return BALLAST_TABLE_END;

      table->line = table->next_line;
      g_array_set_size (table->fields, 0);
      g_byte_array_set_size (table->values, 0);
      if (extent.is_open || extent.length > BALLAST_TABLE_MAX_ROW_BYTES)
        return give_up_line (table, text, length, extent.is_open);
      step = take_row (table, text, length, extent);
      if (step != BALLAST_TABLE_END)
        return step;
    }
}

/* Takes the columns from the first row. */
static void
start (BallastTable *table)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      const char *name = table->has_header ? ballast_table_get_field (table, i) : NULL;

      add_column (table, name != NULL && *name != '\0' ? name : number);
    }
  table->is_started = TRUE;
}

BallastTableStep
ballast_table_next (BallastTable *table,
                    GCancellable *cancellable,
                    GError      **error)
{
  BallastTableStep step = read_row (table, cancellable, error);

  if (step != BALLAST_TABLE_ROW || table->format == BALLAST_MANIFEST_JSON_LINES)
    return step;
  if (!table->is_started)
    {
      start (table);
      return table->has_header ? ballast_table_next (table, cancellable, error) : step;
    }
  while (table->columns->len < table->fields->len && !table->has_header)
    {
      g_autofree char *number = g_strdup_printf ("%u", table->columns->len + 1);

      add_column (table, number);
    }

  return step;
}

guint64
ballast_table_get_line (BallastTable *table)
{
  return table->line;
}

const char *
ballast_table_get_reason (BallastTable *table)
{
  return table->reason;
}

const char *
ballast_table_get_field (BallastTable *table,
                         guint         column)
{
  if (column >= table->fields->len || !g_array_index (table->fields, Field, column).is_set)
    return NULL;

  return (const char *) table->values->data + g_array_index (table->fields, Field, column).offset;
}

guint
ballast_table_get_n_fields (BallastTable *table)
{
  return table->fields->len;
}

guint
ballast_table_get_n_columns (BallastTable *table)
{
  return table->columns->len;
}

const char *
ballast_table_get_column_name (BallastTable *table,
                               guint         column)
{
  return table->columns->pdata[column];
}

int
ballast_table_find_column (BallastTable *table,
                           const char   *name)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (table->by_name, name)) - 1;
}

guint64
ballast_table_get_done (BallastTable *table)
{
  return ballast_text_source_get_done (table->source);
}

guint64
ballast_table_get_size (BallastTable *table)
{
  return ballast_text_source_get_size (table->source);
}
