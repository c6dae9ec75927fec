/* Edits of a tree: what they do, what they refuse, and that any order of them keeps the rules. */
#include "ballast-balance-error.h"
#include "ballast-hierarchy-read.h"
#include "hierarchy-fixture.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/balance/hierarchy-edit/edits", test_edits);
  g_test_add_func ("/balance/hierarchy-edit/refusals", test_refusals);
  g_test_add_func ("/balance/hierarchy-edit/too-deep", test_too_deep);
  g_test_add_func ("/balance/hierarchy-edit/random-edits", test_random_edits);
  g_test_add_func ("/balance/hierarchy-edit/classes-change", test_classes_change);
  g_test_add_func ("/balance/hierarchy-edit/group-whole", test_group_whole);

  return g_test_run ();
}
