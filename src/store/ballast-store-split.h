#pragma once

#include "ballast-store.h"

G_BEGIN_DECLS

/* The setting that says what the groups are by: {"by": "folder", …}. */
#define BALLAST_STORE_GROUPS_KEY "groups"

#define BALLAST_STORE_NO_GROUP G_MAXUINT32
/* An image that stays in its split. */
#define BALLAST_STORE_SAME_SPLIT G_MAXUINT8

/*
 * Images put into splits, into groups, or both, in one step of undo: four bytes an image in the list
 * of edits for each.  Arrays are borrowed, a place for each image.
 */
typedef struct
{
  const gint64       *image_ids;    /* ascending */
  gsize               n_images;
  const guint8       *sides;        /* (nullable): places in @splits, or BALLAST_STORE_SAME_SPLIT */
  const char *const  *splits;
  guint               n_splits;
  const guint32      *groups;       /* (nullable): places in @group_names, or BALLAST_STORE_NO_GROUP */
  const char *const  *group_names;  /* UTF-8, distinct */
  const gint64       *group_ids;    /* (nullable): groups that are there already, by place; 0: by its
                                     * name.  For images that are put to those that are in groups */
  guint               n_groups;
  const char         *group_rule;   /* (nullable): JSON text for BALLAST_STORE_GROUPS_KEY; with @groups */
} BallastStoreDivision;

/*
 * An edit.  An image keeps its split through later imports; a split that no image is left in is no
 * longer shown.  NOT_FOUND for an image that is not there.
 */
gboolean ballast_store_divide         (BallastStore                *store,
                                       const BallastStoreDivision  *division,
                                       GError                     **error);

/* An image as it is divided; valid during the callback. */
typedef struct
{
  gint64      id;
  gint64      split_id;   /* 0: in none */
  gint64      group_id;   /* 0: in none */
  gint64      source_id;
  const char *folder;     /* bytes, relative to the source */
  const char *name;
  const char *field;      /* (nullable): what the source's column of groups says */
} BallastStorePlace;

/* Must not use the store. */
typedef void (*BallastStorePlaceFunc) (const BallastStorePlace *place,
                                       gpointer                 user_data);

/* Every image that counts, by id. */
gboolean ballast_store_foreach_place  (BallastStore           *store,
                                       BallastStorePlaceFunc   func,
                                       gpointer                user_data,
                                       GCancellable           *cancellable,
                                       GError                **error);

/* A group with the images of it that count. */
typedef struct
{
  char   *name;
  guint64 images;
} BallastGroupCount;

typedef struct
{
  guint64    groups;  /* with an image that counts */
  guint64    images;  /* that count, in a group */
  GPtrArray *largest; /* of BallastGroupCount: the largest first */
} BallastGroupSummary;

/* (transfer full): with the @n_largest largest. */
BallastGroupSummary *ballast_store_summarise_groups (BallastStore  *store,
                                       guint                   n_largest,
                                       GError                **error);
void     ballast_group_summary_free   (BallastGroupSummary    *summary);

/* So many images of one split have a copy, or a member of their group, in another one. */
typedef struct
{
  gint64  split_id;
  gint64  other_split_id;
  guint64 images;   /* of @split_id, by any of these … */
  guint64 same;     /* … with the same bytes … */
  guint64 alike;    /* … that look alike, or have the same bytes … */
  guint64 grouped;  /* … of one group */
} BallastLeakCount;

/* (transfer full) (element-type BallastLeakCount): for each two splits in both directions, those with
 * none left out.  Reads the problems and the groups. */
GArray  *ballast_store_count_leaks    (BallastStore           *store,
                                       GError                **error);

/* One side of what leaks: images with the same bytes, look or group, linked. */
typedef struct
{
  gint64 image_id;
  gint64 split_id; /* 0: in none */
  guint  set;      /* images that belong together have the same */
} BallastLeakMember;

/* (transfer full) (element-type BallastLeakMember): the images that count of all sets that lie in two
 * splits or more, by set and id. */
GArray  *ballast_store_get_leaks      (BallastStore           *store,
                                       GError                **error);

/* (transfer full) (element-type BallastLeakMember): the same of all sets of images with the same bytes,
 * whatever their splits. */
GArray  *ballast_store_get_copies     (BallastStore           *store,
                                       GError                **error);

/* Pairs of pictures that look alike. */
typedef struct
{
  gint64 image_id;
  gint64 other_image_id;
  guint  distance;
} BallastNearPair;

/* Replaces all that is known of near duplicates, in one transaction.  No edit. */
gboolean ballast_store_set_near_duplicates (BallastStore          *store,
                                       const BallastNearPair  *pairs,
                                       gsize                   n_pairs,
                                       GError                **error);

/* How the picture of a file looks: see BallastFingerprint. */
typedef struct
{
  gint64  image_id;
  gint64  stamp;      /* of the file that was looked at */
  guint64 gradients;
  guint64 waves;
  gint32  spread;     /* -1: cannot be decoded */
} BallastStoredFingerprint;

gboolean ballast_store_set_fingerprints (BallastStore          *store,
                                       const BallastStoredFingerprint *fingerprints,
                                       gsize                   n_fingerprints,
                                       GError                **error);

/*
 * Fills @known (element-type BallastStoredFingerprint) with those that still hold, of images that
 * count, and @missing (element-type gint64, by id) with the images that have none.
 */
gboolean ballast_store_get_fingerprints (BallastStore          *store,
                                       GArray                 *known,
                                       GArray                 *missing,
                                       GCancellable           *cancellable,
                                       GError                **error);

/* What a fingerprint is of: changes with the file's size and time. */
gint64   ballast_store_stamp          (const BallastImageFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastGroupSummary, ballast_group_summary_free)

G_END_DECLS
