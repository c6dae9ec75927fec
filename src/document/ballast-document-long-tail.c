/*
 * Long-tailed training splits.
 *
 * The counts come from the images that hold the class alone, in the order of their paths, so that
 * the same dataset loses the same images on every machine.  Store thread but for the entry points.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-long-tail.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-document-private.h"
#include "ballast-store-edit.h"
#include "ballast-store-query.h"
#include "ballast-unit.h"

typedef struct
{
  GArray *ids; /* of gint64: images of one class, in path order */
} Members;

static gboolean
on_member (const BallastStoreMember *member,
           gpointer                  user_data)
{
  if (member->n_classes == 1)
    g_array_append_val (((Members *) user_data)->ids, member->id);
  return TRUE;
}

/* (transfer full) */
static GArray *
read_members (BallastStore *store,
              gint64        class_id,
              gint64        split_id,
              GError      **error)
{
  Members members = { g_array_new (FALSE, FALSE, sizeof (gint64)) };
  const BallastStoreMemberWalk walk = { class_id, split_id, on_member, &members };

  if (!ballast_store_foreach_class_member (store, &walk, NULL, error))
    g_clear_pointer (&members.ids, g_array_unref);
  return members.ids;
}

static gint64
get_training_id (const BallastTally *tally)
{
  guint split = ballast_tally_get_training_split (tally);

  return split < tally->n_splits ? tally->splits[split].id : BALLAST_QUERY_NONE;
}

/* (transfer full) (element-type GArray): the members of every class. */
static GPtrArray *
read_classes (BallastStore       *store,
              const BallastTally *tally,
              GError            **error)
{
  g_autoptr(GPtrArray) classes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < tally->n_classes; i++)
    {
      GArray *ids = read_members (store, tally->classes[i].id, get_training_id (tally), error);

      if (ids == NULL)
        return NULL;
      g_ptr_array_add (classes, ids);
    }
  return g_steal_pointer (&classes);
}

static void
add_excluded (GArray                       *excluded,
              const BallastLongTailOptions *options,
              const char                   *class_name,
              const GArray                 *ids,
              guint64                       kept)
{
  for (guint place = 0; place < ids->len; place++)
    if (!ballast_long_tail_keeps (options, class_name, ids->len, kept, place))
      g_array_append_val (excluded, g_array_index (ids, gint64, place));
}

static gboolean
make_in_thread (BallastStore   *store,
                gpointer        data,
                BallastChanged *changed,
                GError        **error)
{
  const BallastLongTailOptions *options = data;
  g_autoptr(BallastTally) tally = ballast_store_get_tally (store, error);
  g_autoptr(GPtrArray) classes = tally == NULL ? NULL : read_classes (store, tally, error);
  g_autoptr(GArray) excluded = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree guint64 *counts = NULL, *wanted = NULL;

  if (classes == NULL)
    return FALSE;

  counts = g_new (guint64, MAX (classes->len, 1));
  for (guint i = 0; i < classes->len; i++)
    counts[i] = ((GArray *) classes->pdata[i])->len;
  wanted = ballast_long_tail_dup_counts (options, counts, classes->len);
  for (guint i = 0; i < classes->len; i++)
    add_excluded (excluded, options, tally->classes[i].name, classes->pdata[i], wanted[i]);

  return excluded->len == 0 ||
         ballast_store_exclude_images (store, (const gint64 *) (void *) excluded->data,
                                       excluded->len, TRUE, error);
}

void
ballast_document_make_long_tailed_async (BallastDocument              *self,
                                         const BallastLongTailOptions *options,
                                         GAsyncReadyCallback           callback,
                                         gpointer                      user_data)
{
  BallastEdit edit = { make_in_thread, g_memdup2 (options, sizeof *options), g_free,
                       BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_PROBLEMS };

  ballast_document_edit_async (self, &edit, NULL, callback, user_data);
}

/* (transfer full): per class, the training images that hold another class too; zeros where none do. */
static guint64 *
dup_shared (BallastDocument *self)
{
  const BallastSnapshot *snapshot = ballast_document_get_snapshot (self);
  const BallastPlanRows *rows = snapshot->figures->rows;
  guint64 *shared = g_new0 (guint64, MAX (snapshot->tally->n_classes, 1));

  for (guint row = 0; rows != NULL && row < rows->n_rows; row++)
    if (rows->starts[row + 1] - rows->starts[row] > 1)
      for (guint i = rows->starts[row]; i < rows->starts[row + 1]; i++)
        shared[rows->cells[i].class_index]++;
  return shared;
}

guint64 *
ballast_document_dup_long_tail (BallastDocument              *self,
                                const BallastLongTailOptions *options)
{
  const BallastTally *tally = ballast_document_get_tally (self);
  int split = (int) ballast_tally_get_training_split (tally);
  g_autofree guint64 *counts = ballast_unit_dup_counts (BALLAST_UNIT_IMAGES, tally, split);
  g_autofree guint64 *shared = dup_shared (self);
  guint64 *kept;

  for (guint i = 0; i < tally->n_classes; i++)
    counts[i] -= MIN (counts[i], shared[i]);
  kept = ballast_long_tail_dup_counts (options, counts, tally->n_classes);
  for (guint i = 0; i < tally->n_classes; i++)
    kept[i] += shared[i];
  return kept;
}
