#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-encode.h"

#include "ballast-encode-private.h"
#include "ballast-image-error.h"

#include <glib/gi18n-lib.h>

/*
 * From pixels to a file's bytes.
 *
 * The bytes are made in memory: the caller hashes and writes them without a second look at the disk.
 * They depend on the pixels and the options alone.  Any number of threads.
 */

typedef GBytes *(*EncodeFunc) (const BallastRaster        *raster,
                               const BallastEncodeOptions *options,
                               GError                    **error);

/* The kinds that a format holds: bit n for n channels of 8 bits, bit 0 for 16-bit grey. */
typedef struct
{
  EncodeFunc encode;
  guint      kinds;
} Writer;

#define GREY_16 (1 << 0)
#define GREY (1 << 1)
#define GREY_ALPHA (1 << 2)
#define RGB (1 << 3)
#define RGBA (1 << 4)

static const Writer writers[] = {
  [BALLAST_FORMAT_JPEG] = { ballast_encode_jpeg, GREY | RGB },
  [BALLAST_FORMAT_PNG] = { ballast_encode_png, GREY_16 | GREY | GREY_ALPHA | RGB | RGBA },
  [BALLAST_FORMAT_BMP] = { ballast_encode_bmp, GREY | RGB },
  [BALLAST_FORMAT_TIFF] = { ballast_encode_tiff, GREY_16 | GREY | GREY_ALPHA | RGB | RGBA },
  [BALLAST_FORMAT_PNM] = { ballast_encode_pnm, GREY_16 | GREY | RGB },
};

static gboolean
holds (BallastFormat format,
       guint         channels,
       guint         depth)
{
  guint kind = depth == 16 ? GREY_16 : 1u << channels;

  return (guint) format < G_N_ELEMENTS (writers) && (writers[format].kinds & kind) != 0;
}

gboolean
ballast_encode_can (BallastFormat format)
{
  return (guint) format < G_N_ELEMENTS (writers) && writers[format].encode != NULL;
}

BallastFormat
ballast_encode_choose (BallastFormat format,
                       guint         channels,
                       guint         depth)
{
  return holds (format, channels, depth) ? format : BALLAST_FORMAT_PNG;
}

const char *
ballast_encode_get_extension (BallastFormat format)
{
  static const char *const extensions[] = { "", "jpg", "png", "gif", "bmp", "tif",
                                            "webp", "pnm", "ico", "heic", "avif" };

  return (guint) format < G_N_ELEMENTS (extensions) ? extensions[format] : "";
}

void
ballast_encode_options_from_info (BallastEncodeOptions    *options,
                                  const BallastDecodeInfo *info,
                                  const BallastRaster     *raster)
{
  /* A profile for ink says nothing about the RGB that was made of it. */
  gboolean keeps_profile = (info->losses & BALLAST_DECODE_LOST_CMYK) == 0;

  *options = (BallastEncodeOptions) {
    .format = ballast_encode_choose (info->facts.format, raster->channels, raster->depth),
    .quality = info->quality,
    .subsampling = info->subsampling,
    .density = info->density,
    .icc_profile = keeps_profile ? info->icc_profile : NULL,
  };
}

gboolean
ballast_encode_convert_density (const BallastDensity *density,
                                BallastDensityUnit    unit,
                                guint32              *x,
                                guint32              *y)
{
  /* Units a metre. */
  static const double per_metre[] = { [BALLAST_DENSITY_INCH] = 1 / 0.0254,
                                      [BALLAST_DENSITY_CENTIMETRE] = 100,
                                      [BALLAST_DENSITY_METRE] = 1 };
  double factor;

  if (density->unit < BALLAST_DENSITY_INCH || density->unit > BALLAST_DENSITY_METRE
      || density->x == 0 || density->y == 0 || density->x > 10000000 || density->y > 10000000)
    return FALSE;

  factor = per_metre[density->unit] / per_metre[unit];
  *x = (guint32) (density->x * factor + 0.5);
  *y = (guint32) (density->y * factor + 0.5);

  return *x > 0 && *y > 0;
}

GBytes *
ballast_encode_bytes (const BallastRaster        *raster,
                      const BallastEncodeOptions *options,
                      GError                    **error)
{
  static const BallastEncodeOptions usual = BALLAST_ENCODE_OPTIONS_INIT;
  const BallastEncodeOptions *used = options != NULL ? options : &usual;

  g_return_val_if_fail (raster != NULL, NULL);

  if (!holds (used->format, raster->channels, raster->depth))
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                   _("%s cannot hold a picture of %u channels of %u bits"),
                   ballast_format_get_name (used->format), raster->channels, raster->depth);
      return NULL;
    }

  return writers[used->format].encode (raster, used, error);
}
