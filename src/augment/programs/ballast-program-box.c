/*
 * Boxes and polygons through a program.
 *
 * They go through the recipe's actions, not through the passes, so that a program for a thumbnail and
 * one for the full picture agree.  Cut and measured once, at the end.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-outline.h"
#include "ballast-program-box.h"
#include "ballast-program-private.h"

#include <math.h>

/* Points of the ellipse inside a box, as Albumentations takes it. */
#define ELLIPSE_POINTS 360

/* Clipping, cutting and moving round by less: such a box is whole. */
#define WHOLE (1 - 1e-6)

/* One box on its way. */
typedef struct
{
  const BallastLowering  *lowering;
  const BallastBoxPolicy *policy;
  double                  x, y;    /* of the output, relative to the recipe's */
  GArray                 *mapped;
  BallastBoxTally         tally;
} Mapper;

typedef struct
{
  double left, top, right, bottom;
} Bounds;

#define BOUNDS_EMPTY { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE }

static void
grow (Bounds       *bounds,
      const GArray *points)
{
  for (guint i = 0; i < points->len; i++)
    {
      const BallastPoint *point = &g_array_index (points, BallastPoint, i);

      bounds->left = MIN (bounds->left, point->x);
      bounds->top = MIN (bounds->top, point->y);
      bounds->right = MAX (bounds->right, point->x);
      bounds->bottom = MAX (bounds->bottom, point->y);
    }
}

/* Brings the box inside its image.  FALSE where nothing of it is there. */
static gboolean
clip_box (Mapper           *mapper,
          const BallastBox *box,
          BallastBox       *clipped)
{
  double width = mapper->lowering->in_width, height = mapper->lowering->in_height;
  double left = box->x, top = box->y, right = left + box->width, bottom = top + box->height;

  if (!isfinite (left) || !isfinite (top) || !isfinite (right) || !isfinite (bottom)
      || MIN (right, width) <= MAX (left, 0) || MIN (bottom, height) <= MAX (top, 0))
    return FALSE;
  if (left < 0 || top < 0 || right > width || bottom > height)
    mapper->tally.n_clipped++;
  clipped->x = MAX (left, 0);
  clipped->y = MAX (top, 0);
  clipped->width = MIN (right, width) - clipped->x;
  clipped->height = MIN (bottom, height) - clipped->y;
  return TRUE;
}

/* The hull of the ellipse inside @box, wherever it ends. */
static Bounds
follow_ellipse (const Mapper     *mapper,
                const BallastBox *box)
{
  BallastPoint points[ELLIPSE_POINTS];
  g_auto(BallastOutline) outline = { 0 };
  Bounds bounds = BOUNDS_EMPTY;

  for (guint i = 0; i < ELLIPSE_POINTS; i++)
    {
      double angle = i * (2 * G_PI / ELLIPSE_POINTS);

      points[i].x = box->x + box->width * (0.5 + 0.5 * cos (angle));
      points[i].y = box->y + box->height * (0.5 + 0.5 * sin (angle));
    }
  ballast_outline_init (&outline, points, ELLIPSE_POINTS, mapper->lowering);
  grow (&bounds, outline.whole);
  return bounds;
}

static gboolean
is_within_limits (const BallastBoxPolicy *policy,
                  const BallastMappedBox *mapped)
{
  double width = mapped->box.width, height = mapped->box.height;
  double longer = MAX (width, height), shorter = MIN (width, height);

  if (policy->loss == BALLAST_BOX_LOSS_DROP && mapped->visibility < WHOLE)
    return FALSE;
  /* Rounding must not lose the box that is exactly at a limit: min_visibility 1 keeps whole ones. */
  return mapped->visibility >= policy->min_visibility - 1e-6
         && width * height >= policy->min_area - 1e-6 && width >= policy->min_width - 1e-6
         && height >= policy->min_height - 1e-6
         && (policy->max_ratio <= 0 || longer <= shorter * policy->max_ratio + 1e-6);
}

