/*
 * What the classes of a manifest are called.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-manifest-classes.h"

#include <string.h>

#include "ballast-path.h"
#include "ballast-table.h"

static GPtrArray *
read_lines (const char *path)
{
  g_autoptr(BallastTable) table = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint64 n_bytes = 0;

  /* Split by a character that is in no name: a line is one field. */
  table = ballast_table_open (path, BALLAST_MANIFEST_DELIMITED, '\x1F', FALSE, NULL);
  while (table != NULL && n_bytes < BALLAST_CLASS_NAMES_MAX_BYTES
         && ballast_table_next (table, NULL, NULL) == BALLAST_TABLE_ROW)
    {
      const char *text = ballast_table_get_field (table, 0);

      n_bytes += strlen (text);
      g_ptr_array_add (lines, ballast_path_display (text));
    }

  return lines;
}

static gboolean
get_range (GPtrArray *labels,
           guint64   *lowest,
           guint64   *highest)
{
  *lowest = G_MAXUINT64;
  *highest = 0;
  for (guint i = 0; i < labels->len; i++)
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (labels->pdata[i], 10, 0, G_MAXINT, &number, NULL))
        return FALSE;
      *lowest = MIN (*lowest, number);
      *highest = MAX (*highest, number);
    }

  return labels->len > 0;
}

GPtrArray *
ballast_manifest_classes_from_file (const char *path,
                                    GPtrArray  *labels,
                                    GArray     *class_of)
{
  g_autoptr(GPtrArray) names = NULL;
  guint64 lowest, highest, offset;

  if (!get_range (labels, &lowest, &highest))
    return NULL;
  names = read_lines (path);
  offset = lowest >= 1 && highest == names->len ? 1 : 0;
  if (highest - offset >= names->len)
    return NULL;
  for (guint i = 0; i < labels->len; i++)
    {
      int index = (int) (g_ascii_strtoull (labels->pdata[i], NULL, 10) - offset);

      g_array_append_val (class_of, index);
    }

  return g_steal_pointer (&names);
}

GPtrArray *
ballast_manifest_classes_from_labels (GPtrArray *labels,
                                      GArray    *class_of)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < labels->len; i++)
    {
      int index = i;

      g_ptr_array_add (names, ballast_path_display (labels->pdata[i]));
      g_array_append_val (class_of, index);
    }

  return names;
}
