#pragma once

#include <glib.h>
#include <math.h>

#include "ballast-box.h"
#include "ballast-decimal.h"

G_BEGIN_DECLS

/* What an annotation file says of an object beside class and box.  Stored: never renumber. */
typedef enum
{
  BALLAST_MARK_CROWD = 1 << 0,     /* COCO's iscrowd */
  BALLAST_MARK_DIFFICULT = 1 << 1, /* Pascal VOC's */
  BALLAST_MARK_TRUNCATED = 1 << 2,
  BALLAST_MARK_OCCLUDED = 1 << 3,
} BallastMarks;

/* Stored: never renumber. */
typedef enum
{
  BALLAST_SHAPE_NONE = 0,
  BALLAST_SHAPE_POLYGONS = 1,
  BALLAST_SHAPE_RUNS = 2,        /* COCO's run lengths, a list of numbers in its file */
  BALLAST_SHAPE_PACKED_RUNS = 3, /* the same, COCO's compressed string in its file */
} BallastShapeKind;

/*
 * The outline or mask of an object, and what else its file says of it.  Coordinates are pixels of
 * the image as it is looked at, or, while an import does not know the image's size, shares of it.
 *
 * Runs are COCO's: column by column, background first, and so on by turns.
 */
typedef struct
{
  BallastMarks     marks;
  BallastShapeKind kind;
  gboolean         has_number;
  gint64           number;   /* the annotation's id in its file */
  double           area;     /* as the file has it; NAN: it does not say */
  guint            n_parts;  /* of POLYGONS */
  guint           *sizes;    /* points of each part; owned */
  double          *points;   /* x, y of all points, part after part; owned */
  guint32          width;    /* of RUNS */
  guint32          height;
  guint            n_runs;
  guint32         *runs;     /* owned */
} BallastShape;

#define BALLAST_SHAPE_INIT { .area = (double) NAN }

void     ballast_shape_clear         (BallastShape       *shape);

/* TRUE where there is nothing to keep. */
gboolean ballast_shape_is_plain      (const BallastShape *shape);

guint    ballast_shape_get_n_points  (const BallastShape *shape);

/*
 * Appends @shape to @bytes in some two bytes a coordinate.  Coordinates come back as the same
 * doubles: decimals of up to six places as differences of whole numbers, others in full.
 */
void     ballast_shape_pack          (const BallastShape *shape,
                                      GByteArray         *bytes);

/* The same of POLYGONS whose coordinates are @decimals, x and y of every point, instead of points. */
void     ballast_shape_pack_decimals (const BallastShape   *shape,
                                      const BallastDecimal *decimals,
                                      GByteArray           *bytes);

/* Clears @shape and reads it from @bytes.  FALSE, and a plain shape, where they make no sense. */
gboolean ballast_shape_unpack        (BallastShape       *shape,
                                      const void         *bytes,
                                      gsize               n_bytes);

/* The kind and the marks of a shape whose packed form begins with the byte @head. */
BallastShapeKind ballast_shape_peek  (guint8              head,
                                      BallastMarks       *marks);

/* Multiplies every point: shares become pixels. */
void     ballast_shape_scale         (BallastShape       *shape,
                                      double              factor_x,
                                      double              factor_y);

/* The tight box round all points, or of the runs' pixels; FALSE where there are none. */
gboolean ballast_shape_get_box       (const BallastShape *shape,
                                      BallastBox         *box);

/* In pixels: of POLYGONS by the shoelace formula, part by part; of RUNS their number. */
double   ballast_shape_measure       (const BallastShape *shape);

/* COCO's compressed string ↔ runs (pycocotools, rleToString and rleFrString). */
gboolean ballast_runs_from_text      (BallastShape       *shape,
                                      const char         *text,
                                      gsize               length);
void     ballast_runs_to_text        (const BallastShape *shape,
                                      GString            *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastShape, ballast_shape_clear)

G_END_DECLS
