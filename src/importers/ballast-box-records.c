/*
 * Records of many small files, or of one that is not large, on their way into the sink.
 *
 * Memory: 72 bytes a box, and the paths.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-box-records.h"

#include <string.h>

#include "ballast-path.h"
#include "ballast-yolo-config.h"

static void
clear_record (gpointer data)
{
  BallastBoxRecord *record = data;

  g_free (record->path);
  g_free (record->stem);
  g_free (record->file);
}

BallastBoxRecords *
ballast_box_records_new (void)
{
  BallastBoxRecords *records = g_new0 (BallastBoxRecords, 1);

  records->records = g_array_new (FALSE, FALSE, sizeof (BallastBoxRecord));
  g_array_set_clear_func (records->records, clear_record);
  records->labels = g_array_new (FALSE, FALSE, sizeof (BallastBoxLabel));
  records->class_names = g_ptr_array_new_with_free_func (g_free);
  records->positions = g_hash_table_new (g_str_hash, g_str_equal);

  return records;
}

void
ballast_box_records_free (BallastBoxRecords *records)
{
  if (records == NULL)
    return;
  g_array_unref (records->records);
  g_array_unref (records->labels);
  g_hash_table_unref (records->positions);
  g_ptr_array_unref (records->class_names);
  g_free (records);
}

guint
ballast_box_records_intern (BallastBoxRecords *records,
                            const char        *name)
{
  g_autofree char *shown = ballast_path_display (name);
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (records->positions, shown));

  if (position > 0)
    return position - 1;
  g_ptr_array_add (records->class_names, shown);
  g_hash_table_insert (records->positions, g_steal_pointer (&shown),
                       GUINT_TO_POINTER (records->class_names->len));

  return records->class_names->len - 1;
}

void
ballast_box_record_find (const BallastBoxRecord *record,
                         BallastPictureFinder   *pictures,
                         BallastFound           *found)
{
  *found = (BallastFound) { .kind = BALLAST_FOUND_MISSING };
  if (record->stem != NULL)
    ballast_picture_finder_find_stem (pictures, record->stem, found);
  if (found->kind != BALLAST_FOUND_FILE && record->path != NULL)
    ballast_picture_finder_find (pictures, record->path, found);
}

typedef struct
{
  BallastBoxRecords *records;
  BallastBoxReading *reading;
  GArray            *class_of; /* guint: class_names → those of the reading */
  GArray            *labels;   /* BallastImportLabel */
  GByteArray        *extras;
  gboolean           is_missing; /* no picture at all is there */
} Emission;

static void
make_labels (Emission               *emission,
             const BallastBoxRecord *record)
{
  g_array_set_size (emission->labels, 0);
  g_byte_array_set_size (emission->extras, 0);
  for (guint i = 0; i < record->n; i++)
    {
      const BallastBoxLabel *told
        = &g_array_index (emission->records->labels, BallastBoxLabel, record->first + i);
      BallastImportLabel label = { .has_box = TRUE, .box = told->box, .place = told->place };
      BallastShape shape = BALLAST_SHAPE_INIT;
      guint before = emission->extras->len;

      label.class_index = g_array_index (emission->class_of, guint, told->class);
      shape.marks = told->marks;
      if (!ballast_shape_is_plain (&shape))
        ballast_shape_pack (&shape, emission->extras);
      label.n_extra = emission->extras->len - before;
      g_array_append_val (emission->labels, label);
    }
  for (guint i = 0, at = 0; i < emission->labels->len; i++)
    {
      BallastImportLabel *label = &g_array_index (emission->labels, BallastImportLabel, i);

      label->extra = label->n_extra > 0 ? emission->extras->data + at : NULL;
      at += label->n_extra;
    }
}

static gboolean
emit_record (Emission               *emission,
             const BallastBoxRecord *record,
             GError                **error)
{
  BallastImportImage image = { .split = record->split, .width = record->width,
                               .height = record->height,
                               .label_file = record->has_lines ? record->file : NULL };
  const char *path = record->path != NULL ? record->path : record->stem;
  BallastFound found;

  ballast_box_record_find (record, emission->reading->pictures, &found);
  if (found.kind != BALLAST_FOUND_FILE)
    {
      if (!ballast_box_reading_report (emission->reading, error,
                                       ballast_found_kind_get_problem (found.kind), path,
                                       "%s%s%s", record->file, found.detail != NULL ? ": " : "",
                                       found.detail != NULL ? found.detail : ""))
        return FALSE;
      if (!emission->is_missing || strchr (path, '/') != NULL || !ballast_path_is_safe (path))
        return TRUE;
      found = (BallastFound) { .kind = BALLAST_FOUND_FILE, .folder = "", .name = path };
      image.is_missing = TRUE;
    }
  make_labels (emission, record);
  image.n_labels = emission->labels->len;

  return ballast_box_reading_add (emission->reading, &found, &image,
                                  (BallastImportLabel *) (gpointer) emission->labels->data, error);
}

guint
ballast_box_records_read_list (BallastBoxRecords *records,
                               const char        *root)
{
  static const char *const files[] = { "labelmap.txt", "classes.txt", "labels.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (files) && records->class_names->len == 0; i++)
    {
      g_autofree char *path = g_build_filename (root, files[i], NULL);
      g_auto(GStrv) lines = ballast_yolo_read_lines (path);

      for (guint k = 0; lines != NULL && lines[k] != NULL; k++)
        {
          /* "cat:128,0,0::" */
          if (i == 0)
            lines[k][strcspn (lines[k], ":")] = '\0';
          if (*lines[k] != '\0' && *lines[k] != '#' && strcmp (lines[k], "background") != 0)
            ballast_box_records_intern (records, lines[k]);
        }
    }

  return records->class_names->len;
}

static void
order_classes (Emission     *emission,
               const GArray *order)
{
  GPtrArray *names = emission->records->class_names;

  g_array_set_size (emission->class_of, names->len);
  for (guint i = 0; i < names->len; i++)
    {
      guint position = order != NULL ? g_array_index (order, guint, i) : i;

      g_array_index (emission->class_of, guint, position) = i;
      g_ptr_array_add (emission->reading->class_names, g_strdup (names->pdata[position]));
    }
}

static gboolean
emit_all (Emission   *emission,
          const char *importer,
          GError    **error)
{
  GArray *records = emission->records->records;
  guint n_found = 0;

  emission->reading->total = records->len;
  if (!ballast_box_reading_begin (emission->reading, importer, error))
    return FALSE;
  for (guint i = 0; i < records->len && n_found == 0; i++)
    {
      BallastFound found;

      ballast_box_record_find (&g_array_index (records, BallastBoxRecord, i),
                               emission->reading->pictures, &found);
      n_found += found.kind == BALLAST_FOUND_FILE;
    }
  emission->is_missing = n_found == 0;
  for (guint i = 0; i < records->len; i++)
    if (!emit_record (emission, &g_array_index (records, BallastBoxRecord, i), error))
      return FALSE;

  return ballast_box_reading_finish (emission->reading, TRUE, error);
}

gboolean
ballast_box_records_emit (BallastBoxRecords *records,
                          BallastBoxReading *reading,
                          const char        *importer,
                          const GArray      *order,
                          GError           **error)
{
  g_autoptr(GArray) class_of = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (BallastImportLabel));
  g_autoptr(GByteArray) extras = g_byte_array_new ();
  Emission emission = { records, reading, class_of, labels, extras, FALSE };

  order_classes (&emission, order);

  return emit_all (&emission, importer, error);
}
