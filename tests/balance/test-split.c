/* Splits: the published vectors, and what holds of any dataset. */
#include <stdlib.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-split-private.h"

#define N_RANDOM_SETS 400
#define MAX_IMAGES 400

typedef struct
{
  BallastSplitImages images;
  BallastRandomKey   keys[MAX_IMAGES];
  guint32            label_ends[MAX_IMAGES];
  guint32            labels[MAX_IMAGES * 4];
  guint32            groups[MAX_IMAGES];
} Set;

typedef enum { PLAIN = 0, MULTI = 1 << 0, GROUPED = 1 << 1, BACKGROUND = 1 << 2 } Kind;

static guint
below (BallastRandomKey *dice,
       guint            *index,
       guint             n)
{
  return ballast_random_below (dice, 0, (*index)++, n);
}

/* @n images of @n_classes, the first class the most frequent; keys by the image's number. */
static void
make_set (Set  *set,
          guint number,
          guint n,
          guint n_classes,
          Kind  kind)
{
  BallastRandomKey dice = ballast_random_key (number, "split", 0);
  guint index = 0, n_labels = 0, n_groups = MAX (n / 6, 1);

  memset (set, 0, sizeof *set);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%u/image-%u.jpg", number, i);
      guint n_here = kind & MULTI ? 1 + below (&dice, &index, 3) : 1;
      guint begin = n_labels;

      set->keys[i] = ballast_random_key (0, path, 0);
      if ((kind & BACKGROUND) && below (&dice, &index, 4) == 0)
        n_here = 0;
      for (guint l = 0; l < n_here; l++)
        {
          guint class_index = below (&dice, &index, 1 + below (&dice, &index, n_classes));
          gboolean again = FALSE;

          for (guint other = begin; other < n_labels; other++)
            again = again || set->labels[other] == class_index;
          if (!again)
            set->labels[n_labels++] = class_index;
        }
      set->label_ends[i] = n_labels;
      set->groups[i] = below (&dice, &index, 3) == 0 ? BALLAST_SPLIT_ALONE
                                                     : below (&dice, &index, n_groups);
    }
  set->images = (BallastSplitImages) { n, n_classes, set->keys, set->label_ends, set->labels,
                                       kind & GROUPED ? set->groups : NULL, n_groups };
}

static void
options_of (BallastSplitOptions *options,
            const char          *ratios,
            BallastSplitMethod   method,
            guint64              seed)
{
  g_autoptr(GError) error = NULL;

  ballast_split_options_init (options);
  options->method = method;
  options->seed = seed;
  ballast_split_options_parse_parts (options, ratios, &error);
  g_assert_no_error (error);
}

/* Units in their own order, of rows like "1 0 0": images, for the vectors. */
typedef struct
{
  BallastSplitState state;
  double            shares[BALLAST_SPLIT_MAX_PARTS];
} Vector;

static void
vector_init (Vector     *vector,
             const char *rows,
             const char *shares)
{
  g_auto(GStrv) row = g_strsplit (rows, " ", -1);
  g_auto(GStrv) share = g_strsplit (shares, " ", -1);
  BallastSplitState *state = &vector->state;
  guint n = g_strv_length (row), n_labels = 0;

  *state = (BallastSplitState) { .n_units = n, .n_parts = g_strv_length (share),
                                 .n_classes = strlen (row[0]), .shares = vector->shares };
  for (guint p = 0; p < state->n_parts; p++)
    vector->shares[p] = g_ascii_strtod (share[p], NULL);
  state->draws = g_new (guint64, n);
  state->sizes = g_new0 (guint32, n);
  state->label_ends = g_new (guint32, n);
  state->labels = g_new (BallastSplitLabel, n * state->n_classes);
  state->sides = g_new (gint8, n);
  state->part_sizes = g_new0 (guint64, state->n_parts);
  state->counts = g_new0 (guint64, state->n_parts * state->n_classes);
  state->totals = g_new0 (guint64, state->n_classes + 1);
  for (guint i = 0; i < n; i++)
    {
      state->draws[i] = i;
      state->sides[i] = -1;
      for (guint c = 0; c < state->n_classes; c++)
        if (row[i][c] != '0')
          {
            state->labels[n_labels++] = (BallastSplitLabel) { c, row[i][c] - '0' };
            state->totals[c] += row[i][c] - '0';
            state->sizes[i] += row[i][c] - '0';
          }
      state->label_ends[i] = n_labels;
    }
}

