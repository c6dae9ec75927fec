/*
 * One image of an import: new, known, or met before in this session.
 *
 * A new one is gathered with its neighbours and costs no look-up in the file.  A known one is read, and
 * written only where something is other than it was: importing an unchanged source again writes nothing.
 * What is gathered is written before anything is read.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include <math.h>
#include <string.h>

#include "ballast-store-import-private.h"

gboolean
ballast_store_import_match (BallastStoreImport *import,
                            gint64              folder_id,
                            const char         *name,
                            BallastImportMatch *match,
                            GError            **error)
{
  gsize length = strlen (name);
  BallastNameProbe probe = ballast_name_map_probe (import->names, folder_id, name, length);
  gint64 id;

  memset (match, 0, sizeof *match);
  while ((id = ballast_name_map_next (import->names, &probe)) != 0)
    {
      BallastStatement *statement = ballast_db_statement (
        import->store->db, "SELECT flags, split_id, width, height, coding, size_bytes, mtime_ns, "
        "head_hash FROM image WHERE id = ? AND folder_id = ? AND name = ?", error);
      BallastImageRecord *record = &match->record;
      BallastStep step;

      if (statement == NULL || !ballast_pending_rows_write (import->pending, error))
        return FALSE;
      ballast_statement_bind_int (statement, 1, id);
      ballast_statement_bind_int (statement, 2, folder_id);
      ballast_statement_bind_blob (statement, 3, name, length);
      step = ballast_statement_step (statement, error);
      if (step == BALLAST_STEP_ERROR)
        return FALSE;
      if (step == BALLAST_STEP_DONE)
        continue;

      record->id = id;
      record->flags = ballast_statement_get_int (statement, 0);
      record->split_id = ballast_statement_get_int (statement, 1);
      record->facts.width = ballast_statement_get_int (statement, 2);
      record->facts.height = ballast_statement_get_int (statement, 3);
      ballast_store_unpack_coding (ballast_statement_get_int (statement, 4), &record->facts);
      record->facts.size_bytes = ballast_statement_get_int (statement, 5);
      record->facts.mtime_ns = ballast_statement_get_int (statement, 6);
      record->facts.head_hash = ballast_statement_get_int (statement, 7);
      ballast_statement_reset (statement);
      return TRUE;
    }

  return TRUE;
}

static gboolean
is_same_label (const BallastAnnotation *a,
               const BallastAnnotation *b)
{
  if (a->class_id != b->class_id || a->has_box != b->has_box || a->n_extra != b->n_extra ||
      (a->n_extra > 0 && memcmp (a->extra, b->extra, a->n_extra) != 0))
    return FALSE;

  return !a->has_box || (a->box.x == b->box.x && a->box.y == b->box.y &&
                         a->box.width == b->box.width && a->box.height == b->box.height);
}

static gboolean
holds_label (const GArray            *labels,
             const BallastAnnotation *label)
{
  for (guint i = 0; i < labels->len; i++)
    if (is_same_label (&g_array_index (labels, BallastAnnotation, i), label))
      return TRUE;

  return FALSE;
}

static gboolean
has_sound_box (const BallastAnnotation *label)
{
  return !label->has_box || (isfinite (label->box.x) && isfinite (label->box.y) &&
                             isfinite (label->box.width) && isfinite (label->box.height));
}

/* The labels to store: of classes that are there, plain ones once each. */
static void
collect_wanted (BallastStoreImport      *import,
                const BallastStoreImage *image)
{
  g_array_set_size (import->wanted, 0);
  for (guint i = 0; i < image->n_annotations; i++)
    {
      const BallastAnnotation *label = &image->annotations[i];

      if (label->class_id > 0 && has_sound_box (label) &&
          import->wanted->len < BALLAST_STORE_MAX_ANNOTATIONS &&
          (label->has_box || !holds_label (import->wanted, label)))
        g_array_append_val (import->wanted, *label);
    }
}

static void
add_wanted (BallastStoreImport *import,
            gint64              image_id)
{
  for (guint i = 0; i < import->wanted->len; i++)
    ballast_pending_rows_add_label (import->pending, BALLAST_STORE_FIRST_ANNOTATION (image_id) + i,
                                    &g_array_index (import->wanted, BallastAnnotation, i));
}

static void
bind_split (BallastStatement *statement,
            int               index,
            gint64            split_id)
{
  if (split_id != 0)
    ballast_statement_bind_int (statement, index, split_id);
  else
    ballast_statement_bind_null (statement, index);
}

