/*
 * A row of a manifest as an image: its path, its split and its labels.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-row.h"

#include <string.h>

#include "ballast-json-line.h"

void
ballast_manifest_columns_init (BallastManifestColumns     *columns,
                               const BallastImportOptions *options)
{
  int none = -1;

  columns->options = options;
  columns->path = -1;
  columns->split = -1;
  columns->group = -1;
  ballast_manifest_boxes_init (&columns->boxes);
  columns->labels = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; options->label_columns != NULL && options->label_columns[i] != NULL; i++)
    g_array_append_val (columns->labels, none);
}

void
ballast_manifest_columns_clear (BallastManifestColumns *columns)
{
  g_clear_pointer (&columns->labels, g_array_unref);
}

/* By name, or by number where no column has the name. */
static void
find (BallastTable *table,
      const char   *name,
      int          *column)
{
  guint64 number;

  if (name == NULL || *column >= 0)
    return;
  *column = ballast_table_find_column (table, name);
  if (*column < 0 && g_ascii_string_to_unsigned (name, 10, 1, BALLAST_TABLE_MAX_COLUMNS, &number,
                                                 NULL)
      && number <= ballast_table_get_n_columns (table))
    *column = number - 1;
}

void
ballast_manifest_columns_find (BallastManifestColumns *columns,
                               BallastTable           *table)
{
  if (columns->options->has_header || columns->options->box_columns != NULL
      || columns->options->format == BALLAST_MANIFEST_JSON_LINES)
    ballast_manifest_boxes_find (&columns->boxes, columns->options, table);
  find (table, columns->options->path_column, &columns->path);
  find (table, columns->options->split_column, &columns->split);
  find (table, columns->options->group_column, &columns->group);
  for (guint i = 0; i < columns->labels->len; i++)
    find (table, columns->options->label_columns[i], &g_array_index (columns->labels, int, i));
}

static const char *
get (BallastTable *table,
     int           column)
{
  const char *text = column >= 0 ? ballast_table_get_field (table, column) : NULL;

  return text != NULL ? text : "";
}

char *
ballast_manifest_columns_check (const BallastManifestColumns *columns,
                                BallastTable                 *table)
{
  if (*get (table, columns->path) == '\0')
    return g_strdup ("it names no file");
  if (columns->options->format != BALLAST_MANIFEST_DELIMITED)
    return NULL;
  for (guint i = 0; i < columns->labels->len; i++)
    {
      int column = g_array_index (columns->labels, int, i);

      if (column >= 0 && ballast_table_get_field (table, column) == NULL)
        return g_strdup_printf ("%u %s where %u were expected", ballast_table_get_n_fields (table),
                                ballast_table_get_n_fields (table) == 1 ? "field" : "fields",
                                ballast_table_get_n_columns (table));
    }

  return NULL;
}

const char *
ballast_manifest_columns_get_path (const BallastManifestColumns *columns,
                                   BallastTable                 *table)
{
  return get (table, columns->path);
}

const char *
ballast_manifest_columns_get_split (const BallastManifestColumns *columns,
                                    BallastTable                 *table)
{
  return get (table, columns->split);
}

const char *
ballast_manifest_columns_get_group (const BallastManifestColumns *columns,
                                    BallastTable                 *table)
{
  return get (table, columns->group);
}

static void
add_label (GPtrArray  *labels,
           const char *text,
           gsize       length)
{
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  /* A list as Python writes it: ['cat', 'dog']. */
  if (length >= 2 && (*text == '\'' || *text == '"') && text[length - 1] == *text)
    {
      text++;
      length -= 2;
    }
  if (length > 0)
    g_ptr_array_add (labels, g_strndup (text, length));
}

static void
split_labels (const char *text,
              char        separator,
              GPtrArray  *labels)
{
  gsize length = strlen (text);
  const char *end = text + length;

  if (separator != '\0' && length >= 2 && *text == '[' && end[-1] == ']')
    {
      text++;
      end--;
    }
  while (text <= end)
    {
      const char *stop = text;

      while (stop < end && *stop != BALLAST_LIST_SEPARATOR
             && (separator == '\0' || *stop != separator))
        stop++;
      add_label (labels, text, stop - text);
      text = stop + 1;
    }
}

static gboolean
is_set (const char *text)
{
  return g_ascii_strtod (text, NULL) > 0.5 || g_ascii_strcasecmp (text, "true") == 0
         || g_ascii_strcasecmp (text, "yes") == 0;
}

/* The folder that the file lies in. */
static void
add_folder (const char *path,
            GPtrArray  *labels)
{
  const char *end = strrchr (path, '/');
  const char *start = end;

  while (start != NULL && start > path && start[-1] != '/')
    start--;
  if (start != NULL)
    add_label (labels, start, end - start);
}

void
ballast_manifest_columns_list_labels (const BallastManifestColumns *columns,
                                      BallastTable                 *table,
                                      GPtrArray                    *labels)
{
  const char *text = columns->labels->len > 0
                       ? get (table, g_array_index (columns->labels, int, 0)) : "";
  g_auto(GStrv) parts = g_strsplit (text, (const char[]) { BALLAST_LIST_SEPARATOR, '\0' }, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (labels, g_strdup (g_strstrip (parts[i])));
}

void
ballast_manifest_columns_get_labels (const BallastManifestColumns *columns,
                                     BallastTable                 *table,
                                     GPtrArray                    *labels)
{
  if (columns->options->label_style == BALLAST_LABELS_FOLDER)
    {
      add_folder (get (table, columns->path), labels);
      return;
    }
  for (guint i = 0; i < columns->labels->len; i++)
    {
      const char *text = get (table, g_array_index (columns->labels, int, i));

      if (columns->options->label_style == BALLAST_LABELS_NAMES)
        split_labels (text, columns->options->label_separator, labels);
      else if (is_set (text))
        g_ptr_array_add (labels, g_strdup (columns->options->label_columns[i]));
    }
}
