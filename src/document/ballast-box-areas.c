/*
 * The area of boxes by class, for weights that count it.
 *
 * Boxes are cut at the picture's edges where its size is known.  Store thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-box-areas.h"

#include "ballast-store-query.h"

typedef struct
{
  GHashTable     *positions; /* class id → index + 1 */
  double         *boxes;
  BallastBoxArea *areas;
} Reading;

static double
cut (double position,
     double size,
     guint  limit)
{
  double end = position + size;

  if (limit == 0)
    return MAX (size, 0);
  return MAX (MIN (end, (double) limit) - MAX (position, 0), 0);
}

/* Whether a label before @place has the same class, and a box. */
static gboolean
has_before (const BallastStoreRow *row,
            guint                  place)
{
  for (guint i = 0; i < place; i++)
    if (row->labels[i].has_box && row->labels[i].class_id == row->labels[place].class_id)
      return TRUE;
  return FALSE;
}

static void
add_row (const BallastStoreRow *row,
         gpointer               user_data)
{
  Reading *reading = user_data;

  for (guint i = 0; i < row->n_labels; i++)
    {
      const BallastStoreRowLabel *label = &row->labels[i];
      guint position = GPOINTER_TO_UINT (g_hash_table_lookup (reading->positions, &label->class_id));

      if (position == 0 || !label->has_box)
        continue;
      reading->boxes[position - 1] += cut (label->box.x, label->box.width, row->width) *
                                      cut (label->box.y, label->box.height, row->height);
      if (!has_before (row, i))
        reading->areas[position - 1].images += (guint64) row->width * row->height;
    }
}

BallastBoxArea *
ballast_box_areas_read (BallastStore       *store,
                        const BallastTally *tally,
                        gint64              split_id,
                        GError            **error)
{
  g_autoptr(GHashTable) positions = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree BallastBoxArea *areas = g_new0 (BallastBoxArea, MAX (tally->n_classes, 1));
  g_autofree double *boxes = g_new0 (double, MAX (tally->n_classes, 1));
  Reading reading = { positions, boxes, areas };
  BallastStoreRowWalk walk = { split_id, add_row, &reading };

  for (guint i = 0; i < tally->n_classes; i++)
    g_hash_table_insert (positions, &tally->classes[i].id, GUINT_TO_POINTER (i + 1));
  if (!ballast_store_foreach_row (store, &walk, NULL, error))
    return NULL;
  for (guint i = 0; i < tally->n_classes; i++)
    areas[i].boxes = (guint64) (boxes[i] + 0.5);
  return g_steal_pointer (&areas);
}
