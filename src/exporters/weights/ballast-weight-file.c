/*
 * Class weights as one file that training code loads: the path's ending says which.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-file.h"

#include <glib/gi18n-lib.h>

#include "ballast-export-error.h"
#include "ballast-path.h"
#include "ballast-weight-order.h"

static GString *
list_suffixes (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ballast_weight_format_get_n (); i++)
    if (ballast_weight_format_get (i)->suffix != NULL)
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                              ballast_weight_format_get (i)->suffix);
  return text;
}

const BallastWeightFormat *
ballast_weight_file_find_format (const char *path,
                                 GError    **error)
{
  int found = ballast_weight_format_find_for_path (path);
  g_autofree char *display = NULL;
  g_autoptr(GString) suffixes = NULL;

  if (found >= 0)
    return ballast_weight_format_get ((guint) found);

  display = ballast_path_display (path);
  suffixes = list_suffixes ();
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
               _("“%s” does not say how to write the weights: let it end in one of %s"), display,
               suffixes->str);
  return NULL;
}

static gboolean
write_bytes (const char *path,
             GBytes     *bytes,
             GError    **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}

static gboolean
write_order (const BallastWeights *weights,
             const char           *path,
             GError              **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *beside = g_strconcat (path, BALLAST_WEIGHT_ORDER_SUFFIX, NULL);
  g_autoptr(GBytes) bytes = ballast_weight_order_make (weights, name);

  return write_bytes (beside, bytes, error);
}

gboolean
ballast_weight_file_write (const BallastWeights *weights,
                           const char           *path,
                           GError              **error)
{
  const BallastWeightFormat *format = ballast_weight_file_find_format (path, error);
  g_autoptr(GBytes) bytes = NULL;

  if (format == NULL)
    return FALSE;

  bytes = format->make (weights);
  return write_bytes (path, bytes, error) &&
         (!format->is_bare || write_order (weights, path, error));
}
