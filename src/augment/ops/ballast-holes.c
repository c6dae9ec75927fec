/*
 * Rectangles that cover parts of a picture.
 *
 * The seed of a random fill is drawn far behind the positions, so that the fill moves no hole.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"

#include "ballast-kernel-random.h"

#include <math.h>
#include <string.h>

/* The draw of the fill's seed. */
#define STYLE_DRAW 65536

const BallastChoice ballast_fill_choices[3] = {
  [BALLAST_FILL_COLOUR] = { "colour", N_("Fill Colour"), -1 },
  [BALLAST_FILL_RANDOM] = { "random", N_("Random Pixels"), -1 },
  [BALLAST_FILL_RANDOM_UNIFORM] = { "random_uniform", N_("A Random Colour Each"), -1 },
};

void
ballast_holes_put_colour (BallastSampler     *sampler,
                          const BallastValue *fill)
{
  ballast_sampler_put_colour (sampler, fill);
}

void
ballast_holes_put (BallastSampler *sampler,
                   double          x,
                   double          y,
                   double          width,
                   double          height)
{
  ballast_sampler_put (sampler, x);
  ballast_sampler_put (sampler, y);
  ballast_sampler_put (sampler, width);
  ballast_sampler_put (sampler, height);
}

void
ballast_holes_put_style (BallastSampler     *sampler,
                         const BallastValue *style)
{
  guint64 seed = ballast_random_bits (sampler->key, sampler->step_id, STYLE_DRAW);

  if (style->number[0] != BALLAST_FILL_COLOUR)
    ballast_sampler_put (sampler, (guint32) seed);
  if (style->number[0] == BALLAST_FILL_RANDOM)
    ballast_sampler_put (sampler, (guint32) (seed >> 32));
}

/* 0, 1 or 2 behind the holes; 3 where the numbers make no sense. */
static guint
count_seeds (const BallastRecipeStep *step)
{
  return step->n_numbers < 3 ? 3 : (step->n_numbers - 3) % 4;
}

guint
ballast_holes_count (const BallastRecipeStep *step)
{
  return (step->n_numbers - 3) / 4;
}

static gboolean
is_whole (double number,
          double maximum)
{
  return number >= 0 && number <= maximum && number == floor (number);
}

gboolean
ballast_holes_check (const BallastRecipeStep *step)
{
  guint n_seeds = count_seeds (step);

  if (n_seeds > 2 || ballast_holes_count (step) > BALLAST_MAX_HOLES
      || !ballast_op_check_numbers (step, step->n_numbers))
    return FALSE;
  for (guint i = 0; i < step->n_numbers; i++)
    {
      gboolean is_seed = i >= step->n_numbers - n_seeds;

      if (i < 3 ? step->numbers[i] < 0 || step->numbers[i] > 255
                : !is_whole (step->numbers[i], is_seed ? G_MAXUINT32 : 65535))
        return FALSE;
    }
  return TRUE;
}

static BallastAction *
add_rectangles (BallastLowering        *lowering,
                const double           *colour,
                const BallastRectangle *items,
                guint                   n)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_RECTANGLES);

  action->rectangles.items = g_memdup2 (items, n * sizeof *items);
  action->rectangles.n = n;
  for (guint i = 0; i < 3; i++)
    action->colour[i] = colour[i];
  return action;
}

void
ballast_holes_cover (BallastLowering         *lowering,
                     const BallastRecipeStep *step,
                     guint                    n_seeds,
                     BallastRectangle        *items,
                     guint                    n)
{
  const double *seeds = step->numbers + step->n_numbers - n_seeds;

  if (n > 0 && n_seeds != 1)
    {
      BallastAction *action = add_rectangles (lowering, step->numbers, items, n);

      action->rectangles.speckled = n_seeds == 2;
      for (guint i = 0; i < n_seeds; i++)
        action->rectangles.seed[i] = (guint32) seeds[i];
    }
  for (guint i = 0; n_seeds == 1 && i < n; i++)
    {
      guint32 bits = ballast_hash_at (ballast_hash ((guint32) seeds[0]), 0, i);
      const double colour[3] = { bits & 255, bits >> 8 & 255, bits >> 16 & 255 };

      add_rectangles (lowering, colour, &items[i], 1);
    }
  g_free (items);
}

void
ballast_holes_lower (const BallastRecipeStep *step,
                     BallastLowering         *lowering)
{
  guint n = ballast_holes_count (step);
  BallastRectangle *items = g_new (BallastRectangle, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const double *hole = step->numbers + 3 + 4 * i;

      items[i] = (BallastRectangle) { (gint32) hole[0], (gint32) hole[1], (gint32) hole[2],
                                      (gint32) hole[3] };
    }
  ballast_holes_cover (lowering, step, count_seeds (step), items, n);
}

void
ballast_holes_describe (const BallastRecipeStep *step,
                        GString                 *text)
{
  if (ballast_holes_count (step) > 0)
    g_string_append_printf (text, "▪ %u", ballast_holes_count (step));
}

void
ballast_holes_write (JsonObject         *arguments,
                     const BallastValue *style)
{
  json_object_set_null_member (arguments, "fill_mask");
  json_object_remove_member (arguments, "fill_style");
  if (style->number[0] != BALLAST_FILL_COLOUR)
    json_object_set_string_member (arguments, "fill",
                                   ballast_fill_choices[(guint) style->number[0]].name);
}
