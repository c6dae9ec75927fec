#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ballast-store-private.h"

void
fixture_set_up (Fixture      *fixture,
                gconstpointer user_data)
{
  fixture->dir = g_dir_make_tmp ("ballast-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "signs.ballast", NULL);
  assert_ok ((fixture->store = ballast_store_create (fixture->path, error)) != NULL);
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer user_data)
{
  ballast_store_close (fixture->store);
  remove_all (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

void
fixture_reopen (Fixture *fixture)
{
  ballast_store_close (fixture->store);
  assert_ok ((fixture->store = ballast_store_open (fixture->path, 0, error)) != NULL);
}

BallastStoreImport *
begin_import (Fixture *fixture)
{
  const BallastSource source = { .root = (char *) "/data", .layout = (char *) "folders" };
  BallastStoreImport *import;

  assert_ok ((import = ballast_store_import_begin (fixture->store, &source, error)) != NULL);
  return import;
}

static void
set_labels (BallastStoreImport *import,
            BallastStoreImage  *image,
            const char         *classes)
{
  g_auto(GStrv) names = g_strsplit (classes, ",", -1);

  if (strcmp (classes, "-") == 0)
    return;
  image->n_annotations = g_strv_length (names);
  image->annotations = g_new0 (BallastAnnotation, image->n_annotations);
  for (guint i = 0; i < image->n_annotations; i++)
    assert_ok ((image->annotations[i].class_id = ballast_store_import_class (import, names[i], error)) >= 0);
}

void
add_image (BallastStoreImport *import,
           const char         *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 3);
  const char *slash = strrchr (words[0], '/');
  BallastStoreImage image = {
    .record = {
      .folder = g_strndup (words[0], slash != NULL ? slash - words[0] : 0),
      .name = g_strdup (slash != NULL ? slash + 1 : words[0]),
      .facts = { .width = 40, .height = 30, .format = BALLAST_FORMAT_JPEG, .depth = 8,
                 .colour = BALLAST_COLOUR_RGB, .orientation = 1, .size_bytes = strlen (line),
                 .mtime_ns = 77 },
    },
  };

  set_labels (import, &image, words[1]);
  if (strcmp (words[2], "-") != 0)
    assert_ok ((image.record.split_id = ballast_store_import_split (import, words[2], error)) > 0);
  assert_ok (ballast_store_import_add (import, &image, 1, error));
  ballast_store_image_clear (&image);
}

void
import_images (Fixture    *fixture,
               const char *line,
               ...)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);
  va_list lines;

  va_start (lines, line);
  for (; line != NULL; line = va_arg (lines, const char *))
    add_image (import, line);
  va_end (lines);
  assert_ok (ballast_store_import_finish (import, NULL, error));
}

gint64
class_id (Fixture    *fixture,
          const char *name)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (fixture->store, NULL);
  const BallastClassTally *found = ballast_tally_find_class (tally, name);

  g_assert_nonnull (found);
  return found->id;
}

gint64
image_id (Fixture    *fixture,
          const char *path)
{
  gint64 id = ballast_store_find_image (fixture->store, path, NULL);

  g_assert_cmpint (id, >, 0);
  return id;
}

void
assert_classes (Fixture    *fixture,
                const char *expected)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (fixture->store, NULL);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tally->n_classes; i++)
    g_string_append_printf (text, "%s%s:%u", i > 0 ? " " : "", tally->classes[i].name,
                            (guint) tally->classes[i].total.images);
  g_assert_cmpstr (text->str, ==, expected);
  assert_counts_exact (fixture->store);
}

void
assert_labels (Fixture    *fixture,
               const char *path,
               const char *expected)
{
  gint64 id = image_id (fixture, path);
  g_autoptr(GArray) images = ballast_store_get_images (fixture->store, &id, 1, NULL);
  g_autoptr(BallastTally) tally = ballast_store_get_tally (fixture->store, NULL);
  const BallastStoreImage *image = &g_array_index (images, BallastStoreImage, 0);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < image->n_annotations; i++)
    g_string_append_printf (
      text, "%s%s", i > 0 ? "," : "",
      ballast_tally_find_class_by_id (tally, image->annotations[i].class_id)->name);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
append_rows (BallastStore *store,
             const char   *sql,
             GString      *text)
{
  BallastStatement *statement = ballast_db_statement (store->db, sql, NULL);

  g_assert_nonnull (statement);
  while (ballast_statement_step (statement, NULL) == BALLAST_STEP_ROW)
    {
      g_autofree char *row = ballast_statement_dup_bytes (statement, 0);

      g_string_append_printf (text, "%s\n", row);
    }
}

#define COUNTERS                                                                                   \
  "SELECT format ('%d %d %d %d', class_id, split_id, images, instances) FROM counter WHERE "       \
  "images != 0 OR instances != 0 ORDER BY class_id, split_id"
#define TOTALS "SELECT format ('%s %d', name, value) FROM total WHERE value != 0 ORDER BY name"

