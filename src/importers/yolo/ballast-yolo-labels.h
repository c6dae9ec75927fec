#pragma once

#include "ballast-shape.h"

G_BEGIN_DECLS

/* One line of a label file: everything in shares of the picture. */
typedef struct
{
  guint        class_id;
  BallastBox   box;
  BallastShape shape; /* POLYGONS, or plain */
} BallastYoloLine;

/* Called for every line that is one; @fault: (nullable) what is wrong with it instead, a part of a
 * sentence.  @line's shape is borrowed.  FALSE stops. */
typedef gboolean (*BallastYoloLineFunc) (const BallastYoloLine *line,
                                         const char            *fault,
                                         guint                  number, /* 1-based */
                                         gpointer               user_data);

/*
 * Reads the text of a label file: "class x y width height" with the middle of the box, or "class x1 y1
 * x2 y2 …" with an outline.  A sixth number is a confidence, and left out.  @has_keypoints: what
 * follows the box are points of a pose, and left out.  FALSE where @func stopped it.
 */
gboolean ballast_yolo_labels_parse (const char          *text,
                                    gsize                length,
                                    gboolean             has_keypoints,
                                    BallastYoloLineFunc  func,
                                    gpointer             user_data);

/* TRUE where the first line of @text is one of a label file, in shares of a picture. */
gboolean ballast_yolo_labels_are   (const char          *text,
                                    gsize                length);

G_END_DECLS
