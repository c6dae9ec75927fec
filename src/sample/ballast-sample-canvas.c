/*
 * What makes a drawing look like a photograph.
 *
 * Everything here is arithmetic of our own on the pixels, so that a seed gives the same bytes on
 * every machine; only the shapes below are cairo's.  Cost is a few passes over a small picture.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-canvas.h"

#include <math.h>
#include <string.h>

#define BOX_PASSES 3
#define SUPERSAMPLES 2 /* each way */
#define FOCAL 4.2      /* half-widths of a face from the camera */

/* Sums a running window of 2 × @radius + 1 over @n pixels @step bytes apart; edges repeat. */
static void
blur_line (guint8 *pixels,
           gsize   n,
           gsize   step,
           int     radius,
           guint8 *copy)
{
  guint32 window = (guint32) (2 * radius + 1);
  guint32 reciprocal = (65536 + window / 2) / window; /* a division for every byte is dear */
  int last = (int) n - 1;

  guint32 sum[4] = { 0 };

  for (gsize i = 0; i < n; i++)
    memcpy (copy + 4 * i, pixels + i * step, 4);
  for (int i = -radius; i <= radius; i++)
    for (int channel = 0; channel < 4; channel++)
      sum[channel] += copy[4 * CLAMP (i, 0, last) + channel];

  for (int i = 0; i <= last; i++)
    {
      const guint8 *enters = copy + 4 * MIN (i + radius + 1, last);
      const guint8 *leaves = copy + 4 * MAX (i - radius, 0);
      guint8 *out = pixels + (gsize) i * step;

      for (int channel = 0; channel < 4; channel++)
        {
          out[channel] = (guint8) MIN ((sum[channel] * reciprocal + 32768) >> 16, 255);
          sum[channel] += enters[channel];
          sum[channel] -= leaves[channel];
        }
    }
}

void
ballast_canvas_blur (cairo_surface_t *surface,
                     double           sigma)
{
  gsize width = (gsize) cairo_image_surface_get_width (surface);
  gsize height = (gsize) cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  g_autofree guint8 *copy = g_malloc (4 * MAX (width, height));
  /* Three boxes of width w have the variance 3 (w² - 1) / 12. */
  int radius = (int) floor ((sqrt (4 * sigma * sigma + 1) - 1) / 2 + 0.5);

  if (radius < 1)
    return;

  cairo_surface_flush (surface);
  for (int pass = 0; pass < BOX_PASSES; pass++)
    {
      for (gsize y = 0; y < height; y++)
        blur_line (data + y * stride, width, 4, radius, copy);
      for (gsize x = 0; x < width; x++)
        blur_line (data + 4 * x, height, stride, radius, copy);
    }
  cairo_surface_mark_dirty (surface);
}

/* The first two columns of the rotation (the plane's axes in space) and its place, row by row: the
 * map from the face's plane to the picture; m[6 … 8] is the depth. */
static void
make_homography (const BallastPose *pose,
                 double             m[9])
{
  double cy = cos (pose->yaw), sy = sin (pose->yaw);
  double cp = cos (pose->pitch), sp = sin (pose->pitch);
  double cr = cos (pose->roll), sr = sin (pose->roll);
  double half = pose->size / 2;
  double ax = cr * cy, ay = sr * cy, az = -sy;
  double bx = cr * sy * sp - sr * cp, by = sr * sy * sp + cr * cp, bz = cy * sp;

  m[6] = az / FOCAL;
  m[7] = bz / FOCAL;
  m[8] = 1;
  m[0] = half * ax + pose->x * m[6];
  m[1] = half * bx + pose->x * m[7];
  m[2] = pose->x;
  m[3] = half * ay + pose->y * m[6];
  m[4] = half * by + pose->y * m[7];
  m[5] = pose->y;
}

