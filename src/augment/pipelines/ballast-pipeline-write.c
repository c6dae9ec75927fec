/*
 * Writes a pipeline as Albumentations 2.0.8 loads it.
 *
 * Albumentations refuses an unknown key in Compose, and reads nothing at the top level but
 * "transform": so what it cannot say stands beside it under "ballast", a line a step in reading
 * order with its depth.  Who edits "transform" by hand is obeyed.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-json.h"
#include "ballast-pipeline-private.h"
#include "ballast-pipeline-tree.h"

#include <math.h>
#include <string.h>

/* The version of the file format's "ballast" part. */
#define FORMAT_VERSION 1

static JsonNode *
number_node (const BallastParameter *parameter,
             double                  number)
{
  JsonNode *node = json_node_alloc ();

  if (parameter->type == BALLAST_PARAMETER_BOOL)
    return json_node_init_boolean (node, number != 0);
  if (parameter->whole || parameter->type == BALLAST_PARAMETER_INT
      || parameter->type == BALLAST_PARAMETER_COLOUR)
    return json_node_init_int (node, (gint64) number);
  return json_node_init_double (node, number);
}

static JsonNode *
choice_node (const BallastParameter *parameter,
             double                  index)
{
  const BallastChoice *choice = &parameter->choices[(guint) index];
  JsonNode *node = json_node_alloc ();

  return choice->id >= 0 ? json_node_init_int (node, choice->id)
                         : json_node_init_string (node, choice->name);
}

static JsonNode *
array_node (const BallastParameter *parameter,
            const double           *numbers,
            guint                   n)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < n; i++)
    json_array_add_element (array, number_node (parameter, numbers[i]));
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
value_node (const BallastParameter *parameter,
            const BallastValue     *value)
{
  const double *n = value->number;

  switch (parameter->type)
    {
    case BALLAST_PARAMETER_RANGE:
      return array_node (parameter, n, 2);
    case BALLAST_PARAMETER_COLOUR:
      /* One number fits pictures of any channels. */
      return n[0] == n[1] && n[1] == n[2] ? number_node (parameter, n[0])
                                          : array_node (parameter, n, 3);
    case BALLAST_PARAMETER_CHOICE:
      return choice_node (parameter, n[0]);
    case BALLAST_PARAMETER_FLOAT:
    case BALLAST_PARAMETER_INT:
    case BALLAST_PARAMETER_BOOL:
    default:
      return number_node (parameter, n[0]);
    }
}

/* "scale.x" goes into the object "scale"; "size.0", "size.1" … are appended to the array "size". */
static void
set_path (JsonObject *arguments,
          const char *path,
          JsonNode   *node)
{
  const char *dot = strchr (path, '.');
  g_autofree char *name = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;

  if (dot == NULL)
    {
      json_object_set_member (arguments, path, node);
      return;
    }

  if (g_ascii_isdigit (dot[1]))
    {
      if (!json_object_has_member (arguments, name))
        json_object_set_array_member (arguments, name, json_array_new ());
      json_array_add_element (json_object_get_array_member (arguments, name), node);
      return;
    }

  if (!json_object_has_member (arguments, name))
    json_object_set_object_member (arguments, name, json_object_new ());
  json_object_set_member (json_object_get_object_member (arguments, name), dot + 1, node);
}

JsonObject *
ballast_step_to_arguments (const BallastStep *step)
{
  JsonObject *arguments = json_object_new ();

  json_object_set_string_member (arguments, "__class_fullname__", step->op->name);
  json_object_set_double_member (arguments, "p", step->p);
  for (guint i = 0; i < step->op->n_parameters; i++)
    set_path (arguments, step->op->parameters[i].name,
              value_node (&step->op->parameters[i], &step->values[i]));
  if (step->op->write_extra != NULL)
    step->op->write_extra (arguments, step->values);
  ballast_pipeline_fit_arguments (arguments);
  return arguments;
}

