#pragma once

#include "ballast-weights.h"

G_BEGIN_DECLS

/* The kinds of weight files, for front ends: what BallastExportSettings.weights names.  All texts
 * are (transfer none); titles and summaries are English, to be translated. */

guint       ballast_weight_kind_get_n       (void);
const char *ballast_weight_kind_get_name    (guint i);
const char *ballast_weight_kind_get_title   (guint i);
const char *ballast_weight_kind_get_summary (guint i);

/* ".json"; NULL: the kind has a line for every file and comes with an export alone. */
const char *ballast_weight_kind_get_suffix  (guint i);

/* (transfer full): the text of the kind called @name, which is one of the classes' and a text. */
char       *ballast_weight_kind_dup_text    (const char           *name,
                                             const BallastWeights *weights);

/* The kind that @path's ending says, or -1. */
int         ballast_weight_kind_find_for_path (const char *path);

G_END_DECLS
