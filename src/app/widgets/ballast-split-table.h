#pragma once

#include <adwaita.h>

#include "ballast-document-split.h"

G_BEGIN_DECLS

/* What a split makes of the classes: a row a class, a column a split. */
#define BALLAST_TYPE_SPLIT_TABLE (ballast_split_table_get_type ())
G_DECLARE_FINAL_TYPE (BallastSplitTable, ballast_split_table, BALLAST, SPLIT_TABLE, AdwBin)

void ballast_split_table_set_plan (BallastSplitTable *self,
                                   BallastSplitPlan  *plan);

G_END_DECLS
