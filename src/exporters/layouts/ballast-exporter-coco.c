/*
 * COCO: annotations/instances_SPLIT.json about the pictures in a folder SPLIT.
 *
 * Ids of images and annotations are kept where the project has them; what has none gets a number far
 * above all that files use, or, where nothing has one, counts from 1.  Categories keep their ids, gaps and
 * all.  Annotations wait in a file of their own until the images are all there.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "ballast-box-writing.h"
#include "ballast-export-labels.h"

/* Numbers of what has none among others that have. */
#define FIRST_FREE_IMAGE G_GINT64_CONSTANT (1000000001)
#define FIRST_FREE_ANNOTATION G_GINT64_CONSTANT (1000000000001)

typedef struct
{
  gint64      next;
  GHashTable *taken; /* (nullable): numbers that were kept */
} Numbers;

/* The file of a split. */
typedef struct
{
  char            *name;        /* of the JSON file */
  char            *waiting;     /* of the annotations */
  char            *folder;      /* of the pictures */
  BallastTextFile *images;
  BallastTextFile *annotations;
  Numbers          image_numbers;
  Numbers          annotation_numbers;
  guint64          n_images;
  guint64          n_annotations;
} Split;

typedef struct
{
  const BallastExporterContext *context;
  GPtrArray                    *splits;
} CocoState;

static void
split_free (gpointer data)
{
  Split *split = data;

  g_clear_pointer (&split->images, ballast_text_file_free);
  g_clear_pointer (&split->annotations, ballast_text_file_free);
  g_clear_pointer (&split->image_numbers.taken, g_hash_table_unref);
  g_clear_pointer (&split->annotation_numbers.taken, g_hash_table_unref);
  g_free (split->name);
  g_free (split->waiting);
  g_free (split->folder);
  g_free (split);
}

static void
coco_state_free (gpointer data)
{
  CocoState *state = data;

  g_ptr_array_unref (state->splits);
  g_free (state);
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  CocoState *state;

  if (!ballast_export_file_make_folder (context->dir_fd, "annotations", error))
    return NULL;
  state = g_new0 (CocoState, 1);
  state->context = context;
  state->splits = g_ptr_array_new_with_free_func (split_free);
  return state;
}

static void
append_categories (GString                    *text,
                   const BallastExportOptions *options)
{
  g_string_append (text, "\"categories\": [");
  for (guint i = 0; options->class_names[i] != NULL; i++)
    {
      const char *parent = options->class_parents != NULL ? options->class_parents[i] : NULL;

      g_string_append_printf (text, "%s\n {\"id\": %" G_GINT64_FORMAT ", \"name\": ",
                              i > 0 ? "," : "",
                              options->class_numbers != NULL ? options->class_numbers[i]
                                                             : (gint64) i + 1);
      ballast_box_append_json (text, options->class_names[i]);
      g_string_append (text, ", \"supercategory\": ");
      ballast_box_append_json (text, parent != NULL ? parent : "none");
      g_string_append_c (text, '}');
    }
  g_string_append (text, "],\n");
}

static void
numbers_begin (Numbers *numbers,
               gboolean keeps,
               gint64   first_free)
{
  numbers->taken = keeps ? g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL) : NULL;
  numbers->next = keeps ? first_free : 1;
}

/* @number where it is to be kept and nothing else has it; else the next free one. */
static gint64
numbers_take (Numbers *numbers,
              gboolean has_number,
              gint64   number)
{
  if (numbers->taken == NULL || !has_number || g_hash_table_contains (numbers->taken, &number))
    return numbers->next++;
  g_hash_table_add (numbers->taken, g_memdup2 (&number, sizeof number));
  return number;
}

/* TRUE where the first label that is asked tells of an id. */
static gboolean
has_numbered_labels (const BallastExporterFile *file)
{
  for (guint i = 0; i < file->source->n_labels; i++)
    {
      g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
      const BallastExportLabel *label = &file->source->labels[i];

      if (label->n_extra > 0 && ballast_shape_unpack (&shape, label->extra, label->n_extra)
          && shape.has_number)
        return TRUE;
    }
  return FALSE;
}

