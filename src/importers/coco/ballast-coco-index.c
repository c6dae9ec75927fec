/*
 * A first pass over a COCO file.
 *
 * The members of such a file come in any order, and annotations in any order of images, so nothing
 * can be told before the end.  This pass notes where each annotation stands (ballast-coco-list.c); the
 * second one comes back to them image by image.  So memory holds some 50 bytes an annotation whatever it
 * says, and an image's name.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-coco-index.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ballast-coco-private.h"
#include "ballast-path.h"
#include "ballast-problem.h"

/* Records between two looks at the clock and at the cancellable. */
#define LOOK_EVERY 512

/* Faults that are told one by one; the sink has a limit of its own. */
#define MAX_FAULTS 100000

typedef struct
{
  BallastCocoIndex         *index;
  const BallastCocoReading *how;
  guint                     n_records;
} Pass;

/* Reads one record of a list; FALSE where the text breaks off. */
typedef gboolean (*RecordFunc) (Pass *pass);

static void
clear_class (gpointer data)
{
  BallastCocoClass *class = data;

  g_free (class->name);
  g_free (class->parent);
}

static void
clear_fault (gpointer data)
{
  g_free (((BallastCocoFault *) data)->detail);
}

void
ballast_coco_index_free (BallastCocoIndex *index)
{
  if (index == NULL)
    return;
  g_clear_pointer (&index->reader, ballast_json_reader_free);
  g_string_free (index->names, TRUE);
  g_array_unref (index->images);
  g_array_unref (index->entries);
  g_array_unref (index->numbers);
  g_array_unref (index->places);
  g_array_unref (index->order);
  g_array_unref (index->classes);
  g_array_unref (index->class_ids);
  g_array_unref (index->class_of);
  g_array_unref (index->faults);
  if (index->spool_fd >= 0)
    close (index->spool_fd);
  g_free (index);
}

static BallastCocoIndex *
index_new (BallastJsonReader *reader)
{
  BallastCocoIndex *index = g_new0 (BallastCocoIndex, 1);

  index->reader = reader;
  index->spool_fd = -1;
  index->names = g_string_new (NULL);
  index->images = g_array_new (FALSE, FALSE, sizeof (BallastCocoImage));
  index->entries = g_array_new (FALSE, FALSE, sizeof (BallastCocoEntry));
  index->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  index->places = g_array_new (FALSE, FALSE, sizeof (gint64));
  index->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  index->classes = g_array_new (FALSE, FALSE, sizeof (BallastCocoClass));
  index->class_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  index->class_of = g_array_new (FALSE, FALSE, sizeof (int));
  index->faults = g_array_new (FALSE, FALSE, sizeof (BallastCocoFault));
  g_array_set_clear_func (index->classes, clear_class);
  g_array_set_clear_func (index->faults, clear_fault);

  return index;
}

void
ballast_coco_index_take_fault (BallastCocoIndex *index,
                               int               kind,
                               char             *detail)
{
  BallastCocoFault fault = { kind, detail };

  if (index->faults->len < MAX_FAULTS)
    g_array_append_val (index->faults, fault);
  else
    g_free (detail);
}

gboolean
ballast_coco_read_id (BallastJsonReader *reader,
                      BallastCocoId     *id)
{
  BallastJsonToken token = ballast_json_reader_next (reader);
  const char *text;
  gsize length;
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  id->is_number = (token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_STRING)
                  && ballast_json_reader_get_int (reader, &id->value);
  if (id->is_number)
    return TRUE;
  if (token != BALLAST_JSON_STRING)
    return token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD;

  /* FNV-1a, far above the numbers that files use. */
  text = ballast_json_reader_get_text (reader, &length);
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * G_GUINT64_CONSTANT (1099511628211);
  id->value = (gint64) (hash | G_GUINT64_CONSTANT (1) << 62) & G_MAXINT64;

  return TRUE;
}

/* A number that may be NULL or a text: 0 where it is no sensible size. */
static gboolean
read_size (BallastJsonReader *reader,
           guint32           *size)
{
  BallastJsonToken token = ballast_json_reader_next (reader);
  double value;

  *size = 0;
  if (token == BALLAST_JSON_NUMBER && ballast_json_reader_get_double (reader, &value) && value >= 0
      && value <= G_MAXINT32)
    *size = (guint32) value;

  return token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_STRING || token == BALLAST_JSON_WORD;
}

