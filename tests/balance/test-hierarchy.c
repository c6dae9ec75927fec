#include "ballast-balance-error.h"
#include "ballast-hierarchy-dataset.h"
#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-figures.h"
#include "ballast-hierarchy-partition.h"
#include "ballast-hierarchy-read.h"
#include "ballast-hierarchy-suggest.h"
#include "ballast-json.h"
#include "fixture.h"

static void
write_node (const BallastHierarchyNode *node,
            GString                    *text,
            gboolean                    with_names)
{
  if (node->is_class)
    {
      g_string_append (text, node->name);
      return;
    }

  if (with_names)
    g_string_append (text, node->name);
  g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      write_node (g_ptr_array_index (node->children, i), text, with_names);
    }
  g_string_append_c (text, ')');
}

/* "(a (b c))", or with the names of groups "all(a g(b c))". */
#define assert_tree(tree, names, expected)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                              \
    g_autoptr(GString) text_ = g_string_new (NULL);                                              \
    write_node ((tree)->root, text_, names);                                                     \
    g_assert_cmpstr (text_->str, ==, expected);                                                  \
  }                                                                                              \
  G_STMT_END

/* A tree from its text: "all(a g(b c))". */
static BallastHierarchy *
parse (const char *text)
{
  g_autoptr(GString) word = g_string_new (NULL);
  BallastHierarchy *tree = NULL;
  BallastHierarchyNode *at = NULL;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p != '(' && *p != ' ' && *p != ')')
        {
          g_string_append_c (word, *p);
          continue;
        }
      if (*p == '(' && tree == NULL)
        {
          tree = ballast_hierarchy_new (word->str);
          at = tree->root;
        }
      else if (*p == '(')
        at = ballast_hierarchy_add_group (tree, at, word->str);
      else if (word->len > 0)
        ballast_hierarchy_add_class (tree, at, word->str);
      if (*p == ')')
        at = at->parent;
      g_string_truncate (word, 0);
    }
  return tree;
}

static BallastHierarchy *
suggest (const char *name,
         const char *classes)
{
  g_autoptr(BallastTally) tally = fixture_tally (classes);
  g_autofree guint64 *counts = ballast_unit_dup_counts (BALLAST_UNIT_IMAGES, tally, 0);
  g_autofree const char **names = g_new0 (const char *, tally->n_classes + 1);
  BallastHierarchyInput input = { .names = names, .counts = counts, .n = tally->n_classes };
  g_autoptr(GError) error = NULL;
  BallastHierarchy *tree;

  for (guint i = 0; i < tally->n_classes; i++)
    names[i] = tally->classes[i].name;
  tree = ballast_hierarchy_suggest (ballast_hierarchy_suggestion_find (name), &input, &error);
  g_assert_no_error (error);
  return tree;
}

static BallastHierarchyFigures *
measure (const BallastHierarchy *tree)
{
  return ballast_hierarchy_figures_new (tree, fixture_names, fixture_base, 4);
}

/* What methods.md says of each tree on BASE. */
static void
assert_vector (const char  *name,
               const char  *expected,
               const double ratios[3],
               const double others[3])
{
  g_autoptr(BallastHierarchy) tree = suggest (name, FIXTURE_BASE);
  g_autoptr(BallastHierarchyFigures) figures = measure (tree);
  guint group = 0;

  assert_tree (tree, FALSE, expected);
  for (guint i = 0; i < figures->n; i++)
    if (!figures->nodes[i].node->is_class)
      {
        assert_near (figures->nodes[i].ratio, ratios[group], 1e-9);
        group++;
      }
  assert_near (figures->mean_depth, others[0], 1e-9);
  assert_near (figures->micro, others[1], 1e-6);
  assert_near (figures->macro, others[2], 1e-6);
  assert_near (figures->flat_ratio, 20, 1e-9);
}

static void
test_vectors (void)
{
  assert_vector ("huffman", "(stop (yield (speed no-entry)))", (const double[]){ 4, 1, 1.5 },
                 (const double[]){ 1.3, 0.935987, 0.891812 });
  assert_vector ("data-balanced", "(stop (yield (speed no-entry)))", (const double[]){ 4, 1, 1.5 },
                 (const double[]){ 1.3, 0.935987, 0.891812 });
  assert_vector ("balanced", "((stop yield) (speed no-entry))", (const double[]){ 9, 8, 1.5 },
                 (const double[]){ 2, 0.9025, 0.9025 });
}

