/*
 * preview: variants of one image on a sheet; apply: one image through one pipeline.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli.h"

#include "ballast-apply.h"
#include "ballast-contact-sheet.h"
#include "ballast-image-list.h"
#include "ballast-pipeline-file.h"
#include "ballast-previewer.h"

typedef struct
{
  BallastContactSheet *sheet;
  GError              *error;
  gboolean             finished;
} Drawing;

static void
on_variant_ready (BallastPreviewer            *previewer,
                  const BallastPreviewVariant *variant,
                  gpointer                     user_data)
{
  Drawing *drawing = user_data;
  const char *caption = variant->variant == 0             ? "original"
                        : *variant->description != '\0' ? variant->description
                                                        : "unchanged";

  if (variant->error != NULL && drawing->error == NULL)
    drawing->error = g_error_copy (variant->error);
  ballast_contact_sheet_set (drawing->sheet, variant->variant, variant->raster, caption);
}

static void
on_finished (BallastPreviewer *previewer,
             guint             serial,
             gpointer          user_data)
{
  ((Drawing *) user_data)->finished = TRUE;
}

static int
draw_sheet (const BallastPreviewRequest *request,
            const char                  *output)
{
  g_autoptr(BallastPreviewer) previewer = ballast_previewer_new ();
  g_autoptr(BallastContactSheet) sheet = NULL;
  g_autoptr(GError) error = NULL;
  Drawing drawing = { 0 };

  sheet = drawing.sheet = ballast_contact_sheet_new (request->n_variants + 1, request->size_px);
  g_signal_connect (previewer, "variant-ready", G_CALLBACK (on_variant_ready), &drawing);
  g_signal_connect (previewer, "finished", G_CALLBACK (on_finished), &drawing);
  ballast_previewer_request (previewer, request);
  while (!drawing.finished)
    g_main_context_iteration (NULL, TRUE);

  if (drawing.error != NULL)
    {
      error = drawing.error;
      return ballast_cli_fail (error);
    }
  if (!ballast_contact_sheet_save (sheet, output, &error))
    return ballast_cli_fail (error);
  g_print ("%s: %u variants, %.1f ms a copy at full size\n", output, request->n_variants,
           ballast_previewer_get_cost_ns (previewer) / 1e6);
  return BALLAST_CLI_DONE;
}

/* (transfer full): the image at @path; NULL after a line on standard error. */
static BallastImageDetails *
find_image (BallastDocument *document,
            const char      *path)
{
  g_auto(BallastCliWait) find_wait = { NULL };
  g_auto(BallastCliWait) load_wait = { NULL };
  g_autoptr(GError) error = NULL;
  BallastImageDetails *details;
  gint64 id;

  ballast_image_find_async (document, path, NULL, ballast_cli_on_done, &find_wait);
  id = ballast_image_find_finish (ballast_cli_wait (&find_wait), &error);
  if (id <= 0)
    {
      g_autofree char *display = ballast_cli_display (path);

      if (error != NULL)
        ballast_cli_fail (error);
      else
        g_printerr ("ballast-cli: There is no image “%s” in “%s”; give its path, absolute or within "
                    "its source\n", display, ballast_document_get_title (document));
      return NULL;
    }

  ballast_image_details_load_async (document, id, NULL, ballast_cli_on_done, &load_wait);
  details = ballast_image_details_load_finish (ballast_cli_wait (&load_wait), &error);
  if (details == NULL)
    ballast_cli_fail (error);
  return details;
}

/* (transfer full) (nullable): what copies of the image take parts from, where the pipeline mixes.  FALSE
 * after a line on standard error. */
