/* Numbers, texts and folders of layouts with boxes. */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-box-writing.h"

#include <math.h>
#include <string.h>

#include "ballast-path.h"

void
ballast_box_append_number (GString *text,
                           double   number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint precision = 6; precision <= 17; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%ug", precision);
      g_ascii_formatd (digits, sizeof digits, format, number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }
  g_string_append (text, isfinite (number) ? digits : "0");
}

void
ballast_box_append_json (GString    *text,
                         const char *string)
{
  g_autofree char *valid = g_utf8_validate (string, -1, NULL) ? g_strdup (string)
                                                               : ballast_path_display (string);

  g_string_append_c (text, '"');
  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (text, "\\%c", *p);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (text, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

char *
ballast_box_dup_folder (const BallastExporterContext *context,
                        const BallastExportSource    *source,
                        const char                   *class_name)
{
  return context->has_splits ? ballast_exporter_dup_list_name (source) : g_strdup ("images");
}

const char *
ballast_box_cut_folder (const char *path,
                        const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

gboolean
ballast_box_write_file (int            dir_fd,
                        const char    *name,
                        const GString *text,
                        GError       **error)
{
  BallastTextFile *file = ballast_text_file_new (dir_fd, name, error);
  gboolean success;

  if (file == NULL)
    return FALSE;
  g_string_append_len (ballast_text_file_get_buffer (file), text->str, text->len);
  success = ballast_text_file_close (file, NULL, error);
  ballast_text_file_free (file);
  return success;
}

char *
ballast_box_dup_class_name (const BallastExportOptions *options,
                            guint                       class_index)
{
  return ballast_path_display (options->class_names[class_index]);
}
