/*
 * Weights as JSON: scheme, counts, names and indices, and the same numbers in the shapes that loaders
 * like.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-json-members.h"
#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-export-names.h"
#include "ballast-json.h"
#include "ballast-weight-text.h"

static int
compare_folders (const void *a,
                 const void *b,
                 gpointer    user_data)
{
  GPtrArray *folders = user_data;

  return strcmp (folders->pdata[*(const guint *) a], folders->pdata[*(const guint *) b]);
}

/* (transfer full): the class indices in the order of their folders' bytes, as ImageFolder numbers. */
static guint *
dup_folder_order (const BallastWeights *weights)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  guint *order = g_new (guint, MAX (weights->n, 1));

  for (guint i = 0; i < weights->n; i++)
    {
      order[i] = i;
      g_ptr_array_add (folders, ballast_export_name_component (weights->classes[i].name));
    }
  g_qsort_with_data (order, (int) weights->n, sizeof *order, compare_folders, folders);
  return order;
}

static void
add_class (JsonBuilder              *builder,
           const BallastClassWeight *class)
{
  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "index", class->index);
  ballast_json_add_string (builder, "name", class->name);
  ballast_json_add_int (builder, "count", class->count);
  ballast_json_add_number (builder, "weight", ballast_weight_text_round (class->weight));
  if (class->has_number)
    ballast_json_add_int (builder, "category_id", class->number);
  json_builder_end_object (builder);
}

/* The same numbers in the shapes that loaders like: by name, by index, as a list. */
static void
add_views (JsonBuilder          *builder,
           const BallastWeights *weights)
{
  g_autofree guint *order = dup_folder_order (weights);

  json_builder_set_member_name (builder, "by_name");
  json_builder_begin_object (builder);
  for (guint i = 0; i < weights->n; i++)
    ballast_json_add_number (builder, weights->classes[i].name,
                             ballast_weight_text_round (weights->classes[i].weight));
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "list");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    json_builder_add_double_value (builder, ballast_weight_text_round (weights->classes[i].weight));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "imagefolder_order");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    json_builder_add_int_value (builder, order[i]);
  json_builder_end_array (builder);
}

/* What a COCO file calls the classes: ids with gaps, which every loader makes contiguous its own way. */
static void
add_categories (JsonBuilder          *builder,
                const BallastWeights *weights)
{
  g_autofree guint *order = ballast_weight_text_dup_category_order (weights);

  ballast_json_add_string (builder, "category_order",
                           "category ids may have gaps: list is by class index, not by category_id. Detectron2 numbers "
                           "categories from 0 by ascending id: its class i has the weight list[detectron2_order[i]]. "
                           "MMDetection numbers them in the order of the COCO file. torchvision's CocoDetection gives "
                           "category ids themselves: by_category_id");
  json_builder_set_member_name (builder, "by_category_id");
  json_builder_begin_object (builder);
  for (guint i = 0; i < weights->n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, weights->classes[i].number);

      ballast_json_add_number (builder, id, ballast_weight_text_round (weights->classes[i].weight));
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "detectron2_order");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    json_builder_add_int_value (builder, order[i]);
  json_builder_end_array (builder);
}

static void
add_options (JsonBuilder                *builder,
             const BallastWeightOptions *options)
{
  ballast_json_add_string (builder, "scheme", options->scheme->name);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (guint i = 0; i < options->scheme->n_parameters; i++)
    ballast_json_add_number (builder, options->scheme->parameters[i].name, options->params[i]);
  json_builder_end_object (builder);
  ballast_json_add_string (builder, "normalisation",
                           ballast_normalise_get_name (options->normalise));
  ballast_json_add_string (builder, "basis", ballast_weight_basis_get_name (options->basis));
  ballast_json_add_string (builder, "unit", ballast_weight_options_get_unit (options));
}

static GBytes *
make (const BallastWeights *weights)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "schema", 1);
  add_options (builder, &weights->options);
  ballast_json_add_string (builder, "order",
                           "by class index; torchvision's ImageFolder numbers classes by sorted name instead: "
                           "its class i has the weight list[imagefolder_order[i]]");
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < weights->n; i++)
    add_class (builder, &weights->classes[i]);
  json_builder_end_array (builder);
  add_views (builder, weights);
  if (ballast_weights_has_numbers (weights))
    add_categories (builder, weights);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = ballast_json_to_string (root, TRUE);
  return ballast_weight_text_end (g_string_append (g_string_new (text), "\n"));
}

const BallastWeightFormat ballast_weight_format_json = {
  .name = "json",
  .suffix = ".json",
  .file = "class_weights.json",
  .title = N_("JSON"),
  .summary = N_("Names, counts and weights by class index, with the order of torchvision’s folders."),
  .make = make,
};
