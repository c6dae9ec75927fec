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
#define MAX_PARTNERS 16
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

/* {"from":[["a/b.jpg",0,640,480]]}: path, source, width, height.  Bytes of a path that are no UTF-8 are
 * written as in a URI. */
static void
append_partners (GString                 *text,
                 const BallastRecipeStep *step)
{
  for (guint i = 0; i < step->n_partners; i++)
    {
      const BallastRecipePartner *partner = &step->partners[i];
      g_autofree char *path = g_uri_escape_string (partner->path, " !#$&'()*+,/:;=?@[]", TRUE);

      g_string_append (text, i == 0 ? ",{\"from\":[[" : ",[");
      g_string_append_printf (text, "\"%s\"", path);
      g_string_append_printf (text, ",%u,%u,%u]", partner->source, partner->width, partner->height);
    }
  if (step->n_partners > 0)
    g_string_append (text, "]}");
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
      append_partners (text, step);
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
read_partner (JsonNode             *node,
              BallastRecipePartner *partner)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *path;

  if (array == NULL || json_array_get_length (array) != 4)
    return FALSE;
  path = json_array_get_element (array, 0);
  if (!JSON_NODE_HOLDS_VALUE (path) || json_node_get_value_type (path) != G_TYPE_STRING
      || !read_whole (array, 1, G_MAXUINT16, &partner->source)
      || !read_whole (array, 2, MAX_SIDE, &partner->width)
      || !read_whole (array, 3, MAX_SIDE, &partner->height) || partner->width == 0
      || partner->height == 0)
    return FALSE;
  partner->path = g_uri_unescape_string (json_node_get_string (path), NULL);
  return partner->path != NULL;
}

/* The object at the end of a step, if there is one. */
static gboolean
read_partners (JsonArray         *array,
               BallastRecipeStep *step)
{
  guint last = json_array_get_length (array) - 1;
  JsonNode *node = json_array_get_element (array, last), *from;
  JsonArray *list;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  from = json_object_get_member (json_node_get_object (node), "from");
  if (from == NULL || !JSON_NODE_HOLDS_ARRAY (from))
    return FALSE;
  list = json_node_get_array (from);
  if (json_array_get_length (list) > MAX_PARTNERS)
    return FALSE;
  step->partners = g_new0 (BallastRecipePartner, json_array_get_length (list) + 1);
  for (; step->n_partners < json_array_get_length (list); step->n_partners++)
    if (!read_partner (json_array_get_element (list, step->n_partners),
                       &step->partners[step->n_partners]))
      return FALSE;
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

  if (!read_partners (array, step) || step->n_partners > step->op->n_partners)
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   "Step %u of the recipe names other pictures in a way that is not known here",
                   position + 1);
      return FALSE;
    }

  n -= step->n_partners > 0 ? 1 : 0;
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
