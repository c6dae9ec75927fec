#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_IMPORT_ERROR (ballast_import_error_quark ())

typedef enum
{
  BALLAST_IMPORT_ERROR_LAYOUT,  /* no reader knows this layout */
  BALLAST_IMPORT_ERROR_SYNTAX,  /* an annotation file cannot be understood at all */
  BALLAST_IMPORT_ERROR_EMPTY,   /* there is no image in it */
  BALLAST_IMPORT_ERROR_POINTER, /* a Git LFS pointer stands in the file's place */
  BALLAST_IMPORT_ERROR_LINKS,   /* all that is in it are links that lead out, and are not followed */
  BALLAST_IMPORT_ERROR_OPTIONS, /* options that do not fit the source, or no JSON of options */
} BallastImportError;

GQuark ballast_import_error_quark (void);

G_END_DECLS
