/*
 * The list of annotations of a COCO file, which is nearly all of a large one.
 *
 * It is read in stretches side by side, where there is a crew.  Nobody knows where one may begin before
 * all that stands ahead of it was read, so this is guessed; the reader of the stretch before ends exactly
 * there, or goes on over it, and what was read from a wrong guess is thrown away.  What comes out is the
 * same, however the list is divided.
 *
 * Where annotations lie in no order of images, each is read at once, and its packed form laid by those of
 * its neighbours in a temporary file: coming back for each to its place in the text would cost more.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-coco-private.h"
#include "ballast-id-map.h"
#include "ballast-problem.h"
#include "ballast-record-spool.h"

/* Annotations by which it is seen whether they lie in the order of the images. */
#define N_LOOKED_AT 256
#define MIN_LARGE_BYTES (16 * 1024 * 1024)

/* Images whose annotations lie together in the spool, at the least. */
#define IMAGES_A_BIN 512
#define MAX_BINS 512

/* Hands that are done early take another: one of them may be busy with something else. */
#define STRETCHES_A_HAND 2
#define MAX_STRETCHES 8

typedef enum
{
  ENDING_BROKEN,
  ENDING_LIST,   /* of the list */
  ENDING_BORDER, /* where another stretch begins */
  ENDING_LOOKED, /* as many were read as were asked for */
  ENDING_OVER,   /* nobody waits for more */
} Ending;

/* An annotation that names no image or no class. */
typedef struct
{
  guint    rank; /* in its stretch */
  gboolean has_image;
} Nameless;

typedef struct _List List;

/* What one task reads. */
typedef struct
{
  const List         *list;
  BallastJsonReader  *reader;          /* of the first: the index's */
  GArray             *entries;         /* as in BallastCocoIndex … */
  GArray             *places;
  GArray             *numbers;
  GArray             *class_ids;
  BallastIdMap       *class_positions; /* of class_ids */
  GArray             *unnumbered;      /* guint: entries whose place is their rank */
  GArray             *nameless;        /* of Nameless */
  BallastRecordSpool *spool;           /* (nullable) */
  gpointer            workspace;       /* of the annotations' syntax */
  GByteArray         *packed;
  guint               most;            /* records; 0: all */
  guint               n_records;
  guint               n_keypoints;
  guint               next;            /* the border that it comes to */
  gboolean            has_boxes;
  gboolean            has_captions;
  gboolean            has_failed;      /* its spool cannot be used */
  Ending              ending;
} Stretch;

struct _List
{
  const BallastCocoReading *how;
  BallastIdMap             *positions;    /* (nullable): of images by id */
  guint                     images_a_bin;
  GArray                   *borders;      /* guint64: where stretches begin but for the first */
  GPtrArray                *stretches;
};

static Stretch *
stretch_new (List              *list,
             BallastJsonReader *reader)
{
  Stretch *stretch = g_new0 (Stretch, 1);

  stretch->list = list;
  stretch->reader = reader;
  stretch->next = list->stretches->len;
  stretch->entries = g_array_new (FALSE, FALSE, sizeof (BallastCocoEntry));
  stretch->places = g_array_new (FALSE, FALSE, sizeof (gint64));
  stretch->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  stretch->class_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  stretch->class_positions = ballast_id_map_new (128);
  stretch->unnumbered = g_array_new (FALSE, FALSE, sizeof (guint));
  stretch->nameless = g_array_new (FALSE, FALSE, sizeof (Nameless));
  stretch->workspace = ballast_coco_annotation_syntax.new_workspace ();
  stretch->packed = g_byte_array_new ();
  g_ptr_array_add (list->stretches, stretch);

  return stretch;
}

static void
stretch_free (gpointer data)
{
  Stretch *stretch = data;

  g_clear_pointer (&stretch->reader, ballast_json_reader_free);
  g_array_unref (stretch->entries);
  g_array_unref (stretch->places);
  g_array_unref (stretch->numbers);
  g_array_unref (stretch->class_ids);
  ballast_id_map_free (stretch->class_positions);
  g_array_unref (stretch->unnumbered);
  g_array_unref (stretch->nameless);
  ballast_record_spool_free (stretch->spool);
  ballast_coco_annotation_syntax.free_workspace (stretch->workspace);
  g_byte_array_unref (stretch->packed);
  g_free (stretch);
}

