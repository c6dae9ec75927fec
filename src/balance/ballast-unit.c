/* What is counted: images or instances. */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-unit.h"

#include <string.h>

static const char *const unit_names[] = { "images", "instances" };

const char *
ballast_unit_get_name (BallastUnit unit)
{
  g_return_val_if_fail ((guint) unit < G_N_ELEMENTS (unit_names), unit_names[0]);

  return unit_names[unit];
}

gboolean
ballast_unit_parse (const char  *name,
                    BallastUnit *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_names); i++)
    if (g_strcmp0 (name, unit_names[i]) == 0)
      {
        *unit = (BallastUnit) i;
        return TRUE;
      }

  return FALSE;
}

guint64
ballast_unit_get_count (BallastUnit         unit,
                        const BallastCount *count)
{
  return unit == BALLAST_UNIT_IMAGES ? count->images : count->instances;
}

guint64 *
ballast_unit_dup_counts (BallastUnit         unit,
                         const BallastTally *tally,
                         int                 split)
{
  guint64 *counts = g_new0 (guint64, MAX (tally->n_classes, 1));

  for (guint i = 0; i < tally->n_classes; i++)
    {
      const BallastClassTally *class = &tally->classes[i];

      counts[i] = ballast_unit_get_count (unit, split < 0 ? &class->total
                                                          : &class->by_split[split]);
    }

  return counts;
}
