/*
 * The estimate as a job: pictures to features in as many threads as there are cores, then as many
 * models.
 *
 * The job's thread owns everything; workers write each to their own rows.  Nothing is stored.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-effect-job.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "ballast-decode.h"
#include "ballast-display-raster.h"
#include "ballast-document-private.h"
#include "ballast-effect-sample.h"
#include "ballast-image-features.h"
#include "ballast-open.h"
#include "ballast-program.h"
#include "ballast-scale.h"

#define SIDE_PX 64
#define N BALLAST_IMAGE_FEATURES_N
#define MIN_IMAGES 30
/* Rare classes that are told apart this much worse than common ones suffer. */
#define TROUBLE 0.05

typedef struct
{
  BallastStoreThread *thread;
  BallastJob         *job;
  GCancellable       *cancellable;
  BallastSnapshot    *snapshot;
  BallastPlan        *plan;
  BallastWeights     *weights;
  BallastEffectSample sample;
  float              *features;   /* an image a row */
  float              *variants;
  guint              *first;      /* of an image's variants */
  guint8             *failed;     /* images that could not be read */
  BallastEffect      *effect;
  BallastEffectInput  input;
  GMutex              lock;       /* of done and error */
  guint               done;
  guint               total;
  GError             *error;
} Estimate;

static void
estimate_free (Estimate *self)
{
  ballast_store_thread_unref (self->thread);
  g_object_unref (self->job);
  g_clear_pointer (&self->snapshot, ballast_snapshot_free);
  g_clear_pointer (&self->plan, ballast_plan_unref);
  g_clear_pointer (&self->weights, ballast_weights_free);
  g_clear_pointer (&self->effect, ballast_effect_free);
  ballast_effect_sample_clear (&self->sample);
  g_free ((gpointer) self->input.labels);
  g_free ((gpointer) self->input.groups);
  g_free ((gpointer) self->input.variant_of);
  g_free ((gpointer) self->input.weights);
  g_free (self->features);
  g_free (self->variants);
  g_free (self->first);
  g_free (self->failed);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
count_done (Estimate *self)
{
  BallastProgressState state = { 0 };

  g_mutex_lock (&self->lock);
  state.items_done = ++self->done;
  g_mutex_unlock (&self->lock);
  state.items_total = self->total;
  ballast_job_report (self->job, &state);
}

static BallastRaster *
decode (const char   *path,
        GCancellable *cancellable)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  int fd = ballast_image_open (AT_FDCWD, path, NULL, NULL);
  BallastRaster *raster;

  if (fd < 0)
    return NULL;
  options.wanted_width = options.wanted_height = SIDE_PX;
  options.only_8_bits = TRUE;
  raster = ballast_decode_fd (fd, &options, NULL, cancellable, NULL);
  close (fd);
  return raster;
}

static void
describe (BallastRaster *raster,
          float         *features)
{
  g_autoptr(BallastRaster) small = ballast_scale_to_fit (raster, SIDE_PX, SIDE_PX);

  small = ballast_display_raster_take (g_steal_pointer (&small));
  ballast_image_features_compute (small, features);
}

/* A copy as the export would draw it, small. */
static void
describe_variant (Estimate                 *self,
                  const BallastEffectImage *image,
                  const BallastRaster      *raster,
                  guint                     copy,
                  float                    *features)
{
  guint index = g_array_index (self->sample.classes, guint, image->label);
  const BallastClassTally *class = &self->snapshot->tally->classes[index];
  const BallastPipeline *pipeline = ballast_settings_get_pipeline (self->snapshot->settings, class->id);
  const BallastImageFacts *facts = &image->image.record.facts;
  g_autofree char *path = ballast_image_record_dup_path (&image->image.record);
  BallastRandomKey key = ballast_random_key (ballast_settings_get_export (self->snapshot->settings)->seed,
                                             path, copy);
  g_autoptr(BallastRecipe) recipe =
    ballast_pipeline_sample (pipeline, &key, ballast_image_facts_get_view_width (facts),
                             ballast_image_facts_get_view_height (facts), class->name);
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, raster->width, raster->height,
                                                            raster->channels, raster->depth);
  g_autoptr(BallastRaster) drawn = ballast_program_run (program, raster, self->cancellable, NULL);

  if (drawn != NULL)
    describe (drawn, features);
}

