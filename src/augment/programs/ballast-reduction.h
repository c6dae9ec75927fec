#pragma once

#include "ballast-recipe.h"

G_BEGIN_DECLS

/*
 * By how much a picture may be decoded smaller for @recipe: 1, 2, 4 or 8.
 *
 * More than 1 where the recipe's geometry, up to the first step that looks at neighbours or draws
 * something in, shrinks every direction by at least twice that: a crop of 4000 × 3000 to 224 × 224 is made of
 * a quarter of it.  The picture still has twice as many pixels each way as are asked for, and the
 * reduced one stands for the full one in ballast_program_new_scaled() with a scale of 1.  Follows from
 * @recipe alone, so that a copy is the same whatever other copies its source has.
 */
guint ballast_recipe_get_reduction (const BallastRecipe *recipe);

G_END_DECLS
