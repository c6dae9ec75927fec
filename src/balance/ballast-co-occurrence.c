/*
 * Which classes stand together in images.
 *
 * While images are added, pairs lie in an open hash table of their two indices: of a thousand
 * classes a few per cent of the pairs ever meet.  close() turns the table into rows, one for each
 * class, sorted by the other class.  Adding an image of n classes costs n² / 2 steps.  Any thread,
 * one at a time; once closed it never changes.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-co-occurrence.h"

#include <stdlib.h>

#define FIRST_SIZE 256 /* slots, a power of two; at most 3/4 of them are used */

/* @key is 0 in an empty slot: the second index is never 0 in a pair with a < b. */
typedef struct
{
  guint64 key;
  guint64 images;
} Slot;

struct _BallastCoOccurrence
{
  guint    n_classes;
  guint64  n_images;
  guint64  n_mixed;
  guint64 *images;      /* by class */

  gsize n_slots;
  gsize n_pairs;
  Slot *slots;          /* NULL once closed */

  gsize            *starts;     /* n_classes + 1; NULL until closed */
  BallastCompanion *companions;
};

BallastCoOccurrence *
ballast_co_occurrence_new (guint n_classes)
{
  BallastCoOccurrence *self = g_new0 (BallastCoOccurrence, 1);

  self->n_classes = n_classes;
  self->images = g_new0 (guint64, n_classes);
  self->n_slots = FIRST_SIZE;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

void
ballast_co_occurrence_free (BallastCoOccurrence *self)
{
  g_free (self->images);
  g_free (self->slots);
  g_free (self->starts);
  g_free (self->companions);
  g_free (self);
}

/* The slot of @key, or the empty one where it belongs.  The mixer is Fibonacci hashing. */
static Slot *
find_slot (Slot   *slots,
           gsize   n_slots,
           guint64 key)
{
  gsize place = (gsize) ((key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 20) & (n_slots - 1);

  while (slots[place].key != 0 && slots[place].key != key)
    place = (place + 1) & (n_slots - 1);
  return &slots[place];
}

static void
grow (BallastCoOccurrence *self)
{
  gsize n_slots = self->n_slots * 2;
  Slot *slots = g_new0 (Slot, n_slots);

  for (gsize i = 0; i < self->n_slots; i++)
    if (self->slots[i].key != 0)
      *find_slot (slots, n_slots, self->slots[i].key) = self->slots[i];
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
}

static void
add_pair (BallastCoOccurrence *self,
          guint                a,
          guint                b)
{
  guint64 key = (guint64) MIN (a, b) << 32 | MAX (a, b);
  Slot *slot = find_slot (self->slots, self->n_slots, key);

  if (slot->key == 0)
    {
      slot->key = key;
      self->n_pairs++;
    }
  slot->images++;
  if (self->n_pairs * 4 > self->n_slots * 3)
    grow (self);
}

void
ballast_co_occurrence_add (BallastCoOccurrence *self,
                           const guint         *classes,
                           guint                n)
{
  g_return_if_fail (self->starts == NULL);

  self->n_images++;
  self->n_mixed += n > 1;
  for (guint i = 0; i < n; i++)
    {
      self->images[classes[i]]++;
      for (guint j = 0; j < i; j++)
        add_pair (self, classes[i], classes[j]);
    }
}

static int
compare_others (const void *a,
                const void *b)
{
  guint left = ((const BallastCompanion *) a)->other, right = ((const BallastCompanion *) b)->other;

  return left < right ? -1 : left > right;
}

/* Each pair stands in two rows. */
static void
fill_rows (BallastCoOccurrence *self)
{
  g_autofree gsize *ends = g_memdup2 (self->starts, (self->n_classes + 1) * sizeof (gsize));

  for (gsize i = 0; i < self->n_slots; i++)
    {
      guint a = self->slots[i].key >> 32, b = self->slots[i].key & G_MAXUINT32;

      if (self->slots[i].key == 0)
        continue;
      self->companions[ends[a]++] = (BallastCompanion){ b, self->slots[i].images };
      self->companions[ends[b]++] = (BallastCompanion){ a, self->slots[i].images };
    }
}

void
ballast_co_occurrence_close (BallastCoOccurrence *self)
{
  g_return_if_fail (self->starts == NULL);

  self->starts = g_new0 (gsize, self->n_classes + 1);
  self->companions = g_new (BallastCompanion, MAX (2 * self->n_pairs, 1));
  for (gsize i = 0; i < self->n_slots; i++)
    if (self->slots[i].key != 0)
      {
        self->starts[(self->slots[i].key >> 32) + 1]++;
        self->starts[(self->slots[i].key & G_MAXUINT32) + 1]++;
      }
  for (guint i = 0; i < self->n_classes; i++)
    self->starts[i + 1] += self->starts[i];

  fill_rows (self);
  for (guint i = 0; i < self->n_classes; i++)
    qsort (self->companions + self->starts[i], self->starts[i + 1] - self->starts[i],
           sizeof (BallastCompanion), compare_others);
  g_clear_pointer (&self->slots, g_free);
}

guint
ballast_co_occurrence_get_n_classes (const BallastCoOccurrence *self)
{
  return self->n_classes;
}

guint64
ballast_co_occurrence_get_n_images (const BallastCoOccurrence *self)
{
  return self->n_images;
}

guint64
ballast_co_occurrence_get_images (const BallastCoOccurrence *self,
                                  guint                      a)
{
  g_return_val_if_fail (a < self->n_classes, 0);

  return self->images[a];
}

guint64
ballast_co_occurrence_get_n_mixed (const BallastCoOccurrence *self)
{
  return self->n_mixed;
}

gsize
ballast_co_occurrence_get_n_pairs (const BallastCoOccurrence *self)
{
  return self->n_pairs;
}

const BallastCompanion *
ballast_co_occurrence_get_companions (const BallastCoOccurrence *self,
                                      guint                      a,
                                      guint                     *n)
{
  *n = 0;
  g_return_val_if_fail (self->starts != NULL && a < self->n_classes, NULL);

  *n = self->starts[a + 1] - self->starts[a];
  return self->companions + self->starts[a];
}

guint64
ballast_co_occurrence_get_both (const BallastCoOccurrence *self,
                                guint                      a,
                                guint                      b)
{
  const BallastCompanion wanted = { b, 0 };
  const BallastCompanion *row, *found;
  guint n;

  g_return_val_if_fail (b < self->n_classes, 0);

  if (a == b)
    return ballast_co_occurrence_get_images (self, a);
  row = ballast_co_occurrence_get_companions (self, a, &n);
  found = n == 0 ? NULL : bsearch (&wanted, row, n, sizeof *row, compare_others);
  return found == NULL ? 0 : found->images;
}

double
ballast_co_occurrence_get_share (const BallastCoOccurrence *self,
                                 guint                      a,
                                 guint                      b)
{
  guint64 images = ballast_co_occurrence_get_images (self, a);

  return images == 0 ? 0 : (double) ballast_co_occurrence_get_both (self, a, b) / images;
}

double
ballast_co_occurrence_get_jaccard (const BallastCoOccurrence *self,
                                   guint                      a,
                                   guint                      b)
{
  guint64 both = ballast_co_occurrence_get_both (self, a, b);
  guint64 either = ballast_co_occurrence_get_images (self, a) +
                   ballast_co_occurrence_get_images (self, b) - both;

  return either == 0 ? 0 : (double) both / either;
}

static int
compare_images (const void *a,
                const void *b)
{
  const BallastCompanion *left = a, *right = b;

  if (left->images != right->images)
    return left->images > right->images ? -1 : 1;
  return compare_others (a, b);
}

GArray *
ballast_co_occurrence_dup_ranked (const BallastCoOccurrence *self,
                                  guint                      a,
                                  guint                      n_most)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (BallastCompanion));
  guint n;
  const BallastCompanion *row = ballast_co_occurrence_get_companions (self, a, &n);

  if (n > 0)
    g_array_append_vals (ranked, row, n);
  g_array_sort (ranked, compare_images);
  if (ranked->len > n_most)
    g_array_set_size (ranked, n_most);
  return ranked;
}