static void
test_one_vs_rest (void)
{
  g_autoptr(BallastHierarchy) tree = suggest ("one-vs-rest", FIXTURE_BASE);
  g_autoptr(BallastHierarchyFigures) figures = measure (tree);

  assert_tree (tree, FALSE, "(stop yield speed no-entry)");
  assert_near (figures->nodes[0].ratio, 24, 1e-9);
  assert_near (figures->mean_depth, 1, 1e-9);
  g_assert_cmpuint (figures->n_datasets, ==, 4);
  g_assert_cmpuint (figures->n_binary, ==, 4);
}

/* Σ p d of Huffman's tree is least of all, and the greatest depth of halves. */
static void
test_optimal (void)
{
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      guint n = (guint) g_test_rand_int_range (2, 40);
      g_autofree guint64 *counts = g_new0 (guint64, n);
      g_auto(GStrv) names = g_new0 (char *, n + 1);
      double mean[3];
      guint depth[3];
      const char *kinds[] = { "huffman", "balanced", "data-balanced" };

      for (guint i = 0; i < n; i++)
        {
          counts[i] = (guint64) g_test_rand_int_range (i == 0, 1 << g_test_rand_int_range (1, 20));
          names[i] = g_strdup_printf ("c%c%c", 'a' + (int) (i / 26), 'a' + (int) (i % 26));
          g_string_append_printf (text, "%s%s=%" G_GUINT64_FORMAT, i > 0 ? "," : "", names[i],
                                  counts[i]);
        }
      for (guint k = 0; k < 3; k++)
        {
          g_autoptr(BallastHierarchy) tree = suggest (kinds[k], text->str);
          g_autoptr(BallastHierarchyFigures) figures = NULL;

          figures = ballast_hierarchy_figures_new (tree, (const char *const *) names, counts, n);
          g_assert_cmpuint (figures->n_classes, ==, n);
          g_assert_cmpuint (figures->n_groups, ==, n - 1);
          mean[k] = figures->mean_depth;
          depth[k] = figures->nodes[figures->deepest].depth;
        }
      g_assert_cmpfloat (mean[0], <=, mean[1] + 1e-9);
      g_assert_cmpfloat (mean[0], <=, mean[2] + 1e-9);
      g_assert_cmpuint (depth[1], <=, MIN (depth[0], depth[2]));
      g_assert_cmpuint (1U << depth[1], <, 2 * n + (n == 1));
    }
}

static void
test_partition (void)
{
  for (guint round = 0; round < 200; round++)
    {
      guint n = (guint) g_test_rand_int_range (2, 60);
      g_autofree guint64 *counts = g_new0 (guint64, n);
      g_autofree gboolean *side = g_new0 (gboolean, n);
      guint64 sums[2] = { 0 }, largest = 0;
      guint members[2] = { 0 };

      for (guint i = 0; i < n; i++)
        {
          counts[i] = (guint64) g_test_rand_int_range (0, 1000);
          largest = MAX (largest, counts[i]);
        }
      ballast_hierarchy_partition (counts, n, side);
      g_assert_false (side[0]);
      for (guint i = 0; i < n; i++)
        {
          sums[side[i]] += counts[i];
          members[side[i]]++;
        }
      g_assert_cmpuint (members[0], >, 0);
      g_assert_cmpuint (members[1], >, 0);
      g_assert_cmpuint (MAX (sums[0], sums[1]) - MIN (sums[0], sums[1]), <=, largest);
    }
}

/* The guard: the last and largest class alone, not all classes on one side. */
static void
test_partition_guard (void)
{
  const guint64 counts[] = { 40, 60, 100, 800 };
  gboolean side[4];

  ballast_hierarchy_partition (counts, 4, side);
  g_assert_true (!side[0] && !side[1] && !side[2] && side[3]);
}

