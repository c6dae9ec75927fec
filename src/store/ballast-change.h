#pragma once

#include "ballast-box.h"
#include "ballast-db.h"
#include "ballast-store-edit.h"

G_BEGIN_DECLS

/*
 * The changes of an edit, each with what was before and what is after: doing, undoing and redoing
 * are one function that goes forward or back.
 *
 * Written into edit.changes: never renumber.  A byte of kind; ids of images as the difference to
 * the image before, so that relabelling costs some nine bytes an image; numbers of variable length.
 */
typedef enum
{
  BALLAST_CHANGE_IMAGE_FLAGS = 1,    /* the user's bits of an image's flags */
  BALLAST_CHANGE_IMAGE_SPLIT = 2,
  BALLAST_CHANGE_LABEL_CLASS = 3,    /* of the annotation @id */
  BALLAST_CHANGE_LABEL_ROW = 4,      /* class 0: the annotation is not there */
  BALLAST_CHANGE_CLASS_NAME = 5,
  BALLAST_CHANGE_CLASS_POSITION = 6,
  BALLAST_CHANGE_CLASS_DROPPED = 7,
  BALLAST_CHANGE_CLASS_ALIAS = 8,    /* @key is a class for sources; 0: dropped, -1: unknown */
  BALLAST_CHANGE_SETTING = 9,        /* @key */
  BALLAST_CHANGE_SPLIT_DROPPED = 10,
  BALLAST_CHANGE_IMAGE_PLACE = 11,   /* split × 2 + (1: set by the user): four bytes an image */
  BALLAST_CHANGE_IMAGE_GROUP = 12,   /* 0: in none */
  BALLAST_CHANGE_LABEL_ASIDE = 13,   /* as LABEL_ROW, of the labels that were put aside */
  BALLAST_CHANGE_ASIDE_CLASS = 14,   /* as LABEL_CLASS, of these */
} BallastChangeKind;

typedef struct
{
  BallastChangeKind kind;
  gint64            id;
  gint64            before;
  gint64            after;
  const char       *key;         /* this and the other strings: (nullable) borrowed */
  const char       *text_before;
  const char       *text_after;
  gboolean          has_box;     /* of LABEL_ROW and LABEL_ASIDE */
  BallastBox        box;
  const guint8     *extra;       /* of these: (nullable) borrowed, @n_extra bytes */
  gsize             n_extra;
} BallastChange;

typedef struct
{
  GByteArray *bytes;
  gint64      last_image;
} BallastChangeLog;

typedef struct
{
  const guint8 *position;
  const guint8 *end;
  gint64        last_image;
  gboolean      is_damaged;
} BallastChangeReader;

void     ballast_change_log_init    (BallastChangeLog    *log);
void     ballast_change_log_clear   (BallastChangeLog    *log);
void     ballast_change_log_add     (BallastChangeLog    *log,
                                     BallastChange        change);

void     ballast_change_reader_init (BallastChangeReader *reader,
                                     const void          *data,
                                     gsize                size);

/* FALSE at the end, and where the bytes make no sense (is_damaged). */
gboolean ballast_change_reader_next (BallastChangeReader *reader,
                                     BallastChange       *change);

/* TRUE where @id is that of a label. */
gboolean ballast_change_is_of_label (BallastChangeKind    kind);

/* The image that the change is of, or 0. */
gint64   ballast_change_get_image   (const BallastChange *change);

/* Whether ids of the kind are ids of images. */
gboolean ballast_change_is_of_image (BallastChangeKind    kind);

/*
 * Brings all changes about, or (@forward FALSE) takes them back, and keeps the counts; in the
 * caller's transaction.  A record that an import has changed since is left as it is.
 */
gboolean ballast_change_apply       (BallastDb           *db,
                                     const GByteArray    *changes,
                                     gboolean             forward,
                                     BallastStoreChange  *touched,
                                     GError             **error);

G_END_DECLS
