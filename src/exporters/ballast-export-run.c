/*
 * An export from its first folder to its last rename.
 *
 * Invariant: names, recipes and rows depend on the items and their order alone, never on threads or
 * on what an interrupted run left.  Planning and committing are cheap and run in order; everything
 * that takes time is in the tasks between them.  Memory: 16 bytes a file for the names, and the
 * folders.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-export-run-private.h"
#include "ballast-path.h"
#include "ballast-shard-records.h"
#include "ballast-shard.h"

/* (nullable): why there can be no such export; its %s is the layout. */
static const char *
find_fault (const BallastExportOptions *options,
            const BallastExporter      *exporter)
{
  if (exporter == NULL)
    return _("There is no layout called “%s”");
  if (options->quality > 100)
    return _("The layout “%s” takes a quality from 1 to 100");
  if ((exporter->flags & BALLAST_EXPORTER_PACKED) != 0 && options->originals == BALLAST_ORIGINALS_LIST)
    return _("The layout “%s” packs the originals: they cannot only be listed");
  if ((exporter->flags & BALLAST_EXPORTER_PIXELS) == 0 && options->n_shards > 0)
    return _("The layout “%s” writes no pictures, so there is nothing to divide into shards");

  return NULL;
}

static gboolean
check_options (const BallastExportOptions *options,
               const BallastExporter      *exporter,
               GError                    **error)
{
  const char *fault = find_fault (options, exporter);
  const char *layout = options->layout != NULL ? options->layout : "";
  g_auto(GStrv) parts = NULL;
  g_autofree char *message = NULL;

  if (fault == NULL)
    return TRUE;
  parts = g_strsplit (fault, "%s", 2);
  message = g_strjoinv (layout, parts);
  g_set_error_literal (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT, message);
  return FALSE;
}

static gboolean
is_empty (const char *path)
{
  g_autoptr(GDir) listing = g_dir_open (path, 0, NULL);

  return listing != NULL && g_dir_read_name (listing) == NULL;
}

/* A partial folder is ours if it is empty, or holds a journal or a finished ballast.json. */
static gboolean
check_ours (BallastExportRun *run,
            GError          **error)
{
  const char *path = ballast_atomic_dir_get_path (run->dir);
  g_autofree char *info = g_build_filename (path, BALLAST_EXPORT_INFO_NAME, NULL);
  g_autofree char *display = NULL;

  if (ballast_journal_exists (run->context.dir_fd) || is_empty (path) ||
      g_file_test (info, G_FILE_TEST_IS_REGULAR))
    return TRUE;

  display = ballast_path_display (path);
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
               _("“%s” is in the way and was not written by an export: remove it, or choose "
                  "another name"), display);
  return FALSE;
}

/* The journal of the same export, or a new one in an emptied folder. */
static gboolean
open_journal (BallastExportRun *run,
              const char       *fingerprint,
              GError          **error)
{
  int fd = run->context.dir_fd;
  gboolean had = ballast_journal_exists (fd), matches = FALSE;

  if (!had && !ballast_export_file_empty_folder (fd, error))
    return FALSE;

  run->journal = ballast_journal_open (fd, fingerprint, &matches, error);
  if (run->journal != NULL && had && !matches)
    {
      g_clear_pointer (&run->journal, ballast_journal_free);
      if (!ballast_export_file_empty_folder (fd, error))
        return FALSE;
      run->journal = ballast_journal_open (fd, fingerprint, &matches, error);
      matches = FALSE;
    }

  return run->journal != NULL;
}

/* A layout that tells of every sample itself does so in the light of its plan. */
static gboolean
open_row_weights (BallastExportRun *run,
                  GError          **error)
{
  guint formats = run->options.weight_files;
  int samples = ballast_weight_format_find ("samples");

  if (run->options.weights == NULL)
    return TRUE;
  if (run->exporter->flags & BALLAST_EXPORTER_SAMPLE_WEIGHTS)
    formats &= ~(1u << samples);
  run->row_weights = ballast_row_weights_new (run->context.dir_fd, formats, run->options.weights,
                                              error);
  return run->row_weights != NULL;
}

static gboolean
open_files (BallastExportRun *run,
            GError          **error)
{
  int fd = run->context.dir_fd;

  if (!ballast_export_file_remove_tree (fd, BALLAST_EXPORT_TEMPORARY, error) ||
      !ballast_export_file_make_folder (fd, BALLAST_EXPORT_TEMPORARY, error))
    return FALSE;
  if (run->options.n_shards > 0)
    {
      run->shard = ballast_shard_writer_new (fd, error);
      return run->shard != NULL;
    }

  run->manifest = ballast_manifest_writer_new (fd, BALLAST_MANIFEST_NAME, run->options.mixes,
                                               error);
  if (run->manifest == NULL || !open_row_weights (run, error))
    return FALSE;
  if (run->exporter->begin == NULL)
    return TRUE;

  run->layout_state = run->exporter->begin (&run->context, error);
  return run->layout_state != NULL;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  return strcmp (a, b);
}

