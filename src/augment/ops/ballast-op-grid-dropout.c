/*
 * GridDropout: cuts the picture into cells and covers a part of each (GridMask).
 *
 * Numbers: red, green, blue, columns, rows, ratio, shift x and y (px; −1: drawn for each hole), two
 * seeds for these, seeds of the fill (0, 1 or 2, as in ballast-holes.h).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"
#include "ballast-kernel-random.h"

#include <math.h>

/* Cells a side: more cannot be told apart, and every box goes round every hole. */
#define MAX_CELLS 64
#define N_NUMBERS 10

enum
{
  RATIO,
  UNIT_SIZE,
  COLUMNS,
  ROWS,
  RANDOM_OFFSET,
  SHIFT_X,
  SHIFT_Y,
  FILL,
  FILL_STYLE,
};

#define CELLS(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "",                    \
    .help = N_("How many cells; 0 leaves it to their size."), .minimum = 0,                        \
    .maximum = MAX_CELLS, .step = 1, .secondary = TRUE                                             \
  }
#define SHIFT(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px",                  \
    .help = N_("Where in its cell a hole lies that is not drawn."), .minimum = 0,                  \
    .maximum = 1000, .step = 1, .secondary = TRUE                                                  \
  }

static const BallastParameter parameters[] = {
  [RATIO] = {
    .name = "ratio", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Covered"), .unit = "",
    .help = N_("The side of a hole as a share of its cell's: 0.5 covers a quarter of the "
                "picture."),
    .minimum = 0.05, .maximum = 0.95, .step = 0.05, .digits = 2, .initial = { { 0.4 } },
    .neutral = { { 0.4 } }, .absent = { { 0.5 } },
  },
  [UNIT_SIZE] = {
    .name = "unit_size_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Cell"), .unit = "px",
    .help = N_("The side of a cell in pixels of the full picture; 0 makes ten cells a side."),
    .minimum = 0, .maximum = 2000, .step = 1, .whole = TRUE, .secondary = TRUE,
  },
  [COLUMNS] = CELLS ("holes_number_xy.0", N_("Columns")),
  [ROWS] = CELLS ("holes_number_xy.1", N_("Rows")),
  [RANDOM_OFFSET] = {
    .name = "random_offset", .type = BALLAST_PARAMETER_BOOL, .label = N_("Scattered"), .unit = "",
    .help = N_("Draws the place of every hole in its cell; otherwise they stand in line."),
    .maximum = 1, .step = 1, .initial = { { 1 } }, .absent = { { 1 } },
  },
  [SHIFT_X] = SHIFT ("shift_xy.0", N_("Shift Right")),
  [SHIFT_Y] = SHIFT ("shift_xy.1", N_("Shift Down")),
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the holes.")),
  [FILL_STYLE] = BALLAST_PARAMETER_FILL_STYLE,
};

static double
count_cells (double wanted,
             double unit,
             guint  size)
{
  double n = wanted;

  if (n < 1 && unit >= 2)
    n = floor (size / unit);
  else if (n < 1)
    n = 10;
  return CLAMP (n, 1, MIN (MAX_CELLS, MAX (1, size / 2)));
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double unit = ballast_sampler_whole (sampler, &values[UNIT_SIZE]);
  gboolean scattered = values[RANDOM_OFFSET].number[0] != 0;

  ballast_holes_put_colour (sampler, &values[FILL]);
  ballast_sampler_put (sampler, count_cells (values[COLUMNS].number[0], unit, sampler->width));
  ballast_sampler_put (sampler, count_cells (values[ROWS].number[0], unit, sampler->height));
  ballast_sampler_put (sampler, values[RATIO].number[0]);
  ballast_sampler_put (sampler, scattered ? -1 : values[SHIFT_X].number[0]);
  ballast_sampler_put (sampler, scattered ? -1 : values[SHIFT_Y].number[0]);
  ballast_sampler_put_seed (sampler);
  ballast_holes_put_style (sampler, &values[FILL_STYLE]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (step->n_numbers < N_NUMBERS || step->n_numbers > N_NUMBERS + 2
      || !ballast_op_check_numbers (step, step->n_numbers))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (n[i] < 0 || n[i] > 255)
      return FALSE;
  for (guint i = 3; i < 5; i++)
    if (n[i] != floor (n[i]) || n[i] < 1 || n[i] > MAX_CELLS)
      return FALSE;
  for (guint i = N_NUMBERS; i < step->n_numbers; i++)
    if (n[i] < 0 || n[i] > G_MAXUINT32)
      return FALSE;
  return n[5] > 0 && n[5] < 1 && n[6] >= -1 && n[6] <= 65535 && n[7] >= -1 && n[7] <= 65535
         && ballast_op_check_seed (step, 8);
}

/* Where the hole of cell @i of @cells begins, and how long it is. */
static void
place_hole (const BallastRecipeStep *step,
            guint                    axis,
            guint                    size,
            guint                    i,
            guint32                  bits,
            gint32                   place[2])
{
  guint cells = (guint) step->numbers[3 + axis];
  guint start = (guint) ((guint64) size * i / cells);
  guint length = (guint) ((guint64) size * (i + 1) / cells) - start;
  double shift = step->numbers[6 + axis];
  guint hole = (guint) CLAMP (length * step->numbers[5], 1, MAX (1, (double) length - 1));
  guint room = length - MIN (hole, length);
  guint offset = shift < 0 ? (guint) (((guint64) bits * (room + 1)) >> 32)
                           : (guint) MIN (shift, room);

  place[0] = (gint32) (start + offset);
  place[1] = (gint32) hole;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  guint columns = (guint) step->numbers[3], rows = (guint) step->numbers[4];
  BallastRectangle *items = g_new (BallastRectangle, columns * rows);
  guint32 seed = (guint32) step->numbers[8], salt = (guint32) step->numbers[9];

  for (guint i = 0; i < columns * rows; i++)
    {
      guint32 row = ballast_hash_row (seed, i);
      gint32 across[2], down[2];

      place_hole (step, 0, lowering->width, i % columns, ballast_hash_at (row, salt, 0), across);
      place_hole (step, 1, lowering->height, i / columns, ballast_hash_at (row, salt, 1), down);
      items[i] = (BallastRectangle) { across[0], down[0], across[1], down[1] };
    }
  ballast_holes_cover (lowering, step, step->n_numbers - N_NUMBERS, items, columns * rows);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append_printf (text, "▦ %u × %u", (guint) step->numbers[3], (guint) step->numbers[4]);
}

/* 0 is Albumentations' None. */
static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_holes_write (arguments, &values[FILL_STYLE]);
  if (values[UNIT_SIZE].number[0] < 2)
    json_object_set_null_member (arguments, "unit_size_range");
  if (values[COLUMNS].number[0] < 1 || values[ROWS].number[0] < 1)
    json_object_set_null_member (arguments, "holes_number_xy");
}

const BallastOp ballast_op_grid_dropout = {
  .name = "GridDropout",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Grid Dropout"),
  .help = N_("Covers a hole in every cell of a grid, so that no part of an object is relied on."),
  .keywords = "GridMask grid mask cutout holes occlusion dropout",
  .glyph = "▦",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .hides_boxes = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = write_extra,
};
