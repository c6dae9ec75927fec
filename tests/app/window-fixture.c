/*
 * A window in the test's own process.
 *
 * GtkWidgetPaintable has nothing to show before a frame was painted, so pictures wait for the frame
 * clock; the application is not unique and has no id, so tests run side by side.
 */
#include "config.h"

#include "window-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "ballast-document-import.h"

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define IMAGE_PX 32

/* A condition may walk through all widgets: it is looked at now and then, not at every event. */
#define LOOK_US 5000

gboolean
window_fixture_wait (WindowCondition is_true,
                     gpointer        user_data)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!is_true (user_data))
    {
      gint64 next = g_get_monotonic_time () + LOOK_US;

      if (next > deadline)
        return FALSE;
      while (g_get_monotonic_time () < next)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (500);
    }

  return TRUE;
}

static void
on_after_paint (GdkFrameClock *clock,
                guint         *n_frames)
{
  (*n_frames)++;
}

static gboolean
has_frames (gpointer user_data)
{
  return *(guint *) user_data >= 3;
}

/* Three frames: one lays out, one draws, one shows what the first two asked for. */
static void
wait_for_frames (GtkWidget *window)
{
  GdkFrameClock *clock;
  guint n_frames = 0;
  gulong handler;

  gtk_widget_queue_draw (window);
  clock = gtk_widget_get_frame_clock (window);
  g_assert_nonnull (clock);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);
  gdk_frame_clock_begin_updating (clock);
  g_assert_true (window_fixture_wait (has_frames, &n_frames));
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
is_idle (gpointer user_data)
{
  WindowFixture *fixture = user_data;
  BallastDocument *document = ballast_window_get_document (fixture->window);

  return document == NULL || ballast_document_get_job (document) == NULL;
}

void
window_fixture_settle (WindowFixture *fixture)
{
  g_assert_true (window_fixture_wait (is_idle, fixture));
  for (guint round = 0; round < 3; round++)
    {
      wait_for_frames (GTK_WIDGET (fixture->window));
      for (guint i = 0; i < 100 && g_main_context_iteration (NULL, FALSE); i++)
        continue;
      g_usleep (20 * 1000);
    }
}

static void
write_image (const char *path,
             guint       seed)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, IMAGE_PX, IMAGE_PX);
  g_autoptr(GError) error = NULL;
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < IMAGE_PX; y++)
    for (int x = 0; x < IMAGE_PX; x++)
      {
        guchar *pixel = pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x;

        pixel[0] = 40 + seed * 37 % 180;
        pixel[1] = 8 * x;
        pixel[2] = (8 * y + seed) % 256;
      }
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

void
window_fixture_write_dataset (const char               *path,
                              const WindowFixtureClass *classes)
{
  guint seed = 0;

  for (; classes->name != NULL; classes++)
    {
      g_autofree char *folder = g_build_filename (path, classes->name, NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      for (guint i = 0; i < classes->images; i++)
        {
          g_autofree char *name = g_strdup_printf ("%s%u.png", classes->name, i + 1);
          g_autofree char *file = g_build_filename (folder, name, NULL);

          write_image (file, seed++);
        }
    }
}

/* One application a process, as in life: GTK keeps per-process state that a second one would meet. */
static BallastApplication *
get_application (void)
{
  static BallastApplication *application;
  g_autoptr(GError) error = NULL;

  if (application != NULL)
    return application;

  g_set_application_name ("Ballast");
  application = ballast_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));

  return application;
}

void
window_fixture_set_up (WindowFixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->application = get_application ();
  fixture->folder = g_dir_make_tmp ("ballast-window-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->window = ballast_window_new (fixture->application);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_frames (GTK_WIDGET (fixture->window));
}

static void
document_created (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  BallastDocument **document = user_data;
  g_autoptr(GError) error = NULL;

  *document = ballast_document_create_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

void
window_fixture_import (WindowFixture *fixture,
                       const char    *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *file = g_strconcat (name, ".ballast", NULL);
  g_autofree char *project = g_build_filename (fixture->folder, file, NULL);
  g_autoptr(BallastDocument) document = NULL;
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;

  ballast_document_create_async (project, NULL, document_created, &document);
  g_assert_true (window_fixture_wait (is_set, &document));
  job = ballast_document_import (document, path, NULL, NULL);
  ballast_job_wait (job, &error);
  g_assert_no_error (error);
  ballast_window_set_document (fixture->window, document);
  window_fixture_settle (fixture);
}

void
window_fixture_set_up_with (WindowFixture            *fixture,
                            const WindowFixtureClass *classes)
{
  window_fixture_set_up (fixture);
  fixture->dataset = g_build_filename (fixture->folder, "waste", NULL);
  window_fixture_write_dataset (fixture->dataset, classes);
  window_fixture_import (fixture, fixture->dataset);
}

BallastDocument *
window_fixture_get_document (WindowFixture *fixture)
{
  return ballast_window_get_document (fixture->window);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
window_fixture_tear_down (WindowFixture *fixture)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  for (gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
       window != NULL && g_get_monotonic_time () < deadline;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  g_assert_null (window);

  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->dataset);
}

void
window_fixture_foreach (GtkWidget    *root,
                        WindowVisitor visit,
                        gpointer      user_data)
{
  visit (root, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    window_fixture_foreach (child, visit, user_data);
}

typedef struct
{
  GType       type;
  const char *label;
  guint       left;
  GtkWidget  *found;
} Search;

static gboolean
shows_text (GtkWidget  *widget,
            const char *text)
{
  g_autofree char *label = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "label") == NULL)
    return FALSE;

  g_object_get (widget, "label", &label, NULL);
  return g_strcmp0 (label, text) == 0;
}

static void
search (GtkWidget *widget,
        gpointer   user_data)
{
  Search *self = user_data;

  if (self->found != NULL || !g_type_is_a (G_OBJECT_TYPE (widget), self->type))
    return;
  if (self->label != NULL && !shows_text (widget, self->label))
    return;

  if (self->left == 0)
    self->found = widget;
  else
    self->left--;
}

GtkWidget *
window_fixture_find (GtkWidget *root,
                     GType      type,
                     guint      n)
{
  Search self = { type, NULL, n, NULL };

  window_fixture_foreach (root, search, &self);
  return self.found;
}

GtkWidget *
window_fixture_find_labelled (GtkWidget  *root,
                              GType       type,
                              const char *text)
{
  Search self = { type, text, 0, NULL };

  window_fixture_foreach (root, search, &self);
  return self.found;
}

void
window_fixture_screenshot (GtkWidget  *widget,
                           const char *path)
{
  g_autoptr(GdkPaintable) paintable = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  graphene_rect_t bounds;

  wait_for_frames (widget);
  paintable = gtk_widget_paintable_new (widget);
  bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  gdk_paintable_snapshot (paintable, snapshot, bounds.size.width, bounds.size.height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &bounds);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

GtkWidget *
window_fixture_find_dialog (WindowFixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *dialog = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (fixture->window) &&
          gtk_widget_get_visible (GTK_WIDGET (window)))
        dialog = GTK_WIDGET (window);
    }

  return dialog;
}
