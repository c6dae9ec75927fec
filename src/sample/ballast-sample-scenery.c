/*
 * Skies, hills, trees, houses and roads.
 *
 * They end up blurred behind a sign or small behind a street, so they are made of colour and
 * variety rather than of detail.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-scenery.h"

#include <math.h>

typedef struct
{
  double top[3];
  double bottom[3];
  double cloud;      /* how many */
  double cloud_white;
} Sky;

static const Sky skies[BALLAST_N_LIGHTS] = {
  [BALLAST_LIGHT_SUNNY] = { { 0.25, 0.51, 0.86 }, { 0.74, 0.87, 0.97 }, 5, 1.0 },
  [BALLAST_LIGHT_OVERCAST] = { { 0.62, 0.66, 0.70 }, { 0.83, 0.85, 0.86 }, 9, 0.93 },
  [BALLAST_LIGHT_GOLDEN] = { { 0.42, 0.56, 0.78 }, { 0.99, 0.80, 0.55 }, 5, 0.98 },
  [BALLAST_LIGHT_DUSK] = { { 0.20, 0.25, 0.45 }, { 0.80, 0.56, 0.52 }, 4, 0.72 },
};

BallastLight
ballast_scenery_choose_light (BallastDice *dice)
{
  double draw = ballast_dice_range (dice, 0, 1);

  if (draw < 0.42)
    return BALLAST_LIGHT_SUNNY;
  if (draw < 0.74)
    return BALLAST_LIGHT_OVERCAST;

  return draw < 0.90 ? BALLAST_LIGHT_GOLDEN : BALLAST_LIGHT_DUSK;
}

BallastDarkroom
ballast_scenery_get_darkroom (BallastLight light,
                              BallastDice *dice)
{
  static const BallastDarkroom films[BALLAST_N_LIGHTS] = {
    [BALLAST_LIGHT_SUNNY] = { 1.04, 0.01, 1.08, 1.02, 0.22, 0.00, 2.6 },
    [BALLAST_LIGHT_OVERCAST] = { 0.94, -0.02, 0.94, 0.84, 0.20, 0.04, 3.0 },
    [BALLAST_LIGHT_GOLDEN] = { 0.98, 0.09, 1.04, 1.00, 0.28, 0.03, 3.4 },
    [BALLAST_LIGHT_DUSK] = { 0.74, -0.05, 1.02, 0.80, 0.30, 0.01, 4.6 },
  };
  BallastDarkroom film = films[light];

  film.exposure *= ballast_dice_range (dice, 0.86, 1.14);
  film.warmth += ballast_dice_range (dice, -0.03, 0.03);
  film.contrast *= ballast_dice_range (dice, 0.92, 1.08);
  film.haze += ballast_dice_chance (dice, 0.12) ? ballast_dice_range (dice, 0.08, 0.2) : 0;
  film.noise *= ballast_dice_range (dice, 0.6, 1.7);
  return film;
}

static void
draw_cloud (const BallastScenery *scenery,
            double                white)
{
  BallastDice *dice = scenery->dice;
  double x = ballast_dice_range (dice, 0, scenery->width);
  double y = ballast_dice_range (dice, 0, scenery->horizon * 0.8);
  double size = scenery->width * ballast_dice_range (dice, 0.06, 0.18);

  for (int i = 0; i < 7; i++)
    {
      double cx = x + ballast_dice_range (dice, -1.2, 1.2) * size;
      double cy = y + ballast_dice_range (dice, -0.22, 0.22) * size;
      double radius = size * ballast_dice_range (dice, 0.3, 0.62);
      cairo_pattern_t *puff = cairo_pattern_create_radial (cx, cy, radius * 0.1, cx, cy, radius);

      cairo_pattern_add_color_stop_rgba (puff, 0, white, white, white, 0.5);
      cairo_pattern_add_color_stop_rgba (puff, 1, white, white, white, 0);
      cairo_set_source (scenery->cr, puff);
      cairo_rectangle (scenery->cr, cx - radius, cy - radius, 2 * radius, 2 * radius);
      cairo_fill (scenery->cr);
      cairo_pattern_destroy (puff);
    }
}

