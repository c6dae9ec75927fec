#pragma once

#include "ballast-settings.h"

G_BEGIN_DECLS

/* FALSE with a sentence where @settings name a layout, a way or a kind of file that there is not. */
gboolean ballast_export_settings_check (const BallastExportSettings  *settings,
                                        GError                      **error);

G_END_DECLS
