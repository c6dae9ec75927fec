/*
 * A hierarchy as a drawing: figures become boxes with words and colours.
 *
 * Groups are blue, or ochre where their children are uneven; classes have the colour that they have
 * everywhere.  Main thread, but for the writing of files.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-hierarchy-chart.h"

#include <glib/gi18n-lib.h>

#include "ballast-chart-model.h"

/* The places of the palette that stand for groups. */
#define EVEN_COLOUR 0
#define UNEVEN_COLOUR 3

char *
ballast_hierarchy_format_ratio (double ratio)
{
  if (ratio <= 0)
    return g_strdup (_("empty"));
  if (ratio >= 100)
    return g_strdup_printf ("%.0f\u202f:\u202f1", ratio);
  return g_strdup_printf ("%.1f\u202f:\u202f1", ratio);
}

static BallastUnit
get_unit (BallastDocument *document)
{
  return ballast_settings_get_balance (ballast_document_get_settings (document))->unit;
}

static char *
format_count (BallastUnit unit,
              guint64     count)
{
  g_autofree char *number = ballast_chart_format_count (count);
  gulong plural = (gulong) MIN (count, 1000000);

  if (unit == BALLAST_UNIT_INSTANCES)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s instance", "%s instances", plural),
                            number);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s image", "%s images", plural), number);
}

static char *
describe_node (BallastUnit               unit,
               const BallastNodeFigures *figures)
{
  g_autofree char *count = format_count (unit, figures->count);
  g_autofree char *ratio = NULL;

  if (figures->node->is_class)
    return g_steal_pointer (&count);
  ratio = ballast_hierarchy_format_ratio (figures->ratio);
  return g_strdup_printf ("%s · %s", count, ratio);
}

char *
ballast_document_describe_node (BallastDocument          *document,
                                const BallastNodeFigures *figures)
{
  return describe_node (get_unit (document), figures);
}

static BallastInk
choose_colour (const BallastTally       *tally,
               const BallastNodeFigures *figures)
{
  const BallastClassTally *class;

  if (!figures->node->is_class)
    return ballast_palette_get_class (figures->ratio >= BALLAST_HIERARCHY_UNEVEN ? UNEVEN_COLOUR
                                                                                : EVEN_COLOUR);
  class = ballast_tally_find_class (tally, figures->node->name);
  return ballast_palette_get_class (class != NULL ? class->index : 0);
}

BallastTreeModel *
ballast_hierarchy_dup_tree_model (const BallastHierarchyFigures *figures,
                                  const BallastTally            *tally,
                                  BallastUnit                    unit,
                                  BallastTreeStyle               style)
{
  BallastTreeModel *model = ballast_tree_model_new (figures->n);

  model->style = style;
  for (guint i = 0; i < figures->n; i++)
    {
      BallastTreeItem *item = &model->items[i];
      const BallastNodeFigures *node = &figures->nodes[i];

      item->id = node->node->id;
      item->parent = node->parent;
      item->is_class = node->node->is_class;
      item->name = g_strdup (node->node->name);
      item->detail = describe_node (unit, node);
      item->count = node->count;
      item->colour = choose_colour (tally, node);
    }
  ballast_tree_model_link (model);
  return model;
}

BallastTreeModel *
ballast_document_dup_tree_model (BallastDocument               *document,
                                 const BallastHierarchyFigures *figures,
                                 BallastTreeStyle               style)
{
  return ballast_hierarchy_dup_tree_model (figures, ballast_document_get_tally (document),
                                           get_unit (document), style);
}

typedef struct
{
  BallastTreeModel *model;
  char             *path;
  char             *title;
  char             *subtitle;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  ballast_tree_model_free (saving->model);
  g_free (saving->path);
  g_free (saving->title);
  g_free (saving->subtitle);
  g_free (saving);
}

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Saving *saving = task_data;
  BallastChartFileOptions options = { .title = saving->title, .subtitle = saving->subtitle };
  GError *error = NULL;

  if (ballast_tree_file_save (saving->model, saving->path, &options, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ballast_document_save_tree_async (BallastDocument    *document,
                                  BallastTreeStyle    style,
                                  const char         *path,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr(GTask) task = g_task_new (document, NULL, callback, user_data);
  g_autoptr(BallastHierarchyFigures) figures = ballast_document_dup_hierarchy_figures (document, NULL);
  Saving *saving = g_new0 (Saving, 1);

  saving->model = ballast_document_dup_tree_model (document, figures, style);
  saving->path = g_strdup (path);
  saving->title = g_strdup (ballast_document_get_title (document));
  saving->subtitle = g_strdup (ballast_document_get_subtitle (document));
  g_task_set_source_tag (task, ballast_document_save_tree_async);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
ballast_document_save_tree_finish (BallastDocument *document,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, document), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
