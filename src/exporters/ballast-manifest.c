/*
 * manifest.csv: what stands in the dataset and where it came from, one row a file.
 *
 * Rows are exact bytes in the order of the items; the digest of the whole file stands in
 * ballast.json, so that a cut or edited manifest is noticed.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-csv.h"
#include "ballast-export-error.h"
#include "ballast-export-file.h"

#define N_COLUMNS 8 /* the last may be missing */

static const char *const columns[N_COLUMNS] = { "path", "split", "class", "source",
                                                "copy", "recipe", "sha256",
                                                "soft_labels" };

struct _BallastManifestWriter
{
  BallastTextFile *file;
  guint64          rows;
  guint            n_columns;
};

BallastManifestWriter *
ballast_manifest_writer_new (int         dir_fd,
                             const char *name,
                             gboolean    soft_labels,
                             GError    **error)
{
  BallastTextFile *file = ballast_text_file_new (dir_fd, name, error);
  BallastManifestWriter *writer;

  if (file == NULL)
    return NULL;

  writer = g_new0 (BallastManifestWriter, 1);
  writer->file = file;
  writer->n_columns = N_COLUMNS - (soft_labels ? 0 : 1);
  ballast_csv_append_row (ballast_text_file_get_buffer (file), columns, writer->n_columns);
  return writer;
}

gboolean
ballast_manifest_writer_add (BallastManifestWriter    *writer,
                             const BallastManifestRow *row,
                             GError                  **error)
{
  char copy[16];
  const char *const fields[N_COLUMNS] = { row->path, row->split, row->class_name, row->source,
                                          copy, row->recipe, row->sha256,
                                          row->soft_labels != NULL ? row->soft_labels : "" };

  g_snprintf (copy, sizeof copy, "%u", row->copy);
  ballast_csv_append_row (ballast_text_file_get_buffer (writer->file), fields, writer->n_columns);
  writer->rows++;
  return ballast_text_file_flush (writer->file, FALSE, error);
}

gboolean
ballast_manifest_writer_finish (BallastManifestWriter *writer,
                                char                  *sha256,
                                guint64               *rows,
                                GError               **error)
{
  if (rows != NULL)
    *rows = writer->rows;
  return ballast_text_file_close (writer->file, sha256, error);
}

void
ballast_manifest_writer_free (BallastManifestWriter *writer)
{
  ballast_text_file_free (writer->file);
  g_free (writer);
}

static gboolean
is_header (GPtrArray *fields)
{
  if (fields->len < N_COLUMNS - 1 || fields->len > N_COLUMNS)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    if (strcmp (g_ptr_array_index (fields, i), columns[i]) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
refuse (const char *name,
        const char *why,
        GError    **error)
{
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN,
               _("“%s” is no manifest of Ballast: %s"), name, why);
  return FALSE;
}

static gboolean
row_from_fields (GPtrArray          *fields,
                 BallastManifestRow *row)
{
  guint64 copy;

  if (fields->len < N_COLUMNS - 1 || fields->len > N_COLUMNS ||
      !g_ascii_string_to_unsigned (g_ptr_array_index (fields, 4), 10, 0, G_MAXUINT, &copy, NULL))
    return FALSE;

  *row = (BallastManifestRow){
    .path = g_ptr_array_index (fields, 0),
    .split = g_ptr_array_index (fields, 1),
    .class_name = g_ptr_array_index (fields, 2),
    .source = g_ptr_array_index (fields, 3),
    .copy = (guint) copy,
    .recipe = g_ptr_array_index (fields, 5),
    .sha256 = g_ptr_array_index (fields, 6),
    .soft_labels = fields->len == N_COLUMNS ? g_ptr_array_index (fields, 7) : "",
  };
  return TRUE;
}

static gboolean
read_rows (BallastCsvReader   *reader,
           const char         *name,
           BallastManifestFunc func,
           gpointer            user_data,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr(GError) local = NULL;
  GPtrArray *fields = ballast_csv_reader_next (reader, cancellable, &local);
  BallastManifestRow row;

  if (fields == NULL || !is_header (fields))
    return refuse (name, local != NULL ? local->message : "its first row names other columns",
                   error);

  while ((fields = ballast_csv_reader_next (reader, cancellable, &local)) != NULL)
    {
      if (!row_from_fields (fields, &row))
        return refuse (name, "a row has other columns", error);
      if (!func (&row, user_data, error))
        return FALSE;
    }
  if (local != NULL && local->code == G_IO_ERROR_INVALID_DATA)
    return refuse (name, local->message, error);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

gboolean
ballast_manifest_foreach (int                 dir_fd,
                          const char         *name,
                          BallastManifestFunc func,
                          gpointer            user_data,
                          GCancellable       *cancellable,
                          GError            **error)
{
  int fd = openat (dir_fd, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(BallastCsvReader) reader = NULL;

  if (fd < 0)
    return ballast_export_file_fail (error, _("Cannot open"), name, errno);

  stream = g_unix_input_stream_new (fd, TRUE);
  reader = ballast_csv_reader_new (stream);
  return read_rows (reader, name, func, user_data, cancellable, error);
}

char *
ballast_manifest_join_classes (const char *const *names,
                               guint              n)
{
  GString *field = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (field, '|');
      for (const char *at = names[i]; *at != '\0'; at++)
        {
          if (*at == '|' || *at == '\\')
            g_string_append_c (field, '\\');
          g_string_append_c (field, *at);
        }
    }

  return g_string_free (field, FALSE);
}

char **
ballast_manifest_split_classes (const char *field)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *at = field; *at != '\0'; at++)
    {
      if (*at == '|')
        {
          g_strv_builder_add (builder, name->str);
          g_string_truncate (name, 0);
          continue;
        }
      if (*at == '\\' && at[1] != '\0')
        at++;
      g_string_append_c (name, *at);
    }
  if (*field != '\0')
    g_strv_builder_add (builder, name->str);

  return g_strv_builder_end (builder);
}