/* "train2017/000.jpg" of an address, where the file has no other name for the picture. */
static const char *
cut_address (const char *address)
{
  const char *slash = strrchr (address, '/');
  const char *before = slash;

  while (before != NULL && before > address && before[-1] != '/')
    before--;

  return before != NULL && before < slash ? before : address;
}

static gboolean
read_name (Pass    *pass,
           guint32 *name,
           gboolean is_address)
{
  BallastJsonReader *reader = pass->index->reader;
  BallastJsonToken token = ballast_json_reader_next (reader);
  g_autofree char *text = NULL;

  if (token != BALLAST_JSON_STRING)
    return token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD;
  text = ballast_json_reader_dup_text (reader);
  if (*text == '\0' || (is_address && *name != G_MAXUINT32))
    return TRUE;
  *name = pass->index->names->len;
  g_string_append (pass->index->names, is_address ? cut_address (text) : text);
  g_string_append_c (pass->index->names, '\0');

  return TRUE;
}

static gboolean
read_image (Pass *pass)
{
  BallastJsonReader *reader = pass->index->reader;
  BallastCocoImage image = { .name = G_MAXUINT32 };
  BallastCocoId id = { 0 };
  gboolean has_id = FALSE;
  BallastJsonToken token;
  gboolean is_read = TRUE;

  while (is_read && (token = ballast_json_reader_next (reader)) == BALLAST_JSON_KEY)
    {
      if (ballast_json_reader_text_is (reader, "id"))
        is_read = has_id = ballast_coco_read_id (reader, &id);
      else if (ballast_json_reader_text_is (reader, "file_name"))
        is_read = read_name (pass, &image.name, FALSE);
      else if (ballast_json_reader_text_is (reader, "coco_url"))
        is_read = read_name (pass, &image.name, TRUE);
      else if (ballast_json_reader_text_is (reader, "width"))
        is_read = read_size (reader, &image.width);
      else if (ballast_json_reader_text_is (reader, "height"))
        is_read = read_size (reader, &image.height);
      else
        is_read = ballast_json_reader_skip (reader);
    }
  if (!is_read || token != BALLAST_JSON_OBJECT_END)
    return FALSE;

  image.id = id.value;
  image.has_number = id.is_number;
  if (!has_id || image.name == G_MAXUINT32)
    ballast_coco_index_take_fault (pass->index, BALLAST_PROBLEM_BAD_LINE,
                                   g_strdup_printf ("image %u of the file has no %s",
                                                    pass->n_records + 1, has_id ? "file_name" : "id"));
  else
    g_array_append_val (pass->index->images, image);

  return TRUE;
}

static gboolean
read_text_member (BallastJsonReader *reader,
                  char             **text)
{
  BallastJsonToken token = ballast_json_reader_next (reader);
  g_autofree char *bytes = NULL;

  if (token == BALLAST_JSON_STRING || token == BALLAST_JSON_NUMBER)
    {
      bytes = ballast_json_reader_dup_text (reader);
      g_free (*text);
      *text = ballast_path_display (bytes);
    }

  return token == BALLAST_JSON_STRING || token == BALLAST_JSON_NUMBER || token == BALLAST_JSON_WORD;
}

static gboolean
read_class (Pass *pass)
{
  BallastJsonReader *reader = pass->index->reader;
  BallastCocoClass class = { 0 };
  BallastCocoId id = { 0 };
  gboolean has_id = FALSE;
  BallastJsonToken token;
  gboolean is_read = TRUE;

  while (is_read && (token = ballast_json_reader_next (reader)) == BALLAST_JSON_KEY)
    {
      if (ballast_json_reader_text_is (reader, "id"))
        is_read = has_id = ballast_coco_read_id (reader, &id);
      else if (ballast_json_reader_text_is (reader, "name"))
        is_read = read_text_member (reader, &class.name);
      else if (ballast_json_reader_text_is (reader, "supercategory"))
        is_read = read_text_member (reader, &class.parent);
      else
        is_read = ballast_json_reader_skip (reader);
    }
  class.id = id.value;
  if (!is_read || token != BALLAST_JSON_OBJECT_END || !has_id)
    {
      clear_class (&class);
      if (is_read && token == BALLAST_JSON_OBJECT_END)
        ballast_coco_index_take_fault (pass->index, BALLAST_PROBLEM_BAD_LINE,
                                       g_strdup_printf ("category %u of the file has no id", pass->n_records + 1));
      return is_read && token == BALLAST_JSON_OBJECT_END;
    }
  if (class.name == NULL || *class.name == '\0')
    {
      g_free (class.name);
      class.name = g_strdup_printf ("%" G_GINT64_FORMAT, class.id);
    }
  g_array_append_val (pass->index->classes, class);

  return TRUE;
}

