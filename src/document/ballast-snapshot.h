#pragma once

#include "ballast-box-areas.h"
#include "ballast-plan-rows.h"
#include "ballast-settings.h"
#include "ballast-store.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/* What takes a look at the records to know; immutable, counted. */
typedef struct
{
  BallastPlanRows *rows;    /* the training split, where some image has several labels; or NULL */
  BallastBoxArea  *areas;   /* by class, where weights count them; or NULL */
  guint64  problems;
  double   mean_bytes;      /* of a few hundred images that count, spread over all */
  double   mean_megapixels;
  double   grey_share;      /* of the same, 0 … 1: grey or grey with alpha */
  double   deep_share;      /* grey of 16 bits */
  gboolean pending;         /* only the problems were counted: the rest is read when it is asked for */
} BallastFigures;

BallastFigures  *ballast_figures_new   (void);

/* (transfer full): on the store thread; for documents that nobody looks at. */
BallastFigures  *ballast_figures_new_pending (BallastStore *store,
                                              GError      **error);
BallastFigures  *ballast_figures_ref   (BallastFigures   *figures);
void             ballast_figures_unref (BallastFigures   *figures);

/* What a document shows without asking the project file: read at once after each change. */
typedef struct
{
  BallastTally    *tally;
  BallastSettings *settings;
  BallastFigures  *figures;
  GPtrArray       *sources;    /* of BallastSource */
  char           **parents;    /* by class: what its dataset puts it under, or "" */
  char            *title;
  char            *undo_label; /* NULL: nothing to undo */
  char            *redo_label;
  gboolean         read_only;
  gboolean         complete;   /* no import was interrupted */
} BallastSnapshot;

/*
 * (transfer full): on the store thread.  @figures (nullable): those of an earlier snapshot, where
 * the records have not changed since; NULL: they are looked at.
 */
BallastSnapshot *ballast_snapshot_read (BallastStore     *store,
                                        BallastFigures   *figures,
                                        GError          **error);
void             ballast_snapshot_free (BallastSnapshot  *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastFigures, ballast_figures_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSnapshot, ballast_snapshot_free)

G_END_DECLS
