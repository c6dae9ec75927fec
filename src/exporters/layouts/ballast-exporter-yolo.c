/*
 * YOLO: images/SPLIT, labels/SPLIT and data.yaml, whose paths are its own folder's.
 *
 * A file in which an object has an outline has outlines alone, since loaders take all lines of a
 * file for the same; a box is an outline of four corners then, and several outlines of one object
 * are strung together.  Shares have eight digits and stay inside the picture.
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
  GHashTable                   *folders; /* of labels that were made */
  GPtrArray                    *splits;  /* names of folders, as they came */
  GHashTable                   *stems;   /* label files that were written */
} YoloState;

static char *
dup_folder (const BallastExporterContext *context,
            const BallastExportSource    *source,
            const char                   *class_name)
{
  g_autofree char *split = NULL;

  if (!context->has_splits)
    return g_strdup ("images");
  split = ballast_exporter_dup_list_name (source);
  return g_strconcat ("images/", split, NULL);
}

static void
yolo_state_free (gpointer data)
{
  YoloState *state = data;

  g_hash_table_unref (state->folders);
  g_hash_table_unref (state->stems);
  g_ptr_array_unref (state->splits);
  g_free (state);
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  YoloState *state = g_new0 (YoloState, 1);

  state->context = context;
  state->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  state->splits = g_ptr_array_new_with_free_func (g_free);
  return state;
}

static void
append_share (GString *text,
              double   pixels,
              double   side)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.8g", side > 0 ? CLAMP (pixels / side, 0, 1) : 0);
  g_string_append_c (text, ' ');
  g_string_append (text, digits);
}

static void
append_box (GString                   *text,
            const BallastExporterFile *file,
            BallastBox                 box)
{
  double left = CLAMP (box.x, 0, file->width), top = CLAMP (box.y, 0, file->height);
  double right = CLAMP (box.x + box.width, left, MAX (file->width, left));
  double bottom = CLAMP (box.y + box.height, top, MAX (file->height, top));

  append_share (text, (left + right) / 2, file->width);
  append_share (text, (top + bottom) / 2, file->height);
  append_share (text, right - left, file->width);
  append_share (text, bottom - top, file->height);
}

static void
append_corners (GString                   *text,
                const BallastExporterFile *file,
                BallastBox                 box)
{
  const double x[] = { box.x, box.x + box.width, box.x + box.width, box.x };
  const double y[] = { box.y, box.y, box.y + box.height, box.y + box.height };

  for (guint i = 0; i < 4; i++)
    {
      append_share (text, x[i], file->width);
      append_share (text, y[i], file->height);
    }
}

static void
append_label (GString                   *text,
              const BallastExporterFile *file,
              const BallastExportLabel  *label,
              gboolean                   as_outline)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  BallastBox box = ballast_export_label_get_box (label, file->width, file->height);
  guint n_points;

  if (as_outline && label->n_extra > 0)
    ballast_shape_unpack (&shape, label->extra, label->n_extra);
  n_points = ballast_shape_get_n_points (&shape);
  g_string_append_printf (text, "%u", label->class_index);
  if (!as_outline)
    append_box (text, file, box);
  else if (n_points < 3)
    append_corners (text, file, box);
  for (guint i = 0; as_outline && n_points >= 3 && i < n_points; i++)
    {
      append_share (text, shape.points[2 * i], file->width);
      append_share (text, shape.points[2 * i + 1], file->height);
    }
  g_string_append_c (text, '\n');
}

static gboolean
has_outlines (const BallastExporterFile *file)
{
  for (guint i = 0; i < file->n_labels; i++)
    {
      g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;

      if (file->labels[i].n_extra > 0 &&
          ballast_shape_unpack (&shape, file->labels[i].extra, file->labels[i].n_extra) &&
          ballast_shape_get_n_points (&shape) >= 3)
        return TRUE;
    }
  return FALSE;
}