static void
test_names (void)
{
  g_autoptr(BallastHierarchy) signs =
    suggest ("names", "turn-left=1,turn-right=2,stop=3,speedLimit30=4,speedLimit50=5");
  g_autoptr(BallastHierarchy) chess =
    suggest ("names", "black-king=1,white-king=1,black-pawn=1,white-pawn=1,black-rook=1,white-rook=1");
  g_autoptr(BallastHierarchy) nested =
    suggest ("names", "car red small=1,car red big=1,car blue=1,bus=1");

  assert_tree (signs, TRUE,
               "all(turn(turn-left turn-right) stop speed(speedLimit30 speedLimit50))");
  assert_tree (chess, TRUE,
               "all(black(black-king black-pawn black-rook) white(white-king white-pawn white-rook))");
  assert_tree (nested, TRUE, "all(car(car red(car red small car red big) car blue) bus)");
}

static void
test_folders (void)
{
  g_autoptr(BallastHierarchy) tree =
    suggest ("folders", "animal/dog/pug=1,animal/dog/husky=1,animal/cat=1,car=1,tool/saw=1");

  assert_tree (tree, TRUE,
               "all(animal(dog(animal/dog/pug animal/dog/husky) animal/cat) car tool/saw)");
}

static void
test_categories (void)
{
  const char *const names[] = { "person", "car", "bus", "cat" };
  const char *const categories[] = { "person", "vehicle", "vehicle", NULL };
  const guint64 counts[] = { 1, 2, 3, 4 };
  BallastHierarchyInput input = { "coco", names, counts, categories, 4 };
  g_autoptr(BallastHierarchy) tree = NULL;
  g_autoptr(GError) error = NULL;

  tree = ballast_hierarchy_suggest (ballast_hierarchy_suggestion_find ("categories"), &input, NULL);
  assert_tree (tree, TRUE, "coco(person vehicle(car bus) cat)");

  input.categories = NULL;
  g_assert_null (ballast_hierarchy_suggest (ballast_hierarchy_suggestion_find ("categories"), &input,
                                            &error));
  g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_EMPTY);
}

static guint
id_of (const BallastHierarchy *tree,
       const char             *name)
{
  return ballast_hierarchy_find_name (tree, name)->id;
}

/* The ids of "a,b". */
static guint
ids_of (const BallastHierarchy *tree,
        const char             *names,
        guint                   ids[8])
{
  g_auto(GStrv) parts = g_strsplit (names, ",", -1);
  guint n = 0;

  for (; parts[n] != NULL; n++)
    ids[n] = id_of (tree, parts[n]);
  return n;
}

#define EDIT(before, members, after, call)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                              \
    g_autoptr(BallastHierarchy) tree = parse (before);                                           \
    g_autoptr(GError) error = NULL;                                                              \
    guint ids[8] = { 0 };                                                                        \
    G_GNUC_UNUSED guint n = ids_of (tree, members, ids);                                         \
    g_assert_true (call);                                                                        \
    g_assert_no_error (error);                                                                   \
    assert_tree (tree, TRUE, after);                                                             \
  }                                                                                              \
  G_STMT_END

static void
test_edits (void)
{
  EDIT ("all(a b c)", "a,c", "all(g(a c) b)",
        ballast_hierarchy_group (tree, ids, n, "g", NULL, &error));
  EDIT ("all(a b c)", "b,c", "all(a b, c(b c))",
        ballast_hierarchy_group (tree, ids, n, NULL, NULL, &error));
  EDIT ("all(a g(b c) d)", "g,d", "all(a b +2(g(b c) d))",
        ballast_hierarchy_group (tree, ids, n, NULL, NULL, &error));
  EDIT ("all(a g(b c))", "g", "all(a b c)", ballast_hierarchy_ungroup (tree, ids[0], &error));
  EDIT ("all(x(a y(b c)) g(d e))", "all", "all(a b c d e)",
        ballast_hierarchy_ungroup (tree, ids[0], &error));
  EDIT ("all(a g(b c))", "g", "all(a h(b c))",
        ballast_hierarchy_rename (tree, ids[0], "h", &error));
  EDIT ("all(a g(b c))", "a", "all(b a c)",
        ballast_hierarchy_move (tree, ids, n, id_of (tree, "g"), 1, &error));
  EDIT ("all(a b c d)", "a,c", "all(b a c d)",
        ballast_hierarchy_move (tree, ids, n, id_of (tree, "all"), 3, &error));
  EDIT ("all(a g(b c d) e)", "d", "all(d a g(b c) e)",
        ballast_hierarchy_move (tree, ids, n, id_of (tree, "all"), 0, &error));
  EDIT ("all(a g(b c) e)", "c", "all(a b e c)",
        ballast_hierarchy_move (tree, ids, n, id_of (tree, "all"), -1, &error));
  EDIT ("all(a g(b c) d)", "g", "all(a d)", ballast_hierarchy_remove (tree, ids, n, &error));
  EDIT ("all(a g(b c) d)", "b", "all(a c d)", ballast_hierarchy_remove (tree, ids, n, &error));
  EDIT ("all(g(b c) h(d e))", "b,g", "all(d e)", ballast_hierarchy_remove (tree, ids, n, &error));
  EDIT ("all(a g(b c))", "g", "all(a g(x b c))",
        ballast_hierarchy_insert_classes (tree, (const char *const[]){ "x", NULL }, ids[0], 0,
                                          &error));
}

