#pragma once

#include "ballast-manifest-sample.h"

G_BEGIN_DECLS

/* A file that may be a manifest, and what its first rows say. */
typedef struct
{
  char                  *name; /* from the folder */
  char                  *split;
  BallastManifestSample *sample;
  BallastImportOptions   options;
  GPtrArray             *paths; /* some of those in it, spread over the sample */
  double                 sure;
  double                 share; /* of the files that are there */
} BallastManifestCandidate;

/* (transfer full) (nullable): the file @name in @folder; NULL where it is no manifest; then @error may
 * say why.  Without ballast_manifest_place_find() it does not know where its pictures are. */
BallastManifestCandidate *ballast_manifest_candidate_new  (const char                     *folder,
                                                           const char                     *name,
                                                           const BallastImportWishes      *wishes,
                                                           GError                        **error);
void                      ballast_manifest_candidate_free (BallastManifestCandidate       *candidate);

/* How much speaks for it, 0 … 1 and a little. */
double                    ballast_manifest_candidate_rate (const BallastManifestCandidate *candidate);

/* TRUE for another file of the same dataset: of another split, written the same way. */
gboolean                  ballast_manifest_candidate_belongs_to
                                                          (const BallastManifestCandidate *candidate,
                                                           const BallastManifestCandidate *other);

/* (transfer none): the member whose columns are used: the one that has labels. */
BallastManifestCandidate *ballast_manifest_candidate_find_leader (GPtrArray               *group);

G_END_DECLS
