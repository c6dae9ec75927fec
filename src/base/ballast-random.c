/*
 * Random numbers without state, so that preview, export, shard 3 of 16 and next year's run agree.
 *
 * The key is a 128-bit XXH3 digest of (seed, copy, path); the draws are Philox4x32-10 over a
 * counter made of the op's id and the draw's index.  One draw costs ten rounds, about 20 ns: right
 * for parameters, too slow for every pixel (noise passes hash on their own).
 */
#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-random.h"

#include <string.h>
#include <xxhash.h>

#define PHILOX_ROUNDS 10
#define PHILOX_MULTIPLIER_0 0xD2511F53u
#define PHILOX_MULTIPLIER_1 0xCD9E8D57u
#define PHILOX_WEYL_0 0x9E3779B9u
#define PHILOX_WEYL_1 0xBB67AE85u

BallastRandomKey
ballast_random_key (guint64     seed,
                    const char *path,
                    guint32     copy)
{
  guint64 seed_le = GUINT64_TO_LE (seed);
  guint32 copy_le = GUINT32_TO_LE (copy);
  guint8 head[12];
  XXH3_state_t *state = XXH3_createState ();
  XXH128_hash_t digest;
  BallastRandomKey key;

  memcpy (head, &seed_le, 8);
  memcpy (head + 8, &copy_le, 4);
  XXH3_128bits_reset (state);
  XXH3_128bits_update (state, head, sizeof head);
  XXH3_128bits_update (state, path, strlen (path));
  digest = XXH3_128bits_digest (state);
  XXH3_freeState (state);

  key.word[0] = (guint32) digest.low64;
  key.word[1] = (guint32) (digest.low64 >> 32);
  key.salt[0] = (guint32) digest.high64;
  key.salt[1] = (guint32) (digest.high64 >> 32);
  return key;
}

void
ballast_random_philox (const guint32 counter[4],
                       const guint32 key[2],
                       guint32       out[4])
{
  guint32 c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  guint32 k0 = key[0], k1 = key[1];

  for (int round = 0; round < PHILOX_ROUNDS; round++)
    {
      guint64 product_0 = (guint64) PHILOX_MULTIPLIER_0 * c0;
      guint64 product_1 = (guint64) PHILOX_MULTIPLIER_1 * c2;

      c0 = (guint32) (product_1 >> 32) ^ c1 ^ k0;
      c1 = (guint32) product_1;
      c2 = (guint32) (product_0 >> 32) ^ c3 ^ k1;
      c3 = (guint32) product_0;
      k0 += PHILOX_WEYL_0;
      k1 += PHILOX_WEYL_1;
    }

  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

guint64
ballast_random_bits (const BallastRandomKey *key,
                     guint32                 op,
                     guint32                 index)
{
  const guint32 counter[4] = { op, index, key->salt[0], key->salt[1] };
  guint32 out[4];

  ballast_random_philox (counter, key->word, out);
  return (guint64) out[1] << 32 | out[0];
}

double
ballast_random_unit (const BallastRandomKey *key,
                     guint32                 op,
                     guint32                 index)
{
  return (double) (ballast_random_bits (key, op, index) >> 11) * 0x1.0p-53;
}

double
ballast_random_range (const BallastRandomKey *key,
                      guint32                 op,
                      guint32                 index,
                      double                  low,
                      double                  high)
{
  return low + (high - low) * ballast_random_unit (key, op, index);
}

guint64
ballast_random_below (const BallastRandomKey *key,
                      guint32                 op,
                      guint32                 index,
                      guint64                 n)
{
  g_return_val_if_fail (n > 0, 0);

  return (guint64) (((unsigned __int128) ballast_random_bits (key, op, index) * n) >> 64);
}
