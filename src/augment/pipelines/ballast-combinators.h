#pragma once

#include "ballast-op.h"

G_BEGIN_DECLS

/*
 * The groups of Albumentations as ops: OneOf, SomeOf, RandomOrder, OneOrOther, Sequential; and NoOp,
 * which does nothing.  They stand in pipelines alone: a recipe has only what was drawn.
 */
guint            ballast_combinator_get_n  (void);
const BallastOp *ballast_combinator_get    (guint       index);

/* NULL: there is none called @name. */
const BallastOp *ballast_combinator_find   (const char *name);

/* The group or the op on pixels called @name, or NULL. */
const BallastOp *ballast_combinator_find_any (const char *name);

G_END_DECLS
