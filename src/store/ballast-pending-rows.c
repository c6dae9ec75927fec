/*
 * Rows in memory that SQL sees as tables.
 *
 * Two virtual tables, new_image and new_label, stand for what is gathered, so that INSERT … SELECT
 * takes thousands of rows in one run of its program: binding, stepping and resetting a statement for
 * each costs as much again as the rows themselves.  Registered once a connection, on its thread.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-pending-rows.h"

#include <string.h>

#include "ballast-db-private.h"
#include "ballast-store-private.h"

typedef struct
{
  const BallastStoreImage *image;
  gint64                   folder_id;
} PendingImage;

struct _BallastPendingRows
{
  BallastDb *db;
  GArray    *images; /* of PendingImage */
  GArray    *labels; /* of BallastAnnotation */
  gboolean   has_numbers;
  gboolean   has_fields;
  gboolean   has_extras;
};

typedef struct
{
  sqlite3_vtab        base;
  BallastPendingRows *rows;
} Table;

typedef struct
{
  sqlite3_vtab_cursor base;
  guint               row;
} Cursor;

enum
{
  IMAGE_ID,
  IMAGE_FLAGS,
  IMAGE_SPLIT,
  IMAGE_FOLDER,
  IMAGE_NAME,
  IMAGE_WIDTH,
  IMAGE_HEIGHT,
  IMAGE_CODING,
  IMAGE_SIZE,
  IMAGE_MTIME,
  IMAGE_HEAD_HASH,
  IMAGE_NUMBER,
  IMAGE_FIELD,
};

enum
{
  LABEL_ID,
  LABEL_CLASS,
  LABEL_X,
  LABEL_Y,
  LABEL_WIDTH,
  LABEL_HEIGHT,
  LABEL_EXTRA,
};

static int
connect_with (sqlite3       *handle,
              gpointer       rows,
              sqlite3_vtab **table,
              const char    *declaration)
{
  Table *made = g_new0 (Table, 1);

  made->rows = rows;
  *table = &made->base;

  return sqlite3_declare_vtab (handle, declaration);
}

static int
connect_images (sqlite3           *handle,
                void              *rows,
                int                n_arguments,
                const char *const *arguments,
                sqlite3_vtab     **table,
                char             **message)
{
  return connect_with (handle, rows, table,
                       "CREATE TABLE x (id, flags, split_id, folder_id, name, width, height, coding, "
                       "size_bytes, mtime_ns, head_hash, number, field)");
}

static int
connect_labels (sqlite3           *handle,
                void              *rows,
                int                n_arguments,
                const char *const *arguments,
                sqlite3_vtab     **table,
                char             **message)
{
  return connect_with (handle, rows, table,
                       "CREATE TABLE x (id, class_id, x, y, width, height, extra)");
}

static int
disconnect (sqlite3_vtab *table)
{
  g_free (table);

  return SQLITE_OK;
}

/* There is one way: all of them. */
static int
plan (sqlite3_vtab       *table,
      sqlite3_index_info *info)
{
  return SQLITE_OK;
}

static int
open_cursor (sqlite3_vtab         *table,
             sqlite3_vtab_cursor **cursor)
{
  Cursor *made = g_new0 (Cursor, 1);

  *cursor = &made->base;

  return SQLITE_OK;
}

static int
close_cursor (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);

  return SQLITE_OK;
}

static int
rewind_cursor (sqlite3_vtab_cursor *cursor,
               int                  plan_number,
               const char          *plan_name,
               int                  n_values,
               sqlite3_value      **values)
{
  ((Cursor *) cursor)->row = 0;

  return SQLITE_OK;
}

static int
go_on (sqlite3_vtab_cursor *cursor)
{
  ((Cursor *) cursor)->row++;

  return SQLITE_OK;
}

static int
get_row_number (sqlite3_vtab_cursor *cursor,
                sqlite3_int64       *number)
{
  *number = ((Cursor *) cursor)->row;

  return SQLITE_OK;
}

static BallastPendingRows *
rows_of (sqlite3_vtab_cursor *cursor)
{
  return ((Table *) cursor->pVtab)->rows;
}

static int
is_behind_images (sqlite3_vtab_cursor *cursor)
{
  return ((Cursor *) cursor)->row >= rows_of (cursor)->images->len;
}

static int
is_behind_labels (sqlite3_vtab_cursor *cursor)
{
  return ((Cursor *) cursor)->row >= rows_of (cursor)->labels->len;
}

static gint64
get_number (const PendingImage *pending,
            int                 column)
{
  const BallastImageRecord *record = &pending->image->record;

  switch (column)
    {
    case IMAGE_ID:
      return record->id;
    case IMAGE_FLAGS:
      return record->flags;
    case IMAGE_SPLIT:
      return record->split_id;
    case IMAGE_FOLDER:
      return pending->folder_id;
    case IMAGE_WIDTH:
      return record->facts.width;
    case IMAGE_HEIGHT:
      return record->facts.height;
    case IMAGE_CODING:
      return ballast_store_pack_coding (&record->facts);
    case IMAGE_SIZE:
      return record->facts.size_bytes;
    case IMAGE_MTIME:
      return record->facts.mtime_ns;
    case IMAGE_NUMBER:
      return pending->image->number;
    case IMAGE_HEAD_HASH:
    default:
      return record->facts.head_hash;
    }
}

static int
get_of_image (sqlite3_vtab_cursor *cursor,
              sqlite3_context     *cell,
              int                  column)
{
  const PendingImage *pending =
    &g_array_index (rows_of (cursor)->images, PendingImage, ((Cursor *) cursor)->row);
  const BallastImageRecord *record = &pending->image->record;

  if (column == IMAGE_NAME)
    sqlite3_result_blob64 (cell, record->name, strlen (record->name), SQLITE_STATIC);
  else if (column == IMAGE_FIELD)
    sqlite3_result_text (cell, pending->image->field, -1, SQLITE_STATIC);
  else if ((column != IMAGE_SPLIT || record->split_id != 0) &&
           (column != IMAGE_NUMBER || pending->image->has_number))
    sqlite3_result_int64 (cell, get_number (pending, column));

  return SQLITE_OK;
}

