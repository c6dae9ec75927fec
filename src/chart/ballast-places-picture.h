#pragma once

#include "ballast-picture.h"

G_BEGIN_DECLS

/* Where one class lies in its pictures. */
typedef struct
{
  int     index;  /* in the dataset's order; -1: all classes together */
  char   *name;   /* owned by the picture */
  guint64 boxes;
  float  *shares; /* cells × cells, row by row: how much of the boxes cover the place; owned */
} BallastPlacesMap;

/*
 * Heat maps of places: the first one large, the others beside it as small multiples.  Each has a
 * scale of its own, from nothing to where most of its boxes lie.  Parts are the maps.
 */
typedef struct
{
  BallastPicture    base;
  guint             n;
  BallastPlacesMap *maps;
  guint             cells;  /* in both directions */
  double            aspect; /* of the pictures, width / height */

  double            tile;   /* private: width of a small map; the layout's */
  double            large;  /* of the first */
  guint             columns;
  double            line;
} BallastPlacesPicture;

/* (transfer full): shares 0. */
BallastPlacesPicture *ballast_places_picture_new (guint                 n,
                                                  guint                 cells,
                                                  double                aspect);

/* The share at the place of the map where most of its boxes lie. */
double                ballast_places_map_get_most (const BallastPlacesMap *map,
                                                  guint                 cells);

G_END_DECLS
