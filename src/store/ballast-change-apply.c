/*
 * Bringing changes about, forward and back.
 *
 * Every statement names the value that it expects to find, so that undoing an edit after an import
 * takes back what is still the edit's and leaves the rest.  No two changes of
 * an edit touch the same value.  The counts follow by taking away what the touched
 * images contributed before, and adding what they contribute after.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-change.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "ballast-store-private.h"

static gboolean
run_with_numbers (BallastDb  *db,
                  const char *sql,
                  gint64      id,
                  gint64      from,
                  gint64      to,
                  GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, id);
  ballast_statement_bind_int (statement, 2, from);
  ballast_statement_bind_int (statement, 3, to);

  return ballast_statement_run (statement, error);
}

static gboolean
apply_extra (BallastDb           *db,
             const BallastChange *change,
             GError             **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO annotation_extra VALUES (?, ?) ON CONFLICT DO NOTHING", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, change->id);
  ballast_statement_bind_blob (statement, 2, change->extra, change->n_extra);

  return ballast_statement_run (statement, error);
}

/* @sql takes id, class and the four sides. */
static BallastStatement *
bind_row (BallastDb           *db,
          const char          *sql,
          const BallastChange *change,
          gint64               class_id,
          GError             **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_int (statement, 1, change->id);
  ballast_statement_bind_int (statement, 2, class_id);
  if (change->has_box)
    {
      ballast_statement_bind_double (statement, 3, change->box.x);
      ballast_statement_bind_double (statement, 4, change->box.y);
      ballast_statement_bind_double (statement, 5, change->box.width);
      ballast_statement_bind_double (statement, 6, change->box.height);
    }

  return statement;
}

static gboolean
apply_label_row (BallastDb           *db,
                 const BallastChange *change,
                 gint64               from,
                 gint64               to,
                 GError             **error)
{
  BallastStatement *statement;

  if (to == 0)
    return run_with_numbers (db, "DELETE FROM annotation_extra WHERE annotation_id = ?1 AND EXISTS "
                             "(SELECT 1 FROM annotation WHERE id = ?1 AND class_id = ?2) AND ?3 = 0",
                             change->id, from, to, error) &&
           run_with_numbers (db, "DELETE FROM annotation WHERE id = ?1 AND class_id = ?2 AND ?3 = 0",
                             change->id, from, to, error);

  statement = bind_row (db, "INSERT INTO annotation (id, class_id, x, y, width, height) VALUES "
                        "(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", change, to, error);

  return statement != NULL && ballast_statement_run (statement, error) &&
         (change->n_extra == 0 || apply_extra (db, change, error));
}

static gboolean
apply_label_aside (BallastDb           *db,
                   const BallastChange *change,
                   gint64               from,
                   gint64               to,
                   GError             **error)
{
  BallastStatement *statement;

  if (to == 0)
    return run_with_numbers (db, "DELETE FROM annotation_aside WHERE id = ?1 AND class_id = ?2 AND "
                             "?3 = 0", change->id, from, to, error);

  statement = bind_row (db, "INSERT INTO annotation_aside (id, class_id, x, y, width, height, data) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", change, to, error);
  if (statement == NULL)
    return FALSE;
  if (change->n_extra > 0)
    ballast_statement_bind_blob (statement, 7, change->extra, change->n_extra);

  return ballast_statement_run (statement, error);
}

static gboolean
apply_class_name (BallastDb           *db,
                  const BallastChange *change,
                  gboolean             forward,
                  GError             **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "UPDATE class SET name = ? WHERE id = ? AND name = ?", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, forward ? change->text_after : change->text_before);
  ballast_statement_bind_int (statement, 2, change->id);
  ballast_statement_bind_text (statement, 3, forward ? change->text_before : change->text_after);

  return ballast_statement_run (statement, error);
}

