/*
 * CreateML: a JSON list of pictures, each with its boxes by their middle, in pixels.
 *
 * The file is streamed; what it tells is held, since classes come before images.  Classes come in
 * the order of their appearance.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-annotation-files.h"
#include "ballast-box-records.h"
#include "ballast-import-error.h"
#include "ballast-importer-table.h"
#include "ballast-json-reader.h"
#include "ballast-layout-private.h"
#include "ballast-path.h"

#define MAX_FILES 64

/* Records between two looks at the clock. */
#define LOOK_EVERY 256

typedef struct
{
  BallastBoxReading      box;
  BallastBoxRecords     *records;
  BallastAnnotationFile *file;
  BallastJsonReader     *reader;
  BallastBoxRecord       record;
  GPtrArray             *faults; /* "FILE\nDETAIL" */
  guint                  n;     /* of the record in its file */
  guint                  n_told; /* annotations of the record, sound or not */
  gint64                 deadline_us;
  gboolean               is_partial;
} Reading;

static void
add_fault (Reading    *reading,
           const char *detail)
{
  g_ptr_array_add (reading->faults,
                   g_strdup_printf ("%s\nimage %u of the file: %s", reading->file->name, reading->n,
                                    detail));
}

static void
add_annotation_fault (Reading    *reading,
                      const char *detail)
{
  g_ptr_array_add (reading->faults,
                   g_strdup_printf ("%s\nimage %u of the file: annotation %u: %s", reading->file->name,
                                    reading->n, reading->n_told, detail));
}

static gboolean
read_number (BallastJsonReader *reader,
             double            *value,
             guint             *found,
             guint              bit)
{
  BallastJsonToken token = ballast_json_reader_next (reader);

  if (token == BALLAST_JSON_NUMBER && ballast_json_reader_get_double (reader, value))
    *found |= bit;

  return token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING;
}

static gboolean
read_coordinates (Reading    *reading,
                  BallastBox *box,
                  guint      *found)
{
  BallastJsonReader *reader = reading->reader;
  BallastJsonToken token = ballast_json_reader_next (reader);
  double x = 0, y = 0;

  if (token != BALLAST_JSON_OBJECT)
    return token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING;
  while ((token = ballast_json_reader_next (reader)) == BALLAST_JSON_KEY)
    {
      gboolean is_read;

      if (ballast_json_reader_text_is (reader, "x"))
        is_read = read_number (reader, &x, found, 1);
      else if (ballast_json_reader_text_is (reader, "y"))
        is_read = read_number (reader, &y, found, 2);
      else if (ballast_json_reader_text_is (reader, "width"))
        is_read = read_number (reader, &box->width, found, 4);
      else if (ballast_json_reader_text_is (reader, "height"))
        is_read = read_number (reader, &box->height, found, 8);
      else
        is_read = ballast_json_reader_skip (reader);
      if (!is_read)
        return FALSE;
    }
  box->x = x - box->width / 2;
  box->y = y - box->height / 2;

  return token == BALLAST_JSON_OBJECT_END;
}

static gboolean
read_text (BallastJsonReader *reader,
           char             **text)
{
  BallastJsonToken token = ballast_json_reader_next (reader);

  if (token == BALLAST_JSON_STRING || token == BALLAST_JSON_NUMBER)
    {
      g_free (*text);
      *text = ballast_json_reader_dup_text (reader);
    }

  return token == BALLAST_JSON_STRING || token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD;
}

static gboolean
read_annotation (Reading *reading)
{
  BallastJsonReader *reader = reading->reader;
  g_autofree char *name = NULL;
  BallastBoxLabel label = { .place = reading->record.n + 1 };
  guint found = 0;
  gboolean is_read = TRUE;
  BallastJsonToken token;

  reading->n_told++;
  while (is_read && (token = ballast_json_reader_next (reader)) == BALLAST_JSON_KEY)
    {
      if (ballast_json_reader_text_is (reader, "label"))
        is_read = read_text (reader, &name);
      else if (ballast_json_reader_text_is (reader, "coordinates"))
        is_read = read_coordinates (reading, &label.box, &found);
      else
        is_read = ballast_json_reader_skip (reader);
    }
  if (!is_read || token != BALLAST_JSON_OBJECT_END)
    return FALSE;
  if (name == NULL || *name == '\0' || found != 0xf)
    {
      add_annotation_fault (reading, found != 0xf ? "it has no coordinates" : "it has no label");
      return TRUE;
    }
  label.class = ballast_box_records_intern (reading->records, name);
  g_array_append_val (reading->records->labels, label);
  reading->record.n++;

  return TRUE;
}

