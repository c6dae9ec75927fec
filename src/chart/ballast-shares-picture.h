#pragma once

#include "ballast-picture.h"

G_BEGIN_DECLS

/* A class beside the one that is asked about. */
typedef struct
{
  guint      index;  /* in the dataset's order */
  char      *name;   /* owned by the picture */
  BallastInk ink;
  guint64    images; /* that hold both */
} BallastSharesRow;

/*
 * What rides along with one class: a bar for each companion, as a share of the class's images.
 * Parts are the rows.
 */
typedef struct
{
  BallastPicture    base;
  guint             n;
  BallastSharesRow *rows;
  char             *name;   /* of the class asked about */
  guint64           images; /* that hold it */

  double            row_height; /* private: the layout's */
  double            name_width;
} BallastSharesPicture;

/* (transfer full) */
BallastSharesPicture *ballast_shares_picture_new (guint       n,
                                                  const char *name,
                                                  guint64     images);

G_END_DECLS
