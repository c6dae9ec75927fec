#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

#include <string.h>

/*
 * GIF: the screen, then every block up to the trailer, without unpacking any.
 *
 * Sub-blocks are at most 255 bytes long, so the whole file passes through the window once.
 */

#define BLOCK_EXTENSION 0x21
#define BLOCK_IMAGE 0x2c
#define BLOCK_TRAILER 0x3b

static const guint8 *
peek (BallastProbe *probe,
      guint64       offset,
      gsize         length)
{
  return ballast_reader_peek (probe->reader, offset, length);
}

static guint
get_table_bytes (guint8 flags)
{
  return (flags & 0x80) != 0 ? 3u << ((flags & 7) + 1) : 0;
}

/* Steps over sub-blocks up to and with the empty one; FALSE where the file ends before. */
static gboolean
skip_sub_blocks (BallastProbe *probe,
                 guint64      *offset)
{
  const guint8 *length;

  while ((length = peek (probe, *offset, 1)) != NULL)
    {
      guint step = *length;

      *offset += 1 + step;
      if (step == 0)
        return TRUE;
    }

  return FALSE;
}

/* @offset lies behind the separator.  A frame may not reach beyond what the limits allow either:
 * readers make room for it. */
static gboolean
skip_image (BallastProbe *probe,
            guint64      *offset)
{
  const guint8 *bytes = peek (probe, *offset, 9);
  guint flags;

  if (bytes == NULL)
    return FALSE;
  flags = bytes[8];
  if (!ballast_probe_check_size (probe, ballast_read_le16 (bytes) + ballast_read_le16 (bytes + 4),
                                 ballast_read_le16 (bytes + 2) + ballast_read_le16 (bytes + 6)))
    return FALSE;

  if (probe->n_frames == 0 && probe->facts->depth == 0 && get_table_bytes ((guint8) flags) == 0)
    {
      ballast_probe_damaged (probe, "it has no palette");
      return FALSE;
    }

  probe->facts->depth = 8;
  *offset += 9 + get_table_bytes ((guint8) flags) + 1;
  probe->n_frames++;

  return skip_sub_blocks (probe, offset);
}

/* Returns the place behind the trailer, or 0 with the verdict given. */
static guint64
walk_blocks (BallastProbe *probe,
             guint64       offset)
{
  gboolean whole = TRUE;
  const guint8 *block;

  while (whole && (block = peek (probe, offset, 1)) != NULL)
    {
      offset++;
      if (*block == BLOCK_TRAILER)
        return offset;
      if (*block == BLOCK_IMAGE)
        {
          whole = skip_image (probe, &offset);
        }
      else if (*block == BLOCK_EXTENSION)
        {
          offset++;
          whole = skip_sub_blocks (probe, &offset);
        }
      else if (probe->n_frames > 0)
        {
          return offset - 1;
        }
      else
        {
          ballast_probe_damaged (probe, "a block of an unknown kind");
          return 0;
        }
    }

  /* All blocks whole and only the trailer missing: some writers forget it. */
  if (whole && probe->n_frames > 0 && offset == probe->reader->size)
    return offset;
  ballast_probe_damaged (probe, "cut short: its trailer is missing");

  return 0;
}

void
ballast_probe_gif (BallastProbe *probe)
{
  const guint8 *bytes = peek (probe, 0, 13);
  guint64 end;
  guint flags;

  if (bytes == NULL)
    {
      ballast_probe_damaged (probe, "cut short in its header");
      return;
    }

  flags = bytes[10];
  probe->facts->colour = BALLAST_COLOUR_PALETTE;
  probe->facts->depth = get_table_bytes ((guint8) flags) > 0 ? 8 : 0;
  if (!ballast_probe_set_size (probe, ballast_read_le16 (bytes + 6), ballast_read_le16 (bytes + 8)))
    return;

  probe->reader->fill = BALLAST_READER_WINDOW;
  end = walk_blocks (probe, 13 + get_table_bytes ((guint8) flags));
  if (end == 0)
    return;
  if (probe->n_frames == 0)
    ballast_probe_damaged (probe, "it has no picture");
  probe->animated = probe->n_frames > 1;
  ballast_probe_remark_trailing (probe, end);
}
