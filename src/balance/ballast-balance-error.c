#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-balance-error.h"

G_DEFINE_QUARK (ballast-balance-error-quark, ballast_balance_error)
