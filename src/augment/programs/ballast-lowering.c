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

  if (action->kind == BALLAST_ACTION_GEOMETRY)
    ballast_dense_unref (action->geometry.dense);
  if (action->kind == BALLAST_ACTION_RECTANGLES)
    g_free (action->rectangles.items);
  else if (action->kind == BALLAST_ACTION_FILTER)
    g_free (action->filter.numbers);
}

static void
start (BallastLowering *lowering,
       guint            width,
       guint            height)
{
  *lowering = (BallastLowering) { .in_width = width, .width = width, .in_height = height,
                                  .height = height };
  lowering->actions = g_array_new (FALSE, TRUE, sizeof (BallastAction));
  g_array_set_clear_func (lowering->actions, action_clear);
}

static void
lower_step (BallastLowering         *lowering,
            const BallastRecipeStep *step)
{
  lowering->n_partners = step->n_partners;
  step->op->lower (step, lowering);
  lowering->first_partner += step->n_partners;
}

void
ballast_lowering_init (BallastLowering     *lowering,
                       const BallastRecipe *recipe)
{
  start (lowering, recipe->width, recipe->height);
  for (guint i = 0; i < recipe->n_steps; i++)
    lower_step (lowering, &recipe->steps[i]);
}

void
ballast_lowering_init_partner (BallastLowering     *lowering,
                               const BallastRecipe *recipe,
                               guint                index)
{
  const BallastRecipePartner *partner = ballast_recipe_get_partner (recipe, index);
  gboolean found = FALSE;

  start (lowering, partner->width, partner->height);
  for (guint i = 0; i < recipe->n_steps; i++)
    {
      const BallastRecipeStep *step = &recipe->steps[i];

      if (found)
        lower_step (lowering, step);
      else if (index < step->n_partners)
        step->op->lower_partner (step, index, lowering);
      found = found || index < step->n_partners;
      if (!found)
        index -= step->n_partners;
    }
}

void
ballast_lowering_clear (BallastLowering *lowering)
{
  g_clear_pointer (&lowering->actions, g_array_unref);
}

gboolean
ballast_lowering_is_dense (const BallastLowering *lowering)
{
  for (guint i = 0; i < lowering->actions->len; i++)
    {
      const BallastAction *action = &g_array_index (lowering->actions, BallastAction, i);

      if (action->kind == BALLAST_ACTION_GEOMETRY && action->geometry.dense != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
map_action_back (const BallastAction *action,
                 double              *x,
                 double              *y,
                 guint                n)
{
  BallastMap inverse;

  if (action->geometry.dense != NULL)
    {
      ballast_dense_prepare (action->geometry.dense);
      ballast_dense_map_back (action->geometry.dense, x, y, n);
      return;
    }
  inverse = ballast_map_invert (&action->geometry.forward);
  for (guint i = 0; i < n; i++)
    ballast_map_apply (&inverse, x[i], y[i], &x[i], &y[i]);
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

static void
hide_outside (const BallastRectangle *frame,
              gboolean                inside_out,
              const double           *x,
              const double           *y,
              gboolean               *seen,
              guint                   n)
{
  double right = (double) frame->x + frame->width, bottom = (double) frame->y + frame->height;

  for (guint i = 0; i < n; i++)
    {
      gboolean inside = x[i] >= frame->x && x[i] < right && y[i] >= frame->y && y[i] < bottom;

      seen[i] = seen[i] && inside != inside_out;
    }
}

void
ballast_lowering_map_back (const BallastLowering *lowering,
                           double                *x,
                           double                *y,
                           gboolean              *seen,
                           guint                  n)
{
  BallastRectangle frame = { 0, 0, (gint32) lowering->in_width, (gint32) lowering->in_height };

  for (guint i = 0; i < n; i++)
    seen[i] = TRUE;
  for (guint at = lowering->actions->len; at-- > 0;)
    {
      const BallastAction *action = &g_array_index (lowering->actions, BallastAction, at);
      const BallastRectangle before = { 0, 0, (gint32) action->in_width, (gint32) action->in_height };

      if (action->kind == BALLAST_ACTION_RECTANGLES)
        for (guint hole = 0; hole < action->rectangles.n; hole++)
          hide_outside (&action->rectangles.items[hole], TRUE, x, y, seen, n);
      if (action->kind != BALLAST_ACTION_GEOMETRY)
        continue;
      map_action_back (action, x, y, n);
      if (action->geometry.clips)
        hide_outside (&before, FALSE, x, y, seen, n);
    }
  hide_outside (&frame, FALSE, x, y, seen, n);
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

BallastAction *
ballast_lowering_geometry (BallastLowering  *lowering,
                           const BallastMap *forward,
                           guint             out_width,
                           guint             out_height)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_GEOMETRY);

  action->geometry.forward = *forward;
  action->geometry.border = BALLAST_BORDER_NONE;
  action->geometry.interpolation = BALLAST_INTERPOLATION_LINEAR;
  action->out_width = lowering->width = out_width;
  action->out_height = lowering->height = out_height;
  return action;
}

void
ballast_action_set_border (BallastAction *action,
                           double         border,
                           const double  *colour)
{
  action->geometry.border = (BallastBorder) border;
  for (guint i = 0; i < 3; i++)
    action->colour[i] = colour[i];
}

void
ballast_lowering_dense (BallastLowering *lowering,
                        BallastDense    *dense,
                        double           border,
                        const double    *colour)
{
  const BallastMap identity = BALLAST_MAP_IDENTITY;

  ballast_lowering_uncover (lowering, &identity, border, colour)->geometry.dense = dense;
}

BallastAction *
ballast_lowering_uncover (BallastLowering  *lowering,
                          const BallastMap *forward,
                          double            border,
                          const double     *colour)
{
  BallastAction *action = ballast_lowering_geometry (lowering, forward, lowering->width,
                                                     lowering->height);

  ballast_action_set_border (action, border, colour);
  return action;
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
  action->filter.first_partner = lowering->first_partner;
  action->filter.n_partners = lowering->n_partners;
}
