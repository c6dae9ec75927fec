#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_AUGMENT_ERROR (ballast_augment_error_quark ())

typedef enum
{
  BALLAST_AUGMENT_ERROR_SYNTAX,    /* not a pipeline file */
  BALLAST_AUGMENT_ERROR_UNKNOWN,   /* an op or a parameter that does not exist */
  BALLAST_AUGMENT_ERROR_RANGE,     /* a value outside its range */
} BallastAugmentError;

GQuark ballast_augment_error_quark (void);

G_END_DECLS
