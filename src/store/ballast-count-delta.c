/*
 * The difference that a change makes to the counts per class and split.
 *
 * A small table in memory, classes × splits at most; an image costs one look-up per class it
 * holds.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-count-delta.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  gint64 class_id; /* 0: of the split itself */
  gint64 split_id;
  gint64 images;
  gint64 instances;
} Cell;

struct _BallastCountDelta
{
  GHashTable *cells;   /* Cell → itself */
  Cell       *last[2]; /* the cells used last: of a class, and of a split */
  gint64      totals[BALLAST_N_TOTALS];
  GArray     *class_ids;
};

static const char *const total_names[] = {
  [BALLAST_TOTAL_UNLABELLED] = "unlabelled", [BALLAST_TOTAL_MULTI_LABEL] = "multi-label",
  [BALLAST_TOTAL_BOXES] = "boxes", [BALLAST_TOTAL_EXCLUDED] = "excluded",
  [BALLAST_TOTAL_UNREADABLE] = "unreadable", [BALLAST_TOTAL_GONE] = "gone",
};

static guint
hash_cell (gconstpointer data)
{
  const Cell *cell = data;

  return (guint) (cell->class_id * 2654435761u + cell->split_id * 40503u);
}

static gboolean
equal_cells (gconstpointer a,
             gconstpointer b)
{
  const Cell *left = a;
  const Cell *right = b;

  return left->class_id == right->class_id && left->split_id == right->split_id;
}

BallastCountDelta *
ballast_count_delta_new (void)
{
  BallastCountDelta *delta = g_new0 (BallastCountDelta, 1);

  delta->cells = g_hash_table_new_full (hash_cell, equal_cells, g_free, NULL);
  delta->class_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return delta;
}

void
ballast_count_delta_free (BallastCountDelta *delta)
{
  if (delta == NULL)
    return;

  g_hash_table_unref (delta->cells);
  g_array_unref (delta->class_ids);
  g_free (delta);
}

static void
add_to_cell (BallastCountDelta *delta,
             Cell               key,
             gint64             images,
             gint64             instances)
{
  guint kind = key.class_id == 0;
  Cell *cell = delta->last[kind];

  if (cell == NULL || !equal_cells (cell, &key))
    cell = g_hash_table_lookup (delta->cells, &key);
  if (cell == NULL)
    {
      cell = g_memdup2 (&key, sizeof key);
      g_hash_table_add (delta->cells, cell);
    }

  cell->images += images;
  cell->instances += instances;
  delta->last[kind] = cell;
}

static int
compare_ids (const void *a,
             const void *b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

/* One cell per class that the image holds; returns how many those are. */
static guint
add_classes (BallastCountDelta *delta,
             gint64             split_id,
             int                sign)
{
  const gint64 *ids = &g_array_index (delta->class_ids, gint64, 0);
  guint n = delta->class_ids->len;
  guint n_classes = 0;

  if (n > 1)
    qsort (delta->class_ids->data, n, sizeof *ids, compare_ids);
  for (guint i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && ids[end] == ids[i]; end++);
      add_to_cell (delta, (Cell) { .class_id = ids[i], .split_id = split_id }, sign,
                   (gint64) sign * (end - i));
      n_classes++;
    }

  return n_classes;
}

void
ballast_count_delta_add (BallastCountDelta        *delta,
                         const BallastImageRecord *record,
                         const BallastAnnotation  *annotations,
                         guint                     n_annotations,
                         int                       sign)
{
  guint n_classes;

  if (record->flags & BALLAST_IMAGE_GONE)
    delta->totals[BALLAST_TOTAL_GONE] += sign;
  else if (record->flags & BALLAST_IMAGE_EXCLUDED)
    delta->totals[BALLAST_TOTAL_EXCLUDED] += sign;
  else if (record->flags & BALLAST_IMAGE_UNREADABLE)
    delta->totals[BALLAST_TOTAL_UNREADABLE] += sign;
  if (record->flags & (BALLAST_IMAGE_GONE | BALLAST_IMAGE_EXCLUDED | BALLAST_IMAGE_UNREADABLE))
    return;

  g_array_set_size (delta->class_ids, 0);
  for (guint i = 0; i < n_annotations; i++)
    {
      g_array_append_val (delta->class_ids, annotations[i].class_id);
      if (annotations[i].has_box)
        delta->totals[BALLAST_TOTAL_BOXES] += sign;
    }

  add_to_cell (delta, (Cell) { .split_id = record->split_id }, sign, (gint64) sign * n_annotations);
  n_classes = add_classes (delta, record->split_id, sign);
  if (n_classes == 0)
    delta->totals[BALLAST_TOTAL_UNLABELLED] += sign;
  if (n_classes > 1)
    delta->totals[BALLAST_TOTAL_MULTI_LABEL] += sign;
}

static gboolean
write_cell (const Cell *cell,
            BallastDb  *db,
            GError    **error)
{
  BallastStatement *statement;

  if (cell->images == 0 && cell->instances == 0)
    return TRUE;

  statement = ballast_db_statement (
    db, "INSERT INTO counter VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET "
    "images = images + ?3, instances = instances + ?4", error);
  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, cell->class_id);
  ballast_statement_bind_int (statement, 2, cell->split_id);
  ballast_statement_bind_int (statement, 3, cell->images);
  ballast_statement_bind_int (statement, 4, cell->instances);

  return ballast_statement_run (statement, error);
}

static gboolean
write_total (const char *name,
             gint64      difference,
             BallastDb  *db,
             GError    **error)
{
  BallastStatement *statement;

  if (difference == 0)
    return TRUE;

  statement = ballast_db_statement (
    db, "INSERT INTO total VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = value + ?2", error);
  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, name);
  ballast_statement_bind_int (statement, 2, difference);

  return ballast_statement_run (statement, error);
}

gboolean
ballast_count_delta_write (BallastCountDelta *delta,
                           BallastDb         *db,
                           GError           **error)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, delta->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (!write_cell (cell, db, error))
      return FALSE;
  for (guint i = 0; i < BALLAST_N_TOTALS; i++)
    if (!write_total (total_names[i], delta->totals[i], db, error))
      return FALSE;

  g_hash_table_remove_all (delta->cells);
  memset (delta->totals, 0, sizeof delta->totals);
  memset (delta->last, 0, sizeof delta->last);

  return TRUE;
}

const char *
ballast_total_get_name (BallastTotal total)
{
  return total_names[total];
}
