#pragma once

#include "ballast-listing.h"

G_BEGIN_DECLS

/* A folder below the root, with the counts of the files that lie in it directly. */
typedef struct _BallastFolder BallastFolder;
struct _BallastFolder
{
  char          *name;     /* bytes; "" for the root */
  BallastFolder *parent;
  GPtrArray     *children; /* (element-type BallastFolder): by the bytes of their names */
  guint          depth;    /* 0: the root */
  guint64        images;
  guint64        others;      /* without hidden ones */
  guint64        total_images; /* here and below */
  guint64        total_others;
  guint64        links_out;    /* links in it that lead out of the root, and are not followed */
  int            error_number; /* why it could not be read, or 0 */
  gboolean       is_loop;      /* the same folder as one that was met before: not entered */
  gboolean       is_too_deep;
  gboolean       is_visited;   /* FALSE where time ran out before it */
  GBytes        *listed;       /* (nullable): its files, for ballast_listing_unpack() */
  int            class_index;  /* for whoever gives folders a meaning; -1 */
  int            split_index;  /* -1 */
};

/*
 * Every folder below the root of @walk, level by level, and what is in it, until @deadline_us (0:
 * all of them).  Hidden folders are left out.  @with_names: whoever reads the files later need not
 * list them again, but for the folders that are too many to keep (3 million names are kept).
 *
 * Returns: (transfer full): the root, or NULL where the root cannot be read or @cancellable ended
 * it.
 */
BallastFolder *ballast_folder_tree_new       (BallastWalk         *walk,
                                              gboolean             with_names,
                                              gint64               deadline_us,
                                              GCancellable        *cancellable,
                                              GError             **error);

/* Reads the files of @folder into @listing, from memory where they were kept; they are let go.
 * FALSE: errno says why. */
gboolean       ballast_folder_list           (BallastFolder       *folder,
                                              BallastListing      *listing);
void           ballast_folder_free           (BallastFolder       *folder);

/* (transfer full): relative to the root, "" for it. */
char          *ballast_folder_dup_path       (const BallastFolder *folder);

/* (transfer none) (nullable) */
BallastFolder *ballast_folder_find           (const BallastFolder *folder,
                                              const char          *name);

/* TRUE where a folder at or below was not visited: counts are lower bounds. */
gboolean       ballast_folder_is_partial     (const BallastFolder *folder);

/* Here and below. */
guint64        ballast_folder_count_links_out (const BallastFolder *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastFolder, ballast_folder_free)

G_END_DECLS
