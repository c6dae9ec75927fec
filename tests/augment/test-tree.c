/* Groups of steps: the tree, what is drawn from it, and its files. */
#include <math.h>
#include <string.h>

#include "augment-fixture.h"
#include "ballast-combinators.h"
#include "ballast-json.h"
#include "ballast-pipeline-tree.h"
#include "ballast-recipe.h"

/* "OneOf[HorizontalFlip VerticalFlip*0.2] -ToGray": *p, and - for a step that is switched off. */
static BallastPipeline *
tree_of (const char *text)
{
  BallastPipeline *pipeline = ballast_pipeline_new ();
  int group[8] = { -1 };
  guint depth = 0;

  while (*text != '\0')
    {
      gsize length = strcspn (text, "[] *");
      gboolean off = *text == '-';
      g_autofree char *name = g_strndup (text + off, length - off);
      const BallastOp *op = ballast_combinator_find_any (name);
      guint position = ballast_pipeline_get_n_steps (pipeline);

      text += length;
      if (op != NULL)
        {
          ballast_pipeline_add_into (pipeline, op, group[depth]);
          ballast_pipeline_set_p (pipeline, position, 1);
          ballast_pipeline_set_enabled (pipeline, position, !off);
        }
      if (*text == '*')
        ballast_pipeline_set_p (pipeline, position, g_ascii_strtod (text + 1, (char **) &text));
      if (*text == '[')
        group[++depth] = (int) position;
      if (*text == ']')
        depth--;
      text += *text != '\0';
    }
  return pipeline;
}

static char *
show (const BallastPipeline *pipeline)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ballast_pipeline_get_n_steps (pipeline); i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, i);
      guint before = i > 0 ? ballast_pipeline_get_step (pipeline, i - 1)->depth : 0;

      if (step->depth > before)
        g_string_append_c (text, '[');
      for (guint j = step->depth; j < before; j++)
        g_string_append_c (text, ']');
      if (step->depth <= before && i > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, "%s%s", step->enabled ? "" : "-", step->op->name);
      if (step->p != 1)
        g_string_append_printf (text, "*%g", step->p);
    }
  for (guint j = 0; text->len > 0
       && j < ballast_pipeline_get_step (pipeline, ballast_pipeline_get_n_steps (pipeline) - 1)->depth; j++)
    g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
assert_shows (const BallastPipeline *pipeline,
              const char            *wanted)
{
  g_autofree char *text = show (pipeline);

  g_assert_cmpstr (text, ==, wanted);
}

#define F "HorizontalFlip"
#define V "VerticalFlip"
#define G "ToGray"
#define T "Transpose"

static const struct
{
  const char *before;
  const char *edit; /* a letter, the step, and where it goes */
  const char *after;
} edits[] = {
  { F " " V " " G, "m02", V " " G " " F },
  { F " OneOf[" V " " G "]", "m02", "OneOf[" V " " F " " G "]" },
  { F " OneOf[" V " " G "]", "m01", "OneOf[" V " " G "] " F },
  { "OneOf[" V " " G "] " F, "m30", F " OneOf[" V " " G "]" },
  { "OneOf[" V " " G "] " F, "m32", "OneOf[" V " " F " " G "]" },
  { "OneOf[" V " " G "] " F, "m02", "OneOf[" V " " G "] " F },
  { "OneOf[" V " " G "] " F, "i30", "OneOf[" V " " G " " F "]" },
  { "OneOf[" V " " G "] SomeOf[" F "]", "i30", "OneOf[" V " " G " SomeOf[" F "]]" },
  { "OneOf[SomeOf[" F "]]", "i01", "OneOf[SomeOf[" F "]]" },
  { "OneOf[" V " " G "]", "o1-", "OneOf[" G "] " V },
  { F, "o0-", F },
  { F "*0.3 " V, "w0-", "OneOf*0.3[" F "*0.3] " V },
  { "OneOf[" F "*0.3]", "s1-", "OneOf[Sequential*0.3[" F "]]" },
  { "OneOf*0.4[" V " SomeOf[" G "]] " F, "u0-", V " SomeOf[" G "] " F },
  { "OneOf[" V " SomeOf[" G "]] " F, "d0-", "OneOf[" V " SomeOf[" G "]] OneOf[" V " SomeOf[" G "]] " F },
  { "OneOf[" V " SomeOf[" G "]] " F, "r0-", F },
  { "OneOf[" V " SomeOf[" G "]] " F, "r2-", "OneOf[" V "] " F },
};

