#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"

#include <string.h>

/*
 * HEIF and AVIF: the boxes of ISO/IEC 14496-12 down to the sizes in meta/iprp/ipco/ispe, and whether
 * the last box ends within the file.
 *
 * A picture of several tiles has a size for the whole and one for the tiles: the largest counts.  The
 * readers carry out the file's own rotation, so its EXIF orientation is not looked at.
 */

#define MAX_DEPTH 4
#define MAX_BOXES 4096

typedef struct
{
  guint64 start; /* of the content */
  guint64 end;
  char    name[5];
} Box;

typedef struct
{
  BallastProbe *probe;
  guint         n_boxes;
  guint64       width;
  guint64       height;
  gboolean      cut;
} Walk;

static gboolean
read_box (BallastReader *reader,
          guint64        offset,
          guint64        end,
          Box           *box)
{
  const guint8 *bytes = ballast_reader_peek (reader, offset, 8);
  guint64 length;

  if (bytes == NULL || end - offset < 8)
    return FALSE;

  length = ballast_read_be32 (bytes);
  memcpy (box->name, bytes + 4, 4);
  box->name[4] = '\0';
  box->start = offset + 8;
  if (length == 1)
    {
      bytes = ballast_reader_peek (reader, offset + 8, 8);
      if (bytes == NULL)
        return FALSE;
      length = (guint64) ballast_read_be32 (bytes) << 32 | ballast_read_be32 (bytes + 4);
      box->start = offset + 16;
    }
  box->end = length == 0 ? end : offset + length;

  return length == 0 || (length <= G_MAXINT64 && box->end >= box->start);
}

static void
read_ispe (Walk      *walk,
           const Box *box)
{
  const guint8 *bytes = ballast_reader_peek (walk->probe->reader, box->start, 12);
  guint64 width = bytes != NULL ? ballast_read_be32 (bytes + 4) : 0;
  guint64 height = bytes != NULL ? ballast_read_be32 (bytes + 8) : 0;

  if ((gdouble) width * height > (gdouble) walk->width * walk->height)
    {
      walk->width = width;
      walk->height = height;
    }
}

static void
walk_boxes (Walk   *walk,
            guint64 offset,
            guint64 end,
            guint   depth)
{
  static const char *const path[MAX_DEPTH] = { "meta", "iprp", "ipco", "ispe" };
  Box box;

  while (depth < MAX_DEPTH && offset < end && walk->n_boxes++ < MAX_BOXES)
    {
      if (!read_box (walk->probe->reader, offset, end, &box) || box.end > end)
        {
          walk->cut = walk->cut || depth == 0;
          return;
        }
      if (strcmp (box.name, path[depth]) == 0 && depth == MAX_DEPTH - 1)
        read_ispe (walk, &box);
      else if (strcmp (box.name, path[depth]) == 0)
        walk_boxes (walk, box.start + (depth == 0 ? 4 : 0), box.end, depth + 1);
      offset = box.end;
    }
}

void
ballast_probe_heif (BallastProbe *probe)
{
  Walk walk = { .probe = probe };
  const guint8 *bytes = ballast_reader_peek (probe->reader, 8, 4);

  probe->facts->colour = BALLAST_COLOUR_RGB;
  probe->facts->depth = 8;
  probe->animated
    = bytes != NULL && (memcmp (bytes, "avis", 4) == 0 || memcmp (bytes, "msf1", 4) == 0);
  walk_boxes (&walk, 0, probe->reader->size, 0);

  if (walk.width > 0 && !ballast_probe_set_size (probe, walk.width, walk.height))
    return;
  if (walk.cut)
    ballast_probe_damaged (probe, "cut short: its last box is not whole");
  else if (walk.width == 0)
    ballast_probe_damaged (probe, "its size is not said");
}