static gboolean
is_scalar (BallastJsonToken token)
{
  return token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING || token == BALLAST_JSON_NUMBER;
}

static gboolean
read_annotations (Reading *reading)
{
  BallastJsonToken token = ballast_json_reader_next (reading->reader);

  if (token != BALLAST_JSON_ARRAY)
    return is_scalar (token);
  while ((token = ballast_json_reader_next (reading->reader)) != BALLAST_JSON_ARRAY_END)
    {
      if (token == BALLAST_JSON_OBJECT ? !read_annotation (reading) : !is_scalar (token))
        return FALSE;
      if (token == BALLAST_JSON_OBJECT)
        continue;
      reading->n_told++;
      add_annotation_fault (reading, "it is no object");
    }

  return TRUE;
}

static gboolean
is_name_of_picture (BallastJsonReader *reader)
{
  return ballast_json_reader_text_is (reader, "image")
         || ballast_json_reader_text_is (reader, "filename")
         || ballast_json_reader_text_is (reader, "imagefilename")
         || ballast_json_reader_text_is (reader, "image_filename");
}

static gboolean
read_record (Reading *reading)
{
  BallastJsonReader *reader = reading->reader;
  gboolean is_read = TRUE;
  BallastJsonToken token;

  reading->n++;
  reading->n_told = 0;
  reading->record = (BallastBoxRecord) { .first = reading->records->labels->len,
                                         .split = ballast_box_reading_intern_split (
                                           &reading->box, reading->file->split) };
  while (is_read && (token = ballast_json_reader_next (reader)) == BALLAST_JSON_KEY)
    {
      if (is_name_of_picture (reader))
        is_read = read_text (reader, &reading->record.path);
      else if (ballast_json_reader_text_is (reader, "annotations")
               || ballast_json_reader_text_is (reader, "annotation"))
        is_read = read_annotations (reading);
      else
        is_read = ballast_json_reader_skip (reader);
    }
  if (is_read && token == BALLAST_JSON_OBJECT_END && reading->record.path != NULL)
    {
      reading->record.file = g_strdup (reading->file->name);
      g_array_append_val (reading->records->records, reading->record);
      return TRUE;
    }
  g_array_set_size (reading->records->labels, reading->record.first);
  if (reading->record.path == NULL && is_read)
    add_fault (reading, "it names no picture");
  g_clear_pointer (&reading->record.path, g_free);

  return is_read && token == BALLAST_JSON_OBJECT_END;
}

static gboolean
is_over (Reading *reading)
{
  if (reading->n % LOOK_EVERY != 0)
    return FALSE;
  if (reading->deadline_us > 0 && g_get_monotonic_time () > reading->deadline_us)
    reading->is_partial = TRUE;

  return reading->is_partial || g_cancellable_is_cancelled (reading->box.cancellable);
}

static void
note_break (Reading *reading)
{
  guint64 at = ballast_json_reader_get_end (reading->reader);
  const char *reason = ballast_json_reader_get_reason (reading->reader);

  g_ptr_array_add (reading->faults,
                   g_strdup_printf ("%s\nline %" G_GUINT64_FORMAT ": %s; what comes after it is "
                                    "left out", reading->file->name,
                                    ballast_json_reader_find_line (reading->reader, at),
                                    reason != NULL ? reason
                                                   : "it is not what a CreateML file has there"));
}

