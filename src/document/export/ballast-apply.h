#pragma once

#include <gio/gio.h>

#include "ballast-box.h"
#include "ballast-pipeline.h"
#include "ballast-preview-partners.h"
#include "ballast-redraws.h"

G_BEGIN_DECLS

/* One copy of one file; what only a project knows may be missing.  All is borrowed. */
typedef struct
{
  const BallastPipeline      *pipeline;
  const char                 *input;
  const char                 *output; /* its ending says the format: .jpg, .jpeg, .png, .bmp, .tiff … */
  guint64                     seed;
  const char                 *key;   /* names the random numbers: an export uses the relative path */
  guint                       copy;  /* 1 …, as in an export */
  const char                 *class_name; /* (nullable) for steps that leave classes out */
  guint                       quality; /* of a JPEG */
  const BallastRedraws       *redraws; /* (nullable) copies that were rejected */
  const BallastBox           *boxes; /* of the picture, in its pixels; n_boxes of them */
  guint                       n_boxes;
  const BallastPreviewLender *lender; /* (nullable) for steps that take parts of other pictures */
} BallastApplyRequest;

/*
 * Blocks; any thread.  Writes @output whole or not at all, with the bytes that an export writes for
 * the same pipeline, seed, path and copy.
 *
 * Returns: (transfer full): what was drawn in words ("↔ −9°"), or NULL with @error.
 */
char *ballast_apply_file (const BallastApplyRequest *request,
                          GCancellable              *cancellable,
                          GError                   **error);

G_END_DECLS