void
ballast_scenery_draw_sky (const BallastScenery *scenery)
{
  const Sky *sky = &skies[scenery->light];
  cairo_pattern_t *air = cairo_pattern_create_linear (0, 0, 0, scenery->horizon);
  int n_clouds = (int) (sky->cloud * ballast_dice_range (scenery->dice, 0.2, 1.3));

  cairo_pattern_add_color_stop_rgb (air, 0, sky->top[0], sky->top[1], sky->top[2]);
  cairo_pattern_add_color_stop_rgb (air, 1, sky->bottom[0], sky->bottom[1], sky->bottom[2]);
  cairo_set_source (scenery->cr, air);
  cairo_paint (scenery->cr);
  cairo_pattern_destroy (air);
  for (int i = 0; i < n_clouds; i++)
    draw_cloud (scenery, sky->cloud_white);
}

void
ballast_scenery_draw_hills (const BallastScenery *scenery)
{
  BallastDice *dice = scenery->dice;

  for (int ridge = 0; ridge < 2; ridge++)
    {
      double base = scenery->horizon - scenery->height * (0.10 - 0.06 * ridge);
      double phase = ballast_dice_range (dice, 0, 6.28), wave = ballast_dice_range (dice, 1.5, 4.5);
      double high = scenery->height * ballast_dice_range (dice, 0.02, 0.06);

      ballast_canvas_set_hsv (scenery->cr, ridge == 0 ? 205 : ballast_dice_range (dice, 95, 140),
                              ridge == 0 ? 0.22 : 0.38, ridge == 0 ? 0.66 : 0.46, 1);
      cairo_move_to (scenery->cr, 0, scenery->height);
      for (double x = 0; x <= scenery->width; x += 6)
        cairo_line_to (scenery->cr, x, base + high * sin (phase + wave * x / scenery->width)
                       + high * 0.4 * sin (2.7 * phase + 3.1 * wave * x / scenery->width));
      cairo_line_to (scenery->cr, scenery->width, scenery->height);
      cairo_fill (scenery->cr);
    }
}

void
ballast_scenery_draw_grass (const BallastScenery *scenery)
{
  cairo_pattern_t *fade = cairo_pattern_create_linear (0, scenery->horizon, 0, scenery->height);
  double tint = ballast_dice_range (scenery->dice, -0.05, 0.08);

  cairo_pattern_add_color_stop_rgb (fade, 0, 0.46 + tint, 0.56, 0.32);
  cairo_pattern_add_color_stop_rgb (fade, 1, 0.26 + tint, 0.38, 0.17);
  cairo_set_source (scenery->cr, fade);
  cairo_rectangle (scenery->cr, 0, scenery->horizon, scenery->width, scenery->height - scenery->horizon);
  cairo_fill (scenery->cr);
  cairo_pattern_destroy (fade);

  for (int i = 0; i < 90; i++)
    {
      double y = ballast_dice_range (scenery->dice, scenery->horizon, scenery->height);
      double near = (y - scenery->horizon) / MAX (scenery->height - scenery->horizon, 1);

      ballast_canvas_set_hsv (scenery->cr, ballast_dice_range (scenery->dice, 70, 115), 0.5,
                              ballast_dice_range (scenery->dice, 0.22, 0.6), 0.4);
      cairo_arc (scenery->cr, ballast_dice_range (scenery->dice, 0, scenery->width), y, 1 + 3 * near, 0, 2 * G_PI);
      cairo_fill (scenery->cr);
    }
}

/* Leaves in four layers, darkest first, each shifted towards the light. */
static void
draw_crown (const BallastScenery *scenery,
            double                x,
            double                y,
            double                radius,
            double                hue)
{
  BallastDice *dice = scenery->dice;

  for (int layer = 0; layer < 4; layer++)
    for (int i = 0; i < 16; i++)
      {
        double angle = ballast_dice_range (dice, 0, 2 * G_PI);
        double far = radius * sqrt (ballast_dice_range (dice, 0, 1)) * (1 - 0.13 * layer);
        double leaf = radius * ballast_dice_range (dice, 0.14, 0.34) * (1 - 0.15 * layer);

        ballast_canvas_set_hsv (scenery->cr, hue + ballast_dice_range (dice, -12, 8), 0.55 - 0.05 * layer,
                                0.20 + 0.11 * layer + ballast_dice_range (dice, 0, 0.06), 0.9);
        cairo_arc (scenery->cr, x + far * cos (angle) - 0.06 * radius * layer,
                   y + 0.85 * far * sin (angle) - 0.09 * radius * layer, leaf, 0, 2 * G_PI);
        cairo_fill (scenery->cr);
      }
}

