/*
 * What the export of a hierarchy would write, in words: pure functions of the counts and the settings.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-export-hierarchy.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-hierarchy-dataset.h"

/* Datasets times classes that are planned for a sentence: some milliseconds. */
#define MOST_POOLS 20000

static const BallastHierarchy *
get_hierarchy (BallastDocument *document)
{
  return ballast_settings_get_hierarchy (ballast_document_get_settings (document));
}

gboolean
ballast_export_hierarchy_is_there (BallastDocument *document)
{
  return !ballast_hierarchy_is_empty (get_hierarchy (document));
}

char *
ballast_export_hierarchy_dup_help (BallastDocument *document)
{
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (get_hierarchy (document));

  return g_strdup_printf (g_dngettext (NULL, "%u dataset for its classifier, of the training split alone",
                                       "%u datasets, one a classifier, of the training split alone",
                                       datasets->len), datasets->len);
}

static guint64
count_images (BallastDocument               *document,
              const BallastHierarchyDataset *dataset)
{
  const BallastTally *tally = ballast_document_get_tally (document);
  guint split = ballast_tally_get_training_split (tally);
  g_autofree guint64 *counts = g_new0 (guint64, dataset->n_pools + 1);
  g_autoptr(BallastPlan) plan = NULL;
  guint64 sum = 0;

  for (guint i = 0; i < tally->n_classes; i++)
    {
      int pool = ballast_hierarchy_dataset_find_pool (dataset, tally->classes[i].name);

      if (pool >= 0)
        counts[pool] = tally->classes[i].by_split[split].images;
    }
  plan = ballast_hierarchy_dataset_dup_plan (
    dataset, counts, ballast_settings_get_balance (ballast_document_get_settings (document)));
  for (guint i = 0; i < plan->n_classes; i++)
    sum += plan->classes[i].images_after;
  return sum;
}

char *
ballast_export_hierarchy_dup_summary (BallastDocument *document)
{
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (get_hierarchy (document));
  g_autofree char *number = NULL;
  guint64 images = 0, pools = 0;

  for (guint i = 0; i < datasets->len; i++)
    pools += ((const BallastHierarchyDataset *) g_ptr_array_index (datasets, i))->n_pools;
  if (pools > MOST_POOLS)
    return g_strdup_printf (g_dngettext (NULL, "%u dataset", "%u datasets", datasets->len), datasets->len);

  for (guint i = 0; i < datasets->len; i++)
    images += count_images (document, g_ptr_array_index (datasets, i));
  number = ballast_chart_format_count (images);
  /* Translators: a number of images, and of datasets that hold them. */
  return g_strdup_printf (g_dngettext (NULL, "%s images in %u dataset", "%s images in %u datasets",
                                       datasets->len), number, datasets->len);
}
