/* The slider with two handles: keys, the pointer, its ends, and where values stand. */
#include "config.h"

#include "page-fixture.h"

#include "ballast-range-slider.h"

#define WIDTH_PX 400

typedef struct
{
  GtkWidget          *window;
  BallastRangeSlider *slider;
  guint               n_changed;
  guint               n_committed;
} Fixture;

typedef struct
{
  double   minimum;
  double   maximum;
  double   step;
  gboolean two_handles;
} Range;

static const Range angle = { -180, 180, 1, TRUE };
static const Range share = { 0, 1, 0.05, TRUE };
static const Range number = { 0, 100, 1, FALSE };

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
has_width (gpointer user_data)
{
  return gtk_widget_get_width (user_data) > 100;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const Range *range = data;
  GtkWidget *slider = ballast_range_slider_new (range->minimum, range->maximum, range->step,
                                                range->two_handles);

  fixture->slider = BALLAST_RANGE_SLIDER (slider);
  ballast_range_slider_set_label (fixture->slider, "Angle");
  g_signal_connect_swapped (slider, "changed", G_CALLBACK (count), &fixture->n_changed);
  g_signal_connect_swapped (slider, "committed", G_CALLBACK (count), &fixture->n_committed);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), slider);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH_PX, 100);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_assert_true (window_fixture_wait (has_width, slider));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gpointer slider = fixture->slider;

  g_object_add_weak_pointer (slider, &slider);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (slider);
}

static GtkWidget *
get_handle (Fixture *fixture,
            guint    n)
{
  GtkWidget *trough = gtk_widget_get_first_child (GTK_WIDGET (fixture->slider));
  GtkWidget *handle = gtk_widget_get_first_child (trough);

  /* The first child is the highlight. */
  for (guint i = 0; i <= n; i++)
    handle = gtk_widget_get_next_sibling (handle);

  return handle;
}

#define ASSERT_VALUES(fixture, lower, upper) \
  g_assert_cmpfloat_with_epsilon (ballast_range_slider_get_lower (fixture->slider), lower, 1e-9); \
  g_assert_cmpfloat_with_epsilon (ballast_range_slider_get_upper (fixture->slider), upper, 1e-9)

static void
test_set (Fixture      *fixture,
          gconstpointer data)
{
  ballast_range_slider_set_values (fixture->slider, -15, 15);
  ASSERT_VALUES (fixture, -15, 15);
  ballast_range_slider_set_values (fixture->slider, 20, -20);
  ASSERT_VALUES (fixture, -20, -20);
  ballast_range_slider_set_values (fixture->slider, -999, 999);
  ASSERT_VALUES (fixture, -180, 180);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_keys (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *lower = get_handle (fixture, 0), *upper = get_handle (fixture, 1);

  ballast_range_slider_set_values (fixture->slider, -15, 15);
  g_assert_true (page_fixture_press (lower, GDK_KEY_Left));
  g_assert_true (page_fixture_press (upper, GDK_KEY_Up));
  ASSERT_VALUES (fixture, -16, 16);
  page_fixture_press (upper, GDK_KEY_Page_Up);
  page_fixture_press (lower, GDK_KEY_Home);
  ASSERT_VALUES (fixture, -180, 26);
  g_assert_cmpuint (fixture->n_committed, ==, 4);
  g_assert_false (page_fixture_press (lower, GDK_KEY_a));
}

/* A handle stops at the other, and what changes nothing is not stored. */
static void
test_no_passing (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget *lower = get_handle (fixture, 0);

  ballast_range_slider_set_values (fixture->slider, -15, 15);
  page_fixture_press (lower, GDK_KEY_End);
  ASSERT_VALUES (fixture, 15, 15);
  page_fixture_press (lower, GDK_KEY_Right);
  g_assert_cmpuint (fixture->n_committed, ==, 1);
}

static void
test_steps (Fixture      *fixture,
            gconstpointer data)
{
  GtkWidget *lower = get_handle (fixture, 0);

  ballast_range_slider_set_values (fixture->slider, 0.7, 1);
  for (guint i = 0; i < 3; i++)
    page_fixture_press (lower, GDK_KEY_Left);
  ASSERT_VALUES (fixture, 0.55, 1);
}

static void
press_at (Fixture *fixture,
          double   x)
{
  GtkEventController *drag = page_fixture_get_controller (GTK_WIDGET (fixture->slider),
                                                          GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (drag, "drag-begin", x, 5.0);
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
}

/* The nearer handle comes to the pointer; small angles have more room than large ones. */
static void
test_pointer (Fixture      *fixture,
              gconstpointer data)
{
  int width = gtk_widget_get_width (GTK_WIDGET (fixture->slider));

  ballast_range_slider_set_values (fixture->slider, -15, 15);
  press_at (fixture, width * 0.75);
  g_assert_cmpfloat (ballast_range_slider_get_lower (fixture->slider), ==, -15);
  g_assert_cmpfloat (ballast_range_slider_get_upper (fixture->slider), >, 30);
  g_assert_cmpfloat (ballast_range_slider_get_upper (fixture->slider), <, 60);
  press_at (fixture, 0);
  g_assert_cmpfloat (ballast_range_slider_get_lower (fixture->slider), ==, -180);
  g_assert_cmpuint (fixture->n_committed, ==, 2);
}

static void
test_one_handle (Fixture      *fixture,
                 gconstpointer data)
{
  g_assert_false (gtk_widget_get_child_visible (get_handle (fixture, 0)));
  press_at (fixture, gtk_widget_get_width (GTK_WIDGET (fixture->slider)) / 2.0);
  ASSERT_VALUES (fixture, 0, 50);
}

static void
test_accessible (Fixture      *fixture,
                 gconstpointer data)
{
  ballast_range_slider_set_values (fixture->slider, -15, 15);
  gtk_test_accessible_assert_property (get_handle (fixture, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Angle, from");
  gtk_test_accessible_assert_property (get_handle (fixture, 1), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                       15.0);
  gtk_test_accessible_assert_property (get_handle (fixture, 1), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                       180.0);
}

#define ADD(path, range, function) \
  g_test_add ("/app/range-slider/" path, Fixture, &range, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);

  ADD ("set", angle, test_set);
  ADD ("keys", angle, test_keys);
  ADD ("no-passing", angle, test_no_passing);
  ADD ("steps", share, test_steps);
  ADD ("pointer", angle, test_pointer);
  ADD ("one-handle", number, test_one_handle);
  ADD ("accessible", angle, test_accessible);

  return g_test_run ();
}
