/*
 * The counts, as a snapshot for charts and plans.
 *
 * Reads the rows of class, split, counter and total: as many as there are classes × splits.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store.h"

#include <string.h>

#include "ballast-store-private.h"
#include "ballast-store-query.h"

/* Positions of classes and splits in the tally by their ids. */
typedef struct
{
  GHashTable *classes;
  GHashTable *splits;
} Places;

static void
set_place (GHashTable *places,
           gint64      id,
           guint       place)
{
  g_hash_table_insert (places, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (place));
}

static gboolean
find_place (GHashTable *places,
            gint64      id,
            guint      *place)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (places, &id, NULL, &value))
    return FALSE;

  *place = GPOINTER_TO_UINT (value);
  return TRUE;
}

static gboolean
read_classes (BallastDb    *db,
              BallastTally *tally,
              Places       *places,
              GError      **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT id, name, number, parent FROM class WHERE dropped = 0 ORDER BY position, id", error);
  BallastStep step;
  guint i = 0;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastClassTally *tallied = &tally->classes[i];

      tallied->id = ballast_statement_get_int (statement, 0);
      tallied->index = i;
      g_free (tallied->name);
      tallied->name = ballast_statement_dup_bytes (statement, 1);
      tallied->has_number = !ballast_statement_is_null (statement, 2);
      tallied->number = ballast_statement_get_int (statement, 2);
      g_free (tallied->parent);
      tallied->parent = g_strdup (ballast_statement_peek_text (statement, 3));
      set_place (places->classes, tallied->id, i);
      i++;
    }

  return step == BALLAST_STEP_DONE;
}

static gboolean
read_splits (BallastDb    *db,
             BallastTally *tally,
             Places       *places,
             GError      **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT id, name FROM split WHERE dropped = 0 ORDER BY id", error);
  BallastStep step;
  guint i = 0;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      tally->splits[i].id = ballast_statement_get_int (statement, 0);
      g_free (tally->splits[i].name);
      tally->splits[i].name = ballast_statement_dup_bytes (statement, 1);
      set_place (places->splits, tally->splits[i].id, i);
      i++;
    }
  set_place (places->splits, 0, i);

  return step == BALLAST_STEP_DONE;
}

static void
add_split_counter (BallastTally *tally,
                   guint         split,
                   BallastCount  count)
{
  tally->images += count.images;
  tally->annotations += count.instances;
  if (split < tally->n_splits)
    tally->splits[split].images = count.images;
  else
    tally->images_without_split = count.images;
}

static gboolean
read_counters (BallastDb    *db,
               BallastTally *tally,
               Places       *places,
               GError      **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT class_id, split_id, images, instances FROM counter", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 class_id = ballast_statement_get_int (statement, 0);
      BallastCount count = { ballast_statement_get_int (statement, 2),
                             ballast_statement_get_int (statement, 3) };
      guint split;
      guint class;

      if (!find_place (places->splits, ballast_statement_get_int (statement, 1), &split))
        continue; /* a row of zeros that a hidden split left */
      if (class_id == 0)
        add_split_counter (tally, split, count);
      else if (find_place (places->classes, class_id, &class))
        {
          tally->classes[class].by_split[split] = count;
          tally->classes[class].total.images += count.images;
          tally->classes[class].total.instances += count.instances;
        }
    }

  return step == BALLAST_STEP_DONE;
}

static void
set_total (BallastTally *tally,
           BallastTotal  total,
           guint64       value)
{
  guint64 *const fields[] = {
    [BALLAST_TOTAL_UNLABELLED] = &tally->unlabelled, [BALLAST_TOTAL_MULTI_LABEL] = &tally->multi_label,
    [BALLAST_TOTAL_BOXES] = &tally->boxes, [BALLAST_TOTAL_EXCLUDED] = &tally->excluded,
    [BALLAST_TOTAL_UNREADABLE] = &tally->unreadable, [BALLAST_TOTAL_GONE] = &tally->gone,
  };

  *fields[total] = value;
}

