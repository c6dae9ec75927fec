#pragma once

#include "ballast-folder-tree.h"
#include "ballast-import-options.h"

G_BEGIN_DECLS

typedef struct
{
  char         *path;   /* bytes: the folder's name, or "animal/dog" */
  char         *name;   /* the same as UTF-8 */
  char         *folder; /* bytes: a folder of it, relative to the root */
  guint64       images;
  guint64       others; /* files of an empty class that are no images */
} BallastFolderClass;

/*
 * What the folders of a tree mean.  class_index and split_index of each folder of the tree point
 * into these arrays.
 */
typedef struct
{
  GArray           *classes;      /* BallastFolderClass, sorted by the bytes of their paths */
  GArray           *not_classes;  /* BallastFolderClass: files, but no image in them */
  GPtrArray        *splits;       /* names as the folders have them, UTF-8 */
  BallastFolder    *base;         /* the folder that the layout begins in */
  BallastSplitLevel split_level;  /* never AUTO */
  BallastClassDepth class_depth;  /* never AUTO */
  guint64           unlabelled;   /* images above the class level */
} BallastFolderRoles;

/* (transfer full): gives each folder of @tree its class and split.  @tree must outlive it. */
BallastFolderRoles *ballast_folder_roles_new  (BallastFolder              *tree,
                                               const BallastImportOptions *options);
void                ballast_folder_roles_free (BallastFolderRoles         *roles);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastFolderRoles, ballast_folder_roles_free)

G_END_DECLS
