/*
 * CopyPaste: objects of other pictures, with their boxes (Ghiasi et al., CVPR 2021).
 *
 * An object is what its box holds, with soft edges; it is pasted where it covers no object of the
 * image by more than a third, if ten throws find such a place.  Without boxes to copy from nothing
 * is done.  Numbers: see ballast-partner.h; a partner for each object.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-mixing.h"

#include <math.h>

#define MAX_OBJECTS 4
#define THROWS 10

enum
{
  OBJECTS,
  SCALE,
};

static const BallastParameter parameters[] = {
  [OBJECTS] = {
    .name = "num_objects_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Objects"),
    .unit = "", .help = N_("How many are pasted."), .minimum = 1, .maximum = MAX_OBJECTS,
    .step = 1, .whole = TRUE, .initial = { { 1, 2 } }, .neutral = { { 1, 1 } },
    .absent = { { 1, 2 } },
  },
  [SCALE] = {
    .name = "scale_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Scale"), .unit = "×",
    .help = N_("Of a pasted object, relative to its size in its own picture."), .minimum = 0.1,
    .maximum = 4, .step = 0.05, .digits = 2, .initial = { { 0.75, 1.25 } },
    .neutral = { { 1, 1 } }, .absent = { { 1, 1 } },
  },
};

/* The largest share of an object of the image that the part would cover. */
static double
get_worst_cover (const BallastSampler   *sampler,
                 const BallastPlacement *part)
{
  double worst = 0;

  for (guint i = 0; i < sampler->n_boxes; i++)
    {
      const BallastBox *box = &sampler->boxes[i];
      double width = MIN (part->right, box->x + box->width) - MAX (part->left, box->x);
      double height = MIN (part->bottom, box->y + box->height) - MAX (part->top, box->y);

      if (width > 0 && height > 0)
        worst = MAX (worst, width * height / (box->width * box->height));
    }
  return worst;
}

/* Whole pixels inside the picture, as far as possible from other objects. */
static void
find_place (BallastSampler   *sampler,
            BallastPlacement *part,
            double            width,
            double            height)
{
  BallastPlacement best = *part;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < THROWS; i++)
    {
      double worst;

      part->left = floor (ballast_sampler_unit (sampler) * (sampler->width - width + 1));
      part->top = floor (ballast_sampler_unit (sampler) * (sampler->height - height + 1));
      part->right = part->left + width;
      part->bottom = part->top + height;
      worst = get_worst_cover (sampler, part);
      if (worst < least)
        {
          least = worst;
          best = *part;
        }
      if (least < 1 / 3.0)
        break;
    }
  *part = best;
}

/* A part of the partner: one of its boxes, cut at its frame; all of it where it has none. */
static BallastPlacement
take_object (BallastSampler       *sampler,
             const BallastPartner *partner)
{
  guint which = ballast_sampler_below (sampler, MAX (1, partner->n_boxes));
  BallastBox all = { 0, 0, partner->width, partner->height };
  const BallastBox *box = partner->n_boxes > 0 ? &partner->boxes[which] : &all;
  double left = CLAMP (box->x / partner->width, 0, 1), top = CLAMP (box->y / partner->height, 0, 1);
  double right = CLAMP ((box->x + box->width) / partner->width, left, 1);
  double bottom = CLAMP ((box->y + box->height) / partner->height, top, 1);

  return (BallastPlacement) { .x = MIN (left, 0.999), .y = MIN (top, 0.999),
                              .width = CLAMP (right - left, 1e-3, 1 - MIN (left, 0.999)),
                              .height = CLAMP (bottom - top, 1e-3, 1 - MIN (top, 0.999)) };
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  const double size[2] = { sampler->width, sampler->height };
  guint n = (guint) ballast_sampler_whole (sampler, &values[OBJECTS]);
  BallastValue black = { { 0 } };

  ballast_partner_put_head (sampler, size, 1, &black, BALLAST_PLACEMENT_PASTED);
  for (guint i = 0; i < n; i++)
    {
      const BallastPartner *partner = ballast_sampler_pick (sampler);
      BallastPlacement part = take_object (sampler, partner);
      double scale = ballast_sampler_range (sampler, &values[SCALE]);
      double width = part.width * partner->width * scale;
      double height = part.height * partner->height * scale;
      double most = MIN (1, 0.6 * MIN (size[0] / width, size[1] / height));

      find_place (sampler, &part, CLAMP (round (width * most), 1, size[0]),
                  CLAMP (round (height * most), 1, size[1]));
      ballast_partner_put (sampler, &part);
    }
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append_printf (text, "❐ %u", step->n_partners);
}

const BallastOp ballast_op_copy_paste = {
  .name = "CopyPaste",
  .group = BALLAST_GROUP_MIXING,
  .title = N_("Copy and Paste"),
  .help = N_("Objects of other pictures of the class, with their boxes. Made for datasets with "
              "boxes."),
  .keywords = "copy paste objects boxes CopyPaste CopyAndPaste OverlayElements cutpaste",
  .glyph = "❐",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .hides_boxes = TRUE,
  .needs_boxes = TRUE,
  .n_partners = MAX_OBJECTS,
  .ours_alone = TRUE,
  .sample = sample,
  .check = ballast_partner_check,
  .lower = ballast_partner_lower,
  .lower_partner = ballast_partner_lower_partner,
  .get_shares = ballast_partner_get_shares,
  .describe = describe,
};
