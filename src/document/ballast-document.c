/*
 * An open project: the one thing that both front ends talk to.
 *
 * The object lives on the main thread.  The project file is on the store thread, a long job has a
 * thread of its own; both send their results here as a new snapshot.  The invariant: what the
 * properties say is one state of the project file, never a mixture of two.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-document-error.h"
#include "ballast-path.h"

struct _BallastDocument
{
  GObject parent_instance;

  BallastStoreThread *thread;
  char               *path;
  char               *subtitle;
  BallastSnapshot    *snapshot;
  BallastJob         *job;
  GThread            *worker; /* of the job */
  BallastPlanner     *planner; /* NULL: plans are made at once */
  GWeakRef           *door;   /* to this object, for other threads; a reference-counted box */
  gboolean            closed;
};

enum
{
  PROP_0,
  PROP_PATH,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_TALLY,
  PROP_SETTINGS,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_READ_ONLY,
  PROP_JOB,
  PROP_BUSY,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_PLANNED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastDocument, ballast_document, G_TYPE_OBJECT)

G_DEFINE_FLAGS_TYPE (BallastChanged, ballast_changed,
                     G_DEFINE_ENUM_VALUE (BALLAST_CHANGED_RECORDS, "records"),
                     G_DEFINE_ENUM_VALUE (BALLAST_CHANGED_CLASSES, "classes"),
                     G_DEFINE_ENUM_VALUE (BALLAST_CHANGED_SETTINGS, "settings"),
                     G_DEFINE_ENUM_VALUE (BALLAST_CHANGED_PROBLEMS, "problems"))

static char *
describe (const BallastTally *tally)
{
  g_autofree char *images
    = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " image", "%'" PRIu64 " images",
                                    MIN (tally->images, G_MAXULONG)), tally->images);
  g_autofree char *classes
    = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class", "%u classes", tally->n_classes),
                       tally->n_classes);
  g_autofree char *objects = NULL;

  /* Translators: "2 527 images · 6 classes". */
  if (tally->boxes == 0)
    return g_strdup_printf (_("%s · %s"), images, classes);
  objects = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'" PRIu64 " object",
                                          "%'" PRIu64 " objects", MIN (tally->boxes, G_MAXULONG)),
                             tally->boxes);
  /* Translators: "364 images · 4 888 objects · 3 classes". */
  return g_strdup_printf (_("%s · %s · %s"), images, objects, classes);
}

/* Takes @snapshot over and tells everybody, once. */
static void
apply_snapshot (BallastDocument *self,
                BallastSnapshot *snapshot,
                BallastChanged   changed)
{
  GObject *object = G_OBJECT (self);

  g_clear_pointer (&self->snapshot, ballast_snapshot_free);
  self->snapshot = snapshot;
  g_free (self->subtitle);
  self->subtitle = describe (snapshot->tally);

  g_object_freeze_notify (object);
  for (guint id = PROP_TITLE; id <= PROP_READ_ONLY; id++)
    if (id != PROP_SETTINGS || (changed & (BALLAST_CHANGED_SETTINGS | BALLAST_CHANGED_CLASSES)) != 0)
      g_object_notify_by_pspec (object, properties[id]);
  g_object_thaw_notify (object);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changed);
}

static void
ballast_document_dispose (GObject *object)
{
  ballast_document_close (BALLAST_DOCUMENT (object));
  G_OBJECT_CLASS (ballast_document_parent_class)->dispose (object);
}

static void
ballast_document_finalize (GObject *object)
{
  BallastDocument *self = BALLAST_DOCUMENT (object);

  g_clear_pointer (&self->thread, ballast_store_thread_unref);
  g_clear_pointer (&self->snapshot, ballast_snapshot_free);
  g_clear_pointer (&self->door, ballast_door_unref);
  g_clear_object (&self->planner);
  g_free (self->path);
  g_free (self->subtitle);
  G_OBJECT_CLASS (ballast_document_parent_class)->finalize (object);
}

