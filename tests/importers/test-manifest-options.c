/* How a manifest is to be read: what is stored, what the user wishes, what is refused. */
#include <string.h>

#include "ballast-import-error.h"
#include "ballast-import-testing.h"

/* What the project stores reads the source the same way again. */
static void
test_options_round_trip (void)
{
  g_autoptr(BallastTree) tree = ballast_tree_new ("images/1.jpg images/2.jpg");
  g_autofree char *path = ballast_tree_path (tree, "train.csv");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GPtrArray) guesses = NULL;
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;

  ballast_tree_write (tree, "train.csv", "id,tags\n1,x|y\n2,y\n");
  guesses = ballast_layout_detect (path, NULL, NULL, NULL);
  json = ballast_import_options_to_json (&((BallastLayoutGuess *) guesses->pdata[0])->options);
  g_assert_true (ballast_import_options_from_json (&options, json, NULL));
  first = ballast_import_record (path, "manifest", NULL);
  second = ballast_import_record (path, "manifest", &options);
  g_assert_cmpstr (first, ==, "split train\nclass x\nclass y\nimage images/1.jpg [train] x y\n"
                   "image images/2.jpg [train] y\n");
  g_assert_cmpstr (first, ==, second);
}

static void
test_bad_options (void)
{
  static const char *const table[] = {
    "{}", "{\"format\":\"delimited\"}",
    "{\"format\":\"delimited\",\"header\":true,\"path-column\":\"nothing\"}",
  };
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg");
  g_autofree char *path = ballast_tree_path (tree, "m.csv");
  g_auto(BallastImportOptions) options = BALLAST_IMPORT_OPTIONS_INIT;
  BallastImportSink sink = { 0 };
  BallastImportRequest request = { path, &options, &sink, NULL };

  ballast_tree_write (tree, "m.csv", "image,label\na.jpg,cat\n");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (ballast_import_options_from_json (&options, table[i], NULL));
      g_assert_false (ballast_importer_read (ballast_importer_find ("manifest"), &request, NULL, NULL,
                                             &error));
      g_assert_error (error, BALLAST_IMPORT_ERROR, BALLAST_IMPORT_ERROR_OPTIONS);
    }
}

typedef struct
{
  const char *name;
  const char *text;      /* of m.csv */
  const char *wishes;    /* "path=P labels=A,B split=S separator=; header=no"; "split=" for none */
  const char *expected;  /* the import, or "failed: …" of the look */
} WishRow;

static const WishRow wish_rows[] = {
  { "labels", "image,label,kind\na.jpg,cat,big\nb.jpg,dog,small\n", "labels=kind",
    "class big\nclass small\nimage a.jpg big\nimage b.jpg small\n" },
  { "several-labels", "image,label,kind\na.jpg,cat,big\nb.jpg,dog,small\n", "labels=kind,label",
    "class big\nclass cat\nclass small\nclass dog\nimage a.jpg big cat\nimage b.jpg small dog\n" },
  { "no-labels", "image,label\na.jpg,cat\nb.jpg,dog\n", "labels=",
    "image a.jpg\nproblem unlabelled a.jpg: line 2: no label\n"
    "image b.jpg\nproblem unlabelled b.jpg: line 3: no label\n" },
  { "path", "file,copy,label\na.jpg,b.jpg,cat\nb.jpg,a.jpg,dog\n", "path=copy",
    "class cat\nclass dog\nimage b.jpg cat\nimage a.jpg dog\n" },
  { "split", "image,label,fold\na.jpg,cat,one\nb.jpg,dog,two\n", "split=fold labels=label",
    "split one\nsplit two\nclass cat\nclass dog\nimage a.jpg [one] cat\nimage b.jpg [two] dog\n" },
  { "no-split", "image,label,split\na.jpg,cat,train\nb.jpg,dog,test\n", "split= labels=label",
    "class cat\nclass dog\nimage a.jpg cat\nimage b.jpg dog\n" },
  { "numbers", "a.jpg,cat,big\nb.jpg,dog,small\n", "labels=3",
    "class big\nclass small\nimage a.jpg big\nimage b.jpg small\n" },
  { "header", "a.jpg,cat\nb.jpg,dog\n", "header=yes",
    "class dog\nimage b.jpg dog\n" },
  { "separator", "image;x,label;y\na.jpg;cat,big;1\nb.jpg;dog,small;1\n", "separator=; path=image labels=x,label",
    "failed: The manifest has no column “x”; it has “image”, “x,label”, “y”\n" },
  { "not-there", "image,label\na.jpg,cat\nb.jpg,dog\n", "labels=species",
    "failed: The manifest has no column “species”; it has “image”, “label”\n" },
};

