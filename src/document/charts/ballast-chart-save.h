#pragma once

#include <gio/gio.h>

#include "ballast-chart-file.h"
#include "ballast-picture.h"

G_BEGIN_DECLS

/*
 * Writes a chart as ballast_chart_file_save() does, on a thread of its own.  Takes @model; what
 * @options points to is copied.
 */
void     ballast_chart_save_async  (BallastChartModel             *model,
                                    const char                    *path,
                                    const BallastChartFileOptions *options,
                                    GAsyncReadyCallback            callback,
                                    gpointer                       user_data);
gboolean ballast_chart_save_finish (GAsyncResult                  *result,
                                    GError                       **error);

/* The same for any other picture; takes @picture. */
void     ballast_picture_save_async (BallastPicture                *picture,
                                     const char                    *path,
                                     const BallastChartFileOptions *options,
                                     GAsyncReadyCallback            callback,
                                     gpointer                       user_data);
gboolean ballast_picture_save_finish (GAsyncResult                 *result,
                                     GError                       **error);

G_END_DECLS
