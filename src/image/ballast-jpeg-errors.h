#pragma once

#include <glib.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

G_BEGIN_DECLS

/* What libjpeg complains about. `base` comes first: the library hands out pointers to it. */
typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf               jump;
  gboolean              damaged; /* a warning that means lost pixels */
  char                  message[JMSG_LENGTH_MAX];
} BallastJpegErrors;

/* For `err` of a codec. A fatal error then jumps to @errors->jump, which the caller must have set. */
struct jpeg_error_mgr *ballast_jpeg_errors_init (BallastJpegErrors *errors);

G_END_DECLS
