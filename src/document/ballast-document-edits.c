/*
 * The edits: what each one asks of the store.
 *
 * An edit's inputs are copied into a closure that runs on the store thread; it sees neither the
 * document nor anything else of the main thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-edits.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ballast-document-error.h"
#include "ballast-document-private.h"
#include "ballast-settings-private.h"
#include "ballast-store-edit.h"

/* The inputs of any edit of classes and images. */
typedef struct
{
  gint64  *ids;
  gsize    n_ids;
  gint64   id;
  char    *name;
  gboolean flag;
} RecordEdit;

static void
record_edit_free (RecordEdit *edit)
{
  g_free (edit->ids);
  g_free (edit->name);
  g_free (edit);
}

static RecordEdit *
record_edit_new (const gint64 *ids,
                 gsize         n_ids,
                 gint64        id,
                 const char   *name)
{
  RecordEdit *edit = g_new0 (RecordEdit, 1);

  edit->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  edit->n_ids = n_ids;
  edit->id = id;
  edit->name = g_strdup (name);
  return edit;
}

/* Takes @record. */
static void
start_record_edit (BallastDocument    *self,
                   BallastEditFunc     func,
                   RecordEdit         *record,
                   BallastChanged      changed,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  BallastEdit edit = { func, record, (GDestroyNotify) record_edit_free, changed };

  ballast_document_edit_async (self, &edit, NULL, callback, user_data);
}

#define CHANGED_ALL_RECORDS \
  (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_PROBLEMS)

static BallastChanged
changed_of_store (BallastStoreChange store_changed)
{
  BallastChanged changed = 0;

  if ((store_changed & BALLAST_STORE_CHANGED_CLASSES) != 0)
    changed |= CHANGED_ALL_RECORDS;
  if ((store_changed & BALLAST_STORE_CHANGED_IMAGES) != 0)
    changed |= BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_PROBLEMS;
  if ((store_changed & BALLAST_STORE_CHANGED_SETTINGS) != 0)
    changed |= BALLAST_CHANGED_SETTINGS;
  return changed;
}

static gboolean
undo_in_thread (BallastStore   *store,
                gpointer        data,
                BallastChanged *changed,
                GError        **error)
{
  BallastStoreChange store_changed = 0;

  if (!ballast_store_undo (store, &store_changed, error))
    return FALSE;
  *changed = changed_of_store (store_changed);
  return TRUE;
}

static gboolean
redo_in_thread (BallastStore   *store,
                gpointer        data,
                BallastChanged *changed,
                GError        **error)
{
  BallastStoreChange store_changed = 0;

  if (!ballast_store_redo (store, &store_changed, error))
    return FALSE;
  *changed = changed_of_store (store_changed);
  return TRUE;
}

void
ballast_document_undo_async (BallastDocument    *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  BallastEdit edit = { undo_in_thread };

  ballast_document_edit_async (self, &edit, cancellable, callback, user_data);
}

void
ballast_document_redo_async (BallastDocument    *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  BallastEdit edit = { redo_in_thread };

  ballast_document_edit_async (self, &edit, cancellable, callback, user_data);
}

static gboolean
rename_in_thread (BallastStore   *store,
                  gpointer        data,
                  BallastChanged *changed,
                  GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_rename_class (store, edit->id, edit->name, error);
}

void
ballast_document_rename_class_async (BallastDocument    *self,
                                     gint64              class_id,
                                     const char         *name,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  /* Settings name classes: they are read again. */
  start_record_edit (self, rename_in_thread, record_edit_new (NULL, 0, class_id, name),
                     BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_SETTINGS, callback, user_data);
}

static gboolean
merge_in_thread (BallastStore   *store,
                 gpointer        data,
                 BallastChanged *changed,
                 GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_merge_classes (store, edit->ids, edit->n_ids, edit->id, error);
}

