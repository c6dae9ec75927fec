/*
 * Edits of classes.
 *
 * An edit first reads what it will change and writes it down, then has that brought about.  A
 * class that goes is hidden, not deleted; the names under which sources know it lead to what it
 * became.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-edit-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

char *
ballast_store_dup_class_name (BallastDb *db,
                              gint64     class_id,
                              GError   **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT name FROM class WHERE id = ? AND dropped = 0", error);
  BallastStep step;
  char *name = NULL;

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_int (statement, 1, class_id);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    name = ballast_statement_dup_bytes (statement, 0);
  else if (step == BALLAST_STEP_DONE)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_FOUND,
                 _("The project “%s” has no class number %" PRId64),
                 ballast_db_get_path (db), class_id);
  ballast_statement_reset (statement);

  return name;
}

gboolean
ballast_store_check_class_name (BallastDb  *db,
                                const char *name,
                                GError    **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT 1 FROM class WHERE name = ? AND dropped = 0", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;
  if (name == NULL || *name == '\0' || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_FAILED,
                   _("The name of a class in the project “%s” is empty or not valid text"),
                   ballast_db_get_path (db));
      return FALSE;
    }

  ballast_statement_bind_text (statement, 1, name);
  step = ballast_statement_step (statement, error);
  ballast_statement_reset (statement);
  if (step == BALLAST_STEP_ROW)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_EXISTS,
                 _("The project “%s” has a class “%s” already"), ballast_db_get_path (db), name);

  return step == BALLAST_STEP_DONE;
}

static gint64
make_hidden_class (BallastDb  *db,
                   const char *name,
                   GError    **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO class (name, position, dropped) VALUES (?, "
    "(SELECT coalesce (max (position), -1) + 1 FROM class), 1)", error);

  if (statement == NULL)
    return -1;

  ballast_statement_bind_text (statement, 1, name);

  return ballast_statement_run (statement, error) ? ballast_db_get_last_insert_id (db) : -1;
}

/* A name that a drop had led to nothing leads to the new class. */
static gboolean
log_revived_name (BallastEdit *edit,
                  BallastDb   *db,
                  const char  *name,
                  gint64       class_id,
                  GError     **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT 1 FROM class_name WHERE name = ? AND class_id IS NULL", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, name);
  step = ballast_statement_step (statement, error);
  ballast_statement_reset (statement);
  if (step == BALLAST_STEP_ROW)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_CLASS_ALIAS, .key = name, .before = 0, .after = class_id,
    });

  return step != BALLAST_STEP_ERROR;
}

static gboolean
add_class (BallastStore *store,
           const char   *name,
           gint64       *class_id,
           GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("add-class");

  if (!ballast_store_check_class_name (store->db, name, error))
    return FALSE;
  *class_id = make_hidden_class (store->db, name, error);
  if (*class_id < 0)
    return FALSE;

  edit->label = g_strdup_printf ("Add “%s”", name);
  ballast_edit_add_argument (edit, name);
  ballast_change_log_add (&edit->log, (BallastChange) {
    .kind = BALLAST_CHANGE_CLASS_DROPPED, .id = *class_id, .before = 1, .after = 0,
  });

  return log_revived_name (edit, store->db, name, *class_id, error) &&
         ballast_store_record_edit (store, edit, error);
}

gint64
ballast_store_add_class (BallastStore *store,
                         const char   *name,
                         GError      **error)
{
  gint64 class_id = -1;

  if (!ballast_store_begin_edit (store, error) ||
      !ballast_db_end (store->db, add_class (store, name, &class_id, error), error))
    return -1;

  return class_id;
}

static gboolean
rename_class (BallastStore *store,
              gint64        class_id,
              const char   *name,
              GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("rename-class");
  g_autofree char *before = ballast_store_dup_class_name (store->db, class_id, error);

  if (before == NULL)
    return FALSE;
  if (g_strcmp0 (before, name) == 0)
    return TRUE;
  if (!ballast_store_check_class_name (store->db, name, error))
    return FALSE;

  edit->label = g_strdup_printf ("Rename “%s” to “%s”", before, name);
  ballast_edit_add_argument (edit, before);
  ballast_edit_add_argument (edit, name);
  ballast_change_log_add (&edit->log, (BallastChange) {
    .kind = BALLAST_CHANGE_CLASS_NAME, .id = class_id, .text_before = before, .text_after = name,
  });

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_rename_class (BallastStore *store,
                            gint64        class_id,
                            const char   *name,
                            GError      **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, rename_class (store, class_id, name, error), error);
}

