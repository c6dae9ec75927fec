#pragma once

#include "ballast-importer.h"

G_BEGIN_DECLS

/* For the table of readers: see BallastImporter. */
BallastLayoutGuess *ballast_manifest_recognise       (const char                  *path,
                                                      const BallastLayoutQuestion *question,
                                                      GCancellable                *cancellable,
                                                      GError                     **error);

/* (transfer full): where the list of class names of @options is. */
char               *ballast_manifest_dup_class_names (const char                  *path,
                                                      const BallastImportOptions  *options);

G_END_DECLS
