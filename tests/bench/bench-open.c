/*
 * bench-open PROJECT [RUNS]: opens a project as the window does, lays its chart out and asks for
 * pages of its images.
 *
 * Prints "NAME MILLISECONDS" lines, medians of RUNS (9): open (until the counts are there), chart
 * (model and geometry), list (the ids of all images), page (any page of 100 of the list, in the mean
 * of fifty) and page-worst.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "ballast-chart-font.h"
#include "ballast-chart-geometry.h"
#include "ballast-document.h"
#include "ballast-image-list.h"

#define MAX_RUNS 99
#define N_PAGES 50

enum { OPEN, CHART, LIST, PAGE, PAGE_WORST, N_FIGURES };

static const char *const titles[] = { "open", "chart", "list", "page", "page-worst" };

static double
since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e3;
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static BallastDocument *
open_document (const char *path)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  BallastDocument *document;

  ballast_document_open_async (path, NULL, on_done, &result);
  wait_for (&result);
  document = ballast_document_open_finish (result, &error);
  if (document != NULL)
    return document;
  fprintf (stderr, "bench-open: %s\n", error->message);
  exit (1);
}

static double
time_chart (BallastDocument  *document,
            BallastChartFont *font)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(BallastChartModel) model
    = ballast_chart_model_new_from_tally (ballast_document_get_tally (document),
                                          BALLAST_CHART_UNIT_IMAGES, -1, FALSE);
  g_autoptr(BallastChartGeometry) geometry
    = ballast_chart_geometry_new (model, 1200, 500, ballast_chart_font_get_measure (font));

  return since (start);
}

/* Until the image at @position has its facts; those of its page come with it. */
static double
time_page (GListModel *list,
           guint       position)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(BallastImageItem) item = g_list_model_get_item (list, position);

  while (!ballast_image_item_get_loaded (item))
    g_main_context_iteration (NULL, TRUE);

  return since (start);
}

static void
time_pages (BallastDocument *document,
            double          *figures)
{
  BallastImageQuery query = { 0 };
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(BallastImageList) list = NULL;
  guint n;

  ballast_image_list_query_async (document, &query, NULL, on_done, &result);
  wait_for (&result);
  list = ballast_image_list_query_finish (result, NULL);
  figures[LIST] = since (start);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < N_PAGES && n > 0; i++)
    {
      /* Strides that meet no page twice in a large list, near ones neither. */
      double ms = time_page (G_LIST_MODEL (list), (guint) ((i * 0.618034 - (guint) (i * 0.618034)) * n));

      figures[PAGE] += ms / N_PAGES;
      figures[PAGE_WORST] = MAX (figures[PAGE_WORST], ms);
    }
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

int
main (int    argc,
      char **argv)
{
  guint n_runs = argc > 2 ? CLAMP (strtoul (argv[2], NULL, 10), 1, MAX_RUNS) : 9;
  double figures[MAX_RUNS][N_FIGURES] = { 0 };
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (13);

  if (argc < 2)
    {
      fprintf (stderr, "usage: bench-open PROJECT [RUNS]\n");
      return 2;
    }
  for (guint i = 0; i < n_runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr(BallastDocument) document = open_document (argv[1]);

      figures[i][OPEN] = since (start);
      figures[i][CHART] = time_chart (document, font);
      ballast_document_close (document);
    }
  /* Apart: an opening shall not wait for the memory of a list before it. */
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr(BallastDocument) document = open_document (argv[1]);

      time_pages (document, figures[i]);
      ballast_document_close (document);
    }
  for (guint figure = 0; figure < N_FIGURES; figure++)
    {
      double sorted[MAX_RUNS];

      for (guint i = 0; i < n_runs; i++)
        sorted[i] = figures[i][figure];
      qsort (sorted, n_runs, sizeof *sorted, compare_doubles);
      printf ("%s %.3f\n", titles[figure], sorted[n_runs / 2]);
    }

  return 0;
}
