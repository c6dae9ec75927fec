#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The quality (1 … 100) whose tables, as libjpeg scales those of ITU-T T.81 K.1, are nearest to @luma and
 * @chroma (64 factors each in natural order; @chroma may be NULL) by the sum of differences.
 */
guint ballast_jpeg_quality_estimate (const guint16 *luma,
                                     const guint16 *chroma);

G_END_DECLS
