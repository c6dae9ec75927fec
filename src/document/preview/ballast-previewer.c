/*
 * Variants of one picture, drawn while a slider moves.
 *
 * A request replaces the one before.  Workers always draw for the newest, and begin with the
 * variant that was drawn longest ago: under a stream of requests faster than the drawing, every
 * variant still comes to its turn.  What is half drawn for an older request of the same picture is
 * finished and shown, unless something newer was; for another picture it is cancelled.
 *
 * Requests, results and signals belong to the main thread; what the workers share is behind a lock.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-previewer.h"

#include <string.h>
#include <time.h>

#include "ballast-deliver.h"
#include "ballast-display-raster.h"
#include "ballast-export-outline.h"
#include "ballast-preview-source.h"
#include "ballast-program.h"
#include "ballast-random.h"
#include "ballast-scale.h"

#define MAX_THREADS 4
#define MAX_VARIANTS 256

/* One request; immutable but for what the lock guards. */
typedef struct
{
  guint                 serial;
  guint                 picture; /* counts changes of path and size */
  char                 *path;
  char                 *relative_path;
  char                 *class_name;
  BallastPipeline      *pipeline;
  guint64               seed;
  guint32              *copies;
  guint                 n_variants;
  guint                 size_px;
  BallastRedraws       *redraws; /* NULL: none */
  BallastBox           *boxes;
  guint                 n_boxes;
  GPtrArray            *outlines; /* NULL: none */
  BallastPreviewLender *lender; /* NULL: none */
  GCancellable         *cancellable; /* of the picture */
} Request;

typedef struct
{
  gatomicrefcount        ref_count;
  GMainContext          *context;
  GWeakRef               owner;
  BallastPreviewSources *sources;

  GMutex   lock;
  Request *newest;                                /* NULL: nothing to do */
  guint    taken[MAX_VARIANTS + 1];               /* serial for which a variant was taken last */

  BallastPreviewSource *original; /* of which the original was drawn last, and for which picture */
  guint                 original_picture;
} Shared;

/* One drawn variant on its way to the main thread. */
typedef struct
{
  Shared               *shared;
  Request              *request;
  guint                 variant;
  BallastRaster        *raster;
  BallastRecipe        *recipe;
  char                 *description;
  GError               *error;
  gboolean              unchanged; /* nothing drawn: what is shown is right */
  guint                 n_resamplings;
  BallastVariantQuality quality;
  GArray               *boxes; /* of BallastMappedBox, or NULL */
  gint64                cost_ns; /* at full size; -1: not measured */
} Result;

struct _BallastPreviewer
{
  GObject parent_instance;

  Shared      *shared;
  GThreadPool *pool;
  Request     *request;                   /* the newest */
  guint        serial;
  guint        picture;
  guint        shown[MAX_VARIANTS + 1];   /* serial of what was shown last */
  guint        n_missing;                 /* of the newest request */
  gint64       cost_sum_ns;
  guint        n_costs;
  gint64       cost_ns;
};

enum
{
  PROP_0,
  PROP_COST_NS,
  PROP_BUSY,
  N_PROPS
};

enum
{
  SIGNAL_VARIANT_READY,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastPreviewer, ballast_previewer, G_TYPE_OBJECT)

static void
request_clear (Request *request)
{
  g_free (request->path);
  g_free (request->relative_path);
  g_free (request->class_name);
  g_free (request->copies);
  g_free (request->boxes);
  g_clear_pointer (&request->outlines, g_ptr_array_unref);
  ballast_redraws_unref (request->redraws);
  g_clear_pointer (&request->lender, ballast_preview_lender_unref);
  ballast_pipeline_free (request->pipeline);
  g_object_unref (request->cancellable);
}

static void
request_unref (Request *request)
{
  g_atomic_rc_box_release_full (request, (GDestroyNotify) request_clear);
}

static void
shared_unref (Shared *shared)
{
  if (!g_atomic_ref_count_dec (&shared->ref_count))
    return;

  g_clear_pointer (&shared->newest, request_unref);
  g_clear_pointer (&shared->original, ballast_preview_source_unref);
  ballast_preview_sources_free (shared->sources);
  g_main_context_unref (shared->context);
  g_weak_ref_clear (&shared->owner);
  g_mutex_clear (&shared->lock);
  g_free (shared);
}

