/*
 * What there is in a project that an export may have to leave out.
 *
 * The first byte of what an annotation carries tells its marks and the kind of its shape
 * (ballast-shape.c); the coding of an image its format, colour and depth.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-shape.h"
#include "ballast-store-private.h"
#include "ballast-store-query.h"

static void
note_head (BallastStoreSubstance *substance,
           guint8                 head)
{
  BallastMarks marks;
  BallastShapeKind kind = ballast_shape_peek (head, &marks);

  substance->has_outlines |= kind == BALLAST_SHAPE_POLYGONS;
  substance->has_masks |= kind == BALLAST_SHAPE_RUNS || kind == BALLAST_SHAPE_PACKED_RUNS;
  substance->has_crowds |= (marks & BALLAST_MARK_CROWD) != 0;
  substance->has_marks |= (marks & ~BALLAST_MARK_CROWD) != 0;
}

static gboolean
look_at_labels (BallastStore          *store,
                BallastStoreSubstance *substance,
                GError               **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT DISTINCT substr (data, 1, 1) FROM annotation_extra", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gsize size;
      const guint8 *head = ballast_statement_peek_blob (statement, 0, &size);

      if (size > 0)
        note_head (substance, head[0]);
    }

  return step == BALLAST_STEP_DONE;
}

static void
note_images (BallastStoreSubstance *substance,
             guint                  coding,
             guint64                n)
{
  BallastImageFacts facts = { 0 };
  gboolean is_deep_grey;

  ballast_store_unpack_coding (coding, &facts);
  is_deep_grey = facts.colour == BALLAST_COLOUR_GREY && facts.depth > 8 &&
                 (facts.format == BALLAST_FORMAT_PNG || facts.format == BALLAST_FORMAT_PNM);
  if (facts.depth > 8 && !is_deep_grey)
    substance->n_deep += n;
  if (is_deep_grey || facts.colour == BALLAST_COLOUR_GREY_ALPHA ||
      facts.colour == BALLAST_COLOUR_RGBA || facts.colour == BALLAST_COLOUR_PALETTE)
    substance->n_no_jpeg += n;
}

static gboolean
look_at_images (BallastStore          *store,
                BallastStoreSubstance *substance,
                GError               **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT coding, count(*) FROM image WHERE flags & 7 = 0 GROUP BY coding", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    note_images (substance, ballast_statement_get_int (statement, 0),
                 ballast_statement_get_int (statement, 1));

  return step == BALLAST_STEP_DONE;
}

gboolean
ballast_store_get_substance (BallastStore          *store,
                             BallastStoreSubstance *substance,
                             GCancellable          *cancellable,
                             GError               **error)
{
  gboolean succeeded;

  *substance = (BallastStoreSubstance) { 0 };
  ballast_db_set_cancellable (store->db, cancellable);
  succeeded = look_at_images (store, substance, error) && look_at_labels (store, substance, error);
  ballast_db_set_cancellable (store->db, NULL);

  return succeeded;
}
