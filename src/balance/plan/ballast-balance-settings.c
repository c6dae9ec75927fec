/*
 * How the training split is to be balanced, as a value and as JSON.
 *
 * Overrides are kept sorted by name, so that equal settings have equal texts.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-balance-settings.h"

#include <math.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-json-members.h"

#define DEFAULT_MAX_REPEATS 10
#define DEFAULT_THRESHOLD 0.001
#define MAX_REPEATS_LIMIT 100000

static const char *const strategy_names[] = { "none", "oversample", "undersample", "both",
                                              "repeat-factor" };

const char *
ballast_strategy_get_name (BallastStrategy strategy)
{
  g_return_val_if_fail ((guint) strategy < G_N_ELEMENTS (strategy_names), strategy_names[0]);

  return strategy_names[strategy];
}

gboolean
ballast_strategy_parse (const char      *name,
                        BallastStrategy *strategy,
                        GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (strategy_names); i++)
    if (g_strcmp0 (name, strategy_names[i]) == 0)
      {
        *strategy = (BallastStrategy) i;
        return TRUE;
      }

  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
               "“%s” is no strategy: use none, oversample, undersample, both or repeat-factor",
               name != NULL ? name : "");
  return FALSE;
}

static void
override_clear (gpointer data)
{
  g_free (((BallastTargetOverride *) data)->name);
}

void
ballast_balance_settings_init (BallastBalanceSettings *settings)
{
  *settings = (BallastBalanceSettings){
    .strategy = BALLAST_STRATEGY_OVERSAMPLE,
    .target = BALLAST_TARGET_INIT,
    .max_repeats = DEFAULT_MAX_REPEATS,
    .threshold = DEFAULT_THRESHOLD,
    .unit = BALLAST_UNIT_IMAGES,
    .crops = BALLAST_CROP_SETTINGS_INIT,
  };
}

void
ballast_balance_settings_copy (const BallastBalanceSettings *settings,
                               BallastBalanceSettings       *copy)
{
  *copy = *settings;
  copy->overrides = NULL;
  for (guint i = 0; settings->overrides != NULL && i < settings->overrides->len; i++)
    {
      BallastTargetOverride *entry =
        &g_array_index (settings->overrides, BallastTargetOverride, i);

      ballast_balance_settings_set_override (copy, entry->name, entry->count);
    }
}

void
ballast_balance_settings_clear (BallastBalanceSettings *settings)
{
  g_clear_pointer (&settings->overrides, g_array_unref);
}

static guint
count_overrides (const BallastBalanceSettings *settings)
{
  return settings->overrides != NULL ? settings->overrides->len : 0;
}

/* The place of @name, or where it would be put; @found tells which. */
static guint
find_place (const BallastBalanceSettings *settings,
            const char                   *name,
            gboolean                     *found)
{
  guint low = 0, high = count_overrides (settings);

  *found = FALSE;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (g_array_index (settings->overrides, BallastTargetOverride, middle).name,
                          name);

      *found = *found || order == 0;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static gboolean
crops_equal (const BallastCropSettings *a,
             const BallastCropSettings *b)
{
  return a->enabled == b->enabled && a->min_size == b->min_size && a->size == b->size &&
         a->visibility == b->visibility;
}

gboolean
ballast_balance_settings_equal (const BallastBalanceSettings *a,
                                const BallastBalanceSettings *b)
{
  if (a->strategy != b->strategy || a->target.kind != b->target.kind ||
      a->target.value != b->target.value || a->max_repeats != b->max_repeats ||
      a->threshold != b->threshold || a->unit != b->unit || a->seed != b->seed ||
      a->instance_aware != b->instance_aware || a->background.kind != b->background.kind ||
      a->background.value != b->background.value || !crops_equal (&a->crops, &b->crops) ||
      count_overrides (a) != count_overrides (b))
    return FALSE;

  for (guint i = 0; i < count_overrides (a); i++)
    {
      const BallastTargetOverride *left = &g_array_index (a->overrides, BallastTargetOverride, i);
      const BallastTargetOverride *right = &g_array_index (b->overrides, BallastTargetOverride, i);

      if (left->count != right->count || strcmp (left->name, right->name) != 0)
        return FALSE;
    }

  return TRUE;
}

void
ballast_balance_settings_set_override (BallastBalanceSettings *settings,
                                       const char             *name,
                                       guint64                 count)
{
  gboolean found;
  guint place = find_place (settings, name, &found);

  if (settings->overrides == NULL)
    {
      settings->overrides = g_array_new (FALSE, FALSE, sizeof (BallastTargetOverride));
      g_array_set_clear_func (settings->overrides, override_clear);
    }

  if (found)
    g_array_index (settings->overrides, BallastTargetOverride, place).count = count;
  else
    {
      BallastTargetOverride entry = { g_strdup (name), count };

      g_array_insert_val (settings->overrides, place, entry);
    }
}

void
ballast_balance_settings_unset_override (BallastBalanceSettings *settings,
                                         const char             *name)
{
  gboolean found;
  guint place = find_place (settings, name, &found);

  if (found)
    g_array_remove_index (settings->overrides, place);
}

gboolean
ballast_balance_settings_get_override (const BallastBalanceSettings *settings,
                                       const char                   *name,
                                       guint64                      *count)
{
  gboolean found;
  guint place = find_place (settings, name, &found);

  if (found)
    *count = g_array_index (settings->overrides, BallastTargetOverride, place).count;
  return found;
}

static void
add_overrides (JsonBuilder                  *builder,
               const BallastBalanceSettings *settings)
{
  json_builder_set_member_name (builder, "overrides");
  json_builder_begin_object (builder);
  for (guint i = 0; i < count_overrides (settings); i++)
    {
      const BallastTargetOverride *entry =
        &g_array_index (settings->overrides, BallastTargetOverride, i);

      ballast_json_add_int (builder, entry->name, entry->count);
    }
  json_builder_end_object (builder);
}

/* What came later is written only where it is used: the settings of others keep their text. */
static void
add_others (JsonBuilder                  *builder,
            const BallastBalanceSettings *settings)
{
  const BallastCropSettings usual = BALLAST_CROP_SETTINGS_INIT;
  g_autofree char *background = ballast_background_to_text (&settings->background);

  if (settings->instance_aware)
    ballast_json_add_boolean (builder, "instance_aware", TRUE);
  if (settings->background.kind != BALLAST_BACKGROUND_ALL)
    ballast_json_add_string (builder, "background", background);
  if (crops_equal (&settings->crops, &usual))
    return;
  json_builder_set_member_name (builder, "crops");
  json_builder_begin_object (builder);
  ballast_json_add_boolean (builder, "enabled", settings->crops.enabled);
  ballast_json_add_int (builder, "min_size", settings->crops.min_size);
  ballast_json_add_int (builder, "size", settings->crops.size);
  ballast_json_add_number (builder, "visibility", settings->crops.visibility);
  json_builder_end_object (builder);
}

JsonNode *
ballast_balance_settings_to_json (const BallastBalanceSettings *settings)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *target = ballast_target_to_text (&settings->target);

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "strategy", ballast_strategy_get_name (settings->strategy));
  ballast_json_add_string (builder, "target", target);
  ballast_json_add_int (builder, "max_repeats", settings->max_repeats);
  ballast_json_add_number (builder, "threshold", settings->threshold);
  ballast_json_add_string (builder, "unit", ballast_unit_get_name (settings->unit));
  ballast_json_add_int (builder, "seed", settings->seed);
  add_overrides (builder, settings);
  add_others (builder, settings);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static gboolean
