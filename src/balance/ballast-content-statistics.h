#pragma once

#include "ballast-box-statistics.h"
#include "ballast-co-occurrence.h"
#include "ballast-label-mix.h"

G_BEGIN_DECLS

/* Images by how many labels they hold; the last takes in all with more. */
#define BALLAST_CONTENT_MAX_LABELS 255

/* A label of an image that is looked at. */
typedef struct
{
  guint      class_index;
  gboolean   has_box;
  BallastBox box;
} BallastContentLabel;

/*
 * What stands in the images: which classes together, how many labels, boxes of which size and
 * where.  Filled image by image; after close() immutable and shared by its reference count.
 */
typedef struct
{
  gatomicrefcount       ref_count;
  guint                 n_classes;
  guint64               images;
  guint64               labels;
  guint64               background;    /* images without a label */
  guint64               most_labels;   /* of one image */
  guint64               by_labels[BALLAST_CONTENT_MAX_LABELS + 1];  /* images with that many */
  BallastCoOccurrence  *together;
  BallastLabelMix      *mix;
  BallastBoxStatistics  boxes;         /* of all classes */
  BallastBoxStatistics *class_boxes;   /* n_classes */
  BallastLocationMap   *places;        /* of all classes */
  BallastLocationMap  **class_places;  /* n_classes; NULL where a class has no box */
  double                mean_aspect;   /* geometric mean of width / height of the pictures; 1 where
                                          none is known */
  guint64 sized;                       /* pictures whose size is known */

  guint64 *last_image;                 /* private: by class, 1 + the image that held it last */
  GArray  *distinct;                   /* private: guint */
} BallastContentStatistics;

/* (transfer full): @images: how many of the images to come hold each class. */
BallastContentStatistics *ballast_content_statistics_new (const guint64 *images,
                                                          guint          n_classes);
BallastContentStatistics *ballast_content_statistics_ref (BallastContentStatistics *self);
void                      ballast_content_statistics_unref (BallastContentStatistics *self);

/* An image of @width × @height as looked at (0: unknown).  Labels of unknown classes (an index of
 * n_classes or more) count as labels alone. */
void                      ballast_content_statistics_add (BallastContentStatistics  *self,
                                                          double                     width,
                                                          double                     height,
                                                          const BallastContentLabel *labels,
                                                          guint                      n_labels);
void                      ballast_content_statistics_close (BallastContentStatistics *self);

/* Labels of an image in the mean; 0 without images. */
double                    ballast_content_statistics_get_mean_labels
  (const BallastContentStatistics *self);

/* Those of @class_index, or of all for -1.  Both (transfer none); the map may be NULL. */
const BallastBoxStatistics *ballast_content_statistics_get_boxes
  (const BallastContentStatistics *self,
  int                              class_index);
const BallastLocationMap *ballast_content_statistics_get_places
  (const BallastContentStatistics *self,
  int                              class_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastContentStatistics, ballast_content_statistics_unref)

G_END_DECLS
