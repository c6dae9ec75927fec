/*
 * Settings: JSON texts by key, changed by edits like everything else.
 *
 * While a slider moves, its changes become one step: the step in the journal is given the new
 * value, and keeps the value from before the gesture.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-edit-private.h"

char *
ballast_store_dup_setting (BallastStore *store,
                           const char   *key)
{
  BallastStatement *statement =
    ballast_db_statement (store->db, "SELECT value FROM setting WHERE key = ?", NULL);
  char *value = NULL;

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_text (statement, 1, key);
  if (ballast_statement_step (statement, NULL) == BALLAST_STEP_ROW)
    value = ballast_statement_dup_bytes (statement, 0);
  ballast_statement_reset (statement);

  return value;
}

/* Finds the step that this change goes on with: the last one, of the same gesture, with nothing
 * undone after it.  *id is 0 where there is none. */
static gboolean
find_gesture (BallastDb  *db,
              const char *gesture,
              gint64     *id,
              GByteArray *changes,
              GError    **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT id, changes FROM edit WHERE id = (SELECT max (id) FROM edit) AND undone = 0 AND "
    "code = 'setting' AND gesture = ?", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  *id = 0;
  ballast_statement_bind_text (statement, 1, gesture);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    {
      gsize size;
      const void *data = ballast_statement_peek_blob (statement, 1, &size);

      *id = ballast_statement_get_int (statement, 0);
      g_byte_array_append (changes, data, size);
    }
  ballast_statement_reset (statement);

  return step != BALLAST_STEP_ERROR;
}

static gboolean
rewrite_step (BallastDb        *db,
              gint64            id,
              const GByteArray *changes,
              GError          **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "UPDATE edit SET changes = ?, time_us = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_blob (statement, 1, changes->data, changes->len);
  ballast_statement_bind_int (statement, 2, g_get_real_time ());
  ballast_statement_bind_int (statement, 3, id);

  return ballast_statement_run (statement, error);
}

/* *continued tells whether the change became part of the step before. */
static gboolean
continue_gesture (BallastDb   *db,
                  BallastEdit *edit,
                  const char  *key,
                  const char  *value,
                  gboolean    *continued,
                  GError     **error)
{
  g_autoptr(GByteArray) changes = g_byte_array_new ();
  BallastChangeReader reader;
  BallastChange first;
  BallastChangeLog log;
  gint64 id;
  gboolean written;

  *continued = FALSE;
  if (!find_gesture (db, edit->gesture, &id, changes, error))
    return FALSE;
  ballast_change_reader_init (&reader, changes->data, changes->len);
  if (id == 0 || !ballast_change_reader_next (&reader, &first) ||
      g_strcmp0 (first.key, key) != 0)
    return TRUE;

  *continued = TRUE;
  first.text_after = value;
  ballast_change_log_init (&log);
  ballast_change_log_add (&log, first);
  written = ballast_change_apply (db, log.bytes, TRUE, NULL, error) &&
            rewrite_step (db, id, log.bytes, error);
  ballast_change_log_clear (&log);

  return written;
}

static gboolean
set_setting (BallastStore *store,
             BallastEdit  *edit,
             const char   *key,
             const char   *value,
             GError      **error)
{
  g_autofree char *before = ballast_store_dup_setting (store, key);
  gboolean continued = FALSE;

  if (g_strcmp0 (before, value) == 0)
    return TRUE;
  if (edit->gesture != NULL &&
      !continue_gesture (store->db, edit, key, value, &continued, error))
    return FALSE;
  if (continued)
    return TRUE;

  ballast_change_log_add (&edit->log, (BallastChange) {
    .kind = BALLAST_CHANGE_SETTING,
    .key = key,
    .text_before = before,
    .text_after = value,
  });

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_set_setting (BallastStore *store,
                           const char   *key,
                           const char   *value,
                           const char   *label,
                           const char   *gesture,
                           GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("setting");

  g_return_val_if_fail (key != NULL && label != NULL, FALSE);

  edit->label = g_strdup (label);
  edit->gesture = gesture;
  ballast_edit_add_argument (edit, key);
  ballast_edit_add_argument (edit, label);

  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, set_setting (store, edit, key, value, error), error);
}