static void
edit (BallastPipeline *pipeline,
      const char      *what)
{
  guint step = (guint) (what[1] - '0');
  int to = what[2] == '-' ? -1 : what[2] - '0';

  if (what[0] == 'm')
    ballast_pipeline_move (pipeline, step, (guint) to);
  else if (what[0] == 'i')
    ballast_pipeline_move_into (pipeline, step, to);
  else if (what[0] == 'o')
    ballast_pipeline_move_out (pipeline, step);
  else if (what[0] == 'w')
    ballast_pipeline_wrap (pipeline, step, ballast_combinator_find ("OneOf"));
  else if (what[0] == 's')
    ballast_pipeline_wrap (pipeline, step, ballast_combinator_find ("Sequential"));
  else if (what[0] == 'u')
    ballast_pipeline_unwrap (pipeline, step);
  else if (what[0] == 'd')
    ballast_pipeline_duplicate (pipeline, step);
  else
    ballast_pipeline_remove (pipeline, step);
}

static void
test_tree_edits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr(BallastPipeline) pipeline = tree_of (edits[i].before);

      g_test_message ("%s: %s", edits[i].before, edits[i].edit);
      assert_shows (pipeline, edits[i].before);
      edit (pipeline, edits[i].edit);
      assert_shows (pipeline, edits[i].after);
    }
}

static void
test_tree_walk (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of ("OneOf[" V " SomeOf[" G " -" T "]] " F);

  g_assert_cmpint (ballast_pipeline_get_parent (pipeline, 3), ==, 2);
  g_assert_cmpint (ballast_pipeline_get_parent (pipeline, 5), ==, -1);
  g_assert_cmpint (ballast_pipeline_get_next (pipeline, 0), ==, 5);
  g_assert_cmpint (ballast_pipeline_get_next (pipeline, 2), ==, -1);
  g_assert_cmpint (ballast_pipeline_get_previous (pipeline, 5), ==, 0);
  g_assert_cmpint (ballast_pipeline_get_previous (pipeline, 1), ==, -1);
  g_assert_cmpint (ballast_pipeline_get_first (pipeline, 1), ==, -1);
  g_assert_true (ballast_pipeline_is_active (pipeline, 3));
  g_assert_false (ballast_pipeline_is_active (pipeline, 4));
  ballast_pipeline_set_enabled (pipeline, 0, FALSE);
  g_assert_false (ballast_pipeline_is_active (pipeline, 3));
}

static void
test_tree_depth (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of (F);

  for (guint i = 0; i < BALLAST_PIPELINE_MAX_DEPTH; i++)
    g_assert_cmpuint (ballast_pipeline_wrap (pipeline, i, ballast_combinator_find ("OneOf")), >, 0);
  g_assert_cmpuint (ballast_pipeline_wrap (pipeline, 0, ballast_combinator_find ("OneOf")), ==, 0);
  g_assert_cmpuint (ballast_pipeline_add_into (pipeline, ballast_combinator_find ("OneOf"), 6), ==, 0);
}

/* What one copy draws, as "HorizontalFlip VerticalFlip". */
static char *
draw (const BallastPipeline *pipeline,
      guint                  copy,
      const char            *class_name)
{
  BallastRandomKey key = ballast_random_key (5, "x", copy);
  g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 60, 40, class_name);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < recipe->n_steps; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", recipe->steps[i].op->name);
  return g_string_free (text, FALSE);
}

#define N 6000

static double
share_of (const BallastPipeline *pipeline,
          const char            *wanted)
{
  guint n = 0;

  for (guint copy = 0; copy < N; copy++)
    {
      g_autofree char *drawn = draw (pipeline, copy, NULL);

      n += strcmp (drawn, wanted) == 0;
    }
  return n / (double) N;
}

