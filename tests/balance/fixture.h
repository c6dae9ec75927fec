#pragma once

#include "ballast-tally.h"

/*
 * A tally from "stop=800,yield=100": classes with their training images.  Classes have the ids 10,
 * 11 …; there is a split "train", and a "val" with 5 images of every class.
 */
static inline BallastTally *
fixture_tally (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);
  BallastTally *tally = ballast_tally_new (n, 2);

  tally->splits[0].id = 1;
  tally->splits[0].name = g_strdup ("train");
  tally->splits[1].id = 2;
  tally->splits[1].name = g_strdup ("val");
  for (guint i = 0; i < n; i++)
    {
      g_auto(GStrv) pair = g_strsplit (parts[i], "=", 2);
      guint64 count = g_ascii_strtoull (pair[1], NULL, 10);
      BallastClassTally *class = &tally->classes[i];

      class->id = 10 + i;
      class->name = g_strdup (pair[0]);
      class->by_split[0] = (BallastCount){ count, count };
      class->by_split[1] = (BallastCount){ 5, 5 };
      class->total = (BallastCount){ count + 5, count + 5 };
      tally->splits[0].images += count;
      tally->splits[1].images += 5;
    }
  tally->images = tally->splits[0].images + tally->splits[1].images;

  return tally;
}

/* Signs at 20:1, the set that the published vectors are of. */
#define FIXTURE_BASE "stop=800,yield=100,speed=60,no-entry=40"

static const guint64 fixture_base[] = { 800, 100, 60, 40 };
static const char *const fixture_names[] = { "stop", "yield", "speed", "no-entry" };

static inline double
fixture_scale (double value)
{
  double size = value < 0 ? -value : value;

  return size > 1 ? size : 1;
}

/* |a - b| within @tolerance of the larger of 1 and |b|. */
#define assert_near(a, b, tolerance) \
  g_assert_cmpfloat_with_epsilon ((a), (b), (tolerance) * fixture_scale (b))
