#pragma once

#include "ballast-document.h"
#include "ballast-image-record.h"

G_BEGIN_DECLS

/* Bars of a histogram of the sizes of images. */
#define BALLAST_IMAGE_SUMMARY_BINS 12

/*
 * How large the images that count are, and what they are made of.  Plain struct; free with g_free.
 */
typedef struct
{
  guint64 images;
  guint64 bytes;                                      /* of all files together */
  guint32 min_width, max_width, min_height, max_height; /* as looked at, pixels */
  guint64 by_format[BALLAST_FORMAT_AVIF + 1];
  guint64 by_colour[BALLAST_COLOUR_CMYK + 1];
  guint64 min_bytes, max_bytes;                       /* of one file */
  guint64 bytes_bins[BALLAST_IMAGE_SUMMARY_BINS];     /* equal steps from min_bytes to max_bytes */
  double  min_megapixels, max_megapixels;
  guint64 megapixel_bins[BALLAST_IMAGE_SUMMARY_BINS];
} BallastImageSummary;

void                 ballast_image_summary_load_async  (BallastDocument      *document,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
/* (transfer full) */
BallastImageSummary *ballast_image_summary_load_finish (GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
