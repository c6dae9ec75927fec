#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * The counts of a dataset: per class, per split, in images and in instances.
 *
 * It is a snapshot: immutable once filled, shared between threads by its reference count.  Its
 * size is classes × splits, whatever the number of images.
 */
#define BALLAST_TYPE_TALLY (ballast_tally_get_type ())

typedef struct
{
  guint64 images;    /* images that hold the class */
  guint64 instances; /* its annotations */
} BallastCount;

typedef struct
{
  gint64  id;
  char   *name;   /* "train", "val", "test" or any other */
  guint64 images; /* that count: neither excluded, gone nor unreadable */
} BallastSplitTally;

typedef struct
{
  gint64        id;
  guint         index;    /* 0-based position in the dataset's order of classes */
  char         *name;     /* UTF-8 */
  gboolean      has_number;
  gint64        number;   /* its id in the file that it came from */
  char         *parent;   /* (nullable): the group of classes that it belongs to there */
  BallastCount  total;
  BallastCount *by_split; /* n_splits + 1 of them: by split in order, then those in no split */
} BallastClassTally;

typedef struct
{
  gatomicrefcount    ref_count;
  guint64            images;      /* that count */
  guint64            annotations;
  guint64            unlabelled;  /* images that count and have no annotation */
  guint64            excluded;    /* by the user */
  guint64            unreadable;
  guint64            gone;
  guint64            multi_label; /* images that count and hold two classes or more */
  guint64            boxes;       /* annotations with a box */
  gboolean           classes_edited; /* the user merged, dropped or re-ordered some: the numbers of
                                        their files have holes or another order */
  guint              n_splits;
  BallastSplitTally *splits;
  guint64            images_without_split;
  guint              n_classes;
  BallastClassTally *classes;     /* in index order */
} BallastTally;

GType                    ballast_tally_get_type   (void);

/* (transfer full): zeros; names are copied in by the caller. */
BallastTally            *ballast_tally_new        (guint                n_classes,
                                                   guint                n_splits);
BallastTally            *ballast_tally_ref        (BallastTally        *tally);
void                     ballast_tally_unref      (BallastTally        *tally);

/* (transfer none) (nullable) */
const BallastClassTally *ballast_tally_find_class (const BallastTally  *tally,
                                                   const char          *name);
const BallastClassTally *ballast_tally_find_class_by_id (const BallastTally *tally,
                                                   gint64               class_id);

/* The position of the split called @name, or -1. */
int                      ballast_tally_find_split (const BallastTally  *tally,
                                                   const char          *name);

/*
 * The split that balancing works on: the one called "train" or "training", in any case; n_splits
 * (the images in no split) where no split has a name like that and some images are in no split;
 * otherwise the largest split.  Validation and test sets keep their distribution.
 */
guint                    ballast_tally_get_training_split (const BallastTally *tally);

/* How many of the images of @split (-1: of all; n_splits: of those in none) hold the class, 0 … 1.
 * Where images hold several classes these do not add up to 1. */
double                   ballast_tally_get_presence (const BallastTally  *tally,
                                                   guint                class_index,
                                                   int                  split);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTally, ballast_tally_unref)

G_END_DECLS