static void
result_free (Result *result)
{
  g_clear_pointer (&result->raster, ballast_raster_free);
  g_clear_pointer (&result->recipe, ballast_recipe_free);
  g_clear_error (&result->error);
  g_clear_pointer (&result->boxes, g_array_unref);
  g_free (result->description);
  request_unref (result->request);
  shared_unref (result->shared);
  g_free (result);
}

/* The next piece of work: of the newest request, the variant drawn longest ago.  NULL: none. */
static Request *
take_work (Shared *shared,
           guint  *variant)
{
  Request *request = NULL;
  guint best = 0;

  g_mutex_lock (&shared->lock);
  if (shared->newest != NULL)
    {
      for (guint i = 1; i <= shared->newest->n_variants; i++)
        if (shared->taken[i] < shared->taken[best])
          best = i;
      if (shared->taken[best] < shared->newest->serial)
        {
          request = g_atomic_rc_box_acquire (shared->newest);
          shared->taken[best] = request->serial;
          *variant = best;
        }
    }
  g_mutex_unlock (&shared->lock);
  return request;
}

/* Whether the original of @source is not yet what is shown: a slider does not change it. */
static gboolean
note_original (Shared               *shared,
               const Request        *request,
               BallastPreviewSource *source)
{
  gboolean is_new;

  g_mutex_lock (&shared->lock);
  is_new = shared->original != source || shared->original_picture != request->picture;
  if (is_new)
    {
      g_clear_pointer (&shared->original, ballast_preview_source_unref);
      shared->original = g_atomic_rc_box_acquire (source);
      shared->original_picture = request->picture;
    }
  g_mutex_unlock (&shared->lock);
  return is_new;
}

static BallastRaster *
draw_original (const Request              *request,
               const BallastPreviewSource *source)
{
  return ballast_display_raster_take (ballast_scale_to_fit (source->raster, request->size_px,
                                                            request->size_px));
}

/* The picture shrinks with its longer side to what is shown; a copy's size follows. */
static double
scale_of (const Request              *request,
          const BallastPreviewSource *source)
{
  return MIN (1.0, (double) request->size_px / MAX (1, MAX (source->width, source->height)));
}

/* Time that this thread had a processor: what others do meanwhile does not count. */
static gint64
thread_time_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void
measure_cost (Result                     *result,
              const BallastPreviewSource *source,
              const BallastProgram       *program,
              gint64                      took_ns)
{
  const BallastRaster *raster = source->raster;
  g_autoptr(BallastProgram) full = NULL;
  double here = ballast_program_estimate_ns (program);

  full = ballast_program_new (result->recipe, source->width, source->height, raster->channels,
                              raster->depth);
  /* Measured here, carried over by what the two sizes should cost. */
  result->cost_ns = here > 0 ? took_ns * (ballast_program_estimate_ns (full) / here) : 0;
}

/* As an export does it: where nothing of an object is left, there is no box. */
static void
tighten (const Request       *request,
         const BallastRecipe *recipe,
         GArray              *boxes)
{
  BallastShapeWay way = { .recipe = recipe, .partner = BALLAST_SHAPE_WAY_OWN, .width = recipe->width,
                          .height = recipe->height };

  for (guint i = boxes->len; request->outlines != NULL && i > 0; i--)
    {
      BallastMappedBox *box = &g_array_index (boxes, BallastMappedBox, i - 1);
      GBytes *outline = request->outlines->pdata[box->source];
      gsize size = 0;
      const guint8 *extra = outline != NULL ? g_bytes_get_data (outline, &size) : NULL;

      if (!ballast_shape_way_tighten (&way, extra, size, &request->boxes[box->source], &box->box))
        g_array_remove_index (boxes, i - 1);
    }
  ballast_shape_way_clear (&way);
}

