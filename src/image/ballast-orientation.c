#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-orientation.h"

#include "ballast-orientation-private.h"

#include <string.h>

#ifdef __x86_64__
#include <tmmintrin.h>
#endif

/*
 * Mirrors and quarter turns.
 *
 * Each of the eight is a change of places of x and y or not, and then a flip of either axis of the
 * result or not: three bits, from which composition, inverse and the map of boxes follow.  Rows are
 * reversed 16 bytes at a time; turns go by tiles, so that both pictures stay in the cache.
 */

#define TILE 32 /* pixels a side */

typedef struct
{
  gboolean swap;
  gboolean flip_x; /* of the result */
  gboolean flip_y;
} Symmetry;

static Symmetry
get_symmetry (BallastOrientation orientation)
{
  static const Symmetry symmetries[9] = {
    { 0, 0, 0 }, { 0, 0, 0 }, { 0, 1, 0 }, { 0, 1, 1 }, { 0, 0, 1 },
    { 1, 0, 0 }, { 1, 1, 0 }, { 1, 1, 1 }, { 1, 0, 1 },
  };

  return symmetries[(guint) orientation <= 8 ? orientation : 1];
}

static BallastOrientation
get_orientation (Symmetry symmetry)
{
  static const BallastOrientation orientations[8] = {
    BALLAST_ORIENTATION_NORMAL, BALLAST_ORIENTATION_FLIP_VERTICAL,
    BALLAST_ORIENTATION_FLIP_HORIZONTAL, BALLAST_ORIENTATION_ROTATE_180,
    BALLAST_ORIENTATION_TRANSPOSE, BALLAST_ORIENTATION_ROTATE_270,
    BALLAST_ORIENTATION_ROTATE_90, BALLAST_ORIENTATION_TRANSVERSE,
  };

  return orientations[symmetry.swap * 4 + symmetry.flip_x * 2 + symmetry.flip_y];
}

gboolean
ballast_orientation_swaps_sides (BallastOrientation orientation)
{
  return get_symmetry (orientation).swap;
}

gboolean
ballast_orientation_mirrors (BallastOrientation orientation)
{
  Symmetry symmetry = get_symmetry (orientation);

  return (symmetry.swap + symmetry.flip_x + symmetry.flip_y) % 2 == 1;
}

void
ballast_orientation_get_turned (BallastOrientation orientation,
                                gboolean          *width,
                                gboolean          *height)
{
  Symmetry symmetry = get_symmetry (orientation);

  *width = symmetry.swap ? symmetry.flip_y : symmetry.flip_x;
  *height = symmetry.swap ? symmetry.flip_x : symmetry.flip_y;
}

BallastOrientation
ballast_orientation_compose (BallastOrientation first,
                             BallastOrientation second)
{
  Symmetry a = get_symmetry (first);
  Symmetry b = get_symmetry (second);
  Symmetry both = { .swap = a.swap ^ b.swap,
                    .flip_x = (b.swap ? a.flip_y : a.flip_x) ^ b.flip_x,
                    .flip_y = (b.swap ? a.flip_x : a.flip_y) ^ b.flip_y };

  return get_orientation (both);
}

BallastOrientation
ballast_orientation_invert (BallastOrientation orientation)
{
  Symmetry symmetry = get_symmetry (orientation);
  Symmetry inverse = symmetry;

  if (symmetry.swap)
    {
      inverse.flip_x = symmetry.flip_y;
      inverse.flip_y = symmetry.flip_x;
    }

  return get_orientation (inverse);
}

static void
reverse_slowly (const guint8 *in,
                guint8       *out,
                guint         n_pixels,
                guint         size)
{
  for (guint x = 0; x < n_pixels; x++)
    memcpy (out + (gsize) x * size, in + (gsize) (n_pixels - 1 - x) * size, size);
}

#ifdef __x86_64__
/*
 * Stores 16 bytes for 15 where a pixel has 3: the one too many is covered by what is written next, or
 * lies in the padding or the spare bytes after the last row.
 */
__attribute__ ((target ("ssse3"))) static void
reverse_quickly (const guint8 *in,
                 guint8       *out,
                 guint         n_pixels,
                 guint         size)
{
  guint n_at_once = 16 / size;
  gsize step = (gsize) n_at_once * size;
  const guint8 *from;
  guint8 order[16];
  __m128i shuffle;
  guint x = 0;

  for (guint i = 0; i < 16; i++)
    order[i] = i < step ? (guint8) ((n_at_once - 1 - i / size) * size + i % size) : 15;
  shuffle = _mm_loadu_si128 ((const __m128i *) (gconstpointer) order);

  from = in + (gsize) n_pixels * size;
  for (; x + n_at_once <= n_pixels; x += n_at_once)
    {
      from -= step;
      _mm_storeu_si128 ((__m128i *) (gpointer) out,
                        _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *) (gconstpointer) from),
                                          shuffle));
      out += step;
    }
  reverse_slowly (in, out, n_pixels - x, size);
}
#endif

void
ballast_orientation_reverse_row (const guint8 *in,
                                 guint8       *out,
                                 guint         n_pixels,
                                 guint         size)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("ssse3"))
    {
      reverse_quickly (in, out, n_pixels, size);
      return;
    }
