/*
 * CreateML: pictures in a folder a split, with a JSON list of them and their boxes by the middle.  The
 * layout has no list of classes: classes.txt beside it keeps their order, and those without a box.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-box-writing.h"
#include "ballast-export-labels.h"

typedef struct
{
  const BallastExporterContext *context;
  GHashTable                   *files; /* folder → BallastTextFile */
} CreatemlState;

static void
createml_state_free (gpointer data)
{
  CreatemlState *state = data;

  g_hash_table_unref (state->files);
  g_free (state);
}

/* What does not fit on a line is left out: it comes back with its boxes. */
static gboolean
write_classes (const BallastExporterContext *context,
               GError                      **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; context->options->class_names[i] != NULL; i++)
    {
      const char *name = context->options->class_names[i];
      g_autofree char *bare = g_strstrip (g_strdup (name));

      if (strcmp (bare, name) == 0 && *name != '#' && strpbrk (name, "\r\n") == NULL)
        g_string_append_printf (text, "%s\n", name);
    }
  return ballast_box_write_file (context->dir_fd, "classes.txt", text, error);
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  CreatemlState *state;

  if (!write_classes (context, error))
    return NULL;
  state = g_new0 (CreatemlState, 1);
  state->context = context;
  state->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) ballast_text_file_free);
  return state;
}

static BallastTextFile *
get_file (CreatemlState *state,
          const char    *folder,
          GError       **error)
{
  BallastTextFile *file = g_hash_table_lookup (state->files, folder);
  g_autofree char *name = g_strconcat (folder, "/_annotations.createml.json", NULL);

  if (file != NULL)
    {
      g_string_append (ballast_text_file_get_buffer (file), ",\n");
      return file;
    }
  if (!ballast_export_file_make_folder (state->context->dir_fd, folder, error))
    return NULL;
  file = ballast_text_file_new (state->context->dir_fd, name, error);
  if (file == NULL)
    return NULL;
  g_string_append (ballast_text_file_get_buffer (file), "[\n");
  g_hash_table_insert (state->files, g_strdup (folder), file);
  return file;
}

static void
append_label (GString                    *text,
              const BallastExportOptions *options,
              const BallastExporterFile  *file,
              const BallastExportLabel   *label)
{
  static const char *const names[] = { "{\"x\": ", ", \"y\": ", ", \"width\": ", ", \"height\": " };
  BallastBox box = ballast_export_label_get_box (label, file->width, file->height);
  const double values[] = { box.x + box.width / 2, box.y + box.height / 2, box.width, box.height };

  g_string_append (text, "{\"label\": ");
  ballast_box_append_json (text, options->class_names[label->class_index]);
  g_string_append (text, ", \"coordinates\": ");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_append (text, names[i]);
      ballast_box_append_number (text, values[i]);
    }
  g_string_append (text, "}}");
}

static gboolean
add_one (CreatemlState             *state,
         const BallastExporterFile *file,
         GError                   **error)
{
  g_autofree char *folder = ballast_box_dup_folder (state->context, file->source, NULL);
  BallastTextFile *out = get_file (state, folder, error);
  GString *text;

  if (out == NULL)
    return FALSE;
  text = ballast_text_file_get_buffer (out);
  g_string_append (text, " {\"image\": ");
  ballast_box_append_json (text, ballast_box_cut_folder (file->row->path, folder));
  g_string_append (text, ", \"annotations\": [");
  for (guint i = 0; i < file->n_labels; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_label (text, state->context->options, file, &file->labels[i]);
    }
  g_string_append (text, "]}");
  return ballast_text_file_flush (out, FALSE, error);
}

static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  for (guint i = 0; i < file->repeats; i++)
    if (!add_one (data, file, error))
      return FALSE;
  return TRUE;
}

static gboolean
end (gpointer data,
     GError **error)
{
  CreatemlState *state = data;
  GHashTableIter iterator;
  gpointer file;

  g_hash_table_iter_init (&iterator, state->files);
  while (g_hash_table_iter_next (&iterator, NULL, &file))
    {
      g_string_append (ballast_text_file_get_buffer ((BallastTextFile *) file), "\n]\n");
      if (!ballast_text_file_close (file, NULL, error))
        return FALSE;
    }
  return TRUE;
}

const BallastExporter ballast_exporter_createml = {
  .name = "createml",
  .title = N_("CreateML"),
  .summary = N_("Boxes in one JSON list a split: for Apple’s Create ML."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES,
  .dup_folder = ballast_box_dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = createml_state_free,
};
