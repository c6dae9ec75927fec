/*
 * A few hundred images on their way into the project.
 *
 * One thread owns a batch at a time: the reader fills it, a worker looks into its files, the store
 * thread adds it.  Strings lie in one chunk, so an image costs no allocation of its own.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-import-batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-import-boxes.h"
#include "ballast-path.h"

BallastImportBatch *
ballast_import_batch_new (void)
{
  BallastImportBatch *self = g_new0 (BallastImportBatch, 1);

  self->strings = g_string_chunk_new (16 * 1024);
  self->annotations = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));
  self->places = g_array_new (FALSE, FALSE, sizeof (BallastImportPlace));
  self->findings = g_array_new (FALSE, FALSE, sizeof (BallastImportFinding));
  self->problems = g_array_new (FALSE, FALSE, sizeof (BallastProblem));
  return self;
}

void
ballast_import_batch_free (BallastImportBatch *self)
{
  g_string_chunk_free (self->strings);
  g_array_unref (self->annotations);
  g_array_unref (self->places);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_array_unref (self->findings);
  g_array_unref (self->problems);
  g_clear_error (&self->error);
  g_free (self);
}

static char *
copy_string (BallastImportBatch *self,
             const char         *string)
{
  return string == NULL ? NULL : g_string_chunk_insert (self->strings, string);
}

static const guint8 *
copy_bytes (BallastImportBatch *self,
            const guint8       *bytes,
            gsize               n_bytes)
{
  return (const guint8 *) g_string_chunk_insert_len (self->strings, (const char *) bytes, n_bytes);
}

/* Neighbours mostly lie in one folder, which is then stored once. */
static char *
copy_folder (BallastImportBatch *self,
             const char         *folder)
{
  if (self->n_images > 0)
    {
      char *last = self->images[self->n_images - 1].record.folder;

      if (strcmp (last, folder) == 0)
        return last;
    }
  return copy_string (self, folder);
}

/* Neighbours have the same. */
static BallastLabelRecords *
hold_records (BallastImportBatch  *self,
              BallastLabelRecords *records)
{
  if (records == NULL)
    return NULL;
  if (self->records == NULL)
    self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_label_records_unref);
  if (self->records->len == 0 || self->records->pdata[self->records->len - 1] != records)
    g_ptr_array_add (self->records, ballast_label_records_ref (records));

  return records;
}

static void
add_label (BallastImportBatch       *self,
           const BallastImportLabel *from,
           gint64                    class_id)
{
  BallastAnnotation annotation = { .class_id = class_id, .has_box = from->has_box,
                                   .box = from->box };
  BallastImportPlace place = { from->place, from->offset, from->length };

  if (from->n_extra > 0)
    {
      annotation.extra = copy_bytes (self, from->extra, from->n_extra);
      annotation.n_extra = from->n_extra;
    }
  g_array_append_val (self->annotations, annotation);
  g_array_append_val (self->places, place);
}

void
ballast_import_batch_add (BallastImportBatch       *self,
                          const BallastImportImage *image,
                          const GArray             *class_ids,
                          gint64                    split_id)
{
  guint i = self->n_images;
  BallastStoreImage *stored = &self->images[i];

  g_assert (i < BALLAST_IMPORT_BATCH);
  memset (stored, 0, sizeof *stored);
  stored->record.folder = copy_folder (self, image->folder);
  stored->record.name = copy_string (self, image->name);
  stored->record.split_id = split_id;
  stored->field = copy_string (self, image->group);
  stored->has_number = image->has_number;
  stored->number = image->number;
  self->hints[i] = (BallastImportHints) { image->width, image->height, image->is_link,
                                          image->in_shares, image->is_missing,
                                          copy_string (self, image->label_file),
                                          hold_records (self, image->records) };
  self->first_annotation[i] = self->annotations->len;

  for (guint label = 0; label < image->n_labels; label++)
    {
      gint64 class_id = g_array_index (class_ids, gint64, image->labels[label].class_index);

      if (class_id == 0)
        continue;
      add_label (self, &image->labels[label], class_id);
      stored->n_annotations++;
    }
  self->n_images++;
}

