/*
 * Mirrors and quarter turns of a part of a picture: exact copies.
 *
 * Colour pixels are turned four by four in registers: a quarter turn that walks a column one pixel
 * at a time waits for the cache on each.  Reads at most 16 bytes past a pixel, which a raster
 * allows; writes nothing outside its rows.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel.h"

#include <string.h>

/* A tile reads as many rows as it has columns, and three whole cache lines of each: few enough of
 * both, and of the pages that they lie on, for the first cache. */
#define TILE_ROWS 64
#define TILE_COLUMNS 16

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));
typedef guint32 Words4 __attribute__ ((vector_size (16)));

BALLAST_INLINE void
reverse_small (guint8       *target,
               const guint8 *source,
               guint         width,
               guint         bytes)
{
  for (guint x = 0; x < width; x++)
    for (guint i = 0; i < bytes; i++)
      target[x * bytes + i] = source[(width - 1 - x) * bytes + i];
}

/* Five pixels a turn; the byte in front of them is written over by the next. */
BALLAST_CLONES static void
reverse_rgb (guint8       *target,
             const guint8 *source,
             guint         width)
{
  guint bytes = width * 3, done = 0;

  for (; bytes - done >= 16; done += 15)
    {
      Bytes16 pixels;

      memcpy (&pixels, source + done, 16);
      pixels = __builtin_shufflevector (pixels, pixels, 15, 12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4,
                                        5, 0, 1, 2);
      memcpy (target + bytes - done - 16, &pixels, 16);
    }
  reverse_small (target, source + done, (bytes - done) / 3, 3);
}

BALLAST_CLONES static void
reverse_1 (guint8       *target,
           const guint8 *source,
           guint         width)
{
  reverse_small (target, source, width, 1);
}

BALLAST_CLONES static void
reverse_2 (guint8       *target,
           const guint8 *source,
           guint         width)
{
  reverse_small (target, source, width, 2);
}

BALLAST_CLONES static void
reverse_4 (guint8       *target,
           const guint8 *source,
           guint         width)
{
  reverse_small (target, source, width, 4);
}

static void
reverse_row (guint8       *target,
             const guint8 *source,
             guint         width,
             guint         bytes)
{
  static void (*const reverse[5]) (guint8 *, const guint8 *, guint) = {
    NULL, reverse_1, reverse_2, reverse_rgb, reverse_4,
  };

  reverse[bytes] (target, source, width);
}

/* A turn: target (x, y) is the source's pixel at origin + x · along + y · across (bytes). */
typedef struct
{
  const guint8 *origin;
  gssize        along;
  gssize        across;
} Turn;

BALLAST_INLINE void
turn_scalar (const Turn    *turn,
             BallastRaster *target,
             guint          x,
             guint          y,
             guint          bytes)
{
  memcpy (target->data + y * target->stride + (gsize) x * bytes,
          turn->origin + (gssize) x * turn->along + (gssize) y * turn->across, bytes);
}

BALLAST_INLINE void
turn_rest (const Turn    *turn,
           BallastRaster *target,
           guint          first,
           guint          end,
           guint          bytes)
{
  for (guint x0 = 0; x0 < target->width; x0 += 32)
    for (guint y = first; y < end; y++)
      for (guint x = x0; x < MIN (x0 + 32, target->width); x++)
        turn_scalar (turn, target, x, y, bytes);
}

/* Four rows of four pixels each, with three or four bytes a pixel. */
BALLAST_INLINE void
turn_block (const Turn    *turn,
            BallastRaster *target,
            guint          x,
            guint          y,
            guint          bytes)
{
  gboolean backwards = turn->across < 0;
  const guint8 *from = turn->origin + (gssize) x * turn->along
                       + (gssize) (backwards ? y + 3 : y) * turn->across;
  Words4 column[4], half[4], row[4];

  for (guint i = 0; i < 4; i++)
    {
      Bytes16 pixels;

      memcpy (&pixels, from + (gssize) i * turn->along, 16);
      if (bytes == 3)
        pixels = __builtin_shufflevector (pixels, pixels, 0, 1, 2, 15, 3, 4, 5, 15, 6, 7, 8, 15, 9,
                                          10, 11, 15);
      column[i] = (Words4) pixels;
    }
  half[0] = __builtin_shufflevector (column[0], column[1], 0, 4, 1, 5);
  half[1] = __builtin_shufflevector (column[0], column[1], 2, 6, 3, 7);
  half[2] = __builtin_shufflevector (column[2], column[3], 0, 4, 1, 5);
  half[3] = __builtin_shufflevector (column[2], column[3], 2, 6, 3, 7);
  row[0] = __builtin_shufflevector (half[0], half[2], 0, 1, 4, 5);
  row[1] = __builtin_shufflevector (half[0], half[2], 2, 3, 6, 7);
  row[2] = __builtin_shufflevector (half[1], half[3], 0, 1, 4, 5);
  row[3] = __builtin_shufflevector (half[1], half[3], 2, 3, 6, 7);

  for (guint i = 0; i < 4; i++)
    {
      Bytes16 pixels = (Bytes16) row[backwards ? 3 - i : i];

      if (bytes == 3)
        pixels = __builtin_shufflevector (pixels, pixels, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3,
                                          7, 11, 15);
      memcpy (target->data + (y + i) * target->stride + (gsize) x * bytes, &pixels, 4 * bytes);
    }
}