static void
look_in_thread (gpointer data,
                gpointer user_data)
{
  Estimate *self = user_data;
  guint i = GPOINTER_TO_UINT (data) - 1;
  const BallastEffectImage *image = &g_array_index (self->sample.images, BallastEffectImage, i);
  g_autofree char *path = ballast_snapshot_dup_file_path (self->snapshot, &image->image.record);
  g_autoptr(BallastRaster) raster = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  raster = path == NULL ? NULL : decode (path, self->cancellable);
  self->failed[i] = raster == NULL;
  for (guint copy = 0; raster != NULL && copy < image->n_variants; copy++)
    describe_variant (self, image, raster, copy + 1,
                      self->variants + (gsize) (self->first[i] + copy) * N);
  if (raster != NULL)
    describe (raster, self->features + (gsize) i * N);
  count_done (self);
}

static void
train_in_thread (gpointer data,
                 gpointer user_data)
{
  Estimate *self = user_data;
  guint model = GPOINTER_TO_UINT (data) - 1;
  g_autoptr(GError) error = NULL;

  if (!ballast_effect_run (self->effect, model / BALLAST_EFFECT_N_ARMS,
                           (BallastEffectArm) (model % BALLAST_EFFECT_N_ARMS), self->cancellable, &error))
    {
      g_mutex_lock (&self->lock);
      if (self->error == NULL)
        self->error = g_steal_pointer (&error);
      g_mutex_unlock (&self->lock);
    }
  count_done (self);
}

