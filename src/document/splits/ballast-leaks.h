#pragma once

#include "ballast-document.h"

G_BEGIN_DECLS

/* Images of one split with a copy, a near duplicate or a member of their group in another one. */
typedef struct
{
  char    *split;
  char    *other;
  guint64  images;  /* of @split, for any of these reasons … */
  guint64  same;    /* … with the same bytes … */
  guint64  alike;   /* … that look alike, or have the same bytes … */
  guint64  grouped; /* … of one group */
  gboolean is_main; /* of the two directions the one to tell people: what is tested on, in what is
                     * trained on */
} BallastLeak;

/* (transfer full) (element-type BallastLeak): for each two splits in both directions. */
void       ballast_document_count_leaks_async  (BallastDocument      *document,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GPtrArray *ballast_document_count_leaks_finish (GAsyncResult         *result,
                                                GError              **error);

/* (transfer full): "12 images of test are also in train" */
char      *ballast_leak_dup_text               (const BallastLeak    *leak);

/* (transfer full) (nullable): the sentences of those to tell people, one a line; NULL: none. */
char      *ballast_leaks_dup_text              (const GPtrArray      *leaks);

/* (transfer full) (nullable): how many images an export uses for nothing, since they are in no split
 * and training is one; NULL: none. */
char      *ballast_leaks_dup_unplaced          (const BallastTally   *tally);

typedef enum
{
  BALLAST_MEND_EXCLUDE, /* what is trained on, and is tested on too, is excluded */
  BALLAST_MEND_MOVE,    /* what belongs together moves to where some of it is trained on */
} BallastMend;

/* One step of undo, or none where nothing leaks; ends in ballast_document_edit_finish(). */
void       ballast_document_mend_leaks_async   (BallastDocument      *document,
                                                BallastMend           mend,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);

G_END_DECLS
