/* The names of the choices that an export has. */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-export-error.h"
#include "ballast-name.h"
#include "ballast-weight-format.h"

static const char *const originals_names[] = { "copy", "hardlink", "reflink", "symlink", "list" };
static const char *const format_names[] = { "keep", "jpeg", "png" };

static gboolean
refuse (const char *value,
        const char *use,
        GError    **error)
{
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
               _("“%s” cannot be chosen here: use %s"), value != NULL ? value : "", use);
  return FALSE;
}

const char *
ballast_originals_get_name (BallastOriginals originals)
{
  g_return_val_if_fail ((guint) originals < G_N_ELEMENTS (originals_names), NULL);

  return originals_names[originals];
}

gboolean
ballast_originals_parse (const char       *name,
                         BallastOriginals *originals,
                         GError          **error)
{
  int found = ballast_name_find (originals_names, G_N_ELEMENTS (originals_names), name);

  if (found < 0)
    return refuse (name, "copy, hardlink, reflink, symlink or list", error);

  *originals = (BallastOriginals) found;
  return TRUE;
}

const char *
ballast_export_format_get_name (BallastExportFormat format)
{
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (format_names), NULL);

  return format_names[format];
}

gboolean
ballast_export_format_parse (const char          *name,
                             BallastExportFormat *format,
                             GError             **error)
{
  int found = ballast_name_find (format_names, G_N_ELEMENTS (format_names), name);

  if (found < 0)
    return refuse (name, "keep, jpeg or png", error);

  *format = (BallastExportFormat) found;
  return TRUE;
}

static gboolean
refuse_weight_file (const char *word,
                    GError    **error)
{
  g_autofree char *names = ballast_weight_format_dup_names ();
  g_autofree char *all = g_strconcat (names, ", none", NULL);

  return refuse (word, all, error);
}

gboolean
ballast_weight_file_kinds_parse (const char             *text,
                                 BallastWeightFileKinds *kinds,
                                 GError                **error)
{
  g_auto(GStrv) words = g_strsplit (text, ",", -1);
  BallastWeightFileKinds found = 0;

  for (guint i = 0; strcmp (text, "none") != 0 && words[i] != NULL; i++)
    {
      int position = ballast_weight_format_find (g_strstrip (words[i]));

      if (position < 0)
        return refuse_weight_file (words[i], error);
      found |= 1u << position;
    }

  *kinds = found;
  return TRUE;
}