/* (transfer full): what the policy keeps, in shares of the picture that comes out. */
static GArray *
map_boxes (const Request       *request,
           const BallastRecipe *recipe)
{
  GArray *boxes = ballast_recipe_map_boxes (recipe, request->boxes, request->n_boxes,
                                            ballast_pipeline_get_box_policy (request->pipeline),
                                            NULL);
  guint width, height;

  tighten (request, recipe, boxes);
  if (request->lender != NULL)
    ballast_preview_lender_add_boxes (request->lender, recipe,
                                      ballast_pipeline_get_box_policy (request->pipeline), boxes);
  ballast_recipe_get_output_size (recipe, &width, &height);
  for (guint i = 0; i < boxes->len; i++)
    {
      BallastBox *box = &g_array_index (boxes, BallastMappedBox, i).box;

      box->x /= width;
      box->width /= width;
      box->y /= height;
      box->height /= height;
    }
  return boxes;
}

/* (transfer full): with the numbers that the export draws. */
static BallastRecipe *
sample (const Request              *request,
        guint                       variant,
        const BallastPreviewSource *source)
{
  BallastRandomKey key = ballast_redraws_key (request->redraws, request->seed,
                                              request->relative_path, request->copies[variant - 1]);
  BallastPartnerList partners;
  BallastSubject subject = { source->width, source->height, request->class_name,
                             request->boxes, request->n_boxes, NULL };

  if (request->lender != NULL
      && ballast_preview_lender_find (request->lender, request->relative_path, &partners))
    subject.partners = &partners;
  return ballast_pipeline_sample_subject (request->pipeline, &key, &subject);
}

/* (transfer full): what the copy takes parts from, NULL-terminated and empty where it takes none; NULL where
 * one cannot be read. */
static BallastRaster **
read_partners (const Result               *result,
               const BallastPreviewSource *source,
               GError                    **error)
{
  const Request *request = result->request;
  const BallastPreviewShow show = { scale_of (request, source), source->raster->channels,
                                    source->raster->depth, request->cancellable };

  if (request->lender == NULL || ballast_recipe_get_n_partners (result->recipe) == 0)
    return g_new0 (BallastRaster *, 1);
  return ballast_preview_lender_read (request->lender, result->shared->sources, result->recipe, &show,
                                      error);
}

/* (transfer full): the program's result; its time is the copy's, without what is read for it. */
static BallastRaster *
run_program (Result                     *result,
             const BallastProgram       *program,
             const BallastPreviewSource *source,
             GError                    **error)
{
  BallastRaster **partners = read_partners (result, source, error), *drawn;
  gint64 begin_ns = thread_time_ns ();

  if (partners == NULL)
    return NULL;
  drawn = ballast_program_run_with (program, source->raster,
                                    partners[0] != NULL ? (const BallastRaster *const *) partners : NULL,
                                    result->request->cancellable, error);
  if (drawn != NULL)
    measure_cost (result, source, program, thread_time_ns () - begin_ns);
  ballast_preview_rasters_free (partners);
  return drawn;
}

static void
draw_copy (Result                     *result,
           const BallastPreviewSource *source)
{
  const Request *request = result->request;
  const BallastRaster *raster = source->raster;
  g_autoptr(BallastProgram) program = NULL;

  result->recipe = sample (request, result->variant, source);
  result->description = ballast_recipe_describe_line (result->recipe);
  program = ballast_program_new_scaled (result->recipe, raster->width, raster->height,
                                        raster->channels, raster->depth,
                                        scale_of (request, source));
  result->n_resamplings = ballast_program_get_n_resamplings (program);
  result->raster = run_program (result, program, source, &result->error);
  if (result->raster == NULL)
    return;
  result->raster = ballast_display_raster_take (result->raster);
  result->quality = ballast_variant_quality_judge (raster, result->raster);
  if (request->n_boxes > 0 || request->lender != NULL)
    result->boxes = map_boxes (request, result->recipe);
}

