/*
 * Leaks: what is in two splits and should be in one.
 *
 * Copies and pictures that look alike are pairs that a search found; whether a pair is a leak follows
 * from where its sides are now, and so does whether a group is.  So every edit brings the kinds of
 * those problems in line, in its own transaction: a few statements over the pairs, of the images
 * that it touches where those are few.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-edit-private.h"
#include "ballast-store-split.h"

/* More images than this are not asked for one by one. */
#define MAX_SINGLE 200

/* 10, 11, 12: the same bytes in one class and split, in two classes, in two splits; 27, 28: alike in
 * one split, in two; 29: a group in two. */
G_STATIC_ASSERT (BALLAST_PROBLEM_DUPLICATE == 10);
G_STATIC_ASSERT (BALLAST_PROBLEM_CLASS_CONFLICT == 11);
G_STATIC_ASSERT (BALLAST_PROBLEM_SPLIT_LEAK == 12);
G_STATIC_ASSERT (BALLAST_PROBLEM_NEAR_DUPLICATE == 27);
G_STATIC_ASSERT (BALLAST_PROBLEM_NEAR_LEAK == 28);
G_STATIC_ASSERT (BALLAST_PROBLEM_GROUP_LEAK == 29);

#define LEAKS                                                                                      \
  "EXISTS (SELECT 1 FROM image a, image b WHERE a.id = p.image_id AND b.id = p.other_image_id AND " \
  "a.flags & 7 = 0 AND b.flags & 7 = 0 AND a.split_id <> b.split_id)"
#define SAME_PAIR "q.image_id = p.image_id AND q.other_image_id = p.other_image_id"
#define ALL "p.other_image_id IS NOT NULL"
#define ONE_SIDE "p.image_id = ?1 AND p.other_image_id IS NOT NULL"
#define OTHER_SIDE "p.other_image_id = ?1"

/* What is done to the pairs that @of names. */
#define PAIR_STATEMENTS(of)                                                                        \
  {                                                                                                \
    "UPDATE problem AS p SET kind = kind + (CASE kind WHEN 10 THEN 2 ELSE 1 END) WHERE " of        \
    " AND kind IN (10, 27) AND " LEAKS,                                                            \
    "DELETE FROM problem AS p WHERE " of " AND kind = 12 AND EXISTS (SELECT 1 FROM problem q WHERE " \
    SAME_PAIR " AND q.kind = 11) AND NOT " LEAKS,                                                  \
    "UPDATE problem AS p SET kind = kind - (CASE kind WHEN 12 THEN 2 ELSE 1 END) WHERE " of        \
    " AND kind IN (12, 28) AND NOT " LEAKS,                                                        \
    "INSERT INTO problem (kind, source_id, image_id, other_image_id) SELECT 12, source_id, "       \
    "image_id, other_image_id FROM problem AS p WHERE " of " AND kind = 11 AND " LEAKS             \
    " AND NOT EXISTS (SELECT 1 FROM problem q WHERE " SAME_PAIR " AND q.kind = 12)",               \
  }

#define N_PAIR_STATEMENTS 4

static const char *const of_all[N_PAIR_STATEMENTS] = PAIR_STATEMENTS (ALL);
static const char *const of_one[N_PAIR_STATEMENTS] = PAIR_STATEMENTS (ONE_SIDE);
static const char *const of_other[N_PAIR_STATEMENTS] = PAIR_STATEMENTS (OTHER_SIDE);

/* The first image of a group in each split, for each two splits. */
#define GROUPS(of)                                                                                 \
  "WITH place AS (SELECT group_id, split_id, min (id) AS first FROM image WHERE " of " AND "       \
  "split_id IS NOT NULL AND flags & 7 = 0 GROUP BY group_id, split_id) "                           \
  "INSERT INTO problem (kind, source_id, image_id, other_image_id, detail) SELECT 29, f.source_id, " \
  "a.first, b.first, CAST (g.name AS TEXT) FROM place a JOIN place b ON b.group_id = a.group_id "  \
  "AND b.split_id > a.split_id JOIN image i ON i.id = a.first JOIN folder f ON f.id = i.folder_id " \
  "JOIN image_group g ON g.id = a.group_id ORDER BY a.group_id, a.split_id, b.split_id"

static gboolean
run (BallastDb  *db,
     const char *sql,
     gint64      id,
     GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);

  if (statement == NULL)
    return FALSE;
  if (id != 0)
    ballast_statement_bind_int (statement, 1, id);

  return ballast_statement_run (statement, error);
}

