/*
 * Several classes become one.
 *
 * The labels of all go to one class, which may get a new name in the same step; a second plain label
 * of an image goes away.  The others are hidden, and the names under which sources know them lead to
 * the one.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-edit-private.h"

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const BallastClassLabel *left = a;
  const BallastClassLabel *right = b;

  return (left->id > right->id) - (left->id < right->id);
}

static gboolean
has_plain_label (BallastDb *db,
                 gint64     image_id,
                 gint64     class_id,
                 gboolean  *has,
                 GError   **error)
{
  BallastStatement *statement = ballast_db_statement (
    db, "SELECT 1 FROM annotation WHERE id >= ? AND id < ? AND class_id = ? AND x IS NULL", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, BALLAST_STORE_FIRST_ANNOTATION (image_id));
  ballast_statement_bind_int (statement, 2, BALLAST_STORE_FIRST_ANNOTATION (image_id + 1));
  ballast_statement_bind_int (statement, 3, class_id);
  step = ballast_statement_step (statement, error);
  ballast_statement_reset (statement);
  *has = step == BALLAST_STEP_ROW;

  return step != BALLAST_STEP_ERROR;
}

/* @labels are sorted by id, so those of one image follow each other. */
static gboolean
log_merged_labels (BallastEdit  *edit,
                   BallastDb    *db,
                   const GArray *labels,
                   gint64        into,
                   GError      **error)
{
  gint64 image_with_plain = 0;

  for (guint i = 0; i < labels->len; i++)
    {
      const BallastClassLabel *label = &g_array_index (labels, BallastClassLabel, i);
      gint64 image_id = label->id >> BALLAST_STORE_ANNOTATION_BITS;
      gboolean has = image_with_plain == image_id;

      if (label->is_plain && !has && !has_plain_label (db, image_id, into, &has, error))
        return FALSE;
      if (label->is_plain)
        image_with_plain = image_id;

      if (label->is_plain && has)
        {
          if (!ballast_edit_remove_label (edit, db, label->id, error))
            return FALSE;
          continue;
        }
      ballast_change_log_add (&edit->log, (BallastChange) {
      .kind = BALLAST_CHANGE_LABEL_CLASS, .id = label->id, .before = label->class_id, .after = into,
    });
    }

  return TRUE;
}

/* What a merge is asked for. */
typedef struct
{
  const gint64 *ids;
  gsize         n_ids;
  gint64        into;
  const char   *name; /* (nullable): what @into is called from then on */
} Merge;

static gboolean
is_among (const GArray *ids,
          gint64        id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* The classes that cease to be, each once; the names of those that are merged become the edit's. */
static GArray *
list_merged_classes (BallastEdit *edit,
                     BallastDb   *db,
                     const Merge *merge,
                     GError     **error)
{
  g_autoptr(GArray) classes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *into_name = ballast_store_dup_class_name (db, merge->into, error);

  if (into_name == NULL)
    return NULL;

  for (gsize i = 0; i < merge->n_ids; i++)
    {
      gboolean stays = merge->ids[i] == merge->into;
      g_autofree char *name = ballast_store_dup_class_name (db, merge->ids[i], error);

      if (name == NULL)
        return NULL;
      if ((stays && merge->name == NULL) || is_among (classes, merge->ids[i]))
        continue;
      if (!stays)
        g_array_append_val (classes, merge->ids[i]);
      g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", name);
      ballast_edit_add_argument (edit, name);
    }
  ballast_edit_add_argument (edit, merge->name != NULL ? merge->name : into_name);
  edit->label = g_strdup_printf ("Merge %s into “%s”", names->str,
                                 merge->name != NULL ? merge->name : into_name);

  return g_steal_pointer (&classes);
}

static gboolean
log_new_name (BallastEdit *edit,
              BallastDb   *db,
              const Merge *merge,
              GError     **error)
{
  g_autofree char *before = ballast_store_dup_class_name (db, merge->into, error);

  if (before == NULL || !ballast_store_check_class_name (db, merge->name, error))
    return FALSE;

  ballast_change_log_add (&edit->log, (BallastChange) {
    .kind = BALLAST_CHANGE_CLASS_NAME, .id = merge->into, .text_before = before,
    .text_after = merge->name,
  });
  return TRUE;
}

static gboolean
merge_classes (BallastStore *store,
               const Merge  *merge,
               GError      **error)
{
  g_autoptr(BallastEdit) edit = ballast_edit_new ("merge-classes");
  g_autoptr(GArray) classes = list_merged_classes (edit, store->db, merge, error);
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (BallastClassLabel));

  if (classes == NULL)
    return FALSE;

  for (guint i = 0; i < classes->len; i++)
    {
      gint64 class_id = g_array_index (classes, gint64, i);

      if (!ballast_store_list_labels (store->db, class_id, labels, error) ||
          !ballast_edit_move_aside (edit, store->db, class_id, merge->into, error) ||
          !ballast_edit_hide_class (edit, store->db, class_id, merge->into, error))
        return FALSE;
    }
  g_array_sort (labels, compare_labels);

  return log_merged_labels (edit, store->db, labels, merge->into, error) &&
         (merge->name == NULL || log_new_name (edit, store->db, merge, error)) &&
         ballast_store_record_edit (store, edit, error);
}

gboolean
ballast_store_merge_classes (BallastStore *store,
                             const gint64 *ids,
                             gsize         n_ids,
                             gint64        into,
                             GError      **error)
{
  const Merge merge = { ids, n_ids, into, NULL };

  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, merge_classes (store, &merge, error), error);
}

gboolean
ballast_store_merge_classes_as (BallastStore *store,
                                const gint64 *ids,
                                gsize         n_ids,
                                const char   *name,
                                GError      **error)
{
  const Merge merge = { ids, n_ids, ids[0], name };

  return ballast_store_begin_edit (store, error) &&
         ballast_db_end (store->db, merge_classes (store, &merge, error), error);
}
