/*
 * Reads pipelines of ours and of Albumentations 0.5 to 2.x.
 *
 * The file may come from anywhere: whatever has no counterpart here becomes a sentence, and only a
 * text that is no pipeline at all is an error.  Sequences that always apply are laid flat.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-augment-error.h"
#include "ballast-json.h"
#include "ballast-op-table.h"
#include "ballast-pipeline-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_STEPS 200

/* Arguments that are no loss: they repeat what Ballast does anyway, or concern other things. */
static const char *const silent[] = {
  "__class_fullname__", "always_apply", "area_for_downscale", "balanced_scale", "brightness_by_max",
  "cval", "cval_mask", "ensure_safe_range", "fill_mask", "fill_value", "height", "interpolation",
  "keep_size", "mask_fill_value", "mask_interpolation", "mask_value", "max_height", "max_holes",
  "max_width", "min_height", "min_holes", "min_width", "mode", "noise_scale_factor",
  "num_output_channels", "p", "ratio", "rotate_method", "size", "value", "var_limit", "width", NULL,
};

typedef struct
{
  BallastPipeline *pipeline;
  GStrvBuilder    *dropped;
  JsonArray       *ours;     /* "ballast"."steps", or NULL */
  guint            position; /* in it */
} Reader;

static void
say (GStrvBuilder *dropped,
     const char   *format,
     ...) G_GNUC_PRINTF (2, 3);

static void
say (GStrvBuilder *dropped,
     const char   *format,
     ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  if (dropped == NULL)
    return;
  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_strv_builder_add (dropped, sentence);
}

static gboolean
node_number (JsonNode *node,
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

static gboolean
read_array (JsonNode *node,
            guint     n,
            double   *numbers)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) < n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!node_number (json_array_get_element (array, i), &numbers[i]))
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

  node_number (node, &number);
  for (guint i = 0; i < parameter->n_choices; i++)
    if (is_name ? strcmp (json_node_get_string (node), parameter->choices[i].name) == 0
                : parameter->choices[i].id >= 0 && parameter->choices[i].id == number)
      {
        value->number[0] = i;
        return TRUE;
      }
  return FALSE;
}

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
  if (read_array (node, count, n))
    {
      *value = (BallastValue) { { n[0], n[1], n[2] } };
      return TRUE;
    }
  if (!node_number (node, &n[0]))
    return FALSE;

  if (parameter->type == BALLAST_PARAMETER_RANGE)
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

/* Nothing is lost by an argument that is switched off. */
static gboolean
is_off (JsonNode *node)
{
  double number;

  return JSON_NODE_HOLDS_NULL (node) || (node_number (node, &number) && number == 0);
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
    if (!is_parameter (op, name) && !g_strv_contains (silent, name) && !is_off (node))
      say (dropped, "%s: the argument “%s” is not known here and was left out", op->name, name);
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

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node) && !read_value (parameter, node, &value))
        say (dropped, "%s: “%s” is set in a way that is not known here; its default is used",
             op->name, parameter->name);
      if (!ballast_parameter_clamp (parameter, &value) && dropped != NULL)
        say (dropped, "%s: “%s” was brought within its limits", op->name, parameter->name);
      values[i] = value;
    }
  if (dropped != NULL)
    report_unknown_arguments (op, arguments, dropped);
}

static const char *
class_name_of (JsonObject *node)
{
  JsonNode *name = json_object_get_member (node, "__class_fullname__");
  const char *full, *dot;

  if (name == NULL || !JSON_NODE_HOLDS_VALUE (name)
      || json_node_get_value_type (name) != G_TYPE_STRING)
    return "";
  full = json_node_get_string (name);
  dot = strrchr (full, '.');
  return dot != NULL ? dot + 1 : full;
}

static double
p_of (JsonObject *node,
      double      otherwise)
{
  double p = otherwise;

  if (node_number (json_object_get_member (node, "p"), &p))
    return CLAMP (p, 0, 1);
  return otherwise;
}

/* The members of our own line that the transform has no word for. */
static void
read_ours (JsonObject   *ours,
           BallastStep  *step,
           GStrvBuilder *classes)
{
  JsonNode *values = json_object_get_member (ours, "values");
  JsonNode *kept_from = json_object_get_member (ours, "kept_from");
  double id = 0;

  if (node_number (json_object_get_member (ours, "id"), &id) && id >= 1 && id < G_MAXUINT32 / 2)
    step->id = (guint32) id;

  for (guint i = 0; values != NULL && JSON_NODE_HOLDS_OBJECT (values) && i < step->op->n_parameters;
       i++)
    {
      const BallastParameter *parameter = &step->op->parameters[i];
      JsonNode *node = json_object_get_member (json_node_get_object (values), parameter->name);

      if (node != NULL)
        read_array (node, ballast_parameter_get_n_numbers (parameter), step->values[i].number);
    }

  if (kept_from == NULL || !JSON_NODE_HOLDS_ARRAY (kept_from))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (kept_from)); i++)
    {
      JsonNode *name = json_array_get_element (json_node_get_array (kept_from), i);

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING)
        g_strv_builder_add (classes, json_node_get_string (name));
    }
}

