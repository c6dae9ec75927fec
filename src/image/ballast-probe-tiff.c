#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-probe-private.h"
#include "ballast-tiff.h"

/*
 * TIFF: the tags of the first page, whether its strips or tiles lie within the file, and the number of
 * pages; and the orientation tag, which EXIF shares.
 */

#define MAX_PIECES 65536 /* strips or tiles that are checked */
#define MAX_PAGES 10000

enum
{
  TAG_WIDTH = 256,
  TAG_HEIGHT = 257,
  TAG_BITS = 258,
  TAG_PHOTOMETRIC = 262,
  TAG_STRIP_OFFSETS = 273,
  TAG_ORIENTATION = 274,
  TAG_SAMPLES = 277,
  TAG_STRIP_BYTES = 279,
  TAG_TILE_OFFSETS = 324,
  TAG_TILE_BYTES = 325,
};

typedef struct
{
  guint64          width;
  guint64          height;
  guint64          bits;
  guint64          photometric;
  guint64          samples;
  guint64          orientation;
  BallastTiffEntry offsets;
  BallastTiffEntry bytes;
} Page;

static guint64 *
find_field (Page *page,
            guint tag)
{
  switch (tag)
    {
    case TAG_WIDTH:
      return &page->width;
    case TAG_HEIGHT:
      return &page->height;
    case TAG_BITS:
      return &page->bits;
    case TAG_PHOTOMETRIC:
      return &page->photometric;
    case TAG_ORIENTATION:
      return &page->orientation;
    case TAG_SAMPLES:
      return &page->samples;
    default:
      return NULL;
    }
}

static gboolean
read_page (BallastTiff *tiff,
           guint64      directory,
           Page        *page)
{
  guint64 n_entries;
  BallastTiffEntry entry;

  *page = (Page) { .bits = 1, .samples = 1, .orientation = 1 };
  if (!ballast_tiff_get_n_entries (tiff, directory, &n_entries))
    return FALSE;

  for (guint64 i = 0; i < n_entries; i++)
    {
      guint64 *field;

      if (!ballast_tiff_get_entry (tiff, directory, i, &entry))
        return FALSE;
      field = find_field (page, entry.tag);
      if (field != NULL)
        ballast_tiff_get_value (tiff, &entry, 0, field);
      else if (entry.tag == TAG_STRIP_OFFSETS || entry.tag == TAG_TILE_OFFSETS)
        page->offsets = entry;
      else if (entry.tag == TAG_STRIP_BYTES || entry.tag == TAG_TILE_BYTES)
        page->bytes = entry;
    }

  return TRUE;
}

static BallastColour
get_colour (const Page *page)
{
  switch (page->photometric)
    {
    case 0:
    case 1:
      return page->samples > 1 ? BALLAST_COLOUR_GREY_ALPHA : BALLAST_COLOUR_GREY;
    case 3:
      return BALLAST_COLOUR_PALETTE;
    case 5:
      return BALLAST_COLOUR_CMYK;
    default:
      return page->samples > 3 ? BALLAST_COLOUR_RGBA : BALLAST_COLOUR_RGB;
    }
}

static void
check_pieces (BallastProbe *probe,
              BallastTiff  *tiff,
              const Page   *page)
{
  guint64 n_pieces = MIN (page->offsets.count, MAX_PIECES);

  if (n_pieces == 0 || page->bytes.count == 0)
    {
      ballast_probe_damaged (probe, "it has no pixels");
      return;
    }

  for (guint64 i = 0; i < n_pieces; i++)
    {
      guint64 offset = 0;
      guint64 bytes = 0;

      if (!ballast_tiff_get_value (tiff, &page->offsets, i, &offset)
          || !ballast_tiff_get_value (tiff, &page->bytes, i, &bytes)
          || offset > probe->reader->size || bytes > probe->reader->size - offset)
        {
          ballast_probe_damaged (probe, "cut short: its pixels are missing in part");
          return;
        }
    }
}

static guint
count_pages (BallastTiff *tiff)
{
  guint64 directory = tiff->first;
  guint n_pages = 0;

  while (directory != 0 && n_pages < MAX_PAGES)
    {
      n_pages++;
      directory = ballast_tiff_get_next (tiff, directory);
    }

  return n_pages;
}

void
ballast_probe_tiff (BallastProbe *probe)
{
  BallastTiff tiff;
  Page page;

  if (!ballast_tiff_open (&tiff, probe->reader, 0, probe->reader->size)
      || !read_page (&tiff, tiff.first, &page))
    {
      ballast_probe_damaged (probe, "its first directory lies outside the file");
      return;
    }

  probe->facts->colour = get_colour (&page);
  probe->facts->depth = (guint8) MIN (page.bits, 64);
  if (page.orientation >= 1 && page.orientation <= 8)
    probe->facts->orientation = (guint8) page.orientation;
  if (!ballast_probe_set_size (probe, page.width, page.height))
    return;

  check_pieces (probe, &tiff, &page);
  probe->n_frames = count_pages (&tiff);
  probe->animated = probe->n_frames > 1;
}

guint8
ballast_probe_exif_orientation (BallastReader *reader,
                                guint64        offset,
                                guint64        length)
{
  BallastTiff tiff;
  BallastTiffEntry entry;
  guint64 n_entries;
  guint64 value = 1;

  if (!ballast_tiff_open (&tiff, reader, offset, length)
      || !ballast_tiff_get_n_entries (&tiff, tiff.first, &n_entries))
    return 1;

  for (guint64 i = 0; i < n_entries && ballast_tiff_get_entry (&tiff, tiff.first, i, &entry); i++)
    if (entry.tag == TAG_ORIENTATION)
      {
        ballast_tiff_get_value (&tiff, &entry, 0, &value);
        break;
      }

  return value >= 1 && value <= 8 ? (guint8) value : 1;
}
