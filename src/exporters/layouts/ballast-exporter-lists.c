/*
 * Lists without pixels: the balance as repeated lines, index lists and weights for samplers.
 *
 *   train.txt …         absolute paths, one line a repeat: for YOLO
 *   images.csv          index, path, class, split: every image once
 *   train_indices.txt … the indices of images.csv, one line a repeat: for a Subset
 *   sample_weights.csv  path, class, weight, group, split: for a weighted sampler, where weight is how
 *                       often the plan wants an image of the class
 *   classes.txt         the classes in the order of their indices
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-exporter-private.h"

#include <glib/gi18n-lib.h>

#include "ballast-csv.h"
#include "ballast-path.h"

static const char *const image_columns[] = { "index", "path", "class", "split" };
static const char *const weight_columns[] = { "path", "class", "weight", "group", "split" };

typedef struct
{
  const BallastExportOptions *options;
  BallastTextFile            *images;
  BallastTextFile            *weights;
  BallastListFiles            lists;
  guint64                     next_index;
} ListsState;

static void
lists_state_free (gpointer data)
{
  ListsState *state = data;

  g_clear_pointer (&state->images, ballast_text_file_free);
  g_clear_pointer (&state->weights, ballast_text_file_free);
  ballast_list_files_clear (&state->lists);
  g_free (state);
}

static char *
dup_folder (const BallastExporterContext *context,
            const BallastExportSource    *source,
            const char                   *class_name)
{
  return g_strdup ("");
}

static gboolean
write_class_names (ListsState *state,
                   GError    **error)
{
  for (guint i = 0; state->options->class_names[i] != NULL; i++)
    {
      g_autofree char *line = ballast_path_display (state->options->class_names[i]);

      if (!ballast_list_files_add (&state->lists, "classes.txt", line, 1, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  ListsState *state = g_new0 (ListsState, 1);

  state->options = context->options;
  ballast_list_files_init (&state->lists, context->dir_fd);
  state->images = ballast_text_file_new (context->dir_fd, "images.csv", error);
  if (state->images != NULL)
    state->weights = ballast_text_file_new (context->dir_fd, "sample_weights.csv", error);
  if (state->weights == NULL || !write_class_names (state, error))
    {
      lists_state_free (state);
      return NULL;
    }

  ballast_csv_append_row (ballast_text_file_get_buffer (state->images), image_columns,
                          G_N_ELEMENTS (image_columns));
  ballast_csv_append_row (ballast_text_file_get_buffer (state->weights), weight_columns,
                          G_N_ELEMENTS (weight_columns));
  return state;
}

/* How often the plan wants the image: on average over its class where each image has one label. */
static double
weigh (const ListsState          *state,
       const BallastExporterFile *file)
{
  const BallastPlan *plan = state->options->plan;
  const BallastPlanClass *class;

  if (file->source->in_training_split && plan != NULL && plan->rows != NULL)
    return file->repeats;
  if (!file->source->in_training_split || file->n_classes != 1)
    return 1;
  if (plan == NULL || file->classes[0] >= plan->n_classes)
    return file->repeats;

  class = &plan->classes[file->classes[0]];
  return class->sources > 0 ? (double) class->sources_after / (double) class->sources : 1;
}

static gboolean
add_image (ListsState                *state,
           const BallastExporterFile *file,
           const char                *index,
           GError                   **error)
{
  const BallastManifestRow *row = file->row;
  char weight[G_ASCII_DTOSTR_BUF_SIZE];
  const char *const image_fields[] = { index, row->path, row->class_name, row->split };
  const char *const weight_fields[] = { row->path, row->class_name, weight, "", row->split };

  g_ascii_formatd (weight, sizeof weight, "%.9g", weigh (state, file));
  ballast_csv_append_row (ballast_text_file_get_buffer (state->images), image_fields,
                          G_N_ELEMENTS (image_fields));
  ballast_csv_append_row (ballast_text_file_get_buffer (state->weights), weight_fields,
                          G_N_ELEMENTS (weight_fields));
  return ballast_text_file_flush (state->images, FALSE, error) &&
         ballast_text_file_flush (state->weights, FALSE, error);
}

static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  ListsState *state = data;
  g_autofree char *split = ballast_exporter_dup_list_name (file->source);
  g_autofree char *paths = g_strconcat (split, ".txt", NULL);
  g_autofree char *indices = g_strconcat (split, "_indices.txt", NULL);
  char index[24];

  g_snprintf (index, sizeof index, "%" G_GUINT64_FORMAT, state->next_index++);
  return add_image (state, file, index, error) &&
         ballast_list_files_add (&state->lists, paths, file->row->path, file->repeats, error) &&
         ballast_list_files_add (&state->lists, indices, index, file->repeats, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  ListsState *state = data;

  return ballast_text_file_close (state->images, NULL, error) &&
         ballast_text_file_close (state->weights, NULL, error) &&
         ballast_list_files_close (&state->lists, error);
}

const BallastExporter ballast_exporter_lists = {
  .name = "lists",
  .title = N_("Lists without images"),
  .summary = N_("Repeated lines, index lists and sample weights over the images where they are: no "
                 "disk space."),
  .flags = BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_REPEATS |
           BALLAST_EXPORTER_SAMPLE_WEIGHTS,
  .dup_folder = dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = lists_state_free,
};
