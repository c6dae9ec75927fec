#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-jpeg-errors.h"

#include <jerror.h>

/*
 * libjpeg's way to complain: a jump for what is fatal, a flag for what is damage.
 *
 * The library paints what it does not have in grey and only warns.  Of its warnings those are taken
 * as damage that mean lost pixels; stray bytes between markers, which some cameras write, are not.
 */

static void
on_fatal (j_common_ptr codec)
{
  BallastJpegErrors *errors = (BallastJpegErrors *) codec->err;

  errors->base.format_message (codec, errors->message);
  longjmp (errors->jump, 1);
}

static gboolean
warning_is_damage (int code)
{
  switch (code)
    {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_message (j_common_ptr codec,
            int          level)
{
  BallastJpegErrors *errors = (BallastJpegErrors *) codec->err;

  if (level >= 0 || errors->damaged || !warning_is_damage (errors->base.msg_code))
    return;

  errors->damaged = TRUE;
  errors->base.format_message (codec, errors->message);
}

struct jpeg_error_mgr *
ballast_jpeg_errors_init (BallastJpegErrors *errors)
{
  jpeg_std_error (&errors->base);
  errors->base.error_exit = on_fatal;
  errors->base.emit_message = on_message;
  errors->damaged = FALSE;
  errors->message[0] = '\0';

  return &errors->base;
}
