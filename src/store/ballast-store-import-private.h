#pragma once

#include "ballast-name-map.h"
#include "ballast-pending-rows.h"
#include "ballast-store-private.h"

G_BEGIN_DECLS

/* A problem of the source, by the digest of what it says. */
typedef struct
{
  gint64   digest;
  gint64   id;
  gint64   image_id;
  int      kind;
  gboolean seen; /* found (again) in this session */
} BallastImportProblem;

struct _BallastStoreImport
{
  BallastStore      *store;
  gint64             source_id;
  gboolean           is_update;
  gboolean           is_distinct;      /* no path comes twice */
  gboolean           has_failed;       /* memory and file may differ: nothing more is written */
  GError             *failure;        /* the first one */
  gint64             batch_started_us; /* monotonic */
  gint64             next_image_id;
  gint64               first_image_id; /* of the session's own */
  guint64              n_repeats;      /* of those, that came again */
  GHashTable        *folders;          /* path → gint64 id, in place */
  const char        *last_folder;      /* (nullable): a key of folders */
  gint64             last_folder_id;
  BallastNameMap    *names;
  GByteArray        *seen;             /* a bit per image id: came in this session */
  GByteArray        *kept;             /* came and was not looked into */
  GHashTable        *problems;         /* BallastImportProblem → itself */
  guint64            unlisted[BALLAST_PROBLEM_KIND_LAST + 1]; /* problems without a row of their own */
  BallastCountDelta *delta;
  GArray            *wanted;           /* BallastAnnotation: scratch of one image */
  GArray            *stored;           /* BallastAnnotation: scratch of one image */
  GByteArray        *extras;           /* of stored */
  BallastPendingRows *pending;         /* the connection's: what is added and not written yet */
};

/* A stored image as the session meets it: .flags holds the user's marks too. */
typedef struct
{
  BallastImageRecord record; /* without folder and name */
} BallastImportMatch;

/* Begins a batch where none is open; fails where the session has failed before. */
gboolean ballast_store_import_ensure_batch  (BallastStoreImport *import,
                                             GError            **error);

/* Switches SQLite's checking of foreign keys, outside of a transaction. */
void     ballast_store_import_check_keys    (BallastStoreImport *import,
                                             gboolean            check);

/* Notes that memory and file may differ, and why; always FALSE. */
gboolean ballast_store_import_fail          (BallastStoreImport *import,
                                             GError            **error);

/* Finds folder/name; match->record.id is 0 where it is new.  @folder_id is made where needed. */
gboolean ballast_store_import_match         (BallastStoreImport *import,
                                             gint64              folder_id,
                                             const char         *name,
                                             BallastImportMatch *match,
                                             GError            **error);

/* Adds or updates one image, in an open batch. */
gboolean ballast_store_import_add_one       (BallastStoreImport *import,
                                             BallastStoreImage  *image,
                                             gint64              folder_id,
                                             GError            **error);

gboolean ballast_store_import_load_problems (BallastStoreImport *import,
                                             GError            **error);
gboolean ballast_store_import_drop_problems (BallastStoreImport *import,
                                             GError            **error);

/* Writes how many problems of the source are in no row. */
gboolean ballast_store_import_write_unlisted (BallastStoreImport *import,
                                             GError            **error);

gboolean ballast_store_import_has_bit       (const GByteArray   *bits,
                                             gint64              image_id);
void     ballast_store_import_set_bit       (GByteArray         *bits,
                                             gint64              image_id);

G_END_DECLS
