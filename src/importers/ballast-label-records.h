#pragma once

#include "ballast-import-sink.h"

G_BEGIN_DECLS

/*
 * A file whose labels any thread can read, as long as it knows where they stand: the reader of the
 * layout says where, and goes on; what takes longest about a large file goes to the threads that
 * look into the pictures.
 */

/* How a layout understands a record.  A workspace belongs to one thread at a time. */
typedef struct
{
  gpointer    (*new_workspace)  (void);
  void        (*free_workspace) (gpointer            workspace);

  /* Fills in box and extra of @label, the latter borrowed from the workspace until the next call.
   * Returns NULL, or (transfer none) what is wrong, a part of a sentence; what was understood before
   * is there. */
  const char *(*read)           (gpointer            workspace,
                                 const char         *text,
                                 gsize               length,
                                 BallastImportLabel *label);
} BallastLabelSyntax;

/* Set in the offset of a label that lies in the spool, packed. */
#define BALLAST_LABEL_SPOOLED (G_GUINT64_CONSTANT (1) << 63)

/* Takes @fd, the file, and @spool_fd (-1: none), pages of BALLAST_RECORD_PAGE.  @prefix stands before what is wrong: "", or the file's name and a colon. */
BallastLabelRecords *ballast_label_records_new        (int                       fd,
                                                       int                       spool_fd,
                                                       const char               *prefix,
                                                       const BallastLabelSyntax *syntax);
BallastLabelRecords *ballast_label_records_ref        (BallastLabelRecords      *records);
void                 ballast_label_records_unref      (BallastLabelRecords      *records);
const char          *ballast_label_records_get_prefix (BallastLabelRecords      *records);

/* Appends what was read of a label, and what is wrong with it (nullable). */
void                 ballast_label_pack               (const BallastImportLabel *label,
                                                       const char               *fault,
                                                       GByteArray               *bytes);

/* One thread's way into such files; reads on where records follow one another. */
typedef struct _BallastLabelReader BallastLabelReader;

BallastLabelReader  *ballast_label_reader_new         (void);
void                 ballast_label_reader_free        (BallastLabelReader       *reader);
const char          *ballast_label_reader_read        (BallastLabelReader       *reader,
                                                       BallastLabelRecords      *records,
                                                       BallastImportLabel       *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastLabelReader, ballast_label_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastLabelRecords, ballast_label_records_unref)

G_END_DECLS
