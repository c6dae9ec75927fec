/*
 * The edit that puts images into splits and groups, all of them in one step.
 *
 * An image costs four bytes in the list of edits for its split and four for its group; the counts
 * follow in two passes.  Some two microseconds an image.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "ballast-store-edit-private.h"
#include "ballast-store-split.h"

/* An edit under way, and what it did so far. */
typedef struct
{
  BallastStore               *store;
  const BallastStoreDivision *division;
  BallastEdit                *edit;
  GArray                     *split_ids;  /* by place */
  GArray                     *group_ids;
  GHashTable                 *left;       /* split id → images that stay in it */
  guint64                     n_placed;   /* images that a split was chosen for … */
  guint64                     n_moved;    /* … another one than before */
  guint64                     n_grouped;
} Division;

static gint64
ensure_group (BallastDb  *db,
              const char *name,
              GError    **error)
{
  /* Folders' names are bytes. */
  static const BallastNamedRows groups = { "SELECT id FROM image_group WHERE name = ?",
                                           "INSERT INTO image_group (name) VALUES (?)",
                                           ballast_statement_bind_bytes };

  return ballast_store_ensure_name (db, &groups, name, error);
}

static gboolean
ensure_names (Division *self,
              GError  **error)
{
  const BallastStoreDivision *division = self->division;

  for (guint i = 0; division->sides != NULL && i < division->n_splits; i++)
    {
      gint64 id = ballast_store_ensure_split (self->store->db, division->splits[i], error);

      if (id < 0)
        return FALSE;
      g_array_append_val (self->split_ids, id);
    }
  for (guint i = 0; division->groups != NULL && i < division->n_groups; i++)
    {
      gint64 known = division->group_ids != NULL ? division->group_ids[i] : 0;
      gint64 id = known != 0 ? known
                             : ensure_group (self->store->db, division->group_names[i], error);

      if (id < 0)
        return FALSE;
      g_array_append_val (self->group_ids, id);
    }

  return TRUE;
}

static void
count_left (Division *self,
            gint64    split_id,
            gint64    change)
{
  gint64 *count = g_hash_table_lookup (self->left, &split_id);

  if (count == NULL)
    {
      gint64 *key = g_memdup2 (&split_id, sizeof split_id);

      count = g_new0 (gint64, 1);
      g_hash_table_insert (self->left, key, count);
    }
  *count += change;
}

static void
log_place (Division *self,
           gsize     i,
           gint64    split_id,
           gint64    flags)
{
  gint64 before = split_id << 1 | ((flags & BALLAST_STORE_SPLIT_BY_USER) != 0);
  gint64 side = g_array_index (self->split_ids, gint64, self->division->sides[i]);
  gint64 after = side << 1 | 1;

  self->n_placed++;
  if (before == after)
    return;

  self->n_moved += split_id != side;
  count_left (self, split_id, -1);
  count_left (self, side, 1);
  ballast_change_log_add (&self->edit->log, (BallastChange) {
    .kind = BALLAST_CHANGE_IMAGE_PLACE, .id = self->division->image_ids[i], .before = before,
    .after = after,
  });
}

static void
log_group (Division *self,
           gsize     i,
           gint64    before)
{
  guint32 group = self->division->groups[i];
  gint64 after = group == BALLAST_STORE_NO_GROUP ? 0 : g_array_index (self->group_ids, gint64, group);

  self->n_grouped += after != 0;
  if (before != after)
    ballast_change_log_add (&self->edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_IMAGE_GROUP, .id = self->division->image_ids[i], .before = before,
      .after = after,
    });
}

static gboolean
fail_unknown (Division *self,
              gsize     i,
              GError  **error)
{
  g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_FOUND,
               _("The project “%s” has no image number %" PRId64),
               ballast_db_get_path (self->store->db), self->division->image_ids[i]);
  return FALSE;
}

/* Goes through all images beside those that are divided. */
static gboolean
log_images (Division *self,
            GError  **error)
{
  const BallastStoreDivision *division = self->division;
  BallastStatement *statement = ballast_db_statement (
    self->store->db, "SELECT id, split_id, flags, group_id FROM image ORDER BY id", error);
  BallastStep step;
  gsize next = 0;

  if (statement == NULL)
    return FALSE;
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);

      count_left (self, ballast_statement_get_int (statement, 1), 1);
      if (next >= division->n_images || division->image_ids[next] != id)
        continue;
      if (division->sides != NULL && division->sides[next] != BALLAST_STORE_SAME_SPLIT)
        log_place (self, next, ballast_statement_get_int (statement, 1),
                   ballast_statement_get_int (statement, 2));
      if (division->groups != NULL)
        log_group (self, next, ballast_statement_get_int (statement, 3));
      next++;
    }

  return step == BALLAST_STEP_DONE && (next == division->n_images || fail_unknown (self, next, error));
}

/* New splits are shown, and those that nothing is left in are not. */
static gboolean
log_splits (Division *self,
            GError  **error)
{
  GHashTableIter iter;
  gpointer key, value;

  if (self->division->sides == NULL)
    return TRUE;
  for (guint i = 0; i < self->split_ids->len; i++)
    {
      gint64 id = g_array_index (self->split_ids, gint64, i);
      gint64 *count = g_hash_table_lookup (self->left, &id);

      if (count != NULL && *count > 0 &&
          !ballast_edit_show_split (self->edit, self->store->db, id, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, self->left);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (*(gint64 *) key != 0 && *(gint64 *) value == 0 && self->n_moved > 0)
      ballast_change_log_add (&self->edit->log, (BallastChange) {
        .kind = BALLAST_CHANGE_SPLIT_DROPPED, .id = *(gint64 *) key, .before = 0, .after = 1,
      });

  return TRUE;
}

static void
log_rule (Division *self)
{
  const char *rule = self->division->group_rule;
  g_autofree char *before = NULL;

  if (self->division->groups == NULL)
    return;
  before = ballast_store_dup_setting (self->store, BALLAST_STORE_GROUPS_KEY);
  if (g_strcmp0 (before, rule) != 0)
    ballast_change_log_add (&self->edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_SETTING, .key = BALLAST_STORE_GROUPS_KEY, .text_before = before,
      .text_after = rule,
    });
}

static void
set_label (Division *self)
{
  const BallastStoreDivision *division = self->division;
  gboolean splits = division->sides != NULL && division->group_ids == NULL;
  guint64 n = splits ? self->n_placed : self->n_grouped;
  g_autofree char *number = g_strdup_printf ("%" PRIu64, n);
  const char *images = n == 1 ? "image" : "images";

  if (splits)
    self->edit->label = g_strdup_printf ("Split %s %s", number, images);
  else if (n > 0)
    self->edit->label = g_strdup_printf ("Group %s %s", number, images);
  else
    self->edit->label = g_strdup ("Take all images out of their groups");
  ballast_edit_add_argument (self->edit, number);
}

static gboolean
divide (BallastStore               *store,
        const BallastStoreDivision *division,
        GError                    **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new (division->sides != NULL ? "split" : "group");
  g_autoptr(GArray) split_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) group_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Division self = { .store = store, .division = division, .edit = edit, .split_ids = split_ids,
                    .group_ids = group_ids, .left = left };

  if (!ensure_names (&self, error) || !log_images (&self, error) || !log_splits (&self, error))
    return FALSE;
  log_rule (&self);
  set_label (&self);

  return ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_divide (BallastStore               *store,
                      const BallastStoreDivision *division,
                      GError                    **error)
{
  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, divide (store, division, error), error);
}
