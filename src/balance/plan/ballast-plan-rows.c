/*
 * The training split as rows, and equal rows put together.
 *
 * Invariant: groups and places follow from class names, counts and paths alone.  So the same images
 * imported in another order, or beside others, have the same places.  Any thread, one at a time,
 * until it is finished; then all.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-plan-rows.h"

#include <stdlib.h>
#include <string.h>

#include "ballast-random.h"

G_DEFINE_BOXED_TYPE (BallastPlanRows, ballast_plan_rows, ballast_plan_rows_ref,
                     ballast_plan_rows_unref)

/* What is collected while rows come in. */
typedef struct
{
  GArray *ids, *digests, *starts, *cells;
  GArray *object_starts, *objects, *widths, *heights;
} Building;

static guint64
digest_text (const char *text)
{
  BallastRandomKey key = ballast_random_key (0, text, 0);

  return (guint64) key.word[1] << 32 | key.word[0];
}

/* The finaliser of SplitMix64 (Steele et al., OOPSLA 2014): every bit of the result hangs on all. */
static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return x ^ (x >> 31);
}

static BallastPlanRows *
rows_new (guint n_classes)
{
  BallastPlanRows *rows = g_new0 (BallastPlanRows, 1);
  Building building = { g_array_new (FALSE, FALSE, sizeof (gint64)),
                        g_array_new (FALSE, FALSE, sizeof (guint64)),
                        g_array_new (FALSE, FALSE, sizeof (guint32)),
                        g_array_new (FALSE, FALSE, sizeof (BallastPlanCell)),
                        g_array_new (FALSE, FALSE, sizeof (guint32)),
                        g_array_new (FALSE, FALSE, sizeof (BallastPlanObject)),
                        g_array_new (FALSE, FALSE, sizeof (guint32)),
                        g_array_new (FALSE, FALSE, sizeof (guint32)) };

  g_atomic_ref_count_init (&rows->ref_count);
  rows->n_classes = n_classes;
  rows->building = g_array_new (FALSE, FALSE, sizeof (Building));
  g_array_append_val (rows->building, building);
  return rows;
}

BallastPlanRows *
ballast_plan_rows_new_like (const BallastPlanRows *rows)
{
  BallastPlanRows *others = rows_new (rows->n_classes);

  others->class_names = g_array_ref (rows->class_names);
  return others;
}

BallastPlanRows *
ballast_plan_rows_new (const char *const *names,
                       guint              n_classes)
{
  BallastPlanRows *rows = rows_new (n_classes);

  rows->class_names = g_array_sized_new (FALSE, FALSE, sizeof (guint64), n_classes);
  for (guint i = 0; i < n_classes; i++)
    {
      guint64 digest = digest_text (names[i]);

      g_array_append_val (rows->class_names, digest);
    }
  return rows;
}

static int
compare_cells (const void *a,
               const void *b)
{
  guint32 left = ((const BallastPlanCell *) a)->class_index;
  guint32 right = ((const BallastPlanCell *) b)->class_index;

  return (left > right) - (left < right);
}

/* Sorts what was appended from @start on, and makes one cell of those of one class. */
static void
tidy_cells (GArray *cells,
            guint   start)
{
  BallastPlanCell *first = &g_array_index (cells, BallastPlanCell, start);
  guint n = cells->len - start, kept = 0;

  qsort (first, n, sizeof *first, compare_cells);
  for (guint i = 0; i < n; i++)
    if (kept > 0 && first[kept - 1].class_index == first[i].class_index)
      first[kept - 1].count += first[i].count;
    else
      first[kept++] = first[i];
  g_array_set_size (cells, start + kept);
}

void
ballast_plan_rows_add (BallastPlanRows       *rows,
                       gint64                 id,
                       const char            *path,
                       const BallastPlanCell *cells,
                       guint                  n_cells)
{
  Building *building = &g_array_index (rows->building, Building, 0);
  guint32 start = building->cells->len;
  guint64 digest = digest_text (path);

  g_array_append_val (building->ids, id);
  g_array_append_val (building->digests, digest);
  g_array_append_val (building->starts, start);
  if (n_cells == 0)
    return;
  g_array_append_vals (building->cells, cells, n_cells);
  tidy_cells (building->cells, start);
}

