#pragma once

#include "ballast-grouping.h"
#include "ballast-near-set.h"
#include "ballast-split.h"
#include "ballast-store-split.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/* The images of a project as a split needs them; immutable, counted, any thread. */
typedef struct _BallastSplitData BallastSplitData;

struct _BallastSplitData
{
  gatomicrefcount   ref_count;
  BallastTally     *tally;
  guint             n_images;
  gint64           *ids;         /* ascending */
  BallastRandomKey *keys;
  guint32          *label_ends;
  GArray           *labels;      /* guint32: class indexes of the tally */
  gint64           *group_ids;   /* stored groups; 0: none */
  gint64           *split_ids;   /* 0: none */
  gsize            *folders;     /* offsets in text */
  gsize            *names;
  gsize            *fields;      /* 0: none */
  guint32          *sources;
  GString          *text;
  GArray           *copies;      /* BallastLeakMember: images with the same bytes */
};

/* Groups of images; those of one image are none. */
typedef struct
{
  guint32   *groups;   /* by image: places in names, or BALLAST_SPLIT_ALONE */
  GPtrArray *names;    /* UTF-8, distinct */
  guint32   *sizes;    /* by group */
  guint64    n_images; /* in a group */
} BallastSplitGroups;

/* (transfer full): blocks until the store thread has read it; any thread but that one. */
BallastSplitData   *ballast_split_data_load  (BallastStoreThread     *thread,
                                              GCancellable           *cancellable,
                                              GError                **error);
BallastSplitData   *ballast_split_data_ref   (BallastSplitData       *data);
void                ballast_split_data_unref (BallastSplitData       *data);

/*
 * (transfer full): @near (nullable): of NEAR_DUPLICATES.  FALSE with BALLAST_DOCUMENT_ERROR_INVALID
 * where a pattern is broken or matches nothing.
 */
BallastSplitGroups *ballast_split_data_group (const BallastSplitData *data,
                                              const BallastGrouping  *grouping,
                                              const BallastNearSet   *near,
                                              GError                **error);
void                ballast_split_groups_free (BallastSplitGroups    *groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSplitData, ballast_split_data_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSplitGroups, ballast_split_groups_free)

G_END_DECLS
