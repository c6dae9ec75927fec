#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

#include <string.h>

/*
 * WebP: the RIFF container's length against the file's, and the sizes in the first chunk; of an
 * extended file the flags, and the orientation in its EXIF chunk (WebP Container Specification).
 */

#define FLAG_ANIMATION 0x02
#define FLAG_EXIF 0x08
#define FLAG_ALPHA 0x10

static guint32
read_le24 (const guint8 *bytes)
{
  return ballast_read_le16 (bytes) | (guint32) bytes[2] << 16;
}

/* The chunks after the first one, up to the EXIF chunk. */
static void
read_exif (BallastProbe *probe,
           guint64       end)
{
  guint64 offset = 30;
  const guint8 *bytes;

  while (offset + 8 <= end && (bytes = ballast_reader_peek (probe->reader, offset, 8)) != NULL)
    {
      guint32 length = ballast_read_le32 (bytes + 4);

      if (memcmp (bytes, "EXIF", 4) == 0)
        {
          const guint8 *prefix = ballast_reader_peek (probe->reader, offset + 8, 6);
          guint skip = prefix != NULL && memcmp (prefix, "Exif\0", 6) == 0 ? 6 : 0;

          if (length > skip)
            probe->facts->orientation
              = ballast_probe_exif_orientation (probe->reader, offset + 8 + skip, length - skip);
          return;
        }
      offset += 8 + (guint64) length + (length & 1);
    }
}

static void
read_extended (BallastProbe *probe,
               const guint8 *bytes,
               guint64       end)
{
  guint flags = bytes[20];

  probe->animated = (flags & FLAG_ANIMATION) != 0;
  probe->facts->colour = (flags & FLAG_ALPHA) != 0 ? BALLAST_COLOUR_RGBA : BALLAST_COLOUR_RGB;
  if (ballast_probe_set_size (probe, read_le24 (bytes + 24) + 1, read_le24 (bytes + 27) + 1)
      && (flags & FLAG_EXIF) != 0)
    read_exif (probe, end);
}

static void
read_lossless (BallastProbe *probe,
               const guint8 *bytes)
{
  guint32 bits = ballast_read_le32 (bytes + 21);

  probe->facts->colour = (bits & 1u << 28) != 0 ? BALLAST_COLOUR_RGBA : BALLAST_COLOUR_RGB;
  ballast_probe_set_size (probe, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
}

static void
read_lossy (BallastProbe *probe,
            const guint8 *bytes)
{
  probe->facts->colour = BALLAST_COLOUR_RGB;
  ballast_probe_set_size (probe, ballast_read_le16 (bytes + 26) & 0x3fff,
                          ballast_read_le16 (bytes + 28) & 0x3fff);
}

void
ballast_probe_webp (BallastProbe *probe)
{
  guint8 bytes[30] = { 0 }; /* a lossless pixel makes a file of 26 bytes */
  guint64 end;

  if (!ballast_reader_copy (probe->reader, 0, MIN (probe->reader->size, sizeof bytes), bytes))
    return;

  end = 8 + (guint64) ballast_read_le32 (bytes + 4);
  probe->facts->depth = 8;
  if (memcmp (bytes + 12, "VP8X", 4) == 0)
    read_extended (probe, bytes, end);
  else if (memcmp (bytes + 12, "VP8L", 4) == 0 && bytes[20] == 0x2f)
    read_lossless (probe, bytes);
  else if (memcmp (bytes + 12, "VP8 ", 4) == 0 && memcmp (bytes + 23, "\x9d\x01\x2a", 3) == 0)
    read_lossy (probe, bytes);
  else
    ballast_probe_damaged (probe, "its first chunk is broken");

  if (end > probe->reader->size)
    ballast_probe_damaged (probe, "cut short: %" G_GUINT64_FORMAT " bytes are missing",
                           end - probe->reader->size);
  ballast_probe_remark_trailing (probe, end);
}