#define REFUSE(before, members, call)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                              \
    g_autoptr(BallastHierarchy) tree = parse (before);                                           \
    g_autoptr(GError) error = NULL;                                                              \
    guint ids[8] = { 0 };                                                                        \
    G_GNUC_UNUSED guint n = ids_of (tree, members, ids);                                         \
    g_assert_false (call);                                                                       \
    g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);                \
    assert_tree (tree, TRUE, before);                                                            \
  }                                                                                              \
  G_STMT_END

static void
test_refusals (void)
{
  const guint unknown[] = { 99 };

  REFUSE ("all(a b)", "a", ballast_hierarchy_group (tree, ids, n, "g", NULL, &error));
  REFUSE ("all(a b)", "all", ballast_hierarchy_group (tree, ids, n, "g", NULL, &error));
  REFUSE ("all(a b c)", "a,b", ballast_hierarchy_group (tree, ids, n, "c", NULL, &error));
  REFUSE ("all(a b c)", "a,b", ballast_hierarchy_group (tree, ids, n, "", NULL, &error));
  REFUSE ("all(a b c)", "a,b", ballast_hierarchy_group (tree, ids, n, "x\ny", NULL, &error));
  REFUSE ("all(a g(b h(c d)))", "g",
          ballast_hierarchy_move (tree, ids, n, id_of (tree, "h"), -1, &error));
  REFUSE ("all(a b)", "a", ballast_hierarchy_move (tree, ids, n, id_of (tree, "b"), -1, &error));
  REFUSE ("all(a b)", "a", ballast_hierarchy_remove (tree, unknown, 1, &error));
  REFUSE ("all(a b)", "a", ballast_hierarchy_remove (tree, ids, 0, &error));
  REFUSE ("all(a b)", "a", ballast_hierarchy_rename (tree, ids[0], "x", &error));
  REFUSE ("all(a b)", "all", ballast_hierarchy_rename (tree, ids[0], "a", &error));
  REFUSE ("all(a b)", "a", ballast_hierarchy_ungroup (tree, ids[0], &error));
  REFUSE ("all(a b)", "all", ballast_hierarchy_set_accuracy (tree, ids[0], 1.5, &error));
  REFUSE ("all(a b)", "all", ballast_hierarchy_set_accuracy (tree, 0, -1, &error));
  REFUSE ("all(a b)", "all",
          ballast_hierarchy_insert_classes (tree, (const char *const[]){ "a", NULL }, ids[0], 0,
                                            &error));
}

static void
test_too_deep (void)
{
  g_autoptr(BallastHierarchy) tree = ballast_hierarchy_new (NULL);
  BallastHierarchyNode *parent = tree->root;
  g_autoptr(GError) error = NULL;
  guint ids[2];

  for (guint i = 0; i < BALLAST_HIERARCHY_MAX_DEPTH; i++)
    {
      g_autofree char *name = g_strdup_printf ("class %u", i);

      ballast_hierarchy_add_class (tree, parent, name);
      if (i + 1 < BALLAST_HIERARCHY_MAX_DEPTH)
        parent = ballast_hierarchy_add_group (tree, parent, "g");
    }
  ids[0] = ballast_hierarchy_add_class (tree, parent, "x")->id;
  ids[1] = ballast_hierarchy_add_class (tree, parent, "y")->id;
  ballast_hierarchy_tidy (tree);
  g_assert_false (ballast_hierarchy_group (tree, ids, 2, NULL, NULL, &error));
  g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
}

