#pragma once

#include "ballast-sample-canvas.h"

G_BEGIN_DECLS

/* The light of a picture: what the sky, the shades and the film make of it. */
typedef enum
{
  BALLAST_LIGHT_SUNNY,
  BALLAST_LIGHT_OVERCAST,
  BALLAST_LIGHT_GOLDEN,
  BALLAST_LIGHT_DUSK,
  BALLAST_N_LIGHTS,
} BallastLight;

/* Everything is drawn into a picture of @width × @height with its ground from @horizon down. */
typedef struct
{
  cairo_t     *cr;
  double       width;
  double       height;
  double       horizon;
  BallastLight light;
  BallastDice *dice;
} BallastScenery;

BallastLight    ballast_scenery_choose_light (BallastDice          *dice);

/* The film that goes with @light. */
BallastDarkroom ballast_scenery_get_darkroom (BallastLight          light,
                                              BallastDice          *dice);

void ballast_scenery_draw_sky    (const BallastScenery *scenery);
void ballast_scenery_draw_hills  (const BallastScenery *scenery);
void ballast_scenery_draw_grass  (const BallastScenery *scenery);

/* A tree with its foot at (@x, @y). */
void ballast_scenery_draw_tree   (const BallastScenery *scenery,
                                  double                x,
                                  double                y,
                                  double                size);
/* A front of a house that stands on @y. */
void ballast_scenery_draw_house  (const BallastScenery *scenery,
                                  double                x,
                                  double                y,
                                  double                width,
                                  double                height);
/* A row of houses across the picture, up to @tallest of its height, standing on the horizon. */
void ballast_scenery_draw_houses (const BallastScenery *scenery,
                                  double                tallest);
/* A road that runs away from the viewer to a point on the horizon. */
void ballast_scenery_draw_road   (const BallastScenery *scenery);

/* One of several whole backgrounds for something that stands in front. */
void ballast_scenery_draw_place  (const BallastScenery *scenery);

G_END_DECLS
