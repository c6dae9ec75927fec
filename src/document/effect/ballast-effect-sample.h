#pragma once

#include "ballast-export-plan.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/* One image of the training split with the one class that it holds. */
typedef struct
{
  BallastStoreImage image;
  guint             label;      /* the position in classes */
  guint             n_variants; /* drawn copies to learn from */
  guint64           group;      /* of images that must not be on two sides */
} BallastEffectImage;

/* The images that an estimate looks at.  Begin with zeros. */
typedef struct
{
  GArray  *images;    /* of BallastEffectImage, class by class, in path order */
  GArray  *classes;   /* of guint: indices into the tally */
  GArray  *repeats;   /* of double, per class: how often the plan has an image, on average */
  guint64  of_images; /* images of one class in the training split */
  guint    of_classes;
} BallastEffectSample;

/*
 * Chooses at most 2,400 images of at most 40 classes, in their proportions but for classes that
 * would be left with fewer than 15.  Any thread but the store's.
 */
gboolean ballast_effect_sample_read  (BallastEffectSample    *sample,
                                      BallastStoreThread     *thread,
                                      const BallastSnapshot  *snapshot,
                                      const BallastPlan      *plan,
                                      GError                **error);
void     ballast_effect_sample_clear (BallastEffectSample    *sample);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastEffectSample, ballast_effect_sample_clear)

G_END_DECLS