static int
get_of_label (sqlite3_vtab_cursor *cursor,
              sqlite3_context     *cell,
              int                  column)
{
  const BallastAnnotation *label =
    &g_array_index (rows_of (cursor)->labels, BallastAnnotation, ((Cursor *) cursor)->row);
  const double sides[] = { label->box.x, label->box.y, label->box.width, label->box.height };

  if (column == LABEL_ID)
    sqlite3_result_int64 (cell, label->id);
  else if (column == LABEL_CLASS)
    sqlite3_result_int64 (cell, label->class_id);
  else if (column == LABEL_EXTRA)
    {
      if (label->n_extra > 0)
        sqlite3_result_blob64 (cell, label->extra, label->n_extra, SQLITE_STATIC);
    }
  else if (label->has_box)
    sqlite3_result_double (cell, sides[column - LABEL_X]);

  return SQLITE_OK;
}

static const sqlite3_module image_module = {
  .xConnect = connect_images,
  .xBestIndex = plan,
  .xDisconnect = disconnect,
  .xOpen = open_cursor,
  .xClose = close_cursor,
  .xFilter = rewind_cursor,
  .xNext = go_on,
  .xEof = is_behind_images,
  .xColumn = get_of_image,
  .xRowid = get_row_number,
};

static const sqlite3_module label_module = {
  .xConnect = connect_labels,
  .xBestIndex = plan,
  .xDisconnect = disconnect,
  .xOpen = open_cursor,
  .xClose = close_cursor,
  .xFilter = rewind_cursor,
  .xNext = go_on,
  .xEof = is_behind_labels,
  .xColumn = get_of_label,
  .xRowid = get_row_number,
};

static void
pending_rows_free (gpointer data)
{
  BallastPendingRows *rows = data;

  g_array_unref (rows->images);
  g_array_unref (rows->labels);
  g_free (rows);
}

BallastPendingRows *
ballast_pending_rows_get (BallastDb *db,
                          GError   **error)
{
  BallastPendingRows *rows = db->pending_rows;
  int result;

  if (rows != NULL)
    return rows;

  rows = g_new0 (BallastPendingRows, 1);
  rows->db = db;
  rows->images = g_array_new (FALSE, FALSE, sizeof (PendingImage));
  rows->labels = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));

  /* From here on they are the connection's, also where this fails. */
  result = sqlite3_create_module_v2 (db->handle, "new_image", &image_module, rows,
                                     pending_rows_free);
  if (result == SQLITE_OK)
    {
      db->pending_rows = rows;
      result = sqlite3_create_module_v2 (db->handle, "new_label", &label_module, rows, NULL);
    }
  if (result == SQLITE_OK)
    return rows;

  db->pending_rows = NULL;
  ballast_db_fail (db, result, error);
  return NULL;
}

void
ballast_pending_rows_add_image (BallastPendingRows      *rows,
                                const BallastStoreImage *image,
                                gint64                   folder_id)
{
  PendingImage pending = { image, folder_id };

  g_array_append_val (rows->images, pending);
  rows->has_numbers |= image->has_number;
  rows->has_fields |= image->field != NULL;
}

void
ballast_pending_rows_add_label (BallastPendingRows      *rows,
                                gint64                   annotation_id,
                                const BallastAnnotation *label)
{
  g_array_append_val (rows->labels, *label);
  rows->has_extras |= label->n_extra > 0;
  g_array_index (rows->labels, BallastAnnotation, rows->labels->len - 1).id = annotation_id;
}

static gboolean
write_all (BallastPendingRows *rows,
           GArray             *of,
           const char         *sql,
           GError            **error)
{
  BallastStatement *statement;

  if (of->len == 0)
    return TRUE;

  statement = ballast_db_statement (rows->db, sql, error);

  return statement != NULL && ballast_statement_run (statement, error);
}

gboolean
ballast_pending_rows_write (BallastPendingRows *rows,
                            GError            **error)
{
  gboolean success =
    write_all (rows, rows->images,
               "INSERT INTO image (id, flags, split_id, folder_id, name, width, height, coding, "
               "size_bytes, mtime_ns, head_hash) SELECT id, flags, split_id, folder_id, name, width, "
               "height, coding, size_bytes, mtime_ns, head_hash FROM new_image", error) &&
    (!rows->has_numbers ||
     write_all (rows, rows->images,
                "INSERT INTO image_number SELECT id, number FROM new_image WHERE number IS NOT NULL",
                error)) &&
    (!rows->has_fields ||
     write_all (rows, rows->images,
                "INSERT INTO image_field SELECT id, field FROM new_image WHERE field IS NOT NULL",
                error)) &&
    write_all (rows, rows->labels,
               "INSERT INTO annotation (id, class_id, x, y, width, height) "
               "SELECT id, class_id, x, y, width, height FROM new_label", error) &&
    (!rows->has_extras ||
     write_all (rows, rows->labels,
                "INSERT INTO annotation_extra SELECT id, extra FROM new_label WHERE "
                "extra IS NOT NULL", error));

  ballast_pending_rows_clear (rows);
  return success;
}

void
ballast_pending_rows_clear (BallastPendingRows *rows)
{
  g_array_set_size (rows->images, 0);
  g_array_set_size (rows->labels, 0);
  rows->has_extras = FALSE;
  rows->has_numbers = FALSE;
  rows->has_fields = FALSE;
}