static gboolean
apply_alias (BallastDb           *db,
             const BallastChange *change,
             gint64               to,
             GError             **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, to == -1 ? "DELETE FROM class_name WHERE name = ?1"
                 : "INSERT INTO class_name VALUES (?1, nullif (?2, 0)) ON CONFLICT DO UPDATE SET "
    "class_id = excluded.class_id", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, change->key);
  if (to != -1)
    ballast_statement_bind_int (statement, 2, to);

  return ballast_statement_run (statement, error);
}

static gboolean
apply_setting (BallastDb           *db,
               const BallastChange *change,
               gboolean             forward,
               GError             **error)
{
  const char *value = forward ? change->text_after : change->text_before;
  BallastStatement *statement = ballast_db_statement (
    db, value == NULL ? "DELETE FROM setting WHERE key = ?1"
                      : "INSERT INTO setting VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
    "value = excluded.value", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, change->key);
  if (value != NULL)
    ballast_statement_bind_text (statement, 2, value);

  return ballast_statement_run (statement, error);
}

static const char *
sql_of_kind (BallastChangeKind kind)
{
  switch ((guint) kind)
    {
    case BALLAST_CHANGE_IMAGE_FLAGS:
      /* 769: BALLAST_STORE_USER_MASK */
      return "UPDATE image SET flags = flags & ~769 | ?3 WHERE id = ?1 AND flags & 769 = ?2";
    case BALLAST_CHANGE_IMAGE_SPLIT:
      return "UPDATE image SET split_id = nullif (?3, 0) WHERE id = ?1 AND "
             "coalesce (split_id, 0) = ?2";
    case BALLAST_CHANGE_IMAGE_PLACE:
      /* 512: BALLAST_STORE_SPLIT_BY_USER, the ninth bit */
      return "UPDATE image SET split_id = nullif (?3 >> 1, 0), flags = (flags & ~512) | "
             "((?3 & 1) << 9) WHERE id = ?1 AND ((coalesce (split_id, 0) << 1) | ((flags >> 9) & 1)) "
             "= ?2";
    case BALLAST_CHANGE_IMAGE_GROUP:
      return "UPDATE image SET group_id = nullif (?3, 0) WHERE id = ?1 AND "
             "coalesce (group_id, 0) = ?2";
    case BALLAST_CHANGE_LABEL_CLASS:
      return "UPDATE annotation SET class_id = ?3 WHERE id = ?1 AND class_id = ?2";
    case BALLAST_CHANGE_ASIDE_CLASS:
      return "UPDATE annotation_aside SET class_id = ?3 WHERE id = ?1 AND class_id = ?2";
    case BALLAST_CHANGE_CLASS_POSITION:
      return "UPDATE class SET position = ?3 WHERE id = ?1 AND position = ?2";
    case BALLAST_CHANGE_CLASS_DROPPED:
      return "UPDATE class SET dropped = ?3 WHERE id = ?1 AND dropped = ?2";
    case BALLAST_CHANGE_SPLIT_DROPPED:
      /* A split that an import has filled since stays. */
      return "UPDATE split SET dropped = ?3 WHERE id = ?1 AND dropped = ?2 AND (?3 = 0 OR NOT "
             "EXISTS (SELECT 1 FROM image WHERE split_id = ?1))";
    default:
      g_assert_not_reached ();
    }
}

G_STATIC_ASSERT (BALLAST_STORE_USER_MASK == 769);
G_STATIC_ASSERT (BALLAST_STORE_SPLIT_BY_USER == 1 << 9);