/* Measures the pieces of one group.  FALSE where none is left. */
static gboolean
measure_group (const Mapper         *mapper,
               const BallastOutline *outline,
               guint                 group,
               Bounds               *bounds,
               double               *area)
{
  *area = 0;
  *bounds = (Bounds) BOUNDS_EMPTY;
  for (guint i = 0; i < outline->pieces->len; i++)
    {
      const BallastPiece *piece = &g_array_index (outline->pieces, BallastPiece, i);

      if (piece->group != group)
        continue;
      *area += ballast_outline_get_area (piece->points);
      grow (bounds, piece->points);
    }
  return *area > 1e-7;
}

static gboolean
keep_group (Mapper       *mapper,
            guint         source,
            const Bounds *bounds,
            double        visibility)
{
  BallastMappedBox mapped = {
    .source = source, .visibility = MIN (1, visibility),
    .box = { bounds->left * mapper->x, bounds->top * mapper->y,
             (bounds->right - bounds->left) * mapper->x, (bounds->bottom - bounds->top) * mapper->y },
  };

  if (mapper->policy != NULL && !is_within_limits (mapper->policy, &mapped))
    return FALSE;
  g_array_append_val (mapper->mapped, mapped);
  mapper->tally.n_cut += mapped.visibility < WHOLE;
  return TRUE;
}

static gboolean
map_one (Mapper           *mapper,
         guint             source,
         const BallastBox *box)
{
  const BallastPoint corners[4] = { { box->x, box->y }, { box->x + box->width, box->y },
                                    { box->x + box->width, box->y + box->height },
                                    { box->x, box->y + box->height } };
  gboolean ellipse = mapper->lowering->ellipse || (mapper->policy != NULL && mapper->policy->ellipse);
  g_auto(BallastOutline) outline = { 0 };
  gboolean kept = FALSE;
  double all, area;
  Bounds bounds, inner = { -G_MAXDOUBLE, -G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE };

  ballast_outline_init (&outline, corners, 4, mapper->lowering);
  ballast_outline_cut (&outline, mapper->lowering->width, mapper->lowering->height);
  all = ballast_outline_get_area (outline.whole);
  if (ellipse)
    inner = follow_ellipse (mapper, box);
  for (guint group = 0; group < outline.n_groups && all > 0; group++)
    {
      if (!measure_group (mapper, &outline, group, &bounds, &area))
        continue;
      bounds = (Bounds) { MAX (bounds.left, inner.left), MAX (bounds.top, inner.top),
                          MIN (bounds.right, inner.right), MIN (bounds.bottom, inner.bottom) };
      if (bounds.right > bounds.left && bounds.bottom > bounds.top)
        kept |= keep_group (mapper, source, &bounds, area / all);
    }
  return kept;
}

static void
map_boxes (Mapper           *mapper,
           const BallastBox *boxes,
           guint             n_boxes)
{
  mapper->mapped = g_array_new (FALSE, FALSE, sizeof (BallastMappedBox));
  for (guint i = 0; i < n_boxes; i++)
    {
      BallastBox clipped;

      if (!clip_box (mapper, &boxes[i], &clipped))
        mapper->tally.n_invalid++;
      else if (!map_one (mapper, i, &clipped))
        mapper->tally.n_lost++;
    }
}

static Mapper
mapper_of (const BallastProgram   *program,
           const BallastBoxPolicy *policy)
{
  return (Mapper) { .lowering = &program->lowering, .policy = policy,
                    .x = (double) program->out_width / program->lowering.width,
                    .y = (double) program->out_height / program->lowering.height };
}

GArray *
ballast_program_map_boxes (const BallastProgram   *program,
                           const BallastBox       *boxes,
                           guint                   n_boxes,
                           const BallastBoxPolicy *policy,
                           BallastBoxTally        *tally)
{
  Mapper mapper = mapper_of (program, policy);

  map_boxes (&mapper, boxes, n_boxes);
  if (tally != NULL)
    *tally = mapper.tally;
  return mapper.mapped;
}

