/*
 * What the cards of the overview say, as text: a pure function of the counts.
 *
 * The formulae are balance's (ballast-imbalance.h); here they only get words.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-overview-figures.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-imbalance.h"
#include "ballast-number-text.h"

/* A class is called rare below this share of what an even spread would give it. */
#define RARE_SHARE 0.5

typedef struct
{
  const BallastTally *tally;
  int                 split;
  BallastImbalance    imbalance;
  guint64            *counts;
} Figures;

static guint64
count_images (const Figures *figures)
{
  const BallastTally *tally = figures->tally;

  if (figures->split < 0)
    return tally->images;
  if ((guint) figures->split >= tally->n_splits)
    return tally->images_without_split;

  return tally->splits[figures->split].images;
}

static guint64
count_objects (const Figures *figures)
{
  g_autofree guint64 *counts = ballast_unit_dup_counts (BALLAST_UNIT_INSTANCES, figures->tally,
                                                        figures->split);
  guint64 sum = 0;

  for (guint i = 0; i < figures->tally->n_classes; i++)
    sum += counts[i];
  return sum;
}

static const char *
get_class_name (const Figures *figures,
                guint          index)
{
  return index < figures->tally->n_classes ? figures->tally->classes[index].name : "";
}

/* The smallest class that is not empty; the last of equals. */
static guint
find_smallest (const Figures *figures)
{
  for (guint i = figures->tally->n_classes; i-- > 0;)
    if (figures->counts[i] == figures->imbalance.smallest)
      return i;

  return G_MAXUINT;
}

static char *
describe_splits (const Figures *figures)
{
  const BallastTally *tally = figures->tally;
  guint n_splits = MAX (1, tally->n_splits);

  if (figures->split >= 0)
    return g_strdup ((guint) figures->split < tally->n_splits ? tally->splits[figures->split].name
                                                              : _("in no split"));
  if (n_splits == 1)
    return g_strdup (_("one split"));

  return g_strdup_printf (_("%u splits"), n_splits);
}

static void
fill_images (const Figures *figures,
             BallastFigure *figure)
{
  const BallastTally *tally = figures->tally;
  guint64 images = count_images (figures);
  g_autofree char *splits = describe_splits (figures);
  g_autofree char *unlabelled = ballast_chart_format_count (tally->unlabelled);
  g_autofree char *excluded = ballast_chart_format_count (tally->excluded);
  g_autofree char *unreadable = ballast_chart_format_count (tally->unreadable);
  g_autofree char *gone = ballast_chart_format_count (tally->gone);

  figure->value = ballast_chart_format_count (images);
  figure->unit = g_strdup (g_dngettext (NULL, "image", "images", images));
  if (tally->boxes > 0)
    {
      g_autofree char *objects = ballast_chart_format_count (count_objects (figures));

      figure->caption = g_strdup_printf (g_dngettext (NULL, "%s objects in %u class, %s",
                                                      "%s objects in %u classes, %s",
                                                      tally->n_classes),
                                         objects, tally->n_classes, splits);
    }
  else
    figure->caption = g_strdup_printf (g_dngettext (NULL, "in %u class, %s", "in %u classes, %s",
                                                    tally->n_classes),
                                       tally->n_classes, splits);
  figure->explanation = g_strdup_printf (_("The images that count. Left out: %s excluded by you, "
                                            "%s that cannot be read, %s that are gone. "
                                            "%s have no label."),
                                         excluded, unreadable, gone, unlabelled);
  figure->formula = g_strdup ("");
}