static BallastExportRun *
run_new (const BallastExportOptions *options,
         const BallastExporter      *exporter,
         gboolean                    has_splits)
{
  BallastExportRun *run = g_new0 (BallastExportRun, 1);

  run->options = *options;
  run->exporter = exporter;
  run->context = (BallastExporterContext){ &run->options, -1, has_splits };
  run->n_classes = g_strv_length ((char **) options->class_names);
  run->taken = ballast_name_set_new ();
  run->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run->splits = g_tree_new_full (compare_strings, NULL, g_free, g_free);
  return run;
}

BallastExportRun *
ballast_export_run_open (const char                 *dest,
                         const BallastExportOptions *options,
                         gboolean                    has_splits,
                         const char                 *fingerprint,
                         GError                    **error)
{
  const BallastExporter *exporter = ballast_exporter_find (options->layout);
  g_autoptr(BallastExportRun) run = NULL;
  g_autofree char *whole = NULL;

  if (!check_options (options, exporter, error))
    return NULL;

  run = run_new (options, exporter, has_splits);
  run->dir = ballast_atomic_dir_open (dest, error);
  if (run->dir == NULL)
    return NULL;
  run->context.dir_fd = ballast_atomic_dir_get_fd (run->dir);

  run->fingerprint = ballast_export_run_make_fingerprint (options, has_splits, fingerprint);
  whole = g_strdup_printf ("%s %u/%u", run->fingerprint, options->shard, options->n_shards);
  if (!check_ours (run, error) || !open_journal (run, whole, error) || !open_files (run, error))
    return NULL;

  return g_steal_pointer (&run);
}

void
ballast_export_run_take_partners (BallastExportRun      *run,
                                  BallastExportPartners *partners)
{
  g_clear_pointer (&run->partners, ballast_export_partners_free);
  run->partners = partners;
}

void
ballast_export_run_set_pairs (BallastExportRun       *run,
                              const BallastClassPair *pairs,
                              gsize                   n_pairs)
{
  g_free (run->pairs);
  run->pairs = g_memdup2 (pairs, n_pairs * sizeof *pairs);
  run->n_pairs = n_pairs;
}

void
ballast_export_run_get_counts (BallastExportRun    *run,
                               BallastExportCounts *counts)
{
  *counts = run->counts;
}

static void
count_split (BallastExportRun      *run,
             const char            *split,
             const BallastTaskFile *file)
{
  guint64 *counts = g_tree_lookup (run->splits, split);

  if (counts == NULL)
    {
      counts = g_new0 (guint64, 2 * run->n_classes + 1);
      g_tree_insert (run->splits, g_strdup (split), counts);
    }

  counts[0] += file->repeats;
  for (guint i = 0; i < file->n_classes; i++)
    counts[file->classes[i] + 1] += file->repeats;
  for (guint i = 0; file->labels != NULL && i < file->labels->len; i++)
    counts[run->n_classes + 1 +
           g_array_index (file->labels, BallastExportLabel, i).class_index] += file->repeats;
}

gboolean
ballast_export_run_get_reached (BallastExportRun *run,
                                const char       *split,
                                guint             class_index,
                                gboolean          instances,
                                guint64          *reached)
{
  const guint64 *counts = g_tree_lookup (run->splits, split);

  if (instances && (run->exporter->flags & BALLAST_EXPORTER_BOXES) == 0)
    return FALSE;
  *reached = counts == NULL ? 0 : counts[(instances ? run->n_classes : 0) + 1 + class_index];

  return TRUE;
}

static void
count_file (BallastExportRun      *run,
            const char            *split,
            const BallastTaskFile *file)
{
  BallastExportCounts *counts = &run->counts;

  counts->bytes += file->size;
  if (file->skipped)
    counts->skipped++;
  else if (file->kind != BALLAST_TASK_FILE_LISTED)
    counts->written++;

  if (file->copy > 0)
    counts->augmented++;
  else if (file->repeats > 0)
    {
      counts->copied++;
      counts->augmented += file->repeats - 1;
    }
  count_split (run, split, file);
}

static char *
join_names (const BallastExportRun *run,
            const BallastTaskFile  *file)
{
  g_autofree const char **names = g_new0 (const char *, file->n_classes + 1);

  for (guint i = 0; i < file->n_classes; i++)
    names[i] = run->options.class_names[file->classes[i]];
  return ballast_manifest_join_classes (names, file->n_classes);
}

