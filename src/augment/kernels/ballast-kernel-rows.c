/*
 * Rows with a margin.
 *
 * A row is copied once into a ring and gets its margins there; after that the loops know no edges.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-rows.h"

#include <string.h>

#define SLACK 64

gint64
ballast_border_map (BallastBorder border,
                    gint64        index,
                    gint64        size)
{
  gint64 period = 2 * (size - 1);

  if (border == BALLAST_BORDER_REPLICATE)
    return CLAMP (index, 0, size - 1);
  if (size == 1)
    return 0;
  index %= period;
  index = index < 0 ? index + period : index;
  return index < size ? index : period - index;
}

void
ballast_rows_init (BallastRows         *rows,
                   const BallastRaster *source,
                   BallastBorder        border,
                   guint                margin_x,
                   guint                margin_y)
{
  guint bytes = ballast_kernel_get_pixel_bytes (source);
  gsize margin = ((gsize) margin_x * bytes + SLACK - 1) / SLACK * SLACK;

  rows->source = source;
  rows->border = border;
  rows->margin_x = margin_x;
  rows->margin_y = margin_y;
  rows->n_rows = 2 * margin_y + 1;
  rows->offset = margin;
  rows->stride = (2 * margin + (gsize) source->width * bytes + 2 * SLACK) / SLACK * SLACK;
  rows->data = g_aligned_alloc0 (rows->n_rows, rows->stride, SLACK);
  rows->held = g_new (gint64, rows->n_rows);
  rows->window = g_new (const guint8 *, rows->n_rows);
  for (guint i = 0; i < rows->n_rows; i++)
    rows->held[i] = -1;
}

void
ballast_rows_clear (BallastRows *rows)
{
  g_aligned_free (rows->data);
  g_free (rows->held);
  g_free (rows->window);
}

static void
add_margins (BallastRows *rows,
             guint8      *row)
{
  guint bytes = ballast_kernel_get_pixel_bytes (rows->source);
  gint64 width = rows->source->width;

  for (gint64 i = 1; i <= rows->margin_x; i++)
    {
      gint64 left = ballast_border_map (rows->border, -i, width);
      gint64 right = ballast_border_map (rows->border, width - 1 + i, width);

      memcpy (row - i * bytes, row + left * bytes, bytes);
      memcpy (row + (width - 1 + i) * bytes, row + right * bytes, bytes);
    }
}

static const guint8 *
get_row (BallastRows *rows,
         gint64       y)
{
  gint64 mapped = ballast_border_map (rows->border, y, rows->source->height);
  guint place = (guint) (mapped % rows->n_rows);
  guint8 *row = rows->data + place * rows->stride + rows->offset;

  if (rows->held[place] == mapped)
    return row;
  rows->held[place] = mapped;
  memcpy (row, ballast_raster_get_row (rows->source, (guint) mapped),
          ballast_raster_get_row_bytes (rows->source));
  add_margins (rows, row);
  return row;
}

const guint8 *const *
ballast_rows_get (BallastRows *rows,
                  guint        y)
{
  for (guint i = 0; i < rows->n_rows; i++)
    rows->window[i] = get_row (rows, (gint64) y + i - rows->margin_y);
  return rows->window;
}
