#pragma once

#include "ballast-store.h"

G_BEGIN_DECLS

/* Two readable files with the same bytes; @kind is DUPLICATE or CLASS_CONFLICT.  Those in two splits
 * become SPLIT_LEAKs, and follow the splits from then on. */
typedef struct
{
  BallastProblemKind kind;
  gint64             image_id;
  gint64             other_image_id;
} BallastDuplicate;

/* A file that has its size and its beginning in common with another one. */
typedef struct
{
  guint64 size_bytes;
  guint64 head_hash;
  gint64  image_id;
} BallastSameHead;

/* Fills @counts[kind], 0 … BALLAST_PROBLEM_KIND_LAST, with those too that have no row of their own. */
gboolean   ballast_store_count_problems     (BallastStore            *store,
                                             guint64                 *counts,
                                             GError                 **error);

/* (transfer full) (element-type BallastProblem): @limit of them after @after_id, of @kind or (0)
 * of all kinds.  Paths of images are filled in. */
GArray    *ballast_store_page_problems      (BallastStore            *store,
                                             BallastProblemKind       kind,
                                             gint64                   after_id,
                                             guint                    limit,
                                             GError                 **error);

/* (transfer full) (element-type BallastProblem): the first @limit that an image is a side of, by index:
 * as fast however many problems there are. */
GArray    *ballast_store_get_problems_of_image (BallastStore         *store,
                                             gint64                   image_id,
                                             guint                    limit,
                                             GError                 **error);

/* (transfer full) (element-type BallastSameHead): by size, beginning and id.  Files that agree with
 * no other one in both are left out, and so are images that are gone or unreadable. */
GArray    *ballast_store_get_same_heads     (BallastStore            *store,
                                             GCancellable            *cancellable,
                                             GError                 **error);

/* Replaces all that is known of duplicates, in one transaction.  No edit: it cannot be undone. */
gboolean   ballast_store_set_duplicates     (BallastStore            *store,
                                             const BallastDuplicate  *duplicates,
                                             gsize                    n_duplicates,
                                             GError                 **error);

G_END_DECLS
