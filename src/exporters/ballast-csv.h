#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * RFC 4180 for machines: exact bytes, CRLF never, one '\n' a row, quotes only where needed.  What a
 * spreadsheet would take for a formula is left as it is.
 */

/* Appends @fields as one row with its line end. */
void     ballast_csv_append_row (GString            *text,
                                 const char *const  *fields,
                                 guint               n_fields);

typedef struct _BallastCsvReader BallastCsvReader;

/* Reads rows from @stream, which is kept. */
BallastCsvReader *ballast_csv_reader_new  (GInputStream      *stream);
void              ballast_csv_reader_free (BallastCsvReader  *reader);

/*
 * The next row as (transfer none) fields, valid until the next call; NULL at the end, or with
 * @error set: a NUL, an open quote at the end, a row beyond 16 MB (G_IO_ERROR_INVALID_DATA).
 */
GPtrArray        *ballast_csv_reader_next (BallastCsvReader  *reader,
                                           GCancellable      *cancellable,
                                           GError           **error);

/* Bytes up to the end of the last row that ended in a newline. */
guint64           ballast_csv_reader_get_position (BallastCsvReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastCsvReader, ballast_csv_reader_free)

G_END_DECLS
