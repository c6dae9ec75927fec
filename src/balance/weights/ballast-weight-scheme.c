/*
 * The table of weight schemes: from counts to numbers, one function and one entry each.
 *
 * Every function gets counts above 0 alone and answers with finite numbers, without normalising.
 * N: all examples, K: classes that are not empty, n: examples of the class.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-weight-scheme.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
compute_none (const BallastWeightInput *input,
              const double             *params,
              double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = 1;
}

static void
compute_inverse (const BallastWeightInput *input,
                 const double             *params,
                 double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = (double) input->total / (double) input->counts[i];
}

static void
compute_balanced (const BallastWeightInput *input,
                  const double             *params,
                  double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = (double) input->total / ((double) input->n * (double) input->counts[i]);
}

static void
compute_inverse_sqrt (const BallastWeightInput *input,
                      const double             *params,
                      double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = 1 / sqrt ((double) input->counts[i]);
}

static void
compute_power (const BallastWeightInput *input,
               const double             *params,
               double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = pow ((double) input->counts[i], -params[0]);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
median (const double *values,
        guint         n)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof *values);

  qsort (sorted, n, sizeof *sorted, compare_doubles);
  return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static void
compute_median_frequency (const BallastWeightInput *input,
                          const double             *params,
                          double                   *weights)
{
  double middle;

  for (guint i = 0; i < input->n; i++)
    {
      guint64 all = input->present != NULL ? input->present[i] : input->total;

      weights[i] = (double) input->counts[i] / (double) MAX (all, input->counts[i]);
    }
  middle = median (weights, input->n);
  for (guint i = 0; i < input->n; i++)
    weights[i] = middle / weights[i];
}

/* 1 - β^n by way of expm1, which keeps its digits where β^n is close to 1. */
static void
compute_effective_number (const BallastWeightInput *input,
                          const double             *params,
                          double                   *weights)
{
  double rest = 1 - params[0];

  for (guint i = 0; i < input->n; i++)
    weights[i] = params[0] > 0
                   ? rest / -expm1 ((double) input->counts[i] * log1p (-rest)) : 1;
}

static void
compute_enet (const BallastWeightInput *input,
              const double             *params,
              double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = 1 / log (params[0] + (double) input->counts[i] / (double) input->total);
}

static void
compute_log_prior (const BallastWeightInput *input,
                   const double             *params,
                   double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    weights[i] = params[0] * log ((double) input->counts[i] / (double) input->total);
}

static void
compute_ldam (const BallastWeightInput *input,
              const double             *params,
              double                   *weights)
{
  double largest = 0;

  for (guint i = 0; i < input->n; i++)
    {
      weights[i] = 1 / sqrt (sqrt ((double) input->counts[i]));
      largest = MAX (largest, weights[i]);
    }
  for (guint i = 0; i < input->n; i++)
    weights[i] *= params[0] / largest;
}

static void
compute_focal_alpha (const BallastWeightInput *input,
                     const double             *params,
                     double                   *weights)
{
  double sum = 0;

  for (guint i = 0; i < input->n; i++)
    sum += 1 / (double) input->counts[i];
  for (guint i = 0; i < input->n; i++)
    weights[i] = 1 / (double) input->counts[i] / sum;
}

static void
compute_pos_weight (const BallastWeightInput *input,
                    const double             *params,
                    double                   *weights)
{
  for (guint i = 0; i < input->n; i++)
    {
      guint64 samples = MAX (input->samples, input->counts[i]);

      weights[i] = (double) (samples - input->counts[i]) / (double) input->counts[i];
    }
}

static void
compute_cls_pw (const BallastWeightInput *input,
                const double             *params,
                double                   *weights)
{
  double sum = 0;

  for (guint i = 0; i < input->n; i++)
    {
      weights[i] = pow ((double) input->counts[i], -params[0]);
      sum += weights[i];
    }
  for (guint i = 0; i < input->n; i++)
    weights[i] *= input->n / sum;
}

