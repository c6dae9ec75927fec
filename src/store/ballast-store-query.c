/*
 * Reading images.
 *
 * The order is that of the ids, so a page is found by its first id (keyset), never by counting
 * rows away, and costs the same at any depth.  A class is read off the index on annotations, whose
 * rows of one image lie together: several boxes of the class in one image are one result.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-query.h"

#include <string.h>

#include "ballast-path.h"
#include "ballast-store-private.h"

#define IMAGE_SQL                                                                                  \
  "SELECT i.id, i.flags, i.split_id, f.source_id, f.path, i.name, i.width, i.height, i.coding, "  \
  "i.size_bytes, i.mtime_ns, n.number FROM image i JOIN folder f ON f.id = i.folder_id LEFT JOIN "   \
  "image_number n ON n.image_id = i.id WHERE i.id = ?"

#define FORMAT_BITS 4
#define COLOUR_BITS 3
#define ORIENTATION_BITS 4
#define MAX_DEPTH 63

guint
ballast_store_pack_coding (const BallastImageFacts *facts)
{
  guint coding = MIN (facts->depth, MAX_DEPTH);

  coding = coding << ORIENTATION_BITS | (facts->orientation & 0xf);
  coding = coding << COLOUR_BITS | (facts->colour & 0x7);

  return coding << FORMAT_BITS | (facts->format & 0xf);
}

void
ballast_store_unpack_coding (guint              coding,
                             BallastImageFacts *facts)
{
  facts->format = coding & 0xf;
  facts->colour = coding >> FORMAT_BITS & 0x7;
  facts->orientation = coding >> (FORMAT_BITS + COLOUR_BITS) & 0xf;
  facts->depth = coding >> (FORMAT_BITS + COLOUR_BITS + ORIENTATION_BITS) & MAX_DEPTH;
}

/* Appends what the annotations carry to @extras; where it lies is known when all is read. */
static gboolean
read_extras (BallastDb  *db,
             gint64      image_id,
             GArray     *annotations,
             GByteArray *extras,
             GError    **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT annotation_id, data FROM annotation_extra WHERE annotation_id >= ? AND "
    "annotation_id < ?", error);
  guint i = 0;
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, BALLAST_STORE_FIRST_ANNOTATION (image_id));
  ballast_statement_bind_int (statement, 2, BALLAST_STORE_FIRST_ANNOTATION (image_id + 1));
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);
      gsize size;
      const void *bytes = ballast_statement_peek_blob (statement, 1, &size);

      while (i < annotations->len && g_array_index (annotations, BallastAnnotation, i).id < id)
        i++;
      if (i >= annotations->len || g_array_index (annotations, BallastAnnotation, i).id != id)
        continue;
      g_array_index (annotations, BallastAnnotation, i).n_extra = size;
      g_byte_array_append (extras, bytes, size);
    }

  return step == BALLAST_STEP_DONE;
}

static void
point_to_extras (BallastAnnotation *annotations,
                 guint              n_annotations,
                 const guint8      *extras)
{
  for (guint i = 0; i < n_annotations; i++)
    {
      annotations[i].extra = annotations[i].n_extra > 0 ? extras : NULL;
      extras += annotations[i].n_extra;
    }
}

gboolean
ballast_store_read_labels (BallastDb  *db,
                           const char *sql,
                           gint64      image_id,
                           GArray     *labels,
                           GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, BALLAST_STORE_FIRST_ANNOTATION (image_id));
  ballast_statement_bind_int (statement, 2, BALLAST_STORE_FIRST_ANNOTATION (image_id + 1));
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastAnnotation label = {
        .id = ballast_statement_get_int (statement, 0),
        .image_id = image_id,
        .class_id = ballast_statement_get_int (statement, 1),
        .has_box = !ballast_statement_is_null (statement, 2),
        .box = { ballast_statement_get_double (statement, 2),
                 ballast_statement_get_double (statement, 3),
                 ballast_statement_get_double (statement, 4),
                 ballast_statement_get_double (statement, 5) },
      };

      g_array_append_val (labels, label);
    }

  return step == BALLAST_STEP_DONE;
}