char *
dump (BallastStore *store)
{
  static const char *const queries[] = {
    "SELECT format ('class %d %Q %d', id, name, position) FROM class WHERE dropped = 0 ORDER BY id",
    "SELECT format ('split %d %Q', id, name) FROM split WHERE dropped = 0 ORDER BY id",
    "SELECT format ('folder %d %d %s', id, source_id, hex (path)) FROM folder ORDER BY id",
    "SELECT format ('image %d %d %d %d %d %s %d %d %d %d %d', id, flags, split_id, group_id, folder_id, hex (name), "
    "width, height, coding, size_bytes, mtime_ns) FROM image ORDER BY id",
    "SELECT format ('label %d %d %g %g %g %g %s', id, class_id, x, y, width, height, hex (data)) FROM "
    "annotation LEFT JOIN annotation_extra ON annotation_id = id ORDER BY id",
    "SELECT format ('aside %d %d %g %g %g %g %s', id, class_id, x, y, width, height, hex (data)) FROM "
    "annotation_aside ORDER BY id",
    "SELECT format ('number %d %d', image_id, number) FROM image_number ORDER BY image_id",
    "SELECT format ('problem %d %d %d %Q', kind, image_id, other_image_id, detail) FROM problem "
    "ORDER BY kind, image_id, detail",
    "SELECT format ('known as %Q %d', name, class_id) FROM class_name ORDER BY name",
    "SELECT format ('setting %Q %Q', key, value) FROM setting ORDER BY key",
    COUNTERS,
    TOTALS,
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    append_rows (store, queries[i], text);

  return g_string_free (text, FALSE);
}

/* The oracle: what counters must say, computed by joins from the records alone. */
#define RECOUNTED                                                                                  \
  "SELECT format ('%d %d %d %d', c, s, n, m) FROM (SELECT a.class_id AS c, coalesce (i.split_id, 0) " \
  "AS s, count (DISTINCT i.id) AS n, count (*) AS m FROM annotation a JOIN image i ON "            \
  "i.id = a.image_id WHERE i.flags & 7 = 0 GROUP BY 1, 2 UNION ALL SELECT 0, coalesce (i.split_id, "  \
  "0), count (DISTINCT i.id), count (a.id) FROM image i LEFT JOIN annotation a ON "                \
  "a.id BETWEEN i.id << 20 AND (i.id << 20) + 1048575 WHERE i.flags & 7 = 0 GROUP BY 2) ORDER BY c, s"

#define RECOUNTED_TOTALS                                                                           \
  "WITH good AS (SELECT i.id, (SELECT count (DISTINCT class_id) FROM annotation WHERE id BETWEEN "  \
  "i.id << 20 AND (i.id << 20) + 1048575) AS n FROM image i WHERE flags & 7 = 0), t (name, value) AS ("                   \
  "SELECT 'boxes', count (*) FROM annotation a JOIN good ON good.id = a.image_id WHERE x IS NOT NULL" \
  " UNION ALL SELECT 'excluded', count (*) FROM image WHERE flags & 3 = 1"                         \
  " UNION ALL SELECT 'gone', count (*) FROM image WHERE flags & 2"                                 \
  " UNION ALL SELECT 'multi-label', count (*) FROM good WHERE n > 1"                               \
  " UNION ALL SELECT 'unlabelled', count (*) FROM good WHERE n = 0"                                \
  " UNION ALL SELECT 'unreadable', count (*) FROM image WHERE flags & 7 = 4)"                      \
  " SELECT format ('%s %d', name, value) FROM t WHERE value != 0 ORDER BY name"

void
assert_counts_exact (BallastStore *store)
{
  g_autoptr(GString) kept = g_string_new (NULL);
  g_autoptr(GString) counted = g_string_new (NULL);

  append_rows (store, COUNTERS, kept);
  append_rows (store, TOTALS, kept);
  append_rows (store, RECOUNTED, counted);
  append_rows (store, RECOUNTED_TOTALS, counted);
  g_assert_cmpstr (kept->str, ==, counted->str);
}

static void
add_random_image (BallastStoreImport *import,
                  guint               number)
{
  BallastAnnotation labels[4] = { 0 };
  BallastStoreImage image = {
    .record = {
      .folder = g_strdup_printf ("d%u", number % 5),
      .name = g_strdup_printf ("%u.jpg", number),
      .split_id = g_test_rand_int_range (0, 3),
      .flags = g_test_rand_int_range (0, 10) == 0 ? BALLAST_IMAGE_UNREADABLE : 0,
      .facts = { .width = g_test_rand_int_range (1, 50), .height = 20,
                 .size_bytes = g_test_rand_int_range (1, 100), .mtime_ns = number },
    },
    .annotations = labels,
    .n_annotations = g_test_rand_int_range (0, 4),
  };

  for (guint i = 0; i < image.n_annotations; i++)
    {
      labels[i].class_id = g_test_rand_int_range (1, 6);
      labels[i].has_box = g_test_rand_bit ();
      labels[i].box = (BallastBox) { g_test_rand_int_range (0, 9), 1, 2.5, 3 };
    }
  assert_ok (ballast_store_import_add (import, &image, 1, error));
  ballast_image_record_clear (&image.record);
}

void
import_random (Fixture *fixture,
               guint    n)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);

  for (guint i = 0; i < 5; i++)
    {
      const char name[] = { (char) ('a' + i), '\0' };

      assert_ok (ballast_store_import_class (import, name, error) >= 0);
    }
  assert_ok (ballast_store_import_split (import, "train", error) > 0);
  assert_ok (ballast_store_import_split (import, "test", error) > 0);
  for (guint i = 0; i < n; i++)
    add_random_image (import, i);
  assert_ok (ballast_store_import_finish (import, NULL, error));
}
