#pragma once

#include "ballast-export-options.h"
#include "ballast-plan.h"
#include "ballast-snapshot.h"
#include "ballast-store.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/* (transfer full): the plan of a state of the project; any thread. */
BallastPlan    *ballast_snapshot_dup_plan    (const BallastSnapshot         *snapshot,
                                              const BallastBalanceSettings  *balance,
                                              GCancellable                  *cancellable,
                                              GError                       **error);

/* (transfer full): the parts of @snapshot that plans and weights follow from, for another thread. */
BallastSnapshot *ballast_snapshot_ref_parts  (const BallastSnapshot         *snapshot);

/* (transfer full): a first look at it where it would take long, and the plan itself elsewhere. */
BallastPlan    *ballast_snapshot_dup_quick_plan (const BallastSnapshot        *snapshot,
                                                 const BallastBalanceSettings *balance,
                                                 GError                      **error);

/* (transfer full): its class weights, where @plan is what will be exported. */
BallastWeights *ballast_snapshot_dup_weights (const BallastSnapshot         *snapshot,
                                              const BallastPlan             *plan,
                                              const BallastWeightOptions    *options);

/* Says @settings in the exporters' words; @options borrows its strings. */
gboolean        ballast_export_options_fill  (BallastExportOptions          *options,
                                              const BallastExportSettings   *settings,
                                              GError                       **error);

/* FALSE where the layout names pictures as they are: the plan then makes do without crops. */
gboolean        ballast_export_settings_can_crop (const BallastExportSettings *settings);

/* TRUE where a pipeline of some class takes parts of other pictures. */
gboolean        ballast_snapshot_mixes       (const BallastSnapshot         *snapshot);

/* (nullable): what the layout makes of copies that take parts of others, where that is less than it could
 * be. */
const char            *ballast_export_get_mixing_note (const char            *layout);

/* What becomes of one image. */
typedef struct
{
  gint64   id;
  guint32  n_copies;
  guint32  n_crops : 30;  /* files to make of parts of it */
  guint32  training : 1;  /* of the training split */
  guint32  keep_original : 1;
} BallastExportChoice;

typedef struct
{
  GArray  *choices; /* of BallastExportChoice, in the order of the export */
  guint64  files;   /* originals that stay and copies */
  char     digest[33]; /* of all the choices with their paths: names this state of the project */
} BallastExportChoices;

/*
 * Goes through all images that count: split by split, class by class, by path; images of several
 * classes and of none come last in their split.  Store thread; 16 bytes an image.
 */
gboolean        ballast_export_choices_read  (BallastExportChoices          *choices,
                                              BallastStore                  *store,
                                              const BallastTally            *tally,
                                              const BallastPlan             *plan,
                                              GCancellable                  *cancellable,
                                              GError                       **error);
void            ballast_export_choices_clear (BallastExportChoices          *choices);

G_END_DECLS
