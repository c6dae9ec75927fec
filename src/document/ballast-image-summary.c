/*
 * Sizes and kinds of all images that count, in one pass over the records.
 *
 * Store thread; pages of records, about a second for a million images, flat memory.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-image-summary.h"

#include "ballast-document-private.h"
#include "ballast-store-query.h"

#define PAGE 4096

/* Called for the facts of every image that counts. */
typedef void (*FactsFunc) (BallastImageSummary     *summary,
                           const BallastImageFacts *facts);

static double
megapixels (const BallastImageFacts *facts)
{
  return (double) facts->width * facts->height / 1e6;
}

static void
extend32 (guint32  value,
          guint32 *minimum,
          guint32 *maximum)
{
  *minimum = MIN (*minimum, value);
  *maximum = MAX (*maximum, value);
}

/* The first pass: what there is, and its bounds. */
static void
measure (BallastImageSummary     *summary,
         const BallastImageFacts *facts)
{
  summary->images++;
  summary->bytes += facts->size_bytes;
  extend32 (ballast_image_facts_get_view_width (facts), &summary->min_width, &summary->max_width);
  extend32 (ballast_image_facts_get_view_height (facts), &summary->min_height,
            &summary->max_height);
  summary->min_bytes = MIN (summary->min_bytes, facts->size_bytes);
  summary->max_bytes = MAX (summary->max_bytes, facts->size_bytes);
  summary->min_megapixels = MIN (summary->min_megapixels, megapixels (facts));
  summary->max_megapixels = MAX (summary->max_megapixels, megapixels (facts));
  if (facts->format < G_N_ELEMENTS (summary->by_format))
    summary->by_format[facts->format]++;
  if (facts->colour < G_N_ELEMENTS (summary->by_colour))
    summary->by_colour[facts->colour]++;
}

static guint
bin_of (double value,
        double minimum,
        double maximum)
{
  double place;

  if (maximum <= minimum)
    return 0;
  place = (value - minimum) / (maximum - minimum) * BALLAST_IMAGE_SUMMARY_BINS;
  return MIN ((guint) place, BALLAST_IMAGE_SUMMARY_BINS - 1);
}

/* The second pass: the histograms between those bounds. */
static void
sort_into_bins (BallastImageSummary     *summary,
                const BallastImageFacts *facts)
{
  summary->bytes_bins[bin_of (facts->size_bytes, summary->min_bytes, summary->max_bytes)]++;
  summary->megapixel_bins[bin_of (megapixels (facts), summary->min_megapixels,
                                  summary->max_megapixels)]++;
}

static gboolean
foreach_facts (BallastStore        *store,
               BallastImageSummary *summary,
               FactsFunc            func,
               GCancellable        *cancellable,
               GError             **error)
{
  const BallastStoreQuery query = { .flags_mask = BALLAST_IMAGE_ALL_FLAGS };
  gint64 after = 0;
  guint n;

  do
    {
      g_autoptr(GArray) page = ballast_store_page (store, &query, after, PAGE, error);

      if (page == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = page->len;
      for (guint i = 0; i < n; i++)
        {
          const BallastStoreImage *image = &g_array_index (page, BallastStoreImage, i);

          after = image->record.id;
          func (summary, &image->record.facts);
        }
    }
  while (n == PAGE);
  return TRUE;
}

static void
load_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree BallastImageSummary *summary = g_new0 (BallastImageSummary, 1);
  GError *error = NULL;

  summary->min_width = summary->min_height = G_MAXUINT32;
  summary->min_bytes = G_MAXUINT64;
  summary->min_megapixels = G_MAXDOUBLE;
  if (!foreach_facts (store, summary, measure, cancellable, &error) ||
      !foreach_facts (store, summary, sort_into_bins, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (summary->images == 0)
    *summary = (BallastImageSummary) { 0 };
  g_task_return_pointer (task, g_steal_pointer (&summary), g_free);
}

void
ballast_image_summary_load_async (BallastDocument    *document,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);

  g_task_set_source_tag (task, ballast_image_summary_load_async);
  ballast_store_thread_run (ballast_document_get_thread (document), task, load_in_thread);
}

BallastImageSummary *
ballast_image_summary_load_finish (GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
