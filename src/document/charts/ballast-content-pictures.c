/*
 * Statistics turned into pictures: which classes, in which order, in which words.
 *
 * Pure functions of their arguments; a matrix of a hundred classes that is clustered takes a few
 * milliseconds.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-content-pictures.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-bins-picture.h"
#include "ballast-cluster-order.h"
#include "ballast-places-picture.h"
#include "ballast-shares-picture.h"

#define MAX_PER_IMAGE_BINS 18
#define MIN_RELATIVE_BINS 8
#define ASPECT_MIDDLE (BALLAST_BOX_ASPECT_BINS / 2)

typedef struct
{
  guint   index;
  guint64 count;
} Ranked;

static int
compare_ranked (const void *a,
                const void *b)
{
  const Ranked *left = a, *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

/* (transfer full) (element-type Ranked): classes with something to count, most first. */
static GArray *
dup_ranked (const BallastContentStatistics *contents,
            gboolean                        by_boxes)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint i = 0; i < contents->n_classes; i++)
    {
      Ranked class = { i, by_boxes ? contents->class_boxes[i].boxes
                                   : ballast_co_occurrence_get_images (contents->together, i) };

      if (class.count > 0)
        g_array_append_val (ranked, class);
    }
  g_array_sort (ranked, compare_ranked);
  return ranked;
}

/* Puts like beside like. */
static void
cluster (GArray                    *ranked,
         const BallastCoOccurrence *together)
{
  guint n = ranked->len;
  g_autofree double *likeness = g_new0 (double, MAX ((gsize) n * n, 1));
  g_autofree Ranked *before = g_memdup2 (ranked->data, n * sizeof (Ranked));
  g_autofree guint *order = NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      likeness[(gsize) i * n + j] = ballast_co_occurrence_get_jaccard (together, before[i].index,
                                                                       before[j].index);
  order = ballast_cluster_order (likeness, n);
  for (guint i = 0; i < n; i++)
    g_array_index (ranked, Ranked, i) = before[order[i]];
}

BallastPicture *
ballast_content_matrix_new (const BallastContentStatistics *contents,
                            const BallastTally             *tally,
                            const BallastMatrixWish        *wish,
                            guint                          *n_hidden)
{
  g_autoptr(GArray) ranked = dup_ranked (contents, FALSE);
  BallastMatrixPicture *picture;

  if (n_hidden != NULL)
    *n_hidden = ranked->len - MIN (ranked->len, wish->n_most);
  if (ranked->len > wish->n_most)
    g_array_set_size (ranked, wish->n_most);
  if (wish->clustered)
    cluster (ranked, contents->together);

  picture = ballast_matrix_picture_new (ranked->len);
  picture->mode = wish->mode;
  for (guint i = 0; i < ranked->len; i++)
    {
      const Ranked *class = &g_array_index (ranked, Ranked, i);

      picture->classes[i] = (BallastMatrixClass){ class->index, g_strdup (tally->classes[class->index].name),
                                                  ballast_palette_get_class (class->index),
                                                  class->count };
      for (guint j = 0; j < ranked->len; j++)
        picture->both[i * ranked->len + j] = ballast_co_occurrence_get_both (
          contents->together, class->index, g_array_index (ranked, Ranked, j).index);
    }
  return &picture->base;
}

BallastPicture *
ballast_content_shares_new (const BallastContentStatistics *contents,
                            const BallastTally             *tally,
                            guint                           class_index,
                            guint                           n_most)
{
  g_autoptr(GArray) ranked = ballast_co_occurrence_dup_ranked (contents->together, class_index, n_most);
  BallastSharesPicture *picture = ballast_shares_picture_new (
    ranked->len, tally->classes[class_index].name,
    ballast_co_occurrence_get_images (contents->together, class_index));

  for (guint i = 0; i < ranked->len; i++)
    {
      const BallastCompanion *companion = &g_array_index (ranked, BallastCompanion, i);

      picture->rows[i] = (BallastSharesRow){ companion->other,
                                             g_strdup (tally->classes[companion->other].name),
                                             ballast_palette_get_class (companion->other),
                                             companion->images };
    }
  return &picture->base;
}