void
ballast_scenery_draw_tree (const BallastScenery *scenery,
                           double                x,
                           double                y,
                           double                size)
{
  double trunk = size * 0.055;
  double hue = ballast_dice_chance (scenery->dice, 0.15) ? ballast_dice_range (scenery->dice, 30, 55)
                                                         : ballast_dice_range (scenery->dice, 82, 128);

  cairo_set_source_rgb (scenery->cr, 0.25, 0.19, 0.14);
  cairo_move_to (scenery->cr, x - trunk, y);
  cairo_line_to (scenery->cr, x - trunk * 0.6, y - size * 0.6);
  cairo_line_to (scenery->cr, x + trunk * 0.6, y - size * 0.6);
  cairo_line_to (scenery->cr, x + trunk, y);
  cairo_fill (scenery->cr);
  draw_crown (scenery, x, y - size * 0.64, size * 0.36, hue);
}

static void
draw_windows (const BallastScenery *scenery,
              double                x,
              double                y,
              double                width,
              double                height)
{
  int columns = CLAMP ((int) (width / (scenery->width * 0.055)), 2, 7);
  int rows = CLAMP ((int) (height / (scenery->height * 0.10)), 2, 8);
  double cell_x = width / columns, cell_y = height / rows;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        double left = x + cell_x * (column + 0.26), top = y + cell_y * (row + 0.22);
        gboolean lit = scenery->light == BALLAST_LIGHT_DUSK && ballast_dice_chance (scenery->dice, 0.5);
        double glass = ballast_dice_range (scenery->dice, 0.22, 0.46);

        cairo_set_source_rgb (scenery->cr, 0.92, 0.91, 0.88);
        cairo_rectangle (scenery->cr, left - 1, top - 1, cell_x * 0.48 + 2, cell_y * 0.56 + 2);
        cairo_fill (scenery->cr);
        if (lit)
          cairo_set_source_rgb (scenery->cr, 1.0, 0.86, 0.52);
        else
          cairo_set_source_rgb (scenery->cr, glass * 0.8, glass * 0.95, glass * 1.12);
        cairo_rectangle (scenery->cr, left, top, cell_x * 0.48, cell_y * 0.56);
        cairo_fill (scenery->cr);
      }
}

static void
draw_roof (const BallastScenery *scenery,
           double                x,
           double                top,
           double                width)
{
  double rise = width * ballast_dice_range (scenery->dice, 0.16, 0.34);

  ballast_canvas_set_hsv (scenery->cr, ballast_dice_range (scenery->dice, 5, 24), 0.45,
                          ballast_dice_range (scenery->dice, 0.32, 0.55), 1);
  cairo_move_to (scenery->cr, x - width * 0.05, top);
  cairo_line_to (scenery->cr, x + width * 0.16, top - rise);
  cairo_line_to (scenery->cr, x + width * 0.84, top - rise);
  cairo_line_to (scenery->cr, x + width * 1.05, top);
  cairo_fill (scenery->cr);
}