/* Any edits in any order leave a tree that keeps the rules. */
static void
test_random_edits (void)
{
  g_autoptr(BallastHierarchy) tree = suggest ("huffman", "a=9,b=8,c=7,d=6,e=5,f=4,g=3,h=2,i=1,j=1");

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(GPtrArray) nodes = ballast_hierarchy_list_nodes (tree);
      g_autoptr(BallastHierarchy) copy = NULL;
      g_autoptr(JsonNode) json = NULL;
      guint ids[3];

      for (guint i = 0; i < 3; i++)
        ids[i] = ((BallastHierarchyNode *) g_ptr_array_index (
                    nodes, (guint) g_test_rand_int_range (0, (int) nodes->len)))->id;
      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          ballast_hierarchy_group (tree, ids, 3, NULL, NULL, NULL);
          break;
        case 1:
          ballast_hierarchy_ungroup (tree, ids[0] == 1 ? ids[1] : ids[0], NULL);
          break;
        default:
          ballast_hierarchy_move (tree, ids, 2, ids[2], g_test_rand_int_range (-1, 4), NULL);
          break;
        }
      json = ballast_hierarchy_to_json (tree);
      copy = ballast_hierarchy_from_json (json, NULL);
      g_assert_nonnull (copy);
      g_assert_true (ballast_hierarchy_equal (tree, copy));
      g_assert_cmpuint (copy->next_id, ==, tree->next_id);
    }
  for (char letter = 'a'; letter <= 'j'; letter++)
    g_assert_nonnull (ballast_hierarchy_find_name (tree, (const char[]){ letter, '\0' }));
}

static void
test_classes_change (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(a g(b c) d)");
  const char *const kept[] = { "a", "c", "g" };

  ballast_hierarchy_rename_class (tree, "b", "g");
  assert_tree (tree, TRUE, "all(a g 2(g c) d)");
  ballast_hierarchy_keep_classes (tree, kept, 2);
  assert_tree (tree, TRUE, "all(a c)");
}

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
test_accuracies (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(BallastHierarchyFigures) figures = NULL;

  g_assert_true (ballast_hierarchy_set_accuracy (tree, 0, 0.9, NULL));
  g_assert_true (ballast_hierarchy_set_accuracy (tree, id_of (tree, "h"), 0.5, NULL));
  figures = measure (tree);
  assert_near (figures->macro, (0.9 + 0.81 + 2 * 0.405) / 4, 1e-12);
  assert_near (figures->micro, (800 * 0.9 + 100 * 0.81 + 100 * 0.405) / 1000, 1e-12);
  g_assert_cmpstr (figures->nodes[figures->least_accurate].node->name, ==, "no-entry");
  g_assert_cmpstr (figures->nodes[figures->worst].node->name, ==, "all");
  assert_near (figures->nodes[0].majority_share, 0.8, 1e-12);
}

static void
test_empty_classes (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(x y))");
  g_autoptr(BallastHierarchyFigures) figures = measure (tree);
  g_autoptr(BallastHierarchy) none = ballast_hierarchy_new (NULL);
  g_autoptr(BallastHierarchyFigures) of_none = measure (none);

  assert_near (figures->nodes[0].ratio, 1, 1e-12);
  g_assert_cmpuint (figures->nodes[0].empty_children, ==, 1);
  assert_near (figures->nodes[ballast_hierarchy_figures_find (figures, id_of (tree, "g"))].ratio, 0,
               1e-12);
  g_assert_cmpuint (of_none->n, ==, 0);
  g_assert_cmpint (of_none->worst, ==, -1);
}