BALLAST_INLINE void
turn_blocks (const Turn    *turn,
             BallastRaster *target,
             guint          first,
             guint          end,
             guint          bytes)
{
  guint whole_x = target->width & ~3u, whole_y = first + ((end - first) & ~3u);

  for (guint strip = first; strip < whole_y; strip += TILE_ROWS)
    for (guint x0 = 0; x0 < whole_x; x0 += TILE_COLUMNS)
      for (guint y = strip; y < MIN (strip + TILE_ROWS, whole_y); y += 4)
        for (guint x = x0; x < MIN (x0 + TILE_COLUMNS, whole_x); x += 4)
          turn_block (turn, target, x, y, bytes);

  for (guint y = first; y < whole_y; y++)
    for (guint x = whole_x; x < target->width; x++)
      turn_scalar (turn, target, x, y, bytes);
  turn_rest (turn, target, whole_y, end, bytes);
}

BALLAST_CLONES static void
turn_band (const Turn    *turn,
           BallastRaster *target,
           guint          first,
           guint          end,
           guint          bytes)
{
  if (bytes == 3)
    turn_blocks (turn, target, first, end, 3);
  else if (bytes == 4)
    turn_blocks (turn, target, first, end, 4);
  else if (bytes == 2)
    turn_rest (turn, target, first, end, 2);
  else
    turn_rest (turn, target, first, end, 1);
}

static void
quarter_turn (const BallastRaster *source,
              const guint8        *part,
              BallastSymmetry      symmetry,
              BallastRaster       *target,
              guint                first,
              guint                end)
{
  gssize bytes = ballast_kernel_get_pixel_bytes (source), stride = (gssize) source->stride;
  gboolean rows_back = symmetry == BALLAST_SYMMETRY_TURN_90
                       || symmetry == BALLAST_SYMMETRY_TRANSVERSE;
  gboolean columns_back = symmetry == BALLAST_SYMMETRY_TURN_270
                          || symmetry == BALLAST_SYMMETRY_TRANSVERSE;
  Turn turn = { part, rows_back ? -stride : stride, columns_back ? -bytes : bytes };

  if (rows_back)
    turn.origin += (gssize) (target->width - 1) * stride;
  if (columns_back)
    turn.origin += (gssize) (target->height - 1) * bytes;
  turn_band (&turn, target, first, end, (guint) bytes);
}

void
ballast_kernel_symmetry (const BallastRaster *source,
                         BallastSymmetry      symmetry,
                         guint                left,
                         guint                top,
                         BallastRaster       *target,
                         guint                first,
                         guint                end)
{
  guint bytes = ballast_kernel_get_pixel_bytes (source);
  const guint8 *part = source->data + (gsize) top * source->stride + (gsize) left * bytes;
  gboolean upside_down = symmetry == BALLAST_SYMMETRY_FLIP_VERTICALLY
                         || symmetry == BALLAST_SYMMETRY_TURN_180;

  if (symmetry != BALLAST_SYMMETRY_NONE && symmetry != BALLAST_SYMMETRY_FLIP_HORIZONTALLY
      && !upside_down)
    {
      quarter_turn (source, part, symmetry, target, first, end);
      return;
    }

  for (guint y = first; y < end; y++)
    {
      const guint8 *from = part + (gsize) (upside_down ? target->height - 1 - y : y) * source->stride;
      guint8 *to = ballast_raster_get_row (target, y);

      if (symmetry == BALLAST_SYMMETRY_NONE || symmetry == BALLAST_SYMMETRY_FLIP_VERTICALLY)
        memcpy (to, from, (gsize) target->width * bytes);
      else
        reverse_row (to, from, target->width, bytes);
    }
}
