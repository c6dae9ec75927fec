#include <unistd.h>

#include "ballast-import-testing.h"
#include "ballast-walk.h"

static void
assert_count (const char *text,
              guint64     images,
              guint64     others,
              guint64     folders)
{
  g_autoptr(BallastTree) tree = ballast_tree_new (text);
  g_autoptr(GError) error = NULL;
  BallastWalkCount count;

  g_assert_true (ballast_walk_count (tree->root, 0, &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count.images, ==, images);
  g_assert_cmpuint (count.others, ==, others);
  g_assert_cmpuint (count.folders, ==, folders);
  g_assert_false (count.is_partial);
}

static void
test_count (void)
{
  assert_count ("empty/", 0, 0, 1);
  assert_count ("a.jpg b.PNG c.txt d.jpeg e.webp .hidden f noending.", 4, 4, 0);
  assert_count ("a/1.jpg a/b/2.jpg a/b/c/3.jpg", 3, 0, 3);
}

/* Links are not followed, and a pipe does not hang. */
static void
test_count_special (void)
{
  assert_count ("a/1.jpg loop>. out>/etc pipe.jpg| a/link.jpg>1.jpg", 1, 4, 1);
}

static void
test_count_missing (void)
{
  g_autoptr(GError) error = NULL;
  BallastWalkCount count;

  g_assert_false (ballast_walk_count ("/nothing/here", 0, &count, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_count_deadline (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a/1.jpg b/2.jpg 3.jpg");
  BallastWalkCount count;

  g_assert_true (ballast_walk_count (tree->root, 1, &count, NULL, NULL));
  g_assert_true (count.is_partial);
  g_assert_cmpuint (count.images, ==, 1);
}

static void
test_count_cancelled (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a/1.jpg");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  BallastWalkCount count;

  g_cancellable_cancel (cancellable);
  g_assert_false (ballast_walk_count (tree->root, 0, &count, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static BallastLinkKind
resolve (BallastTree *tree,
         gboolean     follow_links,
         const char  *name)
{
  g_autoptr(BallastWalk) walk = ballast_walk_new (tree->root, follow_links, NULL);
  int fd = ballast_walk_open (walk, "");
  BallastLinkKind kind = ballast_walk_resolve (walk, fd, name);

  close (fd);

  return kind;
}

static void
test_resolve (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("set/a.jpg set/b/ set/in>a.jpg set/up>../set/a.jpg "
                                                   "set/out>../c.jpg set/far>/etc set/near>b "
                                                   "set/none>x set/ring>ring set-2/d.jpg "
                                                   "set/beside>../set-2/d.jpg c.jpg");
  g_autofree char *inner = ballast_tree_path (tree, "set");
  BallastTree set = { inner };

  g_assert_cmpint (resolve (&set, FALSE, "in"), ==, BALLAST_LINK_FILE);
  g_assert_cmpint (resolve (&set, FALSE, "up"), ==, BALLAST_LINK_FILE);
  g_assert_cmpint (resolve (&set, FALSE, "near"), ==, BALLAST_LINK_ALIAS);
  g_assert_cmpint (resolve (&set, FALSE, "out"), ==, BALLAST_LINK_OUT);
  g_assert_cmpint (resolve (&set, FALSE, "far"), ==, BALLAST_LINK_OUT);
  g_assert_cmpint (resolve (&set, FALSE, "beside"), ==, BALLAST_LINK_OUT);
  g_assert_cmpint (resolve (&set, FALSE, "none"), ==, BALLAST_LINK_BROKEN);
  g_assert_cmpint (resolve (&set, FALSE, "ring"), ==, BALLAST_LINK_BROKEN);
  g_assert_cmpint (resolve (&set, TRUE, "out"), ==, BALLAST_LINK_FILE);
  g_assert_cmpint (resolve (&set, TRUE, "far"), ==, BALLAST_LINK_FOLDER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importers/walk/count", test_count);
  g_test_add_func ("/importers/walk/count-special", test_count_special);
  g_test_add_func ("/importers/walk/count-missing", test_count_missing);
  g_test_add_func ("/importers/walk/count-deadline", test_count_deadline);
  g_test_add_func ("/importers/walk/count-cancelled", test_count_cancelled);
  g_test_add_func ("/importers/walk/resolve", test_resolve);
  return g_test_run ();
}
