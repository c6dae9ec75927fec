#pragma once

#include "ballast-settings.h"
#include "ballast-store.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/* What a document shows without asking the project file: read at once after each change. */
typedef struct
{
  BallastTally    *tally;
  BallastSettings *settings;
  guint64         *shared;     /* per class: training images that hold another class too; or NULL */
  GPtrArray       *sources;    /* of BallastSource */
  char            *title;
  char            *undo_label; /* NULL: nothing to undo */
  char            *redo_label;
  guint64          problems;
  double           mean_bytes;      /* of a few hundred images that count, spread over all */
  double           mean_megapixels;
  gboolean         read_only;
  gboolean         complete;   /* no import was interrupted */
} BallastSnapshot;

/* (transfer full): on the store thread. */
BallastSnapshot *ballast_snapshot_read (BallastStore     *store,
                                        GError          **error);
void             ballast_snapshot_free (BallastSnapshot  *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSnapshot, ballast_snapshot_free)

G_END_DECLS
