#include <string.h>

#include "ballast-import-testing.h"
#include "ballast-layout.h"

/* Each case: a tree, the members of instances.json in it, and what the import says. */
typedef struct
{
  const char *name;
  const char *tree;
  const char *images;
  const char *categories;
  const char *annotations;
  const char *expected;
} Case;

#define IMAGES                                                                                    \
  "{'id': 7, 'file_name': 'b.jpg', 'width': 4, 'height': 3}, {'id': 3, 'file_name': 'a.jpg'}"
#define CLASSES                                                                                   \
  "{'id': 9, 'name': 'dog', 'supercategory': 'animal'}, {'id': 2, 'name': 'cat'}"
#define DECLARED "class dog\nclass cat\nnumber dog 9 of animal\nnumber cat 2\n"
#define NO_CAT "problem empty-class: the class “cat” has no image\n"
#define NO_DOG "problem empty-class: the class “dog” has no image\n"

static const Case cases[] = {
  { "ids-of-any-order", "a.jpg b.jpg", IMAGES, CLASSES,
    "{'id': 5, 'image_id': 3, 'category_id': 2, 'bbox': [1, 2, 3.5, 4]},"
    "{'id': 1, 'image_id': 7, 'category_id': 9, 'bbox': [0, 0, 1, 1], 'iscrowd': 1},"
    "{'id': 2, 'image_id': 3, 'category_id': 9, 'bbox': [5, 6, 7, 8]}",
    DECLARED "image b.jpg #7 4x3 dog(0,0,1,1) crowd\nimage a.jpg #3 cat(1,2,3.5,4) dog(5,6,7,8)\n" },
  { "outlines", "a.jpg b.jpg", IMAGES, CLASSES,
    "{'id': 1, 'image_id': 3, 'category_id': 2, 'segmentation': [[1,2,3,2,3,5],[0,0,1,0,1,1.5]]},"
    "{'id': 2, 'image_id': 7, 'category_id': 9, 'segmentation': {'counts': [2,3,7], 'size': [3,4]},"
    " 'bbox': [0,0,2,3]},"
    "{'id': 3, 'image_id': 7, 'category_id': 9, 'segmentation': {'counts': '61X1', 'size': [9, 9]}}",
    DECLARED "image b.jpg #7 4x3 dog(0,0,2,3) mask 4x3/3 dog(0,6,1,1) mask 9x9/3\n"
    "image a.jpg #3 cat(0,0,3,5) polygons 2/6\n" },
  { "odd-outlines", "a.jpg b.jpg", IMAGES, CLASSES,
    "{'id': 1, 'image_id': 3, 'category_id': 2, 'segmentation': [[1,2,3,2,3]], 'bbox': [1,2,3,4]},"
    "{'id': 2, 'image_id': 3, 'category_id': 9, 'segmentation': {'counts': '\\u0001'},"
    " 'bbox': [1,2,3,4]},"
    "{'id': 3, 'image_id': 7, 'category_id': 2, 'bbox': [1,2,3]},"
    "{'id': 4, 'image_id': 7, 'category_id': 2, 'bbox': [1,2,NaN,4]},"
    "{'id': 5, 'image_id': 7, 'category_id': 2, 'bbox': [1,2,1e999,4]}",
    DECLARED
    "problem bad-line b.jpg: annotation 3: its bbox is no list of four numbers\n"
    "problem bad-line b.jpg: annotation 4: its bbox is no list of four numbers\n"
    "problem bad-line b.jpg: annotation 5: its bbox is no list of four numbers\n"
    "image b.jpg #7 4x3 cat cat cat\n"
    "problem bad-line a.jpg: annotation 1: an outline has an odd number of coordinates\n"
    "problem bad-line a.jpg: annotation 2: its run lengths cannot be understood\n"
    "image a.jpg #3 cat(1,2,3,4) polygons 1/2 dog(1,2,3,4)\n" },
  { "faults", "a.jpg b.jpg c.jpg",
    IMAGES ", {'id': 3, 'file_name': 'c.jpg'}, {'id': 4}, {'id': 5, 'file_name': 'z.jpg'}", CLASSES,
    "{'id': 1, 'image_id': 3, 'category_id': 77, 'bbox': [1,2,3,4]},"
    "{'id': 1, 'image_id': 3, 'category_id': 2, 'bbox': [1,2,3,4]},"
    "{'id': 2, 'image_id': 99, 'category_id': 2, 'bbox': [1,2,3,4]},"
    "{'id': 3, 'category_id': 2}, 17, null",
    DECLARED
    "problem bad-line instances.json: annotation 4 of the file has no image_id\n"
    "problem bad-line instances.json: image 4 of the file has no file_name\n"
    "problem repeated-id instances.json: image id 3 comes again as “c.jpg”\n"
    "problem bad-line instances.json: annotation 3 of the file is of image 99, which is not there\n"
    "problem repeated-id instances.json: annotation id 1 comes again\n"
    "image b.jpg #7 4x3\n"
    "problem unknown-class a.jpg: annotation 1: category 77 is not declared\n"
    "image a.jpg #3 cat(1,2,3,4)\nimage c.jpg #3\n"
    "problem missing-file z.jpg: image 5\n" NO_DOG },
  { "unlisted", "a.jpg b.jpg c.jpg notes.txt", IMAGES, CLASSES,
    "{'id': 1, 'image_id': 3, 'category_id': 2, 'bbox': [1,2,3,4]}",
    DECLARED "image b.jpg #7 4x3\nimage a.jpg #3 cat(1,2,3,4)\n" NO_DOG
    "problem unlisted-image c.jpg\n" },
  { "no-pictures", "", IMAGES, CLASSES,
    "{'id': 1, 'image_id': 3, 'category_id': 2, 'bbox': [1,2,3,4]}",
    DECLARED "problem missing-file b.jpg: image 7\nimage b.jpg missing #7 4x3\n"
    "problem missing-file a.jpg: image 3\nimage a.jpg missing #3 cat(1,2,3,4)\n" NO_DOG },
  { "elsewhere", "images/a.jpg images/b.jpg",
    "{'id': 1, 'file_name': 'C:\\\\data\\\\set\\\\images\\\\b.jpg'},"
    "{'id': 2, 'file_name': '/home/x/images/a.jpg'}, {'id': 3, 'file_name': '../../etc/passwd'}",
    CLASSES, "{'id': 1, 'image_id': 1, 'category_id': 2, 'bbox': [1,2,3,4]}",
    DECLARED "image images/b.jpg #1 cat(1,2,3,4)\nimage images/a.jpg #2\n"
    "problem unsafe-path ../../etc/passwd: leads out of the folder\n" NO_DOG },
  { "names-from-elsewhere", "b%20c.jpg %c3%a9.jpg",
    "{'id': 1, 'file_name': 'b%20c.jpg'}, {'id': 2, 'file_name': 'e\u0301.jpg'}", CLASSES,
    "{'id': 1, 'image_id': 1, 'category_id': 2, 'bbox': [1,2,3,4]}",
    DECLARED "image b c.jpg #1 cat(1,2,3,4)\nimage \u00e9.jpg #2\n" NO_DOG },
  { "no-categories", "a.jpg b.jpg", IMAGES, "",
    "{'id': 1, 'image_id': 3, 'category_id': 12, 'bbox': [1,2,3,4]},"
    "{'id': 2, 'image_id': 3, 'category_id': 5, 'bbox': [1,2,3,4]}",
    "class 5\nclass 12\nnumber 5 5\nnumber 12 12\n"
    "problem unknown-class instances.json: category 12 is not declared: its class is named so\n"
    "problem unknown-class instances.json: category 5 is not declared: its class is named so\n"
    "image b.jpg #7 4x3\nimage a.jpg #3 12(1,2,3,4) 5(1,2,3,4)\n" },
  { "listed-twice", "a.jpg",
    "{'id': 1, 'file_name': 'a.jpg'}, {'id': 2, 'file_name': './a.jpg'}", CLASSES,
    "{'id': 1, 'image_id': 1, 'category_id': 2, 'bbox': [1,2,3,4]},"
    "{'id': 2, 'image_id': 2, 'category_id': 9, 'bbox': [1,2,3,4]}",
    DECLARED "image a.jpg #1 cat(1,2,3,4)\nimage a.jpg #2 dog(1,2,3,4)\n"
    "problem repeated-id ./a.jpg: image 2: the picture is listed more than once\n" },
  { "text-ids", "a.jpg b.jpg",
    "{'id': 'x1', 'file_name': 'a.jpg'}, {'id': '000012', 'file_name': 'b.jpg'}", CLASSES,
    "{'id': 1, 'image_id': 'x1', 'category_id': '2', 'bbox': [1,2,3,4]},"
    "{'id': 2, 'image_id': 12, 'category_id': 9, 'bbox': [1,2,3,4]}",
    DECLARED "image a.jpg cat(1,2,3,4)\nimage b.jpg #12 dog(1,2,3,4)\n" },
};

