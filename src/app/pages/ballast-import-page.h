#pragma once

#include <adwaita.h>

#include "ballast-import-wishes.h"

G_BEGIN_DECLS

/*
 * What was understood of a folder or a manifest, before anything is stored.
 *
 * Signals: "import" (string: the chosen layout), "cancelled".
 */
#define BALLAST_TYPE_IMPORT_PAGE (ballast_import_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastImportPage, ballast_import_page, BALLAST, IMPORT_PAGE, AdwBin)

/* Looks at @path (bytes); the page shows that it does, then what it found. */
void        ballast_import_page_set_path (BallastImportPage *self,
                                          const char        *path);
const char *ballast_import_page_get_path (BallastImportPage *self);

/* (transfer none): what the user chose of columns and links. */
const BallastImportWishes *
            ballast_import_page_get_wishes (BallastImportPage *self);

/* Where the project is to be saved (bytes). */
const char *ballast_import_page_get_project_path (BallastImportPage *self);

G_END_DECLS