gboolean
ballast_edit_remove_label (BallastEdit *edit,
                           BallastDb   *db,
                           gint64       annotation_id,
                           GError     **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT class_id, x, y, width, height, data FROM annotation LEFT JOIN annotation_extra ON "
    "annotation_id = id WHERE id = ?", error);
  const void *extra;
  gsize n_extra = 0;
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, annotation_id);
  step = ballast_statement_step (statement, error);
  extra = step == BALLAST_STEP_ROW ? ballast_statement_peek_blob (statement, 5, &n_extra) : NULL;
  if (step == BALLAST_STEP_ROW)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_LABEL_ROW,
      .id = annotation_id,
      .before = ballast_statement_get_int (statement, 0),
      .has_box = !ballast_statement_is_null (statement, 1),
      .box = { ballast_statement_get_double (statement, 1), ballast_statement_get_double (statement, 2),
               ballast_statement_get_double (statement, 3), ballast_statement_get_double (statement, 4) },
      .extra = extra,
      .n_extra = n_extra,
    });
  ballast_statement_reset (statement);

  return step != BALLAST_STEP_ERROR;
}

gboolean
ballast_edit_hide_class (BallastEdit *edit,
                         BallastDb   *db,
                         gint64       class_id,
                         gint64       becomes,
                         GError     **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT name FROM class_name WHERE class_id = ?", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_change_log_add (&edit->log, (BallastChange) {
    .kind = BALLAST_CHANGE_CLASS_DROPPED, .id = class_id, .before = 0, .after = 1,
  });
  ballast_statement_bind_int (statement, 1, class_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_CLASS_ALIAS,
      .key = ballast_statement_peek_text (statement, 0),
      .before = class_id,
      .after = becomes,
    });

  return step == BALLAST_STEP_DONE;
}

gboolean
ballast_store_list_labels (BallastDb *db,
                           gint64     class_id,
                           GArray    *labels,
                           GError   **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT id, x IS NULL FROM annotation WHERE class_id = ?", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, class_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastClassLabel label = { ballast_statement_get_int (statement, 0), class_id,
                                  ballast_statement_get_int (statement, 1) };

      g_array_append_val (labels, label);
    }

  return step == BALLAST_STEP_DONE;
}

static gboolean
drop_class (BallastStore *store,
            gint64        class_id,
            GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("drop-class");
  g_autofree char *name = ballast_store_dup_class_name (store->db, class_id, error);
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (BallastClassLabel));

  if (name == NULL || !ballast_store_list_labels (store->db, class_id, labels, error))
    return FALSE;

  edit->label = g_strdup_printf ("Drop “%s”", name);
  ballast_edit_add_argument (edit, name);
  for (guint i = 0; i < labels->len; i++)
    if (!ballast_edit_remove_label (edit, store->db, g_array_index (labels, BallastClassLabel, i).id, error))
      return FALSE;

  return ballast_edit_move_aside (edit, store->db, class_id, 0, error) &&
         ballast_edit_hide_class (edit, store->db, class_id, 0, error) &&
         ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_drop_class (BallastStore *store,
                          gint64        class_id,
                          GError      **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, drop_class (store, class_id, error), error);
}

static gboolean
log_position (BallastEdit *edit,
              BallastDb   *db,
              gint64       class_id,
              gint64       position,
              GError     **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT position FROM class WHERE id = ?", error);
  gint64 before;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, class_id);
  if (ballast_statement_step (statement, error) != BALLAST_STEP_ROW)
    return FALSE;
  before = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);

  if (before != position)
    ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_CLASS_POSITION, .id = class_id, .before = before, .after = position,
    });

  return TRUE;
}

/* Every class must come, and once. */
static gboolean
check_order (BallastDb    *db,
             const gint64 *ids,
             gsize         n_ids,
             GError      **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64 n_classes;

  for (gsize i = 0; i < n_ids; i++)
    {
      g_autofree char *name = ballast_store_dup_class_name (db, ids[i], error);

      if (name == NULL)
        return FALSE;
      g_hash_table_add (seen, (gpointer) &ids[i]);
    }

  if (!ballast_db_get_int (db, "SELECT count(*) FROM class WHERE dropped = 0", &n_classes, error))
    return FALSE;
  if (g_hash_table_size (seen) == n_ids && (gint64) n_ids == n_classes)
    return TRUE;

  g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_FAILED,
               _("An order of the classes of “%s” must name every class once"),
               ballast_db_get_path (db));
  return FALSE;
}

static gboolean
reorder_classes (BallastStore *store,
                 const gint64 *ids,
                 gsize         n_ids,
                 GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("reorder-classes");

  if (!check_order (store->db, ids, n_ids, error))
    return FALSE;

  edit->label = g_strdup ("Reorder classes");
  for (gsize i = 0; i < n_ids; i++)
    if (!log_position (edit, store->db, ids[i], i, error))
      return FALSE;

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_reorder_classes (BallastStore *store,
                               const gint64 *ids,
                               gsize         n_ids,
                               GError      **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, reorder_classes (store, ids, n_ids, error), error);
}