static char *
quote (const char *text)
{
  char *copy = g_strdup (text);

  for (char *p = copy; *p != '\0'; p++)
    if (*p == '\'')
      *p = '"';

  return copy;
}

static char *
make_file (const Case *c)
{
  g_autofree char *text = g_strdup_printf (
    "{'info': {'year': [1, {'x': 'images'}]}, 'annotations': [%s],\n'images': [%s],\n"
    "'categories': [%s]}", c->annotations, c->images, c->categories);

  return quote (text);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(BallastTree) tree = ballast_tree_new (c->tree);
  g_autofree char *text = make_file (c);

  ballast_tree_write (tree, "instances.json", text);
  assert_import (tree, NULL, c->expected);
  assert_import (tree, "instances.json", c->expected);
}

static void
test_splits (void)
{
  g_autoptr(BallastTree) tree
    = ballast_tree_new ("train2017/a.jpg val2017/a.jpg annotations/ val2017/b.jpg");
  g_autofree char *train = quote (
    "{'images': [{'id': 1, 'file_name': 'a.jpg'}], 'annotations': [{'id': 1, 'image_id': 1,"
    "'category_id': 1, 'bbox': [0,0,1,1]}], 'categories': [{'id': 1, 'name': 'x'}]}");
  g_autofree char *val = quote (
    "{'images': [{'id': 1, 'file_name': 'a.jpg'}, {'id': 2, 'file_name': 'b.jpg'}],"
    "'annotations': [{'id': 1, 'image_id': 2, 'category_id': 5, 'bbox': [0,0,1,1]}],"
    "'categories': [{'id': 5, 'name': 'y'}, {'id': 1, 'name': 'x'}]}");

  ballast_tree_write (tree, "annotations/instances_train2017.json", train);
  ballast_tree_write (tree, "annotations/instances_val2017.json", val);
  ballast_tree_write (tree, "annotations/captions_val2017.json",
                      "{\"images\": [], \"annotations\": [{\"image_id\": 1, \"caption\": \"c\"}]}");
  assert_import (tree, NULL,
                 "split train\nsplit val\nclass x\nclass y\nnumber y 5\nnumber x 1\nnumber x 1\n"
                 "image train2017/a.jpg [train] #1 x(0,0,1,1)\nimage val2017/a.jpg [val] #1\n"
                 "image val2017/b.jpg [val] #2 y(0,0,1,1)\n");
  assert_guess (tree, NULL, "2 classes in a COCO file, 2 annotations, splits train and val; "
                "x 1, y 1; train 1, val 2");
}

