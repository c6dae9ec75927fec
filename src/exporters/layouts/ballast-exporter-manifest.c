/*
 * A tree of images as the source has it, and what is on them: metadata.csv, or, where there are boxes,
 * metadata.jsonl with the objects of each image and boxes.csv with a row each.  Hugging Face's
 * imagefolder loads either.  One list a split stands beside it, with paths relative to the list.
 *
 * Whether there are boxes is known at the end: until then all three are written.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-exporter-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "ballast-box-writing.h"
#include "ballast-csv.h"
#include "ballast-export-names.h"

static const char *const columns[] = { "file_name", "label", "split", "source", "copy",
                                       "soft_labels" };

static const char *const box_columns[] = { "file_name", "label", "xmin", "ymin", "xmax", "ymax",
                                           "split", "source", "copy" };

typedef struct
{
  const BallastExporterContext *context;
  BallastTextFile              *metadata;
  BallastTextFile              *objects; /* metadata.jsonl */
  BallastTextFile              *boxes; /* boxes.csv */
  gboolean                      has_boxes;
  BallastListFiles              lists;
  guint                         n_columns; /* the last one only where copies mix pictures */
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
  g_clear_pointer (&state->objects, ballast_text_file_free);
  g_clear_pointer (&state->boxes, ballast_text_file_free);
  ballast_list_files_clear (&state->lists);
  g_free (state);
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  ManifestState *state = g_new0 (ManifestState, 1);

  state->context = context;
  ballast_list_files_init (&state->lists, context->dir_fd);
  state->n_columns = G_N_ELEMENTS (columns) - (context->options->mixes ? 0 : 1);
  state->metadata = ballast_text_file_new (context->dir_fd, "metadata.csv", error);
  if (state->metadata != NULL)
    state->objects = ballast_text_file_new (context->dir_fd, "metadata.jsonl", error);
  if (state->objects != NULL)
    state->boxes = ballast_text_file_new (context->dir_fd, "boxes.csv", error);
  if (state->boxes == NULL)
    {
      manifest_state_free (state);
      return NULL;
    }
  ballast_csv_append_row (ballast_text_file_get_buffer (state->metadata), columns, state->n_columns);
  ballast_csv_append_row (ballast_text_file_get_buffer (state->boxes), box_columns,
                          G_N_ELEMENTS (box_columns));
  return state;
}

static char *
dup_number (double number)
{
  GString *text = g_string_new (NULL);

  ballast_box_append_number (text, number);
  return g_string_free (text, FALSE);
}

/* @label NULL: of an image that shows nothing. */
static void
append_box_row (ManifestState             *state,
                const BallastExporterFile *file,
                const BallastExportLabel  *label)
{
  gboolean has_box = label != NULL && label->has_box;
  const BallastBox none = { 0 };
  const BallastBox *box = has_box ? &label->box : &none;
  g_autofree char *left = has_box ? dup_number (box->x) : g_strdup ("");
  g_autofree char *top = has_box ? dup_number (box->y) : g_strdup ("");
  g_autofree char *right = has_box ? dup_number (box->x + box->width) : g_strdup ("");
  g_autofree char *bottom = has_box ? dup_number (box->y + box->height) : g_strdup ("");
  g_autofree char *copy = g_strdup_printf ("%u", file->row->copy);
  const char *name = label != NULL ? state->context->options->class_names[label->class_index] : "";
  const char *const fields[] = { file->row->path, name, left, top, right, bottom, file->row->split,
                                 file->row->source, copy };

  ballast_csv_append_row (ballast_text_file_get_buffer (state->boxes), fields,
                          G_N_ELEMENTS (fields));
}

static void
append_json_box (GString                  *text,
                 const BallastExportLabel *label)
{
  const double sides[] = { label->box.x, label->box.y, label->box.width, label->box.height };

  if (!label->has_box)
    {
      g_string_append (text, "null");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_string_append (text, i == 0 ? "[" : ", ");
      ballast_box_append_number (text, sides[i]);
    }
  g_string_append_c (text, ']');
}

/* The objects of an image: x, y, width and height in pixels, null for a label of all of it. */
static void
append_objects (ManifestState             *state,
                const BallastExporterFile *file)
{
  GString *text = ballast_text_file_get_buffer (state->objects);

  g_string_append (text, "{\"file_name\": ");
  ballast_box_append_json (text, file->row->path);
  g_string_append_printf (text, ", \"width\": %u, \"height\": %u, \"objects\": {\"bbox\": [",
                          file->width, file->height);
  for (guint i = 0; i < file->n_labels; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_json_box (text, &file->labels[i]);
    }
  g_string_append (text, "], \"categories\": [");
  for (guint i = 0; i < file->n_labels; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      ballast_box_append_json (text,
                               state->context->options->class_names[file->labels[i].class_index]);
    }
  g_string_append (text, "]}, \"split\": ");
  ballast_box_append_json (text, file->row->split);
  g_string_append (text, ", \"source\": ");
  ballast_box_append_json (text, file->row->source);
  g_string_append_printf (text, ", \"copy\": %u}\n", file->row->copy);
}

static void
append_row (ManifestState             *state,
            const BallastExporterFile *file)
{
  const BallastManifestRow *row = file->row;
  char copy[16];
  const char *const fields[] = { row->path, row->class_name, row->split, row->source, copy,
                                 row->soft_labels };

  g_snprintf (copy, sizeof copy, "%u", row->copy);
  ballast_csv_append_row (ballast_text_file_get_buffer (state->metadata), fields, state->n_columns);
  append_objects (state, file);
  for (guint i = 0; i < file->n_labels; i++)
    {
      append_box_row (state, file, &file->labels[i]);
      state->has_boxes |= file->labels[i].has_box;
    }
  if (file->n_labels == 0)
    append_box_row (state, file, NULL);
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

  for (guint i = 0; i < file->repeats; i++)
    append_row (state, file);

  return ballast_text_file_flush (state->metadata, FALSE, error) &&
         ballast_text_file_flush (state->objects, FALSE, error) &&
         ballast_text_file_flush (state->boxes, FALSE, error) &&
         ballast_list_files_add (&state->lists, list, line, file->repeats, error);
}

/* What a loader would stumble over: two lists of metadata, or one of boxes that are not there. */
static gboolean
remove_file (ManifestState *state,
             const char    *name,
             GError       **error)
{
  return unlinkat (state->context->dir_fd, name, 0) == 0 ||
         ballast_export_file_fail (error, _("Cannot remove"), name, errno);
}

static gboolean
end (gpointer data,
     GError **error)
{
  ManifestState *state = data;

  if (!ballast_text_file_close (state->metadata, NULL, error) ||
      !ballast_text_file_close (state->objects, NULL, error) ||
      !ballast_text_file_close (state->boxes, NULL, error) ||
      !ballast_list_files_close (&state->lists, error))
    return FALSE;
  if (state->has_boxes)
    return remove_file (state, "metadata.csv", error);

  return remove_file (state, "metadata.jsonl", error) && remove_file (state, "boxes.csv", error);
}

const BallastExporter ballast_exporter_manifest = {
  .name = "manifest",
  .title = N_("Images and a manifest"),
  .summary = N_("The images as their source has them, with a list of what is on them: for Hugging "
                 "Face and scripts."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES |
           BALLAST_EXPORTER_SOFT_LABELS | BALLAST_EXPORTER_PLAIN_LABELS,
  .dup_folder = dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = manifest_state_free,
};