static const struct
{
  const char *pipeline;
  const char *drawn;
  double      share;
} shares[] = {
  { "OneOf*0.5[" F "*0.2 " V "*0.6]", F, 0.125 }, /* weights: a quarter and three quarters */
  { "OneOf*0.5[" F "*0.2 " V "*0.6]", V, 0.375 },
  { "OneOf*0.5[" F "*0.2 " V "*0.6]", "", 0.5 },
  { "OneOf[" F "*0.2 -" V "*0.6]", F, 1 },
  { "OneOf[" F "*0]", "", 1 },
  { "OneOf[" F " NoOp]", "", 0.5 },
  { "OneOf[" F " Sequential*0.5[" V " " T "*0.5]]", V " " T, 1 / 6.0 },
  { "SomeOf[" F " " V " " G "]", F " " V, 1 / 3.0 }, /* n = 2, in their order */
  { "SomeOf[" F " " V " " G "]", V " " F, 0 },
  { "SomeOf[" F "*0.5 " V "]", V, 0.5 },
  { "SomeOf[" F "]", F, 1 },
  { "RandomOrder[" F " " V "]", V " " F, 0.5 },
  { "RandomOrder[" F " " V " " G "]", V " " F " " G, 1 / 6.0 },
  { "OneOrOther*0.3[" F " " V "]", F, 0.3 },
  { "OneOrOther*0.3[" F " " V "]", V, 0.7 },
  { "OneOrOther*0.3[-" F " " V "]", "", 0.3 },
  { "Sequential*0.4[" F " " V "]", F " " V, 0.4 },
  { "Sequential*0.4[]", "", 1 },
};

static void
test_tree_shares (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr(BallastPipeline) pipeline = tree_of (shares[i].pipeline);
      double share = shares[i].share, slack = 5 * sqrt (share * (1 - share) / N);

      g_test_message ("%s draws %s", shares[i].pipeline, shares[i].drawn);
      g_assert_cmpfloat_with_epsilon (share_of (pipeline, shares[i].drawn), share, slack + 1e-12);
    }
}

/* A step that is added to a group takes draws away, and moves none between the others. */
static void
test_tree_adding_moves_no_draw (void)
{
  g_autoptr(BallastPipeline) few = tree_of ("OneOf[" F " " V "] SomeOf[" G "*0.5 " T "]");
  g_autoptr(BallastPipeline) more = ballast_pipeline_copy (few);
  guint n_new = 0;

  ballast_pipeline_add_into (more, ballast_combinator_find_any ("Rotate"), 0);
  for (guint copy = 0; copy < 500; copy++)
    {
      g_autofree char *a = draw (few, copy, NULL), *b = draw (more, copy, NULL);

      if (g_str_has_prefix (b, "Rotate"))
        {
          n_new++;
          g_assert_cmpstr (strchr (a, ' '), ==, strchr (b, ' '));
        }
      else
        g_assert_cmpstr (a, ==, b);
    }
  g_assert_cmpuint (n_new, >, 100);
}

static void
test_tree_repeats (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of ("SomeOf[Rotate]");
  BallastRandomKey key = ballast_random_key (5, "x", 1);
  g_autoptr(BallastRecipe) recipe = NULL;
  BallastValue three = { { 3 } }, yes = { { 1 } };

  ballast_pipeline_set_value (pipeline, 0, 0, &three);
  ballast_pipeline_set_value (pipeline, 0, 1, &yes);
  recipe = ballast_pipeline_sample (pipeline, &key, 60, 40, NULL);
  g_assert_cmpuint (recipe->n_steps, ==, 3);
  g_assert_cmpfloat (recipe->steps[0].numbers[0], !=, recipe->steps[1].numbers[0]);
  g_assert_cmpfloat (recipe->steps[1].numbers[0], !=, recipe->steps[2].numbers[0]);
}

/* Six groups that draw 20 of their steps again and again: 20^6 visits, if nothing stopped them. */
static void
test_tree_explosion (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of ("SomeOf[SomeOf[SomeOf[SomeOf[SomeOf[SomeOf[" F
                                                  "]]]]]]");
  BallastRandomKey key = ballast_random_key (5, "x", 1);
  g_autoptr(BallastRecipe) recipe = NULL;
  BallastValue most = { { 20 } }, yes = { { 1 } };

  for (guint i = 0; i < 6; i++)
    {
      ballast_pipeline_set_value (pipeline, i, 0, &most);
      ballast_pipeline_set_value (pipeline, i, 1, &yes);
    }
  recipe = ballast_pipeline_sample (pipeline, &key, 60, 40, NULL);
  g_assert_cmpuint (recipe->n_steps, ==, 256);
}

static void
test_tree_classes (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of ("OneOf[" F " " V "] Sequential[" G "]");

  ballast_pipeline_set_kept_from (pipeline, 1, "left", TRUE);
  ballast_pipeline_set_kept_from (pipeline, 3, "left", TRUE);
  for (guint copy = 0; copy < 20; copy++)
    {
      g_autofree char *left = draw (pipeline, copy, "left");

      g_assert_cmpstr (left, ==, V);
    }
}

static void
test_tree_up_to (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of (F " OneOf[" V " " G "] " T);
  g_autoptr(BallastPipeline) half = ballast_pipeline_copy_up_to (pipeline, 3);

  assert_shows (half, F " OneOf[" V " -" G "] -" T);
}

