/*
 * Places of a JSON file: readers that begin in its middle, and lines.
 *
 * Where an object begins cannot be known without what lies before it, for a text may hold brackets.  It
 * can be guessed, and whoever reads up to there sees whether the guess was right.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-json-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ballast-json-private.h"

/* How far from a place the next object may begin. */
#define SEARCH_BYTES (256 * 1024)

int
ballast_json_reader_dup_fd (BallastJsonReader *reader)
{
  return fcntl (reader->fd, F_DUPFD_CLOEXEC, 0);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The bracket that opens, where nothing but a comma stands between it and the one at @text. */
static const char *
find_next_object (const char *text,
                  const char *end)
{
  for (text++; text < end && is_space (*text); text++);
  if (text == end || *text++ != ',')
    return NULL;
  for (; text < end && is_space (*text); text++);

  return text < end && *text == '{' ? text : NULL;
}

guint64
ballast_json_reader_guess_object (BallastJsonReader *reader,
                                  guint64            offset)
{
  g_autofree char *piece = g_malloc (SEARCH_BYTES);
  gssize length = pread (reader->fd, piece, SEARCH_BYTES, offset);
  const char *end = piece + MAX (length, 0);

  for (const char *at = piece; at < end && (at = memchr (at, '}', end - at)) != NULL; at++)
    {
      const char *object = find_next_object (at, end);

      if (object != NULL)
        return offset + (object - piece);
    }

  return 0;
}

BallastJsonReader *
ballast_json_reader_new_at (BallastJsonReader *reader,
                            guint64            offset)
{
  g_autoptr(BallastJsonReader) other = ballast_json_reader_new ();

  other->fd = ballast_json_reader_dup_fd (reader);
  if (other->fd < 0)
    return NULL;
  other->size = reader->size;
  other->capacity = BALLAST_JSON_WINDOW_BYTES;
  other->buffer = g_malloc (other->capacity);
  other->window = other->buffer;
  other->is_at_end = FALSE;
  other->start = offset;
  other->depth = reader->depth;
  memcpy (other->is_object, reader->is_object, sizeof other->is_object);
  other->expected = EXPECT_VALUE;

  return g_steal_pointer (&other);
}

guint64
ballast_json_reader_find_line (BallastJsonReader *reader,
                               guint64            offset)
{
  g_autofree char *piece = g_malloc (BALLAST_JSON_WINDOW_BYTES);
  guint64 line = 1;

  for (guint64 at = 0; at < offset;)
    {
      gssize length = pread (reader->fd, piece, MIN (offset - at, BALLAST_JSON_WINDOW_BYTES), at);

      if (length < 0 && errno == EINTR)
        continue;
      if (length <= 0)
        break;
      for (gssize i = 0; i < length; i++)
        line += piece[i] == '\n';
      at += length;
    }

  return line;
}
