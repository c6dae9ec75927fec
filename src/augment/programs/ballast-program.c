/*
 * From a recipe to the fewest passes over the pixels.
 *
 * - Geometry after geometry becomes one map, sampled once; nothing is cropped in between, and what
 *   is uncovered is decided by the last step that can uncover something.
 * - Colour between two resamplings is done before them on the source, and the colour that fills
 *   goes through it; colour before a mirror or a cut may as well come after it.
 * - Tables after tables are one table, matrices after matrices one matrix.
 * - What reads neighbours or a statistic begins a pass.  Noise and holes have their place in the picture:
 *   what moves pixels after them begins a pass.
 *
 * Compiling costs some microseconds (16-bit tables: about one millisecond) and touches no pixels.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-program-private.h"

#include <math.h>
#include <string.h>

static void
touch_clear (gpointer data)
{
  BallastTouch *touch = data;

  g_free (touch->table);
  g_free (touch->rectangles);
}

static void
pass_clear (gpointer data)
{
  BallastPass *pass = data;

  g_clear_pointer (&pass->touches, g_array_unref);
  g_clear_pointer (&pass->links, g_array_unref);
  ballast_axis_free (pass->horizontal);
  ballast_axis_free (pass->vertical);
  g_free (pass->weights);
}

GArray *
ballast_touches_new (void)
{
  GArray *touches = g_array_new (FALSE, TRUE, sizeof (BallastTouch));

  g_array_set_clear_func (touches, touch_clear);
  return touches;
}

BallastPass *
ballast_program_last_pass (BallastProgram *program)
{
  return &g_array_index (program->passes, BallastPass, program->passes->len - 1);
}

/* A pass that, so far, leaves everything as it is. */
BallastPass *
ballast_program_add_pass (BallastProgram *program,
                          BallastPassKind kind,
                          guint           width,
                          guint           height)
{
  BallastPass *pass;

  g_array_set_size (program->passes, program->passes->len + 1);
  pass = ballast_program_last_pass (program);
  *pass = (BallastPass) { .kind = kind, .in_width = width, .in_height = height, .width = width,
                          .height = height, .forward = BALLAST_MAP_IDENTITY,
                          .inverse = BALLAST_MAP_IDENTITY, .border = BALLAST_BORDER_NONE,
                          .interpolation = BALLAST_INTERPOLATION_LINEAR };
  pass->touches = ballast_touches_new ();
  return pass;
}

static double
clipped (double value,
         double maximum)
{
  return value > 0 ? MIN (value, maximum) : 0;
}

/* The table of @func after @before (nullable), or NULL where it changes nothing. */
static void *
make_table (const BallastProgram *program,
            const BallastAction  *action,
            const void           *before)
{
  guint n = program->depth == 16 ? 65536 : 256;
  guint16 *wide = program->depth == 16 ? g_new (guint16, n) : NULL;
  guint8 *narrow = program->depth == 16 ? NULL : g_new (guint8, n);
  gboolean same = TRUE;

  for (guint v = 0; v < n; v++)
    {
      guint from = before == NULL ? v : wide != NULL ? ((const guint16 *) before)[v]
                                                     : ((const guint8 *) before)[v];
      guint to = (guint) clipped (action->point.func (from, n - 1, action->point.numbers), n - 1);

      same = same && to == v;
      if (wide != NULL)
        wide[v] = (guint16) to;
      else
        narrow[v] = (guint8) to;
    }
  if (!same)
    return wide != NULL ? (void *) wide : (void *) narrow;
  g_free (wide);
  g_free (narrow);
  return NULL;
}

static double
shift_value (double        value,
             double        maximum,
             const double *numbers)
{
  return value + numbers[0] * (maximum / 255);
}

static void
add_point (BallastProgram      *program,
           const BallastAction *action)
{
  GArray *touches = ballast_program_last_pass (program)->touches;
  BallastTouch *before = touches->len > 0
                           ? &g_array_index (touches, BallastTouch, touches->len - 1) : NULL;
  BallastTouch touch = { .kind = BALLAST_ACTION_POINT };

  if (before != NULL && before->kind == BALLAST_ACTION_POINT)
    {
      touch.table = make_table (program, action, before->table);
      g_array_set_size (touches, touches->len - 1);
    }
  else
    {
      touch.table = make_table (program, action, NULL);
    }
  if (touch.table != NULL)
    g_array_append_val (touches, touch);
}

static void
add_matrix (BallastProgram      *program,
            const BallastAction *action)
{
  GArray *touches = ballast_program_last_pass (program)->touches;
  BallastTouch touch = { .kind = BALLAST_ACTION_MATRIX };
  BallastMap matrix;

  if (program->channels < 3)
    return;
  memcpy (matrix.m, action->matrix, sizeof matrix.m);
  if (touches->len > 0)
    {
      const BallastTouch *before = &g_array_index (touches, BallastTouch, touches->len - 1);

      if (before->kind == BALLAST_ACTION_MATRIX)
        {
          BallastMap inner;

          memcpy (inner.m, before->exact, sizeof inner.m);
          matrix = ballast_map_compose (&matrix, &inner);
          g_array_set_size (touches, touches->len - 1);
        }
    }
  memcpy (touch.exact, matrix.m, sizeof touch.exact);
  for (guint i = 0; i < 9; i++)
    touch.matrix[i] = (gint32) lrint (touch.exact[i] * 32768);
  g_array_append_val (touches, touch);
}

