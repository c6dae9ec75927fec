#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/*
 * The two halves of a resampling with two taps, in wide vectors: as much of a row as fills them.  What is
 * left is for the loops that any processor runs, with the same bytes.
 */

/* Pixels of three or four bytes across, into 1/128 levels; returns how many pixels were done. */
guint ballast_kernel_across_two (const guint8      *source,
                                 const BallastAxis *axis,
                                 guint16           *target,
                                 guint              channels);

/* Two rows of 1/128 levels down into bytes; returns how many samples were done. */
guint ballast_kernel_down_two   (const guint16     *rows[2],
                                 const gint16       weights[2],
                                 guint              n,
                                 guint8            *target);

G_END_DECLS
