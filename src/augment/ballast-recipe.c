/*
 * A recipe: the steps that apply to one copy, with fixed numbers.
 *
 * Sampling is a pure function of (pipeline, key, size, class).  A step's draws are named by its id,
 * so the others' coming and going moves none of them.  About a microsecond.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-lowering.h"
#include "ballast-program-box.h"
#include "ballast-recipe.h"
#include "ballast-sampler.h"

#include <string.h>

/* The coin of a step is its draw 0; the op's own begin at 1. */
#define COIN 0

/* A pipeline that mirrors 19 copies of 20 is taken for one that always does twice in a million. */
#define ALWAYS_DRAWS 256

/* Tries for a copy that keeps all its boxes. */
#define BOX_DRAWS 32

static gboolean
step_applies (const BallastStep      *step,
              const BallastRandomKey *key,
              const char             *class_name)
{
  return step->enabled && !ballast_step_is_kept_from (step, class_name)
         && ballast_random_unit (key, step->id, COIN) < step->p;
}

/* Takes over the numbers of @sampler, and moves its size past the step. */
static void
finish_step (BallastRecipe     *recipe,
             const BallastStep *step,
             BallastSampler    *sampler)
{
  BallastRecipeStep *fixed = &recipe->steps[recipe->n_steps++];
  BallastLowering lowering = { .width = sampler->width, .height = sampler->height };

  fixed->op = step->op;
  fixed->id = step->id;
  fixed->n_numbers = sampler->numbers->len;
  fixed->numbers = (double *) (gpointer) g_array_free (sampler->numbers, FALSE);

  lowering.actions = g_array_new (FALSE, TRUE, sizeof (BallastAction));
  if (step->op->moves_boxes)
    step->op->lower (fixed, &lowering);
  sampler->width = lowering.width;
  sampler->height = lowering.height;
  ballast_lowering_clear (&lowering);
}

/* The boxes of @subject as they stand after the steps of @recipe. */
static void
show_boxes (BallastSampler       *sampler,
            const BallastRecipe  *recipe,
            const BallastSubject *subject,
            GArray               *boxes)
{
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, subject->boxes, subject->n_boxes,
                                                       NULL, NULL);

  g_array_set_size (boxes, 0);
  for (guint i = 0; i < mapped->len; i++)
    g_array_append_val (boxes, g_array_index (mapped, BallastMappedBox, i).box);
  sampler->boxes = (const BallastBox *) (gconstpointer) boxes->data;
  sampler->n_boxes = boxes->len;
}

static BallastRecipe *
draw (const BallastPipeline  *pipeline,
      const BallastRandomKey *key,
      const BallastSubject   *subject)
{
  guint n = ballast_pipeline_get_n_steps (pipeline);
  BallastRecipe *recipe = g_new0 (BallastRecipe, 1);
  BallastSampler sampler = { .key = key, .width = subject->width, .height = subject->height };
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));

  recipe->width = subject->width;
  recipe->height = subject->height;
  recipe->steps = g_new0 (BallastRecipeStep, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, i);

      if (!step_applies (step, key, subject->class_name))
        continue;
      sampler.step_id = step->id;
      sampler.draw = COIN + 1;
      sampler.numbers = g_array_new (FALSE, FALSE, sizeof (double));
      if (step->op->needs_boxes)
        show_boxes (&sampler, recipe, subject, boxes);
      if (step->op->sample != NULL)
        step->op->sample (&sampler, step->values);
      finish_step (recipe, step, &sampler);
    }
  return recipe;
}

/* The key of the @n-th try: the first is @key itself. */
static BallastRandomKey
key_of_try (const BallastRandomKey *key,
            guint                   n)
{
  BallastRandomKey other = *key;

  other.salt[0] ^= n * 0x9e3779b9u;
  return other;
}

static guint
count_lost_boxes (const BallastRecipe    *recipe,
                  const BallastSubject   *subject,
                  const BallastBoxPolicy *policy)
{
  BallastBoxTally tally;
  g_autoptr(GArray) mapped = ballast_recipe_map_boxes (recipe, subject->boxes, subject->n_boxes,
                                                       policy, &tally);

  return tally.n_lost;
}

/* The first try that loses no box, or the one that loses the fewest. */
static BallastRecipe *
draw_until_boxes_stay (const BallastPipeline  *pipeline,
                       const BallastRandomKey *key,
                       const BallastSubject   *subject)
{
  const BallastBoxPolicy *policy = ballast_pipeline_get_box_policy (pipeline);
  g_autoptr(BallastRecipe) best = NULL;
  guint least = G_MAXUINT;

  for (guint i = 0; i < BOX_DRAWS && least > 0; i++)
    {
      BallastRandomKey other = key_of_try (key, i);
      g_autoptr(BallastRecipe) recipe = draw (pipeline, &other, subject);
      guint lost = count_lost_boxes (recipe, subject, policy);

      if (lost >= least)
        continue;
      least = lost;
      g_clear_pointer (&best, ballast_recipe_free);
      best = g_steal_pointer (&recipe);
    }
  return g_steal_pointer (&best);
}

