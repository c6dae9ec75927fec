/*
 * A document as PDF: A4, in two runs of the same code, of which the first counts the pages.
 *
 * Dates come from the document, so that the same document gives the same bytes.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "ballast-chart-error.h"
#include "ballast-paper-sheet.h"

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t    *surface,
              const BallastPaper *paper)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (paper->unix_time);
  g_autofree char *text = date == NULL ? g_strdup ("") : g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, paper->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, paper->subtitle);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, paper->producer);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

static gboolean
put_all (Sheet                 *sheet,
         BallastProgressState  *state,
         GCancellable          *cancellable,
         const BallastProgress *progress,
         GError               **error)
{
  const GPtrArray *blocks = sheet->paper->blocks;

  _ballast_sheet_title (sheet);
  for (guint i = 0; i < blocks->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      _ballast_sheet_block (sheet, i);
      state->items_done++;
      ballast_progress_report (progress, state);
    }
  return TRUE;
}

/* One run; FALSE with @error.  @n_pages: known before, 0 not, and told afterwards. */
static gboolean
run (const BallastPaper    *paper,
     GByteArray            *bytes,
     guint                 *n_pages,
     GCancellable          *cancellable,
     const BallastProgress *progress,
     GError               **error)
{
  BallastProgressState state = { *n_pages == 0 ? 0 : paper->blocks->len, 2 * paper->blocks->len };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (bytes == NULL ? NULL : append_bytes, bytes,
                                                                  SHEET_WIDTH, SHEET_HEIGHT);
  Sheet sheet;
  gboolean done;
  cairo_status_t status;

  set_metadata (surface, paper);
  _ballast_sheet_begin (&sheet, paper, surface, *n_pages);
  done = put_all (&sheet, &state, cancellable, progress, error);
  *n_pages = sheet.page;
  _ballast_sheet_end (&sheet);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (done && status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, BALLAST_CHART_ERROR, BALLAST_CHART_ERROR_WRITE, _("Cannot draw: %s"),
                 cairo_status_to_string (status));
  return done && status == CAIRO_STATUS_SUCCESS;
}

GByteArray *
_ballast_paper_to_pdf (const BallastPaper    *paper,
                       GCancellable          *cancellable,
                       const BallastProgress *progress,
                       GError               **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint n_pages = 0;

  if (!run (paper, NULL, &n_pages, cancellable, progress, error) ||
      !run (paper, bytes, &n_pages, cancellable, progress, error))
    return NULL;
  return g_steal_pointer (&bytes);
}
