/*
 * AdditiveNoise: adds numbers of a chosen distribution: to every sample, to every pixel, or one to
 * the whole picture.
 *
 * A draw is one of 4096 quantiles of the distribution.
 * Numbers: distribution (0 uniform, 1 normal, 2 Laplace, 3 beta), place (0 the whole picture, 1 each
 * sample, 2 each pixel), strength (of full white), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-block.h"
#include "ballast-kernel-random.h"
#include "ballast-ops.h"

#include <math.h>

#define QUANTILES 4096
#define QUANTILE_BITS 12 /* 1 is 2^12 */
#define TAIL 8           /* of a Laplace distribution, in its scale */

enum
{
  NOISE_TYPE,
  SPATIAL_MODE,
  STRENGTH,
};

enum
{
  UNIFORM,
  NORMAL,
  LAPLACE,
  BETA,
};

enum
{
  CONSTANT,
  PER_PIXEL,
  SHARED,
};

static const BallastChoice types[] = {
  [UNIFORM] = { "uniform", N_("Uniform"), -1 },
  [NORMAL] = { "gaussian", N_("Normal"), -1 },
  [LAPLACE] = { "laplace", N_("Laplace"), -1 },
  [BETA] = { "beta", N_("Both Ends (Beta)"), -1 },
};

static const BallastChoice modes[] = {
  [CONSTANT] = { "constant", N_("The Whole Picture"), -1 },
  [PER_PIXEL] = { "per_pixel", N_("Each Pixel, in Colour"), -1 },
  [SHARED] = { "shared", N_("Each Pixel, in Grey"), -1 },
};

static const BallastParameter parameters[] = {
  [NOISE_TYPE] = {
    .name = "noise_type", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Distribution"), .unit = "",
    .help = N_("Laplace has rare strong draws, beta has mostly strong ones."), .maximum = 3,
    .step = 1, .initial = { { UNIFORM } }, .absent = { { UNIFORM } }, .choices = types,
    .n_choices = G_N_ELEMENTS (types),
  },
  [SPATIAL_MODE] = {
    .name = "spatial_mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("For"), .unit = "",
    .help = N_("What shares one draw."), .maximum = 2, .step = 1, .initial = { { PER_PIXEL } },
    .absent = { { CONSTANT } }, .choices = modes, .n_choices = G_N_ELEMENTS (modes),
  },
  [STRENGTH] = {
    .name = "noise_params.strength", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"),
    .unit = "", .help = N_("As a share of full white: the limits of a uniform or beta draw, the "
                            "scale of the others."),
    .minimum = 0, .maximum = 1, .step = 0.005, .digits = 3, .initial = { { 0.03, 0.12 } },
    .absent = { { 0.1, 0.1 } },
  },
};

/* The distribution's quantile at @p, for a strength of 1. */
static double
get_quantile (guint  type,
              double p)
{
  switch (type)
    {
    case LAPLACE:
      return p < 0.5 ? MAX (-TAIL, log (2 * p)) : MIN (TAIL, -log (2 * (1 - p)));
    case BETA: /* α = β = ½, the arcsine distribution */
      return -cos (G_PI * p);
    case UNIFORM:
    default:
      return 2 * p - 1;
    }
}

static gpointer
prepare (const BallastFilterCall *call)
{
  guint type = (guint) call->numbers[0];
  gint32 *table = g_new (gint32, QUANTILES);
  const gint16 *normal = ballast_kernel_get_quantiles ();

  for (guint i = 0; i < QUANTILES; i++)
    table[i] = type == NORMAL ? normal[i] * 2
                              : (gint32) lrint (get_quantile (type, (i + 0.5) / QUANTILES)
                                                * (1 << QUANTILE_BITS));
  return table;
}