void
ballast_plan_rows_add_objects (BallastPlanRows         *rows,
                               guint                    width,
                               guint                    height,
                               const BallastPlanObject *objects,
                               guint                    n_objects)
{
  Building *building = &g_array_index (rows->building, Building, 0);
  guint32 start = building->objects->len, size[] = { width, height };

  g_array_append_val (building->object_starts, start);
  g_array_append_val (building->widths, size[0]);
  g_array_append_val (building->heights, size[1]);
  if (n_objects > 0)
    g_array_append_vals (building->objects, objects, n_objects);
}

/* Fewer entries are sorted by comparing them. */
#define SORTED_BY_PARTS 16384

/* A row as it is sorted: by what it holds, then by its path. */
typedef struct
{
  guint64 name;
  guint64 digest;
  guint32 row;
} Entry;

/* Goes through 16 bits of a key of every entry; those of one value stay in their order. */
static void
sort_by_part (const Entry *from,
              Entry       *to,
              guint        n,
              gsize        key,
              guint        part)
{
  g_autofree guint32 *starts = g_new0 (guint32, 65537);
  const char *keys = (const char *) from + key;

#define PART(i) (G_STRUCT_MEMBER (guint64, keys + (gsize) (i) * sizeof *from, 0) >> 16 * part & 0xffff)
  for (guint i = 0; i < n; i++)
    starts[PART (i) + 1]++;
  for (guint i = 1; i < 65536; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    to[starts[PART (i)]++] = from[i];
#undef PART
}

static int
compare_entries (const void *a,
                 const void *b)
{
  const Entry *left = a, *right = b;

  if (left->name != right->name)
    return left->name > right->name ? 1 : -1;
  if (left->digest != right->digest)
    return left->digest > right->digest ? 1 : -1;
  return (left->row > right->row) - (left->row < right->row);
}

/* Keys are digests, of all their bits: from the last part of the last key to the first of the first,
 * a large number of entries is sorted some six times as fast as by comparing them. */
static void
sort_entries (Entry *entries,
              guint  n)
{
  const gsize keys[] = { G_STRUCT_OFFSET (Entry, digest), G_STRUCT_OFFSET (Entry, name) };
  g_autofree Entry *others = NULL;

  if (n < SORTED_BY_PARTS)
    {
      qsort (entries, n, sizeof *entries, compare_entries);
      return;
    }
  others = g_new (Entry, n);
  for (guint key = 0; key < G_N_ELEMENTS (keys); key++)
    for (guint part = 0; part < 4; part += 2)
      {
        sort_by_part (entries, others, n, keys[key], part);
        sort_by_part (others, entries, n, keys[key], part + 1);
      }
}

static guint64
name_row (const BallastPlanRows *rows,
          guint                  row,
          BallastUnit            unit)
{
  guint64 name = 0;

  for (guint32 i = rows->starts[row]; i < rows->starts[row + 1]; i++)
    {
      guint64 digest = g_array_index (rows->class_names, guint64, rows->cells[i].class_index);
      guint32 count = unit == BALLAST_UNIT_IMAGES ? 1 : rows->cells[i].count;

      /* A sum, as the order of the classes is not part of a name. */
      name += mix (digest + count * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15));
    }
  return name;
}

static Entry *
dup_sorted (const BallastPlanRows *rows,
            BallastUnit            unit)
{
  Entry *entries = g_new (Entry, MAX (rows->n_rows, 1));

  for (guint row = 0; row < rows->n_rows; row++)
    entries[row] = (Entry){ name_row (rows, row, unit), rows->digests[row], row };
  sort_entries (entries, rows->n_rows);
  return entries;
}

static void
add_cells (const BallastPlanRows *rows,
           guint                  row,
           BallastUnit            unit,
           GArray                *cells)
{
  for (guint32 i = rows->starts[row]; i < rows->starts[row + 1]; i++)
    {
      BallastPlanCell cell = rows->cells[i];

      if (unit == BALLAST_UNIT_IMAGES)
        cell.count = 1;
      g_array_append_val (cells, cell);
    }
}