static gboolean
invert (const double m[9],
        double       out[9])
{
  double determinant;

  out[0] = m[4] * m[8] - m[5] * m[7];
  out[1] = m[2] * m[7] - m[1] * m[8];
  out[2] = m[1] * m[5] - m[2] * m[4];
  out[3] = m[5] * m[6] - m[3] * m[8];
  out[4] = m[0] * m[8] - m[2] * m[6];
  out[5] = m[2] * m[3] - m[0] * m[5];
  out[6] = m[3] * m[7] - m[4] * m[6];
  out[7] = m[1] * m[6] - m[0] * m[7];
  out[8] = m[0] * m[4] - m[1] * m[3];
  determinant = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
  if (fabs (determinant) < 1e-12)
    return FALSE;

  for (int i = 0; i < 9; i++)
    out[i] /= determinant;
  return TRUE;
}

typedef struct
{
  const guint8 *data;
  gsize         stride;
  int           side;
} Face;

/* Adds the premultiplied colour at (@u, @v), -1 … 1 across the face, times 65536 to @sum. */
static void
add_sample (const Face *face,
            double      u,
            double      v,
            guint32     sum[4])
{
  int x = (int) ((u + 1) * 128 * face->side) - 128, y = (int) ((v + 1) * 128 * face->side) - 128;
  int left = x >> 8, top = y >> 8;
  guint32 fx = (guint32) (x & 255), fy = (guint32) (y & 255);
  const guint8 *upper, *lower;

  if (x < 0 || y < 0 || left + 1 >= face->side || top + 1 >= face->side)
    return;

  upper = face->data + (gsize) top * face->stride + 4 * (gsize) left;
  lower = upper + face->stride;
  for (int i = 0; i < 4; i++)
    sum[i] += (upper[i] * (256 - fx) + upper[i + 4] * fx) * (256 - fy)
              + (lower[i] * (256 - fx) + lower[i + 4] * fx) * fy;
}

/* Whether a pixel may see the face at all; a margin of a few pixels is left round it. */
static gboolean
is_on_face (const double inverse[9],
            double       x,
            double       y)
{
  double w = inverse[6] * x + inverse[7] * y + inverse[8];

  return fabs (inverse[0] * x + inverse[1] * y + inverse[2]) < 1.06 * fabs (w)
         && fabs (inverse[3] * x + inverse[4] * y + inverse[5]) < 1.06 * fabs (w);
}

static void
blend_posed (guint8      *pixel,
             const Face  *face,
             const double inverse[9],
             const double at[2],
             double       shade)
{
  guint32 sum[4] = { 0 };
  /* A shaded copy lies under a bright one: only its rim is seen. */
  const int side = shade < 1 ? 1 : SUPERSAMPLES;
  const double unit = 1.0 / (65536.0 * side * side);
  double alpha;

  for (int i = 0; i < side * side; i++)
    {
      double x = at[0] + (i % side + 0.5) / side;
      double y = at[1] + (i / side + 0.5) / side;
      double w = inverse[6] * x + inverse[7] * y + inverse[8];
      double scale = 1 / w;

      /* The plane behind the camera is far outside of any face. */
      if (w > 1e-9)
        add_sample (face, (inverse[0] * x + inverse[1] * y + inverse[2]) * scale,
                    (inverse[3] * x + inverse[4] * y + inverse[5]) * scale, sum);
    }
  if (sum[3] == 0)
    return;

  alpha = sum[3] * unit / 255;
  for (int i = 0; i < 3; i++)
    pixel[i] = (guint8) CLAMP (sum[i] * unit * shade + pixel[i] * (1 - alpha) + 0.5, 0, 255);
  pixel[3] = 255;
}