/* (transfer full): which class against which; and the ratio of objects, where it is another one. */
static char *
dup_ratio_caption (const Figures *figures,
                   guint          smallest)
{
  g_autofree char *pair = g_strdup_printf (_("%s against %s"),
                                           get_class_name (figures, figures->imbalance.majority),
                                           get_class_name (figures, smallest));
  g_autofree char *value = NULL;
  BallastImbalance objects;

  ballast_imbalance_measure_tally (figures->tally, figures->split, BALLAST_UNIT_INSTANCES, &objects);
  if (objects.total == figures->imbalance.total)
    return g_steal_pointer (&pair);
  value = ballast_text_of_ratio_value (objects.ratio);
  /* Translators: "car against bus; 20 : 1 by objects". */
  return g_strdup_printf (_("%s; %s : 1 by objects"), pair, value);
}

static void
fill_ratio (const Figures *figures,
            BallastFigure *figure)
{
  const BallastImbalance *imbalance = &figures->imbalance;
  guint smallest = find_smallest (figures);

  figure->value = ballast_text_of_ratio_value (imbalance->ratio);
  figure->unit = g_strdup (_(": 1"));
  figure->caption = dup_ratio_caption (figures, smallest);
  figure->explanation = g_strdup_printf (_("For each image of the smallest class there are %s of "
                                            "the largest. From about 10 on, models tend to ignore "
                                            "the small class."),
                                         figure->value);
  figure->formula = g_strdup (_("Imbalance ratio: largest ÷ smallest class that is not empty"));
}

/* Where images hold several classes there is no one guess for an image. */
static void
fill_presence (const Figures *figures,
               BallastFigure *figure)
{
  guint class_index = figures->imbalance.majority;
  const char *majority = get_class_name (figures, class_index);

  figure->value = ballast_text_of_percent (ballast_tally_get_presence (figures->tally, class_index,
                                                                       figures->split));
  figure->unit = g_strdup ("");
  figure->caption = g_strdup_printf (_("of the images hold “%s”"), majority);
  figure->explanation = g_strdup_printf (_("A model that has learned nothing and sees “%s” in every "
                                            "image is right this often. Look at the scores of the "
                                            "classes one by one: their mean over images hides the rare "
                                            "ones."),
                                         majority);
  figure->formula = g_strdup (_("Images with the class ÷ all images"));
}

static void
fill_guess (const Figures *figures,
            BallastFigure *figure)
{
  const BallastImbalance *imbalance = &figures->imbalance;
  const char *majority = get_class_name (figures, imbalance->majority);
  g_autofree char *balanced = ballast_text_of_percent (imbalance->balanced_share);

  if (figures->tally->multi_label > 0)
    {
      fill_presence (figures, figure);
      return;
    }
  figure->value = ballast_text_of_percent (imbalance->majority_share);
  figure->unit = g_strdup ("");
  figure->caption = g_strdup_printf (_("right by always guessing “%s”"), majority);
  figure->explanation = g_strdup_printf (_("A model that has learned nothing and always says “%s” "
                                            "is right this often. An accuracy near this figure is "
                                            "worth nothing; the balanced accuracy of that guess is "
                                            "%s."),
                                         majority, balanced);
  figure->formula = g_strdup (_("Majority share: largest class ÷ all"));
}

static void
fill_effective (const Figures *figures,
                BallastFigure *figure)
{
  const BallastImbalance *imbalance = &figures->imbalance;

  figure->value = g_strdup_printf ("%.1f", imbalance->effective_classes);
  figure->unit = g_strdup_printf (_("of %u"), imbalance->classes);
  figure->caption = g_strdup_printf (_("effective classes, evenness %.2f"), imbalance->evenness);
  figure->explanation
    = g_strdup_printf (_("The spread is as uneven as if there were only %.1f classes of equal "
                          "size.\n\n"
                          "Evenness %.2f: 1 is a perfectly even spread, 0 is all in one class.\n\n"
                          "Gini %.2f: 0 is an even spread; near 1 a few classes hold everything."),
                       imbalance->effective_classes, imbalance->evenness, imbalance->gini);
  figure->formula = g_strdup (_("Effective classes: exp H (Hill) · evenness: H ÷ ln K (Pielou) · "
                                 "H is the entropy of the shares"));
}

