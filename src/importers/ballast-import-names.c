/*
 * Names of classes and splits on their way into a sink.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-import-names.h"

GHashTable *
ballast_import_clashes_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

char *
ballast_import_find_clash (GHashTable *folded_names,
                           const char *name)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  char *folded = g_utf8_casefold (composed != NULL ? composed : name, -1);
  const char *other = g_hash_table_lookup (folded_names, folded);

  if (other != NULL)
    {
      g_free (folded);
      return g_strdup (other);
    }
  g_hash_table_insert (folded_names, folded, g_strdup (name));

  return NULL;
}

gboolean
ballast_import_declare_classes (const BallastImportSink *sink,
                                BallastImportSummary    *summary,
                                GPtrArray               *names,
                                GArray                  *indices,
                                GError                 **error)
{
  g_autoptr(GHashTable) folded_names = ballast_import_clashes_new ();

  for (guint i = 0; i < names->len; i++)
    {
      char *name = names->pdata[i];
      g_autofree char *clash = ballast_import_find_clash (folded_names, name);
      g_autofree char *detail = NULL;
      int index = sink->declare_class (sink->user_data, name, error);

      if (index < 0)
        return FALSE;
      g_array_append_val (indices, index);
      if (clash == NULL)
        continue;
      detail = g_strdup_printf ("the classes “%s” and “%s” differ only in case", clash, name);
      if (!ballast_import_sink_report (sink, summary,
                                       &(BallastProblem) { .kind = BALLAST_PROBLEM_CASE_CLASH,
                                                           .path = clash,
                                                           .other_path = name,
                                                           .detail = detail },
                                       error))
        return FALSE;
    }

  return TRUE;
}

gboolean
ballast_import_declare_splits (const BallastImportSink *sink,
                               GPtrArray               *names,
                               GArray                  *indices,
                               GError                 **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      int index = sink->declare_split (sink->user_data, names->pdata[i], error);

      if (index < 0)
        return FALSE;
      g_array_append_val (indices, index);
    }

  return TRUE;
}
