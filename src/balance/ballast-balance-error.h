#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_BALANCE_ERROR (ballast_balance_error_quark ())

typedef enum
{
  BALLAST_BALANCE_ERROR_SETTING, /* a setting is out of its range or unknown */
  BALLAST_BALANCE_ERROR_EMPTY,   /* there is nothing to count */
} BallastBalanceError;

GQuark   ballast_balance_error_quark (void);

/* Sets a BALLAST_BALANCE_ERROR_SETTING whose sentence is @format; always FALSE. */
gboolean ballast_refuse_setting      (GError    **error,
                                      const char *format,
                                      ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