static const char *const trees[] = {
  F " OneOf*0.5[" V " " G "*0.2] " T, "OneOf[-" V " " G " -" F "]", "-OneOf[" V " " G "] " F,
  "OneOf[-" V "] " G, "OneOrOther*0.3[-" V " " G "]", "OneOrOther[" V " -OneOf[" G " " F "]]",
  "Sequential[" V " Sequential[" G "]]", "SomeOf[" V " RandomOrder[" G " NoOp]]", "OneOf", "",
  "OneOf[Sequential[" F "] Sequential*0.5[" V " " G "]]", "OneOf[-OneOf[-OneOf[" F "] " V "] " G "]",
};

static void
test_tree_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autoptr(BallastPipeline) pipeline = tree_of (trees[i]);
      g_autofree char *text = ballast_pipeline_to_json (pipeline, FALSE);
      g_auto(GStrv) dropped = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(BallastPipeline) again = ballast_pipeline_from_json (text, -1, &dropped, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (dropped), ==, 0);
      assert_shows (again, trees[i]);
      g_assert_true (ballast_pipeline_equal (again, pipeline));
    }
}

/* Without our part: what Albumentations means. */
static const struct
{
  const char *transforms;
  const char *shows;
} theirs[] = {
  { "{\"__class_fullname__\":\"OneOf\",\"transforms\":[{\"__class_fullname__\":\"ToGray\"}]}",
    "OneOf*0.5[ToGray*0.5]" },
  { "{\"__class_fullname__\":\"SomeOf\",\"n\":3,\"transforms\":[{\"__class_fullname__\":\"ToGray\"}]}",
    "SomeOf[ToGray*0.5]" },
  { "{\"__class_fullname__\":\"Sequential\",\"p\":1,\"transforms\":[{\"__class_fullname__\":\"ToGray\"}]}",
    "ToGray*0.5" },
  { "{\"__class_fullname__\":\"OneOf\",\"p\":1,\"transforms\":[{\"__class_fullname__\":\"Sequential\","
    "\"p\":1,\"transforms\":[{\"__class_fullname__\":\"ToGray\"}]}]}", "OneOf[Sequential[ToGray*0.5]]" },
  { "{\"__class_fullname__\":\"Compose\",\"p\":0.3,\"transforms\":[{\"__class_fullname__\":\"ToGray\"}]}",
    "Sequential*0.3[ToGray*0.5]" },
};

static void
test_tree_reads_theirs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"transform\":{\"__class_fullname__\":\"Compose\","
                                               "\"transforms\":[%s]}}", theirs[i].transforms);
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_from_json (text, -1, NULL, NULL);

      assert_shows (pipeline, theirs[i].shows);
    }
}

/* What Albumentations is told: no step that is switched off, no empty group, and of two always two. */
static void
test_tree_tells (void)
{
  g_autoptr(BallastPipeline) pipeline = tree_of ("OneOf[-" V "] OneOrOther*0.3[-" F " " G "] -" T);
  g_autofree char *text = ballast_pipeline_to_json (pipeline, FALSE);
  g_autoptr(JsonNode) root = ballast_json_parse (text, -1, NULL);
  g_autoptr(BallastPipeline) seen = NULL;
  g_autofree char *alone = NULL;

  json_object_remove_member (json_node_get_object (root), "ballast");
  alone = ballast_json_to_string (root, FALSE);
  seen = ballast_pipeline_from_json (alone, -1, NULL, NULL);
  assert_shows (seen, "OneOrOther*0.3[NoOp ToGray]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/tree/edits", test_tree_edits);
  g_test_add_func ("/augment/tree/walk", test_tree_walk);
  g_test_add_func ("/augment/tree/depth", test_tree_depth);
  g_test_add_func ("/augment/tree/shares", test_tree_shares);
  g_test_add_func ("/augment/tree/adding-moves-no-draw", test_tree_adding_moves_no_draw);
  g_test_add_func ("/augment/tree/repeats", test_tree_repeats);
  g_test_add_func ("/augment/tree/explosion", test_tree_explosion);
  g_test_add_func ("/augment/tree/classes", test_tree_classes);
  g_test_add_func ("/augment/tree/up-to", test_tree_up_to);
  g_test_add_func ("/augment/tree/round-trip", test_tree_round_trip);
  g_test_add_func ("/augment/tree/reads-theirs", test_tree_reads_theirs);
  g_test_add_func ("/augment/tree/tells", test_tree_tells);
  return g_test_run ();
}