static guint32
intern_class (BallastIdMap *positions,
              GArray       *class_ids,
              gint64        id)
{
  gint64 position = ballast_id_map_find (positions, id);

  if (position < 0)
    {
      position = class_ids->len;
      g_array_append_val (class_ids, id);
      ballast_id_map_insert (positions, id, position);
    }

  return position;
}

/* What is not kept in the index is passed over; what of it is there is noted. */
static gboolean
pass_member (Stretch    *stretch,
             const char *key,
             gsize       length)
{
  if (ballast_json_is (key, length, "bbox"))
    stretch->has_boxes = TRUE;
  else if (ballast_json_is (key, length, "caption") || ballast_json_is (key, length, "segments_info"))
    stretch->has_captions = TRUE;
  else if (ballast_json_is (key, length, "keypoints"))
    stretch->n_keypoints++;

  return ballast_json_reader_skip (stretch->reader);
}

/* The bin of the image's annotations. */
static guint
find_bin (const List *list,
          gint64      image_id)
{
  gint64 position = ballast_id_map_find (list->positions, image_id);

  return position < 0 ? 0 : (guint) position / list->images_a_bin;
}

/* Reads the record that is held, and says where its packed form will be read from.  One that is longer
 * than the window stays where it is. */
static void
spool_record (Stretch          *stretch,
              BallastCocoEntry *entry)
{
  BallastImportLabel label = { 0 };
  gsize length;
  const char *text = ballast_json_reader_release (stretch->reader, &length);
  const char *fault;
  guint64 offset;

  if (stretch->spool == NULL || text == NULL || stretch->has_failed)
    return;
  fault = ballast_coco_annotation_syntax.read (stretch->workspace, text, length, &label);
  g_byte_array_set_size (stretch->packed, 0);
  ballast_label_pack (&label, fault, stretch->packed);
  stretch->has_failed = !ballast_record_spool_add (
    stretch->spool, find_bin (stretch->list, entry->image), (const char *) stretch->packed->data,
    stretch->packed->len, &offset);
  entry->offset = offset | BALLAST_LABEL_SPOOLED;
  entry->length = stretch->packed->len;
}

static void
add_entry (Stretch             *stretch,
           BallastCocoEntry    *entry,
           const BallastCocoId *class,
           const BallastCocoId *number)
{
  gint64 place = number->is_number ? number->value : (gint64) stretch->n_records + 1;

  spool_record (stretch, entry);
  entry->class = intern_class (stretch->class_positions, stretch->class_ids, class->value);
  if (!number->is_number)
    g_array_append_val (stretch->unnumbered, stretch->entries->len);
  g_array_append_val (stretch->entries, *entry);
  g_array_append_val (stretch->places, place);
}

static gboolean
read_annotation (Stretch *stretch)
{
  BallastJsonReader *reader = stretch->reader;
  BallastCocoId image = { 0 }, class = { 0 }, number = { 0 };
  BallastCocoEntry entry = { .offset = ballast_json_reader_get_begin (reader) };
  gboolean has_image = FALSE, has_class = FALSE, is_read = TRUE;
  BallastJsonToken token;

  if (stretch->spool != NULL)
    ballast_json_reader_hold (reader);
  while (is_read && (token = ballast_json_reader_next (reader)) == BALLAST_JSON_KEY)
    {
      gsize length;
      const char *key = ballast_json_reader_get_text (reader, &length);

      if (ballast_json_is (key, length, "image_id"))
        is_read = has_image = ballast_coco_read_id (reader, &image);
      else if (ballast_json_is (key, length, "category_id"))
        is_read = has_class = ballast_coco_read_id (reader, &class);
      else if (ballast_json_is (key, length, "id"))
        is_read = ballast_coco_read_id (reader, &number);
      else
        is_read = pass_member (stretch, key, length);
    }
  if (!is_read || token != BALLAST_JSON_OBJECT_END)
    return FALSE;

  entry.image = image.value;
  entry.length = ballast_json_reader_get_end (reader) - entry.offset;
  if (number.is_number)
    g_array_append_val (stretch->numbers, number.value);
  if (has_image && has_class)
    add_entry (stretch, &entry, &class, &number);
  else
    {
      Nameless nameless = { stretch->n_records, has_image };

      g_array_append_val (stretch->nameless, nameless);
    }

  return TRUE;
}

