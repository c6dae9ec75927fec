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
#include "ballast-combinators.h"
#include "ballast-pipeline-legacy.h"
#include "ballast-pipeline-private.h"
#include "ballast-pipeline-tree.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_STEPS 200

typedef struct
{
  BallastPipeline *pipeline;
  GStrvBuilder    *dropped;
  JsonArray       *ours;     /* "ballast"."steps", or NULL */
  guint            position; /* in it */
} Reader;

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

  if (ballast_json_node_number (json_object_get_member (node, "p"), &p))
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

  if (ballast_json_node_number (json_object_get_member (ours, "id"), &id) && id >= 1 && id < G_MAXUINT32 / 2)
    step->id = (guint32) id;

  for (guint i = 0; values != NULL && JSON_NODE_HOLDS_OBJECT (values) && i < step->op->n_parameters;
       i++)
    {
      const BallastParameter *parameter = &step->op->parameters[i];
      JsonNode *node = json_object_get_member (json_node_get_object (values), parameter->name);

      if (node != NULL)
        ballast_json_node_numbers (node, ballast_parameter_get_n_numbers (parameter), step->values[i].number);
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

/* Transforms whose probability is 1 where a file leaves it out, instead of 0.5. */
static const char *const certain[] = {
  "AtLeastOneBBoxRandomCrop", "BBoxSafeRandomCrop", "CenterCrop", "Compose", "Crop", "CropAndPad",
  "CropNonEmptyMaskIfExists", "D4", "FromFloat", "GridElasticDeform", "Lambda", "LongestMaxSize",
  "Normalize", "Pad", "PadIfNeeded", "RandomCrop", "RandomCropFromBorders", "RandomCropNearBBox",
  "RandomOrder", "RandomResizedCrop", "RandomRotate90", "RandomSizedBBoxSafeCrop", "RandomSizedCrop",
  "ReplayCompose", "Resize", "SmallestMaxSize", "SomeOf", "SquareSymmetry", "ToFloat", "ToRGB",
  "ToTensorV2", NULL,
};

/* They change no picture that is written to a file. */
static const char *const for_training[] = { "FromFloat", "Normalize", "ToFloat", "ToRGB",
                                            "ToTensor", "ToTensorV2", NULL };

static gboolean
has_flag (JsonObject *ours,
          const char *name)
{
  JsonNode *node = ours != NULL ? json_object_get_member (ours, name) : NULL;
  double number = 0;

  return ballast_json_node_number (node, &number) && number != 0;
}

/* FALSE where the step was left out. */
static gboolean
add_step (Reader     *reader,
          JsonObject *arguments,
          JsonObject *ours,
          guint       depth)
{
  const char *name = class_name_of (arguments);
  g_autoptr(GStrvBuilder) classes = g_strv_builder_new ();
  BallastStep step = { .op = ballast_combinator_find_any (name), .depth = depth };

  if (step.op == NULL)
    {
      ballast_strv_builder_say (reader->dropped,
                                g_strv_contains (for_training, name)
                                  ? "“%s” prepares pictures for training, and was left out"
                                  : "The op “%s” is not known here and was left out", name);
      return FALSE;
    }
  if (ballast_pipeline_get_n_steps (reader->pipeline) >= MAX_STEPS
      || depth > BALLAST_PIPELINE_MAX_DEPTH)
    {
      ballast_strv_builder_say (reader->dropped,
                                "%s was left out: a pipeline has at most %d steps, groups in groups "
                                "to a depth of %d", name, MAX_STEPS, BALLAST_PIPELINE_MAX_DEPTH);
      return FALSE;
    }

  step.enabled = ours == NULL || !json_object_has_member (ours, "off") || has_flag (ours, "on");
  step.p = p_of (arguments, g_strv_contains (certain, name) ? 1 : 0.5);
  ballast_pipeline_read_values (step.op, arguments, step.values, reader->dropped);
  if (ours != NULL)
    read_ours (ours, &step, classes);
  step.kept_from = g_strv_builder_end (classes);
  ballast_pipeline_insert (reader->pipeline, &step, -1);
  g_strfreev (step.kept_from);
  return TRUE;
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

static guint
depth_of (JsonObject *ours)
{
  double depth = 0;

  ballast_json_node_number (json_object_get_member (ours, "depth"), &depth);
  return (guint) CLAMP (depth, 0, BALLAST_PIPELINE_MAX_DEPTH);
}

/* Steps that Albumentations was not told of stand in our list alone, in their place. */
static void
add_untold (Reader *reader)
{
  JsonObject *ours;
  JsonNode *off;

  while ((ours = peek_ours (reader)) != NULL
         && (off = json_object_get_member (ours, "off")) != NULL && !has_flag (ours, "stand_in"))
    {
      if (JSON_NODE_HOLDS_OBJECT (off))
        add_step (reader, json_node_get_object (off), ours, depth_of (ours));
      reader->position++;
    }
}

/* (nullable): our line about the transform, taken from the list.  Where there is none the file was
 * edited by hand, and what the transform says counts. */
static JsonObject *
take_ours (Reader     *reader,
           JsonObject *arguments)
{
  JsonObject *ours;
  JsonNode *op;

  add_untold (reader);
  ours = peek_ours (reader);
  op = ours != NULL ? json_object_get_member (ours, "op") : NULL;
  if (op == NULL || !JSON_NODE_HOLDS_VALUE (op) || json_node_get_value_type (op) != G_TYPE_STRING
      || (strcmp (json_node_get_string (op), class_name_of (arguments)) != 0
          && !(has_flag (ours, "stand_in") && strcmp (class_name_of (arguments), "NoOp") == 0)))
    return NULL;
  reader->position++;
  return ours;
}

static void read_node (Reader   *reader,
                       JsonNode *node,
                       guint     depth,
                       gboolean  flat);

static void
read_children (Reader    *reader,
               JsonArray *children,
               guint      depth,
               gboolean   flat)
{
  for (guint i = 0; i < json_array_get_length (children); i++)
    read_node (reader, json_array_get_element (children, i), depth, flat);
}

static void
read_stand_in (Reader     *reader,
               JsonObject *ours,
               guint       depth)
{
  JsonNode *off = json_object_get_member (ours, "off");

  if (off == NULL || !JSON_NODE_HOLDS_OBJECT (off))
    return;
  add_step (reader, json_node_get_object (off), ours, depth);
  add_untold (reader); /* what is inside it */
}

static void
read_group (Reader     *reader,
            JsonObject *object,
            JsonArray  *children,
            guint       depth,
            gboolean    flat)
{
  const char *name = class_name_of (object);
  gboolean is_compose = strcmp (name, "Compose") == 0 || strcmp (name, "ReplayCompose") == 0;
  gboolean is_sequence = is_compose || strcmp (name, "Sequential") == 0;
  JsonObject *ours = is_compose ? NULL : take_ours (reader, object);

  if (is_sequence && flat && ours == NULL && p_of (object, is_compose ? 1 : 0.5) >= 1)
    {
      read_children (reader, children, depth, TRUE);
      return;
    }
  if (is_compose)
    json_object_set_string_member (object, "__class_fullname__", "Sequential");
  if (is_compose && !json_object_has_member (object, "p"))
    json_object_set_double_member (object, "p", 1);
  if (ballast_combinator_find (class_name_of (object)) == NULL)
    ballast_strv_builder_say (reader->dropped, "The group “%s” is not known here and was left out "
                              "with all its ops", name);
  else if (add_step (reader, object, ours, depth))
    read_children (reader, children, depth + 1, is_sequence);
}

/* @flat: the node is in a sequence, so another sequence that is certain can be laid open in it. */
static void
read_node (Reader   *reader,
           JsonNode *node,
           guint     depth,
           gboolean  flat)
{
  JsonObject *object, *ours;
  JsonNode *children;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  ballast_pipeline_modernise (object);
  children = json_object_get_member (object, "transforms");
  if (children != NULL && JSON_NODE_HOLDS_ARRAY (children))
    {
      read_group (reader, object, json_node_get_array (children), depth, flat);
      return;
    }
  ours = take_ours (reader, object);
  if (ours != NULL && has_flag (ours, "stand_in"))
    read_stand_in (reader, ours, depth);
  else
    add_step (reader, object, ours, depth);
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
      && ballast_json_node_number (json_object_get_member (json_node_get_object (node), "next_id"), &next_id)
      && next_id > reader->pipeline->next_id && next_id < G_MAXUINT32 / 2)
    reader->pipeline->next_id = (guint32) next_id;
}

BallastPipeline *
ballast_pipeline_from_node (JsonNode *root,
                            char   ***dropped,
                            GError  **error)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autoptr(GStrvBuilder) sentences = g_strv_builder_new ();
  Reader reader = { .pipeline = pipeline, .dropped = sentences };
  JsonNode *transform = NULL;

  if (JSON_NODE_HOLDS_OBJECT (root))
    transform = json_object_get_member (json_node_get_object (root), "transform");
  if (transform == NULL || !JSON_NODE_HOLDS_OBJECT (transform))
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   _("This is no augmentation pipeline: %s"), "it has no “transform”");
      return NULL;
    }

  read_our_part (&reader, json_node_get_object (root));
  read_node (&reader, transform, 0, TRUE);
  add_untold (&reader);
  read_next_id (&reader, json_node_get_object (root));
  read_boxes (&reader, json_node_get_object (root), json_node_get_object (transform));
  if (dropped != NULL)
    *dropped = g_strv_builder_end (sentences);
  return g_steal_pointer (&pipeline);
}

BallastPipeline *
ballast_pipeline_from_json (const char *text,
                            gssize      length,
                            char     ***dropped,
                            GError    **error)
{
  g_autoptr(GError) syntax = NULL;
  g_autoptr(JsonNode) root = ballast_json_parse (text, length, &syntax);

  if (root == NULL)
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   _("This is no augmentation pipeline: %s"), syntax->message);
      return NULL;
    }
  return ballast_pipeline_from_node (root, dropped, error);
}
