#include "config.h"

#include "fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "ballast-thumbnailer.h"

/* What came of a request. */
typedef struct
{
  guint    n_calls;
  guint    width;
  guint    height;
  guint    channels;
  gboolean failed;
} Outcome;

static void
on_thumbnail (const BallastRaster *raster,
              const GError        *error,
              gpointer             user_data)
{
  Outcome *outcome = user_data;

  outcome->n_calls++;
  outcome->failed = raster == NULL;
  g_assert_true ((raster == NULL) == (error != NULL));
  if (raster == NULL)
    return;
  outcome->width = raster->width;
  outcome->height = raster->height;
  outcome->channels = raster->channels;
}

static Outcome
request (BallastThumbnailer *thumbnailer,
         const char         *path,
         guint               size_px)
{
  Outcome outcome = { 0 };

  ballast_thumbnailer_request (thumbnailer, path, size_px, on_thumbnail, &outcome);
  while (outcome.n_calls == 0)
    g_main_context_iteration (NULL, TRUE);
  return outcome;
}

static char *
cache_file (const char *folder,
            const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (digest, ".png", NULL);

  return g_build_filename (g_get_user_cache_dir (), "thumbnails", folder, name, NULL);
}

static void
test_size (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();
  g_autofree char *path = NULL;
  Outcome outcome;

  fixture_init (&fixture);
  fixture_picture_sized (&fixture, "wide.jpg", 1, 800, 400);
  path = g_build_filename (fixture.data, "wide.jpg", NULL);
  outcome = request (thumbnailer, path, 100);
  g_assert_cmpuint (outcome.width, ==, 100);
  g_assert_cmpuint (outcome.height, ==, 50);
  g_assert_cmpuint (outcome.channels, ==, 3);
  g_assert_nonnull (ballast_thumbnailer_peek (thumbnailer, path, 100));
  g_assert_null (ballast_thumbnailer_peek (thumbnailer, path, 99));
}

