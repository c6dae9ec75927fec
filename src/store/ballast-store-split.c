/*
 * What a division needs to know of the images, and what it makes of them.
 *
 * Each is one pass over a table in the order of its rows; nothing is looked up image by image.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-split.h"

#include "ballast-store-private.h"

#define PLACE_SQL                                                                                  \
  "SELECT i.id, i.split_id, i.group_id, f.source_id, f.path, i.name, v.value FROM image i JOIN "  \
  "folder f ON f.id = i.folder_id LEFT JOIN image_field v ON v.image_id = i.id WHERE "            \
  "i.flags & 7 = 0 ORDER BY i.id"

#define SUMMARY_SQL                                                                                \
  "SELECT g.name, c.n FROM (SELECT group_id, count(*) AS n FROM image WHERE group_id IS NOT NULL " \
  "AND flags & 7 = 0 GROUP BY group_id) c JOIN image_group g ON g.id = c.group_id ORDER BY c.n "   \
  "DESC, g.id"

gboolean
ballast_store_foreach_place (BallastStore         *store,
                             BallastStorePlaceFunc func,
                             gpointer              user_data,
                             GCancellable         *cancellable,
                             GError              **error)
{
  BallastStatement *statement = ballast_db_statement (store->db, PLACE_SQL, error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_db_set_cancellable (store->db, cancellable);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      /* An empty folder's path is no bytes. */
      const char *folder = ballast_statement_peek_text (statement, 4);
      BallastStorePlace place = {
        .id = ballast_statement_get_int (statement, 0),
        .split_id = ballast_statement_get_int (statement, 1),
        .group_id = ballast_statement_get_int (statement, 2),
        .source_id = ballast_statement_get_int (statement, 3),
        .folder = folder != NULL ? folder : "",
        .name = ballast_statement_peek_text (statement, 5),
        .field = ballast_statement_peek_text (statement, 6),
      };

      func (&place, user_data);
    }
  ballast_db_set_cancellable (store->db, NULL);

  return step == BALLAST_STEP_DONE;
}

static void
group_count_free (gpointer data)
{
  g_free (((BallastGroupCount *) data)->name);
  g_free (data);
}

void
ballast_group_summary_free (BallastGroupSummary *summary)
{
  if (summary == NULL)
    return;

  g_ptr_array_unref (summary->largest);
  g_free (summary);
}

BallastGroupSummary *
ballast_store_summarise_groups (BallastStore *store,
                                guint         n_largest,
                                GError      **error)
{
  g_autoptr(BallastGroupSummary) summary = g_new0 (BallastGroupSummary, 1);
  BallastStatement *statement = ballast_db_statement (store->db, SUMMARY_SQL, error);
  BallastStep step;

  summary->largest = g_ptr_array_new_with_free_func (group_count_free);
  if (statement == NULL)
    return NULL;
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      guint64 n = ballast_statement_get_int (statement, 1);

      summary->groups++;
      summary->images += n;
      if (summary->largest->len < n_largest)
        {
          BallastGroupCount *count = g_new (BallastGroupCount, 1);

          *count = (BallastGroupCount) { ballast_statement_dup_bytes (statement, 0), n };
          g_ptr_array_add (summary->largest, count);
        }
    }

  return step == BALLAST_STEP_DONE ? g_steal_pointer (&summary) : NULL;
}

gint64
ballast_store_stamp (const BallastImageFacts *facts)
{
  return (gint64) ((guint64) facts->mtime_ns ^ facts->size_bytes << 20 ^ facts->head_hash);
}

static gboolean
write_fingerprints (BallastDb                      *db,
                    const BallastStoredFingerprint *fingerprints,
                    gsize                           n,
                    GError                        **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO fingerprint VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
    "stamp = ?2, gradients = ?3, waves = ?4, spread = ?5", error);

  for (gsize i = 0; statement != NULL && i < n; i++)
    {
      ballast_statement_bind_int (statement, 1, fingerprints[i].image_id);
      ballast_statement_bind_int (statement, 2, fingerprints[i].stamp);
      ballast_statement_bind_int (statement, 3, (gint64) fingerprints[i].gradients);
      ballast_statement_bind_int (statement, 4, (gint64) fingerprints[i].waves);
      ballast_statement_bind_int (statement, 5, fingerprints[i].spread);
      if (!ballast_statement_run (statement, error))
        return FALSE;
    }

  return statement != NULL;
}

gboolean
ballast_store_set_fingerprints (BallastStore                   *store,
                                const BallastStoredFingerprint *fingerprints,
                                gsize                           n_fingerprints,
                                GError                        **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, write_fingerprints (store->db, fingerprints, n_fingerprints,
                                                        error), error);
}

gboolean
ballast_store_get_fingerprints (BallastStore *store,
                                GArray       *known,
                                GArray       *missing,
                                GCancellable *cancellable,
                                GError      **error)
{
  BallastStatement *statement = ballast_db_statement (
    store->db, "SELECT i.id, i.size_bytes, i.mtime_ns, i.head_hash, p.stamp, p.gradients, p.waves, "
    "p.spread FROM image i LEFT JOIN fingerprint p ON p.image_id = i.id WHERE i.flags & 7 = 0 "
    "ORDER BY i.id", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_db_set_cancellable (store->db, cancellable);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      BallastImageFacts facts = { .size_bytes = ballast_statement_get_int (statement, 1),
                                  .mtime_ns = ballast_statement_get_int (statement, 2),
                                  .head_hash = ballast_statement_get_int (statement, 3) };
      BallastStoredFingerprint entry = {
        ballast_statement_get_int (statement, 0), ballast_statement_get_int (statement, 4),
        ballast_statement_get_int (statement, 5), ballast_statement_get_int (statement, 6),
        ballast_statement_get_int (statement, 7),
      };

      if (ballast_statement_is_null (statement, 4) || entry.stamp != ballast_store_stamp (&facts))
        g_array_append_val (missing, entry.image_id);
      else
        g_array_append_val (known, entry);
    }
  ballast_db_set_cancellable (store->db, NULL);

  return step == BALLAST_STEP_DONE;
}
