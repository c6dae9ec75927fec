#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

#include <string.h>

/*
 * ICO and CUR: the directory, and the header of every picture in it.
 *
 * The directory's sizes are one byte each and often lie; the pictures' own count.  The largest one
 * gives the facts, since that is the one that readers choose.
 */

static gboolean
read_png (BallastProbe *probe,
          guint64       offset,
          guint64      *width,
          guint64      *height)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, offset, 24);

  if (bytes == NULL || memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) != 0)
    return FALSE;
  *width = ballast_read_be32 (bytes + 16);
  *height = ballast_read_be32 (bytes + 20);

  return TRUE;
}

/* The height of the bitmap counts the mask too. */
static gboolean
read_bitmap (BallastProbe *probe,
             guint64       offset,
             guint64      *width,
             guint64      *height)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, offset, 16);

  if (bytes == NULL || ballast_read_le32 (bytes) < 12 || ballast_read_le32 (bytes) > 124)
    return FALSE;
  *width = ballast_read_le32 (bytes + 4);
  *height = ballast_read_le32 (bytes + 8) / 2;

  return TRUE;
}

static gboolean
read_picture (BallastProbe *probe,
              guint64       entry,
              guint64      *width,
              guint64      *height)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, entry, 16);
  guint64 length = bytes != NULL ? ballast_read_le32 (bytes + 8) : 0;
  guint64 offset = bytes != NULL ? ballast_read_le32 (bytes + 12) : 0;

  if (length == 0 || offset + length > probe->reader->size)
    {
      ballast_probe_damaged (probe, "cut short: one of its pictures is missing");
      return FALSE;
    }
  if (!read_png (probe, offset, width, height) && !read_bitmap (probe, offset, width, height))
    {
      ballast_probe_damaged (probe, "one of its pictures is broken");
      return FALSE;
    }

  return ballast_probe_check_size (probe, *width, *height);
}

void
ballast_probe_ico (BallastProbe *probe)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, 0, 6);
  guint n_pictures = bytes != NULL ? ballast_read_le16 (bytes + 4) : 0;
  guint64 best_width = 0;
  guint64 best_height = 0;

  probe->facts->colour = BALLAST_COLOUR_RGBA;
  probe->facts->depth = 8;
  for (guint i = 0; i < n_pictures; i++)
    {
      guint64 width = 0;
      guint64 height = 0;

      if (!read_picture (probe, 6 + 16 * (guint64) i, &width, &height))
        {
          probe->facts->width = (guint32) MIN (width, G_MAXUINT32);
          probe->facts->height = (guint32) MIN (height, G_MAXUINT32);
          return;
        }
      if (width * height > best_width * best_height)
        {
          best_width = width;
          best_height = height;
        }
    }

  ballast_probe_set_size (probe, best_width, best_height);
}