static GdkPixbuf *
load_png (const char *path)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("png", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (gdk_pixbuf_loader_write (loader, (guint8 *) bytes, length, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* What is written is what the specification says, and is used by the next program. */
static void
test_disk (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();
  g_autoptr(BallastThumbnailer) second = ballast_thumbnailer_new ();
  g_autofree char *path = NULL, *cached = NULL, *uri = NULL;
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GdkPixbuf) mark = NULL;
  GStatBuf facts;
  Outcome outcome;

  fixture_init (&fixture);
  fixture_picture_sized (&fixture, "wide.jpg", 1, 800, 400);
  path = g_build_filename (fixture.data, "wide.jpg", NULL);
  request (thumbnailer, path, 200);
  cached = cache_file ("large", path);
  pixbuf = load_png (cached);
  g_assert_nonnull (pixbuf);
  uri = g_filename_to_uri (path, NULL, NULL);
  g_assert_cmpstr (gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::URI"), ==, uri);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 256);
  g_assert_cmpint (g_stat (cached, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 0777, ==, 0600);

  /* Somebody else's thumbnail of the same file is taken as it is: this one is square. */
  mark = gdk_pixbuf_scale_simple (pixbuf, 256, 256, GDK_INTERP_NEAREST);
  g_assert_true (gdk_pixbuf_save (mark, cached, "png", NULL, "tEXt::Thumb::URI", uri,
                                  "tEXt::Thumb::MTime",
                                  gdk_pixbuf_get_option (pixbuf, "tEXt::Thumb::MTime"), NULL));
  outcome = request (second, path, 200);
  g_assert_cmpuint (outcome.height, ==, 200);
}

/* A file that changed gets a new thumbnail. */
static void
test_changed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *path = NULL;
  Outcome outcome;

  fixture_init (&fixture);
  fixture_picture_sized (&fixture, "a.jpg", 1, 800, 400);
  path = g_build_filename (fixture.data, "a.jpg", NULL);
  {
    g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();

    request (thumbnailer, path, 128);
  }
  fixture_picture_sized (&fixture, "a.jpg", 1, 400, 800);
  g_assert_cmpint (utime (path, &(struct utimbuf) { 1000, 1000 }), ==, 0);
  {
    g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();

    outcome = request (thumbnailer, path, 128);
  }
  g_assert_cmpuint (outcome.height, ==, 128);
  g_assert_cmpuint (outcome.width, ==, 64);
}

static void
test_failed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();
  g_autofree char *path = NULL, *marker = NULL, *missing = NULL;

  fixture_init (&fixture);
  fixture_bytes (&fixture, "text.jpg", "no picture", -1);
  path = g_build_filename (fixture.data, "text.jpg", NULL);
  g_assert_true (request (thumbnailer, path, 128).failed);
  marker = cache_file ("fail/ballast-" BALLAST_VERSION, path);
  g_assert_true (g_file_test (marker, G_FILE_TEST_IS_REGULAR));
  g_assert_true (request (thumbnailer, path, 128).failed);
  missing = g_build_filename (fixture.data, "missing.jpg", NULL);
  g_assert_true (request (thumbnailer, missing, 128).failed);
}

static void
test_cancel (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();
  Outcome cancelled = { 0 };
  Outcome last = { 0 };
  guint64 requests[40];

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 41, 10);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/cat/%03u.jpg", fixture.data, i);

      requests[i] = ballast_thumbnailer_request (thumbnailer, path, 32, on_thumbnail, &cancelled);
    }
  for (guint i = 0; i < 40; i++)
    ballast_thumbnailer_cancel (thumbnailer, requests[i]);
  {
    g_autofree char *path = g_strdup_printf ("%s/cat/040.jpg", fixture.data);

    ballast_thumbnailer_request (thumbnailer, path, 32, on_thumbnail, &last);
  }
  while (last.n_calls == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (cancelled.n_calls, ==, 0);
  ballast_thumbnailer_cancel (thumbnailer, 0);
  ballast_thumbnailer_cancel (thumbnailer, requests[0]);
}

/* Two who want the same picture share the work, and one may go without the other. */
static void
test_shared (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();
  g_autofree char *path = NULL;
  Outcome stays = { 0 };
  Outcome goes = { 0 };
  guint64 number;

  fixture_init (&fixture);
  fixture_picture (&fixture, "a.jpg", 1);
  path = g_build_filename (fixture.data, "a.jpg", NULL);
  number = ballast_thumbnailer_request (thumbnailer, path, 32, on_thumbnail, &goes);
  ballast_thumbnailer_request (thumbnailer, path, 32, on_thumbnail, &stays);
  ballast_thumbnailer_cancel (thumbnailer, number);
  while (stays.n_calls == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (goes.n_calls, ==, 0);
}

static void
test_memory (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastThumbnailer) thumbnailer = ballast_thumbnailer_new ();
  g_autofree char *first = NULL, *second = NULL;

  fixture_init (&fixture);
  fixture_picture (&fixture, "a.jpg", 1);
  fixture_picture (&fixture, "b.jpg", 2);
  first = g_build_filename (fixture.data, "a.jpg", NULL);
  second = g_build_filename (fixture.data, "b.jpg", NULL);
  ballast_thumbnailer_set_max_bytes (thumbnailer, 1000);
  request (thumbnailer, first, 32);
  g_assert_nonnull (ballast_thumbnailer_peek (thumbnailer, first, 32));
  request (thumbnailer, second, 32);
  g_assert_null (ballast_thumbnailer_peek (thumbnailer, first, 32));
  g_assert_nonnull (ballast_thumbnailer_peek (thumbnailer, second, 32));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/document/thumbnailer/size", test_size);
  g_test_add_func ("/document/thumbnailer/disk", test_disk);
  g_test_add_func ("/document/thumbnailer/changed", test_changed);
  g_test_add_func ("/document/thumbnailer/failed", test_failed);
  g_test_add_func ("/document/thumbnailer/cancel", test_cancel);
  g_test_add_func ("/document/thumbnailer/shared", test_shared);
  g_test_add_func ("/document/thumbnailer/memory", test_memory);

  return g_test_run ();
}
