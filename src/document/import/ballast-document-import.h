#pragma once

#include "ballast-document.h"
#include "ballast-import-wishes.h"

G_BEGIN_DECLS

/* What the import job leaves as its result (ballast_job_get_result). */
typedef struct
{
  guint64 images;   /* that count, in the whole project */
  guint64 added;
  guint64 updated;  /* files whose bytes changed since the last import */
  guint64 gone;
  guint64 problems; /* of the whole project */
  guint64 grouped;  /* put into groups, by the rule of those that the project has … */
  guint64 placed;   /* … and so into the split that their group is in */
  guint64 unplaced; /* in no split, where the project has splits */
} BallastImportResult;

/* (transfer none) (nullable): the result of a job that imported; NULL for one that does something else,
 * or is not finished. */
const BallastImportResult *ballast_import_result_of (BallastJob *job);

/*
 * Reads @path (a folder or a manifest, bytes) into the project: adds what is new, marks what is
 * gone, keeps every edit.
 *
 * @layout: a reader's name, or NULL to recognise it.  @images_path: where the pictures of an
 * annotation file are, or NULL for beside it.
 *
 * Returns: (transfer full): the job, which is the document's "job" until it is finished.  Pictures
 * are never decoded.  A cancel leaves what was read so far, and a later import of the same path
 * goes on.  One job at a time: another one finishes at once with BALLAST_DOCUMENT_ERROR_BUSY.
 */
BallastJob *ballast_document_import   (BallastDocument *document,
                                       const char      *path,
                                       const char      *layout,
                                       const char      *images_path);

/*
 * The same as @wishes (nullable) say.  They are remembered with the source: importing it again
 * without any reads it the same way.
 */
BallastJob *ballast_document_import_as (BallastDocument           *document,
                                        const char                *path,
                                        const char                *layout,
                                        const char                *images_path,
                                        const BallastImportWishes *wishes);

/* Imports every source of the project again. */
BallastJob *ballast_document_reimport (BallastDocument *document);

G_END_DECLS
