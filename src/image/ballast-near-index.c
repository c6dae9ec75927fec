/*
 * Like fingerprints among many.
 *
 * The 64 bits are dealt out to four bands of 16.  Two words that differ in at most t bits differ in at
 * most t / 4 of some band, so a word is compared with those that share a band with it but for so many
 * bits: of a million words some sixty where t is below 4, a thousand below 8, eight thousand below 12.
 * Bucket is held against bucket, so that what is compared is in the cache.
 * Neighbouring bits go to different bands, as an even sky would otherwise fill whole bands.  Words
 * that occur several times are looked up once.
 */
#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-near-index.h"

#include <stdlib.h>
#include <string.h>

#define N_BANDS 4
#define BAND_BITS 16
#define N_BUCKETS (1 << BAND_BITS)
/* Buckets of one step. */
#define STEP 256
/* Of so many fingerprints with the same gradients each is compared with each. */
#define MAX_TRIED 32

/* Counting bits is one instruction where the processor has it, and a call where it has not. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__ ((target_clones ("default", "popcnt")))
#else
#define CLONES
#endif

typedef struct
{
  guint64 word;
  guint32 begin; /* in places */
  guint32 n;
} Run;

typedef struct
{
  guint64 word;
  guint32 run;
} Entry;

/* A step under way. */
typedef struct
{
  guint   max_distance;
  GArray *pairs;
  guint32 found[256];
} Search;

struct _BallastNearIndex
{
  const BallastFingerprint *prints;
  guint32                  *places; /* of fingerprints that say something, by their words */
  Run                      *runs;   /* distinct words */
  guint32                   n_runs;
  Entry                    *entries[N_BANDS];
  guint32                  *ends[N_BANDS];
};

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  const BallastFingerprint *prints = data;
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  if (prints[left].gradients != prints[right].gradients)
    return prints[left].gradients < prints[right].gradients ? -1 : 1;
  return (left > right) - (left < right);
}

/* Every fourth bit from @band on, moved together. */
static guint
get_key (guint64 word,
         guint   band)
{
  guint64 bits = word >> band & G_GUINT64_CONSTANT (0x1111111111111111);

  bits = (bits | bits >> 3) & G_GUINT64_CONSTANT (0x0303030303030303);
  bits = (bits | bits >> 6) & G_GUINT64_CONSTANT (0x000F000F000F000F);
  bits = (bits | bits >> 12) & G_GUINT64_CONSTANT (0x000000FF000000FF);
  return (guint) ((bits | bits >> 24) & 0xFFFF);
}

static void
fill_band (BallastNearIndex *index,
           guint             band)
{
  g_autofree guint32 *next = g_new0 (guint32, N_BUCKETS + 1);

  index->entries[band] = g_new (Entry, index->n_runs + 1);
  index->ends[band] = g_new (guint32, N_BUCKETS);
  for (guint32 i = 0; i < index->n_runs; i++)
    next[get_key (index->runs[i].word, band) + 1]++;
  for (guint32 i = 0; i < N_BUCKETS; i++)
    {
      next[i + 1] += next[i];
      index->ends[band][i] = next[i + 1];
    }
  for (guint32 i = 0; i < index->n_runs; i++)
    index->entries[band][next[get_key (index->runs[i].word, band)]++] =
      (Entry) { index->runs[i].word, i };
}

BallastNearIndex *
ballast_near_index_new (const BallastFingerprint *prints,
                        guint32                   n)
{
  BallastNearIndex *index = g_new0 (BallastNearIndex, 1);
  guint32 n_places = 0;

  index->prints = prints;
  index->places = g_new (guint32, (gsize) n + 1);
  for (guint32 i = 0; i < n; i++)
    if (ballast_fingerprint_is_telling (&prints[i]))
      index->places[n_places++] = i;
  g_qsort_with_data (index->places, n_places, sizeof (guint32), compare_places, (gpointer) prints);

  index->runs = g_new (Run, (gsize) n_places + 1);
  for (guint32 begin = 0, end; begin < n_places; begin = end)
    {
      guint64 word = prints[index->places[begin]].gradients;

      for (end = begin + 1; end < n_places && prints[index->places[end]].gradients == word; end++);
      index->runs[index->n_runs++] = (Run) { word, begin, end - begin };
    }
  for (guint band = 0; band < N_BANDS; band++)
    fill_band (index, band);

  return index;
}

void
ballast_near_index_free (BallastNearIndex *index)
{
  if (index == NULL)
    return;

  for (guint band = 0; band < N_BANDS; band++)
    {
      g_free (index->entries[band]);
      g_free (index->ends[band]);
    }
  g_free (index->places);
  g_free (index->runs);
  g_free (index);
}

guint
ballast_near_index_get_n_steps (const BallastNearIndex *index)
{
  return index->n_runs > 0 ? N_BANDS * (N_BUCKETS / STEP) : 0;
}

static gboolean
note_if_alike (const BallastNearIndex *index,
               guint32                 one,
               guint32                 other,
               guint                   max_distance,
               GArray                 *pairs)
{
  int distance = ballast_fingerprint_compare (&index->prints[one], &index->prints[other], max_distance);
  BallastNearPlaces pair = { MIN (one, other), MAX (one, other), (guint32) distance };

  if (distance >= 0)
    g_array_append_val (pairs, pair);

  return distance >= 0;
}

