#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_DOCUMENT_ERROR (ballast_document_error_quark ())

typedef enum
{
  BALLAST_DOCUMENT_ERROR_BUSY,     /* another job is writing */
  BALLAST_DOCUMENT_ERROR_INVALID,  /* a name or a value that does not exist */
} BallastDocumentError;

GQuark ballast_document_error_quark (void);

G_END_DECLS