void
ballast_document_merge_classes_async (BallastDocument    *self,
                                      const gint64       *class_ids,
                                      gsize               n_classes,
                                      gint64              into,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  start_record_edit (self, merge_in_thread, record_edit_new (class_ids, n_classes, into, NULL),
                     CHANGED_ALL_RECORDS, callback, user_data);
}

static gboolean
merge_as_in_thread (BallastStore   *store,
                    gpointer        data,
                    BallastChanged *changed,
                    GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_merge_classes_as (store, edit->ids, edit->n_ids, edit->name, error);
}

void
ballast_document_merge_classes_as_async (BallastDocument    *self,
                                         const gint64       *class_ids,
                                         gsize               n_classes,
                                         const char         *name,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data)
{
  start_record_edit (self, merge_as_in_thread, record_edit_new (class_ids, n_classes, 0, name),
                     CHANGED_ALL_RECORDS | BALLAST_CHANGED_SETTINGS, callback, user_data);
}

static gboolean
drop_in_thread (BallastStore   *store,
                gpointer        data,
                BallastChanged *changed,
                GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_drop_class (store, edit->id, error);
}

void
ballast_document_drop_class_async (BallastDocument    *self,
                                   gint64              class_id,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  start_record_edit (self, drop_in_thread, record_edit_new (NULL, 0, class_id, NULL),
                     CHANGED_ALL_RECORDS, callback, user_data);
}

static gboolean
reorder_in_thread (BallastStore   *store,
                   gpointer        data,
                   BallastChanged *changed,
                   GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_reorder_classes (store, edit->ids, edit->n_ids, error);
}

void
ballast_document_reorder_classes_async (BallastDocument    *self,
                                        const gint64       *class_ids,
                                        gsize               n_classes,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  start_record_edit (self, reorder_in_thread, record_edit_new (class_ids, n_classes, 0, NULL),
                     BALLAST_CHANGED_CLASSES, callback, user_data);
}

static gboolean
relabel_in_thread (BallastStore   *store,
                   gpointer        data,
                   BallastChanged *changed,
                   GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_relabel_images (store, edit->ids, edit->n_ids, edit->id, error);
}

void
ballast_document_relabel_async (BallastDocument    *self,
                                const gint64       *image_ids,
                                gsize               n_images,
                                gint64              class_id,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  start_record_edit (self, relabel_in_thread,
                     record_edit_new (image_ids, n_images, class_id, NULL),
                     BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_PROBLEMS, callback, user_data);
}

static gboolean
exclude_in_thread (BallastStore   *store,
                   gpointer        data,
                   BallastChanged *changed,
                   GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_exclude_images (store, edit->ids, edit->n_ids, edit->flag, error);
}

static void
start_exclude (BallastDocument    *self,
               RecordEdit         *edit,
               gboolean            excluded,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  edit->flag = excluded;
  start_record_edit (self, exclude_in_thread, edit,
                     BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_PROBLEMS, callback, user_data);
}

void
ballast_document_exclude_async (BallastDocument    *self,
                                const gint64       *image_ids,
                                gsize               n_images,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  start_exclude (self, record_edit_new (image_ids, n_images, 0, NULL), TRUE, callback, user_data);
}

void
ballast_document_include_async (BallastDocument    *self,
                                const gint64       *image_ids,
                                gsize               n_images,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  start_exclude (self, record_edit_new (image_ids, n_images, 0, NULL), FALSE, callback, user_data);
}

static gboolean
relabel_boxes_in_thread (BallastStore   *store,
                         gpointer        data,
                         BallastChanged *changed,
                         GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_relabel_annotations (store, edit->ids, edit->n_ids, edit->id, error);
}

static gboolean
delete_boxes_in_thread (BallastStore   *store,
                        gpointer        data,
                        BallastChanged *changed,
                        GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_delete_annotations (store, edit->ids, edit->n_ids, error);
}

static gboolean
exclude_boxes_in_thread (BallastStore   *store,
                         gpointer        data,
                         BallastChanged *changed,
                         GError        **error)
{
  RecordEdit *edit = data;

  return ballast_store_exclude_annotations (store, edit->ids, edit->n_ids, edit->flag, error);
}

