/*
 * Two sets of hashes: of the texts that came up, and of those that came up again.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-repeat-finder.h"

typedef struct
{
  guint64 *slots; /* 0: free */
  gsize    n_slots; /* a power of two */
  gsize    n_used;
} HashSet;

struct _BallastRepeatFinder
{
  HashSet seen;
  HashSet repeated;
  guint64 last;
};

#define FIRST_SLOTS 1024

/* FNV-1a, 64 bits, mixed so that the low bits depend on all; never 0. */
static guint64
hash_text (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);
  hash ^= hash >> 32;

  return hash != 0 ? hash : 1;
}

/* The slot that holds @hash, or the free one where it belongs. */
static gsize
find_slot (const HashSet *set,
           guint64        hash)
{
  gsize slot = hash & (set->n_slots - 1);

  while (set->slots[slot] != 0 && set->slots[slot] != hash)
    slot = (slot + 1) & (set->n_slots - 1);

  return slot;
}

static void
grow (HashSet *set)
{
  HashSet larger = { NULL, MAX (set->n_slots * 2, FIRST_SLOTS), set->n_used };

  larger.slots = g_new0 (guint64, larger.n_slots);
  for (gsize i = 0; i < set->n_slots; i++)
    if (set->slots[i] != 0)
      larger.slots[find_slot (&larger, set->slots[i])] = set->slots[i];
  g_free (set->slots);
  *set = larger;
}

/* FALSE if it was there. */
static gboolean
set_add (HashSet *set,
         guint64  hash)
{
  gsize slot;

  if (set->n_used * 2 >= set->n_slots)
    grow (set);
  slot = find_slot (set, hash);
  if (set->slots[slot] != 0)
    return FALSE;
  set->slots[slot] = hash;
  set->n_used++;

  return TRUE;
}

BallastRepeatFinder *
ballast_repeat_finder_new (void)
{
  BallastRepeatFinder *finder = g_new0 (BallastRepeatFinder, 1);

  grow (&finder->seen);
  grow (&finder->repeated);

  return finder;
}

void
ballast_repeat_finder_free (BallastRepeatFinder *finder)
{
  g_free (finder->seen.slots);
  g_free (finder->repeated.slots);
  g_free (finder);
}

gboolean
ballast_repeat_finder_add (BallastRepeatFinder *finder,
                           const char          *text)
{
  guint64 hash = hash_text (text);

  if (hash == finder->last)
    return FALSE;
  finder->last = hash;
  if (set_add (&finder->seen, hash))
    return TRUE;
  set_add (&finder->repeated, hash);

  return FALSE;
}

gboolean
ballast_repeat_finder_get (BallastRepeatFinder *finder,
                           const char          *text)
{
  return finder->repeated.slots[find_slot (&finder->repeated, hash_text (text))] != 0;
}
