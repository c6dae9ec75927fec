/*
 * RandomGridShuffle: tiles of a grid change places.
 *
 * Only tiles of one size change, so that nothing is stretched.  A box becomes one for each connected part.
 * Numbers: rows, columns, then for every place, row after row, the tile that it shows.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-dense.h"

#include <math.h>

#define MAX_SIDE 16

enum
{
  ROWS,
  COLUMNS,
};

#define CELLS(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "",                    \
    .help = N_("So many tiles in this direction."), .minimum = 1, .maximum = MAX_SIDE, .step = 1,  \
    .initial = { { 3 } }, .neutral = { { 1 } }, .absent = { { 3 } }                                \
  }

static const BallastParameter parameters[] = {
  [ROWS] = CELLS ("grid.0", N_("Rows")),
  [COLUMNS] = CELLS ("grid.1", N_("Columns")),
};

static void
get_tile_size (const double *size,
               const guint  *n,
               guint         tile,
               double        out[2])
{
  guint column = tile % n[0], row = tile / n[0];

  out[0] = ballast_dense_get_tile_edge (size[0], n[0], column + 1)
           - ballast_dense_get_tile_edge (size[0], n[0], column);
  out[1] = ballast_dense_get_tile_edge (size[1], n[1], row + 1)
           - ballast_dense_get_tile_edge (size[1], n[1], row);
}

static gboolean
are_of_one_size (const double *size,
                 const guint  *n,
                 guint         a,
                 guint         b)
{
  double left[2], right[2];

  get_tile_size (size, n, a, left);
  get_tile_size (size, n, b, right);
  return left[0] == right[0] && left[1] == right[1];
}

/* Fisher and Yates among tiles of one size: each changes with one that is still to come, or stays. */
static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  const guint n[2] = { (guint) values[COLUMNS].number[0], (guint) values[ROWS].number[0] };
  const double size[2] = { sampler->width, sampler->height };
  guint from[MAX_SIDE * MAX_SIDE], all = n[0] * n[1];

  for (guint i = 0; i < all; i++)
    from[i] = i;
  for (guint i = 0; i < all; i++)
    {
      guint others[MAX_SIDE * MAX_SIDE], n_others = 0, with, swap;

      others[n_others++] = i; /* always of its own size */
      for (guint j = i + 1; j < all; j++)
        if (are_of_one_size (size, n, i, j))
          others[n_others++] = j;
      with = others[ballast_sampler_below (sampler, n_others)];
      swap = from[i];
      from[i] = from[with];
      from[with] = swap;
    }
  ballast_sampler_put (sampler, n[1]);
  ballast_sampler_put (sampler, n[0]);
  for (guint i = 0; i < all; i++)
    ballast_sampler_put (sampler, from[i]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  gboolean shown[MAX_SIDE * MAX_SIDE] = { FALSE };
  guint all;

  if (step->n_numbers < 3 || !ballast_op_check_numbers (step, step->n_numbers)
      || !ballast_op_check_choice (step, 0, MAX_SIDE + 1)
      || !ballast_op_check_choice (step, 1, MAX_SIDE + 1))
    return FALSE;
  all = (guint) (step->numbers[0] * step->numbers[1]);
  if (all == 0 || step->n_numbers != 2 + all)
    return FALSE;
  for (guint i = 0; i < all; i++)
    {
      if (!ballast_op_check_choice (step, 2 + i, all) || shown[(guint) step->numbers[2 + i]])
        return FALSE;
      shown[(guint) step->numbers[2 + i]] = TRUE;
    }
  return TRUE;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const guint n[2] = { (guint) step->numbers[1], (guint) step->numbers[0] };
  const double size[2] = { lowering->width, lowering->height };
  const double black[3] = { 0 };
  guint from[MAX_SIDE * MAX_SIDE];
  gboolean same = TRUE;

  for (guint i = 0; i < n[0] * n[1]; i++)
    {
      from[i] = (guint) step->numbers[2 + i];
      same = same && from[i] == i;
      /* A recipe for another size: what does not fit stays. */
      if (!are_of_one_size (size, n, i, from[i]))
        return;
    }
  if (!same)
    ballast_lowering_dense (lowering, ballast_dense_new_tiles (size[0], size[1], n[0], n[1], from),
                            BALLAST_BORDER_NONE, black);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (step->n_numbers > 3)
    g_string_append_printf (text, "▚ %u × %u", (guint) step->numbers[1], (guint) step->numbers[0]);
}

const BallastOp ballast_op_random_grid_shuffle = {
  .name = "RandomGridShuffle",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Shuffled Tiles"),
  .help = N_("Cuts the picture into tiles and lays them in another order: for textures."),
  .keywords = "jigsaw puzzle tiles permutation grid shuffle Jigsaw",
  .glyph = "▚",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
