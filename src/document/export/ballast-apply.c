/*
 * One image through one pipeline: the same unit of work as an export's.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-apply.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ballast-document-error.h"
#include "ballast-encode.h"
#include "ballast-export-item.h"
#include "ballast-path.h"
#include "ballast-probe.h"
#include "ballast-random.h"
#include "ballast-recipe.h"

static gboolean
choose_format (const char    *output,
               BallastFormat *format,
               GError       **error)
{
  g_autofree char *ending = g_ascii_strdown (ballast_path_get_extension (output), -1);

  for (int i = BALLAST_FORMAT_JPEG; i <= BALLAST_FORMAT_AVIF; i++)
    if (ballast_encode_can (i) && strcmp (ending, ballast_encode_get_extension (i)) == 0)
      {
        *format = i;
        return TRUE;
      }
  if (strcmp (ending, "jpeg") == 0)
    *format = BALLAST_FORMAT_JPEG;
  else if (strcmp (ending, "tiff") == 0)
    *format = BALLAST_FORMAT_TIFF;
  else
    {
      g_autofree char *display = ballast_path_display (output);

      g_set_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
                   _("“%s” cannot be written: its ending is no format that Ballast writes."),
                   display);
      return FALSE;
    }
  return TRUE;
}

static gboolean
probe (int                fd,
       const char        *display,
       BallastImageFacts *facts,
       GError           **error)
{
  BallastProbeResult result;

  if (!ballast_probe_fd (fd, NULL, NULL, facts, &result, error))
    return FALSE;
  if (result.usable)
    return TRUE;
  g_set_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
               _("“%s” cannot be used: %s."), display,
               *result.detail != '\0' ? result.detail
                                      : ballast_problem_kind_get_name (result.kind));
  return FALSE;
}

/* With the numbers that an export draws. */
static BallastRecipe *
sample (const BallastApplyRequest *request,
        const BallastImageFacts   *facts)
{
  BallastRandomKey key = ballast_redraws_key (request->redraws, request->seed, request->key,
                                              request->copy);
  BallastPartnerList partners;
  BallastSubject subject = { .width = ballast_image_facts_get_view_width (facts),
                             .height = ballast_image_facts_get_view_height (facts),
                             .class_name = request->class_name, .boxes = request->boxes,
                             .n_boxes = request->n_boxes };

  if (request->lender != NULL
      && ballast_preview_lender_find (request->lender, request->key, &partners))
    subject.partners = &partners;
  return ballast_pipeline_sample_subject (request->pipeline, &key, &subject);
}

static void
close_inputs (GArray *inputs)
{
  for (guint i = 0; i < inputs->len; i++)
    {
      BallastExportInput *input = &g_array_index (inputs, BallastExportInput, i);

      close (input->fd);
      g_free ((char *) input->display_name);
    }
  g_array_unref (inputs);
}

/* (transfer full): what @recipe takes parts from, open; NULL where one cannot be had. */
static GArray *
open_inputs (const BallastApplyRequest *request,
             const BallastRecipe       *recipe,
             GError                   **error)
{
  GArray *inputs = g_array_new (FALSE, FALSE, sizeof (BallastExportInput));
  guint n = request->lender != NULL ? ballast_recipe_get_n_partners (recipe) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = ballast_preview_lender_dup_path (request->lender, recipe, i);
      BallastExportInput input = { open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY),
                                   ballast_path_display (path) };

      if (input.fd >= 0)
        {
          g_array_append_val (inputs, input);
          continue;
        }
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Cannot open “%s”: %s"),
                   input.display_name, g_strerror (errno));
      g_free ((char *) input.display_name);
      close_inputs (inputs);
      return NULL;
    }
  return inputs;
}

/* Draws into the open file @fd. */
static char *
draw (const BallastApplyRequest *request,
      BallastExportItem         *item,
      BallastExportOutput       *output,
      GCancellable              *cancellable,
      GError                   **error)
{
  g_autoptr(BallastRecipe) recipe = sample (request, &item->facts);
  GArray *inputs = open_inputs (request, recipe, error);
  gboolean done;

  if (inputs == NULL)
    return NULL;
  output->recipe = recipe;
  output->partners = inputs->len > 0 ? (const BallastExportInput *) (gpointer) inputs->data : NULL;
  item->n_outputs = 1;
  item->outputs = output;
  done = ballast_export_item_run (item, cancellable, error);
  close_inputs (inputs);
  return done ? ballast_recipe_describe_line (recipe) : NULL;
}

static char *
draw_to_file (const BallastApplyRequest *request,
              BallastExportItem         *item,
              BallastFormat              format,
              GCancellable              *cancellable,
              GError                   **error)
{
  g_autofree char *temporary = g_strconcat (request->output, ".XXXXXX", NULL);
  BallastExportOutput output = { .format = format };
  char *description;

  output.fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (output.fd < 0)
    {
      g_autofree char *display = ballast_path_display (request->output);

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Cannot write “%s”: %s"),
                   display, g_strerror (errno));
      return NULL;
    }

  description = draw (request, item, &output, cancellable, error);
  close (output.fd);
  if (description == NULL || g_rename (temporary, request->output) != 0)
    {
      if (description != NULL)
        g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Cannot write “%s”: %s"),
                     request->output, g_strerror (errno));
      g_unlink (temporary);
      g_clear_pointer (&description, g_free);
    }
  return description;
}

char *
ballast_apply_file (const BallastApplyRequest *request,
                    GCancellable              *cancellable,
                    GError                   **error)
{
  g_autofree char *display = ballast_path_display (request->input);
  BallastExportItem item = { .display_name = display, .quality = request->quality,
                             .limits = BALLAST_IMAGE_LIMITS_INIT };
  BallastFormat format;
  char *description = NULL;

  if (!choose_format (request->output, &format, error))
    return NULL;
  item.source_fd = open (request->input, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (item.source_fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Cannot open “%s”: %s"),
                   display, g_strerror (errno));
      return NULL;
    }

  if (probe (item.source_fd, display, &item.facts, error))
    description = draw_to_file (request, &item, format, cancellable, error);
  close (item.source_fd);
  return description;
}
