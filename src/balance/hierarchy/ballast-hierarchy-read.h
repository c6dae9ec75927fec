#pragma once

#include "ballast-hierarchy.h"

G_BEGIN_DECLS

/*
 * Trees from files of others.  What the files name is not yet compared with a dataset: see
 * ballast_hierarchy_keep_classes().  All fail with BALLAST_BALANCE_ERROR_SETTING and a sentence.
 */

/*
 * (transfer full): from rows of names from the top down, the last one that is not empty being the
 * class: HiClass's "one column a level, '' where it is not so deep".  The same row may come again
 * (one a sample).  A first row of column names is left out, and so is a first column called
 * "class" that repeats the last name, or whose class has no levels at all.
 */
BallastHierarchy *ballast_hierarchy_new_from_rows (const char *const *const *rows,
                                                   guint                     n_rows,
                                                   GError                  **error);

/*
 * (transfer full): from any of
 *   {"nodes": [{"id", "parent", "group" or "class"}]}   what a project and hierarchy.json hold
 *   {"tree": …}                                         one of the others
 *   {"nodes": [{"name", "parent"}]}                     `hierarchy --json`
 *   {"name", "children": [… or "class"]}
 *   {"animal": {"dog": {}, "cat": null}, "tools": ["saw", "axe"]}
 */
BallastHierarchy *ballast_hierarchy_new_from_any_json (JsonNode         *node,
                                                   GError              **error);

/* (transfer full): one row a class, "class" first, then the groups from below the root down and the
 * class; all rows of one length, a row of column names first.  NULL-terminated arrays of texts. */
GPtrArray        *ballast_hierarchy_dup_rows      (const BallastHierarchy *hierarchy);

G_END_DECLS
