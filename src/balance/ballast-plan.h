#pragma once

#include <json-glib/json-glib.h>

#include "ballast-balance-settings.h"
#include "ballast-random.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * What balancing does to the training split: a pure function of the counts and the settings.
 *
 * It is immutable and shared between threads by its reference count.  Its size is that of the
 * classes; what becomes of one image is computed when asked for.  An image is named by its place:
 * the rank of its relative path, compared as bytes, among the images of its class that the
 * training split counts and that hold no other class.
 */
#define BALLAST_TYPE_PLAN (ballast_plan_get_type ())

typedef enum
{
  BALLAST_PLAN_WARNING_REPEATS,     /* number: how often each image appears */
  BALLAST_PLAN_WARNING_CAPPED,      /* number: what the cap allows; other: the target */
  BALLAST_PLAN_WARNING_EMPTY,       /* other: the target of a class without an image */
  BALLAST_PLAN_WARNING_DROPPED,     /* number: images left out; other: of so many */
  BALLAST_PLAN_WARNING_KEPT,        /* number: an override below the count that oversampling keeps */
  BALLAST_PLAN_WARNING_UNKNOWN,     /* an override for a class that is not there */
  BALLAST_PLAN_WARNING_MULTI_LABEL, /* number: images with several classes, left as they are */
  BALLAST_PLAN_WARNING_UNCHANGED,   /* these settings change nothing */
  BALLAST_PLAN_WARNING_MIRRORED,    /* number: copies that land in another class; other: its index */
  BALLAST_PLAN_WARNING_GREY,        /* number: about so many images in 100 */
} BallastPlanWarningCode;

typedef struct
{
  BallastPlanWarningCode code;
  char                  *class_name; /* NULL: of the whole plan */
  guint64                number;
  guint64                other;
  char                  *text;       /* "trash would repeat each image 4 times" */
  char                  *hint;       /* what to do about it, or NULL */
} BallastPlanWarning;

/* Counts in the chosen unit, of the training split. */
typedef struct
{
  gint64  class_id;
  guint   index;
  char   *name;
  guint64 now;
  guint64 target;
  guint64 after;
  guint64 added;        /* after - now where that is positive */
  guint64 dropped;      /* now - after where that is positive */
  guint64 reachable;    /* the count nearest to the target that strategy and cap allow */
  guint   max_repeats;  /* how often the most repeated image appears, itself included */
  guint64 images_now;   /* the same in images */
  guint64 images_after;
  guint64 sources;      /* images_now less those that hold another class too: places 0 … sources-1 */
  guint64 sources_after;
  guint64 distinct;     /* different images of the class that stay */
} BallastPlanClass;

typedef struct
{
  gatomicrefcount         ref_count;
  BallastBalanceSettings  settings;
  guint                   training_split;  /* as ballast_tally_get_training_split() */
  guint                   n_classes;
  BallastPlanClass       *classes;         /* in index order */
  guint64                 images_before;   /* of the training split, those without a class included */
  guint64                 images_after;
  guint64                 images_added;    /* copies to make */
  guint64                 images_dropped;
  guint64                 images_untouched; /* of the other splits */
  guint64                 distinct_images; /* different images of the training split that stay */
  double                  ratio_before;
  double                  ratio_after;
  GPtrArray              *warnings;        /* of BallastPlanWarning */
  GHashTable             *index_by_id;     /* private */
  BallastRandomKey       *keys;            /* private: one a class */
} BallastPlan;

GType         ballast_plan_get_type    (void);

/* (transfer full): where no image holds several classes, or their numbers are not known. */
BallastPlan  *ballast_plan_new         (const BallastTally           *tally,
                                        const BallastBalanceSettings *settings);

/*
 * (transfer full): the same where some images hold several classes.  @shared: per class, in index
 * order, the images of the training split that hold it and another; they stay as they are and
 * count towards the target.
 */
BallastPlan  *ballast_plan_new_shared  (const BallastTally           *tally,
                                        const BallastBalanceSettings *settings,
                                        const guint64                *shared);
BallastPlan  *ballast_plan_ref         (BallastPlan                  *plan);
void          ballast_plan_unref       (BallastPlan                  *plan);

/*
 * Adds the warning that every copy of @class becomes one of @partner, because what draws them always
 * mirrors; nothing where @class has no copies.  For the maker of the plan, before it is shared: the
 * plan itself knows counts alone, and its figures stay as they are.
 */
void          ballast_plan_warn_mirrored (BallastPlan                *plan,
                                        const BallastPlanClass       *class,
                                        const BallastPlanClass       *partner);

/* The same: a step (@op is its title for people) that has no meaning on greys does nothing to @share
 * (0 … 1) of the images. */
void          ballast_plan_warn_grey   (BallastPlan                  *plan,
                                        const char                   *op,
                                        double                        share);

/* (transfer none) (nullable) */
const BallastPlanClass *ballast_plan_find_class (const BallastPlan   *plan,
                                        gint64                        class_id);

/*
 * How many copies to make of the image at @place of the class, beside the original; @keep_original
 * (out) is FALSE where the original is left out.  O(1), from any thread.  The images of a class
 * differ by one copy at most.  An unknown class or place has no copies and stays.
 */
guint         ballast_plan_get_copies  (const BallastPlan            *plan,
                                        gint64                        class_id,
                                        guint64                       place,
                                        gboolean                     *keep_original);

/* (transfer full): one count a class after balancing, of the training split, in the plan's unit. */
guint64      *ballast_plan_dup_counts  (const BallastPlan            *plan);

/* (transfer full): the object of `balance --json`. */
JsonNode     *ballast_plan_to_json     (const BallastPlan            *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPlan, ballast_plan_unref)

G_END_DECLS
