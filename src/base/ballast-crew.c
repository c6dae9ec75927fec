/*
 * Work that is divided among those who are there.
 */
#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-crew.h"

guint
ballast_crew_get_n_hands (const BallastCrew *crew)
{
  return crew != NULL ? crew->n_hands : 1;
}

void
ballast_crew_run (const BallastCrew *crew,
                  BallastTaskFunc    func,
                  gpointer           data,
                  guint              n_tasks)
{
  if (crew != NULL && n_tasks > 1)
    {
      crew->run (func, data, n_tasks);
      return;
    }
  for (guint i = 0; i < n_tasks; i++)
    func (data, i);
}
