#pragma once

#include "ballast-settings.h"
#include "ballast-store.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/* The keys of the settings in the project file. */
#define BALLAST_KEY_BALANCE "balance"
#define BALLAST_KEY_WEIGHTS "weights"
#define BALLAST_KEY_EXPORT "export"
#define BALLAST_KEY_PIPELINE "pipeline"              /* the one for all classes */
#define BALLAST_KEY_CLASS_PIPELINES "class-pipelines" /* one member a class id */
#define BALLAST_KEY_PAIRS "class-pairs"
#define BALLAST_KEY_REDRAWS "rejected-copies"
#define BALLAST_KEY_HIERARCHY "hierarchy"

/* (transfer full): reads all of them; on the store thread. */
BallastSettings *ballast_settings_read            (BallastStore                 *store,
                                                   const BallastTally           *tally);

/*
 * (transfer full): the JSON texts of single settings, for the project file.  Names of classes in
 * them are stored together with their ids, so that a renamed class keeps its rules.
 */
char            *ballast_settings_balance_text    (const BallastBalanceSettings *balance,
                                                   const BallastTally           *tally);
char            *ballast_settings_weights_text    (const BallastWeightOptions  *weights);
char            *ballast_settings_export_text     (const BallastExportSettings  *settings);
char            *ballast_settings_pairs_text      (const BallastClassPair       *pairs,
                                                   gsize                         n_pairs);
char            *ballast_settings_hierarchy_text  (const BallastHierarchy       *hierarchy,
                                                   const BallastTally           *tally);
char            *ballast_settings_pipeline_text   (const BallastPipeline        *pipeline,
                                                   const BallastTally           *tally);

/* The text of all classes' own pipelines after @class_id's became @pipeline (NULL: none any more).
 * NULL where no class has its own. */
char            *ballast_settings_class_pipelines_text
                                                  (const BallastSettings        *settings,
                                                   gint64                        class_id,
                                                   const BallastPipeline        *pipeline,
                                                   const BallastTally           *tally);

G_END_DECLS
