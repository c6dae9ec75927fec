/*
 * Class weights as one file that training code loads: the path's ending says which.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-file.h"

#include <glib/gi18n-lib.h>

#include "ballast-export-error.h"
#include "ballast-path.h"

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

gboolean
ballast_weight_file_write (const BallastWeights *weights,
                           const char           *path,
                           GError              **error)
{
  const BallastWeightFormat *format = ballast_weight_file_find_format (path, error);
  g_autoptr(GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  if (format == NULL)
    return FALSE;

  bytes = format->make (weights);
  data = g_bytes_get_data (bytes, &size);
  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}