void
ballast_import_batch_add_problem (BallastImportBatch   *self,
                                  const BallastProblem *problem)
{
  BallastProblem copy = *problem;

  copy.path = copy_string (self, problem->path);
  copy.other_path = copy_string (self, problem->other_path);
  copy.detail = copy_string (self, problem->detail);
  g_array_append_val (self->problems, copy);
}

void
ballast_import_batch_seal (BallastImportBatch *self)
{
  BallastAnnotation *annotations = (BallastAnnotation *) (gpointer) self->annotations->data;

  for (guint i = 0; i < self->n_images; i++)
    if (self->images[i].n_annotations > 0)
      self->images[i].annotations = &annotations[self->first_annotation[i]];
}

/* TRUE where the file is as the project knows it. */
static gboolean
is_unchanged (int                      dir_fd,
              const char              *name,
              gboolean                 is_link,
              const BallastImageFacts *known)
{
  struct stat facts;

  if (known->head_hash == 0)
    return FALSE;
  return fstatat (dir_fd, name, &facts, is_link ? 0 : AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISREG (facts.st_mode) && (guint64) facts.st_size == known->size_bytes &&
         facts.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + facts.st_mtim.tv_nsec ==
         known->mtime_ns;
}

/* A link that the reader found good; the probe itself follows none. */
static gboolean
probe_link (int                 dir_fd,
            const char         *name,
            BallastImageFacts  *facts,
            BallastProbeResult *result,
            GError            **error)
{
  int fd = openat (dir_fd, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat status;
  gboolean success;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      result->kind = fd < 0 ? BALLAST_PROBLEM_UNREADABLE : BALLAST_PROBLEM_SPECIAL_FILE;
      result->usable = FALSE;
      g_strlcpy (result->detail, fd < 0 ? g_strerror (errno) : "leads to no regular file",
                 sizeof result->detail);
      if (fd >= 0)
        close (fd);
      return TRUE;
    }

  success = ballast_probe_fd (fd, name, NULL, facts, result, error);
  close (fd);
  return success;
}

static gboolean
probe_image (BallastImportBatch *self,
             int                 dir_fd,
             guint               i)
{
  BallastImageRecord *record = &self->images[i].record;
  BallastProbeResult *result = &self->results[i];

  if (is_unchanged (dir_fd, record->name, self->hints[i].is_link, &self->known[i]))
    {
      record->facts = self->known[i];
      result->usable = TRUE;
      return TRUE;
    }

  if (self->hints[i].is_link)
    return probe_link (dir_fd, record->name, &record->facts, result, &self->error);
  return ballast_probe_file (dir_fd, record->name, &record->facts, result, &self->error);
}

/* Labels that the reader of the layout has only told where they stand. */
static void
read_labels (BallastImportBatch *self,
             guint               i,
             BallastLabelReader *reader)
{
  const BallastImportHints *hints = &self->hints[i];

  for (guint k = 0; hints->records != NULL && k < self->images[i].n_annotations; k++)
    {
      guint at = self->first_annotation[i] + k;
      BallastAnnotation *annotation = &g_array_index (self->annotations, BallastAnnotation, at);
      BallastImportPlace *place = &g_array_index (self->places, BallastImportPlace, at);
      BallastImportLabel label = { .offset = place->offset, .length = place->length };
      const char *fault;

      if (place->length == 0)
        continue;
      fault = ballast_label_reader_read (reader, hints->records, &label);
      annotation->has_box = label.has_box;
      annotation->box = label.box;
      if (label.n_extra > 0)
        annotation->extra = copy_bytes (self, label.extra, label.n_extra);
      annotation->n_extra = label.n_extra;
      if (fault != NULL)
        ballast_import_batch_note_fault (self, i, place->place, fault);
    }
}

void
ballast_import_batch_probe (BallastImportBatch *self,
                            int                 root_fd,
                            GCancellable       *cancellable)
{
  g_autoptr(BallastLabelReader) reader = ballast_label_reader_new ();
  const char *folder = NULL;
  int dir_fd = -1;

  for (guint i = 0; i < self->n_images; i++)
    {
      BallastImageRecord *record = &self->images[i].record;

      if (record->folder != folder)
        {
          if (dir_fd >= 0)
            close (dir_fd);
          folder = record->folder;
          dir_fd = openat (root_fd, *folder == '\0' ? "." : folder,
                           O_PATH | O_DIRECTORY | O_CLOEXEC);
        }
      if (self->hints[i].is_missing)
        {
          record->facts = (BallastImageFacts) { .width = self->hints[i].width,
                                                .height = self->hints[i].height };
          self->results[i].usable = TRUE;
        }
      else if (dir_fd < 0)
        {
          self->results[i] = (BallastProbeResult) { .kind = BALLAST_PROBLEM_UNREADABLE };
          g_strlcpy (self->results[i].detail, g_strerror (errno), sizeof self->results[i].detail);
        }
      else if (!probe_image (self, dir_fd, i) ||
               g_cancellable_set_error_if_cancelled (cancellable, &self->error))
        break;
      read_labels (self, i, reader);
      ballast_import_batch_check_boxes (self, i);
    }

  if (dir_fd >= 0)
    close (dir_fd);
}

static gboolean
store_problem (BallastStoreImport       *session,
               const BallastImageRecord *record,
               BallastProblemKind        kind,
               const char               *detail,
               GError                  **error)
{
  g_autofree char *path = ballast_image_record_dup_path (record);
  BallastProblem problem = { .kind = kind, .image_id = record->id, .path = path,
                             .detail = detail == NULL || *detail == '\0' ? NULL
                                                                         : (char *) detail };

  return ballast_store_import_problem (session, &problem, error);
}

static gboolean
was_known (const BallastImageFacts *known)
{
  return known->mtime_ns != 0 || known->size_bytes != 0;
}

static gboolean
store_findings (BallastImportBatch *self,
                guint               i,
                guint              *next,
                BallastStoreImport *session,
                GError            **error)
{
  const BallastImageRecord *record = &self->images[i].record;
  const BallastImageFacts *known = &self->known[i];

  if (self->results[i].kind != 0 &&
      !store_problem (session, record, self->results[i].kind, self->results[i].detail, error))
    return FALSE;

  for (; *next < self->findings->len; ++*next)
    {
      const BallastImportFinding *finding =
        &g_array_index (self->findings, BallastImportFinding, *next);

      if (finding->image != i)
        break;
      if ((self->n_findings == NULL ||
           ++self->n_findings[finding->kind] <= BALLAST_IMPORT_MAX_PROBLEMS) &&
          !store_problem (session, record, finding->kind, finding->detail, error))
        return FALSE;
    }

  if (was_known (known) && (known->size_bytes != record->facts.size_bytes ||
                            known->mtime_ns != record->facts.mtime_ns))
    return store_problem (session, record, BALLAST_PROBLEM_CHANGED, NULL, error);
  return TRUE;
}

gboolean
ballast_import_batch_store (BallastImportBatch *self,
                            BallastStoreImport *session,
                            GError            **error)
{
  guint next = 0;

  for (guint i = 0; i < self->n_images; i++)
    if (!self->results[i].usable)
      self->images[i].record.flags |= BALLAST_IMAGE_UNREADABLE;

  if (self->n_images > 0 &&
      !ballast_store_import_add (session, self->images, self->n_images, error))
    return FALSE;

  for (guint i = 0; i < self->n_images; i++)
    if (!store_findings (self, i, &next, session, error))
      return FALSE;

  for (guint i = 0; i < self->problems->len; i++)
    if (!ballast_store_import_problem (session, &g_array_index (self->problems, BallastProblem, i),
                                       error))
      return FALSE;
  return TRUE;
}
