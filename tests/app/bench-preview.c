/*
 * bench-preview [STEPS]: how the Augment page follows a slider on a 12-megapixel photograph: nine
 * variants beside the original, through a mirror, a turn, light, hue and noise.
 *
 * A slider is moved STEPS times (60 unless told), once a frame of 60 Hz as a hand would.
 * Printed: from each step until all variants of it, or of a later one, are on the screen; how long
 * the main loop was busy in one go; and the same from rest, one step at a time.
 */
#include "config.h"

#include "page-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>
#include <time.h>

#include "ballast-document-edits.h"
#include "ballast-op-table.h"
#include "ballast-range-slider.h"
#include "ballast-variant-grid.h"

#define WIDTH 4000
#define HEIGHT 3000
#define N_CELLS 10 /* the original and nine variants */
#define FRAME_US 16667
#define BUSY_US 16000

typedef struct
{
  GdkPaintable *shown[N_CELLS];
  gint64        changed[N_CELLS]; /* when a cell got its newest picture */
  guint         n_changes[N_CELLS];
  gboolean      measured;
  gboolean      is_set;
} Watch;

/* Colours that flow, edges and grain: about as hard to decode as a photograph. */
static void
write_photograph (const char *folder)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  g_autofree char *path = g_build_filename (folder, "photograph.jpg", NULL);
  g_autoptr(GError) error = NULL;
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  guint32 noise = 1;

  g_mkdir_with_parents (folder, 0700);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guchar *pixel = pixels + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x;
        guint grain, edge = ((x / 160) ^ (y / 120)) % 7 * 12;

        noise = noise * 1664525u + 1013904223u;
        grain = noise >> 28;
        pixel[0] = 40 + x * 120 / WIDTH + edge + grain;
        pixel[1] = 50 + y * 110 / HEIGHT + edge + grain;
        pixel[2] = 60 + (x + y) * 60 / (WIDTH + HEIGHT) + edge + grain;
      }
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "quality", "90", NULL);
  g_assert_no_error (error);
}

static void
on_picture_changed (GtkPicture *picture,
                    GParamSpec *pspec,
                    Watch      *watch)
{
  guint cell = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (picture), "cell"));

  watch->changed[cell] = g_get_monotonic_time ();
  watch->n_changes[cell]++;
}

static void
on_measured (Watch *watch)
{
  watch->measured = TRUE;
}

static gboolean
is_measured (gpointer user_data)
{
  return ((Watch *) user_data)->measured;
}

static void
on_pipeline_set (GObject      *document,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Watch *watch = user_data;

  watch->is_set = TRUE;
}

static gboolean
is_set (gpointer user_data)
{
  return ((Watch *) user_data)->is_set;
}

static void
set_pipeline (WindowFixture *fixture,
              Watch         *watch)
{
  static const char *const ops[] = { "HorizontalFlip", "Rotate", "RandomBrightnessContrast",
                                     "HueSaturationValue", "GaussNoise" };
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      ballast_pipeline_add (pipeline, ballast_op_find (ops[i]), -1);
      ballast_pipeline_set_p (pipeline, i, 1);
    }
  ballast_document_set_pipeline_async (window_fixture_get_document (fixture), 0, pipeline,
                                       on_pipeline_set, watch);
  g_assert_true (window_fixture_wait (is_set, watch));
}

/* That of the angle: turning is the dearest step. */
static BallastRangeSlider *
find_slider (WindowFixture *fixture)
{
  GtkWidget *row = page_fixture_get (fixture, "BallastStepRow", 1);

  return BALLAST_RANGE_SLIDER (window_fixture_find (row, BALLAST_TYPE_RANGE_SLIDER, 1));
}

/* What a drag does between its begin and its end. */
static void
move_slider (BallastRangeSlider *slider,
             guint               step)
{
  ballast_range_slider_set_values (slider, -(double) (step % 90) - 1, 15);
  g_signal_emit_by_name (slider, "changed");
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return (*(const gint64 *) a > *(const gint64 *) b) - (*(const gint64 *) a < *(const gint64 *) b);
}

static void
report (const char *what,
        GArray     *times)
{
  const gint64 *sorted;

  if (times->len == 0)
    {
      g_print ("%-44s none\n", what);
      return;
    }

  g_array_sort (times, compare);
  sorted = (gpointer) times->data;
  g_print ("%-44s median %6.1f ms   95th percentile %6.1f ms   worst %6.1f ms   (%u)\n", what,
           sorted[times->len / 2] / 1e3, sorted[times->len * 95 / 100] / 1e3,
           sorted[times->len - 1] / 1e3, times->len);
}