/* What Albumentations' arguments cannot say: the parameters that do not read back as they are. */
static JsonObject *
step_differences (const BallastStep *step,
                  JsonObject        *arguments)
{
  BallastValue values[BALLAST_OP_MAX_PARAMETERS];
  JsonObject *differences = json_object_new ();

  ballast_pipeline_read_values (step->op, arguments, values, NULL);
  for (guint i = 0; i < step->op->n_parameters; i++)
    {
      const BallastParameter *parameter = &step->op->parameters[i];

      if (memcmp (&values[i], &step->values[i], sizeof values[i]) != 0)
        json_object_set_member (differences, parameter->name,
                                array_node (parameter, step->values[i].number,
                                            ballast_parameter_get_n_numbers (parameter)));
    }
  return differences;
}

/* The step's line under "ballast"; a step that Albumentations is not told of stands there whole. */
static JsonObject *
step_of_ours (const BallastStep *step,
              JsonObject        *arguments,
              gboolean           is_told)
{
  JsonObject *ours = json_object_new ();
  JsonObject *differences = step_differences (step, arguments);

  json_object_set_int_member (ours, "id", step->id);
  json_object_set_string_member (ours, "op", step->op->name);
  if (step->depth > 0)
    json_object_set_int_member (ours, "depth", step->depth);
  if (!is_told)
    json_object_set_object_member (ours, "off", json_object_ref (arguments));
  if (!is_told && step->enabled)
    json_object_set_boolean_member (ours, "on", TRUE);
  if (json_object_get_size (differences) > 0)
    json_object_set_object_member (ours, "values", json_object_ref (differences));
  json_object_unref (differences);

  if (step->kept_from != NULL && step->kept_from[0] != NULL)
    {
      JsonArray *classes = json_array_new ();

      for (guint i = 0; step->kept_from[i] != NULL; i++)
        json_array_add_string_element (classes, step->kept_from[i]);
      json_object_set_array_member (ours, "kept_from", classes);
    }
  return ours;
}

static JsonObject *
compose_of (JsonArray              *transforms,
            const BallastBoxPolicy *boxes)
{
  const BallastBoxPolicy initial = BALLAST_BOX_POLICY_INITIAL;
  JsonObject *compose = json_object_new ();

  json_object_set_string_member (compose, "__class_fullname__", "Compose");
  json_object_set_double_member (compose, "p", 1.0);
  json_object_set_array_member (compose, "transforms", transforms);
  /* With it, Albumentations insists on boxes: what nobody set is left out. */
  if (ballast_box_policy_equal (boxes, &initial))
    json_object_set_null_member (compose, "bbox_params");
  else
    json_object_set_member (compose, "bbox_params", ballast_box_policy_to_params (boxes));
  json_object_set_null_member (compose, "keypoint_params");
  json_object_set_object_member (compose, "additional_targets", json_object_new ());
  json_object_set_boolean_member (compose, "is_check_shapes", TRUE);
  return compose;
}

/* TRUE if Albumentations is told of the step: it is switched on, known there, and no empty group. */
static gboolean
is_told (const BallastPipeline *pipeline,
         guint                  position)
{
  const BallastStep *step = ballast_pipeline_get_step (pipeline, position);

  if (!step->enabled || step->op->ours_alone)
    return FALSE;
  if (!ballast_step_is_group (step))
    return TRUE;
  for (int i = ballast_pipeline_get_first (pipeline, (int) position); i >= 0;
       i = ballast_pipeline_get_next (pipeline, (guint) i))
    if (is_told (pipeline, (guint) i))
      return TRUE;
  return FALSE;
}

/* Of two, one that is switched off is still drawn, and then nothing happens. */
static void
add_stand_in (JsonArray  *transforms,
              JsonObject *ours)
{
  JsonObject *nothing = json_object_new ();

  json_object_set_string_member (nothing, "__class_fullname__", "NoOp");
  json_object_set_double_member (nothing, "p", 1.0);
  json_array_add_object_element (transforms, nothing);
  json_object_set_boolean_member (ours, "stand_in", TRUE);
}