static gboolean
read_totals (BallastDb    *db,
             BallastTally *tally,
             GError      **error)
{
  BallastStatement *statement =
    ballast_db_statement (db, "SELECT name, value FROM total", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    for (guint i = 0; i < BALLAST_N_TOTALS; i++)
      if (strcmp (ballast_statement_peek_text (statement, 0), ballast_total_get_name (i)) == 0)
        set_total (tally, i, ballast_statement_get_int (statement, 1));

  return step == BALLAST_STEP_DONE;
}

/* Whether classes are no more those of the sources, in their order. */
static gboolean
read_edited (BallastDb    *db,
             BallastTally *tally,
             GError      **error)
{
  gint64 edited;

  if (!ballast_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM class_name WHERE class_id IS NULL) OR "
                           "EXISTS (SELECT 1 FROM class_name GROUP BY class_id HAVING count(*) > 1) OR "
                           "EXISTS (SELECT 1 FROM edit WHERE undone = 0 AND code = 'reorder-classes')",
                           &edited, error))
    return FALSE;
  tally->classes_edited = edited != 0;
  return TRUE;
}

BallastTally *
ballast_store_get_tally (BallastStore *store,
                         GError      **error)
{
  g_autoptr(GHashTable) classes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GHashTable) splits = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(BallastTally) tally = NULL;
  Places places = { classes, splits };
  gint64 n_classes;
  gint64 n_splits;

  if (store->import != NULL && !ballast_store_import_show_counts (store->import, error))
    return NULL;
  if (!ballast_db_get_int (store->db, "SELECT count(*) FROM class WHERE dropped = 0", &n_classes,
                           error) ||
      !ballast_db_get_int (store->db, "SELECT count(*) FROM split WHERE dropped = 0", &n_splits,
                           error))
    return NULL;

  tally = ballast_tally_new (n_classes, n_splits);
  if (!read_classes (store->db, tally, &places, error) ||
      !read_splits (store->db, tally, &places, error) ||
      !read_counters (store->db, tally, &places, error) || !read_totals (store->db, tally, error) || !read_edited (store->db, tally, error))
    return NULL;

  return g_steal_pointer (&tally);
}

static BallastSource *
read_source (BallastStatement *statement)
{
  BallastSource *source = g_new0 (BallastSource, 1);

  source->id = ballast_statement_get_int (statement, 0);
  source->root = ballast_statement_dup_bytes (statement, 1);
  source->file = ballast_statement_dup_bytes (statement, 2);
  source->layout = ballast_statement_dup_bytes (statement, 3);
  source->options = g_strdup (ballast_statement_peek_text (statement, 4));
  source->imported_us = ballast_statement_get_int (statement, 5);

  return source;
}

GPtrArray *
ballast_store_get_sources (BallastStore *store,
                           GError      **error)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_source_free);
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT id, root, file, layout, options, imported_us FROM source ORDER BY id", error);
  BallastStep step;

  if (statement == NULL)
    return NULL;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    g_ptr_array_add (sources, read_source (statement));

  return step == BALLAST_STEP_DONE ? g_steal_pointer (&sources) : NULL;
}

char **
ballast_store_dup_class_parents (BallastStore *store,
                                 guint         n_classes,
                                 GError      **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT parent FROM class WHERE dropped = 0 ORDER BY position, id", error);
  g_autoptr(GPtrArray) parents = g_ptr_array_new_with_free_func (g_free);
  BallastStep step;

  if (statement == NULL)
    return NULL;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    if (parents->len < n_classes)
      g_ptr_array_add (parents, ballast_statement_dup_bytes (statement, 0));
  if (step == BALLAST_STEP_ERROR)
    return NULL;

  g_ptr_array_set_size (parents, (int) n_classes + 1);
  return (char **) g_ptr_array_steal (parents, NULL);
}
