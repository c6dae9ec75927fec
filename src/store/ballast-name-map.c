/*
 * An open-addressed table from (folder, name) to image id.
 *
 * The upper half of a 64-bit hash is kept as fingerprint; among ten million images, one look-up in
 * a thousand meets a candidate that is another image.  The lower half chooses the slot, and is
 * mixed from the fingerprint when the table grows, so that names need not be kept.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-name-map.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define FIRST_CAPACITY 4096

typedef struct
{
  guint32 fingerprint;
  guint32 image_id; /* 0: free */
} Entry;

struct _BallastNameMap
{
  Entry  *entries;
  guint64 capacity; /* a power of two */
  guint64 n_used;
};

BallastNameMap *
ballast_name_map_new (void)
{
  BallastNameMap *map = g_new0 (BallastNameMap, 1);

  map->capacity = FIRST_CAPACITY;
  map->entries = g_new0 (Entry, map->capacity);

  return map;
}

void
ballast_name_map_free (BallastNameMap *map)
{
  if (map == NULL)
    return;

  g_free (map->entries);
  g_free (map);
}

static guint32
fingerprint_of (gint64      folder_id,
                const char *name,
                gsize       length)
{
  return XXH3_64bits_withSeed (name, length, folder_id) >> 32;
}

/* The slot follows from the fingerprint alone (Fibonacci hashing). */
static guint64
home_of (BallastNameMap *map,
         guint32         fingerprint)
{
  return ((guint64) fingerprint * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 24) & (map->capacity - 1);
}

static void
put (BallastNameMap *map,
     Entry           entry)
{
  guint64 slot = home_of (map, entry.fingerprint);

  while (map->entries[slot].image_id != 0)
    slot = (slot + 1) & (map->capacity - 1);
  map->entries[slot] = entry;
}

static void
grow (BallastNameMap *map)
{
  g_autofree Entry *old = map->entries;
  guint64 old_capacity = map->capacity;

  map->capacity *= 2;
  map->entries = g_new0 (Entry, map->capacity);
  for (guint64 i = 0; i < old_capacity; i++)
    if (old[i].image_id != 0)
      put (map, old[i]);
}

void
ballast_name_map_insert (BallastNameMap *map,
                         gint64          folder_id,
                         const char     *name,
                         gsize           length,
                         gint64          image_id)
{
  g_assert (image_id > 0 && image_id <= G_MAXUINT32);

  /* Names that are new are looked for up to a free entry: above half full, that gets far. */
  if (map->n_used >= map->capacity / 2)
    grow (map);
  put (map, (Entry) { fingerprint_of (folder_id, name, length), image_id });
  map->n_used++;
}

BallastNameProbe
ballast_name_map_probe (BallastNameMap *map,
                        gint64          folder_id,
                        const char     *name,
                        gsize           length)
{
  guint32 fingerprint = fingerprint_of (folder_id, name, length);

  return (BallastNameProbe) { fingerprint, home_of (map, fingerprint) };
}

gint64
ballast_name_map_next (BallastNameMap   *map,
                       BallastNameProbe *probe)
{
  while (map->entries[probe->slot].image_id != 0)
    {
      const Entry *entry = &map->entries[probe->slot];

      probe->slot = (probe->slot + 1) & (map->capacity - 1);
      if (entry->fingerprint == probe->fingerprint)
        return entry->image_id;
    }

  return 0;
}
