/*
 * The geometry of a program: maps of a chain become the map of a pass, and a pass the cheapest loop.
 *
 * A pass holds one matrix, from its source to what comes out, or several with maps in between that no
 * matrix can say (links).  Nothing is cropped in between, except where a step fills round its frame.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-program-private.h"

#include <math.h>
#include <string.h>

/* A warp that takes more than this many source pixels to one is filtered first. */
#define SHRINK_THRESHOLD 1.25

/* A perspective that moves nothing by more than this share is none. */
#define FLAT_TOLERANCE 1e-10

/* Edges that are this near to whole pixels (px) lie on them. */
#define EDGE_TOLERANCE 1e-5

/* Where a bent map's shrinking is looked at: so many places each way. */
#define PROBES 7

/* Sizes of the recipe in pixels of the program. */
static guint
frame_size (const BallastProgram *program,
            const BallastRecipe  *recipe,
            guint                 size)
{
  double scale = sqrt (program->scale_x * program->scale_y);

  if (size == recipe->width)
    return (guint) MAX (1, lround (size * program->scale_x));
  if (size == recipe->height)
    return (guint) MAX (1, lround (size * program->scale_y));
  return (guint) MAX (1, lround (size * scale));
}

/* Neither noise nor holes may be moved by geometry that comes after them. */
static gboolean
is_sealed (const BallastPass *pass)
{
  if (pass->kind == BALLAST_PASS_BLUR || pass->kind == BALLAST_PASS_FILTER)
    return TRUE;
  for (guint i = 0; i < pass->touches->len; i++)
    {
      const BallastTouch *touch = &g_array_index (pass->touches, BallastTouch, i);

      if (touch->kind == BALLAST_ACTION_NOISE || touch->kind == BALLAST_ACTION_RECTANGLES
          || (touch->kind == BALLAST_ACTION_FILTER
              && touch->filter.filter->reach != BALLAST_FILTER_COLOUR))
        return TRUE;
    }
  return FALSE;
}

/* Whole pixels to whole pixels, none of them from outside. */
static gboolean
moves_whole_pixels (const BallastPass *pass,
                    BallastSymmetry   *symmetry,
                    gint64            *left,
                    gint64            *top)
{
  gboolean turned;

  if (!ballast_map_is_exact (&pass->inverse, pass->width, pass->height, symmetry, left, top))
    return FALSE;
  turned = *symmetry == BALLAST_SYMMETRY_TRANSPOSE || *symmetry == BALLAST_SYMMETRY_TRANSVERSE
           || *symmetry == BALLAST_SYMMETRY_TURN_90 || *symmetry == BALLAST_SYMMETRY_TURN_270;
  return *left >= 0 && *top >= 0
         && *left + (turned ? pass->height : pass->width) <= pass->in_width
         && *top + (turned ? pass->width : pass->height) <= pass->in_height;
}

static void
colour_pixel (const BallastTouch *touch,
              BallastRaster      *pixel)
{
  BallastFilterCall call;
  gpointer prepared = NULL;

  if (touch->kind == BALLAST_ACTION_FILTER && touch->filter.filter->prepare != NULL)
    {
      call = ballast_filter_use_get_call (&touch->filter);
      prepared = touch->filter.filter->prepare (&call);
    }
  ballast_touch_apply (touch, prepared, pixel, 0, 1);
  if (prepared != NULL)
    touch->filter.filter->release (prepared);
}

/* The fill of @pass as its touches leave it. */
static void
colour_fill (const BallastProgram *program,
             BallastPass          *pass)
{
  g_autoptr(BallastRaster) pixel = ballast_raster_new (1, 1, 3, 8);

  for (guint i = 0; i < 3; i++)
    pixel->data[i] = (guint8) pass->fill[i];
  for (guint i = 0; i < pass->touches->len; i++)
    {
      const BallastTouch *touch = &g_array_index (pass->touches, BallastTouch, i);

      if (touch->kind != BALLAST_ACTION_POINT || program->depth == 8)
        colour_pixel (touch, pixel);
      else
        for (guint c = 0; c < 3; c++)
          pixel->data[c] = (guint8) (((guint16 *) touch->table)[pixel->data[c] * 257] >> 8);
    }
  for (guint i = 0; i < 3; i++)
    pass->fill[i] = pixel->data[i];
}

