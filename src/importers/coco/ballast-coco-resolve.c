/*
 * What the ids of a COCO file stand for, once all of it was read: images and classes of annotations,
 * and what comes twice or is not there.
 *
 * Cost: a look-up an annotation.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-coco-private.h"

#include <stdlib.h>

#include "ballast-id-map.h"
#include "ballast-problem.h"

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const BallastCocoClass *left = a;
  const BallastCocoClass *right = b;

  return (left->id > right->id) - (left->id < right->id);
}

/* A file without categories: its classes are named by their ids rather than lost. */
static void
name_classes (BallastCocoIndex *index)
{
  if (index->classes->len > 0)
    return;
  for (guint i = 0; i < index->class_ids->len; i++)
    {
      gint64 id = g_array_index (index->class_ids, gint64, i);
      BallastCocoClass class = { .id = id, .name = g_strdup_printf ("%" G_GINT64_FORMAT, id) };

      g_array_append_val (index->classes, class);
      ballast_coco_index_take_fault (index, BALLAST_PROBLEM_UNKNOWN_CLASS,
                                     g_strdup_printf ("category %" G_GINT64_FORMAT " is not declared: its "
                                                      "class is named so", id));
    }
  g_array_sort (index->classes, compare_ids);
}

static void
resolve_classes (BallastCocoIndex *index)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < index->classes->len; i++)
    {
      BallastCocoClass *class = &g_array_index (index->classes, BallastCocoClass, i);

      if (g_hash_table_contains (by_id, &class->id))
        ballast_coco_index_take_fault (index, BALLAST_PROBLEM_REPEATED_ID,
                                       g_strdup_printf ("category id %" G_GINT64_FORMAT " comes again as “%s”",
                                                        class->id, class->name));
      else
        g_hash_table_insert (by_id, &class->id, GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < index->class_ids->len; i++)
    {
      int class = (int) GPOINTER_TO_UINT (g_hash_table_lookup (
                                            by_id, &g_array_index (index->class_ids, gint64, i))) - 1;

      g_array_append_val (index->class_of, class);
    }
}

static void
resolve_images (BallastCocoIndex *index)
{
  g_autoptr(BallastIdMap) by_id = ballast_id_map_new (index->images->len);

  for (guint i = 0; i < index->images->len; i++)
    {
      BallastCocoImage *image = &g_array_index (index->images, BallastCocoImage, i);

      if (!ballast_id_map_insert (by_id, image->id, i))
        ballast_coco_index_take_fault (
          index, BALLAST_PROBLEM_REPEATED_ID,
          g_strdup_printf ("image id %" G_GINT64_FORMAT " comes again as “%s”", image->id,
                           index->names->str + image->name));
    }
  for (guint i = 0; i < index->entries->len; i++)
    {
      BallastCocoEntry *entry = &g_array_index (index->entries, BallastCocoEntry, i);
      gint64 id = entry->image;

      entry->image = ballast_id_map_find (by_id, id);
      if (entry->image >= 0)
        {
          g_array_index (index->images, BallastCocoImage, entry->image).n++;
          continue;
        }
      index->n_dropped++;
      ballast_coco_index_take_fault (
        index, BALLAST_PROBLEM_BAD_LINE,
        g_strdup_printf ("annotation %u of the file is of image %" G_GINT64_FORMAT
                         ", which is not there", i + 1, id));
    }
}

/* A counting sort: annotations of an image stay in the order of the file. */
static void
sort_entries (BallastCocoIndex *index)
{
  guint32 first = 0;

  for (guint i = 0; i < index->images->len; i++)
    {
      BallastCocoImage *image = &g_array_index (index->images, BallastCocoImage, i);

      image->first = first;
      first += image->n;
      image->n = 0;
    }
  g_array_set_size (index->order, first);
  for (guint i = 0; i < index->entries->len; i++)
    {
      const BallastCocoEntry *entry = &g_array_index (index->entries, BallastCocoEntry, i);
      int class = g_array_index (index->class_of, int, entry->class);
      BallastCocoImage *image;

      if (entry->image < 0)
        continue;
      image = &g_array_index (index->images, BallastCocoImage, entry->image);
      g_array_index (index->order, guint32, image->first + image->n++) = i;
      if (class >= 0)
        g_array_index (index->classes, BallastCocoClass, class).n++;
    }
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
find_repeated_numbers (BallastCocoIndex *index)
{
  GArray *numbers = index->numbers;
  gboolean is_sorted = TRUE;

  for (guint i = 1; i < numbers->len && is_sorted; i++)
    is_sorted = g_array_index (numbers, gint64, i - 1) < g_array_index (numbers, gint64, i);
  if (is_sorted)
    return;
  qsort (numbers->data, numbers->len, sizeof (gint64), compare_numbers);
  for (guint i = 1; i < numbers->len; i++)
    if (g_array_index (numbers, gint64, i - 1) == g_array_index (numbers, gint64, i))
      ballast_coco_index_take_fault (index, BALLAST_PROBLEM_REPEATED_ID,
                                     g_strdup_printf ("annotation id %" G_GINT64_FORMAT " comes again",
                                                      g_array_index (numbers, gint64, i)));
}

/* They are asked for nothing else, and take memory that is wanted. */
static void
forget_numbers (BallastCocoIndex *index)
{
  g_array_unref (index->numbers);
  index->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
ballast_coco_index_resolve (BallastCocoIndex *index)
{
  name_classes (index);
  resolve_classes (index);
  resolve_images (index);
  sort_entries (index);
  find_repeated_numbers (index);
  forget_numbers (index);
}
