/*
 * ops: the catalogue of augmentation ops, from their own declarations.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-json-members.h"
#include "ballast-op-guide.h"
#include "ballast-op-table.h"

static const char *const type_names[] = { "range", "float", "int", "bool", "choice", "colour" };

/* A value: one number, or an array where several belong together; a choice by its name. */
static void
add_value (JsonBuilder            *builder,
           const BallastParameter *parameter,
           const BallastValue     *value)
{
  guint n = ballast_parameter_get_n_numbers (parameter);

  if (parameter->type == BALLAST_PARAMETER_CHOICE)
    json_builder_add_string_value (builder, parameter->choices[(guint) value->number[0]].name);
  else if (parameter->type == BALLAST_PARAMETER_BOOL)
    json_builder_add_boolean_value (builder, value->number[0] != 0);
  else if (n == 1)
    json_builder_add_double_value (builder, value->number[0]);
  else
    {
      json_builder_begin_array (builder);
      for (guint i = 0; i < n; i++)
        json_builder_add_double_value (builder, value->number[i]);
      json_builder_end_array (builder);
    }
}

static void
add_range (JsonBuilder            *builder,
           const BallastParameter *parameter)
{
  json_builder_set_member_name (builder, "range");
  json_builder_begin_array (builder);
  if (parameter->type == BALLAST_PARAMETER_CHOICE)
    for (guint i = 0; i < parameter->n_choices; i++)
      json_builder_add_string_value (builder, parameter->choices[i].name);
  else
    {
      json_builder_add_double_value (builder, parameter->minimum);
      json_builder_add_double_value (builder, parameter->maximum);
    }
  json_builder_end_array (builder);
}

static void
add_parameter (JsonBuilder            *builder,
               const BallastParameter *parameter)
{
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", parameter->name);
  ballast_json_add_string (builder, "type", type_names[parameter->type]);
  add_range (builder, parameter);
  json_builder_set_member_name (builder, "default");
  add_value (builder, parameter, &parameter->initial);
  ballast_json_add_string (builder, "unit", parameter->unit);
  ballast_json_add_string (builder, "help", parameter->help);
  json_builder_end_object (builder);
}

static void
add_op (JsonBuilder     *builder,
        const BallastOp *op)
{
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "name", op->name);
  ballast_json_add_string (builder, "group", op->group);
  ballast_json_add_string (builder, "title", op->title);
  ballast_json_add_string (builder, "help", op->help);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < op->n_parameters; i++)
    add_parameter (builder, &op->parameters[i]);
  json_builder_end_array (builder);
  ballast_json_add_boolean (builder, "moves_boxes", op->moves_boxes);
  json_builder_end_object (builder);
}

static void
print_json (void)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ops");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ballast_op_get_n (); i++)
    add_op (builder, ballast_op_get (i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ballast_cli_print_json (json_builder_get_root (builder));
}

static void
print_text (void)
{
  const char *group = NULL;

  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      const BallastOp *op = ballast_op_get (i);

      if (g_strcmp0 (group, op->group) != 0)
        g_print ("%s%s\n", group == NULL ? "" : "\n", op->group);
      group = op->group;
      g_print ("  %-26s %s\n", op->name, op->help);
      for (guint k = 0; k < op->n_parameters; k++)
        {
          const BallastParameter *parameter = &op->parameters[k];
          g_autofree char *initial = ballast_parameter_format (parameter, &parameter->initial);

          g_print ("    %-24s %s\n", parameter->name, initial);
        }
    }
}

/* The page whole or not at all. */
static int
write_guide (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *html = ballast_op_guide_dup_html (NULL, &error);

  if (html == NULL || !g_file_set_contents (path, html, -1, &error))
    return ballast_cli_fail (error);
  return BALLAST_CLI_DONE;
}

int
ballast_cli_ops (const char *usage,
                 int         argc,
                 char      **argv)
{
  gboolean json = FALSE;
  g_autofree char *guide = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON", NULL },
    { "guide", 0, 0, G_OPTION_ARG_FILENAME, &guide, "Write a page with a picture of each", "FILE.html" },
    { NULL }
  };
  int status;

  if (!ballast_cli_parse (usage, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (guide != NULL)
    return write_guide (guide);
  if (json)
    print_json ();
  else
    print_text ();
  return BALLAST_CLI_DONE;
}