static void
test_node_plan (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(BallastTally) tally = fixture_tally (FIXTURE_BASE);
  g_autoptr(BallastTally) own = ballast_hierarchy_dup_tally (tree->root, tally);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL;
  g_autoptr(BallastWeights) weights = NULL;
  BallastWeightOptions options;

  g_assert_cmpuint (own->n_classes, ==, 2);
  g_assert_cmpuint (own->classes[1].total.images, ==, 200);
  ballast_balance_settings_init (&settings);
  ballast_balance_settings_set_override (&settings, "yield", 1);
  plan = ballast_hierarchy_dup_plan (tree->root, own, &settings);
  g_assert_cmpuint (plan->classes[1].after, ==, 800);
  g_assert_null (plan->settings.overrides == NULL || plan->settings.overrides->len == 0
                   ? NULL : plan->settings.overrides);

  ballast_weight_options_init (&options);
  weights = ballast_hierarchy_dup_weights (plan, own, &options);
  assert_near (weights->classes[0].weight, 1, 1e-12);
  ballast_weights_free (g_steal_pointer (&weights));
  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  weights = ballast_hierarchy_dup_weights (plan, own, &options);
  assert_near (weights->classes[0].weight, 0.625, 1e-12);
  assert_near (weights->classes[1].weight, 2.5, 1e-12);
}

/* A group of all that the root has is the root. */
static void
test_group_whole (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop yield speed)");
  guint ids[3], made = 0;

  for (guint i = 0; i < 3; i++)
    ids[i] = ((BallastHierarchyNode *) tree->root->children->pdata[i])->id;
  g_assert_true (ballast_hierarchy_group (tree, ids, 3, NULL, &made, NULL));
  g_assert_cmpuint (made, ==, tree->root->id);
  g_assert_cmpuint (tree->root->children->len, ==, 3);
  g_assert_nonnull (ballast_hierarchy_find (tree, made));
}

static void
test_datasets (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  const BallastHierarchyDataset *root = g_ptr_array_index (datasets, 0);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL;
  g_autofree guint64 *after = NULL;

  g_assert_cmpuint (datasets->len, ==, 3);
  g_assert_cmpstrv (root->labels, ((const char *const[]){ "stop", "g", NULL }));
  g_assert_cmpint (ballast_hierarchy_dataset_find_pool (root, "speed"), ==, 2);
  g_assert_cmpuint (root->labels_of_pools[2], ==, 1);
  g_assert_cmpint (ballast_hierarchy_dataset_find_pool (g_ptr_array_index (datasets, 2), "stop"), ==,
                   -1);
  ballast_balance_settings_init (&settings);
  plan = ballast_hierarchy_dataset_dup_plan (root, fixture_base, &settings);
  after = ballast_hierarchy_dataset_dup_counts (root, plan, TRUE);
  g_assert_cmpuint (after[0], ==, 800);
  g_assert_cmpuint (after[1], ==, 800);
}

/* One-vs-rest on BASE: positives n_c, as many negatives, equally of the other classes. */
static void
test_dataset_one_vs_rest (void)
{
  g_autoptr(BallastHierarchy) tree = suggest ("one-vs-rest", FIXTURE_BASE);
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  const BallastHierarchyDataset *of_yield = g_ptr_array_index (datasets, 1);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL, over = NULL;
  g_autoptr(BallastWeights) weights = NULL;
  BallastWeightOptions options;
  const guint64 expected[] = { 34, 100, 33, 33 };

  g_assert_cmpuint (datasets->len, ==, 4);
  g_assert_cmpstrv (of_yield->labels, ((const char *const[]){ "not yield", "yield", NULL }));
  ballast_balance_settings_init (&settings);
  settings.strategy = BALLAST_STRATEGY_UNDERSAMPLE;
  settings.target.kind = BALLAST_TARGET_MIN;
  plan = ballast_hierarchy_dataset_dup_plan (of_yield, fixture_base, &settings);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (plan->classes[i].images_after, ==, expected[i]);

  settings.strategy = BALLAST_STRATEGY_OVERSAMPLE;
  settings.target.kind = BALLAST_TARGET_MAX;
  over = ballast_hierarchy_dataset_dup_plan (of_yield, fixture_base, &settings);
  /* At most 10 times: a thousand of yield, and the others as even as a thousand allows. */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (over->classes[i].images_after, ==, ((const guint64[]){ 800, 1000, 120, 80 })[i]);
  ballast_weight_options_init (&options);
  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  weights = ballast_hierarchy_dataset_dup_weights (of_yield, over, &options);
  assert_near (weights->classes[1].weight, 5, 1e-9);
}

