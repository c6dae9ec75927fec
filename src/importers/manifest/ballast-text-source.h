#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The bytes of a text file, through a window that moves on: UTF-8 (or any 8-bit text) as it
 * stands, UTF-16 and UTF-32 with a byte order mark converted to UTF-8.  The mark is left out.
 */
typedef struct _BallastTextSource BallastTextSource;

/* Fails with BALLAST_IMPORT_ERROR_POINTER for a Git LFS pointer, _SYNTAX for what is no text,
 * _EMPTY for an empty file, or a G_IO_ERROR. */
BallastTextSource *ballast_text_source_open     (const char         *path,
                                                 GError            **error);
void               ballast_text_source_free     (BallastTextSource  *source);

/* (transfer none): what is in the window; not ended by a NUL; valid until the next call. */
const char        *ballast_text_source_peek     (BallastTextSource  *source,
                                                 gsize              *length);

/* Reads on: the window grows.  At the end of the file, is_at_end is TRUE and it does not. */
gboolean           ballast_text_source_fill     (BallastTextSource  *source,
                                                 GCancellable       *cancellable,
                                                 GError            **error);
gboolean           ballast_text_source_is_at_end (BallastTextSource *source);

/* Gives up the first @n bytes of the window. */
void               ballast_text_source_consume  (BallastTextSource  *source,
                                                 gsize               n);

/* How far the file is read, and its length, in bytes. */
guint64            ballast_text_source_get_done (BallastTextSource  *source);
guint64            ballast_text_source_get_size (BallastTextSource  *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTextSource, ballast_text_source_free)

G_END_DECLS
