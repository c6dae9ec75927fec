/*
 * A pipeline as Python.
 *
 * It is the file's own tree in another spelling, so that both mean the same.  An argument that
 * equals Albumentations' default is left out where it may be; pairs of numbers become tuples.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-file.h"

#include <math.h>
#include <string.h>

#include "ballast-combinators.h"
#include "ballast-json.h"
#include "ballast-pipeline-private.h"

#define CLASS "__class_fullname__"
#define INDENT 4

/* Lines are broken where they would be longer. */
#define LINE_LENGTH 96

static void append_value (GString  *text,
                          JsonNode *node);

static void
append_list (GString   *text,
             JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (text, '(');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_value (text, json_array_get_element (array, i));
    }
  g_string_append (text, n == 1 ? ",)" : ")");
}

/* JSON's escapes are Python's, too. */
static void
append_text (GString    *text,
             const char *value)
{
  g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), value);
  g_autofree char *quoted = ballast_json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

static void
append_mapping (GString    *text,
                JsonObject *object)
{
  JsonObjectIter iter;
  const char *name, *separator = "";
  JsonNode *value;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_string_append (text, separator);
      append_text (text, name);
      g_string_append (text, ": ");
      append_value (text, value);
      separator = ", ";
    }
  g_string_append_c (text, '}');
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    append_list (text, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    append_mapping (text, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (text, "None");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    append_text (text, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "True" : "False");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    ballast_json_append_number (text, json_node_get_double (node));
}

/* Arguments that Albumentations insists on, whatever their value. */
static gboolean
is_required (const char *name)
{
  static const char *const required[] = { "height", "magnitude", "max_size", "max_size_hw",
                                          "min_max_height", "num_grid_xy", "p", "padding", "percent",
                                          "px", "size", "width", NULL };

  return g_strv_contains (required, name);
}

/* (transfer full): the arguments of a step with all parameters as a file means that has none. */
static JsonObject *
default_arguments (const char *class_name)
{
  BallastStep step = { .op = ballast_combinator_find_any (class_name), .p = 0.5 };

  for (guint i = 0; step.op != NULL && i < step.op->n_parameters; i++)
    step.values[i] = step.op->parameters[i].absent;
  return step.op != NULL ? ballast_step_to_arguments (&step) : json_object_new ();
}

static gboolean
is_default (JsonObject *defaults,
            const char *name,
            JsonNode   *value)
{
  JsonNode *other = json_object_get_member (defaults, name);

  return !is_required (name) && other != NULL && json_node_equal (other, value);
}

static void append_transform (GString    *text,
                              JsonObject *transform,
                              guint       indent);

static void
append_children (GString   *text,
                 JsonArray *children,
                 guint      indent)
{
  g_string_append (text, "[\n");
  for (guint i = 0; i < json_array_get_length (children); i++)
    {
      append_transform (text, json_array_get_object_element (children, i), indent + INDENT);
      g_string_append (text, ",\n");
    }
  g_string_append_printf (text, "%*s]", (int) indent, "");
}

/* Arguments on one line where they fit, or one under the other. */
static void
append_arguments (GString   *text,
                  GPtrArray *arguments,
                  guint      indent)
{
  g_autofree char *line = NULL;

  g_ptr_array_add (arguments, NULL);
  line = g_strjoinv (", ", (char **) arguments->pdata);
  if (strlen (line) + indent <= LINE_LENGTH)
    {
      g_string_append (text, line);
      return;
    }
  for (guint i = 0; arguments->pdata[i] != NULL; i++)
    g_string_append_printf (text, "\n%*s%s,", (int) indent + INDENT, "",
                            (const char *) arguments->pdata[i]);
  g_string_append_printf (text, "\n%*s", (int) indent, "");
}

static void
append_transform (GString    *text,
                  JsonObject *transform,
                  guint       indent)
{
  const char *class_name = json_object_get_string_member (transform, CLASS);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(JsonObject) defaults = default_arguments (class_name);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_string_append_printf (text, "%*sA.%s(", (int) indent, "", class_name);
  json_object_iter_init_ordered (&iter, transform);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      GString *argument;

      if (strcmp (name, CLASS) == 0 || strcmp (name, "transforms") == 0
          || is_default (defaults, name, value))
        continue;
      argument = g_string_new (name);
      g_string_append_c (argument, '=');
      append_value (argument, value);
      g_ptr_array_add (arguments, g_string_free (argument, FALSE));
    }
  if (json_object_has_member (transform, "transforms"))
    {
      /* Its first argument is another. */
      if (strcmp (class_name, "OneOrOther") == 0)
        g_string_append (text, "transforms=");
      append_children (text, json_object_get_array_member (transform, "transforms"), indent);
      g_string_append (text, ", ");
    }
  append_arguments (text, arguments, indent);
  g_string_append_c (text, ')');
}

/* What the outermost group is told beside its steps. */
static void
append_boxes (GString    *text,
              JsonObject *compose)
{
  JsonNode *params = json_object_get_member (compose, "bbox_params");
  JsonObjectIter iter;
  const char *name, *separator = "";
  JsonNode *value;

  if (params == NULL || !JSON_NODE_HOLDS_OBJECT (params))
    return;
  g_string_append (text, ", bbox_params=A.BboxParams(");
  json_object_iter_init_ordered (&iter, json_node_get_object (params));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_string_append_printf (text, "%s%s=", separator, name);
      append_value (text, value);
      separator = ", ";
    }
  g_string_append_c (text, ')');
}

char *
ballast_pipeline_to_python (const BallastPipeline *pipeline)
{
  g_autoptr(JsonNode) root = ballast_pipeline_to_node (pipeline);
  JsonObject *compose = json_object_get_object_member (json_node_get_object (root), "transform");
  g_auto(GStrv) unsaid = ballast_pipeline_list_unsaid (pipeline);
  GString *text = g_string_new ("import albumentations as A\n\n");

  for (guint i = 0; unsaid[i] != NULL; i++)
    g_string_append_printf (text, "# %s.\n", unsaid[i]);
  g_string_append (text, "transform = A.Compose(");
  append_children (text, json_object_get_array_member (compose, "transforms"), 0);
  append_boxes (text, compose);
  g_string_append (text, ")\n");
  return g_string_free (text, FALSE);
}
