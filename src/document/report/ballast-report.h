#pragma once

#include "ballast-document.h"
#include "ballast-paper.h"

G_BEGIN_DECLS

/*
 * Writes a report of the project to @path, .pdf or .html by its ending: figures, charts, plan,
 * weights, hierarchy, pipelines, problems, and what it takes to make the same again.
 *
 * The date is the one of SOURCE_DATE_EPOCH where that is set, so that the same project gives the
 * same bytes.
 *
 * Returns: (transfer full): the job, without a result.  BALLAST_CHART_ERROR_FORMAT for another
 * ending; BALLAST_DOCUMENT_ERROR_BUSY while an import or export runs.
 */
BallastJob *ballast_document_save_report (BallastDocument *document,
                                          const char      *path);

G_END_DECLS
