#pragma once

#include <gio/gio.h>

#include "ballast-export-options.h"
#include "ballast-image-record.h"
#include "ballast-limits.h"
#include "ballast-recipe.h"

G_BEGIN_DECLS

/*
 * The unit of pixel work: one source and the copies to draw of it.  It is a value that could be
 * sent to another process: descriptors, recipes, numbers; no path, no project, no thread.
 */
typedef struct
{
  int                fd;           /* open for reading */
  const char        *display_name;
} BallastExportInput;

typedef struct
{
  const BallastRecipe *recipe;
  const BallastExportInput *partners; /* of the recipe, in its order; NULL: it takes none */
  int                  fd;          /* open for writing, empty */
  BallastFormat        format;      /* of the file, from ballast_export_item_choose_format() */
  char                 sha256[65];  /* out: of the bytes written */
  guint64              size;        /* out */
  guint32              width;       /* out: of the picture written */
  guint32              height;
  gboolean             lossless;    /* out: the coefficients were moved, nothing was decoded */
} BallastExportOutput;

typedef struct
{
  int                  source_fd;
  BallastImageFacts    facts;
  const char          *display_name; /* for messages: the source, as people read it */
  guint                quality;      /* of JPEG files; 0: the source's own */
  BallastImageLimits   limits;
  guint                n_outputs;
  BallastExportOutput *outputs;
} BallastExportItem;

/* The format in which copies of a source like @facts are written: decided before it is decoded. */
BallastFormat ballast_export_item_choose_format (const BallastImageFacts  *facts,
                                                 BallastExportFormat       policy);

/*
 * Decodes the source once, draws every copy and writes it.  A copy that is a mere mirror or turn
 * of a JPEG is made without loss where its blocks allow (then @quality does not count), and of its
 * stored samples where those do; nothing is ever cut off for it.  The source is decoded to pixels
 * only if a copy needs it, and a JPEG smaller where ballast_recipe_get_reduction() says so.  Bytes
 * depend on the source, the recipes, the format and the quality alone.
 *
 * FALSE with BALLAST_IMAGE_ERROR where the source is at fault, BALLAST_EXPORT_ERROR_FULL or
 * G_IO_ERROR where the writing is.
 */
gboolean      ballast_export_item_run           (BallastExportItem        *item,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);

G_END_DECLS