/* (transfer full): how many are rare; @name: the rarest of them. */
static guint
count_rare (const Figures *figures,
            guint         *rarest)
{
  const BallastImbalance *imbalance = &figures->imbalance;
  double bound = imbalance->classes > 0 ? RARE_SHARE * imbalance->total / imbalance->classes : 0;
  guint n_rare = 0;

  *rarest = G_MAXUINT;
  for (guint i = 0; i < figures->tally->n_classes; i++)
    {
      if (figures->counts[i] == 0 || figures->counts[i] >= bound)
        continue;
      n_rare++;
      if (*rarest == G_MAXUINT || figures->counts[i] < figures->counts[*rarest])
        *rarest = i;
    }

  return n_rare;
}

static void
fill_rare (const Figures *figures,
           BallastFigure *figure)
{
  const BallastImbalance *imbalance = &figures->imbalance;
  double bound = imbalance->classes > 0 ? RARE_SHARE * imbalance->total / imbalance->classes : 0;
  guint rarest;
  guint n_rare = count_rare (figures, &rarest);

  figure->value = g_strdup_printf ("%u", n_rare);
  figure->unit = g_strdup ("");
  if (n_rare == 0)
    figure->caption = g_strdup (_("rare classes"));
  else
    figure->caption = g_strdup_printf (g_dngettext (NULL, "rare class: %s",
                                                    "rare classes, %s the rarest", n_rare),
                                       get_class_name (figures, rarest));
  figure->explanation
    = g_strdup_printf (_("A class is called rare here when it has less than half of an even share, "
                          "%.0f images.\n\n"
                          "By absolute size: %u with many images (over %u), %u medium, %u with few "
                          "(under %u). %u are empty."),
                       bound, imbalance->many, BALLAST_IMBALANCE_MANY, imbalance->medium,
                       imbalance->few, BALLAST_IMBALANCE_FEW, imbalance->empty_classes);
  figure->formula = g_strdup (_("Rare: fewer than ½ · all ÷ classes · many, medium, few: Liu et "
                                 "al. 2019"));
}

/* Where no image has a label there is nothing to compare. */
static void
fill_nothing (BallastFigure *figure)
{
  figure->value = g_strdup ("–");
  figure->unit = g_strdup ("");
  figure->caption = g_strdup (_("no image has a label"));
  figure->explanation = g_strdup (_("This figure compares how many images the classes have. Give some "
                                     "images a class, or import the labels that belong to them."));
  figure->formula = g_strdup ("");
}

void
ballast_overview_figure_fill (BallastOverviewFigure which,
                              const BallastTally   *tally,
                              int                   split,
                              BallastFigure        *figure)
{
  static void (*const fill[N_BALLAST_OVERVIEW_FIGURES]) (const Figures *, BallastFigure *) = {
    [BALLAST_OVERVIEW_IMAGES] = fill_images,
    [BALLAST_OVERVIEW_RATIO] = fill_ratio,
    [BALLAST_OVERVIEW_GUESS] = fill_guess,
    [BALLAST_OVERVIEW_EFFECTIVE] = fill_effective,
    [BALLAST_OVERVIEW_RARE] = fill_rare,
  };
  Figures figures = { tally, split, { 0 }, NULL };

  g_return_if_fail (which < N_BALLAST_OVERVIEW_FIGURES);
  g_return_if_fail (tally != NULL && figure != NULL);

  figures.counts = ballast_unit_dup_counts (BALLAST_UNIT_IMAGES, tally, split);
  ballast_imbalance_measure_tally (tally, split, BALLAST_UNIT_IMAGES, &figures.imbalance);
  if (figures.imbalance.total == 0 && which != BALLAST_OVERVIEW_IMAGES &&
      which != BALLAST_OVERVIEW_RARE)
    fill_nothing (figure);
  else
    fill[which](&figures, figure);
  g_free (figures.counts);
}
