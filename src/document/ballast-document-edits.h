#pragma once

#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * The edits of a project.  Each is one transaction and one step of undo; all are asynchronous, run
 * in the order in which they were asked for, and end in ballast_document_edit_finish().  After a
 * success the document's properties are new and "changed" was emitted before the callback.
 *
 * Names are UTF-8; ids are those of the tally.  An unknown id, a name that is taken and a
 * read-only project fail with a sentence for the user.
 */
gboolean ballast_document_edit_finish            (BallastDocument              *document,
                                                  GAsyncResult                 *result,
                                                  GError                      **error);

void     ballast_document_undo_async             (BallastDocument              *document,
                                                  GCancellable                 *cancellable,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
void     ballast_document_redo_async             (BallastDocument              *document,
                                                  GCancellable                 *cancellable,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);

/* Classes. */
void     ballast_document_rename_class_async     (BallastDocument              *document,
                                                  gint64                        class_id,
                                                  const char                   *name,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* The images of all @class_ids go to @into, which may be one of them; the others cease to be. */
void     ballast_document_merge_classes_async    (BallastDocument              *document,
                                                  const gint64                 *class_ids,
                                                  gsize                         n_classes,
                                                  gint64                        into,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* The same into the first of @class_ids, which is called @name from then on. */
void     ballast_document_merge_classes_as_async (BallastDocument              *document,
                                                  const gint64                 *class_ids,
                                                  gsize                         n_classes,
                                                  const char                   *name,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* The class and its labels cease to be; its images stay, without it. */
void     ballast_document_drop_class_async       (BallastDocument              *document,
                                                  gint64                        class_id,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* @class_ids: all classes in their new order. */
void     ballast_document_reorder_classes_async  (BallastDocument              *document,
                                                  const gint64                 *class_ids,
                                                  gsize                         n_classes,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);

/* Images, by id. */
void     ballast_document_relabel_async          (BallastDocument              *document,
                                                  const gint64                 *image_ids,
                                                  gsize                         n_images,
                                                  gint64                        class_id,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
void     ballast_document_exclude_async          (BallastDocument              *document,
                                                  const gint64                 *image_ids,
                                                  gsize                         n_images,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
void     ballast_document_include_async          (BallastDocument              *document,
                                                  const gint64                 *image_ids,
                                                  gsize                         n_images,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);

/* What is done with boxes, by the ids of their annotations.  An excluded one counts nowhere, goes into
 * no export, and can come back. */
typedef enum
{
  BALLAST_BOX_RELABEL,
  BALLAST_BOX_DELETE,
  BALLAST_BOX_EXCLUDE,
  BALLAST_BOX_INCLUDE,
} BallastBoxAct;

typedef struct
{
  BallastBoxAct act;
  const gint64 *ids;
  gsize         n_ids;
  gint64        class_id; /* of RELABEL */
} BallastBoxEdit;

void     ballast_document_edit_boxes_async       (BallastDocument              *document,
                                                  const BallastBoxEdit         *boxes,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);

/* Settings.  While a handle is dragged, plan with a draft (ballast_document_dup_plan_for) and set
 * once on release: every call here is a step of undo. */
void     ballast_document_set_balance_async      (BallastDocument              *document,
                                                  const BallastBalanceSettings *balance,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* @class_id 0: the pipeline for all.  @pipeline NULL: the class uses the one for all again. */
void     ballast_document_set_pipeline_async     (BallastDocument              *document,
                                                  gint64                        class_id,
                                                  const BallastPipeline        *pipeline,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
void     ballast_document_set_weights_async      (BallastDocument              *document,
                                                  const BallastWeightOptions  *weights,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
void     ballast_document_set_export_async       (BallastDocument              *document,
                                                  const BallastExportSettings  *settings,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* The copy is drawn with other numbers from now on, in previews and exports. */
void     ballast_document_reject_copy_async      (BallastDocument              *document,
                                                  const char                   *relative_path,
                                                  guint32                       copy,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
void     ballast_document_set_pairs_async        (BallastDocument              *document,
                                                  const BallastClassPair       *pairs,
                                                  gsize                         n_pairs,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
/* @label: the step's English name, one of those in ballast-stored-text.c; NULL: "Change the
 * hierarchy".  An empty hierarchy takes it away. */
void     ballast_document_set_hierarchy_async    (BallastDocument              *document,
                                                  const BallastHierarchy       *hierarchy,
                                                  const char                   *label,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);

G_END_DECLS
