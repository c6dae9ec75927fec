#define G_LOG_DOMAIN "ballast-model"

#include "config.h"

#include "ballast-class-pair.h"

gint64
ballast_class_pair_mirror (const BallastClassPair *pairs,
                           gsize                   n_pairs,
                           gint64                  class_id)
{
  for (gsize i = 0; i < n_pairs; i++)
    {
      if (pairs[i].class_id == class_id)
        return pairs[i].mirrored_id;
      if (pairs[i].mirrored_id == class_id)
        return pairs[i].class_id;
    }

  return class_id;
}
