#pragma once

#include "ballast-hierarchy.h"

G_BEGIN_DECLS

/*
 * Edits of a hierarchy.  Each does all of what it says or, with BALLAST_BALANCE_ERROR_SETTING and a
 * sentence for people, nothing.  The same edit of the same tree gives the same tree, ids included.
 * A node that lies below another one of the same call goes with that one.
 */

/*
 * Puts the nodes into a new group called @name (NULL: after its classes), where the first of them
 * is.  @id (out, nullable): the group's.  Not the root.
 */
gboolean ballast_hierarchy_group           (BallastHierarchy   *hierarchy,
                                            const guint        *ids,
                                            guint               n_ids,
                                            const char         *name,
                                            guint              *id,
                                            GError            **error);

/* Puts a group's children in its place.  Of the root: all groups go. */
gboolean ballast_hierarchy_ungroup         (BallastHierarchy   *hierarchy,
                                            guint               id,
                                            GError            **error);

/* A group; a class is renamed in its dataset. */
gboolean ballast_hierarchy_rename          (BallastHierarchy   *hierarchy,
                                            guint               id,
                                            const char         *name,
                                            GError            **error);

/* Puts the nodes, in their order in the tree, before the child of @parent at @position (-1: at the
 * end).  Not into themselves. */
gboolean ballast_hierarchy_move            (BallastHierarchy   *hierarchy,
                                            const guint        *ids,
                                            guint               n_ids,
                                            guint               parent,
                                            int                 position,
                                            GError            **error);

/* Takes the nodes out of the tree; a group goes with all that is in it. */
gboolean ballast_hierarchy_remove          (BallastHierarchy   *hierarchy,
                                            const guint        *ids,
                                            guint               n_ids,
                                            GError            **error);

/* Puts classes that are out of the tree before the child of @parent at @position (-1: at the end). */
gboolean ballast_hierarchy_insert_classes  (BallastHierarchy   *hierarchy,
                                            const char *const  *names,
                                            guint               parent,
                                            int                 position,
                                            GError            **error);

/* @accuracy 0 … 1; below 0: the tree's.  @id 0: of the whole tree. */
gboolean ballast_hierarchy_set_accuracy    (BallastHierarchy   *hierarchy,
                                            guint               id,
                                            double              accuracy,
                                            GError            **error);

gboolean ballast_hierarchy_set_one_vs_rest (BallastHierarchy   *hierarchy,
                                            guint               id,
                                            gboolean            one_vs_rest,
                                            GError            **error);

/* Follows what happened to the dataset: a class has another name; only these classes are there. */
void     ballast_hierarchy_rename_class    (BallastHierarchy   *hierarchy,
                                            const char         *from,
                                            const char         *to);
void     ballast_hierarchy_keep_classes    (BallastHierarchy   *hierarchy,
                                            const char *const  *names,
                                            guint               n_names);

/* FALSE where no node may be called so: empty, too long, control characters, no UTF-8. */
gboolean ballast_hierarchy_check_name      (const char         *name,
                                            GError            **error);

G_END_DECLS