/* Writes what is inside @group; @transforms NULL: inside a group that is not told of. */
static void
write_steps (const BallastPipeline *pipeline,
             int                    group,
             JsonArray             *transforms,
             JsonArray             *ours)
{
  gboolean is_pair = group >= 0 && ballast_pipeline_get_step (pipeline, (guint) group)->op->combinator
                     == BALLAST_COMBINATOR_ONE_OR_OTHER;

  for (int i = ballast_pipeline_get_first (pipeline, group); i >= 0;
       i = ballast_pipeline_get_next (pipeline, (guint) i))
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, (guint) i);
      gboolean told = transforms != NULL && is_told (pipeline, (guint) i);
      JsonObject *arguments = ballast_step_to_arguments (step);
      JsonObject *line = step_of_ours (step, arguments, told);

      json_array_add_object_element (ours, line);
      if (told)
        json_array_add_object_element (transforms, json_object_ref (arguments));
      else if (transforms != NULL && is_pair)
        add_stand_in (transforms, line);
      if (ballast_step_is_group (step))
        {
          JsonArray *children = json_array_new ();

          write_steps (pipeline, i, told ? children : NULL, ours);
          if (told)
            json_object_set_array_member (arguments, "transforms", json_array_ref (children));
          json_array_unref (children);
        }
      json_object_unref (arguments);
    }
}

JsonNode *
ballast_pipeline_to_node (const BallastPipeline *pipeline)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *transforms = json_array_new (), *steps = json_array_new ();
  JsonObject *ours = json_object_new ();

  write_steps (pipeline, -1, transforms, steps);
  json_object_set_string_member (object, "__version__", "2.0.8");
  json_object_set_object_member (object, "transform", compose_of (transforms, &pipeline->boxes));
  json_object_set_int_member (ours, "version", FORMAT_VERSION);
  json_object_set_int_member (ours, "next_id", pipeline->next_id);
  json_object_set_array_member (ours, "steps", steps);
  json_object_set_member (ours, "boxes", ballast_box_policy_to_json (&pipeline->boxes));
  json_object_set_object_member (object, "ballast", ours);
  json_node_set_object (root, object);
  return root;
}

char *
ballast_pipeline_to_json (const BallastPipeline *pipeline,
                          gboolean               pretty)
{
  g_autoptr(JsonNode) root = ballast_pipeline_to_node (pipeline);

  return ballast_json_to_string (root, pretty);
}

/* Sentences about one step that Albumentations is told of, or cannot be. */
static void
list_unsaid_of_step (const BallastStep *step,
                     GStrvBuilder      *sentences)
{
  g_autoptr(JsonObject) arguments = NULL;
  g_autoptr(JsonObject) differences = NULL;
  g_autoptr(GList) names = NULL;

  if (step->op->ours_alone)
    {
      ballast_strv_builder_say (sentences, "%s: Albumentations has no such op, and leaves it out",
                                step->op->name);
      return;
    }
  if (step->kept_from != NULL && step->kept_from[0] != NULL)
    ballast_strv_builder_say (sentences, "%s: Albumentations knows no classes, and applies it to all",
                              step->op->name);
  arguments = ballast_step_to_arguments (step);
  differences = step_differences (step, arguments);
  names = json_object_get_members (differences);
  for (GList *l = names; l != NULL; l = l->next)
    ballast_strv_builder_say (sentences, "%s: “%s” as it is here cannot be said to Albumentations",
                              step->op->name, (const char *) l->data);
}

char **
ballast_pipeline_list_unsaid (const BallastPipeline *pipeline)
{
  g_autoptr(GStrvBuilder) sentences = g_strv_builder_new ();

  for (guint i = 0; i < ballast_pipeline_get_n_steps (pipeline); i++)
    if (ballast_pipeline_is_active (pipeline, i))
      list_unsaid_of_step (ballast_pipeline_get_step (pipeline, i), sentences);
  return g_strv_builder_end (sentences);
}
