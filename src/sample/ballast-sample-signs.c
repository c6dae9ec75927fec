/*
 * Photographs of traffic signs.
 *
 * A blurred place, a post, the sign in perspective on it, sometimes leaves in front; then lens,
 * light and sensor.  One picture is a function of the seed and of its own name.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-kinds.h"

#include <math.h>

#include "ballast-sample-faces.h"
#include "ballast-sample-scenery.h"

static void
draw_post (cairo_t           *cr,
           const BallastPose *pose,
           double             height,
           BallastDice       *dice)
{
  double half = pose->size * ballast_dice_range (dice, 0.028, 0.05);
  double lean = tan (pose->roll) * (height - pose->y);
  cairo_pattern_t *metal = cairo_pattern_create_linear (pose->x - half, 0, pose->x + half, 0);

  cairo_pattern_add_color_stop_rgb (metal, 0, 0.32, 0.33, 0.35);
  cairo_pattern_add_color_stop_rgb (metal, 0.35, 0.72, 0.73, 0.74);
  cairo_pattern_add_color_stop_rgb (metal, 1, 0.24, 0.25, 0.27);
  cairo_set_source (cr, metal);
  cairo_move_to (cr, pose->x - half, pose->y - pose->size * 0.3);
  cairo_line_to (cr, pose->x + half, pose->y - pose->size * 0.3);
  cairo_line_to (cr, pose->x + half - lean, height);
  cairo_line_to (cr, pose->x - half - lean, height);
  cairo_fill (cr);
  cairo_pattern_destroy (metal);
}

/* A branch that hangs into the picture, out of focus since it is near. */
static void
draw_branch (cairo_surface_t *canvas,
             BallastDice     *dice)
{
  int width = cairo_image_surface_get_width (canvas), height = cairo_image_surface_get_height (canvas);
  cairo_surface_t *layer = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (layer);
  double corner = ballast_dice_chance (dice, 0.5) ? 0 : width;

  for (int i = 0; i < 26; i++)
    {
      double x = corner + ballast_dice_range (dice, -0.34, 0.34) * width;
      double y = ballast_dice_range (dice, -0.12, 0.2) * height;

      ballast_canvas_set_hsv (cr, ballast_dice_range (dice, 75, 120), 0.6, ballast_dice_range (dice, 0.16, 0.5), 0.95);
      cairo_save (cr);
      cairo_translate (cr, x, y);
      cairo_rotate (cr, ballast_dice_range (dice, 0, G_PI));
      cairo_scale (cr, 1, 0.5);
      cairo_arc (cr, 0, 0, width * ballast_dice_range (dice, 0.03, 0.08), 0, 2 * G_PI);
      cairo_restore (cr);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  ballast_canvas_blur (layer, ballast_dice_range (dice, 1.5, 3.5));

  cr = cairo_create (canvas);
  cairo_set_source_surface (cr, layer, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (layer);
}

static BallastPose
choose_pose (double       width,
             double       height,
             BallastDice *dice)
{
  double side = MIN (width, height);
  BallastPose pose;

  pose.size = side * ballast_dice_range (dice, 0.42, 0.84);
  pose.x = width / 2 + (width - pose.size) * ballast_dice_range (dice, -0.32, 0.32);
  pose.y = height / 2 + (height - pose.size) * ballast_dice_range (dice, -0.42, 0.22);
  pose.yaw = ballast_dice_range (dice, -0.72, 0.72) * ballast_dice_range (dice, 0.3, 1);
  pose.pitch = ballast_dice_range (dice, -0.28, 0.16);
  pose.roll = ballast_dice_range (dice, -0.11, 0.11);
  pose.shade = 1;
  return pose;
}

static void
draw_sign (cairo_surface_t   *canvas,
           BallastSign        sign,
           const BallastPose *pose,
           BallastDice       *dice)
{
  cairo_surface_t *face = ballast_sign_draw_face (sign, dice);
  BallastPose edge = *pose;

  /* The sheet has a thickness: its dark side shows where it is turned away. */
  edge.x += pose->size * 0.014 * sin (pose->yaw);
  edge.y += pose->size * 0.010;
  edge.shade = 0.22;
  ballast_canvas_draw_posed (canvas, face, &edge);
  ballast_canvas_draw_posed (canvas, face, pose);
  cairo_surface_destroy (face);
}

static cairo_surface_t *
draw_scene (BallastSign  sign,
            int          width,
            int          height,
            BallastDice *dice,
            BallastLight light)
{
  cairo_surface_t *canvas = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  BallastPose pose = choose_pose (width, height, dice);
  BallastScenery scenery = { cairo_create (canvas), width, height, 0, light, dice };

  scenery.horizon = height * ballast_dice_range (dice, 0.45, 0.82);
  ballast_scenery_draw_place (&scenery);
  cairo_destroy (scenery.cr);
  ballast_canvas_blur (canvas, ballast_dice_range (dice, 1.2, 5.0));

  scenery.cr = cairo_create (canvas);
  draw_post (scenery.cr, &pose, height, dice);
  cairo_destroy (scenery.cr);
  draw_sign (canvas, sign, &pose, dice);
  if (ballast_dice_chance (dice, 0.14))
    draw_branch (canvas, dice);

  return canvas;
}

BallastRaster *
ballast_sample_draw_sign (guint        class_index,
                          BallastDice *dice)
{
  int width = 160 + 8 * (int) ballast_dice_below (dice, 11);
  int height = CLAMP (width + 8 * ((int) ballast_dice_below (dice, 7) - 3), 160, 240);
  BallastLight light = ballast_scenery_choose_light (dice);
  cairo_surface_t *canvas = draw_scene ((BallastSign) class_index, width, height, dice, light);
  BallastDarkroom darkroom = ballast_scenery_get_darkroom (light, dice);
  BallastRaster *raster;

  ballast_canvas_blur (canvas, ballast_dice_chance (dice, 0.3) ? ballast_dice_range (dice, 0.7, 1.3) : 0);
  raster = ballast_canvas_develop (canvas, &darkroom, dice);
  cairo_surface_destroy (canvas);

  return raster;
}

static gboolean
write_sign (const BallastSampleWriter *writer,
            const char                *split,
            guint                      class_index,
            guint                      number,
            GError                   **error)
{
  const char *class = ballast_sign_get_name ((BallastSign) class_index);
  g_autofree char *path = g_strdup_printf ("%s/%s/%s-%04u.jpg", split, class, class, number);
  BallastDice dice = ballast_dice_init (writer->seed, path);
  g_autoptr(BallastRaster) raster = ballast_sample_draw_sign (class_index, &dice);

  return ballast_sample_write_jpeg (writer, path, raster, 78 + ballast_dice_below (&dice, 16), error);
}

gboolean
ballast_sample_write_signs (const BallastSampleWriter *writer,
                            GError                   **error)
{
  static const char *const splits[] = { "train", "test" };
  guint training = writer->images - MAX (writer->images / 5, BALLAST_N_SIGNS);
  const guint totals[] = { training, writer->images - training };

  for (guint split = 0; split < G_N_ELEMENTS (splits); split++)
    {
      guint counts[BALLAST_N_SIGNS];

      ballast_sample_share_out (totals[split], BALLAST_N_SIGNS, counts);
      for (guint class_index = 0; class_index < BALLAST_N_SIGNS; class_index++)
        for (guint i = 0; i < counts[class_index]; i++)
          if (!write_sign (writer, splits[split], class_index, i + 1, error))
            return FALSE;
    }

  return TRUE;
}
