/*
 * What a shard tells of the export that it is a part of.
 *
 * The merge has no project: all that it needs of the options stands in shard.json, numbers with as
 * many digits as read back the same.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-shard.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-export-run-private.h"
#include "ballast-json-members.h"
#include "ballast-json.h"

#define MAX_SHARDS 100000

char *
ballast_shard_dup_dest (const char *dest,
                        guint       shard,
                        guint       n_shards)
{
  return g_strdup_printf ("%s.shard-%u-of-%u", dest, shard, n_shards);
}

gboolean
ballast_shard_parse (const char *text,
                     guint      *shard,
                     guint      *n_shards,
                     GError    **error)
{
  g_auto(GStrv) parts = g_strsplit (text, "/", 2);
  guint64 of = 0, number = 0;

  if (g_strv_length (parts) == 2 &&
      g_ascii_string_to_unsigned (parts[1], 10, 1, MAX_SHARDS, &of, NULL) &&
      g_ascii_string_to_unsigned (parts[0], 10, 1, of, &number, NULL))
    {
      *shard = (guint) number;
      *n_shards = (guint) of;
      return TRUE;
    }
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
               _("“%s” is no shard: write 2/4 for the second of four"), text);
  return FALSE;
}

static void
add_weights (JsonBuilder          *builder,
             const BallastWeights *weights)
{
  json_builder_set_member_name (builder, "weights");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "options");
  json_builder_add_value (builder, ballast_weight_options_to_json (&weights->options));
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    {
      const BallastClassWeight *class = &weights->classes[i];
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", class->name);
      ballast_json_add_int (builder, "count", class->count);
      ballast_json_add_string (builder, "weight",
                               g_ascii_dtostr (text, sizeof text, class->weight));
      ballast_json_add_int (builder, "empty", class->empty);
      if (class->has_number)
        ballast_json_add_int (builder, "number", (guint64) class->number);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_classes (JsonBuilder                *builder,
             const BallastExportOptions *options)
{
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; options->class_names[i] != NULL; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", options->class_names[i]);
      ballast_json_add_string (builder, "parent",
                               options->class_parents != NULL ? options->class_parents[i] : NULL);
      if (options->class_numbers != NULL)
        ballast_json_add_int (builder, "number", (guint64) options->class_numbers[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

gboolean
ballast_shard_info_write (BallastExportRun *run,
                          GError          **error)
{
  const BallastExportOptions *options = &run->options;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "format", "ballast-shard");
  ballast_json_add_int (builder, "shards", options->n_shards);
  ballast_json_add_string (builder, "fingerprint", run->fingerprint);
  ballast_json_add_int (builder, "has_splits", run->context.has_splits);
  ballast_json_add_string (builder, "layout", options->layout);
  ballast_json_add_int (builder, "originals", options->originals);
  ballast_json_add_int (builder, "weight_files", options->weight_files);
  ballast_json_add_int (builder, "mixes", options->mixes);
  ballast_json_add_int (builder, "training", options->n_training);
  ballast_json_add_int (builder, "others", options->n_others);
  ballast_json_add_int (builder, "left_out", run->counts.left_out);
  ballast_json_add_int (builder, "problems", run->counts.problems);
  ballast_json_add_string (builder, "pipeline", options->pipeline_json);
  add_classes (builder, options);
  if (options->weights != NULL)
    add_weights (builder, options->weights);
  json_builder_set_member_name (builder, "told");
  json_builder_begin_object (builder);
  ballast_export_info_add_options (builder, options);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, FALSE);
  return ballast_export_file_put (run->context.dir_fd, BALLAST_SHARD_INFO_NAME, text, strlen (text),
                                  error);
}

static guint64
get_int (JsonObject *object,
         const char *name)
{
  return (guint64) json_object_get_int_member_with_default (object, name, 0);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

/* (nullable): the array called @name, of objects alone. */
static JsonArray *
get_objects (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      return NULL;
  return array;
}

static gboolean
read_classes (BallastShardInfo *info,
              JsonObject       *object)
{
  JsonArray *classes = get_objects (object, "classes");
  guint n = classes != NULL ? json_array_get_length (classes) : 0;

  if (classes == NULL)
    return FALSE;
  info->class_names = g_new0 (char *, n + 1);
  info->class_parents = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *class = json_array_get_object_element (classes, i);
      gint64 number = (gint64) get_int (class, "number");

      if (get_string (class, "name") == NULL)
        return FALSE;
      info->class_names[i] = g_strdup (get_string (class, "name"));
      info->class_parents[i] = g_strdup (get_string (class, "parent"));
      if (!json_object_has_member (class, "number"))
        continue;
      if (info->class_numbers == NULL)
        info->class_numbers = g_array_new (FALSE, TRUE, sizeof (gint64));
      g_array_append_val (info->class_numbers, number);
    }
  return info->class_numbers == NULL || info->class_numbers->len == n;
}

