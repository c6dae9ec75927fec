/*
 * convert-pipeline ops           prints {"op", "file", "python", "unsaid"} for every op of the table, a
 *                                line each: as it starts, and with values anywhere in its limits
 * convert-pipeline read < files  prints {"file", "dropped"} for every line, a pipeline of anybody's in
 *                                JSON, or a JSON text with one in YAML
 * convert-pipeline yaml < files  the same line as YAML, in a JSON text
 *
 * For a script that lets Albumentations read what Ballast wrote, and the other way round.
 */
#include <stdio.h>
#include <string.h>

#include "ballast-combinators.h"
#include "ballast-json.h"
#include "ballast-op-table.h"
#include "ballast-pipeline-file.h"
#include "ballast-pipeline-tree.h"
#include "ballast-random.h"

#define ROUNDS 8

static void
print_object (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = ballast_json_to_string (node, FALSE);
  puts (text);
}

static void
set_strv (JsonObject *object,
          const char *name,
          char      **strings)
{
  JsonArray *array = json_array_new ();

  for (; *strings != NULL; strings++)
    json_array_add_string_element (array, *strings);
  json_object_set_array_member (object, name, array);
}

static void
print_pipeline (const char            *name,
                const BallastPipeline *pipeline)
{
  g_autofree char *file = ballast_pipeline_to_json (pipeline, FALSE);
  g_autofree char *python = ballast_pipeline_to_python (pipeline);
  g_auto(GStrv) unsaid = ballast_pipeline_list_unsaid (pipeline);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "op", name);
  json_object_set_string_member (object, "file", file);
  json_object_set_string_member (object, "python", python);
  set_strv (object, "unsaid", unsaid);
  print_object (object);
}

/* Values anywhere within their limits; round 0: as the op starts. */
static void
draw_values (BallastPipeline *pipeline,
             const BallastOp *op,
             guint            round)
{
  BallastRandomKey key = ballast_random_key (7, op->name, round);

  for (guint i = 0; i < op->n_parameters && round > 0; i++)
    {
      const BallastParameter *parameter = &op->parameters[i];
      double most = parameter->n_choices > 0 ? parameter->n_choices - 1 : parameter->maximum;
      BallastValue value;

      for (guint j = 0; j < 3; j++)
        value.number[j] = ballast_random_range (&key, i, j, parameter->minimum, most);
      ballast_pipeline_set_value (pipeline, 0, i, &value);
    }
}

static void
print_ops (void)
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    for (guint round = 0; round < ROUNDS; round++)
      {
        const BallastOp *op = ballast_op_get (i);
        g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

        ballast_pipeline_add (pipeline, op, -1);
        draw_values (pipeline, op, round);
        print_pipeline (op->name, pipeline);
      }
  for (guint i = 0; i < ballast_combinator_get_n (); i++)
    {
      const BallastOp *op = ballast_combinator_get (i);
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
      gboolean is_group = op->combinator > BALLAST_COMBINATOR_NOTHING;

      ballast_pipeline_add (pipeline, op, -1);
      for (guint j = 0; j < 3 && is_group; j++)
        ballast_pipeline_add_into (pipeline, ballast_op_get (j), 0);
      print_pipeline (op->name, pipeline);
    }
}

/* (transfer full) */
static BallastPipeline *
read_line (const char *line,
           JsonObject *object)
{
  g_autoptr(JsonNode) outer = ballast_json_parse (line, -1, NULL);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) dropped = NULL;
  const char *text = outer != NULL && JSON_NODE_HOLDS_VALUE (outer) ? json_node_get_string (outer)
                                                                    : line;
  BallastPipeline *pipeline = ballast_pipeline_from_text (text, -1, &dropped, &error);

  if (pipeline == NULL)
    json_object_set_string_member (object, "error", error->message);
  else
    set_strv (object, "dropped", dropped);
  return pipeline;
}

int
main (int   argc,
      char *argv[])
{
  static char line[1 << 20];

  if (argc != 2)
    return 2;
  if (strcmp (argv[1], "ops") == 0)
    print_ops ();
  while (strcmp (argv[1], "ops") != 0 && fgets (line, sizeof line, stdin) != NULL)
    {
      JsonObject *object = json_object_new ();
      g_autoptr(BallastPipeline) pipeline = read_line (line, object);
      BallastPipelineFormat format = strcmp (argv[1], "yaml") == 0 ? BALLAST_PIPELINE_FORMAT_YAML
                                                                   : BALLAST_PIPELINE_FORMAT_JSON;
      g_autofree char *text = pipeline != NULL ? ballast_pipeline_to_text (pipeline, format) : NULL;

      if (text != NULL)
        json_object_set_string_member (object, "file", text);
      print_object (object);
    }
  return 0;
}
