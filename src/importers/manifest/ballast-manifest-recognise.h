#pragma once

#include "ballast-importer.h"

G_BEGIN_DECLS

/* For the table of readers: see BallastImporter. */
BallastLayoutGuess *ballast_manifest_recognise       (const char                  *path,
                                                      const BallastLayoutQuestion *question,
                                                      GCancellable                *cancellable,
                                                      GError                     **error);

G_END_DECLS
