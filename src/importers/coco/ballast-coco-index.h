#pragma once

#include "ballast-crew.h"
#include "ballast-json-reader.h"

G_BEGIN_DECLS

/* An id as COCO files have it: a whole number, or a text, which is kept by its hash. */
typedef struct
{
  gint64   value;
  gboolean is_number;
} BallastCocoId;

typedef struct
{
  gint64   id;
  guint32  name;      /* offset in names */
  guint32  width;
  guint32  height;
  guint32  first : 31; /* position of its first annotation in order … */
  guint32  has_number : 1;
  guint32  n;          /* … and how many follow */
} BallastCocoImage;

typedef struct
{
  guint64 offset; /* of its object in the file, or in the spool */
  gint64  image;  /* id; after sorting the position in images, -1: of none */
  guint32 length;
  guint32 class;  /* position in class_ids */
} BallastCocoEntry;

typedef struct
{
  gint64  id;
  char   *name;   /* UTF-8 */
  char   *parent; /* (nullable) */
  guint64 n;      /* annotations */
} BallastCocoClass;

/* What is wrong with a record, told when the sink is there. */
typedef struct
{
  int   kind;   /* BallastProblemKind */
  char *detail;
} BallastCocoFault;

/*
 * What stands in a COCO file, and where: everything but the annotations themselves, of which it
 * knows the place in the file, the image and the class.
 */
typedef struct
{
  BallastJsonReader *reader;
  GString           *names;      /* NUL-ended file names */
  GArray            *images;     /* BallastCocoImage, in the order of the file */
  GArray            *entries;    /* BallastCocoEntry, in the order of the file */
  GArray            *places;     /* gint64: what the file calls each entry: its id, or its rank */
  GArray            *numbers;    /* gint64: ids of annotations, for what comes twice */
  GArray            *order;      /* guint32: positions in entries by image */
  GArray            *classes;    /* BallastCocoClass, in the order of the file */
  GArray            *class_ids;  /* gint64, as annotations name them, in the order of appearance */
  GArray            *class_of;   /* int: class_ids → classes, -1: not declared */
  GArray            *faults;     /* BallastCocoFault */
  guint              n_keypoints; /* annotations that have some: they are not kept */
  guint64            n_dropped;  /* annotations that name no image of the file */
  int                spool_fd;   /* -1: none; see BALLAST_LABEL_SPOOLED */
  gboolean           spool_has_failed; /* what was read cannot be used */
  gboolean           has_images; /* the members were there */
  gboolean           has_annotations;
  gboolean           has_classes;
  gboolean           has_captions; /* annotations are sentences, or segments of another kind */
  gboolean           has_boxes;
  gboolean           is_partial; /* the deadline came first */
  gboolean           is_bad;     /* the JSON broke off: what came before is there */
} BallastCocoIndex;

/* How a file is read. */
typedef struct
{
  gint64             deadline_us; /* 0: to its end */
  gboolean           for_labels;  /* its annotations will all be read: those of a large file that
                                   * has them in no order are spooled */
  const BallastCrew *crew;        /* (nullable): for large files */
  GCancellable      *cancellable; /* (nullable) */
} BallastCocoReading;

/* (transfer full): reads the whole file once.  Fails where it cannot be opened, or with
 * G_IO_ERROR_CANCELLED. */
BallastCocoIndex *ballast_coco_index_new  (const char        *path,
                                           const BallastCocoReading *how,
                                           GError           **error);
void              ballast_coco_index_free (BallastCocoIndex  *index);

/* TRUE where the first records of the file at @path are COCO's: images, annotations or
 * categories.  @is_instances: objects with classes, neither captions nor segments of panoptic ones. */
gboolean          ballast_coco_is_file    (const char        *path,
                                           gboolean          *is_instances);

const char       *ballast_coco_index_get_name (const BallastCocoIndex *index,
                                           const BallastCocoImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastCocoIndex, ballast_coco_index_free)

G_END_DECLS