static gboolean
load_lender (BallastDocument           *document,
             const BallastPipeline     *pipeline,
             const BallastImageDetails *details,
             BallastPreviewLender     **lender)
{
  g_auto(BallastCliWait) wait = { NULL };
  g_autoptr(BallastPreviewPartners) partners = NULL;
  g_autoptr(GError) error = NULL;

  *lender = NULL;
  if (!ballast_pipeline_mixes (pipeline))
    return TRUE;
  ballast_preview_partners_load_async (document, NULL, ballast_cli_on_done, &wait);
  partners = ballast_preview_partners_load_finish (ballast_cli_wait (&wait), &error);
  if (partners == NULL)
    {
      ballast_cli_fail (error);
      return FALSE;
    }
  *lender = ballast_preview_lender_new (partners, details);
  return TRUE;
}

/* (transfer full): of BallastBox. */
static GArray *
dup_boxes (const BallastImageDetails *details)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));

  for (guint i = 0; i < details->n_annotations; i++)
    if (details->annotations[i].has_box)
      g_array_append_val (boxes, details->annotations[i].box);
  return boxes;
}

/* All that decides the bytes of a copy, as an export has it. */
static int
preview_image (BallastDocument       *document,
               const char            *image,
               BallastPreviewRequest *request,
               const char            *output)
{
  BallastSettings *settings = ballast_document_get_settings (document);
  g_autoptr(BallastImageDetails) details = find_image (document, image);
  g_autoptr(BallastPreviewLender) lender = NULL;
  g_autoptr(GArray) boxes = NULL;
  g_autofree char *relative = NULL;

  if (details == NULL)
    return BALLAST_CLI_FAILED;

  relative = ballast_image_record_dup_path (&details->record);
  boxes = dup_boxes (details);
  /* Nothing is drawn larger than it is: a sheet of a small image has small cells. */
  if (details->record.facts.width > 0)
    request->size_px = MIN (request->size_px,
                            MAX (details->record.facts.width, details->record.facts.height));
  request->path = details->path;
  request->relative_path = relative;
  request->class_name =
    ballast_image_details_get_sampled_class (details, ballast_document_get_tally (document));
  request->pipeline =
    ballast_settings_get_pipeline (settings, details->n_annotations > 0
                                               ? details->annotations[0].class_id : 0);
  request->redraws = ballast_settings_get_redraws (settings);
  request->boxes = (const BallastBox *) (gconstpointer) boxes->data;
  request->n_boxes = boxes->len;
  if (!load_lender (document, request->pipeline, details, &lender))
    return BALLAST_CLI_FAILED;
  request->lender = lender;
  return draw_sheet (request, output);
}

int
ballast_cli_preview (const char *usage,
                     int         argc,
                     char      **argv)
{
  int variants = 8, size = 320;
  g_autofree char *seed = NULL, *output = NULL;
  const GOptionEntry entries[] = {
    { "variants", 0, 0, G_OPTION_ARG_INT, &variants, "How many, 1 to 255", "N" },
    { "size", 0, 0, G_OPTION_ARG_INT, &size, "The longer side of a picture, in pixels", "PX" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed, "Other numbers than the project's", "N" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The sheet to write", "SHEET.png" },
    { NULL }
  };
  g_autoptr(BallastDocument) document = NULL;
  BallastPreviewRequest request = { .first_copy = 1 };
  int status;

  if (!ballast_cli_parse (usage, entries, 2, 2, &argc, &argv, &status))
    return status;
  if (output == NULL)
    return ballast_cli_misuse ("preview needs --output SHEET.png");
  if (variants < 1 || variants > 255 || size < 16 || size > 4096)
    return ballast_cli_misuse ("--variants is 1 to 255, --size 16 to 4096");
  document = ballast_cli_open (argv[1]);
  if (document == NULL)
    return BALLAST_CLI_FAILED;

  request.seed = ballast_settings_get_export (ballast_document_get_settings (document))->seed;
  if (seed != NULL && !g_ascii_string_to_unsigned (seed, 10, 0, G_MAXUINT64, &request.seed, NULL))
    return ballast_cli_misuse ("“%s” is no seed: a whole number from 0 on", seed);
  request.n_variants = variants;
  request.size_px = size;
  return preview_image (document, argv[2], &request, output);
}

/* (transfer full): the pipeline in @file; NULL after a line on standard error. */
static BallastPipeline *
read_pipeline (const char *file)
{
  g_autofree char *text = NULL;
  BallastPipeline *pipeline;
  g_auto(GStrv) dropped = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, &error))
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

