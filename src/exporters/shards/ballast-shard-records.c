/*
 * The records of a shard.
 *
 * Each is a GVariant, so that names that are no text stay what they are, behind its length in four
 * bytes.  Read records are not trusted: one that is not in normal form ends the merge, and indices
 * are held against the classes.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-shard-records.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "ballast-export-error.h"
#include "ballast-export-file.h"
#include "ballast-path.h"

/* class, whether it has a box, the box, what else is packed with it */
#define LABEL "(ub(dddd)ay)"
/* ordinal, folder, name, split, training split, has a number, the number, colour, labels */
#define SOURCE "(uayaysbbxua" LABEL ")"
/* item, kind, path, copy, repeats, recipe, soft labels, digest, bytes, size, classes, labels */
#define RECORD "(tuayuussst(uu)auma" LABEL SOURCE ")"

/* No record is longer: a picture with a hundred thousand outlines is far below. */
#define MAX_RECORD (64 * 1024 * 1024)

struct _BallastShardWriter
{
  BallastTextFile *file;
};

BallastShardWriter *
ballast_shard_writer_new (int      dir_fd,
                          GError **error)
{
  BallastTextFile *file = ballast_text_file_new (dir_fd, BALLAST_SHARD_RECORDS_NAME, error);
  BallastShardWriter *writer;

  if (file == NULL)
    return NULL;
  writer = g_new0 (BallastShardWriter, 1);
  writer->file = file;
  return writer;
}

static GVariant *
pack_bytes (const void *data,
            gsize       length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1);
}

static GVariant *
pack_name (const char *name)
{
  return pack_bytes (name, strlen (name));
}

static GVariant *
pack_labels (const GArray *labels)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" LABEL));
  for (guint i = 0; i < labels->len; i++)
    {
      const BallastExportLabel *label = &g_array_index (labels, BallastExportLabel, i);
      const BallastBox *box = &label->box;

      g_variant_builder_add (&builder, "(ub(dddd)@ay)", label->class_index, label->has_box, box->x,
                             box->y, box->width, box->height,
                             pack_bytes (label->extra, label->n_extra));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
pack_source (const BallastExportTask *task)
{
  const BallastExportSource *source = &task->source;

  return g_variant_new ("(u@ay@aysbbxu@a" LABEL ")", source->source_ordinal,
                        pack_name (source->folder), pack_name (source->name), source->split,
                        source->in_training_split, source->has_number, source->number,
                        (guint) source->facts.colour, pack_labels (task->labels));
}

gboolean
ballast_shard_writer_add (BallastShardWriter      *writer,
                          const BallastExportTask *task,
                          const BallastTaskFile   *file,
                          const char              *recipe,
                          GError                 **error)
{
  GString *buffer = ballast_text_file_get_buffer (writer->file);
  GVariant *labels = file->labels != NULL ? pack_labels (file->labels) : NULL;
  GVariant *classes = g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, file->classes,
                                                 file->n_classes, sizeof (guint));
  g_autoptr(GVariant) record = g_variant_ref_sink (
    g_variant_new ("(tu@ayuussst(uu)@au@ma" LABEL "@" SOURCE ")", task->index, (guint) file->kind,
                   pack_name (file->path), file->copy, file->repeats, recipe,
                   file->soft_labels != NULL ? file->soft_labels : "", file->sha256, file->size,
                   file->width, file->height, classes,
                   g_variant_new_maybe (G_VARIANT_TYPE ("a" LABEL), labels), pack_source (task)));
  guint32 length;

  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      GVariant *swapped = g_variant_byteswap (record);

      g_variant_unref (record);
      record = swapped;
    }
  length = GUINT32_TO_LE ((guint32) g_variant_get_size (record));
  g_string_append_len (buffer, (const char *) &length, sizeof length);
  g_string_append_len (buffer, g_variant_get_data (record), (gssize) g_variant_get_size (record));
  return ballast_text_file_flush (writer->file, FALSE, error);
}

