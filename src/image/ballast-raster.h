#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Pixels in memory: 8-bit grey, grey+alpha, RGB and RGBA, or 16-bit grey (native byte order).
 *
 * @data and every row are aligned to 64 bytes, and 64 bytes after the last row may be read (their
 * content is arbitrary, as is that of the padding of a row).  Alpha is not premultiplied.
 * A raster has one owner.  Buffers go back to a pool of the process, so that a thread that draws
 * picture after picture does not pay for fresh pages each time.
 */
typedef struct
{
  guint   width;
  guint   height;
  guint   channels; /* 1, 2, 3 or 4 */
  guint   depth;    /* bits a channel: 8, or 16 where channels is 1 */
  gsize   stride;   /* bytes from row to row */
  guint8 *data;
  gsize   capacity; /* bytes at data; the pool's business */
} BallastRaster;

/* (transfer full): pixels are not initialised.  @width and @height > 0.  Ends the program where
 * there is no memory, as g_malloc() does. */
BallastRaster *ballast_raster_new      (guint                width,
                                        guint                height,
                                        guint                channels,
                                        guint                depth);

/* The same, but (nullable): for sizes that a file claims. */
BallastRaster *ballast_raster_try_new  (guint                width,
                                        guint                height,
                                        guint                channels,
                                        guint                depth);
BallastRaster *ballast_raster_copy     (const BallastRaster *raster);
void           ballast_raster_free     (BallastRaster       *raster);

/* Same size and kind, and the same pixels; padding does not count. */
gboolean       ballast_raster_equal    (const BallastRaster *a,
                                        const BallastRaster *b);

/* Bytes of the pixels of one row, without padding. */
static inline gsize
ballast_raster_get_row_bytes (const BallastRaster *raster)
{
  return (gsize) raster->width * raster->channels * (raster->depth / 8);
}

static inline guint8 *
ballast_raster_get_row (const BallastRaster *raster,
                        guint                y)
{
  return raster->data + (gsize) y * raster->stride;
}

static inline gboolean
ballast_raster_has_alpha (const BallastRaster *raster)
{
  return raster->channels == 2 || raster->channels == 4;
}

/* Bytes that wait in the pool for the next raster, and giving them back to the system. */
gsize          ballast_raster_pool_get_size (void);
void           ballast_raster_pool_trim     (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastRaster, ballast_raster_free)

G_END_DECLS