static void
vector_clear (Vector *vector)
{
  g_free (vector->state.draws);
  g_free (vector->state.sizes);
  g_free (vector->state.label_ends);
  g_free (vector->state.labels);
  g_free (vector->state.sides);
  g_free (vector->state.part_sizes);
  g_free (vector->state.counts);
  g_free (vector->state.totals);
}

static void
assert_sides (const Vector *vector,
              const char   *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < vector->state.n_units; i++)
    g_string_append_c (text, '0' + vector->state.sides[i]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_iterative (const char *rows,
                  const char *shares,
                  const char *expected)
{
  Vector vector;

  vector_init (&vector, rows, shares);
  for (guint i = 0; i < vector.state.n_units; i++)
    vector.state.sizes[i] = 1;
  vector.state.n_images = vector.state.n_units;
  ballast_split_iteratively (&vector.state);
  assert_sides (&vector, expected);
  vector_clear (&vector);
}

/* Sechidis et al. 2011, ties to the first side. */
static void
test_iterative (void)
{
  assert_iterative ("10 10 10 11 01 10 01 01", "0.5 0.5", "10101001");
  assert_iterative ("100 100 100 100 100 100 110 110 010 001", "0.8 0.2", "0001010010");
}

/* scikit-learn 1.2.1's StratifiedGroupKFold: rows are groups, digits their images of a class. */
static void
test_grouped (void)
{
  Vector vector;

  vector_init (&vector, "20 20 20 02 11 11", "0.33333333333333331 0.33333333333333331 0.33333333333333331");
  vector.state.n_images = 12;
  ballast_split_greedily (&vector.state, TRUE);
  assert_sides (&vector, "012012");
  vector_clear (&vector);
}

static void
assert_whole (const Set          *set,
              const BallastSplit *split)
{
  g_autofree int *side_of = g_new (int, set->images.n_groups);
  guint64 sizes[BALLAST_SPLIT_MAX_PARTS] = { 0 };

  memset (side_of, 0xff, set->images.n_groups * sizeof *side_of);
  for (guint i = 0; i < set->images.n_images; i++)
    {
      guint32 group = set->images.groups != NULL ? set->images.groups[i] : BALLAST_SPLIT_ALONE;

      g_assert_cmpuint (split->sides[i], <, split->n_parts);
      sizes[split->sides[i]]++;
      if (group == BALLAST_SPLIT_ALONE)
        continue;
      g_assert_true (side_of[group] == -1 || side_of[group] == split->sides[i]);
      side_of[group] = split->sides[i];
    }
  for (guint p = 0; p < split->n_parts; p++)
    g_assert_cmpuint (sizes[p], ==, split->sizes[p]);
}

static void
assert_counts (const Set          *set,
               const BallastSplit *split)
{
  g_autofree guint64 *counts = g_new0 (guint64, split->n_classes * split->n_parts);

  for (guint i = 0; i < set->images.n_images; i++)
    for (guint l = i > 0 ? set->label_ends[i - 1] : 0; l < set->label_ends[i]; l++)
      counts[set->labels[l] * split->n_parts + split->sides[i]]++;
  g_assert_cmpmem (counts, split->n_classes * split->n_parts * sizeof *counts, split->counts,
                   split->n_classes * split->n_parts * sizeof *counts);
}

static void
assert_sizes (const BallastSplit        *split,
              const BallastSplitOptions *options)
{
  double bound = options->method == BALLAST_SPLIT_RANDOM && split->largest_group == 0 ? 1
                 : 2 + 1.5 * split->largest_group + 0.025 * split->n_images;

  for (guint p = 0; p < split->n_parts; p++)
    {
      double wanted = split->n_images * ballast_split_options_get_part (options, p)->share;

      g_assert_cmpfloat (split->sizes[p], <=, wanted + bound);
      g_assert_cmpfloat (split->sizes[p], >=, wanted - bound);
    }
}

/* Where a class has an image for every side, it is in every side, or the split says so. */
static guint
assert_present (const BallastSplit        *split,
                const BallastSplitOptions *options)
{
  const char *names[16] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };
  g_autoptr(GPtrArray) warnings = ballast_split_list_warnings (split, options, names);
  guint n_absent = 0, n_told = 0;

  for (guint c = 0; c < split->n_classes; c++)
    {
      gboolean is_missing = FALSE;

      for (guint p = 0; p < split->n_parts && split->totals[c] > 0; p++)
        is_missing = is_missing || ballast_split_get_count (split, c, p) == 0;
      n_absent += is_missing;
    }
  for (guint i = 0; i < warnings->len; i++)
    {
      const BallastSplitWarning *warning = g_ptr_array_index (warnings, i);

      n_told += warning->n_classes;
      if (warning->kind == BALLAST_SPLIT_WARNING_ABSENT && split->n_images >= 100 &&
          options->method == BALLAST_SPLIT_STRATIFIED && split->largest_group == 0)
        g_error ("of %u images: %s", split->n_images, warning->text);
    }
  g_assert_cmpuint (n_told, ==, n_absent);

  return n_absent;
}

