#pragma once

#include "ballast-sample-canvas.h"

G_BEGIN_DECLS

/* The kinds of traffic signs, commonest first. */
typedef enum
{
  BALLAST_SIGN_SPEED_50,
  BALLAST_SIGN_YIELD,
  BALLAST_SIGN_SPEED_30,
  BALLAST_SIGN_STOP,
  BALLAST_SIGN_PEDESTRIANS,
  BALLAST_SIGN_NO_ENTRY,
  BALLAST_SIGN_TURN_RIGHT,
  BALLAST_SIGN_TURN_LEFT,
  BALLAST_N_SIGNS,
} BallastSign;

/* (transfer none): "speed-50" …: the class's name. */
const char      *ballast_sign_get_name  (BallastSign  sign);

/* (transfer full): a square surface with the sign seen straight on, as worn and lit as @dice say. */
cairo_surface_t *ballast_sign_draw_face (BallastSign  sign,
                                         BallastDice *dice);

G_END_DECLS
