/*
 * Which pictures look alike, as a value.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-near-set.h"

BallastNearSet *
ballast_near_set_new (GArray *links)
{
  BallastNearSet *set = g_new0 (BallastNearSet, 1);

  g_atomic_ref_count_init (&set->ref_count);
  set->links = links;
  return set;
}

BallastNearSet *
ballast_near_set_ref (BallastNearSet *set)
{
  g_atomic_ref_count_inc (&set->ref_count);
  return set;
}

void
ballast_near_set_unref (BallastNearSet *set)
{
  if (!g_atomic_ref_count_dec (&set->ref_count))
    return;

  g_array_unref (set->links);
  g_free (set);
}
