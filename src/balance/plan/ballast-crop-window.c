/*
 * Windows that hold rare objects and leave common ones out.
 *
 * Which objects a window holds changes only where one of its edges passes a place of few kinds, so
 * the best of all windows is among those with their edges there.  Both axes have their own list of
 * intervals; the windows are their products.  Cost: the product of two lists and the objects, some
 * ten microseconds for an image of ten objects.  Pure; any thread.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-crop-window.h"

#include <math.h>

/* Places tried on each side of the anchor, in images of few, some and many objects. */
#define FEW 4
#define SOME 10
#define PLACES_FEW 40
#define PLACES_SOME 7
#define PLACES_MANY 5
#define MAX_PLACES 64
#define MAX_INTERVALS 2048

static double
get_overlap (double a,
             double length_a,
             double b,
             double length_b)
{
  return MAX (0, MIN (a + length_a, b + length_b) - MAX (a, b));
}

BallastCropFate
ballast_crop_get_fate (const BallastBox *object,
                       const BallastBox *window,
                       double            visibility)
{
  double area = object->width * object->height;
  double shown = get_overlap (object->x, object->width, window->x, window->width) *
                 get_overlap (object->y, object->height, window->y, window->height);

  if (area <= 0 || shown <= 0)
    return BALLAST_CROP_OUT;
  if (shown >= visibility * area * (1 - 1e-9))
    return BALLAST_CROP_HELD;
  return shown > BALLAST_CROP_SLIVER * area ? BALLAST_CROP_CUT : BALLAST_CROP_OUT;
}

double
ballast_crop_score (const BallastCropProblem *problem,
                    const BallastBox         *window,
                    double                    cut_cost)
{
  double score = 0;

  for (guint i = 0; i < problem->n; i++)
    switch (ballast_crop_get_fate (&problem->objects[i].box, window, problem->visibility))
      {
      case BALLAST_CROP_HELD:
        score += problem->objects[i].value;
        break;
      case BALLAST_CROP_CUT:
        score -= cut_cost;
        break;
      case BALLAST_CROP_OUT:
        break;
      }
  return score;
}

/* One axis of the problem. */
typedef struct
{
  double first; /* the anchor's edges, in whole pixels outwards */
  double last;
  double length; /* of the image */
  double least;
  guint  n_places;
  double lows[MAX_PLACES];
  guint  n_lows;
  double highs[MAX_PLACES];
  guint  n_highs;
} Axis;

typedef struct
{
  double low;
  double high;
} Interval;

static int
compare_distances (gconstpointer a,
                   gconstpointer b,
                   gpointer      from)
{
  double left = fabs (*(const double *) a - *(const double *) from);
  double right = fabs (*(const double *) b - *(const double *) from);

  return (left > right) - (left < right);
}

/* Fills @chosen with the nearest of @places to @from, each once, and last the image's edge; returns how
 * many there are. */
static guint
choose_places (GArray *places,
               guint   n_wanted,
               double  from,
               double  edge,
               double *chosen)
{
  guint kept = 0;

  g_array_sort_with_data (places, compare_distances, &from);
  for (guint i = 0; i < places->len && kept + 1 < n_wanted; i++)
    {
      double place = g_array_index (places, double, i);

      if ((kept == 0 || chosen[kept - 1] != place) && place != edge)
        chosen[kept++] = place;
    }
  chosen[kept++] = edge;
  return kept;
}

static void
add_low (GArray     *places,
         const Axis *axis,
         double      place)
{
  if (place >= 0 && place <= axis->first)
    g_array_append_val (places, place);
}

static void
add_high (GArray     *places,
          const Axis *axis,
          double      place)
{
  if (place <= axis->length && place >= axis->last)
    g_array_append_val (places, place);
}

/* The places where what shows of an object from @start, @length long, changes what becomes of it. */
static void
add_object (GArray     *lows,
            GArray     *highs,
            const Axis *axis,
            double      start,
            double      length,
            double      visibility)
{
  double end = start + length;

  add_low (lows, axis, floor (start));
  add_low (lows, axis, floor (end - visibility * length));
  add_low (lows, axis, ceil (end - BALLAST_CROP_SLIVER * length));
  add_low (lows, axis, ceil (end));
  add_high (highs, axis, ceil (end));
  add_high (highs, axis, ceil (start + visibility * length));
  add_high (highs, axis, floor (start + BALLAST_CROP_SLIVER * length));
  add_high (highs, axis, floor (start));
}

