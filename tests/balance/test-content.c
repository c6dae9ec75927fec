#include <math.h>
#include <string.h>

#include "ballast-cluster-order.h"
#include "ballast-content-statistics.h"
#include "ballast-random.h"

#define assert_near(a, b, e) g_assert_cmpfloat_with_epsilon (a, b, e)

/* Counts of "2,0,1": labels of each class, without boxes. */
static void
add_image (BallastContentStatistics *self,
           const guint              *counts)
{
  g_autoptr(GArray) labels = g_array_new (FALSE, TRUE, sizeof (BallastContentLabel));

  for (guint i = 0; i < self->n_classes; i++)
    for (guint j = 0; j < counts[i]; j++)
      {
        BallastContentLabel label = { .class_index = i };

        g_array_append_val (labels, label);
      }
  ballast_content_statistics_add (self, 0, 0, (const BallastContentLabel *) (gpointer) labels->data,
                                  labels->len);
}

static BallastContentStatistics *
make (const guint *rows,
      guint        n_images,
      guint        n_classes)
{
  g_autofree guint64 *images = g_new0 (guint64, n_classes);
  BallastContentStatistics *self;

  for (guint i = 0; i < n_images; i++)
    for (guint c = 0; c < n_classes; c++)
      images[c] += rows[i * n_classes + c] > 0;
  self = ballast_content_statistics_new (images, n_classes);
  for (guint i = 0; i < n_images; i++)
    add_image (self, rows + i * n_classes);
  ballast_content_statistics_close (self);
  return self;
}

static const guint d6[] = { 2, 0, 0, 3, 0, 0, 1, 1, 0, 0, 2, 0, 1, 0, 1, 0, 1, 1 };

static void
test_vectors (void)
{
  g_autoptr(BallastContentStatistics) self = make (d6, 6, 3);
  const guint64 both[] = { 4, 1, 1, 1, 3, 1, 1, 1, 2 };

  for (guint i = 0; i < 9; i++)
    g_assert_cmpuint (ballast_co_occurrence_get_both (self->together, i / 3, i % 3), ==, both[i]);
  assert_near (ballast_co_occurrence_get_jaccard (self->together, 0, 1), 0.166667, 1e-6);
  assert_near (ballast_co_occurrence_get_jaccard (self->together, 2, 0), 0.2, 1e-12);
  assert_near (ballast_co_occurrence_get_jaccard (self->together, 1, 2), 0.25, 1e-12);
  assert_near (ballast_co_occurrence_get_share (self->together, 2, 0), 0.5, 1e-12);
  assert_near (ballast_co_occurrence_get_share (self->together, 0, 2), 0.25, 1e-12);
  assert_near (ballast_label_mix_get_scumble (self->mix), 0.014609, 1e-6);
  assert_near (ballast_label_mix_get_cardinality (self->mix), 1.5, 1e-12);
  assert_near (ballast_label_mix_get_density (self->mix), 0.5, 1e-12);
  g_assert_cmpuint (ballast_co_occurrence_get_n_mixed (self->together), ==, 3);
  g_assert_cmpuint (self->labels, ==, 13);
  g_assert_cmpuint (self->most_labels, ==, 3);
}

static void
test_scumble_of_images (void)
{
  const guint64 images[] = { 4, 3, 2 };
  const double expected[] = { 0, 0, .010257, 0, .057191, .020204 };
  g_autoptr(BallastLabelMix) mix = ballast_label_mix_new (images, 3);

  for (guint i = 0; i < 6; i++)
    {
      guint classes[3], n = 0;

      for (guint c = 0; c < 3; c++)
        if (d6[i * 3 + c] > 0)
          classes[n++] = c;
      assert_near (ballast_label_mix_add (mix, classes, n), expected[i], 1e-6);
    }
  assert_near (mix->mean_irlbl, (1 + 4 / 3.0 + 2) / 3, 1e-12);
  assert_near (ballast_label_mix_get_class_scumble (mix, 2), (.057191 + .020204) / 2, 1e-6);
}

