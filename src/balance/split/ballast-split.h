#pragma once

#include "ballast-random.h"
#include "ballast-split-options.h"

G_BEGIN_DECLS

/* An image that is in no group. */
#define BALLAST_SPLIT_ALONE G_MAXUINT32

/*
 * What is divided: borrowed arrays, a place for each image.
 *
 * Only the key of an image decides its draw, so the order of the images matters nowhere but in ties.
 */
typedef struct
{
  guint                   n_images;
  guint                   n_classes;
  const BallastRandomKey *keys;       /* ballast_random_key (0, path, 0) */
  const guint32          *label_ends; /* the labels of image i end before this place … */
  const guint32          *labels;     /* … here: class indexes, each once an image */
  const guint32          *groups;     /* (nullable): 0 … n_groups - 1, or BALLAST_SPLIT_ALONE */
  guint                   n_groups;
} BallastSplitImages;

/* Where every image goes, and what comes of it. */
typedef struct
{
  guint    n_images;
  guint    n_parts;
  guint    n_classes;
  guint8  *sides;         /* by image: the number of its part */
  guint64 *sizes;         /* by part: images */
  guint64 *counts;        /* [class × n_parts + part]: images that hold the class */
  guint64 *totals;        /* by class */
  guint64 *units;         /* by class: groups, and images in none, that hold it */
  guint    largest_group; /* images of the largest; 0: no groups */
} BallastSplit;

/*
 * Divides the images.  Pure: the same on every machine.
 *
 * Without groups, RANDOM and (where no image has several classes) STRATIFIED give each class its
 * share by largest remainder, the rounding carried from class to class, and cut the images in the
 * order of their draws: new images move only those beside a cut.  Images of several classes are
 * stratified iteratively (Sechidis et al., ECML 2011), groups go to the side that evens out the
 * classes most, largest first (as scikit-learn's StratifiedGroupKFold does), under RANDOM to the side
 * that lacks most images; both are then moved and exchanged while that brings sides or classes closer
 * to their shares.  There, new images may move others.  A stratified class with images or groups
 * enough is in every side, unless a side is too small for all of them.
 *
 * O(labels), and for groups a few passes over them; 20 bytes an image, 16 a label.
 */
BallastSplit *ballast_split_new   (const BallastSplitImages  *images,
                                   const BallastSplitOptions *options);
void          ballast_split_free  (BallastSplit              *split);

static inline guint64
ballast_split_get_count (const BallastSplit *split,
                         guint               class_index,
                         guint               part)
{
  return split->counts[(gsize) class_index * split->n_parts + part];
}

typedef enum
{
  BALLAST_SPLIT_WARNING_EMPTY,   /* a side gets no image */
  BALLAST_SPLIT_WARNING_SIZE,    /* a side is far from its share */
  BALLAST_SPLIT_WARNING_GROUP,   /* one group is larger than a side */
  BALLAST_SPLIT_WARNING_FEW,     /* classes are missing in sides: they have too few images */
  BALLAST_SPLIT_WARNING_GROUPED, /* classes are missing in sides: they lie in too few groups */
  BALLAST_SPLIT_WARNING_ABSENT,  /* classes are missing in sides for another reason */
} BallastSplitWarningKind;

/* A sentence for people, and the same for programs. */
typedef struct
{
  BallastSplitWarningKind kind;
  char                   *text;
  guint                   part;      /* of EMPTY, SIZE and GROUP */
  guint                   n_classes; /* of the others */
} BallastSplitWarning;

/* (transfer full) (element-type BallastSplitWarning): @names: by class. */
GPtrArray    *ballast_split_list_warnings (const BallastSplit        *split,
                                           const BallastSplitOptions *options,
                                           const char *const         *names);

/* (transfer none): "empty-split", "split-size", "large-group" … */
const char   *ballast_split_warning_kind_get_name (BallastSplitWarningKind kind);

/* The share of the images that are not where the ratios ask for them, 0 … 1: half the sum of the
 * deviations; of the sides as a whole (@class_index -1), or of a class. */
double        ballast_split_get_deviation (const BallastSplit        *split,
                                           const BallastSplitOptions *options,
                                           int                        class_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSplit, ballast_split_free)

G_END_DECLS
