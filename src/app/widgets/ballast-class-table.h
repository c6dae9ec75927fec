#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* The counts of the classes as a sortable table: what the chart shows, for eyes and for readers. */
#define BALLAST_TYPE_CLASS_TABLE (ballast_class_table_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassTable, ballast_class_table, BALLAST, CLASS_TABLE, AdwBin)

void ballast_class_table_set_document (BallastClassTable *self,
                                       BallastDocument   *document);

/* As ballast_class_list_set_split(). */
void ballast_class_table_set_split    (BallastClassTable *self,
                                       gint64             split_id);

/* Copies @after, @n_classes counts in index order; NULL hides the column. */
void ballast_class_table_set_after    (BallastClassTable *self,
                                       const guint64     *after,
                                       guint              n_classes);

G_END_DECLS
