/*
 * Cars, buses and bicycles from the side.
 *
 * Each is drawn into the unit square, x to the front and y downwards, and fills it: so the box in
 * the annotations is the square's image, to the pixel.  Light comes from above.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-vehicles.h"

#include <math.h>

/* A drawing in the unit square; @aspect is width over height on the picture. */
typedef struct
{
  cairo_t     *cr;
  double       aspect;
  BallastDice *dice;
  gboolean     lamps; /* it is dark enough for lights */
} Sketch;

static const struct
{
  const char *name;
  double      length[2]; /* least and most, metres */
  double      height[2];
} models[BALLAST_N_VEHICLES] = {
  [BALLAST_VEHICLE_CAR] = { "car", { 3.7, 4.7 }, { 1.42, 1.62 } },
  [BALLAST_VEHICLE_BICYCLE] = { "bicycle", { 1.75, 1.9 }, { 1.65, 1.8 } },
  [BALLAST_VEHICLE_BUS] = { "bus", { 9.0, 10.5 }, { 2.9, 3.2 } },
};

const char *
ballast_vehicle_get_name (BallastVehicle vehicle)
{
  return models[vehicle].name;
}

void
ballast_vehicle_get_size (BallastVehicle vehicle,
                          BallastDice   *dice,
                          double        *length,
                          double        *height)
{
  *length = ballast_dice_range (dice, models[vehicle].length[0], models[vehicle].length[1]);
  *height = ballast_dice_range (dice, models[vehicle].height[0], models[vehicle].height[1]);
}

