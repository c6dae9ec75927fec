#pragma once

#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * How a picture looks, in two words: small changes of a picture (another size, another compression,
 * a little brighter) change few of their bits.
 */
typedef struct
{
  guint64 gradients; /* dHash: of 9 × 8 means of grey, whether the next one to the right is lighter; rows
                        from the top, the first bit the highest */
  guint64 waves;     /* pHash: of the 8 × 8 lowest waves of 32 × 32 means (DCT-II), whether each is above
                        their median */
  gint32  spread;    /* standard deviation of the 32 × 32 means, in 1/16 of a grey level; -1: not known */
} BallastFingerprint;

/* Below this spread a picture has too little in it for its bits to say anything: two blank pages or
 * night skies agree by chance. */
#define BALLAST_FINGERPRINT_MIN_SPREAD (3 * 16)

/* A decode that covers this many pixels a side is enough. */
#define BALLAST_FINGERPRINT_SIZE 64

/* Of an 8-bit raster of any size and kind; transparent pixels count as mid-grey. */
BallastFingerprint ballast_fingerprint_compute (const BallastRaster      *raster);

/* TRUE where there is enough in the picture to compare it. */
gboolean           ballast_fingerprint_is_telling (const BallastFingerprint *print);

/*
 * The bits of gradients that differ, where the pictures are taken to look alike; -1: they are not.
 * The second word and the spread guard against false friends: the waves may differ in twice as many
 * bits and eight more, the spread by a factor of two.
 */
int                ballast_fingerprint_compare (const BallastFingerprint *a,
                                                const BallastFingerprint *b,
                                                guint                     max_distance);

G_END_DECLS
