#pragma once

#include <ballast-raster.h>
#include <cairo.h>

#include "ballast-sample-dice.h"

G_BEGIN_DECLS

/*
 * A cairo surface treated like a photograph: blur, perspective, light, lens and sensor.
 * Surfaces are ARGB32.
 */
typedef struct
{
  double exposure;    /* gain, 1: as drawn */
  double warmth;      /* above 0: redder, below: bluer */
  double contrast;    /* 1: as drawn */
  double saturation;  /* 1: as drawn */
  double vignette;    /* loss of light in the corners, 0 … 1 */
  double haze;        /* share of a light grey */
  double noise;       /* standard deviation, in levels of 255 */
} BallastDarkroom;

/* Three box blurs: close to a Gaussian of the same deviation.  O(pixels) for any @sigma. */
void           ballast_canvas_blur        (cairo_surface_t       *surface,
                                           double                 sigma);

/* Turns a square face of @face, its centre at the origin, by three angles (radians) and draws it
 * with its centre at (@x, @y), @size across.  @shade darkens it (0: black, 1: as it is). */
typedef struct
{
  double x;
  double y;
  double size;
  double yaw;
  double pitch;
  double roll;
  double shade;
} BallastPose;

void           ballast_canvas_draw_posed  (cairo_surface_t       *canvas,
                                           cairo_surface_t       *face,
                                           const BallastPose     *pose);

/* (transfer full): the surface as the camera wrote it, 8-bit RGB. */
BallastRaster *ballast_canvas_develop     (cairo_surface_t       *surface,
                                           const BallastDarkroom *darkroom,
                                           BallastDice           *dice);

void           ballast_canvas_set_hsv     (cairo_t               *cr,
                                           double                 hue,
                                           double                 saturation,
                                           double                 value,
                                           double                 alpha);

G_END_DECLS
