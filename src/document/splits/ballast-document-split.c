/*
 * Splitting a project: a plan off the main thread, then one edit that does what the plan says.
 *
 * What is shown before is what is done: the edit takes the plan's own arrays.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-split.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-document-error.h"
#include "ballast-document-private.h"
#include "ballast-split-data.h"
#include "ballast-splitter-private.h"

/* Groups that are called by their names. */
#define N_LARGE 5

struct _BallastSplitPlan
{
  gatomicrefcount     ref_count;
  BallastSplitRequest request;
  BallastSplitData   *data;
  BallastSplitGroups *groups;
  BallastSplit       *split;    /* (nullable) */
  GPtrArray          *warnings;
  guint               large[N_LARGE];
};

void
ballast_split_request_init (BallastSplitRequest *request)
{
  *request = (BallastSplitRequest) { .grouping = { BALLAST_GROUPING_KEEP, NULL,
                                                   BALLAST_NEAR_DISTANCE } };
  ballast_split_options_init (&request->options);
}

void
ballast_split_request_copy (const BallastSplitRequest *request,
                            BallastSplitRequest       *copy)
{
  *copy = *request;
  ballast_split_options_copy (&request->options, &copy->options);
  ballast_grouping_copy (&request->grouping, &copy->grouping);
}

void
ballast_split_request_clear (BallastSplitRequest *request)
{
  ballast_split_options_clear (&request->options);
  ballast_grouping_clear (&request->grouping);
}

BallastSplitPlan *
ballast_split_plan_ref (BallastSplitPlan *plan)
{
  g_atomic_ref_count_inc (&plan->ref_count);
  return plan;
}

void
ballast_split_plan_unref (BallastSplitPlan *plan)
{
  if (!g_atomic_ref_count_dec (&plan->ref_count))
    return;

  ballast_split_request_clear (&plan->request);
  g_clear_pointer (&plan->data, ballast_split_data_unref);
  g_clear_pointer (&plan->groups, ballast_split_groups_free);
  g_clear_pointer (&plan->split, ballast_split_free);
  g_clear_pointer (&plan->warnings, g_ptr_array_unref);
  g_free (plan);
}

const BallastSplit *
ballast_split_plan_get_split (const BallastSplitPlan *plan)
{
  return plan->split;
}

const BallastSplitRequest *
ballast_split_plan_get_request (const BallastSplitPlan *plan)
{
  return &plan->request;
}

BallastTally *
ballast_split_plan_get_tally (const BallastSplitPlan *plan)
{
  return plan->data->tally;
}

const GPtrArray *
ballast_split_plan_get_warnings (const BallastSplitPlan *plan)
{
  return plan->warnings;
}

guint
ballast_split_plan_get_n_images (const BallastSplitPlan *plan)
{
  return plan->data->n_images;
}

guint
ballast_split_plan_get_n_groups (const BallastSplitPlan *plan)
{
  return plan->groups->names->len;
}

guint64
ballast_split_plan_get_n_grouped (const BallastSplitPlan *plan)
{
  return plan->groups->n_images;
}

const char *
ballast_split_plan_get_large_group (const BallastSplitPlan *plan,
                                    guint                   place,
                                    guint                  *n_images)
{
  if (place >= N_LARGE || place >= plan->groups->names->len)
    return NULL;

  *n_images = plan->groups->sizes[plan->large[place]];
  return g_ptr_array_index (plan->groups->names, plan->large[place]);
}

/* Keeps the places of the largest groups, the first of equals first. */
static void
find_large (BallastSplitPlan *plan)
{
  const guint32 *sizes = plan->groups->sizes;
  guint n = 0;

  for (guint i = 0; i < plan->groups->names->len; i++)
    {
      guint place = n;

      while (place > 0 && sizes[plan->large[place - 1]] < sizes[i])
        place--;
      if (place >= N_LARGE)
        continue;
      n = MIN (n + 1, N_LARGE);
      memmove (&plan->large[place + 1], &plan->large[place],
               (n - place - 1) * sizeof plan->large[0]);
      plan->large[place] = i;
    }
}

static void
divide (BallastSplitPlan *plan)
{
  const BallastSplitData *data = plan->data;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  BallastSplitImages images = {
    .n_images = data->n_images,
    .n_classes = data->tally->n_classes,
    .keys = data->keys,
    .label_ends = data->label_ends,
    .labels = (const guint32 *) (gpointer) data->labels->data,
    .groups = plan->groups->groups,
    .n_groups = plan->groups->names->len,
  };

  for (guint i = 0; i < data->tally->n_classes; i++)
    g_ptr_array_add (names, data->tally->classes[i].name);
  g_ptr_array_add (names, NULL);
  plan->split = ballast_split_new (&images, &plan->request.options);
  plan->warnings = ballast_split_list_warnings (plan->split, &plan->request.options,
                                                (const char *const *) names->pdata);
}

BallastSplitPlan *
ballast_split_plan_new (BallastSplitData          *data,
                        const BallastNearSet      *near,
                        const BallastSplitRequest *request,
                        GError                   **error)
{
  g_autoptr(BallastSplitPlan) plan = g_new0 (BallastSplitPlan, 1);

  g_atomic_ref_count_init (&plan->ref_count);
  ballast_split_request_copy (request, &plan->request);
  plan->data = ballast_split_data_ref (data);
  if (request->grouping.kind == BALLAST_GROUPING_NEAR_DUPLICATES && near == NULL)
    {
      g_set_error_literal (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
                           _("Near duplicates have not been looked for yet"));
      return NULL;
    }
  plan->groups = ballast_split_data_group (data, &request->grouping, near, error);
  if (plan->groups == NULL)
    return NULL;

  find_large (plan);
  if (request->only_groups)
    plan->warnings = g_ptr_array_new ();
  else
    divide (plan);

  return g_steal_pointer (&plan);
}

static gboolean
apply_in_thread (BallastStore   *store,
                 gpointer        user_data,
                 BallastChanged *changed,
                 GError        **error)
{
  BallastSplitPlan *plan = user_data;
  const BallastGrouping *grouping = &plan->request.grouping;
  g_autoptr(GPtrArray) splits = g_ptr_array_new ();
  g_autofree char *rule = NULL;
  BallastStoreDivision division = { .image_ids = plan->data->ids, .n_images = plan->data->n_images };

  if (plan->split != NULL)
    {
      for (guint i = 0; i < plan->split->n_parts; i++)
        g_ptr_array_add (splits, ballast_split_options_get_part (&plan->request.options, i)->name);
      division.sides = plan->split->sides;
      division.splits = (const char *const *) splits->pdata;
      division.n_splits = splits->len;
    }
  if (grouping->kind != BALLAST_GROUPING_KEEP)
    {
      if (grouping->kind != BALLAST_GROUPING_NONE)
        rule = ballast_grouping_to_json (grouping);
      division.groups = plan->groups->groups;
      division.group_names = (const char *const *) plan->groups->names->pdata;
      division.n_groups = plan->groups->names->len;
      division.group_rule = rule;
    }

  return ballast_store_divide (store, &division, error);
}

G_STATIC_ASSERT (BALLAST_STORE_NO_GROUP == BALLAST_SPLIT_ALONE);

void
ballast_document_apply_split_async (BallastDocument    *document,
                                    BallastSplitPlan   *plan,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  BallastEdit edit = { apply_in_thread, ballast_split_plan_ref (plan),
                       (GDestroyNotify) ballast_split_plan_unref,
                       BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_PROBLEMS |
                       BALLAST_CHANGED_SETTINGS };

  ballast_document_edit_async (document, &edit, NULL, callback, user_data);
}
