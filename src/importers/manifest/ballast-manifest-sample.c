/*
 * How a manifest is written: each way is tried on the first rows, and the one wins whose rows look
 * most alike and have a picture's name in them.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-file-kind.h"
#include "ballast-import-error.h"
#include "ballast-path.h"
#include "ballast-table.h"

static BallastManifestSample *
sample_read (const char           *path,
             BallastManifestFormat format,
             char                  separator,
             GError              **error)
{
  g_autoptr(BallastTable) table = ballast_table_open (path, format, separator, FALSE, error);
  BallastManifestSample *sample;
  BallastTableStep step = BALLAST_TABLE_ROW;

  if (table == NULL)
    return NULL;
  sample = g_new0 (BallastManifestSample, 1);
  sample->format = format;
  sample->separator = separator;
  sample->columns = g_ptr_array_new_with_free_func (g_free);
  sample->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  while (sample->rows->len + sample->n_bad < BALLAST_MANIFEST_SAMPLE_ROWS
         && (step = ballast_table_next (table, NULL, error)) != BALLAST_TABLE_END
         && step != BALLAST_TABLE_ERROR)
    {
      GPtrArray *row;

      if (step == BALLAST_TABLE_BAD)
        {
          sample->n_bad++;
          continue;
        }
      row = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < ballast_table_get_n_fields (table); i++)
        g_ptr_array_add (row, g_strdup (ballast_table_get_field (table, i)));
      if (sample->rows->len > 0 && row->len != ((GPtrArray *) sample->rows->pdata[0])->len)
        sample->varies = TRUE;
      g_ptr_array_add (sample->rows, row);
    }
  for (guint i = 0; i < ballast_table_get_n_columns (table); i++)
    g_ptr_array_add (sample->columns, g_strdup (ballast_table_get_column_name (table, i)));
  if (step == BALLAST_TABLE_ERROR)
    g_clear_pointer (&sample, ballast_manifest_sample_free);

  return sample;
}

void
ballast_manifest_sample_free (BallastManifestSample *sample)
{
  if (sample == NULL)
    return;
  g_ptr_array_unref (sample->columns);
  g_ptr_array_unref (sample->rows);
  g_free (sample);
}

const char *
ballast_manifest_sample_get_column (const BallastManifestSample *sample,
                                    gboolean                     has_header,
                                    guint                        column)
{
  const char *name = has_header && sample->format != BALLAST_MANIFEST_JSON_LINES
                       ? ballast_manifest_sample_get (sample, 0, column) : "";

  return *name != '\0' ? name : sample->columns->pdata[column];
}

const char *
ballast_manifest_sample_get (const BallastManifestSample *sample,
                             guint                        row,
                             guint                        column)
{
  const GPtrArray *fields = sample->rows->pdata[row];
  const char *text = column < fields->len ? fields->pdata[column] : NULL;

  return text != NULL ? text : "";
}

/* The share of rows that have as many fields as the first one and at least two, plus the share that
 * has a picture's name for a field. */
static double
rate (const BallastManifestSample *sample)
{
  guint n_like = 0, n_images = 0;
  double n = sample->rows->len + sample->n_bad;

  if (sample->rows->len == 0)
    return 0;
  for (guint row = 0; row < sample->rows->len; row++)
    {
      guint length = ((GPtrArray *) sample->rows->pdata[row])->len;
      gboolean has_image = FALSE;

      n_like += length >= 2
                && (length == ((GPtrArray *) sample->rows->pdata[0])->len
                    || sample->format == BALLAST_MANIFEST_WHITESPACE);
      for (guint i = 0; i < length && !has_image; i++)
        {
          const char *text = ballast_manifest_sample_get (sample, row, i);

          has_image = ballast_file_is_image (text, strlen (text));
        }
      n_images += has_image;
    }

  return (n_like + n_images) / n;
}

static BallastManifestSample *
sample_text (const char *path,
             GError    **error)
{
  static const char separators[] = ",\t;|";
  const char *ending = ballast_path_get_extension (path);
  g_autoptr(BallastManifestSample) best = NULL;
  double best_rate = -1;

  for (guint i = 0; i <= strlen (separators); i++)
    {
      BallastManifestFormat format = separators[i] != '\0' ? BALLAST_MANIFEST_DELIMITED
                                                           : BALLAST_MANIFEST_WHITESPACE;
      g_autoptr(BallastManifestSample) sample = sample_read (path, format, separators[i], error);
      double rated;

      if (sample == NULL)
        return NULL;
      rated = rate (sample);
      if (separators[i] == '\t' && g_ascii_strcasecmp (ending, "tsv") == 0)
        rated += 0.1;
      if (rated > best_rate + 0.001)
        {
          g_clear_pointer (&best, ballast_manifest_sample_free);
          best = g_steal_pointer (&sample);
          best_rate = rated;
        }
    }

  return g_steal_pointer (&best);
}

static gboolean
is_json (const char *path)
{
  return ballast_file_has_ending (path, "jsonl") || ballast_file_has_ending (path, "ndjson");
}

static BallastManifestSample *
sample_any (const char *path,
            char        separator,
            GError    **error)
{
  if (is_json (path))
    return sample_read (path, BALLAST_MANIFEST_JSON_LINES, 0, error);
  if (separator == ' ')
    return sample_read (path, BALLAST_MANIFEST_WHITESPACE, 0, error);
  if (separator != '\0')
    return sample_read (path, BALLAST_MANIFEST_DELIMITED, separator, error);

  return sample_text (path, error);
}

BallastManifestSample *
ballast_manifest_sample_new (const char *path,
                             char        separator,
                             GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr(BallastManifestSample) sample = sample_any (path, separator, error);

  if (sample == NULL)
    return NULL;
  if (sample->rows->len > 0)
    return g_steal_pointer (&sample);
  g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_SYNTAX,
               _("No line of “%s” can be understood"), shown);

  return NULL;
}
