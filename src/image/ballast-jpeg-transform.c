#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-jpeg-transform.h"

#include "ballast-image-error.h"
#include "ballast-orientation-private.h"
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

/* The frame header's sides and the largest of its sampling factors; FALSE where there is none. */
static gboolean
read_frame (const guint8 *data,
            gsize         length,
            guint         sides[2],
            guint         factors[2])
{
  gsize at = 2;

  while (at + 10 <= length && data[at] == 0xff)
    {
      const guint8 *segment = data + at;
      gsize step = 2 + ballast_read_be16 (segment + 2);
      gboolean is_frame = segment[1] >= 0xc0 && segment[1] <= 0xc2;

      if (segment[1] == 0xff)
        step = 1; /* a filling byte */
      if (!is_frame)
        {
          at += step;
          continue;
        }
      if (at + step > length || step < 10 + 3 * (gsize) segment[9])
        return FALSE;
      sides[0] = ballast_read_be16 (segment + 7);
      sides[1] = ballast_read_be16 (segment + 5);
      factors[0] = factors[1] = 1;
      for (guint i = 0; segment[9] > 1 && i < segment[9]; i++)
        {
          factors[0] = MAX (factors[0], segment[11 + 3 * i] >> 4);
          factors[1] = MAX (factors[1], segment[11 + 3 * i] & 15);
        }
      return TRUE;
    }

  return FALSE;
}

/* Looked up before anything is set up: most files fail here. */
static gboolean
is_perfect (const guint8      *data,
            gsize              length,
            BallastOrientation orientation)
{
  guint sides[2], factors[2];
  gboolean turned[2];

  if (!read_frame (data, length, sides, factors))
    return FALSE;

  ballast_orientation_get_turned (orientation, &turned[0], &turned[1]);
  return (!turned[0] || sides[0] % (8 * factors[0]) == 0)
         && (!turned[1] || sides[1] % (8 * factors[1]) == 0);
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
run (const guint8      *data,
     gsize              length,
     BallastOrientation orientation)
{
  static const int operations[9] = { TJXOP_NONE, TJXOP_NONE, TJXOP_HFLIP,
                                     TJXOP_ROT180, TJXOP_VFLIP, TJXOP_TRANSPOSE,
                                     TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270 };
  tjhandle handle = tjInitTransform ();
  tjtransform transform = { .op = operations[orientation], .options = TJXOPT_PERFECT };
  GBytes *bytes = NULL;
  guint8 *out = NULL;
  gulong out_length = 0;
  if (tjTransform (handle, data, length, 1, &out, &out_length, &transform, TJFLAG_LIMITSCANS) == 0)
    bytes = strip_segments (out, out_length);
  tjFree (out);
  tjDestroy (handle);

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
  GBytes *bytes = NULL;

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

  orientation = ballast_orientation_compose (facts.orientation, orientation);
  if (is_perfect (data, length, orientation))
    bytes = run (data, length, orientation);
  if (bytes == NULL)
    g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                 _("“%s” cannot be turned without loss"), name);

  return bytes;
}