/* On grey, hue and saturation mean nothing, and the value is a point operation. */
static void
add_hsv (BallastProgram      *program,
         const BallastAction *action)
{
  BallastTouch touch = { .kind = BALLAST_ACTION_HSV };
  BallastAction value = { .kind = BALLAST_ACTION_POINT };

  if (program->channels < 3)
    {
      value.point.func = shift_value;
      value.point.numbers[0] = action->hsv[2];
      add_point (program, &value);
      return;
    }
  for (guint i = 0; i < 3; i++)
    touch.shifts[i] = (gint32) action->hsv[i];
  if (touch.shifts[0] != 0 || touch.shifts[1] != 0 || touch.shifts[2] != 0)
    g_array_append_val (ballast_program_last_pass (program)->touches, touch);
}

static void
add_grey (BallastProgram      *program,
          const BallastAction *action)
{
  BallastTouch touch = { .kind = BALLAST_ACTION_GREY, .grey = action->grey };

  if (program->channels >= 3)
    g_array_append_val (ballast_program_last_pass (program)->touches, touch);
}

static void
add_noise (BallastProgram      *program,
           const BallastAction *action)
{
  double levels = (program->depth == 16 ? 65535 : 255) * 256.0;
  double scale = MIN (1, sqrt (program->scale_x * program->scale_y));
  BallastTouch touch = { .kind = BALLAST_ACTION_NOISE };

  /* A reduced picture is a mean of pixels, and the mean of n draws varies by 1 / √n. */
  touch.noise.sigma = (gint32) lrint (action->noise.sigma * scale * levels);
  touch.noise.mean = (gint32) lrint (action->noise.mean * levels);
  touch.noise.seed[0] = action->noise.seed[0];
  touch.noise.seed[1] = action->noise.seed[1];
  touch.noise.per_channel = action->noise.per_channel;
  if (touch.noise.sigma != 0 || touch.noise.mean != 0)
    g_array_append_val (ballast_program_last_pass (program)->touches, touch);
}

static void
add_rectangles (BallastProgram      *program,
                const BallastAction *action)
{
  BallastPass *pass = ballast_program_last_pass (program);
  double x = (double) pass->width / action->in_width, y = (double) pass->height / action->in_height;
  BallastTouch touch = { .kind = BALLAST_ACTION_RECTANGLES };

  if (action->rectangles.unpainted)
    return;
  touch.n_rectangles = action->rectangles.n;
  touch.speckled = action->rectangles.speckled;
  memcpy (touch.seed, action->rectangles.seed, sizeof touch.seed);
  touch.rectangles = g_new (BallastRectangle, MAX (1, touch.n_rectangles));
  for (guint i = 0; i < touch.n_rectangles; i++)
    {
      const BallastRectangle *hole = &action->rectangles.items[i];
      gint32 left = (gint32) lround (hole->x * x), top = (gint32) lround (hole->y * y);
      gint32 right = (gint32) lround (((double) hole->x + hole->width) * x);
      gint32 bottom = (gint32) lround (((double) hole->y + hole->height) * y);

      touch.rectangles[i] = (BallastRectangle) { left, top, right - left, bottom - top };
    }
  ballast_program_get_pixel (program->channels, program->depth, action->colour, touch.pixel);
  g_array_append_val (pass->touches, touch);
}

static void
add_blur (BallastProgram      *program,
          const BallastAction *action)
{
  double scale = sqrt (program->scale_x * program->scale_y), sigma = action->blur.sigma * scale;
  guint size = action->blur.size == 0
                 ? (guint) (sigma * 3.5) * 2 + 1
                 : (guint) lround ((action->blur.size - 1) * 0.5 * scale) * 2 + 1;
  BallastPass *pass = ballast_program_last_pass (program);

  if (size <= 1 || sigma <= 0)
    return;
  pass = ballast_program_add_pass (program, BALLAST_PASS_BLUR, pass->width, pass->height);
  pass->size = size;
  pass->weights = ballast_gaussian_weights (sigma, size);
}

