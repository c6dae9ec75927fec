#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

/*
 * BMP: the two headers, and whether the file is as long as its pixels need.
 *
 * The length of packed pixels is taken from the header's own field, where it is filled in.
 */

#define HEADER_OS2 12 /* bytes of the oldest header, with sides of 16 bits */

typedef struct
{
  guint64 width;
  guint64 height;
  guint   bits;
  guint32 compression;
  guint32 packed_bytes;
  guint32 data_offset;
} Header;

static gboolean
read_header (BallastProbe *probe,
             Header       *header)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, 0, 26);
  guint32 length = bytes != NULL ? ballast_read_le32 (bytes + 14) : 0;
  gint32 height;

  if (bytes == NULL)
    return FALSE;

  header->data_offset = ballast_read_le32 (bytes + 10);
  if (length == HEADER_OS2)
    {
      header->width = ballast_read_le16 (bytes + 18);
      header->height = ballast_read_le16 (bytes + 20);
      header->bits = ballast_read_le16 (bytes + 24);
      return TRUE;
    }

  bytes = ballast_reader_peek (probe->reader, 0, 54);
  if (bytes == NULL)
    return FALSE;
  height = (gint32) ballast_read_le32 (bytes + 22); /* negative: rows from the top */
  header->width = ballast_read_le32 (bytes + 18);
  header->height = height < 0 ? (guint64) - (gint64) height : (guint64) height;
  header->bits = ballast_read_le16 (bytes + 28);
  header->compression = ballast_read_le32 (bytes + 30);
  header->packed_bytes = ballast_read_le32 (bytes + 34);

  return TRUE;
}

static gboolean
bits_are_valid (guint bits)
{
  return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
}

/* Compression 1 and 2 are run lengths, 0, 3 and 6 plain pixels; 4 and 5 embed a JPEG or PNG. */
static guint64
get_data_bytes (const Header *header)
{
  guint64 row = (header->width * header->bits + 31) / 32 * 4;

  if (header->compression == 1 || header->compression == 2)
    return header->packed_bytes;

  return row * header->height;
}

void
ballast_probe_bmp (BallastProbe *probe)
{
  Header header = { 0 };

  if (!read_header (probe, &header))
    {
      ballast_probe_damaged (probe, "cut short in its header");
      return;
    }

  probe->facts->colour = header.bits <= 8    ? BALLAST_COLOUR_PALETTE
                         : header.bits == 32 ? BALLAST_COLOUR_RGBA
                                             : BALLAST_COLOUR_RGB;
  probe->facts->depth = (guint8) MIN (header.bits, 8);
  if (!bits_are_valid (header.bits))
    ballast_probe_damaged (probe, "%u bits a pixel, which no BMP has", header.bits);
  else if (!ballast_probe_set_size (probe, header.width, header.height))
    return;
  else if (header.compression == 4 || header.compression == 5 || header.compression > 6)
    ballast_probe_refuse (probe, BALLAST_PROBLEM_NOT_AN_IMAGE,
                          "a BMP compressed in a way that no reader here knows");
  else if (header.data_offset + get_data_bytes (&header) > probe->reader->size)
    ballast_probe_damaged (probe, "cut short: its pixels are missing in part");
}
