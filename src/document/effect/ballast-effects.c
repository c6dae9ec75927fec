/*
 * Effects of single steps on the user's own picture.
 *
 * A variant that changes nothing would show nothing, so of the first copies the first that changes
 * something is drawn.  The cost is measured where it is drawn and carried over to the full size by
 * what the two sizes should cost.  One thread: the previews go first.
 *
 * Steps that look at boxes are shown one in the middle, and those that take parts of other pictures are
 * lent the same picture, upside down: nothing has to be read for it.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-effects.h"

#include <time.h>

#include "ballast-deliver.h"
#include "ballast-display-raster.h"
#include "ballast-orientation.h"
#include "ballast-preview-source.h"
#include "ballast-program.h"
#include "ballast-random.h"
#include "ballast-recipe.h"

#define COPIES_TRIED 12
#define N_PARTNERS 4 /* the most that a step takes, and one more */

/* What all effects of one picture share. */
typedef struct
{
  char                  *path;
  char                  *relative_path;
  guint                  size_px;
  GCancellable          *cancellable;
  BallastPreviewSources *sources; /* the owner's; the pool ends before it */
  GMainContext          *context;
  GWeakRef               owner;
} Picture;

typedef struct
{
  Picture         *picture;
  guint            key;
  BallastPipeline *pipeline;
  BallastRaster   *raster;
  gint64           cost_ns;
  gboolean         is_symmetry;
} Work;

struct _BallastEffects
{
  GObject parent_instance;

  GThreadPool           *pool;
  BallastPreviewSources *sources;
  Picture               *picture; /* NULL: none */
};

enum
{
  SIGNAL_READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastEffects, ballast_effects, G_TYPE_OBJECT)

static void
picture_clear (Picture *picture)
{
  g_free (picture->path);
  g_free (picture->relative_path);
  g_object_unref (picture->cancellable);
  g_main_context_unref (picture->context);
  g_weak_ref_clear (&picture->owner);
}

static void
picture_unref (Picture *picture)
{
  g_atomic_rc_box_release_full (picture, (GDestroyNotify) picture_clear);
}

static void
work_free (Work *work)
{
  ballast_pipeline_free (work->pipeline);
  g_clear_pointer (&work->raster, ballast_raster_free);
  picture_unref (work->picture);
  g_free (work);
}

/* (transfer full): the first copy that changes something, or the first of all. */
static BallastRecipe *
draw_recipe (const Work                 *work,
             const BallastPreviewSource *source)
{
  const BallastBox box = { source->width * 0.3, source->height * 0.3, source->width * 0.4,
                           source->height * 0.4 };
  BallastPartner partners[N_PARTNERS];
  const BallastPartnerList list = { partners, N_PARTNERS, N_PARTNERS };
  const BallastSubject subject = { source->width, source->height, NULL, &box, 1, &list };
  BallastRecipe *first = NULL;

  for (guint i = 0; i < N_PARTNERS; i++)
    partners[i] = (BallastPartner) { "", 0, source->width, source->height, &box, 1 };

  for (guint copy = 1; copy <= COPIES_TRIED; copy++)
    {
      BallastRandomKey key = ballast_random_key (0, work->picture->relative_path, copy);
      BallastRecipe *recipe = ballast_pipeline_sample_subject (work->pipeline, &key, &subject);
      g_autofree char *line = ballast_recipe_describe_line (recipe);

      if (*line != '\0')
        {
          g_clear_pointer (&first, ballast_recipe_free);
          return recipe;
        }
      if (first == NULL)
        first = recipe;
      else
        ballast_recipe_free (recipe);
    }
  return first;
}

/* (transfer full) (nullable): what the recipe's partners show; NULL where it has none. */
static BallastRaster *
make_partner (const BallastRecipe *recipe,
              const BallastRaster *raster)
{
  if (ballast_recipe_get_n_partners (recipe) == 0)
    return NULL;
  return ballast_orientation_apply (raster, BALLAST_ORIENTATION_ROTATE_180);
}

/* (transfer full) (nullable): @partner for every part that @recipe takes. */
static BallastRaster *
run (const Work           *work,
     const BallastRecipe  *recipe,
     const BallastProgram *program,
     const BallastRaster  *raster,
     const BallastRaster  *partner)
{
  guint n = ballast_recipe_get_n_partners (recipe);
  g_autofree const BallastRaster **partners = g_new0 (const BallastRaster *, n + 1);

  for (guint i = 0; i < n; i++)
    partners[i] = partner;
  return ballast_program_run_with (program, raster, n > 0 ? partners : NULL,
                                   work->picture->cancellable, NULL);
}