static void
add_new (BallastStoreImport *import,
         BallastStoreImage  *image,
         gint64              folder_id)
{
  BallastImageRecord *record = &image->record;

  record->flags &= BALLAST_IMAGE_UNREADABLE;
  record->id = import->next_image_id++;
  ballast_pending_rows_add_image (import->pending, image, folder_id);
  add_wanted (import, record->id);

  if (!import->is_distinct)
    ballast_name_map_insert (import->names, folder_id, record->name, strlen (record->name),
                             record->id);
  ballast_store_import_set_bit (import->seen, record->id);
  ballast_count_delta_add (import->delta, record, &g_array_index (import->wanted, BallastAnnotation, 0),
                           import->wanted->len, 1);
}

static gboolean
has_same_facts (const BallastImageFacts *a,
                const BallastImageFacts *b)
{
  return a->width == b->width && a->height == b->height && a->size_bytes == b->size_bytes &&
         a->mtime_ns == b->mtime_ns && a->head_hash == b->head_hash &&
         ballast_store_pack_coding (a) == ballast_store_pack_coding (b);
}

/* Another time alone may be a copy; another size or other sides are other bytes. */
static gboolean
note_changed_bytes (BallastStoreImport       *import,
                    const BallastImageRecord *before,
                    const BallastImageRecord *after,
                    GError                  **error)
{
  BallastProblem problem = {
    .kind = BALLAST_PROBLEM_CHANGED,
    .image_id = before->id,
  };

  if (before->facts.size_bytes == 0 ||
      (before->facts.size_bytes == after->facts.size_bytes &&
       before->facts.width == after->facts.width && before->facts.height == after->facts.height))
    return TRUE;

  return ballast_store_import_problem (import, &problem, error);
}

static gboolean
write_record (BallastStoreImport       *import,
              const BallastImageRecord *record,
              GError                  **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "UPDATE image SET flags = ?, split_id = ?, width = ?, height = ?, coding = ?, "
    "size_bytes = ?, mtime_ns = ?, head_hash = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, record->flags);
  bind_split (statement, 2, record->split_id);
  ballast_statement_bind_int (statement, 3, record->facts.width);
  ballast_statement_bind_int (statement, 4, record->facts.height);
  ballast_statement_bind_int (statement, 5, ballast_store_pack_coding (&record->facts));
  ballast_statement_bind_int (statement, 6, record->facts.size_bytes);
  ballast_statement_bind_int (statement, 7, record->facts.mtime_ns);
  ballast_statement_bind_int (statement, 8, record->facts.head_hash);
  ballast_statement_bind_int (statement, 9, record->id);

  return ballast_statement_run (statement, error);
}

static gboolean
delete_rows (BallastStoreImport *import,
             const char         *sql,
             gint64              image_id,
             GError            **error)
{
  BallastStatement *statement = ballast_db_statement (import->store->db, sql, error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, BALLAST_STORE_FIRST_ANNOTATION (image_id));
  ballast_statement_bind_int (statement, 2, BALLAST_STORE_FIRST_ANNOTATION (image_id + 1));

  return ballast_statement_run (statement, error);
}

static gboolean
replace_labels (BallastStoreImport *import,
                gint64              image_id,
                GError            **error)
{
  if (!delete_rows (import, "DELETE FROM annotation_extra WHERE annotation_id >= ? AND "
                    "annotation_id < ?", image_id, error) ||
      !delete_rows (import, "DELETE FROM annotation WHERE id >= ? AND id < ?", image_id, error))
    return FALSE;
  add_wanted (import, image_id);

  return TRUE;
}

static gboolean
has_wanted_labels (BallastStoreImport *import)
{
  if (import->wanted->len != import->stored->len)
    return FALSE;

  for (guint i = 0; i < import->wanted->len; i++)
    if (!is_same_label (&g_array_index (import->wanted, BallastAnnotation, i),
                        &g_array_index (import->stored, BallastAnnotation, i)))
      return FALSE;

  return TRUE;
}

/* What the record becomes: facts of the import, marks and choices of the user. */
static BallastImageRecord
merge_record (const BallastImageRecord *before,
              const BallastStoreImage  *image)
{
  BallastImageRecord after = *before;

  after.flags = before->flags & BALLAST_STORE_USER_MASK;
  after.flags |= (image->unchanged ? before->flags : image->record.flags) & BALLAST_IMAGE_UNREADABLE;
  if (!image->unchanged)
    after.facts = image->record.facts;
  if ((before->flags & BALLAST_STORE_SPLIT_BY_USER) == 0)
    after.split_id = image->record.split_id;

  return after;
}