/* Splits the last pass so that its colour comes first and its geometry second, still open. */
static BallastPass *
colour_first (BallastProgram *program)
{
  BallastPass *pass;
  guint position = program->passes->len - 1;
  BallastPass *geometry;

  g_array_set_size (program->passes, program->passes->len + 1);
  pass = &g_array_index (program->passes, BallastPass, position);
  geometry = ballast_program_last_pass (program);
  *geometry = *pass;
  colour_fill (program, geometry);
  geometry->touches = ballast_touches_new ();
  pass->width = pass->in_width;
  pass->height = pass->in_height;
  pass->border = BALLAST_BORDER_NONE;
  pass->links = NULL;
  pass->forward = pass->inverse = (BallastMap) BALLAST_MAP_IDENTITY;
  return geometry;
}

static void
link_clear (gpointer data)
{
  BallastLink *link = data;

  g_clear_pointer (&link->dense, ballast_dense_unref);
}

/* Edges of the frame of @pass, in its source. */
static void
frame_in_source (const BallastPass *pass,
                 double             edges[4])
{
  double x, y;

  ballast_map_apply (&pass->inverse, 0, 0, &edges[0], &edges[1]);
  ballast_map_apply (&pass->inverse, pass->width, pass->height, &x, &y);
  edges[2] = MAX (edges[0], x);
  edges[3] = MAX (edges[1], y);
  edges[0] = MIN (edges[0], x);
  edges[1] = MIN (edges[1], y);
}

static gboolean
keeps_axes (const BallastMap *map)
{
  const double *m = map->m;

  return m[6] == 0 && m[7] == 0 && fabs (m[1]) < 1e-12 && fabs (m[3]) < 1e-12;
}

/* TRUE if beyond the frame of @pass there is nothing that could be seen. */
static gboolean
shows_all (const BallastPass *pass)
{
  const double *m = pass->inverse.m;
  double edges[4];

  if (pass->links != NULL || pass->border != BALLAST_BORDER_NONE
      || !(keeps_axes (&pass->inverse)
           || (m[6] == 0 && m[7] == 0 && fabs (m[0]) < 1e-12 && fabs (m[4]) < 1e-12)))
    return FALSE;
  frame_in_source (pass, edges);
  return fabs (edges[0]) < EDGE_TOLERANCE && fabs (edges[1]) < EDGE_TOLERANCE
         && fabs (edges[2] - pass->in_width) < EDGE_TOLERANCE
         && fabs (edges[3] - pass->in_height) < EDGE_TOLERANCE;
}

/* Scales a homography to 1, and drops a perspective that is but rounding. */
static BallastMap
tidy_map (BallastMap map,
          double     width,
          double     height)
{
  double unit = map.m[8] != 0 ? map.m[8] : 1;

  for (guint i = 0; i < 9; i++)
    map.m[i] /= unit;
  if (fabs (map.m[6]) * width + fabs (map.m[7]) * height < FLAT_TOLERANCE)
    map.m[6] = map.m[7] = 0;
  return map;
}

static void
set_forward (BallastPass *pass,
             BallastMap   forward,
             guint        width,
             guint        height)
{
  pass->width = width;
  pass->height = height;
  pass->forward = tidy_map (forward, MAX (pass->in_width, width), MAX (pass->in_height, height));
  pass->inverse = tidy_map (ballast_map_invert (&pass->forward), width, height);
}

/* What the pass has done so far becomes a link; @in leads from its frame to that of @dense. */
static void
add_link (BallastPass      *pass,
          const BallastMap *in,
          BallastDense     *dense)
{
  BallastMap forward = ballast_map_compose (in, &pass->forward);
  BallastLink link = { .dense = ballast_dense_ref (dense) };

  link.inverse = tidy_map (ballast_map_invert (&forward), pass->width, pass->height);
  ballast_dense_prepare (dense);
  if (pass->links == NULL)
    {
      pass->links = g_array_new (FALSE, FALSE, sizeof (BallastLink));
      g_array_set_clear_func (pass->links, link_clear);
    }
  g_array_append_val (pass->links, link);
}

