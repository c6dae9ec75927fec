#pragma once

#include "ballast-grouping.h"
#include "ballast-near-set.h"
#include "ballast-split.h"

G_BEGIN_DECLS

/* What is asked for. */
typedef struct
{
  BallastSplitOptions options;
  BallastGrouping     grouping;
  gboolean            only_groups; /* splits stay as they are */
  char               *from;        /* (nullable): the images of this split alone are divided; "": those
                                    * that are in none */
} BallastSplitRequest;

/* Options by default; the groups that are stored. */
void                ballast_split_request_init  (BallastSplitRequest       *request);
void                ballast_split_request_copy  (const BallastSplitRequest *request,
                                                 BallastSplitRequest       *copy);
void                ballast_split_request_clear (BallastSplitRequest       *request);

/* What would come of it: nothing is changed yet.  Immutable, counted. */
typedef struct _BallastSplitPlan BallastSplitPlan;

BallastSplitPlan   *ballast_split_plan_ref           (BallastSplitPlan       *plan);
void                ballast_split_plan_unref         (BallastSplitPlan       *plan);

/* (transfer none) (nullable): NULL where only groups were asked for. */
const BallastSplit *ballast_split_plan_get_split     (const BallastSplitPlan *plan);
const BallastSplitRequest *ballast_split_plan_get_request (const BallastSplitPlan *plan);
/* (transfer none): names of the classes of the split, in its order. */
BallastTally       *ballast_split_plan_get_tally     (const BallastSplitPlan *plan);
/* (transfer none) (element-type BallastSplitWarning) */
const GPtrArray    *ballast_split_plan_get_warnings  (const BallastSplitPlan *plan);
/* All images that count; those that are divided are of ballast_split_plan_get_split(). */
guint               ballast_split_plan_get_n_images  (const BallastSplitPlan *plan);

/* Groups of two images or more. */
guint               ballast_split_plan_get_n_groups  (const BallastSplitPlan *plan);
guint64             ballast_split_plan_get_n_grouped (const BallastSplitPlan *plan);
/* (transfer none): the name of the @place-th largest group; NULL: there are fewer. */
const char         *ballast_split_plan_get_large_group (const BallastSplitPlan *plan,
                                                 guint                     place,
                                                 guint                    *n_images);

typedef struct _BallastSplitter BallastSplitter;

/*
 * Makes plans.  Keeps the records it read until the project's change, so that the second plan costs no
 * look at the file.  Main thread; counted.
 */
BallastSplitter    *ballast_splitter_new             (BallastDocument        *document);
BallastSplitter    *ballast_splitter_ref             (BallastSplitter        *splitter);
void                ballast_splitter_unref           (BallastSplitter        *splitter);

/* What plans by near duplicates go by: the result of ballast_document_find_near_duplicates(). */
void                ballast_splitter_set_near        (BallastSplitter        *splitter,
                                                      BallastNearSet         *near);

/* Off the main thread.  Fails with BALLAST_DOCUMENT_ERROR_INVALID for a pattern that matches nothing,
 * and for near duplicates that have not been looked for. */
void                ballast_splitter_plan_async      (BallastSplitter           *splitter,
                                                      const BallastSplitRequest *request,
                                                      GCancellable              *cancellable,
                                                      GAsyncReadyCallback        callback,
                                                      gpointer                   user_data);
/* (transfer full): must be called, on the main thread. */
BallastSplitPlan   *ballast_splitter_plan_finish     (GAsyncResult              *result,
                                                      GError                   **error);

/* One step of undo; ends in ballast_document_edit_finish(). */
void                ballast_document_apply_split_async (BallastDocument      *document,
                                                      BallastSplitPlan       *plan,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastSplitRequest, ballast_split_request_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSplitPlan, ballast_split_plan_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSplitter, ballast_splitter_unref)

G_END_DECLS