/* Packed, a file says the same. */
static void
test_packed (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");
  g_autofree char *text = make_file (&cases[0]);
  g_autofree char *path = ballast_tree_path (tree, "instances.json.gz");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr(GFileOutputStream) plain = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr(GOutputStream) packed
    = g_converter_output_stream_new (G_OUTPUT_STREAM (plain), G_CONVERTER (packer));

  g_assert_true (g_output_stream_write_all (packed, text, strlen (text), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (packed, NULL, NULL));
  assert_import (tree, NULL, cases[0].expected);
  assert_import (tree, "instances.json.gz", cases[0].expected);
}

/* Cut anywhere, the file is refused, or read as far as it goes with a problem that says so. */
static void
test_cuts (void)
{
  g_autofree char *text = make_file (&cases[0]);
  gsize length = strlen (text);

  for (gsize at = 0; at < length; at += 3)
    {
      g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");
      g_autofree char *path = ballast_tree_path (tree, "instances.json");
      g_autofree char *record = NULL;
      g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

      ballast_tree_write_bytes (tree, "instances.json", text, at);
      record = ballast_import_record (path, "coco", &options);
      g_assert_true (strstr (record, "failed: ") != NULL
                     || strstr (record, "what comes after it is left out") != NULL);
    }
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "{\"images\": [[[[", "{\"images\": {\"a\": 1}}", "[]", "{}", "\x80\x81", "{\"images\": \"x\"}",
    "{\"images\": [{\"id\": 1e400, \"file_name\": \"\\u0000\"}], \"annotations\": [{}]}",
    "{\"images\": [{\"id\": {}, \"file_name\": []}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg");
      g_autofree char *path = ballast_tree_path (tree, "x.json");
      g_autofree char *record = NULL;
      g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

      ballast_tree_write (tree, "x.json", texts[i]);
      record = ballast_import_record (path, "coco", &options);
      g_assert_nonnull (strstr (record, "failed: "));
    }
}

