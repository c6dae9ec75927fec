/*
 * A recipe: the steps that apply to one copy, with fixed numbers.
 *
 * Immutable once drawn (ballast-recipe-sample.c); pure functions, any thread, about a microsecond.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-lowering.h"
#include "ballast-recipe.h"

#include <string.h>

/* A pipeline that mirrors 19 copies of 20 is taken for one that always does twice in a million. */
#define ALWAYS_DRAWS 256

BallastRecipe *
ballast_recipe_copy (const BallastRecipe *recipe)
{
  BallastRecipe *copy = g_memdup2 (recipe, sizeof *recipe);

  copy->steps = g_memdup2 (recipe->steps, sizeof *recipe->steps * MAX (recipe->n_steps, 1));
  for (guint i = 0; i < recipe->n_steps; i++)
    {
      BallastRecipeStep *step = &copy->steps[i];

      step->numbers = g_memdup2 (step->numbers, sizeof (double) * step->n_numbers);
      step->partners = g_memdup2 (step->partners, sizeof *step->partners * step->n_partners);
      for (guint j = 0; j < step->n_partners; j++)
        step->partners[j].path = g_strdup (step->partners[j].path);
    }
  return copy;
}

void
ballast_recipe_free (BallastRecipe *recipe)
{
  if (recipe == NULL)
    return;
  for (guint i = 0; i < recipe->n_steps; i++)
    {
      for (guint j = 0; j < recipe->steps[i].n_partners; j++)
        g_free (recipe->steps[i].partners[j].path);
      g_free (recipe->steps[i].partners);
      g_free (recipe->steps[i].numbers);
    }
  g_free (recipe->steps);
  g_free (recipe);
}

static gboolean
same_partners (const BallastRecipeStep *a,
               const BallastRecipeStep *b)
{
  if (a->n_partners != b->n_partners)
    return FALSE;
  for (guint i = 0; i < a->n_partners; i++)
    {
      const BallastRecipePartner *left = &a->partners[i], *right = &b->partners[i];

      if (strcmp (left->path, right->path) != 0 || left->source != right->source
          || left->width != right->width || left->height != right->height)
        return FALSE;
    }
  return TRUE;
}

guint
ballast_recipe_get_n_partners (const BallastRecipe *recipe)
{
  guint n = 0;

  for (guint i = 0; i < recipe->n_steps; i++)
    n += recipe->steps[i].n_partners;
  return n;
}

const BallastRecipePartner *
ballast_recipe_get_partner (const BallastRecipe *recipe,
                            guint                index)
{
  for (guint i = 0; i < recipe->n_steps; i++)
    {
      if (index < recipe->steps[i].n_partners)
        return &recipe->steps[i].partners[index];
      index -= recipe->steps[i].n_partners;
    }
  g_return_val_if_reached (NULL);
}

void
ballast_recipe_get_shares (const BallastRecipe *recipe,
                           double              *shares)
{
  guint n = 1;

  shares[0] = 1;
  for (guint i = 0; i < recipe->n_steps; i++)
    {
      const BallastRecipeStep *step = &recipe->steps[i];
      g_autofree double *parts = g_new0 (double, step->n_partners + 1);

      if (step->n_partners == 0)
        continue;
      step->op->get_shares (step, parts);
      for (guint j = 0; j < n; j++)
        shares[j] *= parts[0];
      for (guint j = 0; j < step->n_partners; j++)
        shares[n++] = parts[j + 1];
    }
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
      if (!same_partners (left, right))
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
ballast_recipe_mirrors_partner (const BallastRecipe *recipe,
                                guint                index)
{
  g_auto(BallastLowering) lowering = { 0 };
  BallastMap map;

  ballast_lowering_init_partner (&lowering, recipe, index);
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
    {
      const BallastAction *action = &g_array_index (lowering.actions, BallastAction, i);

      if (action->kind != BALLAST_ACTION_GEOMETRY || action->geometry.dense != NULL
          || action->geometry.clips)
        return FALSE;
    }

  map = ballast_lowering_get_map (&lowering);
  inverse = ballast_map_invert (&map);
  return ballast_map_is_exact (&inverse, lowering.width, lowering.height, symmetry, &left, &top)
         && left == 0 && top == 0
         && (guint64) lowering.width * lowering.height == (guint64) recipe->width * recipe->height
         && (lowering.width == recipe->width || lowering.width == recipe->height);
}
