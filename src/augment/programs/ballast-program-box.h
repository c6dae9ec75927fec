#pragma once

#include "ballast-box-policy.h"
#include "ballast-program.h"

G_BEGIN_DECLS

/*
 * Boxes, outlines and masks through a recipe.
 *
 * What goes in is in pixels of the recipe's image, whatever the size of the rasters that a program
 * was compiled for; what comes out is in pixels of the output, cut at its frame.  An outline stays
 * whole through the chain, however far outside it gets, and is cut and measured once, at the end,
 * against all of it.  Pure functions; any thread.
 */

typedef struct
{
  guint      source;     /* the index of the box that it was made of */
  BallastBox box;        /* tight, inside the output */
  double     visibility; /* the share of its area that is left, 0 … 1 */
} BallastMappedBox;

typedef struct
{
  guint n_clipped; /* stuck out of their image and were clipped first */
  guint n_invalid; /* have no area in their image, or numbers that are none: left out */
  guint n_cut;     /* kept, but not whole any more */
  guint n_lost;    /* gone, or under a limit of the policy */
} BallastBoxTally;

/*
 * (transfer full): an array of BallastMappedBox in the order of @boxes: those that @policy keeps.
 * A shuffled grid may make several of one.  @tally (out, nullable) is set, not added to.  An empty
 * array where nothing is left; the copy stays one of the image's classes.
 */
GArray   *ballast_program_map_boxes    (const BallastProgram   *program,
                                        const BallastBox       *boxes,
                                        guint                   n_boxes,
                                        const BallastBoxPolicy *policy,
                                        BallastBoxTally        *tally);

/* (transfer full): the same in the recipe's own output size; no program is needed. */
GArray   *ballast_recipe_map_boxes     (const BallastRecipe    *recipe,
                                        const BallastBox       *boxes,
                                        guint                   n_boxes,
                                        const BallastBoxPolicy *policy,
                                        BallastBoxTally        *tally);

/* (transfer full): those of partner @index of the recipe, in that picture's pixels. */
GArray   *ballast_recipe_map_partner_boxes (const BallastRecipe    *recipe,
                                            guint                   index,
                                            const BallastBox       *boxes,
                                            guint                   n_boxes,
                                            const BallastBoxPolicy *policy);

/*
 * (transfer full): the closed polygon @points through the program, as an array of outlines, each a
 * GArray of BallastPoint: usually one, several where holes or a shuffled grid cut it, none where
 * nothing is left.  @visibility (out, nullable) is the share of its area that is left.  A part cut
 * by the frame may run along it.
 */
GPtrArray *ballast_program_map_polygon (const BallastProgram   *program,
                                        const BallastPoint     *points,
                                        guint                   n_points,
                                        double                 *visibility);

/* (transfer full): the same of partner @index of the recipe, in that picture's pixels, in the recipe's
 * output size. */
GPtrArray *ballast_recipe_map_partner_polygon (const BallastRecipe *recipe,
                                               guint                index,
                                               const BallastPoint  *points,
                                               guint                n_points);

/*
 * A mask of an image, run by run, as COCO's uncompressed RLE: column after column, from the top;
 * lengths of runs of 0 and 1 in turn, 0 first.
 */
typedef struct
{
  guint   width;
  guint   height;
  GArray *counts; /* of guint32 */
} BallastMask;

/* (transfer full): all 0. */
BallastMask *ballast_mask_new          (guint                   width,
                                        guint                   height);
void         ballast_mask_free         (BallastMask            *mask);

/* FALSE where the runs do not add up to the mask's size. */
gboolean     ballast_mask_is_valid     (const BallastMask      *mask);

/* (transfer full): from and to a byte a pixel, row after row; anything but 0 is 1. */
BallastMask *ballast_mask_new_from_bytes (const guint8         *bytes,
                                        guint                   width,
                                        guint                   height);
guint8      *ballast_mask_to_bytes     (const BallastMask      *mask);

/* How many pixels are 1, and the tight box round them (out, nullable). */
guint64      ballast_mask_measure      (const BallastMask      *mask,
                                        BallastBox             *box);

/* (transfer full): @mask, of the recipe's image size and valid, through the program: the nearest
 * pixel of the original, nothing outside it and under holes. */
BallastMask *ballast_program_map_mask  (const BallastProgram   *program,
                                        const BallastMask      *mask);

/* (transfer full): the same of partner @index of the recipe, of whose size @mask is, in the recipe's
 * output size. */
BallastMask *ballast_recipe_map_partner_mask (const BallastRecipe *recipe,
                                        guint                   index,
                                        const BallastMask      *mask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastMask, ballast_mask_free)

G_END_DECLS
