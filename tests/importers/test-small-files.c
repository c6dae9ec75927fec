#include <string.h>

#include "ballast-import-error.h"
#include "ballast-import-testing.h"

/* Each case: a tree, up to four files in it ("NAME|TEXT"), and what the import says. */
typedef struct
{
  const char *name;
  const char *tree;
  const char *files[4];
  const char *expected;
} Case;

#define OBJECT(name, box) \
  "<object><name>" name "</name><difficult>1</difficult><part><name>head</name><bndbox><xmin>9</xmin>" \
  "</bndbox></part><bndbox>" box "</bndbox></object>"
#define BOX "<xmin>1</xmin><ymin>2</ymin><xmax>4.5</xmax><ymax>6</ymax>"
#define XML(objects) "<annotation><filename>lie.png</filename><size><width>20</width><height>10" \
  "</height></size>" objects "</annotation>"

static const Case cases[] = {
  { "voc", "JPEGImages/a.jpg JPEGImages/b.jpg Annotations/ ImageSets/Main/",
    { "Annotations/a.xml|" XML (OBJECT ("dog", BOX) OBJECT ("cat", BOX)), "Annotations/b.xml|" XML (""),
      "ImageSets/Main/train.txt|a\n", "ImageSets/Main/val.txt|b 1\n" },
    "split train\nsplit val\nclass cat\nclass dog\n"
    "image JPEGImages/a.jpg [train] 20x10 dog(1,2,3.5,4) difficult cat(1,2,3.5,4) difficult\n"
    "image JPEGImages/b.jpg [val] 20x10\n" },
  { "voc-devkit", "VOCdevkit/VOC2012/JPEGImages/a.jpg VOCdevkit/VOC2012/Annotations/ "
    "VOCdevkit/VOC2012/ImageSets/Main/ VOCdevkit/VOC2007/JPEGImages/b.jpg "
    "VOCdevkit/VOC2007/Annotations/ VOCdevkit/VOC2007/ImageSets/Main/",
    { "VOCdevkit/VOC2012/Annotations/a.xml|" XML (""), "VOCdevkit/VOC2012/ImageSets/Main/train.txt|a\n",
      "VOCdevkit/VOC2007/Annotations/b.xml|" XML (""), "VOCdevkit/VOC2007/ImageSets/Main/test.txt|b\n" },
    "split test\nsplit train\nimage VOCdevkit/VOC2007/JPEGImages/b.jpg [test] 20x10\n"
    "image VOCdevkit/VOC2012/JPEGImages/a.jpg [train] 20x10\n" },
  { "voc-beside", "train/a.jpg train/b.jpg test/c.png train/x.txt",
    { "train/a.xml|" XML (OBJECT ("dog", BOX)), "test/c.xml|" XML (""), "labelmap.txt|zebra:1,2,3::\ndog:::\n" },
    "split test\nsplit train\nclass zebra\nclass dog\nimage test/c.png [test] 20x10\n"
    "image train/a.jpg [train] 20x10 dog(1,2,3.5,4) difficult\n"
    "problem empty-class: the class “zebra” has no image\nproblem unlisted-image train/b.jpg\n" },
  { "voc-filename", "images/lie.png xml/", { "xml/a.xml|" XML (OBJECT ("dog", BOX)) },
    "class dog\nimage images/lie.png 20x10 dog(1,2,3.5,4) difficult\n" },
  { "voc-faults", "JPEGImages/a.jpg JPEGImages/d.jpg Annotations/ ImageSets/Main/",
    { "Annotations/a.xml|" XML ("\n" OBJECT ("", BOX) "\n" OBJECT ("cat", "<xmin>x</xmin>")),
      "Annotations/b.xml|<annotation>&bomb;</annotation>", "Annotations/c.xml|" XML (""),
      "ImageSets/Main/train.txt|a\nc\nd\n" },
    "split train\nimage JPEGImages/a.jpg [train] 20x10\n"
    "problem missing-file lie.png: Annotations/c.xml\nimage JPEGImages/d.jpg [train]\n"
    "problem bad-line Annotations/a.xml: line 2: an object without a name\n"
    "problem bad-line Annotations/a.xml: line 3: an object without a box\n"
    "problem bad-line Annotations/b.xml: Error on line 1: Entity name “bomb” is not known\n"
    "problem unlabelled d: no XML file\n" },
  { "createml", "a.jpg b.jpg c.jpg",
    { "x.json|[{\"image\": \"b.jpg\", \"annotations\": [{\"label\": \"dog\", \"coordinates\": {\"x\": 5,"
      " \"y\": 4, \"width\": 4, \"height\": 2}}]},\n {\"imagefilename\": \"a.jpg\", \"annotation\": []}]" },
    "class dog\nimage b.jpg dog(3,3,4,2)\nimage a.jpg\nproblem unlisted-image c.jpg\n" },
  { "createml-classes", "a.jpg",
    { "classes.txt|zebra\ndog: big\n", "x.json|[{\"image\": \"a.jpg\", \"annotations\": [{\"label\": "
      "\"dog: big\", \"coordinates\": {\"x\": 5, \"y\": 4, \"width\": 4, \"height\": 2}}, 3, null]}, 7]" },
    "class zebra\nclass dog: big\nimage a.jpg dog: big(3,3,4,2)\n"
    "problem empty-class: the class “zebra” has no image\n"
    "problem bad-line x.json: image 1 of the file: annotation 2: it is no object\n"
    "problem bad-line x.json: image 1 of the file: annotation 3: it is no object\n"
    "problem bad-line x.json: image 2 of the file: it is no object\n" },
  { "createml-faults", "a.jpg b.jpg",
    { "x.json|[{\"image\": \"a.jpg\", \"annotations\": [{\"label\": \"dog\"}, {\"coordinates\": {\"x\": 5,"
      " \"y\": 4, \"width\": 4, \"height\": 2}}]},\n {\"annotations\": []}, {\"image\": \"z.jpg\","
      " \"annotations\": []}, {\"image\": \"b.jpg\"" },
    "image a.jpg\nproblem missing-file z.jpg: x.json\nproblem unlisted-image b.jpg\n"
    "problem bad-line x.json: image 1 of the file: annotation 1: it has no coordinates\n"
    "problem bad-line x.json: image 1 of the file: annotation 2: it has no label\n"
    "problem bad-line x.json: image 2 of the file: it names no picture\n"
    "problem bad-line x.json: line 2: it ends too early; what comes after it is left out\n" },
  { "createml-splits", "train/a.jpg valid/a.jpg",
    { "train/_annotations.createml.json|[{\"image\": \"a.jpg\", \"annotations\": []}]",
      "valid/_annotations.createml.json|[{\"image\": \"a.jpg\", \"annotations\": []}]" },
    "split train\nsplit valid\nimage train/a.jpg [train]\nimage valid/a.jpg [valid]\n" },
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

/* Nested, large and torn XML is told of and read no further. */
static void
test_hostile_xml (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg c.jpg");
  g_autoptr(GString) deep = g_string_new ("<annotation>");
  g_autofree char *large = g_strnfill (5 * 1024 * 1024, ' ');
  g_autofree char *path = ballast_tree_path (tree, NULL);
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;
  g_autofree char *record = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  ballast_tree_write (tree, "a.xml", deep->str);
  ballast_tree_write (tree, "b.xml", large);
  ballast_tree_write (tree, "c.xml",
                      "<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><annotation>&x;</annotation>");
  record = ballast_import_record (path, "voc", &options);
  g_assert_nonnull (strstr (record, "problem bad-line a.xml: elements are nested too deep"));
  g_assert_nonnull (strstr (record, "problem bad-line b.xml: it cannot be read"));
  g_assert_nonnull (strstr (record, "problem bad-line c.xml: Error on line 1"));
}

static guint
count (const char *record,
       const char *word)
{
  guint n = 0;

  for (const char *p = record; (p = strstr (p, word)) != NULL; p++)
    n++;

  return n;
}

static void
test_bccd (void)
{
  g_autofree char *path = ballast_test_data ("voc-bccd");
  g_autofree char *record = NULL;

  if (path == NULL)
    {
      g_test_skip ("the data is not there");
      return;
    }
  record = ballast_import_record (path, NULL, NULL);
  g_assert_cmpuint (count (record, "\nimage "), ==, 364);
  g_assert_cmpuint (count (record, " RBC("), ==, 4155);
  g_assert_cmpuint (count (record, " WBC("), ==, 372);
  g_assert_cmpuint (count (record, " Platelets("), ==, 361);
  g_assert_cmpuint (count (record, "\nproblem "), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/small-files/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/importers/small-files/hostile-xml", test_hostile_xml);
  g_test_add_func ("/importers/small-files/bccd", test_bccd);

  return g_test_run ();
}
