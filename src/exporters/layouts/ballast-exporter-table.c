/* The layouts that can be written, and the text lists that several of them make. */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-exporter-private.h"

#include <string.h>

#include "ballast-export-names.h"

static const BallastExporter *const exporters[] = {
  &ballast_exporter_folders,
  &ballast_exporter_coco,
  &ballast_exporter_yolo,
  &ballast_exporter_voc,
  &ballast_exporter_createml,
  &ballast_exporter_manifest,
  &ballast_exporter_webdataset,
  &ballast_exporter_lists,
};

guint
ballast_exporter_get_n (void)
{
  return G_N_ELEMENTS (exporters);
}

const BallastExporter *
ballast_exporter_get (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (exporters), NULL);

  return exporters[i];
}

const BallastExporter *
ballast_exporter_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (exporters); i++)
    if (g_strcmp0 (exporters[i]->name, name) == 0)
      return exporters[i];

  return NULL;
}

char *
ballast_exporter_dup_list_name (const BallastExportSource *source)
{
  if (*source->split == '\0')
    return g_strdup (source->in_training_split ? "train" : "rest");

  /* A list of that name would be mixed with the list of the classes. */
  if (g_ascii_strcasecmp (source->split, "classes") == 0)
    return g_strconcat (source->split, "-split", NULL);

  return ballast_export_name_component (source->split);
}

void
ballast_list_files_init (BallastListFiles *lists,
                         int               dir_fd)
{
  lists->dir_fd = dir_fd;
  lists->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) ballast_text_file_free);
}

void
ballast_list_files_clear (BallastListFiles *lists)
{
  g_clear_pointer (&lists->files, g_hash_table_unref);
}

gboolean
ballast_list_files_add (BallastListFiles *lists,
                        const char       *name,
                        const char       *line,
                        guint             times,
                        GError          **error)
{
  BallastTextFile *file = g_hash_table_lookup (lists->files, name);

  if (file == NULL)
    {
      file = ballast_text_file_new (lists->dir_fd, name, error);
      if (file == NULL)
        return FALSE;
      g_hash_table_insert (lists->files, g_strdup (name), file);
    }

  for (guint i = 0; i < times; i++)
    {
      g_string_append (ballast_text_file_get_buffer (file), line);
      g_string_append_c (ballast_text_file_get_buffer (file), '\n');
      if (!ballast_text_file_flush (file, FALSE, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
ballast_list_files_close (BallastListFiles *lists,
                          GError          **error)
{
  GHashTableIter iterator;
  gpointer file;

  g_hash_table_iter_init (&iterator, lists->files);
  while (g_hash_table_iter_next (&iterator, NULL, &file))
    if (!ballast_text_file_close (file, NULL, error))
      return FALSE;

  return TRUE;
}