/* Equal wishes: shares differ by one at most, but where a bound holds them. */
static void
test_share_out (void)
{
  for (guint round = 0; round < 300; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 12);
      guint64 least[12] = { 0 }, most[12], all = 0, sum = 0;
      guint64 total = (guint64) g_test_rand_int_range (0, 4000);
      double wishes[12];
      g_autofree guint64 *shares = NULL;

      for (guint i = 0; i < n; i++)
        {
          wishes[i] = 1;
          all += most[i] = (guint64) g_test_rand_int_range (0, 500);
        }
      shares = ballast_hierarchy_share_out (wishes, least, most, n, total);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (shares[i], <=, most[i]);
          sum += shares[i];
          for (guint j = 0; j < n; j++)
            g_assert_true (shares[i] <= shares[j] + 1 || shares[j] == most[j]);
        }
      g_assert_cmpuint (sum, ==, MIN (total, all));
    }
}

/* Wishes in proportion, and bounds that hold some of them. */
static void
test_share_out_wishes (void)
{
  const double wishes[] = { 800, 600, 400 };
  const guint64 least[] = { 800, 60, 40 }, none[] = { 0, 0, 0 };
  const guint64 most[] = { 8000, 600, 400 }, endless[] = { G_MAXINT64, G_MAXINT64, G_MAXINT64 };
  g_autofree guint64 *held = ballast_hierarchy_share_out (wishes, least, most, 3, 1000);
  g_autofree guint64 *free = ballast_hierarchy_share_out (wishes, none, endless, 3, 9);
  g_autofree guint64 *huge = ballast_hierarchy_share_out (wishes, none, endless, 3, 18000000000000);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (held[i], ==, ((const guint64[]){ 800, 120, 80 })[i]);
      g_assert_cmpuint (free[i], ==, ((const guint64[]){ 4, 3, 2 })[i]);
      g_assert_cmpuint (huge[i], ==, (guint64) (wishes[i] * 1e10));
    }
}

/*
 * Whatever the tree, counts and settings: labels end as even as planned by themselves or more so,
 * nothing appears more often than allowed, oversampling leaves none out.
 */
static void
test_dataset_inside (void)
{
  static const BallastStrategy strategies[] = { BALLAST_STRATEGY_OVERSAMPLE, BALLAST_STRATEGY_UNDERSAMPLE,
                                                BALLAST_STRATEGY_BOTH, BALLAST_STRATEGY_NONE,
                                                BALLAST_STRATEGY_REPEAT_FACTOR };
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  const BallastHierarchyDataset *root = g_ptr_array_index (datasets, 0);

  for (guint round = 0; round < 400; round++)
    {
      g_auto(BallastBalanceSettings) settings = { 0 };
      g_autoptr(BallastPlan) plan = NULL;
      g_autofree guint64 *labels = NULL;
      guint64 counts[4];

      ballast_balance_settings_init (&settings);
      settings.strategy = strategies[round % G_N_ELEMENTS (strategies)];
      settings.target.kind = (BallastTargetKind) g_test_rand_int_range (0, BALLAST_TARGET_POWER + 1);
      settings.target.value = g_test_rand_double_range (0, 1) *
                              (settings.target.kind == BALLAST_TARGET_NUMBER ? 500 : 1);
      settings.max_repeats = (guint) g_test_rand_int_range (0, 12);
      for (guint i = 0; i < 4; i++)
        counts[i] = (guint64) g_test_rand_int_range (0, 1 << g_test_rand_int_range (1, 10));
      plan = ballast_hierarchy_dataset_dup_plan (root, counts, &settings);
      for (guint i = 0; i < 4; i++)
        {
          const BallastPlanClass *class = &plan->classes[i];

          g_assert_true (counts[i] > 0 || class->images_after == 0);
          if (settings.max_repeats > 0)
            g_assert_cmpuint (class->images_after, <=, counts[i] * settings.max_repeats);
          if (settings.strategy == BALLAST_STRATEGY_OVERSAMPLE)
            g_assert_cmpuint (class->images_after, >=, counts[i]);
          if (settings.strategy == BALLAST_STRATEGY_UNDERSAMPLE || settings.strategy == BALLAST_STRATEGY_NONE)
            g_assert_cmpuint (class->images_after, <=, counts[i]);
        }
      labels = ballast_hierarchy_dataset_dup_counts (root, plan, TRUE);
      if (settings.strategy == BALLAST_STRATEGY_OVERSAMPLE && settings.target.kind == BALLAST_TARGET_MAX &&
          settings.max_repeats == 0 && counts[0] > 0 && counts[1] + counts[2] + counts[3] > 0)
        g_assert_cmpuint (labels[0], ==, labels[1]);
    }
}

