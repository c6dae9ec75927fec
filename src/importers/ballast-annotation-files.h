#pragma once

#include "ballast-folder-tree.h"

G_BEGIN_DECLS

/* An annotation file of a dataset. */
typedef struct
{
  char *path;  /* absolute, bytes */
  char *name;  /* relative to the folder that was chosen */
  char *split; /* (nullable): as its name or its folder says */
  char *word;  /* (nullable): the part of its name that says it, "train2017" */
} BallastAnnotationFile;

/* TRUE where the file is one of those that are looked for. */
typedef gboolean (*BallastAnnotationFileFunc) (const char *path,
                                               gpointer    user_data);

void       ballast_annotation_file_free  (gpointer                   file);

/* (transfer full): @name relative to @folder, which may be "" for a file that was chosen itself. */
BallastAnnotationFile *ballast_annotation_file_new (const char      *folder,
                                          const char                *name);

/*
 * (transfer full): the files with @ending in @path and two levels below it for which @func is TRUE,
 * by name; or @path itself.  No more than @most files are asked for in one folder.  @tree (nullable):
 * what is in @path, with names; without it, no folder is looked at beyond its first 4096 entries.
 */
GPtrArray *ballast_annotation_files_find (const char                *path,
                                          const BallastFolder       *tree,
                                          const char                *ending,
                                          guint                      most,
                                          BallastAnnotationFileFunc  func,
                                          gpointer                   user_data);

/* TRUE where each of the files says its split. */
gboolean   ballast_annotation_files_have_splits (const GPtrArray    *files);

/* (transfer full): the folder that holds @path, or @path itself where it is one. */
char      *ballast_annotation_dup_folder (const char                *path);

G_END_DECLS
