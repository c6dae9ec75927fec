#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_EXPORT_ERROR (ballast_export_error_quark ())

typedef enum
{
  BALLAST_EXPORT_ERROR_LAYOUT,   /* no such layout or option */
  BALLAST_EXPORT_ERROR_FOREIGN,  /* the folder holds something that is not ours */
  BALLAST_EXPORT_ERROR_FULL,     /* the disk is full */
  BALLAST_EXPORT_ERROR_CHANGED,  /* a source changed since the import */
  BALLAST_EXPORT_ERROR_MISMATCH, /* verify found a difference */
} BallastExportError;

GQuark ballast_export_error_quark (void);

G_END_DECLS
