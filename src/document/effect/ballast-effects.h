#pragma once

#include <gio/gio.h>

#include "ballast-pipeline.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * What single steps do to one picture, and what they cost: for a catalogue of ops, and for the marks
 * of a pipeline's steps.  One thread draws them, one after the other, off the main thread.
 */
#define BALLAST_TYPE_EFFECTS (ballast_effects_get_type ())
G_DECLARE_FINAL_TYPE (BallastEffects, ballast_effects, BALLAST, EFFECTS, GObject)

/* One effect; valid during the callback. */
typedef struct
{
  guint                key;
  const BallastRaster *raster;      /* 8-bit RGB or RGBA */
  gint64               cost_ns;     /* of the picture in its full size, without its codec */
  gboolean             is_symmetry; /* a mirror or quarter turn, which moves a JPEG without loss */
} BallastEffect;

/* Signal on the main context: "ready" (pointer: const BallastEffect *). */
BallastEffects *ballast_effects_new     (void);

/* Forgets what was asked for before, and draws for the file @path, @relative_path within its source,
 * with @size_px along its longer side. */
void            ballast_effects_begin   (BallastEffects        *self,
                                         const char            *path,
                                         const char            *relative_path,
                                         guint                  size_px);

/* Adds one effect, of all steps of @pipeline with certainty; @key comes back with it. */
void            ballast_effects_add     (BallastEffects        *self,
                                         guint                  key,
                                         const BallastPipeline *pipeline);
void            ballast_effects_cancel  (BallastEffects        *self);

G_END_DECLS
