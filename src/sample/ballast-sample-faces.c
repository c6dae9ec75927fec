/*
 * The faces of traffic signs, drawn straight on: the perspective comes later.
 *
 * Letters and digits are strokes of our own, since fonts differ between machines and the files
 * must not.  Coordinates run from -1 to 1, the outline touching ±0.94.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-faces.h"

#include <math.h>

#define FACE_SIDE 224
#define RIM 0.94

/* The paint of one sign: no two were made and weathered alike. */
typedef struct
{
  double red[3];
  double blue[3];
  double white[3];
  double black[3];
} Paint;

typedef void (*DrawFunc) (cairo_t     *cr,
                          const Paint *paint);

static void
set_paint (cairo_t     *cr,
           const double rgb[3])
{
  cairo_set_source_rgb (cr, rgb[0], rgb[1], rgb[2]);
}

static void
path_polygon (cairo_t *cr,
              int      n,
              double   radius,
              double   turn)
{
  cairo_new_path (cr);
  for (int i = 0; i < n; i++)
    cairo_line_to (cr, radius * cos (turn + i * 2 * G_PI / n), radius * sin (turn + i * 2 * G_PI / n));
  cairo_close_path (cr);
}

/* A triangle with round corners whose tip points up (@up 1) or down (-1). */
static void
path_triangle (cairo_t *cr,
               double   size,
               double   corner,
               double   up)
{
  cairo_new_path (cr);
  for (int i = 0; i < 3; i++)
    {
      double angle = -up * G_PI / 2 + i * 2 * G_PI / 3;

      cairo_arc (cr, size * cos (angle), size * sin (angle) + up * 0.2, corner, angle - G_PI / 3, angle + G_PI / 3);
    }
  cairo_close_path (cr);
}

