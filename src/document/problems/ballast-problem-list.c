/*
 * Problems by kind, with a sentence for each and what to do about it.
 *
 * A group knows how many there are and the first hundred.  Pairs that an edit has settled since the
 * import (one of the two excluded, both in one class by now) are left out.  Read on the store
 * thread; the objects are made on the main thread and do not change.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-problem-list-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-document-private.h"
#include "ballast-path.h"
#include "ballast-leaks-private.h"
#include "ballast-problem-text.h"
#include "ballast-store-problems.h"
#include "ballast-store-query.h"

#define MAX_PROBLEMS 100
#define MAX_EXAMPLES 3

struct _BallastProblemGroup
{
  GObject parent_instance;

  BallastProblemKind kind;
  guint64            count;
  GArray            *problems;  /* of BallastProblem, the first ones */
  char              *title;
  char              *examples;
};

enum
{
  PROP_0,
  PROP_KIND,
  PROP_SEVERITY,
  PROP_COUNT,
  PROP_TITLE,
  PROP_EXAMPLES,
  PROP_ADVICE,
  PROP_REMEDY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BallastProblemGroup, ballast_problem_group, G_TYPE_OBJECT)

static void
ballast_problem_group_finalize (GObject *object)
{
  BallastProblemGroup *self = BALLAST_PROBLEM_GROUP (object);

  g_clear_pointer (&self->problems, g_array_unref);
  g_free (self->title);
  g_free (self->examples);
  G_OBJECT_CLASS (ballast_problem_group_parent_class)->finalize (object);
}

static void
ballast_problem_group_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  BallastProblemGroup *self = BALLAST_PROBLEM_GROUP (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_SEVERITY:
      g_value_set_uint (value, ballast_problem_group_get_severity (self));
      break;
    case PROP_COUNT:
      g_value_set_uint64 (value, self->count);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_EXAMPLES:
      g_value_set_string (value, self->examples);
      break;
    case PROP_ADVICE:
      g_value_set_string (value, ballast_problem_group_get_advice (self));
      break;
    case PROP_REMEDY:
      g_value_set_uint (value, ballast_problem_group_get_remedy (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_problem_group_class_init (BallastProblemGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ballast_problem_group_finalize;
  object_class->get_property = ballast_problem_group_get_property;

  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SEVERITY] = g_param_spec_uint ("severity", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COUNT] = g_param_spec_uint64 ("count", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_EXAMPLES] = g_param_spec_string ("examples", NULL, NULL, NULL, flags);
  properties[PROP_ADVICE] = g_param_spec_string ("advice", NULL, NULL, NULL, flags);
  properties[PROP_REMEDY] = g_param_spec_uint ("remedy", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ballast_problem_group_init (BallastProblemGroup *self)
{
}

BallastProblemKind
ballast_problem_group_get_kind (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), 0);
  return self->kind;
}

BallastSeverity
ballast_problem_group_get_severity (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), BALLAST_SEVERITY_NOTE);
  return ballast_problem_kind_get_severity (self->kind);
}

guint64
ballast_problem_group_get_count (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), 0);
  return self->count;
}

const char *
ballast_problem_group_get_title (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), NULL);
  return self->title;
}

const char *
ballast_problem_group_get_examples (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), NULL);
  return self->examples;
}

const char *
ballast_problem_group_get_advice (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), NULL);
  return ballast_problem_text_get_advice (self->kind);
}

BallastRemedy
ballast_problem_group_get_remedy (BallastProblemGroup *self)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), BALLAST_REMEDY_NONE);
  return ballast_problem_text_get_remedy (self->kind);
}

const BallastProblem *
ballast_problem_group_get_problems (BallastProblemGroup *self,
                                    guint               *n_problems)
{
  g_return_val_if_fail (BALLAST_IS_PROBLEM_GROUP (self), NULL);

  if (n_problems != NULL)
    *n_problems = self->problems->len;
  return (const BallastProblem *) (gpointer) self->problems->data;
}

/* Reading. */

typedef struct
{
  BallastProblemKind kind;
  guint64            count;
  GArray            *problems;
  char              *summary;  /* (nullable): of leaks, how many images they are of */
} Found;

