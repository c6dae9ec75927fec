/*
 * The images that an estimate of an effect looks at.
 *
 * A sample by a permutation of places, so that the same project is judged by the same images every
 * time.  Imbalance is what is judged, so the proportions of the classes are kept.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-effect-sample.h"

#include <math.h>

#include "ballast-permutation.h"
#include "ballast-store-query.h"

#define MAX_IMAGES 2400
#define MAX_CLASSES 40
#define MIN_A_CLASS 15
#define MAX_VARIANTS 3
#define MAX_ALL_VARIANTS 4000
#define PURPOSE_SAMPLE 0x53414D50u

typedef struct
{
  BallastEffectSample   *sample;
  const BallastSnapshot *snapshot;
  const BallastPlan     *plan;
  BallastRandomKey       key;
  guint                  label;
  guint64                count;  /* images of the class */
  guint64                quota;
  guint64                place;
  GArray                *ids;    /* of gint64: chosen images of the class */
} Reading;

static void
effect_image_clear (gpointer data)
{
  ballast_store_image_clear (&((BallastEffectImage *) data)->image);
}

static int
compare_sources (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const BallastPlanClass *classes = user_data;
  guint64 left = classes[*(const guint *) a].sources, right = classes[*(const guint *) b].sources;

  return left != right ? (left > right ? -1 : 1) : *(const guint *) a < *(const guint *) b ? -1 : 1;
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

/* All classes with an image, or MAX_CLASSES of them spread evenly from the largest to the smallest. */
static void
choose_classes (BallastEffectSample *sample,
                const BallastPlan   *plan)
{
  g_autoptr(GArray) ranked = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < plan->n_classes; i++)
    {
      sample->of_images += plan->classes[i].sources;
      if (plan->classes[i].sources > 0)
        g_array_append_val (ranked, i);
    }
  g_array_sort_with_data (ranked, compare_sources, plan->classes);
  sample->of_classes = ranked->len;

  for (guint i = 0; i < MIN (ranked->len, MAX_CLASSES); i++)
    {
      guint rank = ranked->len <= MAX_CLASSES ? i : i * (ranked->len - 1) / (MAX_CLASSES - 1);

      g_array_append_val (sample->classes, g_array_index (ranked, guint, rank));
    }
  g_array_sort (sample->classes, compare_indices);
}

static void
fill_repeats (BallastEffectSample *sample,
              const BallastPlan   *plan)
{
  for (guint i = 0; i < sample->classes->len; i++)
    {
      const BallastPlanClass *class = &plan->classes[g_array_index (sample->classes, guint, i)];
      double repeats = (double) class->sources_after / (double) class->sources;

      g_array_append_val (sample->repeats, repeats);
    }
}

static gboolean
on_member (const BallastStoreMember *member,
           gpointer                  user_data)
{
  Reading *self = user_data;

  if (member->n_classes == 1 && self->place < self->count &&
      ballast_permutation_place (&self->key, PURPOSE_SAMPLE + self->label, self->count,
                                 self->place++) < self->quota)
    g_array_append_val (self->ids, member->id);
  return TRUE;
}

/* Files of the same length that begin alike are taken for copies of one another. */
static guint64
make_group (const BallastImageRecord *record)
{
  if (record->facts.head_hash == 0)
    return (guint64) record->id;
  return (record->facts.head_hash ^ record->facts.size_bytes << 40) | G_GUINT64_CONSTANT (1) << 63;
}

static gboolean
add_images (Reading      *self,
            BallastStore *store,
            GError      **error)
{
  g_autoptr(GArray) found = ballast_store_get_images (store, (const gint64 *) (void *) self->ids->data,
                                                       self->ids->len, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      BallastStoreImage *image = &g_array_index (found, BallastStoreImage, i);
      BallastEffectImage added = { *image, self->label, 0, make_group (&image->record) };

      g_array_append_val (self->sample->images, added);
      *image = (BallastStoreImage){ { 0 } }; /* it has moved */
    }
  return TRUE;
}

static gboolean
read_class (Reading      *self,
            BallastStore *store,
            GError      **error)
{
  guint index = g_array_index (self->sample->classes, guint, self->label);
  const BallastTally *tally = self->snapshot->tally;
  guint split = self->plan->training_split;
  const BallastStoreMemberWalk walk = {
    tally->classes[index].id,
    split < tally->n_splits ? tally->splits[split].id : BALLAST_QUERY_NONE, on_member, self
  };
  double share = self->sample->of_images > MAX_IMAGES
                   ? MAX_IMAGES / (double) self->sample->of_images : 1;

  self->place = 0;
  self->count = self->plan->classes[index].sources;
  self->quota = MAX ((guint64) ceil (share * (double) self->count),
                     MIN (self->count, MIN_A_CLASS));
  g_array_set_size (self->ids, 0);
  return ballast_store_foreach_class_member (store, &walk, NULL, error) &&
         add_images (self, store, error);
}

static gboolean
read_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  Reading *self = user_data;

  for (self->label = 0; self->label < self->sample->classes->len; self->label++)
    if (!read_class (self, store, error))
      return FALSE;
  return TRUE;
}

/* As many drawn copies as the plan wants, up to a few: the weight of the others is theirs too. */
static void
count_variants (BallastEffectSample   *sample,
                const BallastSnapshot *snapshot)
{
  guint most = MAX_VARIANTS;

  for (guint total = G_MAXUINT; total > MAX_ALL_VARIANTS && most > 0; most--)
    {
      total = 0;
      for (guint i = 0; i < sample->images->len; i++)
        {
          BallastEffectImage *image = &g_array_index (sample->images, BallastEffectImage, i);
          guint index = g_array_index (sample->classes, guint, image->label);
          const BallastPipeline *pipeline =
            ballast_settings_get_pipeline (snapshot->settings, snapshot->tally->classes[index].id);
          double more = ceil (g_array_index (sample->repeats, double, image->label) - 1);

          image->n_variants = ballast_pipeline_get_n_steps (pipeline) > 0
                                ? (guint) CLAMP (more, 0, most) : 0;
          total += image->n_variants;
        }
    }
}

gboolean
ballast_effect_sample_read (BallastEffectSample   *sample,
                            BallastStoreThread    *thread,
                            const BallastSnapshot *snapshot,
                            const BallastPlan     *plan,
                            GError               **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Reading reading = { sample, snapshot, plan, ballast_random_key (0, "effect", 0), .ids = ids };

  sample->images = g_array_new (FALSE, FALSE, sizeof (BallastEffectImage));
  g_array_set_clear_func (sample->images, effect_image_clear);
  sample->classes = g_array_new (FALSE, FALSE, sizeof (guint));
  sample->repeats = g_array_new (FALSE, FALSE, sizeof (double));
  choose_classes (sample, plan);
  fill_repeats (sample, plan);
  if (!ballast_store_thread_call (thread, read_in_thread, &reading, error))
    return FALSE;
  count_variants (sample, snapshot);
  return TRUE;
}

void
ballast_effect_sample_clear (BallastEffectSample *sample)
{
  g_clear_pointer (&sample->images, g_array_unref);
  g_clear_pointer (&sample->classes, g_array_unref);
  g_clear_pointer (&sample->repeats, g_array_unref);
}
