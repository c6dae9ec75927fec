#pragma once

#include "ballast-export-plan.h"
#include "ballast-export-run.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/*
 * All that an export follows from: one state of the project, read once and kept to the end.
 * Belongs to the thread of the job.  Begin with zeros.
 */
typedef struct
{
  BallastSnapshot      *snapshot;
  BallastExportSettings settings;
  BallastPlan          *plan;
  BallastWeights       *weights;
  BallastExportOptions  options;       /* borrows from the others */
  char                 *pipeline_json;
  const char          **class_names;
  const char          **class_parents;
  gint64               *class_numbers;
  BallastExportChoices  choices;
  int                  *root_fds;      /* by source */
  gboolean             *follows_links; /* by source */
} BallastExportSetup;

/* @settings NULL: those of the project. */
gboolean          ballast_export_setup_read     (BallastExportSetup           *setup,
                                                 BallastStoreThread           *thread,
                                                 const BallastExportSettings  *settings,
                                                 GCancellable                 *cancellable,
                                                 GError                      **error);
void              ballast_export_setup_clear    (BallastExportSetup           *setup);

/* (transfer full): what else than the options decides the bytes: the choices, and the pipelines of
 * single classes. */
char             *ballast_export_setup_dup_fingerprint (const BallastExportSetup *setup);

/* FALSE where the disk of @dest is too small. */
gboolean          ballast_export_setup_has_room (const BallastExportSetup     *setup,
                                                 const char                   *dest,
                                                 GError                      **error);

/* (transfer full): new, or continued where an interrupted run followed from the same. */
BallastExportRun *ballast_export_setup_open_run (const BallastExportSetup     *setup,
                                                 const char                   *dest,
                                                 GError                      **error);

G_END_DECLS
