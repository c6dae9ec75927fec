/*
 * CSV for machines (RFC 4180, with '\n' alone at the ends of rows): bytes go through unchanged.
 *
 * The reader holds one row and one piece of the file: memory does not grow with the file.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-csv.h"

#include <string.h>

#define PIECE_SIZE (64 * 1024)
#define MAX_ROW (16 * 1024 * 1024)

static void
append_field (GString    *text,
              const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }

  g_string_append_c (text, '"');
  for (const char *at = field; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
}

void
ballast_csv_append_row (GString           *text,
                        const char *const *fields,
                        guint              n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_field (text, fields[i] != NULL ? fields[i] : "");
    }
  g_string_append_c (text, '\n');
}

struct _BallastCsvReader
{
  GInputStream *stream;
  char          piece[PIECE_SIZE];
  gsize         length;
  gsize         at;
  guint64       row;
  guint64       before;   /* bytes of the pieces that are done with */
  guint64       position; /* after the last newline that ended a row */
  GString      *text;    /* the fields of the row, each with its NUL */
  GArray       *starts;  /* of gsize */
  GPtrArray    *fields;
};

BallastCsvReader *
ballast_csv_reader_new (GInputStream *stream)
{
  BallastCsvReader *reader = g_new (BallastCsvReader, 1);

  reader->stream = g_object_ref (stream);
  reader->length = reader->at = 0;
  reader->row = reader->before = reader->position = 0;
  reader->text = g_string_new (NULL);
  reader->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  reader->fields = g_ptr_array_new ();
  return reader;
}

void
ballast_csv_reader_free (BallastCsvReader *reader)
{
  g_object_unref (reader->stream);
  g_string_free (reader->text, TRUE);
  g_array_unref (reader->starts);
  g_ptr_array_unref (reader->fields);
  g_free (reader);
}

static gboolean
fail (BallastCsvReader *reader,
      const char       *what,
      GError          **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "row %" G_GUINT64_FORMAT ": %s",
               reader->row + 1, what);
  return FALSE;
}

/* The next byte, -1 at the end, -2 with @error set. */
static int
next_byte (BallastCsvReader *reader,
           GCancellable     *cancellable,
           GError          **error)
{
  gssize n_read;

  if (reader->at < reader->length)
    return (guchar) reader->piece[reader->at++];

  n_read = g_input_stream_read (reader->stream, reader->piece, PIECE_SIZE, cancellable, error);
  if (n_read <= 0)
    return n_read == 0 ? -1 : -2;
  reader->before += reader->length;
  reader->length = (gsize) n_read;
  reader->at = 1;
  return (guchar) reader->piece[0];
}

static void
begin_field (BallastCsvReader *reader)
{
  gsize start = reader->text->len;

  g_array_append_val (reader->starts, start);
}

/* One byte of a row; FALSE at its end.  @quoted and @closed: inside quotes, just after one. */
static gboolean
take_byte (BallastCsvReader *reader,
           int               byte,
           gboolean         *quoted,
           gboolean         *closed)
{
  gsize start = g_array_index (reader->starts, gsize, reader->starts->len - 1);

  if (*quoted)
    {
      *closed = byte == '"';
      *quoted = !*closed;
      if (*quoted)
        g_string_append_c (reader->text, (char) byte);
    }
  else if (byte == '"' && (*closed || reader->text->len == start))
    {
      if (*closed)
        g_string_append_c (reader->text, '"');
      *quoted = TRUE;
      *closed = FALSE;
    }
  else if (byte == '\n')
    return FALSE;
  else if (byte == ',')
    {
      g_string_append_c (reader->text, '\0');
      begin_field (reader);
      *closed = FALSE;
    }
  else if (byte != '\r')
    g_string_append_c (reader->text, (char) byte);

  return TRUE;
}

/* TRUE with a row in the text, which is empty at the end of the file. */
static gboolean
read_row (BallastCsvReader *reader,
          gboolean         *found,
          GCancellable     *cancellable,
          GError          **error)
{
  gboolean quoted = FALSE, closed = FALSE;
  int byte;

  *found = FALSE;
  while ((byte = next_byte (reader, cancellable, error)) >= 0)
    {
      *found = TRUE;
      if (byte == '\0')
        return fail (reader, "a NUL byte", error);
      if (reader->text->len > MAX_ROW)
        return fail (reader, "too long", error);
      if (!take_byte (reader, byte, &quoted, &closed))
        {
          reader->position = reader->before + reader->at;
          return TRUE;
        }
    }
  if (byte == -2)
    return FALSE;

  return !quoted || fail (reader, "a quote is left open", error);
}

GPtrArray *
ballast_csv_reader_next (BallastCsvReader *reader,
                         GCancellable     *cancellable,
                         GError          **error)
{
  gboolean found;

  g_string_truncate (reader->text, 0);
  g_array_set_size (reader->starts, 0);
  g_ptr_array_set_size (reader->fields, 0);
  begin_field (reader);
  if (!read_row (reader, &found, cancellable, error) || !found)
    return NULL;

  reader->row++;
  for (guint i = 0; i < reader->starts->len; i++)
    g_ptr_array_add (reader->fields,
                     reader->text->str + g_array_index (reader->starts, gsize, i));
  return reader->fields;
}

guint64
ballast_csv_reader_get_position (BallastCsvReader *reader)
{
  return reader->position;
}
