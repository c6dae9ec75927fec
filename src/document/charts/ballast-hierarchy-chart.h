#pragma once

#include "ballast-document-hierarchy.h"
#include "ballast-tree-draw.h"

G_BEGIN_DECLS

/* From this ratio on a group is drawn as one to look at. */
#define BALLAST_HIERARCHY_UNEVEN 2.95

/* (transfer full): the drawing of @figures; classes have the colours that they have in @document. */
BallastTreeModel *ballast_document_dup_tree_model   (BallastDocument               *document,
                                                     const BallastHierarchyFigures *figures,
                                                     BallastTreeStyle               style);

/* (transfer full): the same of counts in @unit, without a document: any thread. */
BallastTreeModel *ballast_hierarchy_dup_tree_model  (const BallastHierarchyFigures *figures,
                                                     const BallastTally            *tally,
                                                     BallastUnit                    unit,
                                                     BallastTreeStyle               style);

/* (transfer full): "1.1 : 1"; "empty" where there is nothing to compare. */
char             *ballast_hierarchy_format_ratio    (double                         ratio);

/* (transfer full): "190 images · 1.1 : 1". */
char             *ballast_document_describe_node    (BallastDocument               *document,
                                                     const BallastNodeFigures      *figures);

/*
 * Writes the drawing of the stored hierarchy on a thread of its own: .png, .svg or .pdf by @path's
 * ending.  Ends in ballast_document_save_tree_finish().
 */
void              ballast_document_save_tree_async  (BallastDocument               *document,
                                                     BallastTreeStyle               style,
                                                     const char                    *path,
                                                     GAsyncReadyCallback            callback,
                                                     gpointer                       user_data);
gboolean          ballast_document_save_tree_finish (BallastDocument               *document,
                                                     GAsyncResult                  *result,
                                                     GError                       **error);

G_END_DECLS
