#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "train: ../train/images": what a configuration says of a split, word by word. */
typedef struct
{
  char *split; /* "train", "val", "test" */
  char *path;  /* a folder, a list (.txt), or a pattern with '*' */
} BallastYoloEntry;

/*
 * What a YOLO dataset says of itself: Ultralytics' data.yaml, darknet's obj.data, or a file of names
 * alone.  All of it may be missing.
 */
typedef struct
{
  char      *file;    /* (nullable): which file says it, relative to the folder that was chosen */
  GPtrArray *names;   /* (nullable element-type utf8): by class id; NULL where an id has no name */
  GArray    *entries; /* BallastYoloEntry */
  char      *base;    /* (nullable): "path:" of data.yaml */
  gboolean   has_keypoints;
} BallastYoloConfig;

/*
 * (transfer full): of the folder @root; @path: the file that was chosen, or @root itself.  Fails with
 * BALLAST_IMPORT_ERROR_SYNTAX where the chosen file cannot be understood; a file that nobody chose is
 * passed over then.
 */
BallastYoloConfig *ballast_yolo_config_new      (const char         *root,
                                                 const char         *path,
                                                 GError            **error);
void               ballast_yolo_config_free     (BallastYoloConfig  *config);

/* (transfer none) (nullable): the name of class @id. */
const char        *ballast_yolo_config_get_name (BallastYoloConfig  *config,
                                                 guint               id);

/* (transfer full) (nullable): the lines of the text file @path, up to 64 MB. */
char             **ballast_yolo_read_lines      (const char         *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastYoloConfig, ballast_yolo_config_free)

G_END_DECLS
