/*
 * ballast.json: what a dataset is, how it was made, and the digests of all that is no image.
 *
 * It is written last, without time or place, so that two runs of the same export are equal.  Its
 * "manifest" is the trailer of manifest.csv: as long as it agrees, the manifest is whole.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "ballast-export-file.h"
#include "ballast-export-files.h"
#include "ballast-export-run-private.h"
#include "ballast-json-members.h"
#include "ballast-json.h"
#include "ballast-weight-format.h"
#include "ballast-weight-order.h"

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint64      value)
{
  ballast_json_add_int (builder, name, value);
}

void
ballast_export_info_add_options (JsonBuilder                *builder,
                                 const BallastExportOptions *options)
{
  ballast_json_add_string (builder, "layout", options->layout);
  ballast_json_add_string (builder, "originals", ballast_originals_get_name (options->originals));
  ballast_json_add_string (builder, "image_format",
                           ballast_export_format_get_name (options->format));
  add_count (builder, "quality", options->quality);
  add_count (builder, "seed", options->seed);

  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; options->class_names[i] != NULL; i++)
    json_builder_add_string_value (builder, options->class_names[i]);
  json_builder_end_array (builder);

  if (options->plan != NULL)
    {
      json_builder_set_member_name (builder, "balance");
      json_builder_add_value (builder,
                              ballast_balance_settings_to_json (&options->plan->settings));
    }
  if (options->weights != NULL)
    {
      json_builder_set_member_name (builder, "weights");
      json_builder_add_value (builder,
                              ballast_weight_options_to_json (&options->weights->options));
    }
}

/*
 * The version is part of it on purpose: another version may draw other pixels, and a dataset that is
 * half of each could be made again by neither.  An export that an upgrade interrupts begins anew.
 */
char *
ballast_export_run_make_fingerprint (const BallastExportOptions *options,
                                     gboolean                    has_splits,
                                     const char                 *fingerprint)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "version", BALLAST_VERSION);
  ballast_export_info_add_options (builder, options);
  add_count (builder, "weight_files", options->weight_files);
  add_count (builder, "has_splits", has_splits ? 1 : 0);
  ballast_json_add_string (builder, "pipeline",
                           options->pipeline_json != NULL ? options->pipeline_json : "");
  ballast_json_add_string (builder, "project", fingerprint != NULL ? fingerprint : "");
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, FALSE);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
write_order (BallastExportRun          *run,
             const BallastWeightFormat *format,
             GError                   **error)
{
  g_autoptr(GBytes) bytes = ballast_weight_order_make (run->options.weights, format->file);
  g_autofree char *name = g_strconcat (format->file, BALLAST_WEIGHT_ORDER_SUFFIX, NULL);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return ballast_export_file_put (run->context.dir_fd, name, data, size, error);
}

