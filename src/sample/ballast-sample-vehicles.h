#pragma once

#include "ballast-sample-scenery.h"

G_BEGIN_DECLS

/* What drives in the street, commonest first. */
typedef enum
{
  BALLAST_VEHICLE_CAR,
  BALLAST_VEHICLE_BICYCLE,
  BALLAST_VEHICLE_BUS,
  BALLAST_N_VEHICLES,
} BallastVehicle;

/* A vehicle seen from the side: its drawing fills @x, @y, @width, @height exactly. */
typedef struct
{
  BallastVehicle vehicle;
  double         x;
  double         y;
  double         width;
  double         height;
  gboolean       leftwards;
} BallastVehiclePlace;

/* (transfer none): "car" … */
const char *ballast_vehicle_get_name  (BallastVehicle             vehicle);

/* Length and height of one of @vehicle's models, in metres. */
void        ballast_vehicle_get_size  (BallastVehicle             vehicle,
                                       BallastDice               *dice,
                                       double                    *length,
                                       double                    *height);

void        ballast_vehicle_draw      (const BallastVehiclePlace *place,
                                       const BallastScenery      *scenery);

G_END_DECLS