static void
add_step (Reader     *reader,
          JsonObject *arguments,
          JsonObject *ours,
          gboolean    enabled)
{
  const char *name = class_name_of (arguments);
  g_autoptr(GStrvBuilder) classes = g_strv_builder_new ();
  BallastStep step = { .op = ballast_op_find (name), .enabled = enabled };

  if (step.op == NULL)
    {
      say (reader->dropped, "The op “%s” is not known here and was left out", name);
      return;
    }
  if (ballast_pipeline_get_n_steps (reader->pipeline) >= MAX_STEPS)
    {
      say (reader->dropped, "%s was left out: a pipeline has at most %d steps", name, MAX_STEPS);
      return;
    }

  step.p = p_of (arguments, strcmp (name, "RandomRotate90") == 0
                 || strcmp (name, "RandomResizedCrop") == 0 ? 1 : 0.5);
  ballast_pipeline_read_values (step.op, arguments, step.values, reader->dropped);
  if (ours != NULL)
    read_ours (ours, &step, classes);
  step.kept_from = g_strv_builder_end (classes);
  ballast_pipeline_insert (reader->pipeline, &step, -1);
  g_strfreev (step.kept_from);
}

static JsonObject *
peek_ours (const Reader *reader)
{
  JsonNode *node;

  if (reader->ours == NULL || reader->position >= json_array_get_length (reader->ours))
    return NULL;
  node = json_array_get_element (reader->ours, reader->position);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Steps that are switched off stand in our list alone, in their place. */
static void
add_switched_off (Reader *reader)
{
  JsonObject *ours;
  JsonNode *off;

  while ((ours = peek_ours (reader)) != NULL
         && (off = json_object_get_member (ours, "off")) != NULL)
    {
      if (JSON_NODE_HOLDS_OBJECT (off))
        add_step (reader, json_node_get_object (off), ours, FALSE);
      reader->position++;
    }
}

static void
read_transform (Reader     *reader,
                JsonObject *arguments)
{
  JsonObject *ours;
  JsonNode *op;

  add_switched_off (reader);
  ours = peek_ours (reader);
  op = ours != NULL ? json_object_get_member (ours, "op") : NULL;
  if (op != NULL && JSON_NODE_HOLDS_VALUE (op) && json_node_get_value_type (op) == G_TYPE_STRING
      && strcmp (json_node_get_string (op), class_name_of (arguments)) == 0)
    reader->position++;
  else
    ours = NULL; /* edited by hand: what the transform says counts */
  add_step (reader, arguments, ours, TRUE);
}

static void
read_node (Reader   *reader,
           JsonNode *node)
{
  JsonObject *object;
  JsonNode *children;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  children = json_object_get_member (object, "transforms");
  name = class_name_of (object);
  if (children == NULL || !JSON_NODE_HOLDS_ARRAY (children))
    {
      read_transform (reader, object);
      return;
    }

  if ((strcmp (name, "Compose") != 0 && strcmp (name, "Sequential") != 0 && strcmp (name, "ReplayCompose") != 0)
      || p_of (object, strcmp (name, "Sequential") == 0 ? 0.5 : 1) < 1)
    {
      say (reader->dropped, "The group “%s” is not known here and was left out with all its ops",
           name);
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (children)); i++)
    read_node (reader, json_array_get_element (json_node_get_array (children), i));
}

static void
read_our_part (Reader     *reader,
               JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "ballast");
  JsonNode *steps;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  steps = json_object_get_member (json_node_get_object (node), "steps");
  if (steps != NULL && JSON_NODE_HOLDS_ARRAY (steps))
    reader->ours = json_node_get_array (steps);
}

/* The outermost group's "bbox_params", and what Albumentations has no word for. */
static void
read_boxes (Reader     *reader,
            JsonObject *root,
            JsonObject *compose)
{
  JsonNode *ours = json_object_get_member (root, "ballast");
  BallastBoxPolicy *boxes = &reader->pipeline->boxes;

  ballast_box_policy_read_params (boxes, json_object_get_member (compose, "bbox_params"));
  if (ours != NULL && JSON_NODE_HOLDS_OBJECT (ours))
    ballast_box_policy_read_json (boxes, json_object_get_member (json_node_get_object (ours),
                                                                 "boxes"));
}

/* Ids of steps that are gone must not come back. */
static void
read_next_id (Reader     *reader,
              JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "ballast");
  double next_id;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)
      && node_number (json_object_get_member (json_node_get_object (node), "next_id"), &next_id)
      && next_id > reader->pipeline->next_id && next_id < G_MAXUINT32 / 2)
    reader->pipeline->next_id = (guint32) next_id;
}

BallastPipeline *
ballast_pipeline_from_json (const char *text,
                            gssize      length,
                            char     ***dropped,
                            GError    **error)
{
  g_autoptr(GError) syntax = NULL;
  g_autoptr(JsonNode) root = ballast_json_parse (text, length, &syntax);
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autoptr(GStrvBuilder) sentences = g_strv_builder_new ();
  Reader reader = { .pipeline = pipeline, .dropped = sentences };
  JsonNode *transform = NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    transform = json_object_get_member (json_node_get_object (root), "transform");
  if (transform == NULL || !JSON_NODE_HOLDS_OBJECT (transform))
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   _("This is no augmentation pipeline: %s"),
                   syntax != NULL ? syntax->message : "it has no “transform”");
      return NULL;
    }

  read_our_part (&reader, json_node_get_object (root));
  read_node (&reader, transform);
  add_switched_off (&reader);
  read_next_id (&reader, json_node_get_object (root));
  read_boxes (&reader, json_node_get_object (root), json_node_get_object (transform));
  if (dropped != NULL)
    *dropped = g_strv_builder_end (sentences);
  return g_steal_pointer (&pipeline);
}
