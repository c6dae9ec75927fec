#include <string.h>

#include "ballast-import-error.h"
#include "ballast-import-testing.h"

/* Each case: a tree, a manifest in it, and what the import says. */
typedef struct
{
  const char *name;
  const char *tree;
  const char *file;
  const char *text;
  const char *expected;
} Case;

#define TWO_IMAGES "class cat\nclass dog\nimage a.jpg cat\nimage b.jpg dog\n"

static const Case cases[] = {
  { "csv", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,cat\nb.jpg,dog\n", TWO_IMAGES },
  { "no-header", "a.jpg b.jpg", "m.csv", "a.jpg,cat\nb.jpg,dog\n", TWO_IMAGES },
  { "no-last-newline", "a.jpg b.jpg", "m.csv", "a.jpg,cat\nb.jpg,dog", TWO_IMAGES },
  { "boxes-by-name", "a.jpg b.jpg", "m.csv",
    "filename,class,xmin,ymin,xmax,ymax\na.jpg,cat,1,2,4,6\nb.jpg,dog,0,0,1,1\na.jpg,cat,5,5,6.5,7\n"
    "b.jpg,dog,x,0,1,1\nb.jpg,cat,,,,\n",
    "class cat\nclass dog\nproblem bad-line m.csv: line 5: its box is not four numbers\n"
    "image a.jpg cat(1,2,3,4) cat(5,5,1.5,2)\nimage b.jpg dog(0,0,1,1) cat\n" },
  { "tsv", "a.jpg b.jpg", "m.tsv", "file\tclass\na.jpg\tcat\nb.jpg\tdog\n", TWO_IMAGES },
  { "semicolon", "a.jpg b.jpg", "m.csv", "id;file;class\n1;a.jpg;cat\n2;b.jpg;dog\n", TWO_IMAGES },
  { "whitespace", "a.jpg b.jpg", "m.txt", "a.jpg cat\nb.jpg   dog\n", TWO_IMAGES },
  { "crlf", "a.jpg b.jpg", "m.csv", "image,label\r\na.jpg,cat\r\nb.jpg,dog\r\n", TWO_IMAGES },
  { "cr-only", "a.jpg b.jpg", "m.csv", "image,label\ra.jpg,cat\rb.jpg,dog\r", TWO_IMAGES },
  { "bom", "a.jpg b.jpg", "m.csv", "\xEF\xBB\xBFimage,label\na.jpg,cat\nb.jpg,dog\n", TWO_IMAGES },
  { "blank-lines", "a.jpg b.jpg", "m.csv", "\n\nimage,label\n\na.jpg,cat\n\n\nb.jpg,dog\n\n", TWO_IMAGES },
  { "spaces", "a.jpg b.jpg", "m.csv", "image, label\na.jpg, cat\n\"b.jpg\", \"dog\"\n", TWO_IMAGES },
  { "jsonl", "a.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"a.jpg\",\"label\":\"cat\"}\n{\"label\": \"dog\", \"file_name\": \"b.jpg\"}\n",
    TWO_IMAGES },
  { "jsonl-lists", "a.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"a.jpg\",\"labels\":[\"x\",\"y\"]}\n{\"file_name\":\"b.jpg\",\"labels\":[]}\n",
    "class x\nclass y\nimage a.jpg x y\nimage b.jpg\nproblem unlabelled b.jpg: line 2: no label\n" },
  { "jsonl-nested", "a.jpg b.jpg", "metadata.jsonl",
    "{\"file_name\":\"a.jpg\",\"objects\":{\"bbox\":[[1,2,3,4]],\"categories\":[10]}}\n"
    "{\"file_name\":\"b.jpg\",\"objects\":{\"bbox\":[[1,2,3,4],[0,0,1,1]],\"categories\":[9,9]}}\n",
    "class 9\nclass 10\nimage a.jpg 10(1,2,3,4)\nimage b.jpg 9(1,2,3,4) 9(0,0,1,1)\n" },
  { "jsonl-objects", "a.jpg b.jpg c.jpg", "m.jsonl",
    "{\"image\":\"a.jpg\",\"boxes\":[{\"label\":\"cat\",\"bbox\":[1,2,3,4]},{\"bbox\":[0,0,1,2.5],"
    "\"label\":\"dog\",\"score\":0.5}]}\n{\"image\":\"b.jpg\",\"boxes\":[]}\n"
    "{\"image\":\"c.jpg\",\"boxes\":[{\"label\":\"dog\",\"bbox\":[1,1,1]},{\"bbox\":[1,1,1,1]},"
    "{\"label\":\"cat\",\"bbox\":[5,5,1,1]}]}\n",
    "class cat\nclass dog\nimage a.jpg cat(1,2,3,4) dog(0,0,1,2.5)\nimage b.jpg\n"
    "problem bad-line m.jsonl: line 3: its box is not four numbers\n"
    "problem bad-line m.jsonl: line 3: a box has no class\nimage c.jpg cat(5,5,1,1)\n" },
  { "jsonl-corners", "a.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"a.jpg\",\"objects\":[{\"class\":\"cat\",\"xmin\":1,\"ymin\":2,\"xmax\":4,"
    "\"ymax\":6}]}\n{\"file_name\":\"b.jpg\",\"objects\":[{\"class\":\"dog\",\"xmin\":0,\"ymin\":0,"
    "\"xmax\":1,\"ymax\":1},{\"class\":\"dog\",\"xmin\":0,\"ymin\":0}]}\n",
    "class cat\nclass dog\nimage a.jpg cat(1,2,3,4)\n"
    "problem bad-line m.jsonl: line 2: its box is not four numbers\nimage b.jpg dog(0,0,1,1)\n" },
  { "jsonl-parallel", "a.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"a.jpg\",\"bboxes\":[[1,2,3,4],[2,2,2,2]],\"labels\":[\"cat\"]}\n"
    "{\"file_name\":\"b.jpg\",\"labels\":[\"dog\"],\"bboxes\":[[0,0,1,1]]}\n",
    "class cat\nclass dog\nproblem bad-line m.jsonl: line 1: 2 boxes and 1 classes\n"
    "image a.jpg cat(1,2,3,4)\nimage b.jpg dog(0,0,1,1)\n" },
  { "jsonl-box-a-line", "a.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"a.jpg\",\"label\":\"cat\",\"bbox\":[1,2,3,4]}\n"
    "{\"file_name\":\"a.jpg\",\"label\":\"dog\",\"bbox\":[0,0,1,1]}\n"
    "{\"file_name\":\"b.jpg\",\"label\":\"dog\",\"bbox\":[0,0,2,2]}\n",
    "class cat\nclass dog\nimage a.jpg cat(1,2,3,4) dog(0,0,1,1)\nimage b.jpg dog(0,0,2,2)\n" },
  { "csv-box-text", "a.jpg b.jpg", "m.csv",
    "file_name,label,bbox\na.jpg,cat,\"[1, 2, 3, 4]\"\nb.jpg,dog,\"[0.0, 0, 1, 1]\"\nb.jpg,dog,[1]\n",
    "class cat\nclass dog\nimage a.jpg cat(1,2,3,4)\n"
    "problem bad-line m.csv: line 4: its box is not four numbers\nimage b.jpg dog(0,0,1,1)\n" },
  { "jsonl-escapes", "%C3%A9.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"\\u00e9.jpg\",\"label\":\"\\ud83d\\ude00\"}\n{\"file_name\":\"b.jpg\",\"label\":\"dog\"}\n",
    "class 😀\nclass dog\nimage é.jpg 😀\nimage b.jpg dog\n" },
  { "jsonl-bad-lines", "a.jpg b.jpg", "m.jsonl",
    "{\"file_name\":\"a.jpg\",\"label\":\"cat\"}\n{oops\n[1]\n{\"label\":\"dog\"}\n"
    "{\"file_name\":\"b.jpg\",\"label\":\"dog\"}\n",
    "class cat\nclass dog\nproblem bad-line m.jsonl: line 2: it is no JSON object\n"
    "problem bad-line m.jsonl: line 3: it is no JSON object\n"
    "problem bad-line m.jsonl: line 4: it names no file\nimage a.jpg cat\nimage b.jpg dog\n" },
  { "quotes", "a,b.jpg b.jpg", "m.csv", "image,label\n\"a,b.jpg\",\"big \"\"cat\"\"\"\nb.jpg,dog\n",
    "class big \"cat\"\nclass dog\nimage a,b.jpg big \"cat\"\nimage b.jpg dog\n" },
  { "newline-in-quotes", "a%0Ab.jpg b.jpg", "m.csv", "image,label\n\"a\nb.jpg\",cat\nb.jpg,dog\n",
    "class cat\nclass dog\nimage a\\x0Ab.jpg cat\nproblem odd-name a\\x0Ab.jpg\nimage b.jpg dog\n" },
  { "open-quote", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,\"cat\nb.jpg,dog\n",
    "class dog\nproblem bad-line m.csv: line 2: a quote is never closed\nimage b.jpg dog\n" },
  { "field-count", "a.jpg b.jpg c.jpg d.jpg", "m.csv",
    "image,label\na.jpg,cat\nb.jpg\nc.jpg,dog,and more\nd.jpg,dog,\n",
    "class cat\nclass dog\nproblem bad-line m.csv: line 3: 1 field where 2 were expected\n"
    "problem bad-line m.csv: line 4: 3 fields where 2 were expected\nimage a.jpg cat\n"
    "image d.jpg dog\n" },
  { "empty-path", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,cat\n,dog\nb.jpg,dog\n",
    "class cat\nclass dog\nproblem bad-line m.csv: line 3: it names no file\n"
    "image a.jpg cat\nimage b.jpg dog\n" },
  { "empty-label", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,cat\nb.jpg,\n",
    "class cat\nimage a.jpg cat\nimage b.jpg\nproblem unlabelled b.jpg: line 3: no label\n" },
  { "missing", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,cat\nz.jpg,cat\nb.jpg,dog\n",
    "class cat\nclass dog\nimage a.jpg cat\nproblem missing-file z.jpg: line 3\nimage b.jpg dog\n" },
  { "unsafe", "set/a.jpg set/b.jpg set/c.jpg secret.jpg", "set/m.csv",
    "image,label\na.jpg,cat\n../secret.jpg,cat\n/etc/passwd,cat\nb.jpg,dog\nC:\\x.jpg,cat\n"
    "http://x/y.jpg,dog\n../../../../../../../etc/shadow,cat\nc.jpg,cat\n./a.jpg,cat\nb.jpg,dog\n"
    "x/../c.jpg,cat\n",
    "class cat\nclass dog\n"
    "problem unsafe-path ../secret.jpg: line 3: leads out of the folder\n"
    "problem unsafe-path /etc/passwd: line 4: leads out of the folder\n"
    "problem unsafe-path C:\\x.jpg: line 6: leads out of the folder\n"
    "problem unsafe-path http://x/y.jpg: line 7: an address, no file\n"
    "problem unsafe-path ../../../../../../../etc/shadow: line 8: leads out of the folder\n"
    "image a.jpg cat\nimage b.jpg dog\nimage c.jpg cat\n" },
  { "links", "a.jpg b.jpg c.jpg>a.jpg d.jpg>/etc/passwd e.jpg| out>/etc", "m.csv",
    "image,label\na.jpg,x\nb.jpg,x\nc.jpg,x\nd.jpg,x\ne.jpg,x\nout/passwd,x\n",
    "class x\nimage a.jpg x\nimage b.jpg x\nimage c.jpg@ x\n"
    "problem special-file d.jpg: line 5: a link that leads out of the folder; --follow-links reads it\n"
    "problem special-file e.jpg: line 6: no regular file\n"
    "problem special-file out/passwd: line 7: in a folder behind a link\n" },
  { "numbers", "a.jpg b.jpg c.jpg", "m.txt", "a.jpg 10\nb.jpg 2\nc.jpg 1\n",
    "class 1\nclass 2\nclass 10\nimage a.jpg 10\nimage b.jpg 2\nimage c.jpg 1\n" },
  { "two-label-columns", "a.jpg b.jpg", "m.csv", "image,label_1,label_2\na.jpg,cat,small\nb.jpg,dog,\n",
    "class cat\nclass small\nclass dog\nimage a.jpg cat small\nimage b.jpg dog\n" },
  { "word-before-number", "a.jpg b.jpg", "m.csv", "image,class_id,class\na.jpg,0,cat\nb.jpg,1,dog\n",
    TWO_IMAGES },
  { "indicators-x-y", "a.jpg b.jpg", "m.csv", "image,x,y\na.jpg,1,0\nb.jpg,1,1\n",
    "class x\nclass y\nimage a.jpg x\nimage b.jpg x y\n" },
  { "y-beside-sizes", "a.jpg b.jpg", "m.csv", "image,width,y\na.jpg,100,0\nb.jpg,120,1\n",
    "class 0\nclass 1\nimage a.jpg 0\nimage b.jpg 1\n" },
  { "indicators", "a.jpg b.jpg c.jpg", "m.csv", "id,path,cat,dog\n1,a.jpg,1,0\n2,b.jpg,1,1\n3,c.jpg,0,0\n",
    "class cat\nclass dog\nimage a.jpg cat\nimage b.jpg cat dog\nimage c.jpg\n"
    "problem unlabelled c.jpg: line 4: no label\n" },
  { "label-separator", "a.jpg b.jpg c.jpg", "m.csv", "image,labels\na.jpg,x|y\nb.jpg,y\nc.jpg,x\n",
    "class x\nclass y\nimage a.jpg x y\nimage b.jpg y\nimage c.jpg x\n" },
  { "list-literal", "a.jpg b.jpg", "m.csv", "image,labels\na.jpg,\"['x', 'y']\"\nb.jpg,['y']\n",
    "class x\nclass y\nimage a.jpg x y\nimage b.jpg y\n" },
  { "row-per-label", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,x\na.jpg,y\na.jpg,x\nb.jpg,x\n",
    "class x\nclass y\nimage a.jpg x y\nimage b.jpg x\n" },
  { "row-per-label-apart", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,x\nb.jpg,x\na.jpg,y\n",
    "class x\nclass y\nimage b.jpg x\nimage a.jpg x y\n" },
  { "split-column", "a.jpg b.jpg", "m.csv", "image,label,split\na.jpg,cat,train\nb.jpg,dog,test\n",
    "split train\nsplit test\nclass cat\nclass dog\nimage a.jpg [train] cat\nimage b.jpg [test] dog\n" },
  { "split-leak", "a.jpg b.jpg", "m.csv", "image,label,split\na.jpg,x,train\nb.jpg,x,train\na.jpg,x,test\n",
    "split train\nsplit test\nclass x\nimage b.jpg [train] x\n"
    "problem split-leak a.jpg: named in train and in test; taken as train\nimage a.jpg [train] x\n" },
  { "split-from-name", "a.jpg b.jpg", "train.csv", "image,label\na.jpg,cat\nb.jpg,dog\n",
    "split train\nclass cat\nclass dog\nimage a.jpg [train] cat\nimage b.jpg [train] dog\n" },
  { "images-folder", "images/a.jpg images/b.jpg", "m.csv", "image,label\na.jpg,cat\nb.jpg,dog\n",
    "class cat\nclass dog\nimage images/a.jpg cat\nimage images/b.jpg dog\n" },
  { "folder-above", "x/a.jpg x/b.jpg lists/", "lists/m.csv", "image,label\nx/a.jpg,cat\nx/b.jpg,dog\n",
    "class cat\nclass dog\nimage x/a.jpg cat\nimage x/b.jpg dog\n" },
  { "dots-to-folder-above", "x/a.jpg x/b.jpg lists/", "lists/m.csv",
    "image,label\n../x/a.jpg,cat\n../x/b.jpg,dog\n",
    "class cat\nclass dog\nimage x/a.jpg cat\nimage x/b.jpg dog\n" },
  { "by-name", "cat/a.jpg dog/b.jpg dog/x.jpg cat/x.jpg", "m.txt", "a.jpg 1\nb.jpg 2\nx.jpg 1\nz.jpg 1\n",
    "class 1\nclass 2\nimage cat/a.jpg 1\nimage dog/b.jpg 2\n"
    "problem missing-file x.jpg: line 3: several files have this name\n"
    "problem missing-file z.jpg: line 4\n" },
  { "without-endings", "images/1.jpg images/2.png images/3.jpg", "m.csv", "image_name,label\n1,cat\n2,dog\n3,dog\n",
    "class cat\nclass dog\nimage images/1.jpg cat\nimage images/2.png dog\nimage images/3.jpg dog\n" },
  { "backslashes", "x/a.jpg x/b.jpg", "m.csv", "image,label\nx\\a.jpg,cat\nx\\b.jpg,dog\n",
    "class cat\nclass dog\nimage x/a.jpg cat\nimage x/b.jpg dog\n" },
  { "spaces-in-names", "my%20cat.jpg b.jpg", "m.txt", "my cat.jpg 1\nb.jpg 2\n",
    "class 1\nclass 2\nimage my cat.jpg 1\nimage b.jpg 2\n" },
  { "case-clash", "a.jpg b.jpg c.jpg", "m.csv", "image,label\na.jpg,Cat\nb.jpg,cat\nc.jpg,cat\n",
    "class Cat\nclass cat\nproblem case-clash Cat: the classes “Cat” and “cat” differ only in case\n"
    "image a.jpg Cat\nimage b.jpg cat\nimage c.jpg cat\n" },
  { "odd-label", "a.jpg b.jpg", "m.csv", "image,label\na.jpg,caf\xE9\nb.jpg,dog\n",
    "class caf\\xE9\nclass dog\nproblem odd-name: the label “caf\\xE9” is no plain text in UTF-8\n"
    "image a.jpg caf\\xE9\nimage b.jpg dog\n" },
  { "folders-as-labels", "cat/1.jpg cat/2.jpg dog/3.jpg dog/4.jpg", "list.txt",
    "cat/1.jpg\ncat/2.jpg\ndog/3.jpg\ndog/4.jpg\n",
    "class cat\nclass dog\nimage cat/1.jpg cat\nimage cat/2.jpg cat\nimage dog/3.jpg dog\n"
    "image dog/4.jpg dog\n" },
  { "boxes", "1.jpg 2.jpg", "m.csv", "1.jpg,dog,0,1,1,2\n1.jpg,cat,1,2,3,3\n2.jpg,cat,0,0,1,1\n",
    "class dog\nclass cat\nimage 1.jpg dog(0,1,1,1) cat(1,2,2,1)\nimage 2.jpg cat(0,0,1,1)\n" },
  { "boxes-and-background", "1.jpg 2.jpg 3.jpg", "m.csv",
    "1.jpg,0,1,1,2,dog\n2.jpg,10,12,33,43,cat\n3.jpg,,,,,\n",
    "class dog\nclass cat\nimage 1.jpg dog(0,1,1,1)\nimage 2.jpg cat(10,12,23,31)\nimage 3.jpg\n" },
  { "numbers-that-are-no-boxes", "1.jpg 2.jpg", "m.csv",
    "1.jpg,dog,5,1,1,2\n2.jpg,cat,1,2,3,3\n",
    "class dog\nclass cat\nimage 1.jpg dog\nimage 2.jpg cat\n" },
  { "own-export", "train/cat/a.jpg train/dog/b.jpg", "manifest.csv",
    "path,split,class,source,copy,recipe,sha256\ntrain/cat/a.jpg,train,cat,a.jpg,0,,00\n"
    "train/dog/b.jpg,train,dog,b.jpg,1,\"{\"\"x\"\":1}\",11\n",
    "split train\nclass cat\nclass dog\nimage train/cat/a.jpg [train] cat\n"
    "image train/dog/b.jpg [train] dog\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(BallastTree) tree = ballast_tree_new (test->tree);

  ballast_tree_write (tree, test->file, test->text);
  assert_import (tree, test->file, test->expected);
}

static void
test_utf16 (void)
{
  static const char *const charsets[] = { "UTF-16LE", "UTF-16BE", "UTF-32LE" };
  static const char text[] = "\uFEFFimage,label\na.jpg,cat\nb.jpg,dog\n";
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize length;
      g_autofree char *bytes = g_convert (text, -1, charsets[i], "UTF-8", NULL, &length, NULL);

      ballast_tree_write_bytes (tree, "m.csv", bytes, length);
      assert_import (tree, "m.csv", TWO_IMAGES);
    }
}

static void
test_nul_in_line (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");
  g_autoptr(GString) text = g_string_new ("image,label\na.jpg,cat\n");
  g_autofree char *path = ballast_tree_path (tree, "m.csv");
  g_autofree char *record = NULL;

  while (text->len < 400 * 1024)
    g_string_append (text, "b.jpg,dog\n");
  g_string_append_len (text, "b.jpg,d\0g\nb.jpg,dog\n", 20);
  ballast_tree_write_bytes (tree, "m.csv", text->str, text->len);
  record = ballast_import_record (path, NULL, NULL);
  g_assert_nonnull (strstr (record, ": it holds a NUL byte\n"));
  g_assert_nonnull (strstr (record, "image b.jpg dog\n"));
}

/* A line of 3 MB costs itself alone, and no line more. */
static void
test_long_line (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");
  g_autofree char *junk = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *text = g_strconcat ("image,label\na.jpg,cat\nb.jpg,", junk, "\nb.jpg,dog\n", NULL);

  ballast_tree_write (tree, "m.csv", text);
  assert_import (tree, "m.csv",
                 "class cat\nclass dog\nproblem bad-line m.csv: line 3: it is longer than a megabyte\n"
                 "image a.jpg cat\nimage b.jpg dog\n");
}

static void
test_long_quote (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");
  g_autoptr(GString) text = g_string_new ("image,label\na.jpg,\"cat\n");
  g_autofree char *path = ballast_tree_path (tree, "m.csv");
  g_autofree char *record = NULL;

  while (text->len < 3 * 1024 * 1024)
    g_string_append (text, "b.jpg,dog\n");
  ballast_tree_write (tree, "m.csv", text->str);
  record = ballast_import_record (path, NULL, NULL);
  g_assert_cmpstr (record, ==,
                   "class dog\nproblem bad-line m.csv: line 2: a quote is never closed\n"
                   "image b.jpg dog\n");
}

static void
test_images_option (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("lists/ pictures/x/a.jpg pictures/x/b.jpg");
  g_autofree char *path = ballast_tree_path (tree, "lists/m.csv");
  g_autofree char *images = ballast_tree_path (tree, "pictures");
  BallastLayoutQuestion question = { .images = images };
  g_autoptr(GPtrArray) guesses = NULL;
  g_autofree char *record = NULL;
  BallastLayoutGuess *guess;

  ballast_tree_write (tree, "lists/m.csv", "image,label\nx/a.jpg,cat\nx/b.jpg,dog\n");
  guesses = ballast_layout_detect (path, &question, NULL, NULL);
  guess = guesses->pdata[0];
  g_assert_cmpstr (guess->root, ==, images);
  record = ballast_import_record (path, "manifest", &guess->options);
  g_assert_cmpstr (record, ==, "class cat\nclass dog\nimage x/a.jpg cat\nimage x/b.jpg dog\n");
}

static void
test_absolute_paths (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("x/a.jpg x/b.jpg");
  g_autofree char *text = g_strdup_printf ("image,label\n%s/x/a.jpg,cat\n%s/x/b.jpg,dog\n",
                                           tree->root, tree->root);

  ballast_tree_write (tree, "m.csv", text);
  assert_import (tree, "m.csv", "class cat\nclass dog\nimage x/a.jpg cat\nimage x/b.jpg dog\n");
}

static void
test_class_names (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg c.jpg");

  ballast_tree_write (tree, "m.txt", "a.jpg 0\nb.jpg 2\n");
  ballast_tree_write (tree, "classes.txt", "cat\nbig dog\r\nowl\n");
  assert_import (tree, "m.txt", "class cat\nclass big dog\nclass owl\nimage a.jpg cat\n"
                 "image b.jpg owl\n"
                 "problem empty-class: the class “big dog” has no image\n");
  ballast_tree_write (tree, "m.txt", "a.jpg 1\nb.jpg 2\nc.jpg 3\n");
  assert_import (tree, "m.txt", "class cat\nclass big dog\nclass owl\nimage a.jpg cat\n"
                 "image b.jpg big dog\nimage c.jpg owl\n");
  ballast_tree_write (tree, "m.txt", "a.jpg 7\nb.jpg 9\n");
  assert_import (tree, "m.txt", "class 7\nclass 9\nimage a.jpg 7\nimage b.jpg 9\n");
}

static void
test_split_files (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("images/a.jpg images/b.jpg images/c.jpg");

  ballast_tree_write (tree, "train.csv", "image,label\na.jpg,cat\nb.jpg,dog\n");
  ballast_tree_write (tree, "test.csv", "image\nc.jpg\n");
  ballast_tree_write (tree, "README.txt", "This is a dataset of two.\n");
  assert_guess (tree, NULL, "2 classes in 2 manifests, splits test and train; cat 1, dog 1; "
                "test 1, train 2");
  assert_import (tree, NULL,
                 "split test\nsplit train\nclass cat\nclass dog\nimage images/c.jpg [test]\n"
                 "problem unlabelled images/c.jpg: line 2 of test.csv: no label\n"
                 "image images/a.jpg [train] cat\nimage images/b.jpg [train] dog\n");
}

static void
test_metadata_in_splits (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("train/1.jpg train/2.jpg test/1.jpg");

  ballast_tree_write (tree, "train/metadata.csv", "file_name,label\n1.jpg,cat\n2.jpg,dog\n");
  ballast_tree_write (tree, "test/metadata.csv", "file_name,label\n1.jpg,dog\n");
  assert_import (tree, NULL,
                 "split test\nsplit train\nclass dog\nclass cat\nimage test/1.jpg [test] dog\n"
                 "image train/1.jpg [train] cat\nimage train/2.jpg [train] dog\n");
}

/* Class folders with a list of the same images beside them are class folders. */
static void
test_folders_win (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("cat/1.jpg dog/2.jpg");
  g_autoptr(GPtrArray) guesses = NULL;

  ballast_tree_write (tree, "list.csv", "path,label\ncat/1.jpg,cat\ndog/2.jpg,dog\n");
  guesses = ballast_layout_detect (tree->root, NULL, NULL, NULL);
  g_assert_cmpuint (guesses->len, ==, 2);
  g_assert_cmpstr (((BallastLayoutGuess *) guesses->pdata[0])->importer->name, ==, "folders");
}

static void
test_preview (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("images/a.jpg images/b.jpg");
  g_autofree char *path = ballast_tree_path (tree, "m.csv");
  g_autofree char *images = NULL;
  g_autofree char *warnings = NULL;
  g_autoptr(GPtrArray) guesses = NULL;
  BallastLayoutGuess *guess;

  ballast_tree_write (tree, "m.csv", "image,label\na.jpg,cat\nb.jpg,Cat\nz.jpg,dog\nb.jpg\n");
  guesses = ballast_layout_detect (path, NULL, NULL, NULL);
  guess = guesses->pdata[0];
  g_ptr_array_add (guess->first_images, NULL);
  g_ptr_array_add (guess->warnings, NULL);
  images = g_strjoinv (" ", (char **) guess->first_images->pdata);
  warnings = g_strjoinv ("|", (char **) guess->warnings->pdata);
  g_assert_cmpstr (guess->description, ==, "3 classes in “m.csv”, no splits");
  g_assert_cmpstr (images, ==, "images/a.jpg images/b.jpg images/b.jpg");
  g_assert_cmpstr (warnings, ==, "Of 4 images that were looked for, 1 is not there.|"
                   "1 line cannot be understood.|"
                   "The classes “cat” and “Cat” differ only in case.");
  g_assert_cmpuint (guess->images, ==, 3);
}

typedef struct
{
  const char *text;
  gsize       length;
  int         code;
} Bad;

static void
test_bad_input (void)
{
  static const Bad table[] = {
    { "", 0, BALLAST_IMPORT_ERROR_EMPTY },
    { "\xEF\xBB\xBF", 3, BALLAST_IMPORT_ERROR_EMPTY },
    { "version https://git-lfs.github.com/spec/v1\noid sha256:32\nsize 2\n", 64,
      BALLAST_IMPORT_ERROR_POINTER },
    { "a.jpg\0cat\n", 10, BALLAST_IMPORT_ERROR_SYNTAX },
    { "i\0m\0a\0g\0e\0\n\0", 12, BALLAST_IMPORT_ERROR_SYNTAX },
    { "\xFF\xFE\x00\xD8\x00\x00", 6, BALLAST_IMPORT_ERROR_SYNTAX },
    { "just some words\nand no picture at all\n", 38, BALLAST_IMPORT_ERROR_LAYOUT },
    { "x,y\n1,2\n3,4\n", 12, BALLAST_IMPORT_ERROR_LAYOUT },
    { "\n\n\n", 3, BALLAST_IMPORT_ERROR_SYNTAX },
  };
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ballast_tree_write_bytes (tree, "m.csv", table[i].text, table[i].length);
      assert_no_guess (tree, "m.csv", BALLAST_IMPORT_ERROR, table[i].code);
    }
}

