#pragma once

#include "ballast-store.h"

G_BEGIN_DECLS

/*
 * Edits.  Each is one transaction and one undo step, or (an edit that changes nothing) none.
 * Undo and redo survive closing; a new edit clears redo.  An image that the user relabelled or
 * whose split the user set keeps that through later imports.
 *
 * NOT_FOUND for a class, split or image id that is not there; EXISTS for a name that is taken.
 */

/* What an undo step calls itself.  The window builds its own sentence from code and arguments. */
typedef struct
{
  gint64   id;
  char    *code;      /* rename-class merge-classes drop-class add-class reorder-classes relabel
                         exclude include relabel-boxes delete-boxes exclude-boxes
                         include-boxes set-split setting */
  char   **arguments; /* names and numbers in the order of the English text; of setting: key, label */
  char    *label;     /* English: Rename “trash” to “waste” */
  gint64   time_us;   /* since 1970 */
} BallastEditStep;

/* What an edit, undo or redo touched. */
typedef enum
{
  BALLAST_STORE_CHANGED_CLASSES = 1 << 0,
  BALLAST_STORE_CHANGED_IMAGES = 1 << 1,
  BALLAST_STORE_CHANGED_SETTINGS = 1 << 2,
} BallastStoreChange;

/* The new class's id, or -1. */
gint64    ballast_store_add_class        (BallastStore   *store,
                                          const char     *name,
                                          GError        **error);
gboolean  ballast_store_rename_class     (BallastStore   *store,
                                          gint64          class_id,
                                          const char     *name,
                                          GError        **error);

/* The labels of @ids become labels of @into, which may be among them; a second plain label of one
 * image goes away. */
gboolean  ballast_store_merge_classes    (BallastStore   *store,
                                          const gint64   *ids,
                                          gsize           n_ids,
                                          gint64          into,
                                          GError        **error);

/* The same into the first of @ids, at least one, which is called @name from then on: no class has
 * that name yet. */
gboolean  ballast_store_merge_classes_as (BallastStore  *store,
                                          const gint64   *ids,
                                          gsize           n_ids,
                                          const char     *name,
                                          GError        **error);

/* The class and its labels go; its images stay, without it. */
gboolean  ballast_store_drop_class       (BallastStore   *store,
                                          gint64          class_id,
                                          GError        **error);

/* @ids: every class, in the new order. */
gboolean  ballast_store_reorder_classes  (BallastStore   *store,
                                          const gint64   *ids,
                                          gsize           n_ids,
                                          GError        **error);

/* The plain labels of the images become one label of @class_id (0: none).  Boxes stay. */
gboolean  ballast_store_relabel_images   (BallastStore   *store,
                                          const gint64   *ids,
                                          gsize           n_ids,
                                          gint64          class_id,
                                          GError        **error);

gboolean  ballast_store_exclude_images   (BallastStore   *store,
                                          const gint64   *ids,
                                          gsize           n_ids,
                                          gboolean        excluded,
                                          GError        **error);

/*
 * Edits of single labels, by the ids of annotations.  A label that is put aside counts nowhere and
 * goes into no export; it is kept and can come back.
 */
gboolean  ballast_store_relabel_annotations (BallastStore   *store,
                                             const gint64   *ids,
                                             gsize           n_ids,
                                             gint64          class_id,
                                             GError        **error);
gboolean  ballast_store_delete_annotations  (BallastStore   *store,
                                             const gint64   *ids,
                                             gsize           n_ids,
                                             GError        **error);
gboolean  ballast_store_exclude_annotations (BallastStore   *store,
                                             const gint64   *ids,
                                             gsize           n_ids,
                                             gboolean        excluded,
                                             GError        **error);

/* (transfer full) (element-type BallastAnnotation): the labels of the image that were put aside,
 * without what they carry beside their boxes. */
GArray   *ballast_store_get_aside        (BallastStore   *store,
                                          gint64          image_id,
                                          GError        **error);

/* @split: its name, made where it is new; NULL: no split. */
gboolean  ballast_store_set_images_split (BallastStore   *store,
                                          const gint64   *ids,
                                          gsize           n_ids,
                                          const char     *split,
                                          GError        **error);

/* (transfer full) (nullable): the JSON text of the setting @key, NULL where it was never set. */
char     *ballast_store_dup_setting      (BallastStore   *store,
                                          const char     *key);

/*
 * Sets @key to the JSON text @value (NULL: unset).  @label is the step's English label.  Changes
 * of one key in a row with the same @gesture (a drag; NULL: none) make one step.
 */
gboolean  ballast_store_set_setting      (BallastStore   *store,
                                          const char     *key,
                                          const char     *value,
                                          const char     *label,
                                          const char     *gesture,
                                          GError        **error);

/* NOT_FOUND where there is nothing to undo.  @changed may be NULL. */
gboolean  ballast_store_undo             (BallastStore        *store,
                                          BallastStoreChange  *changed,
                                          GError             **error);
gboolean  ballast_store_redo             (BallastStore        *store,
                                          BallastStoreChange  *changed,
                                          GError             **error);

/* (transfer full) (nullable): the step that undo or redo would take. */
BallastEditStep *ballast_store_get_undo_step (BallastStore   *store);
BallastEditStep *ballast_store_get_redo_step (BallastStore   *store);

/* (transfer full) (nullable): its English label. */
char     *ballast_store_get_undo_label   (BallastStore   *store);
char     *ballast_store_get_redo_label   (BallastStore   *store);

void      ballast_edit_step_free         (BallastEditStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastEditStep, ballast_edit_step_free)

G_END_DECLS
