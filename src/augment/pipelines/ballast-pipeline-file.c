/*
 * Pipelines as files: JSON and YAML are one tree in two spellings, and Python is for reading by
 * people.
 *
 * Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-augment-error.h"
#include "ballast-json.h"
#include "ballast-path.h"
#include "ballast-pipeline-private.h"
#include "ballast-yaml.h"

gboolean
ballast_pipeline_format_of_path (const char            *path,
                                 BallastPipelineFormat *format)
{
  static const struct
  {
    const char           *ending;
    BallastPipelineFormat format;
  } endings[] = {
    { "json", BALLAST_PIPELINE_FORMAT_JSON },
    { "yaml", BALLAST_PIPELINE_FORMAT_YAML },
    { "yml", BALLAST_PIPELINE_FORMAT_YAML },
    { "py", BALLAST_PIPELINE_FORMAT_PYTHON },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ballast_path_get_extension (path), endings[i].ending) == 0)
      {
        *format = endings[i].format;
        return TRUE;
      }
  return FALSE;
}

char *
ballast_pipeline_to_text (const BallastPipeline *pipeline,
                          BallastPipelineFormat  format)
{
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *json = NULL;

  if (format == BALLAST_PIPELINE_FORMAT_PYTHON)
    return ballast_pipeline_to_python (pipeline);
  root = ballast_pipeline_to_node (pipeline);
  if (format == BALLAST_PIPELINE_FORMAT_YAML)
    return ballast_yaml_to_string (root);
  json = ballast_json_to_string (root, TRUE);
  return g_strconcat (json, "\n", NULL);
}

/* JSON is YAML, too; but its own parser says better what is wrong with it. */
static gboolean
looks_like_json (const char *text,
                 gssize      length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  if (n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      n -= 3;
    }
  while (n > 0 && g_ascii_isspace (*text))
    {
      text++;
      n--;
    }
  return n > 0 && (*text == '{' || *text == '[');
}

BallastPipeline *
ballast_pipeline_from_text (const char *text,
                            gssize      length,
                            char     ***dropped,
                            GError    **error)
{
  g_autoptr(GError) syntax = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (looks_like_json (text, length))
    return ballast_pipeline_from_json (text, length, dropped, error);
  root = ballast_yaml_parse (text, length, &syntax);
  if (root == NULL)
    {
      g_set_error (error, BALLAST_AUGMENT_ERROR, BALLAST_AUGMENT_ERROR_SYNTAX,
                   _("This is no augmentation pipeline: %s"), syntax->message);
      return NULL;
    }
  return ballast_pipeline_from_node (root, dropped, error);
}
