/*
 * How small a picture a recipe can do with.
 *
 * The inverse transform of a JPEG makes ½, ¼ or ⅛ of it at less than the cost of the whole, by a box filter;
 * what is left of the way to the output is filtered as ever.  Cost: some microseconds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-reduction.h"

#include "ballast-lowering.h"

#include <math.h>

#define MOST 8

/* So many decoded pixels for one of the output's, each way, at the least. */
#define SPARE 2

/* The length of the longest vector that @map makes of one of length 1: the greater singular value. */
static double
stretch_of (const BallastMap *map)
{
  const double *m = map->m;
  double squares = m[0] * m[0] + m[1] * m[1] + m[3] * m[3] + m[4] * m[4];
  double determinant = m[0] * m[4] - m[1] * m[3];
  double rest = squares * squares - 4 * determinant * determinant;

  return sqrt ((squares + sqrt (MAX (rest, 0))) / 2);
}

/* Whether @action can as well be done to a reduced picture. */
static gboolean
is_indifferent (const BallastAction *action)
{
  switch (action->kind)
    {
    case BALLAST_ACTION_POINT:
    case BALLAST_ACTION_MATRIX:
    case BALLAST_ACTION_HSV:
    case BALLAST_ACTION_GREY:
      return TRUE;
    case BALLAST_ACTION_GEOMETRY:
      return action->geometry.dense == NULL && action->geometry.forward.m[6] == 0
             && action->geometry.forward.m[7] == 0
             && (action->geometry.interpolation == BALLAST_INTERPOLATION_LINEAR
                 || action->geometry.interpolation == BALLAST_INTERPOLATION_AREA);
    case BALLAST_ACTION_BLUR:
    case BALLAST_ACTION_NOISE:
    case BALLAST_ACTION_RECTANGLES:
    case BALLAST_ACTION_FILTER:
    default:
      return FALSE;
    }
}

guint
ballast_recipe_get_reduction (const BallastRecipe *recipe)
{
  g_auto(BallastLowering) lowering = { 0 };
  BallastMap map = BALLAST_MAP_IDENTITY;
  guint reduction = MOST;

  ballast_lowering_init (&lowering, recipe);
  for (guint i = 0; i < lowering.actions->len; i++)
    {
      const BallastAction *action = &g_array_index (lowering.actions, BallastAction, i);

      if (!is_indifferent (action))
        break;
      if (action->kind == BALLAST_ACTION_GEOMETRY)
        map = ballast_map_compose (&action->geometry.forward, &map);
    }

  while (reduction > 1 && stretch_of (&map) * reduction * SPARE > 1)
    reduction /= 2;
  return reduction;
}
