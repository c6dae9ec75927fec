/*
 * The part of stats about what stands in the images: pairs of classes, boxes, labels an image.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli-contents.h"

#include "ballast-json-members.h"

#include <math.h>

#define MAX_PAIRS 10000 /* in JSON */
#define TEXT_PAIRS 8

typedef struct
{
  guint   a;
  guint   b;
  guint64 both;
} Pair;

static void
add_bins (JsonBuilder   *builder,
          const char    *name,
          const guint64 *bins,
          guint          n_bins)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_bins; i++)
    json_builder_add_int_value (builder, bins[i]);
  json_builder_end_array (builder);
}

static int
compare_pairs (const void *a,
               const void *b)
{
  const Pair *left = a, *right = b;

  if (left->both != right->both)
    return left->both > right->both ? -1 : 1;
  if (left->a != right->a)
    return left->a < right->a ? -1 : 1;
  return left->b < right->b ? -1 : left->b > right->b;
}

/* (transfer full) (element-type Pair): most frequent first. */
static GArray *
dup_pairs (const BallastCoOccurrence *together)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint a = 0; a < ballast_co_occurrence_get_n_classes (together); a++)
    {
      guint n;
      const BallastCompanion *row = ballast_co_occurrence_get_companions (together, a, &n);

      for (guint i = 0; i < n; i++)
        if (row[i].other > a)
          {
            Pair pair = { a, row[i].other, row[i].images };

            g_array_append_val (pairs, pair);
          }
    }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

static void
add_pair (JsonBuilder               *builder,
          const BallastCoOccurrence *together,
          const BallastTally        *tally,
          const Pair                *pair)
{
  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "a", tally->classes[pair->a].name);
  ballast_json_add_string (builder, "b", tally->classes[pair->b].name);
  ballast_json_add_int (builder, "images", pair->both);
  ballast_json_add_number (builder, "b_given_a",
                           ballast_co_occurrence_get_share (together, pair->a, pair->b));
  ballast_json_add_number (builder, "a_given_b",
                           ballast_co_occurrence_get_share (together, pair->b, pair->a));
  ballast_json_add_number (builder, "jaccard",
                           ballast_co_occurrence_get_jaccard (together, pair->a, pair->b));
  json_builder_end_object (builder);
}

