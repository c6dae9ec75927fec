/*
 * The list of problems, and duplicates.
 *
 * Problems are few beside images; they are counted and paged over their index.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-problems.h"

#include <string.h>

#include "ballast-path.h"
#include "ballast-store-private.h"

#define PATH_SQL(image)                                                                            \
  "(SELECT CASE WHEN length (f.path) = 0 THEN i.name ELSE CAST (f.path || '/' || i.name AS BLOB) " \
  "END FROM image i JOIN folder f ON f.id = i.folder_id WHERE i.id = " image ")"

#define PAGE_SQL                                                                                   \
  "SELECT id, kind, source_id, image_id, other_image_id, "                                         \
  "coalesce (path, " PATH_SQL ("p.image_id") "), "                                                 \
  "coalesce (other_path, " PATH_SQL ("p.other_image_id") "), detail FROM problem p WHERE "

gboolean
ballast_store_count_problems (BallastStore *store,
                              guint64      *counts,
                              GError      **error)
{
  /* An import lists so many of a kind, and counts the others: "unlisted-problems KIND SOURCE". */
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT kind, count(*) FROM problem GROUP BY kind UNION ALL "
    "SELECT CAST (substr (name, 19) AS INTEGER), value FROM total WHERE name GLOB "
    "'unlisted-problems *'", error);
  BallastStep step;

  memset (counts, 0, (BALLAST_PROBLEM_KIND_LAST + 1) * sizeof *counts);
  if (statement == NULL)
    return FALSE;

  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 kind = ballast_statement_get_int (statement, 0);

      if (kind > 0 && kind <= BALLAST_PROBLEM_KIND_LAST)
        counts[kind] += ballast_statement_get_int (statement, 1);
    }

  return step == BALLAST_STEP_DONE;
}

static char *
dup_bytes_or_null (BallastStatement *statement,
                   int               column)
{
  if (ballast_statement_is_null (statement, column))
    return NULL;

  return ballast_statement_dup_bytes (statement, column);
}

/* (transfer full): the rows of @statement, which PAGE_SQL begins. */
static GArray *
read_problems (BallastStatement *statement,
               GError          **error)
{
  g_autoptr(GArray) problems = g_array_new (FALSE, TRUE, sizeof (BallastProblem));
  BallastStep step;

  g_array_set_clear_func (problems, (GDestroyNotify) ballast_problem_clear);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastProblem problem = {
        .id = ballast_statement_get_int (statement, 0),
        .kind = ballast_statement_get_int (statement, 1),
        .source_id = ballast_statement_get_int (statement, 2),
        .image_id = ballast_statement_get_int (statement, 3),
        .other_image_id = ballast_statement_get_int (statement, 4),
        .path = dup_bytes_or_null (statement, 5),
        .other_path = dup_bytes_or_null (statement, 6),
        .detail = dup_bytes_or_null (statement, 7),
      };

      g_array_append_val (problems, problem);
    }

  return step == BALLAST_STEP_DONE ? g_steal_pointer (&problems) : NULL;
}

GArray *
ballast_store_page_problems (BallastStore      *store,
                             BallastProblemKind kind,
                             gint64             after_id,
                             guint              limit,
                             GError           **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, kind != 0 ? PAGE_SQL "id > ?1 AND kind = ?3 ORDER BY id LIMIT ?2"
                         : PAGE_SQL "id > ?1 ORDER BY id LIMIT ?2", error);

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_int (statement, 1, after_id);
  ballast_statement_bind_int (statement, 2, limit);
  if (kind != 0)
    ballast_statement_bind_int (statement, 3, kind);

  return read_problems (statement, error);
}

GArray *
ballast_store_get_problems_of_image (BallastStore *store,
                                     gint64        image_id,
                                     guint         limit,
                                     GError      **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, PAGE_SQL "image_id = ?1 UNION ALL " PAGE_SQL "other_image_id = ?1 LIMIT ?2", error);

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_int (statement, 1, image_id);
  ballast_statement_bind_int (statement, 2, limit);

  return read_problems (statement, error);
}

static int
compare_heads (gconstpointer a,
               gconstpointer b)
{
  const BallastSameHead *left = a;
  const BallastSameHead *right = b;

  if (left->size_bytes != right->size_bytes)
    return left->size_bytes < right->size_bytes ? -1 : 1;

  if (left->head_hash != right->head_hash)
    return left->head_hash < right->head_hash ? -1 : 1;

  return (left->image_id > right->image_id) - (left->image_id < right->image_id);
}