/* A circle on the picture: an ellipse in the unit square.  @radius is a share of the height. */
static void
path_circle (const Sketch *sketch,
             double        x,
             double        y,
             double        radius)
{
  cairo_save (sketch->cr);
  cairo_translate (sketch->cr, x, y);
  cairo_scale (sketch->cr, 1 / sketch->aspect, 1);
  cairo_new_sub_path (sketch->cr);
  cairo_arc (sketch->cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_restore (sketch->cr);
}

static void
draw_wheel (const Sketch *sketch,
            double        x,
            double        radius)
{
  static const double rings[][2] = { { 1, 0.07 }, { 0.64, 0.62 }, { 0.52, 0.42 }, { 0.2, 0.75 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      cairo_set_source_rgb (sketch->cr, rings[i][1], rings[i][1], rings[i][1] * 1.04);
      path_circle (sketch, x, 1 - radius, radius * rings[i][0]);
      cairo_fill (sketch->cr);
    }
}

/* Paints the current path as sheet metal: bright above, dark below, a line of sky in between. */
static void
fill_metal (const Sketch *sketch,
            double        hue,
            double        saturation,
            double        value)
{
  static const double shades[][3] = { { 0, 0.35, 0 }, { 0.36, 0.05, 0 }, { 0.42, 0.28, 0 }, { 0.52, 0, 0.02 },
                                      { 1, 0, 0.5 } };
  cairo_pattern_t *light = cairo_pattern_create_linear (0, 0, 0, 1);

  ballast_canvas_set_hsv (sketch->cr, hue, saturation, value, 1);
  cairo_fill_preserve (sketch->cr);
  for (gsize i = 0; i < G_N_ELEMENTS (shades); i++)
    {
      gboolean white = shades[i][1] > 0;

      cairo_pattern_add_color_stop_rgba (light, shades[i][0], white, white, white, white ? shades[i][1] : shades[i][2]);
    }
  cairo_set_source (sketch->cr, light);
  cairo_fill (sketch->cr);
  cairo_pattern_destroy (light);
}

static void
fill_glass (const Sketch *sketch,
            double        top,
            double        bottom)
{
  cairo_pattern_t *glass = cairo_pattern_create_linear (0, top, 0.04, bottom);

  cairo_pattern_add_color_stop_rgb (glass, 0, 0.52, 0.63, 0.72);
  cairo_pattern_add_color_stop_rgb (glass, 0.45, 0.22, 0.27, 0.32);
  cairo_pattern_add_color_stop_rgb (glass, 1, 0.12, 0.14, 0.17);
  cairo_set_source (sketch->cr, glass);
  cairo_fill (sketch->cr);
  cairo_pattern_destroy (glass);
}

static void
draw_lamp (const Sketch *sketch,
           double        x,
           double        y,
           gboolean      front)
{
  if (front)
    cairo_set_source_rgb (sketch->cr, 0.98, 0.95, 0.80);
  else
    cairo_set_source_rgb (sketch->cr, 0.78, 0.10, 0.08);
  path_circle (sketch, x, y, 0.045);
  cairo_fill (sketch->cr);
  if (!sketch->lamps)
    return;

  cairo_set_source_rgba (sketch->cr, 1, front ? 0.92 : 0.2, front ? 0.6 : 0.15, 0.28);
  path_circle (sketch, x, y, 0.13);
  cairo_fill (sketch->cr);
}

typedef struct
{
  double hood;    /* where the windscreen's foot is */
  double roof[2]; /* front and back end */
  double tail;    /* height of the tail */
} CarShape;

/* Saloon, hatchback, van-like. */
static const CarShape car_shapes[] = {
  { 0.70, { 0.56, 0.30 }, 0.44 },
  { 0.72, { 0.58, 0.16 }, 0.38 },
  { 0.80, { 0.70, 0.10 }, 0.30 },
};

static void
path_car (cairo_t        *cr,
          const CarShape *shape)
{
  double tail_x = MIN (shape->roof[1] - 0.08, 0.16);

  cairo_move_to (cr, 0.02, 0.84);
  cairo_curve_to (cr, -0.01, 0.74, 0.0, 0.56, 0.015, shape->tail + 0.06);
  cairo_curve_to (cr, 0.02, shape->tail, 0.05, shape->tail - 0.02, MAX (tail_x, 0.07), shape->tail - 0.02);
  cairo_curve_to (cr, shape->roof[1] - 0.05, 0.10, shape->roof[1] - 0.02, 0, shape->roof[1] + 0.06, 0);
  cairo_curve_to (cr, shape->roof[0] - 0.1, -0.0, shape->roof[0] - 0.02, 0.02, shape->roof[0] + 0.02, 0.07);
  cairo_line_to (cr, shape->hood, 0.42);
  cairo_curve_to (cr, 0.86, 0.44, 0.97, 0.48, 0.985, 0.58);
  cairo_curve_to (cr, 1.0, 0.64, 1.003, 0.78, 0.98, 0.84);
  cairo_close_path (cr);
}

static void
draw_car_windows (const Sketch   *sketch,
                  const CarShape *shape)
{
  cairo_t *cr = sketch->cr;
  double back = shape->roof[1] + 0.035, front = shape->roof[0] - 0.005, middle = (back + front) / 2 + 0.03;

  cairo_move_to (cr, back - 0.055, 0.39);
  cairo_line_to (cr, back + 0.015, 0.10);
  cairo_line_to (cr, middle - 0.012, 0.075);
  cairo_line_to (cr, middle - 0.012, 0.40);
  cairo_close_path (cr);
  cairo_move_to (cr, middle + 0.012, 0.075);
  cairo_line_to (cr, front, 0.11);
  cairo_line_to (cr, shape->hood - 0.045, 0.40);
  cairo_line_to (cr, middle + 0.012, 0.40);
  cairo_close_path (cr);
  fill_glass (sketch, 0.05, 0.42);

  cairo_set_source_rgba (cr, 0, 0, 0, 0.34);
  cairo_set_line_width (cr, 0.006);
  cairo_move_to (cr, middle, 0.42);
  cairo_line_to (cr, middle + 0.005, 0.82);
  cairo_move_to (cr, shape->hood - 0.03, 0.44);
  cairo_line_to (cr, shape->hood - 0.05, 0.80);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.5);
  cairo_rectangle (cr, middle - 0.07, 0.50, 0.045, 0.03);
  cairo_fill (cr);
}

static void
draw_car (const Sketch *sketch)
{
  static const double paints[][3] = { { 0, 0.0, 0.93 }, { 0, 0.0, 0.16 }, { 210, 0.06, 0.62 }, { 215, 0.70, 0.55 },
                                      { 355, 0.82, 0.70 }, { 210, 0.10, 0.82 }, { 30, 0.30, 0.70 }, { 150, 0.45, 0.36 },
                                      { 45, 0.85, 0.88 }, { 195, 0.55, 0.72 } };
  const CarShape *shape = &car_shapes[ballast_dice_below (sketch->dice, G_N_ELEMENTS (car_shapes))];
  const double *paint = paints[ballast_dice_below (sketch->dice, G_N_ELEMENTS (paints))];
  double wheels[2] = { 0.20, 0.80 };

  path_car (sketch->cr, shape);
  fill_metal (sketch, paint[0], paint[1], paint[2]);
  draw_car_windows (sketch, shape);
  cairo_set_source_rgb (sketch->cr, 0.13, 0.13, 0.14);
  cairo_rectangle (sketch->cr, 0.025, 0.80, 0.95, 0.06);
  cairo_fill (sketch->cr);
  for (int i = 0; i < 2; i++)
    {
      cairo_set_source_rgb (sketch->cr, 0.05, 0.05, 0.06);
      path_circle (sketch, wheels[i], 0.79, 0.235);
      cairo_fill (sketch->cr);
      draw_wheel (sketch, wheels[i], 0.205);
    }
  draw_lamp (sketch, 0.965, 0.60, TRUE);
  draw_lamp (sketch, 0.028, 0.54, FALSE);
}

static void
draw_bus_windows (const Sketch *sketch)
{
  cairo_t *cr = sketch->cr;
  int n = 6;

  cairo_rectangle (cr, 0.02, 0.14, 0.95, 0.36);
  cairo_set_source_rgb (cr, 0.10, 0.11, 0.13);
  cairo_fill (cr);
  for (int i = 0; i < n; i++)
    {
      double x = 0.03 + 0.93 * i / n;

      cairo_rectangle (cr, x, 0.17, 0.93 / n - 0.014, 0.30);
      fill_glass (sketch, 0.15, 0.5);
      if (sketch->lamps)
        {
          cairo_set_source_rgba (cr, 1, 0.88, 0.55, 0.55);
          cairo_rectangle (cr, x, 0.17, 0.93 / n - 0.014, 0.30);
          cairo_fill (cr);
        }
    }
  for (int i = 0; i < 2; i++)
    {
      double x = i == 0 ? 0.865 : 0.42;

      cairo_rectangle (cr, x, 0.16, 0.075, 0.66);
      cairo_set_source_rgb (cr, 0.18, 0.19, 0.21);
      cairo_fill (cr);
      cairo_rectangle (cr, x + 0.006, 0.19, 0.029, 0.58);
      cairo_rectangle (cr, x + 0.04, 0.19, 0.029, 0.58);
      fill_glass (sketch, 0.15, 0.8);
    }
}

static void
draw_bus (const Sketch *sketch)
{
  static const double paints[][3] = { { 0, 0.80, 0.72 }, { 45, 0.80, 0.90 }, { 205, 0.70, 0.62 }, { 140, 0.60, 0.48 } };
  const double *paint = paints[ballast_dice_below (sketch->dice, G_N_ELEMENTS (paints))];
  cairo_t *cr = sketch->cr;

  cairo_move_to (cr, 0, 0.88);
  cairo_line_to (cr, 0, 0.06);
  cairo_curve_to (cr, 0, 0.02, 0.005, 0, 0.02, 0);
  cairo_line_to (cr, 0.965, 0);
  cairo_curve_to (cr, 0.985, 0.0, 0.99, 0.04, 0.992, 0.10);
  cairo_line_to (cr, 1, 0.60);
  cairo_line_to (cr, 1, 0.88);
  cairo_close_path (cr);
  fill_metal (sketch, paint[0], paint[1], paint[2]);
  draw_bus_windows (sketch);

  cairo_set_source_rgb (cr, 0.95, 0.95, 0.93);
  cairo_rectangle (cr, 0, 0.60, 0.40, 0.035);
  cairo_rectangle (cr, 0.515, 0.60, 0.345, 0.035);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.98, 0.72, 0.12);
  cairo_rectangle (cr, 0.70, 0.05, 0.22, 0.06);
  cairo_fill (cr);
  for (int i = 0; i < 2; i++)
    {
      double x = i == 0 ? 0.17 : 0.74;

      cairo_set_source_rgb (cr, 0.06, 0.06, 0.07);
      path_circle (sketch, x, 0.85, 0.165);
      cairo_fill (cr);
      draw_wheel (sketch, x, 0.15);
    }
  draw_lamp (sketch, 0.985, 0.78, TRUE);
  draw_lamp (sketch, 0.012, 0.74, FALSE);
}

