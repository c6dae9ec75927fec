/*
 * WebDataset: tar archives of some thousand samples, which loaders read from front to back.
 *
 * A sample is its picture, its label as KEY.cls where it has one, and KEY.json with all that is known
 * of it.  Which archive a file goes into, and its place there, are decided by a hash of its source
 * and copy: an archive holds all classes mixed, copies of one picture lie apart, and nothing moves
 * when the export runs again.
 *
 * Files are drawn into a folder with the archive's name, so that an interrupted run continues as in
 * any layout; at the end each folder is packed and removed.  On the disk is at most one archive
 * more than the dataset; in memory the texts of one archive.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-box-writing.h"
#include "ballast-digest.h"
#include "ballast-export-labels.h"
#include "ballast-export-names.h"
#include "ballast-export-run-private.h"
#include "ballast-path.h"
#include "ballast-tar.h"

/* Loaders shuffle by archive and within a buffer of about this size. */
#define FILES_A_SHARD 4096

/* Texts wait in memory for so many bytes before they go to the disk. */
#define PENDING_BYTES (1 << 16)

#define PACKED BALLAST_EXPORT_TEMPORARY "/packed.tar"

typedef struct
{
  const BallastExporterContext *context;
  GHashTable                   *pending; /* shard → GString: lines of its samples */
} WebdatasetState;

/* 64 bits that stand for a file of @source. */
static guint64
hash_file (const BallastExportSource *source,
           guint                      copy)
{
  g_autofree char *identity = g_strdup_printf ("%u\n%s\n%s\n%u", source->source_ordinal,
                                               source->folder, source->name, copy);
  BallastDigest digest = ballast_digest_bytes (identity, strlen (identity));
  guint64 hash = 0;

  for (guint i = 0; i < sizeof hash; i++)
    hash = hash << 8 | digest.bytes[i];
  return hash;
}

static char *
dup_shard (const BallastExporterContext *context,
           const BallastExportSource    *source,
           guint                         copy)
{
  guint64 n_files = source->in_training_split ? context->options->n_training
                                              : context->options->n_others;
  guint64 n_shards = MAX (1, (n_files + FILES_A_SHARD - 1) / FILES_A_SHARD);
  g_autofree char *list = ballast_exporter_dup_list_name (source);

  return g_strdup_printf ("%s-%06" PRIu64 ".tar", list, hash_file (source, copy) % n_shards);
}

static char *
dup_folder (const BallastExporterContext *context,
            const BallastExportSource    *source,
            const char                   *class_name)
{
  return dup_shard (context, source, 0);
}

static void
webdataset_state_free (gpointer data)
{
  WebdatasetState *state = data;

  g_hash_table_unref (state->pending);
  g_free (state);
}

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

/* Archives that an interrupted run had packed: their files are drawn again. */
static gboolean
remove_archives (int      dir_fd,
                 GError **error)
{
  int fd = openat (dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *listing = fd < 0 ? NULL : fdopendir (fd);
  struct dirent *entry;
  gboolean success = listing != NULL;

  if (listing == NULL)
    return ballast_export_file_fail (error, _("Cannot read"), ".", errno);

  while (success && (entry = readdir (listing)) != NULL)
    {
      struct stat info;

      if (g_str_has_suffix (entry->d_name, ".tar") &&
          fstatat (dir_fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
          S_ISREG (info.st_mode) && unlinkat (dir_fd, entry->d_name, 0) != 0)
        success = ballast_export_file_fail (error, _("Cannot remove"), entry->d_name, errno);
    }
  closedir (listing);
  return success;
}

static gpointer
begin (const BallastExporterContext *context,
       GError                      **error)
{
  WebdatasetState *state;

  if (!remove_archives (context->dir_fd, error))
    return NULL;

  state = g_new0 (WebdatasetState, 1);
  state->context = context;
  state->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);
  return state;
}

static char *
dup_list_path (const char *shard)
{
  return g_strdup_printf ("%s/%s.txt", BALLAST_EXPORT_TEMPORARY, shard);
}

/* Appends the lines of @shard to its list on the disk. */
static gboolean
flush (WebdatasetState *state,
       const char      *shard,
       GString         *text,
       GError         **error)
{
  g_autofree char *path = dup_list_path (shard);
  int fd = openat (state->context->dir_fd, path,
                   O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0666);
  gboolean success;

  if (fd < 0)
    return ballast_export_file_fail (error, _("Cannot write"), path, errno);

  success = ballast_export_file_write_all (fd, text->str, text->len, path, error);
  if (close (fd) != 0 && success)
    success = ballast_export_file_fail (error, _("Cannot write"), path, errno);
  g_string_truncate (text, 0);
  return success;
}

static void
append_box (GString                    *text,
            const BallastExportOptions *options,
            const BallastExportLabel   *label)
{
  const double values[] = { label->box.x, label->box.y, label->box.width, label->box.height };

  g_string_append (text, "{\"class\": ");
  ballast_box_append_json (text, options->class_names[label->class_index]);
  g_string_append_printf (text, ", \"index\": %u, \"box\": [", label->class_index);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      ballast_box_append_number (text, values[i]);
    }
  g_string_append (text, "]}");
}

static guint
count_boxes (const BallastExporterFile *file)
{
  guint n = 0;

  for (guint i = 0; i < file->n_labels; i++)
    n += file->labels[i].has_box ? 1 : 0;
  return n;
}

static void
append_objects (GString                    *text,
                const BallastExportOptions *options,
                const BallastExporterFile  *file)
{
  guint n = 0;

  g_string_append (text, ", \"objects\": [");
  for (guint i = 0; i < file->n_labels; i++)
    if (file->labels[i].has_box)
      {
        g_string_append (text, n++ > 0 ? ", " : "");
        append_box (text, options, &file->labels[i]);
      }
  g_string_append_c (text, ']');
}

