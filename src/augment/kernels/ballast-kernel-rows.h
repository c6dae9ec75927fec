#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * Rows of a raster with a margin on all sides, for loops that read neighbours.
 *
 * Holds as many rows as the window is high, so that a band that goes down copies every row once.
 * Lives on the stack of one thread.
 */
typedef struct
{
  const BallastRaster *source;
  BallastBorder        border;   /* REPLICATE or REFLECT_101 */
  guint                margin_x; /* px */
  guint                margin_y;
  guint                n_rows;
  gsize                offset;   /* bytes from the start of a row to its first pixel */
  gsize                stride;
  guint8              *data;
  gint64              *held;     /* which row lies there, or -1 */
  const guint8       **window;
} BallastRows;

void           ballast_rows_init  (BallastRows         *rows,
                                   const BallastRaster *source,
                                   BallastBorder        border,
                                   guint                margin_x,
                                   guint                margin_y);
void           ballast_rows_clear (BallastRows         *rows);

/* The first pixels of rows @y - margin_y … @y + margin_y.  As many pixels as the margin is wide may
 * be read on both sides, and 64 bytes beyond.  Valid until the next call. */
const guint8 *const *ballast_rows_get (BallastRows     *rows,
                                   guint                y);

/* Where @index lies in a picture of @size that is continued in that manner. */
gint64         ballast_border_map (BallastBorder        border,
                                   gint64               index,
                                   gint64               size);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastRows, ballast_rows_clear)

G_END_DECLS
