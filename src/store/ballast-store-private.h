#pragma once

#include "ballast-count-delta.h"
#include "ballast-db.h"
#include "ballast-store-import.h"
#include "ballast-store.h"

G_BEGIN_DECLS

/* Marks of the user, beside BallastImageFlags in image.flags. */
#define BALLAST_STORE_LABELS_BY_USER 256
#define BALLAST_STORE_SPLIT_BY_USER 512
#define BALLAST_STORE_USER_MASK \
  (BALLAST_IMAGE_EXCLUDED | BALLAST_STORE_LABELS_BY_USER | BALLAST_STORE_SPLIT_BY_USER)

/* The annotations of image i are those from i << 20 to ((i + 1) << 20) - 1. */
#define BALLAST_STORE_ANNOTATION_BITS 20
#define BALLAST_STORE_FIRST_ANNOTATION(image_id) ((gint64) (image_id) << BALLAST_STORE_ANNOTATION_BITS)
#define BALLAST_STORE_MAX_ANNOTATIONS (1 << BALLAST_STORE_ANNOTATION_BITS)

struct _BallastStore
{
  BallastDb          *db;
  char               *path;
  gboolean            read_only;
  int                 lock;   /* -1: none */
  BallastStoreImport *import; /* (unowned) (nullable): the session under way */
};

/* Looks that nothing stands against an edit, and begins its transaction. */
gboolean ballast_store_begin_edit       (BallastStore       *store,
                                         GError            **error);

/* Commits what the session has added so far; nothing where no transaction is open. */
gboolean ballast_store_import_flush     (BallastStoreImport *import,
                                         GError            **error);

/* Makes what the session has counted so far visible to queries, without a commit. */
gboolean ballast_store_import_show_counts (BallastStoreImport *import,
                                           GError            **error);

/* Appends an image's BallastAnnotations; @sql gives their ids, classes and boxes and takes the first id
 * and the one behind the last. */
gboolean ballast_store_read_labels      (BallastDb          *db,
                                         const char         *sql,
                                         gint64              image_id,
                                         GArray             *labels,
                                         GError            **error);

/* Appends the BallastAnnotations of an image to @annotations, which is empty, and what they carry
 * beside their boxes to @extras, which then holds it for them; NULL: without. */
gboolean ballast_store_read_annotations (BallastDb          *db,
                                         gint64              image_id,
                                         GArray             *annotations,
                                         GByteArray         *extras,
                                         GError            **error);

/* Adds (@sign +1) or takes away (-1) what the stored image contributes to the counts. */
gboolean ballast_store_count_image      (BallastDb          *db,
                                         gint64              image_id,
                                         int                 sign,
                                         BallastCountDelta  *delta,
                                         GError            **error);

/* The same of the images of @ids (ascending), in one pass over those that lie between them. */
gboolean ballast_store_count_range      (BallastDb          *db,
                                         const GArray       *ids,
                                         int                 sign,
                                         BallastCountDelta  *delta,
                                         GError            **error);

/* Brings the problems that tell of leaks in line with the splits, groups and marks of the images of
 * @ids (ascending; NULL: of all); in the caller's transaction. */
gboolean ballast_store_refresh_leaks    (BallastDb          *db,
                                         const GArray       *ids,
                                         GError            **error);

/* A table whose rows are known by a name: how one is found and how it is made. */
typedef struct
{
  const char *find;   /* SQL; one parameter, the name; a row with the id */
  const char *insert; /* SQL; one parameter, the name */
  void      (*bind) (BallastStatement *statement,
                     int               index,
                     const char       *name);
} BallastNamedRows;

/* The id of the row called @name, made where it is new; -1 with @error set. */
gint64   ballast_store_ensure_name      (BallastDb              *db,
                                         const BallastNamedRows *rows,
                                         const char             *name,
                                         GError                **error);

/* The split called @name, made and hidden where it is new; -1 with @error set. */
gint64   ballast_store_ensure_split     (BallastDb          *db,
                                         const char         *name,
                                         GError            **error);

guint    ballast_store_pack_coding      (const BallastImageFacts *facts);
void     ballast_store_unpack_coding    (guint               coding,
                                         BallastImageFacts  *facts);

/* (transfer full): "NAME", NOT_FOUND for a class that is not there or dropped. */
char    *ballast_store_dup_class_name   (BallastDb          *db,
                                         gint64              class_id,
                                         GError            **error);

G_END_DECLS