/* What a matrix of all pairs says, for images at random. */
static void
compare_with_matrix (guint32 seed,
                     guint   n_classes,
                     guint   n_images)
{
  const BallastRandomKey key = ballast_random_key (7, "pairs", seed);
  g_autofree guint *rows = g_new0 (guint, (gsize) n_classes * n_images);
  g_autofree guint64 *matrix = g_new0 (guint64, (gsize) n_classes * n_classes);
  g_autoptr(BallastContentStatistics) self = NULL;
  gsize n_pairs = 0;

  for (guint i = 0; i < n_images; i++)
    for (guint c = 0; c < n_classes; c++)
      rows[i * n_classes + c] = ballast_random_below (&key, i, c, 7) == 0;
  for (guint i = 0; i < n_images; i++)
    for (guint a = 0; a < n_classes; a++)
      for (guint b = 0; b < n_classes; b++)
        matrix[a * n_classes + b] += rows[i * n_classes + a] > 0 && rows[i * n_classes + b] > 0;

  self = make (rows, n_images, n_classes);
  for (guint a = 0; a < n_classes; a++)
    for (guint b = 0; b < n_classes; b++)
      {
        g_assert_cmpuint (ballast_co_occurrence_get_both (self->together, a, b), ==,
                          matrix[a * n_classes + b]);
        n_pairs += a < b && matrix[a * n_classes + b] > 0;
      }
  g_assert_cmpuint (ballast_co_occurrence_get_n_pairs (self->together), ==, n_pairs);
}

static void
test_brute_force (void)
{
  for (guint seed = 0; seed < 40; seed++)
    compare_with_matrix (seed, 1 + seed * 2, 3 + seed * 4);
}

static void
test_ranked (void)
{
  const guint rows[] = { 1, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0 };
  g_autoptr(BallastContentStatistics) self = make (rows, 3, 4);
  g_autoptr(GArray) ranked = ballast_co_occurrence_dup_ranked (self->together, 0, 2);

  g_assert_cmpuint (ranked->len, ==, 2);
  g_assert_cmpuint (g_array_index (ranked, BallastCompanion, 0).other, ==, 2);
  g_assert_cmpuint (g_array_index (ranked, BallastCompanion, 0).images, ==, 3);
  g_assert_cmpuint (g_array_index (ranked, BallastCompanion, 1).other, ==, 1);
}

static void
test_nothing (void)
{
  g_autoptr(BallastContentStatistics) none = make (NULL, 0, 1e-15);
  const guint rows[] = { 0, 0, 0, 0 };
  g_autoptr(BallastContentStatistics) empty = make (rows, 2, 2);
  g_autoptr(GArray) ranked = ballast_co_occurrence_dup_ranked (empty->together, 1, 9);

  g_assert_cmpuint (none->images, ==, 0);
  assert_near (ballast_label_mix_get_scumble (none->mix), 0, 1e-15);
  assert_near (ballast_label_mix_get_density (none->mix), 0, 1e-15);
  assert_near (ballast_content_statistics_get_mean_labels (none), 0, 1e-15);
  g_assert_cmpuint (empty->background, ==, 2);
  g_assert_cmpuint (ranked->len, ==, 0);
  assert_near (ballast_co_occurrence_get_jaccard (empty->together, 0, 1), 0, 1e-15);
  assert_near (empty->mix->mean_irlbl, 0, 1e-15);
}

static void
test_bands (void)
{
  const double sides[][2] = { { 10, 10 }, { 31, 33 }, { 32, 32 }, { 50, 40 },
                              { 96, 96 }, { 97, 100 }, { 200, 50 } };
  BallastBoxStatistics boxes = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const BallastBox box = { 0, 0, sides[i][0], sides[i][1] };

      ballast_box_statistics_add (&boxes, &box, 0, 1e-15);
    }
  g_assert_cmpuint (boxes.bands[BALLAST_BOX_SMALL], ==, 2);
  g_assert_cmpuint (boxes.bands[BALLAST_BOX_MEDIUM], ==, 2);
  g_assert_cmpuint (boxes.bands[BALLAST_BOX_LARGE], ==, 3);
  g_assert_cmpuint (boxes.relative[BALLAST_BOX_RELATIVE_BINS - 1], ==, 0);
}

static void
test_bins (void)
{
  const BallastBox whole = { 0, 0, 100, 100 }, half = { 0, 0, 50, 50 }, wide = { 0, 0, 80, 20 };
  const BallastBox flat = { 5, 5, 9, 0 }, beyond = { 0, 0, 400, 400 }, tiny = { 0, 0, 1e-9, 1e-9 };
  const BallastBox odd = { 0, 0, NAN, 3 };
  const BallastBox *all[] = { &whole, &half, &wide, &flat, &beyond, &tiny, &odd };
  BallastBoxStatistics boxes = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    ballast_box_statistics_add (&boxes, all[i], 100, 100);
  g_assert_cmpuint (boxes.boxes, ==, 7);
  g_assert_cmpuint (boxes.without_area, ==, 2);
  g_assert_cmpuint (boxes.relative[15], ==, 2);
  g_assert_cmpuint (boxes.relative[14], ==, 1);
  g_assert_cmpuint (boxes.relative[0], ==, 1);
  g_assert_cmpuint (boxes.aspect[8], ==, 4);
  g_assert_cmpuint (boxes.aspect[12], ==, 1);
}

