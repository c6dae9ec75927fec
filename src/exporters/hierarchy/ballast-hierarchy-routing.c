/*
 * What makes several datasets one hierarchy again: which classifier is whose, and where each of its
 * labels leads.
 *
 *   hierarchy.json        the tree, the datasets, their labels and routes, counts and weights
 *   hierarchy.csv         one row a class, one column a level: the y of HiClass
 *   ballast_hierarchy.py  combines the classifiers' predictions
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-hierarchy-routing.h"

#include <string.h>

#include "ballast-csv.h"
#include "ballast-export-file.h"
#include "ballast-export-names.h"
#include "ballast-exporters-resources.h"
#include "ballast-hierarchy-read.h"
#include "ballast-json-members.h"
#include "ballast-json.h"

#define MODULE_PATH "/io/github/ballast_app/Ballast/exporters/" BALLAST_HIERARCHY_PYTHON_NAME

static void
add_strings (JsonBuilder       *builder,
             const char        *name,
             const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_counts (JsonBuilder                 *builder,
            const char                  *name,
            const BallastHierarchyRoute *route,
            gboolean                     after)
{
  g_autofree guint64 *counts =
    ballast_hierarchy_dataset_dup_counts (route->dataset, route->plan, after);

  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < route->dataset->n_labels; i++)
    json_builder_add_int_value (builder, (gint64) counts[i]);
  json_builder_end_array (builder);
}

/* {"index", "label", "class" or "group" or "rest": true} */
static void
add_route (JsonBuilder                   *builder,
           const BallastHierarchyDataset *dataset,
           guint                          label)
{
  const BallastHierarchyNode *node = NULL;

  if (dataset->child < 0)
    node = g_ptr_array_index (dataset->group->children, label);
  else if (label == 1)
    node = g_ptr_array_index (dataset->group->children, dataset->child);

  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "index", label);
  ballast_json_add_string (builder, "label", dataset->labels[label]);
  if (node != NULL)
    ballast_json_add_string (builder, node->is_class ? "class" : "group", node->name);
  else
    {
      ballast_json_add_boolean (builder, "rest", TRUE);
    }
  json_builder_end_object (builder);
}

static void
add_weights (JsonBuilder          *builder,
             const BallastWeights *weights)
{
  json_builder_set_member_name (builder, "weights");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    json_builder_add_double_value (builder, weights->classes[i].weight);
  json_builder_end_array (builder);
}

static void
add_dataset (JsonBuilder                   *builder,
             const BallastHierarchyRouting *routing,
             const BallastHierarchyRoute   *route)
{
  const BallastHierarchyDataset *dataset = route->dataset;
  g_autoptr(GStrvBuilder) folders = g_strv_builder_new ();
  g_auto(GStrv) folder_names = NULL;

  for (guint i = 0; i < dataset->n_labels; i++)
    {
      g_autofree char *folder = ballast_export_name_component (dataset->labels[i]);

      g_strv_builder_add (folders, folder);
    }
  folder_names = g_strv_builder_end (folders);

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", dataset->name);
  ballast_json_add_string (builder, "group", dataset->group->name);
  ballast_json_add_int (builder, "group_id", dataset->group->id);
  if (dataset->child >= 0)
    ballast_json_add_string (builder, "child", dataset->labels[1]);
  ballast_json_add_string (builder, "folder", route->folder);
  add_strings (builder, "labels", (const char *const *) dataset->labels);
  add_strings (builder, "label_folders", (const char *const *) folder_names);
  json_builder_set_member_name (builder, "routes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < dataset->n_labels; i++)
    add_route (builder, dataset, i);
  json_builder_end_array (builder);
  add_counts (builder, "counts_before", route, FALSE);
  add_counts (builder, "counts_after", route, TRUE);
  add_weights (builder, route->weights);
  ballast_json_add_int (builder, "left_out", route->left_out);
  ballast_json_add_number (builder, "accuracy",
                           ballast_hierarchy_get_accuracy (routing->hierarchy, dataset->group));
  json_builder_end_object (builder);
}

/* The names from below the root down to the class. */
static void
add_path (JsonBuilder                *builder,
          const BallastHierarchyNode *node)
{
  if (node->parent == NULL)
    return;
  add_path (builder, node->parent);
  json_builder_add_string_value (builder, node->name);
}

/* The classes of the tree in the dataset's order, the way to each, and those that are out. */
static void
add_classes (JsonBuilder                   *builder,
             const BallastHierarchyRouting *routing)
{
  g_autoptr(GStrvBuilder) inside = g_strv_builder_new (), outside = g_strv_builder_new ();
  g_auto(GStrv) in = NULL, out = NULL;

  for (guint i = 0; routing->classes[i] != NULL; i++)
    {
      const BallastHierarchyNode *node =
        ballast_hierarchy_find_name (routing->hierarchy, routing->classes[i]);

      g_strv_builder_add (node != NULL && node->is_class ? inside : outside, routing->classes[i]);
    }
  in = g_strv_builder_end (inside);
  out = g_strv_builder_end (outside);
  add_strings (builder, "classes", (const char *const *) in);
  add_strings (builder, "out", (const char *const *) out);
  json_builder_set_member_name (builder, "paths");
  json_builder_begin_object (builder);
  for (guint i = 0; in[i] != NULL; i++)
    {
      json_builder_set_member_name (builder, in[i]);
      json_builder_begin_array (builder);
      add_path (builder, ballast_hierarchy_find_name (routing->hierarchy, in[i]));
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

char *
ballast_hierarchy_routing_to_json (const BallastHierarchyRouting *routing)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, routing->seed);

  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "schema", 1);
  ballast_json_add_string (builder, "version", BALLAST_VERSION);
  ballast_json_add_string (builder, "root", routing->hierarchy->root->name);
  add_classes (builder, routing);
  json_builder_set_member_name (builder, "datasets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < routing->n_routes; i++)
    add_dataset (builder, routing, &routing->routes[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "balance");
  json_builder_add_value (builder, ballast_balance_settings_to_json (routing->balance));
  json_builder_set_member_name (builder, "weight_options");
  json_builder_add_value (builder, ballast_weight_options_to_json (routing->weights));
  ballast_json_add_string (builder, "seed", seed);
  json_builder_set_member_name (builder, "tree");
  json_builder_add_value (builder, ballast_hierarchy_to_json (routing->hierarchy));
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

static gboolean
write_csv (const BallastHierarchyRouting *routing,
           int                            dir_fd,
           GError                       **error)
{
  g_autoptr(GPtrArray) rows = ballast_hierarchy_dup_rows (routing->hierarchy);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      ballast_csv_append_row (text, (const char *const *) row, g_strv_length (row));
    }
  return ballast_export_file_put (dir_fd, BALLAST_HIERARCHY_CSV_NAME, text->str, text->len, error);
}

gboolean
ballast_hierarchy_routing_write (const BallastHierarchyRouting *routing,
                                 int                            dir_fd,
                                 GError                       **error)
{
  g_autofree char *json = ballast_hierarchy_routing_to_json (routing);
  g_autoptr(GBytes) module = g_resource_lookup_data (ballast_exporters_get_resource (), MODULE_PATH,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return module != NULL &&
         ballast_export_file_put (dir_fd, BALLAST_HIERARCHY_JSON_NAME, json, strlen (json), error) &&
         write_csv (routing, dir_fd, error) &&
         ballast_export_file_put (dir_fd, BALLAST_HIERARCHY_PYTHON_NAME,
                                  g_bytes_get_data (module, NULL), g_bytes_get_size (module), error);
}