void
ballast_scenery_draw_house (const BallastScenery *scenery,
                            double                x,
                            double                y,
                            double                width,
                            double                height)
{
  BallastDice *dice = scenery->dice;
  double hue = ballast_dice_range (dice, 12, 52);
  double saturation = ballast_dice_range (dice, 0.06, 0.42), value = ballast_dice_range (dice, 0.62, 0.94);
  cairo_pattern_t *shade = cairo_pattern_create_linear (x, 0, x + width, 0);

  ballast_canvas_set_hsv (scenery->cr, hue, saturation, value, 1);
  cairo_rectangle (scenery->cr, x, y - height, width, height);
  cairo_fill (scenery->cr);
  cairo_pattern_add_color_stop_rgba (shade, 0, 1, 1, 1, 0.10);
  cairo_pattern_add_color_stop_rgba (shade, 1, 0, 0, 0, 0.22);
  cairo_set_source (scenery->cr, shade);
  cairo_rectangle (scenery->cr, x, y - height, width, height);
  cairo_fill (scenery->cr);
  cairo_pattern_destroy (shade);

  draw_windows (scenery, x, y - height, width, height * 0.86);
  draw_roof (scenery, x, y - height, width);
}

void
ballast_scenery_draw_road (const BallastScenery *scenery)
{
  cairo_t *cr = scenery->cr;
  double vanish = scenery->width * ballast_dice_range (scenery->dice, 0.2, 0.8);
  double left = scenery->width * ballast_dice_range (scenery->dice, -0.5, 0.1);
  double right = scenery->width * ballast_dice_range (scenery->dice, 0.9, 1.5);
  double grey = ballast_dice_range (scenery->dice, 0.33, 0.48);
  double middle = (left + right) / 2;

  cairo_set_source_rgb (cr, grey, grey, grey * 1.03);
  cairo_move_to (cr, vanish - 2, scenery->horizon);
  cairo_line_to (cr, vanish + 2, scenery->horizon);
  cairo_line_to (cr, right, scenery->height);
  cairo_line_to (cr, left, scenery->height);
  cairo_fill (cr);

  cairo_set_source_rgb (cr, 0.90, 0.90, 0.86);
  for (double near = 0.05; near < 1; near = near * 1.5 + 0.02)
    {
      double far = near * 1.2;
      double y0 = scenery->horizon + (scenery->height - scenery->horizon) * near;
      double y1 = scenery->horizon + (scenery->height - scenery->horizon) * far;

      cairo_move_to (cr, vanish + (middle - vanish) * near - 4 * near, y0);
      cairo_line_to (cr, vanish + (middle - vanish) * near + 4 * near, y0);
      cairo_line_to (cr, vanish + (middle - vanish) * far + 4 * far, y1);
      cairo_line_to (cr, vanish + (middle - vanish) * far - 4 * far, y1);
      cairo_fill (cr);
    }
}

void
ballast_scenery_draw_houses (const BallastScenery *scenery,
                             double                tallest)
{
  BallastDice *dice = scenery->dice;
  double x = -scenery->width * ballast_dice_range (dice, 0, 0.2);

  while (x < scenery->width)
    {
      double width = scenery->width * ballast_dice_range (dice, 0.18, 0.42);
      double height = scenery->height * ballast_dice_range (dice, 0.45 * tallest, tallest);

      ballast_scenery_draw_house (scenery, x, scenery->horizon + scenery->height * 0.03, width, height);
      x += width * ballast_dice_range (dice, 1.0, 1.35);
    }
}

static void
draw_row_of_trees (const BallastScenery *scenery,
                   int                   n)
{
  for (int i = 0; i < n; i++)
    ballast_scenery_draw_tree (scenery, ballast_dice_range (scenery->dice, -0.1, 1.1) * scenery->width,
                               scenery->horizon + scenery->height * ballast_dice_range (scenery->dice, 0.01, 0.1),
                               scenery->height * ballast_dice_range (scenery->dice, 0.3, 0.85));
}

void
ballast_scenery_draw_place (const BallastScenery *scenery)
{
  guint place = ballast_dice_below (scenery->dice, 4);

  ballast_scenery_draw_sky (scenery);
  if (place != 1)
    ballast_scenery_draw_hills (scenery);
  if (place == 1)
    ballast_scenery_draw_houses (scenery, 0.62);
  if (place == 2)
    ballast_scenery_draw_houses (scenery, 0.32);
  ballast_scenery_draw_grass (scenery);
  if (place != 3 || ballast_dice_chance (scenery->dice, 0.5))
    ballast_scenery_draw_road (scenery);
  draw_row_of_trees (scenery, place == 3 ? 9 : place == 0 ? 5 : 2);
}
