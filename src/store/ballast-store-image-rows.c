/*
 * Every image with its labels and boxes, in one pass, for plans over whole images.
 *
 * Annotations lie in the order of their images, so two statements go side by side.  The folders'
 * paths are read before: there are few.  Cost: about a microsecond an image and half of one a label.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-query.h"

#include <string.h>

#include "ballast-store-private.h"

/* Images between two looks at the cancellable. */
#define PIECE 1024

typedef struct
{
  const BallastStoreRowWalk *walk;
  GHashTable                *folders; /* gint64 id → path */
  BallastStatement          *labels;
  BallastStep                step;    /* of labels */
  gint64                     next;    /* the image of the label it stands at */
  GArray                    *found;   /* BallastStoreRowLabel */
  GString                   *path;
} Pass;

static gboolean
read_folders (BallastStore *store,
              GHashTable   *folders,
              GError      **error)
{
  BallastStatement *statement = ballast_db_statement (store->db, "SELECT id, path FROM folder",
                                                      error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);

      g_hash_table_insert (folders, g_memdup2 (&id, sizeof id),
                           ballast_statement_dup_bytes (statement, 1));
    }
  return step == BALLAST_STEP_DONE;
}

static void
go_to_label (Pass    *pass,
             GError **error)
{
  pass->step = ballast_statement_step (pass->labels, error);
  if (pass->step == BALLAST_STEP_ROW)
    pass->next = ballast_statement_get_int (pass->labels, 0) >> BALLAST_STORE_ANNOTATION_BITS;
}

static void
add_label (Pass *pass)
{
  BallastStatement *labels = pass->labels;
  BallastStoreRowLabel label = { .class_id = ballast_statement_get_int (labels, 1) };

  label.has_box = !pass->walk->no_boxes && !ballast_statement_is_null (labels, 2);
  if (label.has_box)
    label.box = (BallastBox){ ballast_statement_get_double (labels, 2),
                              ballast_statement_get_double (labels, 3),
                              ballast_statement_get_double (labels, 4),
                              ballast_statement_get_double (labels, 5) };
  g_array_append_val (pass->found, label);
}

static gboolean
find_labels (Pass    *pass,
             gint64   image_id,
             GError **error)
{
  g_array_set_size (pass->found, 0);
  while (pass->step == BALLAST_STEP_ROW && pass->next < image_id)
    go_to_label (pass, error);
  while (pass->step == BALLAST_STEP_ROW && pass->next == image_id)
    {
      add_label (pass);
      go_to_label (pass, error);
    }
  return pass->step != BALLAST_STEP_ERROR;
}

static void
make_path (Pass             *pass,
           BallastStatement *images)
{
  gint64 folder_id = ballast_statement_get_int (images, 1);
  const char *folder = g_hash_table_lookup (pass->folders, &folder_id);
  gsize length;
  const void *name = ballast_statement_peek_blob (images, 2, &length);

  g_string_assign (pass->path, folder != NULL ? folder : "");
  if (pass->path->len > 0)
    g_string_append_c (pass->path, '/');
  g_string_append_len (pass->path, name, length);
}

static void
tell (Pass             *pass,
      BallastStatement *images)
{
  BallastImageFacts facts = { .width = (guint32) ballast_statement_get_int (images, 3),
                              .height = (guint32) ballast_statement_get_int (images, 4) };
  BallastStoreRow row = { .id = ballast_statement_get_int (images, 0), .path = pass->path->str,
                          .labels = (const BallastStoreRowLabel *) (gpointer) pass->found->data,
                          .n_labels = pass->found->len };

  ballast_store_unpack_coding ((guint) ballast_statement_get_int (images, 5), &facts);
  row.width = ballast_image_facts_get_view_width (&facts);
  row.height = ballast_image_facts_get_view_height (&facts);
  pass->walk->func (&row, pass->walk->user_data);
}

static gboolean
walk_images (Pass             *pass,
             BallastStatement *images,
             GCancellable     *cancellable,
             GError          **error)
{
  BallastStep step;
  guint n = 0;

  go_to_label (pass, error);
  while ((step = ballast_statement_step (images, error)) == BALLAST_STEP_ROW)
    {
      if ((++n % PIECE == 0 && g_cancellable_set_error_if_cancelled (cancellable, error)) ||
          !find_labels (pass, ballast_statement_get_int (images, 0), error))
        return FALSE;
      make_path (pass, images);
      tell (pass, images);
    }
  return step == BALLAST_STEP_DONE && pass->step != BALLAST_STEP_ERROR;
}

static BallastStatement *
prepare_images (BallastStore *store,
                gint64        split_id,
                GError      **error)
{
  const char *where = split_id == BALLAST_QUERY_ANY    ? ""
                      : split_id == BALLAST_QUERY_NONE ? " AND split_id IS NULL"
                                                       : " AND split_id = ?";
  g_autofree char *sql = g_strconcat ("SELECT id, folder_id, name, width, height, coding FROM image "
                                      "WHERE flags & 7 = 0", where, " ORDER BY id", NULL);
  BallastStatement *images = ballast_db_statement (store->db, sql, error);

  if (images != NULL && split_id > 0)
    ballast_statement_bind_int (images, 1, split_id);
  return images;
}

gboolean
ballast_store_foreach_row (BallastStore              *store,
                           const BallastStoreRowWalk *walk,
                           GCancellable              *cancellable,
                           GError                   **error)
{
  g_autoptr(GHashTable) folders = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (BallastStoreRowLabel));
  g_autoptr(GString) path = g_string_new (NULL);
  Pass pass = { .walk = walk, .folders = folders, .found = found, .path = path };
  BallastStatement *images;
  gboolean begun, succeeded;

  if (!read_folders (store, folders, error))
    return FALSE;
  images = prepare_images (store, walk->split_id, error);
  if (images == NULL)
    return FALSE;
  pass.labels = ballast_db_statement (
    store->db, walk->no_boxes ? "SELECT id, class_id FROM annotation ORDER BY id"
    : "SELECT id, class_id, x, y, width, height FROM annotation ORDER BY id", error);
  if (pass.labels == NULL)
    return FALSE;

  begun = ballast_db_begin_read (store->db);
  succeeded = walk_images (&pass, images, cancellable, error);
  ballast_statement_reset (pass.labels);
  ballast_statement_reset (images);
  ballast_db_end_read (store->db, begun);
  return succeeded;
}