static void
add_draws (const BallastFilterCall *call,
           BallastBlock            *block,
           const guint32           *hashes)
{
  const gint32 *table = call->prepared;
  guint mode = (guint) call->numbers[1], colours = block->n_colours;
  double scale = mode == CONSTANT ? 1 : MIN (1, call->scale);
  gint64 strength = llrint (call->numbers[2] * scale * block->maximum * 256);

  for (guint i = 0; i < block->n; i++)
    {
      guint place = mode == CONSTANT ? i % colours : mode == SHARED ? i / colours : i;
      gint64 change = table[hashes[place] >> (32 - QUANTILE_BITS)] * strength;

      block->value[i] += (gint32) ((change + (1 << (QUANTILE_BITS + 7))) >> (QUANTILE_BITS + 8));
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const guint32 seed[2] = { (guint32) call->numbers[3], (guint32) call->numbers[4] };
  gboolean constant = call->numbers[1] == CONSTANT;
  guint each = call->numbers[1] == PER_PIXEL ? ballast_kernel_get_n_colours (call->target) : 1;
  guint32 hashes[BALLAST_BLOCK_SAMPLES];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        ballast_kernel_hash_places (seed, constant ? 0 : y, constant ? 0 : x * each,
                                    MAX (3, block.n_pixels * each), hashes);
        add_draws (call, &block, hashes);
        ballast_block_store (&block, call->target, x, y);
      }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[2] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 3, .is_idle = is_idle, .prepare = prepare,
  .release = g_free, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, values[NOISE_TYPE].number[0]);
  ballast_sampler_put (sampler, values[SPATIAL_MODE].number[0]);
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[STRENGTH]));
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 5) && n[0] >= 0 && n[0] <= BETA && n[0] == floor (n[0])
         && n[1] >= 0 && n[1] <= SHARED && n[1] == floor (n[1]) && n[2] >= 0 && n[2] <= 1
         && ballast_op_check_seed (step, 3);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, &filter, step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("noise"), step->numbers[2], 2);
}

static const char *const scale_names[] = { "ranges", "std_range", "scale_range", "scale_range" };

/* The range of the strength out of "noise_params", which differ from type to type. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  JsonNode *node = json_object_get_member (arguments, "noise_params");
  const char *type = json_object_get_string_member_with_default (arguments, "noise_type", "uniform");
  JsonObject *members;
  double pair[2];
  guint index = 0;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  members = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, type))
      index = i;
  node = json_object_get_member (members, scale_names[index]);
  if (index == UNIFORM && node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && json_array_get_length (json_node_get_array (node)) > 0)
    {
      g_autoptr(JsonObject) first = json_object_new ();

      json_object_set_member (first, "first",
                              json_node_copy (json_array_get_element (json_node_get_array (node), 0)));
      if (ballast_op_read_pair (first, "first", pair))
        values[STRENGTH] = (BallastValue) { { MAX (fabs (pair[0]), fabs (pair[1])),
                                              MAX (fabs (pair[0]), fabs (pair[1])) } };
    }
  else if (index != UNIFORM && ballast_op_read_pair (members, scale_names[index], pair))
    {
      values[STRENGTH] = (BallastValue) { { pair[0], pair[1] } };
    }
}

static void
set_pair (JsonObject *members,
          const char *name,
          double      low,
          double      high)
{
  JsonArray *array = json_array_new ();

  json_array_add_double_element (array, low);
  json_array_add_double_element (array, high);
  json_object_set_array_member (members, name, array);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  guint type = (guint) values[NOISE_TYPE].number[0];
  double low = values[STRENGTH].number[0], high = values[STRENGTH].number[1];
  JsonObject *members = json_object_new ();

  if (type == UNIFORM)
    {
      JsonArray *ranges = json_array_new ();

      set_pair (members, "ranges", -high, high);
      json_array_add_element (ranges, json_node_copy (json_object_get_member (members, "ranges")));
      json_object_set_array_member (members, "ranges", ranges);
    }
  else
    {
      set_pair (members, scale_names[type], low, high);
    }
  if (type == NORMAL || type == LAPLACE)
    set_pair (members, "mean_range", 0, 0);
  if (type == BETA)
    {
      set_pair (members, "alpha_range", 0.5, 0.5);
      set_pair (members, "beta_range", 0.5, 0.5);
    }
  json_object_set_object_member (arguments, "noise_params", members);
  json_object_set_double_member (arguments, "approximation", 1.0);
}

const BallastOp ballast_op_additive_noise = {
  .name = "AdditiveNoise",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Additive Noise"),
  .help = N_("Adds draws of a chosen distribution. Starts pixel by pixel; Albumentations' default "
              "shifts the whole picture by one colour."),
  .keywords = "noise uniform laplace beta gaussian AddElementwise AdditiveLaplaceNoise",
  .glyph = "＋",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
