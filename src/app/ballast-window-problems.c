/*
 * What is done about a kind of problem at one click.
 *
 * Problems are asked for at that moment and not taken from a page, which may be out of date; every
 * remedy is an undoable edit.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-window-private.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"
#include "ballast-problem-list.h"
#include "ballast-review-dialog.h"

typedef void (*Remedy) (BallastWindow       *self,
                        BallastProblemGroup *group);

typedef struct
{
  BallastWindow     *window;
  BallastProblemKind kind;
  Remedy             remedy;
} Request;

static void
query_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr(BallastWindow) self = request->window;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) groups = ballast_problem_list_query_finish (result, &error);

  if (groups == NULL)
    {
      ballast_window_show_error (self, error);
      return;
    }

  for (guint i = 0; self->document != NULL && i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr(BallastProblemGroup) group = g_list_model_get_item (groups, i);

      if (ballast_problem_group_get_kind (group) == request->kind)
        request->remedy (self, group);
    }
}

static void
query (BallastWindow *self,
       GVariant      *kind,
       Remedy         remedy)
{
  Request *request = g_new0 (Request, 1);

  request->window = g_object_ref (self);
  request->kind = g_variant_get_uint32 (kind);
  request->remedy = remedy;
  ballast_problem_list_query_async (self->document, NULL, query_done, request);
}

static void
review (BallastWindow       *self,
        BallastProblemGroup *group)
{
  ballast_review_dialog_present (self, group);
}

/* The second of each pair; the first stays. */
static void
exclude (BallastWindow       *self,
         BallastProblemGroup *group)
{
  g_autoptr(GArray) images = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_problems;
  const BallastProblem *problems = ballast_problem_group_get_problems (group, &n_problems);

  for (guint i = 0; i < n_problems; i++)
    if (problems[i].other_image_id != 0)
      g_array_append_val (images, problems[i].other_image_id);
  if (images->len == 0)
    return;

  ballast_document_exclude_async (self->document, (gpointer) images->data, images->len, _ballast_window_edit_told,
                                  g_object_ref (self));
}

/* Into the larger of the two. */
static void
merge (BallastWindow       *self,
       BallastProblemGroup *group)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  guint n_problems;
  const BallastProblem *problems = ballast_problem_group_get_problems (group, &n_problems);

  for (guint i = 0; i < n_problems; i++)
    {
      const BallastClassTally *first = ballast_tally_find_class (tally, problems[i].path);
      const BallastClassTally *second = ballast_tally_find_class (tally, problems[i].other_path);
      gint64 class_ids[2];

      if (first == NULL || second == NULL)
        continue;

      class_ids[0] = first->id;
      class_ids[1] = second->id;
      ballast_document_merge_classes_async (self->document, class_ids, 2,
                                            first->total.images >= second->total.images
                                              ? first->id
                                              : second->id,
                                            _ballast_window_edit_told, g_object_ref (self));
    }
}

static void
on_review (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  query (BALLAST_WINDOW (widget), parameter, review);
}

static void
on_exclude (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  query (BALLAST_WINDOW (widget), parameter, exclude);
}

static void
on_merge (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  query (BALLAST_WINDOW (widget), parameter, merge);
}

void
_ballast_window_install_problem_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.review-problem", "u", on_review);
  gtk_widget_class_install_action (widget_class, "win.exclude-problem", "u", on_exclude);
  gtk_widget_class_install_action (widget_class, "win.merge-problem", "u", on_merge);
}
