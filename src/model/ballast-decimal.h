#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A number as files mostly write it: of few digits, and at most BALLAST_DECIMAL_PLACES behind the point.
 * What is only kept and written again need not be made a double on the way.
 */
typedef gint64 BallastDecimal; /* the number without its point × 8 + the places behind it */

#define BALLAST_DECIMAL_PLACES 6

/* FALSE of what a double may not hold exactly, and of −0. */
static inline gboolean
ballast_decimal_is_short (guint64  whole,
                          guint    places,
                          gboolean is_negative)
{
  return places <= BALLAST_DECIMAL_PLACES && whole < G_GUINT64_CONSTANT (1000000000)
         && (whole > 0 || !is_negative);
}

static inline BallastDecimal
ballast_decimal_new (gint64 whole,
                     guint  places)
{
  return whole * 8 + places;
}

static inline gint64
ballast_decimal_get_whole (BallastDecimal decimal)
{
  return decimal >> 3;
}

static inline guint
ballast_decimal_get_places (BallastDecimal decimal)
{
  return (guint) decimal & 7;
}

/* The double nearest to it. */
static inline double
ballast_decimal_get_value (BallastDecimal decimal)
{
  static const double powers[BALLAST_DECIMAL_PLACES + 1] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };

  return (double) ballast_decimal_get_whole (decimal) / powers[ballast_decimal_get_places (decimal)];
}

G_END_DECLS
