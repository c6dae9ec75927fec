#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"
#include "ballast-pnm.h"

/*
 * PNM (P1 … P6): the text header, and whether as many bytes follow as the pixels need.
 */

static gboolean
is_space (guint8 byte)
{
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Reads a decimal number behind blanks and comments; the position comes to lie behind it. */
static gboolean
read_number (BallastReader *reader,
             guint64       *offset,
             guint32       *number)
{
  const guint8 *byte = ballast_reader_peek (reader, *offset, 1);
  guint n_digits = 0;

  while (byte != NULL && (is_space (*byte) || *byte == '#'))
    {
      *offset = *byte == '#' ? ballast_reader_find (reader, *offset, '\n') : *offset + 1;
      byte = ballast_reader_peek (reader, *offset, 1);
    }

  *number = 0;
  while (byte != NULL && g_ascii_isdigit (*byte) && n_digits < 9)
    {
      *number = *number * 10 + (guint32) (*byte - '0');
      n_digits++;
      *offset += 1;
      byte = ballast_reader_peek (reader, *offset, 1);
    }

  return n_digits > 0 && byte != NULL && is_space (*byte);
}

gboolean
ballast_pnm_read_header (BallastReader    *reader,
                         BallastPnmHeader *header)
{
  const guint8 *bytes = ballast_reader_peek (reader, 0, 2);
  guint64 offset = 2;

  if (bytes == NULL)
    return FALSE;

  header->type = bytes[1] - '0';
  header->maximum = 1;
  if (!read_number (reader, &offset, &header->width)
      || !read_number (reader, &offset, &header->height))
    return FALSE;
  if (header->type != 1 && header->type != 4 && !read_number (reader, &offset, &header->maximum))
    return FALSE;
  if (header->maximum < 1 || header->maximum > 65535)
    return FALSE;
  header->data_offset = offset + 1;

  return TRUE;
}

/* The least that the pixels take: text has a digit and, but for bits, a blank for each. */
static guint64
get_data_bytes (const BallastPnmHeader *header)
{
  guint64 n_samples = (guint64) header->width * header->height;
  guint bytes = header->maximum > 255 ? 2 : 1;

  switch (header->type)
    {
    case 1:
      return n_samples;
    case 2:
      return n_samples * 2 - 1;
    case 3:
      return n_samples * 6 - 1;
    case 4:
      return (guint64) ((header->width + 7) / 8) * header->height;
    case 5:
      return n_samples * bytes;
    default:
      return n_samples * 3 * bytes;
    }
}

void
ballast_probe_pnm (BallastProbe *probe)
{
  BallastPnmHeader header = { 0 };

  if (!ballast_pnm_read_header (probe->reader, &header))
    {
      ballast_probe_damaged (probe, "its header is broken");
      return;
    }

  probe->facts->colour = header.type % 3 == 0 ? BALLAST_COLOUR_RGB : BALLAST_COLOUR_GREY;
  probe->facts->depth = header.maximum > 255 ? 16 : header.maximum > 1 ? 8 : 1;
  if (!ballast_probe_set_size (probe, header.width, header.height))
    return;
  if (header.data_offset + get_data_bytes (&header) > probe->reader->size)
    ballast_probe_damaged (probe, "cut short: its pixels are missing in part");
}
