/*
 * The classes of every image, in one pass.
 *
 * Annotations lie in the order of their images, so two statements go side by side: 0.3 µs a label,
 * where a look-up for each image would cost ten times that.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-query.h"

#include "ballast-store-private.h"

typedef struct
{
  BallastStoreClassesFunc func;
  gpointer                user_data;
  BallastStatement       *labels;
  BallastStep             step;   /* of labels */
  gint64                  next;   /* the image of the label it stands at */
  GArray                 *ids;    /* gint64: distinct */
} Pass;

static void
go_to_label (Pass    *pass,
             GError **error)
{
  pass->step = ballast_statement_step (pass->labels, error);
  if (pass->step == BALLAST_STEP_ROW)
    pass->next = ballast_statement_get_int (pass->labels, 0) >> BALLAST_STORE_ANNOTATION_BITS;
}

static void
add_class (Pass  *pass,
           gint64 class_id)
{
  for (guint i = 0; i < pass->ids->len; i++)
    if (g_array_index (pass->ids, gint64, i) == class_id)
      return;
  g_array_append_val (pass->ids, class_id);
}

static gboolean
tell_of (Pass    *pass,
         gint64   image_id,
         GError **error)
{
  g_array_set_size (pass->ids, 0);
  while (pass->step == BALLAST_STEP_ROW && pass->next < image_id)
    go_to_label (pass, error);
  while (pass->step == BALLAST_STEP_ROW && pass->next == image_id)
    {
      add_class (pass, ballast_statement_get_int (pass->labels, 1));
      go_to_label (pass, error);
    }
  if (pass->step == BALLAST_STEP_ERROR)
    return FALSE;
  pass->func (image_id, (const gint64 *) (gpointer) pass->ids->data, pass->ids->len,
              pass->user_data);

  return TRUE;
}

static gboolean
walk (Pass             *pass,
      BallastStatement *images,
      GError          **error)
{
  BallastStep step;

  go_to_label (pass, error);
  while ((step = ballast_statement_step (images, error)) == BALLAST_STEP_ROW)
    if (!tell_of (pass, ballast_statement_get_int (images, 0), error))
      break;

  return step == BALLAST_STEP_DONE;
}

gboolean
ballast_store_foreach_image_classes (BallastStore           *store,
                                     gint64                  split_id,
                                     BallastStoreClassesFunc func,
                                     gpointer                user_data,
                                     GError                **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Pass pass = { .func = func, .user_data = user_data, .ids = ids };
  BallastStatement *images = ballast_db_statement (
    store->db, split_id == BALLAST_QUERY_ANY    ? "SELECT id FROM image WHERE flags & 7 = 0 ORDER BY id"
               : split_id == BALLAST_QUERY_NONE ? "SELECT id FROM image WHERE flags & 7 = 0 AND "
    "split_id IS NULL ORDER BY id"
                                                : "SELECT id FROM image WHERE flags & 7 = 0 AND "
    "split_id = ? ORDER BY id", error);
  gboolean begun;
  gboolean succeeded;

  if (images == NULL)
    return FALSE;
  if (split_id > 0)
    ballast_statement_bind_int (images, 1, split_id);
  pass.labels = ballast_db_statement (store->db, "SELECT id, class_id FROM annotation ORDER BY id",
                                      error);
  if (pass.labels == NULL)
    return FALSE;

  begun = ballast_db_begin_read (store->db);
  succeeded = walk (&pass, images, error);
  ballast_statement_reset (pass.labels);
  ballast_statement_reset (images);
  ballast_db_end_read (store->db, begun);

  return succeeded;
}
