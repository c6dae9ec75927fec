#pragma once

#include "ballast-random.h"

G_BEGIN_DECLS

/*
 * A random permutation of 0 … n-1 of which one place can be computed without the others.
 *
 * Returns where @index goes: a bijection of [0, n) for every key and @purpose.  O(1) on average,
 * no memory.  @index < @n, @n >= 1.
 */
guint64 ballast_permutation_place (const BallastRandomKey *key,
                                   guint32                 purpose,
                                   guint64                 n,
                                   guint64                 index);

G_END_DECLS
