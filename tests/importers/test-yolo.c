#include <string.h>

#include "ballast-import-error.h"
#include "ballast-import-testing.h"

/* Each case: a tree, up to eight files in it ("NAME|TEXT"), and what the import says. */
typedef struct
{
  const char *name;
  const char *tree;
  const char *files[8];
  const char *expected;
} Case;

#define YAML "data.yaml|train: images/train\nval: images/val\nnames: {0: cat, 1: dog}\n"
#define TWO_CLASSES "class cat\nclass dog\n"
#define NO(class) "problem empty-class: the class “" class "” has no image\n"

static const Case cases[] = {
  { "ultralytics", "images/train/a.jpg images/val/b.jpg labels/train/ labels/val/",
    { YAML, "labels/train/a.txt|1 0.5 0.5 0.5 0.25\n0 0.25 0.5 0.5 1\n", "labels/val/b.txt|" },
    "split train\nsplit val\n" TWO_CLASSES
    "image images/train/a.jpg [train] dog(0.25,0.375,0.5,0.25) cat(0,0,0.5,1)\n"
    "image images/val/b.jpg [val]\n" },
  { "roboflow", "train/images/a.jpg valid/images/b.jpg train/labels/ valid/labels/",
    { "data.yaml|train: ../train/images\nval: ../valid/images\nnc: 2\nnames: ['cat', 'dog']\n",
      "train/labels/a.txt|0 0.5 0.5 1 1", "valid/labels/b.txt|1 .5 .5 1e0 1.0\r\n\r\n" },
    "split train\nsplit val\n" TWO_CLASSES "image train/images/a.jpg [train] cat(0,0,1,1)\n"
    "image valid/images/b.jpg [val] dog(0,0,1,1)\n" },
  { "other-machines", "train/images/a.jpg train/labels/ test/images/b.jpg test/labels/",
    { "data.yaml|path: C:\\data\\set\ntrain: D:\\data\\set\\train\\images\ntest: /home/x/test/images/\n"
      "names: [cat, dog]\n",
      "train/labels/a.txt|0 0.5 0.5 1 1", "test/labels/b.txt|1 0.5 0.5 1 1" },
    "split train\nsplit test\n" TWO_CLASSES "image test/images/b.jpg [test] dog(0,0,1,1)\n"
    "image train/images/a.jpg [train] cat(0,0,1,1)\n" },
  { "lists", "images/a.jpg images/b.jpg images/c.jpg labels/",
    { "d.yaml|train: train.txt\nval: [val.txt]\nnames: [cat, dog]\n",
      "train.txt|/somewhere/set/images/a.jpg\n./images/z.jpg\n", "val.txt|images\\b.jpg",
      "labels/a.txt|0 0.5 0.5 1 1" },
    "split train\nsplit val\n" TWO_CLASSES
    "problem missing-file ./images/z.jpg: named in the dataset's files\n"
    "image images/a.jpg [train] cat(0,0,1,1)\nproblem unlabelled images/b.jpg: no label file\n"
    "image images/b.jpg [val]\n"
    "problem unlisted-image images/c.jpg: in no split of the dataset\n" NO ("dog") },
  { "globs", "images/a1.jpg images/b1.jpg labels/",
    { "d.yaml|train: images/a*.jpg\nval: /x/y/images/b*.jpg\nnames: [cat]\n",
      "labels/a1.txt|0 0.5 0.5 1 1", "labels/b1.txt|0 0.5 0.5 1 1" },
    "split train\nsplit val\nclass cat\nimage images/a1.jpg [train] cat(0,0,1,1)\n"
    "image images/b1.jpg [val] cat(0,0,1,1)\n" },
  { "darknet", "obj/a.jpg obj/b.jpg",
    { "obj.data|classes = 2\ntrain = data/train.txt\nnames = data/obj.names\n",
      "train.txt|data/obj/a.jpg\ndata/obj/b.jpg\n", "obj.names|cat\ndog\n",
      "obj/a.txt|1 0.5 0.5 1 1" },
    "split train\n" TWO_CLASSES "image obj/a.jpg [train] dog(0,0,1,1)\n"
    "problem unlabelled obj/b.jpg: no label file\nimage obj/b.jpg [train]\n" NO ("cat") },
  { "darknet-data", "data/obj/a.jpg data/obj/b.jpg",
    { "data/obj.data|classes = 2\ntrain = data/train.txt\nvalid = data/valid.txt\nnames = data/obj.names\n",
      "data/train.txt|data/obj/a.jpg\n", "data/valid.txt|data/obj/b.jpg\n", "data/obj.names|cat\ndog\n",
      "data/obj/a.txt|1 0.5 0.5 1 1", "data/obj/b.txt|0 0.5 0.5 1 1" },
    "split train\nsplit valid\n" TWO_CLASSES "image data/obj/a.jpg [train] dog(0,0,1,1)\n"
    "image data/obj/b.jpg [valid] cat(0,0,1,1)\n" },
  { "beside-without-names", "a.jpg b.jpg", { "a.txt|7 0.5 0.5 1 1\n", "b.txt|3 0.5 0.5 1 1\n" },
    "class 3\nclass 7\nimage a.jpg 7(0,0,1,1)\nimage b.jpg 3(0,0,1,1)\n" },
  { "outlines", "a.jpg", { "a.txt|0 0.1 0.1 0.5 0.1 0.5 0.3\n0 0 0 1 0 1 1 0 1\n", "classes.txt|cat\n" },
    "class cat\nimage a.jpg cat(0.1,0.1,0.4,0.2) polygons 1/3 cat(0,0,1,1) polygons 1/4\n" },
  { "keypoints", "a.jpg",
    { "d.yaml|kpt_shape: [1, 3]\nnames: [cat]\ntrain: .\n", "a.txt|0 0.5 0.5 1 1 0.1 0.2 2\n" },
    "split train\nclass cat\nimage a.jpg [train] cat(0,0,1,1)\n" },
  { "bad-lines", "a.jpg",
    { "a.txt|0 0.5 0.5 1 1\nx 1 2 3 4\n0 0.5 0.5\n0 0.5 nan 1 1\n-1 0.5 0.5 1 1\n1.5 0 0 1 1\n"
      "0 0 0 1 0 1 1 0\n0 0.5 0.5 1 1 0.98\n", "classes.txt|cat\n" },
    "class cat\nproblem bad-line a.txt: line 2: it holds something that is no number\n"
    "problem bad-line a.txt: line 3: it has too few numbers\n"
    "problem bad-line a.txt: line 4: it holds something that is no number\n"
    "problem bad-line a.txt: line 5: its class is no whole number from 0 on\n"
    "problem bad-line a.txt: line 6: its class is no whole number from 0 on\n"
    "problem bad-line a.txt: line 7: its outline has an odd number of coordinates\n"
    "image a.jpg cat(0,0,1,1) cat(0,0,1,1)\n" },
  { "unknown-class", "a.jpg", { "a.txt|0 0.5 0.5 1 1\n5 0.5 0.5 1 1\n", "classes.txt|cat\n" },
    "class cat\nproblem unknown-class a.txt: line 2: class 5 has no name\nclass 5\n"
    "image a.jpg cat(0,0,1,1) 5(0,0,1,1)\n" },
  { "orphans", "images/a.jpg labels/",
    { "labels/a.txt|0 0.5 0.5 1 1\n", "labels/b.txt|0 0.5 0.5 1 1\n", "classes.txt|cat\n" },
    "class cat\nimage images/a.jpg cat(0,0,1,1)\n"
    "problem missing-file labels/b.txt: labels without a picture\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(BallastTree) tree = ballast_tree_new (c->tree);

  for (guint i = 0; i < G_N_ELEMENTS (c->files) && c->files[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (c->files[i], "|", 2);

      ballast_tree_write (tree, parts[0], parts[1]);
    }
  assert_import (tree, NULL, c->expected);
}

/* Class folders with a configuration of classes stay class folders. */
static void
test_class_folders (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("train/cat/1.jpg train/dog/1.jpg");

  ballast_tree_write (tree, "data.yaml", "train: train\nnames: [cat, dog]\n");
  assert_guess (tree, NULL, "2 classes in folders, split train; cat 1, dog 1; train 2");
}

static void
test_hostile (void)
{
  static const char *const texts[] = { "names: &a [*a, *a]\n", "names: !!python/object:os.system x\n",
                                       "\x01\x02", "names: [a\n", "- 1\n- 2\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg");

      ballast_tree_write (tree, "data.yaml", texts[i]);
      assert_no_guess (tree, "data.yaml", BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_LAYOUT);
    }
}

/* Paths of a configuration lead nowhere but below the folder. */
static void
test_paths_stay_below (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("set/images/a.jpg set/labels/ secret/s.jpg");
  g_autofree char *record = NULL;
  g_autofree char *path = ballast_tree_path (tree, "set");

  ballast_tree_write (tree, "set/labels/a.txt", "0 0.5 0.5 1 1\n");
  ballast_tree_write (tree, "set/d.yaml",
                      "path: ..\ntrain: ../secret\nval: [images, /etc]\nnames: [cat]\n");
  record = ballast_import_record (path, NULL, NULL);
  g_assert_null (strstr (record, "s.jpg"));
  g_assert_nonnull (strstr (record, "problem missing-file ../secret"));
  g_assert_nonnull (strstr (record, "problem missing-file /etc"));
}

static void
test_aquarium (void)
{
  g_autofree char *path = ballast_test_data ("yolo-aquarium");
  g_autofree char *record = NULL;
  guint n_images = 0, n_boxes = 0;

  if (path == NULL)
    {
      g_test_skip ("the data is not there");
      return;
    }
  record = ballast_import_record (path, NULL, NULL);
  for (const char *p = record; (p = strstr (p, "\nimage ")) != NULL; p++)
    n_images++;
  for (const char *p = record; (p = strchr (p, '(')) != NULL; p++)
    n_boxes++;
  g_assert_cmpuint (n_images, ==, 64);
  g_assert_cmpuint (n_boxes, ==, 584);
  g_assert_nonnull (strstr (record, "class fish\nclass jellyfish\nclass penguin\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/yolo/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/importers/yolo/class-folders", test_class_folders);
  g_test_add_func ("/importers/yolo/hostile", test_hostile);
  g_test_add_func ("/importers/yolo/paths-stay-below", test_paths_stay_below);
  g_test_add_func ("/importers/yolo/aquarium", test_aquarium);

  return g_test_run ();
}
