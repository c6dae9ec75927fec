#pragma once

#include <gio/gio.h>

#include "ballast-fingerprint.h"

G_BEGIN_DECLS

/* Two places whose fingerprints are alike. */
typedef struct
{
  guint32 place;
  guint32 other; /* above @place */
  guint32 distance;
} BallastNearPlaces;

/*
 * Finds like fingerprints among many without comparing each with each: multi-index hashing (Norouzi,
 * Punjani and Fleet, CVPR 2012).  Immutable: any number of threads may search it.
 */
typedef struct _BallastNearIndex BallastNearIndex;

/* Up to this distance. */
#define BALLAST_NEAR_INDEX_MAX_DISTANCE 15

/* (transfer full): @prints is borrowed and must stay; those that say nothing are left out.  36 bytes
 * a fingerprint. */
BallastNearIndex *ballast_near_index_new    (const BallastFingerprint  *prints,
                                             guint32                    n);
void              ballast_near_index_free   (BallastNearIndex          *index);

/* How many steps a whole search has; each may be done by another thread. */
guint             ballast_near_index_get_n_steps (const BallastNearIndex *index);

/* Appends BallastNearPlaces to @pairs: for every two like fingerprints that this step finds the pair,
 * maybe more than once.  Of many with the same gradients only so many as link all of them. */
void              ballast_near_index_search (const BallastNearIndex    *index,
                                             guint                      step,
                                             guint                      max_distance,
                                             GArray                    *pairs);

/*
 * Leaves of @pairs those that join what the pairs before, at lower distances, have not joined (a
 * minimal spanning forest: Kruskal): the same groups at every distance, with fewer than @n pairs.
 */
void              ballast_near_index_thin   (GArray                    *pairs,
                                             guint32                    n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastNearIndex, ballast_near_index_free)

G_END_DECLS