static gboolean
write_weights (BallastExportRun *run,
               GError          **error)
{
  for (guint i = 0; i < ballast_weight_format_get_n (); i++)
    {
      const BallastWeightFormat *format = ballast_weight_format_get (i);
      g_autoptr(GBytes) bytes = NULL;
      gconstpointer data;
      gsize size;

      if ((run->options.weight_files & 1u << i) == 0 || format->make == NULL)
        continue;
      bytes = format->make (run->options.weights);
      data = g_bytes_get_data (bytes, &size);
      if (!ballast_export_file_put (run->context.dir_fd, format->file, data, size, error) ||
          (format->is_bare && !write_order (run, format, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
ballast_export_run_write_extras (BallastExportRun *run,
                                 GError          **error)
{
  const char *pipeline = run->options.pipeline_json;

  if (run->options.weights != NULL && !write_weights (run, error))
    return FALSE;
  if ((run->exporter->flags & BALLAST_EXPORTER_BOXES) != 0 &&
      !ballast_export_files_write (run->context.dir_fd, error))
    return FALSE;

  return pipeline == NULL ||
         ballast_export_file_put (run->context.dir_fd, BALLAST_EXPORT_PIPELINE_NAME, pipeline,
                                  strlen (pipeline), error);
}

static gboolean
add_split (gpointer key,
           gpointer value,
           gpointer user_data)
{
  gpointer *data = user_data;
  JsonBuilder *builder = data[0];
  const BallastExportRun *run = data[1];
  const guint64 *counts = value;

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", key);
  add_count (builder, "images", counts[0]);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < run->n_classes; i++)
    json_builder_add_int_value (builder, (gint64) counts[i + 1]);
  json_builder_end_array (builder);
  if ((run->exporter->flags & BALLAST_EXPORTER_BOXES) != 0)
    {
      json_builder_set_member_name (builder, "instances");
      json_builder_begin_array (builder);
      for (guint i = 0; i < run->n_classes; i++)
        json_builder_add_int_value (builder, (gint64) counts[run->n_classes + 1 + i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);

  return FALSE;
}

static void
add_counts (JsonBuilder      *builder,
            BallastExportRun *run)
{
  gpointer data[] = { builder, run };

  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  add_count (builder, "originals", run->counts.copied);
  add_count (builder, "augmented", run->counts.augmented);
  add_count (builder, "left_out", run->counts.left_out);
  add_count (builder, "problems", run->counts.problems);
  add_count (builder, "bytes", run->counts.bytes);
  json_builder_set_member_name (builder, "splits");
  json_builder_begin_array (builder);
  g_tree_foreach (run->splits, add_split, data);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the names of the files beside the images, sorted. */
static GPtrArray *
list_extras (BallastExportRun *run)
{
  g_autoptr(GDir) listing = g_dir_open (ballast_atomic_dir_get_path (run->dir), 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  struct stat info;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    if (strcmp (name, BALLAST_MANIFEST_NAME) != 0 && strcmp (name, BALLAST_JOURNAL_NAME) != 0 &&
        strcmp (name, BALLAST_EXPORT_INFO_NAME) != 0 &&
        fstatat (run->context.dir_fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG (info.st_mode))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return names;
}

static gboolean
add_extras (JsonBuilder      *builder,
            BallastExportRun *run,
            GError          **error)
{
  g_autoptr(GPtrArray) names = list_extras (run);

  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      char sha256[65];
      guint64 size;

      if (!ballast_export_file_hash (run->context.dir_fd, name, sha256, &size, NULL, error))
        return FALSE;
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "path", name);
      add_count (builder, "bytes", size);
      ballast_json_add_string (builder, "sha256", sha256);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return TRUE;
}

/* A merge has the words of its shards. */
static void
add_told (JsonBuilder            *builder,
          const BallastExportRun *run)
{
  JsonObjectIter iterator;
  const char *name;
  JsonNode *node;

  if (run->told == NULL)
    {
      ballast_export_info_add_options (builder, &run->options);
      return;
    }
  json_object_iter_init_ordered (&iterator, json_node_get_object (run->told));
  while (json_object_iter_next_ordered (&iterator, &name, &node))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_value (builder, json_node_copy (node));
    }
}

gboolean
ballast_export_run_write_info (BallastExportRun *run,
                               const char       *manifest_sha256,
                               guint64           manifest_rows,
                               GError          **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "format", "ballast-dataset");
  add_count (builder, "schema", 1);
  ballast_json_add_string (builder, "version", BALLAST_VERSION);
  add_told (builder, run);
  add_counts (builder, run);
  if (!add_extras (builder, run, error))
    return FALSE;
  json_builder_set_member_name (builder, "manifest");
  json_builder_begin_object (builder);
  add_count (builder, "rows", manifest_rows);
  ballast_json_add_string (builder, "sha256", manifest_sha256);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, TRUE);
  line = g_strconcat (text, "\n", NULL);
  return ballast_export_file_put (run->context.dir_fd, BALLAST_EXPORT_INFO_NAME, line,
                                  strlen (line), error);
}
