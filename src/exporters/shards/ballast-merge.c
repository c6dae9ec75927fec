/*
 * Shards become one dataset.
 *
 * The records of all shards are taken in the order of their items, and go through the same commits as
 * in an export that nobody divided.  One thread; a file costs a link and its rows.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-merge.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-export-run-private.h"
#include "ballast-path.h"
#include "ballast-shard-records.h"
#include "ballast-shard.h"

#define COPY_BYTES (1 << 16)

typedef struct
{
  char               *path;
  int                 fd;
  BallastShardInfo   *info;
  BallastShardReader *reader;
} Shard;

static void
shard_free (gpointer data)
{
  Shard *shard = data;

  g_clear_pointer (&shard->reader, ballast_shard_reader_free);
  g_clear_pointer (&shard->info, ballast_shard_info_free);
  if (shard->fd >= 0)
    close (shard->fd);
  g_free (shard->path);
  g_free (shard);
}

/* How many shards @dest was divided into, by the first name that says so; 0: there is none. */
static guint
find_n_shards (const char *dest)
{
  g_autofree char *folder = g_path_get_dirname (dest);
  g_autofree char *base = g_path_get_basename (dest);
  g_autofree char *prefix = g_strconcat (base, ".shard-", NULL);
  g_autoptr(GDir) listing = g_dir_open (folder, 0, NULL);
  const char *name;
  guint found = 0;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      guint shard, n;
      char end;

      if (g_str_has_prefix (name, prefix) &&
          sscanf (name + strlen (prefix), "%u-of-%u%c", &shard, &n, &end) == 2 && n >= shard)
        found = MAX (found, n);
    }
  return found;
}

static Shard *
open_shard (const char *dest,
            guint       number,
            guint       n_shards,
            GError    **error)
{
  Shard *shard = g_new0 (Shard, 1);
  g_autofree char *display = NULL;

  shard->path = ballast_shard_dup_dest (dest, number, n_shards);
  display = ballast_path_display (shard->path);
  shard->fd = open (shard->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (shard->fd < 0)
    g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
                 _("The shard “%s” is missing: export it first"), display);
  else if ((shard->info = ballast_shard_info_read (shard->fd, display, error)) != NULL)
    shard->reader = ballast_shard_reader_new (shard->fd, display, error);
  if (shard->reader == NULL)
    g_clear_pointer (&shard, shard_free);
  return shard;
}

static gboolean
belongs (const Shard *first,
         const Shard *shard,
         GError     **error)
{
  if (strcmp (first->info->fingerprint, shard->info->fingerprint) == 0 &&
      first->info->n_shards == shard->info->n_shards)
    return TRUE;
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
               _("“%s” and “%s” are of different exports: the project or its settings changed "
                  "between them; export them again"), first->path, shard->path);
  return FALSE;
}

/* (transfer full) (element-type Shard): all of them, or NULL with @error. */
static GPtrArray *
open_shards (const char *dest,
             GError    **error)
{
  g_autoptr(GPtrArray) shards = g_ptr_array_new_with_free_func (shard_free);
  g_autofree char *display = ballast_path_display (dest);
  guint n = find_n_shards (dest);

  if (n == 0)
    {
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
                   _("“%s” has no shards: export them with --shard 1/N to --shard N/N"), display);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      Shard *shard = open_shard (dest, i + 1, n, error);

      if (shard == NULL)
        return NULL;
      g_ptr_array_add (shards, shard);
      if (!belongs (g_ptr_array_index (shards, 0), shard, error))
        return NULL;
    }
  return g_steal_pointer (&shards);
}

