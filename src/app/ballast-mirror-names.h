#pragma once

#include "ballast-class-pair.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * Classes whose names speak of a side: a mirror turns their images into those of another class.
 * A guess from names ("turn-left", "main gauche"), for a suggestion and a warning, no more.
 */

/* (transfer full): for each class "…left…" the class with "right" in that place, where there is
 * one: an array of BallastClassPair. */
GArray *ballast_mirror_names_dup_pairs    (const BallastTally     *tally);

/* (transfer full): the names of the classes that speak of a side and are in none of @pairs;
 * NULL-terminated. */
char  **ballast_mirror_names_dup_unpaired (const BallastTally     *tally,
                                           const BallastClassPair *pairs,
                                           gsize                   n_pairs);

G_END_DECLS
