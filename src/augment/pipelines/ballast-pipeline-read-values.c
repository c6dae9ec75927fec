/*
 * Reads the arguments of one transform into the values of an op, and says what it could not.
 *
 * The arguments may come from anywhere: what is set in an unknown way becomes the default, and what
 * is out of its limits is brought within.  Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-private.h"

#include <math.h>
#include <string.h>

/* Arguments that are no loss: they repeat what Ballast does anyway, or concern other things. */
static const char *const silent[] = {
  "__class_fullname__", "always_apply", "approximation", "area_for_downscale", "cell_shape", "cropping_bbox_key",
  "fill_mask", "interpolation", "keypoint_remapping_method", "mask_interpolation", "max_height",
  "max_holes", "max_width", "min_height", "min_holes", "min_width", "noise_params", "p", "plasma_size",
  "transforms", "var_limit", NULL,
};

void
ballast_strv_builder_say (GStrvBuilder *builder,
                          const char   *format,
                          ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  if (builder == NULL)
    return;
  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_strv_builder_add (builder, sentence);
}

gboolean
ballast_json_node_number (JsonNode *node,
                          double   *number)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    *number = json_node_get_boolean (node);
  else if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    *number = json_node_get_double (node);
  else
    return FALSE;
  return isfinite (*number);
}

/* The node at @path, where one value may stand for all members: "scale": 1.1. */
static JsonNode *
find_path (JsonObject *arguments,
           const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *name = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);
  JsonNode *node = json_object_get_member (arguments, name);

  if (dot == NULL || node == NULL)
    return node;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), dot + 1);
  if (g_ascii_isdigit (dot[1]) && JSON_NODE_HOLDS_ARRAY (node))
    {
      guint index = (guint) g_ascii_strtoull (dot + 1, NULL, 10);
      JsonArray *array = json_node_get_array (node);

      return index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
    }
  return node;
}

