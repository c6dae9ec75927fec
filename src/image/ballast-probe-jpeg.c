#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

#include <string.h>

/*
 * JPEG: the markers up to the frame header (ITU-T T.81, B.1), and the end of the file.
 *
 * APPn segments are jumped over, however long.  A file that ends with EOI is taken as whole: two
 * bytes read.  Otherwise its scans are walked for the EOI: what follows it is only a remark, since
 * phones append videos; where there is none the file was cut.
 */

#define MARKER_SOF0 0xc0
#define MARKER_DHT 0xc4
#define MARKER_JPG 0xc8
#define MARKER_DAC 0xcc
#define MARKER_RST0 0xd0
#define MARKER_SOI 0xd8
#define MARKER_EOI 0xd9
#define MARKER_SOS 0xda
#define MARKER_APP1 0xe1
#define MARKER_TEM 0x01

static const char cut_in_header[] = "cut short in its header";

/* Steps over fill bytes and stray ones to the next marker; @offset comes to lie behind it. */
static gboolean
next_marker (BallastReader *reader,
             guint64       *offset,
             guint8        *marker)
{
  while (TRUE)
    {
      guint64 found = ballast_reader_find (reader, *offset, 0xff);
      const guint8 *bytes = ballast_reader_peek (reader, found, 2);

      if (bytes == NULL)
        return FALSE;
      *offset = found + 1;
      if (bytes[1] == 0xff)
        continue;
      *offset = found + 2;
      if (bytes[1] == 0)
        continue;
      *marker = bytes[1];
      return TRUE;
    }
}

static gboolean
marker_has_no_segment (guint8 marker)
{
  return marker == MARKER_TEM || (marker >= MARKER_RST0 && marker <= MARKER_SOI);
}

static gboolean
marker_is_frame (guint8 marker)
{
  return marker >= MARKER_SOF0 && marker <= 0xcf && marker != MARKER_DHT && marker != MARKER_JPG
         && marker != MARKER_DAC;
}

/* Baseline, extended and progressive, with Huffman or arithmetic coding. */
static gboolean
frame_is_supported (guint8 marker)
{
  return marker <= 0xc2 || marker == 0xc9 || marker == 0xca;
}

static void
read_app1 (BallastProbe *probe,
           guint64       offset,
           guint32       length)
{
  const guint8 *bytes = ballast_reader_peek (probe->reader, offset + 2, 6);

  if (length < 8 + 8 || bytes == NULL || memcmp (bytes, "Exif\0", 6) != 0)
    return;
  if (probe->facts->orientation <= 1)
    probe->facts->orientation
      = ballast_probe_exif_orientation (probe->reader, offset + 8, length - 8);
}

static gboolean
read_frame (BallastProbe *probe,
            guint8        marker,
            guint64       offset,
            guint32       length)
{
  static const BallastColour colours[] = { BALLAST_COLOUR_UNKNOWN, BALLAST_COLOUR_GREY,
                                           BALLAST_COLOUR_UNKNOWN, BALLAST_COLOUR_RGB,
                                           BALLAST_COLOUR_CMYK };
  const guint8 *bytes = ballast_reader_peek (probe->reader, offset, 8);
  guint n_components;

  if (bytes == NULL || length < 8)
    {
      ballast_probe_damaged (probe, cut_in_header);
      return FALSE;
    }

  n_components = bytes[7];
  probe->facts->depth = bytes[2];
  probe->facts->colour = n_components <= 4 ? colours[n_components] : BALLAST_COLOUR_UNKNOWN;
  if (!ballast_probe_set_size (probe, ballast_read_be16 (bytes + 5), ballast_read_be16 (bytes + 3)))
    return FALSE;
  if (length != 8 + 3 * n_components)
    ballast_probe_damaged (probe, "its frame header is broken");
  else if (!frame_is_supported (marker))
    ballast_probe_refuse (probe, BALLAST_PROBLEM_NOT_AN_IMAGE,
                          "a lossless or hierarchical JPEG, which no reader here knows");
  else if (probe->facts->depth != 8 || probe->facts->colour == BALLAST_COLOUR_UNKNOWN)
    ballast_probe_refuse (probe, BALLAST_PROBLEM_NOT_AN_IMAGE,
                          "a JPEG of %u components of %u bits, which no reader here knows",
                          n_components, probe->facts->depth);

  return probe->result->usable;
}

/* Returns where the segment after the frame header begins, or 0 with the verdict given. */
static guint64
walk_to_frame (BallastProbe *probe)
{
  guint64 offset = 2;
  guint8 marker;

  while (next_marker (probe->reader, &offset, &marker))
    {
      const guint8 *bytes;
      guint32 length;

      if (marker_has_no_segment (marker))
        continue;
      if (marker == MARKER_EOI || marker == MARKER_SOS)
        {
          ballast_probe_damaged (probe, "it has no frame header");
          return 0;
        }

      bytes = ballast_reader_peek (probe->reader, offset, 2);
      length = bytes != NULL ? ballast_read_be16 (bytes) : 0;
      if (length < 2)
        break;
      if (marker_is_frame (marker))
        return read_frame (probe, marker, offset, length) ? offset + length : 0;
      if (marker == MARKER_APP1)
        read_app1 (probe, offset, length);
      offset += length;
    }

  ballast_probe_damaged (probe, cut_in_header);

  return 0;
}

/* Returns where the picture ends, or 0 where there is no EOI. */
static guint64
walk_to_end (BallastReader *reader,
             guint64        offset)
{
  guint8 marker;

  reader->fill = BALLAST_READER_WINDOW;
  while (next_marker (reader, &offset, &marker))
    {
      const guint8 *bytes;

      if (marker_has_no_segment (marker))
        continue;
      if (marker == MARKER_EOI)
        return offset;

      bytes = ballast_reader_peek (reader, offset, 2);
      if (bytes == NULL || ballast_read_be16 (bytes) < 2)
        return 0;
      offset += ballast_read_be16 (bytes);
    }

  return 0;
}

void
ballast_probe_jpeg (BallastProbe *probe)
{
  guint64 size = probe->reader->size;
  guint64 after_frame = walk_to_frame (probe);
  guint64 end;
  guint8 tail[2];

  if (after_frame == 0)
    return;
  if (size >= after_frame + 2 && ballast_reader_copy (probe->reader, size - 2, 2, tail)
      && tail[0] == 0xff && tail[1] == MARKER_EOI)
    return;

  end = walk_to_end (probe->reader, after_frame);
  if (end == 0)
    ballast_probe_damaged (probe, "cut short: the end marker is missing");
  else
    ballast_probe_remark_trailing (probe, end);
}