static BallastBinsPicture *
make_bands (const BallastBoxStatistics *boxes)
{
  static const char *const names[] = { N_("small"), N_("medium"), N_("large") };
  static const char *const whole[] = {
    N_("Small, below 32 × 32 px"), N_("Medium, below 96 × 96 px"), N_("Large, from 96 × 96 px"),
  };
  BallastBinsPicture *picture = ballast_bins_picture_new (BALLAST_N_BOX_BANDS, _("area of the box"),
                                                          _("objects"));

  for (guint band = 0; band < BALLAST_N_BOX_BANDS; band++)
    ballast_bins_picture_set (picture, band, boxes->bands[band], g_strdup (_(names[band])),
                              g_strdup (_(whole[band])));
  return picture;
}

/* (transfer full): 12.5 as "13 %", 0.4 as "0.4 %". */
static char *
dup_percent (double share)
{
  return g_strdup_printf (share < 0.0095 ? "%.1f\u202f%%" : "%.0f\u202f%%", 100 * share);
}

static BallastBinsPicture *
make_relative (const BallastBoxStatistics *boxes)
{
  guint first = 0;
  BallastBinsPicture *picture;

  while (first < BALLAST_BOX_RELATIVE_BINS - MIN_RELATIVE_BINS && boxes->relative[first] == 0)
    first++;
  first &= ~1u;
  picture = ballast_bins_picture_new (BALLAST_BOX_RELATIVE_BINS - first,
                                      _("side of the box, relative to the picture’s"), _("objects"));
  for (guint i = first; i < BALLAST_BOX_RELATIVE_BINS; i++)
    {
      g_autofree char *low = dup_percent (exp2 ((i - (double) BALLAST_BOX_RELATIVE_BINS) / 2));
      g_autofree char *high = dup_percent (exp2 ((i + 1 - (double) BALLAST_BOX_RELATIVE_BINS) / 2));
      char *whole = i == 0 ? g_strdup_printf (_("Below %s"), high)
                           : g_strdup_printf (_("From %s to %s"), low, high);

      ballast_bins_picture_set (picture, i - first, boxes->relative[i],
                                i % 2 == 0 ? g_strdup (low) : NULL, whole);
    }
  return picture;
}

/* (transfer full): "2:1", "1:1", "1:1.4"; of width to height. */
static char *
dup_ratio (int bin)
{
  double ratio = exp2 (ABS (bin - ASPECT_MIDDLE) / 2.0);
  g_autofree char *number = g_strdup_printf (fabs (ratio - rint (ratio)) < 0.01 ? "%.0f" : "%.1f",
                                             ratio);

  return bin < ASPECT_MIDDLE ? g_strdup_printf ("1:%s", number) : g_strdup_printf ("%s:1", number);
}

static BallastBinsPicture *
make_aspect (const BallastBoxStatistics *boxes)
{
  int reach = ASPECT_MIDDLE;
  BallastBinsPicture *picture;

  while (reach > 3 && boxes->aspect[ASPECT_MIDDLE - reach] == 0 &&
         boxes->aspect[ASPECT_MIDDLE + reach] == 0)
    reach--;
  picture = ballast_bins_picture_new (2 * reach + 1, _("width to height"), _("objects"));
  for (int bin = ASPECT_MIDDLE - reach; bin <= ASPECT_MIDDLE + reach; bin++)
    {
      g_autofree char *ratio = dup_ratio (bin);

      ballast_bins_picture_set (picture, bin - (ASPECT_MIDDLE - reach), boxes->aspect[bin],
                                (bin - ASPECT_MIDDLE) % 2 == 0 ? g_strdup (ratio) : NULL,
                                g_strdup_printf (_("About %s"), ratio));
    }
  return picture;
}

