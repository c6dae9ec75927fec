#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_SAMPLE_ERROR (ballast_sample_error_quark ())

typedef enum
{
  BALLAST_SAMPLE_ERROR_EXISTS, /* the folder is there and not empty */
  BALLAST_SAMPLE_ERROR_KIND,   /* no such sample */
  BALLAST_SAMPLE_ERROR_SIZE,   /* too few images to be a sample */
} BallastSampleError;

GQuark ballast_sample_error_quark (void);

G_END_DECLS