static void
fill_disc (cairo_t     *cr,
           double       radius,
           const double rgb[3])
{
  set_paint (cr, rgb);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* Puts the path of @glyph into a cell 0.6 wide and 1 high, for a stroke of 0.18. */
static void
path_glyph (cairo_t *cr,
            char     glyph)
{
  switch (glyph)
    {
    case '0':
    case 'O':
      cairo_arc (cr, 0.3, 0.32, 0.2, G_PI, 2 * G_PI);
      cairo_arc (cr, 0.3, 0.68, 0.2, 0, G_PI);
      cairo_close_path (cr);
      break;
    case '3':
      cairo_arc (cr, 0.29, 0.305, 0.205, -0.86 * G_PI, 0.5 * G_PI);
      cairo_arc (cr, 0.29, 0.695, 0.205, -0.5 * G_PI, 0.86 * G_PI);
      break;
    case '5':
      cairo_move_to (cr, 0.49, 0.1);
      cairo_line_to (cr, 0.16, 0.1);
      cairo_arc (cr, 0.29, 0.665, 0.225, -0.74 * G_PI, 0.82 * G_PI);
      break;
    case 'S':
      cairo_arc_negative (cr, 0.3, 0.305, 0.205, -0.16 * G_PI, 0.5 * G_PI);
      cairo_arc (cr, 0.3, 0.695, 0.205, -0.5 * G_PI, 0.84 * G_PI);
      break;
    case 'T':
      cairo_move_to (cr, 0.03, 0.1);
      cairo_line_to (cr, 0.57, 0.1);
      cairo_move_to (cr, 0.3, 0.1);
      cairo_line_to (cr, 0.3, 1);
      break;
    case 'P':
    default:
      cairo_move_to (cr, 0.13, 1);
      cairo_line_to (cr, 0.13, 0.1);
      cairo_line_to (cr, 0.29, 0.1);
      cairo_arc (cr, 0.29, 0.32, 0.22, -0.5 * G_PI, 0.5 * G_PI);
      cairo_line_to (cr, 0.13, 0.54);
      break;
    }
}

/* Writes @text round the centre, @height high. */
static void
draw_text (cairo_t    *cr,
           const char *text,
           double      height)
{
  double cell = 0.72, n = 0;

  for (const char *c = text; *c != '\0'; c++)
    n++;

  cairo_save (cr);
  cairo_scale (cr, height * 0.92, height);
  cairo_translate (cr, -(n * cell - 0.12) / 2, -0.5);
  cairo_set_line_width (cr, 0.18);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_miter_limit (cr, 2);
  for (const char *c = text; *c != '\0'; c++)
    {
      cairo_new_path (cr);
      path_glyph (cr, *c);
      cairo_stroke (cr);
      cairo_translate (cr, cell, 0);
    }
  cairo_restore (cr);
}

static void
draw_limit (cairo_t     *cr,
            const Paint *paint,
            const char  *digits)
{
  fill_disc (cr, RIM, paint->white);
  fill_disc (cr, RIM - 0.03, paint->red);
  fill_disc (cr, RIM - 0.24, paint->white);
  set_paint (cr, paint->black);
  draw_text (cr, digits, 0.74);
}

static void
draw_speed_50 (cairo_t     *cr,
               const Paint *paint)
{
  draw_limit (cr, paint, "50");
}

static void
draw_speed_30 (cairo_t     *cr,
               const Paint *paint)
{
  draw_limit (cr, paint, "30");
}

static void
draw_yield (cairo_t     *cr,
            const Paint *paint)
{
  static const double sizes[] = { 0.98, 0.93, 0.56 };

  for (int i = 0; i < 3; i++)
    {
      set_paint (cr, i == 1 ? paint->red : paint->white);
      path_triangle (cr, sizes[i], i == 2 ? 0.03 : 0.08, -1);
      cairo_fill (cr);
    }
}

static void
draw_stop (cairo_t     *cr,
           const Paint *paint)
{
  set_paint (cr, paint->white);
  path_polygon (cr, 8, RIM + 0.04, G_PI / 8);
  cairo_fill (cr);
  set_paint (cr, paint->red);
  path_polygon (cr, 8, RIM - 0.03, G_PI / 8);
  cairo_fill (cr);
  set_paint (cr, paint->white);
  draw_text (cr, "STOP", 0.52);
}

static void
draw_no_entry (cairo_t     *cr,
               const Paint *paint)
{
  fill_disc (cr, RIM, paint->white);
  fill_disc (cr, RIM - 0.03, paint->red);
  set_paint (cr, paint->white);
  cairo_rectangle (cr, -0.66, -0.17, 1.32, 0.34);
  cairo_fill (cr);
}

static void
draw_turn (cairo_t     *cr,
           const Paint *paint,
           double       side)
{
  fill_disc (cr, RIM, paint->white);
  fill_disc (cr, RIM - 0.04, paint->blue);

  cairo_save (cr);
  cairo_scale (cr, side, 1);
  set_paint (cr, paint->white);
  cairo_set_line_width (cr, 0.24);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_move_to (cr, -0.26, 0.62);
  cairo_line_to (cr, -0.26, 0.12);
  cairo_arc (cr, 0.04, 0.12, 0.3, G_PI, 1.5 * G_PI);
  cairo_line_to (cr, 0.22, -0.18);
  cairo_stroke (cr);
  cairo_move_to (cr, 0.14, -0.56);
  cairo_line_to (cr, 0.62, -0.18);
  cairo_line_to (cr, 0.14, 0.20);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_turn_right (cairo_t     *cr,
                 const Paint *paint)
{
  draw_turn (cr, paint, 1);
}

static void
draw_turn_left (cairo_t     *cr,
                const Paint *paint)
{
  draw_turn (cr, paint, -1);
}

static void
path_strokes (cairo_t *cr,
              const double (*lines)[4],
              gsize    n)
{
  for (gsize i = 0; i < n; i++)
    {
      cairo_move_to (cr, lines[i][0], lines[i][1]);
      cairo_line_to (cr, lines[i][2], lines[i][3]);
    }
}

/* Somebody who walks over a crossing. */
static void
draw_walker (cairo_t *cr)
{
  static const double trunk[][4] = { { 0.02, -0.16, -0.01, 0.14 } };
  static const double limbs[][4] = { { -0.01, 0.12, 0.15, 0.30 }, { 0.15, 0.30, 0.19, 0.48 },
                                     { -0.01, 0.12, -0.11, 0.32 }, { -0.11, 0.32, -0.24, 0.46 },
                                     { 0.02, -0.14, 0.18, 0.05 }, { 0.02, -0.14, -0.16, 0.04 } };
  static const double stripes[][4] = { { -0.44, 0.50, -0.48, 0.60 }, { -0.20, 0.50, -0.22, 0.60 },
                                       { 0.06, 0.50, 0.06, 0.60 }, { 0.32, 0.50, 0.35, 0.60 } };

  cairo_arc (cr, 0.05, -0.30, 0.085, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 0.15);
  path_strokes (cr, trunk, G_N_ELEMENTS (trunk));
  cairo_stroke (cr);
  cairo_set_line_width (cr, 0.085);
  path_strokes (cr, limbs, G_N_ELEMENTS (limbs));
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 0.12);
  path_strokes (cr, stripes, G_N_ELEMENTS (stripes));
  cairo_stroke (cr);
}

static void
path_square (cairo_t *cr,
             double   half,
             double   corner)
{
  cairo_new_path (cr);
  cairo_arc (cr, half - corner, -half + corner, corner, -G_PI / 2, 0);
  cairo_arc (cr, half - corner, half - corner, corner, 0, G_PI / 2);
  cairo_arc (cr, -half + corner, half - corner, corner, G_PI / 2, G_PI);
  cairo_arc (cr, -half + corner, -half + corner, corner, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_pedestrians (cairo_t     *cr,
                  const Paint *paint)
{
  set_paint (cr, paint->white);
  path_square (cr, 0.88, 0.10);
  cairo_fill (cr);
  set_paint (cr, paint->blue);
  path_square (cr, 0.84, 0.08);
  cairo_fill (cr);
  set_paint (cr, paint->white);
  path_triangle (cr, 0.84, 0.03, 1);
  cairo_fill (cr);
  set_paint (cr, paint->black);
  cairo_save (cr);
  cairo_translate (cr, 0, 0.10);
  cairo_scale (cr, 0.82, 0.82);
  draw_walker (cr);
  cairo_restore (cr);
}

static const struct
{
  const char *name;
  DrawFunc    draw;
} signs[BALLAST_N_SIGNS] = {
  [BALLAST_SIGN_SPEED_50] = { "speed-50", draw_speed_50 },
  [BALLAST_SIGN_YIELD] = { "yield", draw_yield },
  [BALLAST_SIGN_SPEED_30] = { "speed-30", draw_speed_30 },
  [BALLAST_SIGN_STOP] = { "stop", draw_stop },
  [BALLAST_SIGN_PEDESTRIANS] = { "pedestrians", draw_pedestrians },
  [BALLAST_SIGN_NO_ENTRY] = { "no-entry", draw_no_entry },
  [BALLAST_SIGN_TURN_RIGHT] = { "turn-right", draw_turn_right },
  [BALLAST_SIGN_TURN_LEFT] = { "turn-left", draw_turn_left },
};

const char *
ballast_sign_get_name (BallastSign sign)
{
  return signs[sign].name;
}

static Paint
mix_paint (BallastDice *dice)
{
  double fade = ballast_dice_chance (dice, 0.25) ? ballast_dice_range (dice, 0.1, 0.3) : 0;
  double tint = ballast_dice_range (dice, -0.05, 0.05);
  Paint paint = { { 0.78 + tint, 0.07, 0.11 },
                  { 0.05, 0.29 + tint, 0.62 + tint },
                  { 0.94, 0.94 + tint / 3, 0.92 + tint / 3 },
                  { 0.08, 0.08, 0.09 } };

  for (int i = 0; i < 3; i++)
    {
      paint.red[i] += (0.8 - paint.red[i]) * fade;
      paint.blue[i] += (0.7 - paint.blue[i]) * fade;
      paint.black[i] += 0.5 * fade;
    }
  return paint;
}

/* Light from one side, a sheen, and sometimes the shade of a branch. */
static void
light_face (cairo_t     *cr,
            BallastDice *dice)
{
  double angle = ballast_dice_range (dice, 0, 2 * G_PI);
  double strength = ballast_dice_range (dice, 0.05, 0.42);
  cairo_pattern_t *light = cairo_pattern_create_linear (cos (angle), sin (angle), -cos (angle), -sin (angle));

  cairo_pattern_add_color_stop_rgba (light, 0, 1, 1, 0.96, strength * 0.6);
  cairo_pattern_add_color_stop_rgba (light, 0.45, 1, 1, 1, 0);
  cairo_pattern_add_color_stop_rgba (light, 1, 0, 0, 0.04, strength);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);

  if (!ballast_dice_chance (dice, 0.22))
    return;
  for (int i = 0; i < 16; i++)
    {
      cairo_set_source_rgba (cr, 0.02, 0.03, 0.05, ballast_dice_range (dice, 0.10, 0.26));
      cairo_arc (cr, ballast_dice_range (dice, -1, 0.4), ballast_dice_range (dice, -1, 0.6),
                 ballast_dice_range (dice, 0.06, 0.3), 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* Specks, streaks of rain, and two bolts. */
static void
weather_face (cairo_t     *cr,
              BallastDice *dice)
{
  int n_specks = ballast_dice_chance (dice, 0.4) ? (int) ballast_dice_below (dice, 40) : 0;

  for (int i = 0; i < n_specks; i++)
    {
      double x = ballast_dice_range (dice, -1, 1), y = ballast_dice_range (dice, -1, 1);

      cairo_set_source_rgba (cr, 0.24, 0.20, 0.15, ballast_dice_range (dice, 0.08, 0.35));
      cairo_arc (cr, x, y, ballast_dice_range (dice, 0.006, 0.03), 0, 2 * G_PI);
      cairo_fill (cr);
      if (i % 4 == 0)
        {
          cairo_rectangle (cr, x - 0.008, y, 0.016, ballast_dice_range (dice, 0.05, 0.5));
          cairo_fill (cr);
        }
    }
  for (int i = -1; i <= 1; i += 2)
    {
      cairo_set_source_rgba (cr, 0.45, 0.46, 0.47, 0.85);
      cairo_arc (cr, 0, i * 0.52, 0.032, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

cairo_surface_t *
ballast_sign_draw_face (BallastSign  sign,
                        BallastDice *dice)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, FACE_SIDE, FACE_SIDE);
  cairo_t *cr = cairo_create (surface);
  Paint paint = mix_paint (dice);

  cairo_translate (cr, FACE_SIDE / 2.0, FACE_SIDE / 2.0);
  cairo_scale (cr, FACE_SIDE / 2.0, FACE_SIDE / 2.0);
  signs[sign].draw (cr, &paint);
  cairo_set_operator (cr, CAIRO_OPERATOR_ATOP);
  weather_face (cr, dice);
  light_face (cr, dice);
  cairo_destroy (cr);

  return surface;
}
