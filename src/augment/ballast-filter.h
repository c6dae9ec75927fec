#pragma once

#include "ballast-lowering.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * An op that is neither geometry nor a function of a channel's value brings its own loop: a
 * constant BallastFilter in the op's file, added to the actions by ballast_lowering_filter().
 * The program decides when it runs, on which rows, and in which buffers.
 *
 * What a loop writes must be the same for any cut into bands, on any thread and any processor:
 * integers or single IEEE operations, and random numbers by position (ballast-kernel-random.h).
 * Every kind of raster must do: 8-bit grey, grey + alpha, RGB, RGBA, 16-bit grey.
 */
typedef enum
{
  /* Each pixel by its own colour alone.  In place, while the rows are in the cache; geometry that
   * comes after may be done in one with geometry that came before. */
  BALLAST_FILTER_COLOUR,
  /* Each pixel by its own colour and its place.  In place, while the rows are in the cache. */
  BALLAST_FILTER_PLACE,
  /* The same, after prepare() has seen the whole picture. */
  BALLAST_FILTER_GLOBAL,
  /* Reads pixels other than the one it writes: from one raster to another. */
  BALLAST_FILTER_AREA,
} BallastFilterReach;

typedef struct
{
  const double        *numbers;   /* of the recipe's step, as they were handed to the lowering */
  guint                n_numbers;
  guint                width;     /* of the rasters */
  guint                height;
  double               scale_x;   /* pixels here for one of the recipe: 1, or less in previews */
  double               scale_y;
  double               scale;     /* √ (scale_x · scale_y): for lengths in any direction */
  const BallastRaster *source;    /* prepare() of GLOBAL and AREA, run() of AREA; else NULL */
  BallastRaster       *target;    /* run(): what to write, and but for AREA what to read; else NULL */
  gpointer             prepared;
  const BallastRaster *const *partners; /* prepare(): those of the step, of the target's kind; each
                                       may be NULL.  NULL where there are none */
  guint                n_partners;
  GCancellable        *cancellable; /* nullable; for a run() that is not cut into bands */
} BallastFilterCall;

struct _BallastFilter
{
  BallastFilterReach reach;
  double             cost;         /* ns a colour pixel, roughly, for sorting and warnings */
  gboolean           needs_colour; /* does nothing to greys, and is not called for them */
  gboolean           needs_grey;   /* the same the other way round */
  gboolean           whole;        /* GLOBAL, AREA: run() is called once, for all rows */
  guint              band_rows;    /* at least so many rows a band, where each costs a margin; or 0 */
  /* TRUE where nothing would change at this scale: the pass is left out.  Sees numbers and scales
   * only.  May be NULL. */
  gboolean (*is_idle) (const BallastFilterCall *call);
  /* What run() needs, once a run: tables, statistics.  May be NULL. */
  gpointer (*prepare) (const BallastFilterCall *call);
  void     (*release) (gpointer                 prepared);
  /* Makes rows @first … @end - 1 of the target.  Alpha is taken care of for AREA; the others leave
   * it alone. */
  void     (*run)     (const BallastFilterCall *call,
                       guint                    first,
                       guint                    end);
};

/* Adds @filter with a copy of @n_numbers numbers. */
void ballast_lowering_filter (BallastLowering     *lowering,
                              const BallastFilter *filter,
                              const double        *numbers,
                              guint                n_numbers);

G_END_DECLS
