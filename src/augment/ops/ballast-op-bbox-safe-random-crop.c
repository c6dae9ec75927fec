/*
 * BBoxSafeRandomCrop: cuts out a rectangle with all boxes in it.
 *
 * The rectangle is drawn between the boxes' union (less what erosion allows to be cut) and the whole
 * picture, and rounded outwards, so that no box loses a pixel.  Without boxes it is any rectangle in
 * the picture's proportions that is no smaller than erosion allows.
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-safe-crop.h"

#include <math.h>

static const BallastParameter parameters[] = {
  BALLAST_PARAMETER_EROSION ("erosion_rate"),
};

/* The union of the boxes, each side of it moved in by half of @erosion. */
static gboolean
find_union (const BallastSampler *sampler,
            double                erosion,
            double                edges[4])
{
  double less_x, less_y;

  if (sampler->n_boxes == 0 || erosion >= 1)
    return FALSE;
  edges[0] = edges[1] = G_MAXDOUBLE;
  edges[2] = edges[3] = 0;
  for (guint i = 0; i < sampler->n_boxes; i++)
    {
      const BallastBox *box = &sampler->boxes[i];

      edges[0] = MIN (edges[0], box->x);
      edges[1] = MIN (edges[1], box->y);
      edges[2] = MAX (edges[2], box->x + box->width);
      edges[3] = MAX (edges[3], box->y + box->height);
    }
  less_x = (edges[2] - edges[0]) * erosion / 2;
  less_y = (edges[3] - edges[1]) * erosion / 2;
  edges[0] += less_x;
  edges[1] += less_y;
  edges[2] -= less_x;
  edges[3] -= less_y;
  return TRUE;
}

BallastFrame
ballast_safe_crop_draw (BallastSampler *sampler,
                        double          erosion)
{
  double u[4], edges[4], width = sampler->width, height = sampler->height;
  BallastFrame frame;

  for (guint i = 0; i < 4; i++)
    u[i] = ballast_sampler_unit (sampler);
  if (!find_union (sampler, erosion, edges))
    {
      double least = floor (height * (1 - erosion));
      double tall = MIN (height, least + floor (u[2] * (height - least + 1)));

      return ballast_frame_cut (sampler, round (tall * width / height), tall, u[0], u[1]);
    }
  frame = ballast_frame_whole (sampler);
  frame.left = floor (edges[0] * u[0]);
  frame.top = floor (edges[1] * u[1]);
  frame.width = MIN (width, ceil (edges[2] + (width - edges[2]) * u[2])) - frame.left;
  frame.height = MIN (height, ceil (edges[3] + (height - edges[3]) * u[3])) - frame.top;
  frame.width = MAX (1, frame.width);
  frame.height = MAX (1, frame.height);
  return frame;
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_safe_crop_draw (sampler, values[0].number[0]);

  ballast_frame_put (&frame, sampler);
}

const BallastOp ballast_op_bbox_safe_random_crop = {
  .name = "BBoxSafeRandomCrop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Crop That Keeps the Boxes"),
  .help = N_("Cuts out a rectangle that holds all boxes of the picture."),
  .keywords = "bounding box safe crop detection objects",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .needs_boxes = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
};