static gboolean
begin_alike (const BallastSameHead *a,
             const BallastSameHead *b)
{
  return a->size_bytes == b->size_bytes && a->head_hash == b->head_hash;
}

/* The places in a table of 2^@bits bits that stand for a file. */
static guint64
place_of (const BallastSameHead *file,
          guint                  bits)
{
  return (file->head_hash ^ file->size_bytes * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15))
         * G_GUINT64_CONSTANT (0xd6e8feb86659fd93) >> (64 - bits);
}

/* Notes @place in @table; TRUE where it was noted before. */
static gboolean
note_place (guint8 *table,
            guint64 place)
{
  guint8 bit = 1 << place % 8;
  gboolean noted = (table[place / 8] & bit) != 0;

  table[place / 8] |= bit;
  return noted;
}

/* Leaves those that may occur more than once: most are alone, and need not be sorted. */
static void
drop_single (GArray *files)
{
  BallastSameHead *all = &g_array_index (files, BallastSameHead, 0);
  guint bits = MAX (g_bit_storage (files->len) + 4, 10);
  g_autofree guint8 *seen = g_malloc0 ((gsize) 1 << (bits - 3));
  g_autofree guint8 *repeated = g_malloc0 ((gsize) 1 << (bits - 3));
  guint n_kept = 0;

  for (guint i = 0; i < files->len; i++)
    if (note_place (seen, place_of (&all[i], bits)))
      note_place (repeated, place_of (&all[i], bits));
  for (guint i = 0; i < files->len; i++)
    {
      guint64 place = place_of (&all[i], bits);

      if ((repeated[place / 8] & 1 << place % 8) != 0)
        all[n_kept++] = all[i];
    }
  g_array_set_size (files, n_kept);
}

/* Leaves what occurs more than once; @files is sorted. */
static void
keep_repeated (GArray *files)
{
  BallastSameHead *all = &g_array_index (files, BallastSameHead, 0);
  guint n_kept = 0;

  for (guint start = 0, end; start < files->len; start = end)
    {
      for (end = start + 1; end < files->len && begin_alike (&all[end], &all[start]); end++);
      if (end - start == 1)
        continue;
      memmove (all + n_kept, all + start, (end - start) * sizeof *all);
      n_kept += end - start;
    }
  g_array_set_size (files, n_kept);
}

GArray *
ballast_store_get_same_heads (BallastStore *store,
                              GCancellable *cancellable,
                              GError      **error)
{
  g_autoptr(GArray) files = g_array_new (FALSE, FALSE, sizeof (BallastSameHead));
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT size_bytes, head_hash, id FROM image WHERE flags & 6 = 0 AND size_bytes > 0", error);
  BallastStep step;

  if (statement == NULL)
    return NULL;

  ballast_db_set_cancellable (store->db, cancellable);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastSameHead file = { ballast_statement_get_int (statement, 0),
                               ballast_statement_get_int (statement, 1),
                               ballast_statement_get_int (statement, 2) };

      g_array_append_val (files, file);
    }
  ballast_db_set_cancellable (store->db, NULL);
  if (step == BALLAST_STEP_ERROR)
    return NULL;

  drop_single (files);
  g_array_sort (files, compare_heads);
  keep_repeated (files);

  return g_steal_pointer (&files);
}

static gboolean
write_duplicates (BallastDb              *db,
                  const BallastDuplicate *duplicates,
                  gsize                   n_duplicates,
                  GError                **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO problem (kind, source_id, image_id, other_image_id) SELECT ?1, f.source_id, "
    "i.id, ?3 FROM image i JOIN folder f ON f.id = i.folder_id WHERE i.id = ?2", error);

  if (statement == NULL ||
      !ballast_db_exec (db, "DELETE FROM problem WHERE kind IN (10, 11, 12) AND "
                        "other_image_id IS NOT NULL", error))
    return FALSE;

  for (gsize i = 0; i < n_duplicates; i++)
    {
      ballast_statement_bind_int (statement, 1, duplicates[i].kind);
      ballast_statement_bind_int (statement, 2, duplicates[i].image_id);
      ballast_statement_bind_int (statement, 3, duplicates[i].other_image_id);
      if (!ballast_statement_run (statement, error))
        return FALSE;
    }

  return ballast_store_refresh_leaks (db, NULL, error);
}

gboolean
ballast_store_set_duplicates (BallastStore           *store,
                              const BallastDuplicate *duplicates,
                              gsize                   n_duplicates,
                              GError                **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, write_duplicates (store->db, duplicates, n_duplicates, error),
                         error);
}