/* Lines of @record that begin with @word, and the labels in them. */
static guint
count_lines (const char *record,
             const char *word)
{
  g_auto(GStrv) lines = g_strsplit (record, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], word);

  return n;
}

static guint
count_boxes (const char *record)
{
  guint n = 0;

  for (const char *p = record; (p = strchr (p, '(')) != NULL; p++)
    n += g_ascii_isdigit (p[1]) || p[1] == '-';

  return n;
}

static void
assert_data (const char *name,
             guint       n_images,
             guint       n_boxes,
             guint       n_classes)
{
  g_autofree char *path = ballast_test_data (name);
  g_autofree char *record = NULL;

  if (path == NULL)
    {
      g_test_skip ("the data is not there");
      return;
    }
  record = ballast_import_record (path, NULL, NULL);
  g_assert_cmpuint (count_lines (record, "image "), ==, n_images);
  g_assert_cmpuint (count_lines (record, "class "), ==, n_classes);
  g_assert_cmpuint (count_boxes (record), ==, n_boxes);
}

static void
test_chess (void)
{
  assert_data ("coco-chess", 29, 376, 14);
}

static void
test_lvis (void)
{
  assert_data ("coco-lvis-val100", 100, 977, 1230);
}

static void
test_datumaro (void)
{
  assert_data ("formats-datumaro/coco_dataset/coco", 2, 3, 3);
  assert_data ("formats-datumaro/coco_dataset/coco_roboflow", 2, 3, 3);
  assert_data ("formats-datumaro/coco_dataset/mmdet_coco", 2, 3, 3);
  assert_data ("formats-datumaro/kaggle_dataset/relaxed_coco", 2, 2, 2);
  assert_data ("formats-datumaro/roboflow_dataset/coco", 3, 4, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/coco/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/importers/coco/splits", test_splits);
  g_test_add_func ("/importers/coco/packed", test_packed);
  g_test_add_func ("/importers/coco/cuts", test_cuts);
  g_test_add_func ("/importers/coco/hostile", test_hostile);
  g_test_add_func ("/importers/coco/chess", test_chess);
  g_test_add_func ("/importers/coco/lvis", test_lvis);
  g_test_add_func ("/importers/coco/datumaro", test_datumaro);

  return g_test_run ();
}