/* KEY.json: x, y, width and height of boxes are in pixels of the file. */
static void
append_json (GString                    *text,
             const BallastExportOptions *options,
             const BallastExporterFile  *file)
{
  const BallastManifestRow *row = file->row;

  g_string_append (text, "{\"source\": ");
  ballast_box_append_json (text, row->source);
  g_string_append_printf (text, ", \"copy\": %u, \"width\": %u, \"height\": %u, \"classes\": [",
                          row->copy, file->width, file->height);
  for (guint i = 0; i < file->n_classes; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      ballast_box_append_json (text, options->class_names[file->classes[i]]);
    }
  g_string_append_c (text, ']');
  if (*row->soft_labels != '\0')
    {
      g_string_append (text, ", \"soft_labels\": ");
      ballast_box_append_json (text, row->soft_labels);
    }
  append_objects (text, options, file);
  g_string_append (text, "}\n");
}

/* A line: the place in the archive, the name, the index of the one class or nothing, the JSON.  A picture
 * of objects is no picture of a class. */
static gboolean
add (gpointer                   data,
     const BallastExporterFile *file,
     GError                   **error)
{
  WebdatasetState *state = data;
  g_autofree char *shard = g_path_get_dirname (file->row->path);
  const char *name = file->row->path + strlen (shard) + 1;
  GString *text = g_hash_table_lookup (state->pending, shard);

  if (text == NULL)
    {
      text = g_string_new (NULL);
      g_hash_table_insert (state->pending, g_strdup (shard), text);
    }
  g_string_append_printf (text, "%016" PRIx64 "\t%s\t",
                          hash_file (file->source, file->row->copy), name);
  if (file->n_classes == 1 && count_boxes (file) == 0)
    g_string_append_printf (text, "%u", file->classes[0]);
  g_string_append_c (text, '\t');
  append_json (text, state->context->options, file);
  return text->len < PENDING_BYTES || flush (state, shard, text, error);
}

static gboolean
pack_sample (BallastTar *tar,
             int         dir_fd,
             const char *shard,
             const char *line,
             GError    **error)
{
  g_auto(GStrv) fields = g_strsplit (line, "\t", 4);
  const char *name = fields[1], *class_index = fields[2], *json = fields[3];
  g_autofree char *path = ballast_path_join (shard, name);
  gsize stem = strlen (name) - strlen (ballast_path_get_extension (name));
  g_autofree char *class_name = g_strdup_printf ("%.*scls", (int) stem, name);
  g_autofree char *json_name = g_strdup_printf ("%.*sjson", (int) stem, name);

  return ballast_tar_add_file (tar, name, dir_fd, path, error) &&
         (*class_index == '\0' ||
          ballast_tar_add_bytes (tar, class_name, class_index, strlen (class_index), error)) &&
         ballast_tar_add_bytes (tar, json_name, json, strlen (json), error);
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the lines of the list of @shard, in the archive's order. */
static char **
load_lines (int         dir_fd,
            const char *shard,
            GError    **error)
{
  g_autofree char *path = dup_list_path (shard);
  g_autoptr(GString) text = g_string_new (NULL);
  char **lines;

  if (!ballast_export_file_load (dir_fd, path, text, error))
    return NULL;

  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  lines = g_strsplit (text->str, "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return lines;
}

/* Makes an archive of the folder @shard, in its place. */
static gboolean
pack (int         dir_fd,
      const char *shard,
      GError    **error)
{
  g_auto(GStrv) lines = load_lines (dir_fd, shard, error);
  g_autoptr(BallastTar) tar = lines != NULL ? ballast_tar_new (dir_fd, PACKED, error) : NULL;

  if (tar == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    if (!pack_sample (tar, dir_fd, shard, lines[i], error))
      return FALSE;
  if (!ballast_tar_close (tar, error) || !ballast_export_file_remove_tree (dir_fd, shard, error))
    return FALSE;

  return renameat (dir_fd, PACKED, dir_fd, shard) == 0 ||
         ballast_export_file_fail (error, _("Cannot write"), shard, errno);
}

/* classes.txt: the names of the indices in KEY.cls, one a line. */
static gboolean
write_classes (const BallastExporterContext *context,
               GError                      **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; context->options->class_names[i] != NULL; i++)
    {
      g_autofree char *name = ballast_box_dup_class_name (context->options, i);

      g_string_append_printf (text, "%s\n", name);
    }
  return ballast_box_write_file (context->dir_fd, "classes.txt", text, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  WebdatasetState *state = data;
  GHashTableIter iterator;
  gpointer shard, text;

  g_hash_table_iter_init (&iterator, state->pending);
  while (g_hash_table_iter_next (&iterator, &shard, &text))
    if (!flush (state, shard, text, error) || !pack (state->context->dir_fd, shard, error))
      return FALSE;

  return write_classes (state->context, error);
}

const BallastExporter ballast_exporter_webdataset = {
  .name = "webdataset",
  .title = N_("WebDataset"),
  .summary = N_("Shuffled tar archives of some thousand samples: for training from slow or remote "
                 "disks."),
  .flags = BALLAST_EXPORTER_PIXELS | BALLAST_EXPORTER_MULTI_LABEL | BALLAST_EXPORTER_BOXES |
           BALLAST_EXPORTER_SOFT_LABELS | BALLAST_EXPORTER_PACKED | BALLAST_EXPORTER_PLAIN_LABELS |
           BALLAST_EXPORTER_CLASS_LIST,
  .dup_folder = dup_folder,
  .dup_shard = dup_shard,
  .begin = begin,
  .add = add,
  .end = end,
  .free = webdataset_state_free,
};
