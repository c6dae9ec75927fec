/*
 * What the ops share: the border parameters, reading old files, and short texts.
 *
 * Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"
#include "ballast-kernel.h"

#include <math.h>

const BallastChoice ballast_border_choices[5] = {
  { "constant", N_("Fill Colour"), BALLAST_BORDER_CONSTANT },
  { "replicate", N_("Stretched Edge"), BALLAST_BORDER_REPLICATE },
  { "reflect", N_("Mirrored"), BALLAST_BORDER_REFLECT },
  { "wrap", N_("Other Side"), BALLAST_BORDER_WRAP },
  { "reflect101", N_("Mirrored, Edge Once"), BALLAST_BORDER_REFLECT_101 },
};

gboolean
ballast_op_check_numbers (const BallastRecipeStep *step,
                          guint                    n)
{
  if (step->n_numbers != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!isfinite (step->numbers[i]))
      return FALSE;
  return TRUE;
}

gboolean
ballast_op_check_choice (const BallastRecipeStep *step,
                         guint                    index,
                         guint                    n)
{
  double number = step->numbers[index];

  return number >= 0 && number < n && number == floor (number);
}

gboolean
ballast_op_check_border (const BallastRecipeStep *step,
                         guint                    first)
{
  const double *numbers = step->numbers + first;

  if (numbers[0] != floor (numbers[0]) || numbers[0] < 0 || numbers[0] > BALLAST_BORDER_REFLECT_101)
    return FALSE;
  for (guint i = 1; i < 4; i++)
    if (numbers[i] < 0 || numbers[i] > 255)
      return FALSE;
  return TRUE;
}

gboolean
ballast_op_check_seed (const BallastRecipeStep *step,
                       guint                    first)
{
  for (guint i = first; i < first + 2; i++)
    if (step->numbers[i] < 0 || step->numbers[i] > G_MAXUINT32
        || step->numbers[i] != floor (step->numbers[i]))
      return FALSE;
  return TRUE;
}

double
ballast_op_read_number (JsonObject *arguments,
                        const char *name,
                        double      otherwise)
{
  JsonNode *node = json_object_get_member (arguments, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || !g_type_is_a (json_node_get_value_type (node), G_TYPE_INT64)
      == !g_type_is_a (json_node_get_value_type (node), G_TYPE_DOUBLE))
    return otherwise;
  return json_node_get_double (node);
}

gboolean
ballast_op_read_pair (JsonObject *arguments,
                      const char *name,
                      double      pair[2])
{
  JsonNode *node = json_object_get_member (arguments, name);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  if (json_array_get_length (array) != 2)
    return FALSE;

  for (guint i = 0; i < 2; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) == G_TYPE_STRING)
        return FALSE;
      pair[i] = json_node_get_double (element);
    }
  return TRUE;
}

void
ballast_op_read_old_fill (JsonObject   *arguments,
                          BallastValue *fill)
{
  static const char *const names[] = { "value", "fill_value", "cval" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      double grey = ballast_op_read_number (arguments, names[i], -1);

      if (grey >= 0)
        *fill = (BallastValue) { { grey, grey, grey } };
    }
}

void
ballast_op_write_sampling (JsonObject         *arguments,
                           const BallastValue *values)
{
  json_object_set_int_member (arguments, "interpolation", 1);
  json_object_set_int_member (arguments, "mask_interpolation", 0);
}

void
ballast_op_append_plain (GString    *text,
                         const char *before,
                         double      number,
                         guint       digits)
{
  /* For people: with the comma or point of their country. */
  g_string_append_printf (text, "%s%.*f", before, (int) digits, number);
}

void
ballast_op_append_named (GString    *text,
                         const char *name,
                         double      number,
                         guint       digits)
{
  g_string_append (text, name);
  ballast_op_append_plain (text, " ", number, digits);
}

void
ballast_op_append_signed (GString    *text,
                          double      number,
                          guint       digits,
                          const char *after)
{
  ballast_op_append_plain (text, number < 0 ? "−" : "+", fabs (number), digits);
  g_string_append (text, after);
}

double
ballast_op_draw_odd (BallastSampler     *sampler,
                     const BallastValue *range)
{
  double low = floor (ceil (range->number[0]) / 2), high = floor (floor (range->number[1]) / 2);
  guint n = high > low ? (guint) (high - low) + 1 : 1;

  return 2 * (low + ballast_sampler_below (sampler, n)) + 1;
}

gboolean
ballast_op_check_odd (const BallastRecipeStep *step,
                      guint                    index)
{
  double size = step->numbers[index];

  return size >= 1 && size <= 31 && fmod (size, 2) == 1;
}

guint
ballast_op_scale_window (double size,
                         double scale)
{
  return 2 * (guint) lround ((size - 1) / 2 * scale) + 1;
}

double
ballast_op_draw_normal (BallastSampler *sampler)
{
  return ballast_kernel_get_quantiles ()[ballast_sampler_below (sampler, 4096)] / 2048.0;
}

float *
ballast_op_finish_kernel (double *weights,
                          guint   n)
{
  float *finished = g_new (float, n);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  for (guint i = 0; i < n; i++)
    finished[i] = (float) (rint (weights[i] / sum * 0x1p20) * 0x1p-20);
  g_free (weights);
  return finished;
}
