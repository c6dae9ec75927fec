/*
 * Sizes, shapes and places of boxes.
 *
 * Everything is a count in a fixed number of bins, so a pass over any number of boxes needs no more
 * memory than there are classes.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-box-statistics.h"

#include <math.h>

BallastBoxBand
ballast_box_get_band (double area)
{
  if (area < BALLAST_BOX_MEDIUM_AREA)
    return BALLAST_BOX_SMALL;
  return area < BALLAST_BOX_LARGE_AREA ? BALLAST_BOX_MEDIUM : BALLAST_BOX_LARGE;
}

const char *
ballast_box_band_get_name (BallastBoxBand band)
{
  static const char *const names[BALLAST_N_BOX_BANDS] = { "small", "medium", "large" };

  return names[band];
}

static guint
put_into_bin (double place,
              guint  n_bins)
{
  return (guint) CLAMP (floor (place), 0, n_bins - 1.0);
}

void
ballast_box_statistics_add (BallastBoxStatistics *self,
                            const BallastBox     *box,
                            double                width,
                            double                height)
{
  double area = box->width * box->height;

  self->boxes++;
  if (!(box->width > 0 && box->height > 0 && isfinite (area)))
    {
      self->without_area++;
      return;
    }

  self->bands[ballast_box_get_band (area)]++;
  self->aspect[put_into_bin (2 * log2 (box->width / box->height) + BALLAST_BOX_ASPECT_BINS / 2.0,
                             BALLAST_BOX_ASPECT_BINS)]++;
  if (width > 0 && height > 0)
    self->relative[put_into_bin (log2 (area / (width * height)) + BALLAST_BOX_RELATIVE_BINS,
                                 BALLAST_BOX_RELATIVE_BINS)]++;
}

/* How much of the cell from @cell to @cell + 1 lies in @from … @to. */
static double
get_overlap (double from,
             double to,
             guint  cell)
{
  return MAX (MIN (to, cell + 1.0) - MAX (from, cell), 0);
}

void
ballast_location_map_add (BallastLocationMap *self,
                          const BallastBox   *box,
                          double              width,
                          double              height)
{
  const double n = BALLAST_LOCATION_CELLS;
  double left, right, top, bottom;

  if (!(width > 0 && height > 0))
    return;
  left = CLAMP (box->x / width * n, 0, n);
  right = CLAMP ((box->x + box->width) / width * n, 0, n);
  top = CLAMP (box->y / height * n, 0, n);
  bottom = CLAMP ((box->y + box->height) / height * n, 0, n);
  if (!(right > left && bottom > top))
    return;

  self->boxes++;
  for (guint row = (guint) top; row < MIN (ceil (bottom), n); row++)
    {
      double tall = get_overlap (top, bottom, row);

      for (guint column = (guint) left; column < MIN (ceil (right), n); column++)
        self->cells[row * BALLAST_LOCATION_CELLS + column]
          += (float) (tall * get_overlap (left, right, column));
    }
}

double
ballast_location_map_get_share (const BallastLocationMap *self,
                                guint                     column,
                                guint                     row)
{
  g_return_val_if_fail (column < BALLAST_LOCATION_CELLS && row < BALLAST_LOCATION_CELLS, 0);

  if (self->boxes == 0)
    return 0;
  return MIN (self->cells[row * BALLAST_LOCATION_CELLS + column] / self->boxes, 1.0);
}
