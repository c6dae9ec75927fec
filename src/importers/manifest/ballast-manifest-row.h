#pragma once

#include "ballast-manifest-boxes.h"

G_BEGIN_DECLS

/* The columns of one manifest that are read, by their numbers. */
typedef struct
{
  const BallastImportOptions *options;
  int                         path;   /* -1: not there (yet) */
  int                         split;
  int                         group;
  GArray                     *labels; /* int, in the order of the options */
  BallastManifestBoxes        boxes;
} BallastManifestColumns;

void        ballast_manifest_columns_init  (BallastManifestColumns     *columns,
                                            const BallastImportOptions *options);
void        ballast_manifest_columns_clear (BallastManifestColumns     *columns);

/* Looks up the columns that are not known yet: JSON Lines may bring them in any row. */
void        ballast_manifest_columns_find  (BallastManifestColumns     *columns,
                                            BallastTable               *table);

/*
 * What is wrong with the row of @table, or NULL: no path, or fewer fields than it needs.
 * (transfer full) (nullable)
 */
char       *ballast_manifest_columns_check (const BallastManifestColumns *columns,
                                            BallastTable               *table);

/* (transfer none): "" where there is none. */
const char *ballast_manifest_columns_get_path  (const BallastManifestColumns *columns,
                                                BallastTable           *table);
const char *ballast_manifest_columns_get_split (const BallastManifestColumns *columns,
                                                BallastTable           *table);
const char *ballast_manifest_columns_get_group (const BallastManifestColumns *columns,
                                                BallastTable           *table);

/* Appends the labels of the row to @labels (char*, transfer full), bytes as they stand there. */
void        ballast_manifest_columns_get_labels (const BallastManifestColumns *columns,
                                                 BallastTable          *table,
                                                 GPtrArray             *labels);

/* The same for a row whose boxes are a list: one for each of them, "" where one has none. */
void        ballast_manifest_columns_list_labels (const BallastManifestColumns *columns,
                                                  BallastTable          *table,
                                                  GPtrArray             *labels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastManifestColumns, ballast_manifest_columns_clear)

G_END_DECLS