/* Random bytes and random cuts of good files: no crash, and an answer or an error. */
static void
test_fuzz (void)
{
  static const char *const seeds[] = {
    "image,label,split\n\"a.jpg\",\"c\"\"at\",train\r\nb.jpg,dog|cat,test\n",
    "{\"file_name\":\"a.jpg\",\"o\":{\"c\":[1,[2],{\"x\":null}]},\"label\":[\"\\u00e9\",true]}\n",
    "a.jpg 1\nmy b.jpg 2 3\n",
  };
  static const char *const names[] = { "m.csv", "m.jsonl", "m.txt" };
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");

  for (guint round = 0; round < 600; round++)
    {
      guint which = round % G_N_ELEMENTS (seeds);
      g_autofree char *text = g_strdup (seeds[which]);
      g_autofree char *path = ballast_tree_path (tree, names[which]);
      g_autofree char *record = NULL;
      gsize length = strlen (text);

      for (guint i = 0; i < 4; i++)
        text[g_test_rand_int_range (0, length)] = "\",\\{}[]\n\r\t :\xFF/.0u"[g_test_rand_int_range (0, 18)];
      ballast_tree_write_bytes (tree, names[which], text, g_test_rand_int_range (1, length + 1));
      record = ballast_import_record (path, NULL, NULL);
      g_assert_cmpuint (strlen (record), >, 0);
    }
}

