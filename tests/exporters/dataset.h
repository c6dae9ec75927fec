#pragma once

#include "fixture.h"

/*
 * A dataset to export, in notation: "train/stop/a.jpg+3" is an image of class stop in split train
 * with three copies; "-" at its end leaves the original out.  Pictures are drawn by their position.
 */
typedef struct
{
  Folder           folder;
  GArray          *sources;  /* of BallastExportSource */
  GPtrArray       *texts;
  BallastPipeline *pipeline; /* NULL: copies are plain repeats */
  guint            n_threads;
  guint            stop_after; /* leave the run after so many commits; 0: go to the end */
} Dataset;

static const char *const dataset_classes[] = { "stop", "turn-left", "turn-right", NULL };

static inline const char *
dataset_keep (Dataset *dataset,
              char    *text)
{
  g_ptr_array_add (dataset->texts, text);
  return text;
}

static inline guint
dataset_find_class (const char *name)
{
  for (guint i = 0; dataset_classes[i] != NULL; i++)
    if (strcmp (dataset_classes[i], name) == 0)
      return i;

  g_assert_not_reached ();
}

static inline void
dataset_add (Dataset    *dataset,
             const char *item)
{
  g_autofree char *path = g_strndup (item, strcspn (item, "+!"));
  g_auto(GStrv) parts = g_strsplit (path, "/", 3);
  g_autofree char *folder = g_strconcat (parts[0], "/", parts[1], NULL);
  const char *plus = strchr (item, '+');
  guint *class = g_new (guint, 1);
  BallastExportSource source = {
    .root_fd = dataset->folder.fd,
    .root = dataset->folder.path,
    .folder = dataset_keep (dataset, g_strdup (folder)),
    .name = dataset_keep (dataset, g_strdup (parts[2])),
    .split = dataset_keep (dataset, g_strdup (parts[0])),
    .in_training_split = g_str_equal (parts[0], "train"),
    .n_classes = 1,
    .classes = class,
    .facts = folder_draw (&dataset->folder, path, 64, dataset->sources->len),
    .keep_original = strchr (item, '!') == NULL,
    .n_copies = plus != NULL ? (guint) g_ascii_strtoull (plus + 1, NULL, 10) : 0,
  };

  *class = dataset_find_class (parts[1]);
  dataset_keep (dataset, (char *) (gpointer) class);
  g_array_append_val (dataset->sources, source);
}

/* From items with spaces between them. */
static inline Dataset
dataset_new (const char *items)
{
  g_auto(GStrv) list = g_strsplit (items, " ", -1);
  Dataset dataset = { folder_new (), g_array_new (FALSE, FALSE, sizeof (BallastExportSource)),
                      g_ptr_array_new_with_free_func (g_free), NULL, 1, 0 };

  for (guint i = 0; list[i] != NULL; i++)
    dataset_add (&dataset, list[i]);

  return dataset;
}

static inline void
dataset_clear (Dataset *dataset)
{
  folder_clear (&dataset->folder);
  g_array_unref (dataset->sources);
  g_ptr_array_unref (dataset->texts);
  g_clear_pointer (&dataset->pipeline, ballast_pipeline_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dataset, dataset_clear)

static inline void
dataset_set_pipeline (Dataset    *dataset,
                      const char *op_name)
{
  const BallastOp *op = ballast_op_find (op_name);

  dataset->pipeline = ballast_pipeline_new ();
  ballast_pipeline_add (dataset->pipeline, op, -1);
  ballast_pipeline_set_p (dataset->pipeline, 0, 1);
}

typedef struct
{
  BallastExportTask *task;
  GError            *error;
} DatasetPiece;

static inline void
dataset_run_piece (gpointer data,
                   gpointer user_data)
{
  DatasetPiece *piece = data;

  ballast_export_task_run (piece->task, NULL, &piece->error);
}

/* Runs the pieces in as many threads as asked for; commits in order until told to stop. */
static inline gboolean
dataset_work (Dataset           *dataset,
              BallastExportRun  *run,
              GError           **error)
{
  guint n = dataset->sources->len;
  g_autofree DatasetPiece *pieces = g_new0 (DatasetPiece, n);
  GThreadPool *pool = g_thread_pool_new (dataset_run_piece, NULL, (int) dataset->n_threads, TRUE,
                                         NULL);
  gboolean done = TRUE;

  for (guint i = 0; done && i < n; i++)
    {
      BallastExportSource source = g_array_index (dataset->sources, BallastExportSource, i);

      source.pipeline = dataset->pipeline;
      pieces[i].task = ballast_export_run_plan (run, &source, error);
      done = pieces[i].task != NULL;
      if (done)
        g_thread_pool_push (pool, &pieces[i], NULL);
    }
  g_thread_pool_free (pool, FALSE, TRUE);

  for (guint i = 0; i < n && pieces[i].task != NULL; i++)
    {
      gboolean stop = dataset->stop_after > 0 && i >= dataset->stop_after;

      if (done && !stop && pieces[i].error == NULL)
        done = ballast_export_run_commit (run, pieces[i].task, error);
      else
        {
          if (done && pieces[i].error != NULL)
            g_propagate_error (error, g_steal_pointer (&pieces[i].error));
          g_clear_error (&pieces[i].error);
          ballast_export_task_free (pieces[i].task);
          done = FALSE;
        }
    }

  return done;
}

/* Tells the run which pictures lend parts: those of the split to train with. */
static inline void
dataset_lend (const Dataset              *dataset,
              BallastExportRun           *run,
              const BallastExportOptions *options)
{
  BallastExportPartners *partners
    = ballast_export_partners_new (ballast_exporter_find (options->layout)->flags);

  for (guint i = 0; i < dataset->sources->len; i++)
    if (g_array_index (dataset->sources, BallastExportSource, i).in_training_split)
      ballast_export_partners_add (partners,
                                   &g_array_index (dataset->sources, BallastExportSource, i));
  ballast_export_run_take_partners (run, partners);
}

/* Exports to @name in @out; FALSE with @error, or where it was stopped. */
static inline gboolean
dataset_export (Dataset                    *dataset,
                const Folder               *out,
                const char                 *name,
                const BallastExportOptions *options,
                BallastExportCounts        *counts,
                GError                    **error)
{
  static const BallastClassPair pairs[] = { { 1, 2 } };
  g_autofree char *dest = g_build_filename (out->path, name, NULL);
  g_autoptr(BallastExportRun) run = ballast_export_run_open (dest, options, TRUE, "test", error);
  gboolean done;

  if (run == NULL)
    return FALSE;

  ballast_export_run_set_pairs (run, pairs, 1);
  if (options->mixes)
    dataset_lend (dataset, run, options);
  done = dataset_work (dataset, run, error);
  if (counts != NULL)
    ballast_export_run_get_counts (run, counts);
  return done && ballast_export_run_finish (run, NULL, error);
}

/* Options with the fixture's classes. */
#define DATASET_OPTIONS(...) \
  { .quality = BALLAST_EXPORT_QUALITY, .class_names = dataset_classes, __VA_ARGS__ }
