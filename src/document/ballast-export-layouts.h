#pragma once

#include "ballast-tally.h"

G_BEGIN_DECLS

/* The layouts that can be written, for whoever offers them: the table of the exporters. */
guint       ballast_export_layouts_get_n       (void);

/* (transfer none): "coco"; NULL behind the end. */
const char *ballast_export_layouts_get_name    (guint               index);

/* (transfer none): in the user's language: "COCO", and one sentence. */
const char *ballast_export_layouts_get_title   (guint               index);
const char *ballast_export_layouts_get_summary (guint               index);

/* The position of the layout @name; 0 for an unknown one. */
guint       ballast_export_layouts_find        (const char         *name);

/* (transfer full) (nullable): what the layout has no place for of such a dataset, a sentence; NULL where it holds all. */
char       *ballast_export_layouts_dup_loss    (guint               index,
                                                const BallastTally *tally);

G_END_DECLS