static gboolean
apply_one (BallastDb           *db,
           const BallastChange *change,
           gboolean             forward,
           GError             **error)
{
  gint64 from = forward ? change->before : change->after;
  gint64 to = forward ? change->after : change->before;

  switch ((guint) change->kind)
    {
    case BALLAST_CHANGE_LABEL_ROW:
      return apply_label_row (db, change, from, to, error);
    case BALLAST_CHANGE_LABEL_ASIDE:
      return apply_label_aside (db, change, from, to, error);
    case BALLAST_CHANGE_CLASS_NAME:
      return apply_class_name (db, change, forward, error);
    case BALLAST_CHANGE_CLASS_ALIAS:
      return apply_alias (db, change, to, error);
    case BALLAST_CHANGE_SETTING:
      return apply_setting (db, change, forward, error);
    default:
      return run_with_numbers (db, sql_of_kind (change->kind), change->id, from, to, error);
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

static void
sort_unique (GArray *ids)
{
  guint n = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (n == 0 || g_array_index (ids, gint64, i) != g_array_index (ids, gint64, n - 1))
      g_array_index (ids, gint64, n++) = g_array_index (ids, gint64, i);
  g_array_set_size (ids, n);
}

static BallastStoreChange
touched_by (BallastChangeKind kind)
{
  switch ((guint) kind)
    {
    case BALLAST_CHANGE_SETTING:
      return BALLAST_STORE_CHANGED_SETTINGS;
    case BALLAST_CHANGE_CLASS_NAME:
    case BALLAST_CHANGE_CLASS_POSITION:
    case BALLAST_CHANGE_CLASS_DROPPED:
    case BALLAST_CHANGE_CLASS_ALIAS:
    case BALLAST_CHANGE_SPLIT_DROPPED:
      return BALLAST_STORE_CHANGED_CLASSES;
    default:
      return BALLAST_STORE_CHANGED_IMAGES;
    }
}

/* (transfer full) (nullable): the images that the changes are of; NULL where the bytes are damaged. */
static GArray *
list_images (BallastDb          *db,
             const GByteArray   *changes,
             BallastStoreChange *touched,
             GError            **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  BallastChangeReader reader;
  BallastChange change;

  ballast_change_reader_init (&reader, changes->data, changes->len);
  while (ballast_change_reader_next (&reader, &change))
    {
      gint64 id = ballast_change_get_image (&change);

      *touched |= touched_by (change.kind);
      if (id != 0 && (ids->len == 0 || g_array_index (ids, gint64, ids->len - 1) != id))
        g_array_append_val (ids, id);
    }

  if (reader.is_damaged)
    {
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_CORRUPT,
                   _("The list of edits of the project “%s” is damaged"), ballast_db_get_path (db));
      return NULL;
    }
  sort_unique (ids);

  return g_steal_pointer (&ids);
}

/* So many images side by side are read in one pass. */
#define MIN_SCANNED 64
#define MIN_DENSITY 8

static gboolean
count_images (BallastDb         *db,
              const GArray      *ids,
              int                sign,
              BallastCountDelta *delta,
              GError           **error)
{
  const gint64 *all = (const gint64 *) (gpointer) ids->data;

  if (ids->len >= MIN_SCANNED && all[ids->len - 1] - all[0] < (gint64) ids->len * MIN_DENSITY)
    return ballast_store_count_range (db, ids, sign, delta, error);

  for (guint i = 0; i < ids->len; i++)
    if (!ballast_store_count_image (db, g_array_index (ids, gint64, i), sign, delta, error))
      return FALSE;

  return TRUE;
}

static gboolean
apply_each (BallastDb        *db,
            const GByteArray *changes,
            gboolean          forward,
            GError          **error)
{
  BallastChangeReader reader;
  BallastChange change;

  ballast_change_reader_init (&reader, changes->data, changes->len);
  while (ballast_change_reader_next (&reader, &change))
    if (!apply_one (db, &change, forward, error))
      return FALSE;

  return TRUE;
}

gboolean
ballast_change_apply (BallastDb          *db,
                      const GByteArray   *changes,
                      gboolean            forward,
                      BallastStoreChange *touched,
                      GError            **error)
{
  g_autoptr(BallastCountDelta) delta = ballast_count_delta_new ();
  BallastStoreChange all = 0;
  g_autoptr(GArray) ids = list_images (db, changes, &all, error);

  if (ids == NULL)
    return FALSE;
  if (touched != NULL)
    *touched = all;

  return count_images (db, ids, -1, delta, error) && apply_each (db, changes, forward, error) &&
         count_images (db, ids, 1, delta, error) && ballast_count_delta_write (delta, db, error) &&
         ballast_store_refresh_leaks (db, ids, error);
}
