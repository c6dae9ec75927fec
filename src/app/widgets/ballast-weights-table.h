#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/* A table of classes with their counts and one column of weights for each of several schemes. */
#define BALLAST_TYPE_WEIGHTS_TABLE (ballast_weights_table_get_type ())
G_DECLARE_FINAL_TYPE (BallastWeightsTable, ballast_weights_table, BALLAST, WEIGHTS_TABLE, AdwBin)

/* At most this many schemes are compared. */
#define BALLAST_WEIGHTS_TABLE_MAX 4

/* Takes the @n @weights, all of the classes of @document in index order; the first is the chosen one
 * and gives the counts. */
void ballast_weights_table_take (BallastWeightsTable *self,
                                 BallastDocument     *document,
                                 BallastWeights     **weights,
                                 guint                n);

G_END_DECLS
