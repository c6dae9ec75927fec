#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-jpeg-transform.h"

#include "ballast-image-error.h"
#include "ballast-probe.h"
#include "ballast-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <turbojpeg.h>

/*
 * Mirrors and quarter turns of a JPEG's coefficients, through TurboJPEG.
 *
 * Only what is perfect: blocks that the edge cuts cannot be moved to the other side, so an axis that
 * is flipped must be a whole number of them long.  Whatever looks odd is refused rather than
 * called damaged: the caller decodes it then, and the decoder knows better.
 */

static gboolean
is_perfect (BallastOrientation orientation,
            int                width,
            int                height,
            int                subsampling)
{
  /* Which sides of the stored picture are turned round: bit 0 the width, bit 1 the height. */
  static const guint8 turned[9] = { 0, 0, 1, 3, 2, 0, 2, 3, 1 };
  guint sides = turned[orientation];

  return ((sides & 1) == 0 || width % tjMCUWidth[subsampling] == 0)
         && ((sides & 2) == 0 || height % tjMCUHeight[subsampling] == 0);
}

/* The density, the profile and the colour transform stay; the rest of what applications wrote goes. */
static gboolean
segment_stays (guint8        marker,
               const guint8 *content,
               guint         length)
{
  if (marker == 0xe0 || marker == 0xee)
    return TRUE;
  if (marker == 0xe2)
    return length >= 12 && memcmp (content, "ICC_PROFILE", 12) == 0;

  return !(marker >= 0xe0 && marker <= 0xef) && marker != 0xfe;
}

/* @data is libjpeg's own output: segments follow each other without a gap. */
static GBytes *
strip_segments (const guint8 *data,
                gsize         length)
{
  GByteArray *kept = g_byte_array_sized_new ((guint) length);
  gsize at = 2;

  g_byte_array_append (kept, data, 2);
  while (at + 4 <= length && data[at] == 0xff && data[at + 1] != 0xda)
    {
      gsize step = 2 + ballast_read_be16 (data + at + 2);

      if (at + step > length)
        break;
      if (segment_stays (data[at + 1], data + at + 4, (guint) step - 4))
        g_byte_array_append (kept, data + at, (guint) step);
      at += step;
    }
  g_byte_array_append (kept, data + at, (guint) (length - at));

  return g_byte_array_free_to_bytes (kept);
}

static GBytes *
run (tjhandle           handle,
     const guint8      *data,
     gsize              length,
     BallastOrientation orientation)
{
  static const int operations[9] = { TJXOP_NONE, TJXOP_NONE, TJXOP_HFLIP,
                                     TJXOP_ROT180, TJXOP_VFLIP, TJXOP_TRANSPOSE,
                                     TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270 };
  tjtransform transform = { .op = operations[orientation], .options = TJXOPT_PERFECT };
  GBytes *bytes = NULL;
  guint8 *out = NULL;
  gulong out_length = 0;
  int width;
  int height;
  int subsampling;
  int colour_space;

  if (tjDecompressHeader3 (handle, data, length, &width, &height, &subsampling, &colour_space) != 0
      || subsampling < 0 || subsampling >= TJ_NUMSAMP
      || !is_perfect (orientation, width, height, subsampling))
    return NULL;

  if (tjTransform (handle, data, length, 1, &out, &out_length, &transform, TJFLAG_LIMITSCANS) == 0)
    bytes = strip_segments (out, out_length);
  tjFree (out);

  return bytes;
}

GBytes *
ballast_jpeg_transform (const guint8      *data,
                        gsize              length,
                        BallastOrientation orientation,
                        const char        *display_name,
                        GError           **error)
{
  const char *name = display_name != NULL ? display_name : "the image";
  BallastImageFacts facts;
  BallastProbeResult result;
  tjhandle handle;
  GBytes *bytes;

  g_return_val_if_fail (orientation >= 1 && orientation <= 8, NULL);

  ballast_probe_bytes (data, length, NULL, NULL, &facts, &result);
  if (facts.format != BALLAST_FORMAT_JPEG)
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_FORMAT, _("“%s” is not a JPEG"),
                   name);
      return NULL;
    }
  if (!result.usable)
    {
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED,
                   _("“%s” is damaged: %s"),
                   name, result.detail);
      return NULL;
    }

  handle = tjInitTransform ();
  bytes = run (handle, data, length, ballast_orientation_compose (facts.orientation, orientation));
  tjDestroy (handle);
  if (bytes == NULL)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                 _("“%s” cannot be turned without loss"), name);

  return bytes;
}