/* One that works in place on what it gets is done to the rows of the pass before it. */
static void
add_filter (BallastProgram      *program,
            const BallastAction *action)
{
  BallastPass *pass = ballast_program_last_pass (program);
  const BallastFilter *filter = action->filter.filter;
  BallastTouch touch = { .kind = BALLAST_ACTION_FILTER };
  BallastFilterCall call;

  touch.filter = (BallastFilterUse) { filter, action->filter.numbers, action->filter.n_numbers,
                                      action->filter.first_partner, action->filter.n_partners,
                                      pass->width, pass->height,
                                      (double) pass->width / action->in_width,
                                      (double) pass->height / action->in_height };
  call = ballast_filter_use_get_call (&touch.filter);
  if ((filter->needs_colour && program->channels < 3)
      || (filter->needs_grey && program->channels >= 3)
      || (filter->is_idle != NULL && filter->is_idle (&call)))
    return;
  if (filter->reach == BALLAST_FILTER_COLOUR || filter->reach == BALLAST_FILTER_PLACE)
    {
      g_array_append_val (pass->touches, touch);
      return;
    }
  pass = ballast_program_add_pass (program, BALLAST_PASS_FILTER, pass->width, pass->height);
  pass->filter = touch.filter;
}

static void
add_action (BallastProgram      *program,
            const BallastRecipe *recipe,
            const BallastAction *action)
{
  switch (action->kind)
    {
    case BALLAST_ACTION_GEOMETRY:
      ballast_program_add_geometry (program, recipe, action);
      break;
    case BALLAST_ACTION_POINT:
      add_point (program, action);
      break;
    case BALLAST_ACTION_MATRIX:
      add_matrix (program, action);
      break;
    case BALLAST_ACTION_HSV:
      add_hsv (program, action);
      break;
    case BALLAST_ACTION_GREY:
      add_grey (program, action);
      break;
    case BALLAST_ACTION_BLUR:
      add_blur (program, action);
      break;
    case BALLAST_ACTION_NOISE:
      add_noise (program, action);
      break;
    case BALLAST_ACTION_FILTER:
      add_filter (program, action);
      break;
    case BALLAST_ACTION_RECTANGLES:
    default:
      add_rectangles (program, action);
      break;
    }
}

gboolean
ballast_pass_is_in_place (const BallastPass *pass)
{
  return pass->kind == BALLAST_PASS_COPY
         || (pass->kind == BALLAST_PASS_FILTER
             && pass->filter.filter->reach == BALLAST_FILTER_GLOBAL);
}

static void
finish_passes (BallastProgram *program)
{
  for (guint i = 0; i < program->passes->len;)
    {
      BallastPass *pass = &g_array_index (program->passes, BallastPass, i);

      if (pass->kind != BALLAST_PASS_BLUR && pass->kind != BALLAST_PASS_FILTER)
        ballast_pass_finish_geometry (pass);
      if (pass->kind == BALLAST_PASS_COPY && pass->touches->len == 0)
        g_array_remove_index (program->passes, i);
      else
        i++;
    }
}

static BallastProgram *
compile (const BallastRecipe *recipe,
         BallastProgram      *program,
         guint                width,
         guint                height)
{
  BallastPass *pass;

  program->passes = g_array_new (FALSE, TRUE, sizeof (BallastPass));
  g_array_set_clear_func (program->passes, pass_clear);
  ballast_lowering_init (&program->lowering, recipe);

  /* From what goes in to the frame of the recipe's first step. */
  pass = ballast_program_add_pass (program, BALLAST_PASS_WARP, program->width, program->height);
  pass->forward = ballast_map_scale ((double) width / program->width,
                                     (double) height / program->height);
  pass->inverse = ballast_map_invert (&pass->forward);
  pass->width = width;
  pass->height = height;

  for (guint i = 0; i < program->lowering.actions->len; i++)
    add_action (program, recipe, &g_array_index (program->lowering.actions, BallastAction, i));
  pass = ballast_program_last_pass (program);
  program->out_width = pass->width;
  program->out_height = pass->height;
  finish_passes (program);
  return program;
}

BallastProgram *
ballast_program_new (const BallastRecipe *recipe,
                     guint                width,
                     guint                height,
                     guint                channels,
                     guint                depth)
{
  BallastProgram *program = g_new0 (BallastProgram, 1);

  program->width = width;
  program->height = height;
  program->channels = channels;
  program->depth = depth;
  program->scale_x = (double) width / recipe->width;
  program->scale_y = (double) height / recipe->height;
  return compile (recipe, program, width, height);
}

BallastProgram *
ballast_program_new_scaled (const BallastRecipe *recipe,
                            guint                width,
                            guint                height,
                            guint                channels,
                            guint                depth,
                            double               scale)
{
  guint frame_width = (guint) MAX (1, lround (recipe->width * scale));
  guint frame_height = (guint) MAX (1, lround (recipe->height * scale));
  BallastProgram *program = g_new0 (BallastProgram, 1);

  program->width = width;
  program->height = height;
  program->channels = channels;
  program->depth = depth;
  program->scale_x = (double) frame_width / recipe->width;
  program->scale_y = (double) frame_height / recipe->height;
  return compile (recipe, program, frame_width, frame_height);
}

void
ballast_program_free (BallastProgram *program)
{
  if (program == NULL)
    return;
  g_array_unref (program->passes);
  ballast_lowering_clear (&program->lowering);
  g_free (program);
}

void
ballast_program_get_size (const BallastProgram *program,
                          guint                *width,
                          guint                *height)
{
  *width = program->out_width;
  *height = program->out_height;
}
