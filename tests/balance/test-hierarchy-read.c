/* Trees from JSON of every shape and from rows of a table, and back. */
#include "ballast-balance-error.h"
#include "ballast-hierarchy-read.h"
#include "ballast-json.h"
#include "hierarchy-fixture.h"

static void
assert_reads (const char *json,
              const char *expected)
{
  g_autoptr(JsonNode) node = ballast_json_parse (json, -1, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastHierarchy) tree = ballast_hierarchy_new_from_any_json (node, &error);

  g_assert_no_error (error);
  assert_tree (tree, TRUE, expected);
}

static void
test_shapes (void)
{
  assert_reads ("{\"waste\": {\"dry\": [\"paper\", \"card\"], \"glass\": null}}",
                "waste(dry(paper card) glass)");
  assert_reads ("{\"animal\": {\"dog\": {}, \"cat\": {}}, \"tool\": [\"saw\", \"axe\"], \"x\": []}",
                "all(animal(dog cat) tool(saw axe) x)");
  assert_reads ("{\"name\": \"w\", \"children\": [{\"name\": \"a\"}, {\"name\": \"g\", \"children\":"
                "[{\"class\": \"b\"}, \"c\"]}]}", "w(a g(b c))");
  assert_reads ("{\"nodes\": [{\"name\": \"w\", \"parent\": null}, {\"name\": \"a\", \"parent\": \"w\"},"
                "{\"name\": \"g\", \"parent\": \"w\"}, {\"name\": \"b\", \"parent\": \"g\"},"
                "{\"name\": \"c\", \"parent\": \"g\"}]}", "w(a g(b c))");
  assert_reads ("{\"tree\": {\"nodes\": [{\"id\": 7, \"group\": \"w\"}, {\"id\": 8, \"parent\": 7,"
                "\"class\": \"a\"}, {\"id\": 9, \"parent\": 7, \"class\": \"b\"}]}}", "w(a b)");
}

static void
test_bad_shapes (void)
{
  static const char *const texts[] = {
    "[]", "{}", "3", "{\"a\": 3}", "{\"nodes\": []}", "{\"nodes\": [{}]}",
    "{\"nodes\": [{\"group\": \"w\"}]}",
    "{\"nodes\": [{\"id\": 1, \"group\": \"w\"}, {\"id\": 1, \"parent\": 1, \"class\": \"a\"}]}",
    "{\"nodes\": [{\"id\": 1, \"group\": \"w\"}, {\"id\": 2, \"parent\": 3, \"class\": \"a\"}]}",
    "{\"nodes\": [{\"id\": 1, \"group\": \"w\"}, {\"id\": 2, \"parent\": 1, \"class\": \"a\"},"
    " {\"id\": 3, \"parent\": 1, \"class\": \"a\"}]}",
    "{\"nodes\": [{\"id\": 1, \"class\": \"w\", \"group\": \"w\"}]}",
    "{\"nodes\": [{\"name\": \"a\", \"parent\": \"b\"}, {\"name\": \"b\", \"parent\": \"a\"}]}",
    "{\"nodes\": [{\"name\": \"a\", \"parent\": \"a\"}, {\"name\": \"c\", \"parent\": \"a\"}]}",
    "{\"a\": [\"x\"], \"b\": [\"x\"]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonNode) node = ballast_json_parse (texts[i], -1, NULL);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (ballast_hierarchy_new_from_any_json (node, &error));
      g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
    }
}

static void
assert_rows (const char *table,
             const char *expected)
{
  g_auto(GStrv) lines = g_strsplit (table, "\n", -1);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr(BallastHierarchy) tree = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], ",", -1));
  tree = ballast_hierarchy_new_from_rows ((const char *const *const *) rows->pdata, rows->len,
                                          &error);
  if (expected == NULL)
    {
      g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
      return;
    }
  g_assert_no_error (error);
  assert_tree (tree, TRUE, expected);
}

static void
test_rows (void)
{
  assert_rows ("dry,paper\ndry,card\nglass,", "all(dry(paper card) glass)");
  assert_rows ("level_1,level_2\ndry,paper\ndry,card\nglass,\ndry,paper",
               "all(dry(paper card) glass)");
  assert_rows ("class,level_1,level_2\npaper,dry,paper\ncard,dry,card\nglass,glass,",
               "all(dry(paper card) glass)");
  assert_rows ("a,x\nb,x", NULL);
  assert_rows (",\n,", NULL);
}

static void
test_rows_round_trip (void)
{
  g_autoptr(BallastHierarchy) tree = suggest ("huffman", "a=9,b=8,c=7,d=6,e=5,f=40");
  g_autoptr(GPtrArray) rows = ballast_hierarchy_dup_rows (tree);
  g_autoptr(BallastHierarchy) back = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  back = ballast_hierarchy_new_from_rows ((const char *const *const *) rows->pdata, rows->len, NULL);
  write_node (tree->root, text, TRUE);
  assert_tree (back, TRUE, text->str);
}

static void
test_thousand (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%sc%u=%d", i > 0 ? "," : "", i,
                            g_test_rand_int_range (0, 1 << g_test_rand_int_range (1, 24)));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(BallastHierarchy) tree = suggest (ballast_hierarchy_suggestion_get (i)->name,
                                                   text->str);
      g_autoptr(JsonNode) json = ballast_hierarchy_to_json (tree);
      g_autoptr(BallastHierarchy) back = ballast_hierarchy_from_json (json, NULL);

      g_assert_true (ballast_hierarchy_equal (tree, back));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/balance/hierarchy-read/shapes", test_shapes);
  g_test_add_func ("/balance/hierarchy-read/bad-shapes", test_bad_shapes);
  g_test_add_func ("/balance/hierarchy-read/rows", test_rows);
  g_test_add_func ("/balance/hierarchy-read/rows-round-trip", test_rows_round_trip);
  g_test_add_func ("/balance/hierarchy-read/thousand", test_thousand);

  return g_test_run ();
}
