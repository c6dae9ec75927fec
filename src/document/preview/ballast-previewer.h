#pragma once

#include <gio/gio.h>

#include "ballast-pipeline.h"
#include "ballast-preview-partners.h"
#include "ballast-program-box.h"
#include "ballast-raster.h"
#include "ballast-recipe.h"
#include "ballast-redraws.h"
#include "ballast-variant-quality.h"

G_BEGIN_DECLS

/*
 * Draws variants of one image, off the main thread, newest request first.
 *
 * The numbers are drawn with the same keys as in an export with the same seed: variant n is the
 * n-th copy of the image.  The file is decoded once, at about the size it is shown in, and kept
 * for the next request.  A new request makes what is not yet drawn of the last one stale.
 */
#define BALLAST_TYPE_PREVIEWER (ballast_previewer_get_type ())
G_DECLARE_FINAL_TYPE (BallastPreviewer, ballast_previewer, BALLAST, PREVIEWER, GObject)

/* What to draw.  Everything is copied. */
typedef struct
{
  const char            *path;          /* the file, bytes */
  const char            *relative_path; /* within its source, bytes: names its random numbers */
  const char            *class_name;    /* for steps that leave classes out; NULL: none */
  const BallastPipeline *pipeline;
  guint64                seed;
  guint                  first_copy;    /* number of the first variant; 1 in an export */
  const guint32         *copies;        /* n_variants numbers; NULL: those from first_copy on */
  guint                  n_variants;
  guint                  size_px;       /* longer side of what is shown */
  const BallastRedraws  *redraws;       /* copies that were rejected; NULL: none */
  const BallastBox      *boxes;         /* of the picture, in its pixels; n_boxes of them */
  guint                  n_boxes;
  GPtrArray             *outlines;      /* (nullable): by box a GBytes (ballast-shape.h) or NULL */
  BallastPreviewLender  *lender;        /* for steps that take parts of other pictures; NULL: they do
                                           without */
} BallastPreviewRequest;

/* One drawn variant; valid during the callback. */
typedef struct
{
  guint                serial;          /* of the request */
  guint                variant;         /* 0: the original; else 1 … n_variants */
  const BallastRaster *raster;          /* 8-bit RGB or RGBA; NULL where it failed */
  const char          *description;     /* "↔ −9° ☀ +0.12"; "" for the original */
  const BallastRecipe *recipe;          /* NULL for the original */
  guint                n_resamplings;   /* passes of its program that interpolate */
  const GError        *error;           /* why there is no raster */
  BallastVariantQuality quality;
  const BallastMappedBox *boxes;        /* of a variant: what the pipeline's policy keeps, in shares
                                           of the picture that is shown, those of lent parts behind
                                           them; n_boxes of them */
  guint                n_boxes;
} BallastPreviewVariant;

/*
 * Signals, on the main context: "variant-ready" (pointer: const BallastPreviewVariant *),
 * "finished" (uint: serial), after the last variant of the newest request.  The original is told of once
 * for a picture and a size, not again with each request.
 * Properties, read-only: "cost-ns" (int64: one copy of this image at its full size, without
 * decoding and encoding; -1 until measured), "busy" (boolean).
 */
BallastPreviewer *ballast_previewer_new         (void);

/* Returns the request's serial. */
guint             ballast_previewer_request     (BallastPreviewer            *self,
                                                 const BallastPreviewRequest *request);
/* Drops what is not yet drawn. */
void              ballast_previewer_cancel      (BallastPreviewer            *self);
gint64            ballast_previewer_get_cost_ns (BallastPreviewer            *self);

G_END_DECLS
