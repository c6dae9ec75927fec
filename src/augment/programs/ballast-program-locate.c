/*
 * Where the pixels of a pass come from, where no straight line says it: homographies and maps without
 * a matrix, one after the other.
 *
 * Double precision and single IEEE operations, in loops over a few dozen positions: every processor
 * gets the same.  Some nanoseconds a pixel.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-program-private.h"

#include <math.h>
#include <string.h>

/* What lies at or behind the horizon of a homography comes from very far away. */
#define HORIZON 1e-6

/* Beyond this (px) a position is as good as any other outside. */
#define FAR 1e9

/* Rounds to the nearest integer, ties to even, as lrint() does but in vectors: added to a number, the
 * last bit of the sum counts ones. */
#define ROUNDER 6755399441055744.0

BALLAST_CLONES static void
apply_map (const BallastMap *map,
           double           *x,
           double           *y,
           guint             n)
{
  const double *m = map->m;
  double m0 = m[0], m1 = m[1], m2 = m[2], m3 = m[3], m4 = m[4], m5 = m[5], m6 = m[6], m7 = m[7];

  if (m6 == 0 && m7 == 0)
    {
      for (guint i = 0; i < n; i++)
        {
          double old_x = x[i], old_y = y[i];

          x[i] = m0 * old_x + m1 * old_y + m2;
          y[i] = m3 * old_x + m4 * old_y + m5;
        }
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      double old_x = x[i], old_y = y[i], w = m6 * old_x + m7 * old_y + 1;
      double inverse = 1 / (w > HORIZON ? w : HORIZON);

      x[i] = (m0 * old_x + m1 * old_y + m2) * inverse;
      y[i] = (m3 * old_x + m4 * old_y + m5) * inverse;
    }
}

void
ballast_pass_map_back (const BallastPass *pass,
                       double            *x,
                       double            *y,
                       guint              n)
{
  apply_map (&pass->inverse, x, y, n);
  for (guint i = pass->links != NULL ? pass->links->len : 0; i-- > 0;)
    {
      const BallastLink *link = &g_array_index (pass->links, BallastLink, i);

      ballast_dense_map_back (link->dense, x, y, n);
      apply_map (&link->inverse, x, y, n);
    }
}

/* To indices in units of 1/@unit px, of a source that is @scale times as large. */
BALLAST_CLONES static void
round_positions (const double *positions,
                 gint64       *rounded,
                 guint         n,
                 double        scale,
                 double        unit)
{
  double rounder = ROUNDER;
  gint64 zero;

  memcpy (&zero, &rounder, sizeof zero);
  for (guint i = 0; i < n; i++)
    {
      double position = positions[i] * scale - 0.5;
      gint64 bits;

      position = position > -FAR ? (position < FAR ? position : FAR) : -FAR;
      position = position * unit + rounder;
      memcpy (&bits, &position, sizeof bits);
      rounded[i] = bits - zero;
    }
}

/* warpAffine() rounds the terms of a position one by one to 1/1024 px, and their sum to 1/32. */
static void
locate_as_opencv (const BallastPass *pass,
                  const guint        at[2],
                  guint              n,
                  gint64            *x,
                  gint64            *y)
{
  const double *m = pass->inverse.m;
  double first_x = m[0] * 0.5 + m[1] * 0.5 + m[2] - 0.5, first_y = m[3] * 0.5 + m[4] * 0.5 + m[5] - 0.5;

  for (guint i = 0; i < n; i++)
    {
      double column = at[0] + i, row = at[1];

      x[i] = (llrint ((m[1] * row + first_x) * 1024) + 16 + llrint (m[0] * column * 1024)) >> 5;
      y[i] = (llrint ((m[4] * row + first_y) * 1024) + 16 + llrint (m[3] * column * 1024)) >> 5;
      x[i] *= 2048;
      y[i] *= 2048;
    }
}

void
ballast_pass_locate (gconstpointer data,
                     const guint   at[2],
                     guint         n,
                     gint64       *x,
                     gint64       *y)
{
  const BallastLocator *locator = data;
  const BallastPass *pass = locator->pass;
  double at_x[BALLAST_WARP_PIECE], at_y[BALLAST_WARP_PIECE];

  if (pass->coarse && !pass->bent)
    {
      locate_as_opencv (pass, at, n, x, y);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      at_x[i] = at[0] + i + 0.5;
      at_y[i] = at[1] + 0.5;
    }
  ballast_pass_map_back (pass, at_x, at_y, n);
  round_positions (at_x, x, n, locator->scale_x, pass->coarse ? 32 : 65536);
  round_positions (at_y, y, n, locator->scale_y, pass->coarse ? 32 : 65536);
  for (guint i = 0; i < n && pass->coarse; i++)
    {
      x[i] *= 2048;
      y[i] *= 2048;
    }
}

void
ballast_program_set_coarse (BallastProgram *program)
{
  for (guint i = 0; i < program->passes->len; i++)
    g_array_index (program->passes, BallastPass, i).coarse = TRUE;
}
