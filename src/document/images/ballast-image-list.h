#pragma once

#include "ballast-document.h"
#include "ballast-image-record.h"
#include "ballast-problem.h"

G_BEGIN_DECLS

/*
 * One image in a list.  It is made when a view asks for its place; its facts come a moment later,
 * from the store thread, and "loaded" and the other properties are notified then.  Once loaded it
 * does not change: an edit makes a new list.
 *
 * Properties, read-only: "id" (int64), "position" (uint), "loaded" (boolean), "name" (string, for
 * people), "path" (the file, bytes), "class-name" (string: all its classes, comma-separated),
 * "excluded" (boolean).
 */
#define BALLAST_TYPE_IMAGE_ITEM (ballast_image_item_get_type ())
G_DECLARE_FINAL_TYPE (BallastImageItem, ballast_image_item, BALLAST, IMAGE_ITEM, GObject)

gint64                   ballast_image_item_get_id          (BallastImageItem *item);
guint                    ballast_image_item_get_position    (BallastImageItem *item);
gboolean                 ballast_image_item_get_loaded      (BallastImageItem *item);

/* All below: NULL or 0 until it is loaded. */
const char              *ballast_image_item_get_name        (BallastImageItem *item);
const char              *ballast_image_item_get_path        (BallastImageItem *item);
const char              *ballast_image_item_get_class_name  (BallastImageItem *item);
gint64                   ballast_image_item_get_class_id    (BallastImageItem *item);
gboolean                 ballast_image_item_get_excluded    (BallastImageItem *item);
const BallastImageRecord *ballast_image_item_get_record     (BallastImageItem *item);

/* An annotation with a box, for drawing. */
typedef struct
{
  gint64        id;          /* of the annotation */
  BallastBox    box;         /* in pixels of the image as looked at */
  guint         class_index;
  char         *class_name;
  const guint8 *extra;       /* (nullable): outline or mask, packed (ballast-shape.h) */
  gsize         n_extra;
} BallastItemBox;

/* (transfer none) (nullable): those of the image, in their order. */
const BallastItemBox    *ballast_image_item_get_boxes       (BallastImageItem *item,
                                                             guint            *n_boxes);

typedef enum
{
  BALLAST_IMAGE_STATE_PRESENT,   /* what counts, and what the user excluded; with a problem asked
                                    for: whatever has it */
  BALLAST_IMAGE_STATE_COUNTING,
  BALLAST_IMAGE_STATE_EXCLUDED,
  BALLAST_IMAGE_STATE_ALL,       /* gone and unreadable too */
} BallastImageState;

/* Which images.  All zeros: every image that is there. */
typedef struct
{
  gint64             class_id; /* 0: any; -1: those without a label */
  gint64             also_class_id; /* and hold this one too; 0: any */
  gint64             split_id; /* 0: any; -1: those in no split */
  BallastProblemKind problem;  /* 0: any; else images with such a problem */
  BallastImageState  state;
  const char        *text;     /* in the name, whatever the case; NULL: any */
} BallastImageQuery;

/*
 * The images of a query, in the order in which they were imported (class by class for folders): a GListModel of BallastImageItem whose
 * length is known and whose items are made on demand.  It never changes; after "changed" with
 * RECORDS ask for a new one and swap the model.  Costs 8 bytes an image.
 */
#define BALLAST_TYPE_IMAGE_LIST (ballast_image_list_get_type ())
G_DECLARE_FINAL_TYPE (BallastImageList, ballast_image_list, BALLAST, IMAGE_LIST, GObject)

void              ballast_image_list_query_async   (BallastDocument         *document,
                                                    const BallastImageQuery *query,
                                                    GCancellable            *cancellable,
                                                    GAsyncReadyCallback      callback,
                                                    gpointer                 user_data);
/* (transfer full) */
BallastImageList *ballast_image_list_query_finish  (GAsyncResult            *result,
                                                    GError                 **error);

/* 0 where @position is behind the end. */
gint64            ballast_image_list_get_id        (BallastImageList        *list,
                                                    guint                    position);
/* FALSE where the image is not in the list. */
gboolean          ballast_image_list_find_position (BallastImageList        *list,
                                                    gint64                   id,
                                                    guint                   *position);

/* One image with everything about it: for the large view. */
typedef struct
{
  BallastImageRecord  record;
  char               *path;         /* the file, bytes */
  guint               n_annotations;
  BallastAnnotation  *annotations;
  char              **class_names;  /* of the annotations, NULL-terminated */
  guint               n_aside;      /* labels that the user excluded … */
  BallastAnnotation  *aside;
  char              **aside_names;  /* … and their classes, NULL-terminated */
  char               *split_name;   /* NULL: in no split */
  guint               n_problems;
  BallastProblem     *problems;
} BallastImageDetails;

void                 ballast_image_details_load_async  (BallastDocument      *document,
                                                        gint64                image_id,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
/* (transfer full) */
BallastImageDetails *ballast_image_details_load_finish (GAsyncResult         *result,
                                                        GError              **error);
void                 ballast_image_details_free        (BallastImageDetails  *details);

/* (transfer none) (nullable): the class that an export asks the pipeline for: of its classes the first in the
 * project's order. */
const char          *ballast_image_details_get_sampled_class
                                                       (const BallastImageDetails *details,
                                                        const BallastTally   *tally);

/* Looks an image up by its path, relative to a source or absolute (bytes). */
void                 ballast_image_find_async          (BallastDocument      *document,
                                                        const char           *path,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
/* The image's id; 0: there is none; -1 with @error set. */
gint64               ballast_image_find_finish         (GAsyncResult         *result,
                                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastImageDetails, ballast_image_details_free)

G_END_DECLS
