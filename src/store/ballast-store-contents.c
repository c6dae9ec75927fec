/*
 * All labels of all images, a stretch at a time.
 *
 * Images and annotations lie in the same order, so two statements go side by side, without a look-up
 * for each image: a million boxes take about a second.  Between two stretches the store is free for
 * others.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-query.h"

#include "ballast-store-private.h"

typedef struct
{
  BallastStoreContentWalk *walk;
  BallastStatement        *labels;
  BallastStep              step;        /* of labels */
  gint64                   next;        /* the image of the label it stands at */
  GArray                  *annotations; /* of the image */
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
add_label (Pass *pass)
{
  BallastAnnotation annotation = {
    .id = ballast_statement_get_int (pass->labels, 0),
    .image_id = pass->next,
    .class_id = ballast_statement_get_int (pass->labels, 1),
    .has_box = !ballast_statement_is_null (pass->labels, 2),
  };

  if (annotation.has_box)
    annotation.box = (BallastBox){ ballast_statement_get_double (pass->labels, 2),
                                   ballast_statement_get_double (pass->labels, 3),
                                   ballast_statement_get_double (pass->labels, 4),
                                   ballast_statement_get_double (pass->labels, 5) };
  g_array_append_val (pass->annotations, annotation);
}

/* FALSE with @error. */
static gboolean
tell_of (Pass             *pass,
         BallastStatement *images,
         GError          **error)
{
  BallastStoreContent content = { .id = ballast_statement_get_int (images, 0) };
  BallastImageFacts facts = { .width = ballast_statement_get_int (images, 1),
                              .height = ballast_statement_get_int (images, 2) };

  ballast_store_unpack_coding (ballast_statement_get_int (images, 3), &facts);
  content.width = ballast_image_facts_get_view_width (&facts);
  content.height = ballast_image_facts_get_view_height (&facts);

  g_array_set_size (pass->annotations, 0);
  while (pass->step == BALLAST_STEP_ROW && pass->next < content.id)
    go_to_label (pass, error);
  while (pass->step == BALLAST_STEP_ROW && pass->next == content.id)
    {
      add_label (pass);
      go_to_label (pass, error);
    }
  if (pass->step == BALLAST_STEP_ERROR)
    return FALSE;

  content.n_annotations = pass->annotations->len;
  content.annotations = (const BallastAnnotation *) (gpointer) pass->annotations->data;
  pass->walk->after_id = content.id;
  pass->walk->func (&content, pass->walk->user_data);
  return TRUE;
}

static gboolean
walk_images (Pass             *pass,
             BallastStatement *images,
             GError          **error)
{
  BallastStep step;
  guint n = 0;

  go_to_label (pass, error);
  if (pass->step == BALLAST_STEP_ERROR)
    return FALSE;
  while ((step = ballast_statement_step (images, error)) == BALLAST_STEP_ROW)
    {
      if (!tell_of (pass, images, error))
        return FALSE;
      n++;
    }
  pass->walk->end = n < pass->walk->limit;
  return step == BALLAST_STEP_DONE;
}

/* ?1 the image before, ?2 how many, ?3 split */
static BallastStatement *
prepare_images (BallastStore                  *store,
                const BallastStoreContentWalk *walk,
                GError                       **error)
{
  BallastStatement *images = ballast_db_statement (
    store->db,
    walk->split_id == BALLAST_QUERY_ANY    ? "SELECT id, width, height, coding FROM image WHERE id > ?1 "
    "AND flags & 7 = 0 ORDER BY id LIMIT ?2"
    : walk->split_id == BALLAST_QUERY_NONE ? "SELECT id, width, height, coding FROM image WHERE id > ?1 "
    "AND flags & 7 = 0 AND split_id IS NULL ORDER BY id LIMIT ?2"
                                           : "SELECT id, width, height, coding FROM image WHERE id > ?1 "
    "AND flags & 7 = 0 AND split_id = ?3 ORDER BY id LIMIT ?2", error);

  if (images == NULL)
    return NULL;
  ballast_statement_bind_int (images, 1, walk->after_id);
  ballast_statement_bind_int (images, 2, walk->limit);
  if (walk->split_id > 0)
    ballast_statement_bind_int (images, 3, walk->split_id);
  return images;
}

gboolean
ballast_store_walk_contents (BallastStore            *store,
                             BallastStoreContentWalk *walk,
                             GError                 **error)
{
  g_autoptr(GArray) annotations = g_array_new (FALSE, FALSE, sizeof (BallastAnnotation));
  Pass pass = { .walk = walk, .annotations = annotations };
  BallastStatement *images;
  gboolean begun, succeeded;

  g_return_val_if_fail (walk->limit > 0 && walk->func != NULL, FALSE);

  pass.labels = ballast_db_statement (store->db, "SELECT id, class_id, x, y, width, height FROM "
                                      "annotation WHERE id >= ? ORDER BY id", error);
  images = pass.labels != NULL ? prepare_images (store, walk, error) : NULL;
  if (images == NULL)
    return FALSE;
  ballast_statement_bind_int (pass.labels, 1, BALLAST_STORE_FIRST_ANNOTATION (walk->after_id + 1));

  begun = ballast_db_begin_read (store->db);
  succeeded = walk_images (&pass, images, error);
  ballast_statement_reset (pass.labels);
  ballast_statement_reset (images);
  ballast_db_end_read (store->db, begun);

  return succeeded;
}