/* Where the disk knows no links. */
static gboolean
copy_file (int         from,
           int         to,
           const char *path,
           GError    **error)
{
  int source = openat (from, path, O_RDONLY | O_CLOEXEC), copy;
  g_autofree guint8 *piece = g_malloc (COPY_BYTES);
  gboolean success = source >= 0 || ballast_export_file_fail (error, _("Cannot read"), path, errno);
  ssize_t n;

  copy = success ? ballast_export_file_create (to, path, error) : -1;
  success = copy >= 0;
  while (success && (n = read (source, piece, COPY_BYTES)) != 0)
    success = n > 0 ? ballast_export_file_write_all (copy, piece, (gsize) n, path, error)
                    : ballast_export_file_fail (error, _("Cannot read"), path, errno);
  if (source >= 0)
    close (source);
  if (copy >= 0 && close (copy) != 0 && success)
    success = ballast_export_file_fail (error, _("Cannot write"), path, errno);
  return success;
}

static gboolean
take_file (BallastExportRun *run,
           const Shard      *shard,
           const char       *path,
           GError          **error)
{
  int to = run->context.dir_fd;

  if (!ballast_export_run_make_folder_of (run, path, error))
    return FALSE;
  if (linkat (shard->fd, path, to, path, 0) == 0 || errno == EEXIST)
    return TRUE;
  if (errno == ENOENT)
    return ballast_export_file_fail (error, _("Cannot read"), path, errno);
  return copy_file (shard->fd, to, path, error);
}

/* The shard whose next record comes next, or NULL at the end of all. */
static Shard *
find_next (const GPtrArray *shards)
{
  Shard *next = NULL;

  for (guint i = 0; i < shards->len; i++)
    {
      Shard *shard = g_ptr_array_index (shards, i);
      guint64 item = ballast_shard_reader_peek (shard->reader);

      if (item != G_MAXUINT64 && (next == NULL || item < ballast_shard_reader_peek (next->reader)))
        next = shard;
    }
  return next;
}

static gboolean
take_all (BallastExportRun      *run,
          const GPtrArray       *shards,
          const BallastProgress *progress,
          GCancellable          *cancellable,
          GError               **error)
{
  BallastProgressState state = { 0 };
  Shard *shard;

  while ((shard = find_next (shards)) != NULL)
    {
      g_autoptr(BallastExportTask) task = NULL;
      const BallastTaskFile *file;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      task = ballast_shard_reader_take (shard->reader, run, error);
      if (task == NULL)
        return FALSE;
      file = &g_array_index (task->files, BallastTaskFile, 0);
      if (file->kind != BALLAST_TASK_FILE_LISTED && !take_file (run, shard, file->path, error))
        return FALSE;
      state.items_done++;
      state.bytes_done += file->size;
      if (!ballast_export_run_commit (run, g_steal_pointer (&task), error))
        return FALSE;
      ballast_progress_report (progress, &state);
    }
  return TRUE;
}

/* They did their work; what cannot be removed is left, and hurts nobody. */
static void
remove_shards (const GPtrArray *shards)
{
  for (guint i = 0; i < shards->len; i++)
    {
      const Shard *shard = g_ptr_array_index (shards, i);

      if (ballast_export_file_empty_folder (shard->fd, NULL))
        rmdir (shard->path);
    }
}

gboolean
ballast_export_merge (const char            *dest,
                      const BallastProgress *progress,
                      GCancellable          *cancellable,
                      BallastExportCounts   *counts,
                      GError               **error)
{
  g_autoptr(GPtrArray) shards = open_shards (dest, error);
  const BallastShardInfo *info;
  g_autoptr(BallastExportRun) run = NULL;

  if (shards == NULL)
    return FALSE;
  info = ((const Shard *) g_ptr_array_index (shards, 0))->info;
  run = ballast_export_run_open (dest, &info->options, info->has_splits, info->fingerprint, error);
  if (run == NULL)
    return FALSE;

  run->told = json_node_ref (info->told);
  for (guint i = 0; i < shards->len; i++)
    {
      const Shard *shard = g_ptr_array_index (shards, i);

      run->counts.left_out += shard->info->left_out;
      run->counts.problems += shard->info->problems;
    }
  if (!take_all (run, shards, progress, cancellable, error) ||
      !ballast_export_run_finish (run, cancellable, error))
    return FALSE;

  ballast_export_run_get_counts (run, counts);
  remove_shards (shards);
  return TRUE;
}
