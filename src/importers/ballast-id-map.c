/*
 * An open-addressed table of numbers, never more than half full.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-id-map.h"

typedef struct
{
  gint64  id;
  guint32 position; /* + 1; 0: free */
} Slot;

struct _BallastIdMap
{
  Slot *slots;
  guint bits;
  guint n_used;
};

BallastIdMap *
ballast_id_map_new (guint n_expected)
{
  BallastIdMap *map = g_new0 (BallastIdMap, 1);

  map->bits = MAX (6, g_bit_storage (n_expected) + 1);
  map->slots = g_new0 (Slot, (gsize) 1 << map->bits);

  return map;
}

void
ballast_id_map_free (BallastIdMap *map)
{
  if (map == NULL)
    return;
  g_free (map->slots);
  g_free (map);
}

/* Fibonacci hashing: numbers that follow one another lie apart. */
static Slot *
find_slot (const BallastIdMap *map,
           gint64              id)
{
  gsize mask = ((gsize) 1 << map->bits) - 1;
  gsize at = (guint64) id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> (64 - map->bits);

  while (map->slots[at].position != 0 && map->slots[at].id != id)
    at = (at + 1) & mask;

  return &map->slots[at];
}

static void
grow (BallastIdMap *map)
{
  g_autofree Slot *old = map->slots;
  gsize n = (gsize) 1 << map->bits;

  map->bits++;
  map->slots = g_new0 (Slot, 2 * n);
  for (gsize i = 0; i < n; i++)
    if (old[i].position != 0)
      *find_slot (map, old[i].id) = old[i];
}

gboolean
ballast_id_map_insert (BallastIdMap *map,
                       gint64        id,
                       guint         position)
{
  Slot *slot = find_slot (map, id);

  if (slot->position != 0)
    return FALSE;
  *slot = (Slot) { id, position + 1 };
  if (++map->n_used > (gsize) 1 << (map->bits - 1))
    grow (map);

  return TRUE;
}

gint64
ballast_id_map_find (const BallastIdMap *map,
                     gint64              id)
{
  return (gint64) find_slot (map, id)->position - 1;
}
