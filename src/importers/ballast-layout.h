#pragma once

#include <gio/gio.h>

#include "ballast-folder-tree.h"
#include "ballast-import-options.h"
#include "ballast-import-wishes.h"

G_BEGIN_DECLS

typedef struct _BallastImporter BallastImporter;

typedef struct
{
  char   *name; /* UTF-8 */
  guint64 count;
} BallastNamedCount;

/* What a reader makes of a path, before anything is stored. */
typedef struct
{
  const BallastImporter *importer;
  double                 confidence;   /* 0 … 1 */
  BallastImportOptions   options;
  char                  *root;         /* absolute: what image paths are relative to */
  char                  *description;  /* "6 classes in folders, no splits" */
  GArray                *classes;      /* BallastNamedCount, in the order of the dataset */
  GArray                *splits;       /* BallastNamedCount */
  GPtrArray             *first_images; /* up to 12, paths relative to the root, bytes; from as many
                                        * classes as there are */
  GPtrArray             *warnings;     /* sentences */
  GPtrArray             *columns;      /* of a manifest, as options name them; else empty */
  GPtrArray             *examples;     /* what the first row has in each of them */
  guint64                links_out;    /* links met that lead out of the root, and are not followed */
  guint64                images;
  gboolean               is_partial;   /* counts are of what was read in time: at least these */
} BallastLayoutGuess;

typedef struct
{
  const char                *images;   /* --images, or NULL */
  const char                *importer; /* the only reader to ask, or NULL for all */
  const BallastImportWishes *wishes;   /* or NULL */
  BallastFolder             *tree;     /* of a folder, with names, as wishes say of links; NULL: it is
                                        * looked at first, for half of the time */
  gint64                     deadline_us; /* of g_get_monotonic_time(): looking ends here; 0: a second from now */
} BallastLayoutQuestion;

void                ballast_layout_guess_free (BallastLayoutGuess *guess);

/*
 * Asks every reader about @path, a folder or a file.  @question may be NULL.
 *
 * Returns: (transfer full) (element-type BallastLayoutGuess): the best first, at least one; or
 * NULL with BALLAST_IMPORT_ERROR_LAYOUT where no reader knows it, BALLAST_IMPORT_ERROR_SYNTAX
 * where it is a manifest that nobody can read, BALLAST_IMPORT_ERROR_EMPTY where there is nothing in
 * it, BALLAST_IMPORT_ERROR_LINKS where all that is in it is links that lead out of it,
 * BALLAST_IMPORT_ERROR_OPTIONS where a column that is wished for is not there, or a G_IO_ERROR.
 */
GPtrArray          *ballast_layout_detect     (const char                  *path,
                                               const BallastLayoutQuestion *question,
                                               GCancellable                *cancellable,
                                               GError                     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastLayoutGuess, ballast_layout_guess_free)

G_END_DECLS
