#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

#include <string.h>
#include <zlib.h>

/*
 * PNG: the header chunk with its checksum, then the chunks' lengths up to IEND.
 *
 * The data are not read: their checksums are the decoder's business.  Costs a small read for every
 * chunk, of which there is one in 8 KB in most files.
 */

#define CHUNK_FILL 512 /* bytes: chunk headers lie far apart */

typedef struct
{
  guint32 length;
  char    name[5];
} Chunk;

static gboolean
read_chunk (BallastReader *reader,
            guint64        offset,
            Chunk         *chunk)
{
  const guint8 *bytes = ballast_reader_peek (reader, offset, 8);

  if (bytes == NULL)
    return FALSE;
  chunk->length = ballast_read_be32 (bytes);
  memcpy (chunk->name, bytes + 4, 4);
  chunk->name[4] = '\0';

  return chunk->length <= G_MAXINT32;
}

static gboolean
read_header (BallastProbe *probe)
{
  static const struct
  {
    BallastColour colour;
    guint32       depths; /* bit n: a depth of n bits is allowed */
  } types[] = {
    { BALLAST_COLOUR_GREY, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 | 1 << 16 },
    { BALLAST_COLOUR_UNKNOWN, 0 },
    { BALLAST_COLOUR_RGB, 1 << 8 | 1 << 16 },
    { BALLAST_COLOUR_PALETTE, 1 << 1 | 1 << 2 | 1 << 4 | 1 << 8 },
    { BALLAST_COLOUR_GREY_ALPHA, 1 << 8 | 1 << 16 },
    { BALLAST_COLOUR_UNKNOWN, 0 },
    { BALLAST_COLOUR_RGBA, 1 << 8 | 1 << 16 },
  };
  const guint8 *bytes = ballast_reader_peek (probe->reader, 8, 25);
  guint type;
  guint depth;

  if (bytes == NULL || memcmp (bytes, "\0\0\0\15IHDR", 8) != 0
      || crc32 (0, bytes + 4, 17) != ballast_read_be32 (bytes + 21))
    {
      ballast_probe_damaged (probe, "its header is broken");
      return FALSE;
    }

  depth = bytes[16];
  type = bytes[17];
  if (type >= G_N_ELEMENTS (types) || depth > 16 || (types[type].depths & 1u << depth) == 0
      || bytes[18] != 0 || bytes[19] != 0 || bytes[20] > 1)
    {
      ballast_probe_damaged (probe, "its header says what no PNG may");
      return FALSE;
    }

  probe->facts->colour = types[type].colour;
  probe->facts->depth = (guint8) depth;

  return ballast_probe_set_size (probe, ballast_read_be32 (bytes + 8),
                                 ballast_read_be32 (bytes + 12));
}

static void
read_animation (BallastProbe *probe,
                guint64       offset)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, offset + 8, 4);

  if (bytes == NULL)
    return;
  probe->n_frames = ballast_read_be32 (bytes);
  probe->animated = probe->n_frames > 1;
}

void
ballast_probe_png (BallastProbe *probe)
{
  guint64 offset = 8 + 25;
  gboolean has_data = FALSE;
  Chunk chunk;

  if (!read_header (probe))
    return;

  probe->reader->fill = CHUNK_FILL;
  while (read_chunk (probe->reader, offset, &chunk))
    {
      guint64 end = offset + 12 + chunk.length;

      if (end > probe->reader->size)
        break;
      if (strcmp (chunk.name, "IEND") == 0)
        {
          if (!has_data)
            ballast_probe_damaged (probe, "it has no pixels");
          ballast_probe_remark_trailing (probe, end);
          return;
        }
      if (strcmp (chunk.name, "IDAT") == 0)
        has_data = TRUE;
      else if (strcmp (chunk.name, "acTL") == 0)
        read_animation (probe, offset);
      else if (strcmp (chunk.name, "eXIf") == 0)
        probe->facts->orientation
          = ballast_probe_exif_orientation (probe->reader, offset + 8, chunk.length);
      offset = end;
    }

  ballast_probe_damaged (probe, "cut short: its last chunk is missing");
}
