#pragma once

#include <gio/gio.h>

#include "ballast-box.h"
#include "ballast-raster.h"
#include "ballast-recipe.h"

G_BEGIN_DECLS

/*
 * A recipe compiled for one size and kind of raster: the fewest passes over the pixels.
 *
 * Immutable: several threads may run one program at once.  The result depends on neither thread,
 * processor nor build: hot loops are integers, or single IEEE operations without contraction.
 */
typedef struct _BallastProgram BallastProgram;

/*
 * (transfer full): @width, @height, @channels and @depth are those of the rasters that it will be
 * given.  Where they are smaller than the recipe's (a thumbnail, a JPEG decoded at ½), everything
 * is scaled with them: lengths, blurs, and noise, whose strength falls as it would if the full
 * picture had been drawn and then reduced.
 */
BallastProgram *ballast_program_new        (const BallastRecipe   *recipe,
                                            guint                  width,
                                            guint                  height,
                                            guint                  channels,
                                            guint                  depth);

/* (transfer full): the same, and what comes out is the recipe's output size times @scale (rounded),
 * whatever the size of the rasters that go in.  For previews. */
BallastProgram *ballast_program_new_scaled (const BallastRecipe   *recipe,
                                            guint                  width,
                                            guint                  height,
                                            guint                  channels,
                                            guint                  depth,
                                            double                 scale);
void            ballast_program_free       (BallastProgram        *program);

/* (transfer full): a new raster.  @source must be of the program's size and kind, and is not
 * changed.  Fails only where it is cancelled (G_IO_ERROR_CANCELLED). */
BallastRaster  *ballast_program_run        (const BallastProgram  *program,
                                            const BallastRaster   *source,
                                            GCancellable          *cancellable,
                                            GError               **error);

/* The same with the pictures that the recipe's steps take parts from, in the recipe's order: each of
 * any size, of the program's kind (ballast_partner_convert()); NULL where one cannot be had, whose
 * part stays empty. */
BallastRaster  *ballast_program_run_with   (const BallastProgram  *program,
                                            const BallastRaster   *source,
                                            const BallastRaster *const *partners,
                                            GCancellable          *cancellable,
                                            GError               **error);

/* What comes out, in pixels. */
void            ballast_program_get_size   (const BallastProgram  *program,
                                            guint                 *width,
                                            guint                 *height);

/* Passes that read and write the whole picture, and those among them that interpolate. */
guint           ballast_program_get_n_passes (const BallastProgram *program);
guint           ballast_program_get_n_resamplings (const BallastProgram *program);

/* A rough guess of what a run costs, from figures per pixel measured on a common processor. */
double          ballast_program_estimate_ns (const BallastProgram  *program);

/*
 * Where @box goes, as ballast_program_map_boxes() does it without limits: @mapped is the tight box
 * round what is left of it inside the output, in the output's pixels; @visibility is the share of
 * its area that is left.  FALSE (and an empty box, 0) where nothing is left.
 */
gboolean        ballast_program_map_box    (const BallastProgram  *program,
                                            const BallastBox      *box,
                                            BallastBox            *mapped,
                                            double                *visibility);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastProgram, ballast_program_free)

G_END_DECLS