static void
assert_any (guint              number,
            Kind               kind,
            BallastSplitMethod method)
{
  static const char *const ratios[] = { "train=0.8,val=0.1,test=0.1", "train=0.5,test=0.5",
                                        "a=0.7,b=0.15,c=0.1,d=0.05", "all=1" };
  BallastRandomKey dice = ballast_random_key (number, "shape", 0);
  g_auto(BallastSplitOptions) options = { 0 };
  g_autofree Set *set = g_new (Set, 1);
  g_autoptr(BallastSplit) split = NULL;
  guint index = 0;

  options_of (&options, ratios[below (&dice, &index, 4)], method, number);
  make_set (set, number, below (&dice, &index, MAX_IMAGES), 1 + below (&dice, &index, 10), kind);
  split = ballast_split_new (&set->images, &options);
  assert_whole (set, split);
  assert_counts (set, split);
  assert_sizes (split, &options);
  assert_present (split, &options);
}

static void
test_random_sets (void)
{
  for (guint i = 0; i < N_RANDOM_SETS; i++)
    for (Kind kind = PLAIN; kind <= (MULTI | GROUPED | BACKGROUND); kind++)
      {
        assert_any (i, kind, BALLAST_SPLIT_STRATIFIED);
        assert_any (i, kind, BALLAST_SPLIT_RANDOM);
      }
}

/* Of every class each side has its share, to the image. */
static void
test_largest_remainder (void)
{
  for (guint i = 0; i < N_RANDOM_SETS; i++)
    {
      g_auto(BallastSplitOptions) options = { 0 };
      g_autofree Set *set = g_new (Set, 1);
      g_autoptr(BallastSplit) split = NULL;

      options_of (&options, "train=0.8,val=0.1,test=0.1", BALLAST_SPLIT_STRATIFIED, i);
      make_set (set, i, MAX_IMAGES, 4, PLAIN);
      split = ballast_split_new (&set->images, &options);
      for (guint c = 0; c < split->n_classes; c++)
        for (guint p = 0; p < split->n_parts; p++)
          g_assert_cmpfloat (ABS ((double) ballast_split_get_count (split, c, p) - split->totals[c] *
                                  ballast_split_options_get_part (&options, p)->share), <, 2);
    }
}

/* Where every class is one group, sides get their sizes all the same. */
static void
test_undividable (void)
{
  g_auto(BallastSplitOptions) options = { 0 };
  g_autofree Set *set = g_new (Set, 1);
  g_autoptr(BallastSplit) split = NULL;

  options_of (&options, "train=0.8,val=0.1,test=0.1", BALLAST_SPLIT_STRATIFIED, 0);
  make_set (set, 0, MAX_IMAGES, 1, PLAIN);
  for (guint i = 0; i < MAX_IMAGES; i++)
    set->labels[i] = set->groups[i] = i / 4;
  set->images.n_classes = set->images.n_groups = MAX_IMAGES / 4;
  set->images.groups = set->groups;
  split = ballast_split_new (&set->images, &options);
  assert_whole (set, split);
  g_assert_cmpuint (split->sizes[1], >=, MAX_IMAGES / 10 - 8);
  g_assert_cmpuint (split->sizes[2], >=, MAX_IMAGES / 10 - 8);
}

