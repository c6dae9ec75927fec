#pragma once

#include <gio/gio.h>

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

/* Looks at @path (bytes) for a second at most.  Likeliest first.  Fails with a sentence where no
 * reader knows it or nothing is there. */
void         ballast_source_guess_async            (const char          *path,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
/* (transfer full): a list of BallastSourceGuess. */
GListModel  *ballast_source_guess_finish           (GAsyncResult        *result,
                                                    GError             **error);

/* TRUE where there is a reader called @layout. */
gboolean     ballast_source_guess_is_layout        (const char          *layout);

G_END_DECLS
