/*
 * Tables of tiles, and mixing them.
 *
 * The four tables around a pixel are packed into one of 32-bit entries for each cell between tile
 * centres, so that a pixel takes one look-up; what follows is single-precision arithmetic in
 * OpenCV's order.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-rows.h"
#include "ballast-kernel-tiles.h"

#include <math.h>
#include <string.h>

#define BLOCK 256

/* Takes what is above the limit and spreads it over all levels. */
static void
clip_counts (guint32 *counts,
             guint    n,
             guint32  limit)
{
  guint32 clipped = 0, share, rest, step;

  for (guint v = 0; v < n; v++)
    if (counts[v] > limit)
      {
        clipped += counts[v] - limit;
        counts[v] = limit;
      }
  share = clipped / n;
  rest = clipped - share * n;
  for (guint v = 0; v < n; v++)
    counts[v] += share;
  step = rest > 0 ? MAX (n / rest, 1) : 1;
  for (guint v = 0; v < n && rest > 0; v += step, rest--)
    counts[v]++;
}

/* What lies beyond the picture is mirrored, as it fills the last tiles up. */
static void
count_tile (const BallastTiles  *tiles,
            const BallastRaster *plane,
            const guint          corner[2],
            guint32             *counts)
{
  for (guint y = corner[1]; y < corner[1] + tiles->tile_height; y++)
    {
      gint64 row = ballast_border_map (BALLAST_BORDER_REFLECT_101, y, plane->height);
      const guint8 *bytes = ballast_raster_get_row (plane, (guint) row);
      const guint16 *halfwords = (const guint16 *) (gconstpointer) bytes;

      for (guint x = corner[0]; x < corner[0] + tiles->tile_width; x++)
        {
          gint64 column = x < plane->width ? x : ballast_border_map (BALLAST_BORDER_REFLECT_101, x,
                                                                     plane->width);

          counts[plane->depth == 16 ? halfwords[column] : bytes[column]]++;
        }
    }
}

static void
make_table (const BallastTiles  *tiles,
            const BallastRaster *plane,
            guint                index,
            double               clip_limit,
            guint32             *counts)
{
  guint n = tiles->n_levels;
  const guint corner[2] = { index % tiles->across * tiles->tile_width,
                            index / tiles->across * tiles->tile_height };
  guint area = tiles->tile_width * tiles->tile_height;
  float scale = (float) (n - 1) / (float) area;
  guint8 *bytes = tiles->tables + (gsize) index * n;
  guint16 *halfwords = (guint16 *) (gpointer) tiles->tables + (gsize) index * n;
  guint32 sum = 0;

  memset (counts, 0, sizeof *counts * n);
  count_tile (tiles, plane, corner, counts);
  if (clip_limit > 0)
    clip_counts (counts, n, (guint32) MAX (1, (gint64) (clip_limit * area / n)));
  for (guint v = 0; v < n; v++)
    {
      float value = rintf ((float) (sum += counts[v]) * scale);

      value = MIN (value, (float) (n - 1));
      if (n == 256)
        bytes[v] = (guint8) value;
      else
        halfwords[v] = (guint16) value;
    }
}

/* The cell between tile @index - 1 and tile @index; at the edges both are the same. */
static void
get_neighbours (guint  index,
                guint  n,
                guint *low,
                guint *high)
{
  *low = index > 0 ? index - 1 : 0;
  *high = MIN (index, n - 1);
}

static void
mix_tables (BallastTiles *tiles)
{
  tiles->mixed = g_new (guint32, (gsize) (tiles->across + 1) * (tiles->down + 1) * 256);
  for (guint j = 0; j <= tiles->down; j++)
    for (guint i = 0; i <= tiles->across; i++)
      {
        guint32 *mixed = tiles->mixed + ((gsize) j * (tiles->across + 1) + i) * 256;
        const guint8 *table[4];
        guint left, right, upper, lower;

        get_neighbours (i, tiles->across, &left, &right);
        get_neighbours (j, tiles->down, &upper, &lower);
        table[0] = tiles->tables + ((gsize) upper * tiles->across + left) * 256;
        table[1] = tiles->tables + ((gsize) upper * tiles->across + right) * 256;
        table[2] = tiles->tables + ((gsize) lower * tiles->across + left) * 256;
        table[3] = tiles->tables + ((gsize) lower * tiles->across + right) * 256;
        for (guint v = 0; v < 256; v++)
          mixed[v] = table[0][v] | (guint32) table[1][v] << 8 | (guint32) table[2][v] << 16
                     | (guint32) table[3][v] << 24;
      }
}