static Split *
split_new (CocoState                 *state,
           const BallastExporterFile *file,
           const char                *folder,
           GError                   **error)
{
  Split *split = g_new0 (Split, 1);
  int dir_fd = state->context->dir_fd;

  split->folder = g_strdup (folder);
  split->name = state->context->has_splits
                  ? g_strdup_printf ("annotations/instances_%s.json", folder)
                  : g_strdup ("annotations/instances.json");
  split->waiting = g_strconcat (split->name, ".part", NULL);
  split->images = ballast_text_file_new (dir_fd, split->name, error);
  if (split->images != NULL)
    split->annotations = ballast_text_file_new (dir_fd, split->waiting, error);
  if (split->annotations == NULL)
    {
      split_free (split);
      return NULL;
    }
  numbers_begin (&split->image_numbers, file->source->has_number, FIRST_FREE_IMAGE);
  numbers_begin (&split->annotation_numbers,
                 file->source->has_number || has_numbered_labels (file), FIRST_FREE_ANNOTATION);
  g_string_append (ballast_text_file_get_buffer (split->images),
                   "{\"info\": {\"description\": \"written by Ballast\", \"version\": \"1.0\"},\n"
                   "\"licenses\": [],\n");
  append_categories (ballast_text_file_get_buffer (split->images), state->context->options);
  g_string_append (ballast_text_file_get_buffer (split->images), "\"images\": [");
  g_ptr_array_add (state->splits, split);
  return split;
}

static Split *
get_split (CocoState                 *state,
           const BallastExporterFile *file,
           GError                   **error)
{
  g_autofree char *folder = ballast_box_dup_folder (state->context, file->source, NULL);

  for (guint i = 0; i < state->splits->len; i++)
    if (strcmp (((Split *) state->splits->pdata[i])->folder, folder) == 0)
      return state->splits->pdata[i];
  return split_new (state, file, folder, error);
}

static void
append_polygons (GString            *text,
                 const BallastShape *shape)
{
  const double *number = shape->points;

  g_string_append_c (text, '[');
  for (guint part = 0; part < shape->n_parts; part++)
    {
      g_string_append (text, part > 0 ? ", [" : "[");
      for (guint i = 0; i < 2 * shape->sizes[part]; i++)
        {
          if (i > 0)
            g_string_append (text, ", ");
          ballast_box_append_number (text, *number++);
        }
      g_string_append_c (text, ']');
    }
  g_string_append_c (text, ']');
}

static void
append_runs (GString            *text,
             const BallastShape *shape)
{
  g_autoptr(GString) packed = g_string_new (NULL);

  g_string_append (text, "{\"counts\": ");
  if (shape->kind == BALLAST_SHAPE_PACKED_RUNS)
    {
      ballast_runs_to_text (shape, packed);
      ballast_box_append_json (text, packed->str);
    }
  else
    {
      for (guint i = 0; i < shape->n_runs; i++)
        g_string_append_printf (text, "%s%u", i > 0 ? ", " : "[", shape->runs[i]);
      g_string_append (text, shape->n_runs > 0 ? "]" : "[]");
    }
  g_string_append_printf (text, ", \"size\": [%u, %u]}", shape->height, shape->width);
}

static void
append_annotation (Split                      *split,
                   const BallastExportOptions *options,
                   const BallastExporterFile  *file,
                   const BallastExportLabel   *label,
                   gint64                      image)
{
  GString *text = ballast_text_file_get_buffer (split->annotations);
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  BallastBox box = ballast_export_label_get_box (label, file->width, file->height);
  double area;

  if (label->n_extra > 0)
    ballast_shape_unpack (&shape, label->extra, label->n_extra);
  area = !isnan (shape.area) ? shape.area
         : shape.kind != BALLAST_SHAPE_NONE ? ballast_shape_measure (&shape)
                                            : box.width * box.height;
  g_string_append_printf (text, "%s\n {\"id\": %" G_GINT64_FORMAT ", \"image_id\": %" G_GINT64_FORMAT
                          ", \"category_id\": %" G_GINT64_FORMAT ", \"bbox\": [",
                          split->n_annotations++ > 0 ? "," : "",
                          numbers_take (&split->annotation_numbers, shape.has_number, shape.number),
                          image, options->class_numbers != NULL
                                   ? options->class_numbers[label->class_index]
                                   : (gint64) label->class_index + 1);
  for (guint i = 0; i < 4; i++)
    {
      const double sides[] = { box.x, box.y, box.width, box.height };

      ballast_box_append_number (text, sides[i]);
      g_string_append (text, i < 3 ? ", " : "], \"area\": ");
    }
  ballast_box_append_number (text, area);
  g_string_append_printf (text, ", \"iscrowd\": %d, \"segmentation\": ",
                          (shape.marks & BALLAST_MARK_CROWD) != 0);
  if (shape.kind == BALLAST_SHAPE_POLYGONS)
    append_polygons (text, &shape);
  else if (shape.kind != BALLAST_SHAPE_NONE)
    append_runs (text, &shape);
  else
    g_string_append (text, "[]");
  g_string_append_c (text, '}');
}