static void
ballast_document_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  BallastDocument *self = BALLAST_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->snapshot->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_TALLY:
      g_value_set_boxed (value, self->snapshot->tally);
      break;
    case PROP_SETTINGS:
      g_value_set_boxed (value, self->snapshot->settings);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, ballast_document_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, ballast_document_get_can_redo (self));
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->snapshot->undo_label);
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, self->snapshot->redo_label);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->snapshot->read_only);
      break;
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->job != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_document_class_init (BallastDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ballast_document_dispose;
  object_class->finalize = ballast_document_finalize;
  object_class->get_property = ballast_document_get_property;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_TALLY] = g_param_spec_boxed ("tally", NULL, NULL, BALLAST_TYPE_TALLY, flags);
  properties[PROP_SETTINGS] = g_param_spec_boxed ("settings", NULL, NULL, BALLAST_TYPE_SETTINGS,
                                                  flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, flags);
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, BALLAST_TYPE_JOB, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          BALLAST_TYPE_CHANGED);
  signals[SIGNAL_PLANNED] = g_signal_new ("planned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_document_init (BallastDocument *self)
{
  self->door = g_atomic_rc_box_new0 (GWeakRef);
  g_weak_ref_init (self->door, self);
}

BallastDocument *
ballast_document_new (BallastStoreThread *thread,
                      const char         *path,
                      BallastSnapshot    *snapshot)
{
  BallastDocument *self = g_object_new (BALLAST_TYPE_DOCUMENT, NULL);

  self->thread = ballast_store_thread_ref (thread);
  self->path = g_strdup (path);
  self->snapshot = snapshot;
  self->subtitle = describe (snapshot->tally);
  return self;
}

void
ballast_document_close (BallastDocument *self)
{
  g_return_if_fail (BALLAST_IS_DOCUMENT (self));

  if (self->closed)
    return;

  self->closed = TRUE;
  if (self->planner != NULL)
    ballast_planner_cancel (self->planner);
  if (self->job != NULL)
    {
      ballast_job_cancel (self->job);
      g_signal_handlers_disconnect_by_data (self->job, self);
    }
  /* The worker ends its session on the store thread, so it goes first. */
  if (self->worker != NULL)
    g_thread_join (g_steal_pointer (&self->worker));
  g_clear_object (&self->job);
  if (self->thread != NULL)
    ballast_store_thread_stop (self->thread);
}

/* Edits. */

static void
edit_free (BallastEdit *edit)
{
  if (edit->destroy != NULL)
    edit->destroy (edit->data);
  g_clear_pointer (&edit->figures, ballast_figures_unref);
  g_free (edit);
}

static void
edit_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  BallastEdit *edit = task_data;
  BallastSnapshot *snapshot = NULL;
  GError *error = NULL;

  if (edit->func (store, edit->data, &edit->changed, &error))
    snapshot = ballast_snapshot_read (store, edit->changed == BALLAST_CHANGED_SETTINGS
                                               ? edit->figures : NULL, &error);

  if (snapshot == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, snapshot, (GDestroyNotify) ballast_snapshot_free);
}

static void
edit_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BallastDocument *self = BALLAST_DOCUMENT (source);
  g_autoptr(GTask) task = G_TASK (user_data);
  BallastEdit *edit = g_task_get_task_data (G_TASK (result));
  BallastSnapshot *snapshot;
  GError *error = NULL;

  snapshot = g_task_propagate_pointer (G_TASK (result), &error);
  if (snapshot == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  apply_snapshot (self, snapshot, edit->changed);
  g_task_return_boolean (task, TRUE);
}

void
ballast_document_edit_async (BallastDocument    *self,
                             const BallastEdit  *edit,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  BallastEdit *copy;
  GTask *task, *inner;

  g_return_if_fail (BALLAST_IS_DOCUMENT (self));

  copy = g_memdup2 (edit, sizeof *edit);
  copy->figures = ballast_figures_ref (self->snapshot->figures);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ballast_document_edit_async);
  inner = g_task_new (self, cancellable, edit_done, task);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, copy, (GDestroyNotify) edit_free);
  ballast_store_thread_run (self->thread, inner, edit_in_thread);
}

void
ballast_document_edit_fail (BallastDocument    *self,
                            GError             *error,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ballast_document_edit_async);
  g_task_return_error (task, error);
}