static void
fill_groups (BallastPlanRows *rows,
             BallastUnit      unit)
{
  BallastPlanGroups *groups = &rows->groups[unit];
  g_autofree Entry *entries = dup_sorted (rows, unit);
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  GArray *names = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (BallastPlanCell));
  guint32 place = 0;

  groups->group_of = g_new0 (guint32, rows->n_rows + 1);
  groups->places = g_new0 (guint32, rows->n_rows + 1);
  for (guint i = 0; i < rows->n_rows; i++)
    {
      if (i == 0 || entries[i].name != entries[i - 1].name)
        {
          place = 0;
          g_array_append_val (starts, cells->len);
          g_array_append_val (names, entries[i].name);
          g_array_append_val (sizes, place);
          add_cells (rows, entries[i].row, unit, cells);
        }
      groups->group_of[entries[i].row] = sizes->len - 1;
      groups->places[entries[i].row] = place++;
      g_array_index (sizes, guint32, sizes->len - 1) = place;
    }
  g_array_append_val (starts, cells->len);

  groups->n_groups = sizes->len;
  groups->sizes = (guint32 *) (gpointer) g_array_free (sizes, FALSE);
  groups->starts = (guint32 *) (gpointer) g_array_free (starts, FALSE);
  groups->names = (guint64 *) (gpointer) g_array_free (names, FALSE);
  groups->cells = (BallastPlanCell *) (gpointer) g_array_free (cells, FALSE);
}

/* Takes what was collected of boxes, if there is any. */
static void
finish_objects (BallastPlanRows *rows,
                Building        *building)
{
  gboolean any = building->object_starts->len > 0;
  guint32 end = building->objects->len;

  g_array_append_val (building->object_starts, end);
  rows->object_starts = (guint32 *) (gpointer) g_array_free (building->object_starts, !any);
  rows->objects = (BallastPlanObject *) (gpointer) g_array_free (building->objects, !any);
  rows->widths = (guint32 *) (gpointer) g_array_free (building->widths, !any);
  rows->heights = (guint32 *) (gpointer) g_array_free (building->heights, !any);
}

void
ballast_plan_rows_finish (BallastPlanRows *rows)
{
  Building *building = &g_array_index (rows->building, Building, 0);

  g_array_append_val (building->starts, building->cells->len);
  rows->n_rows = building->ids->len;
  rows->ids = (gint64 *) (gpointer) g_array_free (building->ids, FALSE);
  rows->digests = (guint64 *) (gpointer) g_array_free (building->digests, FALSE);
  rows->starts = (guint32 *) (gpointer) g_array_free (building->starts, FALSE);
  rows->cells = (BallastPlanCell *) (gpointer) g_array_free (building->cells, FALSE);
  finish_objects (rows, building);
  g_clear_pointer (&rows->building, g_array_unref);
  fill_groups (rows, BALLAST_UNIT_IMAGES);
  fill_groups (rows, BALLAST_UNIT_INSTANCES);
}

BallastPlanRows *
ballast_plan_rows_ref (BallastPlanRows *rows)
{
  g_atomic_ref_count_inc (&rows->ref_count);
  return rows;
}

static void
groups_clear (BallastPlanGroups *groups)
{
  g_free (groups->sizes);
  g_free (groups->starts);
  g_free (groups->cells);
  g_free (groups->names);
  g_free (groups->group_of);
  g_free (groups->places);
}

static void
drop_building (BallastPlanRows *rows)
{
  Building *building;

  if (rows->building == NULL)
    return;
  building = &g_array_index (rows->building, Building, 0);
  g_array_unref (building->ids);
  g_array_unref (building->digests);
  g_array_unref (building->starts);
  g_array_unref (building->cells);
  g_array_unref (building->object_starts);
  g_array_unref (building->objects);
  g_array_unref (building->widths);
  g_array_unref (building->heights);
  g_array_unref (rows->building);
}

void
ballast_plan_rows_unref (BallastPlanRows *rows)
{
  if (!g_atomic_ref_count_dec (&rows->ref_count))
    return;

  drop_building (rows);
  for (guint unit = 0; unit < G_N_ELEMENTS (rows->groups); unit++)
    groups_clear (&rows->groups[unit]);
  g_array_unref (rows->class_names);
  g_free (rows->object_starts);
  g_free (rows->objects);
  g_free (rows->widths);
  g_free (rows->heights);
  g_free (rows->ids);
  g_free (rows->digests);
  g_free (rows->starts);
  g_free (rows->cells);
  g_free (rows);
}

gint64
ballast_plan_rows_find (const BallastPlanRows *rows,
                        gint64                 id)
{
  guint low = 0, high = rows->n_rows;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (rows->ids[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low < rows->n_rows && rows->ids[low] == id ? (gint64) low : -1;
}
