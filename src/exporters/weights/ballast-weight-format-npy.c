/*
 * Weights as NumPy’s .npy: float32, by class index.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-formats.h"

#include <glib/gi18n-lib.h>

#include "ballast-npy.h"
#include "ballast-weight-text.h"

static GBytes *
make (const BallastWeights *weights)
{
  g_autofree double *values = ballast_weight_text_dup_values (weights);

  return ballast_npy_to_bytes (values, weights->n, 32);
}

const BallastWeightFormat ballast_weight_format_npy = {
  .name = "npy",
  .suffix = ".npy",
  .file = "class_weights.npy",
  .title = N_("NumPy"),
  .summary = N_("A float32 array in the order of the class indices: numpy.load()."),
  .is_bare = TRUE,
  .make = make,
};