gboolean
ballast_store_read_annotations (BallastDb  *db,
                                gint64      image_id,
                                GArray     *annotations,
                                GByteArray *extras,
                                GError    **error)
{
  if (!ballast_store_read_labels (db, "SELECT id, class_id, x, y, width, height FROM annotation "
                                  "WHERE id >= ? AND id < ?", image_id, annotations, error))
    return FALSE;
  if (extras == NULL || annotations->len == 0)
    return TRUE;
  if (!read_extras (db, image_id, annotations, extras, error))
    return FALSE;
  point_to_extras ((BallastAnnotation *) (gpointer) annotations->data, annotations->len,
                   extras->data);

  return TRUE;
}

static void
read_record (BallastStatement   *statement,
             BallastImageRecord *record)
{
  record->id = ballast_statement_get_int (statement, 0);
  record->flags = ballast_statement_get_int (statement, 1) & BALLAST_IMAGE_ALL_FLAGS;
  record->split_id = ballast_statement_get_int (statement, 2);
  record->source_id = ballast_statement_get_int (statement, 3);
  record->folder = ballast_statement_dup_bytes (statement, 4);
  record->name = ballast_statement_dup_bytes (statement, 5);
  record->facts.width = ballast_statement_get_int (statement, 6);
  record->facts.height = ballast_statement_get_int (statement, 7);
  ballast_store_unpack_coding (ballast_statement_get_int (statement, 8), &record->facts);
  record->facts.size_bytes = ballast_statement_get_int (statement, 9);
  record->facts.mtime_ns = ballast_statement_get_int (statement, 10);
}

/* Annotations and what they carry in one block, which is freed as one. */
static void
join_annotations (BallastStoreImage *image,
                  const GArray      *annotations,
                  const GByteArray  *extras)
{
  gsize size = annotations->len * sizeof (BallastAnnotation);
  guint8 *block = annotations->len > 0 ? g_malloc (size + extras->len) : NULL;

  image->n_annotations = annotations->len;
  image->annotations = (BallastAnnotation *) (gpointer) block;
  if (block == NULL)
    return;
  memcpy (block, annotations->data, size);
  if (extras->len > 0)
    memcpy (block + size, extras->data, extras->len);
  point_to_extras (image->annotations, image->n_annotations, block + size);
}

static gboolean
read_image (BallastDb         *db,
            gint64             id,
            BallastStoreImage *image,
            GError           **error)
{
  BallastStatement *statement = ballast_db_statement (db, IMAGE_SQL, error);
  g_autoptr(GArray) annotations = NULL;
  g_autoptr(GByteArray) extras = NULL;
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, id);
  step = ballast_statement_step (statement, error);
  if (step != BALLAST_STEP_ROW)
    return step == BALLAST_STEP_DONE;
  read_record (statement, &image->record);
  image->has_number = !ballast_statement_is_null (statement, 11);
  image->number = ballast_statement_get_int (statement, 11);
  ballast_statement_reset (statement);

  annotations = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));
  extras = g_byte_array_new ();
  if (!ballast_store_read_annotations (db, id, annotations, extras, error))
    return FALSE;
  join_annotations (image, annotations, extras);

  return TRUE;
}

gboolean
ballast_store_count_image (BallastDb         *db,
                           gint64             image_id,
                           int                sign,
                           BallastCountDelta *delta,
                           GError           **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT flags, split_id FROM image WHERE id = ?", error);
  g_autoptr(GArray) annotations = NULL;
  BallastImageRecord record = { 0 };
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, image_id);
  step = ballast_statement_step (statement, error);
  if (step != BALLAST_STEP_ROW)
    return step == BALLAST_STEP_DONE;
  record.flags = ballast_statement_get_int (statement, 0);
  record.split_id = ballast_statement_get_int (statement, 1);
  ballast_statement_reset (statement);

  annotations = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));
  if (!ballast_store_read_annotations (db, image_id, annotations, NULL, error))
    return FALSE;
  ballast_count_delta_add (delta, &record, &g_array_index (annotations, BallastAnnotation, 0),
                           annotations->len, sign);

  return TRUE;
}

