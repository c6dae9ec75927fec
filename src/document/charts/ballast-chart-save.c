/*
 * Charts into files, off the main thread: a PNG of a thousand classes takes longer than a frame.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-chart-save.h"

typedef struct
{
  BallastChartModel      *model;   /* or … */
  BallastPicture         *picture;
  char                   *path;
  char                   *title;
  char                   *subtitle;
  BallastChartFileOptions options;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->model, ballast_chart_model_free);
  g_clear_pointer (&request->picture, ballast_picture_free);
  g_free (request->path);
  g_free (request->title);
  g_free (request->subtitle);
  g_free (request);
}

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  gboolean saved = request->picture != NULL
                     ? ballast_picture_save (request->picture, request->path, &request->options,
                                             &error)
                     : ballast_chart_file_save (request->model, request->path, &request->options,
                                                &error);

  if (saved)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* (transfer full): without what is to be drawn. */
static Request *
request_new (const char                    *path,
             const BallastChartFileOptions *options)
{
  Request *request = g_new0 (Request, 1);

  request->path = g_strdup (path);
  request->title = g_strdup (options->title);
  request->subtitle = g_strdup (options->subtitle);
  request->options = *options;
  request->options.title = request->title;
  request->options.subtitle = request->subtitle;
  return request;
}

void
ballast_chart_save_async (BallastChartModel             *model,
                          const char                    *path,
                          const BallastChartFileOptions *options,
                          GAsyncReadyCallback            callback,
                          gpointer                       user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Request *request;

  g_return_if_fail (model != NULL && path != NULL && options != NULL);

  request = request_new (path, options);
  request->model = model;
  g_task_set_source_tag (task, ballast_chart_save_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
ballast_chart_save_finish (GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
ballast_picture_save_async (BallastPicture                *picture,
                            const char                    *path,
                            const BallastChartFileOptions *options,
                            GAsyncReadyCallback            callback,
                            gpointer                       user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Request *request;

  g_return_if_fail (picture != NULL && path != NULL && options != NULL);

  request = request_new (path, options);
  request->picture = picture;
  g_task_set_source_tag (task, ballast_picture_save_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
ballast_picture_save_finish (GAsyncResult *result,
                             GError      **error)
{
  return ballast_chart_save_finish (result, error);
}