static gboolean
read_file (Reading               *reading,
           BallastAnnotationFile *file,
           GError               **error)
{
  g_autoptr(BallastJsonReader) reader = ballast_json_reader_open (file->path, error);
  BallastJsonToken token;

  if (reader == NULL)
    return FALSE;
  reading->file = file;
  reading->reader = reader;
  reading->n = 0;
  if (ballast_json_reader_next (reader) != BALLAST_JSON_ARRAY)
    {
      note_break (reading);
      return TRUE;
    }
  while ((token = ballast_json_reader_next (reader)) != BALLAST_JSON_ARRAY_END)
    {
      if (token == BALLAST_JSON_OBJECT ? !read_record (reading) : !is_scalar (token))
        break;
      if (token != BALLAST_JSON_OBJECT)
        {
          reading->n++;
          add_fault (reading, "it is no object");
        }
      if (is_over (reading))
        break;
    }
  if (token != BALLAST_JSON_ARRAY_END && !reading->is_partial
      && !g_cancellable_is_cancelled (reading->box.cancellable))
    note_break (reading);

  return !g_cancellable_set_error_if_cancelled (reading->box.cancellable, error);
}

/* A list whose first object has a picture and annotations with coordinates, or none. */
static gboolean
is_createml (const char *path,
             gpointer    user_data)
{
  g_autoptr(BallastJsonReader) reader = ballast_json_reader_open (path, NULL);
  gboolean has_picture = FALSE, has_annotations = FALSE;

  if (reader == NULL || ballast_json_reader_next (reader) != BALLAST_JSON_ARRAY
      || ballast_json_reader_next (reader) != BALLAST_JSON_OBJECT)
    return FALSE;
  while (ballast_json_reader_next (reader) == BALLAST_JSON_KEY)
    {
      has_picture |= is_name_of_picture (reader);
      has_annotations |= ballast_json_reader_text_is (reader, "annotations")
                         || ballast_json_reader_text_is (reader, "annotation");
      if (!ballast_json_reader_skip (reader))
        break;
    }

  return has_picture && has_annotations;
}

static gboolean
open_reading (Reading                    *reading,
              const BallastImportRequest *request,
              const char                 *root,
              GError                    **error)
{
  if (!ballast_box_reading_init (&reading->box, request, root, error))
    return FALSE;
  reading->records = ballast_box_records_new ();
  ballast_box_records_read_list (reading->records, reading->box.root);
  reading->faults = g_ptr_array_new_with_free_func (g_free);

  return TRUE;
}

static void
close_reading (Reading *reading)
{
  ballast_box_records_free (reading->records);
  g_ptr_array_unref (reading->faults);
  ballast_box_reading_clear (&reading->box);
}

/* Reads all files; pictures lie beside them, or where they usually do. */
static gboolean
gather (Reading   *reading,
        GPtrArray *files,
        GError   **error)
{
  g_autoptr(GPtrArray) bases = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < files->len; i++)
    {
      BallastAnnotationFile *file = files->pdata[i];
      g_autofree char *folder = g_path_get_dirname (file->name);
      g_autoptr(GPtrArray) some = ballast_picture_bases_list (
        reading->box.root, strcmp (folder, ".") == 0 ? "" : folder, file->word, file->split,
        reading->box.has_strangers);
      guint before = reading->records->records->len;

      if (files->len == 1 && strchr (file->name, '/') == NULL && file->word == NULL)
        g_clear_pointer (&file->split, g_free);
      if (!read_file (reading, file, error))
        return FALSE;
      /* Names of several files are told apart by their folders. */
      for (guint k = before; k < reading->records->records->len; k++)
        {
          BallastBoxRecord *record
            = &g_array_index (reading->records->records, BallastBoxRecord, k);
          g_autofree char *joined = ballast_path_join (strcmp (folder, ".") == 0 ? "" : folder,
                                                       record->path);

          if (strchr (file->name, '/') != NULL)
            {
              g_free (record->path);
              record->path = g_steal_pointer (&joined);
            }
        }
      for (guint k = 0; k < some->len; k++)
        g_ptr_array_add (bases, g_strdup (some->pdata[k]));
    }
  ballast_picture_finder_set_bases (reading->box.pictures, bases);

  return TRUE;
}