GArray *
ballast_store_get_images (BallastStore *store,
                          const gint64 *ids,
                          gsize         n_ids,
                          GError      **error)
{
  g_autoptr(GArray) images = g_array_new (FALSE, TRUE, sizeof (BallastStoreImage));
  gboolean begun = ballast_db_begin_read (store->db);
  gboolean succeeded = TRUE;

  g_array_set_clear_func (images, (GDestroyNotify) ballast_store_image_clear);
  g_array_set_size (images, n_ids);
  for (gsize i = 0; i < n_ids && succeeded; i++)
    succeeded = read_image (store->db, ids[i], &g_array_index (images, BallastStoreImage, i), error);
  ballast_db_end_read (store->db, begun);

  return succeeded ? g_steal_pointer (&images) : NULL;
}

static gboolean
needs_image_row (const BallastStoreQuery *query)
{
  return query->class_id <= 0 || query->split_id != BALLAST_QUERY_ANY || query->flags_mask != 0 ||
         query->search != NULL;
}

/* ?1 class, ?2 first annotation or image, ?3 split, ?4 mask, ?5 value, ?6 problem, ?7 search, ?8 the
 * other class */
static char *
dup_sql (const BallastStoreQuery *query)
{
  gboolean by_class = query->class_id > 0;
  GString *sql = g_string_new (NULL);

  if (by_class)
    g_string_append_printf (sql, "SELECT a.id >> 20 FROM annotation a%s WHERE a.class_id = ?1 AND "
                            "a.id >= ?2",
                            needs_image_row (query) ? " CROSS JOIN image i ON i.id = a.id >> 20" : "");
  else
    g_string_append (sql, "SELECT i.id FROM image i WHERE i.id >= ?2");

  if (query->class_id == BALLAST_QUERY_NONE)
    g_string_append (sql, " AND NOT EXISTS (SELECT 1 FROM annotation WHERE id >= i.id << 20 AND "
                     "id < (i.id + 1) << 20)");
  if (query->also_class_id > 0)
    g_string_append_printf (sql, " AND EXISTS (SELECT 1 FROM annotation o WHERE o.class_id = ?8 AND "
                            "o.id >= %s << 20 AND o.id < (%s + 1) << 20)",
                            by_class ? "(a.id >> 20)" : "i.id", by_class ? "(a.id >> 20)" : "i.id");
  if (query->split_id == BALLAST_QUERY_NONE)
    g_string_append (sql, " AND i.split_id IS NULL");
  else if (query->split_id != BALLAST_QUERY_ANY)
    g_string_append (sql, " AND i.split_id = ?3");
  if (query->flags_mask != 0)
    g_string_append (sql, " AND i.flags & ?4 = ?5");
  if (query->problem_kind != 0)
    g_string_append_printf (sql, " AND %s IN (SELECT image_id FROM problem WHERE kind = ?6 UNION "
                            "SELECT other_image_id FROM problem WHERE kind = ?6)",
                            by_class ? "a.id >> 20" : "i.id");
  if (query->search != NULL)
    g_string_append (sql, " AND (ballast_contains (i.name, ?7) OR i.folder_id IN "
                     "(SELECT id FROM folder WHERE ballast_contains (path, ?7)))");
  g_string_append (sql, by_class ? " ORDER BY a.id" : " ORDER BY i.id");

  return g_string_free (sql, FALSE);
}

