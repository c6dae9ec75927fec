#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_STORE_ERROR (ballast_store_error_quark ())

typedef enum
{
  BALLAST_STORE_ERROR_NOT_A_PROJECT, /* the file is something else */
  BALLAST_STORE_ERROR_NEWER,         /* written by a newer version */
  BALLAST_STORE_ERROR_READ_ONLY,     /* the project cannot be written */
  BALLAST_STORE_ERROR_BUSY,          /* another program has it open */
  BALLAST_STORE_ERROR_CORRUPT,       /* the file is damaged */
  BALLAST_STORE_ERROR_FULL,          /* the disk is full */
  BALLAST_STORE_ERROR_NOT_FOUND,     /* a named class, split, image or file is not there */
  BALLAST_STORE_ERROR_EXISTS,        /* a name is already taken */
  BALLAST_STORE_ERROR_FAILED,        /* anything else that SQLite reports */
} BallastStoreError;

GQuark ballast_store_error_quark (void);

G_END_DECLS