/* TRUE if @map, from the frame of @pass to @size, moves whole pixels alone. */
static gboolean
is_exact_alone (const BallastPass *pass,
                const BallastMap  *map,
                const guint        size[2])
{
  BallastPass alone = { .in_width = pass->width, .in_height = pass->height, .width = size[0],
                        .height = size[1] };
  BallastSymmetry symmetry;
  gint64 left, top;

  alone.inverse = ballast_map_invert (map);
  return moves_whole_pixels (&alone, &symmetry, &left, &top);
}

void
ballast_program_add_geometry (BallastProgram      *program,
                              const BallastRecipe *recipe,
                              const BallastAction *action)
{
  BallastPass *pass = ballast_program_last_pass (program);
  const guint size[2] = { frame_size (program, recipe, action->out_width),
                          frame_size (program, recipe, action->out_height) };
  BallastMap in = ballast_map_scale ((double) action->in_width / pass->width,
                                     (double) action->in_height / pass->height);
  BallastMap out = ballast_map_scale ((double) size[0] / action->out_width,
                                      (double) size[1] / action->out_height);
  BallastMap map = ballast_map_compose (&action->geometry.forward, &in);
  BallastDense *dense = action->geometry.dense;

  map = ballast_map_compose (&out, &map);
  if (is_sealed (pass) || (action->geometry.clips && !shows_all (pass)))
    pass = ballast_program_add_pass (program, BALLAST_PASS_WARP, pass->width, pass->height);
  else if (pass->touches->len > 0 && (dense != NULL || !is_exact_alone (pass, &map, size)))
    pass = colour_first (program);

  if (dense != NULL)
    add_link (pass, &in, dense);
  set_forward (pass, dense != NULL ? out : ballast_map_compose (&map, &pass->forward), size[0],
               size[1]);
  if (action->geometry.interpolation != BALLAST_INTERPOLATION_LINEAR)
    pass->interpolation = action->geometry.interpolation;
  if (action->geometry.border != BALLAST_BORDER_NONE)
    {
      pass->border = action->geometry.border;
      memcpy (pass->fill, action->colour, sizeof pass->fill);
    }
}

/* TRUE if the axes stay axes and nothing outside comes into view that folding them would not show. */
static gboolean
is_plain_scale (const BallastPass *pass)
{
  double edges[4];

  if (!keeps_axes (&pass->inverse))
    return FALSE;
  if (pass->border != BALLAST_BORDER_CONSTANT && pass->border != BALLAST_BORDER_WRAP)
    return TRUE;
  frame_in_source (pass, edges);
  return edges[0] >= -1e-6 && edges[1] >= -1e-6 && edges[2] <= pass->in_width + 1e-6
         && edges[3] <= pass->in_height + 1e-6;
}

/* Whether a constant border frames the picture along whole pixels, and where. */
static gboolean
find_window (const BallastPass *pass,
             BallastRectangle  *window)
{
  const double *m = pass->forward.m;
  double corners[4], low[2], high[2];

  if (pass->border != BALLAST_BORDER_CONSTANT || m[6] != 0 || m[7] != 0)
    return FALSE;
  if (!keeps_axes (&pass->forward) && (fabs (m[0]) > 1e-12 || fabs (m[4]) > 1e-12))
    return FALSE;
  ballast_map_apply (&pass->forward, 0, 0, &corners[0], &corners[1]);
  ballast_map_apply (&pass->forward, pass->in_width, pass->in_height, &corners[2], &corners[3]);
  for (guint i = 0; i < 4; i++)
    if (fabs (corners[i] - round (corners[i])) > EDGE_TOLERANCE)
      return FALSE;

  for (guint axis = 0; axis < 2; axis++)
    {
      double size = axis == 0 ? pass->width : pass->height;

      low[axis] = CLAMP (round (MIN (corners[axis], corners[axis + 2])), 0, size);
      high[axis] = CLAMP (round (MAX (corners[axis], corners[axis + 2])), 0, size);
    }
  *window = (BallastRectangle) { (gint32) low[0], (gint32) low[1], (gint32) (high[0] - low[0]),
                                 (gint32) (high[1] - low[1]) };
  return TRUE;
}

static void
set_axes (BallastPass      *pass,
          const BallastMap *inverse,
          guint             width,
          guint             height)
{
  const double *m = inverse->m;
  const BallastAxisSpec across = { pass->in_width, m[2], m[0], pass->interpolation, pass->border };
  const BallastAxisSpec down = { pass->in_height, m[5], m[4], pass->interpolation, pass->border };

  pass->kind = BALLAST_PASS_SCALE;
  pass->horizontal = ballast_axis_new_filtered (width, &across);
  pass->vertical = ballast_axis_new_filtered (height, &down);
}

