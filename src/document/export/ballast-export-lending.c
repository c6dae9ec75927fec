/*
 * What exports and previews tell the exporters of an image, and which images lend parts to others.
 *
 * Order decides what a copy takes, so it is that of the choices, whoever asks.  Reads the records of
 * every image where pictures are lent: some microseconds each.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-export-lending.h"

#include <glib/gi18n-lib.h>

#include "ballast-store-query.h"

typedef struct
{
  gint64  ids[BALLAST_EXPORT_CHUNK];
  guint   n_ids;
  GArray *images;
} Chunk;

static gboolean
images_in_thread (BallastStore *store,
                  gpointer      user_data,
                  GError      **error)
{
  Chunk *chunk = user_data;

  chunk->images = ballast_store_get_images (store, chunk->ids, chunk->n_ids, error);
  return chunk->images != NULL;
}

GArray *
ballast_export_read_images (BallastStoreThread *thread,
                            const GArray       *choices,
                            guint               first,
                            GError            **error)
{
  Chunk chunk = { .n_ids = MIN (BALLAST_EXPORT_CHUNK, choices->len - first) };

  for (guint i = 0; i < chunk.n_ids; i++)
    chunk.ids[i] = g_array_index (choices, BallastExportChoice, first + i).id;
  return ballast_store_thread_call (thread, images_in_thread, &chunk, error) ? chunk.images : NULL;
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return (first > second) - (first < second);
}

GArray *
ballast_export_dup_classes (const BallastTally      *tally,
                            const BallastStoreImage *image)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < image->n_annotations; i++)
    {
      const BallastClassTally *class;

      class = ballast_tally_find_class_by_id (tally, image->annotations[i].class_id);
      if (class != NULL)
        g_array_append_val (indices, class->index);
    }
  g_array_sort (indices, compare_indices);
  for (guint i = indices->len; i > 1; i--)
    if (g_array_index (indices, guint, i - 1) == g_array_index (indices, guint, i - 2))
      g_array_remove_index (indices, i - 1);
  return indices;
}

GArray *
ballast_export_dup_labels (const BallastTally      *tally,
                           const BallastStoreImage *image)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (BallastExportLabel));

  for (guint i = 0; i < image->n_annotations; i++)
    {
      const BallastAnnotation *annotation = &image->annotations[i];
      const BallastClassTally *class =
        ballast_tally_find_class_by_id (tally, annotation->class_id);
      BallastExportLabel label = { .has_box = annotation->has_box, .box = annotation->box,
                                   .extra = annotation->extra, .n_extra = annotation->n_extra };

      if (class == NULL)
        continue;
      label.class_index = class->index;
      g_array_append_val (labels, label);
    }
  return labels;
}

static const char *
split_name (const BallastTally *tally,
            gint64              split_id)
{
  for (guint i = 0; i < tally->n_splits; i++)
    if (tally->splits[i].id == split_id)
      return tally->splits[i].name;
  return "";
}

BallastExportSource
ballast_export_describe (const BallastExportSetup  *setup,
                         const BallastStoreImage   *image,
                         const BallastExportChoice *choice,
                         const GArray              *classes,
                         const GArray              *labels)
{
  const BallastSnapshot *snapshot = setup->snapshot;
  BallastExportSource source = {
    .folder = image->record.folder, .name = image->record.name,
    .split = split_name (snapshot->tally, image->record.split_id),
    .in_training_split = choice->training, .n_classes = classes->len,
    .classes = (const guint *) (gpointer) classes->data, .n_labels = labels->len,
    .labels = (const BallastExportLabel *) (gpointer) labels->data,
    .has_number = image->has_number, .number = image->number, .facts = image->record.facts,
    .keep_original = choice->keep_original, .n_copies = choice->n_copies,
  };

  for (guint i = 0; i < snapshot->sources->len; i++)
    if (((BallastSource *) g_ptr_array_index (snapshot->sources, i))->id == image->record.source_id)
      {
        source.source_ordinal = i;
        source.root = ((BallastSource *) g_ptr_array_index (snapshot->sources, i))->root;
        source.root_fd = setup->root_fds[i];
        source.follows_links = setup->follows_links[i];
      }
  return source;
}


static gboolean
lend_chunk (const BallastLending  *lending,
            const GArray          *choices,
            guint                  first,
            BallastExportPartners *partners,
            GError               **error)
{
  g_autoptr(GArray) images = ballast_export_read_images (lending->thread, choices, first, error);
  const BallastTally *tally = lending->setup->snapshot->tally;

  for (guint i = 0; images != NULL && i < images->len; i++)
    {
      const BallastStoreImage *image = &g_array_index (images, BallastStoreImage, i);
      const BallastExportChoice *choice = &g_array_index (choices, BallastExportChoice, first + i);
      g_autoptr(GArray) classes = ballast_export_dup_classes (tally, image);
      g_autoptr(GArray) labels = ballast_export_dup_labels (tally, image);
      BallastExportSource source = ballast_export_describe (lending->setup, image, choice, classes,
                                                            labels);

      if (image->record.id == 0 || !choice->training)
        continue;
      if (lending->relabel != NULL)
        lending->relabel (lending->user_data, classes, &source);
      ballast_export_partners_add (partners, &source);
    }
  return images != NULL;
}

BallastExportPartners *
ballast_export_lend (const BallastLending *lending,
                     const GArray         *choices,
                     GError              **error)
{
  g_autoptr(BallastExportPartners) partners = ballast_export_partners_new (lending->flags);

  for (guint i = 0; i < choices->len; i += BALLAST_EXPORT_CHUNK)
    if (g_cancellable_set_error_if_cancelled (lending->cancellable, error)
        || !lend_chunk (lending, choices, i, partners, error))
      return NULL;
  return g_steal_pointer (&partners);
}
