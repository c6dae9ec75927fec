/*
 * Reads text in pieces of 256 KiB, that of gzip files, too.  Memory: the window, which the caller empties.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-text-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-import-error.h"

#define PIECE_BYTES (256 * 1024)
#define POINTER_TEXT "version https://git-lfs.github.com/spec/"

struct _BallastTextSource
{
  char         *shown; /* the path, for messages */
  GInputStream *stream;
  GSeekable    *packed; /* (nullable): the file itself, where the stream unpacks it */
  GByteArray   *window;
  gsize         start; /* of what is left of the window */
  guint64       done;
  guint64       size;
  gboolean      is_at_end;
};

static const struct
{
  const char *mark;
  gsize       length;
  const char *charset; /* NULL: no conversion */
} marks[] = {
  { "\xEF\xBB\xBF", 3, NULL },
  { "\xFF\xFE\0\0", 4, "UTF-32LE" }, /* before UTF-16, whose mark it begins with */
  { "\0\0\xFE\xFF", 4, "UTF-32BE" },
  { "\xFF\xFE", 2, "UTF-16LE" },
  { "\xFE\xFF", 2, "UTF-16BE" },
};

void
ballast_text_source_free (BallastTextSource *source)
{
  g_free (source->shown);
  g_clear_object (&source->stream);
  g_clear_object (&source->packed);
  g_byte_array_unref (source->window);
  g_free (source);
}

const char *
ballast_text_source_peek (BallastTextSource *source,
                          gsize             *length)
{
  *length = source->window->len - source->start;

  return (const char *) source->window->data + source->start;
}

gboolean
ballast_text_source_is_at_end (BallastTextSource *source)
{
  return source->is_at_end;
}

void
ballast_text_source_consume (BallastTextSource *source,
                             gsize              n)
{
  source->start += n;
}

guint64
ballast_text_source_get_done (BallastTextSource *source)
{
  return source->packed != NULL ? (guint64) g_seekable_tell (source->packed) : source->done;
}

guint64
ballast_text_source_get_size (BallastTextSource *source)
{
  return source->size;
}

gboolean
ballast_text_source_fill (BallastTextSource *source,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_autoptr(GError) local = NULL;
  guint left;
  gssize n_read;

  if (source->is_at_end)
    return TRUE;
  if (source->start > 0)
    g_byte_array_remove_range (source->window, 0, source->start);
  source->start = 0;
  left = source->window->len;
  g_byte_array_set_size (source->window, left + PIECE_BYTES);
  n_read = g_input_stream_read (source->stream, source->window->data + left, PIECE_BYTES,
                                cancellable, &local);
  g_byte_array_set_size (source->window, left + MAX (n_read, 0));
  if (n_read < 0 && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (n_read < 0)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                   _("“%s” cannot be read as text: %s"), source->shown, local->message);
      return FALSE;
    }
  source->is_at_end = n_read == 0;
  source->done += n_read;

  return TRUE;
}

static GInputStream *
open_stream (BallastTextSource *source,
             const char        *path,
             GError           **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                  "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT,
                   _("“%s” is no regular file"), source->shown);
      return NULL;
    }
  source->size = g_file_info_get_size (info);

  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/* Starts again behind the mark, with a converter in between. */
static gboolean
convert (BallastTextSource *source,
         const char        *charset,
         gsize              mark_length,
         GError           **error)
{
  g_autoptr(GCharsetConverter) converter = g_charset_converter_new ("UTF-8", charset, error);
  g_autoptr(GInputStream) converted = NULL;

  if (converter != NULL && source->packed != NULL)
    {
      g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                   _("“%s” holds NUL bytes: it is no text, or has to be saved as UTF-8"),
                   source->shown);
      return FALSE;
    }
  if (converter == NULL || !g_seekable_seek (G_SEEKABLE (source->stream), mark_length, G_SEEK_SET,
                                             NULL, error))
    return FALSE;
  converted = g_converter_input_stream_new (source->stream, G_CONVERTER (converter));
  g_set_object (&source->stream, converted);
  g_byte_array_set_size (source->window, 0);
  source->start = 0;
  source->done = 0;
  source->is_at_end = FALSE;

  return ballast_text_source_fill (source, NULL, error);
}

/* Starts again, unpacking what is read. */
static gboolean
unpack (BallastTextSource *source,
        GError           **error)
{
  g_autoptr(GZlibDecompressor) unpacker = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  gsize length;
  const char *text = ballast_text_source_peek (source, &length);

  if (length < 2 || memcmp (text, "\x1f\x8b", 2) != 0)
    return TRUE;
  source->packed = G_SEEKABLE (source->stream);
  source->stream = NULL;
  if (!g_seekable_seek (source->packed, 0, G_SEEK_SET, NULL, error))
    return FALSE;
  source->stream = g_converter_input_stream_new (G_INPUT_STREAM (source->packed),
                                                 G_CONVERTER (unpacker));
  g_byte_array_set_size (source->window, 0);
  source->start = 0;

  return ballast_text_source_fill (source, NULL, error);
}

static gboolean
read_mark (BallastTextSource *source,
           GError           **error)
{
  gsize length;
  const char *text = ballast_text_source_peek (source, &length);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (length < marks[i].length || memcmp (text, marks[i].mark, marks[i].length) != 0)
        continue;
      if (marks[i].charset != NULL)
        return convert (source, marks[i].charset, marks[i].length, error);
      ballast_text_source_consume (source, marks[i].length);
      return TRUE;
    }

  return TRUE;
}

/* What stands at the beginning is text that can be a manifest? */
static gboolean
check_beginning (BallastTextSource *source,
                 GError           **error)
{
  gsize length;
  const char *text = ballast_text_source_peek (source, &length);

  if (length == 0)
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY, _("“%s” is empty"),
                 source->shown);
  else if (length >= strlen (POINTER_TEXT)
           && memcmp (text, POINTER_TEXT, strlen (POINTER_TEXT)) == 0)
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_POINTER,
                 _("“%s” is a Git LFS pointer, not the file; run “git lfs pull”"), source->shown);
  else if (memchr (text, '\0', length) != NULL)
    g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
                 _("“%s” holds NUL bytes: it is no text, or has to be saved as UTF-8"),
                 source->shown);
  else
    return TRUE;

  return FALSE;
}

BallastTextSource *
ballast_text_source_open (const char *path,
                          GError    **error)
{
  g_autoptr(BallastTextSource) source = g_new0 (BallastTextSource, 1);

  source->shown = g_filename_display_name (path);
  source->window = g_byte_array_new ();
  source->stream = open_stream (source, path, error);
  if (source->stream == NULL || !ballast_text_source_fill (source, NULL, error)
      || !unpack (source, error) || !read_mark (source, error) || !check_beginning (source, error))
    return NULL;

  return g_steal_pointer (&source);
}
