#pragma once

#include "ballast-picture.h"

G_BEGIN_DECLS

/* What a cell of the matrix says of its row a and its column b. */
typedef enum
{
  BALLAST_MATRIX_SHARE,   /* how much of a's images hold b: P(b|a) */
  BALLAST_MATRIX_COUNTS,  /* images that hold both */
  BALLAST_MATRIX_JACCARD, /* both / either */
} BallastMatrixMode;

/* (transfer none): "share", "counts", "jaccard". */
const char     *ballast_matrix_mode_get_name (BallastMatrixMode mode);

/* A class of the matrix, in the order shown. */
typedef struct
{
  guint      index;   /* in the dataset's order */
  char      *name;    /* owned by the picture */
  BallastInk ink;
  guint64    images;
} BallastMatrixClass;

/*
 * Which classes stand together in images, as a heat map.  A plain value that its maker fills in.
 * Parts are the cells: row × n + column.  The diagonal, a class beside itself, is left pale.
 */
typedef struct
{
  BallastPicture      base;
  BallastMatrixMode   mode;
  guint               n;
  BallastMatrixClass *classes; /* n */
  guint64            *both;    /* n × n, symmetric */

  BallastChartRect    cells;   /* private: all of them together; the layout's */
  double              name_width;
  double              name_size;  /* relative to the font's */
  gboolean            upright;    /* names of columns */
  gboolean            numbers; /* fit into the cells */
  gboolean            names;   /* fit beside the cells */
} BallastMatrixPicture;

/* (transfer full): names NULL, counts 0. */
BallastMatrixPicture *ballast_matrix_picture_new (guint                 n);

/* What a cell says, 0 … 1 but for counts. */
double                ballast_matrix_picture_get (const BallastMatrixPicture *self,
                                                  guint                 row,
                                                  guint                 column);

/* The same as a place on the colour ramp. */
double                ballast_matrix_picture_get_heat
                                                 (const BallastMatrixPicture *self,
                                                  guint                 row,
                                                  guint                 column);

G_END_DECLS
