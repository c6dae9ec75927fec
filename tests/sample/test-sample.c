#define G_LOG_DOMAIN "test-sample"

#include "config.h"

#include <ballast-json.h>
#include <ballast-sample.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *dest;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("ballast-sample-XXXXXX", NULL);
  fixture->dest = g_build_filename (fixture->folder, "out", NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the names in @path in order; empty where it is no folder. */
static GPtrArray *
list (const char *path)
{
  g_autoptr(GDir) listing = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GPtrArray) names = list (path);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->dest);
}

static void
draw (const char *kind,
      const char *dest,
      guint       images,
      guint64     seed)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (ballast_sample_write (kind, dest, images, seed, NULL, NULL, &error));
  g_assert_no_error (error);
}

static guint
count (const char *dest,
       const char *path)
{
  g_autofree char *full = g_build_filename (dest, path, NULL);
  g_autoptr(GPtrArray) names = list (full);

  return names->len;
}

/* Adds each file's name and bytes below @path to @sum; returns how many there are. */
static guint
add_tree (GChecksum  *sum,
          const char *path)
{
  g_autoptr(GPtrArray) names = list (path);
  g_autofree char *bytes = NULL;
  gsize length;
  guint n = 0;

  if (g_file_get_contents (path, &bytes, &length, NULL))
    {
      g_checksum_update (sum, (const guchar *) bytes, (gssize) length);
      return 1;
    }
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);

      g_checksum_update (sum, names->pdata[i], -1);
      n += add_tree (sum, child);
    }

  return n;
}

static char *
digest (const char *path,
        guint      *n_files)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint n = add_tree (sum, path);

  if (n_files != NULL)
    *n_files = n;
  return g_strdup (g_checksum_get_string (sum));
}

