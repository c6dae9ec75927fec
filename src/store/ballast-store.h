#pragma once

#include <gio/gio.h>

#include "ballast-image-record.h"
#include "ballast-problem.h"
#include "ballast-store-error.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * A project: one SQLite file with the records, every edit and every setting.
 *
 * One connection, used by the thread that opened it alone (asserted).  Every call blocks.  One
 * program at a time writes a project; any number may look at it with BALLAST_STORE_OPEN_READ_ONLY.
 * All paths are bytes.  Errors are of BALLAST_STORE_ERROR; G_IO_ERROR_CANCELLED where a call
 * takes a cancellable.
 */
typedef struct _BallastStore BallastStore;

typedef enum
{
  BALLAST_STORE_OPEN_DEFAULT = 0,        /* to write, or read-only where the file cannot be written */
  BALLAST_STORE_OPEN_READ_ONLY = 1 << 0, /* to look at, also while another program writes it */
  BALLAST_STORE_OPEN_CREATE = 1 << 1,    /* make it where it is not there */
} BallastStoreOpenFlags;

/* An image with its labels, as read and as imported. */
typedef struct
{
  BallastImageRecord record;        /* .folder and .name are owned */
  BallastAnnotation *annotations;   /* owned, one block with their extras; in the order of their import */
  guint              n_annotations;
  gboolean           has_number;    /* the file that tells of it gives it an id */
  gint64             number;
  const char        *field;         /* (nullable): in imports: what its source's column of groups says */
  gboolean           unchanged;     /* in imports: size and mtime are those known and the file was
                                       not looked into; what is known of it stays */
} BallastStoreImage;

typedef struct
{
  gint64  id;
  char   *root;        /* absolute path, bytes */
  char   *file;        /* the annotation file, relative to @root, bytes; "" for a folder */
  char   *layout;      /* the importer's name */
  char   *options;     /* JSON text of the importer, or NULL */
  gint64  imported_us; /* the end of its last import, µs since 1970; 0: never came to its end */
} BallastSource;

/*
 * Opens the project at @path; an older one is brought up to date after a copy to
 * PATH.vN.bak.  NOT_A_PROJECT, NEWER and CORRUPT leave the file as it is, byte for byte.
 */
BallastStore      *ballast_store_open               (const char             *path,
                                                     BallastStoreOpenFlags   flags,
                                                     GError                **error);

/* Makes an empty project; EXISTS where there is a file already that is not empty. */
BallastStore      *ballast_store_create             (const char             *path,
                                                     GError                **error);

/* Closes and frees; NULL is fine. */
void               ballast_store_close              (BallastStore           *store);

/* (transfer full): the file's name without its ending, as valid UTF-8. */
char              *ballast_store_dup_title          (BallastStore           *store);

gboolean           ballast_store_is_read_only       (BallastStore           *store);

/* FALSE while an import is under way, and after one that was interrupted. */
gboolean           ballast_store_is_import_complete (BallastStore           *store);

/* (transfer full): the counts.  Reads classes × splits rows, whatever the number of images. */
BallastTally      *ballast_store_get_tally          (BallastStore           *store,
                                                     GError                **error);

/* (transfer full) (element-type BallastSource): in the order of their first import. */
GPtrArray         *ballast_store_get_sources        (BallastStore           *store,
                                                     GError                **error);

/* Looks the whole file over for damage: seconds for millions of images.  CORRUPT tells what. */
gboolean           ballast_store_check              (BallastStore           *store,
                                                     GCancellable           *cancellable,
                                                     GError                **error);

void               ballast_store_image_clear        (BallastStoreImage      *image);
void               ballast_source_free              (BallastSource          *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastStore, ballast_store_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastSource, ballast_source_free)

G_END_DECLS
