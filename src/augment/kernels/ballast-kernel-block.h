#pragma once

#include <string.h>

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * A few pixels of a row as whole numbers, one a colour sample, whatever the raster's kind: what a
 * filter works on that has no time to lose but no kind to fear.  Alpha stays where it is.
 */
#define BALLAST_BLOCK_PIXELS 256
#define BALLAST_BLOCK_SAMPLES (3 * BALLAST_BLOCK_PIXELS)

typedef struct
{
  guint  n_pixels;
  guint  n_colours;  /* samples a pixel: 1 or 3 */
  guint  n;          /* samples */
  gint32 maximum;    /* 255 or 65535 */
  gint32 value[BALLAST_BLOCK_SAMPLES];
} BallastBlock;

/* Pixels @x … of row @y, as many as there are. */
static inline void
ballast_block_load (BallastBlock        *block,
                    const BallastRaster *raster,
                    guint                x,
                    guint                y)
{
  guint channels = raster->channels, colours = ballast_kernel_get_n_colours (raster);
  const guint8 *row = ballast_raster_get_row (raster, y) + (gsize) x * ballast_kernel_get_pixel_bytes (raster);

  block->n_pixels = MIN (BALLAST_BLOCK_PIXELS, raster->width - x);
  block->n_colours = colours;
  block->n = block->n_pixels * colours;
  block->maximum = raster->depth == 16 ? 65535 : 255;
  if (raster->depth == 16)
    for (guint i = 0; i < block->n; i++)
      block->value[i] = ((const guint16 *) (gconstpointer) row)[i];
  else if (channels == colours)
    for (guint i = 0; i < block->n; i++)
      block->value[i] = row[i];
  else
    for (guint i = 0; i < block->n_pixels; i++)
      for (guint c = 0; c < colours; c++)
        block->value[i * colours + c] = row[i * channels + c];
}

/* Back to where they came from, clipped. */
static inline void
ballast_block_store (BallastBlock  *block,
                     BallastRaster *raster,
                     guint          x,
                     guint          y)
{
  guint channels = raster->channels, colours = block->n_colours;
  guint8 *row = ballast_raster_get_row (raster, y) + (gsize) x * ballast_kernel_get_pixel_bytes (raster);
  gint32 maximum = block->maximum;

  for (guint i = 0; i < block->n; i++)
    block->value[i] = CLAMP (block->value[i], 0, maximum);
  if (raster->depth == 16)
    for (guint i = 0; i < block->n; i++)
      ((guint16 *) (gpointer) row)[i] = (guint16) block->value[i];
  else if (channels == colours)
    for (guint i = 0; i < block->n; i++)
      row[i] = (guint8) block->value[i];
  else
    for (guint i = 0; i < block->n_pixels; i++)
      for (guint c = 0; c < colours; c++)
        row[i * channels + c] = (guint8) block->value[i * colours + c];
}

G_END_DECLS