/* Every list has its own folder of pictures, and the names in them may be the same. */
static void
test_base_of_each (void)
{
  g_autoptr(BallastTree) tree
    = ballast_tree_new ("train_images/1.jpg train_images/2.jpg test_images/1.jpg test_images/3.jpg");

  ballast_tree_write (tree, "train.csv", "id_code,diagnosis\n1,0\n2,4\n");
  ballast_tree_write (tree, "test.csv", "id_code\n1\n3\n");
  ballast_tree_write (tree, "sample_submission.csv", "id_code,diagnosis\n1,0\n3,0\n");
  assert_import (tree, NULL,
                 "split test\nsplit train\nclass 0\nclass 4\n"
                 "image test_images/1.jpg [test]\n"
                 "problem unlabelled test_images/1.jpg: line 2 of test.csv: no label\n"
                 "image test_images/3.jpg [test]\n"
                 "problem unlabelled test_images/3.jpg: line 3 of test.csv: no label\n"
                 "image train_images/1.jpg [train] 0\nimage train_images/2.jpg [train] 4\n");
}

static void
test_metadata_in_data (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new (
    "data/train/1.jpg data/train/2.jpg data/test/sub/1.jpg data/test/sub/2.jpg");

  ballast_tree_write (tree, "data/train/metadata.jsonl",
                      "{\"file_name\": \"1.jpg\", \"label\": \"cat\"}\n"
                      "{\"file_name\": \"2.jpg\", \"label\": \"dog\"}\n");
  ballast_tree_write (tree, "data/test/metadata.jsonl",
                      "{\"file_name\": \"sub/1.jpg\", \"label\": \"cat\"}\n"
                      "{\"file_name\": \"sub/2.jpg\", \"label\": \"dog\"}\n");
  assert_import (tree, NULL,
                 "split test\nsplit train\nclass cat\nclass dog\n"
                 "image data/test/sub/1.jpg [test] cat\nimage data/test/sub/2.jpg [test] dog\n"
                 "image data/train/1.jpg [train] cat\nimage data/train/2.jpg [train] dog\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/manifest/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/importers/manifest/utf16", test_utf16);
  g_test_add_func ("/importers/manifest/nul-in-line", test_nul_in_line);
  g_test_add_func ("/importers/manifest/long-line", test_long_line);
  g_test_add_func ("/importers/manifest/long-quote", test_long_quote);
  g_test_add_func ("/importers/manifest/images-option", test_images_option);
  g_test_add_func ("/importers/manifest/absolute-paths", test_absolute_paths);
  g_test_add_func ("/importers/manifest/class-names", test_class_names);
  g_test_add_func ("/importers/manifest/split-files", test_split_files);
  g_test_add_func ("/importers/manifest/metadata-in-splits", test_metadata_in_splits);
  g_test_add_func ("/importers/manifest/folders-win", test_folders_win);
  g_test_add_func ("/importers/manifest/preview", test_preview);
  g_test_add_func ("/importers/manifest/bad-input", test_bad_input);
  g_test_add_func ("/importers/manifest/fuzz", test_fuzz);
  g_test_add_func ("/importers/manifest/base-of-each", test_base_of_each);
  g_test_add_func ("/importers/manifest/metadata-in-data", test_metadata_in_data);

  return g_test_run ();
}
