#pragma once

#include "ballast-box.h"
#include "ballast-table.h"

G_BEGIN_DECLS

/* The columns of one manifest that are read, by their numbers. */
typedef struct
{
  const BallastImportOptions *options;
  int                         path;   /* -1: not there (yet) */
  int                         split;
  GArray                     *labels; /* int, in the order of the options */
  int                         box[4];
  int                         box_form; /* of the row's columns; -1: rows have no boxes */
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

/* TRUE where boxes are shares of their picture. */
gboolean    ballast_manifest_columns_has_shares (const BallastManifestColumns *columns);

/*
 * The box of the row.  FALSE where it has none; then @is_bad says whether its fields hold something
 * else.
 */
gboolean    ballast_manifest_columns_get_box    (const BallastManifestColumns *columns,
                                                 BallastTable          *table,
                                                 BallastBox            *box,
                                                 gboolean              *is_bad);

/* Appends the labels of the row to @labels (char*, transfer full), bytes as they stand there. */
void        ballast_manifest_columns_get_labels (const BallastManifestColumns *columns,
                                                 BallastTable          *table,
                                                 GPtrArray             *labels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastManifestColumns, ballast_manifest_columns_clear)

G_END_DECLS
