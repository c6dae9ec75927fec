#pragma once

#include <gio/gio.h>

#include "ballast-import-wishes.h"

G_BEGIN_DECLS

/*
 * What a dropped folder or file seems to be, before anything is stored.  Immutable.
 */
#define BALLAST_TYPE_SOURCE_GUESS (ballast_source_guess_get_type ())
G_DECLARE_FINAL_TYPE (BallastSourceGuess, ballast_source_guess, BALLAST, SOURCE_GUESS, GObject)

/* Properties, read-only: "layout" ("folders"), "title" ("Class folders"), "path", "description". */
const char  *ballast_source_guess_get_layout       (BallastSourceGuess  *guess);
const char  *ballast_source_guess_get_title        (BallastSourceGuess  *guess);

/* A sentence of what was understood: "6 classes, no splits, 428 images". */
const char  *ballast_source_guess_get_description  (BallastSourceGuess  *guess);
const char  *ballast_source_guess_get_path         (BallastSourceGuess  *guess);
guint        ballast_source_guess_get_n_classes    (BallastSourceGuess  *guess);
const char  *ballast_source_guess_get_class_name   (BallastSourceGuess  *guess,
                                                    guint                class);
guint64      ballast_source_guess_get_class_images (BallastSourceGuess  *guess,
                                                    guint                class);
guint64      ballast_source_guess_get_n_images     (BallastSourceGuess  *guess);
/* TRUE where the folder is so large that the numbers say "at least". */
gboolean     ballast_source_guess_get_is_partial   (BallastSourceGuess  *guess);

/* The first images, as full paths (bytes), NULL-terminated. */
const char * const *
             ballast_source_guess_get_first_images (BallastSourceGuess  *guess);

/* The columns of a manifest, as wishes name them, NULL-terminated; none for other layouts. */
const char * const *
             ballast_source_guess_get_columns      (BallastSourceGuess  *guess);
/* What the first row has in the column @index; "" where it has nothing. */
const char  *ballast_source_guess_get_example      (BallastSourceGuess  *guess,
                                                    guint                index);
/* Which of them were taken: numbers from 0, -1 where none was. */
int          ballast_source_guess_get_path_column  (BallastSourceGuess  *guess);
int          ballast_source_guess_get_split_column (BallastSourceGuess  *guess);
int          ballast_source_guess_get_group_column (BallastSourceGuess  *guess);
/* TRUE where the name of a file or folder gives the split: "train.csv". */
gboolean     ballast_source_guess_get_split_from_name (BallastSourceGuess *guess);
/* NULL-terminated, in their order. */
const char * const *
             ballast_source_guess_get_label_columns (BallastSourceGuess *guess);
/* How a manifest is written: what stands between fields (' ': white space; 0: JSON Lines), and
 * whether its first row names the columns. */
char         ballast_source_guess_get_separator    (BallastSourceGuess  *guess);
gboolean     ballast_source_guess_get_has_header   (BallastSourceGuess  *guess);
/* Links that lead out of the folder and are not followed: at least so many. */
guint64      ballast_source_guess_get_links_out    (BallastSourceGuess  *guess);

/* TRUE where looking failed since all that is there are links that lead out. */
gboolean     ballast_source_guess_is_links_error   (const GError        *error);

/* Looks at @path (bytes) for a second at most, as @wishes (nullable) say, through the reader @layout
 * or (NULL) all of them.  Likeliest first.  Fails with a sentence where no reader knows it or nothing
 * is there. */
void         ballast_source_guess_async            (const char          *path,
                                                    const char          *layout,
                                                    const BallastImportWishes *wishes,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/* (transfer full): a list of BallastSourceGuess. */
GListModel  *ballast_source_guess_finish           (GAsyncResult        *result,
                                                    GError             **error);

/* TRUE where there is a reader called @layout. */
gboolean     ballast_source_guess_is_layout        (const char          *layout);

G_END_DECLS
