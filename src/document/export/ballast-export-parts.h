#pragma once

#include "ballast-atomic-dir.h"
#include "ballast-export-setup.h"
#include "ballast-hierarchy-dataset.h"

G_BEGIN_DECLS

/* One dataset of a hierarchy that is exported. */
typedef struct
{
  const BallastHierarchyDataset *dataset;
  char                          *folder;   /* "nodes/dry" */
  BallastPlan                   *plan;     /* of the pools */
  BallastWeights                *weights;
  guint64                        files;
  guint64                        left_out; /* images that hold classes of several labels */
} BallastExportPart;

/*
 * An export of the hierarchy: its datasets, from one state of the project.  Belongs to the thread of
 * the job; the setup must outlive it.  Memory: 16 bytes an image of the training split.
 */
typedef struct
{
  const BallastExportSetup *setup;
  GPtrArray                *datasets;
  GArray                   *parts;       /* of BallastExportPart */
  GArray                   *members;     /* private: the training images of the tree's classes */
  GHashTable               *several;     /* private: classes of images that hold more than one */
  char                     *fingerprint; /* of all of it: two runs that share it write the same */
} BallastExportParts;

/* Begin with zeros.  FALSE where the project has no hierarchy, or cannot be read. */
gboolean          ballast_export_parts_read         (BallastExportParts        *parts,
                                                     const BallastExportSetup  *setup,
                                                     BallastStoreThread        *thread,
                                                     GCancellable              *cancellable,
                                                     GError                   **error);
void              ballast_export_parts_clear        (BallastExportParts        *parts);

/* (transfer full): what becomes of each image in the dataset of @part, as choices. */
GArray           *ballast_export_parts_dup_choices  (const BallastExportParts  *parts,
                                                     const BallastExportPart   *part);

/* The label of an image with these classes (indices of the project), or -1. */
int               ballast_export_part_find_label    (const BallastExportPart   *part,
                                                     const BallastTally        *tally,
                                                     const GArray              *classes);

/* TRUE where a mirror would make the class one of another label, or of none. */
gboolean          ballast_export_parts_must_keep_sides (const BallastExportParts *parts,
                                                     const BallastExportPart   *part,
                                                     guint                      class_index);

/* FALSE where the disk of @dest is too small. */
gboolean          ballast_export_parts_have_room    (const BallastExportParts  *parts,
                                                     const char                *dest,
                                                     GError                   **error);

/* (transfer full): the folder of @dest to write into: empty, or what an interrupted run of the same
 * left.  BALLAST_EXPORT_ERROR_FOREIGN where something else is in the way. */
BallastAtomicDir *ballast_export_parts_open_folder  (const BallastExportParts  *parts,
                                                     const char                *dest,
                                                     GError                   **error);

/* (transfer full): the run for @part below @dir; NULL without @error where it is whole already. */
BallastExportRun *ballast_export_parts_open_run     (const BallastExportParts  *parts,
                                                     const BallastExportPart   *part,
                                                     BallastAtomicDir          *dir,
                                                     GError                   **error);

/* Writes the routing files and renames the folder. */
gboolean          ballast_export_parts_finish       (const BallastExportParts  *parts,
                                                     BallastAtomicDir          *dir,
                                                     GError                   **error);

G_END_DECLS
