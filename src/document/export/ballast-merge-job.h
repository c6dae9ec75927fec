#pragma once

#include "ballast-job.h"

G_BEGIN_DECLS

/* (transfer full): joins the shards of @dest (ballast_document_export_shard()); the job's result is a
 * BallastExportResult.  Cancelled or interrupted, it loses nothing and is begun again. */
BallastJob *ballast_merge_start (const char *dest);

G_END_DECLS
