#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-tiff.h"

#include <string.h>

/*
 * TIFF directories (TIFF 6.0, BigTIFF), read value by value.
 *
 * Every offset is a number from outside: it is only ever used through fetch(), which checks it
 * against the block and leaves the file's end to the reader.
 */

#define MAX_ENTRIES 4096

static gboolean
fetch (BallastTiff *tiff,
       guint64      offset,
       guint        size,
       guint64     *value)
{
  const guint8 *bytes;

  if (offset > tiff->length || size > tiff->length - offset)
    return FALSE;
  bytes = ballast_reader_peek (tiff->reader, tiff->base + offset, size);
  if (bytes == NULL)
    return FALSE;

  *value = 0;
  for (guint i = 0; i < size; i++)
    *value = *value << 8 | bytes[tiff->big_endian ? i : size - 1 - i];

  return TRUE;
}

gboolean
ballast_tiff_open (BallastTiff   *tiff,
                   BallastReader *reader,
                   guint64        base,
                   guint64        length)
{
  const guint8 *bytes = ballast_reader_peek (reader, base, 8);
  guint64 version;

  if (bytes == NULL || length < 8)
    return FALSE;
  if (memcmp (bytes, "II", 2) != 0 && memcmp (bytes, "MM", 2) != 0)
    return FALSE;

  *tiff = (BallastTiff) {
    .reader = reader, .base = base, .length = length, .big_endian = bytes[0] == 'M'
  };
  if (!fetch (tiff, 2, 2, &version) || (version != 42 && version != 43))
    return FALSE;
  tiff->big = version == 43;

  return tiff->big ? fetch (tiff, 8, 8, &tiff->first) : fetch (tiff, 4, 4, &tiff->first);
}

static guint
get_count_size (const BallastTiff *tiff)
{
  return tiff->big ? 8 : 2;
}

static guint
get_entry_size (const BallastTiff *tiff)
{
  return tiff->big ? 20 : 12;
}

gboolean
ballast_tiff_get_n_entries (BallastTiff *tiff,
                            guint64      directory,
                            guint64     *n_entries)
{
  return fetch (tiff, directory, get_count_size (tiff), n_entries) && *n_entries <= MAX_ENTRIES;
}

/* Bytes of the unsigned integer types: BYTE, SHORT, LONG, IFD, LONG8, IFD8; UNDEFINED counts as bytes. */
static guint
get_value_size (guint type)
{
  switch (type)
    {
    case 1:
    case 7:
      return 1;
    case 3:
      return 2;
    case 4:
    case 13:
      return 4;
    case 16:
    case 18:
      return 8;
    default:
      return 0;
    }
}

gboolean
ballast_tiff_get_entry (BallastTiff      *tiff,
                        guint64           directory,
                        guint64           index,
                        BallastTiffEntry *entry)
{
  guint64 offset = directory + get_count_size (tiff) + index * get_entry_size (tiff);
  guint field = tiff->big ? 8 : 4;
  guint64 tag;
  guint64 type;

  if (!fetch (tiff, offset, 2, &tag) || !fetch (tiff, offset + 2, 2, &type)
      || !fetch (tiff, offset + 4, field, &entry->count))
    return FALSE;

  entry->tag = (guint) tag;
  entry->type = (guint) type;
  entry->values = offset + 4 + field;
  if (entry->count > field || entry->count * get_value_size (entry->type) > field)
    return fetch (tiff, entry->values, field, &entry->values);

  return TRUE;
}

guint64
ballast_tiff_get_next (BallastTiff *tiff,
                       guint64      directory)
{
  guint64 n_entries;
  guint64 next;

  if (!ballast_tiff_get_n_entries (tiff, directory, &n_entries)
      || !fetch (tiff, directory + get_count_size (tiff) + n_entries * get_entry_size (tiff),
                 tiff->big ? 8 : 4, &next))
    return 0;

  return next;
}

gboolean
ballast_tiff_get_value (BallastTiff            *tiff,
                        const BallastTiffEntry *entry,
                        guint64                 index,
                        guint64                *value)
{
  guint size = get_value_size (entry->type);

  if (size == 0 || index >= entry->count || entry->values > tiff->length)
    return FALSE;

  return fetch (tiff, entry->values + index * size, size, value);
}