static const BallastWeightScheme schemes[] = {
  { "none", N_("No weights"), N_("Every class counts the same: for a set that is already even."),
    N_("A model may do well on average and never name the rare classes."),
    "none", FALSE, 0, { { 0 } }, compute_none },
  { "inverse", N_("Inverse frequency"),
    N_("N / n: rare classes count as many times more as they are rarer."),
    N_("At a ratio of 100 and more it can hurt: a few images of the rarest class outshout the "
        "others."),
    "Folklore; see Huang et al., CVPR 2016", FALSE, 0, { { 0 } }, compute_inverse },
  { "balanced", N_("Balanced"),
    N_("N / (K n): every class counts as much as every other; what scikit-learn calls “balanced”."),
    N_("At a ratio of 100 and more, wrong or odd images of the rarest class weigh as much as "
        "hundreds of others."),
    "King and Zeng, Political Analysis 2001", FALSE, 0, { { 0 } }, compute_balanced },
  { "inverse-sqrt", N_("Inverse square root"),
    N_("1 / √n: a gentler correction, steadier where some classes are very rare."),
    N_("The rare classes stay behind the common ones, if less far."),
    "Mahajan et al., ECCV 2018", FALSE, 0, { { 0 } }, compute_inverse_sqrt },
  { "power", N_("Power"), N_("1 / n^α: from none (α = 0) to inverse frequency (α = 1)."),
    N_("α has to be tried out: no formula gives it."),
    "Generalises inverse frequency", FALSE, 1,
    { { "alpha", N_("0 leaves all alike, 1 is inverse frequency."), 0, 1, 0.5 } }, compute_power },
  { "median-frequency", N_("Median frequency"),
    N_("median f / f: the middle class weighs 1; usual for segmentation."),
    N_("Made for pixels; the largest classes weigh far below 1, which slows them down."),
    "Eigen and Fergus, ICCV 2015", FALSE, 0, { { 0 } }, compute_median_frequency },
  { "effective-number", N_("Effective number"),
    N_("(1 - β) / (1 - β^n): further images of a large class add less and less."),
    N_("With β close to 1 it is inverse frequency, with a small β it does nothing: its effect is "
        "all in β."),
    "Cui et al., CVPR 2019", FALSE, 1,
    { { "beta", N_("Nearer to 1, larger classes go on counting for longer."), 0, 0.9999999,
        0.9999 } },
    compute_effective_number },
  { "enet", N_("ENet"), N_("1 / ln (c + p): bounded, however rare the class."),
    N_("Common classes weigh much alike, so it corrects little among them."),
    "Paszke et al., arXiv 1606.02147", FALSE, 1,
    { { "c", N_("The bound: 1.02 keeps weights below 50."), 1.001, 10, 1.02 } }, compute_enet },
  { "log-prior", N_("Log prior"),
    N_("τ ln p: added to the logits while training (logit adjustment), or taken off them "
        "afterwards."),
    N_("Not a weight of the loss: added to the logits, or it does harm."),
    "Menon et al., ICLR 2021", TRUE, 1,
    { { "tau", N_("Strength of the adjustment."), 0, 10, 1 } }, compute_log_prior,
    TRUE },
  { "ldam", N_("LDAM margins"),
    N_("C / n^¼: margins for the LDAM loss, the widest for the rarest class."),
    N_("Not a weight of the loss: needs the LDAM loss, best with weights that begin late in "
        "training."),
    "Cao et al., NeurIPS 2019", TRUE, 1,
    { { "max-margin", N_("The margin of the rarest class."), 0.001, 10, 0.5 } }, compute_ldam, TRUE },
  { "focal-alpha", N_("Focal α"), N_("(1 / n) / Σ (1 / n): the α of the focal loss, summing to 1."),
    N_("Only for the focal loss; its γ is another setting and comes from no count."),
    "Lin et al., ICCV 2017", TRUE, 0, { { 0 } }, compute_focal_alpha },
  { "pos-weight", N_("Positive weight"),
    N_("(M - n) / n: the pos_weight of a binary loss per class, for images with several labels."),
    N_("For independent yes-or-no outputs, not for one class out of several."),
    "PyTorch, BCEWithLogitsLoss", TRUE, 0, { { 0 } }, compute_pos_weight },
  { "cls-pw", N_("Ultralytics cls_pw"),
    N_("n^-power over its mean: what Ultralytics computes for cls_pw."),
    N_("Newer versions alone read the setting; it counts objects, not images."),
    "Ultralytics YOLO", TRUE, 1,
    { { "power", N_("0 leaves all alike, 1 is inverse frequency."), 0, 1, 0.5 } }, compute_cls_pw },
};

guint
ballast_weight_scheme_get_n (void)
{
  return G_N_ELEMENTS (schemes);
}

const BallastWeightScheme *
ballast_weight_scheme_get (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (schemes), NULL);

  return &schemes[i];
}

const BallastWeightScheme *
ballast_weight_scheme_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (strcmp (schemes[i].name, name) == 0)
      return &schemes[i];

  return NULL;
}

int
ballast_weight_scheme_find_parameter (const BallastWeightScheme *scheme,
                                      const char                *name)
{
  for (guint i = 0; i < scheme->n_parameters; i++)
    if (strcmp (scheme->parameters[i].name, name) == 0)
      return (int) i;

  return -1;
}
