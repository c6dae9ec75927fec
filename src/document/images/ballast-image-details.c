/*
 * Everything about one image: its record, labels with their names, and problems.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-error.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ballast-document-private.h"
#include "ballast-image-list.h"
#include "ballast-store-edit.h"
#include "ballast-store-problems.h"
#include "ballast-store-query.h"

/* More than these nobody reads: a picture that is there a thousand times. */
#define MAX_PROBLEMS 100

void
ballast_image_details_free (BallastImageDetails *self)
{
  ballast_image_record_clear (&self->record);
  for (guint i = 0; i < self->n_problems; i++)
    ballast_problem_clear (&self->problems[i]);
  g_free (self->problems);
  g_free (self->annotations);
  g_strfreev (self->class_names);
  g_free (self->aside);
  g_strfreev (self->aside_names);
  g_free (self->split_name);
  g_free (self->path);
  g_free (self);
}

static char **
dup_class_names (const BallastAnnotation *annotations,
                 guint                    n,
                 const BallastTally      *tally)
{
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const BallastClassTally *class
        = ballast_tally_find_class_by_id (tally, annotations[i].class_id);

      names[i] = g_strdup (class == NULL ? "?" : class->name);
    }
  return names;
}

static gboolean
read_aside (BallastImageDetails *self,
            BallastStore        *store,
            const BallastTally  *tally,
            GError             **error)
{
  g_autoptr(GArray) aside = ballast_store_get_aside (store, self->record.id, error);
  gsize n_aside;

  if (aside == NULL)
    return FALSE;
  self->aside = g_array_steal (aside, &n_aside);
  self->n_aside = n_aside;
  self->aside_names = dup_class_names (self->aside, self->n_aside, tally);
  return TRUE;
}

static void
name_split (BallastImageDetails *self,
            const BallastTally  *tally)
{
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == self->record.split_id)
      self->split_name = g_strdup (tally->splits[i].name);
}

static gboolean
read_problems (BallastImageDetails *self,
               BallastStore        *store,
               GError             **error)
{
  g_autoptr(GArray) own
    = ballast_store_get_problems_of_image (store, self->record.id, MAX_PROBLEMS, error);
  gsize n_problems;

  if (own == NULL)
    return FALSE;

  self->problems = g_array_steal (own, &n_problems);
  self->n_problems = n_problems;
  return TRUE;
}

/* Takes over what the store says of the image. */
static BallastImageDetails *
details_new (BallastStore      *store,
             BallastStoreImage *image,
             GError           **error)
{
  g_autoptr(BallastImageDetails) self = g_new0 (BallastImageDetails, 1);
  /* Nothing here needs the figures, which take a look at many images. */
  g_autoptr(BallastFigures) figures = ballast_figures_new ();
  g_autoptr(BallastSnapshot) snapshot = ballast_snapshot_read (store, figures, error);

  if (snapshot == NULL)
    return NULL;
  self->record = image->record;
  self->annotations = image->annotations;
  self->n_annotations = image->n_annotations;
  *image = (BallastStoreImage) { { 0 } };

  self->path = ballast_snapshot_dup_file_path (snapshot, &self->record);
  self->class_names = dup_class_names (self->annotations, self->n_annotations, snapshot->tally);
  name_split (self, snapshot->tally);
  if (!read_aside (self, store, snapshot->tally, error) || !read_problems (self, store, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
load_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  gint64 *id = task_data;
  GError *error = NULL;
  g_autoptr(GArray) images = ballast_store_get_images (store, id, 1, &error);
  BallastImageDetails *self = NULL;

  if (images != NULL && g_array_index (images, BallastStoreImage, 0).record.id == 0)
    error = g_error_new (BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
                         _("There is no image with the number %" PRId64 "."), *id);
  else if (images != NULL)
    self = details_new (store, &g_array_index (images, BallastStoreImage, 0), &error);

  if (self == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, self, (GDestroyNotify) ballast_image_details_free);
}

void
ballast_image_details_load_async (BallastDocument    *document,
                                  gint64              image_id,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_image_details_load_async);
  g_task_set_task_data (task, g_memdup2 (&image_id, sizeof image_id), g_free);
  ballast_store_thread_run (ballast_document_get_thread (document), task, load_in_thread);
}

BallastImageDetails *
ballast_image_details_load_finish (GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
ballast_image_details_get_sampled_class (const BallastImageDetails *details,
                                         const BallastTally        *tally)
{
  const BallastClassTally *first = NULL;

  for (guint i = 0; i < details->n_annotations; i++)
    {
      const BallastClassTally *class =
        ballast_tally_find_class_by_id (tally, details->annotations[i].class_id);

      if (class != NULL && (first == NULL || class->index < first->index))
        first = class;
    }
  return first != NULL ? first->name : NULL;
}

static void
find_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  gint64 id = ballast_store_find_image (store, task_data, &error);

  if (id < 0)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&id, sizeof id), g_free);
}

void
ballast_image_find_async (BallastDocument    *document,
                          const char         *path,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_image_find_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  ballast_store_thread_run (ballast_document_get_thread (document), task, find_in_thread);
}

gint64
ballast_image_find_finish (GAsyncResult *result,
                           GError      **error)
{
  g_autofree gint64 *id = NULL;

  g_return_val_if_fail (G_IS_TASK (result), -1);

  id = g_task_propagate_pointer (G_TASK (result), error);
  return id == NULL ? -1 : *id;
}