static BallastStatement *
prepare_query (BallastStore            *store,
               const BallastStoreQuery *query,
               gint64                   after_id,
               GError                 **error)
{
  g_autofree char *sql = dup_sql (query);
  BallastStatement *statement = ballast_db_statement (store->db, sql, error);
  gint64 first = after_id + 1;

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_int (statement, 2, query->class_id > 0
                                              ? BALLAST_STORE_FIRST_ANNOTATION (first) : first);
  if (query->class_id > 0)
    ballast_statement_bind_int (statement, 1, query->class_id);
  if (query->split_id > 0)
    ballast_statement_bind_int (statement, 3, query->split_id);
  if (query->flags_mask != 0)
    {
      ballast_statement_bind_int (statement, 4, query->flags_mask);
      ballast_statement_bind_int (statement, 5, query->flags_value);
    }
  if (query->problem_kind != 0)
    ballast_statement_bind_int (statement, 6, query->problem_kind);
  if (query->search != NULL)
    ballast_statement_bind_bytes (statement, 7, query->search);
  if (query->also_class_id > 0)
    ballast_statement_bind_int (statement, 8, query->also_class_id);

  return statement;
}

/* Images of several annotations come once.  A @limit of 0 is none. */
static GArray *
collect (BallastStatement *statement,
         guint             limit,
         GError          **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  BallastStep step = BALLAST_STEP_DONE;
  gint64 last = 0;

  while ((limit == 0 || ids->len < limit) &&
         (step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);

      if (id != last)
        g_array_append_val (ids, id);
      last = id;
    }
  ballast_statement_reset (statement);

  return step != BALLAST_STEP_ERROR ? g_steal_pointer (&ids) : NULL;
}

GArray *
ballast_store_ids (BallastStore            *store,
                   const BallastStoreQuery *query,
                   GCancellable            *cancellable,
                   GError                 **error)
{
  BallastStatement *statement = prepare_query (store, query, 0, error);
  GArray *ids;

  if (statement == NULL)
    return NULL;

  ballast_db_set_cancellable (store->db, cancellable);
  ids = collect (statement, 0, error);
  ballast_db_set_cancellable (store->db, NULL);

  return ids;
}

GArray *
ballast_store_page (BallastStore            *store,
                    const BallastStoreQuery *query,
                    gint64                   after_id,
                    guint                    limit,
                    GError                 **error)
{
  BallastStatement *statement = prepare_query (store, query, after_id, error);
  g_autoptr(GArray) ids = NULL;

  g_return_val_if_fail (limit > 0, NULL);

  if (statement == NULL)
    return NULL;
  ids = collect (statement, limit, error);
  if (ids == NULL)
    return NULL;

  return ballast_store_get_images (store, &g_array_index (ids, gint64, 0), ids->len, error);
}

static gint64
find_in_source (BallastStore *store,
                gint64        source_id,
                const char   *path,
                GError      **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT id FROM image WHERE folder_id = (SELECT id FROM folder WHERE source_id = ? "
    "AND path = ?) AND name = ?", error);
  const char *slash = strrchr (path, '/');
  g_autofree char *folder = g_strndup (path, slash != NULL ? slash - path : 0);
  BallastStep step;
  gint64 id = 0;

  if (statement == NULL)
    return -1;

  ballast_statement_bind_int (statement, 1, source_id);
  ballast_statement_bind_bytes (statement, 2, folder);
  ballast_statement_bind_bytes (statement, 3, slash != NULL ? slash + 1 : path);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    id = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);

  return step == BALLAST_STEP_ERROR ? -1 : id;
}

gint64
ballast_store_find_image (BallastStore *store,
                          const char   *path,
                          GError      **error)
{
  g_autoptr(GPtrArray) sources = ballast_store_get_sources (store, error);
  gint64 id = 0;

  if (sources == NULL)
    return -1;

  for (guint i = 0; i < sources->len && id == 0; i++)
    {
      const BallastSource *source = g_ptr_array_index (sources, i);
      gsize length = strlen (source->root);

      if (*path != '/')
        id = find_in_source (store, source->id, path, error);
      else if (g_str_has_prefix (path, source->root) && path[length] == '/')
        id = find_in_source (store, source->id, path + length + 1, error);
    }

  return id;
}
