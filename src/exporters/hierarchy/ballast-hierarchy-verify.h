#pragma once

#include "ballast-verify.h"

G_BEGIN_DECLS

/*
 * As ballast_verify_folder(), for a dataset or for a folder of them that an exported hierarchy is:
 * then each is checked, and what its hierarchy.json names and is not there is missing.
 */
BallastVerifyResult *ballast_verify_any (const char             *dest,
                                         GCancellable           *cancellable,
                                         const BallastProgress  *progress,
                                         GError                **error);

G_END_DECLS
