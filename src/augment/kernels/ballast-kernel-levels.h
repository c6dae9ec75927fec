#pragma once

#include "ballast-filter.h"
#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * How often each value occurs, and a table for each channel.
 *
 * Grey has one channel, colour three; alpha does not count.  There are 256 levels, or 65536.
 */
typedef struct
{
  guint    n_channels;
  guint    n_levels;
  guint64  n_pixels;
  guint32 *count[3];
} BallastHistogram;

BallastHistogram *ballast_histogram_new    (const BallastRaster *raster);
void              ballast_histogram_free   (BallastHistogram    *histogram);

typedef struct
{
  guint n_channels;
  guint n_levels;
  void *table[3]; /* bytes, or halfwords where there are 65536 levels */
} BallastTables;

/* (transfer full): tables of that many zeroes. */
BallastTables *ballast_tables_new    (guint                   n_channels,
                                      guint                   n_levels);
void           ballast_tables_free   (BallastTables          *tables);

/* Sets an entry, clipped to the levels and truncated. */
void           ballast_tables_set    (BallastTables          *tables,
                                      guint                   channel,
                                      guint                   level,
                                      double                  value);

/* In place on rows of @raster; grey tables on colour count for all three. */
void           ballast_kernel_tables (BallastRaster          *raster,
                                      const BallastTables    *tables,
                                      guint                   first,
                                      guint                   end);

/* The run() of filters whose prepare() makes tables. */
void           ballast_filter_run_tables (const BallastFilterCall *call,
                                          guint                   first,
                                          guint                   end);

/* OpenCV's grey of @n pixels: (9798 R + 19235 G + 3735 B + 2^14) >> 15. */
void           ballast_kernel_luma   (const guint8           *pixels,
                                      guint                   channels,
                                      guint                   n,
                                      guint8                 *grey);

/* The mean of that grey (of the value, on greys), in levels. */
double         ballast_kernel_mean_grey (const BallastRaster *raster);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastHistogram, ballast_histogram_free)

G_END_DECLS