/* Of this thread's own: on a machine that others use too, the clock on the wall measures them. */
static gint64
get_work_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Runs what is ready, and notes how long the loop was busy in one go. */
static void
spin_until (gint64  deadline,
            GArray *busy,
            GArray *work)
{
  while (g_get_monotonic_time () < deadline)
    {
      gint64 begin = g_get_monotonic_time (), work_begin = get_work_us (), took, worked;

      if (!g_main_context_iteration (NULL, FALSE))
        {
          g_usleep (200);
          continue;
        }
      took = g_get_monotonic_time () - begin;
      worked = get_work_us () - work_begin;
      g_array_append_val (busy, took);
      g_array_append_val (work, worked);
    }
}

static void
measure_from_rest (BallastRangeSlider *slider,
                   Watch              *watch,
                   guint               n_steps)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n_steps; i++)
    {
      gint64 begin = g_get_monotonic_time (), took;

      watch->measured = FALSE;
      move_slider (slider, i);
      g_assert_true (window_fixture_wait (is_measured, watch));
      took = g_get_monotonic_time () - begin;
      g_array_append_val (times, took);
    }
  report ("one step, until all are drawn", times);
}

/* When every cell has been renewed since @since. */
static gint64
find_complete (const Watch *watch,
               gint64       since)
{
  gint64 last = 0;

  for (guint i = 1; i < N_CELLS; i++)
    {
      if (watch->changed[i] < since)
        return 0;
      last = MAX (last, watch->changed[i]);
    }

  return last;
}

static void
measure_moving (BallastRangeSlider *slider,
                Watch              *watch,
                guint               n_steps)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) busy = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) work = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 next = g_get_monotonic_time (), waiting = 0;

  for (guint i = 0; i < n_steps || waiting != 0; i++)
    {
      gint64 complete;

      if (i < n_steps)
        move_slider (slider, i);
      if (waiting == 0)
        waiting = next;
      next += FRAME_US;
      spin_until (next, busy, work);
      complete = find_complete (watch, waiting);
      if (complete != 0)
        {
          complete -= waiting;
          g_array_append_val (times, complete);
          waiting = 0;
        }
      if (i > n_steps + 600)
        break;
    }

  for (guint i = 0; i < work->len; i++)
    if (g_array_index (work, gint64, i) > BUSY_US)
      g_array_append_val (stalls, g_array_index (work, gint64, i));
  report ("a moving slider, until all are renewed", times);
  report ("one turn of the main loop, by the clock", busy);
  report ("one turn of the main loop, its own work", work);
  report ("turns of more than 16 ms of work", stalls);
}

static void
watch_pictures (WindowFixture *fixture,
                Watch         *watch)
{
  for (guint i = 0; i < N_CELLS; i++)
    {
      GtkWidget *cell = page_fixture_get (fixture, "BallastVariantCell", i);
      GtkWidget *picture = window_fixture_find (cell, GTK_TYPE_PICTURE, 0);

      g_object_set_data (G_OBJECT (picture), "cell", GUINT_TO_POINTER (i));
      g_signal_connect (picture, "notify::paintable", G_CALLBACK (on_picture_changed), watch);
    }
  g_signal_connect_swapped (page_fixture_get (fixture, "BallastVariantGrid", 0), "measured",
                            G_CALLBACK (on_measured), watch);
}

int
main (int   argc,
      char *argv[])
{
  guint n_steps = argc > 1 ? (guint) atoi (argv[1]) : 60;
  WindowFixture fixture = { 0 };
  Watch watch = { 0 };
  g_autofree char *folder = NULL;
  BallastRangeSlider *slider;

  adw_init ();
  window_fixture_set_up (&fixture);
  fixture.dataset = g_build_filename (fixture.folder, "photographs", NULL);
  folder = g_build_filename (fixture.dataset, "one", NULL);
  write_photograph (folder);
  window_fixture_import (&fixture, fixture.dataset);
  set_pipeline (&fixture, &watch);
  page_fixture_show (&fixture, "augment");
  ballast_variant_grid_set_n_pictures (
    BALLAST_VARIANT_GRID (page_fixture_get (&fixture, "BallastVariantGrid", 0)), N_CELLS);
  watch_pictures (&fixture, &watch);
  gtk_widget_activate_action (page_fixture_get (&fixture, "BallastAugmentPage", 0),
                              "preview.draw-again", NULL);
  g_assert_true (window_fixture_wait (is_measured, &watch));

  slider = find_slider (&fixture);
  measure_from_rest (slider, &watch, n_steps);
  measure_moving (slider, &watch, n_steps);
  window_fixture_tear_down (&fixture);

  return 0;
}
