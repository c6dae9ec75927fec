/*
 * One picture's random numbers.  The counter is the picture's own, so a picture depends on the seed
 * and on its name and not on how many were drawn before it.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-dice.h"

BallastDice
ballast_dice_init (guint64     seed,
                   const char *name)
{
  BallastDice dice = { ballast_random_key (seed, name, 0), 0 };

  return dice;
}

double
ballast_dice_range (BallastDice *dice,
                    double       low,
                    double       high)
{
  return ballast_random_range (&dice->key, 0, dice->next++, low, high);
}

guint
ballast_dice_below (BallastDice *dice,
                    guint        n)
{
  return (guint) ballast_random_below (&dice->key, 0, dice->next++, n);
}

gboolean
ballast_dice_chance (BallastDice *dice,
                     double       probability)
{
  return ballast_random_unit (&dice->key, 0, dice->next++) < probability;
}
