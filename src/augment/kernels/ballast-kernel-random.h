#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * Random numbers by position: pure functions of a seed of 64 bits (two whole numbers of the recipe)
 * and of where they are for.  No state, so that bands and threads agree; plain integers, so that
 * the compiler makes vectors of them.
 */

/* A full-avalanche hash of 32 bits (Chris Wellons' lowbias32). */
BALLAST_INLINE guint32
ballast_hash (guint32 x)
{
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

/* The seed of a row (or of anything else that is counted). */
BALLAST_INLINE guint32
ballast_hash_row (guint32 seed,
                  guint32 row)
{
  return ballast_hash (ballast_hash (seed) + row * 0x9e3779b9u);
}

/* 32 bits for position @x of the row; @salt is the second half of the seed. */
BALLAST_INLINE guint32
ballast_hash_at (guint32 row_seed,
                 guint32 salt,
                 guint32 x)
{
  return ballast_hash (ballast_hash (x + row_seed) ^ salt);
}

/* Uniform in [0, 1) with 24 bits: the same as a float and as a double. */
BALLAST_INLINE float
ballast_hash_unit (guint32 bits)
{
  return (float) (bits >> 8) * 0x1p-24f;
}

G_END_DECLS
