#pragma once

#include "ballast-store.h"

G_BEGIN_DECLS

#define BALLAST_QUERY_ANY 0
#define BALLAST_QUERY_NONE (-1) /* images without a class, or in no split */

/* Which images: zeros for all.  The order is that of the ids (of the import). */
typedef struct
{
  gint64             class_id;      /* images that hold it; or ANY, or NONE */
  gint64             also_class_id; /* and hold this one too; or ANY */
  gint64             split_id;      /* or ANY, or NONE */
  BallastProblemKind problem_kind;  /* images with a problem like that; 0: any image */
  BallastImageFlags  flags_mask;    /* these flags … */
  BallastImageFlags  flags_value;   /* … are these.  mask 7, value 0: images that count */
  const char        *search;        /* in folder or name, without regard to ASCII case; or NULL */
} BallastStoreQuery;

#define BALLAST_IMAGE_ALL_FLAGS \
  (BALLAST_IMAGE_EXCLUDED | BALLAST_IMAGE_GONE | BALLAST_IMAGE_UNREADABLE)

/* A counting image of a class, for planning.  Valid during the callback. */
typedef struct
{
  gint64      id;
  gint64      source_id;
  const char *folder;      /* bytes, relative to the source */
  const char *name;
  guint       n_classes;   /* classes that the image holds */
  guint       n_instances; /* its annotations of the class asked for */
} BallastStoreMember;

/* Returns FALSE to stop.  May use the store. */
typedef gboolean (*BallastStoreMemberFunc) (const BallastStoreMember *member,
                                            gpointer                  user_data);

/* (transfer full) (element-type gint64): the ids, ascending; 8 bytes each. */
GArray   *ballast_store_ids          (BallastStore             *store,
                                      const BallastStoreQuery  *query,
                                      GCancellable             *cancellable,
                                      GError                  **error);

/* (transfer full) (element-type BallastStoreImage): the first @limit after the image @after_id
 * (0: from the start).  Below 1 ms for a page at any depth. */
GArray   *ballast_store_page         (BallastStore             *store,
                                      const BallastStoreQuery  *query,
                                      gint64                    after_id,
                                      guint                     limit,
                                      GError                  **error);

/* (transfer full) (element-type BallastStoreImage): @ids in their order; an unknown id gives a
 * record whose id is 0. */
GArray   *ballast_store_get_images   (BallastStore             *store,
                                      const gint64             *ids,
                                      gsize                     n_ids,
                                      GError                  **error);

/*
 * (transfer full): of each of the @n_classes of the tally, in its order, what its dataset puts it
 * under (COCO's supercategory), or "".  NULL with @error set.
 */
char    **ballast_store_dup_class_parents (BallastStore          *store,
                                      guint                     n_classes,
                                      GError                  **error);

/* The image at @path relative to a source, or absolute; 0 if there is none, -1 with @error set. */
gint64    ballast_store_find_image   (BallastStore             *store,
                                      const char               *path,
                                      GError                  **error);

/*
 * The counting images that hold @class_id (BALLAST_QUERY_ANY: all counting images, NONE: those
 * without a class) in @split_id (or ANY, or NONE), in the order of their relative path's bytes,
 * then of their sources.  The position in this order is the position in plans.
 */
typedef struct
{
  gint64                 class_id;
  gint64                 split_id;
  BallastStoreMemberFunc func;
  gpointer               user_data;
} BallastStoreMemberWalk;

gboolean  ballast_store_foreach_class_member (BallastStore                  *store,
                                              const BallastStoreMemberWalk  *walk,
                                              GCancellable                  *cancellable,
                                              GError                       **error);

/* A counting image with all of its labels.  Valid during the callback. */
typedef struct
{
  gint64                   id;
  guint32                  width;  /* as looked at; 0: unknown */
  guint32                  height;
  guint                    n_annotations;
  const BallastAnnotation *annotations; /* without what they carry beside their boxes */
} BallastStoreContent;

/* Must not use the store. */
typedef void (*BallastStoreContentFunc) (const BallastStoreContent *content,
                                         gpointer                   user_data);

typedef struct
{
  gint64                  split_id; /* or ANY, or NONE */
  gint64                  after_id; /* the last image told of; 0 to begin.  Moved on. */
  guint                   limit;    /* images in one go, above 0 */
  gboolean                end;      /* set: no image is left */
  BallastStoreContentFunc func;
  gpointer                user_data;
} BallastStoreContentWalk;

/* The next images of @walk, by id.  Costs the same wherever it begins. */
gboolean  ballast_store_walk_contents (BallastStore            *store,
                                       BallastStoreContentWalk *walk,
                                       GError                 **error);
/* A counting image with its labels, one a label or box.  Valid during the callback. */
typedef struct
{
  gint64     class_id;
  gboolean   has_box;
  BallastBox box;
} BallastStoreRowLabel;

typedef struct
{
  gint64                      id;
  const char                 *path;   /* bytes, relative to the source */
  guint                       width;  /* as looked at; 0: unknown */
  guint                       height;
  const BallastStoreRowLabel *labels;
  guint                       n_labels;
} BallastStoreRow;

typedef struct
{
  gint64   split_id; /* or ANY, or NONE */
  void   (*func)    (const BallastStoreRow *row,
                     gpointer               user_data); /* must not use the store */
  gpointer user_data;
  gboolean no_boxes;  /* labels are told without theirs, in half the time */
} BallastStoreRowWalk;

/* Every counting image of the split, by id. */
gboolean  ballast_store_foreach_row          (BallastStore                  *store,
                                              const BallastStoreRowWalk     *walk,
                                              GCancellable                  *cancellable,
                                              GError                       **error);

/* What the counting data hold that not every layout has a place for. */
typedef struct
{
  gboolean has_outlines;
  gboolean has_masks;
  gboolean has_crowds;   /* COCO's iscrowd */
  gboolean has_marks;    /* difficult, truncated or occluded */
  guint64  n_deep;       /* images of more than 8 bits a channel that are drawn in 8 */
  guint64  n_no_jpeg;    /* images that a JPEG cannot hold: transparency, palettes, deep grey */
} BallastStoreSubstance;

/* Goes over the images, and over what annotations carry beside their boxes: some 0.3 s a million. */
gboolean  ballast_store_get_substance        (BallastStore                  *store,
                                              BallastStoreSubstance         *substance,
                                              GCancellable                  *cancellable,
                                              GError                       **error);

G_END_DECLS
