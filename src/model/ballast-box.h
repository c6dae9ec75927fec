#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A rectangle in pixels of the image as it is looked at (after EXIF orientation).  Edges lie
 * between pixels: the box of a whole image is 0, 0, width, height.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} BallastBox;

typedef struct
{
  double x;
  double y;
} BallastPoint;

G_END_DECLS
