#include <sys/wait.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ballast-import-error.h"
#include "ballast-import-testing.h"

/* Each case: a tree, and what the import says of it. */
typedef struct
{
  const char *name;
  const char *tree;
  const char *expected;
} Case;

static const Case cases[] = {
  { "plain", "dog/b.jpg cat/a.JPG cat/c.png",
    "class cat\nclass dog\nimage cat/a.JPG cat\nimage cat/c.png cat\nimage dog/b.jpg dog\n" },
  { "splits-above", "train/cat/1.jpg train/dog/2.jpg Test/cat/3.jpg",
    "split Test\nsplit train\nclass cat\nclass dog\n"
    "image Test/cat/3.jpg [Test] cat\nimage train/cat/1.jpg [train] cat\n"
    "image train/dog/2.jpg [train] dog\n" },
  { "splits-below", "cat/train/1.jpg cat/val/2.jpg dog/train/3.jpg",
    "split train\nsplit val\nclass cat\nclass dog\n"
    "image cat/train/1.jpg [train] cat\nimage cat/val/2.jpg [val] cat\n"
    "image dog/train/3.jpg [train] dog\n" },
  { "class-called-train", "bus/1.jpg car/2.jpg train/3.jpg",
    "class bus\nclass car\nclass train\nimage bus/1.jpg bus\nimage car/2.jpg car\n"
    "image train/3.jpg train\n" },
  { "one-split", "train/cat/1.jpg train/dog/2.jpg",
    "split train\nclass cat\nclass dog\nimage train/cat/1.jpg [train] cat\n"
    "image train/dog/2.jpg [train] dog\n" },
  { "own-split-name", "train/cat/1.jpg test/cat/2.jpg night/cat/3.jpg",
    "split night\nsplit test\nsplit train\nclass cat\nimage night/cat/3.jpg [night] cat\n"
    "image test/cat/2.jpg [test] cat\nimage train/cat/1.jpg [train] cat\n" },
  { "deeper-folders", "cat/1.jpg cat/old/2.jpg dog/3.jpg",
    "class cat\nclass dog\nimage cat/1.jpg cat\nimage cat/old/2.jpg cat\nimage dog/3.jpg dog\n" },
  { "hierarchy", "animal/dog/1.jpg animal/cat/2.jpg car/3.jpg",
    "class animal/cat\nclass animal/dog\nclass car\nimage animal/cat/2.jpg animal/cat\n"
    "image animal/dog/1.jpg animal/dog\nimage car/3.jpg car\n" },
  { "hierarchy-by-splits", "train/a/x/1.jpg train/b/2.jpg test/a/x/3.jpg test/b/y/4.jpg",
    "split test\nsplit train\nclass a/x\nclass b\nimage test/a/x/3.jpg [test] a/x\n"
    "image test/b/y/4.jpg [test] b\nimage train/a/x/1.jpg [train] a/x\n"
    "image train/b/2.jpg [train] b\n" },
  { "same-folder-in-each-class", "cat/images/1.jpg dog/images/2.jpg",
    "class cat\nclass dog\nimage cat/images/1.jpg cat\nimage dog/images/2.jpg dog\n" },
  { "sorted-by-bytes", "a/b/1.jpg a-b/2.jpg B/3.jpg",
    "class B\nclass a-b\nclass a/b\nimage B/3.jpg B\nimage a/b/1.jpg a/b\nimage a-b/2.jpg a-b\n" },
  { "wrapped", "set/set/cat/1.jpg set/set/dog/2.jpg __MACOSX/cat/._1.jpg",
    "class cat\nclass dog\nimage set/set/cat/1.jpg cat\nimage set/set/dog/2.jpg dog\n" },
  { "one-class", "cat/1.jpg", "class cat\nimage cat/1.jpg cat\n" },
  { "loose-images", "x.jpg cat/1.jpg dog/2.jpg",
    "class cat\nclass dog\nimage x.jpg\nproblem unlabelled x.jpg: in no class folder\n"
    "image cat/1.jpg cat\nimage dog/2.jpg dog\n" },
  { "only-loose-images", "x.jpg y.png",
    "image x.jpg\nproblem unlabelled x.jpg: in no class folder\nimage y.png\n"
    "problem unlabelled y.png: in no class folder\n" },
  { "splits-without-classes", "train/1.jpg test/2.jpg",
    "split test\nsplit train\nimage test/2.jpg [test]\n"
    "problem unlabelled test/2.jpg: in no class folder\nimage train/1.jpg [train]\n"
    "problem unlabelled train/1.jpg: in no class folder\n" },
  { "empty-class", "cat/1.jpg dog/",
    "class cat\nclass dog\nproblem empty-class dog\nimage cat/1.jpg cat\n" },
  { "class-in-one-split", "train/cat/1.jpg test/cat/2.jpg test/dog/3.jpg train/dog/",
    "split test\nsplit train\nclass cat\nclass dog\nimage test/cat/2.jpg [test] cat\n"
    "image test/dog/3.jpg [test] dog\nimage train/cat/1.jpg [train] cat\n" },
  { "folder-of-text", "cat/1.jpg docs/a.txt docs/b.txt",
    "class cat\nproblem empty-class docs: no image, but 2 other files: not taken as a class\n"
    "image cat/1.jpg cat\n" },
  { "case-clash", "Cat/1.jpg cat/2.jpg",
    "class Cat\nclass cat\nproblem case-clash Cat: the classes “Cat” and “cat” differ only in case\n"
    "image Cat/1.jpg Cat\nimage cat/2.jpg cat\n" },
  { "hidden", "cat/1.jpg cat/.DS_Store cat/._1.jpg cat/Thumbs.db cat/desktop.ini .git/x.jpg",
    "class cat\nimage cat/1.jpg cat\n" },
  { "odd-names", "caf%E9/1.jpg cat/a%0Ab.jpg cat/-rf.jpg cat/%FF.jpg",
    "class caf\\xE9\nclass cat\nproblem odd-name caf\\xE9: the name of a folder\n"
    "image caf\\xE9/1.jpg caf\\xE9\nimage cat/-rf.jpg cat\nimage cat/a\\x0Ab.jpg cat\n"
    "problem odd-name cat/a\\x0Ab.jpg\nimage cat/\\xFF.jpg cat\nproblem odd-name cat/\\xFF.jpg\n" },
  { "fifo", "cat/1.jpg cat/pipe.jpg|",
    "class cat\nimage cat/1.jpg cat\nproblem special-file cat/pipe.jpg: no regular file\n" },
  { "link-within", "cat/1.jpg dog/2.jpg>../cat/1.jpg",
    "class cat\nclass dog\nimage cat/1.jpg cat\nimage dog/2.jpg@ dog\n" },
  { "link-out", "cat/1.jpg cat/2.jpg>/etc/passwd",
    "class cat\nimage cat/1.jpg cat\n"
    "problem special-file cat/2.jpg: a link that leads out of the folder; --follow-links reads it\n" },
  { "link-broken", "cat/1.jpg cat/2.jpg>nowhere cat/3.jpg>3.jpg",
    "class cat\nimage cat/1.jpg cat\nproblem special-file cat/2.jpg: a link that leads nowhere\n"
    "problem special-file cat/3.jpg: a link that leads nowhere\n" },
  { "folder-link", "cat/1.jpg dog>cat out>/etc loop>.",
    "class cat\nproblem special-file dog: a link to a folder of the same dataset\n"
    "problem special-file loop: a link to a folder of the same dataset\n"
    "problem special-file out: a link that leads out of the folder; --follow-links reads it\nimage cat/1.jpg cat\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(BallastTree) tree = ballast_tree_new (test->tree);

  assert_import_with (tree, NULL, "folders", NULL, test->expected);
}

static void
test_followed_links (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("farm/cat>../all/cat farm/dog>../all/dog "
                                                   "all/cat/1.jpg all/dog/2.jpg farm/loop>.");

  assert_import_with (tree, "farm", "folders", "{\"follow-links\":true}",
                      "class cat\nclass dog\nclass loop\nproblem empty-class loop\n"
                      "image cat/1.jpg cat\nimage dog/2.jpg dog\n"
                      "problem special-file loop: a folder that leads back to one that was read "
                      "already\n");
}

static void
test_options (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("train/cat/1.jpg test/dog/2.jpg");

  assert_import_with (tree, NULL, "folders", "{\"split-level\":\"none\",\"class-depth\":\"first\"}",
                      "class test\nclass train\nimage test/dog/2.jpg test\n"
                      "image train/cat/1.jpg train\n");
  assert_import_with (tree, NULL, "folders", "{\"split-level\":\"none\",\"class-depth\":\"path\"}",
                      "class test/dog\nclass train/cat\nimage test/dog/2.jpg test/dog\n"
                      "image train/cat/1.jpg train/cat\n");
}

static void
test_deep (void)
{
  g_autoptr(GString) text = g_string_new ("cat/1.jpg cat");
  g_autoptr(BallastTree) tree = NULL;
  g_autofree char *record = NULL;

  for (guint i = 0; i < 80; i++)
    g_string_append (text, "/d");
  g_string_append (text, "/2.jpg");
  tree = ballast_tree_new (text->str);
  record = ballast_import_record (tree->root, "folders", NULL);
  g_assert_nonnull (strstr (record, "image cat/1.jpg cat\n"));
  g_assert_nonnull (strstr (record, "folders nested more than 64 deep"));
  g_assert_null (strstr (record, "2.jpg"));
}

static void
test_long_name (void)
{
  g_autofree char *stem = g_strnfill (251, 'x');
  g_autofree char *text = g_strdup_printf ("cat/%s.jpg", stem);
  g_autofree char *expected = g_strdup_printf ("class cat\nimage %s cat\n", text);
  g_autoptr(BallastTree) tree = ballast_tree_new (text);

  assert_import (tree, NULL, expected);
}

/* Root reads everything, so the import runs as nobody. */
static void
test_unreadable_as_nobody (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("cat/1.jpg dog/2.jpg");
  g_autofree char *locked = ballast_tree_path (tree, "dog");
  pid_t child;
  int status = -1;

  g_assert_cmpint (g_chmod (tree->root, 0755), ==, 0);
  g_assert_cmpint (g_chmod (locked, 0), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autofree char *record = NULL;

      if (geteuid () == 0 && seteuid (65534) != 0)
        _exit (2);
      record = ballast_import_record (tree->root, "folders", NULL);
      _exit (strcmp (record, "class cat\nclass dog\nproblem empty-class dog\nimage cat/1.jpg cat\n"
                     "problem unreadable dog: the folder cannot be read: Permission denied\n")
             != 0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_chmod (locked, 0755);
}

static void
test_problem_limit (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(BallastTree) tree = NULL;
  g_autofree char *record = NULL;

  for (guint i = 0; i < BALLAST_IMPORT_MAX_PROBLEMS + 7; i++)
    g_string_append_printf (text, "%u.jpg ", i);
  tree = ballast_tree_new (text->str);
  record = ballast_import_record (tree->root, "folders", NULL);
  g_assert_true (g_str_has_suffix (record, "problem unlabelled: and 7 more\n"));
}

static void
test_guess (void)
{
  g_autoptr(BallastTree) plain = ballast_tree_new ("cat/1.jpg cat/2.jpg dog/3.jpg");
  g_autoptr(BallastTree) split = ballast_tree_new ("train/cat/1.jpg test/cat/2.jpg train/dog/3.jpg");
  g_autoptr(BallastTree) nested = ballast_tree_new ("a/b/1.jpg a/c/2.jpg d/3.jpg");

  assert_guess (plain, NULL, "2 classes in folders, no splits; cat 2, dog 1; ");
  assert_guess (split, NULL,
                "2 classes in folders, splits test and train; cat 2, dog 1; test 1, train 2");
  assert_guess (nested, NULL, "3 classes in nested folders, no splits; a/b 1, a/c 1, d 1; ");
}

static void
test_guess_preview (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("cat/1.jpg cat/2.jpg cat/3.txt dog/3.jpg Dog/ x.png");
  g_autoptr(GPtrArray) guesses = ballast_layout_detect (tree->root, NULL, NULL, NULL);
  BallastLayoutGuess *guess = guesses->pdata[0];
  g_autofree char *images = NULL;
  g_autofree char *warnings = NULL;

  g_ptr_array_add (guess->first_images, NULL);
  g_ptr_array_add (guess->warnings, NULL);
  images = g_strjoinv (" ", (char **) guess->first_images->pdata);
  warnings = g_strjoinv ("|", (char **) guess->warnings->pdata);
  g_assert_cmpstr (images, ==, "cat/1.jpg cat/2.jpg dog/3.jpg");
  g_assert_cmpstr (warnings, ==,
                   "1 image lies in no class folder.|The class “Dog” is empty.|1 file is no image.|"
                   "The classes “Dog” and “dog” differ only in case.");
  g_assert_cmpuint (guess->images, ==, 4);
  g_assert_false (guess->is_partial);
}

static void
test_no_guess (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("empty/ text/a.bin a.png");

  assert_no_guess (tree, "empty", BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY);
  assert_no_guess (tree, "text", BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_EMPTY);
  assert_no_guess (tree, "a.png", BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT);
  assert_no_guess (tree, "nothing", G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

typedef struct
{
  const char *name;
  const char *tree;
  const char *file; /* that tells the layout */
  const char *text;
} Foreign;

/* Their folders are no classes, and their files no manifests. */
static const Foreign foreign[] = {
  { "coco-below", "images/train/1.jpg annotations/", "annotations/train.json",
    "{\"annotations\": [{\"image_id\": 1}]}" },
  { "lvis", "", "lvis.json", "{\"categories\": [{\"name\": \"acorn\", \"id\": 1}]}" },
  { "links-only", "cat/1.jpg>/etc/hostname", NULL, NULL },
};

static void
test_foreign (gconstpointer data)
{
  const Foreign *layout = data;
  g_autoptr(BallastTree) tree = ballast_tree_new (layout->tree);

  if (layout->file == NULL)
    {
      assert_no_guess (tree, NULL, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LINKS);
      return;
    }
  ballast_tree_write (tree, layout->file, layout->text);
  assert_no_guess (tree, NULL, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT);
  assert_no_guess (tree, layout->file, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT);
}

/* Class folders stay class folders, whatever lies beside them; so do images without a class. */
static void
test_not_foreign (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("cat/1.jpg dog/1.jpg");
  g_autoptr(BallastTree) plain = ballast_tree_new ("1.jpg 2.jpg");

  ballast_tree_write (tree, "info.json", "{\"images\": [{\"file_name\": \"1.jpg\"}]}");
  ballast_tree_write (plain, "notes.json", "{\"author\": \"me\"}");
  assert_guess (tree, NULL, "2 classes in folders, no splits; cat 1, dog 1; ");
  assert_guess (plain, NULL, "images without class folders, no splits; ; ");
}

static void
test_cancelled (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("cat/1.jpg");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_layout_detect (tree->root, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A deadline that has passed still tells the layout, and that counts are partial. */
static void
test_deadline (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("cat/1.jpg dog/2.jpg");
  BallastLayoutQuestion question = { .deadline_us = 1 };
  g_autoptr(GPtrArray) guesses = ballast_layout_detect (tree->root, &question, NULL, NULL);

  g_assert_nonnull (guesses);
  g_assert_true (((BallastLayoutGuess *) guesses->pdata[0])->is_partial);
}

static void
test_shared_trashnet (void)
{
  assert_shared ("folders-trashnet", NULL, "6 classes in folders, no splits; cardboard 68, glass 86, "
                 "metal 69, paper 99, plastic 83, trash 23; ");
}

static void
test_shared_imagenet (void)
{
  assert_shared ("formats-datumaro/imagenet_dataset", NULL,
                 "2 classes in folders, no splits; label_0 1, label_1 2; ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/folders/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/importers/folders/followed-links", test_followed_links);
  g_test_add_func ("/importers/folders/options", test_options);
  g_test_add_func ("/importers/folders/deep", test_deep);
  g_test_add_func ("/importers/folders/long-name", test_long_name);
  g_test_add_func ("/importers/folders/unreadable", test_unreadable_as_nobody);
  g_test_add_func ("/importers/folders/problem-limit", test_problem_limit);
  g_test_add_func ("/importers/folders/guess", test_guess);
  g_test_add_func ("/importers/folders/guess-preview", test_guess_preview);
  g_test_add_func ("/importers/folders/no-guess", test_no_guess);
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/folders/foreign/", foreign[i].name, NULL);

      g_test_add_data_func (path, &foreign[i], test_foreign);
    }
  g_test_add_func ("/importers/folders/not-foreign", test_not_foreign);
  g_test_add_func ("/importers/folders/cancelled", test_cancelled);
  g_test_add_func ("/importers/folders/deadline", test_deadline);
  g_test_add_func ("/importers/folders/shared-trashnet", test_shared_trashnet);
  g_test_add_func ("/importers/folders/shared-imagenet", test_shared_imagenet);
  return g_test_run ();
}