/* A wrong guess is passed by. */
static gboolean
is_at_border (Stretch *stretch)
{
  const GArray *borders = stretch->list->borders;
  guint64 begin = ballast_json_reader_get_begin (stretch->reader);

  while (stretch->next < borders->len && g_array_index (borders, guint64, stretch->next) < begin)
    stretch->next++;

  return stretch->next < borders->len && g_array_index (borders, guint64, stretch->next) == begin;
}

/* What is no object in the list is passed over. */
static Ending
read_stretch (Stretch *stretch)
{
  while (stretch->most == 0 || stretch->n_records < stretch->most)
    {
      BallastJsonToken token = ballast_json_reader_next (stretch->reader);

      if (token == BALLAST_JSON_ARRAY_END)
        return ENDING_LIST;
      if (token == BALLAST_JSON_OBJECT)
        {
          if (is_at_border (stretch))
            return ENDING_BORDER;
          if (!read_annotation (stretch))
            return ENDING_BROKEN;
        }
      else if (token != BALLAST_JSON_WORD && token != BALLAST_JSON_STRING
               && token != BALLAST_JSON_NUMBER)
        return ENDING_BROKEN;
      if (ballast_coco_is_over (stretch->list->how, stretch->n_records))
        return ENDING_OVER;
      stretch->n_records++;
    }

  return ENDING_LOOKED;
}

static void
read_task (gpointer data,
           guint    task)
{
  Stretch *stretch = ((List *) data)->stretches->pdata[task];

  if (stretch->ending != ENDING_LOOKED)
    return;
  stretch->most = 0;
  stretch->ending = read_stretch (stretch);
  if (stretch->spool != NULL && !stretch->has_failed)
    stretch->has_failed = !ballast_record_spool_finish (stretch->spool);
}

/* Images that are known when the annotations begin can be told by their ids at once. */
static void
note_images (List         *list,
             const GArray *images)
{
  list->positions = ballast_id_map_new (images->len);
  for (guint i = 0; i < images->len; i++)
    ballast_id_map_insert (list->positions, g_array_index (images, BallastCocoImage, i).id, i);
  list->images_a_bin = MAX (IMAGES_A_BIN, images->len / MAX_BINS + 1);
}

/* TRUE where the annotations of one image seem to lie anywhere. */
static gboolean
lie_in_no_order (const List   *list,
                 const GArray *entries)
{
  guint n_apart = 0, last = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      guint bin = find_bin (list, g_array_index (entries, BallastCocoEntry, i).image);

      n_apart += bin != last;
      last = bin;
    }

  return n_apart > N_LOOKED_AT / 4;
}

/* The rest of the list, as far as the file is long. */
static void
divide (List              *list,
        BallastJsonReader *reader)
{
  guint n = MIN (ballast_crew_get_n_hands (list->how->crew) * STRETCHES_A_HAND, MAX_STRETCHES);
  guint64 begin = ballast_json_reader_get_end (reader);
  guint64 length = ballast_json_reader_get_size (reader) - begin;
  guint64 last = begin;

  for (guint i = 1; ballast_crew_get_n_hands (list->how->crew) > 1 && i < n; i++)
    {
      guint64 border = ballast_json_reader_guess_object (reader, begin + length * i / n);
      BallastJsonReader *other;

      if (border <= last)
        continue;
      other = ballast_json_reader_new_at (reader, border);
      if (other == NULL)
        return;
      g_array_append_val (list->borders, border);
      stretch_new (list, other)->ending = ENDING_LOOKED;
      last = border;
    }
}

static void
open_spools (List             *list,
             BallastCocoIndex *index)
{
  BallastRecordSpool *first = NULL;

  for (guint i = 0; i < list->stretches->len; i++)
    {
      Stretch *stretch = list->stretches->pdata[i];

      stretch->spool = ballast_record_spool_new (index->images->len / list->images_a_bin + 1, first);
      if (stretch->spool == NULL)
        return;
      first = stretch->spool;
    }
}

static void
tell_nameless (BallastCocoIndex *index,
               const Stretch    *stretch,
               guint             n_before)
{
  for (guint i = 0; i < stretch->nameless->len; i++)
    {
      const Nameless *nameless = &g_array_index (stretch->nameless, Nameless, i);

      ballast_coco_index_take_fault (index, BALLAST_PROBLEM_BAD_LINE,
                                     g_strdup_printf ("annotation %u of the file has no %s",
                                                      n_before + nameless->rank + 1,
                                                      nameless->has_image ? "category_id" : "image_id"));
    }
}