static void
test_signs_counts (Fixture      *fixture,
                   gconstpointer user_data)
{
  static const struct
  {
    const char *path;
    guint       n;
  } cases[] = { { "train", 8 }, { "test", 8 }, { "train/speed-50", 40 }, { "train/turn-left", 2 } };
  g_autofree char *sum = NULL;
  guint n_files;

  draw ("signs", fixture->dest, 130, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (count (fixture->dest, cases[i].path), ==, cases[i].n);
  sum = digest (fixture->dest, &n_files);
  g_assert_cmpuint (n_files, ==, 130);
}

static void
test_least (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr(GPtrArray) classes = NULL;
  g_autofree char *test = g_build_filename (fixture->dest, "test", NULL);

  draw ("signs", fixture->dest, 16, 1);
  classes = list (test);
  g_assert_cmpuint (classes->len, ==, 8);
  for (guint i = 0; i < classes->len; i++)
    g_assert_cmpuint (count (test, classes->pdata[i]), ==, 1);
}

static void
test_seeds (Fixture      *fixture,
            gconstpointer user_data)
{
  const char *kind = user_data;
  g_autofree char *again = g_build_filename (fixture->folder, "again", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  draw (kind, fixture->dest, 20, 7);
  draw (kind, again, 20, 7);
  draw (kind, other, 20, 8);
  first = digest (fixture->dest, NULL);
  second = digest (again, NULL);
  third = digest (other, NULL);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

/* A picture depends on the seed and on its name, not on how many there are. */
static void
test_pictures_are_their_own (Fixture      *fixture,
                             gconstpointer user_data)
{
  g_autofree char *more = g_build_filename (fixture->folder, "more", NULL);
  g_autofree char *one = g_build_filename (fixture->dest, "train/yield/yield-0001.jpg", NULL);
  g_autofree char *two = g_build_filename (more, "train/yield/yield-0001.jpg", NULL);
  g_autofree char *first = NULL, *second = NULL;

  draw ("signs", fixture->dest, 20, 7);
  draw ("signs", more, 30, 7);
  first = digest (one, NULL);
  second = digest (two, NULL);
  g_assert_cmpstr (first, ==, second);
}

typedef struct
{
  guint n[4]; /* by category */
} Boxes;

/* Reads an annotation file and checks each box against its image. */
static Boxes
check_coco (const char *dest,
            const char *name)
{
  g_autofree char *path = g_build_filename (dest, "annotations", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *object;
  JsonArray *images, *annotations;
  Boxes boxes = { { 0 } };

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  root = ballast_json_parse (text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (root);
  images = json_object_get_array_member (object, "images");
  annotations = json_object_get_array_member (object, "annotations");
  for (guint i = 0; i < json_array_get_length (annotations); i++)
    {
      JsonObject *annotation = json_array_get_object_element (annotations, i);
      JsonObject *image
        = json_array_get_object_element (images, (guint) json_object_get_int_member (annotation, "image_id") - 1);
      JsonArray *box = json_object_get_array_member (annotation, "bbox");
      double x = json_array_get_double_element (box, 0), y = json_array_get_double_element (box, 1);
      double width = json_array_get_double_element (box, 2), height = json_array_get_double_element (box, 3);

      g_assert_cmpfloat (width, >=, 10);
      g_assert_cmpfloat (height, >=, 10);
      g_assert_cmpfloat (MIN (x, y), >=, 0);
      g_assert_cmpfloat (x + width, <=, (double) json_object_get_int_member (image, "width"));
      g_assert_cmpfloat (y + height, <=, (double) json_object_get_int_member (image, "height"));
      boxes.n[json_object_get_int_member (annotation, "category_id")]++;
    }
  for (guint i = 0; i < json_array_get_length (images); i++)
    {
      const char *file = json_object_get_string_member (json_array_get_object_element (images, i), "file_name");
      g_autofree char *full = g_build_filename (dest, "images", file, NULL);

      g_assert_true (g_file_test (full, G_FILE_TEST_IS_REGULAR));
    }

  return boxes;
}

static void
test_street_boxes (Fixture      *fixture,
                   gconstpointer user_data)
{
  static const char *const files[] = { "instances_train.json", "instances_test.json" };

  draw ("street", fixture->dest, 30, 3);
  g_assert_cmpuint (count (fixture->dest, "images"), ==, 30);
  g_assert_cmpuint (count (fixture->dest, "annotations"), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      Boxes boxes = check_coco (fixture->dest, files[i]);

      g_assert_cmpuint (boxes.n[3], >, 0);
      g_assert_cmpuint (boxes.n[1], ==, 20 * boxes.n[3]);
      g_assert_cmpuint (boxes.n[2], >, 0);
    }
}

static void
cancel_at_five (const BallastProgressState *state,
                gpointer                    user_data)
{
  g_assert_cmpuint (state->items_total, ==, 40);
  if (state->items_done == 5)
    g_cancellable_cancel (user_data);
}

static void
test_cancel_leaves_nothing (Fixture      *fixture,
                            gconstpointer user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const BallastProgress progress = { cancel_at_five, cancellable };
  g_autoptr(GError) error = NULL;

  g_assert_false (ballast_sample_write (user_data, fixture->dest, 40, 1, &progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count (fixture->folder, ""), ==, 0);
}

static void
test_full_folder_is_refused (Fixture      *fixture,
                             gconstpointer user_data)
{
  g_autofree char *file = g_build_filename (fixture->dest, "mine.txt", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->dest, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  g_assert_false (ballast_sample_write ("signs", fixture->dest, 20, 1, NULL, NULL, &error));
  g_assert_error (error, BALLAST_SAMPLE_ERROR, BALLAST_SAMPLE_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, fixture->dest));
  g_assert_cmpuint (count (fixture->dest, ""), ==, 1);
  g_assert_cmpuint (count (fixture->folder, ""), ==, 1);
}

static void
test_empty_folder_is_taken (Fixture      *fixture,
                            gconstpointer user_data)
{
  g_assert_cmpint (g_mkdir (fixture->dest, 0777), ==, 0);
  draw ("signs", fixture->dest, 16, 1);
  g_assert_cmpuint (count (fixture->dest, ""), ==, 2);
}

/* What an earlier run left half done must not end up among this run's pictures. */
static void
test_leftovers_go (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autofree char *partial = g_strconcat (fixture->dest, ".ballast-partial", NULL);
  g_autofree char *deep = g_build_filename (partial, "train", "old", NULL);
  g_autofree char *file = g_build_filename (deep, "old.jpg", NULL);

  g_assert_cmpint (g_mkdir_with_parents (deep, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "old", -1, NULL));
  draw ("signs", fixture->dest, 16, 1);
  g_assert_cmpuint (count (fixture->dest, "train"), ==, 8);
}

static void
test_wrong_use (Fixture      *fixture,
                gconstpointer user_data)
{
  static const struct
  {
    const char *kind;
    guint       images;
    int         code;
  } cases[] = { { "cats", 20, BALLAST_SAMPLE_ERROR_KIND },
                { "", 20, BALLAST_SAMPLE_ERROR_KIND },
                { "signs", 15, BALLAST_SAMPLE_ERROR_SIZE },
                { "street", 1, BALLAST_SAMPLE_ERROR_SIZE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (ballast_sample_write (cases[i].kind, fixture->dest, cases[i].images, 1, NULL, NULL, &error));
      g_assert_error (error, BALLAST_SAMPLE_ERROR, cases[i].code);
      g_assert_cmpuint (count (fixture->folder, ""), ==, 0);
    }
}

static void
test_parent_is_a_file (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autofree char *below = g_build_filename (fixture->dest, "below", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->dest, "a file", -1, NULL));
  g_assert_false (ballast_sample_write ("signs", below, 20, 1, NULL, NULL, &error));
  g_assert_true (error != NULL && error->domain == G_IO_ERROR);
}

#define ADD(name, data, func) g_test_add ("/sample/sample/" name, Fixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("signs-counts", NULL, test_signs_counts);
  ADD ("least", NULL, test_least);
  ADD ("seeds/signs", "signs", test_seeds);
  ADD ("seeds/street", "street", test_seeds);
  ADD ("pictures-are-their-own", NULL, test_pictures_are_their_own);
  ADD ("street-boxes", NULL, test_street_boxes);
  ADD ("cancel/signs", "signs", test_cancel_leaves_nothing);
  ADD ("cancel/street", "street", test_cancel_leaves_nothing);
  ADD ("full-folder-is-refused", NULL, test_full_folder_is_refused);
  ADD ("empty-folder-is-taken", NULL, test_empty_folder_is_taken);
  ADD ("leftovers-go", NULL, test_leftovers_go);
  ADD ("wrong-use", NULL, test_wrong_use);
  ADD ("parent-is-a-file", NULL, test_parent_is_a_file);

  return g_test_run ();
}
