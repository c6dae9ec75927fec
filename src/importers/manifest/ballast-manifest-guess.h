#pragma once

#include "ballast-layout.h"
#include "ballast-manifest-candidate.h"

G_BEGIN_DECLS

/* A look at a source that may be one of manifests. */
typedef struct
{
  const char                  *path;   /* of the source */
  const BallastLayoutQuestion *question;
  char                        *folder; /* real */
  gboolean                     is_folder;
  GPtrArray                   *candidates; /* of BallastManifestCandidate */
} BallastManifestLook;

/* (transfer full): the guess of @group, with what its files say until the deadline. */
BallastLayoutGuess *ballast_manifest_guess_new       (const BallastManifestLook  *look,
                                                      GPtrArray                  *group,
                                                      GCancellable               *cancellable,
                                                      GError                    **error);

/* (transfer full): where the list of class names of @options is. */
char               *ballast_manifest_dup_class_names (const char                 *path,
                                                      const BallastImportOptions *options);

G_END_DECLS
