/*
 * The plan applied to every image: which originals stay, and how many copies are drawn of each.
 *
 * A place in a plan of single labels is the rank of an image's path among those of its class in the
 * training split, which is the order in which the store tells of them; a plan over whole images is
 * asked by their ids.  Store thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-plan.h"

#include <string.h>

#include "ballast-store-query.h"

#define MAX_CROPS ((1u << 30) - 1)

typedef struct
{
  BallastExportChoices *choices;
  const BallastPlan    *plan;
  GHashTable           *several;  /* ids of images with several classes that were met */
  GChecksum            *checksum;
  gint64                class_id; /* 0: none */
  guint64               place;
  gboolean              training;
} Walk;

/* Crops to make of an image; each goes into the digest. */
static guint
count_crops (Walk  *walk,
             gint64 image_id)
{
  g_autoptr(GArray) crops = ballast_plan_dup_image_crops (walk->plan, image_id);
  guint n = 0;

  for (guint i = 0; crops != NULL && i < crops->len; i++)
    {
      const BallastPlanCrop *crop = &g_array_index (crops, BallastPlanCrop, i);
      const gint64 figures[] = { GINT64_TO_LE ((gint64) crop->window.x),
                                 GINT64_TO_LE ((gint64) crop->window.y),
                                 GINT64_TO_LE ((gint64) crop->window.width),
                                 GINT64_TO_LE ((gint64) crop->window.height),
                                 GINT64_TO_LE ((gint64) crop->times) };

      n += crop->times;
      g_checksum_update (walk->checksum, (const guchar *) figures, sizeof figures);
    }
  return MIN (n, MAX_CROPS);
}

static void
add_choice (Walk                     *walk,
            const BallastStoreMember *member,
            guint                     n_copies,
            gboolean                  keep_original)
{
  guint n_crops = walk->training ? count_crops (walk, member->id) : 0;
  BallastExportChoice choice = { member->id, n_copies, n_crops, walk->training, keep_original };
  const gint64 figures[] = { GINT64_TO_LE (walk->class_id), GINT64_TO_LE (member->source_id),
                             GINT64_TO_LE ((gint64) n_copies), keep_original };

  if (!keep_original && n_copies == 0 && n_crops == 0)
    return;
  g_array_append_val (walk->choices->choices, choice);
  walk->choices->files += n_copies + n_crops + (keep_original ? 1 : 0);
  g_checksum_update (walk->checksum, (const guchar *) member->folder, strlen (member->folder) + 1);
  g_checksum_update (walk->checksum, (const guchar *) member->name, strlen (member->name) + 1);
  g_checksum_update (walk->checksum, (const guchar *) figures, sizeof figures);
}

static gboolean
on_member (const BallastStoreMember *member,
           gpointer                  user_data)
{
  Walk *walk = user_data;
  gboolean keep_original = TRUE;
  guint n_copies = 0;

  if (member->n_classes > 1 &&
      !g_hash_table_add (walk->several, g_memdup2 (&member->id, sizeof member->id)))
    return TRUE;

  if (walk->training && walk->plan->rows != NULL)
    n_copies = ballast_plan_get_image_copies (walk->plan, member->id, &keep_original);
  else if (walk->training && walk->class_id == 0)
    keep_original = ballast_plan_keeps_background (walk->plan, walk->place++);
  else if (walk->training)
    n_copies = ballast_plan_get_copies (walk->plan, walk->class_id, walk->place++, &keep_original);
  add_choice (walk, member, n_copies, keep_original);
  return TRUE;
}

/* All images of one split: @split_id is its id, or BALLAST_QUERY_NONE. */
static gboolean
walk_split (Walk               *walk,
            BallastStore       *store,
            const BallastTally *tally,
            gint64              split_id,
            GCancellable       *cancellable,
            GError            **error)
{
  BallastStoreMemberWalk members = { BALLAST_QUERY_NONE, split_id, on_member, walk };

  for (guint i = 0; i < tally->n_classes; i++)
    {
      walk->class_id = members.class_id = tally->classes[i].id;
      walk->place = 0;
      if (!ballast_store_foreach_class_member (store, &members, cancellable, error))
        return FALSE;
    }

  walk->class_id = 0;
  walk->place = 0;
  members.class_id = BALLAST_QUERY_NONE;
  return ballast_store_foreach_class_member (store, &members, cancellable, error);
}

gboolean
ballast_export_choices_read (BallastExportChoices *choices,
                             BallastStore         *store,
                             const BallastTally   *tally,
                             const BallastPlan    *plan,
                             GCancellable         *cancellable,
                             GError              **error)
{
  g_autoptr(GHashTable) several = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  Walk walk = { choices, plan, several, checksum };
  gboolean success = TRUE;

  choices->choices = g_array_new (FALSE, FALSE, sizeof (BallastExportChoice));
  choices->files = 0;
  for (guint split = 0; success && split <= tally->n_splits; split++)
    {
      gint64 id = split < tally->n_splits ? tally->splits[split].id : BALLAST_QUERY_NONE;

      walk.training = split == plan->training_split;
      success = walk_split (&walk, store, tally, id, cancellable, error);
    }

  g_strlcpy (choices->digest, g_checksum_get_string (checksum), sizeof choices->digest);
  return success;
}

void
ballast_export_choices_clear (BallastExportChoices *choices)
{
  g_clear_pointer (&choices->choices, g_array_unref);
}
