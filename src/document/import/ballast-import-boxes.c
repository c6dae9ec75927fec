/*
 * Boxes of an import, once the size of their picture is known.
 *
 * Files tell of boxes in shares of the picture, or in pixels of the picture as it is stored, which
 * a camera may have turned.  A box that has no area or leaves the picture is kept and told of: what
 * counts as the dataset is for its owner to say.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-import-boxes.h"

#include <math.h>

#include "ballast-shape.h"

/* What rounding to whole pixels may add to an edge. */
#define TOLERANCE 0.5

static void
note (BallastImportBatch *batch,
      guint               index,
      BallastProblemKind  kind,
      const char         *detail)
{
  BallastImportFinding finding = { index, kind, NULL };

  finding.detail = detail != NULL ? g_string_chunk_insert (batch->strings, detail) : NULL;
  g_array_append_val (batch->findings, finding);
}

/* "line 3 of labels/a.txt: …", "annotation 17: …" */
static void
note_box (BallastImportBatch *batch,
          guint               index,
          guint               annotation,
          BallastProblemKind  kind)
{
  const BallastBox *box = &g_array_index (batch->annotations, BallastAnnotation, annotation).box;
  gint64 place = g_array_index (batch->places, BallastImportPlace, annotation).place;
  const char *file = batch->hints[index].label_file;
  g_autofree char *where
    = file != NULL ? g_strdup_printf ("line %" G_GINT64_FORMAT " of %s", place, file)
                   : g_strdup_printf ("annotation %" G_GINT64_FORMAT, place);
  g_autofree char *detail = g_strdup_printf ("%s: %.6g × %.6g at %.6g, %.6g", where, box->width,
                                             box->height, box->x, box->y);

  note (batch, index, kind, detail);
}

void
ballast_import_batch_note_fault (BallastImportBatch *batch,
                                 guint               index,
                                 gint64              place,
                                 const char         *fault)
{
  const char *prefix = ballast_label_records_get_prefix (batch->hints[index].records);
  g_autofree char *detail = g_strdup_printf ("%sannotation %" G_GINT64_FORMAT ": %s", prefix, place,
                                             fault);

  note (batch, index, BALLAST_PROBLEM_BAD_LINE, detail);
}

static void
repack (BallastImportBatch *batch,
        BallastAnnotation  *annotation,
        const BallastShape *shape)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  ballast_shape_pack (shape, bytes);
  annotation->extra = (const guint8 *) g_string_chunk_insert_len (
    batch->strings, (const char *) bytes->data, bytes->len);
  annotation->n_extra = bytes->len;
}

static void
scale (BallastImportBatch *batch,
       BallastAnnotation  *annotation,
       double              width,
       double              height)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;

  annotation->box = (BallastBox) { annotation->box.x * width, annotation->box.y * height,
                                                     annotation->box.width * width,
                                                     annotation->box.height * height };
  if (annotation->n_extra == 0
      || !ballast_shape_unpack (&shape, annotation->extra, annotation->n_extra)
      || shape.kind != BALLAST_SHAPE_POLYGONS)
    return;
  ballast_shape_scale (&shape, width, height);
  repack (batch, annotation, &shape);
}

/* Where a point of the stored picture is looked at. */
static void
turn_point (const BallastImageFacts *facts,
            double                  *x,
            double                  *y)
{
  double stored_x = *x;
  double stored_y = *y;
  guint orientation = facts->orientation;

  if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
    stored_x = facts->width - stored_x;
  if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
    stored_y = facts->height - stored_y;
  *x = orientation >= 5 ? stored_y : stored_x;
  *y = orientation >= 5 ? stored_x : stored_y;
}

static void
turn (BallastImportBatch      *batch,
      BallastAnnotation       *annotation,
      const BallastImageFacts *facts)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  BallastBox *box = &annotation->box;
  double x[2] = { box->x, box->x + box->width };
  double y[2] = { box->y, box->y + box->height };
  guint n;

  turn_point (facts, &x[0], &y[0]);
  turn_point (facts, &x[1], &y[1]);
  *box = (BallastBox) { MIN (x[0], x[1]), MIN (y[0], y[1]), fabs (x[1] - x[0]),
                        fabs (y[1] - y[0]) };
  if (annotation->n_extra == 0
      || !ballast_shape_unpack (&shape, annotation->extra, annotation->n_extra)
      || shape.kind != BALLAST_SHAPE_POLYGONS)
    return;
  n = ballast_shape_get_n_points (&shape);
  for (guint i = 0; i < n; i++)
    turn_point (facts, &shape.points[2 * i], &shape.points[2 * i + 1]);
  repack (batch, annotation, &shape);
}

static void
check_box (BallastImportBatch *batch,
           guint               index,
           guint               annotation,
           double              width,
           double              height)
{
  const BallastBox *box = &g_array_index (batch->annotations, BallastAnnotation, annotation).box;

  if (!(box->width > 0 && box->height > 0))
    note_box (batch, index, annotation, BALLAST_PROBLEM_EMPTY_BOX);
  if (width > 0
      && !(box->x >= -TOLERANCE && box->y >= -TOLERANCE
           && box->x + box->width <= width + TOLERANCE
           && box->y + box->height <= height + TOLERANCE))
    note_box (batch, index, annotation, BALLAST_PROBLEM_BOX_OUTSIDE);
}

/* TRUE where the file tells of the picture as it is stored, and looking at it turns it. */
static gboolean
is_of_stored_picture (const BallastImportHints *hints,
                      const BallastImageFacts  *facts)
{
  return facts->orientation >= 5 && facts->width != facts->height && hints->width == facts->width
         && hints->height == facts->height;
}

static void
check_size (BallastImportBatch *batch,
            guint               index,
            guint32             width,
            guint32             height)
{
  const BallastImportHints *hints = &batch->hints[index];
  g_autofree char *detail = NULL;

  if (hints->width == 0 || hints->height == 0 || width == 0
      || (hints->width == width && hints->height == height))
    return;
  detail = g_strdup_printf ("%u × %u in the file of annotations, %u × %u in truth", hints->width,
                            hints->height, width, height);
  note (batch, index, BALLAST_PROBLEM_SIZE_MISMATCH, detail);
}

void
ballast_import_batch_check_boxes (BallastImportBatch *batch,
                                  guint               index)
{
  const BallastImageFacts *facts = &batch->images[index].record.facts;
  const BallastImportHints *hints = &batch->hints[index];
  guint32 width = ballast_image_facts_get_view_width (facts);
  guint32 height = ballast_image_facts_get_view_height (facts);
  gboolean is_turned = is_of_stored_picture (hints, facts);

  if (!is_turned)
    check_size (batch, index, width, height);
  for (guint i = 0; i < batch->images[index].n_annotations; i++)
    {
      guint at = batch->first_annotation[index] + i;
      BallastAnnotation *annotation = &g_array_index (batch->annotations, BallastAnnotation, at);

      if (!annotation->has_box)
        continue;
      /* Of a picture that cannot be read, shares stay what they are: it counts nowhere. */
      if (hints->in_shares && width > 0)
        scale (batch, annotation, width, height);
      else if (is_turned)
        turn (batch, annotation, facts);
      check_box (batch, index, at, hints->in_shares && width == 0 ? 1 : width,
                 hints->in_shares && width == 0 ? 1 : height);
    }
}
