/*
 * The colours of classes and of the charts round them.
 *
 * The first twelve classes have colours picked by hand, GNOME's accent colours among them.  Later
 * ones walk round the hue circle by the golden angle, so that neighbours in the order are far
 * apart, in three lightnesses that stand out from a white and from a dark card alike.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-palette.h"

#include <math.h>

#define INK(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 255) / 255.0f, ((hex) >> 8 & 255) / 255.0f, ((hex) & 255) / 255.0f, 1.0f        \
  }

#define GOLDEN_ANGLE 2.39996322972865332

/* Paler than this and a split could not be told from the ground. */
#define MAX_SPLIT_FADE 0.72
#define MAX_SPLIT_FADE_DARK 0.6

static const BallastInk picked[] = {
  INK (0x3584e4), /* blue */
  INK (0x2190a4), /* teal */
  INK (0x9141ac), /* purple */
  INK (0xc88800), /* ochre */
  INK (0x865e3c), /* brown */
  INK (0xe62d42), /* red */
  INK (0x3a944a), /* green */
  INK (0xed5b00), /* orange */
  INK (0xd56199), /* pink */
  INK (0x6f8396), /* slate */
  INK (0x8a8f00), /* olive */
  INK (0x6a5bd8), /* indigo */
};

static const BallastTheme themes[2][2] = {
  {
    {
      .dark = FALSE,
      .foreground = INK (0x2e3436),
      .dim = INK (0x77767b),
      .grid = INK (0xebebeb),
      .axis = INK (0xbdbdbd),
      .card = INK (0xffffff),
      .accent = INK (0x3584e4),
      .target = INK (0x26a269),
      .on_target = INK (0xffffff),
      .track = INK (0xdadada),
      .ghost_opacity = 0.28f,
    },
    {
      .dark = FALSE,
      .foreground = INK (0x000000),
      .dim = INK (0x3d3d3d),
      .grid = INK (0xb0b0b0),
      .axis = INK (0x202020),
      .card = INK (0xffffff),
      .accent = INK (0x1a5fb4),
      .target = INK (0x126b41),
      .on_target = INK (0xffffff),
      .track = INK (0x9a9a9a),
      .ghost_opacity = 0.20f,
    },
  },
  {
    {
      .dark = TRUE,
      .foreground = INK (0xffffff),
      .dim = INK (0x9f9f9f),
      .grid = INK (0x484848),
      .axis = INK (0x6a6a6a),
      .card = INK (0x363636),
      .accent = INK (0x3584e4),
      .target = INK (0x26a269),
      .on_target = INK (0xffffff),
      .track = INK (0x454545),
      .ghost_opacity = 0.30f,
    },
    {
      .dark = TRUE,
      .foreground = INK (0xffffff),
      .dim = INK (0xd8d8d8),
      .grid = INK (0x808080),
      .axis = INK (0xf0f0f0),
      .card = INK (0x1e1e1e),
      .accent = INK (0x78aeed),
      .target = INK (0x8ff0a4),
      .on_target = INK (0x000000),
      .track = INK (0x8a8a8a),
      .ghost_opacity = 0.25f,
    },
  },
};

const BallastTheme *
ballast_theme_get (gboolean dark,
                   gboolean high_contrast)
{
  return &themes[dark ? 1 : 0][high_contrast ? 1 : 0];
}

static float
encode_channel (double linear)
{
  double value = CLAMP (linear, 0, 1);

  return (float) (value <= 0.0031308 ? 12.92 * value : 1.055 * pow (value, 1 / 2.4) - 0.055);
}

static double
decode_channel (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* OKLCH to sRGB (B. Ottosson, "A perceptual color space for image processing", 2020). */
static BallastInk
ink_from_oklch (double lightness,
                double chroma,
                double hue)
{
  double a = chroma * cos (hue);
  double b = chroma * sin (hue);
  double l = pow (lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow (lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow (lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  BallastInk ink;

  ink.red = encode_channel (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  ink.green = encode_channel (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  ink.blue = encode_channel (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  ink.alpha = 1;
  return ink;
}

BallastInk
ballast_palette_get_class (guint class_index)
{
  static const double lightness[] = { 0.62, 0.54, 0.68 };
  static const double chroma[] = { 0.15, 0.11, 0.12, 0.17 };
  guint beyond;

  if (class_index < G_N_ELEMENTS (picked))
    return picked[class_index];

  beyond = class_index - G_N_ELEMENTS (picked);
  return ink_from_oklch (lightness[beyond % G_N_ELEMENTS (lightness)],
                         chroma[beyond / 3 % G_N_ELEMENTS (chroma)],
                         fmod (beyond * GOLDEN_ANGLE, 2 * G_PI));
}

BallastInk
ballast_palette_get_split (BallastInk          class_ink,
                           guint               split_index,
                           guint               n_splits,
                           const BallastTheme *theme)
{
  double most = theme->dark ? MAX_SPLIT_FADE_DARK : MAX_SPLIT_FADE;
  float fade = n_splits > 1 ? (float) (most * split_index / (n_splits - 1)) : 0;

  /* Two splits would jump to the palest shade at once. */
  if (n_splits == 2)
    fade *= 0.75f;

  class_ink.red += (theme->card.red - class_ink.red) * fade;
  class_ink.green += (theme->card.green - class_ink.green) * fade;
  class_ink.blue += (theme->card.blue - class_ink.blue) * fade;
  return class_ink;
}

char *
ballast_ink_to_hex (BallastInk ink)
{
  return g_strdup_printf ("#%02x%02x%02x", (guint) lroundf (ink.red * 255),
                          (guint) lroundf (ink.green * 255), (guint) lroundf (ink.blue * 255));
}

static double
get_luminance (BallastInk ink)
{
  return 0.2126 * decode_channel (ink.red) + 0.7152 * decode_channel (ink.green)
         + 0.0722 * decode_channel (ink.blue);
}

double
ballast_ink_get_contrast (BallastInk first,
                          BallastInk second)
{
  double a = get_luminance (first);
  double b = get_luminance (second);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}
