/*
 * Windows for a plan over whole images: another way to add what copies cannot.
 *
 * Once copies alone have come as near to the targets as they can, a class is worth what the sum of
 * squares would fall by if there were one more of it: above 0 where it is short, below where it has
 * too many.  A window holds an object of a class that is short, and is taken where what it holds is
 * worth more than what it cuts.  What windows hold makes rows of their own, so equal ones are put
 * together and used evenly as images are, and the plan is solved again over both.
 *
 * Cost: some tens of microseconds an object of a class that is short; of very many a share is taken
 * that follows from their paths.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-crop-window.h"
#include "ballast-plan-private.h"

/* Nearer than this to its goal a class needs no window. */
#define NEAR 0.98
/* Windows of one image, and images of one class that are looked at. */
#define MAX_WINDOWS 4
#define MAX_IMAGES 1000
/* What cutting an object costs, in shares of what the anchor is worth. */
#define CUT_COST 0.5

typedef struct
{
  BallastPlan *plan;
  double      *values;  /* by class */
  guint64     *limits;  /* by class: a digest below it is looked at; 0: needs no window */
  GArray      *objects;  /* of BallastCropObject: those of one image */
  GArray      *classes;  /* of guint32: theirs */
} Search;

static void
search_init (Search       *search,
             BallastPlan  *plan,
             const double *sums)
{
  *search = (Search){ plan, g_new0 (double, MAX (plan->n_classes, 1)),
                      g_new0 (guint64, MAX (plan->n_classes, 1)),
                      g_array_new (FALSE, FALSE, sizeof (BallastCropObject)),
                      g_array_new (FALSE, FALSE, sizeof (guint32)) };
  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      double goal = (double) ballast_plan_get_goal (plan, class);
      double share = MAX_IMAGES / (double) MAX (class->images_now, 1);

      search->values[i] = (goal - sums[i]) / (MAX (goal, 1) * MAX (goal, 1));
      if (class->images_now > 0 && sums[i] < NEAR * goal)
        search->limits[i] = share >= 1 ? G_MAXUINT64 : (guint64) (share * (double) G_MAXUINT64);
    }
}

static void
search_clear (Search *search)
{
  g_free (search->values);
  g_free (search->limits);
  g_array_unref (search->objects);
  g_array_unref (search->classes);
}

static void
take_objects (Search *search,
              guint   row)
{
  const BallastPlanRows *rows = search->plan->rows;

  g_array_set_size (search->objects, 0);
  g_array_set_size (search->classes, 0);
  for (guint32 i = rows->object_starts[row]; i < rows->object_starts[row + 1]; i++)
    {
      const BallastPlanObject *from = &rows->objects[i];
      BallastCropObject object = { { from->x, from->y, from->width, from->height },
                                   search->values[from->class_index] };

      g_array_append_val (search->objects, object);
      g_array_append_val (search->classes, from->class_index);
    }
}

static gboolean
is_known (const BallastPlan *plan,
          guint              row,
          const BallastBox  *box)
{
  for (guint i = plan->windows->len; i > 0; i--)
    {
      const BallastPlanWindow *window = &g_array_index (plan->windows, BallastPlanWindow, i - 1);

      if (window->row != row)
        return FALSE;
      if (window->box.x == box->x && window->box.y == box->y && window->box.width == box->width &&
          window->box.height == box->height)
        return TRUE;
    }
  return FALSE;
}

/* Adds the window with what it holds as a row of its own, named by the image's path and its number. */
static void
add_window (Search           *search,
            guint             row,
            guint             number,
            const BallastBox *box)
{
  BallastPlan *plan = search->plan;
  BallastPlanWindow window = { row, *box };
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (BallastPlanCell));
  g_autofree char *path = g_strdup_printf ("%016" G_GINT64_MODIFIER "x/%u", plan->rows->digests[row],
                                           number);

  for (guint i = 0; i < search->objects->len; i++)
    {
      const BallastCropObject *object = &g_array_index (search->objects, BallastCropObject, i);
      BallastPlanCell cell = { g_array_index (search->classes, guint32, i), 1 };

      if (ballast_crop_get_fate (&object->box, box, plan->settings.crops.visibility) ==
          BALLAST_CROP_HELD)
        g_array_append_val (cells, cell);
    }
  g_array_append_val (plan->windows, window);
  ballast_plan_rows_add (plan->window_rows, plan->windows->len, path,
                         (const BallastPlanCell *) (gpointer) cells->data, cells->len);
}