/* The picture along whole pixels, and colour round it.  FALSE where a warp has to do it. */
static gboolean
finish_in_window (BallastPass *pass)
{
  BallastRectangle window;
  BallastPass inner = *pass;
  BallastMap shift;
  gint64 left = 0, top = 0;
  gboolean exact;

  if (!find_window (pass, &window))
    return FALSE;
  shift = ballast_map_translate (window.x, window.y);
  inner.inverse = ballast_map_compose (&pass->inverse, &shift);
  inner.width = (guint) window.width;
  inner.height = (guint) window.height;
  exact = window.width == 0 || window.height == 0
          || moves_whole_pixels (&inner, &pass->symmetry, &left, &top);
  if (!exact && !keeps_axes (&inner.inverse))
    return FALSE;

  pass->windowed = TRUE;
  pass->window = window;
  pass->kind = BALLAST_PASS_SYMMETRY;
  pass->left = (guint) left;
  pass->top = (guint) top;
  if (!exact)
    set_axes (pass, &inner.inverse, inner.width, inner.height);
  return TRUE;
}

/* The geometric means of how many source pixels a step across and one down take. */
static void
probe_shrinking (const BallastPass *pass,
                 double             shrink[2])
{
  double sums[2] = { 0, 0 };
  guint n = 0;

  for (guint i = 0; i < PROBES * PROBES; i++)
    {
      double at_x = (i % PROBES + 0.5) / PROBES * pass->width;
      double at_y = (i / PROBES + 0.5) / PROBES * pass->height;
      double x[3] = { at_x, at_x + 1, at_x }, y[3] = { at_y, at_y, at_y + 1 }, across, down;

      ballast_pass_map_back (pass, x, y, 3);
      across = hypot (x[1] - x[0], x[2] - x[0]);
      down = hypot (y[1] - y[0], y[2] - y[0]);
      if (x[0] < 0 || y[0] < 0 || x[0] > pass->in_width || y[0] > pass->in_height || across <= 0
          || down <= 0)
        continue;
      sums[0] += log (across);
      sums[1] += log (down);
      n++;
    }
  shrink[0] = n > 0 ? exp (sums[0] / n) : 1;
  shrink[1] = n > 0 ? exp (sums[1] / n) : 1;
}

static void
finish_warp (BallastPass *pass)
{
  const double *m = pass->inverse.m;
  double shrink[2] = { hypot (m[0], m[1]), hypot (m[3], m[4]) };

  pass->kind = BALLAST_PASS_WARP;
  pass->bent = pass->links != NULL || m[6] != 0 || m[7] != 0;
  pass->cubic = pass->interpolation == BALLAST_INTERPOLATION_CUBIC
                || pass->interpolation == BALLAST_INTERPOLATION_LANCZOS;
  if (pass->bent)
    probe_shrinking (pass, shrink);
  if (pass->interpolation == BALLAST_INTERPOLATION_NEAREST
      || MAX (shrink[0], shrink[1]) <= SHRINK_THRESHOLD)
    return;
  pass->shrunk_width = (guint) MAX (1, lround (pass->in_width / MAX (1, shrink[0])));
  pass->shrunk_height = (guint) MAX (1, lround (pass->in_height / MAX (1, shrink[1])));
}

void
ballast_pass_finish_geometry (BallastPass *pass)
{
  gint64 left, top;

  if (pass->links != NULL)
    {
      finish_warp (pass);
    }
  else if (moves_whole_pixels (pass, &pass->symmetry, &left, &top))
    {
      pass->left = (guint) left;
      pass->top = (guint) top;
      pass->kind = pass->symmetry == BALLAST_SYMMETRY_NONE && pass->width == pass->in_width
                   && pass->height == pass->in_height ? BALLAST_PASS_COPY
                                                          : BALLAST_PASS_SYMMETRY;
    }
  else if (is_plain_scale (pass))
    {
      set_axes (pass, &pass->inverse, pass->width, pass->height);
    }
  else if (!finish_in_window (pass))
    {
      finish_warp (pass);
    }
}