static void
found_free (Found *found)
{
  g_clear_pointer (&found->problems, g_array_unref);
  g_free (found->summary);
  g_free (found);
}

static gboolean
has_class (const BallastStoreImage *image,
           gint64                   class_id)
{
  for (guint i = 0; i < image->n_annotations; i++)
    if (image->annotations[i].class_id == class_id)
      return TRUE;
  return FALSE;
}

static gboolean
same_classes (const BallastStoreImage *first,
              const BallastStoreImage *second)
{
  for (guint i = 0; i < first->n_annotations; i++)
    if (!has_class (second, first->annotations[i].class_id))
      return FALSE;
  for (guint i = 0; i < second->n_annotations; i++)
    if (!has_class (first, second->annotations[i].class_id))
      return FALSE;
  return TRUE;
}

static gboolean
is_settled (BallastProblemKind       kind,
            const BallastStoreImage *first,
            const BallastStoreImage *second)
{
  if (!BALLAST_IMAGE_COUNTS (first->record.flags) || !BALLAST_IMAGE_COUNTS (second->record.flags))
    return TRUE;
  if (kind == BALLAST_PROBLEM_CLASS_CONFLICT)
    return same_classes (first, second);
  if (kind == BALLAST_PROBLEM_SPLIT_LEAK || kind == BALLAST_PROBLEM_NEAR_LEAK ||
      kind == BALLAST_PROBLEM_GROUP_LEAK)
    return first->record.split_id == second->record.split_id;
  return FALSE;
}

/* Whether a class that the problem is about has ceased to be. */
static gboolean
is_merged (const BallastProblem *problem,
           const BallastTally   *tally)
{
  return problem->path != NULL && problem->other_path != NULL &&
         (ballast_tally_find_class (tally, problem->path) == NULL ||
          ballast_tally_find_class (tally, problem->other_path) == NULL);
}

/* Takes out of @problems what an edit has settled since the import. */
static gboolean
drop_settled (GArray       *problems,
              BallastStore *store,
              GError      **error)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (store, error);

  if (tally == NULL)
    return FALSE;
  for (guint i = problems->len; i > 0; i--)
    {
      const BallastProblem *problem = &g_array_index (problems, BallastProblem, i - 1);
      const gint64 ids[] = { problem->image_id, problem->other_image_id };
      g_autoptr(GArray) pair = NULL;
      gboolean settled;

      if (problem->kind == BALLAST_PROBLEM_CASE_CLASH)
        settled = is_merged (problem, tally);
      else if (problem->image_id == 0 || problem->other_image_id == 0)
        settled = FALSE;
      else
        {
          pair = ballast_store_get_images (store, ids, 2, error);
          if (pair == NULL)
            return FALSE;
          settled = is_settled (problem->kind, &g_array_index (pair, BallastStoreImage, 0),
                                &g_array_index (pair, BallastStoreImage, 1));
        }
      if (settled)
        g_array_remove_index (problems, i - 1);
    }
  return TRUE;
}

static gboolean
find_kind (BallastStore      *store,
           BallastProblemKind kind,
           guint64            count,
           GPtrArray         *all,
           GError           **error)
{
  Found *found = g_new0 (Found, 1);
  guint n;

  found->kind = kind;
  found->count = count;
  found->problems = ballast_store_page_problems (store, kind, 0, MAX_PROBLEMS, error);
  n = found->problems == NULL ? 0 : found->problems->len;
  if (found->problems == NULL || !drop_settled (found->problems, store, error))
    {
      found_free (found);
      return FALSE;
    }

  found->count -= n - found->problems->len;
  if (found->count > 0)
    g_ptr_array_add (all, found);
  else
    found_free (found);
  return TRUE;
}

/* Of a leak it matters how many images of which split are trained on. */
static gboolean
describe_leaks (BallastStore *store,
                GPtrArray    *all,
                GError      **error)
{
  g_autoptr(GPtrArray) leaks = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      Found *found = g_ptr_array_index (all, i);

      if (ballast_problem_text_get_remedy (found->kind) != BALLAST_REMEDY_LEAK)
        continue;
      if (leaks == NULL)
        leaks = ballast_leaks_read (store, error);
      if (leaks == NULL)
        return FALSE;
      found->summary = ballast_leaks_describe_kind (leaks, found->kind);
    }
  return TRUE;
}