BallastRecipe *
ballast_pipeline_sample_subject (const BallastPipeline  *pipeline,
                                 const BallastRandomKey *key,
                                 const BallastSubject   *subject)
{
  g_return_val_if_fail (subject->width > 0 && subject->height > 0, g_new0 (BallastRecipe, 1));

  if (subject->n_boxes > 0
      && ballast_pipeline_get_box_policy (pipeline)->loss == BALLAST_BOX_LOSS_REDRAW)
    return draw_until_boxes_stay (pipeline, key, subject);
  return draw (pipeline, key, subject);
}

BallastRecipe *
ballast_pipeline_sample (const BallastPipeline  *pipeline,
                         const BallastRandomKey *key,
                         guint                   width,
                         guint                   height,
                         const char             *class_name)
{
  const BallastSubject subject = { .width = width, .height = height, .class_name = class_name };

  return ballast_pipeline_sample_subject (pipeline, key, &subject);
}

BallastRecipe *
ballast_recipe_copy (const BallastRecipe *recipe)
{
  BallastRecipe *copy = g_memdup2 (recipe, sizeof *recipe);

  copy->steps = g_memdup2 (recipe->steps, sizeof *recipe->steps * MAX (recipe->n_steps, 1));
  for (guint i = 0; i < recipe->n_steps; i++)
    copy->steps[i].numbers = g_memdup2 (recipe->steps[i].numbers,
                                        sizeof (double) * recipe->steps[i].n_numbers);
  return copy;
}

void
ballast_recipe_free (BallastRecipe *recipe)
{
  if (recipe == NULL)
    return;
  for (guint i = 0; i < recipe->n_steps; i++)
    g_free (recipe->steps[i].numbers);
  g_free (recipe->steps);
  g_free (recipe);
}

gboolean
ballast_recipe_equal (const BallastRecipe *a,
                      const BallastRecipe *b)
{
  if (a->width != b->width || a->height != b->height || a->n_steps != b->n_steps)
    return FALSE;
  for (guint i = 0; i < a->n_steps; i++)
    {
      const BallastRecipeStep *left = &a->steps[i], *right = &b->steps[i];

      if (left->op != right->op || left->id != right->id || left->n_numbers != right->n_numbers)
        return FALSE;
      for (guint j = 0; j < left->n_numbers; j++)
        if (left->numbers[j] != right->numbers[j])
          return FALSE;
    }
  return TRUE;
}

char **
ballast_recipe_describe (const BallastRecipe *recipe)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < recipe->n_steps; i++)
    {
      const BallastRecipeStep *step = &recipe->steps[i];
      g_autoptr(GString) text = g_string_new (NULL);

      if (step->op->describe != NULL)
        step->op->describe (step, text);
      else
        g_string_append (text, step->op->glyph);
      if (text->len > 0)
        g_strv_builder_add (builder, text->str);
    }
  return g_strv_builder_end (builder);
}

char *
ballast_recipe_describe_line (const BallastRecipe *recipe)
{
  g_auto(GStrv) parts = ballast_recipe_describe (recipe);

  return g_strjoinv (" ", parts);
}

gboolean
ballast_recipe_mirrors (const BallastRecipe *recipe)
{
  g_auto(BallastLowering) lowering = { 0 };
  BallastMap map;

  ballast_lowering_init (&lowering, recipe);
  map = ballast_lowering_get_map (&lowering);
  return ballast_map_determinant (&map) < 0;
}

gboolean
ballast_pipeline_always_mirrors (const BallastPipeline *pipeline,
                                 const char            *class_name)
{
  for (guint draw = 1; draw <= ALWAYS_DRAWS; draw++)
    {
      BallastRandomKey key = ballast_random_key (0, "", draw);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 256, 256,
                                                                  class_name);

      if (!ballast_recipe_mirrors (recipe))
        return FALSE;
    }

  return TRUE;
}

void
ballast_recipe_get_output_size (const BallastRecipe *recipe,
                                guint               *width,
                                guint               *height)
{
  g_auto(BallastLowering) lowering = { 0 };

  ballast_lowering_init (&lowering, recipe);
  *width = lowering.width;
  *height = lowering.height;
}

gboolean
ballast_recipe_get_symmetry (const BallastRecipe *recipe,
                             BallastSymmetry     *symmetry)
{
  g_auto(BallastLowering) lowering = { 0 };
  BallastMap map, inverse;
  gint64 left, top;

  ballast_lowering_init (&lowering, recipe);
  for (guint i = 0; i < lowering.actions->len; i++)
    if (g_array_index (lowering.actions, BallastAction, i).kind != BALLAST_ACTION_GEOMETRY)
      return FALSE;

  map = ballast_lowering_get_map (&lowering);
  inverse = ballast_map_invert (&map);
  return ballast_map_is_exact (&inverse, lowering.width, lowering.height, symmetry, &left, &top)
         && left == 0 && top == 0
         && (guint64) lowering.width * lowering.height == (guint64) recipe->width * recipe->height
         && (lowering.width == recipe->width || lowering.width == recipe->height);
}