static int
apply (const BallastApplyRequest *request)
{
  g_autofree char *description = NULL;
  g_autoptr(GError) error = NULL;

  if (request->lender == NULL && ballast_pipeline_mixes (request->pipeline))
    g_printerr ("ballast-cli: Steps that take parts of other pictures are left out: --project says which "
                "there are\n");
  description = ballast_apply_file (request, NULL, &error);
  if (description == NULL)
    return ballast_cli_fail (error);
  g_print ("%s\n", description);
  return BALLAST_CLI_DONE;
}

/* What the project knows of the image decides as in an export, where it is not given. */
static int
apply_in_project (BallastApplyRequest *request,
                  const char          *path,
                  const char          *key,
                  gboolean             has_seed)
{
  g_autoptr(BallastDocument) document = ballast_cli_open (path);
  BallastSettings *settings;
  g_autoptr(BallastImageDetails) details = NULL;
  g_autoptr(BallastPreviewLender) lender = NULL;
  g_autoptr(GArray) boxes = NULL;
  g_autofree char *relative = NULL;

  details = document != NULL ? find_image (document, key != NULL ? key : request->input) : NULL;
  if (details == NULL)
    return BALLAST_CLI_FAILED;
  settings = ballast_document_get_settings (document);
  relative = ballast_image_record_dup_path (&details->record);
  boxes = dup_boxes (details);
  request->key = relative;
  if (!has_seed)
    request->seed = ballast_settings_get_export (settings)->seed;
  if (request->class_name == NULL)
    request->class_name =
      ballast_image_details_get_sampled_class (details, ballast_document_get_tally (document));
  request->redraws = ballast_settings_get_redraws (settings);
  request->boxes = (const BallastBox *) (gconstpointer) boxes->data;
  request->n_boxes = boxes->len;
  if (!load_lender (document, request->pipeline, details, &lender))
    return BALLAST_CLI_FAILED;
  request->lender = lender;
  return apply (request);
}

int
ballast_cli_apply (const char *usage,
                   int         argc,
                   char      **argv)
{
  g_autofree char *seed = NULL, *key = NULL, *class_name = NULL, *base = NULL, *project = NULL;
  int copy = 1;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed, "0 unless given", "N" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &key,
      "Names the random numbers: an export uses the path within the source; else the file's name",
      "TEXT" },
    { "copy", 0, 0, G_OPTION_ARG_INT, &copy, "Which copy, from 1", "N" },
    { "class", 0, 0, G_OPTION_ARG_STRING, &class_name, "For steps that leave classes out", "NAME" },
    { "project", 0, 0, G_OPTION_ARG_FILENAME, &project,
      "That the image is of: its boxes, class, seed and key, and other pictures to take parts of",
      "PROJECT" },
    { NULL }
  };
  BallastApplyRequest request = { .quality = 92 };
  g_autoptr(BallastPipeline) pipeline = NULL;
  int status;

  if (!ballast_cli_parse (usage, entries, 3, 3, &argc, &argv, &status))
    return status;
  if (copy < 0)
    return ballast_cli_misuse ("--copy is a number from 1 on");
  if (seed != NULL && !g_ascii_string_to_unsigned (seed, 10, 0, G_MAXUINT64, &request.seed, NULL))
    return ballast_cli_misuse ("“%s” is no seed: a whole number from 0 on", seed);

  pipeline = read_pipeline (argv[1]);
  if (pipeline == NULL)
    return BALLAST_CLI_FAILED;
  base = g_path_get_basename (argv[2]);
  request.pipeline = pipeline;
  request.input = argv[2];
  request.output = argv[3];
  request.key = key == NULL ? base : key;
  request.copy = copy;
  request.class_name = class_name;
  return project != NULL ? apply_in_project (&request, project, key, seed != NULL) : apply (&request);
}
