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
#include "ballast-store-split.h"

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
  guint8             *sides;    /* (nullable): by image: a part, or BALLAST_STORE_SAME_SPLIT */
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
  copy->from = g_strdup (request->from);
}

void
ballast_split_request_clear (BallastSplitRequest *request)
{
  ballast_split_options_clear (&request->options);
  ballast_grouping_clear (&request->grouping);
  g_clear_pointer (&request->from, g_free);
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
  g_free (plan->sides);
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

/* The images that are divided, as ballast_split_new() needs them. */
typedef struct
{
  BallastSplitImages images;
  GArray            *places;     /* guint: in the data */
  GArray            *keys;
  GArray            *label_ends;
  GArray            *labels;
  GArray            *groups;
} Part;

static void
part_clear (Part *part)
{
  g_array_unref (part->places);
  g_array_unref (part->keys);
  g_array_unref (part->label_ends);
  g_array_unref (part->labels);
  g_array_unref (part->groups);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

static void
part_init (Part *part)
{
  part->places = g_array_new (FALSE, FALSE, sizeof (guint));
  part->keys = g_array_new (FALSE, FALSE, sizeof (BallastRandomKey));
  part->label_ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  part->labels = g_array_new (FALSE, FALSE, sizeof (guint32));
  part->groups = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
add_to_part (Part                   *part,
             const BallastSplitPlan *plan,
             guint                   i)
{
  const BallastSplitData *data = plan->data;
  guint32 first = i > 0 ? data->label_ends[i - 1] : 0;

  g_array_append_val (part->places, i);
  g_array_append_val (part->keys, data->keys[i]);
  g_array_append_vals (part->labels, &g_array_index (data->labels, guint32, first),
                       data->label_ends[i] - first);
  g_array_append_val (part->label_ends, part->labels->len);
  g_array_append_val (part->groups, plan->groups->groups[i]);
}

/* Groups that nothing is divided of are left out. */
static void
number_groups (Part *part,
               guint n_groups)
{
  g_autofree guint32 *numbers = g_new (guint32, n_groups + 1);
  guint32 n = 0;

  memset (numbers, 0xff, (n_groups + 1) * sizeof *numbers);
  for (guint i = 0; i < part->groups->len; i++)
    {
      guint32 *group = &g_array_index (part->groups, guint32, i);

      if (*group == BALLAST_SPLIT_ALONE)
        continue;
      if (numbers[*group] == G_MAXUINT32)
        numbers[*group] = n++;
      *group = numbers[*group];
    }
  part->images.n_groups = n;
}

static void
take_part (Part                   *part,
           const BallastSplitPlan *plan,
           gint64                  split_id)
{
  const BallastSplitData *data = plan->data;

  for (guint i = 0; i < data->n_images; i++)
    if (plan->request.from == NULL || data->split_ids[i] == split_id)
      add_to_part (part, plan, i);
  number_groups (part, plan->groups->names->len);
  part->images.n_images = part->places->len;
  part->images.n_classes = data->tally->n_classes;
  part->images.keys = (const BallastRandomKey *) (gpointer) part->keys->data;
  part->images.label_ends = (const guint32 *) (gpointer) part->label_ends->data;
  part->images.labels = (const guint32 *) (gpointer) part->labels->data;
  part->images.groups = (const guint32 *) (gpointer) part->groups->data;
}

/* FALSE with BALLAST_DOCUMENT_ERROR_INVALID where there is no such split. */
static gboolean
find_from (const BallastSplitPlan *plan,
           gint64                 *split_id,
           GError                **error)
{
  const char *from = plan->request.from;
  int place;

  *split_id = 0;
  if (from == NULL || *from == '\0')
    return TRUE;
  place = ballast_tally_find_split (plan->data->tally, from);
  if (place >= 0)
    {
      *split_id = plan->data->tally->splits[place].id;
      return TRUE;
    }

  g_set_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID,
               _("The project has no split “%s”"), from);
  return FALSE;
}

static gboolean
divide (BallastSplitPlan *plan,
        GError          **error)
{
  const BallastSplitData *data = plan->data;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_auto(Part) part = { 0 };
  gint64 split_id;

  part_init (&part);
  if (!find_from (plan, &split_id, error))
    return FALSE;
  take_part (&part, plan, split_id);
  for (guint i = 0; i < data->tally->n_classes; i++)
    g_ptr_array_add (names, data->tally->classes[i].name);
  g_ptr_array_add (names, NULL);
  plan->split = ballast_split_new (&part.images, &plan->request.options);
  plan->warnings = ballast_split_list_warnings (plan->split, &plan->request.options,
                                                (const char *const *) names->pdata);
  plan->sides = g_new (guint8, data->n_images + 1);
  memset (plan->sides, BALLAST_STORE_SAME_SPLIT, data->n_images + 1);
  for (guint i = 0; i < part.places->len; i++)
    plan->sides[g_array_index (part.places, guint, i)] = plan->split->sides[i];

  return TRUE;
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
  else if (!divide (plan, error))
    return NULL;

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
      division.sides = plan->sides;
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