gboolean
ballast_document_edit_finish (BallastDocument *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Jobs. */

static void
on_job_finished (BallastJob      *job,
                 BallastDocument *self)
{
  g_signal_handlers_disconnect_by_data (job, self);
  if (self->worker != NULL)
    g_thread_join (g_steal_pointer (&self->worker));
  g_clear_object (&self->job);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* What a job's thread owns. */
typedef struct
{
  GThreadFunc    func;
  gpointer       run;
  GDestroyNotify destroy;
} JobThread;

static gpointer
job_thread (gpointer data)
{
  JobThread *thread = data;

  thread->func (thread->run);
  thread->destroy (thread->run);
  g_free (thread);
  return NULL;
}

gboolean
ballast_document_start_job (BallastDocument *self,
                            BallastJob      *job,
                            GThreadFunc      func,
                            gpointer         run,
                            GDestroyNotify   destroy)
{
  JobThread *thread;

  if (self->job != NULL || self->closed)
    {
      ballast_job_finish (job, NULL, NULL,
                          g_error_new (BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_BUSY,
                                       _("“%s” is still busy with: %s."),
                                       self->snapshot->title,
                                       self->job == NULL ? "closing"
                                                         : ballast_job_get_title (self->job)));
      destroy (run);
      return FALSE;
    }

  self->job = g_object_ref (job);
  g_signal_connect (job, "finished", G_CALLBACK (on_job_finished), self);
  thread = g_new (JobThread, 1);
  *thread = (JobThread) { func, run, destroy };
  self->worker = g_thread_new ("job", job_thread, thread);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  return TRUE;
}

typedef struct
{
  GWeakRef        *door;
  BallastSnapshot *snapshot;
  BallastChanged   changed;
} Post;

static void
post_free (Post *post)
{
  ballast_door_unref (post->door);
  g_clear_pointer (&post->snapshot, ballast_snapshot_free);
  g_free (post);
}

static gboolean
on_snapshot_posted (gpointer user_data)
{
  Post *post = user_data;
  g_autoptr(BallastDocument) self = g_weak_ref_get (post->door);

  if (self != NULL)
    apply_snapshot (self, g_steal_pointer (&post->snapshot), post->changed);
  return G_SOURCE_REMOVE;
}

void
ballast_document_post_snapshot (GWeakRef        *door,
                                BallastSnapshot *snapshot,
                                BallastChanged   changed)
{
  Post *post = g_new0 (Post, 1);

  post->door = g_atomic_rc_box_acquire (door);
  post->snapshot = snapshot;
  post->changed = changed;
  g_idle_add_full (G_PRIORITY_DEFAULT, on_snapshot_posted, post, (GDestroyNotify) post_free);
}

GWeakRef *
ballast_document_ref_door (BallastDocument *self)
{
  return g_atomic_rc_box_acquire (self->door);
}

void
ballast_door_unref (GWeakRef *door)
{
  g_atomic_rc_box_release_full (door, (GDestroyNotify) g_weak_ref_clear);
}

/* What is known. */

BallastStoreThread *
ballast_document_get_thread (BallastDocument *self)
{
  return self->thread;
}

static gboolean
figures_in_thread (BallastStore *store,
                   gpointer      user_data,
                   GError      **error)
{
  BallastSnapshot **snapshot = user_data;

  *snapshot = ballast_snapshot_read (store, NULL, error);
  return *snapshot != NULL;
}

/* What an import that nobody watched has left out. */
static void
read_figures (BallastDocument *self)
{
  g_autoptr(GError) error = NULL;
  BallastSnapshot *snapshot = NULL;

  if (!ballast_store_thread_call (self->thread, figures_in_thread, &snapshot, &error))
    {
      g_debug ("The figures cannot be read: %s", error->message);
      return;
    }
  ballast_figures_unref (self->snapshot->figures);
  self->snapshot->figures = ballast_figures_ref (snapshot->figures);
  ballast_snapshot_free (snapshot);
}

const BallastSnapshot *
ballast_document_get_snapshot (BallastDocument *self)
{
  if (self->snapshot->figures->pending && !self->closed)
    read_figures (self);
  return self->snapshot;
}

BallastPlanner *
ballast_document_get_planner (BallastDocument *self)
{
  return self->planner;
}

static void
on_planned (BallastDocument *self)
{
  g_signal_emit (self, signals[SIGNAL_PLANNED], 0);
}

void
ballast_document_plan_aside (BallastDocument *self)
{
  g_return_if_fail (BALLAST_IS_DOCUMENT (self));

  if (self->planner != NULL)
    return;
  self->planner = ballast_planner_new ();
  g_signal_connect_object (self->planner, "planned", G_CALLBACK (on_planned), self,
                           G_CONNECT_SWAPPED);
}

char *
ballast_snapshot_dup_file_path (const BallastSnapshot    *snapshot,
                                const BallastImageRecord *record)
{
  for (guint i = 0; i < snapshot->sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (snapshot->sources, i);

      if (source->id == record->source_id)
        return g_build_filename (source->root, record->folder, record->name, NULL);
    }
  return NULL;
}

char *
ballast_document_dup_file_path (BallastDocument          *self,
                                const BallastImageRecord *record)
{
  return ballast_snapshot_dup_file_path (self->snapshot, record);
}

const char *
ballast_document_get_path (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->path;
}

const char *
ballast_document_get_title (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->snapshot->title;
}

const char *
ballast_document_get_subtitle (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->subtitle;
}

BallastTally *
ballast_document_get_tally (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->snapshot->tally;
}

BallastSettings *
ballast_document_get_settings (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->snapshot->settings;
}

gboolean
ballast_document_get_can_undo (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), FALSE);
  return self->snapshot->undo_label != NULL && !self->snapshot->read_only;
}

gboolean
ballast_document_get_can_redo (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), FALSE);
  return self->snapshot->redo_label != NULL && !self->snapshot->read_only;
}

const char *
ballast_document_get_undo_label (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->snapshot->undo_label;
}

const char *
ballast_document_get_redo_label (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->snapshot->redo_label;
}

gboolean
ballast_document_get_read_only (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), FALSE);
  return self->snapshot->read_only;
}

BallastJob *
ballast_document_get_job (BallastDocument *self)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (self), NULL);
  return self->job;
}
