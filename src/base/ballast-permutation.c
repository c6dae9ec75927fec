/*
 * Format-preserving permutation: a Feistel network over the smallest even number of bits that
 * holds n, walked until the value falls inside [0, n) (Black and Rogaway, CT-RSA 2002).
 *
 * The domain is less than four times n, so the walk takes under four steps on average.
 */
#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-permutation.h"

#define FEISTEL_ROUNDS 6

static guint64
feistel (const BallastRandomKey *key,
         guint32                 purpose,
         guint                   half_bits,
         guint64                 value)
{
  guint64 mask = ((guint64) 1 << half_bits) - 1;
  guint64 left = value >> half_bits;
  guint64 right = value & mask;

  for (guint32 round = 0; round < FEISTEL_ROUNDS; round++)
    {
      const guint32 counter[4] = { purpose, (guint32) right ^ key->salt[0], round, key->salt[1] };
      guint32 mixed[4];
      guint64 next;

      ballast_random_philox (counter, key->word, mixed);
      next = left ^ (mixed[0] & mask);
      left = right;
      right = next;
    }

  return left << half_bits | right;
}

guint64
ballast_permutation_place (const BallastRandomKey *key,
                           guint32                 purpose,
                           guint64                 n,
                           guint64                 index)
{
  guint half_bits = 1;
  guint64 value = index;

  g_return_val_if_fail (index < n, 0);
  g_return_val_if_fail (n <= (guint64) 1 << 60, 0);

  while (((guint64) 1 << (2 * half_bits)) < n)
    half_bits++;

  do
    value = feistel (key, purpose, half_bits, value);
  while (value >= n);

  return value;
}
