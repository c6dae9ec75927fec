/*
 * Groups that grow with the project.
 *
 * All images are grouped again by the stored rule; what that says of images that are in a group already
 * is heard only where it joins groups.  So a file that is gone, or was moved, takes no group apart.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-group-growth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-near-duplicates-private.h"
#include "ballast-split-data.h"
#include "ballast-store-edit.h"

/* What is found of the images, by group: which stored one it is, and where that lies. */
typedef struct
{
  gint64 id;     /* 0: a new one */
  gint64 split;  /* 0: none, or several */
  guint8 place;  /* of the split in the tally */
  guint8 mixed;  /* it lies in several splits */
} Home;

typedef struct
{
  const BallastSplitData   *data;
  const BallastSplitGroups *groups;
  Home                     *homes;  /* by group */
  GArray                   *ids;    /* gint64: images that change */
  GArray                   *places; /* guint32: their groups */
  GArray                   *sides;  /* guint8 */
  BallastGroupGrowth       *growth;
} Growth;

static gboolean
read_rule_in_thread (BallastStore *store,
                     gpointer      user_data,
                     GError      **error)
{
  char **rule = user_data;

  *rule = ballast_store_dup_setting (store, BALLAST_STORE_GROUPS_KEY);
  return TRUE;
}

static guint8
find_split_place (const BallastTally *tally,
                  gint64              split_id)
{
  guint place = 0;

  while (place < tally->n_splits && tally->splits[place].id != split_id)
    place++;

  return place < tally->n_splits && place < BALLAST_STORE_SAME_SPLIT ? (guint8) place
                                                                     : BALLAST_STORE_SAME_SPLIT;
}

/* The first stored group among the members is the one that goes on. */
static void
find_homes (Growth *self)
{
  const BallastSplitData *data = self->data;

  for (guint i = 0; i < data->n_images; i++)
    {
      guint32 group = self->groups->groups[i];
      Home *home = group != BALLAST_SPLIT_ALONE ? &self->homes[group] : NULL;

      if (home == NULL)
        continue;
      if (home->id == 0)
        home->id = data->group_ids[i];
      if (data->split_ids[i] == 0)
        continue;
      if (home->split != 0 && home->split != data->split_ids[i])
        home->mixed = TRUE;
      home->split = data->split_ids[i];
    }
  for (guint i = 0; i < self->groups->names->len; i++)
    self->homes[i].place = self->homes[i].mixed || self->homes[i].split == 0
                             ? BALLAST_STORE_SAME_SPLIT
                             : find_split_place (data->tally, self->homes[i].split);
}

static void
list_changes (Growth *self)
{
  const BallastSplitData *data = self->data;

  for (guint i = 0; i < data->n_images; i++)
    {
      guint32 group = self->groups->groups[i];
      guint8 side = BALLAST_STORE_SAME_SPLIT;

      if (group == BALLAST_SPLIT_ALONE ||
          (data->group_ids[i] != 0 && data->group_ids[i] == self->homes[group].id))
        continue;
      if (data->split_ids[i] == 0)
        side = self->homes[group].place;
      g_array_append_val (self->ids, data->ids[i]);
      g_array_append_val (self->places, group);
      g_array_append_val (self->sides, side);
      self->growth->grouped++;
      self->growth->placed += side != BALLAST_STORE_SAME_SPLIT;
    }
}

static gboolean
store_in_thread (BallastStore *store,
                 gpointer      user_data,
                 GError      **error)
{
  const Growth *self = user_data;
  const BallastTally *tally = self->data->tally;
  guint n_groups = self->groups->names->len;
  g_autofree gint64 *group_ids = g_new (gint64, n_groups + 1);
  g_autoptr(GPtrArray) splits = g_ptr_array_new ();
  g_autofree char *rule = ballast_store_dup_setting (store, BALLAST_STORE_GROUPS_KEY);
  BallastStoreDivision division = {
    .image_ids = (const gint64 *) (gpointer) self->ids->data,
    .n_images = self->ids->len,
    .groups = (const guint32 *) (gpointer) self->places->data,
    .group_names = (const char *const *) self->groups->names->pdata,
    .group_ids = group_ids,
    .n_groups = n_groups,
    .group_rule = rule,
  };

  for (guint i = 0; i < n_groups; i++)
    group_ids[i] = self->homes[i].id;
  for (guint i = 0; i < tally->n_splits; i++)
    g_ptr_array_add (splits, tally->splits[i].name);
  if (self->growth->placed > 0)
    {
      division.sides = (const guint8 *) (gpointer) self->sides->data;
      division.splits = (const char *const *) splits->pdata;
      division.n_splits = splits->len;
    }

  return ballast_store_divide (store, &division, error);
}

static gboolean
grow (BallastStoreThread       *thread,
      const BallastSplitData   *data,
      const BallastSplitGroups *groups,
      BallastGroupGrowth       *growth,
      GError                  **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GArray) sides = g_array_new (FALSE, FALSE, sizeof (guint8));
  g_autofree Home *homes = g_new0 (Home, groups->names->len + 1);
  Growth self = { data, groups, homes, ids, places, sides, growth };

  find_homes (&self);
  list_changes (&self);

  return ids->len == 0 || ballast_store_thread_call (thread, store_in_thread, &self, error);
}

gboolean
ballast_groups_grow (BallastStoreThread *thread,
                     GPtrArray          *sources,
                     BallastJob         *job,
                     BallastGroupGrowth *growth,
                     GError            **error)
{
  g_auto(BallastGrouping) grouping = { 0 };
  g_autoptr(BallastNearSet) near = NULL;
  g_autoptr(BallastSplitData) data = NULL;
  g_autoptr(BallastSplitGroups) groups = NULL;
  g_autofree char *rule = NULL;

  *growth = (BallastGroupGrowth) { 0 };
  if (!ballast_store_thread_call (thread, read_rule_in_thread, &rule, error))
    return FALSE;
  if (rule == NULL || !ballast_grouping_from_json (&grouping, rule))
    return TRUE;

  if (grouping.kind == BALLAST_GROUPING_NEAR_DUPLICATES)
    {
      near = ballast_near_duplicates_find (thread, sources, job, grouping.distance, error);
      if (near == NULL)
        return FALSE;
    }
  ballast_job_report_message (job, _("Looking for groups"));
  data = ballast_split_data_load (thread, ballast_job_get_cancellable (job), error);
  if (data == NULL)
    return FALSE;
  /* A pattern that matches nothing any more groups nothing. */
  groups = ballast_split_data_group (data, &grouping, near, NULL);

  return groups == NULL || grow (thread, data, groups, growth, error);
}
