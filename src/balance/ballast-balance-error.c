#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-balance-error.h"

G_DEFINE_QUARK (ballast-balance-error-quark, ballast_balance_error)

gboolean
ballast_refuse_setting (GError    **error,
                        const char *format,
                        ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING, message);
  return FALSE;
}
