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

/* Logs that the split is shown, where it is hidden.  Last of its edit: going back, it is hidden when
 * its images have left it. */
gboolean     ballast_edit_show_split      (BallastEdit    *edit,
                                           BallastDb      *db,
                                           gint64          split_id,
                                           GError        **error);

/* Logs that the labels of @class_id that were put aside become those of @becomes (0: they go). */
gboolean     ballast_edit_move_aside      (BallastEdit    *edit,
                                           BallastDb      *db,
                                           gint64          class_id,
                                           gint64          becomes,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastEdit, ballast_edit_free)

/* A label of a class. */
typedef struct
{
  gint64   id;
  gint64   class_id;
  gboolean is_plain; /* without a box */
} BallastClassLabel;

/* Adds the labels of the class to @labels (of BallastClassLabel). */
gboolean ballast_store_list_labels      (BallastDb    *db,
                                         gint64        class_id,
                                         GArray       *labels,
                                         GError      **error);

/* EXISTS where a class that is shown has the name; FAILED where it is no name. */
gboolean ballast_store_check_class_name (BallastDb    *db,
                                         const char   *name,
                                         GError      **error);

/* Hides the class, and leads the names of sources to @becomes (0: to nothing). */
gboolean ballast_edit_hide_class        (BallastEdit  *edit,
                                         BallastDb    *db,
                                         gint64        class_id,
                                         gint64        becomes,
                                         GError      **error);

G_END_DECLS