void
ballast_document_edit_boxes_async (BallastDocument      *self,
                                   const BallastBoxEdit *boxes,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  static const BallastEditFunc funcs[] = {
    [BALLAST_BOX_RELABEL] = relabel_boxes_in_thread,
    [BALLAST_BOX_DELETE] = delete_boxes_in_thread,
    [BALLAST_BOX_EXCLUDE] = exclude_boxes_in_thread,
    [BALLAST_BOX_INCLUDE] = exclude_boxes_in_thread,
  };
  RecordEdit *edit = record_edit_new (boxes->ids, boxes->n_ids, boxes->class_id, NULL);

  edit->flag = boxes->act == BALLAST_BOX_EXCLUDE;
  start_record_edit (self, funcs[boxes->act], edit,
                     BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_PROBLEMS, callback, user_data);
}

/* Settings. */

typedef struct
{
  const char *key;
  char       *text;  /* NULL: unset */
  char       *label;
} SettingEdit;

static void
setting_edit_free (SettingEdit *edit)
{
  g_free (edit->text);
  g_free (edit->label);
  g_free (edit);
}

static gboolean
setting_in_thread (BallastStore   *store,
                   gpointer        data,
                   BallastChanged *changed,
                   GError        **error)
{
  SettingEdit *edit = data;

  return ballast_store_set_setting (store, edit->key, edit->text, edit->label, NULL, error);
}

/* Takes @text; @label is the step's name for people. */
static void
start_setting_edit (BallastDocument    *self,
                    const SettingEdit  *setting,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  BallastEdit edit = { setting_in_thread, g_memdup2 (setting, sizeof *setting),
                       (GDestroyNotify) setting_edit_free, BALLAST_CHANGED_SETTINGS };

  ballast_document_edit_async (self, &edit, NULL, callback, user_data);
}

void
ballast_document_set_balance_async (BallastDocument              *self,
                                    const BallastBalanceSettings *balance,
                                    GAsyncReadyCallback           callback,
                                    gpointer                      user_data)
{
  SettingEdit edit = { BALLAST_KEY_BALANCE,
                       ballast_settings_balance_text (balance, ballast_document_get_tally (self)),
                       g_strdup ("Change how classes are balanced") };

  start_setting_edit (self, &edit, callback, user_data);
}

/* The name of a class that must exist; NULL after failing the caller's edit. */
static const char *
class_name_or_fail (BallastDocument    *self,
                    gint64              class_id,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  const BallastClassTally *class;

  class = ballast_tally_find_class_by_id (ballast_document_get_tally (self), class_id);
  if (class != NULL)
    return class->name;

  ballast_document_edit_fail (self, g_error_new (BALLAST_DOCUMENT_ERROR,
                                                 BALLAST_DOCUMENT_ERROR_INVALID,
                                                 _("There is no class with the number %"
                                                    PRId64 "."), class_id),
                              callback, user_data);
  return NULL;
}

typedef struct
{
  gint64           class_id;
  BallastPipeline *pipeline; /* NULL: none of its own */
  char            *label;
} PipelineEdit;

static void
pipeline_edit_free (PipelineEdit *edit)
{
  g_clear_pointer (&edit->pipeline, ballast_pipeline_free);
  g_free (edit->label);
  g_free (edit);
}

/* The pipelines of all classes are one setting, so it is read and written in one go, here. */
static gboolean
class_pipeline_in_thread (BallastStore   *store,
                          gpointer        data,
                          BallastChanged *changed,
                          GError        **error)
{
  PipelineEdit *edit = data;
  g_autoptr(BallastTally) tally = ballast_store_get_tally (store, error);
  g_autoptr(BallastSettings) settings = NULL;
  g_autofree char *text = NULL;

  if (tally == NULL)
    return FALSE;
  settings = ballast_settings_read (store, tally);
  text = ballast_settings_class_pipelines_text (settings, edit->class_id, edit->pipeline, tally);
  return ballast_store_set_setting (store, BALLAST_KEY_CLASS_PIPELINES, text, edit->label, NULL,
                                    error);
}