void
ballast_canvas_draw_posed (cairo_surface_t   *canvas,
                           cairo_surface_t   *face_surface,
                           const BallastPose *pose)
{
  int width = cairo_image_surface_get_width (canvas), height = cairo_image_surface_get_height (canvas);
  gsize stride = (gsize) cairo_image_surface_get_stride (canvas);
  guint8 *data;
  Face face = { NULL, (gsize) cairo_image_surface_get_stride (face_surface),
                cairo_image_surface_get_width (face_surface) };
  double reach = pose->size * 0.72; /* half the size, and what perspective adds to the near side */
  double forward[9], inverse[9];

  make_homography (pose, forward);
  if (!invert (forward, inverse))
    return;

  cairo_surface_flush (canvas);
  cairo_surface_flush (face_surface);
  data = cairo_image_surface_get_data (canvas);
  face.data = cairo_image_surface_get_data (face_surface);
  for (int y = MAX ((int) (pose->y - reach), 0); y < MIN ((int) (pose->y + reach), height); y++)
    for (int x = MAX ((int) (pose->x - reach), 0); x < MIN ((int) (pose->x + reach), width); x++)
      {
        const double at[2] = { x, y };

        if (is_on_face (inverse, x + 0.5, y + 0.5))
          blend_posed (data + (gsize) y * stride + 4 * (gsize) x, &face, inverse, at, pose->shade);
      }
  cairo_surface_mark_dirty (canvas);
}

/* The sum of four bytes is near enough to a Gaussian; its deviation is 147.8. */
static double
gauss_from_word (guint32 word)
{
  int sum = (int) (word & 255) + (int) (word >> 8 & 255) + (int) (word >> 16 & 255) + (int) (word >> 24);

  return (sum - 510) / 147.8;
}

static double
tone (const BallastDarkroom *darkroom,
      double                 value,
      double                 gain)
{
  double light = value * gain * darkroom->exposure;

  light = light * (1 - darkroom->haze) + 0.78 * darkroom->haze;
  return 0.5 + (light - 0.5) * darkroom->contrast;
}

/* One pixel, BGR in, RGB out; @fall is the lens's loss of light there. */
static void
develop_pixel (const BallastDarkroom *darkroom,
               const guint8          *in,
               double                 fall,
               const guint32          random[4],
               guint8                *out)
{
  const double gains[3] = { 1 + darkroom->warmth, 1, 1 - darkroom->warmth };
  double grey = (0.3 * in[2] + 0.59 * in[1] + 0.11 * in[0]) / 255;
  double luma = gauss_from_word (random[0]);

  for (int i = 0; i < 3; i++)
    {
      double value = grey + (in[2 - i] / 255.0 - grey) * darkroom->saturation;
      double level = 255 * tone (darkroom, value, gains[i] * fall);

      level += darkroom->noise * (0.85 * luma + 0.5 * gauss_from_word (random[1 + i]));
      out[i] = (guint8) CLAMP (level + 0.5, 0, 255);
    }
}

BallastRaster *
ballast_canvas_develop (cairo_surface_t       *surface,
                        const BallastDarkroom *darkroom,
                        BallastDice           *dice)
{
  guint width = (guint) cairo_image_surface_get_width (surface);
  guint height = (guint) cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  BallastRaster *raster = ballast_raster_new (width, height, 3, 8);
  guint32 salt = ballast_dice_below (dice, G_MAXUINT32);
  const guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        double dx = 2.0 * x / width - 1, dy = 2.0 * y / height - 1;
        const guint32 counter[4] = { x, y, salt, 0 };
        guint32 random[4];

        ballast_random_philox (counter, dice->key.word, random);
        develop_pixel (darkroom, data + y * stride + 4 * (gsize) x, 1 - darkroom->vignette * (dx * dx + dy * dy) / 2,
                       random, ballast_raster_get_row (raster, y) + 3 * (gsize) x);
      }

  return raster;
}

void
ballast_canvas_set_hsv (cairo_t *cr,
                        double   hue,
                        double   saturation,
                        double   value,
                        double   alpha)
{
  double rgb[3];

  for (int i = 0; i < 3; i++)
    {
      static const double shift[3] = { 5, 3, 1 };
      double k = fmod (shift[i] + hue / 60 + 6, 6);

      rgb[i] = value * (1 - saturation * CLAMP (MIN (k, 4 - k), 0, 1));
    }
  cairo_set_source_rgba (cr, rgb[0], rgb[1], rgb[2], alpha);
}