gboolean
ballast_coco_is_over (const BallastCocoReading *how,
                      guint                     n_records)
{
  if (n_records % LOOK_EVERY != 0)
    return FALSE;

  return g_cancellable_is_cancelled (how->cancellable)
         || (how->deadline_us > 0 && g_get_monotonic_time () > how->deadline_us);
}

/* A list of objects; what is no object in it is passed over. */
static gboolean
read_list (Pass      *pass,
           RecordFunc read_record,
           gboolean  *is_there)
{
  BallastJsonReader *reader = pass->index->reader;
  BallastJsonToken token = ballast_json_reader_next (reader);

  if (token != BALLAST_JSON_ARRAY)
    return token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING
           || token == BALLAST_JSON_NUMBER;
  *is_there = TRUE;
  for (pass->n_records = 0;; pass->n_records++)
    {
      token = ballast_json_reader_next (reader);
      if (token == BALLAST_JSON_ARRAY_END)
        return TRUE;
      if (token == BALLAST_JSON_OBJECT ? !read_record (pass)
                                       : token != BALLAST_JSON_WORD && token != BALLAST_JSON_STRING
          && token != BALLAST_JSON_NUMBER)
        return FALSE;
      if (ballast_coco_is_over (pass->how, pass->n_records))
        {
          pass->index->is_partial = TRUE;
          return FALSE;
        }
    }
}

static gboolean
read_members (Pass *pass)
{
  BallastCocoIndex *index = pass->index;
  BallastJsonToken token = ballast_json_reader_next (index->reader);
  gboolean is_read = TRUE;

  if (token != BALLAST_JSON_OBJECT)
    return FALSE;
  /* The list of annotations may leave another reader behind. */
  while (is_read && (token = ballast_json_reader_next (index->reader)) == BALLAST_JSON_KEY)
    {
      if (ballast_json_reader_text_is (index->reader, "images"))
        is_read = read_list (pass, read_image, &index->has_images);
      else if (ballast_json_reader_text_is (index->reader, "annotations"))
        is_read = ballast_coco_read_annotations (index, pass->how);
      else if (ballast_json_reader_text_is (index->reader, "categories"))
        is_read = read_list (pass, read_class, &index->has_classes);
      else
        is_read = ballast_json_reader_skip (index->reader);
    }

  return is_read && token == BALLAST_JSON_OBJECT_END
         && ballast_json_reader_next (index->reader) == BALLAST_JSON_END;
}

static void
note_break (BallastCocoIndex *index)
{
  guint64 end = ballast_json_reader_get_end (index->reader);
  const char *reason = ballast_json_reader_get_reason (index->reader);

  index->is_bad = TRUE;
  ballast_coco_index_take_fault (index, BALLAST_PROBLEM_BAD_LINE,
                                 g_strdup_printf ("line %" G_GUINT64_FORMAT ": %s; what comes after it is left out",
                                                  ballast_json_reader_find_line (index->reader, end),
                                                  reason != NULL ? reason : "it is not what a COCO file has there"));
}

/* A full disk is no reason not to read on: then records are read where they stand. */
static BallastCocoIndex *
read_again (const char               *path,
            const BallastCocoReading *how,
            GError                  **error)
{
  BallastCocoReading plain = { .cancellable = how->cancellable };

  return ballast_coco_index_new (path, &plain, error);
}

BallastCocoIndex *
ballast_coco_index_new (const char               *path,
                        const BallastCocoReading *how,
                        GError                  **error)
{
  BallastJsonReader *reader = ballast_json_reader_open (path, error);
  g_autoptr(BallastCocoIndex) index = NULL;
  Pass pass = { .how = how };

  if (reader == NULL)
    return NULL;
  index = index_new (reader);
  pass.index = index;
  if (!read_members (&pass))
    {
      if (g_cancellable_set_error_if_cancelled (how->cancellable, error))
        return NULL;
      if (!index->is_partial)
        note_break (index);
    }
  if (index->spool_has_failed)
    return read_again (path, how, error);
  ballast_coco_index_resolve (index);
  if (index->n_keypoints > 0)
    ballast_coco_index_take_fault (
      index, BALLAST_PROBLEM_BAD_LINE,
      g_strdup_printf ("the keypoints of %u annotations are not kept", index->n_keypoints));

  return g_steal_pointer (&index);
}

const char *
ballast_coco_index_get_name (const BallastCocoIndex *index,
                             const BallastCocoImage *image)
{
  return index->names->str + image->name;
}
