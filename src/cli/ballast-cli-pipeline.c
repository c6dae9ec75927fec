/*
 * pipeline: loads, saves or prints the augmentation of all classes or of one.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-document-edits.h"
#include "ballast-pipeline-file.h"
#include "ballast-pipeline-presets.h"

/* (transfer full): read from @path; what has no counterpart here is told. */
static BallastPipeline *
load_pipeline (const char *path)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) dropped = NULL;
  g_autoptr(GError) error = NULL;
  BallastPipeline *pipeline;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    {
      ballast_cli_fail (error);
      return NULL;
    }
  pipeline = ballast_pipeline_from_text (text, length, &dropped, &error);
  if (pipeline == NULL)
    ballast_cli_fail (error);
  for (char **sentence = dropped; sentence != NULL && *sentence != NULL; sentence++)
    g_printerr ("ballast-cli: %s\n", *sentence);
  return pipeline;
}

static BallastPipeline *
preset_pipeline (const char *name)
{
  const BallastPipelinePreset *preset = ballast_pipeline_preset_find (name);

  if (preset != NULL)
    return ballast_pipeline_new_preset (preset);

  g_printerr ("ballast-cli: there is no preset “%s”; there are:\n", name);
  for (guint i = 0; i < ballast_pipeline_preset_get_n (); i++)
    g_printerr ("  %-16s %s\n", ballast_pipeline_preset_get (i)->name,
                ballast_pipeline_preset_get (i)->explanation);
  return NULL;
}

static int
set_pipeline (BallastDocument       *document,
              gint64                 class_id,
              const BallastPipeline *pipeline)
{
  g_auto(BallastCliWait) wait = { NULL };

  ballast_document_set_pipeline_async (document, class_id, pipeline, ballast_cli_on_done, &wait);
  return ballast_cli_finish_edit (document, &wait);
}

/* What a program that loads the file will do otherwise. */
static void
tell_unsaid (const BallastPipeline *pipeline)
{
  g_auto(GStrv) unsaid = ballast_pipeline_list_unsaid (pipeline);

  for (char **sentence = unsaid; *sentence != NULL; sentence++)
    g_printerr ("ballast-cli: %s\n", *sentence);
}

static int
show_pipeline (BallastDocument      *document,
               gint64                class_id,
               const char           *save,
               BallastPipelineFormat format)
{
  const BallastPipeline *pipeline =
    ballast_settings_get_pipeline (ballast_document_get_settings (document), class_id);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = ballast_pipeline_to_text (pipeline, format);

  if (save == NULL)
    g_print ("%s", text);
  else if (!g_file_set_contents (save, text, -1, &error))
    return ballast_cli_fail (error);
  tell_unsaid (pipeline);
  return BALLAST_CLI_DONE;
}

/* By --format, else by the ending of --save.  FALSE where there is no such format. */
static gboolean
choose_format (const char            *name,
               const char            *save,
               BallastPipelineFormat *format)
{
  g_autofree char *path = name != NULL ? g_strconcat ("x.", name, NULL) : g_strdup (save);

  *format = BALLAST_PIPELINE_FORMAT_JSON;
  return path == NULL || ballast_pipeline_format_of_path (path, format) || name == NULL;
}

/* The id of the class called @name; 0: all; -1 after a line on standard error. */
static gint64
find_class (BallastDocument *document,
            const char      *name)
{
  const BallastClassTally *class;

  if (name == NULL)
    return 0;
  class = ballast_tally_find_class (ballast_document_get_tally (document), name);
  if (class != NULL)
    return class->id;
  g_printerr ("ballast-cli: There is no class “%s” in “%s”.\n", name,
              ballast_document_get_title (document));
  return -1;
}

int
ballast_cli_pipeline (const char *usage,
                      int         argc,
                      char      **argv)
{
  g_autofree char *name = NULL, *load = NULL, *save = NULL, *preset = NULL;
  g_autofree char *format_name = NULL;
  const GOptionEntry entries[] = {
    { "class", 0, 0, G_OPTION_ARG_STRING, &name, "The pipeline of this class alone", "NAME" },
    { "load", 0, 0, G_OPTION_ARG_FILENAME, &load, "Read Albumentations' JSON or YAML", "FILE.json" },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &save, "Write JSON, YAML or Python, by its ending",
      "FILE.json" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "json, yaml or py", "NAME" },
    { "preset", 0, 0, G_OPTION_ARG_STRING, &preset, "Begin with a preset", "NAME" },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  BallastPipelineFormat format;
  gint64 class_id;
  int status;

  if (!ballast_cli_parse (usage, entries, 1, 1, &argc, &argv, &status))
    return status;
  if (load != NULL && preset != NULL)
    return ballast_cli_misuse ("--load and --preset exclude each other");
  if (!choose_format (format_name, save, &format))
    return ballast_cli_misuse ("--format is json, yaml or py");
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;
  class_id = find_class (document, name);
  if (class_id < 0)
    return BALLAST_CLI_FAILED;

  if (load != NULL || preset != NULL)
    {
      g_autoptr(BallastPipeline) pipeline = load != NULL ? load_pipeline (load)
                                                         : preset_pipeline (preset);

      if (pipeline == NULL)
        return load != NULL ? BALLAST_CLI_FAILED : BALLAST_CLI_USAGE;
      status = set_pipeline (document, class_id, pipeline);
      if (status != BALLAST_CLI_DONE || save == NULL)
        return status;
    }
  return show_pipeline (document, class_id, save, format);
}
