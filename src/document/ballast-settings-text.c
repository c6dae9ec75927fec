/*
 * Settings as the project file holds them: one JSON text each.
 *
 * Seeds are written as texts: JSON's numbers are doubles to many readers and 64 bits do not fit.
 * Main thread; nothing here reads the project.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-settings-private.h"

#include <string.h>

#include "ballast-json.h"

static const char *const format_choices[] = { "keep", "jpeg", "png" };

const char *
ballast_format_choice_get_name (BallastFormatChoice choice)
{
  g_return_val_if_fail (choice < G_N_ELEMENTS (format_choices), NULL);
  return format_choices[choice];
}

gboolean
ballast_format_choice_parse (const char          *name,
                             BallastFormatChoice *choice)
{
  for (gsize i = 0; i < G_N_ELEMENTS (format_choices); i++)
    if (g_strcmp0 (name, format_choices[i]) == 0)
      {
        *choice = i;
        return TRUE;
      }
  return FALSE;
}

void
ballast_export_settings_init (BallastExportSettings *settings)
{
  *settings = (BallastExportSettings) {
    .layout = g_strdup ("folders"),
    .originals = g_strdup ("copy"),
    .format = BALLAST_FORMAT_CHOICE_KEEP,
    .quality = 92,
    .weights = g_strdup ("json,csv"),
  };
}

void
ballast_export_settings_clear (BallastExportSettings *settings)
{
  g_clear_pointer (&settings->layout, g_free);
  g_clear_pointer (&settings->originals, g_free);
  g_clear_pointer (&settings->weights, g_free);
}

void
ballast_export_settings_copy (const BallastExportSettings *settings,
                              BallastExportSettings       *copy)
{
  *copy = *settings;
  copy->layout = g_strdup (settings->layout);
  copy->originals = g_strdup (settings->originals);
  copy->weights = g_strdup (settings->weights);
}

gboolean
ballast_export_settings_equal (const BallastExportSettings *a,
                               const BallastExportSettings *b)
{
  return g_strcmp0 (a->layout, b->layout) == 0 && g_strcmp0 (a->originals, b->originals) == 0 &&
         g_strcmp0 (a->weights, b->weights) == 0 && a->format == b->format &&
         a->quality == b->quality && a->seed == b->seed;
}

/* Takes @node. */
static char *
text_of (JsonNode *node)
{
  g_autoptr(JsonNode) owned = node;

  return ballast_json_to_string (owned, FALSE);
}

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void
note_class (JsonObject         *classes,
            const BallastTally *tally,
            const char         *name)
{
  const BallastClassTally *class = ballast_tally_find_class (tally, name);

  if (class != NULL)
    json_object_set_int_member (classes, name, class->id);
}

char *
ballast_settings_balance_text (const BallastBalanceSettings *balance,
                               const BallastTally           *tally)
{
  JsonObject *wrapper = json_object_new ();
  JsonObject *classes = json_object_new ();

  for (guint i = 0; balance->overrides != NULL && i < balance->overrides->len; i++)
    note_class (classes, tally,
                g_array_index (balance->overrides, BallastTargetOverride, i).name);
  json_object_set_member (wrapper, "balance", ballast_balance_settings_to_json (balance));
  json_object_set_object_member (wrapper, "classes", classes);
  return text_of (node_of (wrapper));
}

char *
ballast_settings_weights_text (const BallastWeightOptions *weights)
{
  return text_of (ballast_weight_options_to_json (weights));
}

char *
ballast_settings_export_text (const BallastExportSettings *settings)
{
  JsonObject *object = json_object_new ();
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, settings->seed);

  json_object_set_string_member (object, "layout", settings->layout);
  json_object_set_string_member (object, "originals", settings->originals);
  json_object_set_string_member (object, "format",
                                 ballast_format_choice_get_name (settings->format));
  json_object_set_int_member (object, "quality", settings->quality);
  json_object_set_string_member (object, "weights", settings->weights);
  json_object_set_string_member (object, "seed", seed);
  return text_of (node_of (object));
}

char *
ballast_settings_pairs_text (const BallastClassPair *pairs,
                             gsize                   n_pairs)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (gsize i = 0; i < n_pairs; i++)
    {
      JsonArray *pair = json_array_new ();

      json_array_add_int_element (pair, pairs[i].class_id);
      json_array_add_int_element (pair, pairs[i].mirrored_id);
      json_array_add_array_element (array, pair);
    }
  json_node_take_array (node, array);
  return text_of (node);
}

char *
ballast_settings_hierarchy_text (const BallastHierarchy *hierarchy,
                                 const BallastTally     *tally)
{
  JsonObject *wrapper = json_object_new ();
  JsonObject *classes = json_object_new ();
  g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (hierarchy);

  for (guint i = 0; i < nodes->len; i++)
    {
      const BallastHierarchyNode *node = g_ptr_array_index (nodes, i);

      if (node->is_class)
        note_class (classes, tally, node->name);
    }
  json_object_set_member (wrapper, "hierarchy", ballast_hierarchy_to_json (hierarchy));
  json_object_set_object_member (wrapper, "classes", classes);
  return text_of (node_of (wrapper));
}

static JsonObject *
wrap_pipeline (const BallastPipeline *pipeline,
               const BallastTally    *tally)
{
  JsonObject *wrapper = json_object_new ();
  JsonObject *classes = json_object_new ();
  g_autofree char *text = ballast_pipeline_to_json (pipeline, FALSE);
  JsonNode *inner = ballast_json_parse (text, -1, NULL);

  for (guint i = 0; i < ballast_pipeline_get_n_steps (pipeline); i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, i);

      for (char **name = step->kept_from; name != NULL && *name != NULL; name++)
        note_class (classes, tally, *name);
    }
  json_object_set_member (wrapper, "pipeline", inner);
  json_object_set_object_member (wrapper, "classes", classes);
  return wrapper;
}

char *
ballast_settings_pipeline_text (const BallastPipeline *pipeline,
                                const BallastTally    *tally)
{
  return text_of (node_of (wrap_pipeline (pipeline, tally)));
}

char *
ballast_settings_class_pipelines_text (const BallastSettings *settings,
                                       gint64                 class_id,
                                       const BallastPipeline *pipeline,
                                       const BallastTally    *tally)
{
  g_autoptr(JsonNode) node = node_of (json_object_new ());
  JsonObject *object = json_node_get_object (node);

  for (guint i = 0; i < tally->n_classes; i++)
    {
      gint64 id = tally->classes[i].id;
      g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      const BallastPipeline *own = id == class_id ? pipeline : NULL;

      if (id != class_id && ballast_settings_has_own_pipeline (settings, id))
        own = ballast_settings_get_pipeline (settings, id);
      if (own != NULL)
        json_object_set_object_member (object, name, wrap_pipeline (own, tally));
    }
  return json_object_get_size (object) == 0 ? NULL : ballast_json_to_string (node, FALSE);
}