static gboolean
read_weights (BallastShardInfo *info,
              JsonObject       *object)
{
  JsonNode *node = json_object_get_member (object, "weights");
  JsonObject *weights = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *classes = weights != NULL ? get_objects (weights, "classes") : NULL;

  if (node == NULL)
    return TRUE;
  if (classes == NULL || json_array_get_length (classes) != g_strv_length (info->class_names))
    return FALSE;

  info->weights = g_new0 (BallastWeights, 1);
  info->weights->n = json_array_get_length (classes);
  info->weights->classes = g_new0 (BallastClassWeight, info->weights->n);
  for (guint i = 0; i < info->weights->n; i++)
    {
      JsonObject *class = json_array_get_object_element (classes, i);
      const char *weight = get_string (class, "weight");

      info->weights->classes[i] = (BallastClassWeight){
        .index = i, .name = g_strdup (get_string (class, "name")),
        .count = get_int (class, "count"), .empty = get_int (class, "empty") != 0,
        .weight = weight != NULL ? g_ascii_strtod (weight, NULL) : 0,
        .has_number = json_object_has_member (class, "number"),
        .number = (gint64) get_int (class, "number"),
      };
      info->weights->n_empty += info->weights->classes[i].empty ? 1 : 0;
    }
  return ballast_weight_options_from_json (json_object_get_member (weights, "options"),
                                           &info->weights->options, NULL);
}

static gboolean
read_info (BallastShardInfo *info,
           JsonObject       *object)
{
  JsonNode *told = json_object_get_member (object, "told");

  if (g_strcmp0 (get_string (object, "format"), "ballast-shard") != 0 ||
      get_string (object, "fingerprint") == NULL || told == NULL || !JSON_NODE_HOLDS_OBJECT (told) ||
      !read_classes (info, object) || !read_weights (info, object))
    return FALSE;

  info->n_shards = (guint) get_int (object, "shards");
  info->fingerprint = g_strdup (get_string (object, "fingerprint"));
  info->has_splits = get_int (object, "has_splits") != 0;
  info->told = json_node_copy (told);
  info->layout = g_strdup (get_string (object, "layout"));
  info->pipeline = g_strdup (get_string (object, "pipeline"));
  info->left_out = get_int (object, "left_out");
  info->problems = get_int (object, "problems");
  info->options = (BallastExportOptions){
    .layout = info->layout, .originals = (BallastOriginals) get_int (object, "originals"),
    .quality = BALLAST_EXPORT_QUALITY, .weight_files = (guint) get_int (object, "weight_files"),
    .weights = info->weights, .pipeline_json = info->pipeline,
    .mixes = get_int (object, "mixes") != 0, .n_training = get_int (object, "training"),
    .n_others = get_int (object, "others"), .class_names = (const char *const *) info->class_names,
    .class_parents = (const char *const *) info->class_parents,
  };
  if (info->class_numbers != NULL)
    info->options.class_numbers = (const gint64 *) (gpointer) info->class_numbers->data;
  return TRUE;
}

BallastShardInfo *
ballast_shard_info_read (int         dir_fd,
                         const char *name,
                         GError    **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(BallastShardInfo) info = g_new0 (BallastShardInfo, 1);
  g_autoptr(JsonNode) root = NULL;

  if (ballast_export_file_load (dir_fd, BALLAST_SHARD_INFO_NAME, text, NULL))
    root = ballast_json_parse (text->str, (gssize) text->len, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) && read_info (info, json_node_get_object (root)))
    return g_steal_pointer (&info);

  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
               _("“%s” is no whole shard of an export: export it again"), name);
  return NULL;
}

void
ballast_shard_info_free (BallastShardInfo *info)
{
  for (guint i = 0; info->class_parents != NULL && info->class_names[i] != NULL; i++)
    g_free (info->class_parents[i]);
  g_free (info->class_parents);
  g_strfreev (info->class_names);
  g_clear_pointer (&info->class_numbers, g_array_unref);
  g_clear_pointer (&info->weights, ballast_weights_free);
  g_clear_pointer (&info->told, json_node_unref);
  g_free (info->fingerprint);
  g_free (info->layout);
  g_free (info->pipeline);
  g_free (info);
}
