/*
 * Sizes and kinds of all images that count, in two passes over the records.
 *
 * Store thread; pages of records, a second or two for a million images, flat memory, and in turns:
 * whoever wants something else of the store waits for a few pages at most.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-image-summary.h"

#include "ballast-document-private.h"
#include "ballast-store-query.h"

/* Others wait for a turn, which takes some ten milliseconds. */
#define PAGE 1024
#define PAGES_A_TURN 8

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

/* Where the look at the records has come to. */
typedef struct
{
  BallastStoreThread  *thread;
  BallastImageSummary *summary;
  FactsFunc            func;    /* the pass */
  gint64               after;
} Look;

static void
look_free (Look *look)
{
  ballast_store_thread_unref (look->thread);
  g_free (look->summary);
  g_free (look);
}

/* A few pages; FALSE with @error, or with *@end. */
static gboolean
read_pages (Look         *look,
            BallastStore *store,
            gboolean     *end,
            GError      **error)
{
  const BallastStoreQuery query = { .flags_mask = BALLAST_IMAGE_ALL_FLAGS };

  *end = FALSE;
  for (guint step = 0; step < PAGES_A_TURN && !*end; step++)
    {
      g_autoptr(GArray) page = ballast_store_page (store, &query, look->after, PAGE, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          const BallastStoreImage *image = &g_array_index (page, BallastStoreImage, i);

          look->after = image->record.id;
          look->func (look->summary, &image->record.facts);
        }
      *end = page->len < PAGE;
    }
  return TRUE;
}

/* One turn.  The rest queues behind what others want of the store meanwhile. */
static void
look_in_thread (GTask        *task,
                BallastStore *store,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Look *look = task_data;
  GError *error = NULL;
  gboolean end;

  if (!read_pages (look, store, &end, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (end && look->func == sort_into_bins)
    {
      if (look->summary->images == 0)
        *look->summary = (BallastImageSummary) { 0 };
      g_task_return_pointer (task, g_steal_pointer (&look->summary), g_free);
      return;
    }
  if (end)
    {
      look->func = sort_into_bins;
      look->after = 0;
    }
  ballast_store_thread_run (look->thread, g_object_ref (task), look_in_thread);
}

void
ballast_image_summary_load_async (BallastDocument    *document,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  GTask *task = g_task_new (document, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  look->thread = ballast_store_thread_ref (ballast_document_get_thread (document));
  look->func = measure;
  look->summary = g_new0 (BallastImageSummary, 1);
  look->summary->min_width = look->summary->min_height = G_MAXUINT32;
  look->summary->min_bytes = G_MAXUINT64;
  look->summary->min_megapixels = G_MAXDOUBLE;
  g_task_set_source_tag (task, ballast_image_summary_load_async);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  ballast_store_thread_run (look->thread, task, look_in_thread);
}

BallastImageSummary *
ballast_image_summary_load_finish (GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
