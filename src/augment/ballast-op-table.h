#pragma once

#include "ballast-op.h"

G_BEGIN_DECLS

/* The catalogue of ops, grouped, in the order in which people see them. */
guint            ballast_op_get_n (void);

/* (transfer none): @index < ballast_op_get_n (). */
const BallastOp *ballast_op_get   (guint       index);

/* (transfer none) (nullable): by its exact name. */
const BallastOp *ballast_op_find  (const char *name);

G_END_DECLS
