#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Pages of the spool's file: a record lies within one, unless it is longer. */
#define BALLAST_RECORD_PAGE (8 * 1024)

/*
 * Records of a large file, sorted roughly: those that will be read together lie on the same pages of a
 * temporary file, of which no other program sees anything.  Memory: a page a bin.
 */
typedef struct _BallastRecordSpool BallastRecordSpool;

/* A file for large things that has no name; -1 where none can be made. */
int                 ballast_record_spool_make_file (void);

/* (nullable): NULL where no temporary file can be made.  @beside (nullable): its file is used, by
 * another thread if need be. */
BallastRecordSpool *ballast_record_spool_new    (guint               n_bins,
                                                 BallastRecordSpool *beside);
void                ballast_record_spool_free   (BallastRecordSpool *spool);

/* Copies a record into a bin.  FALSE where the disk is full: nothing of the spool can be used then. */
gboolean            ballast_record_spool_add    (BallastRecordSpool *spool,
                                                 guint               bin,
                                                 const char         *text,
                                                 gsize               length,
                                                 guint64            *offset);

/* Writes what is left: nothing is added any more. */
gboolean            ballast_record_spool_finish (BallastRecordSpool *spool);

/* The file that all share, to be closed by the caller; -1 where there is no descriptor left. */
int                 ballast_record_spool_dup_fd (BallastRecordSpool *spool);

G_END_DECLS