static void
find_columns (BallastTiles *tiles)
{
  float inverse = 1.0f / (float) tiles->tile_width;

  tiles->left = g_new (guint16, tiles->width);
  tiles->share = g_new (float, tiles->width);
  for (guint x = 0; x < tiles->width; x++)
    {
      float place = (float) x * inverse - 0.5f;

      tiles->left[x] = (guint16) (floorf (place) + 1);
      tiles->share[x] = place - floorf (place);
    }
}

BallastTiles *
ballast_tiles_new (const BallastRaster *plane,
                   guint                across,
                   guint                down,
                   double               clip_limit)
{
  BallastTiles *tiles = g_new0 (BallastTiles, 1);
  gboolean whole = plane->width % across == 0 && plane->height % down == 0;
  g_autofree guint32 *counts = NULL;

  tiles->width = plane->width;
  tiles->height = plane->height;
  tiles->n_levels = plane->depth == 16 ? 65536 : 256;
  tiles->across = across;
  tiles->down = down;
  tiles->tile_width = plane->width / across + (whole ? 0 : 1);
  tiles->tile_height = plane->height / down + (whole ? 0 : 1);
  tiles->tables = g_malloc ((gsize) across * down * tiles->n_levels * (plane->depth / 8));
  counts = g_new (guint32, tiles->n_levels);
  for (guint i = 0; i < across * down; i++)
    make_table (tiles, plane, i, clip_limit, counts);
  if (tiles->n_levels == 256)
    mix_tables (tiles);
  find_columns (tiles);
  return tiles;
}

void
ballast_tiles_free (BallastTiles *tiles)
{
  g_free (tiles->tables);
  g_free (tiles->mixed);
  g_free (tiles->left);
  g_free (tiles->share);
  g_free (tiles);
}

BALLAST_INLINE float
mixture (float upper_left,
         float upper_right,
         float lower_left,
         float lower_right,
         float right,
         float lower)
{
  float left = 1.0f - right, upper = 1.0f - lower;

  return (upper_left * left + upper_right * right) * upper
         + (lower_left * left + lower_right * right) * lower;
}

/* Half to even, by adding and taking away 1.5 · 2^23. */
BALLAST_CLONES static void
mix_values (const guint32 *restrict packed,
            const float   *restrict share,
            float                   lower,
            gsize                   n,
            guint8        *restrict to)
{
  for (gsize x = 0; x < n; x++)
    {
      guint32 four = packed[x];
      float value = mixture ((float) (gint32) (four & 255), (float) (gint32) (four >> 8 & 255),
                             (float) (gint32) (four >> 16 & 255), (float) (gint32) (four >> 24),
                             share[x], lower);

      value = value + 12582912.0f;
      to[x] = (guint8) (gint32) (value - 12582912.0f);
    }
}

static void
map_bytes (const BallastTiles *tiles,
           guint               cell_row,
           float               lower,
           const guint8       *from,
           guint8             *to)
{
  const guint32 *cells = tiles->mixed + (gsize) cell_row * (tiles->across + 1) * 256;
  guint32 packed[BLOCK];

  for (guint start = 0; start < tiles->width; start += BLOCK)
    {
      guint n = MIN (BLOCK, tiles->width - start);

      for (guint x = 0; x < n; x++)
        packed[x] = cells[tiles->left[start + x] * 256u + from[start + x]];
      mix_values (packed, tiles->share + start, lower, n, to + start);
    }
}

static void
map_halfwords (const BallastTiles *tiles,
               guint               cell_row,
               float               lower_share,
               const guint16      *from,
               guint16            *to)
{
  const guint16 *tables = (const guint16 *) (gconstpointer) tiles->tables;
  guint upper, lower;

  get_neighbours (cell_row, tiles->down, &upper, &lower);
  for (guint x = 0; x < tiles->width; x++)
    {
      gsize v = from[x];
      guint left, right;
      float value;

      get_neighbours (tiles->left[x], tiles->across, &left, &right);
      value = mixture (tables[((gsize) upper * tiles->across + left) * 65536 + v],
                       tables[((gsize) upper * tiles->across + right) * 65536 + v],
                       tables[((gsize) lower * tiles->across + left) * 65536 + v],
                       tables[((gsize) lower * tiles->across + right) * 65536 + v],
                       tiles->share[x], lower_share);
      to[x] = (guint16) MIN (rintf (value), 65535.0f);
    }
}

void
ballast_tiles_map_row (const BallastTiles *tiles,
                       guint               y,
                       const guint8       *from,
                       guint8             *to)
{
  float place = (float) y * (1.0f / (float) tiles->tile_height) - 0.5f, below = floorf (place);

  if (tiles->n_levels == 256)
    map_bytes (tiles, (guint) (below + 1), place - below, from, to);
  else
    map_halfwords (tiles, (guint) (below + 1), place - below, (const guint16 *) (gconstpointer) from,
                   (guint16 *) (gpointer) to);
}
