#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_JOURNAL_NAME ".ballast-journal"

/*
 * What an export has finished, so that the next run continues it: one row a file, appended in the
 * order of the items, "item,path,size,sha256".  Its first row holds a fingerprint of everything
 * that decides the result.
 */
typedef struct _BallastJournal BallastJournal;

typedef struct
{
  guint64     item;
  const char *path;
  guint64     size;
  const char *sha256;
} BallastJournalRow;

/* TRUE where the folder @dir_fd holds a journal, of whatever fingerprint. */
gboolean        ballast_journal_exists (int                       dir_fd);

/*
 * Opens the journal in @dir_fd, or begins one.  Rows after the first damaged one are cut off: a
 * machine may have stopped in the middle.  @matches (out): FALSE where it was of another
 * fingerprint, and a new one was begun.
 */
BallastJournal *ballast_journal_open   (int                       dir_fd,
                                        const char               *fingerprint,
                                        gboolean                 *matches,
                                        GError                  **error);

/* The old rows of @item, in order (transfer none) (element-type BallastJournalRow), valid until the
 * next call; items are asked for in ascending order. */
const GArray   *ballast_journal_get    (BallastJournal           *journal,
                                        guint64                   item);

/* Appends a row, at once. */
gboolean        ballast_journal_add    (BallastJournal           *journal,
                                        const BallastJournalRow  *row,
                                        GError                  **error);
gboolean        ballast_journal_remove (int                       dir_fd,
                                        GError                  **error);
void            ballast_journal_free   (BallastJournal           *journal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastJournal, ballast_journal_free)

G_END_DECLS