gboolean
ballast_shard_writer_close (BallastShardWriter *writer,
                            GError            **error)
{
  return ballast_text_file_close (writer->file, NULL, error);
}

void
ballast_shard_writer_free (BallastShardWriter *writer)
{
  ballast_text_file_free (writer->file);
  g_free (writer);
}

struct _BallastShardReader
{
  GInputStream *stream;
  char         *name;
  GVariant     *next; /* NULL at the end */
};

static gboolean
fail (const BallastShardReader *reader,
      GError                  **error)
{
  g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_CHANGED,
               _("The shard “%s” is not whole: export it again"), reader->name);
  return FALSE;
}

/* FALSE with @error; TRUE with no next record at the end. */
static gboolean
read_next (BallastShardReader *reader,
           GError            **error)
{
  guint32 length;
  gsize n_read;
  g_autofree guint8 *data = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_clear_pointer (&reader->next, g_variant_unref);
  if (!g_input_stream_read_all (reader->stream, &length, sizeof length, &n_read, NULL, error))
    return FALSE;
  if (n_read == 0)
    return TRUE;
  length = GUINT32_FROM_LE (length);
  if (n_read < sizeof length || length > MAX_RECORD)
    return fail (reader, error);

  data = g_malloc (length);
  if (!g_input_stream_read_all (reader->stream, data, length, &n_read, NULL, error))
    return FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  reader->next = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD), bytes, FALSE));
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      GVariant *swapped = g_variant_byteswap (reader->next);

      g_variant_unref (reader->next);
      reader->next = swapped;
    }
  return (n_read == length && g_variant_is_normal_form (reader->next)) || fail (reader, error);
}

BallastShardReader *
ballast_shard_reader_new (int         dir_fd,
                          const char *name,
                          GError    **error)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d/%s", dir_fd, BALLAST_SHARD_RECORDS_NAME);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) raw = g_file_read (file, NULL, NULL);
  g_autoptr(BallastShardReader) reader = g_new0 (BallastShardReader, 1);

  reader->name = g_strdup (name);
  if (raw == NULL)
    {
      fail (reader, error);
      return NULL;
    }
  reader->stream = g_buffered_input_stream_new_sized (G_INPUT_STREAM (raw), 1 << 16);
  return read_next (reader, error) ? g_steal_pointer (&reader) : NULL;
}

guint64
ballast_shard_reader_peek (BallastShardReader *reader)
{
  guint64 item = G_MAXUINT64;

  if (reader->next != NULL)
    g_variant_get_child (reader->next, 0, "t", &item);
  return item;
}

/* (transfer full): bytes of the child as a name; a NUL in them ends it. */
static char *
unpack_name (GVariant *parent,
             gsize     index)
{
  g_autoptr(GVariant) child = g_variant_get_child_value (parent, index);
  gsize length;
  const char *data = g_variant_get_fixed_array (child, &length, 1);

  return g_strndup (data, length);
}

static void
unpack_labels (GVariant *labels,
               GArray   *to)
{
  GVariantIter iterator;
  BallastExportLabel label = { 0 };
  GVariant *extra;

  g_variant_iter_init (&iterator, labels);
  while (g_variant_iter_next (&iterator, "(ub(dddd)@ay)", &label.class_index, &label.has_box,
                              &label.box.x, &label.box.y, &label.box.width, &label.box.height, &extra))
    {
      gconstpointer data = g_variant_get_fixed_array (extra, &label.n_extra, 1);

      label.extra = g_memdup2 (data, label.n_extra);
      g_array_append_val (to, label);
      g_variant_unref (extra);
    }
}

