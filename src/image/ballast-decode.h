#pragma once

#include <gio/gio.h>

#include "ballast-image-record.h"
#include "ballast-limits.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_SUBSAMPLING_UNKNOWN = 0, /* not a JPEG, or an odd one */
  BALLAST_SUBSAMPLING_444 = 1,
  BALLAST_SUBSAMPLING_422 = 2,
  BALLAST_SUBSAMPLING_420 = 3,
  BALLAST_SUBSAMPLING_GREY = 4,
  BALLAST_SUBSAMPLING_440 = 5,
  BALLAST_SUBSAMPLING_411 = 6,
} BallastSubsampling;

typedef enum
{
  BALLAST_DENSITY_NONE = 0,   /* not said */
  BALLAST_DENSITY_ASPECT = 1, /* x : y is the shape of a pixel alone */
  BALLAST_DENSITY_INCH = 2,
  BALLAST_DENSITY_CENTIMETRE = 3,
  BALLAST_DENSITY_METRE = 4,
} BallastDensityUnit;

typedef struct
{
  BallastDensityUnit unit;
  guint32            x; /* pixels a unit */
  guint32            y;
} BallastDensity;

/* What the raster lost against the file; an exporter says so. */
typedef enum
{
  BALLAST_DECODE_LOST_DEPTH = 1 << 0,   /* 16 bits a channel came out as 8 */
  BALLAST_DECODE_LOST_CMYK = 1 << 1,    /* CMYK came out as RGB */
  BALLAST_DECODE_LOST_FRAMES = 1 << 2,  /* the first frame or page of several */
  BALLAST_DECODE_LOST_PALETTE = 1 << 3, /* a palette came out as grey, RGB or RGBA */
} BallastDecodeLosses;

typedef struct
{
  const char         *display_name;     /* the file in error messages; NULL: "the image" */
  BallastImageLimits  limits;
  guint               wanted_width;     /* as looked at; the result may be smaller than the file as */
  guint               wanted_height;    /* long as it covers this size; 0: full size */
  gboolean            keep_orientation; /* TRUE: pixels as stored, EXIF orientation not applied */
  gboolean            only_8_bits;      /* TRUE: 16-bit grey comes out as 8-bit */
} BallastDecodeOptions;

#define BALLAST_DECODE_OPTIONS_INIT { .limits = BALLAST_IMAGE_LIMITS_INIT }

/* What the file was like. Begin with BALLAST_DECODE_INFO_INIT, end with clear. */
typedef struct
{
  BallastImageFacts   facts;       /* as stored: before orientation and scaling */
  BallastSubsampling  subsampling;
  guint               quality;     /* JPEG: 1 … 100 as libjpeg counts, nearest to its tables; else 0 */
  gboolean            progressive;
  BallastDensity      density;
  BallastDecodeLosses losses;
  GBytes             *icc_profile; /* (owned) (nullable) */
} BallastDecodeInfo;

#define BALLAST_DECODE_INFO_INIT { { 0 } }

void           ballast_decode_info_clear (BallastDecodeInfo           *info);

/*
 * The picture in the regular file @fd, which is read from its beginning whatever its position.
 *
 * Grey, grey+alpha, RGB, RGBA and 16-bit grey are kept; palettes are expanded, CMYK becomes RGB,
 * other 16-bit pictures become 8-bit, and @info (nullable) says so.  A cut or broken file is an
 * error even where the library underneath would paint it grey.
 *
 * Returns: (transfer full): NULL with BALLAST_IMAGE_ERROR (EMPTY, FORMAT, DAMAGED, TOO_LARGE,
 * UNSUPPORTED) or G_IO_ERROR.
 */
BallastRaster *ballast_decode_fd         (int                          fd,
                                          const BallastDecodeOptions  *options,
                                          BallastDecodeInfo           *info,
                                          GCancellable                *cancellable,
                                          GError                     **error);

/* The same from memory, for a caller that reads and hashes the file itself. */
BallastRaster *ballast_decode_bytes      (const guint8                *data,
                                          gsize                        length,
                                          const BallastDecodeOptions  *options,
                                          BallastDecodeInfo           *info,
                                          GCancellable                *cancellable,
                                          GError                     **error);

/* (transfer full): all bytes of the regular file @fd, at most @max_bytes (BALLAST_IMAGE_ERROR_TOO_LARGE).
 * @display_name is for the message. */
GBytes        *ballast_decode_read_fd    (int                          fd,
                                          guint64                      max_bytes,
                                          const char                  *display_name,
                                          GCancellable                *cancellable,
                                          GError                     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastDecodeInfo, ballast_decode_info_clear)

G_END_DECLS
