#pragma once

#include "ballast-box.h"
#include "ballast-table.h"

G_BEGIN_DECLS

/* The columns of a manifest that hold boxes: four of numbers, or one of lists. */
typedef struct
{
  int      form;       /* -1: rows have no boxes */
  int      columns[4];
  gboolean is_list;    /* each field holds the boxes of all labels of the row */
} BallastManifestBoxes;

typedef struct
{
  BallastBox box;
  gboolean   is_none;  /* its label is of the whole picture */
  gboolean   is_bad;   /* its fields hold something else */
} BallastManifestBox;

void     ballast_manifest_boxes_init       (BallastManifestBoxes       *boxes);

/* Looks the columns up, where they are not known yet. */
void     ballast_manifest_boxes_find       (BallastManifestBoxes       *boxes,
                                            const BallastImportOptions *options,
                                            BallastTable               *table);

/* TRUE where boxes are shares of their picture. */
gboolean ballast_manifest_boxes_has_shares (const BallastManifestBoxes *boxes);

/*
 * Appends the boxes of the row to @found (of BallastManifestBox): none, one, or, where is_list is set,
 * as many as the row has labels.
 */
void     ballast_manifest_boxes_get        (const BallastManifestBoxes *boxes,
                                            BallastTable               *table,
                                            GArray                     *found);

G_END_DECLS
