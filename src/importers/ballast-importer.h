#pragma once

#include "ballast-crew.h"
#include "ballast-import-options.h"
#include "ballast-import-sink.h"
#include "ballast-layout.h"
#include "ballast-progress.h"

G_BEGIN_DECLS

typedef struct
{
  const char                 *path;    /* the folder or file that the user chose */
  const BallastImportOptions *options; /* of a guess, or stored ones */
  const BallastImportSink    *sink;
  const BallastProgress      *progress; /* may be NULL; the total may stay unknown */
  BallastFolder              *tree;    /* (nullable): of @path, with names, whole: it is not listed again */
  const BallastCrew          *crew;    /* (nullable) */
} BallastImportRequest;

/* A reader of one layout.  Readers never open an image, never decode, never follow a link out of
 * the root unless told to. */
struct _BallastImporter
{
  const char *name;  /* "folders": the word of --layout */
  const char *title; /* "Class folders" */

  /* Looks at @path until @question's deadline.  Returns NULL without an error where the layout is
   * another one. */
  BallastLayoutGuess *(*recognise) (const char                  *path,
                                    const BallastLayoutQuestion *question,
                                    GCancellable                *cancellable,
                                    GError                     **error);

  gboolean            (*read)      (const BallastImportRequest  *request,
                                    BallastImportSummary        *summary,
                                    GCancellable                *cancellable,
                                    GError                     **error);
};

/* (transfer none): the table of readers. */
guint                  ballast_importer_get_n (void);
const BallastImporter *ballast_importer_get   (guint       index);

/* (transfer none) (nullable) */
const BallastImporter *ballast_importer_find  (const char *name);

/*
 * Reads a source into a sink.  What is wrong with single files or lines becomes problems; FALSE
 * means that nothing can be read, that the sink failed, or G_IO_ERROR_CANCELLED.  @summary may be
 * NULL.  Memory: the folders of the tree, the largest folder's names, and the names of classes; for
 * a manifest also the names of the files that it points to.
 */
gboolean               ballast_importer_read  (const BallastImporter      *importer,
                                               const BallastImportRequest *request,
                                               BallastImportSummary       *summary,
                                               GCancellable               *cancellable,
                                               GError                    **error);

G_END_DECLS