/* The cells add up to the part of the picture that the boxes cover. */
static void
test_places (void)
{
  const BallastBox boxes[] = { { 0, 0, 10, 10 }, { 13.5, 2.25, 30.1, 7 }, { -20, -5, 60, 20 },
                               { 90, 90, 50, 50 }, { 200, 200, 5, 5 } };
  const double covered[] = { 100, 30.1 * 7, 40 * 15, 100, 0 };
  BallastLocationMap map = { 0 };
  double before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      double sum = 0;

      ballast_location_map_add (&map, &boxes[i], 100, 100);
      for (guint cell = 0; cell < G_N_ELEMENTS (map.cells); cell++)
        sum += map.cells[cell];
      assert_near ((sum - before) * 100 * 100 / 1024, covered[i], 0.01);
      before = sum;
    }
  g_assert_cmpuint (map.boxes, ==, 4);
  assert_near (ballast_location_map_get_share (&map, 0, 0), 0.5, 1e-6);
  ballast_location_map_add (&map, &boxes[0], 0, 100);
  g_assert_cmpuint (map.boxes, ==, 4);
}

static void
test_by_class (void)
{
  const guint64 images[] = { 1, 1 };
  g_autoptr(BallastContentStatistics) self = ballast_content_statistics_new (images, 2);
  const BallastContentLabel labels[] = {
    { 0, TRUE, { 0, 0, 10, 10 } }, { 0, TRUE, { 50, 50, 50, 50 } }, { 1, FALSE, { 0 } },
    { 7, TRUE, { 0, 0, 1, 1 } },
  };

  ballast_content_statistics_add (self, 100, 50, labels, 4);
  ballast_content_statistics_add (self, 200, 400, NULL, 0);
  ballast_content_statistics_close (self);
  g_assert_cmpuint (self->labels, ==, 4);
  g_assert_cmpuint (self->background, ==, 1);
  g_assert_cmpuint (ballast_content_statistics_get_boxes (self, 0)->boxes, ==, 2);
  g_assert_cmpuint (ballast_content_statistics_get_boxes (self, -1)->boxes, ==, 2);
  g_assert_cmpuint (ballast_content_statistics_get_places (self, 0)->boxes, ==, 1);
  g_assert_null (ballast_content_statistics_get_places (self, 1));
  g_assert_cmpuint (ballast_co_occurrence_get_both (self->together, 0, 1), ==, 1);
  assert_near (self->mean_aspect, 1, 1e-12);
}

/* Two families that are shuffled come apart; the order is a permutation. */
static void
test_cluster_order (void)
{
  enum { N = 20 };
  double likeness[N * N];
  gboolean seen[N] = { FALSE };
  guint changes = 0;
  g_autofree guint *order = NULL;
  g_autofree guint *none = ballast_cluster_order (NULL, 0);

  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      likeness[i * N + j] = i * 7 % 3 == j * 7 % 3 ? 0.8 - 0.01 * ((i + j) % 5) : 0.1;
  order = ballast_cluster_order (likeness, N);
  for (guint i = 0; i < N; i++)
    {
      g_assert_false (seen[order[i]]);
      seen[order[i]] = TRUE;
      changes += i > 0 && order[i] * 7 % 3 != order[i - 1] * 7 % 3;
    }
  g_assert_cmpuint (changes, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/content/vectors", test_vectors);
  g_test_add_func ("/balance/content/scumble-of-images", test_scumble_of_images);
  g_test_add_func ("/balance/content/brute-force", test_brute_force);
  g_test_add_func ("/balance/content/ranked", test_ranked);
  g_test_add_func ("/balance/content/nothing", test_nothing);
  g_test_add_func ("/balance/content/bands", test_bands);
  g_test_add_func ("/balance/content/bins", test_bins);
  g_test_add_func ("/balance/content/places", test_places);
  g_test_add_func ("/balance/content/by-class", test_by_class);
  g_test_add_func ("/balance/content/cluster-order", test_cluster_order);
  return g_test_run ();
}
