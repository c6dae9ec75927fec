#pragma once

#include "ballast-image-finder.h"

G_BEGIN_DECLS

/*
 * Finds the pictures that an annotation file names, whatever machine it was written on: in the
 * folders given, in their order; and, of paths that lead elsewhere ("C:\data\train\a.jpg",
 * "/home/x/set/train/a.jpg"), by the longest end of them that is there.
 */
typedef struct _BallastPictureFinder BallastPictureFinder;

/* @search_names: what is nowhere else is looked for by its name alone in all folders. */
BallastPictureFinder *ballast_picture_finder_new       (BallastWalk          *walk,
                                                        gboolean              search_names);
void                  ballast_picture_finder_free      (BallastPictureFinder *finder);

/* Folders relative to the root, "" for it; copied. */
void                  ballast_picture_finder_set_bases (BallastPictureFinder *finder,
                                                        const GPtrArray      *bases);
void                  ballast_picture_finder_set_deadline (BallastPictureFinder *finder,
                                                        gint64                deadline_us);

void                  ballast_picture_finder_find      (BallastPictureFinder *finder,
                                                        const char           *path,
                                                        BallastFound         *found);

/* The picture whose name without its ending is the last part of @stem, in the bases and beside it. */
void                  ballast_picture_finder_find_stem (BallastPictureFinder *finder,
                                                        const char           *stem,
                                                        BallastFound         *found);

/* (transfer full): @path with '/' for '\\', without a drive or an address in front of it.
 * @is_absolute says whether it had one, or a '/'. */
char                 *ballast_path_from_elsewhere      (const char           *path,
                                                        gboolean             *is_absolute);

/*
 * (transfer full): where pictures of an annotation file may lie, the likeliest first: @folder (of
 * the file, relative to the root), the usual names beside it and above it, also with @word ("val2017"
 * of "instances_val2017.json") and @split below; and, unless strangers may lie there,
 * every folder of the root.
 */
GPtrArray            *ballast_picture_bases_list       (const char           *root,
                                                        const char           *folder,
                                                        const char           *word,
                                                        const char           *split,
                                                        gboolean              has_strangers);

/* TRUE where @root is above the folder that the annotation file at @path lies in, and so nobody chose
 * what else is in it. */
gboolean              ballast_picture_root_has_strangers (const char         *root,
                                                        const char           *path);

/* Leaves of @bases those that hold most of the pictures @names first.  Returns the share of them that is found. */
double                ballast_picture_bases_choose     (BallastPictureFinder *finder,
                                                        GPtrArray            *bases,
                                                        const GPtrArray      *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPictureFinder, ballast_picture_finder_free)

G_END_DECLS
