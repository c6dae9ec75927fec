#pragma once

#include "ballast-import-options.h"

G_BEGIN_DECLS

/*
 * Finds where the pictures of a manifest are: fills images, base, search_names and add_ending of
 * @options from @paths, some of the paths that stand in it.
 *
 * @folder: absolute, of the manifest.  @root: absolute, that of the source, which @folder is or lies
 * in.  @may_leave: the folder above may be the root, too.  Returns the share that was found.
 */
double ballast_manifest_place_find (BallastImportOptions *options,
                                    GPtrArray            *paths,
                                    const char           *root,
                                    const char           *folder,
                                    gboolean              may_leave,
                                    gint64                deadline_us);

/* (transfer full) (nullable): @path as a file below the root, as @options say; by looking at this
 * file alone, not by search. */
char  *ballast_manifest_place_look (const BallastImportOptions *options,
                                    const char           *root,
                                    const char           *base,
                                    const char           *path);

/* TRUE if the file @relative is a link, or behind one, that leads out of @root. */
gboolean ballast_manifest_place_leads_out (const char         *root,
                                           const char         *relative);

G_END_DECLS
