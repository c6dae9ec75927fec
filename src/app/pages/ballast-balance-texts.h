#pragma once

#include "ballast-document-export.h"

G_BEGIN_DECLS

/* (transfer none) */
const char *ballast_balance_strategy_label   (BallastStrategy strategy);
const char *ballast_balance_strategy_tooltip (BallastStrategy strategy);

/* (transfer full): what the card of the export to come says: how many images; of what; at what cost. */
char *ballast_balance_total_text (const BallastExportEstimate *estimate);
char *ballast_balance_parts_text (const BallastPlan           *plan,
                                  const BallastExportEstimate *estimate);
char *ballast_balance_costs_text (const BallastPlan           *plan,
                                  const BallastExportEstimate *estimate);

G_END_DECLS