/* The order of the images decides nothing. */
static void
test_order (void)
{
  for (guint number = 0; number < 50; number++)
    {
      g_auto(BallastSplitOptions) options = { 0 };
      g_autofree Set *set = g_new (Set, 1), *turned = g_new (Set, 1);
      g_autoptr(BallastSplit) split = NULL, other = NULL;
      guint n = 200;

      options_of (&options, "train=0.7,test=0.3", BALLAST_SPLIT_STRATIFIED, 3);
      make_set (set, number, n, 5, PLAIN);
      make_set (turned, number, n, 5, PLAIN);
      for (guint i = 0; i < n; i++)
        {
          turned->keys[i] = set->keys[n - 1 - i];
          turned->labels[i] = set->labels[n - 1 - i];
        }
      split = ballast_split_new (&set->images, &options);
      other = ballast_split_new (&turned->images, &options);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (split->sides[i], ==, other->sides[n - 1 - i]);
    }
}

/* 20 new images among 380 move few of the old ones. */
static void
test_growth (void)
{
  for (guint number = 0; number < 50; number++)
    for (BallastSplitMethod method = 0; method <= BALLAST_SPLIT_RANDOM; method++)
      {
        g_auto(BallastSplitOptions) options = { 0 };
        g_autofree Set *set = g_new (Set, 1);
        g_autoptr(BallastSplit) before = NULL, after = NULL;
        guint n_moved = 0;

        options_of (&options, "train=0.8,val=0.1,test=0.1", method, 0);
        make_set (set, number, MAX_IMAGES, 4, PLAIN);
        after = ballast_split_new (&set->images, &options);
        set->images.n_images -= 20;
        before = ballast_split_new (&set->images, &options);
        for (guint i = 0; i < before->n_images; i++)
          n_moved += before->sides[i] != after->sides[i];
        g_assert_cmpuint (n_moved, <=, 24);
      }
}

static void
test_seed (void)
{
  g_auto(BallastSplitOptions) options = { 0 };
  g_autofree Set *set = g_new (Set, 1);
  g_autoptr(BallastSplit) first = NULL, again = NULL, other = NULL;

  options_of (&options, "train=0.5,test=0.5", BALLAST_SPLIT_STRATIFIED, 1);
  make_set (set, 1, MAX_IMAGES, 3, MULTI);
  first = ballast_split_new (&set->images, &options);
  again = ballast_split_new (&set->images, &options);
  options.seed = G_GUINT64_CONSTANT (1) << 40 | 1;
  other = ballast_split_new (&set->images, &options);
  g_assert_cmpmem (first->sides, MAX_IMAGES, again->sides, MAX_IMAGES);
  g_assert_true (memcmp (first->sides, other->sides, MAX_IMAGES) != 0);
}

static void
test_parts (void)
{
  g_auto(BallastSplitOptions) options = { 0 };
  g_autofree char *text = NULL, *scaled = NULL;

  options_of (&options, "train=0.75, test=0.25,val=0", BALLAST_SPLIT_RANDOM, 0);
  text = ballast_split_options_dup_parts (&options);
  g_assert_cmpstr (text, ==, "train=0.75,test=0.25");
  g_assert_true (ballast_split_options_parse_parts (&options, "a=70,b=20%,c=10", NULL));
  scaled = ballast_split_options_dup_parts (&options);
  g_assert_cmpstr (scaled, ==, "a=0.7,b=0.2,c=0.1");
}

static void
test_bad_parts (void)
{
  static const char *const texts[] = {
    "", "train", "train=", "=0.5", "train=x", "train=-1", "train=nan", "train=0.5,val=0.1",
    "train=0.5,train=0.5", "train=0", "train=1e999", "train=0.5x,val=0.5",
    "a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1,n=1,o=1,p=1,q=2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(BallastSplitOptions) options = { 0 };
      g_autoptr(GError) error = NULL;

      ballast_split_options_init (&options);
      g_assert_false (ballast_split_options_parse_parts (&options, texts[i], &error));
      g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
      g_assert_cmpuint (options.parts->len, ==, 3);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/balance/split/iterative", test_iterative);
  g_test_add_func ("/balance/split/grouped", test_grouped);
  g_test_add_func ("/balance/split/random-sets", test_random_sets);
  g_test_add_func ("/balance/split/largest-remainder", test_largest_remainder);
  g_test_add_func ("/balance/split/undividable", test_undividable);
  g_test_add_func ("/balance/split/order", test_order);
  g_test_add_func ("/balance/split/growth", test_growth);
  g_test_add_func ("/balance/split/seed", test_seed);
  g_test_add_func ("/balance/split/parts", test_parts);
  g_test_add_func ("/balance/split/bad-parts", test_bad_parts);

  return g_test_run ();
}