static void
search_row (Search *search,
            guint   row)
{
  const BallastPlanRows *rows = search->plan->rows;
  BallastCropProblem problem;
  guint found = 0;

  take_objects (search, row);
  problem = (BallastCropProblem){ (const BallastCropObject *) (gpointer) search->objects->data,
                                  search->objects->len, rows->widths[row], rows->heights[row],
                                  search->plan->settings.crops.min_size,
                                  search->plan->settings.crops.visibility };
  for (guint i = 0; i < problem.n && found < MAX_WINDOWS; i++)
    {
      guint index = g_array_index (search->classes, guint32, i);
      BallastBox box;
      double score;

      if (rows->digests[row] >= search->limits[index] || search->limits[index] == 0 ||
          problem.objects[i].value <= 0 || problem.objects[i].box.width <= 0 ||
          problem.objects[i].box.height <= 0 ||
          !ballast_crop_find (&problem, i, CUT_COST * problem.objects[i].value, &box, &score) ||
          score <= 0 || is_known (search->plan, row, &box))
        continue;
      add_window (search, row, found++, &box);
    }
}

gboolean
ballast_plan_find_windows (BallastPlan  *plan,
                           const double *sums,
                           GCancellable *cancellable)
{
  const BallastPlanRows *rows = plan->rows;
  Search search;

  search_init (&search, plan, sums);
  plan->windows = g_array_new (FALSE, FALSE, sizeof (BallastPlanWindow));
  plan->window_rows = ballast_plan_rows_new_like (rows);
  for (guint row = 0; row < rows->n_rows && !g_cancellable_is_cancelled (cancellable); row++)
    if (rows->object_starts[row] < rows->object_starts[row + 1])
      search_row (&search, row);
  ballast_plan_rows_finish (plan->window_rows);
  search_clear (&search);
  return !g_cancellable_is_cancelled (cancellable);
}

gboolean
ballast_plan_can_crop (const BallastPlan *plan)
{
  return plan->settings.crops.enabled && ballast_plan_may_raise (plan->settings.strategy) &&
         plan->settings.strategy != BALLAST_STRATEGY_REPEAT_FACTOR && plan->rows != NULL &&
         plan->rows->object_starts != NULL;
}

/* The first window of @row or of a later one. */
static guint
find_first (const BallastPlan *plan,
            guint              row)
{
  guint low = 0, high = plan->windows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (plan->windows, BallastPlanWindow, middle).row < row)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

GArray *
ballast_plan_dup_image_crops (const BallastPlan *plan,
                              gint64             image_id)
{
  gint64 row = plan->windows != NULL ? ballast_plan_rows_find (plan->rows, image_id) : -1;
  GArray *crops;

  if (row < 0)
    return NULL;

  crops = g_array_new (FALSE, FALSE, sizeof (BallastPlanCrop));
  for (guint i = find_first (plan, (guint) row); i < plan->windows->len; i++)
    {
      const BallastPlanWindow *window = &g_array_index (plan->windows, BallastPlanWindow, i);
      const BallastPlanRows *rows = plan->window_rows;
      BallastPlanCrop crop = { window->box, 0, rows->cells + rows->starts[i],
                               rows->starts[i + 1] - rows->starts[i] };

      if (window->row != row)
        break;
      crop.times = (guint) ballast_plan_count_window (plan, i);
      if (crop.times > 0)
        g_array_append_val (crops, crop);
    }
  return crops;
}