static gboolean
commit_file (BallastExportRun        *run,
             const BallastExportTask *task,
             const BallastTaskFile   *file,
             GError                 **error)
{
  g_autofree char *class_name = join_names (run, file);
  g_autofree char *recipe = file->recipe != NULL ? ballast_recipe_to_json (file->recipe)
                                                 : g_strdup (file->recipe_json);
  const BallastManifestRow row = { file->path, task->source.split, class_name, task->label,
                                   file->copy, recipe != NULL ? recipe : "", file->sha256,
                                   file->soft_labels != NULL ? file->soft_labels : "" };
  const BallastExporterFile committed = {
    &task->source, &row, file->classes, file->n_classes, file->repeats,
    file->labels != NULL ? (const BallastExportLabel *) (gpointer) file->labels->data : NULL,
    file->labels != NULL ? file->labels->len : 0, file->width, file->height
  };
  const BallastJournalRow journal_row = { task->index, file->path, file->size, file->sha256 };

  if (file->kind != BALLAST_TASK_FILE_LISTED && file->expected[0] == '\0' &&
      !ballast_journal_add (run->journal, &journal_row, error))
    return FALSE;
  if (run->shard != NULL)
    {
      count_file (run, task->source.split, file);
      return ballast_shard_writer_add (run->shard, task, file, row.recipe, error);
    }
  if (file->repeats > 0 && !ballast_manifest_writer_add (run->manifest, &row, error))
    return FALSE;
  if (file->repeats > 0 && run->row_weights != NULL &&
      !ballast_row_weights_add (run->row_weights, &committed, error))
    return FALSE;
  if (run->exporter->add != NULL && !run->exporter->add (run->layout_state, &committed, error))
    return FALSE;

  count_file (run, task->source.split, file);
  return TRUE;
}

/* A file whose boxes of a class are all gone is not of that class any more. */
static void
drop_lost_classes (BallastTaskFile *file)
{
  guint n = 0;

  if (file->labels == NULL)
    return;
  for (guint i = 0; i < file->n_classes; i++)
    {
      gboolean is_there = FALSE;

      for (guint k = 0; k < file->labels->len && !is_there; k++)
        is_there = g_array_index (file->labels, BallastExportLabel, k).class_index ==
                   file->classes[i];
      if (is_there)
        file->classes[n++] = file->classes[i];
    }
  file->n_classes = n;
}

gboolean
ballast_export_run_commit (BallastExportRun  *run,
                           BallastExportTask *task_in,
                           GError           **error)
{
  g_autoptr(BallastExportTask) task = task_in;

  g_return_val_if_fail (task->index == run->next_commit, FALSE);

  run->next_commit++;
  if (task->problem != NULL)
    run->counts.problems++;
  for (guint i = 0; i < task->files->len; i++)
    {
      BallastTaskFile *file = &g_array_index (task->files, BallastTaskFile, i);

      drop_lost_classes (file);
      if (file->done && !commit_file (run, task, file, error))
        return FALSE;
    }

  return TRUE;
}

/* The journal goes only once everything is on the disk. */
static gboolean
publish (BallastExportRun *run,
         GError          **error)
{
  int fd = run->context.dir_fd;

  return ballast_export_file_remove_tree (fd, BALLAST_EXPORT_TEMPORARY, error) &&
         ballast_atomic_dir_sync (run->dir, error) && ballast_journal_remove (fd, error) &&
         ballast_atomic_dir_publish (run->dir, error);
}

gboolean
ballast_export_run_finish (BallastExportRun *run,
                           GCancellable     *cancellable,
                           GError          **error)
{
  char sha256[65];
  guint64 rows = 0;

  g_return_val_if_fail (run->next_commit == run->next_plan, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (run->shard != NULL)
    return ballast_shard_writer_close (run->shard, error) && ballast_shard_info_write (run, error) &&
           publish (run, error);
  if (run->exporter->end != NULL && !run->exporter->end (run->layout_state, error))
    return FALSE;
  if (!ballast_manifest_writer_finish (run->manifest, sha256, &rows, error))
    return FALSE;
  if (run->row_weights != NULL && !ballast_row_weights_close (run->row_weights, error))
    return FALSE;

  return ballast_export_run_write_extras (run, error) &&
         ballast_export_run_write_info (run, sha256, rows, error) && publish (run, error);
}

void
ballast_export_run_free (BallastExportRun *run)
{
  if (run->layout_state != NULL)
    run->exporter->free (run->layout_state);
  g_clear_pointer (&run->manifest, ballast_manifest_writer_free);
  g_clear_pointer (&run->shard, ballast_shard_writer_free);
  g_clear_pointer (&run->told, json_node_unref);
  g_free (run->fingerprint);
  g_clear_pointer (&run->row_weights, ballast_row_weights_free);
  g_clear_pointer (&run->journal, ballast_journal_free);
  g_clear_pointer (&run->dir, ballast_atomic_dir_free);
  g_clear_pointer (&run->partners, ballast_export_partners_free);
  ballast_name_set_free (run->taken);
  g_hash_table_unref (run->folders);
  g_free (run->pairs);
  g_tree_unref (run->splits);
  g_free (run);
}