static gboolean
add_one (CocoState                 *state,
         Split                     *split,
         const BallastExporterFile *file,
         GError                   **error)
{
  GString *text = ballast_text_file_get_buffer (split->images);
  gint64 image = numbers_take (&split->image_numbers,
                               file->source->has_number && file->row->copy == 0,
                               file->source->number);

  g_string_append_printf (text, "%s\n {\"id\": %" G_GINT64_FORMAT ", \"file_name\": ",
                          split->n_images++ > 0 ? "," : "", image);
  ballast_box_append_json (text, ballast_box_cut_folder (file->row->path, split->folder));
  g_string_append_printf (text, ", \"width\": %u, \"height\": %u}", file->width, file->height);
  for (guint i = 0; i < file->n_labels; i++)
    append_annotation (split, state->context->options, file, &file->labels[i], image);
  return ballast_text_file_flush (split->images, FALSE, error) &&
         ballast_text_file_flush (split->annotations, FALSE, error);
}

static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  CocoState *state = data;
  Split *split = get_split (state, file, error);

  if (split == NULL)
    return FALSE;
  for (guint i = 0; i < file->repeats; i++)
    if (!add_one (state, split, file, error))
      return FALSE;
  return TRUE;
}

/* Appends the annotations that waited, piece by piece. */
static gboolean
append_waiting (Split   *split,
                int      dir_fd,
                GError **error)
{
  g_autofree char *piece = g_malloc (256 * 1024);
  int fd = openat (dir_fd, split->waiting, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gssize count = -1;

  while (fd >= 0 && (count = read (fd, piece, 256 * 1024)) > 0)
    {
      g_string_append_len (ballast_text_file_get_buffer (split->images), piece, count);
      if (!ballast_text_file_flush (split->images, FALSE, error))
        break;
    }
  if (count < 0)
    ballast_export_file_fail (error, _("Cannot read"), split->waiting, errno);
  if (fd >= 0)
    close (fd);
  return count == 0;
}

static gboolean
finish_split (Split   *split,
              int      dir_fd,
              GError **error)
{
  if (!ballast_text_file_close (split->annotations, NULL, error))
    return FALSE;
  g_string_append (ballast_text_file_get_buffer (split->images), "],\n\"annotations\": [");
  if (!append_waiting (split, dir_fd, error))
    return FALSE;
  g_string_append (ballast_text_file_get_buffer (split->images), "]}\n");
  unlinkat (dir_fd, split->waiting, 0);
  return ballast_text_file_close (split->images, NULL, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  CocoState *state = data;

  for (guint i = 0; i < state->splits->len; i++)
    if (!finish_split (state->splits->pdata[i], state->context->dir_fd, error))
      return FALSE;
  return TRUE;
}

const BallastExporter ballast_exporter_coco = {
  .name = "coco",
  .title = N_("COCO"),
  .summary = N_("Boxes, outlines and masks in one JSON file a split: for pycocotools, torchvision, "
                 "Detectron and MMDetection."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES |
           BALLAST_EXPORTER_OUTLINES | BALLAST_EXPORTER_MASKS | BALLAST_EXPORTER_CROWDS |
           BALLAST_EXPORTER_CLASS_LIST,
  .dup_folder = ballast_box_dup_folder,
  .begin = begin,
  .add = add,
  .end = end,
  .free = coco_state_free,
};