static void
parse_wishes (const char          *text,
              BallastImportWishes *wishes)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *value = strchr (words[i], '=') + 1;

      if (g_str_has_prefix (words[i], "path="))
        wishes->path_column = g_strdup (value);
      else if (g_str_has_prefix (words[i], "labels="))
        wishes->label_columns = g_strsplit (value, ",", -1);
      else if (g_str_has_prefix (words[i], "split="))
        wishes->split_column = g_strdup (value);
      else if (g_str_has_prefix (words[i], "separator="))
        wishes->separator = *value;
      else
        wishes->header = strcmp (value, "yes") == 0 ? BALLAST_WISH_YES : BALLAST_WISH_NO;
    }
}

static void
test_wishes (gconstpointer data)
{
  const WishRow *row = data;
  g_autoptr(BallastTree) tree = ballast_tree_new ("a.jpg b.jpg");
  g_autofree char *path = ballast_tree_path (tree, "m.csv");
  g_auto(BallastImportWishes) wishes = { 0 };
  BallastLayoutQuestion question = { .wishes = &wishes };
  g_autoptr(GPtrArray) guesses = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *record = NULL;

  ballast_tree_write (tree, "m.csv", row->text);
  parse_wishes (row->wishes, &wishes);
  guesses = ballast_layout_detect (path, &question, NULL, &error);
  if (guesses == NULL)
    record = g_strdup_printf ("failed: %s\n", error->message);
  else
    record = ballast_import_record (path, "manifest",
                                    &((BallastLayoutGuess *) guesses->pdata[0])->options);
  g_assert_cmpstr (record, ==, row->expected);
}

/* Where a link leads out, the guess says so, and follows it when it is asked to. */
static void
test_follow_links (void)
{
  g_autoptr(BallastTree) outside = ballast_tree_new ("a.jpg");
  g_autofree char *words = g_strdup_printf ("c.jpg a.jpg>%s/a.jpg", outside->root);
  g_autoptr(BallastTree) tree = ballast_tree_new (words);
  g_autofree char *path = ballast_tree_path (tree, "m.csv");
  BallastImportWishes wishes = { .follow_links = TRUE };
  BallastLayoutQuestion question = { .wishes = &wishes };
  g_autoptr(GPtrArray) guesses = NULL;
  g_autoptr(GPtrArray) followed = NULL;
  g_autofree char *record = NULL;

  ballast_tree_write (tree, "m.csv", "image,label\na.jpg,cat\nc.jpg,dog\n");
  guesses = ballast_layout_detect (path, NULL, NULL, NULL);
  g_assert_cmpuint (((BallastLayoutGuess *) guesses->pdata[0])->links_out, ==, 1);
  followed = ballast_layout_detect (path, &question, NULL, NULL);
  g_assert_cmpuint (((BallastLayoutGuess *) followed->pdata[0])->links_out, ==, 0);
  record = ballast_import_record (path, "manifest",
                                  &((BallastLayoutGuess *) followed->pdata[0])->options);
  g_assert_cmpstr (record, ==, "class cat\nclass dog\nimage a.jpg@ cat\nimage c.jpg dog\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wish_rows); i++)
    {
      g_autofree char *name = g_strconcat ("/importers/manifest-options/wishes/", wish_rows[i].name, NULL);

      g_test_add_data_func (name, &wish_rows[i], test_wishes);
    }
  g_test_add_func ("/importers/manifest-options/options-round-trip", test_options_round_trip);
  g_test_add_func ("/importers/manifest-options/bad-options", test_bad_options);
  g_test_add_func ("/importers/manifest-options/follow-links", test_follow_links);

  return g_test_run ();
}