/* How many counts go into a bin so that there are not too many. */
static guint
find_step (guint64 most)
{
  static const guint steps[] = { 1, 2, 5, 10, 20 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (most <= (guint64) steps[i] * (MAX_PER_IMAGE_BINS - 1))
      return steps[i];
  return steps[G_N_ELEMENTS (steps) - 1];
}

/* (transfer full): "3", "6–10", "241 and more". */
static char *
dup_range (guint    low,
           guint    high,
           gboolean open)
{
  if (open)
    return g_strdup_printf (_("%u and more"), low);
  return low == high ? g_strdup_printf ("%u", low) : g_strdup_printf ("%u–%u", low, high);
}

static BallastBinsPicture *
make_per_image (const BallastContentStatistics *contents)
{
  guint most = MIN (contents->most_labels, BALLAST_CONTENT_MAX_LABELS), step = find_step (most);
  guint n = (most + step - 1) / step + 1;
  BallastBinsPicture *picture = ballast_bins_picture_new (
    n, contents->boxes.boxes > 0 ? _("objects in an image") : _("labels of an image"), _("images"));

  for (guint bin = 0; bin < n; bin++)
    {
      guint low = bin == 0 ? 0 : (bin - 1) * step + 1, high = bin * step;
      gboolean open = bin + 1 == n && contents->most_labels > BALLAST_CONTENT_MAX_LABELS;
      g_autofree char *range = dup_range (low, high, open);
      guint64 images = 0;

      for (guint count = low; count <= MIN (high, BALLAST_CONTENT_MAX_LABELS); count++)
        images += contents->by_labels[count];
      ballast_bins_picture_set (picture, bin, images,
                                n <= 10 || bin % 2 == 0 ? g_strdup_printf ("%u", low) : NULL,
                                bin == 0 ? g_strdup (_("None, background"))
                                         : g_steal_pointer (&range));
    }
  return picture;
}

BallastPicture *
ballast_content_bins_new (const BallastContentStatistics *contents,
                          BallastContentBins              which,
                          int                             class_index)
{
  const BallastBoxStatistics *boxes = ballast_content_statistics_get_boxes (contents, class_index);

  switch (which)
    {
    case BALLAST_CONTENT_BINS_BANDS:
      return &make_bands (boxes)->base;
    case BALLAST_CONTENT_BINS_RELATIVE:
      return &make_relative (boxes)->base;
    case BALLAST_CONTENT_BINS_ASPECT:
      return &make_aspect (boxes)->base;
    case BALLAST_CONTENT_BINS_PER_IMAGE:
    default:
      return &make_per_image (contents)->base;
    }
}

static void
fill_map (BallastPlacesMap         *map,
          const BallastLocationMap *places)
{
  map->boxes = places != NULL ? places->boxes : 0;
  for (guint i = 0; places != NULL && i < G_N_ELEMENTS (places->cells); i++)
    map->shares[i] = (float) ballast_location_map_get_share (places, i % BALLAST_LOCATION_CELLS,
                                                             i / BALLAST_LOCATION_CELLS);
}

BallastPicture *
ballast_content_places_new (const BallastContentStatistics *contents,
                            const BallastTally             *tally,
                            int                             class_index,
                            guint                           n_most)
{
  g_autoptr(GArray) ranked = dup_ranked (contents, TRUE);
  BallastPlacesPicture *picture;
  guint n = 1;

  for (guint i = ranked->len; i > 0; i--)
    if ((int) g_array_index (ranked, Ranked, i - 1).index == class_index)
      g_array_remove_index (ranked, i - 1);
  if (class_index < 0 && ranked->len == 1)
    g_array_set_size (ranked, 0); /* one class is all of them */
  picture = ballast_places_picture_new (MIN (ranked->len + 1, MAX (n_most, 1)),
                                        BALLAST_LOCATION_CELLS, contents->mean_aspect);
  picture->maps[0].index = class_index;
  picture->maps[0].name = g_strdup (class_index < 0 ? _("All classes")
                                                    : tally->classes[class_index].name);
  fill_map (&picture->maps[0], ballast_content_statistics_get_places (contents, class_index));
  for (; n < picture->n; n++)
    {
      guint index = g_array_index (ranked, Ranked, n - 1).index;

      picture->maps[n].index = index;
      picture->maps[n].name = g_strdup (tally->classes[index].name);
      fill_map (&picture->maps[n], contents->class_places[index]);
    }
  return &picture->base;
}
