#pragma once

#include <gio/gio.h>

#include "ballast-decode.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

typedef struct
{
  BallastFormat       format;      /* one for which ballast_encode_can() is TRUE */
  guint               quality;     /* JPEG: 1 … 100; 0: 95 */
  BallastSubsampling  subsampling; /* JPEG; UNKNOWN: 4:2:0.  Grey rasters are written as grey */
  BallastDensity      density;
  GBytes             *icc_profile; /* (not owned) (nullable) */
} BallastEncodeOptions;

#define BALLAST_ENCODE_OPTIONS_INIT { .format = BALLAST_FORMAT_PNG }

/* TRUE for JPEG, PNG, BMP, PNM and TIFF. */
gboolean      ballast_encode_can               (BallastFormat                format);

/* The format in which a changed picture of @format is written: @format itself where that can be
 * and keeps the pixels of the raster's kind, else PNG.  JPEG cannot hold alpha or 16 bits. */
BallastFormat ballast_encode_choose            (BallastFormat                format,
                                                guint                        channels,
                                                guint                        depth);

/* (transfer none): the usual ending of @format, without a dot: "jpg". */
const char   *ballast_encode_get_extension     (BallastFormat                format);

/* Options that write @raster as its source was: format, quality, subsampling, density and profile
 * of @info, which must outlive @options. */
void          ballast_encode_options_from_info (BallastEncodeOptions        *options,
                                                const BallastDecodeInfo     *info,
                                                const BallastRaster         *raster);

/*
 * The file's bytes: the same on every run for the same pixels and options.  PNG is deflated at level
 * 1 with the SUB filter: 5 times the speed of level 6 for a few per cent more bytes.
 *
 * Returns: (transfer full): NULL with BALLAST_IMAGE_ERROR_UNSUPPORTED where the format cannot hold
 * the raster's kind.
 */
GBytes       *ballast_encode_bytes             (const BallastRaster         *raster,
                                                const BallastEncodeOptions  *options,
                                                GError                     **error);

G_END_DECLS
