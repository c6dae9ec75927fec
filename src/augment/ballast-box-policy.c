/*
 * What becomes of boxes that an augmentation cuts, as a value and as JSON.
 *
 * Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-box-policy.h"

#include <math.h>
#include <string.h>

#define MAX_LENGTH 65535.0

/* By BallastBoxLoss. */
static const char *const losses[] = { "trim", "drop", "redraw" };

/* The numbers, with Albumentations' names for them and the most that they may be. */
static const struct
{
  const char *name;
  gsize       offset;
  double      most;
} limits[] = {
  { "min_visibility", G_STRUCT_OFFSET (BallastBoxPolicy, min_visibility), 1 },
  { "min_area", G_STRUCT_OFFSET (BallastBoxPolicy, min_area), MAX_LENGTH * MAX_LENGTH },
  { "min_width", G_STRUCT_OFFSET (BallastBoxPolicy, min_width), MAX_LENGTH },
  { "min_height", G_STRUCT_OFFSET (BallastBoxPolicy, min_height), MAX_LENGTH },
  { "max_accept_ratio", G_STRUCT_OFFSET (BallastBoxPolicy, max_ratio), MAX_LENGTH },
};

static double *
get_limit (BallastBoxPolicy *policy,
           guint             i)
{
  return G_STRUCT_MEMBER_P (policy, limits[i].offset);
}

void
ballast_box_policy_clamp (BallastBoxPolicy *policy)
{
  BallastBoxPolicy initial = BALLAST_BOX_POLICY_INITIAL;

  if ((guint) policy->loss >= G_N_ELEMENTS (losses))
    policy->loss = initial.loss;
  policy->ellipse = policy->ellipse != FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      double *limit = get_limit (policy, i);

      *limit = isfinite (*limit) ? CLAMP (*limit, 0, limits[i].most) : *get_limit (&initial, i);
    }
  /* Shorter is no ratio of the longer side. */
  if (policy->max_ratio > 0)
    policy->max_ratio = MAX (policy->max_ratio, 1);
}

gboolean
ballast_box_policy_equal (const BallastBoxPolicy *a,
                          const BallastBoxPolicy *b)
{
  return a->loss == b->loss && a->ellipse == b->ellipse && a->min_visibility == b->min_visibility
         && a->min_area == b->min_area && a->min_width == b->min_width
         && a->min_height == b->min_height && a->max_ratio == b->max_ratio;
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

JsonNode *
ballast_box_policy_to_params (const BallastBoxPolicy *policy)
{
  JsonObject *params = json_object_new ();
  JsonArray *fields = json_array_new ();

  json_array_add_string_element (fields, "class_labels");
  json_object_set_string_member (params, "format", "pascal_voc");
  json_object_set_array_member (params, "label_fields", fields);
  json_object_set_double_member (params, "min_area", policy->min_area);
  json_object_set_double_member (params, "min_visibility",
                                 policy->loss == BALLAST_BOX_LOSS_DROP ? 1 : policy->min_visibility);
  json_object_set_double_member (params, "min_width", policy->min_width);
  json_object_set_double_member (params, "min_height", policy->min_height);
  /* Once, at the end: else its share would be one of the step before. */
  json_object_set_boolean_member (params, "check_each_transform", FALSE);
  json_object_set_boolean_member (params, "clip", TRUE);
  if (policy->max_ratio > 0)
    json_object_set_double_member (params, "max_accept_ratio", policy->max_ratio);
  else
    json_object_set_null_member (params, "max_accept_ratio");
  return take_object (params);
}

static gboolean
read_double (JsonObject *object,
             const char *name,
             double     *number)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  *number = json_node_get_double (node);
  return TRUE;
}

void
ballast_box_policy_read_params (BallastBoxPolicy *policy,
                                JsonNode         *params)
{
  if (params == NULL || !JSON_NODE_HOLDS_OBJECT (params))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      *get_limit (policy, i) = 0;
      read_double (json_node_get_object (params), limits[i].name, get_limit (policy, i));
    }
  ballast_box_policy_clamp (policy);
}

JsonNode *
ballast_box_policy_to_json (const BallastBoxPolicy *policy)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "loss", losses[policy->loss]);
  json_object_set_boolean_member (object, "ellipse", policy->ellipse);
  json_object_set_double_member (object, "min_visibility", policy->min_visibility);
  return take_object (object);
}

void
ballast_box_policy_read_json (BallastBoxPolicy *policy,
                              JsonNode         *node)
{
  JsonObject *object;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  member = json_object_get_member (object, "loss");
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    if (member != NULL && JSON_NODE_HOLDS_VALUE (member)
        && json_node_get_value_type (member) == G_TYPE_STRING
        && strcmp (json_node_get_string (member), losses[i]) == 0)
      policy->loss = (BallastBoxLoss) i;
  member = json_object_get_member (object, "ellipse");
  if (member != NULL && JSON_NODE_HOLDS_VALUE (member)
      && json_node_get_value_type (member) == G_TYPE_BOOLEAN)
    policy->ellipse = json_node_get_boolean (member);
  /* “drop” is written as a share of 1 for Albumentations; the user's own comes back. */
  if (policy->loss == BALLAST_BOX_LOSS_DROP)
    read_double (object, "min_visibility", &policy->min_visibility);
  ballast_box_policy_clamp (policy);
}
