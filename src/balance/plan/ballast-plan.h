#pragma once

#include <json-glib/json-glib.h>

#include "ballast-balance-settings.h"
#include "ballast-plan-rows.h"
#include "ballast-random.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * What balancing does to the training split: a pure function of what it holds and the settings.
 *
 * It is immutable and shared between threads by its reference count.  What becomes of one image is
 * computed when asked for.  Where every image has one label, the plan follows from the counts alone
 * and an image is named by its place: the rank of its relative path, compared as bytes, among the
 * images of its class that the training split counts.  Otherwise the plan is an optimisation over
 * whole images, their rows (see ballast-plan-solver.h for what it minimises), and an image is named
 * by its id.
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
  BALLAST_PLAN_WARNING_COMPANION,   /* number: the count that is reached; other: the companion's index */
  BALLAST_PLAN_WARNING_RIDES,       /* number: the count above the target; other: the target */
  BALLAST_PLAN_WARNING_NO_CROPS,    /* crops are asked for where there are none to make */
  BALLAST_PLAN_WARNING_UNCHANGED,   /* these settings change nothing */
  BALLAST_PLAN_WARNING_UNLABELLED,  /* number: images of other splits, where the training split has no label */
  BALLAST_PLAN_WARNING_MIRRORED,    /* number: copies that land in another class; other: its index */
  BALLAST_PLAN_WARNING_GREY,        /* number: about so many images in 100 */
  BALLAST_PLAN_WARNING_LOST,        /* number: about so many boxes in 100 */
  BALLAST_PLAN_WARNING_OWN_CLASS,   /* copies take parts of pictures of their own class alone */
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
  guint64 instances_after; /* where the plan is over whole images; 0 elsewhere */
  guint64 sources;      /* images_now less those that hold another class too: places 0 … sources-1 */
  guint64 sources_after;
  guint64 distinct;     /* different images of the class that stay */
  guint64 crops;        /* crops that hold it; they are among images_after */
  double  factor;       /* its repeat factor, where the plan is of repeat factors; or 1 */
  int     companion;    /* index of the class that keeps it from its target, or -1 */
  double  companion_share; /* 0 … 1: of its images hold the companion */
  double  companion_count; /* so much of the companion each of its images brings, in the mean */
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
  guint64                 images_added;    /* copies to make, crops included */
  guint64                 crops_added;
  guint64                 images_dropped;
  guint64                 images_untouched; /* of the other splits */
  guint64                 distinct_images; /* different images of the training split that stay */
  double                  effective_images; /* (Σ r)² / Σ r², r how often each appears (Kish 1965) */
  guint64                 background_before; /* images without an object, of the training split */
  guint64                 background_after;
  gboolean                has_boxes;       /* some label has one */
  gboolean                coarse;          /* a first look: the figures are within some per cent */
  double                  ratio_before;
  double                  ratio_after;
  GPtrArray              *warnings;        /* of BallastPlanWarning */
  GHashTable             *index_by_id;     /* private */
  BallastRandomKey       *keys;            /* private: one a class */
  BallastRandomKey        background_key;  /* private */
  BallastPlanRows        *rows;            /* (nullable): images of several labels */
  guint64                *totals;          /* private: by group of the rows, unless by factors; then
                                            * by group of the windows' rows */
  GArray                 *windows;         /* private: of BallastPlanWindow, by row; or NULL */
  BallastPlanRows        *window_rows;     /* private: what they hold */
} BallastPlan;

/* What the plan has to follow from: TRUE where rows are needed, as some image has several labels. */
gboolean      ballast_plan_needs_rows  (const BallastTally           *tally);

GType         ballast_plan_get_type    (void);

/* (transfer full): where no image has several labels. */
BallastPlan  *ballast_plan_new         (const BallastTally           *tally,
                                        const BallastBalanceSettings *settings);

typedef enum
{
  BALLAST_PLAN_EXACT,
  BALLAST_PLAN_COARSE, /* figures alone, at once: no image may be asked for */
} BallastPlanEffort;

/*
 * (transfer full) (nullable): over @rows, which are the training split of @tally; NULL where
 * @cancellable was cancelled.
 */
BallastPlan  *ballast_plan_new_for_rows (const BallastTally           *tally,
                                        const BallastBalanceSettings *settings,
                                        BallastPlanRows              *rows,
                                        BallastPlanEffort             effort,
                                        GCancellable                 *cancellable);
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

/* The same of a step that has no meaning on 16 bits. */
void          ballast_plan_warn_deep   (BallastPlan                  *plan,
                                        const char                   *op,
                                        double                        share);

/* The same: augmentation cuts away about @share (0 … 1) of the boxes of a copy, which the counts of the
 * plan do not know; nothing below 5 %. */
void          ballast_plan_warn_lost   (BallastPlan                  *plan,
                                        double                        share);

/* The same: copies mix pictures of one class alone, as the layout holds no shares of classes.  @text is
 * that as a sentence. */
void          ballast_plan_warn_own_class (BallastPlan               *plan,
                                        const char                   *text);

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

/*
 * The same for an image of several labels or of none, by its id and, where it has no label, by its
 * place among those without one.  An image of another split stays.
 */
guint         ballast_plan_get_image_copies (const BallastPlan       *plan,
                                        gint64                        image_id,
                                        gboolean                     *keep_original);
/* A part of an image that is added beside its copies. */
typedef struct
{
  BallastBox             window;  /* in whole pixels of the image as looked at */
  guint                  times;   /* crops to make of it */
  const BallastPlanCell *cells;   /* what it holds, by class; the plan's */
  guint                  n_cells;
} BallastPlanCrop;

/* (transfer full) (nullable) (element-type BallastPlanCrop): the crops to make of an image. */
GArray       *ballast_plan_dup_image_crops (const BallastPlan        *plan,
                                        gint64                        image_id);

gboolean      ballast_plan_keeps_background (const BallastPlan       *plan,
                                        guint64                       place);

/* r = max (1, sqrt (t / f)), f the share of images that hold the class (LVIS: Gupta et al., CVPR 2019);
 * where @instance_share is not below 0, the instance-aware form, f = sqrt (images × instances) (IRFS:
 * Yaman et al., 2023). */
double        ballast_plan_repeat_factor (double                      threshold,
                                        double                        image_share,
                                        double                        instance_share);

/* (transfer full): one count a class after balancing, of the training split, in the plan's unit. */
guint64      *ballast_plan_dup_counts  (const BallastPlan            *plan);

/* (transfer full): the object of `balance --json`. */
JsonNode     *ballast_plan_to_json     (const BallastPlan            *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPlan, ballast_plan_unref)

G_END_DECLS