/* (transfer full) (element-type Found) */
static GPtrArray *
find_all (BallastStore *store,
          GError      **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  guint64 counts[BALLAST_PROBLEM_KIND_LAST + 1];

  if (!ballast_store_count_problems (store, counts, error))
    return NULL;
  for (int severity = BALLAST_SEVERITY_ERROR; severity >= 0; severity--)
    for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
      if (counts[kind] > 0 && ballast_problem_kind_get_severity (kind) == (BallastSeverity) severity &&
          !find_kind (store, kind, counts[kind], all, error))
        return NULL;
  if (!describe_leaks (store, all, error))
    return NULL;
  return g_steal_pointer (&all);
}

static void
find_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *all = find_all (store, &error);

  if (all != NULL)
    g_task_return_pointer (task, all, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static char *
describe_examples (GArray *problems,
                   guint64 count)
{
  GString *text = g_string_new (NULL);
  guint n = MIN (problems->len, MAX_EXAMPLES);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *example = NULL;

      example = ballast_problem_text_example (&g_array_index (problems, BallastProblem, i));
      if (*example == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, example);
    }
  if (count > n && text->len > 0)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static BallastProblemGroup *
group_new (Found *found)
{
  BallastProblemGroup *self = g_object_new (BALLAST_TYPE_PROBLEM_GROUP, NULL);

  self->kind = found->kind;
  self->count = found->count;
  self->problems = g_steal_pointer (&found->problems);
  self->title = ballast_problem_text_title (self->kind, self->count);
  self->examples = found->summary != NULL && *found->summary != '\0'
                     ? g_steal_pointer (&found->summary)
                     : describe_examples (self->problems, self->count);
  return self;
}

GPtrArray *
ballast_problem_list_read (BallastStore *store,
                           GError      **error)
{
  g_autoptr(GPtrArray) all = find_all (store, error);
  GPtrArray *groups;

  if (all == NULL)
    return NULL;
  groups = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (groups, group_new (g_ptr_array_index (all, i)));
  return groups;
}

void
ballast_problem_list_query_async (BallastDocument    *document,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_problem_list_query_async);
  ballast_store_thread_run (ballast_document_get_thread (document), task, find_in_thread);
}

GListModel *
ballast_problem_list_query_finish (GAsyncResult *result,
                                   GError      **error)
{
  g_autoptr(GPtrArray) all = NULL;
  GListStore *store;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  all = g_task_propagate_pointer (G_TASK (result), error);
  if (all == NULL)
    return NULL;

  store = g_list_store_new (BALLAST_TYPE_PROBLEM_GROUP);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(BallastProblemGroup) group = group_new (g_ptr_array_index (all, i));

      g_list_store_append (store, group);
    }
  return G_LIST_MODEL (store);
}

/* Pages. */

typedef struct
{
  gint64  after_id;
  guint   limit;
  GArray *problems;
  gint64  next_id;
} Page;

static void
page_free (Page *page)
{
  g_clear_pointer (&page->problems, g_array_unref);
  g_free (page);
}

static void
page_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Page *page = task_data;
  GError *error = NULL;

  page->problems = ballast_store_page_problems (store, 0, page->after_id, page->limit, &error);
  if (page->problems == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  page->next_id = page->problems->len < page->limit
                    ? -1 : g_array_index (page->problems, BallastProblem,
                                          page->problems->len - 1).id;
  if (drop_settled (page->problems, store, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ballast_problem_page_async (BallastDocument    *document,
                            gint64              after_id,
                            guint               limit,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);
  Page *page = g_new0 (Page, 1);

  page->after_id = after_id;
  page->limit = limit;
  g_task_set_source_tag (task, ballast_problem_page_async);
  g_task_set_task_data (task, page, (GDestroyNotify) page_free);
  ballast_store_thread_run (ballast_document_get_thread (document), task, page_in_thread);
}

GArray *
ballast_problem_page_finish (GAsyncResult *result,
                             gint64       *next_id,
                             GError      **error)
{
  Page *page;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  page = g_task_get_task_data (G_TASK (result));
  *next_id = page->next_id;
  return g_steal_pointer (&page->problems);
}