static void
start_class_pipeline_edit (BallastDocument    *self,
                           const PipelineEdit *pipeline,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  BallastEdit edit = { class_pipeline_in_thread, g_memdup2 (pipeline, sizeof *pipeline),
                       (GDestroyNotify) pipeline_edit_free, BALLAST_CHANGED_SETTINGS };

  ballast_document_edit_async (self, &edit, NULL, callback, user_data);
}

void
ballast_document_set_pipeline_async (BallastDocument       *self,
                                     gint64                 class_id,
                                     const BallastPipeline *pipeline,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data)
{
  SettingEdit edit = { BALLAST_KEY_PIPELINE };
  PipelineEdit class_edit = { class_id };
  const char *name;

  if (class_id == 0)
    {
      if (pipeline != NULL)
        edit.text = ballast_settings_pipeline_text (pipeline, ballast_document_get_tally (self));
      edit.label = g_strdup ("Change the augmentation");
      start_setting_edit (self, &edit, callback, user_data);
      return;
    }

  name = class_name_or_fail (self, class_id, callback, user_data);
  if (name == NULL)
    return;
  class_edit.pipeline = pipeline == NULL ? NULL : ballast_pipeline_copy (pipeline);
  class_edit.label = g_strdup_printf ("Change the augmentation of “%s”", name);
  start_class_pipeline_edit (self, &class_edit, callback, user_data);
}

void
ballast_document_set_weights_async (BallastDocument            *self,
                                    const BallastWeightOptions *weights,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data)
{
  SettingEdit edit = { BALLAST_KEY_WEIGHTS, ballast_settings_weights_text (weights),
                       g_strdup ("Change the class weights") };

  start_setting_edit (self, &edit, callback, user_data);
}

void
ballast_document_set_export_async (BallastDocument             *self,
                                   const BallastExportSettings *settings,
                                   GAsyncReadyCallback          callback,
                                   gpointer                     user_data)
{
  SettingEdit edit = { BALLAST_KEY_EXPORT, ballast_settings_export_text (settings),
                       g_strdup ("Change the export") };

  start_setting_edit (self, &edit, callback, user_data);
}

void
ballast_document_reject_copy_async (BallastDocument    *self,
                                    const char         *relative_path,
                                    guint32             copy,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  const BallastRedraws *old = ballast_settings_get_redraws (ballast_document_get_settings (self));
  g_autoptr(BallastRedraws) redraws = ballast_redraws_reject (old, relative_path, copy);
  SettingEdit edit = { BALLAST_KEY_REDRAWS, ballast_redraws_to_json (redraws),
                       g_strdup ("Reject a copy") };

  start_setting_edit (self, &edit, callback, user_data);
}

void
ballast_document_set_pairs_async (BallastDocument        *self,
                                  const BallastClassPair *pairs,
                                  gsize                   n_pairs,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data)
{
  SettingEdit edit = { BALLAST_KEY_PAIRS,
                       n_pairs == 0 ? NULL : ballast_settings_pairs_text (pairs, n_pairs),
                       g_strdup ("Change which classes a mirror swaps") };

  start_setting_edit (self, &edit, callback, user_data);
}

void
ballast_document_set_hierarchy_async (BallastDocument        *self,
                                      const BallastHierarchy *hierarchy,
                                      const char             *label,
                                      GAsyncReadyCallback     callback,
                                      gpointer                user_data)
{
  SettingEdit edit = { BALLAST_KEY_HIERARCHY };

  if (!ballast_hierarchy_is_empty (hierarchy))
    edit.text = ballast_settings_hierarchy_text (hierarchy, ballast_document_get_tally (self));
  edit.label = g_strdup (label != NULL ? label : "Change the hierarchy");
  start_setting_edit (self, &edit, callback, user_data);
}
