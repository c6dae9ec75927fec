#pragma once

#include <gio/gio.h>

#include "ballast-sample-canvas.h"

G_BEGIN_DECLS

/* What a sample is written with.  @folder is the partial folder's descriptor. */
typedef struct
{
  int             folder;
  guint           images;
  guint64         seed;
  gboolean      (*tick) (gpointer   user_data,
                         guint64    bytes,
                         GError   **error); /* after each image; FALSE: stop */
  gpointer        user_data;
} BallastSampleWriter;

/* Writes @raster as JPEG to @path below the folder, its folders made as needed, and ticks. */
gboolean       ballast_sample_write_jpeg   (const BallastSampleWriter *writer,
                                            const char                *path,
                                            const BallastRaster       *raster,
                                            guint                      quality,
                                            GError                   **error);

/* Writes @text to @path below the folder. */
gboolean       ballast_sample_write_text   (const BallastSampleWriter *writer,
                                            const char                *path,
                                            const char                *text,
                                            GError                   **error);

gboolean       ballast_sample_write_signs  (const BallastSampleWriter *writer,
                                            GError                   **error);
gboolean       ballast_sample_write_street (const BallastSampleWriter *writer,
                                            GError                   **error);

/* One picture of a sign, by its class's index. */
BallastRaster *ballast_sample_draw_sign    (guint                      class_index,
                                            BallastDice               *dice);

/* Shares @total out over @n classes that shrink geometrically to a 20th; each gets one at least
 * where @total allows, and where it allows the ends are 20 to 1 exactly. */
void           ballast_sample_share_out    (guint                      total,
                                            guint                      n,
                                            guint                     *counts);

#define BALLAST_SAMPLE_RATIO 20

G_END_DECLS