static void
draw (Result *result)
{
  const Request *request = result->request;
  g_autoptr(BallastPreviewSource) source = NULL;

  result->cost_ns = -1;
  source = ballast_preview_sources_get (result->shared->sources, request->path, request->size_px,
                                        request->cancellable, &result->error);
  if (source == NULL)
    return;
  if (result->variant > 0)
    draw_copy (result, source);
  else if (note_original (result->shared, request, source))
    result->raster = draw_original (request, source);
  else
    result->unchanged = TRUE;
}

static void
note_cost (BallastPreviewer *self,
           const Result     *result)
{
  gint64 mean;

  if (result->cost_ns < 0 || result->request->serial != self->serial)
    return;
  self->cost_sum_ns += result->cost_ns;
  self->n_costs++;
  mean = self->cost_sum_ns / self->n_costs;
  if (mean == self->cost_ns)
    return;
  self->cost_ns = mean;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COST_NS]);
}

static void
show_result (BallastPreviewer *self,
             const Result     *result)
{
  BallastPreviewVariant variant = { result->request->serial, result->variant, result->raster,
                                    result->description == NULL ? "" : result->description,
                                    result->recipe, result->n_resamplings, result->error,
                                    result->quality, NULL, 0 };

  if (result->boxes != NULL)
    {
      variant.boxes = (const BallastMappedBox *) (gconstpointer) result->boxes->data;
      variant.n_boxes = result->boxes->len;
    }

  self->shown[result->variant] = result->request->serial;
  g_signal_emit (self, signals[SIGNAL_VARIANT_READY], 0, &variant);
}

static gboolean
on_drawn (gpointer user_data)
{
  Result *result = user_data;
  g_autoptr(BallastPreviewer) self = g_weak_ref_get (&result->shared->owner);
  gboolean is_newest;

  if (self == NULL || self->request == NULL || result->request->picture != self->request->picture ||
      result->variant > self->request->n_variants)
    return G_SOURCE_REMOVE;

  is_newest = result->request->serial == self->serial;
  note_cost (self, result);
  if (!result->unchanged && result->request->serial > self->shown[result->variant])
    show_result (self, result);

  /* The handler may have asked for something new. */
  if (!is_newest || result->request->serial != self->serial || --self->n_missing > 0)
    return G_SOURCE_REMOVE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, self->serial);
  return G_SOURCE_REMOVE;
}

static void
draw_in_thread (gpointer data,
                gpointer user_data)
{
  Shared *shared = user_data;
  guint variant;
  Request *request = take_work (shared, &variant);
  Result *result;

  if (request == NULL)
    return;

  result = g_new0 (Result, 1);
  result->shared = shared;
  g_atomic_ref_count_inc (&shared->ref_count);
  result->request = request;
  result->variant = variant;
  draw (result);
  ballast_deliver (shared->context, G_PRIORITY_DEFAULT, on_drawn, result,
                   (GDestroyNotify) result_free);
}

static void
ballast_previewer_dispose (GObject *object)
{
  BallastPreviewer *self = BALLAST_PREVIEWER (object);

  ballast_previewer_cancel (self);
  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), TRUE, TRUE);
  G_OBJECT_CLASS (ballast_previewer_parent_class)->dispose (object);
}

static void
ballast_previewer_finalize (GObject *object)
{
  shared_unref (BALLAST_PREVIEWER (object)->shared);
  G_OBJECT_CLASS (ballast_previewer_parent_class)->finalize (object);
}

