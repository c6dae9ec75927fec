#pragma once

#include <string.h>

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * Colour pixels taken apart into planes and put together again, 16 at a time in registers: what
 * follows is then one plain loop over each plane.  Inlined, so that every clone of a kernel has
 * its own.
 */
#define BALLAST_PLANES_LENGTH 256

/* Work on planes goes on to the end of a vector: pixel by pixel, the rest would cost more than all before
 * it.  What lies beyond the pixels is arbitrary, and is not joined. */
#define BALLAST_PLANES_ROUND_UP(n) (((n) + 63) & ~63u)

typedef guint8 BallastBytes16 __attribute__ ((vector_size (16)));

typedef struct
{
  guint8 channel[3][BALLAST_PLANES_LENGTH];
} BallastPlanes;

BALLAST_INLINE void
ballast_planes_split_16 (const guint8 *pixels,
          BallastPlanes *planes,
          guint         x)
{
  BallastBytes16 a, b, c, plane[3];

  memcpy (&a, pixels, 16);
  memcpy (&b, pixels + 16, 16);
  memcpy (&c, pixels + 32, 16);
  plane[0] = __builtin_shufflevector (a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
  plane[0] = __builtin_shufflevector (plane[0], c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26,
                                      29);
  plane[1] = __builtin_shufflevector (a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
  plane[1] = __builtin_shufflevector (plane[1], c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27,
                                      30);
  plane[2] = __builtin_shufflevector (a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
  plane[2] = __builtin_shufflevector (plane[2], c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28,
                                      31);
  for (guint i = 0; i < 3; i++)
    memcpy (planes->channel[i] + x, &plane[i], 16);
}

BALLAST_INLINE void
ballast_planes_join_16 (guint8       *pixels,
         const BallastPlanes *planes,
         guint         x)
{
  BallastBytes16 r, g, b, mixed[3];

  memcpy (&r, planes->channel[0] + x, 16);
  memcpy (&g, planes->channel[1] + x, 16);
  memcpy (&b, planes->channel[2] + x, 16);
  mixed[0] = __builtin_shufflevector (r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  mixed[0] = __builtin_shufflevector (mixed[0], b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13,
                                      20, 15);
  mixed[1] = __builtin_shufflevector (r, g, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
  mixed[1] = __builtin_shufflevector (mixed[1], b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25,
                                      14, 15);
  mixed[2] = __builtin_shufflevector (r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31,
                                      0);
  mixed[2] = __builtin_shufflevector (mixed[2], b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13,
                                      14, 31);
  for (guint i = 0; i < 3; i++)
    memcpy (pixels + 16 * i, &mixed[i], 16);
}

/* The first plane as a grey into all three channels. */
BALLAST_INLINE void
ballast_planes_join_grey_16 (guint8              *pixels,
                             const BallastPlanes *planes,
                             guint                x)
{
  BallastBytes16 grey, mixed[3];

  memcpy (&grey, planes->channel[0] + x, 16);
  mixed[0] = __builtin_shufflevector (grey, grey, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5);
  mixed[1] = __builtin_shufflevector (grey, grey, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10);
  mixed[2] = __builtin_shufflevector (grey, grey, 10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14,
                                      15, 15, 15);
  for (guint i = 0; i < 3; i++)
    memcpy (pixels + 16 * i, &mixed[i], 16);
}

BALLAST_INLINE void
ballast_planes_split (const guint8 *pixels,
             guint         n,
             guint         channels,
             BallastPlanes *planes)
{
  guint x = 0;

  for (; channels == 3 && x + 16 <= n; x += 16)
    ballast_planes_split_16 (pixels + x * 3, planes, x);
  for (; x < n; x++)
    for (guint i = 0; i < 3; i++)
      planes->channel[i][x] = pixels[x * channels + i];
}

BALLAST_INLINE void
ballast_planes_join (guint8       *pixels,
            guint         n,
            guint         channels,
            const BallastPlanes *planes)
{
  guint x = 0;

  for (; channels == 3 && x + 16 <= n; x += 16)
    ballast_planes_join_16 (pixels + x * 3, planes, x);
  for (; x < n; x++)
    for (guint i = 0; i < 3; i++)
      pixels[x * channels + i] = planes->channel[i][x];
}

BALLAST_INLINE void
ballast_planes_join_grey (guint8              *pixels,
                          guint                n,
                          guint                channels,
                          const BallastPlanes *planes)
{
  guint x = 0;

  for (; channels == 3 && x + 16 <= n; x += 16)
    ballast_planes_join_grey_16 (pixels + x * 3, planes, x);
  for (; x < n; x++)
    for (guint i = 0; i < 3; i++)
      pixels[x * channels + i] = planes->channel[0][x];
}

G_END_DECLS
