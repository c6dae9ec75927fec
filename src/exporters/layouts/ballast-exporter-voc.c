/*
 * Pascal VOC: JPEGImages, Annotations and ImageSets/Main, and labelmap.txt for the order of the
 * classes.  Edges are written as they are: no pixel is added.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-box-writing.h"
#include "ballast-export-labels.h"
#include "ballast-path.h"

typedef struct
{
  const BallastExporterContext *context;
  BallastListFiles              lists;
  GHashTable                   *stems;
} VocState;

static char *
dup_folder (const BallastExporterContext *context,
            const BallastExportSource    *source,
            const char                   *class_name)
{
  return g_strdup ("JPEGImages");
}

static void
voc_state_free (gpointer data)
{
  VocState *state = data;

  ballast_list_files_clear (&state->lists);
  g_hash_table_unref (state->stems);
  g_free (state);
}

static gboolean
write_label_map (const BallastExporterContext *context,
                 GError                      **error)
{
  g_autoptr(GString) text = g_string_new ("# label:color_rgb:parts:actions\n");

  for (guint i = 0; context->options->class_names[i] != NULL; i++)
    {
      g_autofree char *name = ballast_box_dup_class_name (context->options, i);

      g_string_append_printf (text, "%s:::\n", name);
    }
  return ballast_box_write_file (context->dir_fd, "labelmap.txt", text, error);
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  VocState *state;

  if (!ballast_export_file_make_folder (context->dir_fd, "Annotations", error) ||
      !ballast_export_file_make_folder (context->dir_fd, "ImageSets/Main", error) ||
      !write_label_map (context, error))
    return NULL;
  state = g_new0 (VocState, 1);
  state->context = context;
  state->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ballast_list_files_init (&state->lists, context->dir_fd);
  return state;
}

static void
append_element (GString    *text,
                const char *indent,
                const char *name,
                const char *value)
{
  g_autofree char *shown = ballast_path_display (value);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  g_string_append_printf (text, "%s<%s>%s</%s>\n", indent, name, escaped, name);
}

static void
append_edge (GString    *text,
             const char *name,
             double      value)
{
  g_string_append_printf (text, "      <%s>", name);
  ballast_box_append_number (text, value);
  g_string_append_printf (text, "</%s>\n", name);
}

static void
append_object (GString                    *text,
               const BallastExportOptions *options,
               const BallastExporterFile  *file,
               const BallastExportLabel   *label)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  BallastBox box = ballast_export_label_get_box (label, file->width, file->height);

  if (label->n_extra > 0)
    ballast_shape_unpack (&shape, label->extra, label->n_extra);
  g_string_append (text, "  <object>\n");
  append_element (text, "    ", "name", options->class_names[label->class_index]);
  append_element (text, "    ", "pose", "Unspecified");
  append_element (text, "    ", "truncated", shape.marks & BALLAST_MARK_TRUNCATED ? "1" : "0");
  append_element (text, "    ", "difficult", shape.marks & BALLAST_MARK_DIFFICULT ? "1" : "0");
  if (shape.marks & BALLAST_MARK_OCCLUDED)
    append_element (text, "    ", "occluded", "1");
  g_string_append (text, "    <bndbox>\n");
  append_edge (text, "xmin", box.x);
  append_edge (text, "ymin", box.y);
  append_edge (text, "xmax", box.x + box.width);
  append_edge (text, "ymax", box.y + box.height);
  g_string_append (text, "    </bndbox>\n  </object>\n");
}

static void
append_size (GString                   *text,
             const BallastExporterFile *file)
{
  gboolean is_grey = file->source->facts.colour == BALLAST_COLOUR_GREY;

  g_string_append_printf (text, "  <size>\n    <width>%u</width>\n    <height>%u</height>\n"
                          "    <depth>%u</depth>\n  </size>\n  <segmented>0</segmented>\n",
                          file->width, file->height, is_grey ? 1 : 3);
}

/* "a" of "JPEGImages/a.jpg", or "a.jpg" where another picture has the stem. */
static char *
take_stem (VocState   *state,
           const char *name)
{
  const char *ending = ballast_path_get_extension (name);
  g_autofree char *stem = g_strndup (name, *ending != '\0' ? (gsize) (ending - 1 - name)
                                                           : strlen (name));

  if (g_hash_table_contains (state->stems, stem))
    {
      g_free (stem);
      stem = g_strdup (name);
    }
  g_hash_table_add (state->stems, g_strdup (stem));
  return g_steal_pointer (&stem);
}

static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  VocState *state = data;
  g_autoptr(GString) text = g_string_new ("<annotation>\n  <folder>JPEGImages</folder>\n");
  const char *name = ballast_box_cut_folder (file->row->path, "JPEGImages");
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *stem = take_stem (state, base);
  g_autofree char *path = g_strdup_printf ("Annotations/%s.xml", stem);
  g_autofree char *split = ballast_exporter_dup_list_name (file->source);
  g_autofree char *list = g_strdup_printf ("ImageSets/Main/%s.txt", split);

  append_element (text, "  ", "filename", base);
  append_size (text, file);
  for (guint i = 0; i < file->n_labels; i++)
    append_object (text, state->context->options, file, &file->labels[i]);
  g_string_append (text, "</annotation>\n");
  return ballast_box_write_file (state->context->dir_fd, path, text, error) &&
         (!state->context->has_splits ||
          ballast_list_files_add (&state->lists, list, stem, file->repeats, error));
}

static gboolean
end (gpointer data,
     GError **error)
{
  VocState *state = data;

  return ballast_list_files_close (&state->lists, error);
}

const BallastExporter ballast_exporter_voc = {
  .name = "voc",
  .title = N_("Pascal VOC"),
  .summary = N_("Boxes in one XML file a picture, and lists of the splits: for torchvision and older "
                 "tools."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES |
           BALLAST_EXPORTER_MARKS,
  .dup_folder = dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = voc_state_free,
};
