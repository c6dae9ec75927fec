/*
 * Undo and redo.
 *
 * The table edit holds the steps in order: those done, then those undone, which a new edit
 * deletes.  The oldest steps go when there are many or they are large.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-edit.h"

#include <glib/gi18n-lib.h>

#include "ballast-json.h"
#include "ballast-path.h"
#include "ballast-store-edit-private.h"

/* Keeps 1000 steps and 256 MiB of them, and the last step whatever its size. */
#define PRUNE_SQL                                                                                  \
  "DELETE FROM edit WHERE id IN (SELECT id FROM (SELECT id, "                                      \
  "row_number () OVER (ORDER BY id DESC) AS place, "                                               \
  "sum (length (changes)) OVER (ORDER BY id DESC) AS bytes FROM edit) "                            \
  "WHERE place > 1000 OR (place > 1 AND bytes > 268435456))"

#define UNDO_SQL "WHERE undone = 0 ORDER BY id DESC LIMIT 1"
#define REDO_SQL "WHERE undone = 1 ORDER BY id LIMIT 1"
#define STEP_SQL "SELECT id, code, arguments, label, time_us FROM edit "
#define CHANGES_SQL "SELECT id, changes FROM edit "

BallastEdit *
ballast_edit_new (const char *code)
{
  BallastEdit *edit = g_new0 (BallastEdit, 1);

  edit->code = code;
  edit->arguments = g_ptr_array_new_with_free_func (g_free);
  ballast_change_log_init (&edit->log);

  return edit;
}

void
ballast_edit_free (BallastEdit *edit)
{
  if (edit == NULL)
    return;

  ballast_change_log_clear (&edit->log);
  g_ptr_array_unref (edit->arguments);
  g_free (edit->label);
  g_free (edit);
}

void
ballast_edit_add_argument (BallastEdit *edit,
                           const char  *argument)
{
  g_ptr_array_add (edit->arguments, g_strdup (argument));
}

static char *
dup_arguments_as_json (const BallastEdit *edit)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < edit->arguments->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (edit->arguments, i));
  json_node_take_array (node, array);

  return ballast_json_to_string (node, FALSE);
}

static gboolean
insert_step (BallastDb         *db,
             const BallastEdit *edit,
             GError           **error)
{
  g_autofree char *arguments = dup_arguments_as_json (edit);
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO edit (code, arguments, label, time_us, gesture, changes) "
    "VALUES (?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, edit->code);
  ballast_statement_bind_text (statement, 2, arguments);
  ballast_statement_bind_text (statement, 3, edit->label);
  ballast_statement_bind_int (statement, 4, g_get_real_time ());
  ballast_statement_bind_text (statement, 5, edit->gesture);
  ballast_statement_bind_blob (statement, 6, edit->log.bytes->data, edit->log.bytes->len);

  return ballast_statement_run (statement, error);
}

gboolean
ballast_store_record_edit (BallastStore *store,
                           BallastEdit  *edit,
                           GError      **error)
{
  if (edit->log.bytes->len == 0)
    return TRUE;

  return ballast_db_exec (store->db, "DELETE FROM edit WHERE undone = 1", error) &&
         ballast_change_apply (store->db, edit->log.bytes, TRUE, NULL, error) &&
         insert_step (store->db, edit, error) && ballast_db_exec (store->db, PRUNE_SQL, error);
}

/* The step that @sql names; 0 with @error set where there is none. */
static gint64
read_changes (BallastStore *store,
              const char   *sql,
              GByteArray   *changes,
              GError      **error)
{
  BallastStatement *statement = ballast_db_statement (store->db, sql, error);
  g_autofree char *display = ballast_path_display (store->path);
  BallastStep step;
  gint64 id = 0;

  if (statement == NULL)
    return 0;

  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    {
      gsize size;
      const void *data = ballast_statement_peek_blob (statement, 1, &size);

      id = ballast_statement_get_int (statement, 0);
      g_byte_array_append (changes, data, size);
    }
  else if (step == BALLAST_STEP_DONE)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_FOUND,
                 _("There is nothing to undo or redo in the project “%s”"), display);
  ballast_statement_reset (statement);

  return id;
}

static gboolean
mark_step (BallastDb *db,
           gint64     id,
           gboolean   undone,
           GError   **error)
{
  /* A step that was undone and redone is whole: a gesture does not go on in it. */
  BallastStatement *statement =
    ballast_db_statement (db, "UPDATE edit SET undone = ?, gesture = NULL WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, undone);
  ballast_statement_bind_int (statement, 2, id);

  return ballast_statement_run (statement, error);
}

static gboolean
take_step (BallastStore       *store,
           gboolean            forward,
           BallastStoreChange *changed,
           GError            **error)
{
  g_autoptr(GByteArray) changes = g_byte_array_new ();
  gint64 id = read_changes (store, forward ? CHANGES_SQL REDO_SQL : CHANGES_SQL UNDO_SQL, changes,
                            error);

  return id != 0 && ballast_change_apply (store->db, changes, forward, changed, error) &&
         mark_step (store->db, id, !forward, error);
}

gboolean
ballast_store_undo (BallastStore       *store,
                    BallastStoreChange *changed,
                    GError            **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, take_step (store, FALSE, changed, error), error);
}

gboolean
ballast_store_redo (BallastStore       *store,
                    BallastStoreChange *changed,
                    GError            **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, take_step (store, TRUE, changed, error), error);
}

static char **
parse_arguments (const char *text)
{
  g_autoptr(JsonNode) node = ballast_json_parse (text, -1, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *argument = json_array_get_string_element (array, i);

      g_strv_builder_add (builder, argument != NULL ? argument : "");
    }

  return g_strv_builder_end (builder);
}

static BallastEditStep *
read_step (BallastStore *store,
           const char   *sql)
{
  BallastStatement *statement = ballast_db_statement (store->db, sql, NULL);
  BallastEditStep *step = NULL;

  if (statement == NULL)
    return NULL;

  if (ballast_statement_step (statement, NULL) == BALLAST_STEP_ROW)
    {
      step = g_new0 (BallastEditStep, 1);
      step->id = ballast_statement_get_int (statement, 0);
      step->code = ballast_statement_dup_bytes (statement, 1);
      step->arguments = parse_arguments (ballast_statement_peek_text (statement, 2));
      step->label = ballast_statement_dup_bytes (statement, 3);
      step->time_us = ballast_statement_get_int (statement, 4);
    }
  ballast_statement_reset (statement);

  return step;
}

BallastEditStep *
ballast_store_get_undo_step (BallastStore *store)
{
  return read_step (store, STEP_SQL UNDO_SQL);
}

BallastEditStep *
ballast_store_get_redo_step (BallastStore *store)
{
  return read_step (store, STEP_SQL REDO_SQL);
}

char *
ballast_store_get_undo_label (BallastStore *store)
{
  g_autoptr(BallastEditStep) step = ballast_store_get_undo_step (store);

  return step != NULL ? g_steal_pointer (&step->label) : NULL;
}

char *
ballast_store_get_redo_label (BallastStore *store)
{
  g_autoptr(BallastEditStep) step = ballast_store_get_redo_step (store);

  return step != NULL ? g_steal_pointer (&step->label) : NULL;
}

void
ballast_edit_step_free (BallastEditStep *step)
{
  if (step == NULL)
    return;

  g_free (step->code);
  g_strfreev (step->arguments);
  g_free (step->label);
  g_free (step);
}