static BallastExportTask *
unpack_source (GVariant         *record,
               BallastExportRun *run)
{
  g_autoptr(GVariant) child = g_variant_get_child_value (record, 12);
  g_autoptr(GVariant) labels = g_variant_get_child_value (child, 8);
  g_autoptr(GArray) copied = ballast_export_labels_copy (NULL, 0);
  g_autofree char *folder = unpack_name (child, 1), *name = unpack_name (child, 2);
  BallastExportSource source = { .root = "", .folder = folder, .name = name };
  const char *split;
  guint colour;

  g_variant_get_child (child, 0, "u", &source.source_ordinal);
  g_variant_get_child (child, 3, "&s", &split);
  g_variant_get_child (child, 4, "b", &source.in_training_split);
  g_variant_get_child (child, 5, "b", &source.has_number);
  g_variant_get_child (child, 6, "x", &source.number);
  g_variant_get_child (child, 7, "u", &colour);
  unpack_labels (labels, copied);
  source.split = split;
  source.facts.colour = colour;
  source.labels = (const BallastExportLabel *) (gpointer) copied->data;
  source.n_labels = copied->len;
  return ballast_export_task_new (run, &source);
}

static BallastTaskFile
unpack_file (GVariant *record)
{
  BallastTaskFile file = { .done = TRUE, .path = unpack_name (record, 2) };
  g_autoptr(GVariant) classes = g_variant_get_child_value (record, 10);
  g_autoptr(GVariant) maybe = g_variant_get_child_value (record, 11);
  g_autoptr(GVariant) labels = g_variant_get_maybe (maybe);
  const char *sha256;
  gconstpointer indices;
  guint kind;
  gsize n;

  g_variant_get_child (record, 1, "u", &kind);
  g_variant_get_child (record, 3, "u", &file.copy);
  g_variant_get_child (record, 4, "u", &file.repeats);
  g_variant_get_child (record, 5, "s", &file.recipe_json);
  g_variant_get_child (record, 6, "s", &file.soft_labels);
  g_variant_get_child (record, 7, "&s", &sha256);
  g_variant_get_child (record, 8, "t", &file.size);
  g_variant_get_child (record, 9, "(uu)", &file.width, &file.height);
  file.kind = kind;
  g_strlcpy (file.sha256, sha256, sizeof file.sha256);
  g_strlcpy (file.expected, sha256, sizeof file.expected);
  indices = g_variant_get_fixed_array (classes, &n, sizeof (guint));
  file.classes = g_memdup2 (indices, n * sizeof (guint));
  file.n_classes = (guint) n;
  if (labels != NULL)
    {
      file.labels = ballast_export_labels_copy (NULL, 0);
      unpack_labels (labels, file.labels);
    }
  return file;
}

/* Names that lead out of the folder, and classes that there are not, are somebody else's. */
static gboolean
is_sound (const BallastExportRun *run,
          const BallastTaskFile  *file)
{
  if (file->kind > BALLAST_TASK_FILE_LISTED ||
      (file->kind != BALLAST_TASK_FILE_LISTED && !ballast_path_is_safe (file->path)))
    return FALSE;
  for (guint i = 0; i < file->n_classes; i++)
    if (file->classes[i] >= run->n_classes)
      return FALSE;
  for (guint i = 0; file->labels != NULL && i < file->labels->len; i++)
    if (g_array_index (file->labels, BallastExportLabel, i).class_index >= run->n_classes)
      return FALSE;
  return TRUE;
}

BallastExportTask *
ballast_shard_reader_take (BallastShardReader *reader,
                           BallastExportRun   *run,
                           GError            **error)
{
  g_autoptr(BallastExportTask) task = unpack_source (reader->next, run);
  BallastTaskFile file = unpack_file (reader->next);

  g_array_append_val (task->files, file);
  if (!is_sound (run, &file))
    {
      fail (reader, error);
      return NULL;
    }
  return read_next (reader, error) ? g_steal_pointer (&task) : NULL;
}

void
ballast_shard_reader_free (BallastShardReader *reader)
{
  g_clear_object (&reader->stream);
  g_clear_pointer (&reader->next, g_variant_unref);
  g_free (reader->name);
  g_free (reader);
}