/* Without a cap the largest class is the measure: every class of a label has as many as the others. */
static void
test_dataset_even (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL, number = NULL, labels = NULL;
  g_autoptr(BallastTally) tally = fixture_tally ("stop=100,yield=800,speed=60,no-entry=40");

  ballast_balance_settings_init (&settings);
  settings.max_repeats = 0;
  plan = ballast_hierarchy_dataset_dup_plan (g_ptr_array_index (datasets, 0),
                                             (const guint64[]){ 100, 800, 60, 40 }, &settings);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (plan->classes[i].images_after, ==, i == 0 ? 2400 : 800);
  labels = ballast_hierarchy_dup_label_plan (tree->root, tally, &settings);
  g_assert_cmpuint (labels->classes[0].after, ==, 2400);
  g_assert_cmpuint (labels->classes[1].after, ==, 2400);

  settings.strategy = BALLAST_STRATEGY_BOTH;
  settings.target = (BallastTarget){ BALLAST_TARGET_NUMBER, 300 };
  number = ballast_hierarchy_dataset_dup_plan (g_ptr_array_index (datasets, 0),
                                               (const guint64[]){ 100, 800, 60, 40 }, &settings);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (number->classes[i].images_after, ==, i == 0 ? 300 : 100);
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

  g_test_add_func ("/balance/hierarchy/vectors", test_vectors);
  g_test_add_func ("/balance/hierarchy/one-vs-rest", test_one_vs_rest);
  g_test_add_func ("/balance/hierarchy/optimal", test_optimal);
  g_test_add_func ("/balance/hierarchy/partition", test_partition);
  g_test_add_func ("/balance/hierarchy/partition-guard", test_partition_guard);
  g_test_add_func ("/balance/hierarchy/names", test_names);
  g_test_add_func ("/balance/hierarchy/folders", test_folders);
  g_test_add_func ("/balance/hierarchy/categories", test_categories);
  g_test_add_func ("/balance/hierarchy/edits", test_edits);
  g_test_add_func ("/balance/hierarchy/refusals", test_refusals);
  g_test_add_func ("/balance/hierarchy/too-deep", test_too_deep);
  g_test_add_func ("/balance/hierarchy/random-edits", test_random_edits);
  g_test_add_func ("/balance/hierarchy/classes-change", test_classes_change);
  g_test_add_func ("/balance/hierarchy/shapes", test_shapes);
  g_test_add_func ("/balance/hierarchy/bad-shapes", test_bad_shapes);
  g_test_add_func ("/balance/hierarchy/rows", test_rows);
  g_test_add_func ("/balance/hierarchy/rows-round-trip", test_rows_round_trip);
  g_test_add_func ("/balance/hierarchy/accuracies", test_accuracies);
  g_test_add_func ("/balance/hierarchy/empty-classes", test_empty_classes);
  g_test_add_func ("/balance/hierarchy/node-plan", test_node_plan);
  g_test_add_func ("/balance/hierarchy/group-whole", test_group_whole);
  g_test_add_func ("/balance/hierarchy/datasets", test_datasets);
  g_test_add_func ("/balance/hierarchy/dataset-one-vs-rest", test_dataset_one_vs_rest);
  g_test_add_func ("/balance/hierarchy/share-out", test_share_out);
  g_test_add_func ("/balance/hierarchy/share-out-wishes", test_share_out_wishes);
  g_test_add_func ("/balance/hierarchy/dataset-inside", test_dataset_inside);
  g_test_add_func ("/balance/hierarchy/dataset-even", test_dataset_even);
  g_test_add_func ("/balance/hierarchy/thousand", test_thousand);

  return g_test_run ();
}
