#pragma once

#include "ballast-folder-tree.h"
#include "ballast-yolo-config.h"

G_BEGIN_DECLS

/* A picture of a YOLO dataset. */
typedef struct
{
  char    *folder;
  char    *name;
  gboolean is_link;
  int      split;  /* position in splits, -1 */
  char    *label;  /* (nullable): its label file relative to the root; NULL: there is none */
} BallastYoloPicture;

/* Every picture with its split and its label file, in the order of the folders. */
typedef struct
{
  GArray    *pictures; /* BallastYoloPicture */
  GPtrArray *splits;   /* utf8 */
  GPtrArray *unlisted; /* pictures that the configuration leaves out: paths */
  GPtrArray *missing;  /* what it names and is not there */
  GPtrArray *orphans;  /* label files without a picture */
  guint      n_labels; /* pictures that have a label file */
  gboolean   is_partial;
} BallastYoloPictures;

BallastYoloPictures *ballast_yolo_pictures_new  (BallastWalk          *walk,
                                                 BallastYoloConfig    *config,
                                                 gint64                deadline_us,
                                                 GCancellable         *cancellable,
                                                 GError              **error);
void                 ballast_yolo_pictures_free (BallastYoloPictures  *pictures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastYoloPictures, ballast_yolo_pictures_free)

G_END_DECLS
