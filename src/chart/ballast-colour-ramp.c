/*
 * A sequential colour ramp, made from a formula.
 *
 * A path through Oklab (lightness, chroma and hue go straight from one end to the other, chroma
 * bulges in the middle) is cut back into sRGB by taking chroma away, measured, and sampled at equal
 * distances.  The two tables are made once: 256 colours each.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-colour-ramp.h"

#include <math.h>

#define N_COLOURS 256
#define N_FINE 2048 /* points of the path that is measured */

typedef struct
{
  double l, a, b;
} Lab;

typedef struct
{
  double lightness[2];
  double chroma[2];
  double bulge;        /* of chroma in the middle */
  double hue[2];       /* degrees */
} Path;

static const Path paths[2] = {
  { { 0.970, 0.330 }, { 0.008, 0.110 }, 0.085, { 225, 275 } },
  { { 0.300, 0.940 }, { 0.015, 0.060 }, 0.095, { 275, 215 } },
};

static BallastInk ramps[2][N_COLOURS];

/* The matrices are Ottosson's, for linear sRGB with white D65. */
static void
lab_to_linear (const Lab *lab,
               double     rgb[3])
{
  double l = lab->l + 0.3963377774 * lab->a + 0.2158037573 * lab->b;
  double m = lab->l - 0.1055613458 * lab->a - 0.0638541728 * lab->b;
  double s = lab->l - 0.0894841775 * lab->a - 1.2914855480 * lab->b;

  l = l * l * l;
  m = m * m * m;
  s = s * s * s;
  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
}

/* IEC 61966-2-1. */
static double
encode (double linear)
{
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - 0.055;
}

static double
decode (double encoded)
{
  return encoded <= 0.04045 ? encoded / 12.92 : pow ((encoded + 0.055) / 1.055, 2.4);
}

double
ballast_ink_get_lightness (BallastInk ink)
{
  double r = decode (ink.red), g = decode (ink.green), b = decode (ink.blue);
  double l = cbrt (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

  return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
}

static gboolean
is_in_gamut (const double rgb[3])
{
  for (guint i = 0; i < 3; i++)
    if (rgb[i] < -1e-6 || rgb[i] > 1 + 1e-6)
      return FALSE;
  return TRUE;
}

/* The point at @t of the path, with as much of its chroma as sRGB has. */
static Lab
get_point (const Path *path,
           double      t)
{
  double lightness = path->lightness[0] + t * (path->lightness[1] - path->lightness[0]);
  double hue = (path->hue[0] + t * (path->hue[1] - path->hue[0])) * G_PI / 180;
  double chroma = path->chroma[0] + t * (path->chroma[1] - path->chroma[0]) +
                  4 * path->bulge * t * (1 - t);
  Lab lab;
  double rgb[3];

  do
    {
      lab = (Lab){ lightness, chroma * cos (hue), chroma * sin (hue) };
      lab_to_linear (&lab, rgb);
      chroma *= 0.98;
    }
  while (!is_in_gamut (rgb));
  return lab;
}

static BallastInk
to_ink (const Lab *lab)
{
  double rgb[3];

  lab_to_linear (lab, rgb);
  return (BallastInk){ (float) CLAMP (encode (rgb[0]), 0, 1), (float) CLAMP (encode (rgb[1]), 0, 1),
                       (float) CLAMP (encode (rgb[2]), 0, 1), 1 };
}

static void
make_ramp (const Path *path,
           BallastInk *ramp)
{
  static Lab points[N_FINE + 1];
  static double lengths[N_FINE + 1];
  guint j = 0;

  lengths[0] = 0;
  for (guint i = 0; i <= N_FINE; i++)
    {
      points[i] = get_point (path, (double) i / N_FINE);
      if (i > 0)
        lengths[i] = lengths[i - 1] + sqrt (pow (points[i].l - points[i - 1].l, 2) +
                                            pow (points[i].a - points[i - 1].a, 2) +
                                            pow (points[i].b - points[i - 1].b, 2));
    }
  for (guint i = 0; i < N_COLOURS; i++)
    {
      double wanted = lengths[N_FINE] * i / (N_COLOURS - 1);

      while (j < N_FINE && lengths[j] < wanted)
        j++;
      ramp[i] = to_ink (&points[j]);
    }
}

static void
make_ramps (void)
{
  static gsize made = 0;

  if (!g_once_init_enter (&made))
    return;
  make_ramp (&paths[0], ramps[0]);
  make_ramp (&paths[1], ramps[1]);
  g_once_init_leave (&made, 1);
}

BallastInk
ballast_colour_ramp_get (double   value,
                         gboolean dark)
{
  make_ramps ();
  return ramps[dark ? 1 : 0][(guint) (CLAMP (value, 0, 1) * (N_COLOURS - 1) + 0.5)];
}

BallastInk
ballast_colour_ramp_get_text (double   value,
                              gboolean dark)
{
  const BallastInk black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  BallastInk ground = ballast_colour_ramp_get (value, dark);

  return ballast_ink_get_contrast (ground, black) > ballast_ink_get_contrast (ground, white) ? black
                                                                                             : white;
}
