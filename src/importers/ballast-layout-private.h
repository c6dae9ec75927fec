#pragma once

#include "ballast-import-names.h"
#include "ballast-layout.h"

G_BEGIN_DECLS

/* For readers: making of guesses. */

#define BALLAST_LAYOUT_FIRST_IMAGES 12

BallastLayoutGuess *ballast_layout_guess_new  (const BallastImporter *importer,
                                               const char            *root);
void                ballast_layout_guess_add_count (GArray           *counts,
                                               const char            *name,
                                               guint64                count);
void                ballast_layout_guess_warn (BallastLayoutGuess    *guess,
                                               const char            *format,
                                               ...) G_GNUC_PRINTF (2, 3);
void                ballast_layout_guess_warn_of_clashes (BallastLayoutGuess *guess);

/* (transfer full): "no splits", "splits train and test". */
char               *ballast_layout_describe_splits (const GArray     *splits);

G_END_DECLS
