/*
 * Hierarchies and accuracies in files.
 *
 * A file from outside is bounded before it is read, and every message names it.  What is written is
 * written whole or not at all.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-hierarchy-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-csv.h"
#include "ballast-document-error.h"
#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-read.h"
#include "ballast-json.h"
#include "ballast-path.h"

static gboolean
has_ending (const char *path,
            const char *ending)
{
  gsize length = strlen (path), tail = strlen (ending);

  return length > tail && g_ascii_strcasecmp (path + length - tail, ending) == 0;
}

/* (transfer full): the text of @path, which is UTF-8 of at most BALLAST_JSON_MAX_BYTES. */
static char *
read_text (const char *path,
           GError    **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (stream == NULL)
    return NULL;
  text = g_malloc (BALLAST_JSON_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, BALLAST_JSON_MAX_BYTES, &length, NULL,
                                error))
    return NULL;
  if (length == BALLAST_JSON_MAX_BYTES || !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
                           length == BALLAST_JSON_MAX_BYTES ? _("it is too large for a tree")
                                                            : _("it is no text in UTF-8"));
      return NULL;
    }
  text[length] = '\0';
  return g_realloc (g_steal_pointer (&text), length + 1);
}

/* (transfer full): of char **: the rows of a table; tabs are commas in a .tsv. */
static GPtrArray *
parse_rows (const char *path,
            char       *text,
            GError    **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char *begin = g_str_has_prefix (text, "\xEF\xBB\xBF") ? text + 3 : text;
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(BallastCsvReader) reader = NULL;
  GPtrArray *fields;
  GError *failed = NULL;

  if (has_ending (path, ".tsv"))
    g_strdelimit (begin, "\t", ',');
  stream = g_memory_input_stream_new_from_data (begin, (gssize) strlen (begin), NULL);
  reader = ballast_csv_reader_new (stream);
  while ((fields = ballast_csv_reader_next (reader, NULL, &failed)) != NULL)
    {
      char **row = g_new0 (char *, fields->len + 1);

      for (guint i = 0; i < fields->len; i++)
        row[i] = g_strstrip (g_strdup (g_ptr_array_index (fields, i)));
      g_ptr_array_add (rows, row);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

static BallastHierarchy *
read_tree (const char *path,
           GError    **error)
{
  g_autofree char *text = read_text (path, error);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (text == NULL)
    return NULL;
  if (has_ending (path, ".csv") || has_ending (path, ".tsv"))
    {
      rows = parse_rows (path, text, error);
      return rows == NULL ? NULL
                          : ballast_hierarchy_new_from_rows (
        (const char *const *const *) rows->pdata, rows->len, error);
    }

  node = ballast_json_parse (text, -1, error);
  return node == NULL ? NULL : ballast_hierarchy_new_from_any_json (node, error);
}

/* Puts the file's name before the message, unless that has it. */
static void
name_file (const char *path,
           GError    **error)
{
  g_autofree char *display = ballast_path_display (path);

  if (error != NULL && *error != NULL && strstr ((*error)->message, display) == NULL)
    g_prefix_error (error, "“%s”: ", display);
}

BallastHierarchy *
ballast_hierarchy_file_read (const char *path,
                             GError    **error)
{
  BallastHierarchy *tree = read_tree (path, error);

  if (tree == NULL)
    name_file (path, error);
  return tree;
}

static char *
to_csv (const BallastHierarchy *hierarchy)
{
  g_autoptr(GPtrArray) rows = ballast_hierarchy_dup_rows (hierarchy);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (rows, i);

      ballast_csv_append_row (text, row, g_strv_length ((char **) row));
    }
  return g_string_free (text, FALSE);
}

static char *
to_json (const BallastHierarchy *hierarchy)
{
  g_autoptr(JsonNode) node = ballast_hierarchy_to_json (hierarchy);
  g_autofree char *text = ballast_json_to_string (node, TRUE);

  return g_strconcat (text, "\n", NULL);
}

gboolean
ballast_hierarchy_file_write (const BallastHierarchy *hierarchy,
                              const char             *path,
                              GError                **error)
{
  g_autofree char *text = NULL;

  if (has_ending (path, ".json"))
    text = to_json (hierarchy);
  else if (has_ending (path, ".csv"))
    text = to_csv (hierarchy);
  else
    {
      g_autofree char *display = ballast_path_display (path);

      g_set_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
                   _("Cannot tell the format of “%s”: a hierarchy’s name ends in .json or .csv, a "
                      "drawing’s in .png, .svg or .pdf"), display);
      return FALSE;
    }
  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}

static gboolean
set_accuracy (BallastHierarchy *hierarchy,
              const char       *name,
              double            value,
              guint            *n_unknown,
              GError          **error)
{
  const BallastHierarchyNode *node = ballast_hierarchy_find_name (hierarchy, name);
  gboolean whole = *name == '\0' || strcmp (name, "*") == 0;

  if (value > 1 && value <= 100)
    value /= 100;
  if (!isfinite (value) || value < 0 || value > 1)
    {
      g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
                   _("the accuracy of “%s” is no number from 0 to 1"), name);
      return FALSE;
    }
  if (!whole && (node == NULL || node->is_class))
    {
      *n_unknown += 1;
      return TRUE;
    }
  return ballast_hierarchy_set_accuracy (hierarchy, whole ? 0 : node->id, value, error);
}

static gboolean
set_from_rows (BallastHierarchy *hierarchy,
               GPtrArray        *rows,
               guint            *n_unknown,
               GError          **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      char *end = NULL;
      double value = row[0] != NULL && row[1] != NULL ? g_ascii_strtod (row[1], &end) : NAN;
      gboolean number = end != NULL && end != row[1] && *end == '\0';

      if (i == 0 && !number) /* the names of the columns */
        continue;
      if (!set_accuracy (hierarchy, row[0] != NULL ? row[0] : "", number ? value : NAN, n_unknown,
                         error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_from_json (BallastHierarchy *hierarchy,
               JsonNode         *node,
               guint            *n_unknown,
               GError          **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING,
                           _("it is no JSON object of names and accuracies"));
      return FALSE;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!set_accuracy (hierarchy, name,
                       JSON_NODE_HOLDS_VALUE (value) &&
                       json_node_get_value_type (value) != G_TYPE_STRING
                         ? json_node_get_double (value) : NAN,
                       n_unknown, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_accuracies (BallastHierarchy *hierarchy,
                 const char       *path,
                 guint            *n_unknown,
                 GError          **error)
{
  g_autofree char *text = read_text (path, error);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (text == NULL)
    return FALSE;
  if (has_ending (path, ".csv") || has_ending (path, ".tsv"))
    {
      rows = parse_rows (path, text, error);
      return rows != NULL && set_from_rows (hierarchy, rows, n_unknown, error);
    }
  node = ballast_json_parse (text, -1, error);
  return node != NULL && set_from_json (hierarchy, node, n_unknown, error);
}

gboolean
ballast_hierarchy_file_read_accuracies (BallastHierarchy *hierarchy,
                                        const char       *path,
                                        guint            *n_unknown,
                                        GError          **error)
{
  g_autoptr(BallastHierarchy) before = ballast_hierarchy_copy (hierarchy);
  guint unknown = 0;

  if (!read_accuracies (hierarchy, path, &unknown, error))
    {
      /* All or nothing. */
      BallastHierarchy changed = *hierarchy;

      *hierarchy = *before;
      *before = changed;
      name_file (path, error);
      return FALSE;
    }
  if (n_unknown != NULL)
    *n_unknown = unknown;
  return TRUE;
}
