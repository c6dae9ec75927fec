#pragma once

#include "ballast-walk.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_FOUND_FILE,
  BALLAST_FOUND_MISSING,
  BALLAST_FOUND_AMBIGUOUS,  /* several files have the name */
  BALLAST_FOUND_UNSAFE,     /* leads out of the root, or is no path */
  BALLAST_FOUND_SPECIAL,    /* no regular file, or a link that is not followed */
  BALLAST_FOUND_UNREADABLE, /* its folder is */
} BallastFoundKind;

typedef struct
{
  BallastFoundKind kind;
  const char      *folder; /* of FILE; valid until the next call */
  const char      *name;
  gboolean         is_link;
  const char      *path;   /* as asked for, from the root, where it is safe */
  const char      *detail; /* static (nullable) */
} BallastFound;

/*
 * Finds the files that a manifest names.  Each folder is listed once, when it is first asked for: a
 * look-up then is a search in memory.  Memory: the names of the files of these folders.
 */
typedef struct _BallastImageFinder BallastImageFinder;

/* @base: the folder that paths start from, relative to the root.  @search_names: where a path leads
 * nowhere, its last part is looked for in every folder.  @add_ending: "1" may mean "1.jpg". */
BallastImageFinder *ballast_image_finder_new  (BallastWalk        *walk,
                                               const char         *base,
                                               gboolean            search_names,
                                               gboolean            add_ending);
void                ballast_image_finder_free (BallastImageFinder *finder);

void                ballast_image_finder_set_base (BallastImageFinder *finder,
                                                   const char         *base);

/* The search by name leaves out what it has not seen by then; 0: never. */
void                ballast_image_finder_set_deadline (BallastImageFinder *finder,
                                                       gint64              deadline_us);

void                ballast_image_finder_find (BallastImageFinder *finder,
                                               const char         *path,
                                               BallastFound       *found);

/* (transfer full) (nullable): @path from @base as a safe path relative to the root, without "." and
 * ".."; absolute paths in @root are made relative; NULL where it leads out of the root. */
char               *ballast_image_path_resolve (const char        *root,
                                                const char        *base,
                                                const char        *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastImageFinder, ballast_image_finder_free)

G_END_DECLS
