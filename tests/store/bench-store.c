/* Measures the project file: bench-store [IMAGES [FOLDERS]], a million in a hundred by default. */
#include "ballast-store-edit.h"
#include "ballast-store-import.h"
#include "ballast-store-query.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define BATCH 1000

static gint64 started_us;

static void
start (void)
{
  started_us = g_get_monotonic_time ();
}

static double
get_seconds (void)
{
  return (g_get_monotonic_time () - started_us) / 1e6;
}

static void
check (gboolean      succeeded,
       const GError *error)
{
  if (!succeeded)
    g_error ("%s", error != NULL ? error->message : "failed");
}

/* Makes the next images of a folder; the time this takes is measured apart. */
static void
fill (BallastStoreImage *images,
      BallastAnnotation *labels,
      guint              first,
      guint              per_folder)
{
  for (guint i = 0; i < BATCH; i++)
    {
      BallastStoreImage *image = &images[i];
      guint number = first + i;

      g_free (image->record.name);
      g_free (image->record.folder);
      *image = (BallastStoreImage) {
        .record = {
          .folder = g_strdup_printf ("class_%03u", number / per_folder),
          .name = g_strdup_printf ("img_%07u.jpg", number),
          .facts = { .width = 500, .height = 375, .format = BALLAST_FORMAT_JPEG,
                     .colour = BALLAST_COLOUR_RGB, .depth = 8, .orientation = 1,
                     .size_bytes = 20000 + number % 30000,
                     .mtime_ns = G_GINT64_CONSTANT (1600000000123456789) + number * G_GINT64_CONSTANT (7919000000) },
        },
        .annotations = &labels[i],
        .n_annotations = 1,
      };
    }
}

static void
import_all (BallastStore *store,
            guint         n_images,
            guint         n_folders)
{
  const BallastSource source = { .root = (char *) "/data/photographs", .layout = (char *) "folders" };
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastStoreImport) import = ballast_store_import_begin (store, &source, &error);
  g_autofree gint64 *classes = g_new (gint64, n_folders);
  BallastStoreImage images[BATCH] = { 0 };
  BallastAnnotation labels[BATCH] = { 0 };
  double seconds = 0;

  check (import != NULL, error);
  for (guint i = 0; i < n_folders; i++)
    {
      g_autofree char *name = g_strdup_printf ("class_%03u", i);

      classes[i] = ballast_store_import_class (import, name, &error);
      check (classes[i] > 0, error);
    }

  for (guint first = 0; first < n_images; first += BATCH)
    {
      fill (images, labels, first, n_images / n_folders);
      for (guint i = 0; i < BATCH; i++)
        labels[i].class_id = classes[(first + i) / (n_images / n_folders)];
      start ();
      check (ballast_store_import_add (import, images, BATCH, &error), error);
      seconds += get_seconds ();
    }
  start ();
  check (ballast_store_import_finish (import, NULL, &error), error);
  g_print ("import: %.2f s of adding, %.2f s of finishing; %.0f images/s\n", seconds, get_seconds (),
           n_images / (seconds + get_seconds ()));
  for (guint i = 0; i < BATCH; i++)
    ballast_image_record_clear (&images[i].record);
}

static void
measure_pages (BallastStore     *store,
               const char       *what,
               BallastStoreQuery query,
               guint             n_images)
{
  g_autoptr(GError) error = NULL;
  double worst = 0;
  double total = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr(GArray) page = NULL;
      double seconds;

      start ();
      page = ballast_store_page (store, &query, (gint64) n_images / 100 * i, 100, &error);
      seconds = get_seconds ();
      check (page != NULL, error);
      worst = MAX (worst, seconds);
      total += seconds;
    }
  g_print ("page of 100, %s: %.3f ms on average, %.3f ms at worst\n", what, total * 10, worst * 1e3);
}

static void
measure_ids (BallastStore     *store,
             const char       *what,
             BallastStoreQuery query)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = NULL;

  start ();
  ids = ballast_store_ids (store, &query, NULL, &error);
  check (ids != NULL, error);
  g_print ("ids, %s: %u in %.1f ms\n", what, ids->len, get_seconds () * 1e3);
}

static gboolean
count_member (const BallastStoreMember *member,
              gpointer                  user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

static void
measure_reads (BallastStore *store,
               guint         n_images)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastTally) tally = NULL;
  guint n_members = 0;
  const BallastStoreMemberWalk walk = { BALLAST_QUERY_ANY, BALLAST_QUERY_ANY, count_member,
                                        &n_members };

  start ();
  tally = ballast_store_get_tally (store, &error);
  check (tally != NULL && tally->images == n_images, error);
  g_print ("tally: %.3f ms\n", get_seconds () * 1e3);

  measure_pages (store, "all", (BallastStoreQuery) { 0 }, n_images);
  measure_pages (store, "counting images of a class",
                 (BallastStoreQuery) { .class_id = tally->classes[0].id, .flags_mask = 7 },
                 n_images / tally->n_classes);
  measure_ids (store, "all", (BallastStoreQuery) { 0 });
  measure_ids (store, "all that count", (BallastStoreQuery) { .flags_mask = 7 });
  measure_ids (store, "a class", (BallastStoreQuery) { .class_id = tally->classes[0].id });
  measure_ids (store, "search", (BallastStoreQuery) { .search = "99.jpg" });

  start ();
  check (ballast_store_foreach_class_member (store, &walk, NULL, &error), error);
  g_print ("members in path order: %u in %.1f ms\n", n_members, get_seconds () * 1e3);
}

int
main (int    argc,
      char **argv)
{
  guint n_images = argc > 1 ? strtoul (argv[1], NULL, 10) : 1000000;
  guint n_folders = argc > 2 ? strtoul (argv[2], NULL, 10) : 100;
  g_autofree char *dir = g_dir_make_tmp ("ballast-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "bench.ballast", NULL);
  g_autoptr(GError) error = NULL;
  BallastStore *store = ballast_store_create (path, &error);
  struct stat info;

  check (store != NULL, error);
  import_all (store, n_images, n_folders);
  ballast_store_close (store);
  stat (path, &info);
  g_print ("size: %.1f bytes an image\n", (double) info.st_size / n_images);

  start ();
  store = ballast_store_open (path, BALLAST_STORE_OPEN_DEFAULT, &error);
  check (store != NULL, error);
  g_print ("open: %.1f ms\n", get_seconds () * 1e3);
  measure_reads (store, n_images);
  start ();
  import_all (store, n_images, n_folders);
  ballast_store_close (store);
  g_unlink (path);
  g_rmdir (dir);

  return 0;
}
