/*
 * Weights of single files, written beside the manifest while it grows: memory does not grow with it.
 * Thread: that of the run.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-row-weights.h"

#include <glib/gi18n-lib.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"

typedef struct
{
  const BallastWeightFormat *format;
  BallastTextFile           *file;
} RowFile;

struct _BallastRowWeights
{
  const BallastWeights *weights;
  GArray               *files; /* of RowFile */
};

static void
row_file_clear (gpointer data)
{
  RowFile *file = data;

  g_clear_pointer (&file->file, ballast_text_file_free);
}

/* Margins and priors are added to logits: as weights of samples they would be nonsense. */
static gboolean
refuse_added (const BallastWeightFormat *format,
              const BallastWeights      *weights,
              GError                   **error)
{
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
               _("The scheme “%s” has no weights for single files: choose another scheme, or leave "
                  "out %s"), weights->options.scheme->name, format->file);
  return FALSE;
}

static gboolean
open_file (BallastRowWeights         *self,
           const BallastWeightFormat *format,
           int                        dir_fd,
           GError                   **error)
{
  RowFile file = { format, NULL };

  if (self->weights->options.scheme->added)
    return refuse_added (format, self->weights, error);
  file.file = ballast_text_file_new (dir_fd, format->file, error);
  if (file.file == NULL)
    return FALSE;
  if (format->append_head != NULL)
    format->append_head (ballast_text_file_get_buffer (file.file));
  g_array_append_val (self->files, file);
  return TRUE;
}

BallastRowWeights *
ballast_row_weights_new (int                   dir_fd,
                         guint                 formats,
                         const BallastWeights *weights,
                         GError              **error)
{
  BallastRowWeights *self = g_new0 (BallastRowWeights, 1);

  self->weights = weights;
  self->files = g_array_new (FALSE, FALSE, sizeof (RowFile));
  g_array_set_clear_func (self->files, row_file_clear);
  for (guint i = 0; i < ballast_weight_format_get_n (); i++)
    {
      const BallastWeightFormat *format = ballast_weight_format_get (i);

      if ((formats & 1u << i) == 0 || format->append_row == NULL)
        continue;
      if (!open_file (self, format, dir_fd, error))
        {
          ballast_row_weights_free (self);
          return NULL;
        }
    }
  return self;
}

static double
weigh (const BallastRowWeights   *self,
       const BallastExporterFile *file)
{
  double weight = 0;

  if (!file->source->in_training_split || file->n_classes == 0)
    return 1;
  for (guint i = 0; i < file->n_classes; i++)
    if (file->classes[i] < self->weights->n)
      weight = MAX (weight, self->weights->classes[file->classes[i]].weight);
  return weight;
}

gboolean
ballast_row_weights_add (BallastRowWeights         *self,
                         const BallastExporterFile *file,
                         GError                   **error)
{
  const BallastManifestRow *row = file->row;
  const BallastWeightRow line = { row->path, row->class_name, row->split, "", weigh (self, file) };

  for (guint i = 0; i < self->files->len; i++)
    {
      const RowFile *rows = &g_array_index (self->files, RowFile, i);

      rows->format->append_row (ballast_text_file_get_buffer (rows->file), &line);
      if (!ballast_text_file_flush (rows->file, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ballast_row_weights_close (BallastRowWeights *self,
                           GError           **error)
{
  for (guint i = 0; i < self->files->len; i++)
    if (!ballast_text_file_close (g_array_index (self->files, RowFile, i).file, NULL, error))
      return FALSE;
  return TRUE;
}

void
ballast_row_weights_free (BallastRowWeights *self)
{
  g_array_unref (self->files);
  g_free (self);
}