#endif
  reverse_slowly (in, out, n_pixels, size);
}

/* Rows are written from the first to the last: reverse_quickly() relies on it. */
static void
apply_flips (const BallastRaster *raster,
             BallastRaster       *out,
             Symmetry             symmetry)
{
  guint size = raster->channels * (raster->depth / 8);

  for (guint y = 0; y < out->height; y++)
    {
      const guint8 *in
        = ballast_raster_get_row (raster, symmetry.flip_y ? raster->height - 1 - y : y);

      if (symmetry.flip_x)
        ballast_orientation_reverse_row (in, ballast_raster_get_row (out, y), raster->width, size);
      else
        memcpy (ballast_raster_get_row (out, y), in, ballast_raster_get_row_bytes (raster));
    }
}

/* Four pixels of 3 bytes as three words: fewer stores than four times three bytes.  Each is read as four
 * bytes; behind the last pixel of the last row lie the raster's spare ones. */
static inline __attribute__ ((always_inline)) guint32
get_pixel (const guint8 *in)
{
  guint32 pixel;

  memcpy (&pixel, in, 4);

  return GUINT32_FROM_LE (pixel) & 0xffffff;
}

static inline __attribute__ ((always_inline)) void
put_word (guint8 *to,
          guint32 word)
{
  word = GUINT32_TO_LE (word);
  memcpy (to, &word, 4);
}

static inline __attribute__ ((always_inline)) void
put_four (guint8       *to,
          const guint8 *in,
          gssize        step)
{
  guint32 second = get_pixel (in + step);
  guint32 third = get_pixel (in + 2 * step);

  put_word (to, get_pixel (in) | second << 24);
  put_word (to + 4, second >> 8 | third << 16);
  put_word (to + 8, third >> 16 | get_pixel (in + 3 * step) << 8);
}

/* One tile of the result, whose pixel (x, y) is pixel (y, x) of the source but for the flips. */
static inline __attribute__ ((always_inline)) void
turn_tile (const BallastRaster *raster,
           BallastRaster       *out,
           Symmetry             symmetry,
           guint                tile_x,
           guint                tile_y,
           guint                size)
{
  guint end_x = MIN (tile_x + TILE, out->width);
  guint end_y = MIN (tile_y + TILE, out->height);
  gssize step = symmetry.flip_x ? -(gssize) raster->stride : (gssize) raster->stride;
  gsize first = symmetry.flip_x ? out->width - 1 - tile_x : tile_x;

  for (guint y = tile_y; y < end_y; y++)
    {
      gsize in_x = symmetry.flip_y ? out->height - 1 - y : y;
      const guint8 *in = raster->data + first * raster->stride + in_x * size;
      guint8 *to = ballast_raster_get_row (out, y) + (gsize) tile_x * size;
      guint x = tile_x;

      for (; size == 3 && x + 4 <= end_x; x += 4, in += 4 * step, to += 12)
        put_four (to, in, step);
      for (; x < end_x; x++, in += step, to += size)
        memcpy (to, in, size);
    }
}

static inline __attribute__ ((always_inline)) void
turn_sized (const BallastRaster *raster,
            BallastRaster       *out,
            Symmetry             symmetry,
            guint                size)
{
  for (guint y = 0; y < out->height; y += TILE)
    for (guint x = 0; x < out->width; x += TILE)
      turn_tile (raster, out, symmetry, x, y, size);
}

static void
apply_turn (const BallastRaster *raster,
            BallastRaster       *out,
            Symmetry             symmetry)
{
  switch (raster->channels * (raster->depth / 8))
    {
    case 1:
      turn_sized (raster, out, symmetry, 1);
      break;
    case 2:
      turn_sized (raster, out, symmetry, 2);
      break;
    case 3:
      turn_sized (raster, out, symmetry, 3);
      break;
    default:
      turn_sized (raster, out, symmetry, 4);
      break;
    }
}

BallastRaster *
ballast_orientation_apply (const BallastRaster *raster,
                           BallastOrientation   orientation)
{
  Symmetry symmetry = get_symmetry (orientation);
  BallastRaster *out;

  g_return_val_if_fail (raster != NULL, NULL);

  if (!symmetry.swap)
    {
      out = ballast_raster_new (raster->width, raster->height, raster->channels, raster->depth);
      apply_flips (raster, out, symmetry);
      return out;
    }

  out = ballast_raster_new (raster->height, raster->width, raster->channels, raster->depth);
  apply_turn (raster, out, symmetry);

  return out;
}

BallastBox
ballast_orientation_map_box (BallastOrientation orientation,
                             double             width,
                             double             height,
                             BallastBox         box)
{
  Symmetry symmetry = get_symmetry (orientation);
  BallastBox out = box;

  if (symmetry.swap)
    {
      double side = width;

      out = (BallastBox) { box.y, box.x, box.height, box.width };
      width = height;
      height = side;
    }
  if (symmetry.flip_x)
    out.x = width - out.x - out.width;
  if (symmetry.flip_y)
    out.y = height - out.y - out.height;

  return out;
}
