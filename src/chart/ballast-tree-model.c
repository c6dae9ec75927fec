/*
 * A hierarchy as it is drawn: a flat list of nodes, parents first.
 *
 * Invariant after linking: the nodes below a place are the n_below that follow it.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-tree-model.h"

#include <glib/gi18n-lib.h>

BallastTreeModel *
ballast_tree_model_new (guint n)
{
  BallastTreeModel *model = g_new0 (BallastTreeModel, 1);

  model->n = n;
  model->items = g_new0 (BallastTreeItem, n);
  model->selected = -1;
  model->hovered = -1;
  return model;
}

void
ballast_tree_model_free (BallastTreeModel *model)
{
  for (guint i = 0; i < model->n; i++)
    {
      g_free (model->items[i].name);
      g_free (model->items[i].detail);
    }
  g_free (model->items);
  g_free (model);
}

void
ballast_tree_model_link (BallastTreeModel *model)
{
  for (guint i = 0; i < model->n; i++)
    {
      BallastTreeItem *item = &model->items[i];

      item->n_below = 0;
      item->depth = item->parent < 0 ? 0 : model->items[item->parent].depth + 1;
    }
  for (guint i = model->n; i > 1; i--)
    model->items[model->items[i - 1].parent].n_below += model->items[i - 1].n_below + 1;
}

int
ballast_tree_model_find (const BallastTreeModel *model,
                         guint                   id)
{
  for (guint i = 0; i < model->n; i++)
    if (model->items[i].id == id)
      return (int) i;
  return -1;
}

/* The next place in the direction @by with the depth of @place. */
static int
find_neighbour (const BallastTreeModel *model,
                int                     place,
                int                     by)
{
  for (int i = place + by; i >= 0 && i < (int) model->n; i += by)
    if (model->items[i].depth == model->items[place].depth)
      return i;
  return place;
}

int
ballast_tree_model_step (const BallastTreeModel *model,
                         int                     place,
                         BallastTreeStep         step)
{
  if (model->n == 0)
    return -1;
  if (place < 0 || place >= (int) model->n)
    return 0;

  switch (step)
    {
    case BALLAST_TREE_STEP_PARENT:
      return MAX (model->items[place].parent, 0);
    case BALLAST_TREE_STEP_CHILD:
      return model->items[place].n_below > 0 ? place + 1 : place;
    case BALLAST_TREE_STEP_PREVIOUS:
      return find_neighbour (model, place, -1);
    case BALLAST_TREE_STEP_NEXT:
    default:
      return find_neighbour (model, place, 1);
    }
}

char *
ballast_tree_model_describe (const BallastTreeModel *model,
                             int                     place)
{
  const BallastTreeItem *item;

  if (place < 0 || place >= (int) model->n)
    return g_strdup (_("Nothing is selected"));

  item = &model->items[place];
  /* Translators: a node of a hierarchy: its name, its figures, how deep it lies. */
  return g_strdup_printf (_("%s, %s, level %u"), item->name,
                          item->detail != NULL ? item->detail : "", item->depth + 1);
}
