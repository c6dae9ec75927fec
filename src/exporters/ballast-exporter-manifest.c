/*
 * A tree of images as the source has it, and metadata.csv that says what is on them: what Hugging
 * Face's imagefolder loads.  One list a split stands beside it, with paths relative to the list.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-exporter-private.h"

#include <glib/gi18n-lib.h>

#include "ballast-csv.h"
#include "ballast-export-names.h"

static const char *const columns[] = { "file_name", "label", "split", "source", "copy",
                                       "soft_labels" };

typedef struct
{
  BallastTextFile *metadata;
  BallastListFiles lists;
  guint            n_columns; /* the last one only where copies mix pictures */
} ManifestState;

static char *
dup_folder (const BallastExporterContext *context,
            const BallastExportSource    *source,
            const char                   *class_name)
{
  g_auto(GStrv) parts = g_strsplit (source->folder, "/", -1);
  GString *folder = g_string_new ("images");

  if (source->source_ordinal > 0)
    g_string_append_printf (folder, "/source-%u", source->source_ordinal + 1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = ballast_export_name_component (parts[i]);

      if (*parts[i] != '\0')
        g_string_append_printf (folder, "/%s", part);
    }

  return g_string_free (folder, FALSE);
}

static void
manifest_state_free (gpointer data)
{
  ManifestState *state = data;

  g_clear_pointer (&state->metadata, ballast_text_file_free);
  ballast_list_files_clear (&state->lists);
  g_free (state);
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  BallastTextFile *metadata = ballast_text_file_new (context->dir_fd, "metadata.csv", error);
  ManifestState *state;

  if (metadata == NULL)
    return NULL;

  state = g_new0 (ManifestState, 1);
  state->metadata = metadata;
  ballast_list_files_init (&state->lists, context->dir_fd);
  state->n_columns = G_N_ELEMENTS (columns) - (context->options->mixes ? 0 : 1);
  ballast_csv_append_row (ballast_text_file_get_buffer (metadata), columns, state->n_columns);
  return state;
}

/* A file of ours begins with "./", which list readers take as the list's own folder. */
static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  ManifestState *state = data;
  const BallastManifestRow *row = file->row;
  g_autofree char *split = ballast_exporter_dup_list_name (file->source);
  g_autofree char *list = g_strconcat (split, ".txt", NULL);
  g_autofree char *line = g_path_is_absolute (row->path) ? g_strdup (row->path)
                                                         : g_strconcat ("./", row->path, NULL);
  char copy[16];
  const char *const fields[] = { row->path, row->class_name, row->split, row->source, copy,
                                 row->soft_labels };

  g_snprintf (copy, sizeof copy, "%u", row->copy);
  for (guint i = 0; i < file->repeats; i++)
    ballast_csv_append_row (ballast_text_file_get_buffer (state->metadata), fields,
                            state->n_columns);

  return ballast_text_file_flush (state->metadata, FALSE, error) &&
         ballast_list_files_add (&state->lists, list, line, file->repeats, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  ManifestState *state = data;

  return ballast_text_file_close (state->metadata, NULL, error) &&
         ballast_list_files_close (&state->lists, error);
}

const BallastExporter ballast_exporter_manifest = {
  .name = "manifest",
  .title = N_("Images and a manifest"),
  .summary = N_("The images as their source has them, with metadata.csv: for Hugging Face and "
                 "scripts."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_SOFT_LABELS,
  .dup_folder = dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = manifest_state_free,
};
