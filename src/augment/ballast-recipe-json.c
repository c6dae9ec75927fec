/*
 * Recipes as text: {"size":[500,375],"steps":[["Rotate",3,-9.13,4,0,0,0,0]]}.
 *
 * A step is its op, its id and its numbers in the op's order.  What is read may come from anybody:
 * the op's own check decides on the numbers.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-augment-error.h"
#include "ballast-json.h"
#include "ballast-lowering.h"
#include "ballast-op-table.h"
#include "ballast-recipe.h"

#include <math.h>

#define MAX_STEPS 256
#define MAX_NUMBERS 1024
#define MAX_SIDE 1000000

/* What the rasters of one run may hold: a recipe can come from a file that means harm. */
#define MAX_PIXELS (G_GUINT64_CONSTANT (1) << 29)

static void
append_number (GString *text,
               double   number)
{
  if (number == floor (number) && fabs (number) < 1e15)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) number);
  else
    ballast_json_append_number (text, number);
}

char *
ballast_recipe_to_json (const BallastRecipe *recipe)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"size\":[%u,%u],\"steps\":[", recipe->width, recipe->height);
  for (guint i = 0; i < recipe->n_steps; i++)
    {
      const BallastRecipeStep *step = &recipe->steps[i];

      g_string_append_printf (text, "%s[\"%s\",%u", i > 0 ? "," : "", step->op->name, step->id);
      for (guint j = 0; j < step->n_numbers; j++)
        {
          g_string_append_c (text, ',');
          append_number (text, step->numbers[j]);
        }
      g_string_append_c (text, ']');
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static gboolean
read_number (JsonArray *array,
             guint      index,
             double    *number)
{
  JsonNode *node = json_array_get_element (array, index);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING
      || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return FALSE;
  *number = json_node_get_double (node);
  return isfinite (*number);
}

/* A whole number from 0 or 1 up, or FALSE. */
static gboolean
read_whole (JsonArray *array,
            guint      index,
            double     most,
            guint32   *whole)
{
  double number;

  if (!read_number (array, index, &number) || number < 0 || number > most
      || number != floor (number))
    return FALSE;
  *whole = (guint32) number;
  return TRUE;
}

static gboolean
read_step (JsonNode          *node,
           guint              position,
           BallastRecipeStep *step,
           GError           **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  JsonNode *name = n >= 2 ? json_array_get_element (array, 0) : NULL;

  if (name == NULL || n > MAX_NUMBERS || !JSON_NODE_HOLDS_VALUE (name)
      || json_node_get_value_type (name) != G_TYPE_STRING
      || !read_whole (array, 1, G_MAXUINT32, &step->id))
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   "Step %u of the recipe is no list of an op, an id and numbers", position + 1);
      return FALSE;
    }

  step->op = ballast_op_find (json_node_get_string (name));
  if (step->op == NULL)
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_UNKNOWN,
                   "The recipe has the op “%s”, which does not exist here",
                   json_node_get_string (name));
      return FALSE;
    }

  step->n_numbers = n - 2;
  step->numbers = g_new0 (double, n - 1);
  for (guint i = 2; i < n; i++)
    if (!read_number (array, i, &step->numbers[i - 2]))
      step->numbers[i - 2] = NAN;
  if (step->op->check != NULL ? step->op->check (step) : step->n_numbers == 0)
    return TRUE;

  g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_RANGE,
               "The numbers of step %u (%s) of the recipe make no sense", position + 1,
               step->op->name);
  return FALSE;
}

static gboolean
read_size (JsonObject    *object,
           BallastRecipe *recipe)
{
  JsonNode *size = json_object_get_member (object, "size");
  JsonArray *array = size != NULL && JSON_NODE_HOLDS_ARRAY (size) ? json_node_get_array (size) : NULL;

  return array != NULL && json_array_get_length (array) == 2
         && read_whole (array, 0, MAX_SIDE, &recipe->width)
         && read_whole (array, 1, MAX_SIDE, &recipe->height) && recipe->width > 0
         && recipe->height > 0;
}

static gboolean
is_of_sane_size (const BallastRecipe *recipe)
{
  g_auto(BallastLowering) lowering = { 0 };

  if ((guint64) recipe->width * recipe->height > MAX_PIXELS)
    return FALSE;
  ballast_lowering_init (&lowering, recipe);
  for (guint i = 0; i < lowering.actions->len; i++)
    {
      const BallastAction *action = &g_array_index (lowering.actions, BallastAction, i);

      if ((guint64) action->out_width * action->out_height > MAX_PIXELS)
        return FALSE;
    }
  return TRUE;
}

BallastRecipe *
ballast_recipe_from_json (const char *text,
                          gssize      length,
                          GError    **error)
{
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) syntax = NULL;
  g_autoptr(BallastRecipe) recipe = g_new0 (BallastRecipe, 1);
  JsonNode *steps = NULL;
  guint n = 0;

  root = ballast_json_parse (text, length, &syntax);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    steps = json_object_get_member (json_node_get_object (root), "steps");
  if (steps != NULL && JSON_NODE_HOLDS_ARRAY (steps))
    n = json_array_get_length (json_node_get_array (steps));
  if (steps == NULL || !JSON_NODE_HOLDS_ARRAY (steps) || n > MAX_STEPS
      || !read_size (json_node_get_object (root), recipe))
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   "This is no recipe: %s",
                   syntax != NULL ? syntax->message : "it lacks a size or steps");
      return NULL;
    }

  recipe->steps = g_new0 (BallastRecipeStep, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      recipe->n_steps++;
      if (!read_step (json_array_get_element (json_node_get_array (steps), i), i,
                      &recipe->steps[i], error))
        return NULL;
    }

  if (!is_of_sane_size (recipe))
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_RANGE,
                   "The recipe makes a picture that is too large");
      return NULL;
    }
  return g_steal_pointer (&recipe);
}