refuse (const char *member,
        GError    **error)
{
  g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
               "“%s” has a value that cannot be used in the settings of balancing", member);
  return FALSE;
}

/* TRUE with @value where the member is a number within the bounds, or not there at all. */
static gboolean
read_number (JsonObject *object,
             const char *member,
             double      minimum,
             double      maximum,
             double     *value)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *value = json_node_get_double (node);
  return *value >= minimum && *value <= maximum;
}

/* TRUE with @text where the member is a text; NULL where it is not there. */
static gboolean
read_text (JsonObject  *object,
           const char  *member,
           const char **text)
{
  JsonNode *node = json_object_get_member (object, member);

  *text = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_overrides (JsonObject             *object,
                BallastBalanceSettings *settings,
                GError                **error)
{
  JsonNode *node = json_object_get_member (object, "overrides");
  JsonObject *overrides;
  JsonObjectIter iterator;
  const char *name;
  JsonNode *value;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse ("overrides", error);

  overrides = json_node_get_object (node);
  json_object_iter_init (&iterator, overrides);
  while (json_object_iter_next (&iterator, &name, &value))
    {
      double count = -1;

      if (!read_number (overrides, name, 0, 1e12, &count) || count != floor (count))
        return refuse (name, error);
      ballast_balance_settings_set_override (settings, name, (guint64) count);
    }

  return TRUE;
}

/* TRUE with @value where the member is true or false, or not there at all. */
static gboolean
read_switch (JsonObject *object,
             const char *member,
             gboolean   *value)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_crops (JsonObject          *object,
            BallastCropSettings *crops,
            GError             **error)
{
  JsonNode *node = json_object_get_member (object, "crops");
  double min_size = crops->min_size, size = crops->size;
  JsonObject *members;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse ("crops", error);
  members = json_node_get_object (node);
  if (!read_switch (members, "enabled", &crops->enabled) ||
      !read_number (members, "min_size", 1, BALLAST_CROP_SIZE_LIMIT, &min_size) ||
      !read_number (members, "size", 0, BALLAST_CROP_SIZE_LIMIT, &size) ||
      !read_number (members, "visibility", 0.01, 1, &crops->visibility))
    return refuse ("crops", error);

  crops->min_size = (guint) min_size;
  crops->size = (guint) size;
  return TRUE;
}

static gboolean
read_others (JsonObject             *object,
             BallastBalanceSettings *settings,
             GError                **error)
{
  const char *text;

  if (!read_switch (object, "instance_aware", &settings->instance_aware))
    return refuse ("instance_aware", error);
  if (!read_text (object, "background", &text))
    return refuse ("background", error);
  if (text != NULL && !ballast_background_parse (text, &settings->background, error))
    return FALSE;
  return read_crops (object, &settings->crops, error);
}

static gboolean
read_names (JsonObject             *object,
            BallastBalanceSettings *settings,
            GError                **error)
{
  const char *text;

  if (!read_text (object, "strategy", &text))
    return refuse ("strategy", error);
  if (text != NULL && !ballast_strategy_parse (text, &settings->strategy, error))
    return FALSE;
  if (!read_text (object, "target", &text))
    return refuse ("target", error);
  if (text != NULL && !ballast_target_parse (text, &settings->target, error))
    return FALSE;
  if (!read_text (object, "unit", &text) ||
      (text != NULL && !ballast_unit_parse (text, &settings->unit)))
    return refuse ("unit", error);

  return TRUE;
}

static gboolean
read_numbers (JsonObject             *object,
              BallastBalanceSettings *settings,
              GError                **error)
{
  double repeats = settings->max_repeats;
  JsonNode *seed = json_object_get_member (object, "seed");

  if (!read_number (object, "max_repeats", 0, MAX_REPEATS_LIMIT, &repeats))
    return refuse ("max_repeats", error);
  if (!read_number (object, "threshold", 0, 1, &settings->threshold))
    return refuse ("threshold", error);
  if (seed != NULL &&
      (!JSON_NODE_HOLDS_VALUE (seed) || json_node_get_value_type (seed) != G_TYPE_INT64))
    return refuse ("seed", error);

  settings->max_repeats = (guint) repeats;
  if (seed != NULL)
    settings->seed = (guint64) json_node_get_int (seed);
  return TRUE;
}

gboolean
ballast_balance_settings_from_json (JsonNode               *node,
                                    BallastBalanceSettings *settings,
                                    GError                **error)
{
  JsonObject *object;

  ballast_balance_settings_init (settings);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse ("balance", error);

  object = json_node_get_object (node);
  if (read_names (object, settings, error) && read_numbers (object, settings, error) &&
      read_overrides (object, settings, error) && read_others (object, settings, error))
    return TRUE;

  ballast_balance_settings_clear (settings);
  ballast_balance_settings_init (settings);
  return FALSE;
}
