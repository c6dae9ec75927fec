#define G_LOG_DOMAIN "ballast-model"

#include "config.h"

#include "ballast-tally.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (BallastTally, ballast_tally, ballast_tally_ref, ballast_tally_unref)

BallastTally *
ballast_tally_new (guint n_classes,
                   guint n_splits)
{
  BallastTally *tally = g_new0 (BallastTally, 1);

  g_atomic_ref_count_init (&tally->ref_count);
  tally->n_classes = n_classes;
  tally->n_splits = n_splits;
  tally->classes = g_new0 (BallastClassTally, n_classes);
  tally->splits = g_new0 (BallastSplitTally, n_splits);
  for (guint i = 0; i < n_classes; i++)
    {
      tally->classes[i].index = i;
      tally->classes[i].by_split = g_new0 (BallastCount, n_splits + 1);
    }

  return tally;
}

BallastTally *
ballast_tally_ref (BallastTally *tally)
{
  g_atomic_ref_count_inc (&tally->ref_count);
  return tally;
}

void
ballast_tally_unref (BallastTally *tally)
{
  if (!g_atomic_ref_count_dec (&tally->ref_count))
    return;

  for (guint i = 0; i < tally->n_classes; i++)
    {
      g_free (tally->classes[i].name);
      g_free (tally->classes[i].parent);
      g_free (tally->classes[i].by_split);
    }
  for (guint i = 0; i < tally->n_splits; i++)
    g_free (tally->splits[i].name);
  g_free (tally->classes);
  g_free (tally->splits);
  g_free (tally);
}

const BallastClassTally *
ballast_tally_find_class (const BallastTally *tally,
                          const char         *name)
{
  for (guint i = 0; i < tally->n_classes; i++)
    if (strcmp (tally->classes[i].name, name) == 0)
      return &tally->classes[i];

  return NULL;
}

const BallastClassTally *
ballast_tally_find_class_by_id (const BallastTally *tally,
                                gint64              class_id)
{
  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->classes[i].id == class_id)
      return &tally->classes[i];

  return NULL;
}

int
ballast_tally_find_split (const BallastTally *tally,
                          const char         *name)
{
  for (guint i = 0; i < tally->n_splits; i++)
    if (strcmp (tally->splits[i].name, name) == 0)
      return (int) i;

  return -1;
}

guint
ballast_tally_get_training_split (const BallastTally *tally)
{
  guint largest = tally->n_splits;

  for (guint i = 0; i < tally->n_splits; i++)
    {
      if (g_ascii_strcasecmp (tally->splits[i].name, "train") == 0 ||
          g_ascii_strcasecmp (tally->splits[i].name, "training") == 0)
        return i;
      if (largest == tally->n_splits || tally->splits[i].images > tally->splits[largest].images)
        largest = i;
    }

  return tally->images_without_split > 0 ? tally->n_splits : largest;
}

double
ballast_tally_get_presence (const BallastTally *tally,
                            guint               class_index,
                            int                 split)
{
  const BallastClassTally *class = &tally->classes[class_index];
  guint64 images = split < 0                          ? tally->images
                   : (guint) split < tally->n_splits ? tally->splits[split].images
                                                      : tally->images_without_split;
  guint64 holding = split < 0 ? class->total.images : class->by_split[split].images;

  return images > 0 ? (double) holding / images : 0;
}