static void
count_stored (BallastStoreImport       *import,
              const BallastImageRecord *record,
              const GArray             *labels,
              int                       sign)
{
  ballast_count_delta_add (import->delta, record, &g_array_index (labels, BallastAnnotation, 0),
                           labels->len, sign);
}

static gboolean
update (BallastStoreImport       *import,
        const BallastImageRecord *before,
        const BallastStoreImage  *image,
        GError                  **error)
{
  BallastImageRecord after = merge_record (before, image);
  gboolean same_record = after.flags == before->flags && after.split_id == before->split_id &&
                         has_same_facts (&after.facts, &before->facts);
  gboolean same_labels =
    (before->flags & BALLAST_STORE_LABELS_BY_USER) != 0 || has_wanted_labels (import);

  if (same_record && same_labels)
    return TRUE;
  if (!same_record && (!note_changed_bytes (import, before, &after, error) ||
                       !write_record (import, &after, error)))
    return FALSE;
  if (!same_labels && !replace_labels (import, before->id, error))
    return FALSE;

  count_stored (import, before, import->stored, -1);
  count_stored (import, &after, same_labels ? import->stored : import->wanted, 1);

  return TRUE;
}

/* The path came before: a manifest with a line per label. */
static void
gain_labels (BallastStoreImport       *import,
             const BallastImageRecord *record)
{
  guint n_before = import->stored->len;
  gint64 next_id = BALLAST_STORE_FIRST_ANNOTATION (record->id);

  if (record->flags & BALLAST_STORE_LABELS_BY_USER)
    return;

  count_stored (import, record, import->stored, -1);
  if (n_before > 0)
    next_id = g_array_index (import->stored, BallastAnnotation, n_before - 1).id + 1;
  for (guint i = 0; i < import->wanted->len; i++)
    {
      const BallastAnnotation *label = &g_array_index (import->wanted, BallastAnnotation, i);

      if (holds_label (import->stored, label) ||
          next_id >= BALLAST_STORE_FIRST_ANNOTATION (record->id + 1))
        continue;
      ballast_pending_rows_add_label (import->pending, next_id++, label);
      g_array_append_val (import->stored, *label);
    }
  count_stored (import, record, import->stored, 1);
}

/* What the file calls the image; the same number again writes nothing. */
static gboolean
write_number (BallastStoreImport      *import,
              const BallastStoreImage *image,
              GError                 **error)
{
  BallastStatement *statement;

  if (!image->has_number)
    return TRUE;
  statement = ballast_db_statement (
    import->store->db, "INSERT INTO image_number VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
    "number = excluded.number WHERE number <> excluded.number", error);
  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, image->record.id);
  ballast_statement_bind_int (statement, 2, image->number);

  return ballast_statement_run (statement, error);
}

/* What the file says that the image belongs to; the same again writes nothing. */
static gboolean
write_field (BallastStoreImport      *import,
             const BallastStoreImage *image,
             GError                 **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, image->field != NULL
    ? "INSERT INTO image_field VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value WHERE "
    "value <> excluded.value" : "DELETE FROM image_field WHERE image_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, image->record.id);
  if (image->field != NULL)
    ballast_statement_bind_text (statement, 2, image->field);

  return ballast_statement_run (statement, error);
}

gboolean
ballast_store_import_add_one (BallastStoreImport *import,
                              BallastStoreImage  *image,
                              gint64              folder_id,
                              GError            **error)
{
  BallastImportMatch match = { 0 };
  gboolean seen;

  collect_wanted (import, image);
  if (!import->is_distinct &&
      !ballast_store_import_match (import, folder_id, image->record.name, &match, error))
    return FALSE;

  if (match.record.id == 0)
    {
      add_new (import, image, folder_id);
      return TRUE;
    }

  image->record.id = match.record.id;
  seen = ballast_store_import_has_bit (import->seen, match.record.id);
  import->n_repeats += seen && match.record.id >= import->first_image_id;
  ballast_store_import_set_bit (import->seen, match.record.id);
  if (image->unchanged)
    ballast_store_import_set_bit (import->kept, match.record.id);

  g_array_set_size (import->stored, 0);
  g_byte_array_set_size (import->extras, 0);
  if (!ballast_store_read_annotations (import->store->db, match.record.id, import->stored,
                                       import->extras, error) ||
      !write_number (import, image, error) ||
      ((!seen || image->field != NULL) && !write_field (import, image, error)))
    return FALSE;

  if (!seen)
    return update (import, &match.record, image, error);
  gain_labels (import, &match.record);

  return TRUE;
}
