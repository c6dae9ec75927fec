/*
 * AutoContrast: stretches each channel from its darkest to its brightest value.
 *
 * Albumentations' default, "cdf", equalises instead, which is another op under this name; Pillow's
 * and torchvision's stretch is the default here, and files that name no method mean "cdf".
 * Numbers: cutoff (% at each end), manner (0: stretch, 1: cdf), and the level that does not count where
 * there is one (of 256; all that are rounded to it in 16 bits).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  CUTOFF,
  METHOD,
  IGNORE,
};

static const BallastChoice methods[] = {
  { "pil", N_("Stretch"), -1 },
  { "cdf", N_("Equalise"), -1 },
};

static const BallastParameter parameters[] = {
  [CUTOFF] = {
    .name = "cutoff", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Cutoff"), .unit = "%",
    .help = N_("Share of the darkest and of the brightest pixels that is left out of account."),
    .maximum = 49, .step = 0.5, .digits = 1,
  },
  [METHOD] = {
    .name = "method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Manner"), .unit = "",
    .help = N_("Stretching is what Pillow and torchvision do; Albumentations equalises unless told "
                "otherwise."),
    .maximum = 1, .step = 1, .absent = { { 1 } }, .secondary = TRUE,
    .choices = methods, .n_choices = G_N_ELEMENTS (methods),
  },
  [IGNORE] = {
    .name = "ignore", .type = BALLAST_PARAMETER_INT, .label = N_("Left out"), .unit = "",
    .help = N_("Pixels of this value do not count, and stay: a black or white background; −1: all "
                "count."),
    .minimum = -1, .maximum = 255, .step = 1, .secondary = TRUE,
    .initial = { { -1 } }, .neutral = { { -1 } }, .absent = { { -1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, values[CUTOFF].number[0]);
  ballast_sampler_put (sampler, values[METHOD].number[0]);
  if (values[IGNORE].number[0] >= 0)
    ballast_sampler_put (sampler, values[IGNORE].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return (ballast_op_check_numbers (step, 2)
          || (ballast_op_check_numbers (step, 3) && ballast_op_check_choice (step, IGNORE, 256)))
         && step->numbers[0] >= 0 && step->numbers[0] < 50
         && ballast_op_check_choice (step, 1, 2);
}

/* The first value from that side at which more than @cut pixels are passed. */
static guint
bound (const guint32 *count,
       guint          n,
       double         cut,
       gboolean       from_above)
{
  guint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint v = from_above ? n - 1 - i : i;

      sum += count[v];
      if (sum > 0 && (double) sum >= cut)
        return cut > 0 && !from_above ? MIN (v + 1, n - 1) : v;
    }
  return from_above ? 0 : n - 1;
}

static void
fill_table (const guint32 *count,
            guint64        total,
            const double  *numbers,
            BallastTables *tables,
            guint          channel)
{
  guint n = tables->n_levels, top = n - 1;
  double cut = (double) total * numbers[0] / 100;
  guint low = bound (count, n, cut, FALSE), high = bound (count, n, cut, TRUE);
  double sum = 0, between = 0;

  for (guint v = low + 1; v <= high; v++)
    between += count[v];
  for (guint v = 0; v < n; v++)
    {
      double value = v;

      if (v > low && v <= high)
        sum += count[v];
      if (low < high && v > high)
        value = top;
      else if (low < high && numbers[1] == 0)
        value = rint (((double) v - low) * ((double) top / (high - low)));
      else if (low < high)
        value = v < low ? 0 : rint (sum * top / between);
      ballast_tables_set (tables, channel, v, value);
    }
}

/* The table of the others, where the levels that level @ignored of 256 stands for stay as they are. */
static void
fill_table_without (guint32       *count,
                    guint64        total,
                    const double  *numbers,
                    BallastTables *tables,
                    guint          channel)
{
  guint width = tables->n_levels / 256, first = (guint) numbers[IGNORE] * width;

  for (guint v = first; v < first + width; v++)
    {
      total -= count[v];
      count[v] = 0;
    }
  fill_table (count, total, numbers, tables, channel);
  for (guint v = first; v < first + width; v++)
    ballast_tables_set (tables, channel, v, v);
}

static gpointer
prepare (const BallastFilterCall *call)
{
  g_autoptr(BallastHistogram) histogram = ballast_histogram_new (call->source);
  BallastTables *tables = ballast_tables_new (histogram->n_channels, histogram->n_levels);

  for (guint c = 0; c < tables->n_channels; c++)
    if (call->n_numbers > IGNORE)
      fill_table_without (histogram->count[c], histogram->n_pixels, call->numbers, tables, c);
    else
      fill_table (histogram->count[c], histogram->n_pixels, call->numbers, tables, c);
  return tables;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 1.6,
  .prepare = prepare,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

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
  g_string_append (text, _("stretched"));
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  if (values[IGNORE].number[0] < 0)
    json_object_set_null_member (arguments, "ignore");
}

const BallastOp ballast_op_auto_contrast = {
  .name = "AutoContrast",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Automatic Contrast"),
  .help = N_("Stretches every channel from black to white.  Albumentations equalises here unless "
              "told otherwise, which is another op."),
  .keywords = "autocontrast stretch levels RandomAutocontrast histogram normalize",
  .glyph = "◨",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = write_extra,
};
