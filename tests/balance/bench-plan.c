/* How long a plan over whole images takes: IMAGES × CLASSES with co-occurrences like COCO's. */
#include <math.h>
#include <stdlib.h>

#include "ballast-plan-solver.h"
#include "ballast-random.h"

typedef struct
{
  guint            n_images;
  guint            n_classes;
  BallastPlanRows *rows;
} Bench;

static guint
draw_below (const BallastRandomKey *key,
            guint32                *index,
            guint                   n)
{
  return (guint) ballast_random_below (key, 1, (*index)++, n);
}

/* Scenes of a dozen classes each, frequencies that fall by a power, 3 classes and 7 objects an image
 * in the mean, and the first class in half of all. */
static guint
draw_image (const Bench            *bench,
            const BallastRandomKey *key,
            BallastPlanCell        *cells)
{
  guint32 index = 0;
  guint scene = draw_below (key, &index, 12), n = 0, kinds = 1 + draw_below (key, &index, 4);

  if (draw_below (key, &index, 2) == 0)
    cells[n++] = (BallastPlanCell){ 0, 1 + draw_below (key, &index, 5) };
  for (guint i = 0; i < kinds; i++)
    {
      double unit = ballast_random_unit (key, 2, index++);
      guint rank = (guint) (bench->n_classes / 12.0 * pow (unit, 2.5));
      guint class_index = MIN (rank * 12 + scene, bench->n_classes - 1);

      cells[n++] = (BallastPlanCell){ class_index, 1 + draw_below (key, &index, 3) };
    }
  return n;
}

static void
make_rows (Bench *bench)
{
  g_auto(GStrv) names = g_new0 (char *, bench->n_classes + 1);

  for (guint i = 0; i < bench->n_classes; i++)
    names[i] = g_strdup_printf ("class %u", i);
  bench->rows = ballast_plan_rows_new ((const char *const *) names, bench->n_classes);
  for (guint i = 0; i < bench->n_images; i++)
    {
      BallastRandomKey key = ballast_random_key (7, "image", i);
      g_autofree char *path = g_strdup_printf ("%012u.jpg", i);
      BallastPlanCell cells[8];
      guint n = draw_image (bench, &key, cells);

      ballast_plan_rows_add (bench->rows, i + 1, path, cells, n);
    }
  ballast_plan_rows_finish (bench->rows);
}

static double
seconds_since (gint64 begin)
{
  return (g_get_monotonic_time () - begin) / 1e6;
}

static void
measure (const Bench *bench,
         BallastUnit  unit)
{
  const BallastPlanGroups *groups = &bench->rows->groups[unit];
  g_autofree double *targets = g_new0 (double, bench->n_classes);
  g_autofree double *limits = g_new (double, 3 * groups->n_groups);
  g_autofree double *real = g_new (double, groups->n_groups);
  g_autofree guint64 *totals = g_new (guint64, groups->n_groups);
  BallastPlanProblem problem = { bench->n_classes, groups->n_groups, groups->sizes, groups->starts,
                                 groups->cells, targets, limits, limits + groups->n_groups,
                                 limits + 2 * groups->n_groups };
  double most = 0;
  gint64 begin;

  for (guint i = 0; i < bench->rows->starts[bench->rows->n_rows]; i++)
    targets[bench->rows->cells[i].class_index] +=
      unit == BALLAST_UNIT_IMAGES ? 1 : bench->rows->cells[i].count;
  for (guint i = 0; i < bench->n_classes; i++)
    most = MAX (most, targets[i]);
  for (guint i = 0; i < bench->n_classes; i++)
    targets[i] = targets[i] > 0 ? MAX (targets[i], most / 4) : 0;
  for (guint i = 0; i < groups->n_groups; i++)
    {
      limits[i] = limits[2 * groups->n_groups + i] = 1;
      limits[groups->n_groups + i] = 10;
    }

  begin = g_get_monotonic_time ();
  g_assert_true (ballast_plan_solve (&problem, NULL, totals));
  g_print ("%s: groups %u solve %.3f objective %.4f\n", ballast_unit_get_name (unit),
           groups->n_groups, seconds_since (begin), ballast_plan_measure (&problem, totals));
  begin = g_get_monotonic_time ();
  ballast_plan_solve_coarsely (&problem, real);
  g_print ("%s: coarse %.4f\n", ballast_unit_get_name (unit), seconds_since (begin));
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { argc > 1 ? (guint) atoi (argv[1]) : 120000, argc > 2 ? (guint) atoi (argv[2]) : 80,
                  NULL };
  gint64 begin = g_get_monotonic_time ();

  make_rows (&bench);
  g_print ("rows: %.3f\n", seconds_since (begin));
  measure (&bench, BALLAST_UNIT_IMAGES);
  measure (&bench, BALLAST_UNIT_INSTANCES);
  ballast_plan_rows_unref (bench.rows);
  return 0;
}