/* One after the other, so that little is there twice. */
static void
move_values (GArray **from,
             GArray **to)
{
  GArray *filled = *from;

  if ((*to)->len == 0)
    {
      *from = *to;
      *to = filled;
      return;
    }
  g_array_append_vals (*to, filled->data, filled->len);
  *from = g_array_new (FALSE, FALSE, g_array_get_element_size (filled));
  g_array_unref (filled);
}

/* Adds what @stretch has read to the index; @n_before records of the list stand before it. */
static void
take_stretch (BallastCocoIndex *index,
              Stretch          *stretch,
              BallastIdMap     *class_positions,
              guint             n_before)
{
  g_autofree guint32 *classes = g_new (guint32, stretch->class_ids->len + 1);

  for (guint i = 0; i < stretch->class_ids->len; i++)
    classes[i] = intern_class (class_positions, index->class_ids,
                               g_array_index (stretch->class_ids, gint64, i));
  for (guint i = 0; i < stretch->entries->len; i++)
    {
      BallastCocoEntry *entry = &g_array_index (stretch->entries, BallastCocoEntry, i);

      entry->class = classes[entry->class];
    }
  for (guint i = 0; i < stretch->unnumbered->len; i++)
    g_array_index (stretch->places, gint64, g_array_index (stretch->unnumbered, guint, i)) += n_before;
  tell_nameless (index, stretch, n_before);
  index->n_keypoints += stretch->n_keypoints;
  index->has_boxes |= stretch->has_boxes;
  index->has_captions |= stretch->has_captions;
  index->spool_has_failed |= stretch->has_failed;
  move_values (&stretch->entries, &index->entries);
  move_values (&stretch->places, &index->places);
  move_values (&stretch->numbers, &index->numbers);
}

/* Puts together what follows one another, and reads on where the last of them ended. */
static Ending
join (List             *list,
      BallastCocoIndex *index)
{
  g_autoptr(BallastIdMap) class_positions = ballast_id_map_new (128);
  Stretch *stretch = list->stretches->pdata[0];
  Stretch *last = stretch;
  guint n_before = 0;

  for (;; stretch = list->stretches->pdata[stretch->next + 1])
    {
      take_stretch (index, stretch, class_positions, n_before);
      n_before += stretch->n_records;
      last = stretch;
      if (stretch->ending != ENDING_BORDER)
        break;
    }
  index->reader = g_steal_pointer (&last->reader);

  return last->ending;
}

/* Reads what shows how the rest is best read, and then the rest. */
static void
read_stretches (List             *list,
                BallastCocoIndex *index)
{
  guint64 left = ballast_json_reader_get_size (index->reader)
                 - ballast_json_reader_get_begin (index->reader);
  Stretch *first = stretch_new (list, g_steal_pointer (&index->reader));

  if (list->how->for_labels && index->images->len > 0 && left >= MIN_LARGE_BYTES)
    {
      note_images (list, index->images);
      first->most = N_LOOKED_AT;
      first->ending = read_stretch (first);
      if (first->ending != ENDING_LOOKED)
        return;
      divide (list, first->reader);
      if (lie_in_no_order (list, first->entries))
        open_spools (list, index);
    }
  first->ending = ENDING_LOOKED;
  ballast_crew_run (list->how->crew, read_task, list, list->stretches->len);
}

gboolean
ballast_coco_read_annotations (BallastCocoIndex         *index,
                               const BallastCocoReading *how)
{
  BallastJsonToken token = ballast_json_reader_next (index->reader);
  g_autoptr(GArray) borders = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr(GPtrArray) stretches = g_ptr_array_new_with_free_func (stretch_free);
  List list = { .how = how, .borders = borders, .stretches = stretches };
  Ending ending;

  if (token != BALLAST_JSON_ARRAY)
    return token == BALLAST_JSON_WORD || token == BALLAST_JSON_STRING
           || token == BALLAST_JSON_NUMBER;
  index->has_annotations = TRUE;
  read_stretches (&list, index);
  if (((Stretch *) stretches->pdata[0])->spool != NULL)
    {
      index->spool_fd = ballast_record_spool_dup_fd (((Stretch *) stretches->pdata[0])->spool);
      index->spool_has_failed = index->spool_fd < 0;
    }
  ending = join (&list, index);
  g_clear_pointer (&list.positions, ballast_id_map_free);
  index->is_partial |= ending == ENDING_OVER;

  return ending == ENDING_LIST;
}
