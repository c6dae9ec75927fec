/*
 * Lightness of CIE L*a*b*, read and changed, in whole numbers.
 *
 * L depends on Y alone, so that reading it takes one weighted sum of tables.  Changing it moves the
 * cube roots of X, Y and Z by the same amount: no a* or b* is ever computed.  Look-ups and
 * arithmetic are in loops of their own, so that the arithmetic becomes vectors.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-lab.h"

#include <math.h>

#define BLOCK 256
#define ROOTS 8192        /* cube roots of 0 … 1 */
#define ONE (1 << 14)     /* of linear light and of cube roots */
#define KNEE 3389         /* 6 / 29: below it the root is a straight line */
#define OFFSET 2260       /* 16 / 116 */

static guint32 luma_of[3][256];        /* OpenCV's weights of Y, in 1 / 4096, of its linear light */
static guint8 lightness_of[256 * 8];   /* of Y, 0 … 2040 */
static guint16 linear_of[256];         /* 0 … ONE */
static guint16 root_of[ROOTS + 1];
static guint8 value_of[ONE + 1];       /* of linear light */

static double
linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
root (double value)
{
  return value < 0.008856 ? value * 7.787 + 16.0 / 116 : cbrt (value);
}

static void
make_tables (void)
{
  static const guint32 weights[3] = { 871, 2929, 296 };

  for (guint v = 0; v < 256; v++)
    {
      guint32 eighth = (guint32) lrint (2040 * linear (v / 255.0));

      for (guint c = 0; c < 3; c++)
        luma_of[c][v] = weights[c] * eighth;
      linear_of[v] = (guint16) lrint (ONE * linear (v / 255.0));
    }
  for (gint64 y = 0; y <= 2040; y++)
    {
      gint64 f = lrint (32768 * root ((double) y / 2040));
      gint64 shift = -((16 * 255 * 32768 + 50) / 100);

      lightness_of[y] = (guint8) CLAMP ((296 * f + shift + (1 << 14)) >> 15, 0, 255);
    }
  for (guint i = 0; i <= ROOTS; i++)
    root_of[i] = (guint16) lrint (ONE * root ((double) i / ROOTS));
  for (guint i = 0; i <= ONE; i++)
    {
      double light = (double) i / ONE;

      value_of[i] = (guint8) lrint (255 * (light <= 0.0031308 ? 12.92 * light
                                           : 1.055 * pow (light, 1 / 2.4) - 0.055));
    }
}

static void
need_tables (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      make_tables ();
      g_once_init_leave (&made, 1);
    }
}

void
ballast_kernel_lightness (const guint8 *pixels,
                          guint         channels,
                          guint         n,
                          guint8       *lightness)
{
  need_tables ();
  for (guint x = 0; x < n; x++, pixels += channels)
    lightness[x] = lightness_of[(luma_of[0][pixels[0]] + luma_of[1][pixels[1]]
                                 + luma_of[2][pixels[2]] + 2048) >> 12];
}

typedef struct
{
  gint32 light[3][BLOCK]; /* red, green, blue, then indices of roots, then roots, then light again */
} Block;

/* XYZ over the white of D65, in 1 / 4096, to an index of roots. */
BALLAST_CLONES static void
light_to_indices (Block *restrict block)
{
  for (gsize x = 0; x < BLOCK; x++)
    {
      gint32 r = block->light[0][x], g = block->light[1][x], b = block->light[2][x];

      block->light[0][x] = (1777 * r + 1541 * g + 778 * b + 4096) >> 13;
      block->light[1][x] = (871 * r + 2929 * g + 296 * b + 4096) >> 13;
      block->light[2][x] = (73 * r + 448 * g + 3575 * b + 4096) >> 13;
    }
}

BALLAST_INLINE gint32
cube (gint32 root)
{
  gint32 square = (root * root) >> 14, line = ((root - OFFSET) * 2104) >> 14;

  return root > KNEE ? (square * root) >> 14 : line;
}

BALLAST_INLINE gint32
within (gint32 light)
{
  light = light < 0 ? 0 : light;
  return light > ONE ? ONE : light;
}

/* Roots, moved by the change of L · 100 / 255 / 116, back to linear light. */
BALLAST_CLONES static void
roots_to_light (Block *restrict block,
                const guint8   *before,
                const guint8   *after,
                gsize           n)
{
  for (gsize x = 0; x < n; x++)
    {
      gint32 change = ((after[x] - before[x]) * 14180 + 128) >> 8;
      gint32 r0 = block->light[0][x] + change, r1 = block->light[1][x] + change;
      gint32 r2 = block->light[2][x] + change;
      gint32 x0 = cube (r0), y0 = cube (r1), z0 = cube (r2);

      block->light[0][x] = within ((12615 * x0 - 6296 * y0 - 2223 * z0 + 2048) >> 12);
      block->light[1][x] = within ((-3773 * x0 + 7684 * y0 + 185 * z0 + 2048) >> 12);
      block->light[2][x] = within ((217 * x0 - 836 * y0 + 4715 * z0 + 2048) >> 12);
    }
}

static void
set_block (guint8       *pixels,
           guint         channels,
           guint         n,
           const guint8 *before,
           const guint8 *after)
{
  Block block = { 0 };

  for (guint x = 0; x < n; x++)
    for (guint c = 0; c < 3; c++)
      block.light[c][x] = linear_of[pixels[x * channels + c]];
  light_to_indices (&block);
  for (guint c = 0; c < 3; c++)
    for (guint x = 0; x < n; x++)
      block.light[c][x] = root_of[MIN (block.light[c][x], ROOTS)];
  roots_to_light (&block, before, after, n);
  for (guint x = 0; x < n; x++)
    for (guint c = 0; c < 3; c++)
      pixels[x * channels + c] = value_of[block.light[c][x]];
}

void
ballast_kernel_set_lightness (guint8       *pixels,
                              guint         channels,
                              guint         n,
                              const guint8 *before,
                              const guint8 *after)
{
  need_tables ();
  for (guint start = 0; start < n; start += BLOCK)
    set_block (pixels + (gsize) start * channels, channels, MIN (BLOCK, n - start), before + start,
               after + start);
}
