#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/*
 * Bytes of a file through a window of 16 KB.
 *
 * pread() alone is used: the descriptor's position stays, and a file that is cut while it is read is
 * a short read, not a signal as with mmap().  A reader belongs to one thread.
 */

void
ballast_reader_init_fd (BallastReader *reader,
                        int            fd,
                        guint64        size)
{
  /* Not a compound literal: that would clear the whole window for every file. */
  reader->data = NULL;
  reader->fd = fd;
  reader->error = 0;
  reader->size = size;
  reader->window_start = 0;
  reader->window_length = 0;
  reader->fill = BALLAST_READER_FIRST;
}

void
ballast_reader_init_bytes (BallastReader *reader,
                           const guint8  *data,
                           gsize          length)
{
  ballast_reader_init_fd (reader, -1, length);
  reader->data = data;
}

static gssize
read_at (BallastReader *reader,
         guint64        offset,
         gsize          length,
         guint8        *buffer)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (reader->fd, buffer + done, length - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        reader->error = errno;
      if (n <= 0)
        break;
      done += (gsize) n;
    }

  return (gssize) done;
}

static const guint8 *
move_window (BallastReader *reader,
             guint64        offset,
             gsize          length)
{
  gsize wanted = MAX (reader->fill, length);

  if (wanted > reader->size - offset)
    wanted = (gsize) (reader->size - offset);

  reader->window_start = offset;
  reader->window_length = (gsize) read_at (reader, offset, wanted, reader->window);

  return reader->window_length >= length ? reader->window : NULL;
}

const guint8 *
ballast_reader_peek (BallastReader *reader,
                     guint64        offset,
                     gsize          length)
{
  if (offset > reader->size || length > reader->size - offset)
    return NULL;
  if (reader->data != NULL)
    return reader->data + offset;
  if (length > BALLAST_READER_WINDOW)
    return NULL;
  if (offset >= reader->window_start
      && offset - reader->window_start + length <= reader->window_length)
    return reader->window + (offset - reader->window_start);

  return move_window (reader, offset, length);
}

gboolean
ballast_reader_copy (BallastReader *reader,
                     guint64        offset,
                     gsize          length,
                     guint8        *copy)
{
  if (offset > reader->size || length > reader->size - offset)
    return FALSE;

  if (reader->data != NULL)
    memcpy (copy, reader->data + offset, length);
  else if (offset >= reader->window_start
           && offset - reader->window_start + length <= reader->window_length)
    memcpy (copy, reader->window + (offset - reader->window_start), length);
  else
    return read_at (reader, offset, length, copy) == (gssize) length;

  return TRUE;
}

/* The bytes that a peek at @offset can give at once. */
static gsize
get_available (BallastReader *reader,
               guint64        offset)
{
  guint64 rest = reader->size - offset;

  if (reader->data != NULL)
    return (gsize) rest;
  if (offset >= reader->window_start && offset < reader->window_start + reader->window_length)
    return (gsize) (reader->window_start + reader->window_length - offset);

  return (gsize) MIN (rest, BALLAST_READER_WINDOW);
}

guint64
ballast_reader_find (BallastReader *reader,
                     guint64        offset,
                     guint8         byte)
{
  while (offset < reader->size)
    {
      gsize available = get_available (reader, offset);
      const guint8 *bytes = ballast_reader_peek (reader, offset, available);
      const guint8 *found;

      if (bytes == NULL)
        return reader->size;
      found = memchr (bytes, byte, available);
      if (found != NULL)
        return offset + (guint64) (found - bytes);
      offset += available;
    }

  return reader->size;
}