static gboolean
tell_faults (Reading *reading,
             GError **error)
{
  for (guint i = 0; i < reading->faults->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (reading->faults->pdata[i], "\n", 2);

      if (!ballast_box_reading_report (&reading->box, error, BALLAST_PROBLEM_BAD_LINE, parts[0],
                                       "%s", parts[1]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
createml_read (const BallastImportRequest *request,
               BallastImportSummary       *summary,
               GCancellable               *cancellable,
               GError                    **error)
{
  g_autofree char *folder = ballast_annotation_dup_folder (request->path);
  g_autoptr(GPtrArray) files
    = ballast_annotation_files_find (request->path, request->tree, "json", MAX_FILES, is_createml,
                                     NULL);
  Reading reading = { .box = { .summary = summary, .cancellable = cancellable } };
  gboolean is_done = FALSE;

  if (!open_reading (&reading, request,
                     request->options->images != NULL ? request->options->images : folder, error))
    return FALSE;
  if (gather (&reading, files, error))
    {
      if (reading.records->records->len > 0)
        is_done = ballast_box_records_emit (reading.records, &reading.box, "createml", NULL, error)
                  && tell_faults (&reading, error);
      else
        g_set_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY,
                     _("There is no CreateML file with a picture in “%s”"), folder);
    }
  close_reading (&reading);

  return is_done;
}

static void
count (Reading            *reading,
       BallastLayoutGuess *guess)
{
  GPtrArray *names = reading->records->class_names;
  g_autofree guint64 *images = g_new0 (guint64, names->len + 1);
  g_autofree guint64 *splits = g_new0 (guint64, reading->box.split_names->len + 1);
  g_autofree guint *last = g_new0 (guint, names->len + 1);

  guess->images = reading->records->records->len;
  for (guint i = 0; i < reading->records->records->len; i++)
    {
      const BallastBoxRecord *record
        = &g_array_index (reading->records->records, BallastBoxRecord, i);
      BallastFound found;

      if (record->split >= 0)
        splits[record->split]++;
      for (guint k = 0; k < record->n; k++)
        {
          guint class
            = g_array_index (reading->records->labels, BallastBoxLabel, record->first + k).class;

          images[class] += last[class] != i + 1;
          last[class] = i + 1;
        }
      if (guess->first_images->len >= BALLAST_LAYOUT_FIRST_IMAGES)
        continue;
      ballast_box_record_find (record, reading->box.pictures, &found);
      if (found.kind == BALLAST_FOUND_FILE)
        g_ptr_array_add (guess->first_images, ballast_path_join (found.folder, found.name));
    }
  for (guint i = 0; i < names->len; i++)
    ballast_layout_guess_add_count (guess->classes, names->pdata[i], images[i]);
  for (guint i = 0; i < reading->box.split_names->len; i++)
    ballast_layout_guess_add_count (guess->splits, reading->box.split_names->pdata[i], splits[i]);
}

static BallastLayoutGuess *
guess_from (Reading    *reading,
            const char *images)
{
  BallastLayoutGuess *guess
    = ballast_layout_guess_new (ballast_importer_find ("createml"), reading->box.root);
  g_autofree char *splits = NULL;
  guint n;

  count (reading, guess);
  splits = ballast_layout_describe_splits (guess->splits);
  n = guess->classes->len;
  /* Translators: classes, boxes, and "no splits" or "splits train and test". */
  guess->description = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u class in a CreateML file, %u boxes, %s",
                 "%u classes in a CreateML file, %u boxes, %s", n),
    n, reading->records->labels->len, splits);
  ballast_layout_guess_warn_of_clashes (guess);
  if (images != NULL)
    guess->options.images = g_strdup (images);
  guess->is_partial = reading->is_partial;
  guess->confidence = 0.95;

  return guess;
}

static BallastLayoutGuess *
createml_recognise (const char                  *path,
                    const BallastLayoutQuestion *question,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  g_autoptr(GPtrArray) files
    = ballast_annotation_files_find (path, question->tree, "json", MAX_FILES, is_createml, NULL);
  g_autofree char *folder = ballast_annotation_dup_folder (path);
  const BallastImportOptions options = { .follow_links = question->wishes->follow_links };
  BallastImportRequest request = { .path = path, .options = &options };
  Reading reading = { .box = { .cancellable = cancellable },
                      .deadline_us = question->deadline_us };
  BallastLayoutGuess *guess = NULL;

  if (files->len == 0
      || !open_reading (&reading, &request,
                        question->images != NULL ? question->images : folder, error))
    return NULL;
  if (gather (&reading, files, error) && reading.records->records->len > 0)
    guess = guess_from (&reading, question->images);
  close_reading (&reading);

  return guess;
}

const BallastImporter ballast_importer_createml = {
  .name = "createml",
  .title = N_("CreateML"),
  .recognise = createml_recognise,
  .read = createml_read,
};
