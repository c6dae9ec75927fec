#pragma once

#include <ballast-random.h>

G_BEGIN_DECLS

/* The random numbers of one picture, thrown one after another. */
typedef struct
{
  BallastRandomKey key;
  guint32          next;
} BallastDice;

/* The dice of the picture called @name under @seed. */
BallastDice ballast_dice_init   (guint64      seed,
                                 const char  *name);
double      ballast_dice_range  (BallastDice *dice,
                                 double       low,
                                 double       high);
guint       ballast_dice_below  (BallastDice *dice,
                                 guint        n);
gboolean    ballast_dice_chance (BallastDice *dice,
                                 double       probability);

G_END_DECLS
