#pragma once

#include <adwaita.h>

#include "ballast-import-wishes.h"
#include "ballast-source-guess.h"

G_BEGIN_DECLS

/*
 * How a manifest is read: rows to choose its columns, what stands between them, and whether it has a
 * header.  Hides itself for other layouts.
 *
 * Signal: "changed": the user chose something, and the source is to be looked at again.
 */
#define BALLAST_TYPE_IMPORT_COLUMNS (ballast_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (BallastImportColumns, ballast_import_columns, BALLAST, IMPORT_COLUMNS,
                      AdwPreferencesGroup)

/* Shows what was taken. */
void ballast_import_columns_show (BallastImportColumns *self,
                                  BallastSourceGuess   *guess);

/* Puts what the user chose so far into the columns of @wishes. */
void ballast_import_columns_tell (BallastImportColumns *self,
                                  BallastImportWishes  *wishes);

/* Forgets what was chosen: another source. */
void ballast_import_columns_reset (BallastImportColumns *self);

G_END_DECLS
