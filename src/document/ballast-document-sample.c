/*
 * The sample datasets as a job.
 *
 * Drawing takes a second or two: one thread, which reports to the job and leaves with it.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-sample.h"

#include <glib/gi18n-lib.h>

#include "ballast-sample.h"

typedef struct
{
  BallastJob *job;
  char       *kind;
  char       *dest;
  guint       images;
  guint64     seed;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->job);
  g_free (request->kind);
  g_free (request->dest);
  g_free (request);
}

static gpointer
draw_in_thread (gpointer data)
{
  Request *request = data;
  BallastProgress progress = ballast_job_as_progress (request->job);
  GError *error = NULL;

  ballast_sample_write (request->kind, request->dest, request->images, request->seed, &progress,
                        ballast_job_get_cancellable (request->job), &error);
  ballast_job_finish (request->job, NULL, NULL, error);
  request_free (request);

  return NULL;
}

BallastJob *
ballast_document_draw_sample (const char *kind,
                              const char *dest,
                              guint       images,
                              guint64     seed)
{
  BallastJob *job = ballast_job_new (_("Drawing the sample"));
  Request *request = g_new0 (Request, 1);

  request->job = g_object_ref (job);
  request->kind = g_strdup (kind);
  request->dest = g_strdup (dest);
  request->images = images;
  request->seed = seed;
  g_thread_unref (g_thread_new ("ballast-sample", draw_in_thread, request));

  return job;
}

char *
ballast_document_dup_sample_path (const char *kind)
{
  return g_build_filename (g_get_user_data_dir (), "ballast", "samples", kind, NULL);
}
