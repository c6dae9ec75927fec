#pragma once

#include "ballast-document.h"
#include "ballast-problem.h"

G_BEGIN_DECLS

/* What to offer beside a kind of problem. */
typedef enum
{
  BALLAST_REMEDY_NONE,
  BALLAST_REMEDY_SHOW,    /* open the images that have it */
  BALLAST_REMEDY_REVIEW,  /* look at the pairs: the same picture in two classes or splits */
  BALLAST_REMEDY_EXCLUDE, /* leave the second copies out */
  BALLAST_REMEDY_MERGE,   /* merge the classes whose names differ only in case */
  BALLAST_REMEDY_LEAK,    /* bring what belongs together into one split, or exclude it */
} BallastRemedy;

/*
 * All problems of one kind.  Properties, read-only: "kind" (uint), "severity" (uint), "count"
 * (uint64), "title" (string, a sentence: "3 pictures stand in two classes"), "examples" (string:
 * "glass176.jpg = plastic152.jpg, …"), "advice" (string: what to do), "remedy" (uint).
 */
#define BALLAST_TYPE_PROBLEM_GROUP (ballast_problem_group_get_type ())
G_DECLARE_FINAL_TYPE (BallastProblemGroup, ballast_problem_group, BALLAST, PROBLEM_GROUP, GObject)

BallastProblemKind    ballast_problem_group_get_kind     (BallastProblemGroup  *group);
BallastSeverity       ballast_problem_group_get_severity (BallastProblemGroup  *group);
guint64               ballast_problem_group_get_count    (BallastProblemGroup  *group);
const char           *ballast_problem_group_get_title    (BallastProblemGroup  *group);
const char           *ballast_problem_group_get_examples (BallastProblemGroup  *group);
const char           *ballast_problem_group_get_advice   (BallastProblemGroup  *group);
BallastRemedy         ballast_problem_group_get_remedy   (BallastProblemGroup  *group);

/* The first problems of the group, at most 100; @n_problems may be NULL. */
const BallastProblem *ballast_problem_group_get_problems (BallastProblemGroup  *group,
                                                          guint                *n_problems);

/* Errors first, then warnings, then notes: a GListModel of BallastProblemGroup. */
void                  ballast_problem_list_query_async   (BallastDocument      *document,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
/* (transfer full) */
GListModel           *ballast_problem_list_query_finish  (GAsyncResult         *result,
                                                          GError              **error);

/* Problems one by one, for lists on paper: @limit after @after_id (0: from the first), without those
 * that an edit has settled. */
void                  ballast_problem_page_async         (BallastDocument      *document,
                                                          gint64                after_id,
                                                          guint                 limit,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
/* (transfer full) (element-type BallastProblem): @next_id is for the next page, -1: there is none. */
GArray               *ballast_problem_page_finish        (GAsyncResult         *result,
                                                          gint64               *next_id,
                                                          GError              **error);

G_END_DECLS