/* "labels/train/a.txt" of "images/train/a.jpg". */
static char *
dup_label_path (const char *path)
{
  const char *ending = ballast_path_get_extension (path);
  gsize length = *ending != '\0' ? (gsize) (ending - 1 - path) : strlen (path);
  g_autofree char *stem = g_strndup (path, length);

  return g_strconcat ("labels", stem + strlen ("images"), ".txt", NULL);
}

static gboolean
make_folder (YoloState  *state,
             const char *path,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_hash_table_contains (state->folders, folder))
    return TRUE;
  if (!ballast_export_file_make_folder (state->context->dir_fd, folder, error))
    return FALSE;
  g_ptr_array_add (state->splits, g_strdup (strchr (folder, '/') != NULL ? strchr (folder, '/') + 1
                                                                          : ""));
  g_hash_table_add (state->folders, g_steal_pointer (&folder));
  return TRUE;
}

static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  YoloState *state = data;
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean as_outlines = has_outlines (file);
  g_autofree char *path = NULL;

  /* Labels stand beside pictures, so pictures that stay where they are get none. */
  if (g_path_is_absolute (file->row->path))
    return TRUE;
  path = dup_label_path (file->row->path);
  for (guint i = 0; i < file->n_labels; i++)
    append_label (text, file, &file->labels[i], as_outlines);
  if (!g_hash_table_add (state->stems, g_strdup (path)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _("Two pictures would share the labels “%s”: rename one of them"), path);
      return FALSE;
    }
  return make_folder (state, path, error) &&
         ballast_box_write_file (state->context->dir_fd, path, text, error);
}

static int
rank_split (const char *name)
{
  return strcmp (name, "train") == 0 ? 0 : g_str_has_prefix (name, "val") ? 1 : 2;
}

static int
compare_splits (gconstpointer a,
                gconstpointer b)
{
  const char *left = *(char *const *) a, *right = *(char *const *) b;
  int order = rank_split (left) - rank_split (right);

  return order != 0 ? order : strcmp (left, right);
}

/* "val" for what loaders ask for by that name. */
static const char *
get_key (const char *split)
{
  return rank_split (split) == 1 ? "val" : split;
}

static void
append_split (GString    *text,
              const char *key,
              const char *folder)
{
  g_string_append_printf (text, "%s: images%s%s\n", key, *folder != '\0' ? "/" : "", folder);
}

static gboolean
end (gpointer data,
     GError **error)
{
  YoloState *state = data;
  const BallastExportOptions *options = state->context->options;
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean has_validation = FALSE;

  g_ptr_array_sort (state->splits, compare_splits);
  for (guint i = 0; i < state->splits->len; i++)
    {
      const char *split = state->splits->pdata[i];
      gboolean is_validation = *split != '\0' && rank_split (split) == 1;

      append_split (text, *split == '\0' ? "train" : is_validation && has_validation ? split
                                                                     : get_key (split), split);
      has_validation |= is_validation;
    }
  /* Loaders refuse a file that does not say what to validate on. */
  if (!has_validation && state->splits->len > 0)
    append_split (text, "val", state->splits->pdata[0]);
  g_string_append_printf (text, "nc: %u\nnames:\n", g_strv_length ((char **) options->class_names));
  for (guint i = 0; options->class_names[i] != NULL; i++)
    {
      g_string_append_printf (text, "  %u: ", i);
      ballast_box_append_json (text, options->class_names[i]);
      g_string_append_c (text, '\n');
    }
  return ballast_box_write_file (state->context->dir_fd, "data.yaml", text, error);
}

const BallastExporter ballast_exporter_yolo = {
  .name = "yolo",
  .title = N_("YOLO"),
  .summary = N_("Boxes or outlines in a text file beside each picture, and data.yaml: for "
                 "Ultralytics and darknet."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES |
           BALLAST_EXPORTER_OUTLINES | BALLAST_EXPORTER_CLASS_LIST,
  .dup_folder = dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = yolo_state_free,
};