static void
add_co_occurrence (JsonBuilder                    *builder,
                   const BallastContentStatistics *contents,
                   const BallastTally             *tally)
{
  const BallastCoOccurrence *together = contents->together;
  g_autoptr(GArray) pairs = dup_pairs (together);

  json_builder_set_member_name (builder, "co_occurrence");
  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "images", ballast_co_occurrence_get_n_images (together));
  ballast_json_add_int (builder, "images_with_several_classes",
                        ballast_co_occurrence_get_n_mixed (together));
  ballast_json_add_number (builder, "cardinality",
                           ballast_label_mix_get_cardinality (contents->mix));
  ballast_json_add_number (builder, "density", ballast_label_mix_get_density (contents->mix));
  ballast_json_add_int (builder, "n_pairs", pairs->len);
  json_builder_set_member_name (builder, "pairs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MIN (pairs->len, MAX_PAIRS); i++)
    add_pair (builder, together, tally, &g_array_index (pairs, Pair, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_scumble (JsonBuilder                    *builder,
             const BallastContentStatistics *contents,
             const BallastTally             *tally)
{
  json_builder_set_member_name (builder, "scumble");
  json_builder_begin_object (builder);
  ballast_json_add_number (builder, "mean", ballast_label_mix_get_scumble (contents->mix));
  ballast_json_add_number (builder, "mean_irlbl", contents->mix->mean_irlbl);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < contents->n_classes; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", tally->classes[i].name);
      ballast_json_add_number (builder, "irlbl", contents->mix->irlbl[i]);
      ballast_json_add_number (builder, "scumble",
                               ballast_label_mix_get_class_scumble (contents->mix, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_sizes (JsonBuilder                *builder,
           const BallastBoxStatistics *boxes)
{
  ballast_json_add_int (builder, "count", boxes->boxes);
  ballast_json_add_int (builder, "without_area", boxes->without_area);
  for (guint band = 0; band < BALLAST_N_BOX_BANDS; band++)
    ballast_json_add_int (builder, ballast_box_band_get_name (band), boxes->bands[band]);
}

static void
add_boxes (JsonBuilder                    *builder,
           const BallastContentStatistics *contents,
           const BallastTally             *tally)
{
  json_builder_set_member_name (builder, "boxes");
  json_builder_begin_object (builder);
  add_sizes (builder, &contents->boxes);
  add_bins (builder, "relative_log2_from_minus_8_by_half", contents->boxes.relative,
            BALLAST_BOX_RELATIVE_BINS);
  add_bins (builder, "aspect_log2_round_minus_4_by_half", contents->boxes.aspect,
            BALLAST_BOX_ASPECT_BINS);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < contents->n_classes && contents->boxes.boxes > 0; i++)
    {
      json_builder_begin_object (builder);
      ballast_json_add_string (builder, "name", tally->classes[i].name);
      add_sizes (builder, &contents->class_boxes[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
ballast_cli_add_contents (JsonBuilder                    *builder,
                          const BallastContentStatistics *contents,
                          const BallastTally             *tally)
{
  guint n = MIN (contents->most_labels, BALLAST_CONTENT_MAX_LABELS) + 1;

  add_co_occurrence (builder, contents, tally);
  add_scumble (builder, contents, tally);
  add_boxes (builder, contents, tally);

  json_builder_set_member_name (builder, "objects_per_image");
  json_builder_begin_object (builder);
  ballast_json_add_number (builder, "mean", ballast_content_statistics_get_mean_labels (contents));
  ballast_json_add_int (builder, "max", contents->most_labels);
  add_bins (builder, "images", contents->by_labels, n);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "background");
  json_builder_begin_object (builder);
  ballast_json_add_int (builder, "images", contents->background);
  ballast_json_add_number (builder, "share",
                           contents->images == 0
                             ? 0 : (double) contents->background / contents->images);
  json_builder_end_object (builder);
}

static double
percent_of (guint64 part,
            guint64 whole)
{
  return whole == 0 ? 0 : 100.0 * part / whole;
}

/* The classes that stand most with others of another frequency. */
static void
print_scumble (const BallastContentStatistics *contents,
               const BallastTally             *tally)
{
  g_autofree gboolean *told = g_new0 (gboolean, tally->n_classes + 1);
  gboolean any = FALSE;

  for (guint n = 0; n < MIN (TEXT_PAIRS, tally->n_classes); n++)
    {
      int most = -1;

      for (guint i = 0; i < tally->n_classes; i++)
        if (!told[i] && (most < 0 || ballast_label_mix_get_class_scumble (contents->mix, i) >
                         ballast_label_mix_get_class_scumble (contents->mix, (guint) most)))
          most = (int) i;
      if (ballast_label_mix_get_class_scumble (contents->mix, (guint) most) <= 0)
        break;
      told[most] = any = TRUE;
      g_print ("%s%s %.4f", n == 0 ? "  SCUMBLE of classes: " : ", ", tally->classes[most].name,
               ballast_label_mix_get_class_scumble (contents->mix, (guint) most));
    }
  if (any)
    g_print ("\n");
}

static void
print_pairs (const BallastContentStatistics *contents,
             const BallastTally             *tally)
{
  g_autoptr(GArray) pairs = dup_pairs (contents->together);

  g_print ("together in images: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " images hold several "
           "classes, %.2f classes an image, SCUMBLE %.4f, mean IRLbl %.2f\n",
           ballast_co_occurrence_get_n_mixed (contents->together), contents->images,
           ballast_label_mix_get_cardinality (contents->mix),
           ballast_label_mix_get_scumble (contents->mix), contents->mix->mean_irlbl);
  for (guint i = 0; i < MIN (pairs->len, TEXT_PAIRS); i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      double forth = ballast_co_occurrence_get_share (contents->together, pair->a, pair->b);
      double back = ballast_co_occurrence_get_share (contents->together, pair->b, pair->a);
      gboolean turned = back > forth;

      g_print ("  %5.1f %% of “%s” images hold “%s” (%" G_GUINT64_FORMAT " %s)\n",
               100 * MAX (forth, back), tally->classes[turned ? pair->b : pair->a].name,
               tally->classes[turned ? pair->a : pair->b].name, pair->both,
               pair->both == 1 ? "image" : "images");
    }
  if (pairs->len > TEXT_PAIRS)
    g_print ("  … and %u pairs more: see --json\n", pairs->len - TEXT_PAIRS);
  print_scumble (contents, tally);
}

static void
print_boxes (const BallastBoxStatistics *boxes)
{
  g_print ("boxes: %" G_GUINT64_FORMAT, boxes->boxes);
  for (guint band = 0; band < BALLAST_N_BOX_BANDS; band++)
    g_print (", %.1f %% %s (%s)", percent_of (boxes->bands[band], boxes->boxes),
             ballast_box_band_get_name (band),
             band == BALLAST_BOX_SMALL ? "< 32² px" : band == BALLAST_BOX_MEDIUM ? "< 96² px"
                                                                                  : "from 96² px");
  if (boxes->without_area > 0)
    g_print (", %" G_GUINT64_FORMAT " without area", boxes->without_area);
  g_print ("\n");
}

void
ballast_cli_print_contents (const BallastContentStatistics *contents,
                            const BallastTally             *tally)
{
  if (contents->boxes.boxes == 0 && ballast_co_occurrence_get_n_mixed (contents->together) == 0)
    return;

  g_print ("%s an image: %.2f in the mean, %" G_GUINT64_FORMAT " at most; %s: %"
           G_GUINT64_FORMAT " %s, %.1f %%\n", contents->boxes.boxes > 0 ? "objects" : "labels",
           ballast_content_statistics_get_mean_labels (contents), contents->most_labels,
           contents->boxes.boxes > 0 ? "background" : "without any", contents->background, contents->background == 1 ? "image" : "images",
           percent_of (contents->background, contents->images));
  if (contents->boxes.boxes > 0)
    print_boxes (&contents->boxes);
  if (ballast_co_occurrence_get_n_mixed (contents->together) > 0)
    print_pairs (contents, tally);
}
