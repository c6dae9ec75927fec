#pragma once

#include <json-glib/json-glib.h>

#include "ballast-background.h"
#include "ballast-target.h"
#include "ballast-unit.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_STRATEGY_NONE,
  BALLAST_STRATEGY_OVERSAMPLE,    /* classes below the target are raised to it */
  BALLAST_STRATEGY_UNDERSAMPLE,   /* classes above the target are lowered to it */
  BALLAST_STRATEGY_BOTH,
  BALLAST_STRATEGY_REPEAT_FACTOR, /* by the share of images that hold the class (LVIS) */
} BallastStrategy;

/* A count that the user set for one class. */
typedef struct
{
  char   *name;
  guint64 count;
} BallastTargetOverride;

/* Windows of images that hold rare objects and leave common ones out, as another way to add. */
typedef struct
{
  gboolean enabled;
  guint    min_size;   /* pixels: no side of a window is shorter */
  guint    size;       /* pixels: the longer side is brought down to it, never up; 0: left as it is */
  double   visibility; /* 0 … 1: an object counts where so much of it shows; the others are left out */
} BallastCropSettings;

#define BALLAST_CROP_SETTINGS_INIT { FALSE, 224, 0, 0.5 }
#define BALLAST_CROP_SIZE_LIMIT 16384

/*
 * How the training split is to be balanced.  A value: init, copy, clear.
 */
typedef struct
{
  BallastStrategy strategy;
  BallastTarget   target;
  guint           max_repeats; /* one image appears at most so often, itself included; 0: no cap */
  double          threshold;   /* of repeat factors: classes in a smaller share of images repeat */
  gboolean        instance_aware; /* repeat factors look at the share of instances too */
  BallastUnit     unit;
  guint64         seed;
  BallastBackground   background;
  BallastCropSettings crops;
  GArray         *overrides;   /* of BallastTargetOverride, sorted by name; NULL: none */
} BallastBalanceSettings;

/* Oversample to the largest class, at most 10 repeats, threshold 0.001 (as LVIS), images, seed 0. */
void        ballast_balance_settings_init  (BallastBalanceSettings       *settings);
void        ballast_balance_settings_copy  (const BallastBalanceSettings *settings,
                                            BallastBalanceSettings       *copy);
void        ballast_balance_settings_clear (BallastBalanceSettings       *settings);
gboolean    ballast_balance_settings_equal (const BallastBalanceSettings *a,
                                            const BallastBalanceSettings *b);

/* Sets the target of the class called @name, or takes it back. */
void        ballast_balance_settings_set_override   (BallastBalanceSettings *settings,
                                                     const char             *name,
                                                     guint64                 count);
void        ballast_balance_settings_unset_override (BallastBalanceSettings *settings,
                                                     const char             *name);
/* TRUE with @count where there is one. */
gboolean    ballast_balance_settings_get_override   (const BallastBalanceSettings *settings,
                                                     const char             *name,
                                                     guint64                *count);

/* (transfer full): {"strategy", "target", "max_repeats", "threshold", "unit", "seed", "overrides"}, and
 * where they are not the defaults "instance_aware", "background" and "crops". */
JsonNode   *ballast_balance_settings_to_json   (const BallastBalanceSettings *settings);

/* Fills @settings, which need not be initialised; a member that is absent has its default.  FALSE
 * with BALLAST_BALANCE_ERROR_SETTING: @settings is then the default and still to be cleared. */
gboolean    ballast_balance_settings_from_json (JsonNode                     *node,
                                                BallastBalanceSettings       *settings,
                                                GError                      **error);

/* (transfer none): "none", "oversample", "undersample", "both", "repeat-factor". */
const char *ballast_strategy_get_name (BallastStrategy  strategy);

/* FALSE with BALLAST_BALANCE_ERROR_SETTING for another name. */
gboolean    ballast_strategy_parse    (const char       *name,
                                       BallastStrategy  *strategy,
                                       GError          **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastBalanceSettings, ballast_balance_settings_clear)

G_END_DECLS
