#pragma once

#include "ballast-change.h"
#include "ballast-store-private.h"

G_BEGIN_DECLS

/* An edit while it is made: what it changes, and what it calls itself. */
typedef struct
{
  BallastChangeLog log;
  const char      *code;
  GPtrArray       *arguments; /* owned strings */
  char            *label;
  const char      *gesture;   /* (nullable) */
} BallastEdit;

BallastEdit *ballast_edit_new             (const char     *code);
void         ballast_edit_free            (BallastEdit    *edit);
void         ballast_edit_add_argument    (BallastEdit    *edit,
                                           const char     *argument);

/* Brings the edit about and notes it as an undo step; nothing where it changes nothing.  In the
 * caller's transaction. */
gboolean     ballast_store_record_edit    (BallastStore   *store,
                                           BallastEdit    *edit,
                                           GError        **error);

/* Logs that the stored annotation goes. */
gboolean     ballast_edit_remove_label    (BallastEdit    *edit,
                                           BallastDb      *db,
                                           gint64          annotation_id,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastEdit, ballast_edit_free)

G_END_DECLS
