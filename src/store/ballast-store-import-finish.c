/*
 * The problems of an import, and its end.
 *
 * A problem is known by what it says, so that one found again stays the row it was.  What a
 * session did not find again is dropped at its end, but for the problems of files that were not
 * looked into because they are as they were.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "ballast-schema.h"
#include "ballast-store-import-private.h"

/* Found by comparing pictures, not by importing, and looked after with the splits: pairs of images
 * (an import tells of pairs by their paths), and groups. */
#define NOT_DUPLICATES "NOT (other_image_id IS NOT NULL AND kind IN (10, 11, 12, 27, 28, 29))"

G_STATIC_ASSERT (BALLAST_PROBLEM_DUPLICATE == 10);
G_STATIC_ASSERT (BALLAST_PROBLEM_CLASS_CONFLICT == 11);
G_STATIC_ASSERT (BALLAST_PROBLEM_SPLIT_LEAK == 12);
G_STATIC_ASSERT (BALLAST_PROBLEM_NEAR_DUPLICATE == 27);
G_STATIC_ASSERT (BALLAST_PROBLEM_NEAR_LEAK == 28);
G_STATIC_ASSERT (BALLAST_PROBLEM_GROUP_LEAK == 29);

static gint64
digest_problem (const BallastProblem *problem)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, (int) problem->kind,
                          problem->image_id, problem->other_image_id);
  for (guint i = 0; i < 3; i++)
    {
      const char *part = i == 0 ? problem->path : i == 1 ? problem->other_path : problem->detail;

      g_string_append_c (text, part != NULL);
      g_string_append_len (text, part != NULL ? part : "", part != NULL ? strlen (part) + 1 : 0);
    }

  return (gint64) XXH3_64bits (text->str, text->len);
}

static void
remember (BallastStoreImport   *import,
          const BallastProblem *problem,
          gboolean              seen)
{
  BallastImportProblem *entry = g_new0 (BallastImportProblem, 1);

  entry->digest = digest_problem (problem);
  entry->id = problem->id;
  entry->image_id = problem->image_id;
  entry->kind = problem->kind;
  entry->seen = seen;
  g_hash_table_insert (import->problems, entry, entry);
}

gboolean
ballast_store_import_load_problems (BallastStoreImport *import,
                                    GError            **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "SELECT id, kind, image_id, other_image_id, path, other_path, detail FROM "
    "problem WHERE source_id = ? AND " NOT_DUPLICATES, error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, import->source_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastProblem problem = {
        .id = ballast_statement_get_int (statement, 0),
        .kind = ballast_statement_get_int (statement, 1),
        .image_id = ballast_statement_get_int (statement, 2),
        .other_image_id = ballast_statement_get_int (statement, 3),
        .path = ballast_statement_is_null (statement, 4)
                  ? NULL : ballast_statement_dup_bytes (statement, 4),
        .other_path = ballast_statement_is_null (statement, 5)
                        ? NULL : ballast_statement_dup_bytes (statement, 5),
        .detail = g_strdup (ballast_statement_peek_text (statement, 6)),
      };

      remember (import, &problem, FALSE);
      ballast_problem_clear (&problem);
    }

  return step == BALLAST_STEP_DONE;
}

static void
bind_image (BallastStatement *statement,
            int               index,
            gint64            image_id)
{
  if (image_id != 0)
    ballast_statement_bind_int (statement, index, image_id);
  else
    ballast_statement_bind_null (statement, index);
}

static gboolean
insert_problem (BallastStoreImport   *import,
                const BallastProblem *problem,
                GError              **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "INSERT INTO problem (kind, source_id, image_id, other_image_id, path, "
    "other_path, detail) VALUES (?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, problem->kind);
  ballast_statement_bind_int (statement, 2, import->source_id);
  bind_image (statement, 3, problem->image_id);
  bind_image (statement, 4, problem->other_image_id);
  ballast_statement_bind_bytes (statement, 5, problem->path);
  ballast_statement_bind_bytes (statement, 6, problem->other_path);
  ballast_statement_bind_text (statement, 7, problem->detail);

  return ballast_statement_run (statement, error);
}

/* A path is stored with its image alone, a detail as UTF-8. */
gboolean
ballast_store_import_problem (BallastStoreImport   *import,
                              const BallastProblem *problem,
                              GError              **error)
{
  g_autofree char *detail =
    problem->detail != NULL ? g_utf8_make_valid (problem->detail, -1) : NULL;
  BallastProblem noted = *problem;
  gint64 digest;
  BallastImportProblem *known;

  /* The row that says "and 7 more" is one of these. */
  if (problem->n_more > 0)
    import->unlisted[problem->kind] += problem->n_more - 1;
  noted.detail = detail;
  noted.path = noted.image_id != 0 ? NULL : noted.path;
  noted.other_path = noted.other_image_id != 0 ? NULL : noted.other_path;
  digest = digest_problem (&noted);
  known = g_hash_table_lookup (import->problems, &digest);
  if (known != NULL)
    {
      known->seen = TRUE;
      return TRUE;
    }

  if (!ballast_store_import_ensure_batch (import, error))
    return FALSE;
  if (!insert_problem (import, &noted, error))
    return ballast_store_import_fail (import, error);
  noted.id = ballast_db_get_last_insert_id (import->store->db);
  remember (import, &noted, TRUE);

  return TRUE;
}