/* Pictures with the same gradients. */
static void
search_run (const BallastNearIndex *index,
            const Run              *run,
            guint                   max_distance,
            GArray                 *pairs)
{
  for (guint32 i = 1; i < run->n; i++)
    for (guint32 j = i; j > 0 && i - j < MAX_TRIED; j--)
      if (note_if_alike (index, index->places[run->begin + i], index->places[run->begin + j - 1],
                         max_distance, pairs) && run->n > MAX_TRIED)
        break;
}

static void
compare_runs (const BallastNearIndex *index,
              const Run              *run,
              const Run              *other,
              guint                   max_distance,
              GArray                 *pairs)
{
  for (guint32 i = 0; i < MIN (run->n, MAX_TRIED); i++)
    for (guint32 j = 0; j < MIN (other->n, MAX_TRIED); j++)
      note_if_alike (index, index->places[run->begin + i], index->places[other->begin + j],
                     max_distance, pairs);
}

/* The entries of a bucket: from *@first, as many as it returns. */
static guint32
get_bucket (const BallastNearIndex *index,
            guint                   band,
            guint                   key,
            const Entry           **first)
{
  guint32 begin = key > 0 ? index->ends[band][key - 1] : 0;

  *first = index->entries[band] + begin;
  return index->ends[band][key] - begin;
}

/* The places in @others of words that differ from @word in few enough bits; returns how many. */
CLONES static guint32
find_like (guint64      word,
           const Entry *others,
           guint32      n,
           guint        max_distance,
           guint32     *found)
{
  guint32 n_found = 0;

  for (guint32 i = 0; i < n; i++)
    {
      found[n_found] = i;
      n_found += (guint) __builtin_popcountll (word ^ others[i].word) <= max_distance;
    }

  return n_found;
}

/* Compares each of a bucket with each of another one, or (@key the same) with those behind it. */
static void
compare_buckets (const BallastNearIndex *index,
                 guint                   band,
                 guint                   key,
                 guint                   other_key,
                 Search                 *search)
{
  const Entry *entries, *others;
  guint32 n = get_bucket (index, band, key, &entries);
  guint32 n_others = get_bucket (index, band, other_key, &others);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 first = key == other_key ? i + 1 : 0;

      for (guint32 begin = first; begin < n_others; begin += G_N_ELEMENTS (search->found))
        {
          guint32 n_part = MIN (n_others - begin, G_N_ELEMENTS (search->found));
          guint32 n_found = find_like (entries[i].word, others + begin, n_part, search->max_distance,
                                       search->found);

          for (guint32 f = 0; f < n_found; f++)
            compare_runs (index, &index->runs[entries[i].run],
                          &index->runs[others[begin + search->found[f]].run], search->max_distance,
                          search->pairs);
        }
    }
}

/* With every bucket whose key differs in few enough bits; each two buckets once. */
static void
search_around (const BallastNearIndex *index,
               guint                   band,
               guint                   key,
               Search                 *search)
{
  guint n_bits = search->max_distance / N_BANDS;

  compare_buckets (index, band, key, key, search);
  for (guint i = 0; i < BAND_BITS && n_bits >= 1; i++)
    {
      guint one = key ^ 1u << i;

      if (one > key)
        compare_buckets (index, band, key, one, search);
      for (guint j = i + 1; j < BAND_BITS && n_bits >= 2; j++)
        {
          guint two = one ^ 1u << j;

          if (two > key)
            compare_buckets (index, band, key, two, search);
          for (guint k = j + 1; k < BAND_BITS && n_bits >= 3; k++)
            if ((two ^ 1u << k) > key)
              compare_buckets (index, band, key, two ^ 1u << k, search);
        }
    }
}

void
ballast_near_index_search (const BallastNearIndex *index,
                           guint                   step,
                           guint                   max_distance,
                           GArray                 *pairs)
{
  Search search = { .max_distance = max_distance, .pairs = pairs };
  guint band = step / (N_BUCKETS / STEP), begin = step % (N_BUCKETS / STEP) * STEP;

  g_return_if_fail (max_distance <= BALLAST_NEAR_INDEX_MAX_DISTANCE);
  g_return_if_fail (step < ballast_near_index_get_n_steps (index));

  for (guint key = begin; key < begin + STEP; key++)
    {
      const Entry *entries;
      guint32 n = get_bucket (index, band, key, &entries);

      for (guint32 i = 0; band == 0 && i < n; i++)
        search_run (index, &index->runs[entries[i].run], max_distance, pairs);
      if (max_distance > 0 && n > 0)
        search_around (index, band, key, &search);
    }
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const BallastNearPlaces *left = a, *right = b;

  if (left->distance != right->distance)
    return left->distance < right->distance ? -1 : 1;
  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;
  return (left->other > right->other) - (left->other < right->other);
}

static guint32
find_root (guint32 *parents,
           guint32  place)
{
  while (parents[place] != place)
    place = parents[place] = parents[parents[place]];

  return place;
}

void
ballast_near_index_thin (GArray *pairs,
                         guint32 n)
{
  g_autofree guint32 *parents = g_new (guint32, (gsize) n + 1);
  BallastNearPlaces *all = (BallastNearPlaces *) (gpointer) pairs->data;
  guint n_kept = 0;

  for (guint32 i = 0; i < n; i++)
    parents[i] = i;
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      guint32 one = find_root (parents, all[i].place);
      guint32 other = find_root (parents, all[i].other);

      if (one == other)
        continue;
      parents[MAX (one, other)] = MIN (one, other);
      all[n_kept++] = all[i];
    }
  g_array_set_size (pairs, n_kept);
}
