#pragma once

#include "ballast-layout.h"

G_BEGIN_DECLS

/* BallastImporter.recognise of class folders. */
BallastLayoutGuess *ballast_folders_guess (const char                  *path,
                                           const BallastLayoutQuestion *question,
                                           GCancellable                *cancellable,
                                           GError                     **error);

G_END_DECLS
