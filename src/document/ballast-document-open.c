/*
 * Opening and creating projects: the file goes to a store thread of its own, and once that has read
 * what is always in memory, the document is made on the main thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-private.h"
#include "ballast-path.h"

typedef struct
{
  BallastStoreThread *thread;
  char               *path;
  gboolean            create;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->thread, ballast_store_thread_unref);
  g_free (opening->path);
  g_free (opening);
}

static void
open_in_thread (GTask        *task,
                BallastStore *no_store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autoptr(BallastStore) store = NULL;
  BallastSnapshot *snapshot;
  GError *error = NULL;

  store = opening->create ? ballast_store_create (opening->path, &error)
                          : ballast_store_open (opening->path, BALLAST_STORE_OPEN_DEFAULT, &error);
  snapshot = store == NULL ? NULL : ballast_snapshot_read (store, NULL, &error);
  if (snapshot == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  ballast_store_thread_adopt (opening->thread, g_steal_pointer (&store));
  g_task_return_pointer (task, snapshot, (GDestroyNotify) ballast_snapshot_free);
}

static void
open_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = G_TASK (user_data);
  Opening *opening = g_task_get_task_data (G_TASK (result));
  BallastDocument *self;
  BallastSnapshot *snapshot;
  GError *error = NULL;

  snapshot = g_task_propagate_pointer (G_TASK (result), &error);
  if (snapshot == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self = ballast_document_new (opening->thread, opening->path, snapshot);
  g_task_return_pointer (task, self, g_object_unref);
}

static void
start_opening (const char         *path,
               gboolean            create,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  g_autoptr(BallastStoreThread) thread = ballast_store_thread_new ();
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GTask *inner = g_task_new (NULL, cancellable, open_done, task);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, start_opening);
  opening->thread = ballast_store_thread_ref (thread);
  opening->path = g_canonicalize_filename (path, NULL);
  opening->create = create;
  g_task_set_task_data (inner, opening, (GDestroyNotify) opening_free);
  ballast_store_thread_run (thread, inner, open_in_thread);
}

void
ballast_document_open_async (const char         *path,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  start_opening (path, FALSE, cancellable, callback, user_data);
}

BallastDocument *
ballast_document_open_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ballast_document_create_async (const char         *path,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  start_opening (path, TRUE, cancellable, callback, user_data);
}

BallastDocument *
ballast_document_create_finish (GAsyncResult *result,
                                GError      **error)
{
  return ballast_document_open_finish (result, error);
}

char *
ballast_document_dup_default_path (const char *source)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "ballast", "projects", NULL);
  g_autofree char *base = g_path_get_basename (source);
  g_autofree char *name = ballast_path_sanitise_component (base);
  char *path = NULL;

  g_mkdir_with_parents (folder, 0700);
  for (guint i = 1; path == NULL; i++)
    {
      g_autofree char *file = i == 1 ? g_strdup_printf ("%s.ballast", name)
                                     : g_strdup_printf ("%s %u.ballast", name, i);
      g_autofree char *candidate = g_build_filename (folder, file, NULL);

      if (!g_file_test (candidate, G_FILE_TEST_EXISTS))
        path = g_steal_pointer (&candidate);
    }
  return path;
}