gboolean
ballast_json_node_numbers (JsonNode *node,
                           guint     n,
                           double   *numbers)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) < n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!ballast_json_node_number (json_array_get_element (array, i), &numbers[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_choice (const BallastParameter *parameter,
             JsonNode               *node,
             BallastValue           *value)
{
  gboolean is_name = JSON_NODE_HOLDS_VALUE (node)
                     && json_node_get_value_type (node) == G_TYPE_STRING;
  double number = -1;

  ballast_json_node_number (node, &number);
  for (guint i = 0; i < parameter->n_choices; i++)
    if (is_name ? strcmp (json_node_get_string (node), parameter->choices[i].name) == 0
                : parameter->choices[i].id >= 0 && parameter->choices[i].id == number)
      {
        value->number[0] = i;
        return TRUE;
      }
  return FALSE;
}

/* Ranges for which one number means exactly that, whatever its sign. */
static const char *const exact[] = { "percent", "px", NULL };

/* One number for a range means ± where the sign matters, and exactly that elsewhere. */
static gboolean
read_value (const BallastParameter *parameter,
            JsonNode               *node,
            BallastValue           *value)
{
  double n[3] = { 0 };
  guint count = ballast_parameter_get_n_numbers (parameter);

  if (parameter->type == BALLAST_PARAMETER_CHOICE)
    return read_choice (parameter, node, value);
  if (ballast_json_node_numbers (node, count, n))
    {
      *value = (BallastValue) { { n[0], n[1], n[2] } };
      return TRUE;
    }
  if (!ballast_json_node_number (node, &n[0]))
    return FALSE;

  if (parameter->type == BALLAST_PARAMETER_RANGE && g_strv_contains (exact, parameter->name))
    *value = (BallastValue) { { n[0], n[0] } };
  else if (parameter->type == BALLAST_PARAMETER_RANGE)
    *value = (BallastValue) { { parameter->minimum < 0 ? -fabs (n[0]) : n[0], fabs (n[0]) } };
  else if (parameter->type == BALLAST_PARAMETER_COLOUR)
    *value = (BallastValue) { { n[0], n[0], n[0] } };
  else
    *value = (BallastValue) { { n[0], 0, 0 } };
  return TRUE;
}

static gboolean
is_parameter (const BallastOp *op,
              const char      *argument)
{
  for (guint i = 0; i < op->n_parameters; i++)
    {
      const char *name = op->parameters[i].name;
      gsize length = strcspn (name, ".");

      if (strlen (argument) == length && strncmp (name, argument, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Arguments that have no counterpart here, and what they are where they ask for nothing special. */
static const struct
{
  const char *name;
  const char *json;
} usual[] = {
  { "fit_mode", "\"cover\"" },
  { "grid_yx", "[2, 2]" },
  { "keep_size", "true" },
  { "metadata_key", "\"mosaic_metadata\"" },
  { "method", "\"overlay\"" },
  { "mode", "\"fast\"" },
  { "noise_scale_factor", "1.0" },
  { "noise_type", "\"uniform\"" },
  { "num_output_channels", "3" },
  { "position", "\"center\"" },
  { "rotate_method", "\"largest_box\"" },
  { "spatial_mode", "\"constant\"" },
};

static gboolean
is_word (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_usual (const char *name,
          JsonNode   *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autoptr(JsonNode) other = NULL;

      if (strcmp (usual[i].name, name) != 0)
        continue;
      other = json_from_string (usual[i].json, NULL);
      if (json_node_equal (other, node))
        return TRUE;
    }
  return FALSE;
}

/* Nothing is lost by an argument that is switched off. */
static gboolean
is_off (JsonNode *node)
{
  double number;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr(GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        if (!is_off (l->data))
          return FALSE;
      return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!is_off (json_array_get_element (array, i)))
          return FALSE;
      return TRUE;
    }
  return JSON_NODE_HOLDS_NULL (node) || (ballast_json_node_number (node, &number) && number == 0);
}

static void
report_unknown_arguments (const BallastOp *op,
                          JsonObject      *arguments,
                          GStrvBuilder    *dropped)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, arguments);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!is_parameter (op, name) && !g_strv_contains (silent, name) && !is_off (node)
        && !is_usual (name, node))
      ballast_strv_builder_say (dropped, "%s: the argument “%s” is not known here and was left out", op->name, name);
}

/* "fill": "random", where a colour may stand: the choice that has this word takes it. */
static gboolean
read_word (const BallastOp *op,
           JsonNode        *node,
           BallastValue    *values)
{
  for (guint i = 0; is_word (node) && i < op->n_parameters; i++)
    if (op->parameters[i].type == BALLAST_PARAMETER_CHOICE
        && read_choice (&op->parameters[i], node, &values[i]))
      return TRUE;
  return FALSE;
}

static void
say_unreadable (const BallastOp        *op,
                const BallastParameter *parameter,
                JsonNode               *node,
                GStrvBuilder           *dropped)
{
  if (is_word (node) && g_str_has_prefix (json_node_get_string (node), "inpaint_"))
    ballast_strv_builder_say (dropped,
                              "%s: holes are not painted over from their surroundings here, as that "
                              "would show a model what no camera saw; the fill colour is used",
                              op->name);
  else
    ballast_strv_builder_say (dropped,
                              "%s: “%s” is set in a way that is not known here; its default is used",
                              op->name, parameter->name);
}

void
ballast_pipeline_read_values (const BallastOp *op,
                              JsonObject      *arguments,
                              BallastValue    *values,
                              GStrvBuilder    *dropped)
{
  for (guint i = 0; i < op->n_parameters; i++)
    values[i] = op->parameters[i].absent;
  if (op->read_legacy != NULL)
    op->read_legacy (arguments, values);

  for (guint i = 0; i < op->n_parameters; i++)
    {
      const BallastParameter *parameter = &op->parameters[i];
      JsonNode *node = find_path (arguments, parameter->name);
      BallastValue value = values[i];

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node) && !read_value (parameter, node, &value)
          && (parameter->type != BALLAST_PARAMETER_COLOUR || !read_word (op, node, values)))
        say_unreadable (op, parameter, node, dropped);
      if (!ballast_parameter_clamp (parameter, &value) && dropped != NULL)
        ballast_strv_builder_say (dropped, "%s: “%s” was brought within its limits", op->name, parameter->name);
      values[i] = value;
    }
  if (dropped != NULL)
    report_unknown_arguments (op, arguments, dropped);
}
