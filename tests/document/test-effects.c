/* What single steps do to one picture. */
#include "config.h"

#include "fixture.h"

#include "ballast-effects.h"

typedef struct
{
  guint    n;
  guint    widths[4];
  gboolean symmetries[4];
  gint64   costs[4];
} Seen;

static void
on_ready (BallastEffects      *effects,
          const BallastEffect *effect,
          Seen                *seen)
{
  g_assert_cmpuint (effect->key, <, 4);
  seen->n++;
  seen->widths[effect->key] = effect->raster->width;
  seen->symmetries[effect->key] = effect->is_symmetry;
  seen->costs[effect->key] = effect->cost_ns;
}

static void
add (BallastEffects *effects,
     guint           key,
     const char     *op)
{
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

  ballast_pipeline_add (pipeline, ballast_op_find (op), -1);
  ballast_pipeline_set_p (pipeline, 0, 0.01);
  ballast_effects_add (effects, key, pipeline);
}

static char *
make_picture (Fixture *fixture)
{
  fixture_picture_sized (fixture, "a/1.jpg", 7, 400, 300);
  return g_build_filename (fixture->data, "a/1.jpg", NULL);
}

static void
test_effects (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(BallastEffects) effects = ballast_effects_new ();
  g_autofree char *path = NULL;
  Seen seen = { 0 };

  fixture_init (&fixture);
  path = make_picture (&fixture);
  g_signal_connect (effects, "ready", G_CALLBACK (on_ready), &seen);
  ballast_effects_begin (effects, path, "a/1.jpg", 100);
  add (effects, 0, "HorizontalFlip");
  add (effects, 1, "RandomRotate90");
  add (effects, 2, "GaussNoise");
  add (effects, 3, "MixUp");
  while (seen.n < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (seen.widths[0], ==, 100);
  g_assert_true (seen.symmetries[0] && seen.symmetries[1] && !seen.symmetries[2]);
  g_assert_false (seen.symmetries[3]);
  g_assert_cmpint (seen.costs[2], >, 0);
}

/* Of two pictures only the second is heard of, and an end amid the work is none. */
static void
test_effects_stale (void)
{
  g_auto(Fixture) fixture = { 0 };
  BallastEffects *effects = ballast_effects_new ();
  g_autofree char *path = NULL;
  Seen seen = { 0 };

  fixture_init (&fixture);
  path = make_picture (&fixture);
  g_signal_connect (effects, "ready", G_CALLBACK (on_ready), &seen);
  ballast_effects_begin (effects, path, "a/1.jpg", 300);
  for (guint i = 0; i < 50; i++)
    add (effects, 0, "GaussNoise");
  ballast_effects_begin (effects, path, "a/1.jpg", 50);
  add (effects, 3, "Rotate");
  while (seen.n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (seen.n, ==, 1);
  g_assert_cmpuint (seen.widths[3], ==, 50);
  for (guint i = 0; i < 50; i++)
    add (effects, 0, "GaussNoise");
  g_object_unref (effects);
}

/* A file that cannot be read brings nothing, and stops nothing. */
static void
test_effects_missing (void)
{
  g_autoptr(BallastEffects) effects = ballast_effects_new ();

  ballast_effects_begin (effects, "/nonexistent/x.jpg", "x.jpg", 50);
  add (effects, 0, "Rotate");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/effects/draws", test_effects);
  g_test_add_func ("/document/effects/stale", test_effects_stale);
  g_test_add_func ("/document/effects/missing", test_effects_missing);
  return g_test_run ();
}