static gint64
thread_time_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void
draw (Work                       *work,
      const BallastPreviewSource *source)
{
  const BallastRaster *raster = source->raster;
  double scale = MIN (1.0, (double) work->picture->size_px / MAX (source->width, source->height));
  g_autoptr(BallastRecipe) recipe = draw_recipe (work, source);
  g_autoptr(BallastProgram) program = NULL;
  g_autoptr(BallastProgram) full = NULL;
  g_autoptr(BallastRaster) partner = make_partner (recipe, raster);
  BallastSymmetry symmetry;
  gint64 begin_ns;
  double here;

  program = ballast_program_new_scaled (recipe, raster->width, raster->height, raster->channels,
                                        raster->depth, scale);
  full = ballast_program_new (recipe, source->width, source->height, raster->channels, raster->depth);
  work->is_symmetry = ballast_recipe_get_symmetry (recipe, &symmetry);
  begin_ns = thread_time_ns ();
  work->raster = run (work, recipe, program, raster, partner);
  here = ballast_program_estimate_ns (program);
  work->cost_ns = thread_time_ns () - begin_ns;
  if (here > 0)
    work->cost_ns = (gint64) (work->cost_ns * (ballast_program_estimate_ns (full) / here));
  if (work->raster != NULL)
    work->raster = ballast_display_raster_take (work->raster);
}

static gboolean
on_drawn (gpointer user_data)
{
  const Work *work = user_data;
  g_autoptr(BallastEffects) self = g_weak_ref_get (&work->picture->owner);
  BallastEffect effect = { work->key, work->raster, work->cost_ns, work->is_symmetry };

  if (self != NULL && self->picture == work->picture && work->raster != NULL)
    g_signal_emit (self, signals[SIGNAL_READY], 0, &effect);
  return G_SOURCE_REMOVE;
}

static void
draw_in_thread (gpointer data,
                gpointer user_data)
{
  Work *work = data;
  Picture *picture = work->picture;
  g_autoptr(BallastPreviewSource) source = NULL;

  if (!g_cancellable_is_cancelled (picture->cancellable))
    source = ballast_preview_sources_get (picture->sources, picture->path, picture->size_px,
                                          picture->cancellable, NULL);
  if (source == NULL)
    {
      work_free (work);
      return;
    }
  draw (work, source);
  ballast_deliver (picture->context, G_PRIORITY_LOW, on_drawn, work, (GDestroyNotify) work_free);
}

static void
ballast_effects_dispose (GObject *object)
{
  BallastEffects *self = BALLAST_EFFECTS (object);

  ballast_effects_cancel (self);
  /* What waits is cancelled, and is taken and freed at once. */
  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
  g_clear_pointer (&self->sources, ballast_preview_sources_free);
  G_OBJECT_CLASS (ballast_effects_parent_class)->dispose (object);
}

static void
ballast_effects_class_init (BallastEffectsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_effects_dispose;

  signals[SIGNAL_READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
ballast_effects_init (BallastEffects *self)
{
  self->sources = ballast_preview_sources_new ();
  self->pool = g_thread_pool_new (draw_in_thread, NULL, 1, FALSE, NULL);
}

BallastEffects *
ballast_effects_new (void)
{
  return g_object_new (BALLAST_TYPE_EFFECTS, NULL);
}

void
ballast_effects_begin (BallastEffects *self,
                       const char     *path,
                       const char     *relative_path,
                       guint           size_px)
{
  g_return_if_fail (BALLAST_IS_EFFECTS (self));
  g_return_if_fail (path != NULL && relative_path != NULL);

  ballast_effects_cancel (self);
  self->picture = g_atomic_rc_box_new0 (Picture);
  self->picture->path = g_strdup (path);
  self->picture->relative_path = g_strdup (relative_path);
  self->picture->size_px = MAX (size_px, 1);
  self->picture->cancellable = g_cancellable_new ();
  self->picture->sources = self->sources;
  self->picture->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->picture->owner, self);
}

void
ballast_effects_add (BallastEffects        *self,
                     guint                  key,
                     const BallastPipeline *pipeline)
{
  Work *work;

  g_return_if_fail (BALLAST_IS_EFFECTS (self));
  g_return_if_fail (self->picture != NULL);

  work = g_new0 (Work, 1);
  work->picture = g_atomic_rc_box_acquire (self->picture);
  work->key = key;
  work->pipeline = ballast_pipeline_copy (pipeline);
  for (guint i = 0; i < ballast_pipeline_get_n_steps (work->pipeline); i++)
    {
      ballast_pipeline_set_enabled (work->pipeline, i, TRUE);
      ballast_pipeline_set_p (work->pipeline, i, 1);
    }
  g_thread_pool_push (self->pool, work, NULL);
}

void
ballast_effects_cancel (BallastEffects *self)
{
  g_return_if_fail (BALLAST_IS_EFFECTS (self));

  if (self->picture == NULL)
    return;
  g_cancellable_cancel (self->picture->cancellable);
  g_clear_pointer (&self->picture, picture_unref);
}
