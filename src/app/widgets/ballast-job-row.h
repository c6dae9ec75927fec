#pragma once

#include <gtk/gtk.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* The last line of the side bar: "Saved · ready to export", or the running job with its bar. */
#define BALLAST_TYPE_JOB_ROW (ballast_job_row_get_type ())
G_DECLARE_FINAL_TYPE (BallastJobRow, ballast_job_row, BALLAST, JOB_ROW, GtkWidget)

/* Property "document": whose job is shown, or NULL. */
void ballast_job_row_set_document (BallastJobRow   *self,
                                   BallastDocument *document);

G_END_DECLS