static gboolean
is_stale (BallastStoreImport         *import,
          const BallastImportProblem *problem)
{
  if (problem->seen)
    return FALSE;
  if (problem->kind == BALLAST_PROBLEM_GONE || problem->kind == BALLAST_PROBLEM_CHANGED)
    return TRUE;

  return problem->image_id == 0 || !ballast_store_import_has_bit (import->kept, problem->image_id);
}

gboolean
ballast_store_import_drop_problems (BallastStoreImport *import,
                                    GError            **error)
{
  BallastStatement *statement =
    ballast_db_statement (import->store->db, "DELETE FROM problem WHERE id = ?", error);
  GHashTableIter iter;
  gpointer problem;

  if (statement == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, import->problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    if (is_stale (import, problem))
      {
        ballast_statement_bind_int (statement, 1, ((BallastImportProblem *) problem)->id);
        if (!ballast_statement_run (statement, error))
          return FALSE;
      }

  return TRUE;
}

gboolean
ballast_store_import_write_unlisted (BallastStoreImport *import,
                                     GError            **error)
{
  BallastDb *db = import->store->db;
  BallastStatement *statement = ballast_db_statement (
    db, "DELETE FROM total WHERE name GLOB 'unlisted-problems * ' || ?", error);

  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, import->source_id);
  if (!ballast_statement_run (statement, error))
    return FALSE;

  for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
    {
      if (import->unlisted[kind] == 0)
        continue;
      statement = ballast_db_statement (
        db, "INSERT INTO total VALUES ('unlisted-problems ' || ? || ' ' || ?, ?)", error);
      if (statement == NULL)
        return FALSE;
      ballast_statement_bind_int (statement, 1, kind);
      ballast_statement_bind_int (statement, 2, import->source_id);
      ballast_statement_bind_int (statement, 3, import->unlisted[kind]);
      if (!ballast_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
mark_gone (BallastStoreImport *import,
           gint64              image_id,
           GError            **error)
{
  BallastProblem problem = { .kind = BALLAST_PROBLEM_GONE, .image_id = image_id };
  BallastDb *db = import->store->db;
  BallastStatement *statement =
    ballast_db_statement (db, "UPDATE image SET flags = flags | 2 WHERE id = ?", error);

  if (statement == NULL || !ballast_store_count_image (db, image_id, -1, import->delta, error))
    return FALSE;

  ballast_statement_bind_int (statement, 1, image_id);

  return ballast_statement_run (statement, error) &&
         ballast_store_count_image (db, image_id, 1, import->delta, error) &&
         ballast_store_import_problem (import, &problem, error);
}

/* (transfer full) (element-type gint64): images of the source that did not come. */
static GArray *
list_unseen (BallastStoreImport *import,
             GError            **error)
{
  g_autoptr(GArray) unseen = g_array_new (FALSE, FALSE, sizeof (gint64));
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "SELECT id FROM image WHERE folder_id IN (SELECT id FROM folder WHERE "
    "source_id = ?)", error);
  BallastStep step;

  if (statement == NULL)
    return NULL;

  ballast_statement_bind_int (statement, 1, import->source_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);

      if (!ballast_store_import_has_bit (import->seen, id))
        g_array_append_val (unseen, id);
    }

  return step == BALLAST_STEP_DONE ? g_steal_pointer (&unseen) : NULL;
}

static gboolean
mark_all_gone (BallastStoreImport *import,
               GError            **error)
{
  g_autoptr(GArray) unseen = NULL;

  if (!import->is_update)
    return TRUE;

  unseen = list_unseen (import, error);
  if (unseen == NULL)
    return FALSE;
  for (guint i = 0; i < unseen->len; i++)
    if (!mark_gone (import, g_array_index (unseen, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
complete_source (BallastStoreImport *import,
                 GError            **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "UPDATE source SET complete = 1, imported_us = ? WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, g_get_real_time ());
  ballast_statement_bind_int (statement, 2, import->source_id);

  return ballast_statement_run (statement, error);
}

static gboolean
finish (BallastStoreImport *import,
        GError            **error)
{
  return mark_all_gone (import, error) && ballast_store_import_drop_problems (import, error) &&
         ballast_store_import_write_unlisted (import, error) &&
         ballast_count_delta_write (import->delta, import->store->db, error) &&
         ballast_schema_make_deferred (import->store->db, error) && complete_source (import, error);
}

gboolean
ballast_store_import_finish (BallastStoreImport *import,
                             GCancellable       *cancellable,
                             GError            **error)
{
  BallastDb *db = import->store->db;
  gboolean succeeded;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !ballast_store_import_flush (import, error) ||
      !ballast_store_import_ensure_batch (import, error))
    return FALSE;

  ballast_db_set_cancellable (db, cancellable);
  succeeded = finish (import, error);
  ballast_db_set_cancellable (db, NULL);
  if (!ballast_db_end (db, succeeded, error))
    return ballast_store_import_fail (import, error);

  ballast_store_import_check_keys (import, TRUE);
  import->store->import = NULL;
  return TRUE;
}