static void
stroke_line (const Sketch *sketch,
             const double (*points)[2],
             gsize         n,
             double        width)
{
  for (gsize i = 0; i < n; i++)
    cairo_line_to (sketch->cr, points[i][0], points[i][1]);

  /* The pen is round on the picture, not in the square. */
  cairo_save (sketch->cr);
  cairo_scale (sketch->cr, 1 / sketch->aspect, 1);
  cairo_set_line_width (sketch->cr, width);
  cairo_stroke (sketch->cr);
  cairo_restore (sketch->cr);
}

static void
draw_bicycle_wheel (const Sketch *sketch,
                    double        x,
                    double        radius)
{
  cairo_t *cr = sketch->cr;

  cairo_save (cr);
  cairo_translate (cr, x, 1 - radius);
  cairo_scale (cr, 1 / sketch->aspect, 1);
  cairo_set_source_rgba (cr, 0.75, 0.76, 0.78, 0.5);
  cairo_set_line_width (cr, 0.006);
  for (int i = 0; i < 9; i++)
    {
      double angle = i * G_PI / 9;

      cairo_move_to (cr, -radius * cos (angle), -radius * sin (angle));
      cairo_line_to (cr, radius * cos (angle), radius * sin (angle));
    }
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.08, 0.08, 0.09);
  cairo_set_line_width (cr, 0.032);
  cairo_arc (cr, 0, 0, radius - 0.016, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_rider (const Sketch *sketch)
{
  static const double leg[][2] = { { 0.36, 0.44 }, { 0.55, 0.58 }, { 0.47, 0.82 } };
  static const double back_leg[][2] = { { 0.36, 0.44 }, { 0.50, 0.62 }, { 0.40, 0.74 } };
  static const double trunk[][2] = { { 0.36, 0.42 }, { 0.53, 0.20 } };
  static const double arm[][2] = { { 0.53, 0.21 }, { 0.62, 0.34 }, { 0.73, 0.41 } };
  double hue = ballast_dice_range (sketch->dice, 0, 360);
  cairo_t *cr = sketch->cr;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgb (cr, 0.12, 0.14, 0.22);
  stroke_line (sketch, back_leg, G_N_ELEMENTS (back_leg), 0.06);
  cairo_set_source_rgb (cr, 0.18, 0.21, 0.33);
  stroke_line (sketch, leg, G_N_ELEMENTS (leg), 0.075);
  ballast_canvas_set_hsv (cr, hue, 0.65, 0.72, 1);
  stroke_line (sketch, trunk, G_N_ELEMENTS (trunk), 0.135);
  ballast_canvas_set_hsv (cr, hue, 0.65, 0.58, 1);
  stroke_line (sketch, arm, G_N_ELEMENTS (arm), 0.05);
  cairo_set_source_rgb (cr, 0.80, 0.60, 0.48);
  path_circle (sketch, 0.585, 0.095, 0.062);
  cairo_fill (cr);
  ballast_canvas_set_hsv (cr, hue + 120, 0.4, 0.3, 1);
  cairo_save (cr);
  cairo_translate (cr, 0.578, 0.08);
  cairo_scale (cr, 1 / sketch->aspect, 1);
  cairo_arc (cr, 0, 0, 0.08, G_PI, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
}

static void
draw_bicycle (const Sketch *sketch)
{
  static const double frame[][2] = { { 0.20, 0.80 }, { 0.38, 0.55 }, { 0.70, 0.52 }, { 0.47, 0.80 }, { 0.20, 0.80 } };
  static const double seat_post[][2] = { { 0.47, 0.80 }, { 0.36, 0.48 } };
  static const double fork[][2] = { { 0.80, 0.80 }, { 0.69, 0.46 }, { 0.74, 0.42 } };
  double radius = MIN (0.2, 0.2 * sketch->aspect);
  double hub = radius / sketch->aspect;

  draw_bicycle_wheel (sketch, hub, radius);
  draw_bicycle_wheel (sketch, 1 - hub, radius);
  cairo_set_line_cap (sketch->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (sketch->cr, CAIRO_LINE_JOIN_ROUND);
  ballast_canvas_set_hsv (sketch->cr, ballast_dice_range (sketch->dice, 0, 360), 0.7, 0.62, 1);
  stroke_line (sketch, frame, G_N_ELEMENTS (frame), 0.026);
  stroke_line (sketch, seat_post, G_N_ELEMENTS (seat_post), 0.026);
  stroke_line (sketch, fork, G_N_ELEMENTS (fork), 0.026);
  draw_rider (sketch);
}

static void
draw_shadow (const BallastVehiclePlace *place,
             const BallastScenery      *scenery)
{
  double depth = scenery->light == BALLAST_LIGHT_OVERCAST ? 0.28 : 0.45;
  double bottom = place->y + place->height;

  cairo_save (scenery->cr);
  cairo_translate (scenery->cr, place->x + place->width / 2, bottom - place->height * 0.02);
  cairo_scale (scenery->cr, place->width * 0.5, place->height * 0.075);
  for (int i = 0; i < 4; i++)
    {
      cairo_set_source_rgba (scenery->cr, 0.02, 0.02, 0.03, depth / 3);
      cairo_arc (scenery->cr, 0, 0, 1.02 - 0.10 * i, 0, 2 * G_PI);
      cairo_fill (scenery->cr);
    }
  cairo_restore (scenery->cr);
}

void
ballast_vehicle_draw (const BallastVehiclePlace *place,
                      const BallastScenery      *scenery)
{
  const Sketch sketch = { scenery->cr, place->width / place->height, scenery->dice,
                          scenery->light == BALLAST_LIGHT_DUSK };

  draw_shadow (place, scenery);
  cairo_save (scenery->cr);
  cairo_translate (scenery->cr, place->x + (place->leftwards ? place->width : 0), place->y);
  cairo_scale (scenery->cr, place->leftwards ? -place->width : place->width, place->height);
  cairo_new_path (scenery->cr);
  if (place->vehicle == BALLAST_VEHICLE_CAR)
    draw_car (&sketch);
  else if (place->vehicle == BALLAST_VEHICLE_BUS)
    draw_bus (&sketch);
  else
    draw_bicycle (&sketch);
  cairo_restore (scenery->cr);
}
