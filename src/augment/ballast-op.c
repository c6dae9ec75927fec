/*
 * What all ops have in common: their parameters, as data.
 *
 * Pure functions on constant tables; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op.h"

#include <math.h>
#include <string.h>

int
ballast_op_find_parameter (const BallastOp *op,
                           const char      *name)
{
  for (guint i = 0; i < op->n_parameters; i++)
    if (strcmp (op->parameters[i].name, name) == 0)
      return (int) i;
  return -1;
}

void
ballast_op_get_initial_values (const BallastOp *op,
                               BallastValue    *values)
{
  for (guint i = 0; i < op->n_parameters; i++)
    values[i] = op->parameters[i].initial;
}

void
ballast_op_get_neutral_values (const BallastOp *op,
                               BallastValue    *values)
{
  for (guint i = 0; i < op->n_parameters; i++)
    values[i] = op->parameters[i].neutral;
}

guint
ballast_parameter_get_n_numbers (const BallastParameter *parameter)
{
  switch (parameter->type)
    {
    case BALLAST_PARAMETER_RANGE:
      return 2;
    case BALLAST_PARAMETER_COLOUR:
      return 3;
    case BALLAST_PARAMETER_FLOAT:
    case BALLAST_PARAMETER_INT:
    case BALLAST_PARAMETER_BOOL:
    case BALLAST_PARAMETER_CHOICE:
    default:
      return 1;
    }
}

static gboolean
is_whole (const BallastParameter *parameter)
{
  return parameter->whole || (parameter->type != BALLAST_PARAMETER_RANGE
                              && parameter->type != BALLAST_PARAMETER_FLOAT);
}

gboolean
ballast_parameter_clamp (const BallastParameter *parameter,
                         BallastValue           *value)
{
  guint n = ballast_parameter_get_n_numbers (parameter);
  double minimum = parameter->minimum, maximum = parameter->maximum;
  BallastValue before = *value;
  gboolean same = TRUE;

  if (parameter->type == BALLAST_PARAMETER_CHOICE)
    {
      minimum = 0;
      maximum = parameter->n_choices - 1;
    }

  for (guint i = 0; i < 3; i++)
    {
      double number = i < n ? value->number[i] : 0;

      if (!isfinite (number))
        number = parameter->initial.number[i];
      if (is_whole (parameter))
        number = round (number);
      value->number[i] = i < n ? CLAMP (number, minimum, maximum) : 0;
    }

  if (parameter->type == BALLAST_PARAMETER_RANGE && value->number[0] > value->number[1])
    {
      double low = value->number[1];

      value->number[1] = value->number[0];
      value->number[0] = low;
    }

  for (guint i = 0; i < n; i++)
    same = same && value->number[i] == before.number[i];
  return same;
}

static void
append_number (const BallastParameter *parameter,
               double                  number,
               GString                *text)
{
  char digits[64];

  if (parameter->minimum < 0 && number < 0)
    g_string_append (text, "−"); /* U+2212: as wide as a digit */
  /* For people: with the comma or point of their country. */
  g_snprintf (digits, sizeof digits, "%.*f", (int) MIN (parameter->digits, 9), fabs (number));
  g_string_append (text, digits);
  /* A degree sign belongs to its number, other units to the line. */
  if (g_str_equal (parameter->unit, "°"))
    g_string_append (text, parameter->unit);
}

static void
append_colour (const BallastValue *value,
               GString            *text)
{
  g_string_append_c (text, '#');
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text, "%02x", (guint) CLAMP (value->number[i], 0, 255));
}

char *
ballast_parameter_format (const BallastParameter *parameter,
                          const BallastValue     *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  switch (parameter->type)
    {
    case BALLAST_PARAMETER_BOOL:
      return g_strdup (value->number[0] != 0 ? "on" : "off");
    case BALLAST_PARAMETER_CHOICE:
      return g_strdup (parameter->choices[(guint) value->number[0]].label);
    case BALLAST_PARAMETER_COLOUR:
      append_colour (value, text);
      return g_string_free (g_steal_pointer (&text), FALSE);
    case BALLAST_PARAMETER_RANGE:
      append_number (parameter, value->number[0], text);
      g_string_append (text, " … ");
      append_number (parameter, value->number[1], text);
      break;
    case BALLAST_PARAMETER_FLOAT:
    case BALLAST_PARAMETER_INT:
    default:
      append_number (parameter, value->number[0], text);
      break;
    }

  if (*parameter->unit != '\0' && !g_str_equal (parameter->unit, "°"))
    g_string_append_printf (text, " %s", parameter->unit);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
ballast_op_matches (const BallastOp *op,
                    const char      *search)
{
  g_autofree char *all = g_strjoin (" ", op->title, op->name, op->group, op->keywords, NULL);
  g_autofree char *haystack = g_utf8_casefold (all, -1);
  g_autofree char *needle = g_utf8_casefold (search, -1);
  g_auto(GStrv) words = g_strsplit_set (needle, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (haystack, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