static gboolean
run_all (BallastDb         *db,
         const char *const *statements,
         gint64             id,
         GError           **error)
{
  for (guint i = 0; i < N_PAIR_STATEMENTS; i++)
    if (!run (db, statements[i], id, error))
      return FALSE;

  return TRUE;
}

static gboolean
refresh_pairs (BallastDb    *db,
               const GArray *ids,
               GError      **error)
{
  gint64 has_pairs;

  if (!ballast_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM problem WHERE kind IN (10, 11, 12, 27, "
                           "28) AND other_image_id IS NOT NULL)", &has_pairs, error))
    return FALSE;
  if (!has_pairs)
    return TRUE;
  if (ids == NULL || ids->len > MAX_SINGLE)
    return run_all (db, of_all, 0, error);

  for (guint i = 0; i < ids->len; i++)
    if (!run_all (db, of_one, g_array_index (ids, gint64, i), error) ||
        !run_all (db, of_other, g_array_index (ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

/* Groups of copies leak as copies do, and are told of there. */
static gboolean
are_groups_of_copies (BallastDb *db,
                      gboolean  *of_copies,
                      GError   **error)
{
  gint64 found;

  if (!ballast_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM setting WHERE key = '"
                           BALLAST_STORE_GROUPS_KEY "' AND value LIKE '%duplicates\"%')", &found, error))
    return FALSE;
  *of_copies = found != 0;

  return TRUE;
}

static gboolean
refresh_groups_of (BallastDb *db,
                   gint64     image_id,
                   GError   **error)
{
  return run (db, "DELETE FROM problem WHERE kind = 29 AND image_id = ?1", image_id, error) &&
         run (db, "DELETE FROM problem WHERE kind = 29 AND other_image_id = ?1", image_id, error) &&
         run (db, "DELETE FROM problem WHERE kind = 29 AND image_id IN (SELECT id FROM image WHERE "
              "group_id = (SELECT group_id FROM image WHERE id = ?1))", image_id, error) &&
         run (db, GROUPS ("group_id = (SELECT group_id FROM image WHERE id = ?1)"), image_id, error);
}

static gboolean
refresh_groups (BallastDb    *db,
                const GArray *ids,
                GError      **error)
{
  gint64 has_groups;
  gboolean of_copies;

  if (!ballast_db_get_int (db, "SELECT EXISTS (SELECT 1 FROM image WHERE group_id IS NOT NULL) OR "
                           "EXISTS (SELECT 1 FROM problem WHERE kind = 29)", &has_groups, error) ||
      !are_groups_of_copies (db, &of_copies, error))
    return FALSE;
  if (!has_groups)
    return TRUE;
  if (ids == NULL || ids->len > MAX_SINGLE || of_copies)
    return run (db, "DELETE FROM problem WHERE kind = 29", 0, error) &&
           (of_copies || run (db, GROUPS ("group_id IS NOT NULL"), 0, error));

  for (guint i = 0; i < ids->len; i++)
    if (!refresh_groups_of (db, g_array_index (ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

gboolean
ballast_store_refresh_leaks (BallastDb    *db,
                             const GArray *ids,
                             GError      **error)
{
  if (ids != NULL && ids->len == 0)
    return TRUE;

  return refresh_pairs (db, ids, error) && refresh_groups (db, ids, error);
}

static gboolean
write_near_duplicates (BallastDb             *db,
                       const BallastNearPair *pairs,
                       gsize                  n,
                       GError               **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO problem (kind, source_id, image_id, other_image_id, detail) SELECT 27, "
    "f.source_id, i.id, ?2, 'distance ' || ?3 FROM image i JOIN folder f ON f.id = i.folder_id "
    "WHERE i.id = ?1", error);

  if (statement == NULL || !run (db, "DELETE FROM problem WHERE kind IN (27, 28)", 0, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      ballast_statement_bind_int (statement, 1, pairs[i].image_id);
      ballast_statement_bind_int (statement, 2, pairs[i].other_image_id);
      ballast_statement_bind_int (statement, 3, pairs[i].distance);
      if (!ballast_statement_run (statement, error))
        return FALSE;
    }

  return ballast_store_refresh_leaks (db, NULL, error);
}

gboolean
ballast_store_set_near_duplicates (BallastStore          *store,
                                   const BallastNearPair *pairs,
                                   gsize                  n_pairs,
                                   GError               **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, write_near_duplicates (store->db, pairs, n_pairs, error), error);
}
