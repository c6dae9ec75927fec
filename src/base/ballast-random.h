#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Counter-based random numbers: a draw is a pure function of what it is for.
 *
 * A key names one output (the project's seed, the image's relative path, the copy's number).  A
 * draw is then named by the op's id and an index.  There is no state, so adding an op leaves the
 * draws of the others alone, and any thread computes any draw at any time.
 */
typedef struct
{
  guint32 word[2]; /* the key of Philox4x32 */
  guint32 salt[2]; /* goes into the counter, so that the whole digest of 128 bits counts */
} BallastRandomKey;

/* Makes the key of copy @copy of the image @path (bytes, relative to its source) under @seed. */
BallastRandomKey ballast_random_key      (guint64                 seed,
                                          const char             *path,
                                          guint32                 copy);

/* Philox4x32-10 (Salmon et al., SC 2011): 4 words from a counter of 128 bits and a key of 64. */
void             ballast_random_philox   (const guint32           counter[4],
                                          const guint32           key[2],
                                          guint32                 out[4]);

/* 64 uniform bits. */
guint64          ballast_random_bits     (const BallastRandomKey *key,
                                          guint32                 op,
                                          guint32                 index);

/* Uniform in [0, 1), with 53 bits. */
double           ballast_random_unit     (const BallastRandomKey *key,
                                          guint32                 op,
                                          guint32                 index);

/* Uniform in [low, high); @low when they are equal. */
double           ballast_random_range    (const BallastRandomKey *key,
                                          guint32                 op,
                                          guint32                 index,
                                          double                  low,
                                          double                  high);

/* Uniform integer in [0, n); n > 0.  The bias is below n / 2^64. */
guint64          ballast_random_below    (const BallastRandomKey *key,
                                          guint32                 op,
                                          guint32                 index,
                                          guint64                 n);

G_END_DECLS
