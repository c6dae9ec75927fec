#pragma once

#include "ballast-import-options.h"

G_BEGIN_DECLS

/* A row longer than this is a bad one. */
#define BALLAST_TABLE_MAX_ROW_BYTES (1024 * 1024)
#define BALLAST_TABLE_MAX_COLUMNS 16384

typedef enum
{
  BALLAST_TABLE_ROW,
  BALLAST_TABLE_BAD, /* a row that cannot be understood: see get_reason; the next may be fine */
  BALLAST_TABLE_END,
  BALLAST_TABLE_ERROR,
} BallastTableStep;

/*
 * A manifest as rows and columns, whatever it is written in, one row at a time.
 *
 * Lines end in LF, CRLF or CR.  Quotes are those of RFC 4180, with spaces tolerated before them.  In
 * whitespace text, spaces belong to the first field up to an image's ending.  Empty lines are
 * skipped.
 */
typedef struct _BallastTable BallastTable;

/* @format is not AUTO.  Errors: those of ballast_text_source_open(). */
BallastTable    *ballast_table_open            (const char            *path,
                                                BallastManifestFormat  format,
                                                char                   separator,
                                                gboolean               has_header,
                                                GError               **error);
void             ballast_table_free            (BallastTable          *table);

BallastTableStep ballast_table_next            (BallastTable          *table,
                                                GCancellable          *cancellable,
                                                GError               **error);

/* The row: the line that it begins in (from 1), and what is wrong with a bad one. */
guint64          ballast_table_get_line        (BallastTable          *table);
const char      *ballast_table_get_reason      (BallastTable          *table);

/* (transfer none) (nullable): valid until the next row; NULL where the row has no such field. */
const char      *ballast_table_get_field       (BallastTable          *table,
                                                guint                  column);
guint            ballast_table_get_n_fields    (BallastTable          *table);

/* Columns known so far: JSON Lines may bring new ones in any row. */
guint            ballast_table_get_n_columns   (BallastTable          *table);

/* (transfer none): its name in the header, or its number from "1". */
const char      *ballast_table_get_column_name (BallastTable          *table,
                                                guint                  column);

/* The column called @name, or -1. */
int              ballast_table_find_column     (BallastTable          *table,
                                                const char            *name);

/* In bytes. */
guint64          ballast_table_get_done        (BallastTable          *table);
guint64          ballast_table_get_size        (BallastTable          *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTable, ballast_table_free)

G_END_DECLS