static void
ballast_previewer_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BallastPreviewer *self = BALLAST_PREVIEWER (object);

  switch (prop_id)
    {
    case PROP_COST_NS:
      g_value_set_int64 (value, self->cost_ns);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->n_missing > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_previewer_class_init (BallastPreviewerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ballast_previewer_dispose;
  object_class->finalize = ballast_previewer_finalize;
  object_class->get_property = ballast_previewer_get_property;

  properties[PROP_COST_NS] = g_param_spec_int64 ("cost-ns", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_VARIANT_READY] = g_signal_new ("variant-ready", G_TYPE_FROM_CLASS (klass),
                                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ballast_previewer_init (BallastPreviewer *self)
{
  self->cost_ns = -1;
  self->shared = g_new0 (Shared, 1);
  g_atomic_ref_count_init (&self->shared->ref_count);
  self->shared->context = g_main_context_ref_thread_default ();
  self->shared->sources = ballast_preview_sources_new ();
  g_weak_ref_init (&self->shared->owner, self);
  g_mutex_init (&self->shared->lock);
  self->pool = g_thread_pool_new (draw_in_thread, self->shared,
                                  CLAMP (g_get_num_processors (), 1, MAX_THREADS), FALSE, NULL);
}

BallastPreviewer *
ballast_previewer_new (void)
{
  return g_object_new (BALLAST_TYPE_PREVIEWER, NULL);
}

static gboolean
same_picture (const Request               *old,
              const BallastPreviewRequest *request)
{
  return old != NULL && old->size_px == request->size_px && strcmp (old->path, request->path) == 0;
}

static Request *
request_new (BallastPreviewer            *self,
             const BallastPreviewRequest *from)
{
  Request *request = g_atomic_rc_box_new0 (Request);
  gboolean same = same_picture (self->request, from);

  request->serial = ++self->serial;
  request->picture = same ? self->picture : ++self->picture;
  request->path = g_strdup (from->path);
  request->relative_path = g_strdup (from->relative_path);
  request->class_name = g_strdup (from->class_name);
  request->pipeline = ballast_pipeline_copy (from->pipeline);
  request->seed = from->seed;
  request->n_variants = MIN (from->n_variants, MAX_VARIANTS);
  request->copies = g_new (guint32, request->n_variants + 1);
  for (guint i = 0; i < request->n_variants; i++)
    request->copies[i] = from->copies != NULL ? from->copies[i] : from->first_copy + i;
  request->size_px = MAX (1, from->size_px);
  request->redraws = from->redraws != NULL ? ballast_redraws_ref (from->redraws) : NULL;
  request->boxes = g_memdup2 (from->boxes, from->n_boxes * sizeof *from->boxes);
  request->n_boxes = from->n_boxes;
  request->outlines = from->outlines != NULL ? g_ptr_array_ref (from->outlines) : NULL;
  request->lender = from->lender != NULL ? ballast_preview_lender_ref (from->lender) : NULL;
  request->cancellable = same ? g_object_ref (self->request->cancellable) : g_cancellable_new ();
  if (!same && self->request != NULL)
    g_cancellable_cancel (self->request->cancellable);
  return request;
}

guint
ballast_previewer_request (BallastPreviewer            *self,
                           const BallastPreviewRequest *from)
{
  gboolean was_busy;
  Request *request;

  g_return_val_if_fail (BALLAST_IS_PREVIEWER (self), 0);
  g_return_val_if_fail (from->path != NULL && from->relative_path != NULL, 0);

  was_busy = self->n_missing > 0;
  request = request_new (self, from);
  g_clear_pointer (&self->request, request_unref);
  self->request = request;
  self->n_missing = request->n_variants + 1;
  self->cost_sum_ns = 0;
  self->n_costs = 0;

  g_mutex_lock (&self->shared->lock);
  g_clear_pointer (&self->shared->newest, request_unref);
  self->shared->newest = g_atomic_rc_box_acquire (request);
  g_mutex_unlock (&self->shared->lock);

  for (guint i = 0; i <= request->n_variants; i++)
    g_thread_pool_push (self->pool, GUINT_TO_POINTER (1), NULL);
  if (!was_busy)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  return request->serial;
}

void
ballast_previewer_cancel (BallastPreviewer *self)
{
  g_return_if_fail (BALLAST_IS_PREVIEWER (self));

  if (self->request == NULL)
    return;

  g_mutex_lock (&self->shared->lock);
  g_clear_pointer (&self->shared->newest, request_unref);
  g_mutex_unlock (&self->shared->lock);
  g_cancellable_cancel (self->request->cancellable);
  g_clear_pointer (&self->request, request_unref);
  if (self->n_missing > 0)
    {
      self->n_missing = 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }
}

gint64
ballast_previewer_get_cost_ns (BallastPreviewer *self)
{
  g_return_val_if_fail (BALLAST_IS_PREVIEWER (self), -1);
  return self->cost_ns;
}
