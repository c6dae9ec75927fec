/*
 * From a recipe's steps to actions on pixels.
 *
 * The list keeps the order of the recipe; what can be fused is the program's business.  Costs less
 * than a microsecond a step, so that sizes and mirrors of a recipe are read off here too.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"

static void
action_clear (gpointer data)
{
  BallastAction *action = data;

  if (action->kind == BALLAST_ACTION_RECTANGLES)
    g_free (action->rectangles.items);
  else if (action->kind == BALLAST_ACTION_FILTER)
    g_free (action->filter.numbers);
}

void
ballast_lowering_init (BallastLowering     *lowering,
                       const BallastRecipe *recipe)
{
  lowering->width = recipe->width;
  lowering->height = recipe->height;
  lowering->actions = g_array_new (FALSE, TRUE, sizeof (BallastAction));
  g_array_set_clear_func (lowering->actions, action_clear);
  for (guint i = 0; i < recipe->n_steps; i++)
    recipe->steps[i].op->lower (&recipe->steps[i], lowering);
}

void
ballast_lowering_clear (BallastLowering *lowering)
{
  g_clear_pointer (&lowering->actions, g_array_unref);
}

BallastMap
ballast_lowering_get_map (const BallastLowering *lowering)
{
  BallastMap map = BALLAST_MAP_IDENTITY;

  for (guint i = 0; i < lowering->actions->len; i++)
    {
      const BallastAction *action = &g_array_index (lowering->actions, BallastAction, i);

      if (action->kind == BALLAST_ACTION_GEOMETRY)
        map = ballast_map_compose (&action->geometry.forward, &map);
    }
  return map;
}

/* (transfer none): valid until the next one is added. */
BallastAction *
ballast_lowering_add (BallastLowering  *lowering,
                      BallastActionKind kind)
{
  BallastAction *action;

  g_array_set_size (lowering->actions, lowering->actions->len + 1);
  action = &g_array_index (lowering->actions, BallastAction, lowering->actions->len - 1);
  action->kind = kind;
  action->in_width = action->out_width = lowering->width;
  action->in_height = action->out_height = lowering->height;
  return action;
}

void
ballast_lowering_geometry (BallastLowering  *lowering,
                           const BallastMap *forward,
                           guint             out_width,
                           guint             out_height)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_GEOMETRY);

  action->geometry.forward = *forward;
  action->geometry.border = BALLAST_BORDER_NONE;
  action->out_width = lowering->width = out_width;
  action->out_height = lowering->height = out_height;
}

void
ballast_lowering_uncover (BallastLowering  *lowering,
                          const BallastMap *forward,
                          double            border,
                          const double     *colour)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_GEOMETRY);

  action->geometry.forward = *forward;
  action->geometry.border = (BallastBorder) border;
  for (guint i = 0; i < 3; i++)
    action->colour[i] = colour[i];
}

void
ballast_lowering_symmetry (BallastLowering *lowering,
                           BallastSymmetry  symmetry)
{
  BallastMap map = ballast_map_symmetry (symmetry, lowering->width, lowering->height);
  gboolean turned = map.m[0] == 0;

  ballast_lowering_geometry (lowering, &map, turned ? lowering->height : lowering->width,
                             turned ? lowering->width : lowering->height);
}

void
ballast_lowering_point (BallastLowering *lowering,
                        BallastPointFunc func,
                        double           first,
                        double           second)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_POINT);

  action->point.func = func;
  action->point.numbers[0] = first;
  action->point.numbers[1] = second;
}

void
ballast_lowering_filter (BallastLowering     *lowering,
                         const BallastFilter *filter,
                         const double        *numbers,
                         guint                n_numbers)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_FILTER);

  action->filter.filter = filter;
  action->filter.numbers = g_memdup2 (numbers, sizeof *numbers * n_numbers);
  action->filter.n_numbers = n_numbers;
}
