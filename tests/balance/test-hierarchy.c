/* Suggested trees, and the figures of a tree. */
#include "ballast-balance-error.h"
#include "ballast-hierarchy-partition.h"
#include "hierarchy-fixture.h"

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
  g_test_add_func ("/balance/hierarchy/accuracies", test_accuracies);
  g_test_add_func ("/balance/hierarchy/empty-classes", test_empty_classes);

  return g_test_run ();
}