/* Runs @func for 1 … @n in all cores and waits. */
static void
run_all (Estimate *self,
         GFunc     func,
         guint     n)
{
  GThreadPool *pool = g_thread_pool_new (func, self, (gint) g_get_num_processors (), FALSE, NULL);

  for (guint i = 1; i <= n; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static gboolean
snapshot_in_thread (BallastStore *store,
                    gpointer      user_data,
                    GError      **error)
{
  Estimate *self = user_data;

  self->snapshot = ballast_snapshot_read (store, NULL, error);
  return self->snapshot != NULL;
}

/* Of the dataset as it is: what they would do in the plan's place. */
static void
make_weights (Estimate *self)
{
  BallastWeightOptions options = *ballast_settings_get_weights (self->snapshot->settings);

  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  options.unit = BALLAST_UNIT_IMAGES;
  self->weights = ballast_snapshot_dup_weights (self->snapshot, self->plan, &options);
}

static gboolean
read_project (Estimate *self,
              GError  **error)
{
  BallastBalanceSettings balance = { 0 };
  guint n_variants = 0;

  if (!ballast_store_thread_call (self->thread, snapshot_in_thread, self, error))
    return FALSE;
  ballast_balance_settings_copy (ballast_settings_get_balance (self->snapshot->settings), &balance);
  self->plan = ballast_snapshot_dup_plan (self->snapshot, &balance, self->cancellable, error);
  ballast_balance_settings_clear (&balance);
  if (self->plan == NULL ||
      !ballast_effect_sample_read (&self->sample, self->thread, self->snapshot, self->plan, error))
    return FALSE;

  make_weights (self);
  self->first = g_new0 (guint, self->sample.images->len + 1);
  for (guint i = 0; i < self->sample.images->len; i++)
    {
      self->first[i] = n_variants;
      n_variants += g_array_index (self->sample.images, BallastEffectImage, i).n_variants;
    }
  self->first[self->sample.images->len] = n_variants;
  self->features = g_new0 (float, (gsize) MAX (self->sample.images->len, 1) * N);
  self->variants = g_new0 (float, (gsize) MAX (n_variants, 1) * N);
  self->failed = g_new0 (guint8, MAX (self->sample.images->len, 1));
  return TRUE;
}

/* Without the images that could not be read: rows move up. */
static void
fill_input (Estimate *self)
{
  BallastEffectInput *input = &self->input;
  guint n = self->sample.images->len;
  guint *labels = g_new (guint, MAX (n, 1)), *variant_of = g_new (guint, self->first[n] + 1);
  guint64 *groups = g_new (guint64, MAX (n, 1));
  double *weights = g_new (double, MAX (self->sample.classes->len, 1));

  for (guint i = 0; i < n; i++)
    {
      const BallastEffectImage *image = &g_array_index (self->sample.images, BallastEffectImage, i);

      if (self->failed[i])
        continue;
      for (guint variant = self->first[i]; variant < self->first[i + 1]; variant++)
        {
          memmove (self->variants + (gsize) input->n_variants * N,
                   self->variants + (gsize) variant * N, N * sizeof (float));
          variant_of[input->n_variants++] = input->n;
        }
      memmove (self->features + (gsize) input->n * N, self->features + (gsize) i * N,
               N * sizeof (float));
      labels[input->n] = image->label;
      groups[input->n++] = image->group;
    }
  for (guint i = 0; i < self->sample.classes->len; i++)
    weights[i] = self->weights->classes[g_array_index (self->sample.classes, guint, i)].weight;

  input->n_features = N;
  input->n_classes = self->sample.classes->len;
  input->features = self->features;
  input->variants = self->variants;
  input->labels = labels;
  input->groups = groups;
  input->variant_of = variant_of;
  input->repeats = (const double *) (void *) self->sample.repeats->data;
  input->weights = weights;
}

/* Priors and margins are no weights of samples; "none" changes nothing. */
static void
fill_tried (const Estimate      *self,
            BallastEffectReport *report)
{
  const BallastWeightScheme *scheme = self->weights->options.scheme;

  report->tried[BALLAST_EFFECT_AS_IS] = TRUE;
  report->tried[BALLAST_EFFECT_WEIGHTS] = !scheme->added && strcmp (scheme->name, "none") != 0;
  for (guint i = 0; i < self->sample.repeats->len; i++)
    if (g_array_index (self->sample.repeats, double, i) != 1)
      report->tried[BALLAST_EFFECT_PLAN] = TRUE;
}

typedef struct
{
  double recall;
  guint  images;
} Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  guint left = ((const Ranked *) a)->images, right = ((const Ranked *) b)->images;

  return left > right ? -1 : left < right;
}

/* The larger half of the classes and the smaller; the one in the middle is in neither. */
static void
compare_halves (BallastEffectReport *report)
{
  g_autofree Ranked *ranked = g_new (Ranked, MAX (report->n_classes, 1));
  guint half = report->n_classes / 2;

  for (guint i = 0; i < report->n_classes; i++)
    ranked[i] = (Ranked){ report->classes[i].recalls[BALLAST_EFFECT_AS_IS], report->classes[i].images };
  qsort (ranked, report->n_classes, sizeof *ranked, compare_ranked);
  for (guint i = 0; i < half; i++)
    {
      report->head_recall += ranked[i].recall / half;
      report->tail_recall += ranked[report->n_classes - 1 - i].recall / half;
    }
}

static gboolean
gains (const BallastEffectReport *report,
       BallastEffectArm           arm,
       int                        sign)
{
  const BallastEffectResult *result = &report->arms[arm];

  return report->tried[arm] && sign * result->gain > 1.96 * result->gain_error &&
         fabs (result->gain) > 0.005;
}

static BallastEffectVerdict
judge (const BallastEffectReport *report)
{
  gboolean plan_hurts = !report->tried[BALLAST_EFFECT_PLAN] || gains (report, BALLAST_EFFECT_PLAN, -1);
  gboolean weights_hurt =
    !report->tried[BALLAST_EFFECT_WEIGHTS] || gains (report, BALLAST_EFFECT_WEIGHTS, -1);

  if (report->images < MIN_IMAGES || report->n_classes < 2)
    return BALLAST_EFFECT_TOO_FEW;
  if (gains (report, BALLAST_EFFECT_PLAN, 1) || gains (report, BALLAST_EFFECT_WEIGHTS, 1))
    return BALLAST_EFFECT_HELPS;
  if (report->tail_recall > report->head_recall - TROUBLE)
    return BALLAST_EFFECT_NO_TROUBLE;
  if (plan_hurts && weights_hurt &&
      (report->tried[BALLAST_EFFECT_PLAN] || report->tried[BALLAST_EFFECT_WEIGHTS]))
    return BALLAST_EFFECT_HURTS;
  return BALLAST_EFFECT_UNCLEAR;
}

static void
report_free (BallastEffectReport *report)
{
  for (guint i = 0; i < report->n_classes; i++)
    g_free (report->classes[i].name);
  g_free (report->classes);
  g_free (report);
}

static BallastEffectReport *
report_new (const Estimate *self)
{
  BallastEffectReport *report = g_new0 (BallastEffectReport, 1);

  report->images = self->input.n;
  report->of_images = self->sample.of_images;
  report->unreadable = self->sample.images->len - self->input.n;
  report->n_classes = self->sample.classes->len;
  report->of_classes = self->sample.of_classes;
  report->classes = g_new0 (BallastEffectClass, MAX (report->n_classes, 1));
  for (guint i = 0; i < report->n_classes; i++)
    {
      report->classes[i].index = g_array_index (self->sample.classes, guint, i);
      report->classes[i].name =
        g_strdup (self->snapshot->tally->classes[report->classes[i].index].name);
    }
  for (guint i = 0; i < self->input.n; i++)
    report->classes[self->input.labels[i]].images++;
  fill_tried (self, report);
  return report;
}

static void
fill_results (const Estimate      *self,
              BallastEffectReport *report)
{
  for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
    {
      g_autofree double *recalls = NULL;

      ballast_effect_measure (self->effect, (BallastEffectArm) arm, &report->arms[arm]);
      recalls = g_steal_pointer (&report->arms[arm].recalls);
      for (guint i = 0; i < report->n_classes; i++)
        report->classes[i].recalls[arm] = recalls[i];
    }
  compare_halves (report);
}

static BallastEffectReport *
estimate (Estimate *self,
          GError  **error)
{
  BallastEffectReport *report;
  guint n_models = BALLAST_EFFECT_FOLDS * BALLAST_EFFECT_N_ARMS;

  if (!read_project (self, error))
    return NULL;
  self->total = self->sample.images->len + n_models;
  ballast_job_report_message (self->job, _("Looking at images"));
  run_all (self, look_in_thread, self->sample.images->len);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;

  fill_input (self);
  report = report_new (self);
  if (report->images >= MIN_IMAGES && report->n_classes >= 2)
    {
      ballast_job_report_message (self->job, _("Training"));
      self->effect = ballast_effect_new (&self->input);
      run_all (self, train_in_thread, n_models);
      fill_results (self, report);
    }
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      report_free (report);
      return NULL;
    }
  report->verdict = judge (report);
  return report;
}

static gpointer
estimate_in_thread (gpointer data)
{
  Estimate *self = data;
  gint64 begin = g_get_monotonic_time ();
  GError *error = NULL;
  BallastEffectReport *report = estimate (self, &error);

  if (report != NULL)
    report->seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  ballast_job_finish (self->job, report, (GDestroyNotify) report_free, error);
  estimate_free (self);
  return NULL;
}

BallastJob *
ballast_document_estimate_effect (BallastDocument *document)
{
  BallastJob *job = ballast_job_new (_("Estimating the effect"));
  Estimate *self = g_new0 (Estimate, 1);

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  self->thread = ballast_store_thread_ref (ballast_document_get_thread (document));
  self->job = g_object_ref (job);
  self->cancellable = ballast_job_get_cancellable (job);
  g_mutex_init (&self->lock);
  ballast_job_report_message (job, _("Reading the project"));
  g_thread_unref (g_thread_new ("effect", estimate_in_thread, self));
  return job;
}