static void
fill_axis (Axis                     *axis,
           const BallastCropProblem *problem,
           gboolean                  vertical)
{
  g_autoptr(GArray) lows = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) highs = g_array_new (FALSE, FALSE, sizeof (double));

  add_low (lows, axis, axis->first);
  add_high (highs, axis, axis->last);
  for (guint i = 0; i < problem->n; i++)
    {
      const BallastBox *box = &problem->objects[i].box;

      add_object (lows, highs, axis, vertical ? box->y : box->x, vertical ? box->height : box->width,
                  problem->visibility);
    }
  axis->n_lows = choose_places (lows, axis->n_places, axis->first, 0, axis->lows);
  axis->n_highs = choose_places (highs, axis->n_places, axis->last, axis->length, axis->highs);
}

static void
add_interval (GArray     *intervals,
              const Axis *axis,
              double      low,
              double      high)
{
  Interval interval = { low, high };

  if (low >= 0 && high <= axis->length && low <= axis->first && high >= axis->last &&
      high - low >= axis->least && intervals->len < MAX_INTERVALS)
    g_array_append_val (intervals, interval);
}

/* (transfer full): all pairs of places, and from each the interval of the least length. */
static GArray *
list_intervals (const Axis *axis)
{
  GArray *intervals = g_array_new (FALSE, FALSE, sizeof (Interval));

  for (guint i = 0; i < axis->n_lows; i++)
    for (guint j = 0; j < axis->n_highs; j++)
      add_interval (intervals, axis, axis->lows[i], axis->highs[j]);
  for (guint i = 0; i < axis->n_lows; i++)
    add_interval (intervals, axis, axis->lows[i], axis->lows[i] + axis->least);
  for (guint i = 0; i < axis->n_highs; i++)
    add_interval (intervals, axis, axis->highs[i] - axis->least, axis->highs[i]);
  return intervals;
}

static GArray *
list_axis (const BallastCropProblem *problem,
           const BallastBox         *anchor,
           gboolean                  vertical)
{
  double start = vertical ? anchor->y : anchor->x;
  double length = vertical ? anchor->height : anchor->width;
  Axis axis = { .length = vertical ? problem->height : problem->width, .least = problem->min_size,
                .n_places = problem->n <= FEW    ? PLACES_FEW
                            : problem->n <= SOME ? PLACES_SOME
                                                 : PLACES_MANY };

  axis.first = CLAMP (floor (start), 0, axis.length);
  axis.last = CLAMP (ceil (start + length), 0, axis.length);
  fill_axis (&axis, problem, vertical);
  return list_intervals (&axis);
}

/* An object as it shows between two lines of one axis. */
typedef struct
{
  double share; /* of its length along that axis */
  double start; /* along the other */
  double length;
  double value;
} Strip;

/* Fills @strips with the objects that show within @x at all; returns their number. */
static guint
cut_strips (const BallastCropProblem *problem,
            const Interval           *x,
            Strip                    *strips)
{
  guint n = 0;

  for (guint i = 0; i < problem->n; i++)
    {
      const BallastBox *box = &problem->objects[i].box;
      double shown = get_overlap (box->x, box->width, x->low, x->high - x->low);

      if (shown > 0 && box->width > 0 && box->height > 0)
        strips[n++] = (Strip){ shown / box->width, box->y, box->height, problem->objects[i].value };
    }
  return n;
}

/* As ballast_crop_score(), of the window between @x, which the strips are cut by, and @y. */
static double
score_strips (const BallastCropProblem *problem,
              const Strip              *strips,
              guint                     n,
              const Interval           *y,
              double                    cut_cost)
{
  double score = 0;

  for (guint i = 0; i < n; i++)
    {
      double shown = strips[i].share / strips[i].length *
                     get_overlap (strips[i].start, strips[i].length, y->low, y->high - y->low);

      if (shown >= problem->visibility * (1 - 1e-9))
        score += strips[i].value;
      else if (shown > BALLAST_CROP_SLIVER)
        score -= cut_cost;
    }
  return score;
}

gboolean
ballast_crop_find (const BallastCropProblem *problem,
                   guint                     anchor,
                   double                    cut_cost,
                   BallastBox               *window,
                   double                   *score)
{
  g_autoptr(GArray) across = list_axis (problem, &problem->objects[anchor].box, FALSE);
  g_autoptr(GArray) down = list_axis (problem, &problem->objects[anchor].box, TRUE);
  g_autofree Strip *strips = g_new (Strip, problem->n);
  double area = 0;

  *score = -G_MAXDOUBLE;
  for (guint i = 0; i < across->len; i++)
    {
      const Interval *x = &g_array_index (across, Interval, i);
      guint n = cut_strips (problem, x, strips);

      for (guint j = 0; j < down->len; j++)
        {
          const Interval *y = &g_array_index (down, Interval, j);
          BallastBox tried = { x->low, y->low, x->high - x->low, y->high - y->low };
          double found = score_strips (problem, strips, n, y, cut_cost);

          if (found < *score || (found == *score && tried.width * tried.height <= area))
            continue;
          *score = found;
          *window = tried;
          area = tried.width * tried.height;
        }
    }
  return area > 0;
}