GArray *
ballast_recipe_map_boxes (const BallastRecipe    *recipe,
                          const BallastBox       *boxes,
                          guint                   n_boxes,
                          const BallastBoxPolicy *policy,
                          BallastBoxTally        *tally)
{
  g_auto(BallastLowering) lowering = { 0 };
  Mapper mapper = { .lowering = &lowering, .policy = policy, .x = 1, .y = 1 };

  ballast_lowering_init (&lowering, recipe);
  map_boxes (&mapper, boxes, n_boxes);
  if (tally != NULL)
    *tally = mapper.tally;
  return mapper.mapped;
}

GArray *
ballast_recipe_map_partner_boxes (const BallastRecipe    *recipe,
                                  guint                   index,
                                  const BallastBox       *boxes,
                                  guint                   n_boxes,
                                  const BallastBoxPolicy *policy)
{
  g_auto(BallastLowering) lowering = { 0 };
  Mapper mapper = { .lowering = &lowering, .policy = policy, .x = 1, .y = 1 };

  ballast_lowering_init_partner (&lowering, recipe, index);
  map_boxes (&mapper, boxes, n_boxes);
  return mapper.mapped;
}

gboolean
ballast_program_map_box (const BallastProgram *program,
                         const BallastBox     *box,
                         BallastBox           *mapped,
                         double               *visibility)
{
  g_autoptr(GArray) all = ballast_program_map_boxes (program, box, 1, NULL, NULL);
  const BallastMappedBox *largest = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const BallastMappedBox *one = &g_array_index (all, BallastMappedBox, i);

      if (largest == NULL || one->visibility > largest->visibility)
        largest = one;
    }
  *mapped = largest != NULL ? largest->box : (BallastBox) { 0 };
  *visibility = largest != NULL ? largest->visibility : 0;
  return largest != NULL;
}

static GPtrArray *
map_polygon (const Mapper       *mapper,
             const BallastPoint *points,
             guint               n_points,
             double             *visibility)
{
  GPtrArray *outlines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_auto(BallastOutline) outline = { 0 };
  double seen = 0, all;

  ballast_outline_init (&outline, points, n_points, mapper->lowering);
  ballast_outline_cut (&outline, mapper->lowering->width, mapper->lowering->height);
  all = ballast_outline_get_area (outline.whole);
  for (guint i = 0; i < outline.pieces->len; i++)
    {
      GArray *piece = g_array_index (outline.pieces, BallastPiece, i).points;

      seen += ballast_outline_get_area (piece);
      for (guint j = 0; j < piece->len; j++)
        {
          g_array_index (piece, BallastPoint, j).x *= mapper->x;
          g_array_index (piece, BallastPoint, j).y *= mapper->y;
        }
      g_ptr_array_add (outlines, g_array_ref (piece));
    }
  if (visibility != NULL)
    *visibility = all > 0 ? MIN (1, seen / all) : 0;
  return outlines;
}

GPtrArray *
ballast_program_map_polygon (const BallastProgram *program,
                             const BallastPoint   *points,
                             guint                 n_points,
                             double               *visibility)
{
  Mapper mapper = mapper_of (program, NULL);

  return map_polygon (&mapper, points, n_points, visibility);
}

GPtrArray *
ballast_recipe_map_partner_polygon (const BallastRecipe *recipe,
                                    guint                index,
                                    const BallastPoint  *points,
                                    guint                n_points)
{
  g_auto(BallastLowering) lowering = { 0 };
  Mapper mapper = { .lowering = &lowering, .x = 1, .y = 1 };

  ballast_lowering_init_partner (&lowering, recipe, index);
  return map_polygon (&mapper, points, n_points, NULL);
}
