#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-sha256.h"

#include <string.h>

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

/*
 * SHA-256 (FIPS 180-4).
 *
 * Two ways to the same digest: the processor's own instructions, about 1.5 GB/s, and plain C.  Which
 * one is a question to the processor at every update, which costs a load and a test.
 */

static const guint32 round_constants[64] __attribute__ ((aligned (16))) = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline guint32
rotate (guint32 word,
        guint   n)
{
  return word >> n | word << (32 - n);
}

static void
expand (const guint8 *block,
        guint32       words[64])
{
  for (guint i = 0; i < 16; i++)
    {
      memcpy (&words[i], block + 4 * i, 4);
      words[i] = GUINT32_FROM_BE (words[i]);
    }
  for (guint i = 16; i < 64; i++)
    {
      guint32 a = words[i - 15];
      guint32 b = words[i - 2];

      words[i] = words[i - 16] + words[i - 7] + (rotate (a, 7) ^ rotate (a, 18) ^ a >> 3)
                 + (rotate (b, 17) ^ rotate (b, 19) ^ b >> 10);
    }
}

static void
compress_plainly (guint32      *state,
                  const guint8 *blocks,
                  gsize         n_blocks)
{
  guint32 words[64];
  guint32 v[8];

  for (; n_blocks > 0; n_blocks--, blocks += 64)
    {
      expand (blocks, words);
      memcpy (v, state, sizeof v);
      for (guint i = 0; i < 64; i++)
        {
          guint32 first = v[7] + (rotate (v[4], 6) ^ rotate (v[4], 11) ^ rotate (v[4], 25))
                          + ((v[4] & v[5]) ^ (~v[4] & v[6])) + round_constants[i] + words[i];
          guint32 second = (rotate (v[0], 2) ^ rotate (v[0], 13) ^ rotate (v[0], 22))
                           + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

          memmove (v + 1, v, 7 * sizeof *v);
          v[4] += first;
          v[0] = first + second;
        }
      for (guint i = 0; i < 8; i++)
        state[i] += v[i];
    }
}

#ifdef __x86_64__
/* The instructions keep the eight words as ABEF and CDGH, and do two rounds each. */
__attribute__ ((target ("sha,sse4.1"))) static void
compress_natively (guint32      *state,
                   const guint8 *blocks,
                   gsize         n_blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i *constants = (const __m128i *) (gconstpointer) round_constants;
  __m128i *words = (__m128i *) (gpointer) state;
  __m128i cdab = _mm_shuffle_epi32 (_mm_loadu_si128 (words), 0xb1);
  __m128i efgh = _mm_shuffle_epi32 (_mm_loadu_si128 (words + 1), 0x1b);
  __m128i abef = _mm_alignr_epi8 (cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16 (efgh, cdab, 0xf0);

  for (; n_blocks > 0; n_blocks--, blocks += 64)
    {
      const __m128i *input = (const __m128i *) (gconstpointer) blocks;
      __m128i old_abef = abef;
      __m128i old_cdgh = cdgh;
      __m128i m[4];

#pragma GCC unroll 16
      for (guint i = 0; i < 16; i++)
        {
          __m128i sum;

          if (i < 4)
            m[i] = _mm_shuffle_epi8 (_mm_loadu_si128 (input + i), swap);
          else
            m[i % 4] = _mm_sha256msg2_epu32 (
              _mm_add_epi32 (_mm_sha256msg1_epu32 (m[i % 4], m[(i + 1) % 4]),
                             _mm_alignr_epi8 (m[(i + 3) % 4], m[(i + 2) % 4], 4)),
              m[(i + 3) % 4]);
          sum = _mm_add_epi32 (m[i % 4], _mm_load_si128 (constants + i));
          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, sum);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (sum, 0x0e));
        }
      abef = _mm_add_epi32 (abef, old_abef);
      cdgh = _mm_add_epi32 (cdgh, old_cdgh);
    }

  abef = _mm_shuffle_epi32 (abef, 0x1b);
  cdgh = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 (words, _mm_blend_epi16 (abef, cdgh, 0xf0));
  _mm_storeu_si128 (words + 1, _mm_alignr_epi8 (cdgh, abef, 8));
}

/* Leaf 7 of CPUID, EBX bit 29. */
static gboolean
has_instructions (void)
{
  static gsize answer; /* 1: no, 2: yes */

  if (g_once_init_enter (&answer))
    {
      guint a;
      guint b = 0;
      guint c;
      guint d;
      gboolean has_leaf = __get_cpuid_count (7, 0, &a, &b, &c, &d);

      g_once_init_leave (&answer, has_leaf && (b & 1u << 29) != 0 ? 2 : 1);
    }

  return answer == 2;
}
#endif

static void
compress (guint32      *state,
          const guint8 *blocks,
          gsize         n_blocks)
{
#ifdef __x86_64__
  if (has_instructions ())
    {
      compress_natively (state, blocks, n_blocks);
      return;
    }
#endif
  compress_plainly (state, blocks, n_blocks);
}

void
ballast_sha256_init (BallastSha256 *sha256)
{
  static const guint32 initial[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

  memcpy (sha256->state, initial, sizeof initial);
  sha256->n_bytes = 0;
}

void
ballast_sha256_update (BallastSha256 *sha256,
                       const void    *data,
                       gsize          length)
{
  const guint8 *bytes = data;
  gsize used = sha256->n_bytes % 64;

  sha256->n_bytes += length;
  if (used > 0)
    {
      gsize n = MIN (64 - used, length);

      memcpy (sha256->block + used, bytes, n);
      bytes += n;
      length -= n;
      if (used + n < 64)
        return;
      compress (sha256->state, sha256->block, 1);
    }

  compress (sha256->state, bytes, length / 64);
  if (length % 64 > 0)
    memcpy (sha256->block, bytes + length / 64 * 64, length % 64);
}

void
ballast_sha256_finish (BallastSha256 *sha256,
                       guint8         digest[32])
{
  static const guint8 padding[64] = { 0x80 };
  guint64 n_bits = GUINT64_TO_BE (sha256->n_bytes * 8);
  gsize used = sha256->n_bytes % 64;

  ballast_sha256_update (sha256, padding, used < 56 ? 56 - used : 120 - used);
  ballast_sha256_update (sha256, &n_bits, 8);
  for (guint i = 0; i < 8; i++)
    {
      guint32 word = GUINT32_TO_BE (sha256->state[i]);

      memcpy (digest + 4 * i, &word, 4);
    }
}

void
ballast_sha256_finish_hex (BallastSha256 *sha256,
                           char           text[65])
{
  static const char digits[] = "0123456789abcdef";
  guint8 digest[32];

  ballast_sha256_finish (sha256, digest);
  for (guint i = 0; i < 32; i++)
    {
      text[2 * i] = digits[digest[i] >> 4];
      text[2 * i + 1] = digits[digest[i] & 15];
    }
  text[64] = '\0';
}
